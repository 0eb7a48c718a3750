//! The book of an open account: what was pulled, what is pending on top, and the one way to write.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures::stream::{self, StreamExt as _};

use crate::domain::scan::Unfit;
use crate::domain::{Caseload, DeviceId, Entry, EntryId, JournalId, Payload, UserId, json};
use crate::store::Segment;
use crate::store::vault::{Seals, VaultError};
use crate::store::{Append, OutboxRecord, OutboxState, Store, StoreError};
use crate::sync::chain::{Bytes32, START};
use crate::sync::held::{Cursor, stray_ends, stray_prefix};
use crate::sync::wire::{self, Line, StoredEntry, Written};

/// So many segments are being opened at a time: of about 500 entries each.
const OPENED_AHEAD: usize = 8;

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

/// See the module.
pub struct Book<S, V> {
    store: Rc<S>,
    seals: V,
    /// What was pulled, by journal, folded: what strays and pending entries are laid upon.
    pulled: RefCell<BTreeMap<JournalId, Caseload>>,
    /// How far what is in `pulled` goes.
    cursors: RefCell<BTreeMap<JournalId, Cursor>>,
    next: Cell<Option<(DeviceId, u64)>>,
    /// How many entries were saved since the book was opened.
    saves: Cell<u64>,
}

/// What a journal looks like now.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// Its caseload: what was pulled, what the office lost and will get back, what is pending.
    pub caseload: Caseload,
    /// How far each entry is that has not come back yet, of whatever journal.
    pub outbox: BTreeMap<EntryId, OutboxState>,
}

impl<S: Store, V: Seals> Book<S, V> {
    /// An empty one; [`Book::read_again`] fills it.
    pub fn new(store: Rc<S>, seals: V) -> Self {
        Self { store, seals, pulled: RefCell::default(), cursors: RefCell::default(), next: Cell::new(None), saves: Cell::new(0) }
    }

    /// The store under it.
    pub fn store(&self) -> &Rc<S> {
        &self.store
    }

    /// The vault.
    pub fn seals(&self) -> &V {
        &self.seals
    }

