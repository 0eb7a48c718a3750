//! A door: who lives there, what worries, and what was there before.

use leptos::prelude::*;
use uuid::Uuid;

use super::guarded;
use crate::app::components::Icon;
use crate::app::components::act::{Back, Button, Link, Submit};
use crate::app::components::alarm::{self, Alarm};
use crate::app::components::choice::{Choice, Look, chips, chosen};
use crate::app::components::concern_card::ConcernCard;
use crate::app::components::error_summary::{Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::journal::{self, Journal, named};
use crate::app::components::note_more::{MoreToNote, OldHelp};
use crate::app::components::saved::Saved;
use crate::app::components::shell::{Explanation, Shell};
use crate::app::desk::{Desk, Overview, now};
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::route::use_path;
use crate::app::texts::{faults, labels, noting as noting_texts, referring, worker};
use crate::app::when;
use crate::domain::body::{Body, Building, BuildingKind, Flame, Household, HowOften, Person, PlaceKind, Who};
use crate::domain::{EntryId, HouseholdId, PersonId, PlaceId, Subject, UserId, agenda, noting};

/// The ids of the fields that close a signal: at one door there are never more open at a time, or the first go first.
const CLOSE: [&str; 6] = ["sluiten", "sluiten-2", "sluiten-3", "sluiten-4", "sluiten-5", "sluiten-6"];
/// The same for "Ik heb gebeld".
const CALLED: [&str; 3] = ["gebeld", "gebeld-2", "gebeld-3"];
/// For so long after a save the page says what was saved.
const SAVED_SHOWN_MINUTES: i64 = 5;

#[derive(Clone, PartialEq)]
struct Facts {
    name: String,
    part_of: String,
    is_door: bool,
    household: Option<HouseholdId>,
    living: String,
    how_often: Option<HowOften>,
    last: String,
}

fn facts(overview: &Overview, place: PlaceId) -> Option<Facts> {
    let caseload = &overview.caseload;
    let state = caseload.places.get(&place)?;
    let mut part_of = state.place.parent.map(|parent| caseload.place_name(parent)).unwrap_or_default();
    if let Some(floor) = state.place.floor {
        let floor = if floor == 0 { "begane grond".to_owned() } else { format!("{floor} hoog") };
        part_of = if part_of.is_empty() { floor } else { format!("{part_of} · {floor}") };
    }
    let household = caseload.household_at(place);
    let living = household.map_or_else(
        || "Nog niemand gesproken".to_owned(),
        |household| {
            let persons: Vec<String> = household
                .persons
                .iter()
                .filter_map(|id| caseload.persons.get(id))
                .map(|person| named(labels::who(person.person.role), &person.person.called))
                .collect();
            let since = format!("bekend sinds {}", when::day(household.household.from));
            if persons.is_empty() { worker::capital(&since) } else { format!("{}; {since}", persons.join(" en ")) }
        },
    );
    let last = caseload
        .visits_at(place)
        .first()
        .map_or_else(|| "Nog nooit".to_owned(), |visit| worker::capital(&worker::visit_short(visit)));
    Some(Facts {
        name: caseload.place_name(place),
        part_of,
        is_door: state.place.kind == PlaceKind::Door,
        household: household.map(|household| household.id),
        living,
        how_often: agenda::flame_at(caseload, place),
        last,
    })
}

type JustSaved = Option<(EntryId, String, bool, bool)>;

// What was just saved here, as the address says; an old address says nothing.
fn just_saved(overview: &Overview, me: UserId, id: EntryId) -> JustSaved {
    let entry = overview.caseload.entries.get(&id).filter(|entry| entry.author == me)?;
    let payload = entry.payload.as_ref()?;
    if (now() - payload.written_at).num_minutes() >= SAVED_SHOWN_MINUTES {
        return None;
    }
    match &payload.body {
        Body::Visit(visit) => Some((id, labels::contact(visit.kind, visit.outcome), true, true)),
        Body::Concern(concern) => Some((id, worker::concern(concern.tile, concern.severity), false, true)),
        Body::Correction(correction) => {
            let what = labels::contact(correction.visit.kind, correction.visit.outcome);
            Some((id, format!("Aangevuld: {}", worker::small(&what)), false, false))
        }
        Body::Gesture(gesture) => Some((id, format!("{}: {}", noting_texts::GESTURE, gesture.what), false, true)),
        Body::Tie(tie) => Some((id, format!("{}: {}", noting_texts::TIE, tie.what), false, false)),
        Body::Referral(referral) => {
            Some((id, format!("{} {}", referring::ASKED_AT, referring::party(referral.party).to_lowercase()), false, true))
        }
        _ => None,
    }
}

/// Saves, and says so only when the phone's disk has it.
#[derive(Clone, Copy)]
struct Writer {
    desk: StoredValue<Desk, LocalStorage>,
    fault: RwSignal<Option<String>>,
    said: RwSignal<&'static str>,
    busy: StoredValue<bool>,
}

impl Writer {
    fn save(self, bodies: Vec<(Subject, Body)>, say: &'static str, done: impl FnOnce(Vec<EntryId>) + 'static) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        self.fault.set(None);
        self.said.set("");
        let desk = self.desk.get_value();
        leptos::task::spawn_local(async move {
            match desk.save(bodies).await {
                Ok(ids) => {
                    // Never "opgeslagen op deze telefoon" of what is elsewhere: where it is was said when it was asked.
                    if ids.iter().all(|id| desk.elsewhere(*id).is_none()) {
                        self.said.set(say);
                    }
                    done(ids);
                }
                Err(why) => self.fault.set(Some(faults::save(&why))),
            }
            self.busy.try_update_value(|busy| *busy = false);
        });
    }
}

