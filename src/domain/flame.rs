//! How often we come by: what is proposed, and why. Nothing is ever changed by itself.
//!
//! | what stands | proposal |
//! |---|---|
//! | nothing was noted about them yet | none: watching starts with a first entry, never before |
//! | an open signal "nu" | at least every working day |
//! | an open signal "bespreken" | at least every week |
//! | an open signal "kijken" | at least every month |
//! | no signal open any more, and nobody has said how often since | one step back: werkdag → week → maand; every month stays |
//!
//! Whoever says how often after all signals were as they are now has decided, also against the proposal: it does not come
//! back until a signal is noted, gets more serious, or closes.

use chrono::{DateTime, Utc};

use super::body::{HowOften, Severity};
use super::caseload::{Caseload, ConcernState, HouseholdState};
use super::entry::Subject;
use super::ids::HouseholdId;

/// Why something else is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A signal is open, this serious.
    Open(Severity),
    /// No signal is open any more.
    Closed,
}

/// What is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// How often from now on.
    pub how_often: HowOften,
    /// Why.
    pub why: Why,
}

/// How often at least while a signal of this weight is open.
#[must_use]
pub fn at_least(severity: Severity) -> HowOften {
    match severity {
        Severity::Watch => HowOften::Month,
        Severity::Discuss => HowOften::Week,
        Severity::Now => HowOften::WorkingDay,
    }
}

/// One step back; from every month on nothing is proposed.
fn back(how_often: HowOften) -> Option<HowOften> {
    match how_often {
        HowOften::WorkingDay => Some(HowOften::Week),
        HowOften::Week => Some(HowOften::Month),
        HowOften::Month | HowOften::Quarter => None,
    }
}

/// What is proposed for a household, if anything.
#[must_use]
pub fn proposal(caseload: &Caseload, household: HouseholdId) -> Option<Proposal> {
    let state = caseload.households.get(&household).filter(|state| state.ended.is_none())?;
    if caseload.no_contact.contains_key(&state.household.door) {
        return None;
    }
    let now = state.flame.as_ref().map(|flame| *flame.greatest());
    let said = state.flame.as_ref().and_then(|flame| flame.heads().map(|head| head.at).max());
    let concerns = concerns(caseload, state);
    let open = concerns.iter().filter(|concern| concern.is_open()).max_by_key(|concern| concern.severity());
    match open {
        Some(concern) => {
            let least = at_least(concern.severity());
            let decided = said.is_some_and(|said| weighed(concern).is_some_and(|at| at <= said));
            let raises = now.is_none_or(|now| now < least);
            (raises && !decided).then_some(Proposal { how_often: least, why: Why::Open(concern.severity()) })
        }
        None => {
            let closed = concerns.iter().filter_map(|concern| closed(concern)).max()?;
            let decided = said.is_some_and(|said| closed <= said);
            let how_often = back(now?).filter(|_| !decided)?;
            Some(Proposal { how_often, why: Why::Closed })
        }
    }
}

/// The signals about a household and its persons that count.
fn concerns<'a>(caseload: &'a Caseload, state: &HouseholdState) -> Vec<&'a ConcernState> {
    let persons = state.persons.iter().map(|person| Subject::Person(*person));
    let about = std::iter::once(Subject::Household(state.id)).chain(persons);
    let entries = about.filter_map(|subject| caseload.history.get(&subject)).flatten();
    let concerns = entries.filter_map(|id| caseload.concerns.get(id)).map(AsRef::as_ref);
    concerns.filter(|concern: &&ConcernState| concern.withdrawn.is_none()).collect()
}

/// Since when it is as serious as it is.
fn weighed(concern: &ConcernState) -> Option<DateTime<Utc>> {
    let weight = concern.severity();
    concern.severity.heads().filter(|head| head.value == weight).map(|head| head.at).max()
}

/// When it was closed.
fn closed(concern: &ConcernState) -> Option<DateTime<Utc>> {
    (!concern.is_open()).then(|| concern.standing.heads().map(|head| head.at).max()).flatten()
}
