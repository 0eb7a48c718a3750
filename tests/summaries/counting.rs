//! What is counted, once, and in which quarter.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;
use waakvlam::domain::body::{
    Address, Behind, Building, BuildingKind, Concern, Correction, Ending, Household, HouseholdEnded, Known, KnownBy, KnownKind,
    NoContact, Outcome, Place, PlaceKind, Severity, Tile, Visit, VisitKind, Withdrawal,
};
use waakvlam::domain::quarter::Quarter;
use waakvlam::domain::summary::{Counts, count};
use waakvlam::domain::{Body, Caseload, DeviceId, Entry, EntryId, GroupId, HouseholdId, Payload, PlaceId, Subject, UserId};

const Q3: Quarter = Quarter { year: 2026, quarter: 3 };
const JAMILA: UserId = UserId(Uuid::from_u128(11));
const BERT: UserId = UserId(Uuid::from_u128(12));

fn door(number: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(100 + number))
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A journal, written line by line.
struct Journal(Vec<Entry>);

impl Journal {
    fn new() -> Self {
        let mut journal = Self(Vec::new());
        for number in 1..=4 {
            let address = Some(Address { street: "Lindehof".to_owned(), number, ..Address::default() });
            let place = Place { kind: PlaceKind::Door, name: number.to_string(), parent: None, floor: None, address };
            journal.say(JAMILA, door(number.into()), at("2026-01-05T09:00:00Z"), place);
        }
        journal
    }

    fn say(&mut self, author: UserId, place: PlaceId, at: DateTime<Utc>, body: impl Into<Body>) -> EntryId {
        self.say_in(author, place, at, None, body)
    }

    fn say_in(
        &mut self,
        author: UserId,
        place: PlaceId,
        at: DateTime<Utc>,
        group: Option<GroupId>,
        body: impl Into<Body>,
    ) -> EntryId {
        let n = self.0.len() as u64 + 1;
        let id = EntryId(Uuid::from_u128(1_000 + u128::from(n)));
        let payload = Payload { written_at: at, clock_ahead_ms: None, subject: Subject::Place(place), group, body: body.into() };
        let received_at = Some(at + TimeDelta::days(3));
        self.0.push(Entry { id, author, device: DeviceId(author.0), n, seq: Some(n), received_at, payload: Some(payload) });
        id
    }

    fn count(&self, quarter: Quarter) -> Counts {
        count(&Caseload::fold(self.0.clone()), quarter)
    }
}

fn coffee() -> Visit {
    Visit::tile(VisitKind::Coffee, Outcome::Spoken)
}

fn rang() -> Visit {
    Visit::tile(VisitKind::Rang, Outcome::NotHome)
}

fn worry(tile: Tile) -> Concern {
    Concern {
        tile,
        severity: Severity::Discuss,
        facts: Vec::new(),
        seen: "post op de mat".to_owned(),
        thought: String::new(),
        known_by: KnownBy::SawIt,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    }
}

const NOON: &str = "2026-08-12T10:00:00Z";

#[test]
fn visits_attempts_worries_and_the_building_are_counted() {
    let mut journal = Journal::new();
    journal.say(JAMILA, door(1), at(NOON), coffee());
    journal.say(JAMILA, door(2), at(NOON), Visit { gesture: "soep gebracht".to_owned(), ..coffee() });
    journal.say(JAMILA, door(3), at(NOON), rang());
    journal.say(JAMILA, door(1), at(NOON), worry(Tile::Money));
    journal.say(JAMILA, door(1), at(NOON), worry(Tile::TakingPart));
    journal.say(JAMILA, door(4), at(NOON), Building { kind: BuildingKind::Damage });
    journal.say(JAMILA, door(4), at(NOON), Building { kind: BuildingKind::FireHazard });
    let expected = Counts {
        doors: 4,
        spoken: 2,
        tried: 1,
        gestures: 1,
        signals: [1, 0, 0, 0, 0, 0, 1],
        things: [0, 0, 1, 0],
        nuisance: [0, 0, 0, 1],
    };
    assert_eq!(journal.count(Q3), expected);
    assert_eq!(journal.count(Q3.before()), Counts { doors: 4, ..Counts::default() });
    assert_eq!(journal.count(Q3.after()), Counts { doors: 4, ..Counts::default() });
}

