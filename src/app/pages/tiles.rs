//! Snel noteren at a door: one tap and it is kept.

use leptos::prelude::*;
use uuid::Uuid;

use crate::app::components::act::{Back, Link};
use crate::app::components::error_summary::Fault;
use crate::app::components::places::PlaceName;
use crate::app::components::saved::Saved;
use crate::app::components::shell::{Shell, focus};
use crate::app::components::{Icon, Notice};
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, labels, places, worker};
use crate::app::when;
use crate::domain::body::{Outcome, Visit, VisitKind};
use crate::domain::noting::{self, TILES};
use crate::domain::{EntryId, HouseholdId, PlaceId};

/// The tiles.
#[component]
pub fn Page(
    /// At which door.
    place: PlaceId,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    // Where somebody wants to be left alone there is nothing to tap: nobody rings, and what is noted would be erased.
    let left_alone = derive(move || overview.with(|overview| overview.caseload.no_contact.contains_key(&place)));
    let desk = StoredValue::new_local(desk);
    let saved = RwSignal::new(None::<(EntryId, String)>);
    let undone = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let busy = StoredValue::new(false);
    // One tap is one entry: whatever is tapped while it is being kept, or before the tiles are gone, means nothing.
    let note = move |kind: VisitKind, outcome: Outcome| {
        if busy.get_value() || saved.with_untracked(Option::is_some) {
            return;
        }
        busy.set_value(true);
        fault.set(None);
        let desk = desk.get_value();
        leptos::task::spawn_local(async move {
            let bodies = desk.overview.with_untracked(|overview| {
                let new = HouseholdId(Uuid::new_v4());
                noting::contact(&overview.caseload, place, Visit::tile(kind, outcome), when::today(), new)
            });
            match desk.save(bodies).await {
                Ok(ids) => saved.set(ids.last().map(|id| (*id, labels::contact(kind, outcome)))),
                Err(why) => fault.set(Some(faults::save(&why))),
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    let take_back = Callback::new(move |()| {
        saved.set(None);
        undone.set(true);
        request_animation_frame(|| focus("main"));
    });
    let tiles = move || {
        TILES
            .into_iter()
            .enumerate()
            .map(|(at, (kind, outcome))| {
                view! {
                    <button class=if at == 0 { "tile tile--first" } else { "tile" } type="button"
                        on:click=move |_| note(kind, outcome)>
                        <Icon name=labels::contact_icon(kind, outcome)/>
                        <span>{labels::contact(kind, outcome)}</span>
                    </button>
                }
            })
            .collect_view()
    };
    let act = move || {
        sometimes(move || {
            saved.with(Option::is_none).then(|| {
                view! {
                    <Link to=Path::Concern(place) class="button button--worry button--big" icon="alert" words=worker::worried()/>
                }
            })
        })
    };
    let body = live(move || match saved.get() {
        Some((entry, what)) => view! {
            <div class="page__head"><h1><PlaceName place/></h1></div>
            <Saved place entry what completes=true undone=take_back/>
            <div class="actions">
                <Link to=Path::Today class="button" icon="check" words=worker::done()/>
                <Link to=Path::Note icon="door" words=worker::another_door()/>
            </div>
        }
        .into_any(),
        None if left_alone.get() => view! {
            <div class="page__head">
                <Back to=Path::Note words=worker::other_door()/>
                <h1><PlaceName place/></h1>
            </div>
            <Notice kind="warn" icon="alert" title=places::leave_alone()><p>{places::leave_alone_why()}</p></Notice>
            <div class="actions">
                <Link to=Path::Door(place) class="button button--link" icon="door" words=worker::see_door()/>
            </div>
        }
        .into_any(),
        None => view! {
            <div class="page__head">
                <Back to=Path::Note words=worker::other_door()/>
                <h1><PlaceName place/></h1>
                <p class="subtle">{worker::one_tap()}</p>
            </div>
            <p role="status">{sometimes(move || undone.get().then_some(worker::undone()))}</p>
            <Fault fault/>
            <div class="tiles">{tiles()}</div>
            <div class="actions">
                <Link to=Path::Contact(place) class="button button--link" icon="edit" words=worker::fill_in_more()/>
                <Link to=Path::Door(place) class="button button--link" icon="door" words=worker::see_door()/>
            </div>
        }
        .into_any(),
    });
    view! {
        <Shell title=worker::quick_note() focused=true act>
            {body}
        </Shell>
    }
}
