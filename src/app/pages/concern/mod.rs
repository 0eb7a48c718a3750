//! "Ik maak me zorgen": what was seen apart from what is thought. What can't wait goes by phone first.

use leptos::prelude::*;
use uuid::Uuid;

use super::guarded;
use crate::app::components::Icon;
use crate::app::components::act::{Button, Link, Submit};
use crate::app::components::alarm::Alarm;
use crate::app::components::bsn::BsnTick;
use crate::app::components::choice::{Choice, Choosable, Look, chips};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::form::{Kept, Meanwhile, Saver, WentOn};
use crate::app::components::journal::named;
use crate::app::components::pick::{Pick, Picked};
use crate::app::components::places::PlaceName;
use crate::app::components::shell::Shell;
use crate::app::desk::Overview;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{self, labels, noting as t, worker};
use crate::app::when;
use crate::domain::body::{Fact, KnownBy, PlaceKind, Severity, Tile};
use crate::domain::noting::{self, Begun};
use crate::domain::{HouseholdId, PlaceId, Role, UserId};

mod form;
pub mod reword;

use form::{Form, HOUSEHOLD, Half, NOBODY, SOMEBODY_ELSE};

fn tiles() -> Vec<Choosable> {
    Tile::ALL
        .iter()
        .map(|tile| Choosable { label: labels::tile(*tile).into(), icon: labels::tile_icon(*tile), ..Choosable::default() })
        .collect()
}

fn severities() -> Vec<Choosable> {
    Severity::ALL
        .iter()
        .map(|severity| Choosable {
            label: labels::severity(*severity).into(),
            icon: labels::severity_look(*severity).1,
            hint: labels::severity_hint(*severity),
            class: if *severity == Severity::Now { "tile--now" } else { "" },
        })
        .collect()
}

/// Whom it can be about: who lives here, one of them, or somebody else.
fn people(overview: &Overview, begun: Begun) -> Vec<Picked> {
    let caseload = &overview.caseload;
    let is_door = caseload.places.get(&begun.place).is_some_and(|state| state.place.kind == PlaceKind::Door);
    let all = if is_door { t::who_lives_here() } else { t::this_place() };
    let mut people = vec![(HOUSEHOLD.to_owned(), all.to_owned())];
    let household = begun.household.and_then(|id| caseload.households.get(&id).map(AsRef::as_ref));
    let household = household.or_else(|| caseload.household_at(begun.place));
    for person in household.into_iter().flat_map(|household| &household.persons).filter_map(|id| caseload.persons.get(id)) {
        people.push((person.id.to_string(), named(labels::who(person.person.role), &person.person.called)));
    }
    if is_door {
        people.push((SOMEBODY_ELSE.to_owned(), t::somebody_else().to_owned()));
    }
    people
}

/// Who can take it on: I, supervisors, colleagues, nobody yet.
fn owners(overview: &Overview, me: UserId) -> Vec<Picked> {
    let mut owners = vec![(me.to_string(), t::i_do().to_owned())];
    let others = |role| overview.staff.iter().filter(move |(user, staff)| **user != me && staff.role == role);
    owners.extend(others(Role::Supervisor).map(|(user, staff)| (user.to_string(), t::supervisor(&staff.name))));
    owners.extend(others(Role::Worker).map(|(user, staff)| (user.to_string(), staff.name.clone())));
    owners.push((NOBODY.to_owned(), t::nobody_yet().to_owned()));
    owners
}

