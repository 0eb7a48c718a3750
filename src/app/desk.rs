//! An open account: its vault, its store, and the caseload that they add up to.
//!
//! Everything that a page shows comes from here, and everything that is written goes through [`Desk::save`], which returns
//! only when the phone's disk has it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use uuid::Uuid;

use crate::domain::body::Staff;
use crate::domain::{Body, Caseload, DeviceId, Entry, EntryId, GroupId, JournalId, JournalKind, Payload, Subject, UserId, json};
use crate::store::indexed_db::IndexedDbStore;
use crate::store::vault::{Vault, VaultError};
use crate::store::{Append, OutboxRecord, OutboxState, Sealed, Store as _, StoreError};
use crate::sync::chain::Bytes32;
use crate::sync::engine::Fault;
use crate::sync::wire::{Line, Me, StoredEntry, Written};

use super::syncer::Signal;

/// Why something could not be saved. What was typed is still on the screen.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The phone could not keep it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// It could not be written as JSON.
    #[error("it could not be written down")]
    Unwritable(#[from] serde_json::Error),
    /// No journal to write in: nothing is granted.
    #[error("no journal is granted")]
    NoJournal,
}

/// Sent later, then: the sync engine waits and tries again.
impl From<SaveError> for Fault {
    fn from(_: SaveError) -> Self {
        Self::Store
    }
}

/// What the pages show: a journal's caseload, and how far each unsent entry is.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The caseload of the neighbourhood that is open.
    pub caseload: Caseload,
    /// How far each entry is that has not come back yet.
    pub outbox: BTreeMap<EntryId, OutboxState>,
    /// The names of colleagues, from the organisation's journal.
    pub staff: BTreeMap<UserId, Arc<Staff>>,
}

impl Overview {
    /// The name of a colleague, or nothing.
    #[must_use]
    pub fn name(&self, user: UserId) -> Option<String> {
        self.staff.get(&user).map(|staff| staff.name.clone())
    }
}

/// See the module. Cheap to copy around: everything is behind a pointer.
#[derive(Clone)]
pub struct Desk {
    /// What the pages show.
    pub overview: RwSignal<Overview, LocalStorage>,
    /// Who I am and what I am granted, as last told.
    pub me: RwSignal<Me>,
    inner: Rc<Inner>,
}

struct Inner {
    store: Rc<IndexedDbStore>,
    vault: Vault,
    /// What was pulled, by journal, folded: what pending entries are laid upon.
    pulled: RefCell<BTreeMap<JournalId, Caseload>>,
    next: Cell<Option<(DeviceId, u64)>>,
    clock_ahead_ms: Cell<Option<i64>>,
    /// How many entries were saved since the desk was opened.
    saves: Cell<u64>,
    signal: Signal,
}

const ME: &str = "me";

impl Desk {
    /// Reads everything that the phone has of an account. `me` is kept sealed after the first sign-in.
    pub async fn read(store: Rc<IndexedDbStore>, vault: Vault, signal: Signal) -> Result<Self, SaveError> {
        let me: Me = match store.record(ME).await? {
            Some(sealed) => json::read(&vault.open_record(ME, &sealed).await?)?,
            None => return Err(StoreError::Unreadable("me").into()),
        };
        let inner = Inner {
            store,
            vault,
            pulled: RefCell::default(),
            next: Cell::new(None),
            clock_ahead_ms: Cell::new(None),
            saves: Cell::new(0),
            signal,
        };
        let desk = Self { overview: RwSignal::new_local(Overview::default()), me: RwSignal::new(me), inner: Rc::new(inner) };
        desk.read_again().await?;
        Ok(desk)
    }

    /// Reads everything again from the store: at the start, and when another tab wrote.
    pub async fn read_again(&self) -> Result<(), SaveError> {
        for journal in self.inner.store.journals().await? {
            let mut caseload = Caseload::default();
            for segment in self.inner.store.segments(journal).await? {
                let lines: Vec<Line> = json::read(&self.inner.vault.open_segment(journal, &segment).await?)?;
                lay(&mut caseload, lines);
            }
            self.inner.pulled.borrow_mut().insert(journal, caseload);
        }
        self.relay().await
    }

