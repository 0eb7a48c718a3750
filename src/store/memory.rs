//! In memory: for tests and simulations, and for practising without an account.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use uuid::Uuid;

use super::{AddPage, Append, Cursor, OutboxRecord, OutboxState, Sealed, Segment, Store, StoreError};
use crate::domain::{DeviceId, EntryId, JournalId};
use crate::sync::held::stray_prefix;

/// A store that forgets. A clone is another tab on the same store; [`MemoryStore::copied`] is a copied phone.
#[derive(Clone, Debug)]
pub struct MemoryStore(Rc<RefCell<Kept>>);

#[derive(Clone, Debug)]
struct Kept {
    device: DeviceId,
    next: u64,
    outbox: Vec<OutboxRecord>,
    cursors: BTreeMap<JournalId, Cursor>,
    segments: BTreeMap<(JournalId, u64), Segment>,
    keys: BTreeMap<Option<JournalId>, Sealed>,
    notes: BTreeMap<String, String>,
    records: BTreeMap<String, Sealed>,
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new(DeviceId(Uuid::new_v4()))
    }
}

impl MemoryStore {
    /// An empty store of this device.
    #[must_use]
    pub fn new(device: DeviceId) -> Self {
        Self(Rc::new(RefCell::new(Kept {
            device,
            next: 1,
            outbox: Vec::new(),
            cursors: BTreeMap::new(),
            segments: BTreeMap::new(),
            keys: BTreeMap::new(),
            notes: BTreeMap::new(),
            records: BTreeMap::new(),
        })))
    }

    /// A store of its own with the same content: the phone was copied.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self(Rc::new(RefCell::new(self.0.borrow().clone())))
    }
}

impl Store for MemoryStore {
    async fn counter(&self) -> Result<(DeviceId, u64), StoreError> {
        let kept = self.0.borrow();
        Ok((kept.device, kept.next))
    }

    async fn renew_device(&self, device: DeviceId) -> Result<(), StoreError> {
        let mut kept = self.0.borrow_mut();
        kept.device = device;
        kept.next = 1;
        Ok(())
    }

    async fn append(&self, record: &OutboxRecord) -> Result<Append, StoreError> {
        let mut kept = self.0.borrow_mut();
        if (record.device, record.n) != (kept.device, kept.next) {
            return Ok(Append::CounterMoved { device: kept.device, next: kept.next });
        }
        kept.next += 1;
        kept.outbox.push(record.clone());
        Ok(Append::Stored)
    }

    async fn outbox(&self) -> Result<Vec<OutboxRecord>, StoreError> {
        Ok(self.0.borrow().outbox.clone())
    }

    async fn mark(&self, states: &[(DeviceId, u64, OutboxState)]) -> Result<(), StoreError> {
        let states: BTreeMap<_, _> = states.iter().map(|(device, n, state)| ((*device, *n), *state)).collect();
        for record in &mut self.0.borrow_mut().outbox {
            if let Some(state) = states.get(&(record.device, record.n)) {
                record.state = *state;
            }
        }
        Ok(())
    }

    async fn discard(&self, device: DeviceId, n: u64) -> Result<(), StoreError> {
        self.0.borrow_mut().outbox.retain(|record| (record.device, record.n) != (device, n));
        Ok(())
    }

    async fn cursor(&self, journal: JournalId) -> Result<Option<Cursor>, StoreError> {
        Ok(self.0.borrow().cursors.get(&journal).copied())
    }

    async fn add_page(
        &self,
        journal: JournalId,
        expected: Option<Cursor>,
        cursor: Cursor,
        segment: Option<&Segment>,
        returned: &[EntryId],
    ) -> Result<AddPage, StoreError> {
        let mut kept = self.0.borrow_mut();
        let held = kept.cursors.get(&journal).copied();
        if held != expected {
            return Ok(AddPage::CursorMoved(held));
        }
        if let Some(segment) = segment {
            if kept.segments.contains_key(&(journal, segment.first)) {
                return Err(StoreError::Unreadable("a record stands where a new one should come"));
            }
            kept.segments.insert((journal, segment.first), segment.clone());
        }
        kept.cursors.insert(journal, cursor);
        let returned: BTreeSet<_> = returned.iter().collect();
        kept.outbox.retain(|record| !returned.contains(&record.id));
        Ok(AddPage::Stored)
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
        let mut kept = self.0.borrow_mut();
        let held = kept.cursors.get(&journal).copied();
        let there = |new: &Segment| kept.segments.get(&(journal, new.first)).is_some_and(|old| old.last == new.last);
        if held != Some(expected) || !segments.iter().all(there) {
            return Ok(AddPage::CursorMoved(held));
        }
        for segment in segments {
            kept.segments.insert((journal, segment.first), segment.clone());
        }
        kept.cursors.insert(journal, cursor);
        kept.outbox.retain(|record| !discard.contains(&(record.device, record.n)));
        kept.records.retain(|name, _| !records.contains(name));
        Ok(AddPage::Stored)
    }

