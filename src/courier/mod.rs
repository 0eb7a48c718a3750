//! Carries out what the [engine](crate::sync::engine) says, over whatever store, seals and office it is given.
//!
//! The app gives it IndexedDB, the vault and the network; the simulator of `make sim` gives it a store that can be cut at
//! every step, seals that cost nothing, and an office that loses, doubles and reorders. Between the two there is no other code: what is
//! proven there is what runs here.
//!
//! | file | what it promises |
//! |---|---|
//! | [`book`] | what is written and what was pulled, as one caseload; a save returns when the disk has it |
//! | `pull` | a page checked, erasures carried out, the page stored with its cursor |
//! | [`rounds`] | asks the engine, carries out, tells it, until there is nothing to do |
//! | `trip` | the pages asked for ahead, while the one before them is being stored |
//! | `rewind` | back to the last common number; what the office lost is kept and offered |

pub mod book;
mod pull;
mod rewind;
pub mod rounds;
mod trip;

use std::rc::Rc;

use crate::domain::{DeviceId, EntryId, JournalId, Subject, json};
use crate::store::vault::{Seals, VaultError};
use crate::store::{OutboxRecord, Store, StoreError};
use crate::sync::engine::{self, Effect, Event, Fault, Item};
use crate::sync::held::{Cursor, OutboxState, erased_prefix, stray_prefix};
use crate::sync::wire::{
    Blob, Common, Line, Me, NewDevice, Offer, OfferAnswer, Probes, PullAnswer, Push, PushAnswer, Renew, SealedRecord, Secret,
    SignedIn,
};
use book::SaveError;
use trip::{Carrying, Trip};

/// Name of the note that holds the push credential of a device: it can do one thing, so it lies open.
#[must_use]
pub fn push_credential_note(device: DeviceId) -> String {
    format!("push:{device}")
}

/// Name of the note that says that another phone has this device id, too.
fn double_note(device: DeviceId) -> String {
    format!("double:{device}")
}

/// Name of the sealed record that holds what renews the session.
pub const RENEWAL: &str = "renewal";

/// The server, as a phone reaches it.
#[allow(async_fn_in_trait, reason = "one thread on wasm: no Send is wanted")]
pub trait Office {
    /// Pushes records as they lie.
    async fn push(&self, journal: JournalId, credential: &str, push: &Push) -> Result<PushAnswer, Fault>;
    /// The page after a cursor.
    async fn pull(&self, journal: JournalId, cursor: Option<Cursor>) -> Result<PullAnswer, Fault>;
    /// A new session.
    async fn renew(&self, renew: &Renew) -> Result<Me, Fault>;
    /// The public key that outbox keys are encrypted to.
    async fn public_key(&self) -> Result<Blob, Fault>;
    /// Registers a device; needs a session.
    async fn register(&self, device: &NewDevice) -> Result<SignedIn, Fault>;
    /// The last of the probes that is also there.
    async fn common(&self, journal: JournalId, probes: &Probes) -> Result<Common, Fault>;
    /// Offers lines that the office lost.
    async fn offer(&self, journal: JournalId, offer: &Offer) -> Result<OfferAnswer, Fault>;

    /// Whether a page is what it says it is; see [`engine::check`].
    fn check(&self, cursor: Option<Cursor>, answer: &PullAnswer) -> Result<Option<Cursor>, Fault> {
        engine::check(cursor, answer)
    }
}

/// The open account: it shows what comes.
#[allow(async_fn_in_trait, reason = "one thread on wasm: no Send is wanted")]
pub trait Desk {
    /// The vault's type.
    type Seals: Seals;
    /// The vault.
    fn seals(&self) -> &Self::Seals;
    /// Lays pulled lines upon what was pulled before: those after `before` up to `after`.
    fn lay(&self, journal: JournalId, before: Option<Cursor>, after: Cursor, lines: Vec<Line>);
    /// Lays what is pending upon what was pulled, and shows it.
    async fn relay(&self) -> Result<(), SaveError>;
    /// Reads everything again from the store, and shows it.
    async fn read_again(&self) -> Result<(), SaveError>;
    /// Takes what a revoked journal held out of memory.
    fn forget(&self, journal: JournalId);
    /// Whether this entry was pulled.
    fn holds(&self, journal: JournalId, id: EntryId) -> bool;
    /// Takes in who I am now; makes a key for each journal that is new.
    async fn now_i_am(&self, me: Me) -> Result<(), SaveError>;
    /// The next save asks the store which device and number it is.
    fn forget_counter(&self);
    /// The names of the drafts about somebody.
    async fn drafts_about(&self, subject: Subject) -> Vec<String>;
    /// The names of the drafts in a journal.
    async fn drafts_in(&self, journal: JournalId) -> Vec<String>;
    /// A new device id.
    fn draw_device(&self) -> DeviceId;
}

