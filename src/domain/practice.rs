//! The practice neighbourhood: a stairwell, a few neighbours, and a day with something of everything, laid around a given moment.
//!
//! Nobody in it exists, and the names say so. Ids are fixed: it lives on one phone, alone, for as long as somebody practises.

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use super::body::{
    Address, Body, Concern, Fact, Flame, Gesture, Household, HowOften, Known, KnownBy, KnownKind, Outcome, Person, Place,
    PlaceKind, Severity, Staff, Telling, Tile, Told, Visit, VisitKind, Who,
};
use super::entry::Subject;
use super::ids::{HouseholdId, JournalId, PersonId, PlaceId, UserId};
use super::rights::Role;

/// What it is called.
pub const NAME: &str = "Oefenbuurt";
/// Its journal.
pub const JOURNAL: JournalId = JournalId(Uuid::from_u128(0x0ef_0001));
/// Who practises.
pub const ME: UserId = UserId(Uuid::from_u128(0x0ef_0002));
/// A colleague, who noted something too.
pub const COLLEAGUE: UserId = UserId(Uuid::from_u128(0x0ef_0003));

/// One line of the practice journal, before it gets its number.
#[derive(Clone, Debug)]
pub struct Written {
    /// Who wrote it.
    pub author: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// About whom or what.
    pub subject: Subject,
    /// What it says.
    pub body: Body,
}

const fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(0x0ef_1000 + n))
}

const fn home(n: u128) -> HouseholdId {
    HouseholdId(Uuid::from_u128(0x0ef_2000 + n))
}

const COMPLEX: PlaceId = place(1);
const SPOT: PlaceId = place(2);

/// The whole journal as it stands at a moment. `today` is the day where the phone is.
#[must_use]
pub fn journal(now: DateTime<Utc>, today: NaiveDate) -> Vec<Written> {
    let mut all = Journal { now, all: Vec::new() };
    all.places();
    all.people(today);
    all.all
}

struct Journal {
    now: DateTime<Utc>,
    all: Vec<Written>,
}

impl Journal {
    fn say(&mut self, author: UserId, days_ago: u64, subject: Subject, body: impl Into<Body>) {
        let at = self.now.checked_sub_days(Days::new(days_ago)).unwrap_or(self.now);
        self.all.push(Written { author, at, subject, body: body.into() });
    }

    fn place(&mut self, id: PlaceId, kind: PlaceKind, name: &str, parent: Option<PlaceId>, number: Option<(u32, i16)>) {
        let address = number.map(|(number, _)| Address { street: "Oefenstraat".to_owned(), number, ..Address::default() });
        let place = Place { kind, name: name.to_owned(), parent, floor: number.map(|(_, floor)| floor), address };
        self.say(COLLEAGUE, 400, Subject::Place(id), place);
    }

    fn places(&mut self) {
        self.place(COMPLEX, PlaceKind::Complex, "Oefenhof", None, None);
        self.place(SPOT, PlaceKind::Spot, "Oefenplein", None, None);
        for (at, name) in [(10, "Portiek A"), (20, "Portiek B")] {
            self.place(place(at), PlaceKind::Stairwell, name, Some(COMPLEX), None);
        }
        for door in 0..12_u32 {
            let number = 2 + 2 * door;
            let stairwell = if door < 6 { place(10) } else { place(20) };
            let floor = i16::try_from((door % 6) / 2).unwrap_or_default();
            self.place(
                place(100 + u128::from(door)),
                PlaceKind::Door,
                &number.to_string(),
                Some(stairwell),
                Some((number, floor)),
            );
        }
    }

    fn household(&mut self, door: u128, days_ago: u64, today: NaiveDate, called: &str) -> Subject {
        let from = today.checked_sub_days(Days::new(days_ago)).unwrap_or(today);
        let subject = Subject::Household(home(door));
        self.say(ME, days_ago, subject, Household { door: place(100 + door), from });
        let person = Person { household: home(door), role: Who::Resident, called: called.to_owned() };
        self.say(ME, days_ago, Subject::Person(PersonId(Uuid::from_u128(0x0ef_3000 + door))), person);
        subject
    }

