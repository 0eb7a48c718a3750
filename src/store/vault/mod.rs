//! The vault: what keeps a phone's copy unreadable without its owner.
//!
//! ```text
//! five words ──PBKDF2──▶ 32 bytes ──HKDF "login"──▶ login key: sent, the server keeps a hash
//!                                 └─HKDF "vault"──▶ vault key ──wraps──▶ master ──HKDF──▶ wrap key ──wraps──▶ a data key per journal
//!                                                                               │                        └─▶ the outbox key
//!                                                                               └──HKDF──▶ desk key: drafts, credentials
//! a fingerprint ──passkey's PRF──▶ 32 bytes ──HKDF──▶ passkey key ──wraps──▶ the same master
//! ```
//!
//! The master is drawn once and wrapped under the vault key as the record [`BY_PHRASE`]. A passkey is a second way in: one more wrap
//! of the master beside it, [`BY_PASSKEY`]. Another phrase is one wrap instead of it; nothing else has to be sealed again.
//!
//! - Raw keys never come into our memory: WebCrypto generates, wraps and unwraps them (`wrapKey`, `unwrapKey`), and what is unwrapped can't
//!   be exported. Two exceptions leave wrapped: the outbox key, under the server's public key ([`Vault::outbox_key_for_server`]), and the
//!   master, under a passkey's key, when the phrase was given for it ([`Vault::add_passkey`]). What a passkey gives becomes a key in
//!   `public/passkey.js` and is wiped there.
//! - Every seal is AES-256-GCM with a fresh nonce, bound to database, journal, kind and key of the record
//!   ([`crate::sync::seal`]): a record that is moved does not open.
//! - Sealing is asynchronous. Seal first, then open a transaction.
//!
//! # Switched off
//!
//! A build with the variable `WAAKVLAM_UNSEALED` set at compile time seals nothing: nonce and tag are zeros and the text stands
//! between them ([`SEALING`] is `false`). It exists for one test only, the control run of the search through a phone's profile: what that search
//! finds there, it must not find in a real build. The server can't open what such a build sends.

pub mod attempts;
#[cfg(target_arch = "wasm32")]
mod keys;
#[cfg(target_arch = "wasm32")]
mod opened;
#[cfg(target_arch = "wasm32")]
mod passkey;

#[cfg(target_arch = "wasm32")]
pub use keys::{PhraseKeys, phrase_keys};
#[cfg(target_arch = "wasm32")]
pub use opened::Vault;
#[cfg(target_arch = "wasm32")]
pub use passkey::passkey;

use super::{OutboxRecord, Sealed, Segment, Store, StoreError};
use crate::domain::{DeviceId, JournalId};
use crate::sync::engine::Fault;

/// What does not open now is tried again later.
impl From<VaultError> for Fault {
    fn from(_: VaultError) -> Self {
        Self::Store
    }
}

/// The record that holds the master, wrapped under the phrase's vault key.
pub const BY_PHRASE: &str = "vault:phrase";

/// The record that holds it under a passkey's key: this, and the passkey's id in base64url. At most one.
pub const BY_PASSKEY: &str = "vault:passkey:";

/// Whether this build seals. Always, but for the control run of one test.
pub const SEALING: bool = option_env!("WAAKVLAM_UNSEALED").is_none();

/// What the vault can't do.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The phrase is not the one that this account was made with; or it is another passkey.
    #[error("this is not the phrase, or the passkey, of this account")]
    WrongPhrase,
    /// There is no vault in this store.
    #[error("there is no vault on this phone")]
    NotMade,
    /// There is a vault in this store already; making another would lose what it keeps.
    #[error("there is a vault on this phone already")]
    AlreadyMade,
    /// This journal has no key here: [`Vault::add_journal`] comes first.
    #[error("there is no key for journal {0} on this phone")]
    NoKey(JournalId),
    /// Sealed bytes that don't open: damaged, tampered with, or moved.
    #[error("a sealed record does not open")]
    DoesNotOpen,
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The browser has no WebCrypto here (not https), or it failed.
    #[error("the browser's cryptography failed: {0}")]
    Crypto(String),
}

/// An open vault, as those who seal and open with it see it. `Vault` is the one of the app; a simulation has its own.
#[allow(async_fn_in_trait, reason = "one thread on wasm: no Send is wanted")]
pub trait Seals {
    /// Makes sure that there is a data key for a journal: loads the one in the store, or draws one.
    async fn add_journal(&self, store: &impl Store, journal: JournalId) -> Result<(), VaultError>;
    /// Forgets a journal's key.
    fn forget_journal(&self, journal: JournalId);
    /// The outbox key under the server's public key.
    async fn outbox_key_for_server(&self, store: &impl Store, public: &[u8]) -> Result<Vec<u8>, VaultError>;
    /// Seals an entry for the outbox, as this number of this device in this journal.
    async fn seal_entry(&self, device: DeviceId, journal: JournalId, n: u64, written: &[u8]) -> Result<Sealed, VaultError>;
    /// Opens an entry of the outbox.
    async fn open_entry(&self, record: &OutboxRecord) -> Result<Vec<u8>, VaultError>;
    /// Seals a run of pulled lines.
    async fn seal_segment(&self, journal: JournalId, first: u64, last: u64, lines: &[u8]) -> Result<Segment, VaultError>;
    /// Opens a run of pulled lines.
    async fn open_segment(&self, journal: JournalId, segment: &Segment) -> Result<Vec<u8>, VaultError>;
    /// Seals a small thing under its name: a draft, a credential.
    async fn seal_record(&self, name: &str, bytes: &[u8]) -> Result<Sealed, VaultError>;
    /// Opens a small thing.
    async fn open_record(&self, name: &str, sealed: &Sealed) -> Result<Vec<u8>, VaultError>;
}