    /// What was pulled, by journal.
    pub fn pulled(&self) -> std::cell::Ref<'_, BTreeMap<JournalId, Caseload>> {
        self.pulled.borrow()
    }

    /// How many entries were saved since it was opened.
    pub fn saves(&self) -> u64 {
        self.saves.get()
    }

    /// Reads what was pulled again from the store: at the start, and when another tab wrote. What is known already is not opened
    /// again, where the chain proves that the store goes on from it.
    ///
    /// # Errors
    /// A segment that does not open or read; the store's.
    pub async fn read_again(&self) -> Result<(), SaveError> {
        let journals = self.store.journals().await?;
        for journal in &journals {
            // Another tab may have added the journal.
            self.seals.add_journal(&*self.store, *journal).await?;
            match self.read_journal(*journal).await {
                Err(SaveError::Vault(VaultError::DoesNotOpen)) => self.begin_again(*journal).await?,
                read => read?,
            }
        }
        // Or have taken it off, and its key with it.
        let gone: Vec<JournalId> = self.pulled.borrow().keys().filter(|journal| !journals.contains(journal)).copied().collect();
        gone.into_iter().for_each(|journal| self.forget(journal));
        Ok(())
    }

    /// What was pulled does not open: it was damaged on the disk, or its key went with a journal that another tab took off while its page
    /// was being stored. The office has it: it is pulled again from the start.
    async fn begin_again(&self, journal: JournalId) -> Result<(), SaveError> {
        if let Some(cursor) = self.store.cursor(journal).await? {
            let start = Cursor { epoch: cursor.epoch, seq: 0, chain: START, erasures: 0 };
            self.store.rewind(journal, cursor, start, None, &[]).await?;
        }
        self.cursors.borrow_mut().remove(&journal);
        self.pulled.borrow_mut().insert(journal, Caseload::default());
        Ok(())
    }

    async fn read_journal(&self, journal: JournalId) -> Result<(), SaveError> {
        let held = self.cursors.borrow().get(&journal).copied();
        let cursor = self.store.cursor(journal).await?;
        if held.is_some() && held == cursor {
            return Ok(());
        }
        let segments = self.store.segments(journal).await?;
        if let (Some(held), Some(cursor)) = (held, cursor)
            && held.erasures == cursor.erasures
            && held.seq < cursor.seq
        {
            let (mut new, mut chain) = (Vec::new(), Some(held.chain));
            for segment in segments.iter().filter(|segment| segment.last > held.seq) {
                let lines: Vec<Line> = json::read(&self.seals.open_segment(journal, segment).await?)?;
                for line in lines.into_iter().filter(|line| line.last() > held.seq) {
                    chain = chain.and_then(|chain| line.folded_on(&chain));
                    new.push(line);
                }
            }
            if chain == Some(cursor.chain) {
                self.lay(journal, Some(held), cursor, new);
                return Ok(());
            }
        }
        let mut caseload = Caseload::default();
        // The browser opens the next ones beside us while one is read: each goes to another thread and back, which takes longer than reading it.
        let opened = segments.iter().map(|segment| self.seals.open_segment(journal, segment));
        let mut opened = stream::iter(opened).buffered(OPENED_AHEAD);
        while let Some(opened) = opened.next().await {
            read_into(&mut caseload, &opened?)?;
        }
        // Whether the segments are those of this cursor is only known if it did not move meanwhile.
        if let (Some(cursor), true) = (cursor, self.store.cursor(journal).await? == cursor) {
            self.cursors.borrow_mut().insert(journal, cursor);
        } else {
            self.cursors.borrow_mut().remove(&journal);
        }
        self.pulled.borrow_mut().insert(journal, caseload);
        Ok(())
    }

    /// Writes an entry. When it returns, the phone's disk has it.
    ///
    /// # Errors
    /// The store's (no room, gone) and the vault's; then nothing was written.
    pub async fn append(
        &self,
        author: UserId,
        journal: JournalId,
        id: EntryId,
        salt: Bytes32,
        payload: Payload,
    ) -> Result<Entry, SaveError> {
        let mut written = Written { id, n: 0, salt, payload: payload.write()? };
        let (mut device, mut n) = match self.next.get() {
            Some(next) => next,
            None => self.store.counter().await?,
        };
        loop {
            written.n = n;
            let sealed = self.seals.seal_entry(device, journal, n, &serde_json::to_vec(&written)?).await?;
            let record = OutboxRecord { device, journal, n, id, sealed, state: OutboxState::Waiting };
            match self.store.append(&record).await? {
                Append::Stored => break,
                Append::CounterMoved { device: now, next } => (device, n) = (now, next),
            }
        }
        self.next.set(Some((device, n + 1)));
        self.saves.set(self.saves.get() + 1);
        Ok(Entry { id, author, device, n, seq: None, received_at: None, payload: Some(payload) })
    }

    /// Seals an entry under a number that no store gave out, for when none can keep it. Nothing is written.
    ///
    /// # Errors
    /// The vault's.
    pub async fn seal_apart(
        &self,
        (device, n): (DeviceId, u64),
        author: UserId,
        journal: JournalId,
        id: EntryId,
        salt: Bytes32,
        payload: Payload,
    ) -> Result<(OutboxRecord, Entry), SaveError> {
        let written = Written { id, n, salt, payload: payload.write()? };
        let sealed = self.seals.seal_entry(device, journal, n, &serde_json::to_vec(&written)?).await?;
        let record = OutboxRecord { device, journal, n, id, sealed, state: OutboxState::Waiting };
        Ok((record, Entry { id, author, device, n, seq: None, received_at: None, payload: Some(payload) }))
    }

    /// The next save asks the store which device and number it is.
    pub fn forget_counter(&self) {
        self.next.set(None);
    }

    /// Lays pulled lines upon what was pulled before: those after `before` up to `after`.
    pub fn lay(&self, journal: JournalId, before: Option<Cursor>, after: Cursor, lines: Vec<Line>) {
        lay(self.pulled.borrow_mut().entry(journal).or_default(), lines);
        let mut cursors = self.cursors.borrow_mut();
        // Upon anything else nobody knows how far it goes: next time all is read.
        if cursors.get(&journal).copied() == before {
            cursors.insert(journal, after);
        } else {
            cursors.remove(&journal);
        }
    }

    /// Whether this entry was pulled.
    pub fn holds(&self, journal: JournalId, id: EntryId) -> bool {
        self.pulled.borrow().get(&journal).is_some_and(|caseload| caseload.entries.contains_key(&id))
    }

    /// Takes what a revoked journal held out of memory; the store has destroyed it.
    pub fn forget(&self, journal: JournalId) {
        self.pulled.borrow_mut().remove(&journal);
        self.cursors.borrow_mut().remove(&journal);
        self.seals.forget_journal(journal);
    }

    /// A journal as it is now: what is pending laid upon what was pulled. `me` writes here.
    ///
    /// # Errors
    /// The store's and the vault's.
    pub async fn laid(&self, journal: JournalId, me: UserId) -> Result<Laid, SaveError> {
        loop {
            let saves = self.saves.get();
            let laid = self.laid_now(journal, me).await?;
            // What was saved while we read is not in it: read again rather than let it vanish from the screen.
            if saves == self.saves.get() {
                return Ok(laid);
            }
        }
    }

    async fn laid_now(&self, journal: JournalId, me: UserId) -> Result<Laid, SaveError> {
        let mut laid = Laid::default();
        let strays = self.strays(journal).await?;
        let outbox = self.store.outbox().await?;
        laid.caseload = self.pulled.borrow().get(&journal).cloned().unwrap_or_default();
        for mut stray in strays {
            // The office lost it, and its number with it.
            stray.seq = None;
            laid.caseload.apply(stray);
        }
        for record in outbox {
            laid.outbox.insert(record.id, record.state);
            if record.journal != journal {
                continue;
            }
            let opened = match self.seals.open_entry(&record).await {
                // Damaged on this phone's disk. It is listed as that, and keeps nothing else from being read.
                Err(VaultError::DoesNotOpen) => continue,
                opened => opened?,
            };
            let Ok(written) = json::read::<Written>(&opened) else { continue };
            laid.caseload.apply(Entry {
                id: written.id,
                author: me,
                device: record.device,
                n: record.n,
                seq: None,
                received_at: None,
                payload: Payload::parse(written.payload.get()).ok(),
            });
        }
        Ok(laid)
    }

    async fn strays(&self, journal: JournalId) -> Result<Vec<Entry>, SaveError> {
        let mut entries = Vec::new();
        for name in self.store.record_names(&stray_prefix(journal)).await? {
            let Some(opened) = open_stray(&*self.store, &self.seals, journal, &name).await? else { continue };
            // They lie as lines do.
            read_each(&opened, &mut |entry| entries.push(entry))?;
        }
        Ok(entries)
    }
}

