//! "Iemand, deur nog onbekend": who was met here, and how it was. One tap begins it.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use crate::app::components::Icon;
use crate::app::components::bsn::{BsnTick, Guard};
use crate::app::components::error_summary::{Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::places::PlaceName;
use crate::app::components::shell::{Shell, focus};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, places};
use crate::app::when;
use crate::domain::body::{Outcome, Visit, VisitKind};
use crate::domain::{Body, HouseholdId, PersonId, PlaceId, Subject, knowing};

use super::super::door::writer::Writer;

/// How somebody is met without a door.
pub(super) const TILES: [(VisitKind, Outcome); 4] = [
    (VisitKind::StairwellTalk, Outcome::Spoken),
    (VisitKind::Coffee, Outcome::Spoken),
    (VisitKind::Phone, Outcome::Spoken),
    (VisitKind::Rang, Outcome::Waved),
];

/// The page.
#[component]
pub fn Page(
    /// Where.
    place: PlaceId,
) -> impl IntoView {
    let writer = Writer::new(use_desk());
    let (called, guard) = (RwSignal::new(String::new()), Guard::new());
    let errors = RwSignal::new(Errors::new());
    let navigate = StoredValue::new_local(use_navigate());
    let begin = move |kind: VisitKind, outcome: Outcome| {
        let name = called.get_untracked();
        let found = knowing::check_called(&name).into_iter().map(|(_, why)| ("roepnaam", places::wrong("roepnaam", why, None)));
        let mut found: Errors = found.collect();
        found.extend(guard.check(&[("roepnaam", name.as_str())]));
        errors.set(found);
        if errors.with_untracked(|errors| !errors.is_empty()) {
            return focus("roepnaam");
        }
        let (household, person) = (HouseholdId(Uuid::new_v4()), PersonId(Uuid::new_v4()));
        let mut bodies: Vec<(Subject, Body)> = knowing::met(place, &name, when::today(), (household, person));
        bodies.push((Subject::Household(household), Visit::tile(kind, outcome).into()));
        writer.save(bodies, "", move |_| {
            let to = Path::Household(household).to_string();
            navigate.with_value(|navigate| navigate(&to, leptos_router::NavigateOptions { replace: true, ..Default::default() }));
        });
    };
    let tiles = TILES
        .into_iter()
        .enumerate()
        .map(|(at, (kind, outcome))| {
            view! {
                <button class=if at == 0 { "tile tile--first" } else { "tile" } type="button" on:click=move |_| begin(kind, outcome)>
                    <Icon name=labels::contact_icon(kind, outcome)/>
                    <span>{labels::contact(kind, outcome)}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <Shell title=places::met_words() focused=true>
            <div class="page__head">
                <a class="back" href=Path::Place(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{places::met_title()}</h1>
                <p class="subtle">{places::met_hint()}</p>
            </div>
            <BsnTick guard/>
            <Fault fault=writer.fault/>
            <form autocomplete="off" class="form" novalidate=true on:submit=move |event| event.prevent_default()>
                <Field id="roepnaam" label=places::met_called() hint=places::met_called_hint() input=Input::Line value=called errors/>
            </form>
            <section class="section">
                <h2>{places::met_tiles()}</h2>
                <div class="tiles">{tiles}</div>
            </section>
        </Shell>
    }
}
