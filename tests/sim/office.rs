//! The server: the real rules (`sync::intake`, `domain::may`, `may_read`, the chain) over a model of its database, which keeps what
//! the SQL keeps: one counter a journal, ids once, a commit that is durable or did not happen. The keyring stands beside it and no
//! restore rolls it back.

#[path = "after.rs"]
mod after;
#[path = "founding.rs"]
mod founding;

pub use founding::Founded;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;
use waakvlam::domain::body::Reader;
use waakvlam::domain::rights::{JournalKind, Role, Target, may_read};
use waakvlam::domain::{Body, DeviceId, EntryId, JournalId, Payload, Subject, UserId};
use waakvlam::sync::PROBES;
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::engine::Fault;
use waakvlam::sync::held::Cursor;
use waakvlam::sync::intake::{self, Found, Verdict};
use waakvlam::sync::wire::*;

use super::ctl::{Ctl, Point};
use super::planted::Bug;
use super::seals;

pub struct Row {
    pub id: EntryId,
    pub author: UserId,
    pub device: DeviceId,
    pub n: u64,
    pub kind: String,
    pub commitment: Bytes32,
    pub chain: Bytes32,
    pub salt: Bytes32,
    pub received_at: DateTime<Utc>,
    pub cloned: bool,
    pub subject: Option<Subject>,
    /// None once erased.
    pub payload: Option<Box<RawValue>>,
    /// The number of the erasure that took it.
    pub erasure: u64,
}

#[derive(Clone)]
pub struct Journal {
    pub kind: JournalKind,
    /// Of a closed one that was founded on a phone.
    pub neighbourhood: Option<JournalId>,
    pub rows: Vec<Rc<Row>>,
    pub quarantine: Vec<Rc<Apart>>,
    /// Numbers that a planted bug took and has not committed.
    holes: BTreeSet<u64>,
}

pub struct Apart {
    pub device: DeviceId,
    pub n: u64,
    pub reason: Reason,
    pub raw: Vec<u8>,
    pub id: Option<EntryId>,
    pub subject: Option<Subject>,
}

#[derive(Clone)]
struct Device {
    user: UserId,
    key: u64,
}

/// What the database keeps, and a restore rolls back.
#[derive(Clone)]
pub struct Db {
    pub epoch: Uuid,
    pub journals: BTreeMap<JournalId, Journal>,
    ids: HashMap<EntryId, (JournalId, u64)>,
    numbers: HashMap<(DeviceId, u64), EntryId>,
    devices: BTreeMap<DeviceId, Device>,
    push: BTreeMap<String, DeviceId>,
    renew: BTreeMap<String, DeviceId>,
    sessions: BTreeMap<u64, UserId>,
    pub grants: BTreeMap<(UserId, JournalId), (Role, bool)>,
    /// Since when what was taken back is, of closed journals that were founded.
    off: BTreeMap<(UserId, JournalId), DateTime<Utc>>,
}

/// What stands outside it.
#[derive(Default)]
pub struct Keyring {
    /// Somebody, or single entries.
    pub erasures: Vec<(JournalId, Option<Subject>, BTreeSet<EntryId>)>,
}

/// A push that waits for the next commit.
pub struct Waiting<T> {
    pub device: DeviceId,
    pub journal: JournalId,
    pub push: Push,
    pub reply: T,
}

pub struct Office {
    ctl: Ctl,
    pub db: Db,
    pub keyring: Keyring,
    /// Who read what without a grant: must stay 0.
    pub seen: u64,
    /// Who was told that a journal is not theirs (any more): only then may a phone take it off.
    pub told_off: RefCell<BTreeSet<(UserId, JournalId)>>,
    /// What they were told of it, and when: `true` where it was there and not theirs, or was given to us again and still not theirs, or they pushed to it and were
    /// told so; `false` where it was theirs. (Where a restore had lost it nobody knew.)
    pub told: RefCell<BTreeMap<(UserId, JournalId), Vec<Told>>>,
    /// The closed journals that were founded on phones, as they were meant.
    pub founded: Rc<RefCell<BTreeMap<JournalId, Founded>>>,
    /// Who was let in or taken off by which entry: what came of it stays when its text is erased.
    said: HashMap<EntryId, Reader>,
    /// Those that were ever founded here.
    ever: BTreeSet<JournalId>,
    /// How many lines a page has: so few that most pulls take several.
    page: usize,
    secret: u64,
}

