//! What an entry said before it was corrected, and that it was taken back: who, and when.

use super::read::{concern_texts, visit_texts, who};
use crate::app::desk::Overview;
use crate::app::texts::{labels, noting, worker};
use crate::app::when;
use crate::domain::body::{Body, Concern, Rewording, Visit};
use crate::domain::caseload::{ConcernState, VisitState};
use crate::domain::{Entry, EntryId, UserId};

/// "Jij, vandaag 14:03".
fn by(overview: &Overview, me: UserId, entry: &Entry) -> String {
    let name = who(overview, me, entry.author);
    let Some(payload) = &entry.payload else { return name };
    // A colleague's minutes would be a trail.
    let at = if entry.author == me { when::day_time(payload.written_at) } else { when::day(when::day_of(payload.written_at)) };
    format!("{name}, {at}")
}

fn said(visit: &Visit) -> Vec<String> {
    let mut said = vec![worker::capital(&labels::contact(visit.kind, visit.outcome))];
    said.extend(visit_texts(visit));
    said
}

/// What a worry said before its words were corrected, oldest first. Its next step is a field, and stands where it was changed.
pub(super) fn worded_before(
    overview: &Overview,
    me: UserId,
    entry: &Entry,
    noted: &Concern,
    state: &ConcernState,
) -> Vec<(String, Vec<String>)> {
    let mut versions = vec![(by(overview, me, entry), concern_texts(&Concern { next_step: String::new(), ..noted.clone() }))];
    for id in &state.rewordings {
        let Some(entry) = overview.caseload.entries.get(id) else { continue };
        if let Some(Body::Rewording(said)) = entry.payload.as_ref().map(|payload| &payload.body) {
            let Rewording { facts, seen, thought, .. } = said.clone();
            let worded = Concern { facts, seen, thought, next_step: String::new(), ..noted.clone() };
            versions.push((by(overview, me, entry), concern_texts(&worded)));
        }
    }
    versions.pop();
    versions
}

/// Each version but the last, oldest first.
pub(super) fn before(
    overview: &Overview,
    me: UserId,
    entry: &Entry,
    noted: &Visit,
    state: &VisitState,
) -> Vec<(String, Vec<String>)> {
    let mut versions = vec![(by(overview, me, entry), said(noted))];
    for id in &state.corrections {
        let Some(entry) = overview.caseload.entries.get(id) else { continue };
        if let Some(Body::Correction(correction)) = entry.payload.as_ref().map(|payload| &payload.body) {
            versions.push((by(overview, me, entry), said(&correction.visit)));
        }
    }
    versions.pop();
    versions
}

/// "Ingetrokken: dit telt niet mee. (Jij, vandaag 14:03)".
pub(super) fn withdrawn(overview: &Overview, me: UserId, id: EntryId) -> String {
    let by = overview.caseload.entries.get(&id).map(|entry| format!(" ({})", by(overview, me, entry))).unwrap_or_default();
    noting::withdrawn(&by)
}
