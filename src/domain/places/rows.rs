//! All rows: each read, then looked at together.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::super::body::{Address, PlaceKind};
use super::row::{Cells, Fault, Row, read_row};
use super::tree::{address_key, name_key, path, suffix_key};

/// Something wrong, and on which line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bad {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// Reads all rows: those that are good by themselves, and everything that is wrong with any, by line.
#[must_use]
pub fn read(cells: &[Cells], this_year: u16) -> (Vec<Row>, Vec<Bad>) {
    let (mut rows, mut bad) = (Vec::with_capacity(cells.len()), Vec::new());
    for cells in cells {
        match read_row(cells, this_year) {
            Ok(row) => rows.push(row),
            Err(faults) => bad.extend(faults.into_iter().map(|fault| Bad { line: cells.line, fault })),
        }
    }
    together(&rows, &mut bad);
    // Stable: what is wrong within a row stays in the order of its columns.
    bad.sort_by_key(|one| one.line);
    (rows, bad)
}

/// What one row says against an earlier one.
fn together(rows: &[Row], bad: &mut Vec<Bad>) {
    let mut years = BTreeMap::new();
    let mut kinds = BTreeMap::new();
    let mut doors = BTreeMap::new();
    let mut postcodes = BTreeMap::new();
    let mut spots = BTreeMap::new();
    for row in rows {
        let mut wrong = |fault| bad.push(Bad { line: row.line, fault });
        let (year, first) = *years.entry(&row.code).or_insert((row.year, row.line));
        if year != row.year {
            wrong(Fault::TwoYears(first));
        }
        let path = path(row);
        for (depth, (kind, _)) in row.within.iter().enumerate() {
            let (other, first) =
                *kinds.entry((&row.code, path.get(..=depth).unwrap_or(&path).to_vec())).or_insert((*kind, row.line));
            if other != *kind {
                wrong(Fault::TwoKinds(first));
            }
        }
        let Some(address) = row.place.address.as_ref().filter(|_| row.place.kind == PlaceKind::Door) else {
            match spots.entry((&row.code, name_key(&row.place.name))) {
                Entry::Vacant(vacant) => drop(vacant.insert(row.line)),
                Entry::Occupied(first) => wrong(Fault::Twice(*first.get())),
            }
            continue;
        };
        match doors.entry((&row.code, address_key(address))) {
            Entry::Vacant(vacant) => {
                vacant.insert((path, row.line));
                let (_, first) = *postcodes.entry(postcode_key(address)).or_insert((&row.code, row.line));
                if first != row.line {
                    wrong(Fault::PostcodeElsewhere(first));
                }
            }
            Entry::Occupied(first) if first.get().0 == path => wrong(Fault::Twice(first.get().1)),
            Entry::Occupied(first) => wrong(Fault::TwoParts(first.get().1)),
        }
    }
}

/// Postcode and number are one address in the whole country.
fn postcode_key(address: &Address) -> (String, u32, (String, String)) {
    (address.postcode.clone(), address.number, suffix_key(address))
}
