//! Importing again changes only what changed, in whatever order the rows stand; nothing is ever deleted; a corrected door is the same door.

use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::body::{Body, Place, PlaceHidden, PlaceKind};
use crate::domain::{Caseload, DeviceId, Entry, EntryId, JournalId, Payload, PlaceId, Subject, UserId};

const SERVER: UserId = UserId(Uuid::nil());
const COLLEAGUE: UserId = UserId(Uuid::from_u128(1));
const JOURNAL: JournalId = JournalId(Uuid::from_u128(2));
const THIS_YEAR: u16 = 2026;

/// complex, portiek, soort, straat, huisnummer, letter, toevoeging, postcode, verdieping.
type Line<'a> = [&'a str; 9];

const DOORS: [Line<'static>; 6] = [
    ["De Linde", "A", "portiek", "Lindestraat", "12", "", "1", "1010LA", "0"],
    ["De Linde", "A", "portiek", "Lindestraat", "12", "", "2", "1010LA", "1"],
    ["De Linde", "B", "portiek", "Lindestraat", "14", "", "1", "1010LA", "0"],
    ["", "A", "", "Beukstraat", "1", "A", "", "1010 ba", ""],
    ["", "", "", "Beukstraat", "3", "", "", "1010BA", ""],
    ["", "Buurtkamer De Waterlelie", "plek", "", "", "", "", "", ""],
];

