//! The one place where a journal grows: numbers and chain are taken from its row, inside the transaction.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest as _, Sha256};
use sqlx::{QueryBuilder, Row as _};
use uuid::Uuid;

use super::super::sealed::{self, Sealed};
use super::erase::Gone;
use super::*;
use crate::domain::body::Reader;
use crate::domain::rights::Target;
use crate::domain::{Body, EntryId, Payload, Subject};
use crate::server::credentials::random32;
use crate::sync::chain::{commitment, next};
use crate::sync::intake::{Found, Verdict, about, founding, judge, judge_offer};
use crate::sync::wire::{Offered, Reason};

/// So many records go into quarantine with one INSERT.
const APART: usize = 100;

/// What is known of an entry, as far as others are judged by it.
struct Before {
    journal: JournalId,
    seq: u64,
    author: UserId,
    kind: String,
    commitment: Bytes32,
    cloned: bool,
}

/// A row to be written.
pub(in super::super) struct NewRow<'a> {
    pub journal: JournalId,
    pub seq: u64,
    pub chain: Bytes32,
    pub id: EntryId,
    pub author: UserId,
    pub device: DeviceId,
    pub n: u64,
    pub received_at: DateTime<Utc>,
    pub kind: &'a str,
    pub cloned: bool,
    pub commitment: Bytes32,
    /// Salt and text, sealed.
    pub sealed: Sealed,
}

/// A journal's end, moved by every line.
struct End {
    journal: JournalId,
    head: u64,
    chain: Bytes32,
    grown: bool,
}

impl End {
    fn grow(&mut self, id: EntryId, author: UserId, commitment: &Bytes32) -> (u64, Bytes32) {
        self.head += 1;
        self.grown = true;
        self.chain = next(&self.chain, self.head, id, author, commitment);
        (self.head, self.chain)
    }
}

/// What the database knows that pushes are judged by, and what they add to it: each is judged by those before it, too.
struct Known {
    ends: HashMap<JournalId, (End, JournalKind)>,
    roles: HashMap<(UserId, JournalId), Role>,
    entries: HashMap<EntryId, Before>,
    /// Which entry has this number on this device, in whatever journal.
    numbers: HashMap<(DeviceId, u64), EntryId>,
    /// What was set apart: the same again gets the same answer.
    apart: HashMap<(JournalId, DeviceId, u64, Bytes32), Reason>,
    /// What of it was erased.
    gone: Gone,
}

/// What is to be written for pushes.
#[derive(Default)]
struct New<'a> {
    rows: Vec<NewRow<'a>>,
    /// Who is let into a closed journal or taken off, by whom and when.
    readers: Vec<(JournalId, UserId, Reader, DateTime<Utc>)>,
    apart: Vec<(&'a Batch, &'a Record, Bytes32, Reason)>,
}

/// Judges and stores pushes whose devices and journals are held. All are looked up together and written together: what a push
/// costs is its records, not its statements.
pub(super) async fn judged(
    connection: &mut Connection,
    keys: &SubjectKeys,
    batches: &[&Batch],
) -> Result<Vec<Vec<Landing>>, StorageError> {
    let mut known = Known::look_up(connection, batches).await?;
    let mut new = New::default();
    let landings = batches.iter().map(|batch| {
        let records = batch.records.iter();
        records.map(|record| known.judge(keys, batch, record, &mut new)).collect::<Result<Vec<_>, _>>()
    });
    let landings = landings.collect::<Result<Vec<_>, _>>()?;
    let grown = known.ends.into_values().map(|(end, _)| end).filter(|end| end.grown).collect::<Vec<_>>();
    grow(connection, &grown, &new.rows).await?;
    for (journal, by, reader, at) in &new.readers {
        journals::let_in(connection, *journal, *by, reader, *at, false).await?;
    }
    insert_apart(connection, keys, &new.apart).await?;
    Ok(landings)
}

