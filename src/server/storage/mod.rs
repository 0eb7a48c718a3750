//! What the server keeps, behind one trait. SQL stands in here and nowhere else.
//!
//! Three things must hold in every database:
//! - an answer to [`Storage::push`] is given after its commit is durable;
//! - a journal's number and chain are read and written in the transaction that stores the entries: dense;
//! - what was written once is never changed, but for an erasure.
//!
//! | file | what it promises |
//! |---|---|
//! | `rows`, `erased` | what goes in and what comes out |
//! | `sql/` | every statement, written once and compiled for each database |
//! | `sqlite`, `postgres` | how each opens, and the little in which they differ |
//! | `sealed` | how a text lies: under the key of whom it is about |
//! | [`backup`] | a database file as a backup: copied, and checked to its last entry |
//! | `../migrations/` | the same tables under the same numbers in both |
//!
//! `tests/storage/` calls every method on both databases; a method that it misses fails there.
//!
//! # Several servers over one PostgreSQL
//!
//! A server keeps nothing in memory that another could change: sessions, credentials, grants and the ends of journals are read from the
//! database each time. Kept are the installation with its epoch and the keyring (read at start: all servers have the same keyring file,
//! and all start again after a restore), and the attempts to sign in, which each server counts for itself.

pub mod backup;
mod erased;
mod postgres;
mod rows;
mod sealed;
mod sqlite;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::places::NeighbourhoodCode;
use crate::domain::quarter::Quarter;
use crate::domain::{DeviceId, JournalId, JournalKind, Role, UserId};
use crate::server::subject_keys::SubjectKeys;
use crate::sync::chain::Bytes32;
use crate::sync::wire::{Granted, JournalRow, Offered, Probe, UserRow};
pub use erased::{About, Erasing, Wanted};
pub use rows::*;

/// Opens a database by its URL and moves it to this version.
///
/// # Errors
/// When there is no such kind of database, it does not open, or a migration fails.
pub async fn open(url: &str) -> Result<Arc<dyn Storage>, StorageError> {
    match url.split(':').next() {
        Some("sqlite") => Ok(Arc::new(sqlite::open(url).await?)),
        Some("postgres" | "postgresql") => Ok(Arc::new(postgres::open(url).await?)),
        _ => Err(StorageError::Unsupported),
    }
}

/// How many connections servers have open to a PostgreSQL database.
///
/// # Errors
/// When it is no PostgreSQL, or does not answer.
pub async fn others(url: &str) -> Result<i64, StorageError> {
    postgres::others(url).await
}

