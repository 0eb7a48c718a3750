//! One entry that came in, in full.

use super::lists::{name, place, reworded_at, written_at};
use crate::app::desk::Overview;
use crate::app::texts::{labels, noting, office as t, rewording};
use crate::app::when;
use crate::domain::body::{Severity, Tile, Verdict, Visit};
use crate::domain::caseload::ConcernState;
use crate::domain::{EntryId, PlaceId, UserId};

/// Compared with what is shown: only a change is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Detail {
    pub id: EntryId,
    pub place: Option<PlaceId>,
    pub title: String,
    pub meta: String,
    pub concern: Option<(Severity, Tile)>,
    pub must_call: bool,
    pub called: Vec<String>,
    pub parts: Vec<(String, String)>,
    pub facts: Vec<(&'static str, String)>,
    /// By whom, and the question if it is one.
    pub reactions: Vec<(String, Option<String>)>,
    /// Help that was asked from it.
    pub helps: Vec<EntryId>,
    pub fresh: bool,
}

/// Nothing if it is not on this phone, or is neither a worry nor a contact.
pub(super) fn detail(overview: &Overview, me: UserId, id: EntryId) -> Option<Detail> {
    let caseload = &overview.caseload;
    let entry = caseload.entries.get(&id)?;
    let concern = caseload.concerns.get(&id);
    let visit = caseload.visits.get(&id);
    let author = name(overview, entry.author);
    let urgent = concern.is_some_and(|state| state.severity() == Severity::Now);
    let at = visit.map_or_else(|| written_at(entry), |state| state.when());
    let (parts, facts) = match (concern, visit) {
        (Some(state), _) => (concern_parts(state, &author), concern_facts(overview, state)),
        (None, Some(state)) => (visit_parts(&state.visit), visit_facts(&state.visit)),
        (None, None) => return None,
    };
    let by = |user: UserId| {
        if user == me { t::you().to_owned() } else { overview.name(user).unwrap_or_else(|| t::colleague().to_owned()) }
    };
    let reviews = caseload.reviews.get(&id);
    let withdrawn =
        concern.is_some_and(|state| state.withdrawn.is_some()) || visit.is_some_and(|state| state.withdrawn.is_some());
    Some(Detail {
        id,
        place: entry.payload.as_ref().and_then(|payload| caseload.place_of(payload.subject)),
        title: place(overview, entry),
        meta: format!("{author} · {}", t::moment(at, urgent)),
        concern: concern.map(|state| (state.severity(), state.concern.tile)),
        must_call: concern.is_some_and(|state| state.must_call()),
        called: concern.into_iter().flat_map(|state| &state.called).map(|(_, called)| t::called(called)).collect(),
        parts,
        facts,
        reactions: reviews
            .into_iter()
            .flatten()
            .flat_map(|review| {
                let said = match &review.verdict {
                    Verdict::Seen => (t::seen_by(&by(review.author)), None),
                    Verdict::Question(question) => (t::asked_by(&by(review.author)), Some(question.clone())),
                };
                let answers = caseload.settled.get(&review.by).into_iter().flatten();
                let answers = answers.map(|answer| (t::answered_by(&by(answer.author)), Some(answer.settled.text.clone())));
                std::iter::once(said).chain(answers).collect::<Vec<_>>()
            })
            .collect(),
        helps: caseload.referrals.values().filter(|state| state.referral.of == id).map(|state| state.entry.id).collect(),
        fresh: entry.author != me && reviews.is_none() && !withdrawn,
    })
}

fn concern_parts(state: &ConcernState, author: &str) -> Vec<(String, String)> {
    let concern = &state.concern;
    let facts = concern.facts.iter().map(|fact| labels::fact(*fact)).collect::<Vec<_>>().join(", ");
    let seen = [facts, concern.seen.clone()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(". ");
    let mut parts = vec![(t::saw().to_owned(), if seen.is_empty() { t::no_text().to_owned() } else { seen })];
    if !concern.thought.is_empty() {
        parts.push((t::thinks(author), concern.thought.clone()));
    }
    parts
}

fn concern_facts(overview: &Overview, state: &ConcernState) -> Vec<(&'static str, String)> {
    let concern = &state.concern;
    let mut facts = vec![(t::source(), labels::known_by(concern.known_by).to_owned())];
    if !concern.told_by.is_empty() {
        facts.push((t::told_by(), concern.told_by.clone()));
    }
    facts.extend(reworded_at(overview, state).map(|at| (rewording::done(), when::day(when::day_of(at)))));
    let owner = state.owner.latest().map_or_else(|| t::nobody_yet().to_owned(), |owner| name(overview, owner));
    facts.push((t::owner(), owner));
    if !state.next_step.latest().is_empty() {
        facts.push((t::next_step(), noting::read(state.next_step.latest()).to_owned()));
    }
    if let Some(due) = *state.due.latest() {
        facts.push((t::due(), when::long_day(due)));
    }
    facts
}

fn visit_parts(visit: &Visit) -> Vec<(String, String)> {
    let mut parts = vec![(
        labels::contact(visit.kind, visit.outcome),
        if visit.note.is_empty() { t::no_text().to_owned() } else { visit.note.clone() },
    )];
    if !visit.gesture.is_empty() {
        parts.push((t::gesture().to_owned(), noting::read(&visit.gesture).to_owned()));
    }
    parts
}

fn visit_facts(visit: &Visit) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(who) = visit.who {
        facts.push((t::with(), labels::who(who).to_owned()));
    }
    if visit.colleague {
        facts.push((t::with_colleague(), t::yes().to_owned()));
    }
    if let Some(minutes) = visit.minutes {
        facts.push((t::lasted(), t::minutes(minutes)));
    }
    if let Some(heads) = visit.heads {
        facts.push((t::heads(), heads.to_string()));
    }
    if let Some(promise) = visit.follow_up {
        facts.push((t::promise(), when::long_day(promise)));
    }
    facts
}
