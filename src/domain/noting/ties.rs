//! Neighbours brought together: both were asked, both are willing, one entry on each side, and neither names the other.

use chrono::NaiveDate;

use super::{Begun, LONGEST_TEXT, about};
use crate::domain::body::{Body, Tie};
use crate::domain::caseload::Caseload;
use crate::domain::entry::Subject;
use crate::domain::ids::{HouseholdId, PlaceId};

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtTie {
    /// The other door.
    Other,
    /// What for.
    What,
    /// Whether this side is willing.
    ThisSide,
    /// Whether the other side is.
    OtherSide,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongTie {
    /// Nothing was chosen or filled in.
    Empty,
    /// Nobody ties a door to itself.
    SameDoor,
    /// This side was not asked, or is not willing.
    NotWilling,
    /// The words name a door: the other side would stand in this one's record.
    NamesDoor,
    /// The text is too long.
    TooLong,
}

/// What is wrong with a tie between two doors.
#[must_use]
pub fn check_tie(
    caseload: &Caseload,
    place: PlaceId,
    other: Option<PlaceId>,
    what: &str,
    willing: [bool; 2],
) -> Vec<(AtTie, WrongTie)> {
    let mut wrong = Vec::new();
    match other {
        None => wrong.push((AtTie::Other, WrongTie::Empty)),
        Some(other) if other == place => wrong.push((AtTie::Other, WrongTie::SameDoor)),
        Some(_) => {}
    }
    if what.trim().is_empty() {
        wrong.push((AtTie::What, WrongTie::Empty));
    } else if what.chars().count() > LONGEST_TEXT {
        wrong.push((AtTie::What, WrongTie::TooLong));
    } else if [Some(place), other].into_iter().flatten().any(|place| names(caseload, place, what)) {
        wrong.push((AtTie::What, WrongTie::NamesDoor));
    }
    for (at, willing) in [AtTie::ThisSide, AtTie::OtherSide].into_iter().zip(willing) {
        if !willing {
            wrong.push((at, WrongTie::NotWilling));
        }
    }
    wrong
}

/// Whether a text names a door, its house number as a word of its own, or somebody who lives there.
fn names(caseload: &Caseload, place: PlaceId, text: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let text = words(text);
    let stands = |name: &str| {
        let name = words(name);
        !name.is_empty() && text.windows(name.len()).any(|here| here == name)
    };
    let address = caseload.places.get(&place).and_then(|state| state.place.address.as_ref());
    let called = caseload.household_at(place).into_iter().flat_map(|household| &household.persons);
    let mut called = called.filter_map(|person| caseload.persons.get(person)).map(|person| person.person.called.as_str());
    stands(&caseload.place_name(place))
        || address.is_some_and(|address| stands(&format!("nummer {}{}", address.number, address.letter)))
        || called.any(stands)
}

/// The entries that say: these two were brought together. `new` are used where a household begins with it.
#[must_use]
pub fn tie(caseload: &Caseload, doors: [Begun; 2], what: &str, today: NaiveDate, new: [HouseholdId; 2]) -> Vec<(Subject, Body)> {
    let mut bodies = Vec::new();
    for (door, new) in doors.into_iter().zip(new) {
        let (subject, begins) = about(caseload, door, true, today, new);
        let tie = Tie { what: what.trim().to_owned(), willing: true };
        bodies.extend(begins.into_iter().chain([tie.into()]).map(|body| (subject, body)));
    }
    bodies
}
