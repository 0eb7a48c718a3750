//! The vault: what keeps a phone's copy unreadable without its owner.
//!
//! ```text
//! five words ──PBKDF2──▶ 32 bytes ──HKDF "login"──▶ login key: sent, the server keeps a hash
//!                                 └─HKDF "vault"──▶ vault key ──wraps──▶ master ──HKDF──▶ wrap key ──wraps──▶ a data key per journal
//!                                                                               │                        └─▶ the outbox key
//!                                                                               └──HKDF──▶ desk key: drafts, credentials
//! ```
//!
//! The master is drawn once and wrapped under the vault key as the record [`BY_PHRASE`]. A second way in (a passkey) is one more wrap
//! of the master beside it; another phrase is one wrap instead of it; nothing else has to be sealed again.
//!
//! - Raw keys never come into our memory: WebCrypto generates, wraps and unwraps them (`wrapKey`, `unwrapKey`), and what is unwrapped can't
//!   be exported. The one exception leaves wrapped under the server's public key: [`Vault::outbox_key_for_server`].
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
pub use keys::{PhraseKeys, phrase_keys};
#[cfg(target_arch = "wasm32")]
pub use opened::Vault;

use super::StoreError;
use crate::domain::JournalId;
use crate::sync::engine::Fault;

/// What does not open now is tried again later.
impl From<VaultError> for Fault {
    fn from(_: VaultError) -> Self {
        Self::Store
    }
}

/// The record that holds the master, wrapped under the phrase's vault key.
pub const BY_PHRASE: &str = "vault:phrase";

/// Whether this build seals. Always, but for the control run of one test.
pub const SEALING: bool = option_env!("WAAKVLAM_UNSEALED").is_none();

/// What the vault can't do.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The phrase is not the one that this account was made with.
    #[error("this is not the phrase of this account")]
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
