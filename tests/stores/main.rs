//! What a phone keeps: one suite for every store, and attacks on the vault.
//!
//! Natively it runs on memory, in Chromium on memory and on IndexedDB:
//! `cargo test --target wasm32-unknown-unknown --test stores`, with `wasm-bindgen-test-runner` as the runner.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on should stop")]
#![allow(clippy::cloned_ref_to_slice_refs, reason = "one record reads like two")]

mod phrase;
mod suite;

#[cfg(target_arch = "wasm32")]
mod bench;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod closed_under_our_hands;
#[cfg(not(target_arch = "wasm32"))]
mod every_method;
#[cfg(not(target_arch = "wasm32"))]
mod planted;
#[cfg(target_arch = "wasm32")]
mod released;
#[cfg(target_arch = "wasm32")]
mod upgrades;
#[cfg(target_arch = "wasm32")]
mod vault;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use waakvlam::store::memory::MemoryStore;

async fn memory() -> (MemoryStore, MemoryStore) {
    let store = MemoryStore::default();
    (store.clone(), store)
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn memory_keeps_its_promises() {
    futures::executor::block_on(suite::keeps_its_promises(memory));
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
async fn memory_keeps_its_promises_in_a_browser() {
    suite::keeps_its_promises(memory).await;
}
