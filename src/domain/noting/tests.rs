#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::*;
use crate::domain::body::{
    Address, Ending, HouseholdEnded, KnownBy, NoContact, Person, Place, PlaceHidden, Severity, Tie, Tile, Who,
};
use crate::domain::{DeviceId, Entry, EntryId, Payload, UserId};

const STAIRWELL: PlaceId = PlaceId(Uuid::from_u128(1));
const DOOR: PlaceId = PlaceId(Uuid::from_u128(2));
const NEXT: PlaceId = PlaceId(Uuid::from_u128(3));
const LAST: PlaceId = PlaceId(Uuid::from_u128(4));
const HOME: HouseholdId = HouseholdId(Uuid::from_u128(12));
const NEW: HouseholdId = HouseholdId(Uuid::from_u128(13));
const NEWER: HouseholdId = HouseholdId(Uuid::from_u128(14));
const DAUGHTER: PersonId = PersonId(Uuid::from_u128(21));

#[derive(Default)]
struct Story(Caseload, u64);

impl Story {
    /// A stairwell with three doors, and a household with a daughter behind the first.
    fn begin() -> Self {
        let mut story = Self::default();
        let stairwell = Place { kind: PlaceKind::Stairwell, name: "Portiek A".into(), parent: None, floor: None, address: None };
        story.say(Subject::Place(STAIRWELL), stairwell);
        for (number, door) in [(2, DOOR), (4, NEXT), (6, LAST)] {
            let address = Address { street: "Lindehof".into(), number, ..Address::default() };
            let place = Place {
                kind: PlaceKind::Door,
                name: number.to_string(),
                parent: Some(STAIRWELL),
                floor: None,
                address: Some(address),
            };
            story.say(Subject::Place(door), place);
        }
        story.say(Subject::Household(HOME), Household { door: DOOR, from: today() });
        story.say(Subject::Person(DAUGHTER), Person { household: HOME, role: Who::Child, called: "Aylin".into() });
        story
    }

    fn say(&mut self, subject: Subject, body: impl Into<Body>) {
        self.1 += 1;
        let at: DateTime<Utc> = "2026-03-02T09:00:00Z".parse().unwrap();
        self.0.apply(Entry {
            id: EntryId(Uuid::from_u128(1_000 + u128::from(self.1))),
            author: UserId(Uuid::from_u128(5)),
            device: DeviceId(Uuid::from_u128(6)),
            n: self.1,
            seq: Some(self.1),
            received_at: None,
            payload: Some(Payload { written_at: at, clock_ahead_ms: None, subject, group: None, body: body.into() }),
        });
    }
}

fn today() -> NaiveDate {
    "2026-03-02".parse().unwrap()
}

fn spoken() -> Visit {
    Visit { note: "een woord".into(), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) }
}

fn worry() -> Concern {
    Concern {
        tile: Tile::Money,
        severity: Severity::Discuss,
        facts: Vec::new(),
        seen: "brieven".into(),
        thought: String::new(),
        known_by: KnownBy::SawIt,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    }
}

fn subjects(bodies: &[(Subject, Body)]) -> Vec<Subject> {
    bodies.iter().map(|(subject, _)| *subject).collect()
}

#[test]
fn what_changed_while_a_form_was_open_and_where_it_goes() {
    let begun = Begun { place: DOOR, household: Some(HOME) };
    let ended = |story: &mut Story| {
        story.say(Subject::Household(HOME), HouseholdEnded { on: today(), why: Ending::Moved });
    };
    let hide = |door, successor| move |story: &mut Story| story.say(Subject::Place(door), PlaceHidden { successor });
    type Change<'a> = Vec<Box<dyn Fn(&mut Story) + 'a>>;
    let cases: Vec<(&str, Begun, Change<'_>, Option<Meanwhile>, Subject)> = vec![
        ("nothing changed", begun, vec![], None, Subject::Household(HOME)),
        (
            "they moved: it stays about them",
            begun,
            vec![Box::new(ended)],
            Some(Meanwhile::Ended(HOME, Ending::Moved)),
            Subject::Household(HOME),
        ),
        (
            "they moved and others came: still about them",
            begun,
            vec![
                Box::new(ended),
                Box::new(|story: &mut Story| story.say(Subject::Household(NEWER), Household { door: DOOR, from: today() })),
            ],
            Some(Meanwhile::Ended(HOME, Ending::Moved)),
            Subject::Household(HOME),
        ),
        (
            "a colleague met them first: about that household",
            Begun { place: NEXT, household: None },
            vec![Box::new(|story: &mut Story| story.say(Subject::Household(NEWER), Household { door: NEXT, from: today() }))],
            None,
            Subject::Household(NEWER),
        ),
        (
            "the door is another one now",
            Begun { place: NEXT, household: None },
            vec![Box::new(hide(NEXT, Some(LAST)))],
            Some(Meanwhile::Replaced(LAST)),
            Subject::Household(NEW),
        ),
        (
            "the door is no more",
            Begun { place: NEXT, household: None },
            vec![Box::new(hide(NEXT, None))],
            Some(Meanwhile::Hidden),
            Subject::Household(NEW),
        ),
        (
            "a circle of successors leads nowhere",
            Begun { place: NEXT, household: None },
            vec![Box::new(hide(NEXT, Some(LAST))), Box::new(hide(LAST, Some(NEXT)))],
            Some(Meanwhile::Hidden),
            Subject::Household(NEW),
        ),
        (
            "a hidden door with people: about them",
            begun,
            vec![Box::new(hide(DOOR, Some(LAST)))],
            Some(Meanwhile::Replaced(LAST)),
            Subject::Household(HOME),
        ),
    ];
    for (what, begun, changes, expected, about) in cases {
        let mut story = Story::begin();
        changes.iter().for_each(|change| change(&mut story));
        assert_eq!(meanwhile(&story.0, begun), expected, "{what}");
        let bodies = contact_begun(&story.0, begun, spoken(), today(), NEW);
        assert_eq!(bodies.last().map(|(subject, _)| *subject), Some(about), "{what}");
        if let (Some(Meanwhile::Replaced(door)), [(_, Body::Household(household)), _]) = (expected, bodies.as_slice()) {
            assert_eq!(household.door, door, "{what}");
        }
    }
}

