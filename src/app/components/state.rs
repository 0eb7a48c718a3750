//! How far an entry is: an icon and a word, never colour alone.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::Icon;
use crate::app::desk::Overview;
use crate::app::texts::{day, sending as t};
use crate::app::when;
use crate::domain::body::Verdict;
use crate::domain::{EntryId, UserId};
use crate::sync::held::OutboxState;

/// How far an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// On this phone only.
    Phone,
    /// The server has it; this phone waits for its number.
    Sending,
    /// The server has it since.
    Sent(DateTime<Utc>),
    /// A supervisor saw it.
    Seen(String),
    /// A supervisor asks something.
    Question(String),
    /// A person has to choose.
    Versions,
    /// The server keeps it apart.
    Held,
}

/// How far an entry is, with what was added to it. `of` starts with the entry itself.
#[must_use]
pub fn state_of(overview: &Overview, me: UserId, of: &[EntryId]) -> Option<State> {
    let caseload = &overview.caseload;
    let first = of.first()?;
    if caseload.concerns.get(first).is_some_and(|concern| concern.is_open() && concern.has_conflict()) {
        return Some(State::Versions);
    }
    let mut unsent = None;
    for state in of.iter().filter_map(|id| overview.outbox.get(id)) {
        match state {
            OutboxState::Quarantined { .. } | OutboxState::Refused => return Some(State::Held),
            OutboxState::Waiting => unsent = Some(State::Phone),
            OutboxState::Sent { .. } => unsent = unsent.or(Some(State::Sending)),
        }
    }
    if unsent.is_some() {
        return unsent;
    }
    // A question that was answered asks nothing any more.
    let reviews = of.iter().filter_map(|id| caseload.reviews.get(id)).flatten();
    let asked = reviews.filter(|review| review.verdict == Verdict::Seen || !caseload.settled.contains_key(&review.by));
    if let Some(review) = asked.max_by_key(|review| review.at) {
        let name = overview.name(review.author).unwrap_or_else(|| day::a_colleague().to_owned());
        return Some(match review.verdict {
            Verdict::Seen => State::Seen(name),
            Verdict::Question(_) => State::Question(name),
        });
    }
    let entry = caseload.entries.get(first)?;
    // Of a colleague's entry it says nothing that this phone has it.
    (entry.author == me).then(|| entry.received_at.map_or(State::Sending, State::Sent))
}

/// The tag.
#[component]
pub fn StateTag(
    /// Which.
    state: State,
) -> impl IntoView {
    let (class, icon, words) = match state {
        State::Phone => ("state state--phone", "phone-device", t::on_this_phone().to_owned()),
        State::Sending => ("state state--sending", "sync", t::being_sent().to_owned()),
        State::Sent(at) if when::day_of(at) == when::today() => ("state state--sent", "check", t::sent(&when::time(at))),
        State::Sent(at) => ("state state--sent", "check", t::sent(&when::day(when::day_of(at)))),
        State::Seen(name) => ("state state--seen", "eye", t::seen_by(&name)),
        State::Question(name) => ("state state--question", "question", t::question_of(&name)),
        State::Versions => ("state state--versions", "versions", t::versions().to_owned()),
        State::Held => ("state state--held", "alert", t::held().to_owned()),
    };
    view! { <span class=class><Icon name=icon/>{words}</span> }
}
