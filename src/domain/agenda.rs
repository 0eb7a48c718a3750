//! What today asks, and why each line is there. A pure function of caseload and date.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::body::{HowOften, Severity};
use super::caseload::Caseload;
use super::ids::{EntryId, PlaceId, UserId};

/// Why a door is on today's list. The order is the order of the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// An urgent signal of which nobody was called yet.
    Call(EntryId),
    /// A signal that is mine, or nobody's and noted by me, and whose day has come.
    Concern(EntryId),
    /// A promise to come back.
    Promise(NaiveDate),
    /// Past its rhythm.
    Rhythm(HowOften),
}

/// One line of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Where.
    pub place: PlaceId,
    /// Why, the weightiest first; at least one.
    pub why: Vec<Why>,
    /// The last contact there.
    pub last: Option<DateTime<Utc>>,
}

/// Days after which a rhythm is overdue.
#[must_use]
pub fn days(how_often: HowOften) -> u64 {
    match how_often {
        HowOften::Quarter => 91,
        HowOften::Month => 30,
        HowOften::Week => 7,
        HowOften::WorkingDay => 1,
    }
}

/// What today asks of me, weightiest first.
///
/// - A promise stands until a later contact at that door, by anybody.
/// - A signal is mine if I took it on, or noted it and nobody took it on. It is there from its day on; without a
///   day, urgent ones at once and those to discuss within the week.
/// - A rhythm is past when the last contact in which somebody was spoken with lies longer back than it.
#[must_use]
pub fn today(caseload: &Caseload, me: UserId, today: NaiveDate) -> Vec<Due> {
    let mut lines = Vec::new();
    for place in caseload.places.values().filter(|state| state.hidden.is_none()) {
        let visits = caseload.visits_at(place.id);
        let last = visits.first().map(|visit| visit.when());
        let mut why = Vec::new();
        for concern in caseload.open_concerns_at(place.id) {
            let mine = match concern.owner.latest() {
                Some(owner) => *owner == me,
                None => concern.entry.author == me,
            };
            if concern.must_call() && mine {
                why.push(Why::Call(concern.entry.id));
            } else if mine && concern_day(concern).is_some_and(|day| day <= today) {
                why.push(Why::Concern(concern.entry.id));
            }
        }
        if let Some(promise) = visits.first().and_then(|visit| visit.visit.follow_up).filter(|day| *day <= today) {
            why.push(Why::Promise(promise));
        }
        if let Some(how_often) = flame_at(caseload, place.id) {
            let spoken = visits
                .iter()
                .find(|visit| visit.visit.outcome == super::body::Outcome::Spoken)
                .map(|visit| visit.when().date_naive());
            let due = spoken.and_then(|day| day.checked_add_days(Days::new(days(how_often))));
            if due.is_none_or(|due| due <= today) {
                why.push(Why::Rhythm(how_often));
            }
        }
        if !why.is_empty() {
            why.sort();
            lines.push(Due { place: place.id, why, last });
        }
    }
    lines.sort_by(|a, b| a.why.cmp(&b.why).then(a.last.cmp(&b.last)));
    lines
}

fn concern_day(concern: &super::caseload::ConcernState) -> Option<NaiveDate> {
    let written = concern.entry.payload.as_ref()?.written_at.date_naive();
    concern.due.latest().or_else(|| match concern.severity() {
        Severity::Now => Some(written),
        Severity::Discuss => written.checked_add_days(Days::new(3)),
        Severity::Watch => written.checked_add_days(Days::new(30)),
    })
}

/// How often we come by the household behind a door.
#[must_use]
pub fn flame_at(caseload: &Caseload, door: PlaceId) -> Option<HowOften> {
    caseload.household_at(door)?.flame.as_ref().map(|flame| *flame.greatest())
}

/// The doors where I noted something last, latest first.
#[must_use]
pub fn recent(caseload: &Caseload, me: UserId, most: usize) -> Vec<PlaceId> {
    let mut mine: Vec<_> = caseload
        .entries
        .values()
        .filter(|entry| entry.author == me)
        .filter_map(|entry| entry.payload.as_ref())
        .filter_map(|payload| Some((payload.written_at, caseload.place_of(payload.subject)?)))
        .collect();
    mine.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut places = Vec::new();
    for (_, place) in mine {
        if places.len() == most {
            break;
        }
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
