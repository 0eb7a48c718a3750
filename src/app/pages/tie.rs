//! Neighbours brought together: which two doors, what for, and that both were asked and are willing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::components::Icon;
use crate::app::components::act::Submit;
use crate::app::components::bsn::{BsnTick, Guard};
use crate::app::components::choice::{Choice, Look, chips};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input, Tick};
use crate::app::components::form::{Kept, Meanwhile, Saver, WentOn};
use crate::app::components::pick::{Pick, Picked};
use crate::app::components::places::PlaceName;
use crate::app::components::shell::Shell;
use crate::app::desk::Overview;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::noting as t;
use crate::app::when;
use crate::domain::body::PlaceKind;
use crate::domain::noting::{self, AtTie, Begun};
use crate::domain::{Body, HouseholdId, PlaceId};

/// As many doors are found at most.
const MOST: usize = 12;
/// The last of [`t::TOGETHER`].
const OWN: usize = 4;

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    household: Option<HouseholdId>,
    search: String,
    other: Option<PlaceId>,
    what: Option<usize>,
    own: String,
    this_side: bool,
    other_side: bool,
}

#[derive(Clone, Copy)]
struct Form {
    household: RwSignal<Option<HouseholdId>>,
    search: RwSignal<String>,
    other: RwSignal<Vec<String>>,
    what: RwSignal<Vec<usize>>,
    own: RwSignal<String>,
    this_side: RwSignal<bool>,
    other_side: RwSignal<bool>,
}

impl Form {
    fn fill(self, half: Half) {
        self.household.set(half.household);
        self.search.set(half.search);
        self.other.set(half.other.iter().map(ToString::to_string).collect());
        self.what.set(half.what.into_iter().collect());
        self.own.set(half.own);
        self.this_side.set(half.this_side);
        self.other_side.set(half.other_side);
    }

    fn half(self) -> Half {
        untrack(|| Half {
            household: self.household.get(),
            search: self.search.get(),
            other: self.other.with(|other| other.first().and_then(|door| door.parse().ok())),
            what: self.what.with(|what| what.first().copied()),
            own: self.own.get(),
            this_side: self.this_side.get(),
            other_side: self.other_side.get(),
        })
    }