impl Known {
    async fn look_up(connection: &mut Connection, batches: &[&Batch]) -> Result<Self, StorageError> {
        let (ends, any_erased) = ends(connection, batches).await?;
        let gone = if any_erased { gone(connection, batches).await? } else { Gone::default() };
        Ok(Self {
            ends,
            gone,
            roles: roles(connection, batches).await?,
            entries: entries(connection, batches).await?,
            numbers: numbers(connection, batches).await?,
            apart: apart(connection, batches).await?,
        })
    }

    fn judge<'a>(
        &mut self,
        keys: &SubjectKeys,
        batch: &'a Batch,
        record: &'a Record,
        new: &mut New<'a>,
    ) -> Result<Landing, StorageError> {
        let (journal, author, device) = (batch.journal, batch.author, batch.device);
        let Some((end, kind)) = self.ends.get_mut(&journal) else { return Err(StorageError::Corrupt("a journal")) };
        let hash = Bytes32(Sha256::digest(&record.raw).into());
        let key = (journal, device, record.n, hash);
        let opened = match (&record.read, self.apart.get(&key)) {
            (_, Some(reason)) => return Ok(Landing::Quarantined(*reason)),
            (Err(_), None) if self.gone.has_unread(journal, record) => return Ok(Landing::Erased),
            (Err(reason), None) => {
                new.apart.push((batch, record, hash, *reason));
                self.apart.insert(key, *reason);
                return Ok(Landing::Quarantined(*reason));
            }
            (Ok(opened), None) => opened,
        };
        let id = opened.written.id;
        let same = self.entries.get(&id);
        let here = same.filter(|same| same.journal == journal);
        let target = opened.target().and_then(|target| self.entries.get(&target)).filter(|target| target.journal == journal);
        let found = Found {
            same_id: here.map(|same| (same.seq, same.commitment)),
            id_elsewhere: same.is_some() && here.is_none(),
            same_n: self.numbers.get(&(device, record.n)).is_some_and(|other| *other != id),
            target: target.map(|target| Target { author: target.author, kind: target.kind.clone() }),
            erased: self.gone.has(journal, id, Some(opened.payload.subject)),
            founds: founding(journal, author, &opened.commitment, &opened.payload).is_some(),
        };
        match judge(author, self.roles.get(&(author, journal)).copied(), *kind, opened, &found) {
            Verdict::Known(_) => {
                let same = same.ok_or(StorageError::Corrupt("an entry"))?;
                Ok(Landing::Stored { seq: same.seq, author: same.author, cloned: same.cloned })
            }
            Verdict::Quarantine(reason) => {
                new.apart.push((batch, record, hash, reason));
                self.apart.insert(key, reason);
                Ok(Landing::Quarantined(reason))
            }
            Verdict::Erased => Ok(Landing::Erased),
            Verdict::Store { cloned } => {
                let (subject, salt) = (Some(opened.payload.subject), &opened.written.salt);
                let sealed = sealed::entry(keys, journal, id, subject, salt, opened.written.payload.get())?;
                let (seq, chain) = end.grow(id, author, &opened.commitment);
                let kind = opened.payload.body.kind();
                if let Body::Reader(reader) = &opened.payload.body {
                    new.readers.push((journal, author, reader.clone(), batch.received_at));
                }
                new.rows.push(NewRow {
                    journal,
                    seq,
                    chain,
                    id,
                    author,
                    device,
                    n: record.n,
                    received_at: batch.received_at,
                    kind,
                    cloned,
                    commitment: opened.commitment,
                    sealed,
                });
                self.numbers.entry((device, record.n)).or_insert(id);
                let (kind, commitment) = (kind.to_owned(), opened.commitment);
                self.entries.insert(id, Before { journal, seq, author, kind, commitment, cloned });
                Ok(Landing::Stored { seq, author, cloned })
            }
        }
    }
}

