//! How long the agenda takes over ten thousand entries. Run by hand, compiled with optimisation; it asserts no time.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use waakvlam::domain::agenda;
use waakvlam::domain::body::{Address, Flame, Household, HowOften, Outcome, Place, PlaceKind, Severity, Visit, VisitKind};
use waakvlam::domain::{HouseholdId, PlaceId, Subject};

use crate::story::{BERT, JAMILA, Story, staff};
use crate::table::concern;

#[test]
#[ignore = "a measurement"]
fn ten_thousand_entries() {
    let start: DateTime<Utc> = "2026-03-02T07:00:00Z".parse().unwrap();
    let mut story = Story::begin(start);
    let places = 240;
    let door = |n: u128| PlaceId(Uuid::from_u128(0x1_0000 + n * 0x9E37_79B9_7F4A_7C15));
    let home = |n: u128| HouseholdId(Uuid::from_u128(0x2_0000 + n * 0x9E37_79B9_7F4A_7C15));
    for n in 0..places {
        let address = Address { street: "Lindehof".to_owned(), number: 1 + n as u32, ..Address::default() };
        let parent = (n % 12 > 0).then(|| door(n - n % 12));
        let kind = if parent.is_some() { PlaceKind::Door } else { PlaceKind::Stairwell };
        story.say(
            JAMILA,
            Subject::Place(door(n)),
            Place { kind, name: n.to_string(), parent, floor: None, address: Some(address) },
            start,
        );
        if n % 12 > 2 {
            story.say(JAMILA, Subject::Household(home(n)), Household { door: door(n), from: start.date_naive() }, start);
            story.say(
                JAMILA,
                Subject::Household(home(n)),
                Flame { how_often: HowOften::ALL[n as usize % 3], saw: Vec::new() },
                start,
            );
        }
    }
    let mut n = 0;
    while story.0.len() < 10_000 {
        n += 7;
        let at = start + TimeDelta::minutes(i64::try_from(n).unwrap() * 3);
        let about = n % places;
        let subject = if about % 12 > 2 { Subject::Household(home(about)) } else { Subject::Place(door(about)) };
        let outcome = Outcome::ALL[n as usize % 5];
        let mut visit = Visit::tile(VisitKind::Coffee, outcome);
        visit.follow_up = (n % 9 == 0).then(|| (at + TimeDelta::days(7)).date_naive());
        let author = if n % 2 == 0 { JAMILA } else { BERT };
        if n % 29 == 0 {
            story.say(author, subject, concern(Severity::Discuss, None), at);
        } else {
            story.say(author, subject, visit, at);
        }
    }
    let caseload = story.fold();
    let (staff, day) = (staff(), story.0.last().unwrap().payload.as_ref().unwrap().written_at.date_naive());
    let mut times: Vec<_> = (0..60)
        .map(|_| {
            let before = Instant::now();
            let lines = agenda::today(&caseload, &staff, JAMILA, day);
            (before.elapsed(), lines.len())
        })
        .collect();
    times.sort_unstable();
    let ((best, lines), (median, _), (worst, _)) = (times[0], times[30], times[59]);
    println!("{} entries, {lines} lines: best {best:?}, median {median:?}, worst {worst:?}", caseload.entries.len());
}
