//! The state of sending, in a word and an icon, on every screen.

use leptos::prelude::*;

use super::Icon;
use crate::app::live::live;
use crate::app::paths::Path;
use crate::sync::engine::{Fault, Status};

/// Class, icon and words of a state.
#[must_use]
pub fn look(status: &Status) -> (&'static str, &'static str, String) {
    let waiting = status.waiting;
    match (waiting, status) {
        (0, Status { sign_in: true, .. }) => ("pill pill--login", "key", "Inloggen nodig".to_owned()),
        (_, Status { sign_in: true, .. }) => ("pill pill--login", "key", format!("Inloggen nodig, {waiting} veilig bewaard")),
        (_, Status { fault: Some(Fault::Store), .. }) => ("pill pill--full", "alert", "Opslag geeft problemen".to_owned()),
        (0, Status { fault: Some(Fault::Offline), .. }) => ("pill pill--wait", "cloud-off", "Geen internet".to_owned()),
        (0, Status { fault: Some(_), .. }) => ("pill pill--wait", "alert", "Ophalen lukt nog niet".to_owned()),
        (0, Status { outdated: true, .. }) => ("pill pill--wait", "alert", "Bijwerken nodig".to_owned()),
        (0, Status { fetching: Some(_), .. }) => ("pill pill--wait", "sync", "Ophalen".to_owned()),
        (0, Status { set_aside: 1.., .. }) => ("pill pill--wait", "alert", format!("{} apart gelegd", status.set_aside)),
        (0, _) => ("pill pill--ok", "cloud-check", "Alles verstuurd".to_owned()),
        (_, Status { fault: Some(Fault::Offline), .. }) => {
            ("pill pill--wait", "cloud-off", format!("{} (geen internet)", waits(waiting)))
        }
        (_, Status { pushing: true, .. }) => ("pill pill--wait", "sync", "Wordt verstuurd".to_owned()),
        _ => ("pill pill--wait", "sync", waits(waiting)),
    }
}

/// "1 wacht", "3 wachten".
#[must_use]
pub fn waits(waiting: usize) -> String {
    if waiting == 1 { "1 wacht".to_owned() } else { format!("{waiting} wachten") }
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
