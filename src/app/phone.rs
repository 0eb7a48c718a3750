//! Which accounts are on this phone, and which one is open.
//!
//! Every account has a database and a syncer of its own, from the moment the app starts: a closed account sends too. At most one
//! is open. It closes by hand, and by itself after some minutes without a touch.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use uuid::Uuid;
use web_sys::CryptoKey;

use crate::courier::{keep_credentials, push_credential_note};
use crate::domain::{DeviceId, Role, UserId, json, passphrase};
use crate::store::indexed_db::{Account, Accounts, IndexedDbStore};
use crate::store::vault::{self, Vault, VaultError, attempts, phrase_keys};
use crate::store::{OutboxState, Store as _, StoreError};
use crate::sync::engine::Status;
use crate::sync::seal;
use crate::sync::wire::{Blob, EnrolmentComplete, Installation, Me, NewDevice, Secret, SignIn};

use super::api::{Api, ApiError};
use super::desk::{self, Desk, SaveError};
use super::passkey;
use super::pieces::{self, NotThere};
use super::stranded::Stranded;
use super::syncer::{self, Signal};

/// Where the phone is.
#[derive(Clone)]
pub enum Stage {
    /// Reading which accounts there are.
    Starting,
    /// No account is open; there may be some to open.
    Closed,
    /// This one is open.
    Open(Desk),
}

/// An account of this phone, as the screens know it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Database, login name, installation.
    pub account: Account,
    /// What its syncer says.
    pub status: RwSignal<Status>,
    /// The passkey that opens it, by its id.
    pub passkey: RwSignal<Option<String>>,
}

/// Why an account could not be made or opened here.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The phrase is wrong; wait this many seconds before the next attempt (0: try again at once).
    #[error("the phrase is not right")]
    WrongPhrase(i64),
    /// Too soon after a wrong phrase; wait this many seconds.
    #[error("too soon")]
    Wait(i64),
    /// It has not five words.
    #[error("a phrase has five words")]
    NotFiveWords,
    /// The passkey did not open it: refused, given up, or another one's.
    #[error("the passkey does not open it")]
    Passkey,
    /// This phone has no passkeys that give a key.
    #[error("this phone has no such passkeys")]
    NoPasskey,
    /// This phone has not got the whole app yet.
    #[error(transparent)]
    Incomplete(#[from] NotThere),
    /// The server said no, or nobody answered.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The phone could not keep or read it.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl From<StoreError> for PhoneError {
    fn from(error: StoreError) -> Self {
        Self::Save(error.into())
    }
}

impl From<VaultError> for PhoneError {
    fn from(error: VaultError) -> Self {
        Self::Save(error.into())
    }
}

struct Held {
    account: Account,
    store: Rc<IndexedDbStore>,
    signal: Signal,
    stranded: Rc<Stranded>,
}

/// See the module. A handle: cheap to copy.
#[derive(Clone, Copy)]
pub struct Phone {
    /// Where the phone is.
    pub stage: RwSignal<Stage, LocalStorage>,
    /// This browser keeps nothing here: a private window, or it was forbidden.
    pub keeps_nothing: RwSignal<bool>,
    /// The accounts of this phone, latest first.
    pub known: RwSignal<Vec<Known>, LocalStorage>,
    /// The vault key of an account whose phrase was typed a moment ago, where a passkey can be offered.
    pub(super) fresh: StoredValue<Option<(String, CryptoKey)>, LocalStorage>,
    held: StoredValue<Rc<RefCell<Vec<Held>>>, LocalStorage>,
    touched: StoredValue<f64>,
}

/// The phone of this app.
#[must_use]
pub fn use_phone() -> Phone {
    expect_context::<Phone>()
}

/// The desk of the open account. Only screens behind the lock ask.
#[must_use]
pub fn use_desk() -> Desk {
    let Stage::Open(desk) = use_phone().stage.get_untracked() else {
        unreachable!("a screen behind the lock without an open account");
    };
    desk
}

