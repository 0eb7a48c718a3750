//! What is about a place itself: things of the building that stand open, who was met here, an activity with a head count.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::{Button, Submit};
use crate::app::components::error_summary::Errors;
use crate::app::components::field::{Field, Input};
use crate::app::components::shell::focus;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, places};
use crate::app::when;
use crate::domain::body::{Outcome, Settled, SettledAs, Visit, VisitKind};
use crate::domain::caseload::{Caseload, HouseholdState};
use crate::domain::{PlaceId, Subject, knowing, stairwell};

use super::super::door::writer::{JustSaved, Writer};

/// What somebody who was met is called.
#[must_use]
pub(super) fn called(caseload: &Caseload, state: &HouseholdState) -> String {
    let names = state.persons.iter().filter_map(|id| caseload.persons.get(id)).map(|person| person.person.called.trim());
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    if names.is_empty() { places::MET_SOMEBODY.to_owned() } else { names.join(" en ") }
}

/// Things of the building that stand open, each to be ticked off.
#[component]
pub(super) fn OpenBuilding(place: PlaceId, writer: Writer) -> impl IntoView {
    let overview = use_desk().overview;
    let open = derive(move || {
        overview.with(|overview| {
            let all = stairwell::about_building(&overview.caseload, place);
            let lines = all.into_iter().filter_map(|state| {
                let author = overview.name(state.entry.author).unwrap_or_else(|| "Een collega".to_owned());
                let by = places::known_by(&author, when::day_of(state.entry.payload.as_ref()?.written_at), None);
                Some((state.entry.id, state.building.kind, by))
            });
            lines.collect::<Vec<_>>()
        })
    });
    sometimes(move || {
        let open = open.get();
        (!open.is_empty()).then(|| {
            let lines = open.into_iter().map(|(of, kind, by)| {
                let press = move || {
                    let settled = Settled { of, how: SettledAs::Over, text: String::new(), until: None };
                    writer.save(vec![(Subject::Place(place), settled.into())], places::BUILDING_FIXED_SAVED, |_| {});
                };
                let label = format!("{}: {}", places::BUILDING_FIXED, labels::building(kind));
                view! {
                    <li class="known">
                        <Icon name=places::building_icon(kind)/>
                        <div>
                            <p><strong>{labels::building(kind)}</strong></p>
                            <p class="small subtle">{by}</p>
                        </div>
                        <Button icon="check" words=places::BUILDING_FIXED label press/>
                    </li>
                }
            });
            view! { <ul class="card">{lines.collect_view()}</ul> }
        })
    })
}

/// Who was met here, their door not known yet.
#[component]
pub(super) fn MetHere(place: PlaceId) -> impl IntoView {
    let overview = use_desk().overview;
    let met = derive(move || {
        overview.with(|overview| {
            let caseload = &overview.caseload;
            let met = caseload.met_at(place).into_iter();
            met.map(|state| (state.id, called(caseload, state), state.household.from)).collect::<Vec<_>>()
        })
    });
    sometimes(move || {
        let met = met.get();
        (!met.is_empty()).then(|| {
            let rows = met.into_iter().map(|(household, name, from)| {
                view! {
                    <li class="row">
                        <a class="row__link row__link--place" href=Path::Household(household).to_string()>
                            <span class="place__icon"><Icon name="user"/></span>
                            <span class="place__words">
                                <span class="row__title">{name}</span>" "
                                <span class="row__meta">{format!("{}, bekend sinds {}", places::MET_LIST, when::day(from))}</span>
                            </span>
                            <Icon name="next"/>
                        </a>
                    </li>
                }
            });
            view! { <ul class="rows">{rows.collect_view()}</ul> }
        })
    })
}

/// The most people that are counted at an activity.
const MOST_HEADS: u16 = 9_999;

/// An activity, with a head count.
#[component]
pub(super) fn Activity(place: PlaceId, writer: Writer, saved: RwSignal<JustSaved>) -> impl IntoView {
    let (heads, what) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(Errors::new());
    let note = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let count =
            heads.with_untracked(|heads| heads.trim().parse::<u16>().ok()).filter(|count| (1..=MOST_HEADS).contains(count));
        let words = what.get_untracked().trim().to_owned();
        let mut found = Errors::new();
        if count.is_none() {
            found.push(("mensen", places::ACTIVITY_HEADS_WRONG.to_owned()));
        }
        if words.chars().count() > knowing::LONGEST {
            found.push(("wat", places::wrong("wat", knowing::Wrong::TooLong, None)));
        }
        if let Some((field, _)) = found.first() {
            focus(field);
        }
        errors.set(found);
        if errors.with_untracked(|errors| !errors.is_empty()) {
            return;
        }
        let visit = Visit { heads: count, note: words, ..Visit::tile(VisitKind::Activity, Outcome::Spoken) };
        let said = count.map_or_else(String::new, |count| format!("Activiteit, {count} mensen"));
        writer.save(vec![(Subject::Place(place), visit.into())], "", move |ids| {
            heads.set(String::new());
            what.set(String::new());
            saved.set(ids.first().map(|id| (*id, said, true, true)));
        });
    };
    view! {
        <details class="more">
            <summary><Icon name="next"/>{places::ACTIVITY}</summary>
            <form autocomplete="off" class="form" novalidate=true on:submit=note>
                <Field id="mensen" label=places::ACTIVITY_HEADS hint=places::ACTIVITY_HEADS_HINT input=Input::Number value=heads errors/>
                <Field id="wat" label=places::ACTIVITY_WHAT hint=places::ACTIVITY_WHAT_HINT input=Input::Line value=what errors/>
                <Submit icon="check" words="Opslaan"/>
            </form>
        </details>
    }
}
