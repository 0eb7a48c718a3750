//! The stairwell as it is: floors from top to bottom, doors from left to right, and what each door says on a day.
//!
//! What is drawn is worked out here, so that a picture can't say something else than the caseload. It says what helps before
//! ringing, and never a word that somebody wrote.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::agenda;
use super::body::{HowOften, KnownKind, KnownOf, Outcome, Place, PlaceKind, Severity};
use super::caseload::{BuildingState, Caseload, PlaceState};
use super::entry::Subject;
use super::ids::PlaceId;
use super::quarter::day_here;

/// One floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floor {
    /// Which, 0 is the ground; none where no door says it.
    pub floor: Option<i16>,
    /// Its doors, from left to right.
    pub doors: Vec<Door>,
}

/// What a door says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Which.
    pub place: PlaceId,
    /// The street, for who can't see where it stands.
    pub street: String,
    /// What stands on the door: "12", "12A", "12-hs".
    pub number: String,
    /// What there is to say.
    pub says: Says,
}

/// What there is to say of a door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// Somebody here wants to be left alone; nothing else is said.
    LeaveAlone,
    /// What helps to know before ringing.
    Helps(Helps),
}

/// What helps to know before ringing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Helps {
    /// How to work safely here.
    pub safety: Vec<KnownKind>,
    /// The last day that they are away.
    pub away: Option<NaiveDate>,
    /// How often we come by.
    pub how_often: Option<HowOften>,
    /// Nobody was spoken with for longer than that.
    pub overdue: bool,
    /// The last contact.
    pub last: Option<Last>,
    /// How many signals are open.
    pub signals: usize,
    /// The most serious of them.
    pub worst: Option<Severity>,
    /// Something delicate runs here; whom to call stands at the door.
    pub guarded: bool,
}

/// The last contact at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// On which day.
    pub on: NaiveDate,
    /// Whether somebody was spoken with; else it was tried.
    pub spoken: bool,
}

/// The floors of a stairwell, gallery, courtyard or street on a day, from top to bottom; doors without a floor come last.
#[must_use]
pub fn floors(caseload: &Caseload, stairwell: PlaceId, today: NaiveDate) -> Vec<Floor> {
    let mut floors: BTreeMap<(bool, Reverse<i16>), Vec<&PlaceState>> = BTreeMap::new();
    for state in caseload.parts_of(Some(stairwell)).into_iter().filter(|state| state.place.kind == PlaceKind::Door) {
        let floor = state.place.floor;
        floors.entry((floor.is_none(), Reverse(floor.unwrap_or_default()))).or_default().push(state);
    }
    let floors = floors.into_iter().map(|((unknown, Reverse(floor)), mut doors)| {
        doors.sort_by_cached_key(|state| order(&state.place));
        let doors = doors.into_iter().map(|state| door(caseload, state, today)).collect();
        Floor { floor: (!unknown).then_some(floor), doors }
    });
    floors.collect()
}

fn door(caseload: &Caseload, state: &PlaceState, today: NaiveDate) -> Door {
    let street = state.place.address.as_ref().map(|address| address.street.clone()).unwrap_or_default();
    Door { place: state.id, street, number: number(&state.place), says: says(caseload, state.id, today) }
}

/// What stands on a door.
#[must_use]
pub fn number(place: &Place) -> String {
    place.address.as_ref().map_or_else(
        || place.name.clone(),
        |address| {
            let addition = if address.addition.is_empty() { String::new() } else { format!("-{}", address.addition) };
            format!("{}{}{addition}", address.number, address.letter)
        },
    )
}

/// What there is to say of a door on a day.
#[must_use]
pub fn says(caseload: &Caseload, door: PlaceId, today: NaiveDate) -> Says {
    if caseload.no_contact.contains_key(&door) {
        return Says::LeaveAlone;
    }
    let known = caseload.known_at(door, today);
    let of = |group: KnownOf| known.iter().map(|(_, known)| *known).filter(move |known| known.what.of() == group);
    let mut safety: Vec<KnownKind> = of(KnownOf::Safety).map(|known| known.what).collect();
    safety.dedup();
    let visits = caseload.visits_at(door);
    let spoken = visits.iter().find(|visit| visit.visit.outcome == Outcome::Spoken).map(|visit| day_here(visit.when()));
    let last = visits.first().map(|visit| {
        let on = day_here(visit.when());
        Last { on, spoken: spoken == Some(on) }
    });
    let signals = caseload.open_concerns_at(door);
    let how_often = agenda::flame_at(caseload, door);
    let long =
        |how_often| spoken.is_none_or(|day| (today - day).num_days() >= i64::try_from(agenda::days(how_often)).unwrap_or(0));
    Says::Helps(Helps {
        safety,
        away: of(KnownOf::Away).filter_map(|known| known.until).max(),
        how_often,
        overdue: how_often.is_some_and(long),
        last,
        signals: signals.len(),
        worst: signals.first().map(|state| state.severity()),
        guarded: !caseload.guarded_at(door).is_empty(),
    })
}