#[test]
fn where_somebody_wants_to_be_left_alone_nothing_is_written() {
    let mut story = Story::begin();
    story.say(Subject::Place(DOOR), NoContact { household: Some(HOME) });
    assert_eq!(meanwhile(&story.0, Begun { place: DOOR, household: Some(HOME) }), Some(Meanwhile::LeftAlone));
    assert_eq!(doors_beside(&story.0, NEXT), [LAST], "and no round goes past it");
}

#[test]
fn other_doors_of_a_round_get_no_word_of_what_was_said() {
    let mut visit = spoken();
    visit.gesture = "boodschap".into();
    visit.follow_up = Some(today());
    visit.who = Some(Who::Child);
    visit.colleague = true;
    let other = at_another_door(&visit);
    assert_eq!(other, Visit { colleague: true, ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) });
    assert_eq!(doors_beside(&Story::begin().0, DOOR), [NEXT, LAST]);
}

#[test]
fn whom_a_worry_is_about() {
    let story = Story::begin();
    let begun = Begun::at(&story.0, DOOR);
    for (whom, about) in [
        (Whom::Household, Subject::Household(HOME)),
        (Whom::Person(DAUGHTER), Subject::Person(DAUGHTER)),
        (Whom::Person(PersonId(Uuid::from_u128(99))), Subject::Household(HOME)),
        (Whom::SomebodyElse, Subject::Place(STAIRWELL)),
    ] {
        let bodies = concern_begun(&story.0, begun, whom, worry(), today(), NEW);
        assert_eq!(subjects(&bodies), [about], "{whom:?}");
    }
}

#[test]
fn a_gesture_is_for_who_lives_there() {
    let story = Story::begin();
    let bodies = gesture(&story.0, Begun::at(&story.0, NEXT), "boodschap".into(), today(), NEW);
    assert_eq!(subjects(&bodies), [Subject::Household(NEW); 2], "a household begins with it");
    let bodies = gesture(&story.0, Begun::at(&story.0, DOOR), "boodschap".into(), today(), NEW);
    assert_eq!(subjects(&bodies), [Subject::Household(HOME)]);
}

#[test]
fn neighbours_are_tied_on_both_sides_and_neither_names_the_other() {
    let story = Story::begin();
    for (other, what, willing, wrong) in [
        (Some(NEXT), "samen boodschappen", [true, true], vec![]),
        (None, "koffie", [true, true], vec![(AtTie::Other, WrongTie::Empty)]),
        (Some(DOOR), "koffie", [true, true], vec![(AtTie::Other, WrongTie::SameDoor)]),
        (Some(NEXT), " ", [true, true], vec![(AtTie::What, WrongTie::Empty)]),
        (Some(NEXT), "koffie", [true, false], vec![(AtTie::OtherSide, WrongTie::NotWilling)]),
        (Some(NEXT), "koffie", [false, true], vec![(AtTie::ThisSide, WrongTie::NotWilling)]),
        (Some(NEXT), "koffie bij Lindehof 4", [true, true], vec![(AtTie::What, WrongTie::NamesDoor)]),
        (Some(NEXT), "koffie op nummer 4", [true, true], vec![(AtTie::What, WrongTie::NamesDoor)]),
        (Some(NEXT), "samen met AYLIN", [true, true], vec![(AtTie::What, WrongTie::NamesDoor)]),
        (Some(NEXT), "4 keer koffie", [true, true], vec![]),
    ] {
        assert_eq!(check_tie(&story.0, DOOR, other, what, willing), wrong, "{what}");
    }
    let long = "x".repeat(LONGEST_TEXT + 1);
    assert_eq!(check_tie(&story.0, DOOR, Some(NEXT), &long, [true; 2]), [(AtTie::What, WrongTie::TooLong)]);

    let sides = [DOOR, NEXT].map(|door| Begun::at(&story.0, door));
    let bodies = tie(&story.0, sides, " koffie ", today(), [NEW, NEWER]);
    assert_eq!(subjects(&bodies), [Subject::Household(HOME), Subject::Household(NEWER), Subject::Household(NEWER)]);
    let ties = bodies.iter().filter_map(|(_, body)| if let Body::Tie(tie) = body { Some(tie) } else { None });
    assert!(ties.clone().all(|tie| *tie == Tie { what: "koffie".into(), willing: true }));
    assert_eq!(ties.count(), 2);
}

#[test]
fn what_is_too_long_is_said_at_its_field() {
    let long = "é".repeat(LONGEST_TEXT + 1);
    let fits = "😀".repeat(LONGEST_TEXT);
    let visit = |note: &str, gesture: &str| Visit { note: note.into(), gesture: gesture.into(), ..spoken() };
    assert_eq!(check_visit(&visit(&long, ""), today()), [(Field::Text, Wrong::TooLong)]);
    assert_eq!(check_visit(&visit("", &long), today()), [(Field::Gesture, Wrong::TooLong)]);
    assert_eq!(check_visit(&visit(&fits, ""), today()), []);
    let told = Concern { told_by: long.clone(), ..worry() };
    assert_eq!(check_concern(&told, today()), [(Field::ToldBy, Wrong::TooLong)]);
}
