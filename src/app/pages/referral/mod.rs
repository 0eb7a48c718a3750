//! "Hulp vragen bij …": the party, the resident's consent or the ground, and the exact text that will be shared.

use leptos::prelude::*;

use crate::app::components::act::{Link, Submit};
use crate::app::components::bsn::BsnTick;
use crate::app::components::choice::{Choice, Look, chips};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::form::{Kept, Saver, WentOn};
use crate::app::components::party_call::PartyCall;
use crate::app::components::places::PlaceName;
use crate::app::components::row::ConcernTag;
use crate::app::components::shell::Shell;
use crate::app::components::{Icon, Notice};
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::referring as t;
use crate::domain::body::{AgreedBy, Concern, Ground, Party};
use crate::domain::{EntryId, PlaceId, Subject, referring};

mod form;

use form::{Form, Half};

/// The form; or why there is none.
#[component]
pub fn Page(
    /// Where.
    place: PlaceId,
    /// From which concern.
    of: EntryId,
) -> impl IntoView {
    let overview = use_desk().overview;
    let asked = overview.with_untracked(|overview| {
        let state = overview.caseload.concerns.get(&of).filter(|state| state.is_open())?;
        let subject = state.entry.payload.as_ref()?.subject;
        Some((state.concern.clone(), subject))
    });
    match asked {
        Some((concern, subject)) => view! { <Ask place of concern subject/> }.into_any(),
        None => view! {
            <Shell title=t::title()>
                <div class="page__head">
                    <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                    <h1>{t::title()}</h1>
                </div>
                <Notice kind="info" icon="check"><p>{t::closed()}</p></Notice>
            </Shell>
        }
        .into_any(),
    }
}

#[component]
fn Ask(place: PlaceId, of: EntryId, concern: Concern, subject: Subject) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let form = Form::new(overview.with_untracked(|overview| overview.directory.asked()));
    let parties =
        overview.with_untracked(|overview| form.parties.with_value(|parties| chips(parties, |party| overview.party(party))));
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let name = format!("referral:{place}:{of}");
    let kept = Kept::begin(&desk, name, Half::default(), move |half| form.fill(half), move || form.half());
    let saver = Saver::new(desk, fault);
    let (tile, severity) = (concern.tile, concern.severity);
    let concern = StoredValue::new(concern);
    let proposed = move |party: Party| concern.with_value(|concern| referring::propose(concern, party));
    // The text follows the party until somebody writes in it.
    let propose = move |_| {
        if let (Some(party), false) = (form.party(), form.own_text.get_untracked()) {
            let place = overview.with_untracked(|overview| overview.caseload.place_name(place));
            form.shared.set(t::proposal(&proposed(party), &place));
        }
    };
    let without_health = derive(move || form.party().is_some_and(|party| proposed(party).without_health) && !form.own_text.get());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let referral = match concern.with_value(|concern| form.read(of, concern)) {
            Ok(referral) => referral,
            Err(found) => return error_summary::show(errors, found),
        };
        errors.set(Errors::new());
        saver.save(vec![(subject, referral.into())], kept, move |ids| {
            ids.first().map_or(Path::Door(place), |id| Path::DoorSaved(place, *id))
        });
    };
    let act = || {
        view! { <Submit class="button button--big" icon="check" words=t::ask_it() form="form"/> }
    };
    view! {
        <Shell title=t::title() focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{t::ask()}</h1>
                <p class="tags"><ConcernTag tile severity/></p>
            </div>
            <ErrorSummary errors/>
            <Fault fault/>
            <WentOn kept/>
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                <div on:input=propose>
                    <Choice id="bij-wie" legend=t::party_words() options=parties look=Look::Chips value=form.party errors/>
                </div>
                {live(move || form.party().map(|party| view! { <PartyCall party/> }))}
                <Choice id="toestemming" legend=t::may() hint=t::may_hint() options=chips(&t::agreements(), |one| one) look=Look::Chips
                    value=form.agrees errors/>
                {sometimes(move || (form.agrees() == Some(true)).then(|| view! {
                    <Choice id="woord" legend=t::word() options=chips(&t::words(), |word| word) look=Look::Chips value=form.word errors/>
                    {sometimes(move || form.is_own_word().then(|| view! {
                        <Field id="eigen-woord" label=t::own_word() input=Input::Line value=form.own_word errors/>
                    }))}
                    <Choice id="wie-goed" legend=t::who_agreed() options=chips(AgreedBy::ALL, t::agreed_by) look=Look::Chips
                        value=form.by errors/>
                    <Field id="op-dag" label=t::on() hint=t::on_hint() input=Input::Day value=form.on errors/>
                    <Field id="tolk" label=t::interpreter() hint=t::interpreter_hint() input=Input::Line value=form.interpreter errors/>
                }))}
                {sometimes(move || (form.agrees() == Some(false)).then(|| view! {
                    <Choice id="grond" legend=t::ground_words() hint=t::waits_for_supervisor() options=chips(Ground::ALL, t::ground)
                        look=Look::Chips value=form.ground errors/>
                }))}
                <div on:input=move |_| form.own_text.set(true)>
                    <Field id="delen" label=t::shared() hint=t::shared_hint() input=Input::Area value=form.shared errors/>
                </div>
                <BsnTick guard=form.guard/>
                <div role="status">
                    {sometimes(move || without_health.get().then(|| view! {
                        <Notice kind="info" icon="lock"><p>{t::without_health()}</p></Notice>
                    }))}
                </div>
                <Link to=Path::Door(place) class="button button--link" words=t::later()/>
            </form>
        </Shell>
    }
}
