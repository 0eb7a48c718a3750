//! IndexedDB: one database per account, every writing transaction strict.
//!
//! A transaction closes as soon as anything that isn't IndexedDB is awaited: bytes come in sealed, and every method here
//! asks nothing of the browser but its own requests between [`Connection::begin`] and [`Tx::done`].

mod accounts;
mod connection;
mod marks;
mod rows;
mod schema;
mod strict;
mod trouble;

pub use accounts::{Account, Accounts};
pub use connection::{Connection, Schema, Step, Upgrade};
pub use schema::{ACCOUNT, ACCOUNTS};
pub use strict::{Mode, Tx};

use std::cell::Cell;
use std::collections::BTreeSet;

use idb::{ObjectStore, Query};
use schema::{COUNTER, CURSORS, KEYS, NOTES, OUTBOX, OUTBOX_ID, RECORDS, SEGMENTS};
use trouble::trouble;
use uuid::Uuid;
use wasm_bindgen::JsValue;

use super::{AddPage, Append, Cursor, OutboxRecord, OutboxState, Sealed, Segment, Store, StoreError};
use crate::domain::{DeviceId, EntryId, JournalId, json};
use crate::sync::held::stray_prefix;

/// One account's database. Two of these on one name are two tabs.
pub struct IndexedDbStore {
    connection: Connection,
    /// The device id that this tab saw last and its round, which never changes for one device id: so that a save needs no question first.
    seen: Cell<Option<(DeviceId, u64)>>,
}

impl IndexedDbStore {
    /// A name for a new account's database.
    #[must_use]
    pub fn new_name() -> String {
        // In the order of making, so that of two of one person the latest is known.
        format!("waakvlam-{}", Uuid::now_v7())
    }

    /// Opens an account's database; makes it, with a device id of its own, if it is not there.
    ///
    /// # Errors
    /// `Full`, or `Unavailable`: a private window, or a newer version of the app was here.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        Ok(Self { connection: Connection::open(name, schema::ACCOUNT).await?, seen: Cell::new(None) })
    }

    /// Deletes an account's database for good; what was not sent is lost, so ask first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete(name: &str) -> Result<(), StoreError> {
        connection::delete(name).await
    }

    /// The database's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.connection.name()
    }

    async fn read(&self, store: &str) -> Result<ObjectStore, StoreError> {
        self.connection.begin(&[store], Mode::Read).await?.store(store)
    }

    async fn write(&self, stores: &[&str]) -> Result<Tx, StoreError> {
        self.connection.begin(stores, Mode::Write).await
    }

    async fn put(&self, store: &str, key: &JsValue, value: &JsValue) -> Result<(), StoreError> {
        let tx = self.write(&[store]).await?;
        tx.store(store)?.put(value, Some(key)).map_err(trouble)?;
        tx.done().await
    }

    fn ask_to_add(tx: &Tx, counter: &ObjectStore, record: &OutboxRecord, round: u64) -> Result<(), StoreError> {
        let key = rows::outbox_key(record.device, record.n);
        tx.store(OUTBOX)?.add(&rows::outbox(record, round)?, Some(&key)).map_err(trouble)?;
        counter.put(&rows::counter(record.device, record.n + 1, round), Some(&rows::now())).map_err(trouble)?;
        Ok(())
    }

    fn ask_to_keep(
        tx: &Tx,
        cursors: &ObjectStore,
        journal: JournalId,
        cursor: &str,
        segment: Option<&Segment>,
    ) -> Result<(), StoreError> {
        cursors.put(&cursor.into(), Some(&rows::text(journal))).map_err(trouble)?;
        if let Some(segment) = segment {
            let key = rows::segment_key(journal, segment.first);
            tx.store(SEGMENTS)?.add(&rows::segment(segment), Some(&key)).map_err(trouble)?;
        }
        Ok(())
    }

    async fn delete_one(&self, store: &str, key: JsValue) -> Result<(), StoreError> {
        let tx = self.write(&[store]).await?;
        tx.store(store)?.delete(key).map_err(trouble)?;
        tx.done().await
    }
}

/// What lies under a key.
async fn get(store: &ObjectStore, key: JsValue) -> Result<Option<JsValue>, StoreError> {
    store.get(key).map_err(trouble)?.await.map_err(trouble)
}

async fn get_cursor(store: &ObjectStore, journal: JournalId) -> Result<Option<Cursor>, StoreError> {
    read_cursor(get(store, rows::text(journal)).await?)
}

fn read_cursor(value: Option<JsValue>) -> Result<Option<Cursor>, StoreError> {
    let Some(value) = value else { return Ok(None) };
    let cursor = value.as_string().and_then(|text| json::read_text(&text).ok());
    cursor.map(Some).ok_or(StoreError::Unreadable("cursor"))
}