/// The door.
#[component]
pub fn Page(
    /// Which.
    place: PlaceId,
) -> impl IntoView {
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
    let saved: RwSignal<JustSaved> = RwSignal::new(match use_path().get_untracked() {
        Some(Path::DoorSaved(_, id)) => overview.with_untracked(|overview| just_saved(overview, me, id)),
        _ => None,
    });
    let writer = Writer {
        desk: StoredValue::new_local(desk),
        fault: RwSignal::new(None),
        said: RwSignal::new(""),
        busy: StoredValue::new(false),
    };
    let take_back = Callback::new(move |()| {
        saved.set(None);
        writer.said.set(worker::UNDONE);
        request_animation_frame(|| crate::app::components::shell::focus("main"));
    });
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
    let saved_panel = sometimes(move || {
        saved.get().map(|(entry, what, completes, undoes)| view! { <Saved place entry what completes undoes undone=take_back/> })
    });
    let cards = sometimes(move || {
        let open = concerns.get();
        (!open.is_empty()).then(|| {
            let cards = open.into_iter().enumerate().map(|(at, of)| view! { <ConcernCard of close=CLOSE.get(at).copied()/> });
            view! {
                <section class="section">
                    <div class="section__head"><h2>"Signalen"</h2></div>
                    {cards.collect_view()}
                </section>
            }
        })
    });
    let is_door = derive(move || facts.with(|facts| facts.as_ref().is_some_and(|facts| facts.is_door)));
    let known = derive(move || facts.with(|facts| facts.as_ref().is_some_and(|facts| facts.household.is_some())));
    let fact = move |pick: fn(&Facts) -> String| live(move || facts.with(|facts| facts.as_ref().map(pick).unwrap_or_default()));
    view! {
        <Shell title="Deur" wide=true>
            <div class="page__head">
                <Back to=Path::Today words="Vandaag"/>
                <h1>{fact(|facts| facts.name.clone())}</h1>
                <p class="subtle">{fact(|facts| facts.part_of.clone())}</p>
            </div>
            {sometimes(move || facts.with(Option::is_none).then_some(view! { <p>{worker::NO_DOOR}</p> }))}
            {alarms}
            {saved_panel}
            <p role="status">{live(move || writer.said.get())}</p>
            <Fault fault=writer.fault/>
            <guarded::AtDoor place/>
            <div class="columns">
                <div class="stack">
                    <div class="card">
                        <dl class="facts">
                            {sometimes(move || is_door.get().then(|| view! {
                                <dt>"Bewoning"</dt><dd>{fact(|facts| facts.living.clone())}</dd>
                                <dt>"Hoe vaak"</dt><dd>{fact(|facts| worker::how_often(facts.how_often))}</dd>
                            }))}
                            <dt>"Laatst"</dt><dd>{fact(|facts| facts.last.clone())}</dd>
                        </dl>
                    </div>
                    <div class="actions">
                        <Link to=Path::NoteAt(place) class="button button--flame button--big" icon="edit" words="Contact noteren"/>
                        <Link to=Path::Concern(place) class="button button--worry button--big" icon="alert" words="Ik maak me zorgen"/>
                    </div>
                    <guarded::Button place/>
                    <MoreToNote place/>
                    {cards}
                    <OldHelp place/>
                    {sometimes(move || is_door.get().then(|| view! { <AddPerson place writer/> }))}
                    {sometimes(move || known.get().then(|| view! { <Rhythm place writer/> }))}
                    <AboutBuilding place writer saved/>
                    <Explanation beside=true/>
                </div>
                <section class="section">
                    <div class="section__head"><h2>"Wat er was"</h2></div>
                    {sometimes(move || rows.with(Vec::is_empty).then(|| view! { <p class="subtle">"Nog niets. Bel eens aan."</p> }))}
                    <Journal place rows=Signal::derive(move || rows.get())/>
                </section>
            </div>
        </Shell>
    }
}

