//! An open database that may be closed under our hands: by iOS when memory is short, and by us when another tab brings it to a newer version.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use idb::event::VersionChangeEvent;
use idb::request::OpenDatabaseRequest;
use idb::{Database, DatabaseEvent as _, Factory, Request as _};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::IdbDatabase;

use super::strict::{Mode, Tx};
use super::trouble::{is_closed, of_exception, trouble};
use crate::store::StoreError;

/// What a step may use: the database, and the browser's upgrade transaction over all of its object stores.
pub struct Upgrade {
    /// The database, in which stores and indexes may be made and removed now.
    pub database: Database,
    /// The transaction, in which rows may be read and written.
    pub tx: idb::Transaction,
}

/// Brings a database from one version to the next. It may await requests of its transaction and nothing else: the transaction
/// would close, half done. What needs WebCrypto is copied later, in strict transactions of its own, and what it was copied from goes
/// in a version after that.
pub type Step = fn(Upgrade) -> LocalBoxFuture<'static, Result<(), idb::Error>>;

/// The versions of a database and how it gets from one to the next. All steps that an open needs are one transaction: a phone
/// that dies in between has the old version, whole.
#[derive(Clone, Copy)]
pub struct Schema {
    /// The first makes version 1 from nothing; they are never edited.
    pub steps: &'static [Step],
}

impl Schema {
    /// The version that this code reads and writes.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a handful")]
    pub const fn version(&self) -> u32 {
        self.steps.len() as u32
    }
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
    let mut request = Factory::new().and_then(|factory| factory.open(name, Some(schema.version()))).map_err(trouble)?;
    request.on_upgrade_needed(move |event| {
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(request) = idb::Event::target(&event) else { return };
            // An aborted upgrade leaves the database as it was and fails the open.
            if climb(&event, &request, schema, may_make).await.is_err()
                && let Some(tx) = request.transaction()
            {
                let _ = tx.abort();
            }
        });
    });
    // Another tab holds an older version open and does not close it. It is waited for, and said.
    let blocked = Rc::new(Cell::new(false));
    let when_blocked = Rc::clone(&blocked);
    request.on_blocked(move |_| {
        when_blocked.set(true);
        tell("waakvlam:blocked");
    });
    let opened = request.await;
    if blocked.get() {
        tell("waakvlam:free");
    }
    let database: IdbDatabase = opened
        .map_err(|error| {
            if matches!(&error, idb::Error::DomException(exception) if exception.name() == "VersionError") {
                tell("waakvlam:newer");
            }
            trouble(error)
        })?
        .into();
    close_when_asked(&database);
    Ok(database)
}

/// Takes the steps from the version that is there.
async fn climb(
    event: &VersionChangeEvent,
    request: &OpenDatabaseRequest,
    schema: Schema,
    may_make: bool,
) -> Result<(), idb::Error> {
    let old = event.old_version()?;
    if old == 0 && !may_make {
        return Err(idb::Error::DomExceptionNotFound);
    }
    for step in &schema.steps[(old as usize).min(schema.steps.len())..] {
        let tx = request.transaction().ok_or(idb::Error::DomExceptionNotFound)?;
        step(Upgrade { database: event.database()?, tx }).await?;
    }
    Ok(())
}

/// Another tab has a newer version, or deletes this database: close, so that it isn't kept waiting, and say so if this tab can't go on.
/// What is being written is finished first.
fn close_when_asked(database: &IdbDatabase) {
    let closed = database.clone();
    let close = Closure::once_into_js(move |event: web_sys::IdbVersionChangeEvent| {
        closed.close();
        if event.new_version().is_some() {
            tell("waakvlam:newer");
        }
    });
    database.set_onversionchange(Some(close.unchecked_ref()));
}

/// Tells the page; `public/update.js` has the words.
fn tell(what: &str) {
    let told = web_sys::Event::new(what).ok().zip(web_sys::window()).map(|(event, window)| window.dispatch_event(&event));
    drop(told);
}

/// Deletes a database and all that is in it. Open tabs are asked to close it and do.
pub async fn delete(name: &str) -> Result<(), StoreError> {
    Factory::new().and_then(|factory| factory.delete(name)).map_err(trouble)?.await.map_err(trouble)
}