impl Phone {
    /// Starts: reads which accounts there are, and lets each send.
    #[must_use]
    pub fn start() -> Self {
        let phone = Self {
            stage: RwSignal::new_local(Stage::Starting),
            keeps_nothing: RwSignal::new(false),
            known: RwSignal::new_local(Vec::new()),
            fresh: StoredValue::new_local(None),
            held: StoredValue::new_local(Rc::default()),
            touched: StoredValue::new(js_sys::Date::now()),
        };
        leptos::task::spawn_local(async move {
            let accounts = match Accounts::open().await {
                Ok(accounts) => accounts.list().await.unwrap_or_default(),
                Err(_) => {
                    phone.keeps_nothing.set(true);
                    Vec::new()
                }
            };
            for account in accounts {
                // One that can't be read does not keep the others from opening.
                if let Ok(store) = IndexedDbStore::open(&account.database).await {
                    let passkey = vault::passkey(&store).await.unwrap_or_default();
                    phone.hold(account, Rc::new(store), passkey);
                }
            }
            phone.stage.set(Stage::Closed);
        });
        phone.lock_when_idle();
        phone
    }

    fn hold(&self, account: Account, store: Rc<IndexedDbStore>, passkey: Option<String>) {
        let status = RwSignal::new(Status::default());
        let signal = syncer::start(&account.database, Rc::clone(&store), status);
        signal.wake();
        self.held
            .with_value(|held| held.borrow_mut().push(Held { account: account.clone(), store, signal, stranded: Rc::default() }));
        self.known.update(|known| known.insert(0, Known { account, status, passkey: RwSignal::new(passkey) }));
    }

    pub(super) fn held(&self, database: &str) -> Option<(Account, Rc<IndexedDbStore>, Signal)> {
        self.held.with_value(|held| {
            let held = held.borrow();
            let found = held.iter().find(|held| held.account.database == database)?;
            Some((found.account.clone(), Rc::clone(&found.store), found.signal.clone()))
        })
    }

    /// The store of an account, and what it could not keep.
    #[must_use]
    pub fn held_by(&self, database: &str) -> Option<(Rc<IndexedDbStore>, Rc<Stranded>)> {
        self.held.with_value(|held| {
            let held = held.borrow();
            let found = held.iter().find(|held| held.account.database == database)?;
            Some((Rc::clone(&found.store), Rc::clone(&found.stranded)))
        })
    }

    /// Opens an account with its five words; works without a signal.
    pub async fn open(&self, database: &str, phrase: &str) -> Result<(), PhoneError> {
        let (account, store, signal) = self.held(database).ok_or(StoreError::Unavailable(None))?;
        let key = vault_key(&account, &store, phrase).await?;
        let vault = match Vault::open(&*store, &account.database, &key).await {
            Ok(vault) => vault,
            Err(why) => return Err(counted(&store, why).await),
        };
        // A phone that is too full to note it opens all the same.
        let _ = attempts::succeeded(&*store).await;
        self.enter(store, vault, signal).await
    }

    pub(super) async fn enter(&self, store: Rc<IndexedDbStore>, vault: Vault, signal: Signal) -> Result<(), PhoneError> {
        let stranded = self.held_by(store.name()).map(|(_, stranded)| stranded).unwrap_or_default();
        let desk = Desk::read(store, vault, signal.clone(), stranded).await?;
        signal.opened(desk.clone());
        self.touch();
        self.stage.set(Stage::Open(desk));
        Ok(())
    }

    /// Makes the account on this phone with the words that were drawn; the code is used up by it.
    pub async fn enrol(&self, code: Secret, login_name: &str, phrase: &str) -> Result<(), PhoneError> {
        pieces::join(*self, login_name, phrase, Some(code)).await
    }

    /// Signs in on a phone that does not know the account.
    pub async fn sign_in(&self, login_name: &str, phrase: &str) -> Result<(), PhoneError> {
        pieces::join(*self, login_name, phrase, None).await
    }

