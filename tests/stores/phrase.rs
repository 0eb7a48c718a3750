//! Known answers: what WebCrypto derives and seals on the phone is what the RustCrypto crates derive and seal natively.
//!
//! The constants are computed natively, and compared with there; the browser opens them.

use uuid::Uuid;
use waakvlam::domain::{DeviceId, JournalId};
#[cfg(target_arch = "wasm32")]
use waakvlam::store::Sealed;

pub const PHRASE: &str = "tafel koffie lamp fiets boom";
pub const DATABASE: &str = "waakvlam-known";
pub const PLAIN: &[u8] = "Koffie, alles goed. Één ogenblik 😀".as_bytes();
pub const N: u64 = 12;
pub const DEVICE: DeviceId = DeviceId(Uuid::from_u128(0xd));
pub const JOURNAL: JournalId = JournalId(Uuid::from_u128(0xa));

pub fn salt() -> [u8; 32] {
    waakvlam::sync::seal::login_salt(Uuid::from_u128(5), " Samira ")
}

/// The login key of the phrase.
pub const LOGIN_KEY: &str = "a3HjkDMGlsCy0FBQLG/lr56Rct3NpxBCEEzsWyunWUQ=";
/// A master of 32 × 1 under the phrase's vault key.
pub const MASTER: &str =
    "0707070707070707070707075eb8edc2ab66714f42bc68df46955c4c12307291bd73461f7cb1cf7a5deb59ddba68cc2644caee7b977f0621217974a8";
/// An outbox key of 32 × 2 under that master's wrap key.
pub const OUTBOX_KEY: &str =
    "0808080808080808080808084a63d901f905b9f83589a8f9e8b2900013eaae367cc066dd5867c02bbc974ebb7af507bd89d7906a76fa3218e824b9cc";
/// `PLAIN` under that outbox key.
pub const ENTRY: &str = "0909090909090909090909096bfa1f05848a13fe2d67ba704eb4c02e1d832df28fdbd372b84879f22115a62287fe8e89419d1faec66fb9d39db08608bffc0b1eec26fb";

#[cfg(target_arch = "wasm32")]
pub fn sealed(hex: &str) -> Sealed {
    Sealed(hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect())
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
    use aes_gcm::{Aes256Gcm, Nonce};
    use base64::Engine as _;
    use hkdf::Hkdf;
    use sha2::Sha256;
    use waakvlam::sync::seal::{HKDF_LOGIN, HKDF_VAULT, PBKDF2_ROUNDS, local_aad, outbox_aad};

    use super::*;

    fn hkdf(ikm: &[u8], info: &str) -> [u8; 32] {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, ikm).expand(info.as_bytes(), &mut key).unwrap();
        key
    }

    fn seal(key: &[u8; 32], nonce: u8, aad: &str, msg: &[u8]) -> String {
        let nonce = [nonce; 12];
        let payload = Payload { msg, aad: aad.as_bytes() };
        let sealed = Aes256Gcm::new(key.into()).encrypt(Nonce::from_slice(&nonce), payload).unwrap();
        nonce.iter().chain(&sealed).map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_known_answers_are_right() {
        let mut root = [0; 32];
        pbkdf2::pbkdf2_hmac::<Sha256>(PHRASE.as_bytes(), &salt(), PBKDF2_ROUNDS, &mut root);
        let login = base64::engine::general_purpose::STANDARD.encode(hkdf(&root, HKDF_LOGIN));
        let (master, outbox) = ([1; 32], [2; 32]);
        let wrap = hkdf(&master, "waakvlam wrap 1");
        let wrapped_master = seal(&hkdf(&root, HKDF_VAULT), 7, &local_aad(DATABASE, None, "key", "vault:phrase"), &master);
        let wrapped_outbox = seal(&wrap, 8, &local_aad(DATABASE, None, "key", "outbox"), &outbox);
        let entry = seal(&outbox, 9, &outbox_aad(DEVICE, JOURNAL, N), PLAIN);
        assert_eq!([login.as_str(), &wrapped_master, &wrapped_outbox, &entry], [LOGIN_KEY, MASTER, OUTBOX_KEY, ENTRY],);
    }
}