/// When, and what; see [`Office::told`].
type Told = (u64, bool);

/// A user asking with a session cookie.
pub type Cookie = u64;

impl Office {
    pub fn new(ctl: &Ctl) -> Self {
        let db = Db {
            epoch: ctl.uuid(),
            journals: BTreeMap::new(),
            ids: HashMap::new(),
            numbers: HashMap::new(),
            devices: BTreeMap::new(),
            push: BTreeMap::new(),
            renew: BTreeMap::new(),
            sessions: BTreeMap::new(),
            grants: BTreeMap::new(),
            off: BTreeMap::new(),
        };
        let page = [4, 12, 40][ctl.below(3)];
        Self {
            ctl: ctl.clone(),
            db,
            keyring: Keyring::default(),
            seen: 0,
            told_off: RefCell::default(),
            told: RefCell::default(),
            founded: Rc::default(),
            said: HashMap::new(),
            ever: BTreeSet::new(),
            page,
            secret: ctl.draw(),
        }
    }

    fn at(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::milliseconds(self.ctl.now() as i64)
    }

    pub fn receipt(&self, journal: JournalId, id: EntryId, author: UserId, commitment: &Bytes32) -> Bytes32 {
        let mut out = [0; 32];
        let message = chain::receipt_message(journal, id, author, commitment);
        out[..8].copy_from_slice(&seals::mark(self.secret, message));
        Bytes32(out)
    }

    pub fn add_journal(&mut self, journal: JournalId, kind: JournalKind, neighbourhood: Option<JournalId>) {
        let new = Journal { kind, neighbourhood, rows: Vec::new(), quarantine: Vec::new(), holes: BTreeSet::new() };
        self.db.journals.insert(journal, new);
    }

    pub fn granted(&self, user: UserId, journal: JournalId) -> Option<Role> {
        let (role, revoked) = self.db.grants.get(&(user, journal))?;
        (!revoked).then_some(*role)
    }

    fn reads(&self, user: UserId, journal: JournalId) -> bool {
        let kind = self.db.journals.get(&journal).map(|journal| journal.kind);
        matches!((self.granted(user, journal), kind), (Some(role), Some(kind)) if may_read(role, kind))
    }

    // --- Accounts ------------------------------------------------------------------------------

    /// Registers a device of a user; a known id only with the same user and key. As the server does.
    pub fn add_device(&mut self, user: UserId, device: DeviceId, key: u64) -> Option<(SignedIn, Cookie)> {
        if self.db.devices.get(&device).is_some_and(|known| (known.user, known.key) != (user, key)) {
            return None;
        }
        self.db.devices.insert(device, Device { user, key });
        let (push, renew) = (format!("{:x}", self.ctl.draw()), format!("{:x}", self.ctl.draw()));
        self.db.push.insert(push.clone(), device);
        self.db.renew.insert(renew.clone(), device);
        let cookie = self.session(user);
        Some((SignedIn { me: self.tell_me(user), push_credential: Secret(push), renew_credential: Secret(renew) }, cookie))
    }

    fn session(&mut self, user: UserId) -> Cookie {
        let cookie = self.ctl.draw();
        self.db.sessions.insert(cookie, user);
        cookie
    }

    pub fn end_sessions(&mut self) {
        self.db.sessions.clear();
    }