async fn get_sealed(store: &ObjectStore, key: JsValue) -> Result<Option<Sealed>, StoreError> {
    let Some(value) = get(store, key).await? else { return Ok(None) };
    rows::read_bytes(&value).map(Some).ok_or(StoreError::Unreadable("sealed bytes"))
}

/// The outbox in the order of writing, with what was noted beside it.
async fn outbox(tx: &Tx) -> Result<Vec<OutboxRecord>, StoreError> {
    let rows = tx.store(OUTBOX)?.get_all(None, None).map_err(trouble)?.into_future();
    let marks = marks::read(&tx.store(NOTES)?).await?;
    let rows = rows.await.map_err(trouble)?;
    let mut records = rows.into_iter().map(rows::read_outbox).collect::<Result<Vec<_>, _>>()?;
    records.sort_unstable_by_key(|(round, record)| (*round, record.n));
    let mut records: Vec<OutboxRecord> = records.into_iter().map(|(_, record)| record).collect();
    for mark in marks {
        mark.lay_upon(&mut records);
    }
    Ok(records)
}

/// Sorted numbers of each device as runs without a gap, so that one request serves a whole run.
fn runs(numbers: impl IntoIterator<Item = (DeviceId, u64)>) -> Vec<(DeviceId, u64, u64)> {
    let mut runs: Vec<(DeviceId, u64, u64)> = Vec::new();
    for (device, n) in numbers {
        match runs.last_mut() {
            Some((of, _, last)) if *of == device && *last + 1 == n => *last = n,
            _ => runs.push((device, n, n)),
        }
    }
    runs
}

impl Store for IndexedDbStore {
    async fn counter(&self) -> Result<(DeviceId, u64), StoreError> {
        let (device, next, round) = rows::read_counter(get(&self.read(COUNTER).await?, rows::now()).await?)?;
        self.seen.set(Some((device, round)));
        Ok((device, next))
    }

    async fn renew_device(&self, device: DeviceId) -> Result<(), StoreError> {
        let tx = self.write(&[COUNTER]).await?;
        let counter = tx.store(COUNTER)?;
        let (_, _, round) = rows::read_counter(get(&counter, rows::now()).await?)?;
        counter.put(&rows::counter(device, 1, round + 1), Some(&rows::now())).map_err(trouble)?;
        tx.done().await
    }

    async fn append(&self, record: &OutboxRecord) -> Result<Append, StoreError> {
        if self.seen.get().map(|(device, _)| device) != Some(record.device) {
            self.counter().await?;
        }
        let round = self.seen.get().map_or(0, |(_, round)| round);
        let tx = self.write(&[COUNTER, OUTBOX]).await?;
        let counter = tx.store(COUNTER)?;
        // One way to the disk and back: the writes are asked for together with the counter, and taken back if it had moved.
        let held = counter.get(rows::now()).map_err(trouble)?.into_future();
        let asked = Self::ask_to_add(&tx, &counter, record, round);
        let (device, next, _) = rows::read_counter(held.await.map_err(trouble)?)?;
        asked?;
        if (record.device, record.n) != (device, next) {
            return Ok(Append::CounterMoved { device, next });
        }
        tx.done().await?;
        Ok(Append::Stored)
    }

    async fn outbox(&self) -> Result<Vec<OutboxRecord>, StoreError> {
        let tx = self.connection.begin(&[OUTBOX, NOTES], Mode::Read).await?;
        outbox(&tx).await
    }

    /// Ten thousand rows written again took most of a second: what was acknowledged lies beside them, a line for each run, until they leave.
    async fn mark(&self, states: &[(DeviceId, u64, OutboxState)]) -> Result<(), StoreError> {
        if states.is_empty() {
            return Ok(());
        }
        let tx = self.write(&[NOTES]).await?;
        let notes = tx.store(NOTES)?;
        let last = marks::names(&notes).await?.last().map_or(0, |(number, _)| *number);
        notes.put(&marks::write(states)?.into(), Some(&marks::name(last + 1))).map_err(trouble)?;
        tx.done().await
    }

    async fn discard(&self, device: DeviceId, n: u64) -> Result<(), StoreError> {
        self.delete_one(OUTBOX, rows::outbox_key(device, n)).await
    }

    async fn cursor(&self, journal: JournalId) -> Result<Option<Cursor>, StoreError> {
        get_cursor(&self.read(CURSORS).await?, journal).await
    }

