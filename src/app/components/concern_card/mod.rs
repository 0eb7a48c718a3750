//! An open signal at its door: what was seen, who takes it on, two versions to choose from, and closing it.

use leptos::prelude::*;

use super::Icon;
use super::act::{Button, Link};
use super::ask::{Ask, Words};
use super::error_summary::Fault;
use super::row::ConcernTag;
use crate::app::desk::Overview;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, labels, noting, referring, signal as t, worker};
use crate::app::when;
use crate::domain::body::{self, Change, Severity, Standing, Tile};
use crate::domain::caseload::ConcernState;
use crate::domain::register::{Head, Register};
use crate::domain::{Body, EntryId, PlaceId, Subject, UserId};

pub mod help;

use help::Helps;

/// A version that can be chosen.
#[derive(Clone, PartialEq)]
struct Version {
    words: String,
    change: Change,
}

#[derive(Clone, PartialEq)]
struct Card {
    tile: Tile,
    severity: Severity,
    texts: Vec<String>,
    versions: Vec<Version>,
    proposed: Vec<Version>,
    /// What can be changed with one tap.
    offers: Vec<Version>,
}

fn versions<T: PartialEq + Clone>(
    overview: &Overview,
    of: EntryId,
    register: &Register<T>,
    saw: &[EntryId],
    set: impl Fn(&T) -> (String, body::Set),
) -> Vec<Version> {
    if !register.conflict() {
        return Vec::new();
    }
    register
        .heads()
        .map(|head| {
            let (words, set) = set(&head.value);
            Version { words: format!("{words} ({})", by(overview, head)), change: Change { of, saw: saw.to_vec(), set } }
        })
        .collect()
}

fn by<T>(overview: &Overview, head: &Head<T>) -> String {
    let name = overview.name(head.author).unwrap_or_else(|| t::a_colleague().to_owned());
    format!("{name}, {}", when::day(when::day_of(head.at)))
}

fn closed(of: EntryId, state: &ConcernState, came_of: &str) -> Change {
    Change { of, saw: state.seen_to_close(), set: body::Set::Standing(Standing::Closed { came_of: came_of.to_owned() }) }
}

/// Another severity, and taking it on.
fn offers(of: EntryId, me: UserId, state: &ConcernState) -> Vec<Version> {
    let others = Severity::ALL.iter().filter(|severity| **severity != state.severity());
    let mut offers: Vec<Version> = others
        .map(|severity| Version {
            words: worker::make_it(*severity),
            change: Change { of, saw: state.severity.seen(), set: body::Set::Severity(*severity) },
        })
        .collect();
    if *state.owner.latest() != Some(me) {
        let change = Change { of, saw: state.owner.seen(), set: body::Set::Owner(Some(me)) };
        offers.push(Version { words: worker::take_on().to_owned(), change });
    }
    offers
}

fn read(overview: &Overview, of: EntryId, me: UserId) -> Option<Card> {
    let state = overview.caseload.concerns.get(&of)?;
    let concern = &state.concern;
    let mut texts = Vec::new();
    if !concern.facts.is_empty() {
        texts.push(concern.facts.iter().map(|fact| labels::fact(*fact)).collect::<Vec<_>>().join(" · "));
    }
    if !concern.seen.is_empty() {
        texts.push(concern.seen.clone());
    }
    let step = noting::read(state.next_step.latest());
    let day = state.due.latest().map(|day| format!(" ({})", when::day(day))).unwrap_or_default();
    if !step.is_empty() || !day.is_empty() {
        texts.push(t::next_step(&format!("{step}{day}")));
    }
    if let Some(payload) = &state.entry.payload {
        texts.push(noting::open_for(payload.written_at));
    }
    texts.push(match state.owner.latest() {
        Some(owner) => t::taken_on_by(&overview.name(*owner).unwrap_or_else(|| t::a_colleague().to_owned())),
        None => t::nobody_has_it().to_owned(),
    });
    for (_, called) in &state.called {
        texts.push(t::called(&called.whom, called.at));
    }
    let mut all = versions(overview, of, &state.severity, &state.severity.seen(), |severity| {
        (labels::severity(*severity).to_owned(), body::Set::Severity(*severity))
    });
    all.extend(versions(overview, of, &state.owner, &state.owner.seen(), |owner| {
        let name = owner
            .map_or_else(|| t::nobody().to_owned(), |owner| overview.name(owner).unwrap_or_else(|| t::a_colleague().to_owned()));
        (t::takes_it_on(&name), body::Set::Owner(*owner))
    }));
    all.extend(versions(overview, of, &state.next_step, &state.next_step.seen(), |step| {
        (t::next_step(noting::read(step)), body::Set::NextStep(step.clone()))
    }));
    all.extend(versions(overview, of, &state.due, &state.due.seen(), |day| {
        (day.map_or_else(|| t::no_day().to_owned(), t::due), body::Set::Due(*day))
    }));
    all.extend(versions(overview, of, &state.standing, &state.seen_to_close(), |standing| {
        let words = match standing {
            Standing::Open => t::keep_open().to_owned(),
            Standing::Closed { came_of } => t::closing(came_of),
        };
        (words, body::Set::Standing(standing.clone()))
    }));
    let proposed = state
        .proposed_close
        .iter()
        .filter(|head| !head.value.trim().is_empty())
        .map(|head| Version { words: format!("{} ({})", head.value, by(overview, head)), change: closed(of, state, &head.value) })
        .collect();
    let offers = offers(of, me, state);
    Some(Card { tile: concern.tile, severity: state.severity(), texts, versions: all, proposed, offers })
}

