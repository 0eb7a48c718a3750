//! The vault, open: it seals and opens. Dropping it (and every clone) is locking.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use web_sys::CryptoKey;

use super::keys::{self, Use};
use super::{BY_PHRASE, Seals, VaultError};
use crate::domain::{DeviceId, JournalId};
use crate::store::{OutboxRecord, Sealed, Segment, Store};
use crate::sync::seal::{local_aad, outbox_aad};

const HKDF_WRAP: &str = "waakvlam wrap 1";
const HKDF_DESK: &str = "waakvlam desk 1";

/// An open vault of one account. A clone is the same vault.
#[derive(Clone)]
pub struct Vault(Rc<Opened>);

struct Opened {
    database: String,
    wrap: CryptoKey,
    desk: CryptoKey,
    outbox: CryptoKey,
    /// Each as it lies wrapped in the store, and unwrapped.
    journals: RefCell<BTreeMap<JournalId, (Sealed, CryptoKey)>>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({}, open)", self.0.database)
    }
}

impl Vault {
    /// Makes a vault in a new account's store: draws master and outbox key and keeps them wrapped.
    ///
    /// # Errors
    /// `AlreadyMade`, `Store`, `Crypto`.
    pub async fn create(store: &impl Store, database: &str, vault_key: &CryptoKey) -> Result<Self, VaultError> {
        if store.record(BY_PHRASE).await?.is_some() {
            return Err(VaultError::AlreadyMade);
        }
        let master = keys::draw_wrapped(vault_key, &way_aad(database, BY_PHRASE)).await?;
        store.put_record(BY_PHRASE, &master).await?;
        Self::open(store, database, vault_key).await
    }

    /// Opens the vault with the vault key of a phrase, and every data key that the store holds.
    ///
    /// # Errors
    /// `WrongPhrase`, `NotMade`, `DoesNotOpen` (a data key is damaged), `Store`, `Crypto`.
    pub async fn open(store: &impl Store, database: &str, vault_key: &CryptoKey) -> Result<Self, VaultError> {
        Self::open_as(store, database, BY_PHRASE, vault_key).await
    }

    /// Opens it with the master that lies wrapped under this name.
    pub(super) async fn open_as(store: &impl Store, database: &str, name: &str, by: &CryptoKey) -> Result<Self, VaultError> {
        let master = master(store, database, name, by, Use::Root).await?;
        let wrap = keys::derive(&master, HKDF_WRAP, &["wrapKey", "unwrapKey"]).await?;
        let desk = keys::derive(&master, HKDF_DESK, &["encrypt", "decrypt"]).await?;
        let (_, outbox) = data_key(store, database, &wrap, None).await?;
        let vault = Self(Rc::new(Opened { database: database.to_owned(), wrap, desk, outbox, journals: RefCell::default() }));
        for journal in store.journals().await? {
            vault.add_journal(store, journal).await?;
        }
        Ok(vault)
    }

    /// Whether this is the vault key of the phrase, without opening anything with it.
    ///
    /// # Errors
    /// `WrongPhrase`, `NotMade`, `Store`, `Crypto`.
    pub async fn check(store: &impl Store, database: &str, vault_key: &CryptoKey) -> Result<(), VaultError> {
        master(store, database, BY_PHRASE, vault_key, Use::Root).await.map(drop)
    }

