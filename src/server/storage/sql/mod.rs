//! Everything that a database is asked, written once: [`sqlite`](super) and [`postgres`](super) both take this folder in with
//! `#[path]`, so it is compiled for each and neither can fall behind.
//!
//! What differs stands in the file that takes it in: `Dialect`, how a transaction begins, `held!` and `hold` (who waits for whom),
//! `collided` (what is worth another try), `among` and `insert` (what is fast).

#![allow(clippy::duplicate_mod, reason = "that is the point")]

mod append;
mod columns;
mod committer;
mod devices;
mod erase;
mod journals;
mod neighbourhoods;
mod people;
mod pull;
mod summaries;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::Row as _;
use uuid::Uuid;

use super::sealed::Keys;
use super::*;
pub(super) use append::NewRow;
use columns::Read;
pub(super) use columns::{bytes, number};

type Connection = <Dialect as sqlx::Database>::Connection;
type DbRow = <Dialect as sqlx::Database>::Row;
type Pool = sqlx::Pool<Dialect>;

/// So often something is tried where another server is in the way.
const TRIES: usize = 5;

pub(in super::super) struct Database {
    read: Pool,
    write: Pool,
    committer: committer::Committer,
    keys: Keys,
}

impl Database {
    pub(super) fn new(read: Pool, write: Pool) -> Self {
        let keys = Keys::default();
        Self { read, committer: committer::Committer::start(write.clone(), &keys), write, keys }
    }
}

/// Does something in a transaction that may write, and commits it; again where another server was in the way. What returns
/// from within is rolled back.
macro_rules! writing {
    ($self:ident, $tx:ident => $work:expr) => {{
        let mut tries = 0;
        loop {
            let done: Result<_, StorageError> = async {
                let mut $tx = $self.write.begin_with(BEGIN_WRITE).await?;
                let done = $work;
                $tx.commit().await?;
                Ok(done)
            }
            .await;
            tries += 1;
            match done {
                Err(error) if tries < TRIES && collided(&error) => {}
                done => return done,
            }
        }
    }};
}

#[async_trait]
impl Storage for Database {
    async fn installation(&self) -> Result<Option<Installation>, StorageError> {
        people::installation(&mut *self.read.acquire().await?).await
    }

    async fn found(&self, keyring: Bytes32) -> Result<Installation, StorageError> {
        writing!(self, tx => {
            let (id, epoch, own_device) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
            let founded = sqlx::query(
                "INSERT INTO installation (one, id, epoch, keyring, own_device, own_n) VALUES (1, $1, $2, $3, $4, 0)
                 ON CONFLICT (one) DO NOTHING",
            )
            .bind(bytes(id))
            .bind(bytes(epoch))
            .bind(keyring.0.as_slice())
            .bind(bytes(own_device))
            .execute(&mut *tx)
            .await?;
            if founded.rows_affected() == 1 {
                journals::add(&mut tx, JournalKind::Organisation, "Organisatie").await?;
                journals::add(&mut tx, JournalKind::Administration, "Beheer").await?;
            }
            people::installation(&mut tx).await?.ok_or(StorageError::Corrupt("no installation"))?
        })
    }

    async fn begin_epoch(&self) -> Result<Installation, StorageError> {
        writing!(self, tx => people::begin_epoch(&mut tx).await?)
    }

    async fn unlock(&self, keys: Arc<SubjectKeys>) -> Result<bool, StorageError> {
        writing!(self, tx => {
            let id = bytes(keys.id());
            let first = sqlx::query("UPDATE installation SET subject_keys = $1 WHERE subject_keys IS NULL").bind(id.as_slice());
            first.execute(&mut *tx).await?;
            let known = sqlx::query_scalar::<_, Option<Vec<u8>>>("SELECT subject_keys FROM installation");
            let ours = known.fetch_optional(&mut *tx).await?.flatten() == Some(id);
            if ours {
                self.keys.give(keys.clone());
            }
            ours
        })
    }

    async fn ping(&self) -> Result<(), StorageError> {
        // Read by one way, written by the other: a full disk still reads.
        sqlx::query("SELECT one FROM installation").fetch_one(&self.read).await?;
        writing!(self, tx => {
            sqlx::query("UPDATE installation SET own_n = own_n WHERE one = 1").execute(&mut *tx).await?;
        })
    }

