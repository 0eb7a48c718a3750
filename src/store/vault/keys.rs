//! WebCrypto: from a phrase to keys, and seals.

use base64::Engine as _;
use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AesGcmParams, AesKeyAlgorithm, Crypto, CryptoKey, HkdfParams, Pbkdf2Params, RsaHashedImportParams, RsaOaepParams,
    SubtleCrypto,
};

use super::{SEALING, VaultError};
use crate::store::Sealed;
use crate::sync::seal::{HKDF_LOGIN, HKDF_VAULT, KEY_BYTES, NONCE_BYTES, PBKDF2_ROUNDS};
use crate::sync::wire::Secret;

const GCM: &str = "AES-GCM";
const SHA: &str = "SHA-256";
const TAG_BYTES: usize = 16;
const BITS: u16 = 256;

/// What comes from a phrase.
#[derive(Clone, Debug)]
pub struct PhraseKeys {
    /// Goes to the server to sign in: 32 bytes in base64.
    pub login_key: Secret,
    /// Wraps the master; never leaves the phone and can't be exported.
    pub vault: CryptoKey,
}

/// Derives both keys: PBKDF2-SHA-256, [`PBKDF2_ROUNDS`], then HKDF-SHA-256 without a salt. Takes about 130 ms off the main thread.
/// The phrase comes normalised; the salt is [`crate::sync::seal::login_salt`].
///
/// # Errors
/// `Crypto`.
pub async fn phrase_keys(phrase: &str, salt: &[u8; 32]) -> Result<PhraseKeys, VaultError> {
    let subtle = subtle()?;
    let typed = Uint8Array::from(phrase.as_bytes());
    let typed = key(subtle.import_key_with_str("raw", &typed, "PBKDF2", false, &usages(&["deriveBits"]))).await?;
    let stretch = Pbkdf2Params::new_with_str("PBKDF2", SHA, PBKDF2_ROUNDS, &Uint8Array::from(salt.as_slice()));
    let stretched = bytes(subtle.derive_bits_with_object(&stretch, &typed, BITS.into())).await?;
    let root = key(subtle.import_key_with_str("raw", &stretched, "HKDF", false, &usages(&["deriveBits", "deriveKey"]))).await;
    stretched.fill(0, 0, stretched.length());
    let root = root?;
    let login = bytes(subtle.derive_bits_with_object(&hkdf(HKDF_LOGIN), &root, BITS.into())).await?;
    let login_key = Secret(base64::engine::general_purpose::STANDARD.encode(login.to_vec()));
    let vault = derive(&root, HKDF_VAULT, &["wrapKey", "unwrapKey"]).await?;
    Ok(PhraseKeys { login_key, vault })
}

/// An AES-GCM key from an HKDF one.
pub(super) async fn derive(root: &CryptoKey, info: &str, uses: &[&str]) -> Result<CryptoKey, VaultError> {
    key(subtle()?.derive_key_with_object_and_object(&hkdf(info), root, &AesKeyAlgorithm::new(GCM, BITS), false, &usages(uses)))
        .await
}

/// Draws a key and wraps it. Only the wrapped form is ever seen.
pub(super) async fn draw_wrapped(by: &CryptoKey, aad: &str) -> Result<Sealed, VaultError> {
    let subtle = subtle()?;
    let algorithm = AesKeyAlgorithm::new(GCM, BITS);
    wrap(&key(subtle.generate_key_with_object(&algorithm, true, &usages(&["encrypt", "decrypt"]))).await?, by, aad).await
}

/// Wraps a key that may leave.
pub(super) async fn wrap(hand: &CryptoKey, by: &CryptoKey, aad: &str) -> Result<Sealed, VaultError> {
    let nonce = nonce()?;
    let wrapped = bytes(subtle()?.wrap_key_with_object("raw", hand, by, &gcm(&nonce, aad))).await?;
    Ok(joined(&nonce, &wrapped))
}

/// What an unwrapped key is for.
#[derive(Clone, Copy)]
pub(super) enum Use {
    /// Sealing and opening.
    Data,
    /// Deriving other keys.
    Root,
    /// Going out wrapped: under the server's public key, or under another key of its owner.
    Hand,
}

/// Unwraps a key. `DoesNotOpen` if it is another wrap key, or the bytes were changed or moved.
pub(super) async fn unwrap(wrapped: &Sealed, by: &CryptoKey, aad: &str, purpose: Use) -> Result<CryptoKey, VaultError> {
    let (nonce, rest) = split(wrapped)?;
    let (algorithm, extractable, uses): (Object, bool, &[&str]) = match purpose {
        Use::Data => (AesKeyAlgorithm::new(GCM, BITS).into(), false, &["encrypt", "decrypt"]),
        Use::Root => (named("HKDF"), false, &["deriveKey"]),
        Use::Hand => (AesKeyAlgorithm::new(GCM, BITS).into(), true, &["encrypt"]),
    };
    let unwrapped = subtle()?.unwrap_key_with_js_u8_array_and_object_and_object(
        "raw",
        &Uint8Array::from(rest),
        by,
        &gcm(&nonce, aad),
        &algorithm,
        extractable,
        &usages(uses),
    );
    key(unwrapped).await
}

