//! A journal that is written line by line, in a stairwell with three doors.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use waakvlam::domain::body::{Address, Household, Person, Place, PlaceKind, Staff, Who};
use waakvlam::domain::rights::Role;
use waakvlam::domain::{Body, Caseload, DeviceId, Entry, EntryId, HouseholdId, Payload, PersonId, PlaceId, Subject, UserId};

pub const STAIRWELL: PlaceId = PlaceId(Uuid::from_u128(1));
pub const DOORS: [PlaceId; 3] = [PlaceId(Uuid::from_u128(12)), PlaceId(Uuid::from_u128(14)), PlaceId(Uuid::from_u128(16))];
/// Behind the first two doors.
pub const HOMES: [HouseholdId; 2] = [HouseholdId(Uuid::from_u128(112)), HouseholdId(Uuid::from_u128(114))];
/// Met in the stairwell, door unknown.
pub const MET: HouseholdId = HouseholdId(Uuid::from_u128(101));
pub const DAUGHTER: PersonId = PersonId(Uuid::from_u128(201));

pub const JAMILA: UserId = UserId(Uuid::from_u128(31));
pub const BERT: UserId = UserId(Uuid::from_u128(32));
/// The supervisor.
pub const INEKE: UserId = UserId(Uuid::from_u128(33));
/// Does not work here any more.
pub const GONE: UserId = UserId(Uuid::from_u128(34));

pub fn staff() -> BTreeMap<UserId, Arc<Staff>> {
    let all = [(JAMILA, "Jamila", Role::Worker), (BERT, "Bert", Role::Worker), (INEKE, "Ineke", Role::Supervisor)];
    all.into_iter().map(|(user, name, role)| (user, Arc::new(Staff { name: name.to_owned(), role }))).collect()
}

#[derive(Clone, Default)]
pub struct Story(pub Vec<Entry>);

impl Story {
    pub fn begin(at: DateTime<Utc>) -> Self {
        let mut story = Self::default();
        let place = |kind, name: &str, parent, number| Place {
            kind,
            name: name.to_owned(),
            parent,
            floor: None,
            address: (number > 0).then(|| Address { street: "Lindehof".to_owned(), number, ..Address::default() }),
        };
        story.say(INEKE, Subject::Place(STAIRWELL), place(PlaceKind::Stairwell, "Portiek A", None, 0), at);
        for (door, number) in DOORS.into_iter().zip([12, 14, 16]) {
            story.say(INEKE, Subject::Place(door), place(PlaceKind::Door, "deur", Some(STAIRWELL), number), at);
        }
        for (home, door) in HOMES.into_iter().chain([MET]).zip([DOORS[0], DOORS[1], STAIRWELL]) {
            story.say(JAMILA, Subject::Household(home), Household { door, from: at.date_naive() }, at);
        }
        let daughter = Person { household: HOMES[0], role: Who::Child, called: String::new() };
        story.say(JAMILA, Subject::Person(DAUGHTER), daughter, at);
        story
    }

    pub fn say(&mut self, author: UserId, subject: Subject, body: impl Into<Body>, at: DateTime<Utc>) -> EntryId {
        let n = self.0.len() as u64 + 1;
        let id = EntryId(Uuid::from_u128(1_000 + u128::from(n)));
        let payload = Payload { written_at: at, clock_ahead_ms: None, subject, group: None, body: body.into() };
        let device = DeviceId(author.0);
        self.0.push(Entry { id, author, device, n, seq: Some(n), received_at: None, payload: Some(payload) });
        id
    }

    /// The last entry that this fits.
    pub fn last(&self, fits: impl Fn(&Entry, &Body) -> bool) -> Option<&Entry> {
        self.0.iter().rev().find(|entry| entry.payload.as_ref().is_some_and(|payload| fits(entry, &payload.body)))
    }

    pub fn fold(&self) -> Caseload {
        Caseload::fold(self.0.clone())
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|why| panic!("{text} is no day: {why}"))
}
