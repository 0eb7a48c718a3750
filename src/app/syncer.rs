//! Drives the sync engine of one account with IndexedDB and the network, whether the account is open or closed.
//!
//! One tab does it at a time (Web Locks); the others tell it that something was saved, and it tells them that something
//! came (BroadcastChannel). It wakes on a save, on `online`, on becoming visible, at the start and every few minutes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::StreamExt as _;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use crate::courier::rounds::{Rounds, Surroundings};
use crate::courier::{self, Office};
use crate::domain::{EntryId, JournalId};
use crate::store::OutboxState;
use crate::store::indexed_db::IndexedDbStore;
use crate::sync::engine::{Event, Fault, Status};
use crate::sync::held::Cursor;
use crate::sync::wire::{Blob, Common, Me, NewDevice, Offer, OfferAnswer, Probes, PullAnswer, Push, PushAnswer, Renew, SignedIn};

use super::api::Api;
use super::desk::Desk;
use super::pieces;

/// Every few minutes, with jitter.
const EVERY_MS: f64 = 150_000.0;

enum Message {
    Saved,
    Wake,
    Timer,
    Opened(Desk),
    Locked,
    CameElsewhere,
}

/// Tells a syncer that something happened.
#[derive(Clone)]
pub struct Signal {
    to: UnboundedSender<Message>,
    others: Option<web_sys::BroadcastChannel>,
    status: RwSignal<Status>,
    unread: Rc<Unread>,
}

/// What was saved in this tab and not read by the syncer yet: the screen counts it from the first moment.
#[derive(Default)]
struct Unread {
    saved: Cell<usize>,
    /// So many of them are in what is being read.
    reading: Cell<usize>,
}

impl Signal {
    fn send(&self, message: Message) {
        // The syncer lives as long as the page; if it is gone, so are we.
        let _ = self.to.unbounded_send(message);
    }

    fn tell_others(&self, word: &str) {
        if let Some(channel) = &self.others {
            let _ = channel.post_message(&word.into());
        }
    }

    /// So many entries more lie in the outbox.
    pub fn saved(&self, entries: usize) {
        self.unread.saved.set(self.unread.saved.get() + entries);
        self.status.update(|status| status.waiting += entries);
        self.send(Message::Saved);
        self.tell_others("saved");
    }

    /// It is worth trying now.
    pub fn wake(&self) {
        self.send(Message::Wake);
    }

    /// The account was opened in this tab.
    pub fn opened(&self, desk: Desk) {
        self.send(Message::Opened(desk));
    }

    /// The account was closed in this tab.
    pub fn locked(&self) {
        self.send(Message::Locked);
    }
}

impl Signal {
    /// For an account that nothing is ever sent of: whatever it is told, nobody hears.
    #[must_use]
    pub fn to_nobody() -> Self {
        let (to, _) = unbounded();
        Self { to, others: None, status: RwSignal::new(Status::default()), unread: Rc::default() }
    }
}

impl Office for Api {
    async fn push(&self, journal: JournalId, credential: &str, push: &Push) -> Result<PushAnswer, Fault> {
        Self::push(self, journal, credential, push).await.map_err(Fault::from)
    }

    async fn pull(&self, journal: JournalId, cursor: Option<Cursor>) -> Result<PullAnswer, Fault> {
        Self::pull(self, journal, cursor).await.map_err(Fault::from)
    }

    async fn renew(&self, renew: &Renew) -> Result<Me, Fault> {
        Self::renew(self, renew).await.map_err(Fault::from)
    }

    async fn public_key(&self) -> Result<Blob, Fault> {
        self.installation().await.map(|installation| installation.outbox_public_key).map_err(Fault::from)
    }

    async fn register(&self, device: &NewDevice) -> Result<SignedIn, Fault> {
        Self::register(self, device).await.map_err(Fault::from)
    }

    async fn common(&self, journal: JournalId, probes: &Probes) -> Result<Common, Fault> {
        Self::common(self, journal, probes).await.map_err(Fault::from)
    }

