//! Whether requests are welcome, asked of the database at most once in a while.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::problem::ApiError;
use super::storage::Storage;

/// So long an answer holds.
const HOLDS: Duration = Duration::from_secs(1);

/// When the database last was well. Who asks while somebody else asks, waits for that answer.
#[derive(Default)]
pub(super) struct Ready(Mutex<Option<Instant>>);

impl Ready {
    pub(super) async fn ask(&self, storage: &dyn Storage) -> Result<(), ApiError> {
        let mut last = self.0.lock().await;
        if last.is_some_and(|at| at.elapsed() < HOLDS) {
            return Ok(());
        }
        *last = None;
        storage.ping().await?;
        *last = Some(Instant::now());
        Ok(())
    }
}
