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
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::courier;
pub use crate::courier::book::SaveError;
use crate::courier::book::{Book, Laid};
use crate::domain::body::{Party, Staff};
use crate::domain::directory::Directory;
use crate::domain::{Body, Caseload, DeviceId, Entry, EntryId, GroupId, JournalId, JournalKind, Payload, Subject, UserId, json};
use crate::store::indexed_db::IndexedDbStore;
use crate::store::vault::Vault;
use crate::store::{OutboxRecord, OutboxState, Sealed, Store as _, StoreError};
use crate::sync::chain::Bytes32;
use crate::sync::held::Cursor;
use crate::sync::wire::{Line, Me};

use super::stranded::{Lack, Stranded, Way};
use super::syncer::Signal;

/// What the pages show: a journal's caseload, and how far each unsent entry is.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The caseload of the neighbourhood that is open.
    pub caseload: Caseload,
    /// How far each entry is that has not come back yet.
    pub outbox: BTreeMap<EntryId, OutboxState>,
    /// The names of colleagues, from the organisation's journal.
    pub staff: BTreeMap<UserId, Arc<Staff>>,
    /// Whom to call and whom to ask, from the organisation's journal.
    pub directory: Arc<Directory>,
}

impl Overview {
    /// The name of a colleague, or nothing.
    #[must_use]
    pub fn name(&self, user: UserId) -> Option<String> {
        self.staff.get(&user).map(|staff| staff.name.clone())
    }

    /// What a party is called here.
    #[must_use]
    pub fn party(&self, party: Party) -> String {
        self.directory.called(party).unwrap_or_else(|| super::texts::referring::party(party)).to_owned()
    }
}

/// See the module. Cheap to copy around: everything is behind a pointer.
#[derive(Clone)]
pub struct Desk {
    /// What the pages show.
    pub overview: RwSignal<Overview, LocalStorage>,
    /// Who I am and what I am granted, as last told.
    pub me: RwSignal<Me>,
    /// The neighbourhoods that were taken back, until that was seen.
    pub gone: RwSignal<Vec<Gone>>,
    inner: Rc<Inner>,
}

/// A neighbourhood that was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gone {
    /// Its journal.
    pub journal: JournalId,
    /// What people call it.
    pub name: String,
    /// Nothing of it is on this phone any more.
    #[serde(skip)]
    pub left: bool,
}

struct Inner {
    book: Book<IndexedDbStore, Vault>,
    clock_ahead_ms: Cell<Option<i64>>,
    signal: Signal,
    stranded: Rc<Stranded>,
    /// What this phone could not keep, and what the office said of it; nothing of what lies in a file.
    elsewhere: RefCell<Vec<(JournalId, Entry, Option<OutboxState>)>>,
}

const ME: &str = "me";
const GONE: &str = "gone";

impl Desk {
    /// Reads everything that the phone has of an account. `me` is kept sealed after the first sign-in.
    pub async fn read(
        store: Rc<IndexedDbStore>,
        vault: Vault,
        signal: Signal,
        stranded: Rc<Stranded>,
    ) -> Result<Self, SaveError> {
        stranded.read_papers(&store).await;
        let me: Me = match store.record(ME).await? {
            Some(sealed) => json::read(&vault.open_record(ME, &sealed).await?)?,
            None => return Err(StoreError::Unreadable("me").into()),
        };
        let mut gone: Vec<Gone> = match store.record(GONE).await? {
            Some(sealed) => json::read(&vault.open_record(GONE, &sealed).await?)?,
            None => Vec::new(),
        };
        let held = store.journals().await?;
        gone.iter_mut().for_each(|gone| gone.left = !held.contains(&gone.journal));
        let inner = Inner {
            book: Book::new(store, vault),
            clock_ahead_ms: Cell::new(None),
            signal,
            stranded,
            elsewhere: RefCell::default(),
        };
        let (overview, me, gone) = (RwSignal::new_local(Overview::default()), RwSignal::new(me), RwSignal::new(gone));
        let desk = Self { overview, me, gone, inner: Rc::new(inner) };
        courier::Desk::read_again(&desk).await?;
        Ok(desk)
    }

    /// The store under this desk.
    #[must_use]
    pub fn store(&self) -> &Rc<IndexedDbStore> {
        self.inner.book.store()
    }