    async fn offer(&self, journal: JournalId, offer: &Offer) -> Result<OfferAnswer, Fault> {
        Self::offer(self, journal, offer).await.map_err(Fault::from)
    }
}

/// What is round the courier in a browser.
struct Around {
    desk: Rc<RefCell<Option<Desk>>>,
    signal: Signal,
}

impl Surroundings for Around {
    fn now(&self) -> u64 {
        now_ms()
    }

    fn jitter(&self) -> f64 {
        js_sys::Math::random()
    }

    fn show(&self, status: &Status) {
        let mut status = status.clone();
        status.waiting += self.signal.unread.saved.get();
        if self.signal.status.with_untracked(|old| *old != status) {
            if status.outdated {
                // `public/update.js` then looks for a newer app.
                let _ = web_sys::Event::new("waakvlam:outdated").and_then(|event| window().dispatch_event(&event));
            }
            self.signal.status.set(status);
        }
    }

    fn reading(&self) {
        self.signal.unread.reading.set(self.signal.unread.saved.get());
    }

    fn read(&self) {
        let Unread { saved, reading } = &*self.signal.unread;
        saved.set(saved.get() - reading.take());
    }

    fn states(&self, states: &[(EntryId, OutboxState)]) {
        if let Some(desk) = &*self.desk.borrow()
            && !states.is_empty()
        {
            desk.show_states(states);
        }
    }

    fn came(&self) {
        self.signal.tell_others("came");
    }
}

/// What a syncer starts with.
pub struct Start {
    store: Rc<IndexedDbStore>,
    signal: Signal,
    lock: String,
    from: UnboundedReceiver<Message>,
}

/// Starts one for an account's database. `status` is what the screen says of it. What is told before its code is there is kept for it.
pub fn start(database: &str, store: Rc<IndexedDbStore>, status: RwSignal<Status>) -> Signal {
    let (to, from) = unbounded();
    let lock = format!("{database}-sync");
    let others = web_sys::BroadcastChannel::new(&lock).ok();
    let signal = Signal { to, others, status, unread: Rc::default() };
    pieces::start_syncer(Start { store, signal: signal.clone(), lock, from });
    signal
}

/// Runs one as long as the page is there.
pub fn drive(start: Start) {
    let Start { store, signal, lock, from } = start;
    let desk: Rc<RefCell<Option<Desk>>> = Rc::default();
    let around = Around { desk: Rc::clone(&desk), signal: signal.clone() };
    let syncer = Rc::new(Syncer {
        rounds: Rounds::new(store, Api::default(), around),
        desk,
        signal,
        lock,
        locks: Cell::new(0),
        release: RefCell::default(),
    });
    syncer.listen();
    syncer.ask_for_lock(false);
    leptos::task::spawn_local(syncer.run(from));
}

struct Syncer {
    rounds: Rounds<IndexedDbStore, Api, Around>,
    desk: Rc<RefCell<Option<Desk>>>,
    signal: Signal,
    lock: String,
    /// How often we hold the lock.
    locks: Cell<u32>,
    /// Lets the locks go.
    release: RefCell<Vec<js_sys::Function>>,
}

impl Syncer {
    fn listen(self: &Rc<Self>) {
        if let Some(channel) = &self.signal.others {
            let signal = self.signal.clone();
            let heard = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
                signal.send(if event.data().as_string().as_deref() == Some("saved") {
                    Message::Saved
                } else {
                    Message::CameElsewhere
                });
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            heard.forget();
        }
        for name in ["online", "visibilitychange", "focus"] {
            let signal = self.signal.clone();
            let heard = Closure::<dyn FnMut()>::new(move || signal.wake());
            let target: &web_sys::EventTarget = if name == "visibilitychange" { &document() } else { &window() };
            let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
            heard.forget();
        }
        let signal = self.signal.clone();
        let every = std::time::Duration::from_millis((EVERY_MS * (1.0 + js_sys::Math::random())) as u64);
        let _ = set_interval_with_handle(move || signal.wake(), every);
    }

