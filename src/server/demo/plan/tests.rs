use std::collections::BTreeSet;

use chrono::TimeZone as _;

use super::*;
use crate::domain::body::PlaceKind;
use crate::domain::quarter::Quarter;
use crate::domain::rights::{Actor, Target};
use crate::domain::summary::{Counts, Shown, Summary, count};
use crate::domain::{Body, Caseload, DeviceId, Entry, JournalKind, agenda, may, noting};

fn day(month: u32, day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, month, day, hour, 6, 0).single().unwrap_or_default()
}

fn user_id(plan: &Plan, author: AuthorRef) -> UserId {
    match author {
        AuthorRef::Server => UserId(uuid::Uuid::nil()),
        AuthorRef::User(index) => plan.users[index].id,
    }
}

fn folded(plan: &Plan, lines: &[PlannedLine]) -> Caseload {
    Caseload::fold((1..).zip(lines).map(|(seq, line)| Entry {
        id: line.id,
        author: user_id(plan, line.author),
        device: DeviceId(uuid::Uuid::nil()),
        n: seq,
        seq: Some(seq),
        received_at: Some(line.received_at),
        payload: Some(line.payload.clone()),
    }))
}

fn of_kind(caseload: &Caseload, kinds: &[PlaceKind]) -> usize {
    caseload.places.values().filter(|state| kinds.contains(&state.place.kind)).count()
}

fn check(now: DateTime<Utc>, entries: usize) {
    let plan = plan(now, entries);
    let caseload = folded(&plan, &plan.lines);
    assert_eq!(of_kind(&caseload, &[PlaceKind::Complex]), 4);
    assert_eq!(of_kind(&caseload, &[PlaceKind::Stairwell, PlaceKind::Gallery, PlaceKind::Courtyard]), 12);
    assert_eq!(of_kind(&caseload, &[PlaceKind::Door]), 240);
    let addresses: BTreeSet<String> = caseload.places.keys().map(|place| caseload.place_name(*place)).collect();
    assert_eq!(addresses.len(), caseload.places.len(), "every place has a name of its own");
    assert!(caseload.inadmissible.is_empty() && caseload.unreadable.is_empty());
    assert!(caseload.waiting.is_empty() && caseload.orphans.is_empty());
    assert_eq!(caseload.entries.len(), plan.lines.len(), "ids are unique");
    let off = plan.lines.len().abs_diff(entries);
    assert!(off * 50 <= entries, "{} entries of {entries}", plan.lines.len());
    assert!(plan.lines.is_sorted_by_key(|line| line.received_at));
    assert!(plan.lines.iter().all(|line| line.received_at <= now && line.payload.written_at <= now));

    let conflicts = caseload.concerns.values().filter(|state| state.has_conflict()).count();
    assert_eq!(conflicts, 1);
    assert!(caseload.concerns.values().all(|state| state.proposed_close.is_empty() && !state.must_call()));
    let open = caseload.concerns.values().filter(|state| state.is_open()).count();
    assert!(open >= 5 && open * 3 < caseload.concerns.len(), "{open} of {} open", caseload.concerns.len());
    assert!(caseload.households.values().any(|state| state.ended.is_some()));
    assert!(caseload.visits.values().any(|visit| visit.withdrawn.is_some()));
    assert!(caseload.visits.values().any(|visit| !visit.corrections.is_empty()));
    for user in plan.users.iter().filter(|user| user.role == Role::Worker) {
        let lines = agenda::today(&caseload, &Default::default(), user.id, now.date_naive());
        assert!((3..=25).contains(&lines.len()), "{} has {} lines at {now}: {lines:?}", user.name, lines.len());
    }
}

#[test]
fn the_year_adds_up_on_any_day() {
    for now in [day(11, 22, 0), day(3, 4, 11), day(7, 31, 15), day(1, 5, 8), day(8, 17, 20), day(5, 2, 12)] {
        check(now, ENTRIES);
    }
}