    async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    async fn add_journal(&self, kind: JournalKind, name: &str) -> Result<Option<JournalId>, StorageError> {
        writing!(self, tx => journals::add(&mut tx, kind, name).await?)
    }

    async fn journals(&self) -> Result<Vec<JournalRow>, StorageError> {
        journals::all(&mut *self.read.acquire().await?).await
    }

    async fn neighbourhoods(&self) -> Result<Vec<Neighbourhood>, StorageError> {
        neighbourhoods::all(&self.read).await
    }

    async fn set_code(&self, journal: JournalId, code: &NeighbourhoodCode, year: u16) -> Result<bool, StorageError> {
        writing!(self, tx => neighbourhoods::set_code(&mut tx, journal, code, year).await?)
    }

    async fn add_user(&self, user: &NewUser) -> Result<bool, StorageError> {
        writing!(self, tx => people::add(&mut tx, self.keys.get()?, user).await?)
    }

    async fn users(&self) -> Result<Vec<UserRow>, StorageError> {
        people::all(&self.read).await
    }

    async fn login(&self, login_name: &str) -> Result<Option<(UserId, Option<Vec<u8>>)>, StorageError> {
        // PostgreSQL takes no NUL in a text; nobody is called so.
        if login_name.contains('\0') {
            return Ok(None);
        }
        let query = sqlx::query("SELECT id, login FROM users WHERE login_name = $1").bind(login_name);
        let row = query.fetch_optional(&self.read).await?;
        row.map(|row| Ok((UserId(row.uuid(0)?), row.try_get(1)?))).transpose()
    }

    async fn found_closed(&self, journal: JournalId, new: &NewJournal) -> Result<bool, StorageError> {
        writing!(self, tx => journals::found(&mut tx, journal, new).await?.is_some())
    }

    async fn grants(&self, user: UserId) -> Result<Vec<Granted>, StorageError> {
        journals::grants(&self.read, user).await
    }

    async fn grant(&self, user: UserId, journal: JournalId) -> Result<Option<Grant>, StorageError> {
        journals::grant(&self.read, user, journal).await
    }

    async fn set_grant(&self, user: UserId, journal: JournalId, role: Role) -> Result<(), StorageError> {
        writing!(self, tx => journals::set_grant(&mut tx, user, journal, role).await?)
    }