/// The form.
#[component]
pub fn Page(
    /// At which door.
    place: PlaceId,
    /// It goes into a closed journal: with what was written so far.
    apart: Callback<guarded::Half>,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    let first = Half::new(overview.with_untracked(|overview| Begun::at(&overview.caseload, place)));
    let form = Form::new(first.clone(), me);
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let kept = Kept::begin(&desk, format!("concern:{place}"), first, move |half| form.fill(half), move || form.half());
    let saver = Saver::new(desk, fault);
    let about = move || Begun { place, household: form.household.get() };
    let now = derive(move || form.is_now());
    // Chosen halfway down the form: the numbers must come in sight.
    let show_alarm = move |_| {
        request_animation_frame(move || {
            if now.try_get_untracked() == Some(true)
                && let Some(alarm) = document().get_element_by_id("nu-bellen")
            {
                alarm.scroll_into_view();
            }
        });
    };
    let set_apart = move || {
        let half = form.apart();
        kept.keep_as(&half);
        apart.run(half);
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let concern = match form.read() {
            Ok(concern) => concern,
            Err(found) => return error_summary::show(errors, found),
        };
        errors.set(Errors::new());
        let begun = untrack(about);
        let said = overview.with_untracked(|overview| {
            let caseload = &overview.caseload;
            let place = match noting::meanwhile(caseload, begun) {
                Some(noting::Meanwhile::LeftAlone) => return None,
                Some(noting::Meanwhile::Replaced(door)) => door,
                _ => begun.place,
            };
            let new = HouseholdId(Uuid::new_v4());
            Some((noting::concern_begun(caseload, begun, form.about(), concern, when::today(), new), place))
        });
        match said {
            Some((bodies, place)) => {
                saver.save(bodies, kept, move |ids| ids.last().map_or(Path::Door(place), |id| Path::DoorSaved(place, *id)));
            }
            None => saver.say(t::left_alone().to_owned()),
        }
    };
    let people = derive(move || overview.with(|overview| people(overview, about())));
    let owners = derive(move || overview.with(|overview| owners(overview, me)));
    let act = || {
        view! { <Submit class="button button--big" icon="check" words=t::save() form="form"/> }
    };
    view! {
        <Shell title=t::worry() focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{t::worry()}</h1>
                <p class="subtle"><PlaceName place/></p>
                <Button class="button button--link" icon="lock" words=texts::guarded::button() press=set_apart/>
            </div>
            <ErrorSummary errors/>
            <Fault fault/>
            <div id="nu-bellen" aria-live="assertive">
                {sometimes(move || now.get().then(|| view! { <Alarm title=Signal::stored(worker::call_first().to_owned()) concern=None/> }))}
            </div>
            <Meanwhile begun=Signal::derive(about)/>
            <WentOn kept/>
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                <Choice id="thema" legend=t::worry_tile() options=tiles() look=Look::Tiles value=form.tile errors/>
                <div on:input=show_alarm>
                    <Choice id="ernst" legend=t::worry_severity() options=severities() look=Look::List value=form.severity errors/>
                </div>
                <Choice id="feiten" legend=t::facts() options=chips(Fact::ALL, labels::fact) look=Look::Chips many=true
                    value=form.facts errors/>
                <Field id="gezien" label=t::seen() hint=t::seen_hint()
                    input=Input::Area value=form.seen errors/>
                <Field id="denk" label=t::thought() hint=t::thought_hint() input=Input::Area
                    value=form.thought errors/>
                <BsnTick guard=form.guard/>
                <Choice id="bron" legend=t::known_by() hint=t::known_by_hint()
                    options=chips(KnownBy::ALL, labels::known_by) look=Look::Chips value=form.known_by errors/>
                {sometimes(move || form.is_told().then(|| view! {
                    <Field id="verteld" label=t::told_by() hint=t::told_by_hint() input=Input::Line
                        value=form.told_by errors/>
                }))}
                <Pick id="over-wie" legend=t::whom() options=people value=form.whom errors/>
                <Choice id="stap" legend=t::step() options=chips(&t::STEPS, t::shown) look=Look::Chips
                    value=form.step errors/>
                {sometimes(move || form.own_step().then(|| view! {
                    <Field id="eigen-stap" label=t::step_own() input=Input::Line value=form.own_step errors/>
                }))}
                <Field id="dag" label=t::due() hint=t::due_hint() input=Input::Day
                    value=form.due errors/>
                <Pick id="wie-pakt-op" legend=t::who_takes_it() options=owners value=form.owner errors/>
                <Link to=Path::Door(place) class="button button--link" words=t::later()/>
            </form>
        </Shell>
    }
}
