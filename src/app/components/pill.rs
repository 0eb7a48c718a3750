//! The state of sending, in a word and an icon, on every screen.

use leptos::prelude::*;

use super::Icon;
use crate::app::live::live;
use crate::app::paths::Path;
use crate::app::texts::sending as t;
use crate::sync::engine::{Fault, Status};

/// Class, icon and words of a state.
#[must_use]
pub fn look(status: &Status) -> (&'static str, &'static str, String) {
    let waiting = status.waiting;
    match (waiting, status) {
        (0, Status { sign_in: true, .. }) => ("pill pill--login", "key", t::sign_in_needed().to_owned()),
        (_, Status { sign_in: true, .. }) => ("pill pill--login", "key", t::sign_in_keeps(waiting)),
        (_, Status { fault: Some(Fault::Store), .. }) => ("pill pill--full", "alert", t::storage_fails().to_owned()),
        (0, Status { fault: Some(Fault::Offline), .. }) => ("pill pill--wait", "cloud-off", t::no_internet().to_owned()),
        (0, Status { fault: Some(_), .. }) => ("pill pill--wait", "alert", t::not_fetched().to_owned()),
        (0, Status { outdated: true, .. }) => ("pill pill--wait", "alert", t::update_needed().to_owned()),
        (0, Status { fetching: Some(_), .. }) => ("pill pill--wait", "sync", t::fetching_short().to_owned()),
        (0, Status { set_aside: 1.., .. }) => ("pill pill--wait", "alert", t::set_aside(status.set_aside)),
        (0, _) => ("pill pill--ok", "cloud-check", t::all_sent().to_owned()),
        (_, Status { fault: Some(Fault::Offline), .. }) => ("pill pill--wait", "cloud-off", t::wait_offline(waiting)),
        (_, Status { pushing: true, .. }) => ("pill pill--wait", "sync", t::being_sent().to_owned()),
        _ => ("pill pill--wait", "sync", t::wait(waiting)),
    }
}

/// Leads to what waits.
#[component]
pub fn Pill(
    /// What the syncer says.
    status: RwSignal<Status>,
) -> impl IntoView {
    live(move || {
        let (class, icon, words) = look(&status.get());
        view! {
            <a class=class href=Path::Outbox.to_string()>
                <Icon name=icon/>
                <span>{words}</span>
            </a>
        }
    })
}
