//! From what a worker means to the entries that say it, and what is wrong with it before it is saved.

use chrono::{Days, NaiveDate};

use super::body::{Body, Concern, Household, Outcome, Visit, VisitKind};
use super::caseload::Caseload;
use super::entry::Subject;
use super::ids::{HouseholdId, PlaceId};

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
}

/// What the fact is about: who lives there if we know them, and a household begins with the first contact
/// in which somebody was met or worried about; before that there is no record of people, only of a door.
fn about(caseload: &Caseload, place: PlaceId, people: bool, today: NaiveDate, new: HouseholdId) -> (Subject, Option<Body>) {
    let is_door = caseload.places.get(&place).is_some_and(|state| state.place.kind == super::body::PlaceKind::Door);
    match caseload.household_at(place) {
        Some(household) => (Subject::Household(household.id), None),
        None if is_door && people => (Subject::Household(new), Some(Household { door: place, from: today }.into())),
        None => (Subject::Place(place), None),
    }
}

/// The entries that say: there was this contact at this place. `new` is used if a household begins with it.
#[must_use]
pub fn contact(caseload: &Caseload, place: PlaceId, visit: Visit, today: NaiveDate, new: HouseholdId) -> Vec<(Subject, Body)> {
    let met = matches!(visit.outcome, Outcome::Spoken) || visit.follow_up.is_some();
    let (subject, begins) = about(caseload, place, met, today, new);
    begins.into_iter().chain([visit.into()]).map(|body| (subject, body)).collect()
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
    let (subject, begins) = about(caseload, place, true, today, new);
    begins.into_iter().chain([concern.into()]).map(|body| (subject, body)).collect()
}

/// Where something about the building is noted: at a door it belongs to what the door is part of, so that it never stands
/// with who lives there.
#[must_use]
pub fn building_at(caseload: &Caseload, place: PlaceId) -> PlaceId {
    let door = caseload.places.get(&place).filter(|state| state.place.kind == super::body::PlaceKind::Door);
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