    /// One tab syncs at a time. The lock is held until this tab is gone, or another one steals it: the tab in which the account was
    /// opened last is the one that can pull.
    fn ask_for_lock(self: &Rc<Self>, steal: bool) {
        let (syncer, granted) = (Rc::clone(self), Rc::new(Cell::new(false)));
        let at_last = Rc::clone(&granted);
        let got = Closure::once_into_js(move || {
            at_last.set(true);
            syncer.locks.set(syncer.locks.get() + 1);
            syncer.signal.wake();
            js_sys::Promise::new(&mut |release, _| {
                // A tab whose database was brought to a newer version can do nothing more: another one sends.
                let _ = window().add_event_listener_with_callback("waakvlam:newer", &release);
                syncer.release.borrow_mut().push(release);
            })
        });
        let options = js_sys::Object::new();
        if steal {
            let _ = js_sys::Reflect::set(&options, &"steal".into(), &true.into());
        }
        let asked = js_sys::Reflect::get(&window().navigator(), &"locks".into()).ok().and_then(|locks| {
            let request: js_sys::Function = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
            request.call3(&locks, &self.lock.as_str().into(), &options, &got).ok()?.dyn_into::<js_sys::Promise>().ok()
        });
        let Some(ended) = asked else {
            // A browser without Web Locks: sync in every tab. It is idempotent, only wasteful.
            self.locks.set(1);
            self.signal.wake();
            return;
        };
        let syncer = Rc::clone(self);
        leptos::task::spawn_local(async move {
            // It ends when we let it go, or when another tab steals it: then we stand in the queue again.
            let _ = wasm_bindgen_futures::JsFuture::from(ended).await;
            if granted.get() {
                syncer.locks.set(syncer.locks.get().saturating_sub(1));
                syncer.ask_for_lock(false);
            }
        });
    }

    fn has_lock(&self) -> bool {
        self.locks.get() > 0
    }

    async fn run(self: Rc<Self>, mut from: UnboundedReceiver<Message>) {
        while let Some(message) = from.next().await {
            self.take_in(message).await;
            // Several messages may have come meanwhile; one look at the store serves them all.
            while let Ok(message) = from.try_recv() {
                self.take_in(message).await;
            }
            self.rounds.load().await;
            if self.has_lock() {
                self.work().await;
            }
        }
    }

    async fn take_in(self: &Rc<Self>, message: Message) {
        match message {
            Message::Saved | Message::Wake => self.rounds.on(Event::Wake),
            Message::Timer => {}
            Message::Opened(desk) => {
                *self.desk.borrow_mut() = Some(desk);
                self.rounds.on(Event::Opened);
                if !self.has_lock() {
                    self.ask_for_lock(true);
                }
            }
            Message::Locked => {
                *self.desk.borrow_mut() = None;
                self.rounds.on(Event::Locked);
                // Another tab may have the account open: it can pull, we can't.
                for release in self.release.take() {
                    let _ = release.call0(&wasm_bindgen::JsValue::NULL);
                }
            }
            Message::CameElsewhere => {
                // Another tab pulled or sent: show what it stored.
                let desk = self.desk.borrow().clone();
                if let Some(desk) = desk {
                    let _ = courier::Desk::read_again(&desk).await;
                }
            }
        }
    }

    /// Does all there is to do now, then sets the timer for the next attempt.
    async fn work(&self) {
        let desk = self.desk.borrow().clone();
        self.rounds.work(desk.as_ref()).await;
        if let Some(at) = self.rounds.engine().wake_at() {
            let signal = self.signal.clone();
            let wait = std::time::Duration::from_millis(at.saturating_sub(now_ms()).max(50));
            set_timeout(move || signal.send(Message::Timer), wait);
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 fit for a while")]
fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}