/// "Wie woont hier?"
#[component]
fn AddPerson(place: PlaceId, writer: Writer) -> impl IntoView {
    let role = RwSignal::new(Vec::new());
    let called = RwSignal::new(String::new());
    let errors = RwSignal::new(Errors::new());
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(who) = chosen(Who::ALL, role) else {
            errors.set(vec![("rol", worker::wrong("rol", crate::domain::noting::Wrong::Empty))]);
            crate::app::components::shell::focus("rol");
            return;
        };
        errors.set(Errors::new());
        let household = writer.desk.with_value(|desk| {
            desk.overview.with_untracked(|overview| overview.caseload.household_at(place).map(|household| household.id))
        });
        let mut bodies: Vec<(Subject, Body)> = Vec::new();
        let household = household.unwrap_or_else(|| {
            let new = HouseholdId(Uuid::new_v4());
            bodies.push((Subject::Household(new), Household { door: place, from: when::today() }.into()));
            new
        });
        let person = Person { household, role: who, called: called.get_untracked().trim().to_owned() };
        bodies.push((Subject::Person(PersonId(Uuid::new_v4())), person.into()));
        writer.save(bodies, worker::PERSON_ADDED, move |_| {
            role.set(Vec::new());
            called.set(String::new());
        });
    };
    view! {
        <details class="more">
            <summary><Icon name="next"/>"Wie woont hier?"</summary>
            <form autocomplete="off" class="form" novalidate=true on:submit=add>
                <Choice id="rol" legend="Wie is het?" options=chips(Who::ALL, labels::who) look=Look::Chips value=role errors/>
                <Field id="roepnaam" label="Naam" hint="Zoals iemand zelf genoemd wil worden. Mag leeg blijven." input=Input::Line
                    value=called errors/>
                <Submit class="button button--quiet" icon="plus" words="Zet erbij"/>
            </form>
        </details>
    }
}

/// "Iets met het gebouw?": one tap. It is about the stairwell, also where it is noted at a door.
#[component]
fn AboutBuilding(place: PlaceId, writer: Writer, saved: RwSignal<JustSaved>) -> impl IntoView {
    let note = move |kind: BuildingKind| {
        let at = writer.desk.with_value(|desk| {
            desk.overview.with_untracked(|overview| {
                let at = noting::building_at(&overview.caseload, place);
                (at, format!("{}, {}", labels::building(kind), overview.caseload.place_name(at)))
            })
        });
        // The panel says that it was saved, and takes it back.
        writer.save(vec![(Subject::Place(at.0), Building { kind }.into())], "", move |ids| {
            saved.set(ids.first().map(|id| (*id, at.1, false, true)));
        });
    };
    let buttons = BuildingKind::ALL
        .iter()
        .map(|kind| {
            let words = labels::building(*kind);
            view! { <Button words press=move || note(*kind)/> }
        })
        .collect_view();
    view! {
        <details class="more">
            <summary><Icon name="next"/>"Iets met het gebouw?"</summary>
            <p class="hint">{worker::ABOUT_BUILDING}</p>
            <div class="actions">{buttons}</div>
        </details>
    }
}

/// "Hoe vaak langs": one tap.
#[component]
fn Rhythm(place: PlaceId, writer: Writer) -> impl IntoView {
    let set = move |how_often: HowOften| {
        let bodies = writer.desk.with_value(|desk| {
            desk.overview.with_untracked(|overview| {
                let household = overview.caseload.household_at(place);
                household
                    .map(|household| {
                        let saw = household.flame.as_ref().map(crate::domain::register::Register::seen).unwrap_or_default();
                        (Subject::Household(household.id), Flame { how_often, saw }.into())
                    })
                    .into_iter()
                    .collect()
            })
        });
        writer.save(bodies, worker::RHYTHM_SET, |_| {});
    };
    let buttons = HowOften::ALL
        .iter()
        .map(|how_often| {
            let words = worker::capital(labels::how_often(*how_often));
            view! { <Button words=words press=move || set(*how_often)/> }
        })
        .collect_view();
    view! {
        <details class="more">
            <summary><Icon name="next"/>"Hoe vaak langs?"</summary>
            <div class="actions">{buttons}</div>
        </details>
    }
}