    pub fn me(&self, user: UserId) -> Me {
        let journals = self.db.journals.iter().filter(|(id, _)| self.reads(user, **id));
        let journals = journals
            .map(|(id, journal)| Granted {
                journal: *id,
                kind: journal.kind,
                name: String::new(),
                role: self.granted(user, *id).unwrap_or(Role::Worker),
                readers: Vec::new(),
            })
            .collect();
        let name = String::new();
        Me { user, login_name: name.clone(), name, role: Role::Worker, journals, more: 0, now: self.at() }
    }

    fn tell_me(&self, user: UserId) -> Me {
        let me = self.me(user);
        self.ctl.say(|| {
            let journals: Vec<_> = me.journals.iter().map(|granted| granted.journal).collect();
            format!("  office tells {user}: {journals:?}")
        });
        let (mut told_off, mut told) = (self.told_off.borrow_mut(), self.told.borrow_mut());
        for journal in self.db.journals.keys().chain(self.founded.borrow().keys()) {
            let theirs = me.journals.iter().any(|granted| granted.journal == *journal);
            if !theirs {
                told_off.insert((user, *journal));
            }
            if self.db.journals.contains_key(journal) {
                told.entry((user, *journal)).or_default().push((self.ctl.now(), !theirs));
            }
        }
        me
    }

    pub fn renew(&mut self, renew: &Renew) -> Result<(Me, Cookie), Fault> {
        let device = self.db.renew.get(&renew.renew_credential.0).filter(|device| **device == renew.device);
        let user = device.and_then(|device| self.db.devices.get(device)).map(|device| device.user);
        let user = user.ok_or(Fault::Status(401, None))?;
        let cookie = self.session(user);
        Ok((self.tell_me(user), cookie))
    }

    pub fn who(&self, cookie: Cookie) -> Result<UserId, Fault> {
        self.db.sessions.get(&cookie).copied().ok_or(Fault::Status(401, None))
    }

    pub fn register(&mut self, cookie: Cookie, new: &NewDevice) -> Result<(SignedIn, Cookie), Fault> {
        let user = self.who(cookie)?;
        let key = new.outbox_key.0.as_slice().try_into().map(u64::from_le_bytes).map_err(|_| Fault::Status(400, None))?;
        self.add_device(user, new.device, key).ok_or(Fault::Status(409, None))
    }

    // --- Pushes --------------------------------------------------------------------------------

    pub fn pusher(&self, credential: &str, journal: JournalId, push: &Push) -> Result<DeviceId, Fault> {
        let device = *self.db.push.get(credential).ok_or(Fault::Status(401, None))?;
        if device != push.device {
            return Err(Fault::Status(403, None));
        }
        let takes = self.takes(device, journal, push).map(|_| device);
        self.ctl.say(|| {
            format!(
                "  office is pushed to {journal} by {device}: {:?}: {takes:?}",
                push.records.iter().map(|r| r.n).collect::<Vec<_>>()
            )
        });
        takes
    }

    /// Judges and stores the records of one push, all or none.
    pub fn store(&mut self, device: DeviceId, journal: JournalId, push: &Push) -> Result<PushAnswer, Fault> {
        let new = self.takes(device, journal, push)?;
        let Device { user, key } = self.db.devices.get(&device).ok_or(Fault::Status(401, None))?.clone();
        let opened: Vec<Option<&[u8]>> =
            push.records.iter().map(|record| seals::open(key, (device, journal, record.n), &record.sealed.0)).collect();
        if let [None] = opened.as_slice() {
            return Err(Fault::Status(422, None));
        }
        let founded = match new {
            Some(new) => self.found(journal, &new).ok_or(Fault::Status(404, None))?,
            None => false,
        };
        let results = push.records.iter().zip(opened).map(|(record, raw)| {
            let outcome = raw.map_or(Outcome::Refused, |raw| self.judge(user, device, journal, record.n, raw));
            PushResult { n: record.n, outcome }
        });
        let results: Vec<PushResult> = results.collect();
        // What does not open is not judged at all.
        if founded && results.iter().all(|result| matches!(result.outcome, Outcome::Erased | Outcome::Refused)) {
            self.unfound(journal);
        }
        let granted = self.reads(user, journal) || self.ctl.has(Bug::PushAlwaysGranted);
        if self.db.journals.contains_key(&journal) {
            self.told.borrow_mut().entry((user, journal)).or_default().push((self.ctl.now(), !granted));
        }
        Ok(PushAnswer { epoch: self.db.epoch, granted: Some(granted), results })
    }

