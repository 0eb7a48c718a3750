//! A phone's disk: the real store in memory, cut at every transaction, with what was not flushed gone when the power goes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use waakvlam::domain::{DeviceId, EntryId, JournalId};
use waakvlam::store::memory::MemoryStore;
use waakvlam::store::{AddPage, Append, Cursor, OutboxRecord, OutboxState, Sealed, Segment, Store, StoreError};
use waakvlam::sync::wire::Line;

use super::ctl::{Ctl, Point};
use super::planted::Bug;
use super::seals;
use super::task::Dying;

/// One disk; every tab of the phone uses it.
pub struct Disk {
    ctl: Ctl,
    number: u64,
    now: RefCell<MemoryStore>,
    /// What is on the disk for sure, where the last transaction was not flushed.
    flushed: RefCell<Option<MemoryStore>>,
    /// The revoked journals that were taken off, and when last.
    pub destroyed: RefCell<BTreeMap<JournalId, u64>>,
}

impl Disk {
    pub fn new(ctl: &Ctl, device: DeviceId) -> Rc<Self> {
        Self::of(ctl, MemoryStore::new(device))
    }

    fn of(ctl: &Ctl, store: MemoryStore) -> Rc<Self> {
        let number = ctl.0.disks.replace(ctl.0.disks.get() + 1);
        let (ctl, now) = (ctl.clone(), RefCell::new(store));
        Rc::new(Self { ctl, number, now, flushed: RefCell::default(), destroyed: RefCell::default() })
    }

    /// A copied phone.
    pub fn copied(&self) -> Rc<Self> {
        let copy = Self::of(&self.ctl, self.raw().copied());
        copy.destroyed.borrow_mut().clone_from(&self.destroyed.borrow());
        copy
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

    fn say(&self, what: impl FnOnce() -> String) {
        self.ctl.say(|| format!("  disk {}: {}", self.disk.number, what()));
    }

    /// A chunk without the lines of the last segment in it: a planted bug.
    async fn without_last(&self, journal: JournalId, firsts: &[u64], chunk: &Segment) -> Result<Option<Segment>, StoreError> {
        let key = self.disk.raw().key(Some(journal)).await?.and_then(|key| Some(u64::from_le_bytes(key.0.try_into().ok()?)));
        let bound = (journal, chunk.first, chunk.last);
        let lines = key.and_then(|key| serde_json::from_slice::<Vec<Line>>(seals::open(key, bound, &chunk.sealed.0)?).ok());
        let (Some(key), Some(mut lines), Some(last)) = (key, lines, firsts.last()) else { return Ok(None) };
        lines.retain(|line| matches!(line, Line::Entry(entry) if entry.seq < *last));
        let sealed = seals::seal(key, bound, &serde_json::to_vec(&lines).unwrap_or_default());
        Ok(Some(Segment { sealed, ..chunk.clone() }))
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
        if self.has(Bug::RefusedDropped) {
            for (device, n, _) in states.iter().filter(|(_, _, state)| *state == OutboxState::Refused) {
                self.disk.raw().discard(*device, *n).await?;
            }
        }
        write!(self, BeforeMark, AfterMark, store => store.mark(states))
    }

    async fn discard(&self, device: DeviceId, n: u64) -> Result<(), StoreError> {
        if self.has(Bug::EraseKeepsOutbox) {
            // What the office keeps apart is taken out only because somebody was erased.
            let apart = |state| matches!(state, OutboxState::Quarantined { .. });
            let outbox = self.disk.raw().outbox().await?;
            if outbox.iter().any(|record| (record.device, record.n) == (device, n) && apart(record.state)) {
                return Ok(());
            }
        }
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
        self.say(|| format!("keeps a page of {journal} up to {cursor:?}: {done:?}"));
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
        self.at(Point::BeforeRewrite).await;
        let done = self.disk.raw().rewrite(journal, expected, cursor, segments, discard, records).await;
        let ends: Vec<_> = segments.iter().map(|segment| (segment.first, segment.last)).collect();
        self.say(|| format!("erases in {ends:?} of {journal}: {done:?}"));
        self.disk.strict();
        self.at(Point::AfterRewrite).await;
        done
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
        self.say(|| format!("goes back in {journal} from {expected:?} to {cursor:?}"));
        write!(self, BeforeRewind, AfterRewind, store => store.rewind(journal, expected, cursor, cut, strays))
    }

    async fn segments_from(&self, journal: JournalId, first: u64) -> Result<Vec<Segment>, StoreError> {
        self.read().await.segments_from(journal, first).await
    }

    async fn segment_firsts(&self, journal: JournalId) -> Result<Vec<u64>, StoreError> {
        self.read().await.segment_firsts(journal).await
    }

    async fn merge(&self, journal: JournalId, expected: Cursor, firsts: &[u64], chunk: &Segment) -> Result<bool, StoreError> {
        let short = if self.has(Bug::MergeLoses) { self.without_last(journal, firsts, chunk).await? } else { None };
        let chunk = short.as_ref().unwrap_or(chunk);
        self.at(Point::BeforeMerge).await;
        let done = self.disk.raw().merge(journal, expected, firsts, chunk).await;
        self.say(|| format!("merges {}–{} of {journal}: {done:?}", chunk.first, chunk.last));
        self.disk.strict();
        self.at(Point::AfterMerge).await;
        done
    }

    async fn destroy(&self, journal: JournalId) -> Result<(), StoreError> {
        self.ctl.count(|stats| stats.destroyed += 1);
        self.at(Point::BeforeDestroy).await;
        self.disk.destroyed.borrow_mut().insert(journal, self.ctl.now());
        self.say(|| format!("takes {journal} off"));
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
        let done = self.disk.raw().destroy(journal).await;
        self.disk.strict();
        self.at(Point::AfterDestroy).await;
        done
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
        if self.has(Bug::EraseKeepsDraft) && name.starts_with("draft:") {
            return Ok(());
        }
        write!(self, BeforeStray, AfterStray, store => store.remove_record(name))
    }

    async fn record_names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.read().await.record_names(prefix).await
    }
}
