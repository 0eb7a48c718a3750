//! Secrets that the server draws: tokens, device credentials, enrolment codes.
//!
//! Only a SHA-256 of each is kept. No slow hash is needed: what is hashed has 80 to 256 random bits, so whoever copies the
//! table has nothing to guess with. They are looked up by that hash through an index; how long that takes tells
//! something about the hash of what was sent at most, and a hash can't be steered byte by byte.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::{Rng as _, TryRngCore as _};
use sha2::{Digest as _, Sha256};

use crate::sync::chain::Bytes32;
use crate::sync::wire::Secret;

/// 32 letters and digits that nobody reads as another: 5 bits each.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// 16 of them: 80 bits.
const CODE_LETTERS: usize = 16;

/// 32 random bytes.
pub(super) fn random32() -> [u8; 32] {
    rand::rngs::OsRng.unwrap_err().random()
}

/// A token or credential of 256 bits.
pub(super) fn token() -> Secret {
    Secret(URL_SAFE_NO_PAD.encode(random32()))
}

/// An enrolment code, as it stands in a link: `ABCD-EFGH-JKLM-NPQR`.
pub(super) fn code() -> Secret {
    let bytes = random32();
    let letters: Vec<char> = bytes.iter().take(CODE_LETTERS).map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    Secret(letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-"))
}

/// What is kept of a secret.
pub(super) fn hash(secret: &Secret) -> Bytes32 {
    Bytes32(Sha256::digest(secret.0.as_bytes()).into())
}

/// What is kept of a code; typed over by hand it is the same in lower case or without dashes.
pub(super) fn hash_code(code: &Secret) -> Bytes32 {
    hash(&Secret(code.0.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_the_same_however_it_is_typed() {
        let code = code();
        assert_eq!(code.0.len(), 19);
        assert_eq!(hash_code(&code), hash_code(&Secret(code.0.to_lowercase().replace('-', " "))));
        assert_ne!(hash_code(&code), hash_code(&super::code()));
    }
}