    fn people(&mut self, today: NaiveDate) {
        let before = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        self.say(
            ME,
            400,
            Subject::Person(PersonId(COLLEAGUE.0)),
            Staff { name: "Collega Oefening".to_owned(), role: Role::Worker },
        );

        // A promise for today, and a card that was given.
        let first = self.household(0, 60, today, "mevrouw Oefening");
        self.say(ME, 60, first, Told { how: Telling::CardGiven, why: String::new() });
        self.say(ME, 30, first, Flame { how_often: HowOften::Month, saw: Vec::new() });
        self.say(ME, 30, first, Known { what: KnownKind::Dog, text: "klein en lief".to_owned(), until: None, agreed: false });
        self.say(
            ME,
            8,
            first,
            Visit {
                who: Some(Who::Resident),
                note: "Dronk samen thee. Haar zoon is net verhuisd. Ze wil weten wanneer de buurtkamer open is.".to_owned(),
                follow_up: Some(today),
                ..Visit::tile(VisitKind::Coffee, Outcome::Spoken)
            },
        );
        self.say(ME, 8, first, Gesture { what: "Een lamp ingedraaid in de gang".to_owned() });

        // A signal that is mine and whose day has come.
        let second = self.household(3, 90, today, "meneer Voorbeeld");
        self.say(ME, 20, second, Visit::tile(VisitKind::Rang, Outcome::NotHome));
        self.say(
            ME,
            5,
            second,
            Concern {
                tile: Tile::Money,
                severity: Severity::Discuss,
                facts: vec![Fact::Reminders, Fact::MailPilesUp],
                seen: "Drie brieven met een aanmaning op tafel. Hij zei dat hij ze niet durft open te maken.".to_owned(),
                thought: "Misschien schaamt hij zich.".to_owned(),
                known_by: KnownBy::Resident,
                told_by: String::new(),
                owner: Some(ME),
                next_step: "Samen de brieven openen".to_owned(),
                due: Some(before(1)),
            },
        );

        // Somebody who is easily overlooked.
        let third = self.household(7, 200, today, "mevrouw Probeer");
        self.say(
            COLLEAGUE,
            100,
            third,
            Visit {
                who: Some(Who::Resident),
                note: "Vindt het stil sinds haar buurvrouw weg is.".to_owned(),
                ..Visit::tile(VisitKind::StairwellTalk, Outcome::Spoken)
            },
        );
        self.say(COLLEAGUE, 100, third, Flame { how_often: HowOften::Month, saw: Vec::new() });

        // And doors that nobody opened yet.
        self.say(COLLEAGUE, 3, Subject::Place(place(109)), Visit::tile(VisitKind::Rang, Outcome::NotHome));
        self.say(
            COLLEAGUE,
            2,
            Subject::Place(SPOT),
            Visit {
                heads: Some(9),
                note: "Koffie op het plein.".to_owned(),
                ..Visit::tile(VisitKind::Activity, Outcome::Spoken)
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agenda::{self, Why};
    use crate::domain::{Caseload, DeviceId, Entry, EntryId, Payload};

    #[test]
    fn a_day_of_practice_asks_something_of_everything() {
        let now: DateTime<Utc> = DateTime::from_timestamp(1_772_442_000, 0).unwrap_or_default();
        let today = now.date_naive();
        let entries = journal(now, today).into_iter().zip(1_u64..).map(|(written, n)| Entry {
            id: EntryId(Uuid::from_u128(u128::from(n))),
            author: written.author,
            device: DeviceId(ME.0),
            n,
            seq: Some(n),
            received_at: None,
            payload: Some(Payload {
                written_at: written.at,
                clock_ahead_ms: None,
                subject: written.subject,
                group: None,
                body: written.body,
            }),
        });
        let caseload = Caseload::fold(entries);
        assert!(caseload.inadmissible.is_empty() && caseload.orphans.is_empty() && caseload.unreadable.is_empty());
        assert_eq!(caseload.households.len(), 3);
        let asked: Vec<Why> = agenda::today(&caseload, &caseload.staff, ME, today).into_iter().flat_map(|due| due.why).collect();
        assert!(asked.iter().any(|why| matches!(why, Why::Promise { .. })), "{asked:?}");
        assert!(asked.iter().any(|why| matches!(why, Why::Concern(_))), "{asked:?}");
        assert!(asked.iter().any(|why| matches!(why, Why::Rhythm(_))), "{asked:?}");
    }
}
