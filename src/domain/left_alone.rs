//! What goes when somebody wants to be left alone ("wil geen contact", AVG article 21): all but "niet aanbellen".
//!
//! - The household that the wish names goes, wherever it stands now, with its persons; so do all others that live behind that
//!   door, since two phones may have begun one each. Where the one that is named has ended, others who live there now stay: it was not their wish.
//! - What was noted about the door itself goes as well: attempts from before anybody was known there. What stands there as a place,
//!   what is wrong with the building, and the wish itself with what was said of it stay.
//! - The wish stands until somebody says that it is over, or a supervisor sets it aside; what phones that did not know of it still bring goes, too.
//! - Where something delicate runs in a closed journal it waits: a tap at a door may not erase a Meldcode. Nothing is shown meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{Body, NoContact};
use super::caseload::Caseload;
use super::entry::{Entry, Subject};
use super::ids::{EntryId, HouseholdId, JournalId, PersonId, PlaceId};

/// What goes at one door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goes {
    /// Which door.
    pub door: PlaceId,
    /// These households, with all about them.
    pub households: BTreeSet<HouseholdId>,
    /// These persons, with all about them.
    pub persons: BTreeSet<PersonId>,
    /// These entries about the door itself.
    pub notes: BTreeSet<EntryId>,
    /// Something runs that fewer may read: none of it goes before that is over.
    pub waits: bool,
}

/// What goes, at each door whose wish stands.
#[must_use]
pub fn goes(caseload: &Caseload) -> Vec<Goes> {
    let wishes = caseload.no_contact.iter().filter_map(|(door, by)| match &caseload.entries.get(by)?.payload.as_ref()?.body {
        Body::NoContact(wish) => Some((*door, wish)),
        _ => None,
    });
    wishes.map(|(door, wish)| at_door(caseload, door, wish)).collect()
}

fn at_door(caseload: &Caseload, door: PlaceId, wish: &NoContact) -> Goes {
    // Whoever is not of this journal is not this journal's to erase; what has not come yet is found when it comes.
    let named = wish.household.and_then(|id| caseload.households.get(&id));
    let mut households: BTreeSet<HouseholdId> = named.map(|state| state.id).into_iter().collect();
    let left = named.is_some_and(|state| state.ended.is_some());
    if !left {
        households.extend(caseload.behind.get(&door).into_iter().flatten());
    }
    let mut persons = BTreeSet::new();
    for household in &households {
        persons.extend(caseload.households.get(household).into_iter().flat_map(|state| &state.persons));
        let waiting = caseload.orphans.get(household).into_iter().flatten().filter_map(|entry| entry.payload.as_ref());
        persons.extend(waiting.filter_map(|payload| match payload.subject {
            Subject::Person(person) => Some(person),
            _ => None,
        }));
    }
    let waits = households.iter().any(|household| runs(caseload, *household));
    Goes { door, households, persons, notes: notes(caseload, door), waits }
}

/// What was noted about a door itself, but for what stays.
fn notes(caseload: &Caseload, door: PlaceId) -> BTreeSet<EntryId> {
    let about = caseload.history.get(&Subject::Place(door)).into_iter().flatten().filter_map(|id| caseload.entries.get(id));
    about.filter(|entry| !stays(caseload, entry)).map(|entry| entry.id).collect()
}

fn stays(caseload: &Caseload, entry: &Entry) -> bool {
    let Some(payload) = &entry.payload else { return true };
    match &payload.body {
        Body::Place(_) | Body::PlaceHidden(_) | Body::NoContact(_) | Body::Building(_) => true,
        // What was said of what stays: a question about it, that it is over.
        body => body.of().and_then(|of| caseload.entries.get(&of)).is_some_and(|of| of.id != entry.id && stays(caseload, of)),
    }
}

/// Whether something runs about a household or its persons that fewer may read.
#[must_use]
pub fn runs(caseload: &Caseload, household: HouseholdId) -> bool {
    let persons = caseload.households.get(&household).into_iter().flat_map(|state| &state.persons);
    let about = std::iter::once(Subject::Household(household)).chain(persons.map(|person| Subject::Person(*person)));
    let mut last: BTreeMap<JournalId, bool> = BTreeMap::new();
    for entry in about.filter_map(|subject| caseload.history.get(&subject)).flatten().filter_map(|id| caseload.entries.get(id)) {
        if let Some(Body::Guarded(guarded)) = entry.payload.as_ref().map(|payload| &payload.body) {
            last.insert(guarded.journal, guarded.runs);
        }
    }
    last.into_values().any(|runs| runs)
}
