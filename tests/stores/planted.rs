//! Planted bugs: a store with any of these must not get through the suite.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use waakvlam::domain::{DeviceId, EntryId, JournalId};
use waakvlam::store::memory::MemoryStore;
use waakvlam::store::{AddPage, Append, Cursor, OutboxRecord, OutboxState, Sealed, Segment, Store, StoreError};

use crate::suite;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Bug {
    None,
    CounterNotReread,
    NumberReusedAfterDiscard,
    OutboxSortedByDevice,
    RenewKeepsCounting,
    MarkIsForgotten,
    MarkMarksAll,
    DiscardTakesByNumberAlone,
    CursorNotCompared,
    CursorWithoutSegment,
    ReturnedStay,
    ReturnedTakesAll,
    MergeUnchecked,
    MergeUnderAnyCursor,
    MergeKeepsOld,
    DestroyKeepsKey,
    DestroyKeepsCursor,
    DestroyTakesOutbox,
    SecondKeyWins,
    OutboxIsAJournal,
    NoteForgotten,
    RecordNotReplaced,
    RecordNotRemoved,
    PrefixIgnored,
    RewriteUnchecked,
    RewriteKeepsOutbox,
    RewriteKeepsDraft,
    RewindLosesStrays,
    RewindKeepsCut,
    RewindUnchecked,
}

const BUGS: [Bug; 29] = [
    Bug::CounterNotReread,
    Bug::NumberReusedAfterDiscard,
    Bug::OutboxSortedByDevice,
    Bug::RenewKeepsCounting,
    Bug::MarkIsForgotten,
    Bug::MarkMarksAll,
    Bug::DiscardTakesByNumberAlone,
    Bug::CursorNotCompared,
    Bug::CursorWithoutSegment,
    Bug::ReturnedStay,
    Bug::ReturnedTakesAll,
    Bug::MergeUnchecked,
    Bug::MergeUnderAnyCursor,
    Bug::MergeKeepsOld,
    Bug::DestroyKeepsKey,
    Bug::DestroyKeepsCursor,
    Bug::DestroyTakesOutbox,
    Bug::SecondKeyWins,
    Bug::OutboxIsAJournal,
    Bug::NoteForgotten,
    Bug::RecordNotReplaced,
    Bug::RecordNotRemoved,
    Bug::PrefixIgnored,
    Bug::RewriteUnchecked,
    Bug::RewriteKeepsOutbox,
    Bug::RewriteKeepsDraft,
    Bug::RewindLosesStrays,
    Bug::RewindKeepsCut,
    Bug::RewindUnchecked,
];

#[test]
fn every_planted_bug_is_caught() {
    assert!(!caught(Bug::None), "without a bug the suite passes");
    let missed: Vec<_> = BUGS.into_iter().filter(|bug| !caught(*bug)).collect();
    assert!(missed.is_empty(), "not caught: {missed:?}");
    println!("planted: {}/{} caught", BUGS.len(), BUGS.len());
}

fn caught(bug: Bug) -> bool {
    let make = async || {
        let store = MemoryStore::default();
        (Planted(store.clone(), bug, Cell::new(0)), Planted(store, bug, Cell::new(0)))
    };
    catch_unwind(AssertUnwindSafe(|| futures::executor::block_on(suite::keeps_its_promises(make)))).is_err()
}

/// The bug, and a number that this tab remembers where it should look again.
struct Planted(MemoryStore, Bug, Cell<u64>);

impl Planted {
    async fn all_ids(&self) -> Vec<EntryId> {
        self.0.outbox().await.unwrap().iter().map(|record| record.id).collect()
    }
}

impl Store for Planted {
    async fn counter(&self) -> Result<(DeviceId, u64), StoreError> {
        let (device, next) = self.0.counter().await?;
        match self.1 {
            Bug::NumberReusedAfterDiscard => Ok((device, self.0.outbox().await?.len() as u64 + 1)),
            Bug::RenewKeepsCounting if device.0.is_nil() && next == 1 => Ok((device, 3)),
            _ => Ok((device, next)),
        }
    }

    async fn renew_device(&self, device: DeviceId) -> Result<(), StoreError> {
        self.0.renew_device(device).await
    }

    async fn append(&self, record: &OutboxRecord) -> Result<Append, StoreError> {
        let (device, next) = self.0.counter().await?;
        match self.1 {
            // As if the tab believed its own count.
            Bug::CounterNotReread if record.n == self.2.get() + 1 => {
                self.2.set(record.n);
                self.0.append(&OutboxRecord { device, n: next, ..record.clone() }).await
            }
            Bug::NumberReusedAfterDiscard if self.0.outbox().await?.is_empty() => {
                self.0.append(&OutboxRecord { device, n: next, ..record.clone() }).await
            }
            _ => self.0.append(record).await,
        }
    }

    async fn outbox(&self) -> Result<Vec<OutboxRecord>, StoreError> {
        let mut records = self.0.outbox().await?;
        if self.1 == Bug::OutboxSortedByDevice {
            records.sort_by_key(|record| (record.device, record.n));
        }
        Ok(records)
    }

    async fn mark(&self, states: &[(DeviceId, u64, OutboxState)]) -> Result<(), StoreError> {
        match (self.1, states.first()) {
            (Bug::MarkIsForgotten, _) => Ok(()),
            (Bug::MarkMarksAll, Some((_, _, state))) => {
                let all: Vec<_> = self.0.outbox().await?.iter().map(|record| (record.device, record.n, *state)).collect();
                self.0.mark(&all).await
            }
            _ => self.0.mark(states).await,
        }
    }

    async fn discard(&self, device: DeviceId, n: u64) -> Result<(), StoreError> {
        let device = if self.1 == Bug::DiscardTakesByNumberAlone { self.0.counter().await?.0 } else { device };
        self.0.discard(device, n).await
    }

