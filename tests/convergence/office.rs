//! The office's side of the story: the intake rules over a list, and the real storage over SQLite.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use waakvlam::domain::body::{Address, Place, PlaceKind};
use waakvlam::domain::rights::Target;
use waakvlam::domain::{DeviceId, Entry, EntryId, JournalId, JournalKind, Payload, PlaceId, Role, Subject, UserId};
use waakvlam::server::storage;
use waakvlam::server::subject_keys::SubjectKeys;
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
                    erased: false,
                    founds: false,
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
                Verdict::Erased => Outcome::Erased,
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
        PushAnswer { epoch: Uuid::nil(), granted: Some(true), results: results.collect() }
    }

    fn pull(&self, cursor: Option<Cursor>) -> PullAnswer {
        let lines = self.lines.borrow();
        let after = usize::try_from(cursor.map_or(0, |cursor| cursor.seq)).unwrap();
        let page: Vec<_> = lines.iter().skip(after).take(PAGE).collect();
        let chain = page.last().map_or_else(|| cursor.map_or(chain::START, |cursor| cursor.chain), |(_, chain)| *chain);
        let lines_out = page.iter().map(|(line, _)| Line::Entry(Box::new(line.clone()))).collect();
        PullAnswer::Page(Page {
            epoch: Uuid::nil(),
            head: lines.len() as u64,
            chain,
            lines: lines_out,
            erasures: 0,
            erased: Vec::new(),
        })
    }

    fn all(&self) -> Vec<StoredEntry> {
        self.lines.borrow().iter().map(|(line, _)| line.clone()).collect()
    }

    fn own(&self) -> usize {
        doors().len()
    }
}

/// The server's real storage, on a database of its own.
pub struct StorageOffice {
    runtime: tokio::runtime::Runtime,
    storage: std::sync::Arc<dyn storage::Storage>,
    journal: JournalId,
    _folder: Option<tempfile::TempDir>,
}

impl StorageOffice {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("office.db").display());
        Self { _folder: Some(folder), ..Self::on(async move { url }) }
    }

    pub fn postgres() -> Self {
        Self::on(super::postgres::database())
    }

    fn on(url: impl Future<Output = String>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (storage, journal) = runtime.block_on(async {
            let url = url.await;
            let storage = storage::open(&url).await.unwrap();
            storage.found(Bytes32::default()).await.unwrap();
            assert!(storage.unlock(std::sync::Arc::new(SubjectKeys::draw())).await.unwrap());
            let journal = storage.add_journal(JournalKind::Neighbourhood, "Lindebuurt").await.unwrap().unwrap();
            let given: Vec<storage::Given> = doors()
                .into_iter()
                .map(|(id, _, payload)| storage::Given {
                    id,
                    author: storage::SERVER,
                    device: DeviceId(Uuid::nil()),
                    n: 0,
                    received_at: DateTime::UNIX_EPOCH,
                    salt: Bytes32::default(),
                    kind: payload.body.kind().to_owned(),
                    payload: payload.write().unwrap().get().to_owned(),
                })
                .collect();
            storage.append_given(journal, &given).await.unwrap();
            (storage, journal)
        });
        Self { runtime, storage, journal, _folder: None }
    }

    fn page(&self, after: u64, chain: Option<Bytes32>, lines: usize) -> Page {
        let pull = storage::Pull { journal: self.journal, after, chain, lines, bytes: usize::MAX, erasures: 0 };
        let pulled = self.runtime.block_on(self.storage.pull(pull)).unwrap().unwrap();
        let storage::Pulled::Page { head, chain, lines, .. } = pulled else { panic!("the office says that we diverged") };
        let lines = lines.into_iter().map(|row| Line::Entry(Box::new(stored(row)))).collect();
        Page { epoch: Uuid::nil(), head, chain, lines, erasures: 0, erased: Vec::new() }
    }
}

fn stored(row: storage::Row) -> StoredEntry {
    let kept = row.entry.unwrap();
    StoredEntry {
        seq: row.seq,
        id: kept.id,
        author: kept.author,
        device: kept.device,
        n: kept.n,
        received_at: kept.received_at,
        salt: kept.salt,
        receipt: Bytes32::default(),
        payload: kept.payload,
    }
}

impl Office for StorageOffice {
    fn journal(&self) -> JournalId {
        self.journal
    }

    fn places(&self) -> Vec<PlaceId> {
        doors().iter().map(|(_, place, _)| *place).collect()
    }

    fn enrol(&self, user: UserId, role: Role, device: DeviceId) {
        let new = storage::NewUser {
            user,
            login_name: user.to_string(),
            name: "Test".to_owned(),
            role,
            login: Some(vec![1]),
            grants: vec![(self.journal, role)],
            enrolment: None,
            said: Vec::new(),
            at: DateTime::UNIX_EPOCH,
        };
        assert!(self.runtime.block_on(self.storage.add_user(&new)).unwrap());
        let hash = |n: u8| {
            let mut bytes = [n; 32];
            bytes[..16].copy_from_slice(device.0.as_bytes());
            Bytes32(bytes)
        };
        let new = storage::NewDevice { device, user, outbox_key: vec![1], outbox_mark: hash(1), push: hash(2), renew: hash(3) };
        let session = storage::NewSession { hash: hash(4), user, device, expires: DateTime::<Utc>::MAX_UTC };
        assert!(self.runtime.block_on(self.storage.add_device(&new, &session)).unwrap());
    }

    fn push(&self, user: UserId, device: DeviceId, records: &[(u64, Vec<u8>)]) -> PushAnswer {
        let batch = storage::Batch {
            journal: self.journal,
            author: user,
            device,
            received_at: DateTime::UNIX_EPOCH,
            founding: None,
            records: records
                .iter()
                .map(|(n, raw)| storage::Record { n: *n, raw: raw.clone(), read: intake::open(*n, raw) })
                .collect(),
        };
        let landings = self.runtime.block_on(self.storage.push(batch)).unwrap();
        let results = records.iter().zip(landings).map(|((n, _), landing)| PushResult {
            n: *n,
            outcome: match landing {
                storage::Landing::Stored { seq, cloned, .. } => Outcome::Stored { seq, receipt: Bytes32::default(), cloned },
                storage::Landing::Quarantined(reason) => Outcome::Quarantined { reason },
                storage::Landing::Erased => Outcome::Erased,
            },
        });
        PushAnswer { epoch: Uuid::nil(), granted: Some(true), results: results.collect() }
    }

    fn pull(&self, cursor: Option<Cursor>) -> PullAnswer {
        PullAnswer::Page(self.page(cursor.map_or(0, |cursor| cursor.seq), cursor.map(|cursor| cursor.chain), PAGE))
    }

    fn all(&self) -> Vec<StoredEntry> {
        let lines = self.page(0, None, usize::MAX >> 1).lines;
        lines.into_iter().filter_map(|line| if let Line::Entry(entry) = line { Some(*entry) } else { None }).collect()
    }

    fn own(&self) -> usize {
        doors().len()
    }
}