/// See the module.
pub struct Courier<S, O> {
    store: Rc<S>,
    office: O,
}

impl<S: Store, O: Office> Courier<S, O> {
    /// One for an account's store.
    pub fn new(store: Rc<S>, office: O) -> Self {
        Self { store, office }
    }

    /// The store of the account.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Reads the outbox, the cursors and which journals have strays.
    ///
    /// # Errors
    /// The store's.
    pub async fn load(&self) -> Result<(Vec<OutboxRecord>, Event), StoreError> {
        let (device, _) = self.store.counter().await?;
        let outbox = self.store.outbox().await?;
        let mut journals = self.store.journals().await?;
        journals.sort_unstable();
        let (mut cursors, mut strays) = (Vec::new(), Vec::new());
        let stray_names = self.store.record_names("stray:").await?;
        for journal in journals {
            cursors.push((journal, self.store.cursor(journal).await?));
            if !stray_names.is_empty() && stray_names.iter().any(|name| name.starts_with(&stray_prefix(journal))) {
                strays.push(journal);
            }
        }
        let item = |r: &OutboxRecord| Item {
            id: r.id,
            device: r.device,
            n: r.n,
            journal: r.journal,
            bytes: r.sealed.0.len(),
            state: r.state,
        };
        let cloned = self.store.note(&double_note(device)).await?.is_some();
        let event = Event::Loaded { device, cloned, outbox: outbox.iter().map(item).collect(), cursors, strays };
        Ok((outbox, event))
    }

