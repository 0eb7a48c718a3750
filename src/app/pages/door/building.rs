//! "Iets met het gebouw?": one tap. It is about the stairwell, also where it is noted at a door.

use leptos::prelude::*;

use super::writer::{JustSaved, Writer};
use crate::app::components::Icon;
use crate::app::components::act::Button;
use crate::app::texts::{labels, places, worker};
use crate::domain::body::{Building, BuildingKind};
use crate::domain::{PlaceId, Subject, noting};

/// The question with its answers.
#[component]
pub(in crate::app::pages) fn AboutBuilding(place: PlaceId, writer: Writer, saved: RwSignal<JustSaved>) -> impl IntoView {
    let note = move |kind: BuildingKind| {
        let at = writer.look(|overview| {
            let at = noting::building_at(&overview.caseload, place);
            (at, format!("{}, {}", labels::building(kind), overview.caseload.place_name(at)))
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
            <summary><Icon name="next"/>{places::about_building()}</summary>
            <p class="hint">{worker::about_building()}</p>
            <div class="actions">{buttons}</div>
        </details>
    }
}