    fn judge(&mut self, author: UserId, device: DeviceId, journal: JournalId, n: u64, raw: &[u8]) -> Outcome {
        let apart = self.db.journals[&journal].quarantine.iter();
        if let Some(known) = apart.into_iter().find(|apart| (apart.device, apart.n) == (device, n) && apart.raw == raw) {
            return Outcome::Quarantined { reason: known.reason };
        }
        let opened = match intake::open(n, raw) {
            Ok(opened) => opened,
            Err(reason) => return self.set_apart(device, journal, n, raw, None, reason),
        };
        let id = opened.written.id;
        let same = self.db.ids.get(&id).copied();
        let here = same.filter(|(of, _)| *of == journal);
        if self.ctl.has(Bug::NoDeduplication) && here.is_some() {
            let seq = self.append(journal, author, device, n, &opened.written, &opened.payload, false);
            return self.stored(journal, seq, false);
        }
        let other = self.db.numbers.get(&(device, n)).copied().filter(|other| *other != id);
        if let Some((_, seq)) = other.and_then(|other| self.db.ids.get(&other)).copied()
            && (self.ctl.has(Bug::SameNumberIsSame) || self.ctl.has(Bug::ForkDropped))
        {
            return self.stored(journal, seq, self.ctl.has(Bug::ForkDropped));
        }
        let found = Found {
            same_id: here.map(|(_, seq)| (seq, self.row(journal, seq).commitment)),
            id_elsewhere: same.is_some() && here.is_none(),
            same_n: other.is_some(),
            target: opened.target().and_then(|of| self.target(journal, of)),
            erased: !self.ctl.has(Bug::ErasedComesBackByPush) && self.is_erased(journal, id, Some(opened.payload.subject)),
            founds: intake::founding(journal, author, &opened.commitment, &opened.payload).is_some(),
        };
        if self.ctl.has(Bug::OtherTextOverwrites)
            && let Some((seq, commitment)) = found.same_id
            && commitment != opened.commitment
        {
            let old = self.row(journal, seq);
            let row = Row {
                id,
                author,
                device,
                n,
                kind: old.kind.clone(),
                commitment: opened.commitment,
                chain: old.chain,
                salt: opened.written.salt,
                received_at: old.received_at,
                cloned: false,
                subject: Some(opened.payload.subject),
                payload: Some(opened.written.payload.clone()),
                erasure: 0,
            };
            self.rows(journal)[seq as usize - 1] = Rc::new(row);
            return self.stored(journal, seq, false);
        }
        if found.founds && self.ctl.has(Bug::FoundingTouchesGrants) {
            self.db.grants.entry((author, journal)).and_modify(|(_, revoked)| *revoked = false);
        }
        let kind = self.db.journals[&journal].kind;
        match intake::judge(author, self.granted(author, journal), kind, &opened, &found) {
            Verdict::Known(seq) => self.stored(journal, seq, self.row(journal, seq).cloned),
            Verdict::Erased => Outcome::Erased,
            Verdict::Quarantine(reason) => self.set_apart(device, journal, n, raw, Some(id), reason),
            Verdict::Store { cloned } => {
                let seq = self.append(journal, author, device, n, &opened.written, &opened.payload, cloned);
                if let Body::Reader(reader) = &opened.payload.body {
                    self.said.insert(id, reader.clone());
                    self.let_in(journal, author, reader, self.at(), false);
                }
                self.stored(journal, seq, cloned)
            }
        }
    }

    fn stored(&self, journal: JournalId, seq: u64, cloned: bool) -> Outcome {
        let row = self.row(journal, seq);
        Outcome::Stored { seq, receipt: self.receipt(journal, row.id, row.author, &row.commitment), cloned }
    }