    /// The vault of this desk.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        self.inner.book.seals()
    }

    /// What this account could not keep.
    #[must_use]
    pub fn stranded(&self) -> &Rc<Stranded> {
        &self.inner.stranded
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
    /// phone's disk has all of it; or, where the phone can't keep it, the person has sent it or saved it as a file ([`Desk::elsewhere`]).
    pub async fn save(&self, bodies: Vec<(Subject, Body)>) -> Result<Vec<EntryId>, SaveError> {
        self.save_as(bodies.into_iter().map(|(subject, body)| (EntryId(Uuid::now_v7()), subject, body)).collect()).await
    }

    /// The same under ids that were drawn by the one who asks, so that one entry can name another that is saved with it.
    pub async fn save_as(&self, bodies: Vec<(EntryId, Subject, Body)>) -> Result<Vec<EntryId>, SaveError> {
        let journal = self.neighbourhood().ok_or(SaveError::NoJournal)?;
        self.save_in(journal, self.write(bodies)).await
    }

    /// What a person wrote as it is kept, each with its id and its salt.
    #[must_use]
    pub fn write(&self, bodies: Vec<(EntryId, Subject, Body)>) -> Vec<(EntryId, Payload, Bytes32)> {
        let group = (bodies.len() > 1).then(|| GroupId(Uuid::new_v4()));
        let (written_at, clock_ahead_ms) = (now(), self.inner.clock_ahead_ms.get());
        let written = |(id, subject, body)| (id, Payload { written_at, clock_ahead_ms, subject, group, body }, draw_salt());
        bodies.into_iter().map(written).collect()
    }

    /// The same as [`Desk::save`], in whatever journal, of what [`Desk::write`] gave.
    pub async fn save_in(
        &self,
        journal: JournalId,
        written: Vec<(EntryId, Payload, Bytes32)>,
    ) -> Result<Vec<EntryId>, SaveError> {
        let mut ids = Vec::with_capacity(written.len());
        let (mut stranded, mut lack) = (Vec::new(), None);
        for (id, payload, salt) in written {
            // After one that can't be kept the others go the same way, in their order.
            if lack.is_none() {
                match self.append(journal, id, salt, payload.clone()).await {
                    Err(SaveError::Store(why)) => lack = Some(why),
                    kept => kept?,
                }
            }
            if lack.is_some() {
                let Some(drawn) = self.inner.stranded.draw() else { break };
                let author = self.me.with_untracked(|me| me.user);
                stranded.push(self.inner.book.seal_apart(drawn, author, journal, id, salt, payload).await?);
            }
            ids.push(id);
        }
        if let Some(why) = lack {
            self.find_a_way(journal, stranded, why).await?;
        }
        super::storage::ask_once();
        Ok(ids)
    }

    async fn append(&self, journal: JournalId, id: EntryId, salt: Bytes32, payload: Payload) -> Result<(), SaveError> {
        let author = self.me.with_untracked(|me| me.user);
        let book = &self.inner.book;
        let entry = match book.append(author, journal, id, salt, payload.clone()).await {
            // Closed under our hands, as phones do that run out of memory. The store opens it again: once more, unless it was kept after all.
            Err(SaveError::Store(StoreError::Unavailable(_))) => {
                book.forget_counter();
                match self.store().outbox().await?.into_iter().find(|record| record.id == id) {
                    Some(OutboxRecord { device, n, .. }) => {
                        Entry { id, author, device, n, seq: None, received_at: None, payload: Some(payload) }
                    }
                    None => book.append(author, journal, id, salt, payload).await?,
                }
            }
            kept => kept?,
        };
        self.overview.update(|overview| {
            overview.outbox.insert(id, OutboxState::Waiting);
            // What stands in another journal is never among what stands here.
            if Some(journal) == self.neighbourhood() {
                overview.caseload.apply(entry);
            }
        });
        // At once, whatever becomes of those that are saved with it.
        self.inner.signal.saved(1);
        Ok(())
    }

    /// What the phone can't keep goes where the person says.
    async fn find_a_way(
        &self,
        journal: JournalId,
        stranded: Vec<(OutboxRecord, Entry)>,
        why: StoreError,
    ) -> Result<(), SaveError> {
        let (records, entries): (Vec<_>, Vec<_>) = stranded.into_iter().unzip();
        if records.is_empty() {
            return Err(why.into());
        }
        match self.inner.stranded.ask(records, Lack::from(&why)).await {
            Way::Back => return Err(why.into()),
            Way::Filed => self.inner.elsewhere.borrow_mut().extend(entries.into_iter().map(|entry| (journal, entry, None))),
            Way::Sent(states) => {
                let sent = entries.into_iter().zip(states).map(|(entry, (_, state))| (journal, entry, Some(state)));
                self.inner.elsewhere.borrow_mut().extend(sent);
            }
        }
        self.overview.update(|overview| self.lay_elsewhere(overview));
        Ok(())
    }

    /// Where an entry is that this phone could not keep: `Some(true)` at the office, `Some(false)` in a file.
    #[must_use]
    pub fn elsewhere(&self, id: EntryId) -> Option<bool> {
        let elsewhere = self.inner.elsewhere.borrow();
        elsewhere.iter().find(|(_, entry, _)| entry.id == id).map(|(.., state)| state.is_some())
    }

    // What went to the office past the phone's storage is shown until it has come back, or the app is closed.
    fn lay_elsewhere(&self, overview: &mut Overview) {
        let here = self.neighbourhood();
        for (journal, entry, state) in self.inner.elsewhere.borrow().iter() {
            if let Some(state) = state
                && Some(*journal) == here
                && !self.inner.book.holds(*journal, entry.id)
            {
                overview.outbox.insert(entry.id, *state);
                overview.caseload.apply(entry.clone());
            }
        }
    }

    /// What a person decided about an entry that was set apart: it is sent again, or leaves this phone.
    pub async fn settle(&self, id: EntryId, again: bool) -> Result<(), SaveError> {
        let store = self.store();
        for OutboxRecord { device, n, .. } in store.outbox().await?.into_iter().filter(|record| record.id == id) {
            if again {
                store.mark(&[(device, n, OutboxState::Waiting)]).await?;
            } else {
                store.discard(device, n).await?;
            }
        }
        courier::Desk::relay(self).await?;
        self.inner.signal.saved(0);
        Ok(())
    }

    /// What was taken back was seen.
    pub async fn understood(&self) -> Result<(), SaveError> {
        self.gone.set(Vec::new());
        Ok(self.store().remove_record(GONE).await?)
    }

    // What was granted and is no more is said, also after a new start, until it was seen.
    async fn note_gone(&self, now: &Me) -> Result<(), SaveError> {
        let granted = |journal| now.journals.iter().any(|granted| granted.journal == journal);
        let mut gone = self.gone.get_untracked();
        gone.retain(|gone| !granted(gone.journal));
        self.me.with_untracked(|me| {
            let ours = me.journals.iter().filter(|before| before.kind == JournalKind::Neighbourhood && !granted(before.journal));
            gone.extend(ours.map(|before| Gone { journal: before.journal, name: before.name.clone(), left: false }));
        });
        if gone != self.gone.get_untracked() {
            let sealed = self.vault().seal_record(GONE, &serde_json::to_vec(&gone)?).await?;
            self.store().put_record(GONE, &sealed).await?;
            self.gone.set(gone);
        }
        Ok(())
    }

    // --- What comes down -----------------------------------------------------------------------

    async fn laid(&self) -> Result<Overview, SaveError> {
        let me = self.me.with_untracked(|me| me.user);
        let Laid { caseload, outbox } = match self.neighbourhood() {
            Some(journal) => self.inner.book.laid(journal, me).await?,
            None => Laid::default(),
        };
        let pulled = self.inner.book.pulled();
        let staff = pulled.values().flat_map(|caseload| &caseload.staff);
        let staff = staff.map(|(user, staff)| (*user, staff.clone())).collect();
        let organisation = self.me.with_untracked(|me| {
            let granted = me.journals.iter().find(|granted| granted.kind == JournalKind::Organisation);
            granted.map(|granted| granted.journal)
        });
        let directory = organisation.and_then(|journal| pulled.get(&journal)).map(|office| office.directory.clone());
        let directory = Arc::new(directory.unwrap_or_default());
        let mut overview = Overview { caseload, outbox, staff, directory };
        self.lay_elsewhere(&mut overview);
        Ok(overview)
    }

    /// The journals that lie on this phone, of whatever kind.
    #[must_use]
    pub fn held(&self) -> Vec<JournalId> {
        self.inner.book.pulled().keys().copied().collect()
    }

    /// A journal as it is now, whether it is the open neighbourhood or another.
    pub async fn laid_in(&self, journal: JournalId) -> Result<Caseload, SaveError> {
        let me = self.me.with_untracked(|me| me.user);
        let mut caseload = self.inner.book.laid(journal, me).await?.caseload;
        let elsewhere = self.inner.elsewhere.borrow();
        let here = elsewhere.iter().filter(|(of, _, state)| *of == journal && state.is_some());
        here.for_each(|(_, entry, _)| caseload.apply(entry.clone()));
        Ok(caseload)
    }

    /// Notes how far unsent entries are, without reading everything again.
    pub fn show_states(&self, states: &[(EntryId, OutboxState)]) {
        self.overview.update(|overview| {
            for (id, now) in states {
                if let Some(state) = overview.outbox.get_mut(id) {
                    *state = *now;
                }
            }
        });
    }

    // --- Drafts: what is not finished, sealed like everything else --------------------------------

    /// What lies half-written under this name.
    pub async fn draft(&self, name: &str) -> Option<Vec<u8>> {
        let name = format!("draft:{name}");
        let sealed = self.store().record(&name).await.ok()??;
        self.vault().open_record(&name, &sealed).await.ok()
    }

    /// Keeps what is half-written.
    pub async fn keep_draft(&self, name: &str, draft: &[u8]) -> Result<(), SaveError> {
        let name = format!("draft:{name}");
        let sealed: Sealed = self.vault().seal_record(&name, draft).await?;
        Ok(self.store().put_record(&name, &sealed).await?)
    }

    async fn drafts_named(&self, named: &[Uuid]) -> Vec<String> {
        let names = self.store().record_names("draft:").await.unwrap_or_default();
        names.into_iter().filter(|name| named.iter().any(|id| name.contains(&id.to_string()))).collect()
    }

    /// The names of all that is half-written here.
    pub async fn drafts(&self) -> Vec<String> {
        let names = self.store().record_names("draft:").await.unwrap_or_default();
        names.iter().filter_map(|name| name.strip_prefix("draft:")).map(str::to_owned).collect()
    }

    /// It was finished, or thrown away by who wrote it.
    pub async fn drop_draft(&self, name: &str) {
        // A draft that stays is offered again; no entry is lost by it.
        let _ = self.inner.book.store().remove_record(&format!("draft:{name}")).await;
    }
}