    /// The name of the database that this vault belongs to.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.0.database
    }

    /// Makes sure that there is a data key for a journal: loads the one in the store, or draws one. The store is asked each time:
    /// another tab may have taken the journal off, and the key that is in memory with it.
    ///
    /// # Errors
    /// `DoesNotOpen`, `Store`, `Crypto`.
    pub async fn add_journal(&self, store: &impl Store, journal: JournalId) -> Result<(), VaultError> {
        let lies = store.key(Some(journal)).await?;
        if lies.is_none() || self.0.journals.borrow().get(&journal).map(|(wrapped, _)| wrapped) != lies.as_ref() {
            let key = data_key(store, &self.0.database, &self.0.wrap, Some(journal)).await?;
            self.0.journals.borrow_mut().insert(journal, key);
        }
        Ok(())
    }

    /// Forgets a journal's key; [`Store::destroy`] takes it off the phone.
    pub fn forget_journal(&self, journal: JournalId) {
        self.0.journals.borrow_mut().remove(&journal);
    }

    /// The outbox key under the server's public key (SPKI DER), RSA-OAEP with SHA-256: for [`crate::sync::wire::NewDevice`].
    ///
    /// # Errors
    /// `Crypto` if it is no such public key; `Store`.
    pub async fn outbox_key_for_server(&self, store: &impl Store, public: &[u8]) -> Result<Vec<u8>, VaultError> {
        let wrapped = store.key(None).await?.ok_or(VaultError::NotMade)?;
        let hand = keys::unwrap(&wrapped, &self.0.wrap, &key_aad(&self.0.database, None), Use::Hand).await?;
        keys::wrap_for(public, &hand).await
    }

    /// Seals an entry for the outbox, as this number of this device in this journal.
    ///
    /// # Errors
    /// `Crypto`.
    pub async fn seal_entry(&self, device: DeviceId, journal: JournalId, n: u64, written: &[u8]) -> Result<Sealed, VaultError> {
        keys::seal(&self.0.outbox, &outbox_aad(device, journal, n), written).await
    }

    /// Opens an entry of the outbox.
    ///
    /// # Errors
    /// `DoesNotOpen`, `Crypto`.
    pub async fn open_entry(&self, record: &OutboxRecord) -> Result<Vec<u8>, VaultError> {
        keys::open(&self.0.outbox, &outbox_aad(record.device, record.journal, record.n), &record.sealed).await
    }

    /// Seals a run of pulled lines.
    ///
    /// # Errors
    /// `NoKey`, `Crypto`.
    pub async fn seal_segment(&self, journal: JournalId, first: u64, last: u64, lines: &[u8]) -> Result<Segment, VaultError> {
        let sealed = keys::seal(&self.journal_key(journal)?, &self.segment_aad(journal, first, last), lines).await?;
        Ok(Segment { first, last, sealed })
    }

    /// Opens a run of pulled lines.
    ///
    /// # Errors
    /// `NoKey`, `DoesNotOpen`, `Crypto`.
    pub async fn open_segment(&self, journal: JournalId, segment: &Segment) -> Result<Vec<u8>, VaultError> {
        let aad = self.segment_aad(journal, segment.first, segment.last);
        keys::open(&self.journal_key(journal)?, &aad, &segment.sealed).await
    }

    /// Seals a small thing under its name: a draft, a credential.
    ///
    /// # Errors
    /// `Crypto`.
    pub async fn seal_record(&self, name: &str, bytes: &[u8]) -> Result<Sealed, VaultError> {
        keys::seal(&self.0.desk, &local_aad(&self.0.database, None, "record", name), bytes).await
    }

    /// Opens a small thing.
    ///
    /// # Errors
    /// `DoesNotOpen`, `Crypto`.
    pub async fn open_record(&self, name: &str, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
        keys::open(&self.0.desk, &local_aad(&self.0.database, None, "record", name), sealed).await
    }

    fn journal_key(&self, journal: JournalId) -> Result<CryptoKey, VaultError> {
        self.0.journals.borrow().get(&journal).map(|(_, key)| key.clone()).ok_or(VaultError::NoKey(journal))
    }

    fn segment_aad(&self, journal: JournalId, first: u64, last: u64) -> String {
        local_aad(&self.0.database, Some(journal), "segment", &format!("{first}-{last}"))
    }
}

impl Seals for Vault {
    async fn add_journal(&self, store: &impl Store, journal: JournalId) -> Result<(), VaultError> {
        Self::add_journal(self, store, journal).await
    }

    fn forget_journal(&self, journal: JournalId) {
        Self::forget_journal(self, journal);
    }

    async fn outbox_key_for_server(&self, store: &impl Store, public: &[u8]) -> Result<Vec<u8>, VaultError> {
        Self::outbox_key_for_server(self, store, public).await
    }

    async fn seal_entry(&self, device: DeviceId, journal: JournalId, n: u64, written: &[u8]) -> Result<Sealed, VaultError> {
        Self::seal_entry(self, device, journal, n, written).await
    }

    async fn open_entry(&self, record: &OutboxRecord) -> Result<Vec<u8>, VaultError> {
        Self::open_entry(self, record).await
    }

    async fn seal_segment(&self, journal: JournalId, first: u64, last: u64, lines: &[u8]) -> Result<Segment, VaultError> {
        Self::seal_segment(self, journal, first, last, lines).await
    }

    async fn open_segment(&self, journal: JournalId, segment: &Segment) -> Result<Vec<u8>, VaultError> {
        Self::open_segment(self, journal, segment).await
    }

    async fn seal_record(&self, name: &str, bytes: &[u8]) -> Result<Sealed, VaultError> {
        Self::seal_record(self, name, bytes).await
    }

    async fn open_record(&self, name: &str, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
        Self::open_record(self, name, sealed).await
    }
}

/// The data key in the store, or one that is drawn now. If another tab was first, its key is the one.
async fn data_key(
    store: &impl Store,
    database: &str,
    wrap: &CryptoKey,
    journal: Option<JournalId>,
) -> Result<(Sealed, CryptoKey), VaultError> {
    let aad = key_aad(database, journal);
    if store.key(journal).await?.is_none() {
        store.put_key(journal, &keys::draw_wrapped(wrap, &aad).await?).await?;
    }
    let wrapped = store.key(journal).await?.ok_or(VaultError::NotMade)?;
    let key = keys::unwrap(&wrapped, wrap, &aad, Use::Data).await?;
    Ok((wrapped, key))
}

/// The master, as it lies wrapped under this name.
pub(super) async fn master(
    store: &impl Store,
    database: &str,
    name: &str,
    by: &CryptoKey,
    purpose: Use,
) -> Result<CryptoKey, VaultError> {
    let wrapped = store.record(name).await?.ok_or(VaultError::NotMade)?;
    keys::unwrap(&wrapped, by, &way_aad(database, name), purpose).await.map_err(|error| match error {
        VaultError::DoesNotOpen => VaultError::WrongPhrase,
        other => other,
    })
}

/// What the master is bound to, as it lies wrapped under this name.
pub(super) fn way_aad(database: &str, name: &str) -> String {
    local_aad(database, None, "key", name)
}

fn key_aad(database: &str, journal: Option<JournalId>) -> String {
    local_aad(database, journal, "key", if journal.is_some() { "data" } else { "outbox" })
}