    async fn rewind(
        &self,
        journal: JournalId,
        expected: Cursor,
        cursor: Cursor,
        cut: Option<&Segment>,
        strays: &[(String, Sealed)],
    ) -> Result<AddPage, StoreError> {
        let mut kept = self.0.borrow_mut();
        let held = kept.cursors.get(&journal).copied();
        if held != Some(expected) {
            return Ok(AddPage::CursorMoved(held));
        }
        kept.segments.retain(|(of, _), segment| *of != journal || segment.last <= cursor.seq);
        if let Some(cut) = cut {
            kept.segments.insert((journal, cut.first), cut.clone());
        }
        kept.cursors.insert(journal, cursor);
        kept.records.extend(strays.iter().cloned());
        Ok(AddPage::Stored)
    }

    async fn segments_from(&self, journal: JournalId, first: u64) -> Result<Vec<Segment>, StoreError> {
        Ok(self.0.borrow().segments.range((journal, first)..=(journal, u64::MAX)).map(|(_, segment)| segment.clone()).collect())
    }

    async fn segment_firsts(&self, journal: JournalId) -> Result<Vec<u64>, StoreError> {
        Ok(self.0.borrow().segments.range((journal, 0)..=(journal, u64::MAX)).map(|((_, first), _)| *first).collect())
    }

    async fn merge(&self, journal: JournalId, expected: Cursor, firsts: &[u64], chunk: &Segment) -> Result<bool, StoreError> {
        let mut kept = self.0.borrow_mut();
        if kept.cursors.get(&journal) != Some(&expected) {
            return Ok(false);
        }
        let covered: Vec<_> = kept
            .segments
            .range((journal, chunk.first)..=(journal, chunk.last))
            .map(|(_, held)| (held.first, held.last))
            .collect();
        let same = covered.iter().map(|(first, _)| first).eq(firsts);
        if !same
            || covered.first().map(|ends| ends.0) != Some(chunk.first)
            || covered.last().map(|ends| ends.1) != Some(chunk.last)
        {
            return Ok(false);
        }
        for first in firsts {
            kept.segments.remove(&(journal, *first));
        }
        kept.segments.insert((journal, chunk.first), chunk.clone());
        Ok(true)
    }

    async fn destroy(&self, journal: JournalId) -> Result<(), StoreError> {
        let mut kept = self.0.borrow_mut();
        kept.segments.retain(|(of, _), _| *of != journal);
        kept.cursors.remove(&journal);
        kept.keys.remove(&Some(journal));
        let strays = stray_prefix(journal);
        kept.records.retain(|name, _| !name.starts_with(&strays));
        let ours = |state| matches!(state, OutboxState::Waiting | OutboxState::Refused);
        kept.outbox.retain(|record| record.journal != journal || ours(record.state));
        Ok(())
    }

    async fn key(&self, journal: Option<JournalId>) -> Result<Option<Sealed>, StoreError> {
        Ok(self.0.borrow().keys.get(&journal).cloned())
    }

    async fn put_key(&self, journal: Option<JournalId>, wrapped: &Sealed) -> Result<bool, StoreError> {
        let mut kept = self.0.borrow_mut();
        if kept.keys.contains_key(&journal) {
            return Ok(false);
        }
        kept.keys.insert(journal, wrapped.clone());
        Ok(true)
    }

    async fn journals(&self) -> Result<Vec<JournalId>, StoreError> {
        Ok(self.0.borrow().keys.keys().filter_map(|journal| *journal).collect())
    }

    async fn note(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.0.borrow().notes.get(name).cloned())
    }

    async fn put_note(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.0.borrow_mut().notes.insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    async fn record(&self, name: &str) -> Result<Option<Sealed>, StoreError> {
        Ok(self.0.borrow().records.get(name).cloned())
    }

    async fn put_record(&self, name: &str, sealed: &Sealed) -> Result<(), StoreError> {
        self.0.borrow_mut().records.insert(name.to_owned(), sealed.clone());
        Ok(())
    }

    async fn remove_record(&self, name: &str) -> Result<(), StoreError> {
        self.0.borrow_mut().records.remove(name);
        Ok(())
    }

    async fn record_names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.0.borrow().records.keys().filter(|name| name.starts_with(prefix)).cloned().collect())
    }
}
