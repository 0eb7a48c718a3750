//! SQLite: one file, one writer, readers beside it.
//!
//! All writing goes over one connection, so that no write ever waits for a lock it can't see, and nothing else of this
//! process writes meanwhile.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Encode, QueryBuilder, SqliteConnection, Type};

use super::*;
use sql::{Database, NewRow, bytes, number};

/// What holds a row until the commit: here the whole file is held from `BEGIN IMMEDIATE` on.
macro_rules! held {
    () => {
        ""
    };
}

#[path = "sql/mod.rs"]
mod sql;

type Dialect = sqlx::Sqlite;

const BEGIN_READ: &str = "BEGIN";
const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";
/// So many transactions store pushes at once.
const LANES: usize = 1;
const READERS: u32 = 4;
/// So many rows go into one INSERT: 13 parameters each, below SQLite's limit.
const ROWS: usize = 256;

pub(super) async fn open(url: &str) -> Result<Database, StorageError> {
    let options: SqliteConnectOptions = url.parse()?;
    if let Some(folder) = options.get_filename().parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder)?;
    }
    make_private(options.get_filename())?;
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-16384")
        // What is deleted is overwritten at once; what was moved about before is overwritten when it is [`wipe`]d.
        .pragma("secure_delete", "ON");
    // A connection that is never closed: opening one again would cost the first push after a pause.
    let write = SqlitePoolOptions::new().max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
    // But for one that is still in a transaction: SQLite rolls back by itself when the disk is full, and sqlx does not know it. Such a
    // connection would refuse every transaction from then on.
    let write = write.after_release(|connection, _| {
        Box::pin(async move {
            connection.ping().await?;
            Ok(!connection.is_in_transaction())
        })
    });
    let write = write.connect_with(options.clone()).await?;
    // In one transaction that holds the file: of processes that open it at once, one moves the tables.
    let mut tx = write.begin_with(BEGIN_WRITE).await?;
    sqlx::migrate!("src/server/migrations/sqlite").run(&mut *tx).await?;
    tx.commit().await?;
    let read = SqlitePoolOptions::new().max_connections(READERS).idle_timeout(None).max_lifetime(None);
    let read = read.connect_with(options.pragma("query_only", "ON")).await?;
    Ok(Database::new(read, write))
}

/// Writes the file anew, without what was deleted or left behind by what moved, and empties the log beside it.
async fn wipe(pool: &sqlx::Pool<Dialect>) -> Result<(), StorageError> {
    let mut connection = pool.acquire().await?;
    sqlx::query("VACUUM").execute(&mut *connection).await?;
    // Waits for whoever reads what the log held before.
    let (busy, ..): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
    if busy == 0 { Ok(()) } else { Err(StorageError::InTheWay) }
}

/// Makes the file, where it is missing, for the owner of the process only; SQLite gives its companions the same rights.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Whether another writer was in the way, so that the same once more will do: never, there is one.
fn collided(_: &StorageError) -> bool {
    false
}

/// Nothing to hold: see [`held`].
async fn hold(_: &mut SqliteConnection, _: &[Vec<u8>], _: &[Vec<u8>]) -> Result<(), StorageError> {
    Ok(())
}

/// Ends a condition: the column is one of these. The last stands there again until their number is a power of two, so that few
/// statements serve every length and stay prepared.
fn among<T>(query: &mut QueryBuilder<Dialect>, values: Vec<T>)
where
    T: 'static + Clone + Encode<'static, Dialect> + Type<Dialect>,
{
    query.push(" IN (");
    let mut list = query.separated(", ");
    for value in filled_up(values) {
        list.push_bind(value);
    }
    query.push(")");
}

/// The same for two columns.
fn among_pairs(query: &mut QueryBuilder<Dialect>, pairs: Vec<(Vec<u8>, i64)>) {
    query.push(" IN (");
    query.push_values(filled_up(pairs), |mut list, (one, other)| {
        list.push_bind(one).push_bind(other);
    });
    query.push(")");
}

fn filled_up<T: Clone>(mut values: Vec<T>) -> Vec<T> {
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
    values
}

async fn insert(connection: &mut SqliteConnection, rows: &[NewRow<'_>]) -> Result<(), StorageError> {
    let mut rows = rows;
    while !rows.is_empty() {
        // Powers of two again: 12 rows are 8 and 4.
        let (first, rest) = rows.split_at(ROWS.min(1 << rows.len().ilog2()));
        rows = rest;
        let mut query = QueryBuilder::<Dialect>::new(
            "INSERT INTO entries
             (journal, seq, id, author, device, n, received_at, kind, cloned, commitment, chain, subject, payload) ",
        );
        query.push_values(first, |mut list, row| {
            list.push_bind(bytes(row.journal.0))
                .push_bind(number(row.seq))
                .push_bind(bytes(row.id.0))
                .push_bind(bytes(row.author.0))
                .push_bind(bytes(row.device.0))
                .push_bind(number(row.n))
                .push_bind(row.received_at.timestamp_millis())
                .push_bind(row.kind.to_owned())
                .push_bind(row.cloned)
                .push_bind(row.commitment.0.to_vec())
                .push_bind(row.chain.0.to_vec())
                .push_bind(row.sealed.subject.clone())
                .push_bind(row.sealed.bytes.clone());
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}
