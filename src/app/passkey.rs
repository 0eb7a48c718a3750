//! Opening with a fingerprint or a face: a passkey as a second way in. Works without a signal.
//!
//! Asking the authenticator is `public/passkey.js`; wrapping and unwrapping is the vault. The session is renewed as after the phrase,
//! with the credential that lies sealed in the vault: a passkey knows nothing of the login key.

use js_sys::{Array, Promise};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::paths::Path;
use super::phone::{Phone, PhoneError, counted, vault_key};
use crate::store::StoreError;
use crate::store::vault::{Vault, VaultError, attempts};

#[allow(unsafe_code, reason = "wasm-bindgen's way of naming a function of the page")]
mod page {
    use super::{JsValue, Promise, wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        // public/cover.js fetches public/passkey.js.
        #[wasm_bindgen(catch, js_name = waakvlamPasskey)]
        pub fn passkey(what: &str, database: &str, more: &str) -> Result<Promise, JsValue>;
    }
}

async fn asked(what: &str, database: &str, more: &str) -> Result<JsValue, PhoneError> {
    let answer = async { JsFuture::from(page::passkey(what, database, more)?).await };
    answer.await.map_err(|why| match why.dyn_ref::<web_sys::DomException>() {
        Some(why) if why.name() == "NotSupportedError" => PhoneError::NoPasskey,
        _ => PhoneError::Passkey,
    })
}

/// Whether this phone and browser can do it, as far as they say.
pub async fn can() -> bool {
    asked("can", "", "").await.is_ok_and(|can| can.is_truthy())
}

impl Phone {
    /// The passkey that opens this account, by its id. Follows what is added and removed.
    #[must_use]
    pub fn passkey(&self, database: &str) -> Option<String> {
        self.known
            .with(|known| known.iter().find(|known| known.account.database == database).and_then(|known| known.passkey.get()))
    }

    /// Opens an account with its passkey.
    pub async fn open_by_passkey(&self, database: &str) -> Result<(), PhoneError> {
        let id = untrack(|| self.passkey(database)).ok_or(PhoneError::Passkey)?;
        let (_, store, signal) = self.held(database).ok_or(StoreError::Unavailable(None))?;
        let key = asked("ask", database, &id).await?;
        let vault = Vault::open_by_passkey(&*store, database, &id, key.unchecked_ref()).await.map_err(|why| match why {
            VaultError::WrongPhrase | VaultError::NotMade => PhoneError::Passkey,
            other => other.into(),
        })?;
        // Whoever is let in so has not guessed at words.
        let _ = attempts::succeeded(&*store).await;
        self.enter(store, vault, signal).await
    }

    /// Makes a passkey for an account. `phrase` is typed once more, unless that was a moment ago ([`Phone::may_add_passkey`]).
    pub async fn add_passkey(&self, database: &str, phrase: &str) -> Result<(), PhoneError> {
        let (account, store, _) = self.held(database).ok_or(StoreError::Unavailable(None))?;
        let fresh = self.fresh.get_value().filter(|(of, _)| of == database).map(|(_, key)| key);
        let key = match fresh {
            Some(key) => key,
            None => {
                let key = vault_key(&account, &store, phrase).await?;
                match Vault::check(&*store, database, &key).await {
                    Ok(()) => key,
                    Err(why) => return Err(counted(&store, why).await),
                }
            }
        };
        let made: Array = asked("make", database, &account.login_name).await?.unchecked_into();
        let id = made.get(0).as_string().ok_or(PhoneError::Passkey)?;
        Vault::add_passkey(&*store, database, &key, &id, made.get(1).unchecked_ref()).await?;
        self.fresh.set_value(None);
        self.show_passkey(database, Some(id));
        Ok(())
    }

    /// Takes the passkey of an account away; the phrase stays.
    pub async fn remove_passkey(&self, database: &str) -> Result<(), PhoneError> {
        let (_, store, _) = self.held(database).ok_or(StoreError::Unavailable(None))?;
        let id = untrack(|| self.passkey(database)).unwrap_or_default();
        Vault::remove_passkey(&*store).await?;
        self.show_passkey(database, None);
        // Only tidies up the phone's own list.
        let _ = asked("forget", database, &id).await;
        Ok(())
    }

    /// The phrase was typed a moment ago, and this phone could take a passkey.
    #[must_use]
    pub fn may_add_passkey(&self) -> bool {
        self.fresh.with_value(Option::is_some)
    }

    /// Where one goes from signing in or enrolling: to the offer of a passkey, if there is one to make.
    #[must_use]
    pub fn after_joining(&self) -> Path {
        if self.may_add_passkey() { Path::ByFinger } else { Path::Today }
    }

    /// The moment is over.
    pub fn forget_phrase(&self) {
        self.fresh.set_value(None);
    }

    fn show_passkey(&self, database: &str, id: Option<String>) {
        self.known.with_untracked(|known| {
            if let Some(known) = known.iter().find(|known| known.account.database == database) {
                known.passkey.set(id);
            }
        });
    }
}
