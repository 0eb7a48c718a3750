//! A database file as a backup: copied while the server runs, and checked to its last entry before anybody relies on it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::TryStreamExt as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{ConnectOptions as _, Connection as _, Row as _, SqliteConnection};
use uuid::Uuid;

use super::sealed::{Lies, Read};
use crate::domain::{EntryId, JournalId, UserId};
use crate::server::keyring::Keyring;
use crate::server::subject_keys::SubjectKeys;
use crate::sync::chain::{Bytes32, START, commitment, next};

/// What every SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Why a file is no backup to rely on.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Another kind of file, or none of our database.
    #[error("this is not a database of Waakvlam")]
    NotOurs,
    /// The copy of a file that was in use: a part of it lies elsewhere.
    #[error("there is a {} beside it: this is a file that was in use, not a backup; make one with `waakvlam backup`", .0.display())]
    InUse(PathBuf),
    /// Part of it is missing or is not what was written.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A newer Waakvlam wrote it.
    #[error("it was made by a newer version (tables of version {theirs}, ours are of {ours}); install that version first")]
    Newer {
        /// The version of its tables.
        theirs: i64,
        /// Ours.
        ours: i64,
    },
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// A file could not be read or written.
    #[error("reading or writing a file")]
    File(#[from] std::io::Error),
}

/// What a backup holds.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The fingerprint of the keyring that belongs to it.
    pub keyring: Bytes32,
    /// How many journals.
    pub journals: u64,
    /// How many entries, erased ones too.
    pub entries: u64,
    /// When the last one came in.
    pub last: Option<DateTime<Utc>>,
}

/// Writes what a database file holds at this moment into an empty file. Whoever writes meanwhile does not wait.
pub async fn copy(database: &Path, to: &Path) -> Result<(), BackupError> {
    let mut connection = SqliteConnectOptions::new().filename(database).read_only(true).connect().await?;
    let to = to.to_str().ok_or_else(|| std::io::Error::other("the name of the file is not UTF-8"))?;
    sqlx::query("VACUUM INTO $1").bind(to).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Moves what lies beside a database file into it, so that it can be kept by itself. Nobody may have it open.
pub async fn fold(database: &Path) -> Result<(), BackupError> {
    let mut connection = SqliteConnectOptions::new().filename(database).connect().await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    connection.close().await?;
    match beside(database) {
        Some(file) => Err(BackupError::InUse(file)),
        None => Ok(()),
    }
}

/// What SQLite left beside a file, if anything is in it.
#[must_use]
pub fn beside(database: &Path) -> Option<PathBuf> {
    let names = ["-wal", "-journal"].map(|end| with_end(database, end));
    names.into_iter().find(|file| std::fs::metadata(file).is_ok_and(|found| found.len() > 0))
}

/// A file's path with something behind its name.
#[must_use]
pub fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Reads a file that nobody has open from its first byte to its last: its form, its tables, and every entry against the chain that the
/// phones check too. Changes nothing.
///
/// Texts are read where they are sealed under keys of this keyring; those whose key was lost are about somebody who was erased.
pub async fn check(file: &Path, keyring: &Keyring) -> Result<Facts, BackupError> {
    let mut start = [0; MAGIC.len()];
    let read = std::fs::File::open(file).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut start));
    match read {
        Ok(()) if start == MAGIC => {}
        Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => return Err(error.into()),
        _ => return Err(BackupError::NotOurs),
    }
    let mut connection = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true).connect().await?;
    let checked = check_all(&mut connection, keyring).await;
    connection.close().await?;
    match checked {
        // SQLite's own words for a file that is cut off or overwritten.
        Err(BackupError::Database(sqlx::Error::Database(error))) => Err(BackupError::Damaged(error.message().to_owned())),
        checked => checked,
    }
}

