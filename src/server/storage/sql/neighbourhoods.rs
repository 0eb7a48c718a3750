//! Neighbourhoods, their codes, and imported places.

use sqlx::Row as _;

use super::*;

pub(super) async fn all(pool: &Pool) -> Result<Vec<Neighbourhood>, StorageError> {
    let query = sqlx::query("SELECT id, name, code, code_year FROM journals WHERE kind = $1 ORDER BY name");
    let rows = query.bind(JournalKind::Neighbourhood.as_str()).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            let code = match (row.try_get::<Option<&str>, _>(2)?, row.try_get::<Option<i64>, _>(3)?) {
                (Some(code), Some(year)) => NeighbourhoodCode::parse(code).zip(u16::try_from(year).ok()),
                _ => None,
            };
            Ok(Neighbourhood { journal: JournalId(row.uuid(0)?), name: row.try_get(1)?, code })
        })
        .collect()
}

pub(super) async fn set_code(
    connection: &mut Connection,
    journal: JournalId,
    code: &NeighbourhoodCode,
    year: u16,
) -> Result<bool, StorageError> {
    let set = sqlx::query(
        "UPDATE journals SET code = $1, code_year = $2
         WHERE id = $3 AND NOT EXISTS (SELECT 1 FROM journals other WHERE other.code = $1 AND other.id <> $3)",
    )
    .bind(code.as_str())
    .bind(i64::from(year))
    .bind(bytes(journal.0))
    .execute(connection)
    .await?;
    Ok(set.rows_affected() == 1)
}

/// `false` if the plan is too old, or another neighbourhood has taken the code.
pub(super) async fn import(
    connection: &mut Connection,
    keys: &SubjectKeys,
    places: &[PlacesOf],
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let journals: Vec<Vec<u8>> = places.iter().map(|one| bytes(one.journal.0)).collect();
    hold(connection, &[], &journals).await?;
    for PlacesOf { journal, after, code, year, payloads } in places {
        let since = sqlx::query(
            "SELECT EXISTS (SELECT 1 FROM entries WHERE journal = $1 AND seq > $2 AND kind IN ('place', 'place_hidden'))",
        );
        let since = since.bind(bytes(journal.0)).bind(number(*after)).fetch_one(&mut *connection).await?;
        if since.try_get(0)? || !set_code(connection, *journal, code, *year).await? {
            return Ok(false);
        }
        append::own(connection, keys, *journal, payloads, at).await?;
    }
    Ok(true)
}
