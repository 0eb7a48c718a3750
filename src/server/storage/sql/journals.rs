//! Journals and who is granted on them.

use std::collections::HashMap;

use sqlx::Row as _;
use uuid::Uuid;

use super::super::sealed::{Lies, Read as Text};
use super::*;
use crate::domain::body::Reader;
use crate::domain::rights::{founds, takes_off};
use crate::domain::{Body, EntryId, Payload};
use crate::sync::chain::START;

pub(super) async fn add(connection: &mut Connection, kind: JournalKind, name: &str) -> Result<Option<JournalId>, StorageError> {
    let journal = JournalId(Uuid::new_v4());
    let added =
        sqlx::query("INSERT INTO journals (id, kind, name, head, chain) VALUES ($1, $2, $3, 0, $4) ON CONFLICT DO NOTHING")
            .bind(bytes(journal.0))
            .bind(kind.as_str())
            .bind(name)
            .bind(START.0.as_slice())
            .execute(connection)
            .await?;
    Ok((added.rows_affected() == 1).then_some(journal))
}

pub(super) async fn all(connection: &mut Connection) -> Result<Vec<JournalRow>, StorageError> {
    let rows = sqlx::query("SELECT id, kind, name FROM journals ORDER BY kind, name").fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok(JournalRow { journal: JournalId(row.uuid(0)?), kind: row.kind(1)?, name: row.try_get(2)? }))
        .collect()
}

pub(super) async fn grants(pool: &Pool, user: UserId) -> Result<Vec<Granted>, StorageError> {
    let rows = sqlx::query(
        "SELECT j.id, j.kind, j.name, g.role FROM grants g JOIN journals j ON j.id = g.journal
         LEFT JOIN entries e ON e.journal = j.id AND e.seq = j.head AND j.kind = 'closed'
         WHERE g.user_id = $1 AND g.revoked_at IS NULL
         ORDER BY CASE j.kind WHEN 'closed' THEN 1 ELSE 0 END, COALESCE(e.received_at, 0) DESC, j.kind, j.name",
    )
    .bind(bytes(user.0))
    .fetch_all(pool)
    .await?;
    let mut readers = readers(pool, user).await?;
    rows.iter()
        .map(|row| {
            let journal = JournalId(row.uuid(0)?);
            let readers = readers.remove(&journal).unwrap_or_default();
            Ok(Granted { journal, kind: row.kind(1)?, name: row.try_get(2)?, role: row.role(3)?, readers })
        })
        .collect()
}

/// Who else reads what a user reads.
async fn readers(pool: &Pool, user: UserId) -> Result<HashMap<JournalId, Vec<UserId>>, StorageError> {
    let rows = sqlx::query(
        "SELECT g.journal, g.user_id FROM grants mine JOIN journals j ON j.id = mine.journal JOIN grants g ON g.journal = mine.journal
         WHERE mine.user_id = $1 AND mine.revoked_at IS NULL AND mine.role IN ('worker', 'supervisor')
         AND j.kind IN ('neighbourhood', 'closed') AND g.revoked_at IS NULL AND g.role IN ('worker', 'supervisor')
         ORDER BY g.user_id",
    )
    .bind(bytes(user.0))
    .fetch_all(pool)
    .await?;
    let mut readers: HashMap<JournalId, Vec<UserId>> = HashMap::new();
    for row in &rows {
        readers.entry(JournalId(row.uuid(0)?)).or_default().push(UserId(row.uuid(1)?));
    }
    Ok(readers)
}

