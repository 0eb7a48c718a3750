//! How far fetching a neighbourhood is, where it takes more than a moment: the first time, or after a long while.

use leptos::prelude::*;

use super::Icon;
use crate::app::live::{Derived, derive, sometimes};
use crate::app::phone::use_phone;
use crate::app::texts::sending as t;
use crate::sync::engine::Fetching;

/// How far it is, of the open account; nothing while there is little to fetch.
#[must_use]
pub fn far() -> Derived<Option<Fetching>> {
    let status = use_phone().open_status();
    derive(move || status.and_then(|status| status.with(|status| status.fetching)))
}

/// A bar with its words. It stays while the numbers change, so that it is not read out anew with each page.
#[component]
pub fn Progress() -> impl IntoView {
    let status = use_phone().open_status();
    let far = far();
    let under_way = derive(move || far.with(Option::is_some));
    let held = move || far.get().unwrap_or_default();
    let words = move || {
        let stuck = status.is_some_and(|status| status.with(|status| status.fault.is_some()));
        t::fetching(held(), stuck)
    };
    sometimes(move || {
        under_way.get().then(|| {
            view! {
                <div class="card">
                    <label class="line" for="ophalen"><Icon name="sync"/><strong>{t::fetching_words()}</strong></label>
                    // Without a value it moves: nobody knows yet how much there is.
                    <progress
                        id="ophalen"
                        max=move || held().of.max(1)
                        value=move || (held().of > 0).then(|| held().held)
                    ></progress>
                    <p>{words}</p>
                </div>
            }
        })
    })
}