/// Wraps a key under an RSA public key (SPKI DER) by OAEP with SHA-256: the raw 32 bytes are what is encrypted.
pub(super) async fn wrap_for(public: &[u8], hand: &CryptoKey) -> Result<Vec<u8>, VaultError> {
    let subtle = subtle()?;
    let algorithm = RsaHashedImportParams::new_with_str(SHA);
    Reflect::set(&algorithm, &"name".into(), &"RSA-OAEP".into()).map_err(failed)?;
    let der = Uint8Array::from(public);
    let public = key(subtle.import_key_with_object("spki", &der, &algorithm, false, &usages(&["wrapKey"]))).await?;
    Ok(bytes(subtle.wrap_key_with_object("raw", hand, &public, &RsaOaepParams::new("RSA-OAEP"))).await?.to_vec())
}

/// Seals: nonce ‖ ciphertext ‖ tag.
pub(super) async fn seal(by: &CryptoKey, aad: &str, plain: &[u8]) -> Result<Sealed, VaultError> {
    if !SEALING {
        return Ok(Sealed([&[0; NONCE_BYTES], plain, &[0; TAG_BYTES]].concat()));
    }
    let nonce = nonce()?;
    let sealed = bytes(subtle()?.encrypt_with_object_and_u8_array(&gcm(&nonce, aad), by, plain)).await?;
    Ok(joined(&nonce, &sealed))
}

/// Opens what [`seal`] sealed under the same key and associated data.
pub(super) async fn open(by: &CryptoKey, aad: &str, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
    let (nonce, rest) = split(sealed)?;
    if !SEALING {
        return Ok(sealed.0[NONCE_BYTES..sealed.0.len() - TAG_BYTES].to_vec());
    }
    Ok(bytes(subtle()?.decrypt_with_object_and_u8_array(&gcm(&nonce, aad), by, rest)).await?.to_vec())
}

fn crypto() -> Result<Crypto, VaultError> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).map_err(failed)?;
    crypto.dyn_into().map_err(|_| VaultError::Crypto("there is none".to_owned()))
}

fn subtle() -> Result<SubtleCrypto, VaultError> {
    // Absent on plain http, whatever the types say.
    let subtle = crypto()?.subtle();
    if subtle.is_undefined() { Err(VaultError::Crypto("only on https and localhost".to_owned())) } else { Ok(subtle) }
}

fn nonce() -> Result<Uint8Array, VaultError> {
    let mut drawn = [0; NONCE_BYTES];
    crypto()?.get_random_values_with_u8_array(&mut drawn).map_err(failed)?;
    Ok(Uint8Array::from(drawn.as_slice()))
}

fn gcm(nonce: &Uint8Array, aad: &str) -> AesGcmParams {
    let params = AesGcmParams::new_with_u8_array(GCM, nonce);
    params.set_additional_data_u8_array(&Uint8Array::from(aad.as_bytes()));
    params
}

fn hkdf(info: &str) -> HkdfParams {
    HkdfParams::new_with_str("HKDF", SHA, &Uint8Array::from(info.as_bytes()), &Uint8Array::new_with_length(0))
}

fn named(name: &str) -> Object {
    // Any dictionary with a name and nothing else that WebCrypto reads here.
    RsaOaepParams::new(name).into()
}

fn usages(uses: &[&str]) -> JsValue {
    uses.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

// The rest goes to WebCrypto as it lies in memory: it copies what it is given before it returns.
fn split(sealed: &Sealed) -> Result<(Uint8Array, &[u8]), VaultError> {
    match sealed.0.split_at_checked(NONCE_BYTES) {
        Some((nonce, rest)) if rest.len() >= TAG_BYTES => Ok((Uint8Array::from(nonce), rest)),
        _ => Err(VaultError::DoesNotOpen),
    }
}

fn joined(nonce: &Uint8Array, rest: &Uint8Array) -> Sealed {
    let mut sealed = vec![0; NONCE_BYTES + rest.length() as usize];
    nonce.copy_to(&mut sealed[..NONCE_BYTES]);
    rest.copy_to(&mut sealed[NONCE_BYTES..]);
    Sealed(sealed)
}

async fn bytes(asked: Result<Promise, JsValue>) -> Result<Uint8Array, VaultError> {
    let buffer: ArrayBuffer = answer(asked).await?.unchecked_into();
    Ok(Uint8Array::new(&buffer))
}

async fn key(asked: Result<Promise, JsValue>) -> Result<CryptoKey, VaultError> {
    answer(asked).await.map(JsValue::unchecked_into)
}

async fn answer(asked: Result<Promise, JsValue>) -> Result<JsValue, VaultError> {
    JsFuture::from(asked.map_err(failed)?).await.map_err(failed)
}

/// A tag that doesn't fit is an `OperationError` and says nothing more, on purpose.
fn failed(said: JsValue) -> VaultError {
    match said.dyn_ref::<web_sys::DomException>() {
        Some(exception) if exception.name() == "OperationError" => VaultError::DoesNotOpen,
        Some(exception) => VaultError::Crypto(exception.name()),
        None => VaultError::Crypto(format!("{said:?}")),
    }
}

const _: () = assert!(KEY_BYTES * 8 == BITS as usize, "WebCrypto is asked for keys of the protocol's size");
