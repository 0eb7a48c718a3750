//! A closed quarter, counted once and kept. The rules stand in [`crate::domain::summary`].
//!
//! It is counted when it is first asked for. What counts is what came in before the quarter closed, so it makes no difference when that is,
//! nor which of two servers does it: both count the same, and the first to store it wins. Only what may be printed is stored.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::Server;
use super::problem::ApiError;
use super::storage::{Pull, Pulled};
use crate::domain::quarter::Quarter;
use crate::domain::rights::may_read_summaries;
use crate::domain::summary::{Summary, count};
use crate::domain::{Caseload, Entry, JournalId, Payload, UserId};
use crate::sync::PAGE_LINES;
use crate::sync::wire::NeighbourhoodSummary;

/// A page of the journal while counting.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

impl Server {
    /// The last closed quarter of each neighbourhood whose summaries somebody may read now.
    pub(super) async fn summaries(&self, user: UserId, now: DateTime<Utc>) -> Result<Vec<NeighbourhoodSummary>, ApiError> {
        let mut summaries = Vec::new();
        for granted in self.storage.grants(user).await? {
            if may_read_summaries(granted.role, granted.kind) {
                let summary = self.summary(granted.journal, Quarter::last_closed(now), now).await?;
                summaries.push(NeighbourhoodSummary { neighbourhood: granted.name, summary });
            }
        }
        Ok(summaries)
    }

    async fn summary(&self, journal: JournalId, quarter: Quarter, now: DateTime<Utc>) -> Result<Option<Summary>, ApiError> {
        let kept = match self.storage.summary(journal, quarter).await? {
            Some(kept) => kept,
            None => {
                let Some(summary) = self.sum_up(journal, quarter).await? else { return Ok(None) };
                let summary = serde_json::to_string(&summary).context("writing a summary").map_err(ApiError::Internal)?;
                self.storage.freeze_summary(journal, quarter, &summary, now).await?
            }
        };
        serde_json::from_str(&kept).context("reading a summary").map(Some).map_err(ApiError::Internal)
    }

    /// `None` where nobody had begun before the quarter ended.
    async fn sum_up(&self, journal: JournalId, quarter: Quarter) -> Result<Option<Summary>, ApiError> {
        let mut caseload = Caseload::default();
        let mut lived = false;
        let mut after = 0;
        loop {
            let pull = Pull { journal, after, chain: None, lines: PAGE_LINES, bytes: PAGE_BYTES, erasures: u64::MAX };
            let Some(Pulled::Page { head, lines, .. }) = self.storage.pull(pull).await? else {
                return Err(ApiError::UnknownJournal);
            };
            let last = lines.last().map_or(head, |line| line.seq);
            for (seq, entry) in lines.into_iter().filter_map(|line| Some((line.seq, line.entry?))) {
                lived |= entry.received_at < quarter.ends();
                if entry.received_at < quarter.closes() {
                    caseload.apply(Entry {
                        id: entry.id,
                        author: entry.author,
                        device: entry.device,
                        n: entry.n,
                        seq: Some(seq),
                        received_at: Some(entry.received_at),
                        payload: Payload::parse(entry.payload.get()).ok(),
                    });
                }
            }
            if last >= head {
                break;
            }
            after = last;
        }
        Ok(lived.then(|| Summary::of(quarter, &count(&caseload, quarter))))
    }
}
