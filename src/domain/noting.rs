//! From what a worker means to the entries that say it, and what is wrong with it before it is saved.

use chrono::{Days, NaiveDate};

use super::body::{Body, Concern, Gesture, Household, Outcome, PlaceKind, Visit, VisitKind};
use super::caseload::Caseload;
use super::entry::Subject;
use super::ids::{HouseholdId, PersonId, PlaceId};

mod meanwhile;
mod ties;

pub use meanwhile::{Begun, Meanwhile, meanwhile};
pub use ties::{AtTie, WrongTie, check_tie, tie};

/// A note longer than this is refused with a clear word; it would not fit on anybody's screen.
pub const LONGEST_TEXT: usize = 20_000;
/// How many days back a contact may have been ("gisteren vergeten", a week of illness).
pub const LONGEST_BACK_DAYS: u64 = 31;
/// How far ahead a promise may lie.
pub const LONGEST_AHEAD_DAYS: u64 = 366;

/// What is wrong with a form; the screen says it in the reader's language, above the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was filled in at all.
    Empty,
    /// The text is too long.
    TooLong,
    /// The day of the contact lies ahead.
    InFuture,
    /// The day of the contact is long ago.
    LongAgo,
    /// The promise lies in the past.
    InPast,
    /// The promise lies too far ahead.
    TooFarAhead,
    /// Nothing was seen or ticked.
    NothingSeen,
}

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The note, or what was seen.
    Text,
    /// What is thought.
    Thought,
    /// The day of the contact.
    HappenedOn,
    /// The promise, or the date of the next step.
    FollowUp,
    /// The small gesture, or the next step.
    Gesture,
    /// Who told.
    ToldBy,
}

/// What the fact is about: who lives there if we know them, and a household begins with the first contact
/// in which somebody was met or worried about; before that there is no record of people, only of a door.
fn about(caseload: &Caseload, begun: Begun, people: bool, today: NaiveDate, new: HouseholdId) -> (Subject, Option<Body>) {
    let place = match meanwhile(caseload, begun) {
        // They moved or died while somebody was writing about them: it stays about them, never about who comes next.
        Some(Meanwhile::Ended(household, _)) => return (Subject::Household(household), None),
        Some(Meanwhile::Replaced(successor)) => successor,
        _ => begun.place,
    };
    if let Some(household) = begun.household.filter(|id| caseload.households.contains_key(id)) {
        return (Subject::Household(household), None);
    }
    let is_door = caseload.places.get(&place).is_some_and(|state| state.place.kind == PlaceKind::Door);
    match caseload.household_at(place) {
        Some(household) => (Subject::Household(household.id), None),
        None if is_door && people => (Subject::Household(new), Some(Household { door: place, from: today }.into())),
        None => (Subject::Place(place), None),
    }
}

/// The entries that say: there was this contact at this place. `new` is used if a household begins with it.
#[must_use]
pub fn contact(caseload: &Caseload, place: PlaceId, visit: Visit, today: NaiveDate, new: HouseholdId) -> Vec<(Subject, Body)> {
    contact_begun(caseload, Begun { place, household: None }, visit, today, new)
}

/// The same from a form that was begun about this.
#[must_use]
pub fn contact_begun(
    caseload: &Caseload,
    begun: Begun,
    visit: Visit,
    today: NaiveDate,
    new: HouseholdId,
) -> Vec<(Subject, Body)> {
    let met = matches!(visit.outcome, Outcome::Spoken) || visit.follow_up.is_some();
    let (subject, begins) = about(caseload, begun, met, today, new);
    begins.into_iter().chain([visit.into()]).map(|body| (subject, body)).collect()
}

/// What the other doors of one round are told of a contact: how it was and when, and no word of what was said behind the first.
#[must_use]
pub fn at_another_door(visit: &Visit) -> Visit {
    Visit { colleague: visit.colleague, happened_on: visit.happened_on, ..Visit::tile(visit.kind, visit.outcome) }
}

/// The doors of the same stairwell, street or gallery, without this one.
#[must_use]
pub fn doors_beside(caseload: &Caseload, place: PlaceId) -> Vec<PlaceId> {
    let Some(parent) = caseload.places.get(&place).and_then(|state| state.place.parent) else { return Vec::new() };
    let doors =
        caseload.parts_of(Some(parent)).into_iter().filter(|state| state.place.kind == PlaceKind::Door && state.id != place);
    doors.map(|state| state.id).filter(|door| !caseload.no_contact.contains_key(door)).collect()
}

