//! A door: what to know before ringing, who lives there, what worries, and what was there before.
//!
//! | file | what is in it |
//! |---|---|
//! | `before` | "veilig werken", "weg tot", what it helps to know |
//! | `people` | who lives there, how often we come by and what is proposed |
//! | `leaving` | moved, died, wants to be left alone; a door that is no more |
//! | `building` | something about the building, in one tap |
//! | `writer` | saving what is tapped |

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::Link;
use crate::app::components::alarm::{self, Alarm};
use crate::app::components::concern_card::ConcernCard;
use crate::app::components::error_summary::Fault;
use crate::app::components::journal::{self, Journal, named};
use crate::app::components::note_more::{MoreToNote, OldHelp};
use crate::app::components::saved::Saved;
use crate::app::components::shell::{Explanation, Shell, focus};
use crate::app::desk::Overview;
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, places, told, worker};
use crate::domain::body::{HowOften, PlaceKind};
use crate::domain::{HouseholdId, PlaceId, agenda};

mod before;
pub(super) mod building;
pub(super) mod leaving;
mod people;
pub(super) mod writer;

use writer::Writer;

/// The ids of the fields that close a signal: at one door there are never more open at a time, or the first go first.
const CLOSE: [&str; 6] = ["sluiten", "sluiten-2", "sluiten-3", "sluiten-4", "sluiten-5", "sluiten-6"];
/// The same for "Ik heb gebeld".
const CALLED: [&str; 3] = ["gebeld", "gebeld-2", "gebeld-3"];

#[derive(Clone, PartialEq)]
struct Facts {
    name: String,
    part_of: String,
    household: Option<HouseholdId>,
    living: String,
    how_often: Option<HowOften>,
    last: String,
}

fn facts(overview: &Overview, place: PlaceId) -> Option<Facts> {
    let caseload = &overview.caseload;
    let state = caseload.places.get(&place)?;
    let household = caseload.household_at(place);
    let living = household.map_or_else(
        || places::nobody_spoken().to_owned(),
        |household| {
            let persons: Vec<String> = household
                .persons
                .iter()
                .filter_map(|id| caseload.persons.get(id))
                .map(|person| named(labels::who(person.person.role), &person.person.called))
                .collect();
            let since = places::known_since(household.household.from);
            if persons.is_empty() { worker::capital(&since) } else { format!("{}; {since}", places::and(&persons)) }
        },
    );
    let last = caseload
        .visits_at(place)
        .first()
        .map_or_else(|| places::never().to_owned(), |visit| worker::capital(&worker::visit_short(visit)));
    Some(Facts {
        name: caseload.place_name(place),
        part_of: state.place.floor.map(|floor| places::floor(Some(floor))).unwrap_or_default(),
        household: household.map(|household| household.id),
        living,
        how_often: agenda::flame_at(caseload, place),
        last,
    })
}

/// What stands at an address: a door, or a place with doors. Until it has come down it is taken for a door.
#[component]
pub fn Page(
    /// Which.
    place: PlaceId,
) -> impl IntoView {
    let overview = use_desk().overview;
    let is_door = derive(move || {
        overview.with(|overview| overview.caseload.places.get(&place).is_none_or(|state| state.place.kind == PlaceKind::Door))
    });
    live(
        move || {
            if is_door.get() { view! { <Door place/> }.into_any() } else { view! { <super::place::Page place/> }.into_any() }
        },
    )
}

