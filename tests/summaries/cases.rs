//! The rules as a table of cases.

use chrono::{DateTime, Utc};
use waakvlam::domain::body::{BuildingKind, Tile};
use waakvlam::domain::quarter::{Quarter, day_here};
use waakvlam::domain::rights::{JournalKind, Role, may_read, may_read_summaries};
use waakvlam::domain::summary::{Counts, FEWEST_DOORS, Shown, Summary, row, shown};

/// A row as it is printed: "<10 | 25 | – = 60".
fn printed(counts: &[u32]) -> String {
    let word = |shown: &Shown| match shown {
        Shown::Few => "<10".to_owned(),
        Shown::About(about) => about.to_string(),
        Shown::Exact(exact) => format!("{exact}!"),
        Shown::NotShown => "–".to_owned(),
    };
    let (cells, total) = row(counts);
    format!("{} = {}", cells.iter().map(word).collect::<Vec<_>>().join(" | "), word(&total))
}

#[test]
fn one_count_by_itself() {
    for (count, expected) in [
        (0, Shown::Few), // nought is told apart from one by nothing
        (1, Shown::Few),
        (9, Shown::Few),
        (10, Shown::About(10)),
        (12, Shown::About(10)),
        (13, Shown::About(15)),
        (17, Shown::About(15)),
        (18, Shown::About(20)),
        (322, Shown::About(320)),
        (323, Shown::About(325)),
    ] {
        assert_eq!(shown(count), expected, "{count}");
    }
}

#[test]
fn a_row_with_its_total() {
    #[rustfmt::skip]
    let cases: &[(&[u32], &str)] = &[
        // Nothing is small: each rounded by itself, and the total, too (12 + 12 + 12 = 36, not 30).
        (&[12, 12, 12],               "10 | 10 | 10 = 35"),
        (&[213, 107],                 "215 | 105 = 320"),
        // One is small: the smallest other goes with it, the first of equals.
        (&[4, 31, 22, 40],            "<10 | 30 | – | 40 = 95"),
        (&[30, 4, 31, 30],            "– | <10 | 30 | 30 = 95"),
        (&[300, 7],                   "– | <10 = 305"),
        // Two or more are small: each hides the other.
        (&[4, 3, 22, 40],             "<10 | <10 | 20 | 40 = 70"),
        (&[4, 3, 2, 6, 1, 5, 4],      "<10 | <10 | <10 | <10 | <10 | <10 | <10 = 25"),
        (&[0, 0, 0, 0, 0, 0, 0],      "<10 | <10 | <10 | <10 | <10 | <10 | <10 = <10"),
        (&[1, 0, 0, 0, 0, 0, 1],      "<10 | <10 | <10 | <10 | <10 | <10 | <10 = <10"),
        // The total would say that a small one is nearly ten, or nearly nought: it goes.
        (&[9, 9],                     "<10 | <10 = –"),
        (&[9, 8],                     "<10 | <10 = –"),
        (&[6, 6],                     "<10 | <10 = 10"),
        (&[9, 9, 9, 9, 9, 9, 9],      "<10 | <10 | <10 | <10 | <10 | <10 | <10 = –"),
        (&[0, 10],                    "<10 | – = –"),
        (&[0, 10, 10],                "<10 | – | 10 = –"),
        (&[0, 18, 0],                 "<10 | 20 | <10 = 20"),
    ];
    for (counts, expected) in cases {
        assert_eq!(printed(counts), *expected, "{counts:?}");
    }
}

fn quiet() -> Counts {
    Counts { doors: 240, spoken: 210, tried: 110, ..Counts::default() }
}

#[test]
fn things_are_exact_and_what_points_at_people_is_not() {
    let counts = Counts { things: [3, 0, 12, 1], nuisance: [3, 0, 12, 1], ..quiet() };
    let numbers = Summary::of(Quarter { year: 2026, quarter: 3 }, &counts).numbers.unwrap();
    let things: Vec<Shown> = numbers.things.iter().map(|line| line.count).collect();
    assert_eq!(things, [Shown::Exact(3), Shown::Exact(0), Shown::Exact(12), Shown::Exact(1)]);
    let nuisance: Vec<Shown> = numbers.nuisance.lines.iter().map(|line| line.count).collect();
    assert_eq!(nuisance, [Shown::Few, Shown::Few, Shown::About(10), Shown::Few]);
    let all: Vec<BuildingKind> = BuildingKind::THINGS.into_iter().chain(BuildingKind::PEOPLE).collect();
    assert_eq!(all, BuildingKind::ALL, "each is one or the other");
    assert_eq!(numbers.signals.lines.len(), Tile::ALL.len());
}

