//! What goes into the storage and what comes out.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::domain::places::NeighbourhoodCode;
use crate::domain::{DeviceId, EntryId, JournalId, JournalKind, Role, UserId};
use crate::sync::chain::Bytes32;
use crate::sync::intake::Opened;
use crate::sync::wire::{Erasure, Reason};

/// Which installation this is.
#[derive(Clone, Copy, Debug)]
pub struct Installation {
    /// Part of every login salt; never changes.
    pub id: Uuid,
    /// Changes with every restore.
    pub epoch: Uuid,
    /// The fingerprint of the keyring that belongs to it.
    pub keyring: Bytes32,
}

/// A neighbourhood, as far as imports go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Its journal.
    pub journal: JournalId,
    /// What people call it.
    pub name: String,
    /// Its CBS code and the year of that division, once somebody said so.
    pub code: Option<(NeighbourhoodCode, u16)>,
}

impl Neighbourhood {
    /// Whether this is its code.
    #[must_use]
    pub fn has(&self, code: &NeighbourhoodCode) -> bool {
        self.code.as_ref().is_some_and(|(own, _)| own == code)
    }
}

/// Places to write into one neighbourhood's journal.
#[derive(Clone, Debug)]
pub struct PlacesOf {
    /// Which journal.
    pub journal: JournalId,
    /// The last number that was known when this was planned.
    pub after: u64,
    /// The neighbourhood's CBS code from now on.
    pub code: NeighbourhoodCode,
    /// The year of that division.
    pub year: u16,
    /// What the server writes.
    pub payloads: Vec<String>,
}

/// A user to add, with all that belongs to it.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Drawn by the caller.
    pub user: UserId,
    /// Never changes.
    pub login_name: String,
    /// The name that colleagues see.
    pub name: String,
    /// What the account is for.
    pub role: Role,
    /// The hash of the login key, where the phrase is known already.
    pub login: Option<Vec<u8>>,
    /// On which journals, as what.
    pub grants: Vec<(JournalId, Role)>,
    /// The first link.
    pub enrolment: Option<NewEnrolment>,
    /// What the server writes about it.
    pub said: Vec<(JournalId, String)>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A link to add.
#[derive(Clone, Copy, Debug)]
pub struct NewEnrolment {
    /// The hash of its code.
    pub code: Bytes32,
    /// Until when it works.
    pub expires: DateTime<Utc>,
}

/// A link and whom it is for.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// For whom.
    pub user: UserId,
    /// Their login name.
    pub login_name: String,
    /// Their name.
    pub name: String,
    /// Until when it works.
    pub expires: DateTime<Utc>,
    /// Whether it was used.
    pub used: bool,
}

/// What became of using a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completed {
    /// The account is theirs.
    Done,
    /// There is no such code.
    Unknown,
    /// It is too old.
    Expired,
    /// It was used.
    Used,
    /// The device id belongs to another user or key.
    DeviceTaken,
}

/// What a grant is or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// On what kind of journal.
    pub kind: JournalKind,
    /// As what.
    pub role: Role,
    /// Taken back.
    pub revoked: bool,
}

/// A device to register.
#[derive(Clone, Debug)]
pub struct NewDevice {
    /// Which.
    pub device: DeviceId,
    /// Whose.
    pub user: UserId,
    /// Its outbox key, wrapped by the keyring.
    pub outbox_key: Vec<u8>,
    /// Tells whether the same key is registered again.
    pub outbox_mark: Bytes32,
    /// The hash of what it pushes with.
    pub push: Bytes32,
    /// The hash of what it renews its session with.
    pub renew: Bytes32,
}

/// What a credential can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// Push, and nothing else.
    Push,
    /// Make a session.
    Renew,
}

impl Credential {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Renew => "renew",
        }
    }
}

/// A registered device.
#[derive(Clone, Debug)]
pub struct Device {
    /// Which.
    pub device: DeviceId,
    /// Whose.
    pub user: UserId,
    /// Its outbox key, wrapped by the keyring.
    pub outbox_key: Vec<u8>,
    /// It can only push.
    pub revoked: bool,
}

