//! The one task that stores pushes: it takes all that wait into one transaction, so that they share one fsync, and
//! answers each after the commit. A push that fails is rolled back to its savepoint and spares the others.

use std::sync::Arc;

use sqlx::Connection as _;
use sqlx::sqlite::SqlitePool;
use tokio::sync::{mpsc, oneshot};

use super::{Batch, Landing, StorageError, append};

/// So many pushes may wait; more wait at the door.
const WAITING: usize = 1_024;
/// So many records go into one transaction, so that none waits long for the others.
const RECORDS_TOGETHER: usize = 4_000;

type Answer = Result<Vec<Landing>, StorageError>;

struct Job {
    batch: Batch,
    reply: oneshot::Sender<Answer>,
}

pub(super) struct Committer {
    jobs: mpsc::Sender<Job>,
}

impl Committer {
    pub(super) fn start(pool: SqlitePool) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        tokio::spawn(run(pool, waiting));
        Self { jobs }
    }

    pub(super) async fn push(&self, batch: Batch) -> Answer {
        let (reply, answer) = oneshot::channel();
        self.jobs.send(Job { batch, reply }).await.map_err(|_| StorageError::Stopping)?;
        answer.await.map_err(|_| StorageError::Stopping)?
    }
}

async fn run(pool: SqlitePool, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.recv().await {
        let mut records = first.batch.records.len();
        let mut jobs = vec![first];
        while records < RECORDS_TOGETHER
            && let Ok(job) = waiting.try_recv()
        {
            records += job.batch.records.len();
            jobs.push(job);
        }
        match store(&pool, &jobs).await {
            Ok(answers) => answer(jobs, answers),
            Err(StorageError::Database(error)) => {
                let error = Arc::new(error);
                let answers = jobs.iter().map(|_| Err(StorageError::Commit(error.clone()))).collect();
                answer(jobs, answers);
            }
            // Dropping the reply answers "stopping": not acknowledged.
            Err(_) => {}
        }
    }
}

fn answer(jobs: Vec<Job>, answers: Vec<Answer>) {
    for (job, answer) in jobs.into_iter().zip(answers) {
        // Who went away will send again, and gets the same answer.
        let _ = job.reply.send(answer);
    }
}

async fn store(pool: &SqlitePool, jobs: &[Job]) -> Result<Vec<Answer>, StorageError> {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        let mut savepoint = tx.begin().await?;
        let landed = append::judged(&mut savepoint, &job.batch).await;
        match landed {
            Ok(_) => savepoint.commit().await?,
            Err(_) => savepoint.rollback().await?,
        }
        answers.push(landed);
    }
    tx.commit().await?;
    Ok(answers)
}