fn subject_of(overview: &Overview, of: EntryId) -> Option<Subject> {
    overview.caseload.entries.get(&of)?.payload.as_ref().map(|payload| payload.subject)
}

/// The signal. `close` is the id of the field in the dialog that closes it.
#[component]
pub fn ConcernCard(
    /// Which.
    of: EntryId,
    /// The id of the field in the dialog that closes it; one a page for each signal.
    close: Option<&'static str>,
) -> impl IntoView {
    let desk = StoredValue::new_local(use_desk());
    let overview = desk.with_value(|desk| desk.overview);
    let me = desk.with_value(|desk| desk.me.with_untracked(|me| me.user));
    let card = derive(move || overview.with(|overview| read(overview, of, me)));
    let place: Option<PlaceId> =
        overview.with_untracked(|overview| subject_of(overview, of).and_then(|subject| overview.caseload.place_of(subject)));
    let helps = Signal::derive(move || {
        overview.with(|overview| {
            let of_this = overview.caseload.referrals.values().filter(|state| state.referral.of == of);
            of_this.map(|state| state.entry.id).collect::<Vec<_>>()
        })
    });
    let fault = RwSignal::new(None::<String>);
    let busy = StoredValue::new(false);
    let choose = move |change: Change| {
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let desk = desk.get_value();
        leptos::task::spawn_local(async move {
            let subject = desk.overview.with_untracked(|overview| subject_of(overview, of));
            let bodies: Vec<(Subject, Body)> = subject.into_iter().map(|subject| (subject, change.clone().into())).collect();
            match desk.save(bodies).await {
                Ok(_) => request_animation_frame(|| super::shell::focus("main")),
                Err(why) => fault.set(Some(faults::save(&why))),
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    let buttons = move |versions: Vec<Version>| {
        versions
            .into_iter()
            .map(|version| {
                let change = version.change;
                view! {
                    <Button words=version.words press=move || choose(change.clone())/>
                }
            })
            .collect_view()
    };
    let question = move |title: &'static str, text: &'static str, versions: Vec<Version>| {
        (!versions.is_empty()).then(|| {
            view! {
                <div class="banner banner--warn">
                    <Icon name="versions"/>
                    <div>
                        <h4>{title}</h4>
                        <p>{text}</p>
                        <div class="actions">{buttons(versions)}</div>
                    </div>
                </div>
            }
        })
    };
    let shown = sometimes(move || {
        card.get().map(|card| {
            view! {
                <h3 class="tags"><ConcernTag tile=card.tile severity=card.severity/></h3>
                {card.texts.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                {question(t::two_versions(), worker::two_versions(), card.versions)}
                {question(t::close_proposed(), worker::close_proposed(), card.proposed)}
                <details class="more">
                    <summary><Icon name="next"/>{worker::change()}</summary>
                    <div class="actions">{buttons(card.offers)}</div>
                </details>
            }
        })
    });
    let ask = close.map(|id| {
        let bodies = Callback::new(move |came_of: String| {
            overview.with_untracked(|overview| {
                let change = overview.caseload.concerns.get(&of).map(|state| closed(of, state, &came_of));
                subject_of(overview, of).zip(change).map(|(subject, change)| (subject, change.into())).into_iter().collect()
            })
        });
        let words =
            Words { button: t::close(), icon: "check", title: t::close_title(), label: t::came_of(), hint: t::came_of_hint() };
        view! { <Ask words id long=true about=("close", of) bodies/> }
    });
    let help = place.map(|place| {
        view! { <Link to=Path::Referral(place, of) icon="send" words=referring::ask()/> }
    });
    view! {
        <div class="card">
            {shown}
            <Fault fault/>
            <Helps name=of.to_string() which=helps/>
            <div class="actions">{help}{ask}</div>
        </div>
    }
}