#[component]
fn Door(place: PlaceId) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let facts = derive(move || overview.with(|overview| facts(overview, place)));
    let around = derive(move || {
        overview.with(|overview| {
            let caseload = &overview.caseload;
            let parent = caseload.places.get(&place).and_then(|state| state.place.parent)?;
            caseload.places.get(&parent).map(|state| (parent, state.place.name.clone()))
        })
    });
    let left_alone = derive(move || overview.with(|overview| overview.caseload.no_contact.contains_key(&place)));
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
    let fact = move |pick: fn(&Facts) -> String| live(move || facts.with(|facts| facts.as_ref().map(pick).unwrap_or_default()));
    let back = live(move || {
        let (to, words) =
            around.get().map_or_else(|| (Path::Today, worker::today().to_owned()), |(around, name)| (Path::Place(around), name));
        view! { <a class="back" href=to.to_string()><Icon name="back"/>{words}</a> }
    });
    let body = live(move || {
        if left_alone.get() {
            view! { <leaving::LeftAlone place writer/> }.into_any()
        } else {
            view! { <Known place writer saved/> }.into_any()
        }
    });
    view! {
        <Shell title=places::door() wide=true>
            <div class="page__head">
                {back}
                <h1>{fact(|facts| facts.name.clone())}</h1>
                <p class="subtle">{fact(|facts| facts.part_of.clone())}</p>
            </div>
            {sometimes(move || facts.with(Option::is_none).then_some(view! { <p>{worker::no_door()}</p> }))}
            <leaving::Gone place/>
            <before::Safety place writer/>
            {saved_panel}
            <p class="said" role="status">{live(move || writer.said.get())}</p>
            <Fault fault=writer.fault/>
            {body}
        </Shell>
    }
}

/// A door where one may ring.
#[component]
fn Known(place: PlaceId, writer: Writer, saved: RwSignal<writer::JustSaved>) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    let facts = derive(move || overview.with(|overview| facts(overview, place)));
    let concerns = derive(move || {
        overview.with(|overview| {
            overview.caseload.open_concerns_at(place).into_iter().map(|state| state.entry.id).collect::<Vec<_>>()
        })
    });
    let calls = derive(move || {
        overview.with(|overview| {
            let urgent = overview.caseload.open_concerns_at(place).into_iter().filter(|state| state.must_call());
            urgent.map(|state| state.entry.id).collect::<Vec<_>>()
        })
    });
    let rows = derive(move || overview.with(|overview| journal::read(overview, me, place)));
    let alarms = live(move || {
        calls
            .get()
            .into_iter()
            .zip(CALLED)
            .map(|(concern, id)| {
                let title = Signal::derive(move || overview.with(|overview| alarm::title(overview, place, concern)));
                view! { <Alarm title concern=Some(concern) id/> }
            })
            .collect_view()
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
    let known = derive(move || facts.with(|facts| facts.as_ref().is_some_and(|facts| facts.household.is_some())));
    let fact = move |pick: fn(&Facts) -> String| live(move || facts.with(|facts| facts.as_ref().map(pick).unwrap_or_default()));
    view! {
        <super::guarded::AtDoor place/>
        <leaving::Ended place/>
        {alarms}
        <div class="columns">
            <div class="stack">
                <div class="card">
                    <dl class="facts">
                        <dt>{places::household()}</dt><dd>{fact(|facts| facts.living.clone())}</dd>
                        <dt>{places::how_often()}</dt><dd>{fact(|facts| worker::how_often(facts.how_often))}</dd>
                        <dt>{places::last_time()}</dt><dd>{fact(|facts| facts.last.clone())}</dd>
                    </dl>
                    <before::Helps place writer/>
                </div>
                <people::Proposed place writer/>
                <div class="actions">
                    <Link to=Path::NoteAt(place) class="button button--flame button--big" icon="edit" words=places::note_contact()/>
                    <Link to=Path::Concern(place) class="button button--worry button--big" icon="alert" words=worker::worried()/>
                </div>
                <super::guarded::Button place/>
                <MoreToNote place/>
                {cards}
                <OldHelp place/>
                <div class="card card--more">
                    <Link to=Path::Knowing(place) class="button button--link" icon="plus" words=places::add()/>
                    <people::AddPerson place writer/>
                    {sometimes(move || known.get().then(|| view! { <people::Rhythm place writer/> }))}
                    <building::AboutBuilding place writer saved/>
                    <leaving::Leaving place writer saved/>
                </div>
                <div class="actions">
                    <Link to=Path::Showing(place) icon="eye" words=places::show_resident()/>
                    <Link to=Path::Card(place) icon="note" words=told::head()/>
                </div>
                <Explanation beside=true/>
            </div>
            <section class="section">
                <div class="section__head"><h2>{places::before()}</h2></div>
                {sometimes(move || rows.with(Vec::is_empty).then(|| view! { <p class="subtle">{places::nothing_before_ring()}</p> }))}
                    <Journal place rows=Signal::derive(move || rows.get())/>
            </section>
        </div>
    }
}
