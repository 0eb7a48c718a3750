//! A phone's disk: the real store in memory, cut at every transaction, with what was not flushed gone when the power goes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use waakvlam::domain::{DeviceId, EntryId, JournalId};
use waakvlam::store::memory::MemoryStore;
use waakvlam::store::{AddPage, Append, Cursor, OutboxRecord, OutboxState, Sealed, Segment, Store, StoreError};

use super::ctl::{Ctl, Point};
use super::planted::Bug;
use super::task::Dying;

/// One disk; every tab of the phone uses it.
pub struct Disk {
    ctl: Ctl,
    now: RefCell<MemoryStore>,
    /// What is on the disk for sure, where the last transaction was not flushed.
    flushed: RefCell<Option<MemoryStore>>,
    /// The revoked journals that were taken off.
    pub destroyed: RefCell<BTreeSet<JournalId>>,
}

impl Disk {
    pub fn new(ctl: &Ctl, device: DeviceId) -> Rc<Self> {
        Self::of(ctl, MemoryStore::new(device))
    }

    fn of(ctl: &Ctl, store: MemoryStore) -> Rc<Self> {
        Rc::new(Self { ctl: ctl.clone(), now: RefCell::new(store), flushed: RefCell::default(), destroyed: RefCell::default() })
    }

    /// A copied phone.
    pub fn copied(&self) -> Rc<Self> {
        Self::of(&self.ctl, self.raw().copied())
    }

    /// The power goes.
    pub fn power_lost(&self) {
        if let Some(flushed) = self.flushed.borrow_mut().take() {
            *self.now.borrow_mut() = flushed;
        }
    }

    /// The store without anything in between: for looking.
    pub fn raw(&self) -> MemoryStore {
        self.now.borrow().clone()
    }

    /// Every writing transaction of the app is strict.
    fn strict(&self) {
        self.flushed.borrow_mut().take();
    }

    fn relaxed(&self) {
        let mut flushed = self.flushed.borrow_mut();
        if flushed.is_none() {
            *flushed = Some(self.raw().copied());
        }
    }
}

/// A tab's connection to it.
pub struct SimStore {
    pub disk: Rc<Disk>,
    ctl: Ctl,
    dying: Dying,
}

impl SimStore {
    pub fn new(disk: &Rc<Disk>, ctl: &Ctl, dying: &Dying) -> Self {
        Self { disk: Rc::clone(disk), ctl: ctl.clone(), dying: dying.clone() }
    }

    async fn at(&self, point: Point) {
        self.dying.at(&self.ctl, point).await;
    }

    /// Reading takes a while, too: another tab may write meanwhile.
    async fn read(&self) -> MemoryStore {
        if self.ctl.0.weather.get() && self.ctl.one_in(8) {
            self.dying.pause().await;
        }
        self.disk.raw()
    }

    fn has(&self, bug: Bug) -> bool {
        self.ctl.has(bug)
    }
}

macro_rules! write {
    ($self:ident, $before:ident, $after:ident, $store:ident => $act:expr) => {{
        $self.at(Point::$before).await;
        let $store = $self.disk.raw();
        let done = $act.await;
        $self.disk.strict();
        $self.at(Point::$after).await;
        done
    }};
}

impl Store for SimStore {
    async fn counter(&self) -> Result<(DeviceId, u64), StoreError> {
        self.read().await.counter().await
    }

    async fn renew_device(&self, device: DeviceId) -> Result<(), StoreError> {
        if self.has(Bug::NewDeviceDropsOutbox) {
            let store = self.disk.raw();
            for record in store.outbox().await? {
                store.discard(record.device, record.n).await?;
            }
        }
        self.ctl.count(|stats| stats.new_ids += 1);
        write!(self, BeforeDevice, AfterDevice, store => store.renew_device(device))
    }

    async fn append(&self, record: &OutboxRecord) -> Result<Append, StoreError> {
        self.at(Point::BeforeAppend).await;
        let store = self.disk.raw();
        if self.has(Bug::RelaxedAppend) {
            self.disk.relaxed();
        } else {
            self.disk.strict();
        }
        // What the two bugs come down to: the entry that had this number is written over.
        let moved = store.counter().await? != (record.device, record.n);
        if (self.has(Bug::NumberOutside) && moved) || (self.has(Bug::NumberForgotten) && !moved) {
            store.discard(record.device, record.n).await?;
        }
        let done = store.append(record).await?;
        self.at(Point::AfterAppend).await;
        Ok(done)
    }

    async fn outbox(&self) -> Result<Vec<OutboxRecord>, StoreError> {
        self.read().await.outbox().await
    }

    async fn mark(&self, states: &[(DeviceId, u64, OutboxState)]) -> Result<(), StoreError> {
        if self.has(Bug::OutboxOnAck) {
            for (device, n, _) in states.iter().filter(|(_, _, state)| matches!(state, OutboxState::Sent { .. })) {
                self.disk.raw().discard(*device, *n).await?;
            }
        }
        write!(self, BeforeMark, AfterMark, store => store.mark(states))
    }

    async fn discard(&self, device: DeviceId, n: u64) -> Result<(), StoreError> {
        write!(self, BeforeDiscard, AfterDiscard, store => store.discard(device, n))
    }

    async fn cursor(&self, journal: JournalId) -> Result<Option<Cursor>, StoreError> {
        self.read().await.cursor(journal).await
    }