    async fn add_page(
        &self,
        journal: JournalId,
        expected: Option<Cursor>,
        cursor: Cursor,
        segment: Option<&Segment>,
        returned: &[EntryId],
    ) -> Result<AddPage, StoreError> {
        let json = serde_json::to_string(&cursor).map_err(|_| StoreError::Unreadable("cursor"))?;
        let tx = self.write(&[CURSORS, SEGMENTS, OUTBOX, NOTES]).await?;
        let cursors = tx.store(CURSORS)?;
        let outbox = tx.store(OUTBOX)?;
        // One way to the disk and back, as in `append`: if the cursor had moved, what was asked for is taken back.
        let held = cursors.get(rows::text(journal)).map_err(trouble)?.into_future();
        let waiting = outbox.count(None).map_err(trouble)?.into_future();
        let asked = Self::ask_to_keep(&tx, &cursors, journal, &json, segment);
        let held = read_cursor(held.await.map_err(trouble)?)?;
        if held != expected {
            return Ok(AddPage::CursorMoved(held));
        }
        asked?;
        // A phone that writes little has an empty outbox, and pages full of what others wrote.
        if waiting.await.map_err(trouble)? > 0 {
            let by_id = outbox.index(OUTBOX_ID).map_err(trouble)?;
            // All asked before the first is awaited: they answer in one go.
            let asked = returned.iter().map(|id| by_id.get_key(rows::id(*id)).map(IntoFuture::into_future).map_err(trouble));
            let mut found = BTreeSet::new();
            for answer in asked.collect::<Result<Vec<_>, _>>()? {
                found.extend(answer.await.map_err(trouble)?.as_ref().and_then(rows::read_outbox_key));
            }
            for (device, from, to) in runs(found) {
                outbox.delete(rows::outbox_range(device, from, to)?).map_err(trouble)?;
            }
            marks::sweep(&outbox, &tx.store(NOTES)?).await?;
        }
        tx.done().await?;
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
        let json = serde_json::to_string(&cursor).map_err(|_| StoreError::Unreadable("cursor"))?;
        let tx = self.write(&[CURSORS, SEGMENTS, OUTBOX, RECORDS]).await?;
        let (cursors, held_segments) = (tx.store(CURSORS)?, tx.store(SEGMENTS)?);
        let held = get_cursor(&cursors, journal).await?;
        if held != Some(expected) {
            return Ok(AddPage::CursorMoved(held));
        }
        for segment in segments {
            let key = rows::segment_key(journal, segment.first);
            let old = get(&held_segments, key.clone()).await?.map(rows::read_segment).transpose()?;
            // Nothing asked so far stays: the transaction falls without being done.
            if old.is_none_or(|old| old.last != segment.last) {
                return Ok(AddPage::CursorMoved(held));
            }
            held_segments.put(&rows::segment(segment), Some(&key)).map_err(trouble)?;
        }
        cursors.put(&json.into(), Some(&rows::text(journal))).map_err(trouble)?;
        for (device, n) in discard {
            tx.store(OUTBOX)?.delete(rows::outbox_key(*device, *n)).map_err(trouble)?;
        }
        for name in records {
            tx.store(RECORDS)?.delete(JsValue::from(name.as_str())).map_err(trouble)?;
        }
        tx.done().await?;
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
        let json = serde_json::to_string(&cursor).map_err(|_| StoreError::Unreadable("cursor"))?;
        let tx = self.write(&[CURSORS, SEGMENTS, RECORDS]).await?;
        let (cursors, segments) = (tx.store(CURSORS)?, tx.store(SEGMENTS)?);
        let held = get_cursor(&cursors, journal).await?;
        if held != Some(expected) {
            return Ok(AddPage::CursorMoved(held));
        }
        cursors.put(&json.into(), Some(&rows::text(journal))).map_err(trouble)?;
        // The one that the cursor lies in begins with `cut`, or with what comes after the cursor.
        let from = cut.map_or(cursor.seq + 1, |cut| cut.first);
        segments.delete(rows::segment_range(journal, from, u64::MAX)?).map_err(trouble)?;
        if let Some(cut) = cut {
            segments.add(&rows::segment(cut), Some(&rows::segment_key(journal, cut.first))).map_err(trouble)?;
        }
        for (name, sealed) in strays {
            tx.store(RECORDS)?.put(&rows::bytes(sealed), Some(&name.as_str().into())).map_err(trouble)?;
        }
        tx.done().await?;
        Ok(AddPage::Stored)
    }

    async fn segments_from(&self, journal: JournalId, first: u64) -> Result<Vec<Segment>, StoreError> {
        let wanted = rows::segment_range(journal, first, u64::MAX)?;
        let rows = self.read(SEGMENTS).await?.get_all(Some(wanted), None).map_err(trouble)?.await.map_err(trouble)?;
        rows.into_iter().map(rows::read_segment).collect()
    }

