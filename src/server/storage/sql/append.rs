//! The one place where a journal grows: numbers and chain are taken from its row, inside the transaction.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};
use sqlx::{QueryBuilder, Row as _};
use uuid::Uuid;

use super::*;
use crate::domain::rights::Target;
use crate::domain::{EntryId, Payload};
use crate::server::credentials::random32;
use crate::sync::chain::{commitment, next};
use crate::sync::intake::{Found, Verdict, judge};
use crate::sync::wire::Reason;

/// So many records go into quarantine with one INSERT.
const APART: usize = 100;

/// What is known of an entry, as far as others are judged by it.
struct Known {
    journal: JournalId,
    seq: u64,
    author: UserId,
    kind: String,
    commitment: Bytes32,
    cloned: bool,
}

/// A row to be written.
pub(in super::super) struct NewRow<'a> {
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
    pub salt: Bytes32,
    pub payload: &'a str,
}

/// A journal's end, moved by every line.
struct End {
    journal: JournalId,
    head: u64,
    chain: Bytes32,
}

impl End {
    fn grow(&mut self, id: EntryId, author: UserId, commitment: &Bytes32) -> (u64, Bytes32) {
        self.head += 1;
        self.chain = next(&self.chain, self.head, id, author, commitment);
        (self.head, self.chain)
    }
}

/// Judges and stores the records of one push, whose device and journal are held.
pub(super) async fn judged(connection: &mut Connection, batch: &Batch) -> Result<Vec<Landing>, StorageError> {
    let row = sqlx::query(
        "SELECT j.head, j.chain, j.kind, g.role FROM journals j
         LEFT JOIN grants g ON g.journal = j.id AND g.user_id = $1 AND g.revoked_at IS NULL WHERE j.id = $2",
    )
    .bind(bytes(batch.author.0))
    .bind(bytes(batch.journal.0))
    .fetch_one(&mut *connection)
    .await?;
    let mut end = End { journal: batch.journal, head: row.number(0)?, chain: row.bytes32(1)? };
    let kind = row.kind(2)?;
    let role = if row.try_get::<Option<&str>, _>(3)?.is_some() { Some(row.role(3)?) } else { None };

    let mut known = known_entries(connection, batch).await?;
    let mut numbers = known_numbers(connection, batch).await?;
    let mut apart = known_apart(connection, batch).await?;
    let mut rows = Vec::new();
    let mut set_apart = Vec::new();
    let mut landings = Vec::with_capacity(batch.records.len());
    for record in &batch.records {
        let hash = Bytes32(Sha256::digest(&record.raw).into());
        let verdict = match (&record.read, apart.get(&(record.n, hash))) {
            (_, Some(reason)) => Err(*reason),
            (Err(reason), None) => Err(*reason),
            (Ok(opened), None) => {
                let id = opened.written.id;
                let same = known.get(&id);
                let here = same.filter(|same| same.journal == batch.journal);
                let target = opened.target().and_then(|target| known.get(&target)).filter(|t| t.journal == batch.journal);
                let found = Found {
                    same_id: here.map(|same| (same.seq, same.commitment)),
                    id_elsewhere: same.is_some() && here.is_none(),
                    same_n: numbers.get(&record.n).is_some_and(|other| *other != id),
                    target: target.map(|target| Target { author: target.author, kind: target.kind.clone() }),
                };
                match judge(batch.author, role, kind, opened, &found) {
                    Verdict::Quarantine(reason) => Err(reason),
                    verdict => Ok((verdict, opened)),
                }
            }
        };
        let landing = match verdict {
            Err(reason) => {
                if apart.insert((record.n, hash), reason).is_none() {
                    set_apart.push((record, hash, reason));
                }
                Landing::Quarantined(reason)
            }
            Ok((Verdict::Store { cloned }, opened)) => {
                let id = opened.written.id;
                let (seq, chain) = end.grow(id, batch.author, &opened.commitment);
                rows.push(NewRow {
                    seq,
                    chain,
                    id,
                    author: batch.author,
                    device: batch.device,
                    n: record.n,
                    received_at: batch.received_at,
                    kind: opened.payload.body.kind(),
                    cloned,
                    commitment: opened.commitment,
                    salt: opened.written.salt,
                    payload: opened.written.payload.get(),
                });
                numbers.entry(record.n).or_insert(id);
                let kind = opened.payload.body.kind().to_owned();
                let (journal, author, commitment) = (batch.journal, batch.author, opened.commitment);
                known.insert(id, Known { journal, seq, author, kind, commitment, cloned });
                Landing::Stored { seq, author, cloned }
            }
            Ok((_, opened)) => match known.get(&opened.written.id) {
                Some(same) => Landing::Stored { seq: same.seq, author: same.author, cloned: same.cloned },
                None => return Err(StorageError::Corrupt("an entry")),
            },
        };
        landings.push(landing);
    }
    grow(connection, &end, &rows).await?;
    insert_apart(connection, batch, &set_apart).await?;
    Ok(landings)
}

