//! What is new, and what runs.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::desk::Overview;
use crate::app::texts::{labels, office as t};
use crate::app::when;
use crate::domain::body::{Severity, Tile};
use crate::domain::caseload::ConcernState;
use crate::domain::{Entry, EntryId, UserId};

/// How much of a text a row shows.
const GLIMPSE: usize = 160;

/// A row. It is its own key: what changes is drawn anew, the rest keeps its focus.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Item {
    pub id: EntryId,
    pub concern: Option<(Severity, Tile)>,
    pub what: String,
    pub place: String,
    pub meta: String,
    pub text: String,
    pub must_call: bool,
    /// Help was asked from it without consent, and nobody released it.
    pub waits: bool,
    pub called: Option<String>,
    pub news: Option<String>,
    pub day: NaiveDate,
    at: DateTime<Utc>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lists {
    /// Worries that no supervisor has seen, the most serious first, then the newest.
    pub concerns: Vec<Item>,
    /// Contacts that no supervisor has seen, newest first.
    pub visits: Vec<Item>,
    /// Worries that were seen and are open: who must still be called first, then the longest without news.
    pub running: Vec<Item>,
}

impl Lists {
    pub fn fresh(&self) -> usize {
        self.concerns.len() + self.visits.len()
    }

    /// The row after this one, else the one before: where the focus goes when it leaves.
    pub fn beside(&self, id: EntryId) -> Option<EntryId> {
        let fresh: Vec<EntryId> = self.concerns.iter().chain(&self.visits).map(|item| item.id).collect();
        let at = fresh.iter().position(|other| *other == id)?;
        fresh.get(at + 1).or_else(|| fresh.get(at.checked_sub(1)?)).copied()
    }
}

pub(super) fn lists(overview: &Overview, me: UserId) -> Lists {
    let caseload = &overview.caseload;
    let fresh = |entry: &Entry| entry.author != me && !caseload.reviews.contains_key(&entry.id);
    let mut lists = Lists::default();
    for state in caseload.concerns.values().filter(|state| state.withdrawn.is_none()) {
        if fresh(&state.entry) {
            lists.concerns.push(of_concern(overview, state, None));
        } else if state.is_open() {
            lists.running.push(of_concern(overview, state, Some(last_news(overview, state))));
        }
    }
    lists.concerns.sort_by_key(|item| std::cmp::Reverse((item.concern.map(|(severity, _)| severity), item.at)));
    lists.running.sort_by_key(|item| (!item.must_call, !item.waits, item.at));
    for state in caseload.visits.values().filter(|state| state.withdrawn.is_none() && fresh(&state.entry)) {
        let at = state.when();
        let what = labels::contact(state.visit.kind, state.visit.outcome);
        lists.visits.push(Item {
            id: state.entry.id,
            concern: None,
            place: place(overview, &state.entry),
            meta: format!("{} · {} · {what}", name(overview, state.entry.author), when::part_of_day(at)),
            what,
            text: glimpse(&state.visit.note),
            must_call: false,
            waits: false,
            called: None,
            news: None,
            day: when::day_of(at),
            at,
        });
    }
    lists.visits.sort_by_key(|item| std::cmp::Reverse(item.at));
    lists
}

fn of_concern(overview: &Overview, state: &ConcernState, news: Option<DateTime<Utc>>) -> Item {
    let written = written_at(&state.entry);
    let severity = state.severity();
    let urgent = severity == Severity::Now;
    let text = if state.concern.seen.is_empty() {
        state.concern.facts.iter().map(|fact| labels::fact(*fact)).collect::<Vec<_>>().join(", ")
    } else {
        state.concern.seen.clone()
    };
    Item {
        id: state.entry.id,
        concern: Some((severity, state.concern.tile)),
        what: labels::tile(state.concern.tile).to_owned(),
        place: place(overview, &state.entry),
        meta: format!("{} · {}", name(overview, state.entry.author), t::moment(written, urgent)),
        text: glimpse(&text),
        must_call: state.must_call(),
        waits: overview.caseload.referrals.values().any(|help| help.referral.of == state.entry.id && help.waits()),
        called: state.called.last().filter(|_| urgent).map(|(_, called)| t::called(called)),
        news: news.map(t::last_news),
        day: when::day_of(written),
        at: news.unwrap_or(written),
    }
}

/// When anything was last said about it: a change, other words or a call. That somebody read it is no news.
fn last_news(overview: &Overview, state: &ConcernState) -> DateTime<Utc> {
    let fields = [
        state.severity.heads().map(|head| head.at).max(),
        state.owner.heads().map(|head| head.at).max(),
        state.next_step.heads().map(|head| head.at).max(),
        state.due.heads().map(|head| head.at).max(),
        state.standing.heads().map(|head| head.at).max(),
        state.proposed_close.iter().map(|head| head.at).max(),
        reworded_at(overview, state),
        state.called.iter().map(|(_, called)| called.at).max(),
    ];
    fields.into_iter().flatten().max().unwrap_or_else(|| written_at(&state.entry))
}

/// When its writer corrected its words last.
pub(super) fn reworded_at(overview: &Overview, state: &ConcernState) -> Option<DateTime<Utc>> {
    state.rewordings.last().and_then(|last| overview.caseload.entries.get(last)).map(|entry| written_at(entry))
}

pub(super) fn written_at(entry: &Entry) -> DateTime<Utc> {
    entry.payload.as_ref().map_or(DateTime::UNIX_EPOCH, |payload| payload.written_at)
}

pub(super) fn name(overview: &Overview, user: UserId) -> String {
    overview.name(user).unwrap_or_else(|| t::somebody().to_owned())
}

pub(super) fn place(overview: &Overview, entry: &Entry) -> String {
    let caseload = &overview.caseload;
    let place = entry.payload.as_ref().and_then(|payload| caseload.place_of(payload.subject));
    place.map(|place| caseload.place_name(place)).filter(|name| !name.is_empty()).unwrap_or_else(|| t::unknown_place().to_owned())
}

fn glimpse(text: &str) -> String {
    match text.char_indices().nth(GLIMPSE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}