/// Each once, so that a list of parameters is no longer than it must be.
fn each<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Where journals end; and whether anything was ever erased, so that nobody has to look it up otherwise.
async fn ends(
    connection: &mut Connection,
    batches: &[&Batch],
) -> Result<(HashMap<JournalId, (End, JournalKind)>, bool), StorageError> {
    let mut query = QueryBuilder::new("SELECT id, head, chain, kind, EXISTS (SELECT 1 FROM erasures) FROM journals WHERE id");
    among(&mut query, each(batches.iter().map(|batch| bytes(batch.journal.0))));
    let rows = query.build().fetch_all(connection).await?;
    let (mut ends, mut any_erased) = (HashMap::new(), false);
    for row in &rows {
        let journal = JournalId(row.uuid(0)?);
        ends.insert(journal, (End { journal, head: row.number(1)?, chain: row.bytes32(2)?, grown: false }, row.kind(3)?));
        any_erased |= row.try_get::<bool, _>(4)?;
    }
    Ok((ends, any_erased))
}

/// What of these records was erased.
async fn gone(connection: &mut Connection, batches: &[&Batch]) -> Result<Gone, StorageError> {
    let records = batches.iter().flat_map(|batch| &batch.records);
    let about = records.filter_map(|record| match &record.read {
        Ok(opened) => Some((opened.written.id, Some(opened.payload.subject))),
        Err(_) => about(&record.raw),
    });
    Gone::among(connection, about).await
}

async fn roles(connection: &mut Connection, batches: &[&Batch]) -> Result<HashMap<(UserId, JournalId), Role>, StorageError> {
    let mut query = QueryBuilder::new("SELECT user_id, journal, role FROM grants WHERE revoked_at IS NULL AND user_id");
    among(&mut query, each(batches.iter().map(|batch| bytes(batch.author.0))));
    query.push(" AND journal");
    among(&mut query, each(batches.iter().map(|batch| bytes(batch.journal.0))));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(((UserId(row.uuid(0)?), JournalId(row.uuid(1)?)), row.role(2)?))).collect()
}

/// The entries with these ids, and those that these are about.
async fn entries(connection: &mut Connection, batches: &[&Batch]) -> Result<HashMap<EntryId, Before>, StorageError> {
    let records = batches.iter().flat_map(|batch| &batch.records);
    let opened = records.filter_map(|record| record.read.as_ref().ok());
    let ids = each(opened.flat_map(|opened| [Some(opened.written.id), opened.target()]).flatten().map(|id| bytes(id.0)));
    with_ids(connection, ids).await
}

async fn with_ids(connection: &mut Connection, ids: Vec<Vec<u8>>) -> Result<HashMap<EntryId, Before>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = QueryBuilder::new("SELECT id, journal, seq, author, kind, commitment, cloned FROM entries WHERE id");
    among(&mut query, ids);
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let before = Before {
                journal: JournalId(row.uuid(1)?),
                seq: row.number(2)?,
                author: UserId(row.uuid(3)?),
                kind: row.try_get(4)?,
                commitment: row.bytes32(5)?,
                cloned: row.try_get(6)?,
            };
            Ok((EntryId(row.uuid(0)?), before))
        })
        .collect()
}

fn numbered(batches: &[&Batch]) -> Vec<(Vec<u8>, i64)> {
    let of = |batch: &Batch| {
        let device = bytes(batch.device.0);
        batch.records.iter().map(move |record| (device.clone(), number(record.n))).collect::<Vec<_>>()
    };
    each(batches.iter().flat_map(|batch| of(batch)))
}

async fn numbers(connection: &mut Connection, batches: &[&Batch]) -> Result<HashMap<(DeviceId, u64), EntryId>, StorageError> {
    let numbered = numbered(batches);
    if numbered.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = QueryBuilder::new("SELECT device, n, id FROM entries WHERE (device, n)");
    among_pairs(&mut query, numbered);
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(((DeviceId(row.uuid(0)?), row.number(1)?), EntryId(row.uuid(2)?)))).collect()
}

