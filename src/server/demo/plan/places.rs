//! The neighbourhood as it is built: 4 complexes, 12 stairwells, 240 doors, 2 spots.

use chrono::{DateTime, Utc};

use super::AuthorRef;
use super::book::Book;
use crate::domain::body::{Address, Place, PlaceKind};
use crate::domain::{PlaceId, Subject};
use crate::server::demo::texts;

/// Doors behind one entrance.
const DOORS: u32 = 20;

/// Where everything is.
pub struct Layout {
    /// The stairwells, galleries and courtyards, each with its doors.
    pub entrances: Vec<(PlaceId, Vec<PlaceId>)>,
    /// The square.
    pub square: PlaceId,
    /// The neighbourhood room.
    pub room: PlaceId,
}

/// Writes the places as the server does when it imports them.
pub fn build(book: &mut Book, at: DateTime<Utc>) -> Layout {
    let mut entrances = Vec::new();
    for (index, (name, street, opens_on)) in (0_u32..).zip(texts::COMPLEXES) {
        let complex = place(book, at, PlaceKind::Complex, name, None, None, None);
        for part in 0..3 {
            let (kind, part_name, floor) = match *opens_on {
                "galerij" => (PlaceKind::Gallery, format!("Galerij {}", part + 1), i16::try_from(part + 1).ok()),
                "hof" => (PlaceKind::Courtyard, ["Voorhof", "Middenhof", "Achterhof"][part as usize].to_owned(), None),
                _ if index == 0 => (PlaceKind::Stairwell, format!("Portiek {}", ["A", "B", "C"][part as usize]), None),
                _ => (PlaceKind::Stairwell, format!("Portiek {}–{}", part * 10 + 2, part * 10 + 10), None),
            };
            let entrance = place(book, at, kind, &part_name, Some(complex), floor, None);
            let doors = (0..DOORS)
                .map(|door| {
                    let (number, letter, addition, floor) = number_of(index, part, door);
                    let name = if addition.is_empty() { format!("{number}{letter}") } else { format!("{number}-{addition}") };
                    let address = Address {
                        street: (*street).to_owned(),
                        number,
                        letter: letter.to_owned(),
                        addition: addition.to_owned(),
                        postcode: format!("1010{}{}", ["L", "K", "W", "M"][index as usize], ["A", "B", "C"][part as usize]),
                    };
                    place(book, at, PlaceKind::Door, &name, Some(entrance), Some(floor), Some(address))
                })
                .collect();
            entrances.push((entrance, doors));
        }
    }
    let square = place(book, at, PlaceKind::Spot, texts::SPOTS[0], None, None, None);
    let room = place(book, at, PlaceKind::Spot, texts::SPOTS[1], None, None, None);
    Layout { entrances, square, room }
}

/// Number, letter, addition and floor: each complex numbers its doors in its own way, as in a real town.
fn number_of(complex: u32, part: u32, door: u32) -> (u32, &'static str, &'static str, i16) {
    let floor = |floor: u32| i16::try_from(floor).unwrap_or(0);
    match complex {
        // Numbers run on, four to a floor.
        0 => (part * DOORS + door + 1, "", "", floor(door / 4)),
        // The hundreds tell the floor.
        1 => ((part + 1) * 100 + door + 1, "", "", floor(part + 1)),
        // Even numbers, each with a ground floor and three floors.
        2 => (part * 10 + (door / 4) * 2 + 2, "", ["hs", "1", "2", "3"][(door % 4) as usize], floor(door % 4)),
        // A below, B above.
        _ => (part * 10 + door / 2 + 1, ["A", "B"][(door % 2) as usize], "", floor(door % 2)),
    }
}

fn place(
    book: &mut Book,
    at: DateTime<Utc>,
    kind: PlaceKind,
    name: &str,
    parent: Option<PlaceId>,
    floor: Option<i16>,
    address: Option<Address>,
) -> PlaceId {
    let id = PlaceId(book.id());
    book.write(AuthorRef::Server, at, Subject::Place(id), Place { kind, name: name.to_owned(), parent, floor, address });
    id
}
