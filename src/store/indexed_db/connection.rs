//! An open database that may be closed under our hands: iOS does so when memory is short.

use std::cell::RefCell;

use idb::{Database, DatabaseEvent as _, Factory, Request as _};
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbDatabase;

use super::strict::{Mode, Tx};
use super::trouble::{is_closed, of_exception, trouble};
use crate::store::StoreError;

/// The versions of a database and how it gets from one to the next.
#[derive(Clone, Copy)]
pub struct Schema {
    /// The version that this code reads and writes.
    pub version: u32,
    /// Brings a database from an older version (0 is none) to this one, inside the browser's upgrade transaction.
    pub upgrade: fn(&Database, &idb::Transaction, u32) -> Result<(), idb::Error>,
}

/// A named database, opened again once if it was closed.
pub struct Connection {
    name: String,
    schema: Schema,
    database: RefCell<IdbDatabase>,
}

impl Connection {
    /// Opens it; makes it if it is not there.
    pub async fn open(name: &str, schema: Schema) -> Result<Self, StoreError> {
        let database = RefCell::new(open(name, schema, true).await?);
        Ok(Self { name: name.to_owned(), schema, database })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A transaction over these object stores.
    pub async fn begin(&self, stores: &[&str], mode: Mode) -> Result<Tx, StoreError> {
        let first = Tx::begin(&self.database.borrow(), stores, mode);
        match first {
            Ok(tx) => Ok(tx),
            Err(said) if is_closed(&said) => {
                // Never made anew here: if it was deleted meanwhile, an empty one would look like a phone without unsent work.
                let again = open(&self.name, self.schema, false).await?;
                let tx = Tx::begin(&again, stores, mode).map_err(|said| of_exception(Some(said)))?;
                self.database.replace(again).close();
                Ok(tx)
            }
            Err(said) => Err(of_exception(Some(said))),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.borrow().close();
    }
}

async fn open(name: &str, schema: Schema, may_make: bool) -> Result<IdbDatabase, StoreError> {
    let mut request = Factory::new().and_then(|factory| factory.open(name, Some(schema.version))).map_err(trouble)?;
    request.on_upgrade_needed(move |event| {
        let upgrade = || -> Result<(), idb::Error> {
            let old = event.old_version()?;
            let request = idb::Event::target(&event)?;
            let Some(tx) = request.transaction() else { return Ok(()) };
            let done = if old == 0 && !may_make {
                Err(idb::Error::DomExceptionNotFound)
            } else {
                (schema.upgrade)(&event.database()?, &tx, old)
            };
            // An aborted upgrade leaves the database as it was and fails the open.
            if done.is_err() {
                tx.abort()?;
            }
            Ok(())
        };
        let _ = upgrade();
    });
    let database: IdbDatabase = request.await.map_err(trouble)?.into();
    close_when_asked(&database).map_err(|said| of_exception(Some(said)))?;
    Ok(database)
}

/// Another tab has a newer version, or deletes this database: close, so that it isn't kept waiting. The next transaction opens again.
fn close_when_asked(database: &IdbDatabase) -> Result<(), JsValue> {
    let close: Function = Reflect::get(database, &"close".into())?.dyn_into()?;
    database.set_onversionchange(Some(&close.bind0(database)));
    Ok(())
}

/// Deletes a database and all that is in it. Open tabs are asked to close it and do.
pub async fn delete(name: &str) -> Result<(), StoreError> {
    Factory::new().and_then(|factory| factory.delete(name)).map_err(trouble)?.await.map_err(trouble)
}