    /// The store under this desk.
    #[must_use]
    pub fn store(&self) -> &Rc<IndexedDbStore> {
        &self.inner.store
    }

    /// The vault of this desk.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    /// The neighbourhood that is open: the one opened last, else the first.
    #[must_use]
    pub fn neighbourhood(&self) -> Option<JournalId> {
        let last = super::preferences::read().neighbourhood;
        self.me.with_untracked(|me| {
            let mut ours =
                me.journals.iter().filter(|granted| granted.kind == JournalKind::Neighbourhood).map(|granted| granted.journal);
            let first = ours.clone().next();
            ours.find(|journal| Some(*journal) == last).or(first)
        })
    }

    /// Saves what a person wrote: about one subject each, in this order, in the open neighbourhood. When it returns, the
    /// phone's disk has all of it.
    pub async fn save(&self, bodies: Vec<(Subject, Body)>) -> Result<Vec<EntryId>, SaveError> {
        let journal = self.neighbourhood().ok_or(SaveError::NoJournal)?;
        let group = (bodies.len() > 1).then(|| GroupId(Uuid::new_v4()));
        let mut ids = Vec::with_capacity(bodies.len());
        for (subject, body) in bodies {
            let payload = Payload { written_at: now(), clock_ahead_ms: self.inner.clock_ahead_ms.get(), subject, group, body };
            ids.push(self.append(journal, payload).await?);
        }
        self.inner.signal.saved();
        super::storage::ask_once();
        Ok(ids)
    }

    async fn append(&self, journal: JournalId, payload: Payload) -> Result<EntryId, SaveError> {
        let id = EntryId(Uuid::now_v7());
        let mut salt = [0; 32];
        salt[..16].copy_from_slice(Uuid::new_v4().as_bytes());
        salt[16..].copy_from_slice(Uuid::new_v4().as_bytes());
        let mut written = Written { id, n: 0, salt: Bytes32(salt), payload: payload.write()? };
        let (mut device, mut n) = match self.inner.next.get() {
            Some(next) => next,
            None => self.inner.store.counter().await?,
        };
        loop {
            written.n = n;
            let sealed = self.inner.vault.seal_entry(device, journal, n, &serde_json::to_vec(&written)?).await?;
            let record = OutboxRecord { device, journal, n, id, sealed, state: OutboxState::Waiting };
            match self.inner.store.append(&record).await? {
                Append::Stored => break,
                Append::CounterMoved { device: now, next } => (device, n) = (now, next),
            }
        }
        self.inner.next.set(Some((device, n + 1)));
        self.inner.saves.set(self.inner.saves.get() + 1);
        let author = self.me.with_untracked(|me| me.user);
        let entry = Entry { id, author, device, n, seq: None, received_at: None, payload: Some(payload) };
        self.overview.update(|overview| {
            overview.outbox.insert(id, OutboxState::Waiting);
            overview.caseload.apply(entry);
        });
        Ok(id)
    }

    // --- What comes down -----------------------------------------------------------------------

    /// Lays pulled lines upon what was pulled before. Call [`Desk::relay`] when the last page is there.
    pub fn lay(&self, journal: JournalId, lines: Vec<Line>) {
        lay(self.inner.pulled.borrow_mut().entry(journal).or_default(), lines);
    }

    /// Lays what is pending upon what was pulled, and shows it.
    pub async fn relay(&self) -> Result<(), SaveError> {
        loop {
            let saves = self.inner.saves.get();
            let overview = self.laid().await?;
            // What was saved while we read is not in it: read again rather than let it vanish from the screen.
            if saves == self.inner.saves.get() {
                self.overview.set(overview);
                return Ok(());
            }
        }
    }

