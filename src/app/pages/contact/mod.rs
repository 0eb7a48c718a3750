//! The full contact, or what is added to one that a tile noted.

use leptos::prelude::*;
use uuid::Uuid;

use crate::app::components::Icon;
use crate::app::components::act::{Link, Submit};
use crate::app::components::bsn::BsnTick;
use crate::app::components::choice::{Choice, Look, chips, chosen};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input, Tick};
use crate::app::components::form::{Kept, Meanwhile, Saver, WentOn};
use crate::app::components::pick::Pick;
use crate::app::components::places::PlaceName;
use crate::app::components::shell::Shell;
use crate::app::desk::Overview;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, noting as t, worker};
use crate::app::when;
use crate::domain::body::{Correction, Fact, Outcome, Visit, VisitKind, Who};
use crate::domain::noting::{self, Begun};
use crate::domain::{Body, EntryId, HouseholdId, PlaceId, Subject};

mod form;

use form::{Form, Half, MINUTES};

/// The form. `of`: the contact that is added to.
#[component]
pub fn Page(
    /// At which door.
    place: PlaceId,
    /// The contact that is added to.
    of: Option<EntryId>,
    /// Whether it starts as an activity.
    #[prop(optional)]
    activity: bool,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    // Only one's own contact can be added to; another address shows an empty form for a new one.
    let noted: Option<(EntryId, Subject, Visit)> = overview.with_untracked(|overview| {
        let state = overview.caseload.visits.get(&of?).filter(|state| state.entry.author == me && state.withdrawn.is_none())?;
        Some((state.entry.id, state.entry.payload.as_ref()?.subject, state.visit.clone()))
    });
    let begun = overview.with_untracked(|overview| Begun::at(&overview.caseload, place));
    let first = noted.as_ref().map_or_else(|| Half::new(begun, activity), |(_, _, visit)| Half::from(visit));
    let correcting = noted.map(|(id, subject, _)| (id, subject));
    let form = Form::new(first.clone());
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let name = correcting.map_or_else(|| format!("contact:{place}"), |(entry, _)| format!("contact:{place}:{entry}"));
    let kept = Kept::begin(&desk, name, first, move |half| form.fill(half), move || form.half());
    let saver = Saver::new(desk, fault);
    let about = move || Begun { place, household: form.household.get() };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let visit = match form.read() {
            Ok(visit) => visit,
            Err(found) => return error_summary::show(errors, found),
        };
        errors.set(Errors::new());
        let (begun, also) = (untrack(about), form.also());
        let bodies = match correcting {
            Some((of, subject)) => Ok((vec![(subject, Correction { of, visit }.into())], place)),
            None => overview.with_untracked(|overview| bodies(overview, begun, &also, &visit)),
        };
        match bodies {
            Ok((bodies, place)) => {
                let own = bodies.iter().position(|(_, body)| matches!(body, Body::Visit(_) | Body::Correction(_))).unwrap_or(0);
                saver.save(bodies, kept, move |ids| ids.get(own).map_or(Path::Door(place), |id| Path::DoorSaved(place, *id)));
            }
            Err(why) => saver.say(why.to_owned()),
        }
    };
    let is_activity = move || chosen(VisitKind::ALL, form.kind) == Some(VisitKind::Activity);
    let doors = derive(move || {
        overview.with(|overview| {
            let doors = noting::doors_beside(&overview.caseload, place).into_iter();
            doors.map(|door| (door.to_string(), overview.caseload.place_name(door))).collect::<Vec<_>>()
        })
    });
    let several = derive(move || correcting.is_none() && doors.with(|doors| !doors.is_empty()));
    let title = if correcting.is_some() { t::complete_at() } else { t::contact_at() };
    let act = || {
        view! { <Submit class="button button--big" icon="check" words=t::save() form="form"/> }
    };
    view! {
        <Shell title=t::contact() focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{title}<PlaceName place/></h1>
            </div>
            <ErrorSummary errors/>
            <Fault fault/>
            {correcting.is_none().then(|| view! { <Meanwhile begun=Signal::derive(about)/> })}
            <WentOn kept/>
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                <Choice id="soort" legend=t::what_was_it() options=chips(VisitKind::ALL, labels::kind_name) look=Look::Chips
                    value=form.kind errors/>
                <Choice id="uitkomst" legend=t::how_did_it_go() options=chips(Outcome::ALL, labels::outcome) look=Look::Chips
                    value=form.outcome errors/>
                {sometimes(move || is_activity().then(|| view! {
                    <Field id="mensen" label=t::heads() hint=t::heads_hint() input=Input::Number
                        value=form.heads errors/>
                }))}
                <Choice id="wanneer" legend=t::which_day() options=chips(&t::days(), |day| day) look=Look::Chips value=form.when errors/>
                {sometimes(move || form.another_day().then(|| view! {
                    <Field id="op-dag" label=t::which_day_own() input=Input::Day value=form.happened errors/>
                }))}
                <Choice id="wie" legend=t::with_whom() options=chips(Who::ALL, labels::who) look=Look::Chips value=form.who errors/>
                <Choice id="feiten" legend=t::facts() hint=t::facts_hint() options=chips(Fact::ALL, labels::fact) look=Look::Chips
                    many=true value=form.facts errors/>
                <Field id="tekst" label=t::remember() hint=worker::no_diagnosis() input=Input::Area value=form.note errors/>
                <Field id="gebaar" label=t::gesture() hint=t::gesture_done_hint() input=Input::Line
                    value=form.gesture errors/>
                <BsnTick guard=form.guard/>
                <Choice id="terug" legend=t::back_when() options=chips(&t::backs(), |label| label) look=Look::Chips
                    value=form.back errors/>
                {sometimes(move || form.own_day().then(|| view! {
                    <Field id="datum" label=t::back_day() input=Input::Day value=form.day errors/>
                }))}
                <Choice id="duur" legend=t::how_long_words() options=chips(&MINUTES, t::how_long) look=Look::Chips
                    value=form.minutes errors/>
                <Tick label=t::colleague_there() value=form.colleague/>
                {sometimes(move || several.get().then(|| view! {
                    <details class="more" prop:open=move || form.also.with(|also| !also.is_empty())>
                        <summary><Icon name="next"/>{t::also()}</summary>
                        <Pick id="ook" legend=t::also_which() hint=t::also_hint() options=doors many=true value=form.also errors/>
                    </details>
                }))}
                <Link to=Path::Door(place) class="button button--link" words=t::later()/>
            </form>
        </Shell>
    }
}

type Written = (Vec<(Subject, Body)>, PlaceId);

// What is written down, and the door where it stands then; or why nothing is.
fn bodies(overview: &Overview, begun: Begun, also: &[PlaceId], visit: &Visit) -> Result<Written, &'static str> {
    let (caseload, today) = (&overview.caseload, when::today());
    let place = match noting::meanwhile(caseload, begun) {
        Some(noting::Meanwhile::LeftAlone) => return Err(t::left_alone()),
        Some(noting::Meanwhile::Replaced(door)) => door,
        _ => begun.place,
    };
    let new = || HouseholdId(Uuid::new_v4());
    let mut bodies = noting::contact_begun(caseload, begun, visit.clone(), today, new());
    let other = noting::at_another_door(visit);
    let beside = noting::doors_beside(caseload, begun.place);
    for door in also.iter().filter(|door| beside.contains(door)) {
        bodies.extend(noting::contact(caseload, *door, other.clone(), today, new()));
    }
    Ok((bodies, place))
}
