//! What it helps to know before ringing, who lives there, and when they left: from what a worker means to the entries that say it,
//! and what is wrong with it before it is saved. In the manner of [`super::noting`].

use chrono::{Days, Months, NaiveDate};

use super::body::{Ending, Household, HouseholdEnded, Known, KnownKind, KnownOf, Person, Who};
use super::caseload::{Caseload, HouseholdState};
use super::entry::{Entry, Subject};
use super::ids::{HouseholdId, PersonId, PlaceId};
use super::noting::LONGEST_AHEAD_DAYS;
use super::{Body, EntryId};

/// What helps to know is a line or two: more does not fit above a bell.
pub const LONGEST: usize = 1_000;
/// A name is shorter.
pub const LONGEST_NAME: usize = 100;
/// So far ahead "veilig werken" may end; then somebody looks again whether it is still so (FIELD).
pub const SAFETY_MONTHS: u32 = 3;
/// From so many digits on a number looks like a code.
const CODE: usize = 4;
/// From so many digits on it is a phone number.
const PHONE: usize = 9;
/// Words beside which even three digits are a code.
const CODE_WORDS: [&str; 5] = ["code", "pin", "kluis", "kastje", "cijfer"];

/// A field of these forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What is known, in words.
    Text,
    /// The last day, or the day on which they left.
    Day,
    /// Whether they agree.
    Agreed,
    /// What somebody is called.
    Called,
}

/// What is wrong with a field; the screen says it in the reader's language, above the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// Words are needed here.
    Empty,
    /// The text is too long.
    TooLong,
    /// A number that looks like a code: it opens a door for whoever finds this phone.
    Code,
    /// A day is needed.
    NoDay,
    /// The day is over.
    InPast,
    /// The day lies too far ahead.
    TooFarAhead,
    /// The day has not come yet.
    InFuture,
    /// The day lies before we knew them.
    BeforeBegin,
    /// Who it is about has to agree.
    NotAgreed,
}

/// Whether words are needed. "Hond" says enough.
#[must_use]
pub fn needs_text(what: KnownKind) -> bool {
    !matches!(what, KnownKind::BackDoor | KnownKind::Dog | KnownKind::Away)
}

/// Whether a last day is needed.
#[must_use]
pub fn needs_day(what: KnownKind) -> bool {
    matches!(what.of(), KnownOf::Away | KnownOf::Safety)
}

/// The last day that "veilig werken" may have, noted today.
#[must_use]
pub fn safety_until(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(SAFETY_MONTHS)).unwrap_or(today)
}

/// What is wrong with something to know, each field once.
#[must_use]
pub fn check(known: &Known, today: NaiveDate) -> Vec<(Field, Wrong)> {
    let mut wrong = Vec::new();
    let text = known.text.trim();
    if text.is_empty() {
        if needs_text(known.what) {
            wrong.push((Field::Text, Wrong::Empty));
        }
    } else if text.chars().count() > LONGEST {
        wrong.push((Field::Text, Wrong::TooLong));
    } else if says_code(text, known.what) {
        wrong.push((Field::Text, Wrong::Code));
    }
    match known.until {
        None if needs_day(known.what) => wrong.push((Field::Day, Wrong::NoDay)),
        Some(day) if day < today => wrong.push((Field::Day, Wrong::InPast)),
        Some(day) if day > last_day(known.what, today) => wrong.push((Field::Day, Wrong::TooFarAhead)),
        _ => {}
    }
    if known.what.needs_agreement() && !known.agreed {
        wrong.push((Field::Agreed, Wrong::NotAgreed));
    }
    wrong
}

fn last_day(what: KnownKind, today: NaiveDate) -> NaiveDate {
    match what.of() {
        KnownOf::Safety => safety_until(today),
        _ => today.checked_add_days(Days::new(LONGEST_AHEAD_DAYS)).unwrap_or(today),
    }
}

/// Whether a text holds what looks like a code: beside a word for one any three digits, and where it is about a key any four, up to
/// what is long enough for a phone number. Spaces and marks between digits hide nothing.
fn says_code(text: &str, what: KnownKind) -> bool {
    let lower = text.to_lowercase();
    let least = if CODE_WORDS.iter().any(|word| lower.contains(word)) {
        CODE - 1
    } else if what == KnownKind::HasKey {
        CODE
    } else {
        return false;
    };
    runs(text).into_iter().any(|digits| (least..PHONE).contains(&digits))
}

