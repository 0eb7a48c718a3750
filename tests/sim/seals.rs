//! Seals that cost nothing: the bytes stay readable, and a mark at their end says what they are bound to and under which key.
//! So a record that was moved, or whose key is gone, does not open; and a search finds a text wherever it lies.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use waakvlam::domain::{DeviceId, JournalId};
use waakvlam::store::vault::{Seals, VaultError};
use waakvlam::store::{OutboxRecord, Sealed, Segment, Store};

use super::ctl::Ctl;

pub const MARK: usize = 8;

pub struct SimSeals {
    ctl: Ctl,
    outbox: u64,
    journals: RefCell<BTreeMap<JournalId, u64>>,
}

pub fn mark(key: u64, bound: impl Hash) -> [u8; MARK] {
    let mut hasher = DefaultHasher::new();
    (key, bound).hash(&mut hasher);
    hasher.finish().to_le_bytes()
}

pub fn seal(key: u64, bound: impl Hash, bytes: &[u8]) -> Sealed {
    Sealed([bytes, &mark(key, bound)].concat())
}

pub fn open(key: u64, bound: impl Hash, sealed: &[u8]) -> Option<&[u8]> {
    let (bytes, end) = sealed.split_at_checked(sealed.len().checked_sub(MARK)?)?;
    (end == mark(key, bound)).then_some(bytes)
}

fn number(sealed: &Sealed) -> Option<u64> {
    Some(u64::from_le_bytes(sealed.0.as_slice().try_into().ok()?))
}

impl SimSeals {
    /// Opens the vault of a store, with every key in it.
    pub async fn open(ctl: &Ctl, store: &impl Store) -> Result<Self, VaultError> {
        let seals = Self { ctl: ctl.clone(), outbox: 0, journals: RefCell::default() };
        let outbox = seals.key(store, None).await?;
        for journal in store.journals().await? {
            seals.add_journal(store, journal).await?;
        }
        Ok(Self { outbox, ..seals })
    }

    async fn key(&self, store: &impl Store, journal: Option<JournalId>) -> Result<u64, VaultError> {
        if store.key(journal).await?.is_none() {
            store.put_key(journal, &Sealed(self.ctl.draw().to_le_bytes().to_vec())).await?;
        }
        store.key(journal).await?.as_ref().and_then(number).ok_or(VaultError::NotMade)
    }

    fn of(&self, journal: JournalId) -> Result<u64, VaultError> {
        self.journals.borrow().get(&journal).copied().ok_or(VaultError::NoKey(journal))
    }
}

impl Seals for SimSeals {
    async fn add_journal(&self, store: &impl Store, journal: JournalId) -> Result<(), VaultError> {
        let key = self.key(store, Some(journal)).await?;
        self.journals.borrow_mut().insert(journal, key);
        Ok(())
    }

    fn forget_journal(&self, journal: JournalId) {
        self.journals.borrow_mut().remove(&journal);
    }

    async fn outbox_key_for_server(&self, _: &impl Store, _: &[u8]) -> Result<Vec<u8>, VaultError> {
        Ok(self.outbox.to_le_bytes().to_vec())
    }

    async fn seal_entry(&self, device: DeviceId, journal: JournalId, n: u64, written: &[u8]) -> Result<Sealed, VaultError> {
        Ok(seal(self.outbox, (device, journal, n), written))
    }

    async fn open_entry(&self, record: &OutboxRecord) -> Result<Vec<u8>, VaultError> {
        let opened = open(self.outbox, (record.device, record.journal, record.n), &record.sealed.0);
        opened.map(<[u8]>::to_vec).ok_or(VaultError::DoesNotOpen)
    }

    async fn seal_segment(&self, journal: JournalId, first: u64, last: u64, lines: &[u8]) -> Result<Segment, VaultError> {
        Ok(Segment { first, last, sealed: seal(self.of(journal)?, (journal, first, last), lines) })
    }

    async fn open_segment(&self, journal: JournalId, segment: &Segment) -> Result<Vec<u8>, VaultError> {
        let opened = open(self.of(journal)?, (journal, segment.first, segment.last), &segment.sealed.0);
        opened.map(<[u8]>::to_vec).ok_or(VaultError::DoesNotOpen)
    }

    async fn seal_record(&self, name: &str, bytes: &[u8]) -> Result<Sealed, VaultError> {
        Ok(seal(1, name, bytes))
    }

    async fn open_record(&self, name: &str, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
        open(1, name, &sealed.0).map(<[u8]>::to_vec).ok_or(VaultError::DoesNotOpen)
    }
}
