//! What a phone keeps: one trait, in memory and in IndexedDB, and the vault that makes it unreadable.
//!
//! One store belongs to one account on one phone. It never sees readable text: everything that a
//! person wrote comes in as [`Sealed`] bytes, and the [`vault`] alone turns them into readable ones. `tests/stores.rs` runs one
//! suite against every implementation.
//!
//! - "Opgeslagen" may be said when [`Store::append`] has returned [`Append::Stored`]: its transaction was strict.
//! - The counter `n` is read again inside the transaction that adds the record: two tabs never share a number.
//! - A pulled page, its cursor and what leaves the outbox through it are one transaction.
//! - Erasing and going back are one transaction each, too.
//! - What was acknowledged stays in the outbox until it has come back in a page; what was quarantined or refused stays until a person has seen to it.

#[cfg(target_arch = "wasm32")]
pub mod indexed_db;
pub mod memory;
pub mod vault;

use crate::domain::{DeviceId, EntryId, JournalId};
use crate::sync::engine::Fault;
pub use crate::sync::held::{Cursor, OutboxState};

/// Bytes that nobody can read without a key: nonce ‖ ciphertext ‖ tag. Made by the vault only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

/// What the store can't do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The phone has no room. Nothing was written.
    #[error("there is no room left on this phone")]
    Full(#[source] Option<Said>),
    /// The database was closed under our hands, or can't be opened.
    #[error("the phone's storage does not answer")]
    Unavailable(#[source] Option<Said>),
    /// Something lies there that this version can't read.
    #[error("a record on this phone is not as it should be: {0}")]
    Unreadable(&'static str),
}

/// What the browser said of it, for whoever looks into it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Said(pub String);

/// Whatever the store can't do, the sync engine waits and tries again.
impl From<StoreError> for Fault {
    fn from(_: StoreError) -> Self {
        Self::Store
    }
}

/// An unsent (or not yet returned) entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRecord {
    /// The device that wrote it; part of the seal.
    pub device: DeviceId,
    /// The journal it is for; part of the seal.
    pub journal: JournalId,
    /// Its number on that device; part of the seal.
    pub n: u64,
    /// The entry's id, so that it can be recognised in a page.
    pub id: EntryId,
    /// The entry, under the outbox key.
    pub sealed: Sealed,
    /// How far it is.
    pub state: OutboxState,
}

/// What [`Store::append`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Append {
    /// It is on the disk.
    Stored,
    /// Another tab took this number, or the device id was renewed: seal again under these.
    CounterMoved {
        /// The device id now.
        device: DeviceId,
        /// The number that is free now.
        next: u64,
    },
}

/// A run of pulled lines, sealed under the journal's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The first number in it.
    pub first: u64,
    /// The last.
    pub last: u64,
    /// The JSON array of lines, sealed.
    pub sealed: Sealed,
}

/// What [`Store::add_page`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddPage {
    /// Segment, cursor and outbox moved together.
    Stored,
    /// Another tab pulled meanwhile; nothing was written.
    CursorMoved(Option<Cursor>),
}

/// What a phone keeps for one account. Every method is one transaction; writing ones are strict.
#[allow(async_fn_in_trait, reason = "one thread on wasm: no Send is wanted")]
pub trait Store {
    /// The device id and the next free n. The device is drawn when the store is made.
    async fn counter(&self) -> Result<(DeviceId, u64), StoreError>;
    /// A new device id, from n = 1; for a cloned phone. Records in the outbox keep theirs.
    async fn renew_device(&self, device: DeviceId) -> Result<(), StoreError>;
    /// Adds a record if its device and n are still the next ones.
    async fn append(&self, record: &OutboxRecord) -> Result<Append, StoreError>;
    /// The outbox, in the order of writing.
    async fn outbox(&self) -> Result<Vec<OutboxRecord>, StoreError>;
    /// Notes how far records are. A record that is not there any more is no error.
    async fn mark(&self, states: &[(DeviceId, u64, OutboxState)]) -> Result<(), StoreError>;
    /// Takes one record out for good; only for what a person has seen to. One that is not there is no error.
    async fn discard(&self, device: DeviceId, n: u64) -> Result<(), StoreError>;

