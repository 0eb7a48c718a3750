//! Which screen the address asks for. `leptos_router` follows the address (links, back and forward, `use_navigate`); what it
//! means is [`Path::parse`].

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider as _};

use super::live::{Derived, derive};
use super::paths::Path;

/// The screen that the address asks for, as it changes; nothing for an address that is none of ours.
#[must_use]
pub fn use_path() -> Derived<Option<Path>> {
    let location = use_location();
    derive(move || location.pathname.with(|path| location.search.with(|query| Path::parse(path, query))))
}

/// Puts a link that was followed in the address bar: the router waits until its screen stands.
pub fn complete_links() {
    let address = use_location().pathname;
    let browser = use_context::<BrowserUrl>();
    Effect::new(move |_| {
        address.track();
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
    });
}
