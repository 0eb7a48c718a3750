//! Help that was asked: how far it is, since when, and the next step by one tap.

use leptos::prelude::*;

use crate::app::components::act::Button;
use crate::app::components::error_summary::Fault;
use crate::app::components::party_call::PartyCall;
use crate::app::components::question::{Asked, Question, QuestionDialog};
use crate::app::components::{Icon, bsn};
use crate::app::desk::Overview;
use crate::app::going_on;
use crate::app::live::{derive, keyed, sometimes};
use crate::app::phone::use_desk;
use crate::app::texts::{faults, referring as t};
use crate::domain::body::{Party, ReferralStep, Stage};
use crate::domain::caseload::ReferralState;
use crate::domain::{Body, EntryId, Role, Subject, UserId, referring};

/// What the unfinished reason to share without consent is called.
const RELEASE: &str = "release";

fn releasing(of: EntryId) -> Asked {
    Asked {
        title: t::release_title(),
        text: "",
        label: Some(t::release_label()),
        hint: t::release_hint(),
        number: false,
        about: Some((RELEASE, of)),
        save: t::release(),
    }
}

fn waiting_weeks() -> Asked {
    Asked {
        title: t::weeks_title(),
        text: "",
        label: Some(t::weeks_label()),
        hint: t::weeks_hint(),
        number: true,
        about: None,
        save: t::save(),
    }
}

/// How far one of them is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Help {
    id: EntryId,
    party: Party,
    title: String,
    state: String,
    waits: bool,
    why: &'static str,
    ground: String,
    shared: String,
    way: Vec<String>,
    /// The next steps, and the reasons why not.
    offers: Vec<Stage>,
}

/// A name, or "jij".
fn who(overview: &Overview, me: UserId, user: UserId) -> String {
    if user == me { t::you().to_owned() } else { overview.name(user).unwrap_or_else(|| t::a_colleague().to_owned()) }
}

/// Its way so far, a line a step.
#[must_use]
pub fn way(overview: &Overview, me: UserId, state: &ReferralState) -> Vec<String> {
    let steps = state.steps.iter().map(|step| {
        let text = if step.step.text.is_empty() { String::new() } else { format!(": {}", step.step.text) };
        format!("{} ({}){text}", t::since(&t::step(&step.step), step.at), who(overview, me, step.author))
    });
    steps.collect()
}

fn read(overview: &Overview, me: UserId, role: Role, id: EntryId) -> Option<Help> {
    let state = overview.caseload.referrals.get(&id)?;
    let asked = state.entry.payload.as_ref().map(|payload| payload.written_at)?;
    let waits = state.waits();
    let (words, since) = match state.steps.last() {
        _ if state.withdrawn.is_some() => (t::withdrawn().to_owned(), asked),
        _ if waits => (t::waits().to_owned(), asked),
        None => (t::ready().to_owned(), asked),
        Some(last) => (t::step(&last.step), last.at),
    };
    let agreed = state.referral.agreed.as_ref().map(t::agreed);
    let why = match state.stage() {
        _ if waits => t::waits_why(),
        None if state.withdrawn.is_none() => t::ready_why(),
        _ => "",
    };
    Some(Help {
        id,
        party: state.referral.party,
        title: t::asked_from(&overview.party(state.referral.party)),
        state: t::since(&words, since),
        waits,
        why,
        ground: agreed.or_else(|| state.referral.ground.map(t::because)).unwrap_or_default(),
        shared: state.referral.shared.clone(),
        way: way(overview, me, state),
        offers: referring::next(state, role),
    })
}

fn is_why_not(stage: Stage) -> bool {
    stage.is_why_not()
}

