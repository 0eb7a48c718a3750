//! PostgreSQL: several servers over one database.
//!
//! A transaction sees what was committed before each of its statements (READ COMMITTED), so whoever changes a journal or a
//! device's numbers first holds its row ([`hold`], [`held`]) and looks things up after that. Where two servers are in each other's
//! way all the same (a deadlock, one id in two journals at once), one of them is rolled back and does it again.

use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgHasArrayType, PgPoolOptions};
use sqlx::{Connection as _, Encode, PgConnection, QueryBuilder, Type};

use super::*;
use sql::{Database, NewRow, number};

/// What holds a row until the commit. `NO KEY`, so that who only refers to the row need not wait.
macro_rules! held {
    () => {
        " FOR NO KEY UPDATE"
    };
}

#[path = "sql/mod.rs"]
mod sql;

type Dialect = sqlx::Postgres;

/// By this name the database knows who is connected.
const NAME: &str = "waakvlam";
/// All statements of one moment.
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const BEGIN_WRITE: &str = "BEGIN";
/// So many transactions store pushes at once, of different journals.
const LANES: usize = 8;
/// A server's share of the database's connections; Debian's PostgreSQL gives 100 in all.
const CONNECTIONS: u32 = 20;
/// So long somebody waits for a connection before they hear that the database is away.
const PATIENCE: Duration = Duration::from_secs(5);
/// What every connection is told. The last two end what a lost server left behind, and what waits for it.
const SETTINGS: [(&str, &str); 3] =
    [("synchronous_commit", "on"), ("idle_in_transaction_session_timeout", "30s"), ("lock_timeout", "10s")];
/// So many rows go into one INSERT.
const ROWS: usize = 2_000;

pub(super) async fn open(url: &str) -> Result<Database, StorageError> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.application_name(NAME);
    let mut alone = PgConnection::connect_with(&options).await?;
    let encoding: String = sqlx::query_scalar("SHOW server_encoding").fetch_one(&mut alone).await?;
    if encoding != "UTF8" {
        return Err(StorageError::Encoding(encoding));
    }
    // Of servers that start at once one moves the tables, and the others wait for it, however long it takes.
    sqlx::migrate!("src/server/migrations/postgres").run(&mut alone).await?;
    let fsync: String = sqlx::query_scalar("SHOW fsync").fetch_one(&mut alone).await?;
    if fsync != "on" {
        tracing::warn!("fsync is off in this PostgreSQL: after a power cut, acknowledged entries can be gone");
    }
    alone.close().await?;
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
    let pool = pool.connect_with(options.options(SETTINGS)).await?;
    Ok(Database::new(pool.clone(), pool))
}

/// Writes the tables anew, without what was updated or deleted. Its log (`pg_wal`) keeps the bytes until it goes round.
async fn wipe(pool: &sqlx::Pool<Dialect>) -> Result<(), StorageError> {
    let mut connection = pool.acquire().await?;
    let now: String = sqlx::query_scalar("SELECT pg_current_xact_id()::xid::text").fetch_one(&mut *connection).await?;
    // What an older transaction can still see would be written anew, too.
    let older = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND age(backend_xmin) > age($1::xid)";
    let begun = Instant::now();
    while sqlx::query_scalar::<_, i64>(older).bind(&now).fetch_one(&mut *connection).await? > 0 {
        if begun.elapsed() > PATIENCE {
            return Err(StorageError::InTheWay);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for statement in ["VACUUM (FULL) entries", "VACUUM (FULL) quarantine"] {
        sqlx::query(statement).execute(&mut *connection).await?;
    }
    Ok(())
}

/// How many connections servers have open.
pub(super) async fn others(url: &str) -> Result<i64, StorageError> {
    let mut connection = PgConnection::connect(url).await?;
    let count = sqlx::query_scalar(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND pid <> pg_backend_pid()",
    );
    let count = count.bind(NAME).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(count)
}

/// Whether another server was in the way, so that the same once more will do: a serialization failure, a deadlock, or a row
/// that appeared between our look and our write.
fn collided(error: &StorageError) -> bool {
    let StorageError::Database(sqlx::Error::Database(error)) = error else { return false };
    matches!(error.code().as_deref(), Some("40001" | "40P01" | "23505"))
}

/// Holds the rows of devices and journals until the commit, always in the same order: pushes never deadlock.
async fn hold(connection: &mut PgConnection, devices: &[Vec<u8>], journals: &[Vec<u8>]) -> Result<(), StorageError> {
    let statements = [
        ("SELECT id FROM devices WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", devices),
        ("SELECT id FROM journals WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", journals),
    ];
    for (statement, ids) in statements {
        sqlx::query(statement).bind(ids).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Ends a condition: the column is one of these. One text, however many there are: it is planned once.
fn among<T>(query: &mut QueryBuilder<Dialect>, values: Vec<T>)
where
    T: 'static + Encode<'static, Dialect> + Type<Dialect> + PgHasArrayType,
    Vec<T>: Encode<'static, Dialect>,
{
    query.push(" = ANY(").push_bind(values).push(")");
}

/// The same for two columns.
fn among_pairs(query: &mut QueryBuilder<Dialect>, pairs: Vec<(Vec<u8>, i64)>) {
    let (one, other): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    query.push(" IN (SELECT * FROM UNNEST(").push_bind(one).push("::BYTEA[], ").push_bind(other).push("::BIGINT[]))");
}

async fn insert(connection: &mut PgConnection, rows: &[NewRow<'_>]) -> Result<(), StorageError> {
    for rows in rows.chunks(ROWS) {
        let all = || rows.iter();
        sqlx::query(
            "INSERT INTO entries
             (journal, seq, id, author, device, n, received_at, kind, cloned, commitment, chain, subject, payload)
             SELECT * FROM UNNEST ($1::BYTEA[], $2::BIGINT[], $3::BYTEA[], $4::BYTEA[], $5::BYTEA[], $6::BIGINT[], $7::BIGINT[],
             $8::TEXT[], $9::BOOLEAN[], $10::BYTEA[], $11::BYTEA[], $12::BYTEA[], $13::BYTEA[])",
        )
        .bind(all().map(|row| row.journal.0.as_bytes().as_slice()).collect::<Vec<_>>())
        .bind(all().map(|row| number(row.seq)).collect::<Vec<_>>())
        .bind(all().map(|row| row.id.0.as_bytes().as_slice()).collect::<Vec<_>>())
        .bind(all().map(|row| row.author.0.as_bytes().as_slice()).collect::<Vec<_>>())
        .bind(all().map(|row| row.device.0.as_bytes().as_slice()).collect::<Vec<_>>())
        .bind(all().map(|row| number(row.n)).collect::<Vec<_>>())
        .bind(all().map(|row| row.received_at.timestamp_millis()).collect::<Vec<_>>())
        .bind(all().map(|row| row.kind).collect::<Vec<_>>())
        .bind(all().map(|row| row.cloned).collect::<Vec<_>>())
        .bind(all().map(|row| row.commitment.0.as_slice()).collect::<Vec<_>>())
        .bind(all().map(|row| row.chain.0.as_slice()).collect::<Vec<_>>())
        .bind(all().map(|row| row.sealed.subject.as_slice()).collect::<Vec<_>>())
        .bind(all().map(|row| row.sealed.bytes.as_slice()).collect::<Vec<_>>())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
