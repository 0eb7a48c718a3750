//! What is about a place itself: things of the building that stand open, who was met here.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::Button;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, places};
use crate::app::when;
use crate::domain::body::{Settled, SettledAs};
use crate::domain::caseload::{Caseload, HouseholdState};
use crate::domain::{PlaceId, Subject, stairwell};

use super::super::door::writer::Writer;

/// What somebody who was met is called.
#[must_use]
pub(super) fn called(caseload: &Caseload, state: &HouseholdState) -> String {
    let names = state.persons.iter().filter_map(|id| caseload.persons.get(id)).map(|person| person.person.called.trim());
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    if names.is_empty() { places::met_somebody().to_owned() } else { places::and(&names) }
}

/// Things of the building that stand open, each to be ticked off.
#[component]
pub(super) fn OpenBuilding(place: PlaceId, writer: Writer) -> impl IntoView {
    let overview = use_desk().overview;
    let open = derive(move || {
        overview.with(|overview| {
            let all = stairwell::about_building(&overview.caseload, place);
            let lines = all.into_iter().filter_map(|state| {
                let author = overview.name(state.entry.author).unwrap_or_else(|| places::a_colleague().to_owned());
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
                    writer.save(vec![(Subject::Place(place), settled.into())], places::building_fixed_saved(), |_| {});
                };
                let label = format!("{}: {}", places::building_fixed(), labels::building(kind));
                view! {
                    <li class="known">
                        <Icon name=places::building_icon(kind)/>
                        <div>
                            <p><strong>{labels::building(kind)}</strong></p>
                            <p class="small subtle">{by}</p>
                        </div>
                        <Button icon="check" words=places::building_fixed() label press/>
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
                                <span class="row__meta">{format!("{}, {}", places::met_list(), places::known_since(from))}</span>
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
