//! What sealed bytes are bound to, and how keys come from a phrase. Names and sizes only: the
//! ciphers themselves are WebCrypto on the phone and `aes-gcm` on the server.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::domain::{DeviceId, JournalId};

/// Bytes of the nonce that stands before a ciphertext.
pub const NONCE_BYTES: usize = 12;
/// Bytes of every symmetric key.
pub const KEY_BYTES: usize = 32;
/// PBKDF2-SHA-256 rounds. Enough because the phrase is drawn, never chosen: 2⁶⁴ before the first round.
pub const PBKDF2_ROUNDS: u32 = 600_000;
/// HKDF info of the key that is sent to sign in.
pub const HKDF_LOGIN: &str = "waakvlam login 1";
/// HKDF info of the key that never leaves the phone.
pub const HKDF_VAULT: &str = "waakvlam vault 1";
/// Version of the seals; part of every associated data.
pub const VERSION: u8 = 1;

/// Associated data of an outbox record: it opens as this record of this device and journal only.
#[must_use]
pub fn outbox_aad(device: DeviceId, journal: JournalId, n: u64) -> String {
    format!("waakvlam:{VERSION}:outbox:{device}:{journal}:{n}")
}

/// Associated data of what stays on the phone: database, journal (or "-"), kind and key of the record.
#[must_use]
pub fn local_aad(database: &str, journal: Option<JournalId>, kind: &str, key: &str) -> String {
    let journal = journal.map_or_else(|| "-".to_owned(), |journal| journal.to_string());
    format!("waakvlam:{VERSION}:{database}:{journal}:{kind}:{key}")
}

/// The salt of a login name: SHA-256(installation id ‖ login name). Anybody can compute it, so asking for one tells
/// nothing; login names never change. The name is trimmed and lower-cased first.
#[must_use]
pub fn login_salt(installation: Uuid, login_name: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(installation.as_bytes())
        .chain_update(login_name.trim().to_lowercase().as_bytes())
        .finalize()
        .into()
}