    async fn cursor(&self, journal: JournalId) -> Result<Option<Cursor>, StoreError> {
        self.0.cursor(journal).await
    }

    async fn add_page(
        &self,
        journal: JournalId,
        expected: Option<Cursor>,
        cursor: Cursor,
        segment: Option<&Segment>,
        returned: &[EntryId],
    ) -> Result<AddPage, StoreError> {
        let held = self.0.cursor(journal).await?;
        let all = self.all_ids().await;
        match self.1 {
            Bug::CursorNotCompared => self.0.add_page(journal, held, cursor, segment, returned).await,
            Bug::CursorWithoutSegment => self.0.add_page(journal, expected, cursor, None, returned).await,
            Bug::ReturnedStay => self.0.add_page(journal, expected, cursor, segment, &[]).await,
            Bug::ReturnedTakesAll => self.0.add_page(journal, expected, cursor, segment, &all).await,
            _ => self.0.add_page(journal, expected, cursor, segment, returned).await,
        }
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
        let segments = if self.1 == Bug::RewriteUnchecked { &segments[..1] } else { segments };
        let discard = if self.1 == Bug::RewriteKeepsOutbox { &[] } else { discard };
        let records = if self.1 == Bug::RewriteKeepsDraft { &[] } else { records };
        self.0.rewrite(journal, expected, cursor, segments, discard, records).await
    }

    async fn rewind(
        &self,
        journal: JournalId,
        expected: Cursor,
        cursor: Cursor,
        cut: Option<&Segment>,
        strays: &[(String, Sealed)],
    ) -> Result<AddPage, StoreError> {
        let strays = if self.1 == Bug::RewindLosesStrays { &[] } else { strays };
        let cut = if self.1 == Bug::RewindKeepsCut { None } else { cut };
        let held = self.0.cursor(journal).await?.unwrap_or(expected);
        let expected = if self.1 == Bug::RewindUnchecked { held } else { expected };
        self.0.rewind(journal, expected, cursor, cut, strays).await
    }

    async fn segment_firsts(&self, journal: JournalId) -> Result<Vec<u64>, StoreError> {
        self.0.segment_firsts(journal).await
    }
    async fn segments_from(&self, journal: JournalId, first: u64) -> Result<Vec<Segment>, StoreError> {
        let mut segments = self.0.segments_from(journal, first).await?;
        if self.1 == Bug::MergeKeepsOld && self.2.get() == 1 {
            segments.insert(0, segments[0].clone());
        }
        Ok(segments)
    }

    async fn merge(&self, journal: JournalId, expected: Cursor, firsts: &[u64], chunk: &Segment) -> Result<bool, StoreError> {
        let held = self.0.cursor(journal).await?.unwrap_or(expected);
        let expected = if self.1 == Bug::MergeUnderAnyCursor { held } else { expected };
        let merged = self.0.merge(journal, expected, firsts, chunk).await?;
        self.2.set(1);
        Ok(merged || self.1 == Bug::MergeUnchecked)
    }

    async fn destroy(&self, journal: JournalId) -> Result<(), StoreError> {
        let (key, cursor) = (self.0.key(Some(journal)).await?, self.0.cursor(journal).await?);
        self.0.destroy(journal).await?;
        match (self.1, key, cursor) {
            (Bug::DestroyKeepsKey, Some(key), _) => self.0.put_key(Some(journal), &key).await.map(drop),
            (Bug::DestroyKeepsCursor, _, Some(cursor)) => self.0.add_page(journal, None, cursor, None, &[]).await.map(drop),
            (Bug::DestroyTakesOutbox, ..) => {
                let (cursor, all) = (self.0.cursor(journal).await?, self.all_ids().await);
                let same = cursor.unwrap_or(Cursor {
                    epoch: uuid::Uuid::nil(),
                    seq: 0,
                    chain: waakvlam::sync::chain::START,
                    erasures: 0,
                });
                self.0.add_page(JournalId(uuid::Uuid::nil()), None, same, None, &all).await.map(drop)
            }
            _ => Ok(()),
        }
    }

    async fn key(&self, journal: Option<JournalId>) -> Result<Option<Sealed>, StoreError> {
        self.0.key(journal).await
    }

    async fn put_key(&self, journal: Option<JournalId>, wrapped: &Sealed) -> Result<bool, StoreError> {
        Ok(self.0.put_key(journal, wrapped).await? || self.1 == Bug::SecondKeyWins)
    }

    async fn journals(&self) -> Result<Vec<JournalId>, StoreError> {
        let mut journals = self.0.journals().await?;
        if self.1 == Bug::OutboxIsAJournal {
            journals.insert(0, JournalId(uuid::Uuid::nil()));
        }
        Ok(journals)
    }

    async fn note(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.0.note(name).await
    }

    async fn put_note(&self, name: &str, value: &str) -> Result<(), StoreError> {
        if self.1 == Bug::NoteForgotten { Ok(()) } else { self.0.put_note(name, value).await }
    }

    async fn record(&self, name: &str) -> Result<Option<Sealed>, StoreError> {
        self.0.record(name).await
    }

    async fn put_record(&self, name: &str, sealed: &Sealed) -> Result<(), StoreError> {
        if self.1 == Bug::RecordNotReplaced && self.0.record(name).await?.is_some() {
            return Ok(());
        }
        self.0.put_record(name, sealed).await
    }

    async fn remove_record(&self, name: &str) -> Result<(), StoreError> {
        if self.1 == Bug::RecordNotRemoved { Ok(()) } else { self.0.remove_record(name).await }
    }

    async fn record_names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.0.record_names(if self.1 == Bug::PrefixIgnored { "" } else { prefix }).await
    }
}
