//! Oefenen: a neighbourhood of its own on this phone, without an account, thrown away on leaving.
//!
//! It is a desk as any other: its own database, sealed under a key that is drawn and kept nowhere, the same screens. What it has not is a syncer:
//! nothing of it can be sent, and there is no credential to send it with. It stands in no list of accounts. When it is left (locked, by
//! hand or by time) its database is deleted; where a browser was killed, at the next start. One tab practises at a time: it holds a
//! lock, so that no other takes what is in use for what was left behind.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use crate::domain::practice::{JOURNAL, ME, NAME, journal};
use crate::domain::{DeviceId, EntryId, JournalKind, Payload, Role};
use crate::store::indexed_db::IndexedDbStore;
use crate::store::vault::{Vault, phrase_keys};
use crate::store::{Store as _, StoreError};
use crate::sync::chain::{Bytes32, START};
use crate::sync::held::Cursor;
use crate::sync::wire::{Granted, Line, Me, StoredEntry};

use super::desk::{self, Desk, SaveError};
use super::phone::{Phone, Stage};
use super::syncer::Signal;
use super::{storage, when};

/// The name of its database, and of the lock of the tab that practises.
const DATABASE: &str = "waakvlam-oefening";
/// A tab that tidies up holds the lock for a moment.
const TRIES: u32 = 20;

thread_local! {
    // Lets the lock go; there while this tab practises.
    static RELEASE: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
}

/// Why it could not begin.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// Another tab practises.
    #[error("another tab practises")]
    Elsewhere,
    /// The phone could not keep it.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl From<StoreError> for PracticeError {
    fn from(error: StoreError) -> Self {
        Self::Save(error.into())
    }
}

/// Whether this is the practice neighbourhood.
#[must_use]
pub fn is(desk: &Desk) -> bool {
    desk.store().name() == DATABASE
}

/// Whether somebody practises in this tab now.
#[must_use]
pub fn goes_on(phone: Phone) -> bool {
    phone.stage.with_untracked(|stage| matches!(stage, Stage::Open(desk) if is(desk)))
}

/// Makes a new one and opens it.
///
/// # Errors
/// Another tab practises; the store's.
pub async fn begin(phone: Phone) -> Result<(), PracticeError> {
    let mut held = false;
    for _ in 0..TRIES {
        held = take_lock().await;
        if held {
            break;
        }
        pause(std::time::Duration::from_millis(100)).await;
    }
    if !held {
        return Err(PracticeError::Elsewhere);
    }
    match make().await {
        Ok(desk) => {
            // A phone on which somebody only practised has nothing to keep for good.
            storage::do_not_ask();
            phone.touch();
            phone.stage.set(Stage::Open(desk));
            Ok(())
        }
        Err(why) => {
            throw_away().await;
            Err(why)
        }
    }
}

async fn make() -> Result<Desk, PracticeError> {
    IndexedDbStore::delete(DATABASE).await?;
    let store = Rc::new(IndexedDbStore::open(DATABASE).await?);
    // A key that nobody has: what is left of it after a killed browser can't be opened.
    let mut salt = [0; 32];
    salt[..16].copy_from_slice(Uuid::new_v4().as_bytes());
    let keys = phrase_keys(&Uuid::new_v4().to_string(), &salt).await.map_err(SaveError::from)?;
    let vault = Vault::create(&*store, DATABASE, &keys.vault).await.map_err(SaveError::from)?;
    vault.add_journal(&*store, JOURNAL).await.map_err(SaveError::from)?;
    let granted = Granted {
        journal: JOURNAL,
        kind: JournalKind::Neighbourhood,
        name: NAME.to_owned(),
        role: Role::Worker,
        readers: Vec::new(),
    };
    let me = Me {
        user: ME,
        login_name: String::new(),
        name: String::new(),
        role: Role::Worker,
        journals: vec![granted],
        more: 0,
        now: desk::now(),
    };
    desk::keep_me(&store, &vault, &me).await?;
    lay(&store, &vault).await?;
    Ok(Desk::read(store, vault, Signal::to_nobody(), Rc::default()).await?)
}

/// Writes the journal as if it had been pulled.
async fn lay(store: &IndexedDbStore, vault: &Vault) -> Result<(), SaveError> {
    let device = DeviceId(Uuid::new_v4());
    let (mut lines, mut chain, mut last) = (Vec::new(), START, 0);
    for (written, seq) in journal(desk::now(), when::today()).into_iter().zip(1..) {
        let (received_at, subject, body) = (written.at, written.subject, written.body);
        let payload = Payload { written_at: received_at, clock_ahead_ms: None, subject, group: None, body }.write()?;
        let (id, salt, receipt) = (EntryId(Uuid::now_v7()), Bytes32([0; 32]), Bytes32([0; 32]));
        let line = Line::Entry(Box::new(StoredEntry {
            seq,
            id,
            author: written.author,
            device,
            n: seq,
            received_at,
            salt,
            receipt,
            payload,
        }));
        chain = line.folded_on(&chain).unwrap_or(chain);
        lines.push(line);
        last = seq;
    }
    let segment = vault.seal_segment(JOURNAL, 1, last, &serde_json::to_vec(&lines)?).await?;
    let cursor = Cursor { epoch: Uuid::new_v4(), seq: last, chain, erasures: 0 };
    store.add_page(JOURNAL, None, cursor, Some(&segment), &[]).await?;
    Ok(())
}

/// It was left: its database goes, and then another tab may practise.
pub async fn throw_away() {
    // What can't be deleted now is at the next start; nobody has its key.
    let _ = IndexedDbStore::delete(DATABASE).await;
    if let Some(release) = RELEASE.take() {
        let _ = release.call0(&JsValue::NULL);
    }
}

/// At every start: what a killed browser left behind goes.
pub fn tidy_up() {
    leptos::task::spawn_local(async {
        if take_lock().await {
            throw_away().await;
        }
    });
}

/// Takes the lock if it is free. Where a browser has none, everybody has it.
async fn take_lock() -> bool {
    let (to, from) = oneshot::channel::<bool>();
    let got = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let free = !lock.is_null() && !lock.is_undefined();
        let _ = to.send(free);
        if !free {
            return JsValue::UNDEFINED;
        }
        js_sys::Promise::new(&mut |release, _| RELEASE.set(Some(release))).into()
    });
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let asked = js_sys::Reflect::get(&window().navigator(), &"locks".into()).ok().and_then(|locks| {
        let request: js_sys::Function = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        request.call3(&locks, &DATABASE.into(), &options, &got).ok()
    });
    if asked.is_none() {
        return true;
    }
    from.await.unwrap_or(false)
}

async fn pause(time: std::time::Duration) {
    let (wake, woken) = oneshot::channel();
    let wake = move || {
        let _ = wake.send(());
    };
    set_timeout(wake, time);
    let _ = woken.await;
}
