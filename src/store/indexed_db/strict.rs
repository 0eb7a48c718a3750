//! A transaction that is on the disk when it is complete.
//!
//! Chromium's default is *relaxed*: `complete` then means that the operating system has the bytes, not the disk. Neither `idb` nor (without an
//! unstable flag) `web-sys` passes the option, so this file binds the one call itself.

use idb::ObjectStore;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbTransaction};

use super::trouble::trouble;
use crate::store::StoreError;

#[allow(unsafe_code, reason = "wasm-bindgen's way of naming a function of the browser")]
mod browser {
    use super::{Array, IdbDatabase, IdbTransaction, JsValue, Object, wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(extends = IdbDatabase, js_name = IDBDatabase)]
        pub type StrictDatabase;

        #[wasm_bindgen(method, catch, js_name = transaction)]
        pub fn transaction(
            this: &StrictDatabase,
            stores: &Array,
            mode: &str,
            options: &Object,
        ) -> Result<IdbTransaction, JsValue>;
    }
}

/// What a transaction is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Reads only.
    Read,
    /// Writes, strictly.
    Write,
}

/// An open transaction. A writing one that is dropped before [`Tx::done`] is aborted: all or nothing.
pub struct Tx {
    raw: IdbTransaction,
    /// The same, as `idb` knows it.
    idb: idb::Transaction,
    undecided: bool,
}

impl Tx {
    /// Opens one over these object stores. The error is the browser's own.
    pub fn begin(database: &IdbDatabase, stores: &[&str], mode: Mode) -> Result<Self, JsValue> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let raw = if mode == Mode::Write {
            let options = Object::new();
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            database.unchecked_ref::<browser::StrictDatabase>().transaction(&names, "readwrite", &options)?
        } else {
            database.transaction_with_str_sequence(&names)?
        };
        Ok(Self { idb: raw.clone().into(), raw, undecided: mode == Mode::Write })
    }

    /// One of its object stores.
    pub fn store(&self, name: &str) -> Result<ObjectStore, StoreError> {
        self.idb.object_store(name).map_err(trouble)
    }

    /// Commits and waits until the browser says `complete`.
    pub async fn done(mut self) -> Result<(), StoreError> {
        self.undecided = false;
        let ended = Promise::new(&mut |complete, aborted| {
            self.raw.set_oncomplete(Some(&complete));
            self.raw.set_onabort(Some(&aborted));
        });
        // Without this the browser first waits whether somebody asks for more. A failure here shows up as `abort`.
        #[allow(deprecated, reason = "web-sys follows an old draft; the standard has it")]
        let _ = self.raw.commit();
        match JsFuture::from(ended).await {
            Ok(_) => Ok(()),
            Err(_) => Err(super::trouble::of_exception(self.raw.error().map(Into::into))),
        }
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.undecided {
            // It has ended already, or it ends now; both are what is wanted.
            let _ = self.raw.abort();
        }
    }
}
