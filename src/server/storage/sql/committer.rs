//! The tasks that store pushes. Each takes all that wait in its lane into one transaction, so that they share one fsync, and
//! answers each after the commit. A push that fails is rolled back to its savepoint and spares the others; one that met another
//! server is tried again.

use std::sync::Arc;

use sqlx::Connection as _;
use tokio::sync::{mpsc, oneshot};

use super::*;

/// So many pushes may wait in a lane; more wait at the door.
const WAITING: usize = 1_024;
/// So many records go into one transaction, so that none waits long for the others.
const RECORDS_TOGETHER: usize = 4_000;

type Answer = Result<Vec<Landing>, StorageError>;

struct Job {
    batch: Batch,
    reply: oneshot::Sender<Answer>,
}

pub(super) struct Committer {
    lanes: Vec<mpsc::Sender<Job>>,
}

impl Committer {
    pub(super) fn start(pool: Pool) -> Self {
        let lane = || {
            let (jobs, waiting) = mpsc::channel(WAITING);
            tokio::spawn(run(pool.clone(), waiting));
            jobs
        };
        Self { lanes: std::iter::repeat_with(lane).take(LANES).collect() }
    }

    pub(super) async fn push(&self, batch: Batch) -> Answer {
        let (reply, answer) = oneshot::channel();
        // A journal has its lane: its pushes meet in one transaction, and don't wait for each other's locks.
        let lane = batch.journal.0.as_u128() % self.lanes.len() as u128;
        let lane = usize::try_from(lane).ok().and_then(|lane| self.lanes.get(lane)).ok_or(StorageError::Stopping)?;
        lane.send(Job { batch, reply }).await.map_err(|_| StorageError::Stopping)?;
        answer.await.map_err(|_| StorageError::Stopping)?
    }
}

async fn run(pool: Pool, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.recv().await {
        let mut records = first.batch.records.len();
        let mut jobs = vec![first];
        while records < RECORDS_TOGETHER
            && let Ok(job) = waiting.try_recv()
        {
            records += job.batch.records.len();
            jobs.push(job);
        }
        for _ in 1..TRIES {
            jobs = settle(&pool, jobs, collided).await;
        }
        settle(&pool, jobs, |_| false).await;
    }
}

/// Stores pushes and answers them; gives back those that are worth another try.
async fn settle(pool: &Pool, jobs: Vec<Job>, again: impl Fn(&StorageError) -> bool) -> Vec<Job> {
    if jobs.is_empty() {
        return jobs;
    }
    let answers: Vec<Answer> = match store(pool, &jobs).await {
        Ok(answers) => answers,
        Err(error) if again(&error) => return jobs,
        Err(StorageError::Database(error)) => {
            let error = Arc::new(error);
            jobs.iter().map(|_| Err(StorageError::Commit(error.clone()))).collect()
        }
        // Dropping the reply answers "stopping": not acknowledged.
        Err(_) => return Vec::new(),
    };
    let mut left = Vec::new();
    for (job, answer) in jobs.into_iter().zip(answers) {
        match answer {
            Err(error) if again(&error) => left.push(job),
            // Who went away will send again, and gets the same answer.
            answer => drop(job.reply.send(answer)),
        }
    }
    left
}

async fn store(pool: &Pool, jobs: &[Job]) -> Result<Vec<Answer>, StorageError> {
    let mut tx = pool.begin_with(BEGIN_WRITE).await?;
    let devices: Vec<_> = jobs.iter().map(|job| bytes(job.batch.device.0)).collect();
    let journals: Vec<_> = jobs.iter().map(|job| bytes(job.batch.journal.0)).collect();
    hold(&mut tx, &devices, &journals).await?;
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
