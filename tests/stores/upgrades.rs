//! How a database gets to a newer version: whole or not at all, and without waiting in silence for another tab.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt as _;
use idb::{ObjectStoreParams, Query};
use js_sys::{Array, Promise};
use waakvlam::store::StoreError;
use waakvlam::store::indexed_db::{Connection, IndexedDbStore, Mode, Schema, Step};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// Letters by number; later, letters with a stamp, in another store.
const MAKE: Step =
    |to| async move { to.database.create_object_store("letters", ObjectStoreParams::new()).map(drop) }.boxed_local();

/// Copies first; the old store goes when all is copied, in the same transaction.
const MOVE: Step = |to| {
    async move {
        let stamped = to.database.create_object_store("stamped", ObjectStoreParams::new())?;
        let letters = to.tx.object_store("letters")?;
        let keys = letters.get_all_keys(None, None)?.await?;
        for key in keys {
            let letter = letters.get(Query::Key(key.clone()))?.await?.unwrap_or_default();
            let letter = format!("stamped {}", letter.as_string().unwrap_or_default());
            stamped.add(&letter.into(), Some(&key))?.await?;
        }
        to.database.delete_object_store("letters")
    }
    .boxed_local()
};

/// Does half of it, then finds that it can't.
const FAIL: Step = |to| {
    async move {
        let letters = to.tx.object_store("letters")?;
        letters.delete(Query::Key(1.into()))?.await?;
        to.database.delete_object_store("letters")?;
        Err(idb::Error::DomExceptionNotFound)
    }
    .boxed_local()
};

const ONE: Schema = Schema { steps: &[MAKE] };
const TWO: Schema = Schema { steps: &[MAKE, MOVE] };
const BROKEN: Schema = Schema { steps: &[MAKE, FAIL] };

async fn version_one(letters: i32) -> Connection {
    let connection = Connection::open(&IndexedDbStore::new_name(), ONE).await.unwrap();
    let tx = connection.begin(&["letters"], Mode::Write).await.unwrap();
    for n in 1..=letters {
        tx.store("letters").unwrap().put(&format!("letter {n}").into(), Some(&n.into())).unwrap();
    }
    tx.done().await.unwrap();
    connection
}

async fn rows(connection: &Connection, store: &str) -> Vec<String> {
    let tx = connection.begin(&[store], Mode::Read).await.unwrap();
    let rows = tx.store(store).unwrap().get_all(None, None).unwrap().await.unwrap();
    rows.iter().map(|row| row.as_string().unwrap()).collect()
}

/// What the page is told from here on.
fn listen() -> Rc<RefCell<Vec<&'static str>>> {
    let heard: Rc<RefCell<Vec<&'static str>>> = Rc::default();
    for what in ["newer", "blocked", "free"] {
        let heard = Rc::clone(&heard);
        let hear = Closure::<dyn FnMut()>::new(move || heard.borrow_mut().push(what));
        let window = web_sys::window().unwrap();
        window.add_event_listener_with_callback(&format!("waakvlam:{what}"), hear.as_ref().unchecked_ref()).unwrap();
        hear.forget();
    }
    heard
}

#[wasm_bindgen_test]
async fn rows_move_to_the_next_version() {
    let old = version_one(1_200).await;
    let name = old.name().to_owned();
    drop(old);
    let new = Connection::open(&name, TWO).await.unwrap();
    let moved = rows(&new, "stamped").await;
    assert_eq!((moved.len(), moved[0].as_str(), moved[1_199].as_str()), (1_200, "stamped letter 1", "stamped letter 1200"));
    let gone = new.begin(&["letters"], Mode::Read).await.map(drop);
    assert!(gone.is_err(), "the old store is gone");
    // And from nothing, through both steps.
    let fresh = Connection::open(&IndexedDbStore::new_name(), TWO).await.unwrap();
    assert!(rows(&fresh, "stamped").await.is_empty());
}

#[wasm_bindgen_test]
async fn a_step_that_fails_leaves_everything_as_it_was() {
    let old = version_one(3).await;
    let name = old.name().to_owned();
    drop(old);
    for _ in 0..2 {
        assert!(matches!(Connection::open(&name, BROKEN).await.map(drop), Err(StoreError::Unavailable(_))));
        let again = Connection::open(&name, ONE).await.unwrap();
        assert_eq!(rows(&again, "letters").await, ["letter 1", "letter 2", "letter 3"]);
    }
    let new = Connection::open(&name, TWO).await.unwrap();
    assert_eq!(rows(&new, "stamped").await.len(), 3);
}

#[wasm_bindgen_test]
async fn a_tab_of_the_version_before_makes_way_says_so_and_never_hangs() {
    let heard = listen();
    let old = version_one(2).await;
    // A save is under way in the old tab while the new one asks: it is finished first.
    let tx = old.begin(&["letters"], Mode::Write).await.unwrap();
    tx.store("letters").unwrap().put(&"letter 3".into(), Some(&3.into())).unwrap();
    let (new, saved) = futures::join!(Connection::open(old.name(), TWO), tx.done());
    saved.unwrap();
    assert_eq!(*heard.borrow(), ["newer"], "the old tab says so, once");
    assert_eq!(rows(&new.unwrap(), "stamped").await.len(), 3, "what was being saved came along");
    for _ in 0..2 {
        let refused = old.begin(&["letters"], Mode::Write).await.map(drop);
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "the old tab can't write any more");
    }
    assert!(heard.borrow().iter().all(|what| *what == "newer"));
}

/// A connection that does not close when it is asked to.
async fn deaf(name: &str) -> JsValue {
    let open = "(name) => new Promise((done, fail) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
    })";
    let open: js_sys::Function = js_sys::eval(open).unwrap().unchecked_into();
    let opened: Promise = open.call1(&JsValue::NULL, &name.into()).unwrap().unchecked_into();
    JsFuture::from(opened).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_make_way_is_waited_for_and_named() {
    let old = version_one(2).await;
    let name = old.name().to_owned();
    drop(old);
    let other = deaf(&name).await;
    let heard = listen();
    let told = Promise::new(&mut |done, _| {
        web_sys::window().unwrap().add_event_listener_with_callback("waakvlam:blocked", &done).unwrap();
    });
    let (new, ()) = futures::join!(Connection::open(&name, TWO), async {
        JsFuture::from(told).await.unwrap();
        assert_eq!(*heard.borrow(), ["blocked"]);
        // Now somebody closes that tab.
        let close: js_sys::Function = js_sys::Reflect::get(&other, &"close".into()).unwrap().unchecked_into();
        close.apply(&other, &Array::new()).unwrap();
    });
    assert_eq!(rows(&new.unwrap(), "stamped").await.len(), 2);
    assert_eq!(*heard.borrow(), ["blocked", "free"]);
}

#[wasm_bindgen_test]
async fn an_older_app_on_a_newer_database_says_so_and_touches_nothing() {
    let old = version_one(2).await;
    let name = old.name().to_owned();
    drop(old);
    drop(Connection::open(&name, TWO).await.unwrap());
    let heard = listen();
    assert!(matches!(Connection::open(&name, ONE).await.map(drop), Err(StoreError::Unavailable(_))));
    assert_eq!(*heard.borrow(), ["newer"]);
    assert_eq!(rows(&Connection::open(&name, TWO).await.unwrap(), "stamped").await.len(), 2);
}