/// The entries that say: I worry about who lives here. On anything but a door it is about the place.
#[must_use]
pub fn concern(
    caseload: &Caseload,
    place: PlaceId,
    concern: Concern,
    today: NaiveDate,
    new: HouseholdId,
) -> Vec<(Subject, Body)> {
    concern_begun(caseload, Begun { place, household: None }, Whom::Household, concern, today, new)
}

/// Whom a worry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Who lives here.
    Household,
    /// One of them.
    Person(PersonId),
    /// Somebody else: nobody of this door. It stands with the stairwell.
    SomebodyElse,
}

/// The same from a form that was begun about this.
#[must_use]
pub fn concern_begun(
    caseload: &Caseload,
    begun: Begun,
    whom: Whom,
    concern: Concern,
    today: NaiveDate,
    new: HouseholdId,
) -> Vec<(Subject, Body)> {
    match whom {
        Whom::Person(person) if caseload.persons.contains_key(&person) => vec![(Subject::Person(person), concern.into())],
        Whom::SomebodyElse => vec![(Subject::Place(building_at(caseload, begun.place)), concern.into())],
        Whom::Household | Whom::Person(_) => {
            let (subject, begins) = about(caseload, begun, true, today, new);
            begins.into_iter().chain([concern.into()]).map(|body| (subject, body)).collect()
        }
    }
}

/// The entries that say: this small thing was done for who lives here.
#[must_use]
pub fn gesture(caseload: &Caseload, begun: Begun, what: String, today: NaiveDate, new: HouseholdId) -> Vec<(Subject, Body)> {
    let (subject, begins) = about(caseload, begun, true, today, new);
    begins.into_iter().chain([Gesture { what }.into()]).map(|body| (subject, body)).collect()
}

/// Where something about the building is noted: at a door it belongs to what the door is part of, so that it never stands
/// with who lives there.
#[must_use]
pub fn building_at(caseload: &Caseload, place: PlaceId) -> PlaceId {
    let door = caseload.places.get(&place).filter(|state| state.place.kind == PlaceKind::Door);
    door.and_then(|state| state.place.parent).unwrap_or(place)
}

/// What is wrong with a contact.
#[must_use]
pub fn check_visit(visit: &Visit, today: NaiveDate) -> Vec<(Field, Wrong)> {
    let mut wrong = Vec::new();
    too_long(&mut wrong, Field::Text, &visit.note);
    too_long(&mut wrong, Field::Gesture, &visit.gesture);
    if let Some(day) = visit.happened_on {
        if day > today {
            wrong.push((Field::HappenedOn, Wrong::InFuture));
        } else if day < today.checked_sub_days(Days::new(LONGEST_BACK_DAYS)).unwrap_or(today) {
            wrong.push((Field::HappenedOn, Wrong::LongAgo));
        }
    }
    ahead(&mut wrong, visit.follow_up, today);
    wrong
}

/// What is wrong with a concern.
#[must_use]
pub fn check_concern(concern: &Concern, today: NaiveDate) -> Vec<(Field, Wrong)> {
    let mut wrong = Vec::new();
    if concern.seen.trim().is_empty() && concern.facts.is_empty() {
        wrong.push((Field::Text, Wrong::NothingSeen));
    }
    too_long(&mut wrong, Field::Text, &concern.seen);
    too_long(&mut wrong, Field::Thought, &concern.thought);
    too_long(&mut wrong, Field::Gesture, &concern.next_step);
    too_long(&mut wrong, Field::ToldBy, &concern.told_by);
    ahead(&mut wrong, concern.due, today);
    wrong
}

fn too_long(wrong: &mut Vec<(Field, Wrong)>, field: Field, text: &str) {
    if text.chars().count() > LONGEST_TEXT {
        wrong.push((field, Wrong::TooLong));
    }
}

fn ahead(wrong: &mut Vec<(Field, Wrong)>, day: Option<NaiveDate>, today: NaiveDate) {
    let Some(day) = day else { return };
    if day < today {
        wrong.push((Field::FollowUp, Wrong::InPast));
    } else if day > today.checked_add_days(Days::new(LONGEST_AHEAD_DAYS)).unwrap_or(day) {
        wrong.push((Field::FollowUp, Wrong::TooFarAhead));
    }
}

/// The tiles of "Snel noteren", most used first.
pub const TILES: [(VisitKind, Outcome); 7] = [
    (VisitKind::Coffee, Outcome::Spoken),
    (VisitKind::Rang, Outcome::NotHome),
    (VisitKind::StairwellTalk, Outcome::Spoken),
    (VisitKind::Phone, Outcome::Spoken),
    (VisitKind::Rang, Outcome::StayedShut),
    (VisitKind::Rang, Outcome::Waved),
    (VisitKind::Rang, Outcome::NoteLeft),
];

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "noting/tests.rs"]
mod tests;
