//! What people see.
//!
//! [`phone`] knows which accounts are on this phone and which one is open; an open one is a [`desk`]: a vault, a store and
//! the caseload that they add up to. [`syncer`] drives the sync engine, one for each account, open or closed. Pages read the
//! desk's caseload and write entries through it; they never show what came over the network directly.
//! The first screens are fetched first, the others after them: [`pieces`].
//!
//! What keeps the app's files for a start without a signal, offers a new version, covers the screen and asks for a fingerprint stands
//! beside the app: `public/sw.js`, `public/update.js`, `public/cover.js` and `public/passkey.js`.

pub mod api;
pub mod components;
pub mod desk;
pub mod drafts;
pub mod going_on;
pub mod language;
pub mod live;
pub mod pages;
pub mod passkey;
pub mod phone;
pub mod pieces;
pub mod practice;
pub mod preferences;
pub mod route;
pub mod storage;
pub mod stranded;
pub mod syncer;
pub mod texts;
pub mod when;

pub use crate::paths;

use leptos::prelude::*;

/// Mounts the app in the page's body.
pub fn mount() {
    // The app that is shipped has no messages to show (.ci/wasm-std.sh).
    if cfg!(debug_assertions) {
        console_error_panic_hook::set_once();
    }
    preferences::apply();
    mount_to_body(|| view! { <pages::App/> });
}
