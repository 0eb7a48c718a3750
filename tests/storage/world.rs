//! Two servers, somebody who works, and what they write.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;
use waakvlam::domain::body::{Outcome, Visit, VisitKind, Withdrawal};
use waakvlam::domain::{Body, DeviceId, EntryId, JournalId, JournalKind, Payload, PlaceId, Role, Subject, UserId};
use waakvlam::server::storage::{Batch, Kept, Landing, NewDevice, NewSession, NewUser, Pull, Pulled, Record, Row, Storage};
use waakvlam::server::subject_keys::SubjectKeys;
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::intake;
use waakvlam::sync::wire::Written;

/// The keys that the servers of these tests have.
pub fn keys() -> Arc<SubjectKeys> {
    static KEYS: OnceLock<Arc<SubjectKeys>> = OnceLock::new();
    KEYS.get_or_init(|| Arc::new(SubjectKeys::draw())).clone()
}

/// Two servers over one database.
pub type Two = (Arc<dyn Storage>, Arc<dyn Storage>);

/// Milliseconds, as they are kept.
pub fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_790_000_000_000 + ms).unwrap()
}

/// Bytes that nobody takes for text.
pub fn hash() -> Bytes32 {
    Bytes32(rand::random())
}

pub fn id() -> Uuid {
    Uuid::new_v4()
}

pub fn user(login_name: &str) -> NewUser {
    NewUser {
        user: UserId(id()),
        login_name: login_name.to_owned(),
        name: format!("Naam van {login_name}"),
        role: Role::Worker,
        login: None,
        grants: Vec::new(),
        enrolment: None,
        said: Vec::new(),
        at: at(0),
    }
}

pub fn device(user: UserId) -> NewDevice {
    let outbox_key = (0..=255).chain(rand::random::<[u8; 8]>()).collect();
    NewDevice { device: DeviceId(id()), user, outbox_key, outbox_mark: hash(), push: hash(), renew: hash() }
}

pub fn session(device: &NewDevice, expires: DateTime<Utc>) -> NewSession {
    NewSession { hash: hash(), user: device.user, device: device.device, expires }
}

/// A founded database with one journal, and somebody granted on it.
pub struct World {
    pub a: Arc<dyn Storage>,
    pub b: Arc<dyn Storage>,
    pub journal: JournalId,
    pub user: UserId,
}

impl World {
    pub async fn new((a, b): Two) -> Self {
        a.found(hash()).await.unwrap();
        for server in [&a, &b] {
            assert!(server.unlock(keys()).await.unwrap());
        }
        let journal = a.add_journal(JournalKind::Neighbourhood, "Lindebuurt").await.unwrap().unwrap();
        let samira = NewUser { grants: vec![(journal, Role::Worker)], ..user("samira") };
        assert!(a.add_user(&samira).await.unwrap());
        Self { a, b, journal, user: samira.user }
    }

    /// A registered device of somebody.
    pub async fn phone(&self, user: UserId) -> Phone {
        let new = device(user);
        assert!(self.a.add_device(&new, &session(&new, at(1_000))).await.unwrap());
        Phone { user, device: new.device, journal: self.journal, n: 0 }
    }

    /// The numbers at which a journal stands, checked: dense, chained, committed.
    pub async fn lines(&self, journal: JournalId) -> Vec<(u64, Kept)> {
        lines(&*self.b, journal).await
    }
}

pub async fn lines(storage: &dyn Storage, journal: JournalId) -> Vec<(u64, Kept)> {
    let mut kept = Vec::new();
    let mut link = chain::START;
    loop {
        let after = kept.last().map_or(0, |(seq, _)| *seq);
        let page = pull(storage, journal, after, Some(link), 700).await;
        let Pulled::Page { head, chain, lines, .. } = page else { panic!("diverged at {after}") };
        assert!(!lines.is_empty() || head == after, "a page goes on");
        for Row { seq, chain: theirs, entry } in lines {
            let entry = entry.unwrap();
            assert_eq!(seq, kept.last().map_or(0, |(seq, _)| *seq) + 1, "numbers are dense");
            assert_eq!(entry.commitment, chain::commitment(&entry.salt, entry.payload.get()));
            link = chain::next(&link, seq, entry.id, entry.author, &entry.commitment);
            assert_eq!(theirs, link, "the chain checks");
            kept.push((seq, entry));
        }
        assert_eq!(chain, link);
        if head == kept.last().map_or(0, |(seq, _)| *seq) {
            return kept;
        }
    }
}

pub async fn pull(storage: &dyn Storage, journal: JournalId, after: u64, chain: Option<Bytes32>, lines: usize) -> Pulled {
    storage.pull(Pull { journal, after, chain, lines, bytes: 1 << 20, erasures: 0 }).await.unwrap().unwrap()
}

/// Somebody who writes.
#[derive(Clone)]
pub struct Phone {
    pub user: UserId,
    pub device: DeviceId,
    pub journal: JournalId,
    pub n: u64,
}

pub fn visit(note: &str) -> Body {
    Visit { note: note.to_owned(), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) }.into()
}

pub fn withdrawal(of: EntryId) -> Body {
    Withdrawal { of }.into()
}

pub fn payload(body: Body) -> String {
    payload_about(Subject::Place(PlaceId(Uuid::from_u128(7))), body)
}

pub fn payload_about(subject: Subject, body: Body) -> String {
    Payload { written_at: at(1), clock_ahead_ms: None, subject, group: None, body }.write().unwrap().get().to_owned()
}

/// A record that holds these bytes.
pub fn raw(n: u64, bytes: &[u8]) -> Record {
    Record { n, raw: bytes.to_vec(), read: intake::open(n, bytes) }
}

/// A record that holds an entry.
pub fn record(n: u64, id: EntryId, payload: &str) -> Record {
    let payload = RawValue::from_string(payload.to_owned()).unwrap();
    raw(n, &serde_json::to_vec(&Written { id, n, salt: hash(), payload }).unwrap())
}

impl Phone {
    /// An entry under the next number.
    pub fn write(&mut self, body: Body) -> Record {
        self.n += 1;
        record(self.n, EntryId(id()), &payload(body))
    }

    /// Several.
    pub fn visits(&mut self, count: usize) -> Vec<Record> {
        (0..count).map(|_| self.write(visit("koffie, alles goed"))).collect()
    }

    pub fn batch(&self, records: &[Record]) -> Batch {
        let (journal, author, device, received_at) = (self.journal, self.user, self.device, at(2));
        Batch { journal, author, device, received_at, founding: None, records: records.to_vec() }
    }

    pub async fn push(&self, storage: &Arc<dyn Storage>, records: &[Record]) -> Vec<Landing> {
        let landings = storage.push(self.batch(records)).await.unwrap();
        assert_eq!(landings.len(), records.len(), "one landing a record");
        landings
    }
}

/// Under which number something landed, and whether as a clone.
pub fn stored(landing: &Landing) -> (u64, bool) {
    let Landing::Stored { seq, cloned, .. } = landing else { panic!("{landing:?}") };
    (*seq, *cloned)
}

pub fn id_of(record: &Record) -> EntryId {
    record.read.as_ref().unwrap().written.id
}
