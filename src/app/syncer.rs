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

use crate::domain::{JournalId, json};
use crate::store::indexed_db::IndexedDbStore;
use crate::store::{AddPage, OutboxRecord, Segment, Store as _};
use crate::sync::PAGE_LINES;
use crate::sync::engine::{self, Effect, Engine, Event, Fault, Item, Pulled, Status};
use crate::sync::held::Cursor;
use crate::sync::wire::{Blob, Line, PullAnswer, Push, Renew, SealedRecord, Secret};

use super::api::Api;
use super::desk::Desk;

/// Name of the note that holds the push credential of a device: it can do one thing, so it lies open.
#[must_use]
pub fn push_credential_note(device: crate::domain::DeviceId) -> String {
    format!("push:{device}")
}

/// Name of the sealed record that holds what renews the session.
pub const RENEWAL: &str = "renewal";
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

    /// An entry lies in the outbox.
    pub fn saved(&self) {
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

/// See the module.
pub struct Syncer {
    store: Rc<IndexedDbStore>,
    api: Api,
    engine: RefCell<Engine>,
    desk: RefCell<Option<Desk>>,
    outbox: RefCell<Vec<OutboxRecord>>,
    status: RwSignal<Status>,
    signal: Signal,
    has_lock: Cell<bool>,
}

impl Syncer {
    /// Starts one for an account's database. `status` is what the screen says of it.
    pub fn start(database: &str, store: Rc<IndexedDbStore>, status: RwSignal<Status>) -> Signal {
        let (to, from) = unbounded();
        let others = web_sys::BroadcastChannel::new(&format!("{database}-sync")).ok();
        let signal = Signal { to, others };
        let syncer = Rc::new(Self {
            store,
            api: Api::default(),
            engine: RefCell::default(),
            desk: RefCell::default(),
            outbox: RefCell::default(),
            status,
            signal: signal.clone(),
            has_lock: Cell::new(false),
        });
        syncer.listen();
        syncer.ask_for_lock(database);
        leptos::task::spawn_local(Rc::clone(&syncer).run(from));
        signal
    }

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

    /// One tab syncs at a time. The lock is held until this tab is gone.
    fn ask_for_lock(self: &Rc<Self>, database: &str) {
        let syncer = Rc::clone(self);
        let got = Closure::<dyn FnMut() -> js_sys::Promise>::new(move || {
            syncer.has_lock.set(true);
            syncer.signal.wake();
            js_sys::Promise::new(&mut |release, _| {
                // A tab whose database was brought to a newer version can do nothing more: another one sends.
                let _ = window().add_event_listener_with_callback("waakvlam:newer", &release);
            })
        });
        let asked = js_sys::Reflect::get(&window().navigator(), &"locks".into()).ok().and_then(|locks| {
            let request: js_sys::Function = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
            request.call2(&locks, &format!("{database}-sync").into(), got.as_ref()).ok()
        });
        // A browser without Web Locks: sync in every tab. It is idempotent, only wasteful.
        if asked.is_none() {
            self.has_lock.set(true);
            self.signal.wake();
        }
        got.forget();
    }

    async fn run(self: Rc<Self>, mut from: UnboundedReceiver<Message>) {
        while let Some(message) = from.next().await {
            self.take_in(message).await;
            // Several messages may have come meanwhile; one look at the store serves them all.
            while let Ok(message) = from.try_recv() {
                self.take_in(message).await;
            }
            if self.has_lock.get() {
                self.work().await;
            }
        }
    }

    async fn take_in(&self, message: Message) {
        match message {
            Message::Saved => self.on(Event::Wake),
            Message::Wake => self.on(Event::Wake),
            Message::Timer => {}
            Message::Opened(desk) => {
                *self.desk.borrow_mut() = Some(desk);
                self.on(Event::Opened);
            }
            Message::Locked => {
                *self.desk.borrow_mut() = None;
                self.on(Event::Locked);
            }
            Message::CameElsewhere => self.catch_up().await,
        }
        self.load().await;
    }

    /// Does all there is to do now, then sets the timer for the next attempt.
    async fn work(&self) {
        loop {
            let effect = self.engine.borrow_mut().poll(now_ms());
            self.show();
            let Some(effect) = effect else { break };
            let event = self.carry_out(effect).await;
            self.on(event);
        }
        self.show();
        if let Some(at) = self.engine.borrow().wake_at() {
            let signal = self.signal.clone();
            let wait = std::time::Duration::from_millis(at.saturating_sub(now_ms()).max(50));
            set_timeout(move || signal.send(Message::Timer), wait);
        }
    }

    fn on(&self, event: Event) {
        self.engine.borrow_mut().on(event, now_ms(), js_sys::Math::random());
    }

    fn show(&self) {
        let status = self.engine.borrow().status();
        if self.status.with_untracked(|old| *old != status) {
            if status.outdated {
                // `public/update.js` then looks for a newer app.
                let _ = web_sys::Event::new("waakvlam:outdated").and_then(|event| window().dispatch_event(&event));
            }
            self.status.set(status);
        }
    }

    /// Reads the outbox and the cursors again: another tab may have written.
    async fn load(&self) {
        let Ok(outbox) = self.store.outbox().await else { return };
        let mut cursors = Vec::new();
        let mut journals = self.store.journals().await.unwrap_or_default();
        journals.sort_unstable();
        for journal in journals {
            if let Ok(cursor) = self.store.cursor(journal).await {
                cursors.push((journal, cursor));
            }
        }
        let items = outbox
            .iter()
            .map(|r| Item { device: r.device, n: r.n, journal: r.journal, bytes: r.sealed.0.len(), state: r.state })
            .collect();
        if let Some(desk) = &*self.desk.borrow() {
            desk.show_states(&outbox);
        }
        *self.outbox.borrow_mut() = outbox;
        self.on(Event::Loaded { outbox: items, cursors });
        self.show();
    }

    async fn carry_out(&self, effect: Effect) -> Event {
        match effect {
            Effect::Push { device, journal, ns } => Event::Pushed(self.push(device, journal, &ns).await),
            Effect::Mark(states) => {
                let marked = self.store.mark(&states).await.map_err(Fault::from);
                self.load().await;
                self.signal.tell_others("came");
                Event::Marked(marked)
            }
            Effect::NewDevice => Event::NewDevice(self.new_device().await),
            Effect::Renew => Event::Session(self.renew().await),
            Effect::Pull { journal, cursor } => Event::Pulled(self.pull(journal, cursor).await),
            Effect::Destroy(journal) => {
                let desk = self.desk.borrow().clone();
                let destroyed = self.store.destroy(journal).await.map_err(Fault::from);
                if let (Ok(()), Some(desk)) = (&destroyed, desk) {
                    desk.forget(journal);
                    let _ = desk.relay().await;
                }
                Event::Destroyed(destroyed)
            }
        }
    }

    async fn push(
        &self,
        device: crate::domain::DeviceId,
        journal: JournalId,
        ns: &[u64],
    ) -> Result<crate::sync::wire::PushAnswer, Fault> {
        let note = self.store.note(&push_credential_note(device)).await?;
        let credential = note.ok_or(Fault::Status(401, None))?;
        let records = {
            let outbox = self.outbox.borrow();
            let wanted = outbox.iter().filter(|record| record.device == device && ns.contains(&record.n));
            wanted.map(|record| SealedRecord { n: record.n, sealed: Blob(record.sealed.0.clone()) }).collect()
        };
        Ok(self.api.push(journal, &credential, &Push { device, records }).await?)
    }

    /// This phone was cloned: both go on, each with an id of its own. The new id is used once the server knows it; until
    /// then both keep their numbers and every entry is still taken.
    async fn new_device(&self) -> Result<(), Fault> {
        let Some(desk) = self.desk.borrow().clone() else { return Ok(()) };
        let installation = self.api.installation().await?;
        let outbox_key = desk.vault().outbox_key_for_server(&*self.store, &installation.outbox_public_key.0).await?;
        let device = crate::domain::DeviceId(uuid::Uuid::new_v4());
        let request = crate::sync::wire::NewDevice { device, outbox_key: Blob(outbox_key) };
        let signed_in = self.api.register(&request).await?;
        keep_credentials(&self.store, desk.vault(), device, &signed_in.push_credential, &signed_in.renew_credential).await?;
        self.store.renew_device(device).await?;
        desk.forget_counter();
        Ok(())
    }

    async fn renew(&self) -> Result<crate::sync::wire::Me, Fault> {
        let desk = self.desk.borrow().clone().ok_or(Fault::Store)?;
        let sealed = self.store.record(RENEWAL).await?.ok_or(Fault::Status(401, None))?;
        let opened = desk.vault().open_record(RENEWAL, &sealed).await?;
        let renew: Renew = json::read(&opened).map_err(|_| Fault::Store)?;
        let me = self.api.renew(&renew).await?;
        desk.now_i_am(me.clone()).await?;
        Ok(me)
    }

    async fn pull(&self, journal: JournalId, cursor: Option<Cursor>) -> Result<Pulled, Fault> {
        let desk = self.desk.borrow().clone().ok_or(Fault::Store)?;
        let answer = self.api.pull(journal, cursor).await?;
        let Some(after) = engine::check(cursor, &answer)? else { return Ok(Pulled::Diverged) };
        let PullAnswer::Page(page) = answer else { return Ok(Pulled::Diverged) };
        let more = page.head > after.seq;
        let first = cursor.map_or(1, |cursor| cursor.seq + 1);
        let segment = if page.lines.is_empty() {
            None
        } else {
            let lines = serde_json::to_vec(&page.lines).map_err(|_| Fault::Broken)?;
            Some(desk.vault().seal_segment(journal, first, after.seq, &lines).await?)
        };
        let returned: Vec<_> =
            page.lines.iter().filter_map(|line| if let Line::Entry(entry) = line { Some(entry.id) } else { None }).collect();
        let added = self.store.add_page(journal, cursor, after, segment.as_ref(), &returned).await?;
        match added {
            AddPage::CursorMoved(cursor) => {
                self.catch_up().await;
                Ok(Pulled::Moved(cursor))
            }
            AddPage::Stored => {
                if segment.is_some() {
                    desk.lay(journal, page.lines);
                    if !more {
                        desk.relay().await?;
                        self.merge(&desk, journal).await;
                    }
                    self.signal.tell_others("came");
                }
                Ok(Pulled::Stored { cursor: after, more })
            }
        }
    }

    /// Another tab pulled or sent: show what it stored.
    async fn catch_up(&self) {
        let desk = self.desk.borrow().clone();
        if let Some(desk) = desk {
            let _ = desk.read_again().await;
        }
    }

    /// Puts small segments together, off the save path: opening the app reads few large records instead of many small ones.
    async fn merge(&self, desk: &Desk, journal: JournalId) {
        const MANY: usize = 8;
        let Ok(segments) = self.store.segments(journal).await else { return };
        let small: Vec<&Segment> = segments.iter().rev().take_while(|s| s.last - s.first + 1 < PAGE_LINES as u64).collect();
        if small.len() < MANY {
            return;
        }
        let mut lines: Vec<Line> = Vec::new();
        for segment in small.iter().rev() {
            let Ok(opened) = desk.vault().open_segment(journal, segment).await else { return };
            let Ok(more) = json::read::<Vec<Line>>(&opened) else { return };
            lines.extend(more);
        }
        let (Some(first), Some(last)) = (small.last().map(|s| s.first), small.first().map(|s| s.last)) else { return };
        let Ok(bytes) = serde_json::to_vec(&lines) else { return };
        let Ok(chunk) = desk.vault().seal_segment(journal, first, last, &bytes).await else { return };
        let mut firsts: Vec<u64> = small.iter().map(|segment| segment.first).collect();
        firsts.sort_unstable();
        // If it can't be merged now, it is merged another time.
        let _ = self.store.merge(journal, &firsts, &chunk).await;
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 fit for a while")]
fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// What a new device must keep so that the syncer can work for it.
pub async fn keep_credentials(
    store: &IndexedDbStore,
    vault: &crate::store::vault::Vault,
    device: crate::domain::DeviceId,
    push: &Secret,
    renew: &Secret,
) -> Result<(), super::desk::SaveError> {
    store.put_note(&push_credential_note(device), &push.0).await?;
    let renew = serde_json::to_vec(&Renew { device, renew_credential: renew.clone() })?;
    let sealed = vault.seal_record(RENEWAL, &renew).await?;
    Ok(store.put_record(RENEWAL, &sealed).await?)
}