/// The entries with these ids, and those that these are about.
async fn known_entries(connection: &mut Connection, batch: &Batch) -> Result<HashMap<EntryId, Known>, StorageError> {
    let opened = batch.records.iter().filter_map(|record| record.read.as_ref().ok());
    let ids: Vec<EntryId> = opened.flat_map(|opened| [Some(opened.written.id), opened.target()]).flatten().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = QueryBuilder::new("SELECT id, journal, seq, author, kind, commitment, cloned FROM entries WHERE id");
    among(&mut query, ids.iter().map(|id| bytes(id.0)).collect());
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let known = Known {
                journal: JournalId(row.uuid(1)?),
                seq: row.number(2)?,
                author: UserId(row.uuid(3)?),
                kind: row.try_get(4)?,
                commitment: row.bytes32(5)?,
                cloned: row.try_get(6)?,
            };
            Ok((EntryId(row.uuid(0)?), known))
        })
        .collect()
}

/// Which entry has each of these numbers on this device, in whatever journal.
async fn known_numbers(connection: &mut Connection, batch: &Batch) -> Result<HashMap<u64, EntryId>, StorageError> {
    let Some(mut query) = by_number("SELECT n, id FROM entries WHERE device = ", batch, None) else { return Ok(HashMap::new()) };
    let rows = query.build().fetch_all(connection).await?;
    // A number that two entries have already: the first one decides that a third is a clone too.
    rows.iter().rev().map(|row| Ok((row.number(0)?, EntryId(row.uuid(1)?)))).collect()
}

/// What was set apart before: the same again gets the same answer.
async fn known_apart(connection: &mut Connection, batch: &Batch) -> Result<HashMap<(u64, Bytes32), Reason>, StorageError> {
    let start = "SELECT n, raw_hash, reason FROM quarantine WHERE device = ";
    let Some(mut query) = by_number(start, batch, Some(batch.journal)) else { return Ok(HashMap::new()) };
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(((row.number(0)?, row.bytes32(1)?), reason(row.try_get(2)?)?))).collect()
}

fn by_number(start: &str, batch: &Batch, journal: Option<JournalId>) -> Option<QueryBuilder<Dialect>> {
    if batch.records.is_empty() {
        return None;
    }
    let mut query = QueryBuilder::new(start);
    query.push_bind(bytes(batch.device.0));
    if let Some(journal) = journal {
        query.push(" AND journal = ").push_bind(bytes(journal.0));
    }
    query.push(" AND n");
    among(&mut query, batch.records.iter().map(|record| number(record.n)).collect());
    Some(query)
}

fn reason(text: &str) -> Result<Reason, StorageError> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|_| StorageError::Corrupt("a reason"))
}

/// Writes rows and moves the journal's end to the last.
async fn grow(connection: &mut Connection, end: &End, rows: &[NewRow<'_>]) -> Result<(), StorageError> {
    if rows.is_empty() {
        return Ok(());
    }
    insert(connection, end.journal, rows).await?;
    sqlx::query("UPDATE journals SET head = $1, chain = $2 WHERE id = $3")
        .bind(number(end.head))
        .bind(end.chain.0.as_slice())
        .bind(bytes(end.journal.0))
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert_apart(
    connection: &mut Connection,
    batch: &Batch,
    rows: &[(&Record, Bytes32, Reason)],
) -> Result<(), StorageError> {
    for rows in rows.chunks(APART) {
        let mut query = QueryBuilder::<Dialect>::new(
            "INSERT INTO quarantine (journal, device, n, raw_hash, user_id, received_at, reason, raw) ",
        );
        query.push_values(rows, |mut list, (record, hash, reason)| {
            list.push_bind(bytes(batch.journal.0))
                .push_bind(bytes(batch.device.0))
                .push_bind(number(record.n))
                .push_bind(hash.0.to_vec())
                .push_bind(bytes(batch.author.0))
                .push_bind(batch.received_at.timestamp_millis())
                .push_bind(reason.as_str())
                .push_bind(record.raw.clone());
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

/// Where a journal ends, held until the commit.
async fn end_of(connection: &mut Connection, journal: JournalId) -> Result<End, StorageError> {
    let query = sqlx::query(concat!("SELECT head, chain FROM journals WHERE id = $1", held!())).bind(bytes(journal.0));
    let row = query.fetch_one(connection).await?;
    Ok(End { journal, head: row.number(0)?, chain: row.bytes32(1)? })
}

/// Writes payloads as the server itself, on its own device.
pub(super) async fn own(
    connection: &mut Connection,
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
    given(connection, journal, &entries).await
}

/// Writes entries as they are given.
pub(super) async fn given(connection: &mut Connection, journal: JournalId, entries: &[Given]) -> Result<(), StorageError> {
    let mut end = end_of(connection, journal).await?;
    let rows: Vec<NewRow<'_>> = entries
        .iter()
        .map(|entry| {
            let commitment = commitment(&entry.salt, &entry.payload);
            let (seq, chain) = end.grow(entry.id, entry.author, &commitment);
            NewRow {
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
                salt: entry.salt,
                payload: &entry.payload,
            }
        })
        .collect();
    grow(connection, &end, &rows).await
}