/// As people count doors: by street, number, letter; then "hs" before "1", and "2" before "10". What has no address goes by its name.
fn order(place: &Place) -> (String, u32, String, Vec<(String, u32)>) {
    place.address.as_ref().map_or_else(
        || (String::new(), 0, String::new(), natural(&place.name)),
        |address| {
            let mut addition = natural(&address.addition);
            // Digits first are a floor, and stand after the words for the ground.
            if address.addition.starts_with(|char: char| char.is_ascii_digit()) {
                addition.insert(0, ("\u{10ffff}".to_owned(), 0));
            }
            (address.street.to_lowercase(), address.number, address.letter.to_lowercase(), addition)
        },
    )
}

/// The signals about a place itself that still stand, latest first: of a stairwell, a complex, a spot.
#[must_use]
pub fn about_building(caseload: &Caseload, place: PlaceId) -> Vec<&BuildingState> {
    let here = Subject::Place(place);
    let mut all: Vec<&BuildingState> = caseload
        .history
        .get(&here)
        .into_iter()
        .flatten()
        .filter_map(|id| caseload.buildings.get(id).map(Arc::as_ref))
        .filter(|state| state.withdrawn.is_none() && caseload.over(state.entry.id).is_none())
        .collect();
    all.reverse();
    all
}

/// A complex, stairwell, street or spot in the tree, with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// Its doors, and those of what is in it.
    pub doors: usize,
    /// The least and the greatest house number.
    pub numbers: Option<(u32, u32)>,
    /// Open signals at them and at the place itself.
    pub signals: usize,
    /// The most serious of them.
    pub worst: Option<Severity>,
    /// Signals about the building.
    pub building: usize,
    /// Households met here whose door is not known yet.
    pub met: usize,
}

/// A line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which place.
    pub place: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// What people call it, without what is around it.
    pub name: String,
    /// What is in it.
    pub within: Within,
}

/// What stands together: a complex with its stairwells, or all that stands on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The complex or street around; none for what stands on its own.
    pub around: Option<Part>,
    /// What is visited there: stairwells, galleries, courtyards, streets, spots; a door that stands alone.
    pub parts: Vec<Part>,
}

/// What is part of what, by name; what has lost the place around it stands on its own.
struct Index<'a> {
    caseload: &'a Caseload,
    parts: BTreeMap<Option<PlaceId>, Vec<&'a PlaceState>>,
}

impl<'a> Index<'a> {
    fn new(caseload: &'a Caseload) -> Self {
        let stands = |place: &PlaceId| caseload.places.get(place).is_some_and(|state| state.hidden.is_none());
        let mut parts: BTreeMap<Option<PlaceId>, Vec<&PlaceState>> = BTreeMap::new();
        for state in caseload.places.values().map(Arc::as_ref).filter(|state| state.hidden.is_none()) {
            parts.entry(state.place.parent.filter(stands)).or_default().push(state);
        }
        parts.values_mut().for_each(|parts| parts.sort_by_cached_key(|state| order(&state.place)));
        Self { caseload, parts }
    }

    fn of(&self, place: Option<PlaceId>) -> &[&'a PlaceState] {
        self.parts.get(&place).map_or(&[], Vec::as_slice)
    }