    async fn segment_firsts(&self, journal: JournalId) -> Result<Vec<u64>, StoreError> {
        let all = rows::segment_range(journal, 0, u64::MAX)?;
        let keys = self.read(SEGMENTS).await?.get_all_keys(Some(all), None).map_err(trouble)?.await.map_err(trouble)?;
        // A key that is none of ours is nowhere: all are written here.
        Ok(keys.iter().filter_map(rows::read_segment_key).collect())
    }

    async fn merge(&self, journal: JournalId, expected: Cursor, firsts: &[u64], chunk: &Segment) -> Result<bool, StoreError> {
        let Some(last) = firsts.last() else { return Ok(false) };
        let tx = self.write(&[CURSORS, SEGMENTS]).await?;
        if get_cursor(&tx.store(CURSORS)?, journal).await? != Some(expected) {
            return Ok(false);
        }
        let segments = tx.store(SEGMENTS)?;
        let covered: Query = rows::segment_range(journal, chunk.first, chunk.last)?;
        let keys = segments.get_all_keys(Some(covered.clone()), None).map_err(trouble)?.await.map_err(trouble)?;
        let same = keys.iter().map(rows::read_segment_key).eq(firsts.iter().map(|first| Some(*first)));
        if !same || firsts.first() != Some(&chunk.first) {
            return Ok(false);
        }
        let end = get(&segments, rows::segment_key(journal, *last)).await?.map(rows::read_segment).transpose()?;
        if end.map(|segment| segment.last) != Some(chunk.last) {
            return Ok(false);
        }
        segments.delete(covered).map_err(trouble)?;
        segments.add(&rows::segment(chunk), Some(&rows::segment_key(journal, chunk.first))).map_err(trouble)?;
        tx.done().await?;
        Ok(true)
    }

    async fn destroy(&self, journal: JournalId) -> Result<(), StoreError> {
        let tx = self.write(&[SEGMENTS, CURSORS, KEYS, RECORDS, OUTBOX, NOTES]).await?;
        for record in outbox(&tx).await? {
            let ours = matches!(record.state, OutboxState::Waiting | OutboxState::Refused);
            if record.journal == journal && !ours {
                tx.store(OUTBOX)?.delete(rows::outbox_key(record.device, record.n)).map_err(trouble)?;
            }
        }
        marks::sweep(&tx.store(OUTBOX)?, &tx.store(NOTES)?).await?;
        tx.store(RECORDS)?.delete(rows::prefix(&stray_prefix(journal))?).map_err(trouble)?;
        tx.store(SEGMENTS)?.delete(rows::segment_range(journal, 0, u64::MAX)?).map_err(trouble)?;
        tx.store(CURSORS)?.delete(rows::text(journal)).map_err(trouble)?;
        tx.store(KEYS)?.delete(rows::text(journal)).map_err(trouble)?;
        tx.done().await
    }

    async fn key(&self, journal: Option<JournalId>) -> Result<Option<Sealed>, StoreError> {
        get_sealed(&self.read(KEYS).await?, rows::key_key(journal)).await
    }

    async fn put_key(&self, journal: Option<JournalId>, wrapped: &Sealed) -> Result<bool, StoreError> {
        let tx = self.write(&[KEYS]).await?;
        let keys = tx.store(KEYS)?;
        if get(&keys, rows::key_key(journal)).await?.is_some() {
            return Ok(false);
        }
        keys.add(&rows::bytes(wrapped), Some(&rows::key_key(journal))).map_err(trouble)?;
        tx.done().await?;
        Ok(true)
    }

    async fn journals(&self) -> Result<Vec<JournalId>, StoreError> {
        let keys = self.read(KEYS).await?.get_all_keys(None, None).map_err(trouble)?.await.map_err(trouble)?;
        Ok(keys.iter().filter_map(|key| key.as_string()?.parse().ok()).collect())
    }

    async fn note(&self, name: &str) -> Result<Option<String>, StoreError> {
        let value = get(&self.read(NOTES).await?, name.into()).await?;
        Ok(value.and_then(|value| value.as_string()))
    }

    async fn put_note(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.put(NOTES, &name.into(), &value.into()).await
    }

    async fn record(&self, name: &str) -> Result<Option<Sealed>, StoreError> {
        get_sealed(&self.read(RECORDS).await?, name.into()).await
    }

    async fn put_record(&self, name: &str, sealed: &Sealed) -> Result<(), StoreError> {
        self.put(RECORDS, &name.into(), &rows::bytes(sealed)).await
    }

    async fn remove_record(&self, name: &str) -> Result<(), StoreError> {
        self.delete_one(RECORDS, name.into()).await
    }

    async fn record_names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let range = rows::prefix(prefix)?;
        let keys = self.read(RECORDS).await?.get_all_keys(Some(range), None).map_err(trouble)?.await.map_err(trouble)?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }
}
