//! SQLite: one file, one writer, readers beside it.
//!
//! All writing goes over one connection, so that no write ever waits for a lock it can't see. Pushes go through
//! [`committer`], which takes as many as wait into one transaction, with a savepoint each: a push costs no fsync of its own.

mod append;
mod columns;
mod committer;
mod devices;
mod journals;
mod people;
mod pull;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row as _, Sqlite as Dialect, Transaction};
use uuid::Uuid;

use super::*;
use columns::{Read as _, bytes};

const READERS: u32 = 4;

pub(super) struct Sqlite {
    read: SqlitePool,
    write: SqlitePool,
    committer: committer::Committer,
}

impl Sqlite {
    pub(super) async fn open(url: &str) -> Result<Self, StorageError> {
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
            .pragma("cache_size", "-16384");
        // A connection that is never closed: opening one again would cost the first push after a pause.
        let write = SqlitePoolOptions::new().max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
        let write = write.connect_with(options.clone()).await?;
        sqlx::migrate!("src/server/migrations/sqlite").run(&write).await?;
        let read = SqlitePoolOptions::new().max_connections(READERS).idle_timeout(None).max_lifetime(None);
        let read = read.connect_with(options.pragma("query_only", "ON")).await?;
        Ok(Self { read, committer: committer::Committer::start(write.clone()), write })
    }

    /// A transaction that may write, from its first statement on.
    async fn begin(&self) -> Result<Transaction<'static, Dialect>, StorageError> {
        Ok(self.write.begin_with("BEGIN IMMEDIATE").await?)
    }
}

/// Makes the file, where it is missing, for the owner of the process only; SQLite gives its companions the same rights.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

#[async_trait]
impl Storage for Sqlite {
    async fn installation(&self) -> Result<Option<Installation>, StorageError> {
        let row = sqlx::query("SELECT id, epoch, keyring FROM installation").fetch_optional(&self.read).await?;
        row.map(|row| Ok(Installation { id: row.uuid(0)?, epoch: row.uuid(1)?, keyring: row.bytes32(2)? })).transpose()
    }

    async fn found(&self, keyring: Bytes32) -> Result<Installation, StorageError> {
        let installation = Installation { id: Uuid::new_v4(), epoch: Uuid::new_v4(), keyring };
        let mut tx = self.begin().await?;
        sqlx::query("INSERT INTO installation (one, id, epoch, keyring, own_device, own_n) VALUES (1, ?, ?, ?, ?, 0)")
            .bind(bytes(installation.id))
            .bind(bytes(installation.epoch))
            .bind(keyring.0.as_slice())
            .bind(bytes(Uuid::new_v4()))
            .execute(&mut *tx)
            .await?;
        journals::add(&mut tx, JournalKind::Organisation, "Organisatie").await?;
        journals::add(&mut tx, JournalKind::Administration, "Beheer").await?;
        tx.commit().await?;
        Ok(installation)
    }

    async fn ping(&self) -> Result<(), StorageError> {
        sqlx::query("SELECT one FROM installation").fetch_one(&self.read).await?;
        Ok(())
    }

    async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    async fn add_journal(&self, kind: JournalKind, name: &str) -> Result<Option<JournalId>, StorageError> {
        let mut tx = self.begin().await?;
        let journal = journals::add(&mut tx, kind, name).await?;
        tx.commit().await?;
        Ok(journal)
    }

    async fn journals(&self) -> Result<Vec<JournalRow>, StorageError> {
        journals::all(&self.read).await
    }

    async fn add_user(&self, user: &NewUser) -> Result<bool, StorageError> {
        let mut tx = self.begin().await?;
        let added = people::add(&mut tx, user).await?;
        tx.commit().await?;
        Ok(added)
    }

    async fn users(&self) -> Result<Vec<UserRow>, StorageError> {
        people::all(&self.read).await
    }

    async fn login(&self, login_name: &str) -> Result<Option<(UserId, Option<Vec<u8>>)>, StorageError> {
        let query = sqlx::query("SELECT id, login FROM users WHERE login_name = ?").bind(login_name);
        let row = query.fetch_optional(&self.read).await?;
        row.map(|row| Ok((UserId(row.uuid(0)?), row.try_get(1)?))).transpose()
    }

    async fn grants(&self, user: UserId) -> Result<Vec<Granted>, StorageError> {
        journals::grants(&self.read, user).await
    }