async fn apart(
    connection: &mut Connection,
    batches: &[&Batch],
) -> Result<HashMap<(JournalId, DeviceId, u64, Bytes32), Reason>, StorageError> {
    let numbered = numbered(batches);
    if numbered.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = QueryBuilder::new("SELECT journal, device, n, raw_hash, reason FROM quarantine WHERE journal");
    among(&mut query, each(batches.iter().map(|batch| bytes(batch.journal.0))));
    query.push(" AND (device, n)");
    among_pairs(&mut query, numbered);
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let key = (JournalId(row.uuid(0)?), DeviceId(row.uuid(1)?), row.number(2)?, row.bytes32(3)?);
            Ok((key, reason(row.try_get(4)?)?))
        })
        .collect()
}

fn reason(text: &str) -> Result<Reason, StorageError> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|_| StorageError::Corrupt("a reason"))
}

/// Writes rows and moves the ends of their journals.
async fn grow(connection: &mut Connection, ends: &[End], rows: &[NewRow<'_>]) -> Result<(), StorageError> {
    if rows.is_empty() {
        return Ok(());
    }
    insert(connection, rows).await?;
    let mut query = QueryBuilder::<Dialect>::new("UPDATE journals SET head = moved.column2, chain = moved.column3 FROM (");
    query.push_values(ends, |mut list, end| {
        list.push_bind(bytes(end.journal.0)).push_bind(number(end.head)).push_bind(end.chain.0.to_vec());
    });
    query.push(") AS moved WHERE journals.id = moved.column1");
    query.build().execute(connection).await?;
    Ok(())
}

async fn insert_apart(
    connection: &mut Connection,
    keys: &SubjectKeys,
    rows: &[(&Batch, &Record, Bytes32, Reason)],
) -> Result<(), StorageError> {
    let sealed = rows.iter().map(|(batch, record, hash, _)| sealed::apart(keys, batch.journal, hash, &record.raw));
    let sealed = sealed.collect::<Result<Vec<_>, _>>()?;
    let rows: Vec<_> = rows.iter().zip(sealed).collect();
    for rows in rows.chunks(APART) {
        let mut query = QueryBuilder::<Dialect>::new(
            "INSERT INTO quarantine (journal, device, n, raw_hash, user_id, received_at, reason, subject, raw) ",
        );
        query.push_values(rows, |mut list, ((batch, record, hash, reason), sealed)| {
            list.push_bind(bytes(batch.journal.0))
                .push_bind(bytes(batch.device.0))
                .push_bind(number(record.n))
                .push_bind(hash.0.to_vec())
                .push_bind(bytes(batch.author.0))
                .push_bind(batch.received_at.timestamp_millis())
                .push_bind(reason.as_str())
                .push_bind(sealed.subject.clone())
                .push_bind(sealed.bytes.clone());
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

/// Where a journal ends, held until the commit.
async fn end_of(connection: &mut Connection, journal: JournalId) -> Result<End, StorageError> {
    let query = sqlx::query(concat!("SELECT head, chain FROM journals WHERE id = $1", held!())).bind(bytes(journal.0));
    let row = query.fetch_one(connection).await?;
    Ok(End { journal, head: row.number(0)?, chain: row.bytes32(1)?, grown: false })
}

/// Writes payloads as the server itself, on its own device.
pub(super) async fn own(
    connection: &mut Connection,
    keys: &SubjectKeys,
    journal: JournalId,
    payloads: &[String],
    at: DateTime<Utc>,
) -> Result<(), StorageError> {
    let count = i64::try_from(payloads.len()).unwrap_or(i64::MAX);
    // Read as it is changed: two servers never write under the same number.
    let query = sqlx::query("UPDATE installation SET own_n = own_n + $1 RETURNING own_device, own_n - $1").bind(count);
    let row = query.fetch_one(&mut *connection).await?;
    let device = DeviceId(row.uuid(0)?);
    let before = row.number(1)?;
    let entries: Vec<Given> = payloads
        .iter()
        .zip(before + 1..)
        .map(|(payload, n)| {
            let kind = Payload::parse(payload).map_err(|_| StorageError::Corrupt("a payload"))?.body.kind().to_owned();
            let (id, salt) = (EntryId(Uuid::now_v7()), Bytes32(random32()));
            Ok(Given { id, author: SERVER, device, n, received_at: at, salt, kind, payload: payload.clone() })
        })
        .collect::<Result<_, StorageError>>()?;
    given(connection, keys, journal, &entries).await
}

/// Writes entries as they are given.
pub(super) async fn given(
    connection: &mut Connection,
    keys: &SubjectKeys,
    journal: JournalId,
    entries: &[Given],
) -> Result<(), StorageError> {
    let mut end = end_of(connection, journal).await?;
    let rows: Vec<NewRow<'_>> = entries
        .iter()
        .map(|entry| {
            let commitment = commitment(&entry.salt, &entry.payload);
            let about = Subject::of(&entry.payload);
            let sealed = sealed::entry(keys, journal, entry.id, about, &entry.salt, &entry.payload)?;
            let (seq, chain) = end.grow(entry.id, entry.author, &commitment);
            Ok(NewRow {
                journal,
                seq,
                chain,
                id: entry.id,
                author: entry.author,
                device: entry.device,
                n: entry.n,
                received_at: entry.received_at,
                kind: &entry.kind,
                cloned: false,
                commitment,
                sealed,
            })
        })
        .collect::<Result<_, StorageError>>()?;
    grow(connection, &[end], &rows).await
}

/// Stores what was taken before a restore. Whoever calls has seen a receipt for each.
pub(super) async fn offered(
    connection: &mut Connection,
    keys: &SubjectKeys,
    journal: JournalId,
    entries: &[Given],
) -> Result<Vec<Offered>, StorageError> {
    let mut end = end_of(connection, journal).await?;
    let gone = Gone::among(connection, entries.iter().map(|entry| (entry.id, Subject::of(&entry.payload)))).await?;
    let mut known = with_ids(connection, each(entries.iter().map(|entry| bytes(entry.id.0)))).await?;
    let (mut rows, mut readers, mut results) = (Vec::new(), BTreeSet::new(), Vec::with_capacity(entries.len()));
    for entry in entries {
        let Given { id, author, device, n, received_at, salt, ref kind, ref payload } = *entry;
        let (commitment, about) = (commitment(&salt, payload), Subject::of(payload));
        let same = known.get(&id);
        let here = same.filter(|same| same.journal == journal);
        let found = Found {
            same_id: here.map(|same| (same.seq, same.commitment)),
            id_elsewhere: same.is_some() && here.is_none(),
            erased: gone.has(journal, id, about),
            ..Found::default()
        };
        results.push(match judge_offer(true, &commitment, &found) {
            Some(Verdict::Known(seq)) => Offered::Stored { seq },
            Some(Verdict::Erased) => Offered::Erased,
            Some(Verdict::Store { cloned }) => {
                let sealed = sealed::entry(keys, journal, id, about, &salt, payload)?;
                let (seq, chain) = end.grow(id, author, &commitment);
                rows.push(NewRow { journal, seq, chain, id, author, device, n, received_at, kind, cloned, commitment, sealed });
                known.insert(id, Before { journal, seq, author, kind: kind.clone(), commitment, cloned });
                // What a restore lost took its grant with it.
                if let Ok(Payload { body: Body::Reader(reader), .. }) = Payload::parse(payload) {
                    readers.insert(reader.user);
                }
                Offered::Stored { seq }
            }
            _ => Offered::Refused,
        });
    }
    grow(connection, &[end], &rows).await?;
    // Not what came back last counts, but what was said last.
    for whom in readers {
        if let Some((by, reader, at)) = journals::last_said(connection, keys, journal, whom).await? {
            journals::let_in(connection, journal, by, &reader, at, true).await?;
        }
    }
    Ok(results)
}
