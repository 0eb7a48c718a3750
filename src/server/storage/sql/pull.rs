//! Reading what was stored.

use futures::TryStreamExt as _;
use serde_json::value::RawValue;
use sqlx::{QueryBuilder, Row as _};

use super::super::sealed::{Lies, Read as Text, open_apart};
use super::*;
use crate::domain::EntryId;
use crate::sync::chain::START;

pub(super) async fn page(connection: &mut Connection, keys: &SubjectKeys, pull: Pull) -> Result<Option<Pulled>, StorageError> {
    let query =
        sqlx::query("SELECT head, (SELECT count(*) FROM erasures WHERE journal = journals.id) FROM journals WHERE id = $1");
    let query = query.bind(bytes(pull.journal.0));
    let Some(row) = query.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let (head, erasures) = (row.number(0)?, row.number(1)?);
    let Some(mut chain) = chain_at(connection, pull.journal, pull.after).await? else {
        return Ok(Some(Pulled::Diverged { head }));
    };
    if pull.chain.is_some_and(|theirs| theirs != chain) {
        return Ok(Some(Pulled::Diverged { head }));
    }
    let erased = if erasures > pull.erasures { erase::since(connection, &pull).await? } else { Vec::new() };
    let mut rows = sqlx::query(
        "SELECT seq, chain, id, author, device, n, received_at, salt, commitment, payload, subject
         FROM entries WHERE journal = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    )
    .bind(bytes(pull.journal.0))
    .bind(number(pull.after))
    .bind(i64::try_from(pull.lines).unwrap_or(i64::MAX))
    .fetch(connection);
    let mut lines = Vec::new();
    let mut size = 0;
    while size < pull.bytes
        && let Some(row) = rows.try_next().await?
    {
        let line = Row { seq: row.number(0)?, chain: row.bytes32(1)?, entry: kept(keys, pull.journal, &row)? };
        chain = line.chain;
        size += line.entry.as_ref().map_or(0, |entry| entry.payload.get().len());
        lines.push(line);
    }
    Ok(Some(Pulled::Page { head, chain, lines, erasures, erased }))
}

/// The chain at a number; `None` if the journal has no such number.
async fn chain_at(connection: &mut Connection, journal: JournalId, seq: u64) -> Result<Option<Bytes32>, StorageError> {
    if seq == 0 {
        return Ok(Some(START));
    }
    let query = sqlx::query("SELECT chain FROM entries WHERE journal = $1 AND seq = $2").bind(bytes(journal.0)).bind(number(seq));
    query.fetch_optional(connection).await?.map(|row| row.bytes32(0)).transpose()
}

/// The last of the probes that the journal has with the same chain.
pub(super) async fn common(connection: &mut Connection, journal: JournalId, probes: &[Probe]) -> Result<u64, StorageError> {
    if probes.is_empty() {
        return Ok(0);
    }
    let mut query = QueryBuilder::<Dialect>::new("SELECT seq, chain FROM entries WHERE journal = ");
    query.push_bind(bytes(journal.0)).push(" AND seq");
    among(&mut query, probes.iter().map(|probe| number(probe.seq)).collect::<Vec<_>>());
    let rows = query.build().fetch_all(connection).await?;
    let held: Vec<(u64, Bytes32)> =
        rows.iter().map(|row| Ok((row.number(0)?, row.bytes32(1)?))).collect::<Result<_, StorageError>>()?;
    let same = |probe: &&Probe| held.contains(&(probe.seq, probe.chain));
    Ok(probes.iter().filter(same).map(|probe| probe.seq).max().unwrap_or_default())
}

fn kept(keys: &SubjectKeys, journal: JournalId, row: &DbRow) -> Result<Option<Kept>, StorageError> {
    let Some(payload) = row.try_get::<Option<&[u8]>, _>(9)? else { return Ok(None) };
    let id = EntryId(row.uuid(2)?);
    let (salt, text) = match (Lies { journal, id, payload, subject: row.try_get(10)?, salt: row.try_get(7)? }).open(keys) {
        Text::Text(salt, text) => (salt, text),
        Text::Lost => return Ok(None),
        Text::Wrong => return Err(StorageError::Corrupt("a payload")),
    };
    let payload = RawValue::from_string(text).ok();
    Ok(Some(Kept {
        id,
        author: UserId(row.uuid(3)?),
        device: DeviceId(row.uuid(4)?),
        n: row.number(5)?,
        received_at: row.time(6)?,
        salt,
        commitment: row.bytes32(8)?,
        payload: payload.ok_or(StorageError::Corrupt("a payload"))?,
    }))
}

pub(super) async fn quarantined(pool: &Pool, keys: &SubjectKeys, journal: JournalId) -> Result<Vec<Quarantined>, StorageError> {
    let rows = sqlx::query(
        "SELECT device, n, user_id, received_at, reason, raw, raw_hash, subject FROM quarantine WHERE journal = $1 ORDER BY received_at, device, n",
    )
    .bind(bytes(journal.0))
    .fetch_all(pool)
    .await?;
    let mut apart = Vec::with_capacity(rows.len());
    for row in &rows {
        let opened = open_apart(keys, journal, &row.bytes32(6)?, row.try_get(7)?, row.try_get(5)?)?;
        apart.extend(match opened {
            Some(raw) => Some(Quarantined {
                device: DeviceId(row.uuid(0)?),
                n: row.number(1)?,
                user: UserId(row.uuid(2)?),
                received_at: row.time(3)?,
                reason: row.try_get(4)?,
                raw,
            }),
            None => None,
        });
    }
    Ok(apart)
}