/// A session to add.
#[derive(Clone, Copy, Debug)]
pub struct NewSession {
    /// The hash of its token.
    pub hash: Bytes32,
    /// Whose.
    pub user: UserId,
    /// On which device.
    pub device: DeviceId,
    /// Until when.
    pub expires: DateTime<Utc>,
}

/// Who is asking.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Who.
    pub user: UserId,
    /// Their login name.
    pub login_name: String,
    /// Their name.
    pub name: String,
    /// What the account is for.
    pub role: Role,
    /// On which device.
    pub device: DeviceId,
}

/// A closed journal to found.
#[derive(Clone, Debug)]
pub struct NewJournal {
    /// Who founds it.
    pub founder: UserId,
    /// The neighbourhood that it belongs to.
    pub neighbourhood: JournalId,
    /// Who is to read it, too; whoever has no grant on the neighbourhood is left out.
    pub with: Vec<UserId>,
}

/// The records of one push that opened.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Into which journal.
    pub journal: JournalId,
    /// The owner of the credential.
    pub author: UserId,
    /// The device that sealed them.
    pub device: DeviceId,
    /// When they came in.
    pub received_at: DateTime<Utc>,
    /// The journal is founded with them, unless it is there.
    pub founding: Option<NewJournal>,
    /// The records.
    pub records: Vec<Record>,
}

/// A record that opened.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its number on the device.
    pub n: u64,
    /// What was under the seal.
    pub raw: Vec<u8>,
    /// The entry in it, or why there is none.
    pub read: Result<Opened, Reason>,
}

/// Where a record landed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landing {
    /// In the journal.
    Stored {
        /// Under this number.
        seq: u64,
        /// As written by.
        author: UserId,
        /// Another entry of this device had its n.
        cloned: bool,
    },
    /// Set apart.
    Quarantined(Reason),
    /// Nowhere: it was erased, or is about somebody who was.
    Erased,
}

/// What a phone asks for.
#[derive(Clone, Copy, Debug)]
pub struct Pull {
    /// Of which journal.
    pub journal: JournalId,
    /// The last number that it holds.
    pub after: u64,
    /// The chain that it got with it.
    pub chain: Option<Bytes32>,
    /// At most so many lines.
    pub lines: usize,
    /// Stop after the line with which the payloads reach so many bytes.
    pub bytes: usize,
    /// How many of the journal's erasures it has carried out.
    pub erasures: u64,
}

/// What a phone gets.
#[derive(Debug)]
pub enum Pulled {
    /// The head lies below its number, or the chain there is another.
    Diverged {
        /// The last number now.
        head: u64,
    },
    /// Lines.
    Page {
        /// The last number now.
        head: u64,
        /// The chain at the last line.
        chain: Bytes32,
        /// The lines, dense.
        lines: Vec<Row>,
        /// How many erasures the journal has had.
        erasures: u64,
        /// Those that were not carried out, with what they took of the numbers that it holds.
        erased: Vec<Erasure>,
    },
}

/// One number of a journal.
#[derive(Debug)]
pub struct Row {
    /// The number.
    pub seq: u64,
    /// The chain at it.
    pub chain: Bytes32,
    /// The entry; `None` once erased.
    pub entry: Option<Kept>,
}

/// An entry as it is kept.
#[derive(Debug)]
pub struct Kept {
    /// Its id.
    pub id: EntryId,
    /// Who wrote it.
    pub author: UserId,
    /// On which device.
    pub device: DeviceId,
    /// Its number there.
    pub n: u64,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Its salt.
    pub salt: Bytes32,
    /// What it binds itself to.
    pub commitment: Bytes32,
    /// The text, as written.
    pub payload: Box<RawValue>,
}

/// An entry to be written as it is.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its id.
    pub id: EntryId,
    /// Who wrote it.
    pub author: UserId,
    /// On which device.
    pub device: DeviceId,
    /// Its number there.
    pub n: u64,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Its salt.
    pub salt: Bytes32,
    /// Its type.
    pub kind: String,
    /// The text.
    pub payload: String,
}

/// What was set apart.
#[derive(Clone, Debug)]
pub struct Quarantined {
    /// From which device.
    pub device: DeviceId,
    /// Its number there.
    pub n: u64,
    /// Whose.
    pub user: UserId,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// What was under the seal.
    pub raw: Vec<u8>,
}