    fn within(&self, place: PlaceId) -> Within {
        let (caseload, mut within) = (self.caseload, Within::default());
        // Places that are each other's part, as two hurried corrections may leave them, are counted once.
        let (mut seen, mut ahead) = (BTreeSet::new(), vec![place]);
        while let Some(at) = ahead.pop() {
            let Some(state) = caseload.places.get(&at).filter(|_| seen.insert(at)) else { continue };
            if state.place.kind == PlaceKind::Door {
                within.doors += 1;
                if let Some(address) = &state.place.address {
                    let (least, greatest) = within.numbers.unwrap_or((address.number, address.number));
                    within.numbers = Some((least.min(address.number), greatest.max(address.number)));
                }
            }
            let open = caseload.open_concerns_at(at);
            within.signals += open.len();
            within.worst = within.worst.max(open.first().map(|state| state.severity()));
            within.building += about_building(caseload, at).len();
            within.met += caseload.met_at(at).len();
            ahead.extend(self.of(Some(at)).iter().map(|part| part.id));
        }
        within
    }

    fn part(&self, state: &PlaceState) -> Part {
        Part { place: state.id, kind: state.place.kind, name: called(&state.place), within: self.within(state.id) }
    }
}

/// "Portiek 2" before "Portiek 10".
fn natural(name: &str) -> Vec<(String, u32)> {
    let mut all: Vec<(String, u32)> = Vec::new();
    let (mut letters, mut digits) = (String::new(), String::new());
    for char in name.to_lowercase().chars() {
        if char.is_ascii_digit() {
            digits.push(char);
        } else {
            if !digits.is_empty() {
                all.push((std::mem::take(&mut letters), digits.parse().unwrap_or(u32::MAX)));
                digits.clear();
            }
            letters.push(char);
        }
    }
    all.push((letters, digits.parse().unwrap_or(0)));
    all
}

fn called(place: &Place) -> String {
    place.address.as_ref().filter(|_| place.kind == PlaceKind::Door).map_or_else(|| place.name.clone(), ToString::to_string)
}

/// The tree of a neighbourhood: complexes with their stairwells first, then what stands on its own, spots last.
#[must_use]
pub fn tree(caseload: &Caseload) -> Vec<Branch> {
    let index = Index::new(caseload);
    let mut branches = Vec::new();
    let (mut alone, mut spots) = (Vec::new(), Vec::new());
    for top in index.of(None) {
        let inner: Vec<_> = index.of(Some(top.id)).iter().filter(|part| part.place.kind != PlaceKind::Door).collect();
        match top.place.kind {
            PlaceKind::Spot => spots.push(index.part(top)),
            _ if inner.is_empty() => alone.push(index.part(top)),
            _ => {
                let parts = inner.into_iter().map(|part| index.part(part)).collect();
                branches.push(Branch { around: Some(index.part(top)), parts });
            }
        }
    }
    alone.extend(spots);
    if !alone.is_empty() {
        branches.push(Branch { around: None, parts: alone });
    }
    branches
}

/// What is part of a place and holds doors itself: a complex's stairwells.
#[must_use]
pub fn parts(caseload: &Caseload, place: PlaceId) -> Vec<Part> {
    let index = Index::new(caseload);
    let inner = index.of(Some(place)).iter().filter(|part| part.place.kind != PlaceKind::Door);
    inner.map(|part| index.part(part)).collect()
}

/// What is in one place.
#[must_use]
pub fn within(caseload: &Caseload, place: PlaceId) -> Within {
    Index::new(caseload).within(place)
}

/// Small letters and digits only: "Lindehof 12-2" is found by "lindehof12".
fn plain(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Doors by a piece of their street and number, at most so many, each with whether somebody is known there; the doors `near` a stairwell
/// come first, and are all that is found while nothing is asked. Those where nobody rings are left out when a door is being chosen for somebody.
#[must_use]
pub fn find(caseload: &Caseload, wanted: &str, near: Option<PlaceId>, most: usize) -> Vec<(PlaceId, String, bool)> {
    let wanted = plain(wanted);
    let mut doors: Vec<&PlaceState> = caseload
        .places
        .values()
        .map(Arc::as_ref)
        .filter(|state| state.hidden.is_none() && matches!(state.place.kind, PlaceKind::Door | PlaceKind::Spot))
        .filter(|state| near.is_none() || (state.place.kind == PlaceKind::Door && !caseload.no_contact.contains_key(&state.id)))
        .filter(|state| {
            if wanted.is_empty() {
                near.is_some() && state.place.parent == near
            } else {
                plain(&called(&state.place)).contains(&wanted)
            }
        })
        .collect();
    doors.sort_by_cached_key(|state| (near.is_some() && state.place.parent != near, order(&state.place)));
    let doors = doors.into_iter().take(most);
    doors.map(|state| (state.id, called(&state.place), caseload.household_at(state.id).is_some())).collect()
}