/// Founds a closed journal: `Some(true)` if it was not there, `None` if its founder never worked in the neighbourhood.
pub(super) async fn found(
    connection: &mut Connection,
    journal: JournalId,
    new: &NewJournal,
) -> Result<Option<bool>, StorageError> {
    let founder = sqlx::query(
        "SELECT g.role, g.revoked_at FROM grants g JOIN journals j ON j.id = g.journal
         WHERE g.user_id = $1 AND g.journal = $2 AND j.kind = 'neighbourhood'",
    )
    .bind(bytes(new.founder.0))
    .bind(bytes(new.neighbourhood.0))
    .fetch_optional(&mut *connection)
    .await?;
    let Some(founder) = founder else { return Ok(None) };
    let (role, revoked_at): (Role, Option<i64>) = (founder.role(0)?, founder.try_get(1)?);
    if !founds(role) {
        return Ok(None);
    }
    // Its name says nothing.
    let founded =
        sqlx::query(
            "INSERT INTO journals (id, kind, name, head, chain, neighbourhood) VALUES ($1, 'closed', $2, 0, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(bytes(journal.0))
        .bind(journal.to_string())
        .bind(START.0.as_slice())
        .bind(bytes(new.neighbourhood.0))
        .execute(&mut *connection)
        .await?;
    if founded.rows_affected() == 0 {
        return Ok(Some(false));
    }
    sqlx::query("INSERT INTO grants (user_id, journal, role, revoked_at) VALUES ($1, $2, $3, $4)")
        .bind(bytes(new.founder.0))
        .bind(bytes(journal.0))
        .bind(role.as_str())
        .bind(revoked_at)
        .execute(&mut *connection)
        .await?;
    let there = sqlx::query(
        "SELECT user_id, role FROM grants WHERE journal = $1 AND user_id <> $2 AND revoked_at IS NULL AND role IN ('worker', 'supervisor')",
    )
    .bind(bytes(new.neighbourhood.0))
    .bind(bytes(new.founder.0))
    .fetch_all(&mut *connection)
    .await?;
    let there = there.iter().map(|row| Ok((UserId(row.uuid(0)?), row.role(1)?))).collect::<Result<Vec<_>, StorageError>>()?;
    // It never rests on one person alone.
    let supervised = there.iter().any(|(user, role)| *role == Role::Supervisor && new.with.contains(user));
    for (user, role) in there {
        if new.with.contains(&user) || (!supervised && role == Role::Supervisor) {
            set_grant(connection, user, journal, role).await?;
        }
    }
    Ok(Some(true))
}

/// Somebody reads a closed journal from now on, if they work in its neighbourhood; or no more. A supervisor is taken off by a supervisor only
/// ([`takes_off`]). `again`: a restore lost it, and a phone gave it back; it lets nobody in who was taken off after it was said.
pub(super) async fn let_in(
    connection: &mut Connection,
    journal: JournalId,
    by: UserId,
    reader: &Reader,
    at: DateTime<Utc>,
    again: bool,
) -> Result<(), StorageError> {
    let theirs = sqlx::query("SELECT role, revoked_at FROM grants WHERE journal = $1 AND user_id = $2");
    let theirs = theirs.bind(bytes(journal.0)).bind(bytes(reader.user.0)).fetch_optional(&mut *connection).await?;
    if reader.reads {
        let off: Option<i64> = theirs.map(|row| row.try_get(1)).transpose()?.flatten();
        if again && off.is_some_and(|off| off >= at.timestamp_millis()) {
            return Ok(());
        }
        let works = sqlx::query(
            "SELECT g.role FROM journals j JOIN grants g ON g.journal = j.neighbourhood
             WHERE j.id = $1 AND j.kind = 'closed' AND g.user_id = $2 AND g.revoked_at IS NULL AND g.role IN ('worker', 'supervisor')",
        );
        let works = works.bind(bytes(journal.0)).bind(bytes(reader.user.0)).fetch_optional(&mut *connection).await?;
        return match works.map(|row| row.role(0)).transpose()? {
            Some(role) => set_grant(connection, reader.user, journal, role).await,
            None => Ok(()),
        };
    }
    // A restore may have lost the grant of who says it, and not yet got back what let them in: then what they are counts.
    let own = sqlx::query(
        "SELECT COALESCE((SELECT role FROM grants WHERE journal = $1 AND user_id = $2), role) FROM users WHERE id = $2",
    );
    let own = own.bind(bytes(journal.0)).bind(bytes(by.0)).fetch_optional(&mut *connection).await?;
    let own = own.map(|row| row.role(0)).transpose()?;
    let theirs = theirs.map(|row| row.role(0)).transpose()?;
    if !own.is_some_and(|own| takes_off(own, theirs.unwrap_or(Role::Worker))) {
        return Ok(());
    }
    // Also of whom there is no grant: what let them in may still come back from a phone.
    sqlx::query(
        "INSERT INTO grants (user_id, journal, role, revoked_at)
         SELECT u.id, j.id, u.role, $1 FROM users u, journals j
         WHERE u.id = $2 AND j.id = $3 AND j.kind = 'closed' AND u.role IN ('worker', 'supervisor')
         ON CONFLICT (user_id, journal) DO UPDATE SET revoked_at = excluded.revoked_at
         WHERE grants.revoked_at IS NULL OR grants.revoked_at < excluded.revoked_at",
    )
    .bind(at.timestamp_millis())
    .bind(bytes(reader.user.0))
    .bind(bytes(journal.0))
    .execute(connection)
    .await?;
    Ok(())
}

/// What was said last of whether somebody reads a closed journal, of all that stands in it: by whom, and when the office heard it.
pub(super) async fn last_said(
    connection: &mut Connection,
    keys: &SubjectKeys,
    journal: JournalId,
    user: UserId,
) -> Result<Option<(UserId, Reader, DateTime<Utc>)>, StorageError> {
    let rows = sqlx::query(
        "SELECT id, author, received_at, salt, payload, subject FROM entries
         WHERE journal = $1 AND kind = 'reader' AND payload IS NOT NULL ORDER BY received_at DESC, seq DESC",
    );
    for row in rows.bind(bytes(journal.0)).fetch_all(connection).await? {
        let lies = Lies {
            journal,
            id: EntryId(row.uuid(0)?),
            payload: row.try_get(4)?,
            subject: row.try_get(5)?,
            salt: row.try_get(3)?,
        };
        let text = match lies.open(keys) {
            Text::Text(_, text) => text,
            // They were erased with it.
            Text::Lost => continue,
            Text::Wrong => return Err(StorageError::Corrupt("a payload")),
        };
        if let Ok(Payload { body: Body::Reader(reader), .. }) = Payload::parse(&text)
            && reader.user == user
        {
            return Ok(Some((UserId(row.uuid(1)?), reader, row.time(2)?)));
        }
    }
    Ok(None)
}

/// Takes away what was founded for nothing: all that was to be written in it was erased.
pub(super) async fn unfound(connection: &mut Connection, journal: JournalId) -> Result<(), StorageError> {
    for statement in ["DELETE FROM grants WHERE journal = $1", "DELETE FROM journals WHERE id = $1"] {
        sqlx::query(statement).bind(bytes(journal.0)).execute(&mut *connection).await?;
    }
    Ok(())
}

pub(super) async fn grant(pool: &Pool, user: UserId, journal: JournalId) -> Result<Option<Grant>, StorageError> {
    let row = sqlx::query(
        "SELECT j.kind, g.role, g.revoked_at IS NOT NULL FROM grants g JOIN journals j ON j.id = g.journal
         WHERE g.user_id = $1 AND g.journal = $2",
    )
    .bind(bytes(user.0))
    .bind(bytes(journal.0))
    .fetch_optional(pool)
    .await?;
    row.map(|row| Ok(Grant { kind: row.kind(0)?, role: row.role(1)?, revoked: row.try_get(2)? })).transpose()
}

pub(super) async fn set_grant(
    connection: &mut Connection,
    user: UserId,
    journal: JournalId,
    role: Role,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO grants (user_id, journal, role) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, journal) DO UPDATE SET role = excluded.role, revoked_at = NULL",
    )
    .bind(bytes(user.0))
    .bind(bytes(journal.0))
    .bind(role.as_str())
    .execute(connection)
    .await?;
    Ok(())
}