    /// Carries an effect out. `outbox` is what [`Courier::load`] gave, as it is now; `desk` is there while the account is open.
    /// A push holds nothing of the outbox once it is under way, so that it can be followed meanwhile.
    fn carry_out<'t, 'a: 't, D: Desk>(
        &'a self,
        effect: Effect,
        outbox: Rc<Vec<OutboxRecord>>,
        desk: Option<&'t D>,
        trip: &'t Trip<'a>,
    ) -> Carrying<'t> {
        match effect {
            Effect::Push { device, journal, ns } => {
                trip.forget_ahead();
                let wanted = outbox.iter().filter(|record| record.device == device && ns.binary_search(&record.n).is_ok());
                let records = wanted.map(|record| SealedRecord { n: record.n, sealed: Blob(record.sealed.0.clone()) }).collect();
                let push = Push { device, records };
                Box::pin(async move { Event::Pushed(self.push(journal, push, trip).await) })
            }
            Effect::Mark(states) => Box::pin(async move { Event::Marked(self.mark(&states).await.map_err(|_| Fault::Store)) }),
            Effect::Discard(erased) => {
                Box::pin(async move { Event::Marked(self.discard(&erased).await.map_err(|_| Fault::Store)) })
            }
            // The engine asks for what follows only while the account is open; if it was closed meanwhile, it asks again.
            Effect::Destroy(journal) => Box::pin(async move { Event::Destroyed(self.destroy(desk, journal).await) }),
            other => {
                trip.forget_credential();
                let Some(desk) = desk else { return Box::pin(std::future::ready(closed(other))) };
                match other {
                    Effect::Pull { journal, cursor } => {
                        Box::pin(async move { Event::Pulled(self.pull(desk, journal, cursor, trip).await) })
                    }
                    Effect::Rewind { journal, cursor } => {
                        trip.forget_ahead();
                        Box::pin(async move { Event::Rewound(self.rewind(desk, journal, cursor).await) })
                    }
                    Effect::Offer(journal) => {
                        trip.forget_ahead();
                        Box::pin(async move { Event::Offered(self.offer(desk, journal).await) })
                    }
                    Effect::Refound(journal) => {
                        trip.forget_ahead();
                        Box::pin(async move { Event::Refounded(self.refound(desk, journal).await) })
                    }
                    Effect::Register(again) => Box::pin(async move { Event::Registered(self.register(desk, again).await) }),
                    _ => Box::pin(async move { Event::Session(self.renew(desk).await) }),
                }
            }
        }
    }

    async fn push(&self, journal: JournalId, push: Push, trip: &Trip<'_>) -> Result<PushAnswer, Fault> {
        let credential = if let Some(credential) = trip.credential(push.device) {
            credential
        } else {
            let note = self.store.note(&push_credential_note(push.device)).await.map_err(|_| Fault::Store)?;
            note.ok_or(Fault::Status(401, None))?
        };
        let answer = self.office.push(journal, &credential, &push).await?;
        trip.keep_credential(push.device, &credential);
        Ok(answer)
    }

    /// That a device has a double is noted apart and first: the tab that is told may be a closed one, which can't draw a new id, and the record may
    /// leave the outbox with a page that another tab pulls.
    async fn mark(&self, states: &[(DeviceId, u64, OutboxState)]) -> Result<(), StoreError> {
        let double = states.iter().find(|(_, _, state)| matches!(state, OutboxState::Sent { cloned: true, .. }));
        if let Some((device, ..)) = double {
            self.store.put_note(&double_note(*device), "").await?;
        }
        self.store.mark(states).await
    }

    async fn discard(&self, erased: &[(DeviceId, u64)]) -> Result<(), StoreError> {
        for (device, n) in erased {
            self.store.discard(*device, *n).await?;
        }
        Ok(())
    }

    /// A cloned phone takes a new id: it is used once the server knows it; until then both keep their numbers and every entry is
    /// still taken. A device that may not push any more is registered again under its own id and key.
    async fn register<D: Desk>(&self, desk: &D, again: Option<DeviceId>) -> Result<(), Fault> {
        let public_key = self.office.public_key().await?;
        let outbox_key = desk.seals().outbox_key_for_server(&*self.store, &public_key.0).await.map_err(|_| Fault::Store)?;
        let device = again.unwrap_or_else(|| desk.draw_device());
        let signed_in = self.office.register(&NewDevice { device, outbox_key: Blob(outbox_key) }).await?;
        keep_credentials(&*self.store, desk.seals(), device, &signed_in.push_credential, &signed_in.renew_credential)
            .await
            .map_err(|_| Fault::Store)?;
        if again.is_none() {
            self.store.renew_device(device).await.map_err(|_| Fault::Store)?;
            desk.forget_counter();
        }
        Ok(())
    }

    async fn renew<D: Desk>(&self, desk: &D) -> Result<Me, Fault> {
        let sealed = self.store.record(RENEWAL).await.map_err(|_| Fault::Store)?.ok_or(Fault::Status(401, None))?;
        let opened = desk.seals().open_record(RENEWAL, &sealed).await.map_err(|_| Fault::Store)?;
        let renew: Renew = json::read(&opened).map_err(|_| Fault::Store)?;
        let me = self.office.renew(&renew).await?;
        desk.now_i_am(me.clone()).await.map_err(|_| Fault::Store)?;
        Ok(me)
    }

    async fn destroy<D: Desk>(&self, desk: Option<&D>, journal: JournalId) -> Result<(), Fault> {
        let mut gone = self.store.record_names(&erased_prefix(journal)).await.map_err(|_| Fault::Store)?;
        if let Some(desk) = desk {
            gone.extend(desk.drafts_in(journal).await);
        }
        for name in gone {
            self.store.remove_record(&name).await.map_err(|_| Fault::Store)?;
        }
        self.store.destroy(journal).await.map_err(|_| Fault::Store)?;
        if let Some(desk) = desk {
            // What was being typed while it was taken off, by who had it on the screen until now.
            let late = desk.drafts_in(journal).await;
            desk.forget(journal);
            desk.relay().await.map_err(|_| Fault::Store)?;
            for name in late.into_iter().chain(desk.drafts_in(journal).await) {
                self.store.remove_record(&name).await.map_err(|_| Fault::Store)?;
            }
        }
        Ok(())
    }
}

/// What comes of an effect that needs the open account when it was closed.
fn closed(effect: Effect) -> Event {
    match effect {
        Effect::Pull { .. } => Event::Pulled(Err(Fault::Store)),
        Effect::Rewind { .. } => Event::Rewound(Err(Fault::Store)),
        Effect::Offer(_) => Event::Offered(Err(Fault::Store)),
        Effect::Refound(_) => Event::Refounded(Err(Fault::Store)),
        Effect::Register(_) => Event::Registered(Err(Fault::Store)),
        _ => Event::Session(Err(Fault::Store)),
    }
}

/// What a device must keep so that its entries can be sent and its session renewed.
///
/// # Errors
/// The vault's and the store's.
pub async fn keep_credentials(
    store: &impl Store,
    seals: &impl Seals,
    device: DeviceId,
    push: &Secret,
    renew: &Secret,
) -> Result<(), VaultError> {
    store.put_note(&push_credential_note(device), &push.0).await?;
    let renew = Renew { device, renew_credential: renew.clone() };
    // Two ids and a secret as JSON have no way to fail.
    let sealed = seals.seal_record(RENEWAL, &serde_json::to_vec(&renew).unwrap_or_default()).await?;
    Ok(store.put_record(RENEWAL, &sealed).await?)
}