    async fn laid(&self) -> Result<Overview, SaveError> {
        let journal = self.neighbourhood();
        let mut overview = Overview::default();
        {
            let pulled = self.inner.pulled.borrow();
            overview.caseload = journal.and_then(|journal| pulled.get(&journal)).cloned().unwrap_or_default();
            for caseload in pulled.values() {
                overview.staff.extend(caseload.staff.iter().map(|(user, staff)| (*user, Arc::clone(staff))));
            }
        }
        let author = self.me.with_untracked(|me| me.user);
        for record in self.inner.store.outbox().await? {
            if Some(record.journal) != journal {
                continue;
            }
            overview.outbox.insert(record.id, record.state);
            let opened = self.inner.vault.open_entry(&record).await?;
            let written: Written = json::read(&opened)?;
            overview.caseload.apply(Entry {
                id: written.id,
                author,
                device: record.device,
                n: record.n,
                seq: None,
                received_at: None,
                payload: Payload::parse(written.payload.get()).ok(),
            });
        }
        Ok(overview)
    }

    /// Notes how far unsent entries are, without reading everything again.
    pub fn show_states(&self, records: &[OutboxRecord]) {
        self.overview.update(|overview| {
            for record in records {
                if let Some(state) = overview.outbox.get_mut(&record.id) {
                    *state = record.state;
                }
            }
        });
    }

    /// Takes in who I am now; keeps it sealed, and makes a key for each journal that is new.
    pub async fn now_i_am(&self, me: Me) -> Result<(), SaveError> {
        self.inner.clock_ahead_ms.set(Some((now() - me.now).num_milliseconds()));
        for granted in &me.journals {
            self.inner.vault.add_journal(&*self.inner.store, granted.journal).await?;
        }
        keep_me(&self.inner.store, &self.inner.vault, &me).await?;
        self.me.set(me);
        Ok(())
    }

    /// Takes what a revoked journal held out of memory; the store has destroyed it.
    pub fn forget(&self, journal: JournalId) {
        self.inner.pulled.borrow_mut().remove(&journal);
    }

    /// The next save asks the store which device and number it is.
    pub fn forget_counter(&self) {
        self.inner.next.set(None);
    }

    // --- Drafts: what is not finished, sealed like everything else --------------------------------

    /// What lies half-written under this name.
    pub async fn draft(&self, name: &str) -> Option<Vec<u8>> {
        let name = format!("draft:{name}");
        let sealed = self.inner.store.record(&name).await.ok()??;
        self.inner.vault.open_record(&name, &sealed).await.ok()
    }

    /// Keeps what is half-written.
    pub async fn keep_draft(&self, name: &str, draft: &[u8]) -> Result<(), SaveError> {
        let name = format!("draft:{name}");
        let sealed: Sealed = self.inner.vault.seal_record(&name, draft).await?;
        Ok(self.inner.store.put_record(&name, &sealed).await?)
    }

    /// It was finished, or thrown away by who wrote it.
    pub async fn drop_draft(&self, name: &str) {
        // A draft that stays is offered again; no entry is lost by it.
        let _ = self.inner.store.remove_record(&format!("draft:{name}")).await;
    }
}

/// Keeps who I am, sealed; needed before the first [`Desk::read`].
pub async fn keep_me(store: &IndexedDbStore, vault: &Vault, me: &Me) -> Result<(), SaveError> {
    let sealed = vault.seal_record(ME, &serde_json::to_vec(me)?).await?;
    Ok(store.put_record(ME, &sealed).await?)
}

fn lay(caseload: &mut Caseload, lines: Vec<Line>) {
    for line in lines {
        if let Line::Entry(stored) = line {
            caseload.apply(read_stored(&stored));
        }
    }
}

fn read_stored(stored: &StoredEntry) -> Entry {
    Entry {
        id: stored.id,
        author: stored.author,
        device: stored.device,
        n: stored.n,
        seq: Some(stored.seq),
        received_at: Some(stored.received_at),
        payload: Payload::parse(stored.payload.get()).ok(),
    }
}

/// The phone's clock.
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
