//! Attacks on the vault, with the browser's own cryptography.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use waakvlam::domain::{DeviceId, JournalId};
use waakvlam::store::memory::MemoryStore;
use waakvlam::store::vault::{BY_PASSKEY, BY_PHRASE, PhraseKeys, SEALING, Vault, VaultError, passkey, phrase_keys};
use waakvlam::store::{OutboxRecord, Sealed, Segment, Store};
use waakvlam::sync::seal::outbox_aad;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::phrase::{self, DATABASE, DEVICE, JOURNAL, N, PHRASE, PLAIN};
use crate::suite::{journal, record};

const _: () = assert!(SEALING, "these attacks are for the real build");

async fn keys(phrase: &str) -> PhraseKeys {
    phrase_keys(phrase, &phrase::salt()).await.unwrap()
}

async fn made() -> (MemoryStore, Vault) {
    let store = MemoryStore::default();
    let vault = Vault::create(&store, DATABASE, &keys(PHRASE).await.vault).await.unwrap();
    vault.add_journal(&store, JOURNAL).await.unwrap();
    (store, vault)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[wasm_bindgen_test]
async fn a_phrase_gives_the_same_keys_as_natively() {
    let keys = keys(PHRASE).await;
    assert_eq!(keys.login_key.0, phrase::LOGIN_KEY);
    assert_eq!(format!("{:?}", keys.login_key), "(secret)");
    assert!(!keys.vault.extractable());
    let store = MemoryStore::default();
    store.put_record(BY_PHRASE, &phrase::sealed(phrase::MASTER)).await.unwrap();
    store.put_key(None, &phrase::sealed(phrase::OUTBOX_KEY)).await.unwrap();
    let vault = Vault::open(&store, DATABASE, &keys.vault).await.unwrap();
    let entry = OutboxRecord { journal: JOURNAL, sealed: phrase::sealed(phrase::ENTRY), ..record(DEVICE, N) };
    assert_eq!(vault.open_entry(&entry).await.unwrap(), PLAIN);
}

#[wasm_bindgen_test]
async fn what_was_sealed_opens_after_a_restart_and_is_not_readable_at_rest() {
    let (store, vault) = made().await;
    let sealed = vault.seal_entry(DEVICE, JOURNAL, N, PLAIN).await.unwrap();
    let segment = vault.seal_segment(JOURNAL, 1, 5, PLAIN).await.unwrap();
    let draft = vault.seal_record("draft:1", PLAIN).await.unwrap();
    let nothing = vault.seal_record("leeg", b"").await.unwrap();
    drop(vault);
    for bytes in [&sealed, &segment.sealed, &draft] {
        assert_eq!(bytes.0.len(), 12 + PLAIN.len() + 16);
        assert!(!contains(&bytes.0, b"Koffie"));
    }
    let vault = Vault::open(&store, DATABASE, &keys(PHRASE).await.vault).await.unwrap();
    let entry = OutboxRecord { journal: JOURNAL, sealed, ..record(DEVICE, N) };
    assert_eq!(vault.open_entry(&entry).await.unwrap(), PLAIN);
    assert_eq!(vault.open_segment(JOURNAL, &segment).await.unwrap(), PLAIN);
    assert_eq!(vault.open_record("draft:1", &draft).await.unwrap(), PLAIN);
    assert_eq!(vault.open_record("leeg", &nothing).await.unwrap(), b"");
}

#[wasm_bindgen_test]
async fn another_phrase_opens_nothing_and_costs_nothing() {
    let (store, vault) = made().await;
    let draft = vault.seal_record("draft:1", PLAIN).await.unwrap();
    for wrong in ["tafel koffie lamp fiets boon", "tafel koffie lamp fiets", ""] {
        let wrong = keys(wrong).await.vault;
        assert!(matches!(Vault::open(&store, DATABASE, &wrong).await, Err(VaultError::WrongPhrase)));
    }
    let other_salt = phrase_keys(PHRASE, &[0; 32]).await.unwrap();
    assert_ne!(other_salt.login_key.0, phrase::LOGIN_KEY);
    assert!(matches!(Vault::open(&store, DATABASE, &other_salt.vault).await, Err(VaultError::WrongPhrase)));
    let right = keys(PHRASE).await.vault;
    assert!(matches!(Vault::create(&store, DATABASE, &right).await, Err(VaultError::AlreadyMade)));
    assert!(matches!(Vault::open(&MemoryStore::default(), DATABASE, &right).await, Err(VaultError::NotMade)));
    assert!(
        matches!(Vault::open(&store, "waakvlam-another", &right).await, Err(VaultError::WrongPhrase)),
        "bound to its database"
    );
    assert_eq!(Vault::open(&store, DATABASE, &right).await.unwrap().open_record("draft:1", &draft).await.unwrap(), PLAIN);
}

#[wasm_bindgen_test]
async fn no_changed_bit_goes_unseen() {
    let (_, vault) = made().await;
    let sealed = vault.seal_record("me", b"kort").await.unwrap();
    for bit in 0..sealed.0.len() * 8 {
        let mut changed = sealed.clone();
        changed.0[bit / 8] ^= 1 << (bit % 8);
        assert!(matches!(vault.open_record("me", &changed).await, Err(VaultError::DoesNotOpen)), "bit {bit}");
    }
    for length in 0..sealed.0.len() {
        let cut = Sealed(sealed.0[..length].to_vec());
        assert!(matches!(vault.open_record("me", &cut).await, Err(VaultError::DoesNotOpen)), "cut to {length}");
    }
}

#[wasm_bindgen_test]
async fn a_record_that_is_moved_does_not_open() {
    let (store, vault) = made().await;
    vault.add_journal(&store, journal(8)).await.unwrap();
    let sealed = vault.seal_entry(DEVICE, JOURNAL, N, PLAIN).await.unwrap();
    let right = OutboxRecord { journal: JOURNAL, sealed, ..record(DEVICE, N) };
    let moved = [
        OutboxRecord { n: N + 1, ..right.clone() },
        OutboxRecord { journal: journal(8), ..right.clone() },
        OutboxRecord { device: DeviceId(uuid::Uuid::nil()), ..right.clone() },
    ];
    for record in moved {
        assert!(matches!(vault.open_entry(&record).await, Err(VaultError::DoesNotOpen)), "{record:?}");
    }
    let segment = vault.seal_segment(JOURNAL, 1, 5, PLAIN).await.unwrap();
    for (of, first, last) in [(JOURNAL, 2, 5), (JOURNAL, 1, 4), (journal(8), 1, 5)] {
        let moved = Segment { first, last, ..segment.clone() };
        assert!(matches!(vault.open_segment(of, &moved).await, Err(VaultError::DoesNotOpen)), "{of} {first}–{last}");
    }
    let draft = vault.seal_record("draft:1", PLAIN).await.unwrap();
    assert!(matches!(vault.open_record("draft:2", &draft).await, Err(VaultError::DoesNotOpen)));
    assert!(matches!(vault.open_segment(journal(9), &segment).await, Err(VaultError::NoKey(of)) if of == journal(9)));
    vault.forget_journal(JOURNAL);
    assert!(matches!(vault.open_segment(JOURNAL, &segment).await, Err(VaultError::NoKey(_))));
}

#[wasm_bindgen_test]
async fn a_key_that_is_moved_does_not_open() {
    let (store, _) = made().await;
    let moved = MemoryStore::default();
    moved.put_record(BY_PHRASE, &store.record(BY_PHRASE).await.unwrap().unwrap()).await.unwrap();
    moved.put_key(None, &store.key(Some(JOURNAL)).await.unwrap().unwrap()).await.unwrap();
    let opened = Vault::open(&moved, DATABASE, &keys(PHRASE).await.vault).await;
    assert!(matches!(opened, Err(VaultError::DoesNotOpen)), "a journal's key in the outbox's place");
}

#[wasm_bindgen_test]
async fn the_same_text_never_seals_to_the_same_bytes() {
    let (_, vault) = made().await;
    let mut nonces = std::collections::BTreeSet::new();
    for _ in 0..1_000 {
        nonces.insert(vault.seal_record("me", PLAIN).await.unwrap().0[..12].to_vec());
    }
    assert_eq!(nonces.len(), 1_000);
}

#[wasm_bindgen_test]
async fn two_tabs_that_both_draw_a_key_end_with_the_same() {
    let (store, one) = made().await;
    let two = Vault::open(&store, DATABASE, &keys(PHRASE).await.vault).await.unwrap();
    let of = JournalId(uuid::Uuid::from_u128(0xf));
    let (first, second) = futures::join!(one.add_journal(&store, of), two.add_journal(&store, of));
    first.unwrap();
    second.unwrap();
    let segment = one.seal_segment(of, 1, 1, PLAIN).await.unwrap();
    assert_eq!(two.open_segment(of, &segment).await.unwrap(), PLAIN);
}

/// What `public/passkey.js` makes of what a passkey's PRF gives.
async fn secret(byte: u8) -> CryptoKey {
    let raw = Uint8Array::from([byte; 32].as_slice());
    let uses = Array::of1(&"deriveKey".into());
    done(subtle().import_key_with_str("raw", &raw, "HKDF", false, &uses)).await.unchecked_into()
}

#[wasm_bindgen_test]
async fn a_passkey_opens_what_the_phrase_opens_until_it_is_taken_away() {
    let (store, vault) = made().await;
    let draft = vault.seal_record("draft:1", PLAIN).await.unwrap();
    let phrase = keys(PHRASE).await.vault;
    assert_eq!(passkey(&store).await.unwrap(), None);
    Vault::add_passkey(&store, DATABASE, &phrase, "een", &secret(1).await).await.unwrap();
    assert_eq!(passkey(&store).await.unwrap().as_deref(), Some("een"));
    let opened = Vault::open_by_passkey(&store, DATABASE, "een", &secret(1).await).await.unwrap();
    assert_eq!(opened.open_record("draft:1", &draft).await.unwrap(), PLAIN);
    Vault::check(&store, DATABASE, &phrase).await.unwrap();

    // Another takes its place; what the first gives opens nothing any more, also put back under the new name.
    let before = store.record(&format!("{BY_PASSKEY}een")).await.unwrap().unwrap();
    Vault::add_passkey(&store, DATABASE, &phrase, "twee", &secret(2).await).await.unwrap();
    assert_eq!(store.record_names(BY_PASSKEY).await.unwrap(), [format!("{BY_PASSKEY}twee")]);
    let first = Vault::open_by_passkey(&store, DATABASE, "een", &secret(1).await).await;
    assert!(matches!(first, Err(VaultError::NotMade)));
    let moved = MemoryStore::default();
    moved.put_record(&format!("{BY_PASSKEY}twee"), &before).await.unwrap();
    let moved = Vault::open_by_passkey(&moved, DATABASE, "twee", &secret(1).await).await;
    assert!(matches!(moved, Err(VaultError::WrongPhrase)), "bound to its passkey");

    Vault::remove_passkey(&store).await.unwrap();
    assert_eq!(passkey(&store).await.unwrap(), None);
    let gone = Vault::open_by_passkey(&store, DATABASE, "twee", &secret(2).await).await;
    assert!(matches!(gone, Err(VaultError::NotMade)));
    assert_eq!(Vault::open(&store, DATABASE, &phrase).await.unwrap().open_record("draft:1", &draft).await.unwrap(), PLAIN);
}

#[wasm_bindgen_test]
async fn another_passkey_opens_nothing_and_a_wrong_phrase_adds_none() {
    let (store, _) = made().await;
    let phrase = keys(PHRASE).await.vault;
    Vault::add_passkey(&store, DATABASE, &phrase, "een", &secret(1).await).await.unwrap();
    let other = Vault::open_by_passkey(&store, DATABASE, "een", &secret(2).await).await;
    assert!(matches!(other, Err(VaultError::WrongPhrase)));
    let elsewhere = Vault::open_by_passkey(&store, "waakvlam-another", "een", &secret(1).await).await;
    assert!(matches!(elsewhere, Err(VaultError::WrongPhrase)), "bound to its database");
    let wrong = keys("tafel koffie lamp fiets boon").await.vault;
    assert!(matches!(Vault::check(&store, DATABASE, &wrong).await, Err(VaultError::WrongPhrase)));
    let added = Vault::add_passkey(&store, DATABASE, &wrong, "twee", &secret(2).await).await;
    assert!(matches!(added, Err(VaultError::WrongPhrase)));
    assert_eq!(passkey(&store).await.unwrap().as_deref(), Some("een"), "and what was there stays");
}

/// The server's side of RSA-OAEP and of an outbox record, done with the browser's.
#[wasm_bindgen_test]
async fn the_server_can_open_the_outbox_with_what_it_is_given() {
    let (store, vault) = made().await;
    let pair = server_pair().await;
    let public: CryptoKey = get(&pair, "publicKey").unchecked_into();
    let private: CryptoKey = get(&pair, "privateKey").unchecked_into();
    let spki = bytes(subtle().export_key("spki", &public)).await;
    let given = vault.outbox_key_for_server(&store, &spki.to_vec()).await.unwrap();
    assert_eq!(given.len(), 256);
    let raw = bytes(subtle().decrypt_with_str_and_u8_array("RSA-OAEP", &private, &given)).await;
    assert_eq!(raw.length(), 32);
    let gcm = object(&[("name", "AES-GCM".into())]);
    let uses = Array::of1(&"decrypt".into());
    let key: CryptoKey = done(subtle().import_key_with_object("raw", &raw, &gcm, false, &uses)).await.unchecked_into();
    let sealed = vault.seal_entry(DEVICE, JOURNAL, N, PLAIN).await.unwrap();
    let (nonce, rest) = sealed.0.split_at(12);
    let aad = outbox_aad(DEVICE, JOURNAL, N);
    let how = object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce).into()),
        ("additionalData", Uint8Array::from(aad.as_bytes()).into()),
    ]);
    assert_eq!(bytes(subtle().decrypt_with_object_and_u8_array(&how, &key, rest)).await.to_vec(), PLAIN);
    assert!(vault.outbox_key_for_server(&store, b"no key").await.is_err());
}

async fn server_pair() -> JsValue {
    let how = object(&[
        ("name", "RSA-OAEP".into()),
        ("hash", "SHA-256".into()),
        ("modulusLength", 2048.into()),
        ("publicExponent", Uint8Array::from([1, 0, 1].as_slice()).into()),
    ]);
    let uses = ["wrapKey", "decrypt"].iter().map(|name| JsValue::from_str(name)).collect::<Array>();
    done(subtle().generate_key_with_object(&how, true, &uses)).await
}

fn subtle() -> SubtleCrypto {
    web_sys::window().unwrap().crypto().unwrap().subtle()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

async fn done(asked: Result<Promise, JsValue>) -> JsValue {
    JsFuture::from(asked.unwrap()).await.unwrap()
}

async fn bytes(asked: Result<Promise, JsValue>) -> Uint8Array {
    Uint8Array::new(&done(asked).await.unchecked_into::<ArrayBuffer>())
}
