//! Who lives there, and how often we come by.

use leptos::prelude::*;
use uuid::Uuid;

use super::writer::Writer;
use crate::app::components::Icon;
use crate::app::components::act::{Button, Submit};
use crate::app::components::bsn::{BsnTick, Guard};
use crate::app::components::choice::{Choice, Look, chips, chosen};
use crate::app::components::error_summary::Errors;
use crate::app::components::field::{Field, Input};
use crate::app::components::shell::focus;
use crate::app::live::{derive, sometimes};
use crate::app::phone::use_desk;
use crate::app::texts::{labels, places, worker};
use crate::app::when;
use crate::domain::body::{Flame, Household, HowOften, Person, Who};
use crate::domain::{Body, HouseholdId, PersonId, PlaceId, Subject, flame, knowing, noting, register};

/// "Wie woont hier?"
#[component]
pub(super) fn AddPerson(place: PlaceId, writer: Writer) -> impl IntoView {
    let role = RwSignal::new(Vec::new());
    let (called, guard) = (RwSignal::new(String::new()), Guard::new());
    let errors = RwSignal::new(Errors::new());
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut found = Errors::new();
        let who = chosen(Who::ALL, role);
        if who.is_none() {
            found.push(("rol", worker::wrong("rol", noting::Wrong::Empty)));
        }
        let name = called.get_untracked().trim().to_owned();
        found.extend(knowing::check_called(&name).into_iter().map(|(_, why)| ("roepnaam", places::wrong("roepnaam", why, None))));
        found.extend(guard.check(&[("roepnaam", name.as_str())]));
        if let Some((field, _)) = found.first() {
            focus(field);
        }
        errors.set(found);
        let (Some(role_now), true) = (who, errors.with_untracked(Errors::is_empty)) else { return };
        let household = writer.look(|overview| overview.caseload.household_at(place).map(|household| household.id));
        let mut bodies: Vec<(Subject, Body)> = Vec::new();
        let household = household.unwrap_or_else(|| {
            let new = HouseholdId(Uuid::new_v4());
            bodies.push((Subject::Household(new), Household { door: place, from: when::today() }.into()));
            new
        });
        let person = Person { household, role: role_now, called: name };
        bodies.push((Subject::Person(PersonId(Uuid::new_v4())), person.into()));
        writer.save(bodies, worker::person_added(), move |_| {
            role.set(Vec::new());
            called.set(String::new());
        });
    };
    view! {
        <details class="more">
            <summary><Icon name="next"/>{places::who_lives_here()}</summary>
            <form autocomplete="off" class="form" novalidate=true on:submit=add>
                <Choice id="rol" legend=places::who_is_it() options=chips(Who::ALL, labels::who) look=Look::Chips value=role errors/>
                <Field id="roepnaam" label=places::name() hint=places::name_hint() input=Input::Line
                    value=called errors/>
                <BsnTick guard/>
                <Submit class="button button--quiet" icon="plus" words=places::add_person()/>
            </form>
        </details>
    }
}

/// Sets how often, by who looked at what stands there.
fn set(place: PlaceId, writer: Writer, how_often: HowOften) {
    let bodies = writer.look(|overview| {
        let household = overview.caseload.household_at(place);
        household
            .map(|household| {
                let saw = household.flame.as_ref().map(register::Register::seen).unwrap_or_default();
                (Subject::Household(household.id), Flame { how_often, saw }.into())
            })
            .into_iter()
            .collect()
    });
    writer.save(bodies, worker::rhythm_set(), |_| {});
}

/// "Hoe vaak langs?": one tap.
#[component]
pub(super) fn Rhythm(place: PlaceId, writer: Writer) -> impl IntoView {
    let buttons = HowOften::ALL
        .iter()
        .map(|how_often| {
            let words = worker::capital(labels::how_often(*how_often));
            view! { <Button words=words press=move || set(place, writer, *how_often)/> }
        })
        .collect_view();
    view! {
        <details class="more">
            <summary><Icon name="next"/>{places::set_how_often()}</summary>
            <div class="actions">{buttons}</div>
        </details>
    }
}

/// What is proposed, done with one tap, or left as it is. Never by itself.
#[component]
pub(super) fn Proposed(place: PlaceId, writer: Writer) -> impl IntoView {
    let overview = use_desk().overview;
    let proposed = derive(move || {
        overview.with(|overview| {
            let household = overview.caseload.household_at(place)?;
            let now = household.flame.as_ref().map(|flame| *flame.greatest());
            flame::proposal(&overview.caseload, household.id).map(|proposal| (proposal, now))
        })
    });
    sometimes(move || {
        proposed.get().map(|(proposal, now)| {
            let (title, why) = places::proposal(proposal);
            let keep = now.map(|now| view! { <Button words=places::propose_keep() press=move || set(place, writer, now)/> });
            view! {
                <div class="banner banner--warn">
                    <Icon name="flame"/>
                    <div>
                        <h2>{title}</h2>
                        <p>{why}</p>
                        <div class="actions">
                            <Button class="button" icon="check" words=places::propose_do()
                                press=move || set(place, writer, proposal.how_often)/>
                            {keep}
                        </div>
                    </div>
                </div>
            }
        })
    })
}
