//! A journal in which every text is a word that is found nowhere else, and goes with it whether the one who looks may read it.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;
use waakvlam::domain::body::{
    Address, Agreed, AgreedBy, Called, Change, Concern, Consent, Correction, Fact, Flame, Gesture, Ground, Guarded, Household,
    HowOften, Known, KnownBy, KnownKind, KnownOf, MeldcodeStep, Objection, Outcome, Party, Person, Place, PlaceKind, Referral,
    ReferralStep, Review, Rewording, Set, Settled, SettledAs, Severity, Staff, Stage, Standing, Step, Telling, Tie, Tile, Told,
    Verdict, Visit, VisitKind, Who, Withdrawal,
};
use waakvlam::domain::showing;
use waakvlam::domain::{
    Body, DeviceId, Entry, EntryId, HouseholdId, JournalId, Payload, PersonId, PlaceId, Role, Subject, UserId,
};

pub const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub const DOOR: PlaceId = PlaceId(id(0xd001));
pub const NEXT_DOOR: PlaceId = PlaceId(id(0xd002));
pub const STAIRWELL: PlaceId = PlaceId(id(0xd003));
pub const HOME: HouseholdId = HouseholdId(id(0xb001));
pub const NEIGHBOURS: HouseholdId = HouseholdId(id(0xb002));
pub const NEIGHBOUR: PersonId = PersonId(id(0xe009));
pub const JAMILA: UserId = UserId(id(0xa001));
pub const INEKE: UserId = UserId(id(0xa002));

pub fn person(at: u8) -> PersonId {
    PersonId(id(0xe000 + u128::from(at)))
}

pub fn today() -> NaiveDate {
    "2026-03-02".parse().unwrap()
}

pub fn start() -> DateTime<Utc> {
    "2026-01-05T09:00:00Z".parse().unwrap()
}

/// When a planted word may be read by the one it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum May {
    /// Never.
    Never,
    /// By who it is about, if it is about nobody else.
    Theirs,
}

/// A word that was planted.
#[derive(Clone, Debug)]
pub struct Mark {
    pub word: String,
    pub subject: Subject,
    pub may: May,
}

/// A journal in which every text is a word of its own.
#[derive(Clone, Debug, Default)]
pub struct Story {
    pub entries: Vec<Entry>,
    pub marks: Vec<Mark>,
    /// How many are known to live behind the door.
    pub persons: u8,
}

impl Story {
    pub fn mark(&mut self, subject: Subject, may: May) -> String {
        let word = format!("woord{}woord", self.marks.len());
        self.marks.push(Mark { word: word.clone(), subject, may });
        word
    }

    pub fn say(&mut self, subject: Subject, body: impl Into<Body>) -> EntryId {
        let n = self.entries.len() as u64 + 1;
        let entry = EntryId(id(0xc000 + u128::from(n)));
        let written_at = start() + TimeDelta::hours(i64::try_from(n).unwrap());
        let payload = Payload { written_at, clock_ahead_ms: None, subject, group: None, body: body.into() };
        let author = if n.is_multiple_of(3) { INEKE } else { JAMILA };
        self.entries.push(Entry {
            id: entry,
            author,
            device: DeviceId(author.0),
            n,
            seq: Some(n),
            received_at: None,
            payload: Some(payload),
        });
        entry
    }

    pub fn begin(persons: u8) -> Self {
        let mut story = Self { persons, ..Self::default() };
        for (place, kind) in [(STAIRWELL, PlaceKind::Stairwell), (DOOR, PlaceKind::Door), (NEXT_DOOR, PlaceKind::Door)] {
            let name = story.mark(Subject::Place(place), May::Never);
            let parent = (kind == PlaceKind::Door).then_some(STAIRWELL);
            let street = story.mark(Subject::Place(place), May::Never);
            let address = (kind == PlaceKind::Door).then(|| Address { street, number: 12, ..Address::default() });
            story.say(Subject::Place(place), Place { kind, name, parent, floor: None, address });
        }
        let staff = Subject::Person(PersonId(INEKE.0));
        let name = story.mark(staff, May::Never);
        story.say(staff, Staff { name, role: Role::Supervisor });
        let from = today();
        story.say(Subject::Household(HOME), Household { door: DOOR, from });
        story.say(Subject::Household(NEIGHBOURS), Household { door: NEXT_DOOR, from });
        for at in 0..persons {
            let subject = Subject::Person(person(at));
            let called = story.mark(subject, May::Theirs);
            let role = if at == 0 { Who::Resident } else { Who::Child };
            story.say(subject, Person { household: HOME, role, called });
        }
        let called = story.mark(Subject::Person(NEIGHBOUR), May::Theirs);
        story.say(Subject::Person(NEIGHBOUR), Person { household: NEIGHBOURS, role: Who::Resident, called });
        story
    }