#[test]
#[ignore = "minutes: every week of a year, and a very busy one"]
fn the_year_adds_up_in_every_week() {
    for week in 0..52 {
        check(day(1, 1, 0) + chrono::TimeDelta::hours(week * 24 * 7 + week * 5), ENTRIES);
    }
    check(day(6, 9, 13), 30_000);
}

#[test]
fn a_busier_year_adds_up_as_well() {
    check(day(11, 22, 0), 10_000);
}

/// The last closed quarter, as the committee reads it.
fn last_quarter(now: DateTime<Utc>) -> (Counts, Summary) {
    let plan = plan(now, ENTRIES);
    let quarter = Quarter::last_closed(now);
    let counts = count(&folded(&plan, &plan.lines), quarter);
    let summary = Summary::of(quarter, &counts);
    (counts, summary)
}

#[test]
fn the_committees_page_has_something_to_say_on_any_day() {
    for now in [day(11, 25, 12), day(2, 4, 11), day(4, 30, 15), day(8, 17, 20)] {
        let (counts, summary) = last_quarter(now);
        println!("{now}: {counts:?}");
        let Some(numbers) = summary.numbers else { panic!("too small") };
        let about = |shown: &Shown| matches!(shown, Shown::About(_));
        assert!(about(&numbers.contacts.total) && numbers.contacts.lines.iter().all(|line| about(&line.count)), "{counts:?}");
        assert!(about(&numbers.gestures), "{counts:?}");
        assert!(about(&numbers.signals.total), "{counts:?}");
        assert!(counts.things.iter().filter(|count| **count > 0).count() >= 2, "{counts:?}");
    }
}

#[test]
fn nobody_writes_what_they_may_not() {
    let plan = plan(day(11, 20, 14), ENTRIES);
    for (kind, lines) in [(JournalKind::Organisation, &plan.organisation), (JournalKind::Neighbourhood, &plan.lines)] {
        let caseload = folded(&plan, lines);
        for line in lines {
            let actor = match line.author {
                AuthorRef::Server => Actor::Server,
                AuthorRef::User(index) => Actor::User { user: plan.users[index].id, role: plan.users[index].role },
            };
            let target = line.payload.body.of().and_then(|of| caseload.entries.get(&of)).map(|entry| Target {
                author: entry.author,
                kind: entry.payload.as_ref().map_or("", |payload| payload.body.kind()).to_owned(),
            });
            assert_eq!(may(actor, kind, &line.payload.body, target.as_ref()), Ok(()));
            let written = line.payload.written_at.date_naive();
            match &line.payload.body {
                Body::Visit(visit) => assert_eq!(noting::check_visit(visit, written), []),
                Body::Concern(concern) => assert_eq!(noting::check_concern(concern, written), []),
                _ => {}
            }
        }
    }
}

#[test]
fn the_same_day_gives_the_same_bytes() -> Result<(), serde_json::Error> {
    let bytes = || {
        let plan = plan(day(11, 20, 14), 1_000);
        plan.lines.iter().map(|line| Ok(format!("{} {}", line.id, line.payload.write()?))).collect::<Result<Vec<_>, _>>()
    };
    assert_eq!(bytes()?, bytes()?);
    Ok(())
}

#[test]
#[ignore = "prints the demonstration, to be read"]
fn read_it() {
    let now = day(11, 20, 14);
    let plan = plan(now, ENTRIES);
    let caseload = folded(&plan, &plan.lines);
    let mut kinds = std::collections::BTreeMap::<&str, usize>::new();
    for line in &plan.lines {
        *kinds.entry(line.payload.body.kind()).or_default() += 1;
        let place = caseload.place_of(line.payload.subject).map(|place| caseload.place_name(place)).unwrap_or_default();
        println!("{} {:?} {place}: {:?}", line.payload.written_at.format("%a %d %b %H:%M"), line.author, line.payload.body);
    }
    println!("{kinds:?}");
    for user in plan.users.iter().filter(|user| user.role == Role::Worker) {
        for due in agenda::today(&caseload, &Default::default(), user.id, now.date_naive()) {
            println!("{} {} {:?}", user.name, caseload.place_name(due.place), due.why);
        }
    }
}
