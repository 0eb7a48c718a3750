//! Journals and who is granted on them.

use sqlx::Row as _;
use uuid::Uuid;

use super::*;
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
         WHERE g.user_id = $1 AND g.revoked_at IS NULL ORDER BY j.kind, j.name",
    )
    .bind(bytes(user.0))
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            let journal = JournalId(row.uuid(0)?);
            Ok(Granted { journal, kind: row.kind(1)?, name: row.try_get(2)?, role: row.role(3)? })
        })
        .collect()
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
