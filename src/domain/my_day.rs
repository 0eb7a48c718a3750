//! "Mijn dag": what I noted on a day, in order, for me alone. It counts nothing: nobody is measured by it.

use chrono::{DateTime, NaiveDate, Utc};

use super::body::Body;
use super::caseload::Caseload;
use super::ids::{EntryId, PlaceId, UserId};
use super::quarter::day_here;

/// One thing I noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its entry.
    pub id: EntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// Where; nowhere for a person or household that this phone does not know (any more).
    pub place: Option<PlaceId>,
    /// I took it back.
    pub taken_back: bool,
}

/// What I noted on a day, in the order of noting. What goes along by itself (a household that begins, a taking back, what is
/// put off, when I work) is no line of its own.
#[must_use]
pub fn my_day(caseload: &Caseload, me: UserId, day: NaiveDate) -> Vec<Noted> {
    let mut noted = Vec::new();
    for entry in caseload.entries.values().filter(|entry| entry.author == me) {
        let Some(payload) = entry.payload.as_ref().filter(|payload| day_here(payload.written_at) == day) else { continue };
        let along = matches!(
            payload.body,
            Body::Household(_) | Body::Withdrawal(_) | Body::PutOff(_) | Body::WorkingDays(_) | Body::Absence(_)
        );
        if !along {
            let taken_back = caseload.withdrawn.contains_key(&entry.id);
            let line = Noted { id: entry.id, at: payload.written_at, place: caseload.place_of(payload.subject), taken_back };
            noted.push((entry.n, line));
        }
    }
    noted.sort_by_key(|(n, line)| (line.at, *n));
    noted.into_iter().map(|(_, line)| line).collect()
}