    /// How far a journal was pulled; `None` before the first page.
    async fn cursor(&self, journal: JournalId) -> Result<Option<Cursor>, StoreError>;
    /// Stores a page: the segment (none for an empty page), the cursor, and takes `returned` entries out of the outbox;
    /// all or nothing, and only if the cursor is still `expected`.
    async fn add_page(
        &self,
        journal: JournalId,
        expected: Option<Cursor>,
        cursor: Cursor,
        segment: Option<&Segment>,
        returned: &[EntryId],
    ) -> Result<AddPage, StoreError>;
    /// Carries out erasures: puts `segments` in the place of those with the same ends, takes `discard` out of the outbox and
    /// `records` away, and sets the cursor; all or nothing, and only if the cursor is still `expected` and every one of
    /// those segments is there. [`AddPage::CursorMoved`] says that another tab was busy with them.
    async fn rewrite(
        &self,
        journal: JournalId,
        expected: Cursor,
        cursor: Cursor,
        segments: &[Segment],
        discard: &[(DeviceId, u64)],
        records: &[String],
    ) -> Result<AddPage, StoreError>;
    /// Goes back to an earlier number: takes the segments that end beyond the cursor away, adds `cut` (what stays of the one that
    /// the cursor lies in) and keeps `strays` under their names; all or nothing, and only if the cursor is still `expected`.
    async fn rewind(
        &self,
        journal: JournalId,
        expected: Cursor,
        cursor: Cursor,
        cut: Option<&Segment>,
        strays: &[(String, Sealed)],
    ) -> Result<AddPage, StoreError>;
    /// All segments of a journal, by number.
    async fn segments(&self, journal: JournalId) -> Result<Vec<Segment>, StoreError> {
        self.segments_from(journal, 0).await
    }
    /// Those that begin at this number or later, by number.
    async fn segments_from(&self, journal: JournalId, first: u64) -> Result<Vec<Segment>, StoreError>;
    /// The first number of each of a journal's segments, in their order. No segment is read for it.
    async fn segment_firsts(&self, journal: JournalId) -> Result<Vec<u64>, StoreError>;
    /// Replaces the segments that `chunk` covers by it; they must be exactly those with the given first numbers, and end where it
    /// ends, and the cursor must still be `expected`, else nothing is done and it is `false`. An erasure moves the cursor: so a
    /// chunk that was put together before it does not bring the text back.
    async fn merge(&self, journal: JournalId, expected: Cursor, firsts: &[u64], chunk: &Segment) -> Result<bool, StoreError>;
    /// Takes a journal's segments, cursor, key and strays away, and of its outbox what the office has: sent or set apart there.
    async fn destroy(&self, journal: JournalId) -> Result<(), StoreError>;

    /// A data key wrapped by the vault. `None` is the outbox's.
    async fn key(&self, journal: Option<JournalId>) -> Result<Option<Sealed>, StoreError>;
    /// Keeps a wrapped data key unless one is there already: then nothing is done and it is `false`, so that two tabs
    /// that drew one each end with the same.
    async fn put_key(&self, journal: Option<JournalId>, wrapped: &Sealed) -> Result<bool, StoreError>;
    /// The journals that have a data key here.
    async fn journals(&self) -> Result<Vec<JournalId>, StoreError>;

    /// Small things by name that need not be sealed (nothing personal): the push credential, how often a wrong phrase was given.
    async fn note(&self, name: &str) -> Result<Option<String>, StoreError>;
    /// Keeps one.
    async fn put_note(&self, name: &str, value: &str) -> Result<(), StoreError>;
    /// Small sealed things by name: the renewal credential, who I am, drafts ("draft:…").
    async fn record(&self, name: &str) -> Result<Option<Sealed>, StoreError>;
    /// Keeps one.
    async fn put_record(&self, name: &str, sealed: &Sealed) -> Result<(), StoreError>;
    /// Takes one away.
    async fn remove_record(&self, name: &str) -> Result<(), StoreError>;
    /// The names of the sealed things that begin with this.
    async fn record_names(&self, prefix: &str) -> Result<Vec<String>, StoreError>;
}