    async fn add_page(
        &self,
        journal: JournalId,
        expected: Option<Cursor>,
        cursor: Cursor,
        segment: Option<&Segment>,
        returned: &[EntryId],
    ) -> Result<AddPage, StoreError> {
        self.at(Point::BeforePage).await;
        let store = self.disk.raw();
        if store.cursor(journal).await? == expected {
            if self.has(Bug::CursorBeforeRows) {
                store.add_page(journal, expected, cursor, None, &[]).await?;
                self.at(Point::BeforePage).await;
                store.add_page(journal, Some(cursor), cursor, segment, returned).await?;
                return Ok(AddPage::Stored);
            }
            if self.has(Bug::RowsBeforeCursor) {
                let same = expected.unwrap_or(Cursor { seq: 0, chain: waakvlam::sync::chain::START, ..cursor });
                store.add_page(journal, expected, same, segment, &[]).await?;
                self.at(Point::BeforePage).await;
                store.add_page(journal, Some(same), cursor, None, returned).await?;
                return Ok(AddPage::Stored);
            }
            if self.has(Bug::OutboxBeforePage) {
                for record in store.outbox().await?.iter().filter(|record| returned.contains(&record.id)) {
                    store.discard(record.device, record.n).await?;
                }
                self.at(Point::BeforePage).await;
            }
        }
        let done = store.add_page(journal, expected, cursor, segment, returned).await?;
        self.disk.strict();
        self.at(Point::AfterPage).await;
        Ok(done)
    }

    async fn rewrite(
        &self,
        journal: JournalId,
        expected: Cursor,
        cursor: Cursor,
        segments: &[Segment],
        discard: &[(DeviceId, u64)],
        records: &[String],
    ) -> Result<AddPage, StoreError> {
        let segments = if self.has(Bug::EraseKeepsSegment) { &[] } else { segments };
        let discard = if self.has(Bug::EraseKeepsOutbox) { &[] } else { discard };
        let records = if self.has(Bug::EraseKeepsDraft) { &[] } else { records };
        write!(self, BeforeRewrite, AfterRewrite, store => store.rewrite(journal, expected, cursor, segments, discard, records))
    }

    async fn rewind(
        &self,
        journal: JournalId,
        expected: Cursor,
        cursor: Cursor,
        cut: Option<&Segment>,
        strays: &[(String, Sealed)],
    ) -> Result<AddPage, StoreError> {
        let strays = if self.has(Bug::RewindForgetsStrays) { &[] } else { strays };
        self.ctl.count(|stats| stats.rewinds += 1);
        write!(self, BeforeRewind, AfterRewind, store => store.rewind(journal, expected, cursor, cut, strays))
    }

    async fn segments(&self, journal: JournalId) -> Result<Vec<Segment>, StoreError> {
        self.read().await.segments(journal).await
    }

    async fn merge(&self, journal: JournalId, firsts: &[u64], chunk: &Segment) -> Result<bool, StoreError> {
        write!(self, BeforeMerge, AfterMerge, store => store.merge(journal, firsts, chunk))
    }

    async fn destroy(&self, journal: JournalId) -> Result<(), StoreError> {
        self.ctl.count(|stats| stats.destroyed += 1);
        self.disk.destroyed.borrow_mut().insert(journal);
        if self.has(Bug::RevokedStays) {
            return Ok(());
        }
        if self.has(Bug::DestroyKeepsSegments) {
            let (store, key) = (self.disk.raw(), self.disk.raw().key(Some(journal)).await?);
            let segments = store.segments(journal).await?;
            store.destroy(journal).await?;
            if let (Some(key), Some(last)) = (key, segments.last()) {
                store.put_key(Some(journal), &key).await?;
                let same = Cursor { epoch: uuid::Uuid::nil(), seq: last.last, chain: waakvlam::sync::chain::START, erasures: 0 };
                store.add_page(journal, None, same, Some(last), &[]).await?;
            }
            return Ok(());
        }
        write!(self, BeforeDestroy, AfterDestroy, store => store.destroy(journal))
    }

    async fn key(&self, journal: Option<JournalId>) -> Result<Option<Sealed>, StoreError> {
        self.read().await.key(journal).await
    }

    async fn put_key(&self, journal: Option<JournalId>, wrapped: &Sealed) -> Result<bool, StoreError> {
        write!(self, BeforeKey, AfterKey, store => store.put_key(journal, wrapped))
    }

    async fn journals(&self) -> Result<Vec<JournalId>, StoreError> {
        self.read().await.journals().await
    }

    async fn note(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read().await.note(name).await
    }

    async fn put_note(&self, name: &str, value: &str) -> Result<(), StoreError> {
        write!(self, BeforeNote, AfterNote, store => store.put_note(name, value))
    }

    async fn record(&self, name: &str) -> Result<Option<Sealed>, StoreError> {
        self.read().await.record(name).await
    }

    async fn put_record(&self, name: &str, sealed: &Sealed) -> Result<(), StoreError> {
        write!(self, BeforeRecord, AfterRecord, store => store.put_record(name, sealed))
    }

    async fn remove_record(&self, name: &str) -> Result<(), StoreError> {
        write!(self, BeforeStray, AfterStray, store => store.remove_record(name))
    }

    async fn record_names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.read().await.record_names(prefix).await
    }
}