fn cells(lines: &[Line<'_>]) -> Vec<Cells> {
    let row = |(line, texts): (u64, &Line<'_>)| {
        let mut cells = Cells::new(line);
        let all = ["BU03630000", "2025"].iter().chain(texts.iter());
        Column::ALL.iter().zip(all).for_each(|(column, text)| cells.set(*column, text));
        cells
    };
    (2..).zip(lines).map(row).collect()
}

fn rows(lines: &[Line<'_>]) -> Vec<Row> {
    let (rows, bad) = read(&cells(lines), THIS_YEAR);
    assert_eq!(bad, []);
    rows
}

fn planned(caseload: &Caseload, rows: &[Row]) -> Plan {
    plan(JOURNAL, &tree(rows), caseload, SERVER)
}

fn write(caseload: &mut Caseload, author: UserId, subject: Subject, body: Body) {
    let n = caseload.entries.len() as u64 + 1;
    caseload.apply(Entry {
        id: EntryId(Uuid::from_u128(n.into())),
        author,
        device: DeviceId(Uuid::nil()),
        n,
        seq: Some(n),
        received_at: None,
        payload: Some(Payload { written_at: DateTime::UNIX_EPOCH, clock_ahead_ms: None, subject, group: None, body }),
    });
}

fn import(caseload: &mut Caseload, rows: &[Row]) -> Plan {
    let plan = planned(caseload, rows);
    for step in &plan.steps {
        let (subject, body) = step.entry();
        write(caseload, SERVER, subject, body);
    }
    plan
}

fn imported(lines: &[Line<'_>]) -> Caseload {
    let mut caseload = Caseload::default();
    import(&mut caseload, &rows(lines));
    caseload
}

fn door(caseload: &Caseload, name: &str) -> PlaceId {
    let mut found = caseload.places.values().filter(|state| caseload.place_name(state.id) == name);
    let id = found.next().unwrap_or_else(|| panic!("no {name}")).id;
    assert!(found.next().is_none(), "two of {name}");
    id
}

fn standing(caseload: &Caseload) -> usize {
    caseload.places.values().filter(|state| state.hidden.is_none()).count()
}

#[test]
fn places_lie_in_what_they_are_part_of() {
    let caseload = imported(&DOORS);
    let names: Vec<String> = caseload.places.keys().map(|id| caseload.place_name(*id)).collect();
    for name in
        ["De Linde", "Portiek A, De Linde", "Portiek B, De Linde", "Lindestraat 12-2", "Beukstraat", "Portiek A, Beukstraat"]
    {
        assert!(names.contains(&name.to_owned()), "{name} in {names:?}");
    }
    let parent = |name| caseload.places[&door(&caseload, name)].place.parent.map(|id| caseload.place_name(id));
    assert_eq!(parent("Lindestraat 12-1").as_deref(), Some("Portiek A, De Linde"));
    assert_eq!(parent("Beukstraat 1A").as_deref(), Some("Portiek A, Beukstraat"));
    assert_eq!(parent("Beukstraat 3").as_deref(), Some("Beukstraat"));
    assert_eq!(parent("Buurtkamer De Waterlelie"), None);
    assert_eq!(caseload.places[&door(&caseload, "Beukstraat 1A")].place.address.as_ref().unwrap().postcode, "1010BA");
}

/// Each correction of one line, and the door that must still be the same one.
#[test]
fn a_corrected_door_is_the_same_door() {
    let correct = |line: usize, column: usize, text: &'static str| {
        let mut lines = DOORS;
        lines[line][column] = text;
        lines
    };
    for (lines, was, is) in [
        (correct(1, 7, "1010LB"), "Lindestraat 12-2", "Lindestraat 12-2"),
        (correct(1, 1, "B"), "Lindestraat 12-2", "Lindestraat 12-2"),
        (correct(1, 0, "De Eik"), "Lindestraat 12-2", "Lindestraat 12-2"),
        (correct(1, 8, "3"), "Lindestraat 12-2", "Lindestraat 12-2"),
        (correct(4, 3, "Beukenstraat"), "Beukstraat 3", "Beukenstraat 3"),
        (correct(4, 3, "BEUKSTRAAT"), "Beukstraat 3", "BEUKSTRAAT 3"),
        (
            {
                let mut lines = DOORS;
                (lines[3][5], lines[3][6]) = ("", "A");
                lines
            },
            "Beukstraat 1A",
            "Beukstraat 1-A",
        ),
    ] {
        let mut caseload = imported(&DOORS);
        let before = door(&caseload, was);
        let plan = import(&mut caseload, &rows(&lines));
        assert_eq!(door(&caseload, is), before, "{was} → {is}");
        assert_eq!(plan.doors_gone(), 0, "{was} → {is}");
        assert_eq!(planned(&caseload, &rows(&lines)).steps, [], "{was} → {is}");
    }
}

#[test]
fn a_stairwell_or_complex_keeps_its_id_when_it_is_called_otherwise() {
    let mut caseload = imported(&DOORS);
    let (complex, stairwell) = (door(&caseload, "De Linde"), door(&caseload, "Portiek A, De Linde"));
    let renamed = DOORS.map(|mut line| {
        if line[0] == "De Linde" {
            (line[0], line[1]) = ("Lindehof", if line[1] == "A" { "Portiek 12" } else { "Portiek 14" });
        }
        line
    });
    let plan = import(&mut caseload, &rows(&renamed));
    assert_eq!((door(&caseload, "Lindehof"), door(&caseload, "Portiek 12, Lindehof")), (complex, stairwell));
    assert!(plan.steps.iter().all(|step| matches!(step.what, What::Changed { .. })), "{plan:?}");
    assert_eq!(plan.steps.len(), 3, "the doors stay as they are");
}

#[test]
fn a_door_that_vanished_is_hidden_and_comes_back_as_the_same() {
    let mut caseload = imported(&DOORS);
    let (gone, stairwell) = (door(&caseload, "Lindestraat 14-1"), door(&caseload, "Portiek B, De Linde"));
    let fewer: Vec<Line<'_>> = DOORS.into_iter().filter(|line| line[4] != "14").collect();
    let plan = import(&mut caseload, &rows(&fewer));
    assert_eq!(
        plan.steps.iter().map(|step| (step.id, &step.what)).collect::<Vec<_>>(),
        [(gone, &What::Gone), (stairwell, &What::Gone)]
    );
    assert!(caseload.places[&gone].hidden.is_some() && caseload.places[&stairwell].hidden.is_some());
    let plan = import(&mut caseload, &rows(&DOORS));
    assert!(plan.steps.iter().all(|step| step.what == What::Back));
    assert!(caseload.places[&gone].hidden.is_none() && caseload.places[&stairwell].hidden.is_none());
    assert_eq!(door(&caseload, "Lindestraat 14-1"), gone);
}

#[test]
fn what_a_colleague_did_stays() {
    let mut caseload = imported(&DOORS);
    let (taken_away, stairwell) = (door(&caseload, "Lindestraat 12-1"), door(&caseload, "Portiek B, De Linde"));
    write(&mut caseload, COLLEAGUE, Subject::Place(taken_away), PlaceHidden { successor: None }.into());
    let added = PlaceId(Uuid::from_u128(99));
    let garage =
        Place { kind: PlaceKind::Spot, name: "De garage".to_owned(), parent: Some(stairwell), floor: None, address: None };
    write(&mut caseload, COLLEAGUE, Subject::Place(added), garage.into());
    let fewer: Vec<Line<'_>> = DOORS.into_iter().filter(|line| line[4] != "14").collect();
    let plan = import(&mut caseload, &rows(&fewer));
    assert!(caseload.places[&taken_away].hidden.is_some(), "it does not come back by itself");
    assert_eq!(plan.taken_away.len(), 1);
    assert!(caseload.places[&added].hidden.is_none(), "it is not the file's to take away");
    assert!(caseload.places[&stairwell].hidden.is_none(), "something stands in it");
    assert_eq!(plan.doors_gone(), 1);
    assert_eq!(planned(&caseload, &rows(&fewer)).steps, []);
}

#[test]
fn an_address_that_is_used_anew_never_takes_the_id_of_another_door() {
    let mut caseload = imported(&DOORS);
    let first = door(&caseload, "Beukstraat 3");
    let mut renamed = DOORS;
    renamed[4][3] = "Beukenstraat";
    import(&mut caseload, &rows(&renamed));
    let both = [renamed.as_slice(), &[["", "", "", "Beukstraat", "3", "", "", "1010BC", ""]]].concat();
    import(&mut caseload, &rows(&both));
    assert_eq!(door(&caseload, "Beukenstraat 3"), first);
    assert_ne!(door(&caseload, "Beukstraat 3"), first);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    use super::Fault::*;
    let good = DOORS[0];
    let with = |changes: &[(usize, &'static str)]| {
        let mut line = good;
        changes.iter().for_each(|(column, text)| line[*column] = text);
        line
    };
    let lines = [
        good,
        good,
        with(&[(1, "B")]),
        with(&[(1, "Portiek A"), (2, "galerij"), (4, "20")]),
        with(&[(3, "Eikstraat")]),
        with(&[(2, "flat")]),
        with(&[(2, "galerij"), (1, "")]),
        with(&[(3, "")]),
        with(&[(3, "1234")]),
        with(&[(4, "")]),
        with(&[(4, "0")]),
        with(&[(4, "100000")]),
        with(&[(4, "12A")]),
        with(&[(4, "+7")]),
        with(&[(5, "AB"), (6, "één"), (7, "0101LA"), (8, "bg")]),
        with(&[(7, "")]),
        with(&[(0, "Caf\u{fffd}")]),
        ["", "", "plek", "", "", "a", "", "", ""],
    ];
    let told: Vec<(u64, Fault)> = read(&cells(&lines), THIS_YEAR).1.into_iter().map(|bad| (bad.line, bad.fault)).collect();
    let text = str::to_owned;
    assert_eq!(
        told,
        [
            (3, Twice(2)),
            (4, TwoParts(2)),
            (5, TwoKinds(2)),
            (6, PostcodeElsewhere(2)),
            (7, Kind(text("flat"))),
            (8, NoPart("galerij")),
            (9, Empty(Column::Street)),
            (10, Street(text("1234"))),
            (11, Empty(Column::Number)),
            (12, Number(text("0"))),
            (13, Number(text("100000"))),
            (14, NumberWithMore(text("12A"))),
            (15, Number(text("+7"))),
            (16, Letter(text("AB"))),
            (16, Addition(text("één"))),
            (16, Postcode(text("0101LA"))),
            (16, Floor(text("bg"))),
            (17, Empty(Column::Postcode)),
            (18, Unreadable(Column::Complex)),
            (19, NoNumber),
            (19, Empty(Column::Part)),
        ]
    );
}

#[test]
fn the_code_and_the_year_are_checked() {
    let mut wrong = cells(&DOORS[..4]);
    wrong[1].set(Column::Year, "2024");
    wrong[2].set(Column::Code, "03630000");
    wrong[2].set(Column::Year, "2099");
    wrong[3].set(Column::Code, "WK036300");
    wrong[3].set(Column::Year, "");
    let told: Vec<(u64, Fault)> = read(&wrong, THIS_YEAR).1.into_iter().map(|bad| (bad.line, bad.fault)).collect();
    assert_eq!(
        told,
        [
            (3, Fault::TwoYears(2)),
            (4, Fault::CodeWithoutBu("03630000".to_owned())),
            (4, Fault::Year("2099".to_owned(), THIS_YEAR)),
            (5, Fault::Code("WK036300".to_owned())),
            (5, Fault::Empty(Column::Year)),
        ]
    );
}

prop_compose! {
    fn line()(
        complex in prop::sample::select(vec!["", "De Linde", "de linde", "De Eik"]),
        part in prop::sample::select(vec!["", "A", "B", "Portiek A"]),
        kind in prop::sample::select(vec!["", "portiek", "galerij", "straat", "hof", "plek"]),
        street in 0_usize..3,
        number in prop::sample::select(vec!["1", "2", "3"]),
        letter in prop::sample::select(vec!["", "A"]),
        addition in prop::sample::select(vec!["", "1", "a"]),
        floor in prop::sample::select(vec!["", "0", "1"]),
    ) -> Line<'static> {
        let (street, postcode) = [("Lindestraat", "1010LA"), ("Beukstraat", "1010BA"), ("Eikplein", "1010EA")][street];
        [complex, part, kind, street, number, letter, addition, postcode, floor]
    }
}

prop_compose! {
    /// The good rows of a file.
    fn file()(lines in prop::collection::vec(line(), 0..25)) -> Vec<Row> {
        let mut cells = cells(&lines);
        loop {
            let (rows, bad) = read(&cells, THIS_YEAR);
            if bad.is_empty() {
                break rows;
            }
            cells.retain(|cells| bad.iter().all(|bad| bad.line != cells.line));
        }
    }
}

proptest! {
    #[test]
    fn importing_again_changes_nothing(files in prop::collection::vec(file(), 1..5)) {
        let mut caseload = Caseload::default();
        for rows in &files {
            import(&mut caseload, rows);
            let again = planned(&caseload, rows);
            prop_assert_eq!(&again.steps, &[]);
            let tree = tree(rows);
            prop_assert_eq!(again.same, tree.count(|_| true));
            prop_assert_eq!(standing(&caseload), again.same);
        }
    }

    #[test]
    fn any_order_of_rows_gives_the_same(first in file(), (rows, shuffled) in file().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        prop_assert_eq!(tree(&rows), tree(&shuffled));
        let mut caseload = Caseload::default();
        import(&mut caseload, &first);
        prop_assert_eq!(planned(&caseload, &rows), planned(&caseload, &shuffled));
    }

    #[test]
    fn nothing_is_deleted_and_what_the_file_has_stands_where_the_file_says(files in prop::collection::vec(file(), 1..5)) {
        let mut caseload = Caseload::default();
        for rows in &files {
            let before: Vec<PlaceId> = caseload.places.keys().copied().collect();
            import(&mut caseload, rows);
            prop_assert!(before.iter().all(|id| caseload.places.contains_key(id)));
            for row in rows {
                let here = caseload.places.values().filter(|state| {
                    let place = &state.place;
                    let alike = Place { parent: None, ..place.clone() };
                    state.hidden.is_none() && alike == row.place
                });
                let here: Vec<_> = here.collect();
                prop_assert_eq!(here.len(), 1, "{:?}", row);
                let mut around = here[0].place.parent;
                for (kind, _) in row.within.iter().rev() {
                    let state = &caseload.places[&around.unwrap()];
                    prop_assert!(state.hidden.is_none());
                    prop_assert_eq!(state.place.kind, *kind);
                    around = state.place.parent;
                }
                prop_assert_eq!(around, None);
            }
        }
    }

    #[test]
    fn a_door_that_stays_keeps_its_id(first in file(), second in file()) {
        let mut caseload = Caseload::default();
        import(&mut caseload, &first);
        let before = caseload.clone();
        import(&mut caseload, &second);
        for state in before.places.values().filter(|state| state.place.kind == PlaceKind::Door) {
            let address = &state.place.address;
            if second.iter().any(|row| row.place.kind == PlaceKind::Door && row.place.address == *address) {
                prop_assert_eq!(&caseload.places[&state.id].place.address, address);
                prop_assert!(caseload.places[&state.id].hidden.is_none());
            }
        }
    }
}