    fn row(&self, journal: JournalId, seq: u64) -> Rc<Row> {
        // A planted bug answers with another journal's number.
        let rows = &self.db.journals[&journal].rows;
        Rc::clone(&rows[(seq as usize - 1).min(rows.len() - 1)])
    }

    fn rows(&mut self, journal: JournalId) -> &mut Vec<Rc<Row>> {
        &mut self.db.journals.get_mut(&journal).unwrap().rows
    }

    fn target(&self, journal: JournalId, of: EntryId) -> Option<Target> {
        let (_, seq) = self.db.ids.get(&of).filter(|(of, _)| *of == journal)?;
        let row = self.row(journal, *seq);
        Some(Target { author: row.author, kind: row.kind.clone() })
    }

    fn set_apart(
        &mut self,
        device: DeviceId,
        journal: JournalId,
        n: u64,
        raw: &[u8],
        id: Option<EntryId>,
        reason: Reason,
    ) -> Outcome {
        let written = serde_json::from_slice::<Written>(raw).ok();
        let id = id.or_else(|| written.as_ref().map(|written| written.id));
        let subject = written.and_then(|written| Payload::parse(written.payload.get()).ok()).map(|payload| payload.subject);
        if !self.ctl.has(Bug::QuarantineNotKept) {
            let apart = Apart { device, n, reason, raw: raw.to_vec(), id, subject };
            self.db.journals.get_mut(&journal).unwrap().quarantine.push(Rc::new(apart));
            self.ctl.count(|stats| stats.quarantined += 1);
        }
        Outcome::Quarantined { reason }
    }

    #[allow(clippy::too_many_arguments, reason = "a row has that many columns")]
    fn append(
        &mut self,
        journal: JournalId,
        author: UserId,
        device: DeviceId,
        n: u64,
        written: &Written,
        payload: &Payload,
        cloned: bool,
    ) -> u64 {
        let (id, kind) = (written.id, payload.body.kind().to_owned());
        self.append_row(
            journal,
            author,
            device,
            n,
            id,
            written.salt,
            written.payload.clone(),
            kind,
            Some(payload.subject),
            cloned,
            self.at(),
        )
    }

    #[allow(clippy::too_many_arguments, reason = "a row has that many columns")]
    pub fn append_row(
        &mut self,
        journal: JournalId,
        author: UserId,
        device: DeviceId,
        n: u64,
        id: EntryId,
        salt: Bytes32,
        payload: Box<RawValue>,
        kind: String,
        subject: Option<Subject>,
        cloned: bool,
        received_at: DateTime<Utc>,
    ) -> u64 {
        let rows = self.rows(journal);
        let seq = rows.len() as u64 + 1;
        let commitment = chain::commitment(&salt, payload.get());
        let before = rows.last().map_or(chain::START, |row| row.chain);
        let link = chain::next(&before, seq, id, author, &commitment);
        let payload = Some(payload);
        let row =
            Row { id, author, device, n, kind, commitment, chain: link, salt, received_at, cloned, subject, payload, erasure: 0 };
        rows.push(Rc::new(row));
        self.db.ids.insert(id, (journal, seq));
        self.db.numbers.entry((device, n)).or_insert(id);
        self.ctl.count(|stats| stats.lines += 1);
        seq
    }

    // --- Pulls ---------------------------------------------------------------------------------