    async fn revoke_grant(&self, user: UserId, journal: JournalId, at: DateTime<Utc>) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE grants SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL
             AND (journal = $3 OR journal IN (SELECT id FROM journals WHERE neighbourhood = $3))",
        )
        .bind(at.timestamp_millis())
        .bind(bytes(user.0))
        .bind(bytes(journal.0))
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn summary(&self, journal: JournalId, quarter: Quarter) -> Result<Option<String>, StorageError> {
        summaries::get(&self.read, journal, quarter).await
    }

    async fn freeze_summary(
        &self,
        journal: JournalId,
        quarter: Quarter,
        summary: &str,
        at: DateTime<Utc>,
    ) -> Result<String, StorageError> {
        writing!(self, tx => summaries::freeze(&mut tx, journal, quarter, summary, at).await?)
    }

    async fn add_enrolment(&self, user: UserId, enrolment: &NewEnrolment, at: DateTime<Utc>) -> Result<bool, StorageError> {
        writing!(self, tx => people::add_enrolment(&mut tx, user, enrolment, at).await?)
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
        writing!(self, tx => {
            let completed = people::complete(&mut tx, code, login, device, session, at).await?;
            if completed != Completed::Done {
                return Ok(completed);
            }
            completed
        })
    }

    async fn add_device(&self, device: &NewDevice, session: &NewSession) -> Result<bool, StorageError> {
        writing!(self, tx => {
            if !devices::add(&mut tx, device, session).await? {
                return Ok(false);
            }
            true
        })
    }

    async fn device(&self, kind: Credential, hash: Bytes32) -> Result<Option<Device>, StorageError> {
        devices::by_credential(&self.read, kind, hash).await
    }

    async fn revoke_device(&self, device: DeviceId, at: DateTime<Utc>) -> Result<(), StorageError> {
        sqlx::query("UPDATE devices SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL")
            .bind(at.timestamp_millis())
            .bind(bytes(device.0))
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn registered(&self, device: DeviceId) -> Result<Option<Device>, StorageError> {
        devices::by_id(&self.read, device).await
    }

    async fn add_session(&self, session: &NewSession, at: DateTime<Utc>) -> Result<bool, StorageError> {
        writing!(self, tx => {
            devices::sweep_sessions(&mut tx, at).await?;
            devices::renew_session(&mut tx, session).await?
        })
    }

    async fn session(&self, hash: Bytes32, at: DateTime<Utc>) -> Result<Option<Asker>, StorageError> {
        devices::session(&self.read, hash, at).await
    }

    async fn end_session(&self, hash: Bytes32) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM sessions WHERE hash = $1").bind(hash.0.as_slice()).execute(&self.write).await?;
        Ok(())
    }

    async fn push(&self, batch: Batch) -> Result<Vec<Landing>, StorageError> {
        self.committer.push(batch).await
    }

    async fn pull(&self, pull: Pull) -> Result<Option<Pulled>, StorageError> {
        // One transaction, so that head, chain and lines are of one moment.
        let mut tx = self.read.begin_with(BEGIN_READ).await?;
        pull::page(&mut tx, self.keys.get()?, pull).await
    }

    async fn append_own(&self, journal: JournalId, payloads: &[String], at: DateTime<Utc>) -> Result<(), StorageError> {
        writing!(self, tx => append::own(&mut tx, self.keys.get()?, journal, payloads, at).await?)
    }

    async fn import_places(&self, places: &[PlacesOf], at: DateTime<Utc>) -> Result<bool, StorageError> {
        writing!(self, tx => {
            if !neighbourhoods::import(&mut tx, self.keys.get()?, places, at).await? {
                return Ok(false);
            }
            true
        })
    }

    async fn append_given(&self, journal: JournalId, entries: &[Given]) -> Result<(), StorageError> {
        writing!(self, tx => append::given(&mut tx, self.keys.get()?, journal, entries).await?)
    }

    async fn common(&self, journal: JournalId, probes: &[Probe]) -> Result<u64, StorageError> {
        pull::common(&mut *self.read.acquire().await?, journal, probes).await
    }

    async fn offer(&self, journal: JournalId, entries: &[Given]) -> Result<Vec<Offered>, StorageError> {
        writing!(self, tx => append::offered(&mut tx, self.keys.get()?, journal, entries).await?)
    }

    async fn quarantined(&self, journal: JournalId) -> Result<Vec<Quarantined>, StorageError> {
        pull::quarantined(&self.read, self.keys.get()?, journal).await
    }

    async fn about(&self, wanted: &Wanted) -> Result<Vec<About>, StorageError> {
        let mut tx = self.read.begin_with(BEGIN_READ).await?;
        erase::about(&mut tx, self.keys.get()?, wanted).await
    }

    async fn erase(&self, erasing: &Erasing) -> Result<u64, StorageError> {
        // Most is looked for before anybody has to wait.
        let before = match erasing.subject {
            Some(subject) => erase::look(&mut *self.read.acquire().await?, subject, &erase::Looked::new()).await?,
            None => erase::Looked::new(),
        };
        writing!(self, tx => erase::carry_out(&mut tx, self.keys.get()?, erasing, before.clone()).await?)
    }

    async fn wishes(&self) -> Result<Vec<(JournalId, u64)>, StorageError> {
        erase::wishes(&mut *self.read.acquire().await?).await
    }

    async fn erasures(&self) -> Result<Vec<Erasing>, StorageError> {
        let mut tx = self.read.begin_with(BEGIN_READ).await?;
        erase::all(&mut tx).await
    }

    async fn wipe(&self) -> Result<(), StorageError> {
        let items = erase::not_wiped(&self.read).await?;
        if items.is_empty() {
            return Ok(());
        }
        wipe(&self.write).await?;
        erase::wiped(&self.write, items).await
    }
}