/// How many digits stand together, in any writing; marks and a space between two digits do not part them.
fn runs(text: &str) -> Vec<usize> {
    let (mut runs, mut digits, mut between) = (Vec::new(), 0, 0);
    for char in text.chars() {
        if char.is_numeric() {
            digits += 1;
            between = 0;
        } else if digits > 0 && between < 2 && !char.is_alphabetic() {
            between += 1;
        } else if digits > 0 {
            runs.push(digits);
            (digits, between) = (0, 0);
        }
    }
    runs.push(digits);
    runs
}

/// What is wrong with what somebody is called.
#[must_use]
pub fn check_called(called: &str) -> Vec<(Field, Wrong)> {
    let long = called.trim().chars().count() > LONGEST_NAME;
    long.then_some((Field::Called, Wrong::TooLong)).into_iter().collect()
}

/// What is wrong with the day on which a household ended.
#[must_use]
pub fn check_end(on: Option<NaiveDate>, household: &Household, today: NaiveDate) -> Vec<(Field, Wrong)> {
    let wrong = match on {
        None => Some(Wrong::NoDay),
        Some(day) if day > today => Some(Wrong::InFuture),
        // Who began it may have been a day ahead, at night or abroad.
        Some(day) if day < household.from.pred_opt().unwrap_or(household.from) => Some(Wrong::BeforeBegin),
        Some(_) => None,
    };
    wrong.map(|wrong| (Field::Day, wrong)).into_iter().collect()
}

/// The entries that say what it helps to know. It is about who lives there. Where nobody is known yet it is about the door, but for what only
/// somebody can have told who was spoken with: with that a household begins. `new` is used then.
#[must_use]
pub fn known(caseload: &Caseload, door: PlaceId, known: Known, today: NaiveDate, new: HouseholdId) -> Vec<(Subject, Body)> {
    let told = known.what.needs_agreement() || known.what.of() == KnownOf::Emergency;
    match caseload.household_at(door) {
        Some(household) => vec![(Subject::Household(household.id), known.into())],
        None if told => {
            let begins: Body = Household { door, from: today }.into();
            vec![(Subject::Household(new), begins), (Subject::Household(new), known.into())]
        }
        None => vec![(Subject::Place(door), known.into())],
    }
}

/// The entries that say: there is somebody, met here, whose door is not known yet.
#[must_use]
pub fn met(place: PlaceId, called: &str, today: NaiveDate, new: (HouseholdId, PersonId)) -> Vec<(Subject, Body)> {
    let (household, person) = new;
    let mut bodies: Vec<(Subject, Body)> = vec![(Subject::Household(household), Household { door: place, from: today }.into())];
    let called = called.trim();
    if !called.is_empty() {
        let somebody = Person { household, role: Who::Resident, called: called.to_owned() };
        bodies.push((Subject::Person(person), somebody.into()));
    }
    bodies
}

/// The entry that says: they do not live here any more.
#[must_use]
pub fn ended(household: HouseholdId, on: NaiveDate, why: Ending) -> (Subject, Body) {
    (Subject::Household(household), HouseholdEnded { on, why }.into())
}

/// The household that lived behind a door last and ended, where nobody is known there now.
#[must_use]
pub fn ended_at(caseload: &Caseload, door: PlaceId) -> Option<(&HouseholdState, &HouseholdEnded)> {
    if caseload.no_contact.contains_key(&door) || caseload.household_at(door).is_some() {
        return None;
    }
    let behind = caseload.households.values().filter(|state| state.household.door == door);
    let ended = behind.filter_map(|state| Some((state.as_ref(), state.ended.as_ref()?)));
    ended.max_by_key(|(state, ended)| (ended.on, state.id))
}

/// Whether what a form was begun with has changed under its writer: other people live there now, or it is known that they left.
#[must_use]
pub fn others_now(caseload: &Caseload, door: PlaceId, before: Option<HouseholdId>) -> bool {
    before.is_some_and(|before| caseload.household_at(door).map(|household| household.id) != Some(before))
}

/// "Wil geen contact" as it stands at a door.
#[must_use]
pub fn no_contact_at(caseload: &Caseload, door: PlaceId) -> Option<&Entry> {
    let by: &EntryId = caseload.no_contact.get(&door)?;
    caseload.entries.get(by).map(std::convert::AsRef::as_ref)
}