#[test]
fn what_was_taken_back_does_not_count_and_what_was_corrected_counts_once_as_it_reads_now() {
    let mut journal = Journal::new();
    let visit = journal.say(JAMILA, door(1), at(NOON), coffee());
    let other = journal.say(JAMILA, door(2), at(NOON), rang());
    let worried = journal.say(JAMILA, door(1), at(NOON), worry(Tile::Money));
    let light = journal.say(JAMILA, door(1), at(NOON), Building { kind: BuildingKind::LightBroken });
    assert_eq!((journal.count(Q3).signals[0], journal.count(Q3).things[0]), (1, 1));
    for of in [visit, worried, light] {
        journal.say(JAMILA, door(1), at(NOON), Withdrawal { of });
    }
    // Somebody else's withdrawal has no effect.
    journal.say(BERT, door(2), at(NOON), Withdrawal { of: other });
    journal.say(JAMILA, door(2), at(NOON), Correction { of: other, visit: coffee() });
    assert_eq!(journal.count(Q3), Counts { doors: 4, spoken: 1, ..Counts::default() });
}

/// Says something about whom or what it may be, in Q3.
fn about(journal: &mut Journal, author: UserId, subject: Subject, body: impl Into<Body>) -> EntryId {
    let id = journal.say(author, door(1), at(NOON), body);
    if let Some(payload) = journal.0.last_mut().and_then(|entry| entry.payload.as_mut()) {
        payload.subject = subject;
    }
    id
}

#[test]
fn who_moved_or_was_met_on_the_stairs_counts_and_who_was_erased_does_not() {
    let home = Subject::Household(HouseholdId(Uuid::from_u128(50)));
    let together = Visit { colleague: true, ..coffee() };
    let mut journal = Journal::new();
    let from = day("2026-08-01");
    about(&mut journal, JAMILA, home, Household { door: door(1), from });
    about(&mut journal, JAMILA, home, together.clone());
    let theirs = about(&mut journal, JAMILA, home, worry(Tile::Money));
    let expected = Counts { doors: 4, spoken: 1, signals: [1, 0, 0, 0, 0, 0, 0], ..Counts::default() };
    assert_eq!(journal.count(Q3), expected);
    // Linked to another door, and noted there by the colleague who was along: still one contact.
    about(&mut journal, JAMILA, home, Behind { door: door(2) });
    journal.say(BERT, door(2), at(NOON), together);
    assert_eq!(journal.count(Q3), expected);
    about(&mut journal, BERT, home, HouseholdEnded { on: from, why: Ending::Moved });
    assert_eq!(journal.count(Q3), expected, "who moved was spoken with all the same");
    let known = Known { what: KnownKind::Dog, text: String::new(), until: None, agreed: false };
    about(&mut journal, BERT, home, known);
    let wish = journal.say(JAMILA, door(2), at(NOON), NoContact { household: Some(HouseholdId(Uuid::from_u128(50))) });
    assert_eq!(journal.count(Q3), expected, "not carried out yet");
    // Carried out: what is about them is not in the journal any more, and a change of it waits for ever.
    journal.0.retain(|entry| entry.payload.as_ref().is_none_or(|payload| payload.subject != home));
    journal.say(BERT, door(3), at(NOON), Withdrawal { of: theirs });
    let left = Caseload::fold(journal.0.clone());
    assert_eq!(left.no_contact.get(&door(2)), Some(&wish));
    assert_eq!(journal.count(Q3), Counts { doors: 4, spoken: 1, ..Counts::default() }, "the colleague's note at the door");
}

#[test]
fn two_colleagues_who_both_note_what_they_did_together_count_once() {
    let together = || Visit { colleague: true, ..coffee() };
    let mut journal = Journal::new();
    journal.say(JAMILA, door(1), at(NOON), together());
    journal.say(BERT, door(1), at(NOON), Visit { gesture: "lamp vervangen".to_owned(), ..together() });
    assert_eq!(journal.count(Q3), Counts { doors: 4, spoken: 1, gestures: 1, ..Counts::default() });
    // Again in the afternoon, noted by one; at another door; and by himself.
    journal.say(JAMILA, door(1), at(NOON), together());
    journal.say(BERT, door(2), at(NOON), together());
    journal.say(BERT, door(1), at(NOON), coffee());
    assert_eq!(journal.count(Q3).spoken, 4);
}