async fn check_all(connection: &mut SqliteConnection, own: &Keyring) -> Result<Facts, BackupError> {
    let said: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(3)").fetch_all(&mut *connection).await?;
    if said != ["ok"] {
        return Err(BackupError::Damaged(said.join("; ")));
    }
    if !sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *connection).await?.is_empty() {
        return Err(BackupError::Damaged("rows refer to rows that are not there".to_owned()));
    }
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name IN ('_sqlx_migrations', 'installation')")
        .fetch_one(&mut *connection)
        .await?;
    if tables != 2 {
        return Err(BackupError::NotOurs);
    }
    let theirs: i64 =
        sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations").fetch_one(&mut *connection).await?;
    let ours = sqlx::migrate!("src/server/migrations/sqlite").iter().map(|migration| migration.version).max().unwrap_or(0);
    if theirs > ours {
        return Err(BackupError::Newer { theirs, ours });
    }
    let keyring = sqlx::query("SELECT keyring FROM installation").fetch_optional(&mut *connection).await?;
    let keyring = hash(&keyring.ok_or(BackupError::NotOurs)?, 0)?;
    // Whoever has another keyring is told so by the caller; the rest is checked all the same.
    let keys = (own.fingerprint() == keyring).then(|| own.subjects());
    let mut facts = Facts { keyring, journals: 0, entries: 0, last: None };
    for journal in sqlx::query("SELECT id, head, chain FROM journals").fetch_all(&mut *connection).await? {
        facts.journals += 1;
        check_journal(connection, &journal, keys, &mut facts).await?;
    }
    Ok(facts)
}

/// Every number is there, every text is what was committed to, and the chain ends where the journal says.
async fn check_journal(
    connection: &mut SqliteConnection,
    journal: &SqliteRow,
    keys: Option<&Arc<SubjectKeys>>,
    facts: &mut Facts,
) -> Result<(), BackupError> {
    let (head, chain) = (journal.try_get::<i64, _>(1)?, hash(journal, 2)?);
    let id = JournalId(uuid(journal, 0)?);
    // A backup of an older version has no such column.
    let subject: i64 = sqlx::query_scalar("SELECT count(*) FROM pragma_table_info('entries') WHERE name = 'subject'")
        .fetch_one(&mut *connection)
        .await?;
    let query = sqlx::query(if subject == 1 {
        "SELECT seq, id, author, commitment, salt, payload, received_at, subject FROM entries WHERE journal = $1 ORDER BY seq"
    } else {
        "SELECT seq, id, author, commitment, salt, payload, received_at, NULL FROM entries WHERE journal = $1 ORDER BY seq"
    });
    let mut rows = query.bind(id.0.as_bytes().to_vec()).fetch(connection);
    let (mut end, mut seq) = (START, 0_u64);
    while let Some(row) = rows.try_next().await? {
        seq += 1;
        let wrong = |what: &str| BackupError::Damaged(format!("entry {seq} of a journal {what}"));
        if row.try_get::<i64, _>(0)? != i64::try_from(seq).unwrap_or(i64::MAX) {
            return Err(wrong("is missing"));
        }
        let committed = hash(&row, 3)?;
        if let Some(payload) = row.try_get::<Option<&[u8]>, _>(5)? {
            let lies =
                Lies { journal: id, id: EntryId(uuid(&row, 1)?), payload, subject: row.try_get(7)?, salt: row.try_get(4)? };
            match keys.map(|keys| lies.open(keys)) {
                None | Some(Read::Lost) => {}
                Some(Read::Text(salt, text)) if commitment(&salt, &text) == committed => {}
                Some(_) => return Err(wrong("is not what was written")),
            }
        }
        end = next(&end, seq, EntryId(uuid(&row, 1)?), UserId(uuid(&row, 2)?), &committed);
        facts.entries += 1;
        facts.last = facts.last.max(DateTime::from_timestamp_millis(row.try_get(6)?));
    }
    if end != chain || i64::try_from(seq).unwrap_or(i64::MAX) != head {
        return Err(BackupError::Damaged("a journal does not end where it should".to_owned()));
    }
    Ok(())
}

fn hash(row: &SqliteRow, column: usize) -> Result<Bytes32, BackupError> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes.try_into().map(Bytes32).map_err(|_| BackupError::Damaged("a hash has another length".to_owned()))
}

fn uuid(row: &SqliteRow, column: usize) -> Result<Uuid, BackupError> {
    Uuid::from_slice(row.try_get(column)?).map_err(|_| BackupError::Damaged("an id has another length".to_owned()))
}