    pub fn subject(&self, at: u8) -> Subject {
        match at % 9 {
            0..3 => Subject::Household(HOME),
            3..6 if self.persons > 0 => Subject::Person(person(at % self.persons)),
            6 => Subject::Household(NEIGHBOURS),
            7 => Subject::Person(NEIGHBOUR),
            8 => Subject::Place(DOOR),
            _ => Subject::Place(STAIRWELL),
        }
    }

    /// The latest entry of a type; a later draw may take an earlier one.
    pub fn some(&self, kind: &str, back: u8) -> Option<(EntryId, Subject)> {
        let of = self.entries.iter().rev().filter(|entry| entry.payload.as_ref().unwrap().body.kind() == kind);
        let of: Vec<_> = of.map(|entry| (entry.id, entry.payload.as_ref().unwrap().subject)).collect();
        (!of.is_empty()).then(|| of[usize::from(back) % of.len()])
    }

    pub fn visit(&mut self, subject: Subject, draw: Draw) -> Visit {
        let who = [None, Some(Who::Resident), Some(Who::Neighbour), Some(Who::Partner), Some(Who::Professional)][draw.at(5, 0)];
        let outcome = Outcome::ALL[draw.at(Outcome::ALL.len(), 3)];
        let talked = outcome == Outcome::Spoken && matches!(who, None | Some(Who::Resident));
        let may = if talked { May::Theirs } else { May::Never };
        Visit {
            who,
            facts: vec![Fact::Confused],
            note: self.mark(subject, may),
            gesture: self.mark(subject, may),
            follow_up: (draw.c.is_multiple_of(2)).then(|| today().checked_add_days(Days::new(u64::from(draw.c))).unwrap()),
            ..Visit::tile(VisitKind::ALL[draw.at(VisitKind::ALL.len(), 5)], outcome)
        }
    }

    /// A worry in other words, which may be seen where its first ones may.
    fn reworded(&mut self, of: EntryId, subject: Subject, draw: Draw) -> Body {
        let worry = self.entries.iter().find(|entry| entry.id == of).and_then(|entry| entry.payload.as_ref());
        let own = worry.is_some_and(|payload| match &payload.body {
            Body::Concern(concern) => {
                matches!(concern.known_by, KnownBy::SawIt | KnownBy::Resident)
                    && concern.told_by.is_empty()
                    && concern.tile != Tile::UnsafeHome
            }
            _ => false,
        });
        let seen = self.mark(subject, if own { May::Theirs } else { May::Never });
        let thought = self.mark(subject, May::Never);
        Rewording { of, facts: vec![Fact::ALL[draw.at(Fact::ALL.len(), 3)]], seen, thought }.into()
    }