/// Keeps who I am, sealed; needed before the first [`Desk::read`].
pub async fn keep_me(store: &IndexedDbStore, vault: &Vault, me: &Me) -> Result<(), SaveError> {
    let sealed = vault.seal_record(ME, &serde_json::to_vec(me)?).await?;
    Ok(store.put_record(ME, &sealed).await?)
}

impl courier::Desk for Desk {
    type Seals = Vault;

    fn seals(&self) -> &Vault {
        self.inner.book.seals()
    }

    fn lay(&self, journal: JournalId, before: Option<Cursor>, after: Cursor, lines: Vec<Line>) {
        self.inner.book.lay(journal, before, after, lines);
    }

    async fn relay(&self) -> Result<(), SaveError> {
        loop {
            let saves = self.inner.book.saves();
            let overview = self.laid().await?;
            // What was saved while we read is not in it: read again rather than let it vanish from the screen.
            if saves == self.inner.book.saves() {
                self.overview.set(overview);
                return Ok(());
            }
        }
    }

    async fn read_again(&self) -> Result<(), SaveError> {
        self.inner.book.read_again().await?;
        self.relay().await
    }

    fn forget(&self, journal: JournalId) {
        self.inner.book.forget(journal);
        self.gone.update(|gone| gone.iter_mut().filter(|gone| gone.journal == journal).for_each(|gone| gone.left = true));
    }

