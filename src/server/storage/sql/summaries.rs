//! Frozen summaries.

use sqlx::Row as _;

use super::*;

pub(super) async fn get<'e>(
    from: impl sqlx::Executor<'e, Database = Dialect>,
    journal: JournalId,
    quarter: Quarter,
) -> Result<Option<String>, StorageError> {
    let query = sqlx::query("SELECT summary FROM summaries WHERE journal = $1 AND quarter = $2");
    let row = query.bind(bytes(journal.0)).bind(quarter.to_string()).fetch_optional(from).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// The first one stays, whoever else comes with another.
pub(super) async fn freeze(
    connection: &mut Connection,
    journal: JournalId,
    quarter: Quarter,
    summary: &str,
    at: DateTime<Utc>,
) -> Result<String, StorageError> {
    sqlx::query(
        "INSERT INTO summaries (journal, quarter, summary, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (journal, quarter) DO NOTHING",
    )
    .bind(bytes(journal.0))
    .bind(quarter.to_string())
    .bind(summary)
    .bind(at.timestamp_millis())
    .execute(&mut *connection)
    .await?;
    get(connection, journal, quarter).await?.ok_or(StorageError::Corrupt("no summary"))
}