    /// One more entry, of every type in turn.
    pub fn plant(&mut self, draw: Draw) {
        let subject = self.subject(draw.subject);
        let never = May::Never;
        match draw.kind % 24 {
            0 | 1 => {
                let visit = self.visit(subject, draw);
                self.say(subject, visit);
            }
            2..=4 => {
                let known_by = KnownBy::ALL[draw.at(KnownBy::ALL.len(), 0)];
                let tile = Tile::ALL[draw.at(Tile::ALL.len(), 2)];
                let told_by = if draw.c.is_multiple_of(3) { self.mark(subject, never) } else { String::new() };
                let own = matches!(known_by, KnownBy::SawIt | KnownBy::Resident) && told_by.is_empty();
                let may = if own && tile != Tile::UnsafeHome { May::Theirs } else { never };
                let (seen, thought, next_step) = (self.mark(subject, may), self.mark(subject, never), self.mark(subject, never));
                let facts = vec![Fact::ALL[draw.at(Fact::ALL.len(), 1)]];
                let severity = Severity::ALL[draw.at(3, 4)];
                let owner = Some(INEKE);
                let due = None;
                self.say(subject, Concern { tile, severity, facts, seen, thought, known_by, told_by, owner, next_step, due });
            }
            5 => self.of("concern", draw, |story, of, subject| {
                if draw.c % 4 == 3 {
                    return story.reworded(of, subject, draw);
                }
                let set = match draw.c % 3 {
                    0 => Set::NextStep(story.mark(subject, never)),
                    1 => Set::Standing(Standing::Closed { came_of: story.mark(subject, never) }),
                    _ => Set::Severity(Severity::Now),
                };
                Change { of, saw: vec![of], set }.into()
            }),
            6 => {
                self.of("concern", draw, |story, of, subject| Called { of, whom: story.mark(subject, never), at: start() }.into())
            }
            7 => self.of("visit", draw, |story, of, _| {
                let target = story.entries.iter().find(|entry| entry.id == of).unwrap();
                let subject = target.payload.as_ref().unwrap().subject;
                Correction { of, visit: story.visit(subject, draw) }.into()
            }),
            8 => {
                let target = ["visit", "concern", "gesture", "consent", "known", "objection"][draw.at(6, 0)];
                self.of(target, draw, |_, of, _| Withdrawal { of }.into());
            }
            9 => self.of("visit", draw, |story, of, subject| {
                Review { of, verdict: Verdict::Question(story.mark(subject, never)) }.into()
            }),
            10 => {
                let what = KnownKind::ALL[draw.at(KnownKind::ALL.len(), 0)];
                let may = if matches!(what.of(), KnownOf::Safety | KnownOf::Emergency) { never } else { May::Theirs };
                let text = self.mark(subject, may);
                let until = (draw.c > 200).then(|| today().checked_sub_days(Days::new(1)).unwrap());
                self.say(subject, Known { what, text, until, agreed: true });
            }
            11 => {
                let why = self.mark(subject, never);
                self.say(subject, Told { how: Telling::ALL[draw.at(3, 0)], why });
            }
            12 => self.of(["visit", "gesture", "known"][draw.at(3, 0)], draw, |story, of, subject| {
                let how = SettledAs::ALL[draw.at(4, 2)];
                Settled { of, how, text: story.mark(subject, never), until: None }.into()
            }),
            13 => {
                let what = self.mark(subject, May::Theirs);
                self.say(subject, Gesture { what });
            }
            14 => {
                let what = self.mark(subject, never);
                self.say(subject, Tie { what, willing: true });
            }
            15 | 16 => {
                let party = Party::ALL[draw.at(Party::ALL.len(), 1)];
                let Some((of, _)) = self.some("concern", draw.c) else { return };
                let concern = self.entries.iter().find(|entry| entry.id == of).unwrap().payload.clone().unwrap();
                let Body::Concern(concern_body) = concern.body else { return };
                let by = AgreedBy::ALL[draw.at(3, 2)];
                let open = matches!(concern_body.known_by, KnownBy::SawIt | KnownBy::Resident)
                    && concern_body.told_by.is_empty()
                    && concern_body.tile != Tile::UnsafeHome
                    && by == AgreedBy::Resident
                    && !showing::is_guarded(party);
                let agreed = (!draw.c.is_multiple_of(4)).then(|| Agreed {
                    by,
                    word: self.mark(concern.subject, if open { May::Theirs } else { never }),
                    on: today(),
                    interpreter: self.mark(concern.subject, never),
                });
                let may = if open && agreed.is_some() { May::Theirs } else { never };
                let shared = self.mark(concern.subject, may);
                let ground = agreed.is_none().then_some(Ground::VitalInterest);
                self.say(concern.subject, Referral { of, party, shared, agreed, ground });
            }
            17 => self.of("referral", draw, |story, of, subject| {
                let stage = Stage::ALL[draw.at(Stage::ALL.len(), 0)];
                ReferralStep { of, stage, text: story.mark(subject, never), weeks: Some(6) }.into()
            }),
            18 => {
                let (party, by) = (Party::ALL[draw.at(Party::ALL.len(), 0)], AgreedBy::ALL[draw.at(3, 1)]);
                let own = by == AgreedBy::Resident && !showing::is_guarded(party);
                let word = self.mark(subject, if own { May::Theirs } else { never });
                let agreed = Agreed { by, word, on: today(), interpreter: self.mark(subject, never) };
                self.say(subject, Consent { party, given: draw.c.is_multiple_of(2), agreed });
            }
            19 => {
                let Some((of, _)) = self.some(["visit", "concern", "household"][draw.at(3, 0)], draw.c) else { return };
                let word = self.mark(subject, May::Theirs);
                self.say(subject, Objection { of, word });
            }
            20 => {
                self.say(subject, Guarded { journal: JournalId(id(0xf001)), lead: INEKE, runs: true });
            }
            21 => self.of("concern", draw, |story, of, subject| {
                MeldcodeStep { of, step: Step::Weigh, text: story.mark(subject, never) }.into()
            }),
            22 => {
                self.say(subject, Flame { how_often: HowOften::ALL[draw.at(4, 0)], saw: Vec::new() });
            }
            _ => {
                let text = format!("{{\"text\":\"{}\"}}", self.mark(subject, never));
                self.say(subject, Body::Unknown { kind: "meldcode_report".to_owned(), text });
            }
        }
    }

    /// An entry that is about another, with the same subject as that one.
    pub fn of(&mut self, kind: &str, draw: Draw, body: impl FnOnce(&mut Self, EntryId, Subject) -> Body) {
        if let Some((of, subject)) = self.some(kind, draw.b) {
            let body = body(self, of, subject);
            self.say(subject, body);
        }
    }
}

/// What is drawn for one entry.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    pub subject: u8,
    pub kind: u8,
    pub a: u8,
    pub b: u8,
    pub c: u8,
}

impl Draw {
    /// A number below `of`, another for each `salt`.
    pub fn at(self, of: usize, salt: u8) -> usize {
        let mixed = u32::from(self.a) * 31 + u32::from(self.b) * 7 + u32::from(salt) * (1 + u32::from(self.c));
        mixed as usize % of
    }
}