    fn is_own(self) -> bool {
        self.what.with(|what| what.contains(&OWN))
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The doors that can be the other: those of the stairwell, or what was searched for; the one that was chosen always.
fn doors(overview: &Overview, place: PlaceId, search: &str, chosen: Option<PlaceId>) -> Vec<Picked> {
    let caseload = &overview.caseload;
    let wanted = plain(search);
    let mut doors: Vec<PlaceId> = if wanted.is_empty() {
        noting::doors_beside(caseload, place)
    } else {
        let all = caseload.places.values().filter(|state| state.hidden.is_none() && state.place.kind == PlaceKind::Door);
        let others = all.map(|state| state.id).filter(|id| *id != place && !caseload.no_contact.contains_key(id));
        others.filter(|id| plain(&caseload.place_name(*id)).contains(&wanted)).take(MOST).collect()
    };
    doors.extend(chosen.filter(|chosen| !doors.contains(chosen)));
    doors.into_iter().map(|door| (door.to_string(), caseload.place_name(door))).collect()
}

/// The form.
#[component]
pub fn Page(
    /// At which door it begins.
    place: PlaceId,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let first =
        Half { household: overview.with_untracked(|overview| Begun::at(&overview.caseload, place)).household, ..Half::default() };
    let form = Form {
        household: RwSignal::default(),
        search: RwSignal::default(),
        other: RwSignal::default(),
        what: RwSignal::default(),
        own: RwSignal::default(),
        this_side: RwSignal::default(),
        other_side: RwSignal::default(),
    };
    form.fill(first.clone());
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let guard = Guard::new();
    let kept = Kept::begin(&desk, format!("tie:{place}"), first, move |half| form.fill(half), move || form.half());
    let saver = Saver::new(desk, fault);
    let about = move || Begun { place, household: form.household.get() };
    let doors = derive(move || {
        let chosen = form.other.with(|other| other.first().and_then(|door| door.parse().ok()));
        form.search.with(|search| overview.with(|overview| doors(overview, place, search, chosen)))
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let half = form.half();
        let what = match half.what {
            Some(OWN) => half.own.trim().to_owned(),
            Some(at) => t::TOGETHER.get(at).map(|(dutch, _)| *dutch).unwrap_or_default().to_owned(),
            None => String::new(),
        };
        let at = |at| match at {
            AtTie::Other => "andere-deur",
            AtTie::What if half.what == Some(OWN) => "waarvoor-eigen",
            AtTie::What => "waarvoor",
            AtTie::ThisSide | AtTie::OtherSide => "willen",
        };
        let willing = [half.this_side, half.other_side];
        let mut found: Errors = overview.with_untracked(|overview| {
            let wrong = noting::check_tie(&overview.caseload, place, half.other, &what, willing);
            wrong.into_iter().map(|(field, why)| (at(field), t::wrong_tie(field, why).to_owned())).collect()
        });
        // Two ticks, one question.
        found.dedup();
        found.extend(guard.check(&[("waarvoor-eigen", &what)]));
        let (Some(other), true) = (half.other, found.is_empty()) else { return error_summary::show(errors, found) };
        errors.set(Errors::new());
        let begun = untrack(about);
        let bodies = overview.with_untracked(|overview| {
            let caseload = &overview.caseload;
            let sides = [begun, Begun::at(caseload, other)];
            if sides.iter().any(|side| noting::meanwhile(caseload, *side) == Some(noting::Meanwhile::LeftAlone)) {
                return None;
            }
            let new = [HouseholdId(Uuid::new_v4()), HouseholdId(Uuid::new_v4())];
            Some(noting::tie(caseload, sides, &what, when::today(), new))
        });
        let Some(bodies) = bodies else { return saver.say(t::left_alone().to_owned()) };
        let own = bodies.iter().position(|(_, body)| matches!(body, Body::Tie(_))).unwrap_or(0);
        saver.save(bodies, kept, move |ids| ids.get(own).map_or(Path::Door(place), |id| Path::DoorSaved(place, *id)));
    };
    let act = || {
        view! { <Submit class="button button--big" icon="check" words=t::save() form="form"/> }
    };
    let willing_error = derive(move || error_summary::error_of(errors, "willen"));
    view! {
        <Shell title=t::tie() focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{t::tie()}</h1>
                <p class="subtle">{t::tie_why()}</p>
            </div>
            <ErrorSummary errors/>
            <Fault fault/>
            <Meanwhile begun=Signal::derive(about)/>
            <WentOn kept/>
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                <Field id="zoek-deur" label=t::tie_search() hint=t::tie_search_hint() input=Input::Line value=form.search errors/>
                <Pick id="andere-deur" legend=t::tie_other() options=doors value=form.other errors/>
                <Choice id="waarvoor" legend=t::tie_what() options=chips(&t::TOGETHER, t::shown) look=Look::Chips
                    value=form.what errors/>
                {sometimes(move || form.is_own().then(|| view! {
                    <Field id="waarvoor-eigen" label=t::tie_what_own() hint=t::tie_what_hint() input=Input::Line value=form.own errors/>
                }))}
                <BsnTick guard/>
                <fieldset class=move || if willing_error.with(Option::is_some) { "field field--error" } else { "field" } id="willen"
                    tabindex="-1" aria-describedby=move || willing_error.with(Option::is_some).then_some("willen-error")>
                    <legend class="label--big">{t::tie_both()}</legend>
                    {sometimes(move || willing_error.get().map(|text| view! {
                        <p class="field__error" id="willen-error"><Icon name="alert"/>{text}</p>
                    }))}
                    <Tick label=t::tie_this() value=form.this_side/>
                    <Tick label=t::tie_other_side() value=form.other_side/>
                </fieldset>
            </form>
        </Shell>
    }
}
