//! A place that is no door: a complex with its stairwells, a stairwell with its doors, a square or a community room.
//!
//! | file | what is in it |
//! |---|---|
//! | `drawing` | the stairwell as it is |
//! | `tree` | complexes, stairwells and spots, each with what is in it |
//! | `itself` | what is about the place itself: the building, who was met here |
//! | `met` | "iemand, deur nog onbekend": begun |
//! | `household` | their page, until it is known which door |

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::Link;
use crate::app::components::concern_card::ConcernCard;
use crate::app::components::error_summary::Fault;
use crate::app::components::journal::{self, Journal};
use crate::app::components::note_more::MoreToNote;
use crate::app::components::saved::Saved;
use crate::app::components::shell::{Shell, focus};
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{places, worker};
use crate::domain::PlaceId;
use crate::domain::stairwell;

use super::door::building::AboutBuilding;
use super::door::leaving::Gone;
use super::door::writer::{self, Writer};

mod drawing;
pub(super) mod household;
mod itself;
pub(super) mod met;
pub(super) mod tree;

/// The ids of the fields that close a signal.
const CLOSE: [&str; 6] = ["sluiten", "sluiten-2", "sluiten-3", "sluiten-4", "sluiten-5", "sluiten-6"];

/// The place.
#[component]
pub fn Page(
    /// Which.
    place: PlaceId,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    let head = derive(move || {
        overview.with(|overview| {
            let caseload = &overview.caseload;
            let state = caseload.places.get(&place)?;
            let around = state.place.parent.and_then(|parent| caseload.places.get(&parent));
            let within = places::within(state.place.kind, &stairwell::within(caseload, place));
            let about =
                around.map_or_else(|| within.clone(), |around| format!("{} · {}", around.place.name, worker::small(&within)));
            let around = around.filter(|around| around.hidden.is_none()).map(|around| (around.id, around.place.name.clone()));
            Some((state.place.name.clone(), about, around))
        })
    });
    let parts = derive(move || overview.with(|overview| stairwell::parts(&overview.caseload, place)));
    let concerns = derive(move || {
        overview.with(|overview| {
            overview.caseload.open_concerns_at(place).into_iter().map(|state| state.entry.id).collect::<Vec<_>>()
        })
    });
    let rows = derive(move || overview.with(|overview| journal::read(overview, me, place)));
    let writer = Writer::new(desk);
    let saved = writer::as_the_address_says();
    let take_back = Callback::new(move |()| {
        saved.set(None);
        writer.said.set(worker::undone());
        request_animation_frame(|| focus("main"));
    });
    let saved_panel = sometimes(move || {
        saved.get().map(|(entry, what, completes, undoes)| view! { <Saved place entry what completes undoes undone=take_back/> })
    });
    let back = live(move || {
        let around = head.with(|head| head.as_ref().and_then(|head| head.2.clone()));
        let (to, words) =
            around.map_or_else(|| (Path::Doors, worker::doors_words().to_owned()), |(around, name)| (Path::Place(around), name));
        view! { <a class="back" href=to.to_string()><Icon name="back"/>{words}</a> }
    });
    let cards = sometimes(move || {
        let open = concerns.get();
        (!open.is_empty()).then(|| {
            let cards = open.into_iter().enumerate().map(|(at, of)| view! { <ConcernCard of close=CLOSE.get(at).copied()/> });
            view! {
                <section class="section">
                    <div class="section__head"><h2>{places::signals_title()}</h2></div>
                    {cards.collect_view()}
                </section>
            }
        })
    });
    view! {
        <Shell title=places::place() wide=true>
            <div class="page__head">
                {back}
                <h1>{live(move || head.with(|head| head.as_ref().map(|head| head.0.clone())))}</h1>
                <p class="subtle">{live(move || head.with(|head| head.as_ref().map(|head| head.1.clone())))}</p>
            </div>
            {sometimes(move || head.with(Option::is_none).then_some(view! { <p>{worker::no_door()}</p> }))}
            <Gone place/>
            {saved_panel}
            <p class="said" role="status">{live(move || writer.said.get())}</p>
            <Fault fault=writer.fault/>
            {cards}
            {live(move || {
                let parts = parts.get();
                (!parts.is_empty()).then(|| tree::rows(parts))
            })}
            <drawing::Drawing place/>
            <div class="columns">
                <section class="section">
                    <div class="section__head"><h2>{places::about_place()}</h2></div>
                    <itself::OpenBuilding place writer/>
                    <itself::MetHere place/>
                    <div class="actions">
                        <Link to=Path::NoteAt(place) class="button button--flame" icon="edit" words=places::note_contact()/>
                        <Link to=Path::Met(place) icon="user" words=places::met_words()/>
                        <Link to=Path::Concern(place) class="button button--worry" icon="alert" words=worker::worried()/>
                    </div>
                    <MoreToNote place/>
                    <div class="card card--more">
                        <AboutBuilding place writer saved/>
                    </div>
                </section>
                <section class="section">
                    <div class="section__head"><h2>{places::before()}</h2></div>
                    {sometimes(move || rows.with(Vec::is_empty).then(|| view! { <p class="subtle">{places::nothing_before()}</p> }))}
                    <Journal place rows=Signal::derive(move || rows.get())/>
                </section>
            </div>
        </Shell>
    }
}
