//! What a journal says of a quarter, added up. Never printed as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::super::body::{Body, BuildingKind, Outcome, PlaceKind, Tile};
use super::super::caseload::{Caseload, VisitState};
use super::super::entry::{Entry, Subject};
use super::super::ids::{EntryId, GroupId, PlaceId, UserId};
use super::super::quarter::{Quarter, day_here};

/// True counts of one neighbourhood in one quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Doors that are there now.
    pub doors: usize,
    /// Contacts in which somebody was spoken with.
    pub spoken: u32,
    /// Contacts in which nobody was.
    pub tried: u32,
    /// Contacts with a small gesture.
    pub gestures: u32,
    /// Concerns, in the order of [`Tile::ALL`].
    pub signals: [u32; 7],
    /// Signals about the building, in the order of [`BuildingKind::THINGS`].
    pub things: [u32; 4],
    /// The same, in the order of [`BuildingKind::PEOPLE`].
    pub nuisance: [u32; 4],
}

/// What makes two entries one contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Contact {
    Alone(EntryId),
    /// Written in one go about the same subject.
    Group(GroupId, Subject),
    /// With a colleague: each one's first there on that day is the same contact, each one's second, and so on.
    Together(PlaceId, NaiveDate, u32),
}

/// Adds up a quarter. Fold only entries that came in before [`Quarter::closes`].
#[must_use]
pub fn count(caseload: &Caseload, quarter: Quarter) -> Counts {
    let mut counts = Counts::default();
    let there = caseload.places.values().filter(|state| state.hidden.is_none());
    counts.doors = there.filter(|state| state.place.kind == PlaceKind::Door).count();
    contacts(caseload, quarter, &mut counts);

    let mut groups = BTreeSet::new();
    for state in caseload.concerns.values().filter(|state| state.withdrawn.is_none()) {
        let once = first_of_group(&mut groups, &state.entry, state.concern.tile);
        if once && day(&state.entry).is_some_and(|day| Quarter::of(day) == quarter) {
            add(&mut counts.signals, Tile::ALL, state.concern.tile);
        }
    }
    let mut groups = BTreeSet::new();
    for state in caseload.buildings.values().filter(|state| state.withdrawn.is_none()) {
        let once = first_of_group(&mut groups, &state.entry, state.building.kind);
        if once && day(&state.entry).is_some_and(|day| Quarter::of(day) == quarter) {
            add(&mut counts.things, &BuildingKind::THINGS, state.building.kind);
            add(&mut counts.nuisance, &BuildingKind::PEOPLE, state.building.kind);
        }
    }
    counts
}

fn contacts(caseload: &Caseload, quarter: Quarter, counts: &mut Counts) {
    let mut visits: Vec<&VisitState> =
        caseload.visits.values().map(Arc::as_ref).filter(|state| state.withdrawn.is_none()).collect();
    visits.sort_by_key(|state| (state.entry.seq, state.entry.id));
    let mut before: BTreeMap<(PlaceId, NaiveDate, UserId), u32> = BTreeMap::new();
    let mut contacts: BTreeMap<Contact, (bool, bool)> = BTreeMap::new();
    for state in visits {
        let Some((payload, day)) = state.entry.payload.as_ref().zip(day(&state.entry)) else { continue };
        if Quarter::of(day) != quarter {
            continue;
        }
        let contact = match (caseload.place_of(payload.subject), payload.group) {
            (Some(place), _) if state.visit.colleague => {
                let nth = before.entry((place, day, state.entry.author)).or_default();
                *nth += 1;
                Contact::Together(place, day, *nth)
            }
            (_, Some(group)) => Contact::Group(group, payload.subject),
            _ => Contact::Alone(state.entry.id),
        };
        let (spoken, gesture) = contacts.entry(contact).or_default();
        *spoken |= state.visit.outcome == Outcome::Spoken;
        *gesture |= !state.visit.gesture.trim().is_empty();
    }
    for (spoken, gesture) in contacts.into_values() {
        *(if spoken { &mut counts.spoken } else { &mut counts.tried }) += 1;
        counts.gestures += u32::from(gesture);
    }
}

/// The day that an entry was first noted for. The phone's clock is put right by what it was off at the last contact with the server,
/// and never runs ahead of the moment at which the entry came in.
fn day(entry: &Entry) -> Option<NaiveDate> {
    let payload = entry.payload.as_ref()?;
    let ahead = payload.clock_ahead_ms.and_then(TimeDelta::try_milliseconds).unwrap_or_default();
    let written = payload.written_at.checked_sub_signed(ahead).unwrap_or(payload.written_at);
    let written = day_here(entry.received_at.map_or(written, |received| received.min(written)));
    Some(match &payload.body {
        Body::Visit(visit) => visit.happened_on.map_or(written, |day| day.min(written)),
        _ => written,
    })
}

fn first_of_group<T: Ord>(groups: &mut BTreeSet<(GroupId, Subject, T)>, entry: &Entry, what: T) -> bool {
    let payload = entry.payload.as_ref();
    let group = payload.and_then(|payload| payload.group.map(|group| (group, payload.subject, what)));
    group.is_none_or(|group| groups.insert(group))
}

fn add<T: PartialEq>(counts: &mut [u32], all: &[T], one: T) {
    if let Some(count) = all.iter().position(|of| *of == one).and_then(|place| counts.get_mut(place)) {
        *count += 1;
    }
}
