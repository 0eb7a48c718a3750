//! Reading a caseload: what stands at a place, who lives there, what things are called.

use std::sync::Arc;

use super::{Caseload, ConcernState, HouseholdState, PlaceState, SettledState, VisitState};
use crate::domain::body::{Body, Guarded, Known, Place, PlaceKind, SettledAs};
use crate::domain::entry::{Entry, Subject};
use crate::domain::ids::{EntryId, PlaceId, UserId};

impl Caseload {
    /// The door (or other place) that a subject belongs to.
    #[must_use]
    pub fn place_of(&self, subject: Subject) -> Option<PlaceId> {
        match subject {
            Subject::Place(place) => Some(place),
            Subject::Household(id) => self.households.get(&id).map(|state| state.household.door),
            Subject::Person(id) => {
                let person = self.persons.get(&id)?;
                self.households.get(&person.person.household).map(|state| state.household.door)
            }
        }
    }

    /// Everything that was written about a place, who lives there now, and their persons; oldest first by the
    /// order of the journal. Households that ended are left out: the next begins empty.
    #[must_use]
    pub fn history_of(&self, place: PlaceId) -> Vec<&Arc<Entry>> {
        // Who wants to be left alone is left alone here, too, also while the erasure is still on its way.
        if let Some(entry) = self.no_contact.get(&place).and_then(|by| self.entries.get(by)) {
            return vec![entry];
        }
        let mut subjects = vec![Subject::Place(place)];
        for household in self.behind.get(&place).into_iter().flatten().filter_map(|id| self.households.get(id)) {
            subjects.push(Subject::Household(household.id));
            subjects.extend(household.persons.iter().map(|person| Subject::Person(*person)));
        }
        let mut entries: Vec<&Arc<Entry>> = subjects
            .iter()
            .filter_map(|subject| self.history.get(subject))
            .flatten()
            .filter_map(|id| self.entries.get(id))
            .collect();
        entries.sort_by_key(|entry| (entry.seq.unwrap_or(u64::MAX), entry.n));
        entries
    }

    /// The contacts at a place that count, latest first, each with the day it was on.
    #[must_use]
    pub fn visits_at(&self, place: PlaceId) -> Vec<&VisitState> {
        let mut visits: Vec<&VisitState> = self
            .history_of(place)
            .into_iter()
            .filter_map(|entry| self.visits.get(&entry.id).map(Arc::as_ref))
            .filter(|state| state.withdrawn.is_none())
            .collect();
        visits.sort_by_key(|state| std::cmp::Reverse(state.when()));
        visits
    }

    /// The concerns about a place and those who live there that are open, most serious first.
    #[must_use]
    pub fn open_concerns_at(&self, place: PlaceId) -> Vec<&ConcernState> {
        let mut concerns: Vec<&ConcernState> = self
            .history_of(place)
            .into_iter()
            .filter_map(|entry| self.concerns.get(&entry.id).map(Arc::as_ref))
            .filter(|state| state.is_open())
            .collect();
        concerns.sort_by_key(|state| std::cmp::Reverse(state.severity()));
        concerns
    }

    /// The household that lives behind a door now. At a stairwell or a spot there is none: see [`Caseload::met_at`].
    #[must_use]
    pub fn household_at(&self, door: PlaceId) -> Option<&HouseholdState> {
        if self.no_contact.contains_key(&door) || self.places.get(&door).is_some_and(|state| state.place.kind != PlaceKind::Door)
        {
            return None;
        }
        self.behind.get(&door)?.first().and_then(|id| self.households.get(id)).map(Arc::as_ref)
    }

    /// The households that were met at a stairwell or a spot, their door not yet known.
    #[must_use]
    pub fn met_at(&self, place: PlaceId) -> Vec<&HouseholdState> {
        let unknown = self.places.get(&place).is_some_and(|state| state.place.kind != PlaceKind::Door);
        let met = self.behind.get(&place).into_iter().flatten().filter(|_| unknown);
        met.filter_map(|id| self.households.get(id)).map(Arc::as_ref).collect()
    }

    /// What it helps to know at a place on a day, in the order of the screen: neither settled, nor taken back, nor past its last day.
    #[must_use]
    pub fn known_at(&self, place: PlaceId, today: chrono::NaiveDate) -> Vec<(&Arc<Entry>, &Known)> {
        let known = self.history_of(place).into_iter().filter_map(|entry| match &entry.payload.as_ref()?.body {
            Body::Known(known) => Some((entry, known)),
            _ => None,
        });
        let counts = |id: EntryId| !self.withdrawn.contains_key(&id) && self.over(id).is_none();
        let mut known: Vec<_> =
            known.filter(|(entry, known)| counts(entry.id) && known.until.is_none_or(|until| until >= today)).collect();
        known.sort_by_key(|(_, known)| known.what);
        known
    }

    /// Who said that an entry is no longer so, and when: the last one. What else was said of it, as that a number in it is no BSN, ends nothing.
    #[must_use]
    pub fn over(&self, of: EntryId) -> Option<&SettledState> {
        self.settled.get(&of)?.iter().rev().find(|state| state.settled.how == SettledAs::Over)
    }

    /// What delicate things run at a place, as far as colleagues may know: the last word of each closed journal.
    #[must_use]
    pub fn guarded_at(&self, place: PlaceId) -> Vec<&Guarded> {
        let mut all: Vec<&Guarded> = Vec::new();
        for entry in self.history_of(place) {
            if let Some(Body::Guarded(guarded)) = entry.payload.as_ref().map(|payload| &payload.body) {
                all.retain(|other| other.journal != guarded.journal);
                all.push(guarded);
            }
        }
        all.retain(|guarded| guarded.runs);
        all
    }

    /// What a place is called, with what it is part of: "Lindestraat 12-2".
    #[must_use]
    pub fn place_name(&self, place: PlaceId) -> String {
        self.places.get(&place).map_or_else(String::new, |state| {
            state.place.address.as_ref().filter(|_| state.place.kind == PlaceKind::Door).map_or_else(
                || match state.place.parent.and_then(|parent| self.places.get(&parent)) {
                    Some(parent) if state.place.kind != PlaceKind::Complex => {
                        format!("{}, {}", state.place.name, parent.place.name)
                    }
                    _ => state.place.name.clone(),
                },
                ToString::to_string,
            )
        })
    }

    /// The name that colleagues see, from the organisation's journal.
    #[must_use]
    pub fn staff_name(&self, user: UserId) -> Option<&str> {
        self.staff.get(&user).map(|staff| staff.name.as_str())
    }

    /// The parts of a place, by name; hidden ones left out.
    #[must_use]
    pub fn parts_of(&self, place: Option<PlaceId>) -> Vec<&PlaceState> {
        let parts = self.places.values().map(Arc::as_ref).filter(|state| state.hidden.is_none() && state.place.parent == place);
        let mut parts: Vec<&PlaceState> = parts.collect();
        parts.sort_by_key(|state| sort_key(&state.place));
        parts
    }
}

impl std::fmt::Display for crate::domain::body::Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}{}", self.street, self.number, self.letter)?;
        if self.addition.is_empty() { Ok(()) } else { write!(f, "-{}", self.addition) }
    }
}

fn sort_key(place: &Place) -> (String, u32, String, String) {
    place.address.as_ref().map_or_else(
        || (place.name.clone(), 0, String::new(), String::new()),
        |address| (address.street.clone(), address.number, address.letter.clone(), address.addition.clone()),
    )
}