/// The entries of a stray; none if it is gone meanwhile.
pub(super) async fn read_stray(
    store: &impl Store,
    seals: &impl Seals,
    journal: JournalId,
    name: &str,
) -> Result<Vec<StoredEntry>, SaveError> {
    let opened = open_stray(store, seals, journal, name).await?;
    Ok(opened.map_or(Ok(Vec::new()), |opened| json::read(&opened))?)
}

async fn open_stray(
    store: &impl Store,
    seals: &impl Seals,
    journal: JournalId,
    name: &str,
) -> Result<Option<Vec<u8>>, SaveError> {
    let Some(sealed) = store.record(name).await? else { return Ok(None) };
    let (first, last) = stray_ends(name).ok_or(StoreError::Unreadable("a stray's name"))?;
    Ok(Some(seals.open_segment(journal, &Segment { first, last, sealed }).await?))
}

fn read_into(caseload: &mut Caseload, opened: &[u8]) -> Result<(), SaveError> {
    read_each(opened, &mut |entry| caseload.apply(entry))
}

fn read_each(opened: &[u8], each: &mut dyn FnMut(Entry)) -> Result<(), SaveError> {
    let text = std::str::from_utf8(opened).map_err(|_| StoreError::Unreadable("a segment"))?;
    wire::read_entries(text, each).map_err(|Unfit| StoreError::Unreadable("a segment"))?;
    Ok(())
}

fn lay(caseload: &mut Caseload, lines: Vec<Line>) {
    for line in lines {
        if let Line::Entry(stored) = line {
            caseload.apply(stored.read());
        }
    }
}