/// What failed.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The URL names a database that this version does not know.
    #[error("the database must be sqlite://FILE or postgres://USER@HOST/NAME")]
    Unsupported,
    /// The PostgreSQL database can't hold every letter.
    #[error("the database is in {0}: make it with `createdb --encoding=UTF8 --template=template0 NAME`")]
    Encoding(String),
    /// The database refused or did not answer; nothing was acknowledged.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The transaction that several pushes shared was not committed; none was acknowledged.
    #[error("the commit failed")]
    Commit(#[source] Arc<sqlx::Error>),
    /// The tables could not be moved to this version.
    #[error("a migration failed")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The folder of the database file could not be made.
    #[error("the folder of the database file")]
    Folder(#[from] std::io::Error),
    /// What was read is not what was written.
    #[error("the database holds {0} that can't be read")]
    Corrupt(&'static str),
    /// Nobody gave the keys yet.
    #[error("the keys to what is written were not given")]
    Locked,
    /// Somebody still reads what was there before an erasure.
    #[error("somebody still reads what was there before the erasure")]
    InTheWay,
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}

/// The database.
#[async_trait]
pub trait Storage: Send + Sync {
    // --- The installation ---

    /// Which installation this is; `None` in an empty database.
    async fn installation(&self) -> Result<Option<Installation>, StorageError>;
    /// Founds the installation, with the organisation's and the administration's journal; where another server was first,
    /// gives what that one founded.
    async fn found(&self, keyring: Bytes32) -> Result<Installation, StorageError>;
    /// Begins a new epoch, after a restore: every phone notices. The server writes as a new device; sessions and unused links, which came
    /// back with the backup, work no longer.
    async fn begin_epoch(&self) -> Result<Installation, StorageError>;
    /// Gives the keys under which texts lie, before anything is read or written; `false` if the database was written with others.
    async fn unlock(&self, keys: Arc<SubjectKeys>) -> Result<bool, StorageError>;
    /// Whether the database answers, and takes what is written: a commit that changes nothing.
    async fn ping(&self) -> Result<(), StorageError>;
    /// Finishes what was begun and closes.
    async fn close(&self);

    // --- Journals and people ---

    /// Adds a journal; `None` if there is one of that kind and name.
    async fn add_journal(&self, kind: JournalKind, name: &str) -> Result<Option<JournalId>, StorageError>;
    /// All journals, by kind and name.
    async fn journals(&self) -> Result<Vec<JournalRow>, StorageError>;
    /// All neighbourhoods with their CBS codes, by name.
    async fn neighbourhoods(&self) -> Result<Vec<Neighbourhood>, StorageError>;
    /// Gives a neighbourhood its CBS code; `false` if another one has it.
    async fn set_code(&self, journal: JournalId, code: &NeighbourhoodCode, year: u16) -> Result<bool, StorageError>;
    /// Adds a user with all that belongs to it, in one transaction; `false` if the login name is taken.
    async fn add_user(&self, user: &NewUser) -> Result<bool, StorageError>;
    /// All users, by login name.
    async fn users(&self) -> Result<Vec<UserRow>, StorageError>;
    /// Who has this login name, and the hash of their login key once enrolled.
    async fn login(&self, login_name: &str) -> Result<Option<(UserId, Option<Vec<u8>>)>, StorageError>;
    /// Founds a closed journal, unless it is there: with grants for its founder and for those named who have a grant on the neighbourhood as
    /// worker or supervisor; where that leaves no supervisor but the founder, for all supervisors there. A founder whose grant on the
    /// neighbourhood was taken back gets one that was taken back. `false` where the founder never had one: then nothing is done.
    async fn found_closed(&self, journal: JournalId, new: &NewJournal) -> Result<bool, StorageError>;
    /// The journals that a user is granted now, with who reads them; closed ones last, and of them those first in which something was
    /// written last.
    async fn grants(&self, user: UserId) -> Result<Vec<Granted>, StorageError>;
    /// What a user is, or was, on a journal; `None` if there never was a grant.
    async fn grant(&self, user: UserId, journal: JournalId) -> Result<Option<Grant>, StorageError>;
    /// Grants, or changes what was granted.
    async fn set_grant(&self, user: UserId, journal: JournalId, role: Role) -> Result<(), StorageError>;
    /// Takes a grant back; one on a neighbourhood with those on the closed journals that belong to it.
    async fn revoke_grant(&self, user: UserId, journal: JournalId, at: DateTime<Utc>) -> Result<(), StorageError>;

    // --- Summaries ---

    /// The summary of a closed quarter, as it was frozen.
    async fn summary(&self, journal: JournalId, quarter: Quarter) -> Result<Option<String>, StorageError>;
    /// Freezes the summary of a closed quarter, unless there is one; gives the one that stands.
    async fn freeze_summary(
        &self,
        journal: JournalId,
        quarter: Quarter,
        summary: &str,
        at: DateTime<Utc>,
    ) -> Result<String, StorageError>;

    // --- Enrolment, devices, sessions ---

    /// Adds a link for a user; the earlier ones no longer work. `false` if there is no such user.
    async fn add_enrolment(&self, user: UserId, enrolment: &NewEnrolment, at: DateTime<Utc>) -> Result<bool, StorageError>;
    /// Whom a code is for.
    async fn enrolment(&self, code: Bytes32) -> Result<Option<Enrolment>, StorageError>;
    /// Uses a code: sets the login hash, ends the user's sessions and what renews them, registers the device and its session.
    /// Credentials that push stay, so that what waits on other phones arrives.
    async fn complete_enrolment(
        &self,
        code: Bytes32,
        login: &[u8],
        device: &NewDevice,
        session: &NewSession,
        at: DateTime<Utc>,
    ) -> Result<Completed, StorageError>;
    /// Registers a device (again, with the same key) and its session; `false` if the id belongs to another user or key.
    async fn add_device(&self, device: &NewDevice, session: &NewSession) -> Result<bool, StorageError>;
    /// The device that a credential belongs to, revoked or not.
    async fn device(&self, kind: Credential, hash: Bytes32) -> Result<Option<Device>, StorageError>;
    /// A device by its id, revoked or not.
    async fn registered(&self, device: DeviceId) -> Result<Option<Device>, StorageError>;
    /// Revokes a device: it can only push from now on.
    async fn revoke_device(&self, device: DeviceId, at: DateTime<Utc>) -> Result<(), StorageError>;
    /// Adds a session, and sweeps those that have expired by `at`; `false` if nothing renews a session of this device (any more): a
    /// new phrase ended it in the meantime.
    async fn add_session(&self, session: &NewSession, at: DateTime<Utc>) -> Result<bool, StorageError>;
    /// Who has this session, unless it has expired or its device was revoked.
    async fn session(&self, hash: Bytes32, at: DateTime<Utc>) -> Result<Option<Asker>, StorageError>;
    /// Ends a session.
    async fn end_session(&self, hash: Bytes32) -> Result<(), StorageError>;

    // --- Entries ---

    /// Judges and stores the records of one device, all or none; one landing a record, in the order given. Answers after
    /// the commit is durable.
    async fn push(&self, batch: Batch) -> Result<Vec<Landing>, StorageError>;
    /// The lines after a number, whole lines up to a number of lines and of bytes.
    async fn pull(&self, pull: Pull) -> Result<Option<Pulled>, StorageError>;
    /// Writes payloads as the server itself.
    async fn append_own(&self, journal: JournalId, payloads: &[String], at: DateTime<Utc>) -> Result<(), StorageError>;
    /// Writes places and their neighbourhoods' codes as the server itself, all in one transaction; `false`, and nothing is written, if
    /// somebody wrote places in one of the journals since this was planned.
    async fn import_places(&self, places: &[PlacesOf], at: DateTime<Utc>) -> Result<bool, StorageError>;
    /// Writes entries as they are given, of anybody and any time: for demonstration and import. Fast.
    async fn append_given(&self, journal: JournalId, entries: &[Given]) -> Result<(), StorageError>;
    /// The last of these numbers that the journal has with the same chain; 0 if it has none of them.
    async fn common(&self, journal: JournalId, probes: &[Probe]) -> Result<u64, StorageError>;
    /// Stores entries that were taken before a restore, with author, device, n and time as they were; one that is there keeps
    /// its number. One answer each, in their order; refused where another entry has the id. Answers after the commit is durable.
    async fn offer(&self, journal: JournalId, entries: &[Given]) -> Result<Vec<Offered>, StorageError>;
    /// What was set apart of a journal, oldest first.
    async fn quarantined(&self, journal: JournalId) -> Result<Vec<Quarantined>, StorageError>;

    // --- Erasures ---

    /// What there is of somebody, or of these entries, by journal; journals that have nothing are left out.
    async fn about(&self, wanted: &Wanted) -> Result<Vec<About>, StorageError>;
    /// Carries a line of the list of erasures out, in every journal, in one transaction: text and salt are gone, numbers and chain stay,
    /// what was set apart about them goes, and pushes and offers of it are answered `Erased` from then on. How many texts it took; carried out
    /// once, it does nothing again. Answers after the commit is durable.
    async fn erase(&self, erasing: &Erasing) -> Result<u64, StorageError>;
    /// The neighbourhoods' journals in which somebody asked to be left alone, each with its last number.
    async fn wishes(&self) -> Result<Vec<(JournalId, u64)>, StorageError>;
    /// All that was carried out, oldest first.
    async fn erasures(&self) -> Result<Vec<Erasing>, StorageError>;
    /// Takes the bytes of what was erased out of the database's files, if that was not done yet; writers wait meanwhile.
    ///
    /// # Errors
    /// Also when somebody still reads what was there before: it is to be tried again later.
    async fn wipe(&self) -> Result<(), StorageError>;
}

/// Who writes when the server writes: nobody who can sign in.
pub const SERVER: UserId = UserId(Uuid::nil());
