//! Commitments, the running chain and what a receipt is made over.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};

use crate::domain::{EntryId, JournalId, UserId};

/// 32 bytes, as hexadecimal on the wire: a salt, a commitment, a link of the chain, a receipt.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Bytes32(pub [u8; 32]);

impl std::fmt::Debug for Bytes32 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_hex()[..8])
    }
}

impl Bytes32 {
    /// 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        let mut text = String::with_capacity(64);
        self.write_hex(&mut text);
        text
    }

    /// The same, at the end of a text.
    pub fn write_hex(&self, text: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0; 64];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        text.push_str(std::str::from_utf8(&hex).unwrap_or_default());
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        let mut out = [0; 32];
        if digits.len() != 64 {
            return None;
        }
        for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(out))
    }
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}

impl Serialize for Bytes32 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for Bytes32 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| D::Error::custom("not 64 hexadecimal digits"))
    }
}

/// The version of UUID that only a founded journal's id has: one that is worked out.
pub const FOUNDED: usize = 8;

/// The id of the journal that an entry founds, a UUID of version 8: worked out from who wrote it and what it binds itself to. So nobody
/// else can found it, nor the same person with other words, and founding it again is the same founding.
#[must_use]
pub fn founded(author: UserId, commitment: &Bytes32) -> JournalId {
    let hash = Sha256::new().chain_update("waakvlam founding 1").chain_update(author.0.as_bytes()).chain_update(commitment.0);
    let hash: [u8; 32] = hash.finalize().into();
    JournalId(uuid::Builder::from_custom_bytes(std::array::from_fn(|at| hash[at])).into_uuid())
}

/// SHA-256(salt ‖ payload): what an entry binds itself to.
#[must_use]
pub fn commitment(salt: &Bytes32, payload: &str) -> Bytes32 {
    Bytes32(Sha256::new().chain_update(salt.0).chain_update(payload.as_bytes()).finalize().into())
}

/// The chain before the first line.
pub const START: Bytes32 = Bytes32([0; 32]);

/// The chain after one more line.
#[must_use]
pub fn next(chain: &Bytes32, seq: u64, id: EntryId, author: UserId, commitment: &Bytes32) -> Bytes32 {
    Bytes32(
        Sha256::new()
            .chain_update(chain.0)
            .chain_update(seq.to_be_bytes())
            .chain_update(id.0.as_bytes())
            .chain_update(author.0.as_bytes())
            .chain_update(commitment.0)
            .finalize()
            .into(),
    )
}

/// What a receipt is an HMAC over: journal ‖ id ‖ author ‖ commitment, 80 bytes.
#[must_use]
pub fn receipt_message(journal: JournalId, id: EntryId, author: UserId, commitment: &Bytes32) -> [u8; 80] {
    let mut message = [0; 80];
    message[..16].copy_from_slice(journal.0.as_bytes());
    message[16..32].copy_from_slice(id.0.as_bytes());
    message[32..48].copy_from_slice(author.0.as_bytes());
    message[48..].copy_from_slice(&commitment.0);
    message
}
