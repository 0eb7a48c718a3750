//! The promise of the agenda: whatever was promised, worried about or asked comes back by itself, to somebody, until an entry ends it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

mod handing_over;
mod speed;
mod story;
mod table;
mod unseen;
