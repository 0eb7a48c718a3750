//! Where something is due, and who was there: gathered in one pass over the contacts.

use chrono::{DateTime, Utc};

use crate::domain::body::{Outcome, PlaceKind};
use crate::domain::caseload::{Caseload, VisitState};
use crate::domain::entry::{Entry, Subject};
use crate::domain::ids::{HouseholdId, PlaceId, UserId};

/// Where something is due: a place, or a household that was met there, its door not yet known.
pub(super) struct Spot {
    pub place: PlaceId,
    pub is_door: bool,
    /// The last contact or attempt.
    pub last: Option<DateTime<Utc>>,
    /// When somebody was last spoken with, and by whom.
    pub spoken: Option<(DateTime<Utc>, UserId)>,
    /// Something is written about people here.
    pub record: bool,
    /// "Weg tot": nobody has to ring until then.
    pub away: bool,
    /// The promises that are open here.
    pub open: Vec<usize>,
}

pub(super) struct Spots<'a> {
    pub caseload: &'a Caseload,
    /// The places by id, then who was met, door unknown.
    pub all: Vec<Spot>,
    /// So many are places.
    pub places: usize,
    /// Where each household is that did not end, by id.
    pub homes: Vec<(HouseholdId, usize)>,
}

pub(super) fn find(places: &[Spot], place: PlaceId) -> Option<usize> {
    places.binary_search_by(|spot| spot.place.cmp(&place)).ok()
}

impl<'a> Spots<'a> {
    pub fn new(caseload: &'a Caseload) -> Self {
        let spot =
            |place, is_door| Spot { place, is_door, last: None, spoken: None, record: false, away: false, open: Vec::new() };
        let mut all = Vec::with_capacity(caseload.places.len());
        for (id, state) in &caseload.places {
            all.push(spot(*id, state.place.kind == PlaceKind::Door));
        }
        let (places, mut homes) = (all.len(), Vec::with_capacity(caseload.households.len()));
        for (id, state) in &caseload.households {
            let door = state.household.door;
            let Some(mut at) = find(&all[..places], door).filter(|_| state.ended.is_none()) else { continue };
            if !all[at].is_door {
                at = all.len();
                all.push(spot(door, false));
            }
            homes.push((*id, at));
        }
        Self { caseload, all, places, homes }
    }

    pub fn place(&self, place: PlaceId) -> Option<usize> {
        find(&self.all[..self.places], place)
    }

    /// Where an entry belongs; nowhere if the household ended.
    pub fn of(&self, entry: &Entry) -> Option<usize> {
        let household = match entry.payload.as_ref()?.subject {
            Subject::Place(place) => return self.place(place),
            Subject::Household(household) => household,
            Subject::Person(person) => self.caseload.persons.get(&person)?.person.household,
        };
        let at = self.homes.binary_search_by(|(id, _)| id.cmp(&household)).ok()?;
        Some(self.homes[at].1)
    }

    pub fn visited(&mut self, at: usize, visit: &VisitState) {
        let (when, author) = (visit.when(), visit.entry.author);
        let spot = &mut self.all[at];
        spot.last = spot.last.max(Some(when));
        spot.record |= is_about_people(&visit.entry);
        if visit.visit.outcome == Outcome::Spoken && spot.spoken.is_none_or(|(before, _)| before < when) {
            spot.spoken = Some((when, author));
        }
        // Whoever was met in a stairwell was met there.
        let place = spot.place;
        if at >= self.places
            && let Some(at) = self.place(place)
        {
            self.all[at].last = self.all[at].last.max(Some(when));
        }
    }
}

/// Whether an entry is about people, not about a place.
pub(super) fn is_about_people(entry: &Entry) -> bool {
    entry.payload.as_ref().is_some_and(|payload| !matches!(payload.subject, Subject::Place(_)))
}