    // With a code the account is made; without one it is there already.
    pub(super) async fn join(&self, login_name: &str, phrase: &str, code: Option<Secret>) -> Result<(), PhoneError> {
        let phrase = complete(phrase)?;
        let Installation { installation, outbox_public_key, .. } = Api::default().installation().await?;
        let login_name = login_name.trim().to_lowercase();
        let keys = phrase_keys(&phrase, &seal::login_salt(installation, &login_name)).await?;
        // Who signs in again goes on with what these words open: what waits there can be sent from there only.
        let found = if code.is_none() { self.opened_by(&login_name, installation, &keys.vault).await } else { None };
        let is_new = found.is_none();
        let (database, store) = match &found {
            Some((store, _)) => (store.name().to_owned(), Rc::clone(store)),
            None => {
                let database = IndexedDbStore::new_name();
                let store = Rc::new(IndexedDbStore::open(&database).await?);
                (database, store)
            }
        };
        let made = async {
            let vault = match found {
                Some((_, vault)) => vault,
                None => Vault::create(&*store, &database, &keys.vault).await?,
            };
            let (device, _) = store.counter().await?;
            let outbox_key = Blob(vault.outbox_key_for_server(&*store, &outbox_public_key.0).await?);
            let new_device = NewDevice { device, outbox_key: outbox_key.clone() };
            let login_key = keys.login_key;
            let signed_in = match code {
                Some(code) => Api::default().enrol(&EnrolmentComplete { code, login_key, device: new_device }).await?,
                None => Api::default().sign_in(&SignIn { login_name: login_name.clone(), login_key, device: new_device }).await?,
            };
            keep_credentials(&*store, &vault, device, &signed_in.push_credential, &signed_in.renew_credential).await?;
            store.put_note(&outbox_key_note(device), &serde_json::to_string(&outbox_key).map_err(SaveError::from)?).await?;
            if is_new {
                for granted in &signed_in.me.journals {
                    vault.add_journal(&*store, granted.journal).await?;
                }
                desk::keep_me(&store, &vault, &signed_in.me).await?;
            }
            attempts::succeeded(&*store).await?;
            Ok::<_, PhoneError>((vault, signed_in.me))
        }
        .await;
        let (vault, Me { user, role, .. }) = match made {
            Ok(made) => made,
            Err(why) => {
                drop(store);
                if is_new {
                    // Nothing was written in it yet; if it can't be removed it is only an empty room.
                    let _ = IndexedDbStore::delete(&database).await;
                }
                return Err(why);
            }
        };
        if is_new {
            let account = Account { database: database.clone(), login_name, user, installation };
            Accounts::open().await?.add(&account).await?;
            self.hold(account, store, None);
        }
        self.send_from_older(&database, user).await;
        let (_, store, signal) = self.held(&database).ok_or(StoreError::Unavailable(None))?;
        // The committee has no screen to take it away on.
        if role != Role::Committee && untrack(|| self.passkey(&database)).is_none() && passkey::can().await {
            self.fresh.set_value(Some((database, keys.vault)));
        }
        self.enter(store, vault, signal).await
    }

    /// The latest account of this name here that these words open.
    async fn opened_by(&self, login_name: &str, installation: Uuid, key: &CryptoKey) -> Option<(Rc<IndexedDbStore>, Vault)> {
        let stores = self.stores(|account| account.login_name == login_name && account.installation == installation);
        for (store, _) in stores.into_iter().rev() {
            if let Ok(vault) = Vault::open(&*store, store.name(), key).await {
                return Some((store, vault));
            }
        }
        None
    }

    /// What waits in an older account of the same person may have lost its way: its words are forgotten, and the office has lost the
    /// device in a restore. Who is signed in now gets it another credential to be sent with; nothing is opened for that.
    async fn send_from_older(&self, database: &str, user: UserId) {
        for (store, signal) in self.stores(|account| account.user == user && account.database != database) {
            let waits = store.outbox().await.is_ok_and(|outbox| outbox.iter().any(|record| record.state == OutboxState::Waiting));
            let Ok((device, _)) = store.counter().await else { continue };
            let Ok(Some(key)) = store.note(&outbox_key_note(device)).await else { continue };
            let Some(outbox_key) = json::read_text(&key).ok().filter(|_| waits) else { continue };
            // If nobody answers, what waits goes on waiting: the next time somebody signs in it is asked again.
            if let Ok(signed_in) = Api::default().register(&NewDevice { device, outbox_key }).await {
                let _ = store.put_note(&push_credential_note(device), &signed_in.push_credential.0).await;
                signal.wake();
            }
        }
    }

