//! What people write: about what they see on their screen, as the app's pages do. Each text carries a word of its own, so that it can be found.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::value::RawValue;
use waakvlam::domain::body::{
    Address, Called, Change, Concern, Correction, Flame, HowOften, KnownBy, MeldcodeStep, Outcome, Place, PlaceKind, Review, Set,
    Severity, Standing, Step, Tile, Verdict, Visit, VisitKind, Withdrawal,
};
use waakvlam::domain::guarding::File;
use waakvlam::domain::register::Register;
use waakvlam::domain::{Body, Caseload, EntryId, HouseholdId, Payload, PlaceId, Subject, UserId, noting};

use super::ctl::Ctl;

pub struct Text {
    pub payload: Payload,
    /// The word that stands in it, if it has room for one.
    pub word: Option<String>,
}

pub fn at(ms: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::milliseconds(ms)
}

fn pick<T>(ctl: &Ctl, all: impl IntoIterator<Item = T>) -> Option<T> {
    let mut all: Vec<T> = all.into_iter().collect();
    let chosen = ctl.below(all.len());
    (!all.is_empty()).then(|| all.swap_remove(chosen))
}

fn visit(word: &str) -> Visit {
    Visit { note: word.to_owned(), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) }
}

pub fn concern(ctl: &Ctl, word: &str) -> Concern {
    Concern {
        tile: Tile::Money,
        severity: Severity::ALL[ctl.below(3)],
        facts: Vec::new(),
        seen: word.to_owned(),
        thought: String::new(),
        known_by: KnownBy::SawIt,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    }
}

/// Something that a person may write, looking at this caseload.
pub fn something(ctl: &Ctl, seen: &Caseload, me: UserId, now: DateTime<Utc>) -> Vec<Text> {
    let word = format!("W{:016x}", ctl.draw());
    // Only in what was founded stands nothing that the office put there.
    if seen.places.is_empty()
        && ctl.one_in(2)
        && let Some(step) = a_step(ctl, seen, &word, now)
    {
        return vec![step];
    }
    let today = now.date_naive();
    let place = pick(ctl, seen.places.keys().copied()).unwrap_or(PlaceId(uuid::Uuid::from_u128(1)));
    let new = HouseholdId(ctl.uuid());
    let worry = || {
        let state = pick(ctl, seen.concerns.values().filter(|concern| concern.withdrawn.is_none()))?;
        Some((state, state.entry.payload.as_ref()?.subject))
    };
    let own = || {
        let state = pick(ctl, seen.visits.values().filter(|visit| visit.entry.author == me))?;
        Some((state.entry.id, state.entry.payload.as_ref()?.subject))
    };
    let change = |of: EntryId, saw, set| Body::from(Change { of, saw, set });
    let (bodies, has_word): (Option<Vec<(Subject, Body)>>, bool) = match ctl.below(20) {
        0..=6 => (None, true),
        7..=9 => (Some(noting::concern(seen, place, concern(ctl, &word), today, new)), true),
        10 => {
            let set = Set::Severity(Severity::ALL[ctl.below(3)]);
            (worry().map(|(state, subject)| vec![(subject, change(state.entry.id, state.severity.seen(), set))]), false)
        }
        11 | 12 => {
            let set = Set::NextStep(word.clone());
            (worry().map(|(state, subject)| vec![(subject, change(state.entry.id, state.next_step.seen(), set))]), true)
        }
        13 => {
            let set = Set::Standing(Standing::Closed { came_of: word.clone() });
            (worry().map(|(state, subject)| vec![(subject, change(state.entry.id, state.seen_to_close(), set))]), true)
        }
        14 => (own().map(|(of, subject)| vec![(subject, Correction { of, visit: visit(&word) }.into())]), true),
        15 => (own().map(|(of, subject)| vec![(subject, Withdrawal { of }.into())]), false),
        16 => {
            let household = seen.household_at(place);
            let how_often = HowOften::ALL[ctl.below(4)];
            let saw = |flame: &Option<Register<HowOften>>| flame.as_ref().map(Register::seen).unwrap_or_default();
            let flame = household.map(|state| (Subject::Household(state.id), Flame { how_often, saw: saw(&state.flame) }.into()));
            (flame.map(|flame| vec![flame]), false)
        }
        // Only a supervisor may; from a worker it is set apart.
        17 => {
            let verdict = Verdict::Question(word.clone());
            (worry().map(|(state, subject)| vec![(subject, Review { of: state.entry.id, verdict }.into())]), true)
        }
        18 => {
            let whom = word.clone();
            (worry().map(|(state, subject)| vec![(subject, Called { of: state.entry.id, whom, at: now }.into())]), true)
        }
        // From a newer app than the server knows.
        _ => {
            let body = Body::Unknown { kind: "from_tomorrow".to_owned(), text: format!("{{\"word\":\"{word}\"}}") };
            (Some(vec![(Subject::Place(place), body)]), true)
        }
    };
    let has_word = has_word || bodies.is_none();
    let bodies = bodies.unwrap_or_else(|| noting::contact(seen, place, visit(&word), today, new));
    let last = bodies.len() - 1;
    let text = |(i, (subject, body)): (usize, (Subject, Body))| Text {
        payload: Payload { written_at: now, clock_ahead_ms: None, subject, group: None, body },
        word: (has_word && i == last).then(|| word.clone()),
    };
    bodies.into_iter().enumerate().map(text).collect()
}

/// A step of the Meldcode, in a closed journal that was founded.
fn a_step(ctl: &Ctl, seen: &Caseload, word: &str, now: DateTime<Utc>) -> Option<Text> {
    let file = File::of(seen)?;
    let step = MeldcodeStep { of: file.concern?.entry.id, step: Step::ALL[ctl.below(Step::ALL.len())], text: word.to_owned() };
    let payload = Payload { written_at: now, clock_ahead_ms: None, subject: file.subject, group: None, body: step.into() };
    Some(Text { payload, word: Some(word.to_owned()) })
}

/// The doors that a journal begins with.
pub fn door(number: u32, id: PlaceId) -> (Box<RawValue>, String) {
    let address = Address { street: "Lindestraat".to_owned(), number, ..Address::default() };
    let place = Place { kind: PlaceKind::Door, name: number.to_string(), parent: None, floor: Some(0), address: Some(address) };
    let body = Body::from(place);
    let kind = body.kind().to_owned();
    let payload = Payload { written_at: at(0), clock_ahead_ms: None, subject: Subject::Place(id), group: None, body };
    (payload.write().unwrap(), kind)
}