    pub fn pull(
        &mut self,
        cookie: Cookie,
        journal: JournalId,
        cursor: Option<Cursor>,
        outdated: bool,
    ) -> Result<PullAnswer, Fault> {
        let user = self.who(cookie)?;
        let reads = self.reads(user, journal);
        let had = self.db.grants.contains_key(&(user, journal));
        let let_in = reads || (had && self.ctl.has(Bug::RevokedReads));
        if !let_in {
            return Err(Fault::Status(404, None));
        }
        if outdated {
            return Err(Fault::Status(426, None));
        }
        let epoch = self.db.epoch;
        let held = &self.db.journals[&journal];
        let head = held.rows.len() as u64;
        let after = cursor.map_or(0, |cursor| cursor.seq);
        let compares = !self.ctl.has(Bug::RestoreKeepsEpoch);
        let diverged = cursor.is_some_and(|cursor| {
            cursor.epoch != epoch || (compares && (cursor.seq > head || cursor.chain != self.chain_at(journal, cursor.seq)))
        });
        if diverged {
            return Ok(PullAnswer::Diverged { epoch, head });
        }
        let mut lines: Vec<Line> = Vec::new();
        let mut link = cursor.map_or(chain::START, |cursor| cursor.chain);
        let mut before = None;
        for (row, seq) in held.rows.iter().zip(1_u64..).skip(after as usize).take(self.page) {
            if held.holes.contains(&seq) {
                continue;
            }
            link = row.chain;
            match (&row.payload, lines.last_mut()) {
                (Some(payload), _) => lines.push(Line::Entry(Box::new(StoredEntry {
                    seq,
                    id: row.id,
                    author: row.author,
                    device: row.device,
                    n: row.n,
                    received_at: row.received_at,
                    salt: row.salt,
                    receipt: self.receipt(journal, row.id, row.author, &row.commitment),
                    payload: payload.clone(),
                }))),
                (None, Some(Line::Erased(run))) => (run.to, run.chain) = (seq, row.chain),
                (None, _) => lines.push(Line::Erased(Erased { from: seq, to: seq, chain: row.chain, before })),
            }
            before = Some(link);
        }
        if (!reads || !self.is_for(user, journal)) && !lines.is_empty() {
            self.seen += 1;
        }
        let (erasures, erased) = self.erasures_since(journal, cursor.map_or(0, |cursor| cursor.erasures), after);
        Ok(PullAnswer::Page(Page { epoch, head, chain: link, lines, erasures, erased }))
    }

    fn chain_at(&self, journal: JournalId, seq: u64) -> Bytes32 {
        match seq {
            0 => chain::START,
            _ => self.db.journals[&journal].rows.get(seq as usize - 1).map_or(Bytes32([9; 32]), |row| row.chain),
        }
    }

    /// The first `since` were carried out; of the others, what touches numbers up to `after`.
    fn erasures_since(&self, journal: JournalId, since: u64, after: u64) -> (u64, Vec<Erasure>) {
        let ours = self.keyring.erasures.iter().filter(|(of, ..)| *of == journal);
        let all: Vec<Option<Subject>> = ours.map(|(_, subject, _)| *subject).collect();
        let rows = &self.db.journals[&journal].rows;
        let erased = all.iter().zip(1..).skip(since as usize).map(|(subject, number)| Erasure {
            subject: *subject,
            lines: rows
                .iter()
                .zip(1..=after)
                .filter(|(row, _)| row.erasure == number)
                .map(|(row, seq)| Probe { seq, chain: row.chain })
                .collect(),
        });
        let erased = erased.collect();
        (all.len() as u64, erased)
    }

    // --- For planted bugs ----------------------------------------------------------------------

    /// The transaction was rolled back, but its numbers had been taken outside it: they are never given again.
    pub fn roll_back_without_numbers(&mut self, journal: JournalId, from: u64) {
        let Some(held) = self.db.journals.get_mut(&journal) else { return };
        for (seq, row) in (1..).zip(&held.rows).skip(from as usize) {
            held.holes.insert(seq);
            self.db.ids.remove(&row.id);
        }
    }

    /// The lines that anybody can read, by number.
    pub fn lines(&self, journal: JournalId) -> impl Iterator<Item = (u64, &Rc<Row>)> {
        let held = self.db.journals.get(&journal).into_iter();
        held.flat_map(|held| (1..).zip(&held.rows).filter(|(seq, _)| !held.holes.contains(seq)))
    }
}