    fn holds(&self, journal: JournalId, id: EntryId) -> bool {
        self.inner.book.holds(journal, id)
    }

    /// Takes in who I am now; keeps it sealed, and makes a key for each journal that is new.
    async fn now_i_am(&self, me: Me) -> Result<(), SaveError> {
        self.inner.clock_ahead_ms.set(Some((now() - me.now).num_milliseconds()));
        for granted in &me.journals {
            self.vault().add_journal(&**self.store(), granted.journal).await?;
        }
        self.note_gone(&me).await?;
        keep_me(self.store(), self.vault(), &me).await?;
        self.me.set(me);
        Ok(())
    }

    fn forget_counter(&self) {
        self.inner.book.forget_counter();
    }

    /// Drafts are named after the place: those of the door where they live. What is typed about one of them names them, too.
    async fn drafts_about(&self, subject: Subject) -> Vec<String> {
        let place = self.overview.with_untracked(|overview| overview.caseload.place_of(subject));
        // Those in a closed journal are named after it.
        let pulled =
            self.inner.book.pulled().iter().filter(|(_, held)| held.history.contains_key(&subject)).map(|(id, _)| id.0).collect();
        let mut named: Vec<Uuid> = pulled;
        named.extend(place.map(|place| place.0));
        // And what is begun about somebody whose door is not known here (any more).
        named.extend(match subject {
            Subject::Place(_) => None,
            Subject::Household(id) => Some(id.0),
            Subject::Person(id) => Some(id.0),
        });
        self.drafts_named(&named).await
    }

    async fn drafts_in(&self, journal: JournalId) -> Vec<String> {
        let pulled = self.inner.book.pulled().get(&journal).map(|held| held.places.keys().map(|place| place.0).collect());
        let mut named: Vec<Uuid> = pulled.unwrap_or_default();
        named.push(journal.0);
        self.drafts_named(&named).await
    }

    fn draw_device(&self) -> DeviceId {
        DeviceId(Uuid::new_v4())
    }
}

fn draw_salt() -> Bytes32 {
    let mut salt = [0; 32];
    salt[..16].copy_from_slice(Uuid::new_v4().as_bytes());
    salt[16..].copy_from_slice(Uuid::new_v4().as_bytes());
    Bytes32(salt)
}

/// The phone's clock.
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
