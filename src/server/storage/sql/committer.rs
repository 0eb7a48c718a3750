//! The tasks that store pushes. Each takes all that wait in its lane into one transaction, so that they share its statements and
//! one fsync, and answers each after the commit. Pushes that met another server are tried again; what the database refuses is tried
//! push by push.

use std::collections::HashSet;
use std::sync::Arc;

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
    pub(super) fn start(pool: Pool, keys: &Keys) -> Self {
        let lane = || {
            let (jobs, waiting) = mpsc::channel(WAITING);
            tokio::spawn(run(pool.clone(), keys.clone(), waiting));
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

async fn run(pool: Pool, keys: Keys, mut waiting: mpsc::Receiver<Job>) {
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
            jobs = settle(&pool, &keys, jobs, collided).await;
        }
        settle(&pool, &keys, jobs, |_| false).await;
    }
}

/// Stores pushes and answers them; gives back those that are worth another try. What the database refuses is stored once more, each
/// push alone, so that one spares the others.
async fn settle(pool: &Pool, keys: &Keys, jobs: Vec<Job>, again: impl Fn(&StorageError) -> bool) -> Vec<Job> {
    if jobs.is_empty() {
        return jobs;
    }
    match store(pool, keys, &jobs).await {
        Ok(landings) => {
            for (job, landings) in jobs.into_iter().zip(landings) {
                // Who went away will send again, and gets the same answer.
                drop(job.reply.send(Ok(landings)));
            }
        }
        Err(error) if again(&error) => return jobs,
        Err(StorageError::Database(sqlx::Error::Database(_)) | StorageError::Corrupt(_)) if jobs.len() > 1 => {
            for job in jobs {
                let landings = store(pool, keys, std::slice::from_ref(&job)).await;
                drop(job.reply.send(landings.map(|landings| landings.into_iter().flatten().collect())));
            }
        }
        Err(StorageError::Database(error)) => {
            let error = Arc::new(error);
            for job in jobs {
                drop(job.reply.send(Err(StorageError::Commit(error.clone()))));
            }
        }
        // Dropping the reply answers "stopping": not acknowledged.
        Err(_) => {}
    }
    Vec::new()
}

async fn store(pool: &Pool, keys: &Keys, jobs: &[Job]) -> Result<Vec<Vec<Landing>>, StorageError> {
    let mut tx = pool.begin_with(BEGIN_WRITE).await?;
    let mut founded = HashSet::new();
    let mut founding: Vec<_> = jobs.iter().filter_map(|job| Some((job.batch.journal, job.batch.founding.as_ref()?))).collect();
    // In one order, and before anything is held: who founds the same journal at once waits here.
    founding.sort_by_key(|(journal, _)| *journal);
    for (journal, new) in founding {
        if journals::found(&mut tx, journal, new).await? == Some(true) {
            founded.insert(journal);
        }
    }
    let devices: Vec<_> = jobs.iter().map(|job| bytes(job.batch.device.0)).collect();
    let journals: Vec<_> = jobs.iter().map(|job| bytes(job.batch.journal.0)).collect();
    hold(&mut tx, &devices, &journals).await?;
    let batches: Vec<&Batch> = jobs.iter().map(|job| &job.batch).collect();
    let landings = append::judged(&mut tx, keys.get()?, &batches).await?;
    for (batch, landings) in batches.iter().zip(&landings) {
        if landings.iter().any(|landing| !matches!(landing, Landing::Erased)) {
            founded.remove(&batch.journal);
        }
    }
    for journal in founded {
        journals::unfound(&mut tx, journal).await?;
    }
    tx.commit().await?;
    Ok(landings)
}