    async fn grant(&self, user: UserId, journal: JournalId) -> Result<Option<Grant>, StorageError> {
        journals::grant(&self.read, user, journal).await
    }

    async fn set_grant(&self, user: UserId, journal: JournalId, role: Role) -> Result<(), StorageError> {
        let mut tx = self.begin().await?;
        journals::set_grant(&mut tx, user, journal, role).await?;
        Ok(tx.commit().await?)
    }

    async fn revoke_grant(&self, user: UserId, journal: JournalId, at: DateTime<Utc>) -> Result<(), StorageError> {
        sqlx::query("UPDATE grants SET revoked_at = ? WHERE user_id = ? AND journal = ? AND revoked_at IS NULL")
            .bind(at.timestamp_millis())
            .bind(bytes(user.0))
            .bind(bytes(journal.0))
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn add_enrolment(&self, user: UserId, enrolment: &NewEnrolment, at: DateTime<Utc>) -> Result<bool, StorageError> {
        let mut tx = self.begin().await?;
        let added = people::add_enrolment(&mut tx, user, enrolment, at).await?;
        tx.commit().await?;
        Ok(added)
    }

    async fn enrolment(&self, code: Bytes32) -> Result<Option<Enrolment>, StorageError> {
        let mut connection = self.read.acquire().await?;
        people::enrolment(&mut connection, code).await
    }

    async fn complete_enrolment(
        &self,
        code: Bytes32,
        login: &[u8],
        device: &NewDevice,
        session: &NewSession,
        at: DateTime<Utc>,
    ) -> Result<Completed, StorageError> {
        let mut tx = self.begin().await?;
        let completed = people::complete(&mut tx, code, login, device, session, at).await?;
        // Anything but `Done` is rolled back as the transaction falls.
        if completed == Completed::Done {
            tx.commit().await?;
        }
        Ok(completed)
    }

    async fn add_device(&self, device: &NewDevice, session: &NewSession) -> Result<bool, StorageError> {
        let mut tx = self.begin().await?;
        let added = devices::add(&mut tx, device, session).await?;
        if added {
            tx.commit().await?;
        }
        Ok(added)
    }

    async fn device(&self, kind: Credential, hash: Bytes32) -> Result<Option<Device>, StorageError> {
        devices::by_credential(&self.read, kind, hash).await
    }

    async fn revoke_device(&self, device: DeviceId, at: DateTime<Utc>) -> Result<(), StorageError> {
        sqlx::query("UPDATE devices SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
            .bind(at.timestamp_millis())
            .bind(bytes(device.0))
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn add_session(&self, session: &NewSession, at: DateTime<Utc>) -> Result<(), StorageError> {
        let mut tx = self.begin().await?;
        devices::sweep_sessions(&mut tx, at).await?;
        devices::add_session(&mut tx, session).await?;
        Ok(tx.commit().await?)
    }

    async fn session(&self, hash: Bytes32, at: DateTime<Utc>) -> Result<Option<Asker>, StorageError> {
        devices::session(&self.read, hash, at).await
    }

    async fn end_session(&self, hash: Bytes32) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM sessions WHERE hash = ?").bind(hash.0.as_slice()).execute(&self.write).await?;
        Ok(())
    }

    async fn push(&self, batch: Batch) -> Result<Vec<Landing>, StorageError> {
        self.committer.push(batch).await
    }

    async fn pull(&self, pull: Pull) -> Result<Option<Pulled>, StorageError> {
        // One transaction, so that head, chain and lines are of one moment.
        let mut tx = self.read.begin().await?;
        pull::page(&mut tx, pull).await
    }

    async fn append_own(&self, journal: JournalId, payloads: &[String], at: DateTime<Utc>) -> Result<(), StorageError> {
        let mut tx = self.begin().await?;
        append::own(&mut tx, journal, payloads, at).await?;
        Ok(tx.commit().await?)
    }

    async fn append_given(&self, journal: JournalId, entries: &[Given]) -> Result<(), StorageError> {
        let mut tx = self.begin().await?;
        append::given(&mut tx, journal, entries).await?;
        Ok(tx.commit().await?)
    }

    async fn quarantined(&self, journal: JournalId) -> Result<Vec<Quarantined>, StorageError> {
        pull::quarantined(&self.read, journal).await
    }
}
