//! The office's side of the story: the intake rules over a list, and the real storage over SQLite.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use waakvlam::domain::body::{Address, Place, PlaceKind};
use waakvlam::domain::rights::Target;
use waakvlam::domain::{DeviceId, Entry, EntryId, JournalId, JournalKind, Payload, PlaceId, Role, Subject, UserId};
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::held::Cursor;
use waakvlam::sync::intake::{self, Found, Verdict};
use waakvlam::sync::wire::{Line, Outcome, Page, PullAnswer, PushAnswer, PushResult, StoredEntry};

use super::phone::read;

pub trait Office {
    fn journal(&self) -> JournalId;
    fn places(&self) -> Vec<PlaceId>;
    fn enrol(&self, user: UserId, role: Role, device: DeviceId);
    fn push(&self, user: UserId, device: DeviceId, records: &[(u64, Vec<u8>)]) -> PushAnswer;
    fn pull(&self, cursor: Option<Cursor>) -> PullAnswer;
    /// Every line of the journal.
    fn all(&self) -> Vec<StoredEntry>;
    /// How many lines the office wrote itself.
    fn own(&self) -> usize;

    fn lines(&self) -> Vec<EntryId> {
        self.all().iter().map(|entry| entry.id).collect()
    }

    fn entries(&self) -> Vec<Entry> {
        self.all().iter().map(read).collect()
    }
}

/// Small pages, so that a pull takes several and can be cut in between.
const PAGE: usize = 7;

pub fn doors() -> Vec<(EntryId, PlaceId, Payload)> {
    (1..=4_u32)
        .map(|number| {
            let id = PlaceId(Uuid::from_u128(0x300 + u128::from(number)));
            let address = Address { street: "Lindestraat".to_owned(), number, ..Address::default() };
            let place =
                Place { kind: PlaceKind::Door, name: number.to_string(), parent: None, floor: Some(0), address: Some(address) };
            let payload = Payload {
                written_at: DateTime::UNIX_EPOCH,
                clock_ahead_ms: None,
                subject: Subject::Place(id),
                group: None,
                body: place.into(),
            };
            (EntryId(Uuid::from_u128(0x400 + u128::from(number))), id, payload)
        })
        .collect()
}

/// The rules over a list in memory.
pub struct MemoryOffice {
    lines: RefCell<Vec<(StoredEntry, Bytes32)>>,
    people: RefCell<Vec<(UserId, Role)>>,
    forgetful: bool,
}

impl MemoryOffice {
    pub fn new() -> Self {
        let office = Self { lines: RefCell::default(), people: RefCell::default(), forgetful: false };
        for (id, _, payload) in doors() {
            office.store(UserId(Uuid::nil()), DeviceId(Uuid::nil()), 0, id, Bytes32::default(), payload.write().unwrap());
        }
        office
    }

    /// A planted bug: acknowledges what it does not keep.
    pub fn forgetful() -> Self {
        Self { forgetful: true, ..Self::new() }
    }

    fn store(
        &self,
        author: UserId,
        device: DeviceId,
        n: u64,
        id: EntryId,
        salt: Bytes32,
        payload: Box<serde_json::value::RawValue>,
    ) -> u64 {
        let mut lines = self.lines.borrow_mut();
        let seq = lines.len() as u64 + 1;
        let before = lines.last().map_or(chain::START, |(_, chain)| *chain);
        let link = chain::next(&before, seq, id, author, &chain::commitment(&salt, payload.get()));
        let received_at = DateTime::<Utc>::UNIX_EPOCH;
        let receipt = Bytes32::default();
        lines.push((StoredEntry { seq, id, author, device, n, received_at, salt, receipt, payload }, link));
        seq
    }
}

impl Office for MemoryOffice {
    fn journal(&self) -> JournalId {
        JournalId(Uuid::from_u128(1))
    }

    fn places(&self) -> Vec<PlaceId> {
        doors().iter().map(|(_, place, _)| *place).collect()
    }

    fn enrol(&self, user: UserId, role: Role, _: DeviceId) {
        self.people.borrow_mut().push((user, role));
    }

    fn push(&self, user: UserId, device: DeviceId, records: &[(u64, Vec<u8>)]) -> PushAnswer {
        let role = self.people.borrow().iter().find(|(known, _)| *known == user).map(|(_, role)| *role);
        let results = records.iter().map(|(n, bytes)| {
            let opened = match intake::open(*n, bytes) {
                Ok(opened) => opened,
                Err(reason) => return PushResult { n: *n, outcome: Outcome::Quarantined { reason } },
            };
            let found = {
                let lines = self.lines.borrow();
                let by_id = |id| lines.iter().map(|(line, _)| line).find(|line| line.id == id);
                Found {
                    same_id: by_id(opened.written.id).map(|line| (line.seq, chain::commitment(&line.salt, line.payload.get()))),
                    id_elsewhere: false,
                    same_n: lines.iter().any(|(line, _)| line.device == device && line.n == *n),
                    target: opened.target().and_then(by_id).map(|line| Target {
                        author: line.author,
                        kind: Payload::parse(line.payload.get()).unwrap().body.kind().to_owned(),
                    }),
                }
            };
            let outcome = match intake::judge(user, role, JournalKind::Neighbourhood, &opened, &found) {
                Verdict::Known(seq) => Outcome::Stored { seq, receipt: Bytes32::default(), cloned: false },
                Verdict::Quarantine(reason) => Outcome::Quarantined { reason },
                Verdict::Store { cloned } => {
                    let written = opened.written;
                    let seq = self.store(user, device, *n, written.id, written.salt, written.payload);
                    if self.forgetful {
                        self.lines.borrow_mut().pop();
                    }
                    Outcome::Stored { seq, receipt: Bytes32::default(), cloned }
                }
            };
            PushResult { n: *n, outcome }
        });
        PushAnswer { results: results.collect() }
    }

    fn pull(&self, cursor: Option<Cursor>) -> PullAnswer {
        let lines = self.lines.borrow();
        let after = usize::try_from(cursor.map_or(0, |cursor| cursor.seq)).unwrap();
        let page: Vec<_> = lines.iter().skip(after).take(PAGE).collect();
        let chain = page.last().map_or_else(|| cursor.map_or(chain::START, |cursor| cursor.chain), |(_, chain)| *chain);
        let lines_out = page.iter().map(|(line, _)| Line::Entry(Box::new(line.clone()))).collect();
        PullAnswer::Page(Page { epoch: Uuid::nil(), head: lines.len() as u64, chain, lines: lines_out })
    }

    fn all(&self) -> Vec<StoredEntry> {
        self.lines.borrow().iter().map(|(line, _)| line.clone()).collect()
    }

    fn own(&self) -> usize {
        doors().len()
    }
}