/// Help that was asked, with its steps. `name` keeps the ids of two of these on one page apart.
#[component]
pub fn Helps(
    /// A name of its own on this page.
    #[prop(into)]
    name: String,
    /// Which, followed.
    #[prop(into)]
    which: Signal<Vec<EntryId>>,
) -> impl IntoView {
    let desk = StoredValue::new_local(use_desk());
    let overview = desk.with_value(|desk| desk.overview);
    let (me, role) = desk.with_value(|desk| desk.me.with_untracked(|me| (me.user, me.role)));
    let asking = RwSignal::new(None::<Question>);
    let fault = RwSignal::new(None::<String>);
    let busy = StoredValue::new(false);
    let bodies = move |of: EntryId, stage: Stage, text: String, weeks: Option<u16>| -> Vec<(Subject, Body)> {
        let subject = overview.with_untracked(|overview| {
            overview.caseload.entries.get(&of).and_then(|entry| entry.payload.as_ref()).map(|payload| payload.subject)
        });
        subject.into_iter().map(|subject| (subject, ReferralStep { of, stage, text: text.clone(), weeks }.into())).collect()
    };
    let set = move |of: EntryId, stage: Stage| {
        let asked = match stage {
            Stage::Released => {
                let bodies = Callback::new(move |text: String| bodies(of, stage, text, None));
                Some((releasing(of), bodies))
            }
            Stage::WaitingList => {
                let bodies = Callback::new(move |weeks: String| bodies(of, stage, String::new(), weeks.parse().ok()));
                Some((waiting_weeks(), bodies))
            }
            _ => None,
        };
        if asked.is_some() {
            return asking.set(asked);
        }
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let desk = desk.get_value();
        leptos::task::spawn_local(async move {
            match bsn::save(&desk, bodies(of, stage, String::new(), None)).await {
                Ok(_) => {
                    fault.try_set(None);
                }
                Err(why) => {
                    fault.try_set(Some(faults::save(&why)));
                }
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    // From "Nog niet af", while it still waits for this.
    let waits = |of: &EntryId| {
        let read = overview.with_untracked(|overview| read(overview, me, role, *of));
        which.with_untracked(|which| which.contains(of)) && read.is_some_and(|help| help.offers.contains(&Stage::Released))
    };
    if let Some(of) = going_on::entry(RELEASE).filter(|of| waits(of) && going_on::is(RELEASE, *of)) {
        set(of, Stage::Released);
    }
    let helps = derive(move || {
        let which = which.get();
        let mut helps: Vec<Help> =
            overview.with(|overview| which.into_iter().filter_map(|id| read(overview, me, role, id)).collect());
        // What waits for somebody here comes first.
        helps.sort_by_key(|help| !help.waits);
        helps
    });
    let row = move |help: Help| {
        let id = help.id;
        let button = move |stage: Stage| view! { <Button words=t::stage(stage) press=move || set(id, stage)/> };
        let (why_nots, steps): (Vec<_>, Vec<_>) = help.offers.into_iter().partition(|stage| is_why_not(*stage));
        let release = steps.contains(&Stage::Released);
        let steps: Vec<_> = steps.into_iter().filter(|stage| *stage != Stage::Released).collect();
        view! {
            <section class="asked">
                <h4>{help.title}</h4>
                <p><span class=if help.waits { "state state--held" } else { "state state--sending" }>
                    <Icon name=if help.waits { "lock" } else { "send" }/>{help.state}
                </span></p>
                <PartyCall party=help.party/>
                {(!help.why.is_empty()).then(|| view! { <p>{help.why}</p> })}
                {release.then(|| view! {
                    <div class="actions"><Button class="button" icon="check" words=t::release() press=move || set(id, Stage::Released)/></div>
                })}
                {(!steps.is_empty()).then(|| view! { <div class="actions">{steps.into_iter().map(button).collect_view()}</div> })}
                {(!why_nots.is_empty()).then(|| view! {
                    <details class="more">
                        <summary><Icon name="next"/>{t::why_not()}</summary>
                        <div class="actions">{why_nots.into_iter().map(button).collect_view()}</div>
                    </details>
                })}
                // Who releases it reads first what goes out.
                <details class="more" open=release>
                    <summary><Icon name="next"/>{t::text_shared()}</summary>
                    <p class="pre" dir="auto">{help.shared}</p>
                    <p class="subtle">{help.ground}</p>
                    {help.way.into_iter().map(|step| view! { <p class="subtle">{step}</p> }).collect_view()}
                </details>
            </section>
        }
    };
    view! {
        <Fault fault/>
        {keyed(move || helps.get(), row)}
        {sometimes(move || helps.with(|helps| !helps.is_empty()).then(|| {
            let name = name.clone();
            view! { <QuestionDialog id=format!("stap-{name}") asking/> }
        }))}
    }
}