#[test]
fn gestures_go_where_contacts_are_too_small() {
    let quarter = Quarter { year: 2026, quarter: 3 };
    let gestures = |counts: Counts| Summary::of(quarter, &counts).numbers.unwrap().gestures;
    assert_eq!(gestures(Counts { gestures: 41, ..quiet() }), Shown::About(40));
    assert_eq!(gestures(Counts { gestures: 4, ..quiet() }), Shown::Few);
    assert_eq!(gestures(Counts { gestures: 41, tried: 9, ..quiet() }), Shown::NotShown);
    assert_eq!(gestures(Counts { gestures: 0, tried: 9, ..quiet() }), Shown::NotShown);
}

#[test]
fn a_neighbourhood_of_a_few_doors_gets_no_numbers() {
    let quarter = Quarter { year: 2026, quarter: 3 };
    assert_eq!(Summary::of(quarter, &Counts { doors: FEWEST_DOORS - 1, ..quiet() }).numbers, None);
    assert!(Summary::of(quarter, &Counts { doors: FEWEST_DOORS, ..quiet() }).numbers.is_some());
}

#[test]
fn a_quarter_closes_a_week_after_its_end_by_the_clock_of_amsterdam() {
    #[rustfmt::skip]
    let cases = [
        ("2026-10-07T21:59:59Z", "2026-Q2"), // 23:59 on 7 October: Q3 may still come in
        ("2026-10-07T22:00:00Z", "2026-Q3"),
        ("2026-11-25T12:00:00Z", "2026-Q3"), // the running one never
        ("2026-12-31T23:30:00Z", "2026-Q3"), // already 2027 here
        ("2027-01-07T22:59:59Z", "2026-Q3"),
        ("2027-01-07T23:00:00Z", "2026-Q4"),
        ("2027-04-07T21:59:59Z", "2026-Q4"),
        ("2027-04-07T22:00:00Z", "2027-Q1"),
    ];
    for (now, expected) in cases {
        let now: DateTime<Utc> = now.parse().unwrap();
        assert_eq!(Quarter::last_closed(now).to_string(), expected, "{now}");
        assert!(Quarter::last_closed(now).closes() <= now);
    }
}

#[test]
fn a_day_begins_at_midnight_in_amsterdam() {
    #[rustfmt::skip]
    let cases = [
        ("2026-03-31T21:59:59Z", "2026-03-31"), // summer: two hours ahead
        ("2026-03-31T22:00:00Z", "2026-04-01"),
        ("2026-12-31T22:59:59Z", "2026-12-31"), // winter: one
        ("2026-12-31T23:00:00Z", "2027-01-01"),
        ("2026-03-29T00:59:59Z", "2026-03-29"), // the clocks change
        ("2026-10-24T22:30:00Z", "2026-10-25"),
        ("2026-10-25T22:30:00Z", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "2026-10-26"),
    ];
    for (at, day) in cases {
        assert_eq!(day_here(at.parse().unwrap()).to_string(), day, "{at}");
    }
}

#[test]
fn every_quarter_ends_where_the_next_begins() {
    let mut quarter = Quarter { year: 1999, quarter: 4 };
    for _ in 0..400 {
        let next = quarter.after();
        assert_eq!(next.before(), quarter);
        assert_eq!(Quarter::of(next.first_day()), next);
        assert_eq!(Quarter::of(next.first_day().pred_opt().unwrap()), quarter);
        assert_eq!(day_here(quarter.ends()), next.first_day());
        assert_eq!(day_here(quarter.ends() - chrono::TimeDelta::seconds(1)), next.first_day().pred_opt().unwrap());
        assert_eq!(Quarter::last_closed(quarter.closes()), quarter);
        assert_eq!(Quarter::last_closed(quarter.closes() - chrono::TimeDelta::seconds(1)), quarter.before());
        quarter = next;
    }
}

#[test]
fn only_the_committee_of_a_neighbourhood_reads_summaries_and_it_reads_no_entries() {
    for role in Role::ALL {
        for kind in JournalKind::ALL {
            let committee = role == Role::Committee;
            assert_eq!(may_read_summaries(role, kind), committee && kind == JournalKind::Neighbourhood, "{role:?} {kind:?}");
            assert!(!(committee && may_read(role, kind)), "the committee reads the entries of {kind:?}");
        }
    }
}