    fn stores(&self, wanted: impl Fn(&Account) -> bool) -> Vec<(Rc<IndexedDbStore>, Signal)> {
        self.held.with_value(|held| {
            let held = held.borrow();
            let ours = held.iter().filter(|held| wanted(&held.account));
            ours.map(|held| (Rc::clone(&held.store), held.signal.clone())).collect()
        })
    }

    /// Closes the open account. It goes on sending.
    pub fn lock(&self) {
        if let Stage::Open(_) = self.stage.get_untracked() {
            self.stage.set(Stage::Closed);
            self.fresh.set_value(None);
            self.held.with_value(|held| {
                for held in held.borrow().iter() {
                    held.stranded.locked.set(held.stranded.asked.with_untracked(Option::is_some));
                    held.signal.locked();
                }
            });
        }
    }

    /// Somebody touches the phone.
    pub fn touch(&self) {
        self.touched.set_value(js_sys::Date::now());
    }

    /// What the open account's syncer says; of the account with this database.
    #[must_use]
    pub fn status(&self, database: &str) -> Option<RwSignal<Status>> {
        self.known.with_untracked(|known| known.iter().find(|known| known.account.database == database).map(|known| known.status))
    }

    /// What the open account's syncer says.
    #[must_use]
    pub fn open_status(&self) -> Option<RwSignal<Status>> {
        let Stage::Open(desk) = self.stage.get_untracked() else { return None };
        self.status(desk.store().name())
    }

    /// Asks every syncer to try now.
    pub fn send_now(&self) {
        self.held.with_value(|held| held.borrow().iter().for_each(|held| held.signal.wake()));
    }

    fn lock_when_idle(self) {
        let look = move || {
            let minutes = f64::from(super::preferences::read().lock_minutes.max(1));
            if js_sys::Date::now() - self.touched.get_value() > minutes * 60_000.0 {
                self.lock();
            }
        };
        for name in ["pointerdown", "keydown", "scroll"] {
            let handle = window_event_listener_untyped(name, move |_| {
                // The first touch after a long time, by whoever it is, comes too late. No lock is shorter than a minute.
                if js_sys::Date::now() - self.touched.get_value() > 60_000.0 {
                    look();
                }
                self.touch();
            });
            on_cleanup(move || handle.remove());
        }
        // A phone that slept has no timers: look at the clock when it wakes (public/cover.js), too.
        let handle = window_event_listener_untyped("waakvlam:back", move |_| look());
        on_cleanup(move || handle.remove());
        let _ = set_interval_with_handle(look, std::time::Duration::from_secs(10));
    }
}

/// The vault key of a phrase; not too soon after a wrong one.
pub(super) async fn vault_key(account: &Account, store: &IndexedDbStore, phrase: &str) -> Result<CryptoKey, PhoneError> {
    let phrase = complete(phrase)?;
    match attempts::seconds_left(store, desk::now()).await? {
        0 => {}
        wait => return Err(PhoneError::Wait(wait)),
    }
    Ok(phrase_keys(&phrase, &seal::login_salt(account.installation, &account.login_name)).await?.vault)
}

/// Why a phrase did not open an account; a wrong one is counted.
pub(super) async fn counted(store: &IndexedDbStore, why: VaultError) -> PhoneError {
    match why {
        VaultError::WrongPhrase => PhoneError::WrongPhrase(attempts::failed(store, desk::now()).await.unwrap_or(0)),
        other => other.into(),
    }
}

/// Name of the note that holds a device's outbox key as only the server can open it: so that the server can be given it again by who has
/// forgotten the words.
#[must_use]
pub fn outbox_key_note(device: DeviceId) -> String {
    format!("outbox_key:{device}")
}

fn complete(phrase: &str) -> Result<String, PhoneError> {
    let phrase = passphrase::normalise(phrase);
    if passphrase::is_complete(&phrase) { Ok(phrase) } else { Err(PhoneError::NotFiveWords) }
}
