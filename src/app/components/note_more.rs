//! What else can be noted at a door, and help that runs on after its signal was closed.

use leptos::prelude::*;

use super::act::Link;
use super::concern_card::help::Helps;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{noting as t, referring};
use crate::domain::PlaceId;
use crate::domain::body::PlaceKind;

/// A small gesture, neighbours brought together; on a spot an activity.
#[component]
pub fn MoreToNote(
    /// Where.
    place: PlaceId,
) -> impl IntoView {
    let overview = use_desk().overview;
    let kind = overview.with_untracked(|overview| overview.caseload.places.get(&place).map(|state| state.place.kind));
    view! {
        <div class="actions">
            {(kind == Some(PlaceKind::Door)).then(|| view! {
                <Link to=Path::Gesture(place) icon="leaf" words=t::gesture()/>
                <Link to=Path::Tie(place) icon="users" words=t::tie()/>
            })}
            {(kind == Some(PlaceKind::Spot)).then(|| view! {
                <Link to=Path::Activity(place) icon="group" words=t::activity()/>
            })}
        </div>
    }
}

/// Help whose signal is closed already, and that has not begun: somebody still asks after it.
#[component]
pub fn OldHelp(
    /// Where.
    place: PlaceId,
) -> impl IntoView {
    let overview = use_desk().overview;
    let which = derive(move || {
        overview.with(|overview| {
            let caseload = &overview.caseload;
            let asked = caseload.history_of(place).into_iter().filter_map(|entry| caseload.referrals.get(&entry.id));
            let runs = asked.filter(|state| {
                state.is_open() && !caseload.concerns.get(&state.referral.of).is_some_and(|concern| concern.is_open())
            });
            runs.map(|state| state.entry.id).collect::<Vec<_>>()
        })
    });
    sometimes(move || {
        which.with(|which| !which.is_empty()).then(|| {
            view! {
                <section class="section">
                    <div class="section__head"><h2>{referring::runs_on()}</h2></div>
                    <div class="card"><Helps name="oud" which=Signal::derive(move || which.get())/></div>
                </section>
            }
        })
    })
}
