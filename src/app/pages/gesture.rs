//! A small thing done: two taps from a door.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::components::Icon;
use crate::app::components::act::Submit;
use crate::app::components::bsn::BsnTick;
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::form::{Kept, Meanwhile, Saver, WentOn};
use crate::app::components::places::PlaceName;
use crate::app::components::shell::Shell;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, noting as t};
use crate::app::when;
use crate::domain::noting::{self, Begun, LONGEST_TEXT, Wrong};
use crate::domain::{HouseholdId, PlaceId};

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    household: Option<HouseholdId>,
    what: String,
}

/// Tiles, and a line of one's own.
#[component]
pub fn Page(
    /// At which door.
    place: PlaceId,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let begun = overview.with_untracked(|overview| Begun::at(&overview.caseload, place));
    let (household, what) = (RwSignal::new(begun.household), RwSignal::new(String::new()));
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let guard = crate::app::components::bsn::Guard::new();
    let first = Half { household: begun.household, what: String::new() };
    let fill = move |half: Half| {
        household.set(half.household);
        what.set(half.what);
    };
    let half = move || Half { household: household.get_untracked(), what: what.get_untracked() };
    let kept = Kept::begin(&desk, format!("gesture:{place}"), first, fill, half);
    let saver = Saver::new(desk, fault);
    let about = move || Begun { place, household: household.get() };
    let note = move |what: String| {
        let begun = untrack(about);
        let bodies = overview.with_untracked(|overview| {
            let caseload = &overview.caseload;
            let left_alone = noting::meanwhile(caseload, begun) == Some(noting::Meanwhile::LeftAlone);
            (!left_alone).then(|| noting::gesture(caseload, begun, what, when::today(), HouseholdId(Uuid::new_v4())))
        });
        match bodies {
            Some(bodies) => {
                saver.save(bodies, kept, move |ids| ids.last().map_or(Path::Door(place), |id| Path::DoorSaved(place, *id)));
            }
            None => saver.say(t::left_alone().to_owned()),
        }
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let own = what.get_untracked().trim().to_owned();
        let wrong = match own.chars().count() {
            0 => Some(Wrong::Empty),
            length if length > LONGEST_TEXT => Some(Wrong::TooLong),
            _ => None,
        };
        let mut found: Errors = wrong.into_iter().map(|why| ("gebaar", faults::wrong(why).to_owned())).collect();
        found.extend(guard.check(&[("gebaar", &own)]));
        if !found.is_empty() {
            return error_summary::show(errors, found);
        }
        errors.set(found);
        note(own);
    };
    let tiles = t::GESTURES.map(|(icon, words)| {
        view! {
            <button class="tile" type="button" on:click=move |_| note(words.0.to_owned())>
                <Icon name=icon/>
                <span>{t::shown(words)}</span>
            </button>
        }
    });
    view! {
        <Shell title=t::gesture() focused=true>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{t::gesture()}</h1>
                <p class="subtle">{t::gesture_one_tap()}</p>
            </div>
            <ErrorSummary errors/>
            <Fault fault/>
            <Meanwhile begun=Signal::derive(about)/>
            <WentOn kept/>
            <div class="tiles">{tiles.into_iter().collect_view()}</div>
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                <h2>{t::gesture_own()}</h2>
                <Field id="gebaar" label=t::gesture_label() hint=t::gesture_hint() input=Input::Line value=what errors/>
                <BsnTick guard/>
                <Submit icon="check" words=t::save()/>
            </form>
        </Shell>
    }
}