#[test]
fn one_group_counts_once_for_each_subject() {
    let group = Some(GroupId(Uuid::from_u128(7)));
    let mut journal = Journal::new();
    for place in [door(1), door(1), door(2)] {
        journal.say_in(JAMILA, place, at(NOON), group, coffee());
        journal.say_in(JAMILA, place, at(NOON), group, worry(Tile::Nuisance));
        journal.say_in(JAMILA, place, at(NOON), group, Building { kind: BuildingKind::Noise });
    }
    let counts = journal.count(Q3);
    assert_eq!((counts.spoken, counts.signals[5], counts.nuisance[1]), (2, 2, 2));
}

#[test]
fn a_contact_belongs_to_the_day_it_was_first_noted_for() {
    let mut journal = Journal::new();
    // 1 October here, and about the day before.
    let late = at("2026-09-30T22:30:00Z");
    let forgotten = journal.say(JAMILA, door(1), late, Visit { happened_on: Some(day("2026-09-30")), ..coffee() });
    journal.say(JAMILA, door(2), late, coffee());
    // A correction changes what it says, not when it counts: the other quarter may be frozen.
    journal.say(JAMILA, door(1), late, Correction { of: forgotten, visit: rang() });
    assert_eq!((journal.count(Q3).tried, journal.count(Q3).spoken), (1, 0));
    assert_eq!((journal.count(Q3.after()).tried, journal.count(Q3.after()).spoken), (0, 1));
}

#[test]
fn a_phone_whose_clock_is_off_does_not_move_its_contacts_to_another_quarter() {
    let mut journal = Journal::new();
    journal.say(JAMILA, door(1), at("2027-08-12T10:00:00Z"), coffee());
    journal.say(JAMILA, door(2), at("2026-10-02T10:00:00Z"), coffee());
    journal.say(JAMILA, door(3), DateTime::<Utc>::MAX_UTC - TimeDelta::days(4), coffee());
    let last = journal.0.len() - 1;
    // A year ahead, and it came in in August; three days ahead, as it knew.
    journal.0[last - 2].received_at = Some(at(NOON));
    journal.0[last - 1].payload.as_mut().unwrap().clock_ahead_ms = Some(TimeDelta::days(3).num_milliseconds());
    journal.0[last].received_at = None;
    assert_eq!(journal.count(Q3).spoken, 2);
}

fn some_body() -> impl Strategy<Value = (u128, i64, Body)> {
    let visit = (any::<bool>(), any::<bool>(), any::<bool>(), prop::option::of(0_u64..40)).prop_map(
        |(spoken, colleague, gesture, back)| {
            let happened_on = back.and_then(|back| day("2026-10-10").checked_sub_days(Days::new(back)));
            let gesture = if gesture { "soep".to_owned() } else { String::new() };
            Body::from(Visit { colleague, gesture, happened_on, ..if spoken { coffee() } else { rang() } })
        },
    );
    let concern = prop::sample::select(Tile::ALL.to_vec()).prop_map(|tile| worry(tile).into());
    let building = prop::sample::select(BuildingKind::ALL.to_vec()).prop_map(|kind| Building { kind }.into());
    (1_u128..5, 0_i64..600, prop_oneof![4 => visit, 1 => concern, 1 => building])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_entry_counts_in_one_quarter_and_only_there(bodies in prop::collection::vec(some_body(), 0..25), back in any::<prop::sample::Index>()) {
        let mut journal = Journal::new();
        for (place, days, body) in &bodies {
            journal.say(JAMILA, door(*place), at("2026-01-01T11:00:00Z") + TimeDelta::days(*days), body.clone());
        }
        let total = |journal: &Journal| {
            let mut quarter = Quarter { year: 2025, quarter: 4 };
            let mut sum = 0;
            for _ in 0..10 {
                let Counts { doors: _, spoken, tried, gestures, signals, things, nuisance } = journal.count(quarter);
                assert!(gestures <= spoken + tried, "each gesture is a contact");
                sum += spoken + tried + signals.iter().chain(&things).chain(&nuisance).sum::<u32>();
                quarter = quarter.after();
            }
            sum as usize
        };
        // One author: nobody was there together with a colleague who also noted it.
        prop_assert_eq!(total(&journal), bodies.len());
        // Taking one back takes one off, in one quarter.
        if !bodies.is_empty() {
            let of = journal.0[4 + back.index(bodies.len())].id;
            journal.say(JAMILA, door(1), at("2027-12-01T11:00:00Z"), Withdrawal { of });
            prop_assert_eq!(total(&journal), bodies.len() - 1);
        }
    }
}
