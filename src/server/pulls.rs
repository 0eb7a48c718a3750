//! A pull: the grant checked, then one page read. See [`crate::sync`] for the protocol.

use uuid::Uuid;

use super::Server;
use super::problem::ApiError;
use super::storage::{Pull, Pulled, Row};
use crate::domain::{JournalId, UserId};
use crate::sync::PAGE_LINES;
use crate::sync::chain::Bytes32;
use crate::sync::wire::{Erased, Line, Page, PullAnswer, StoredEntry};

/// A page ends with the line that reaches this.
const PAGE_BYTES: usize = 1024 * 1024;

impl Server {
    /// The lines after a number, for somebody who may read the journal now.
    pub(super) async fn pull(
        &self,
        user: UserId,
        journal: JournalId,
        after: u64,
        epoch: Option<Uuid>,
        chain: Option<Bytes32>,
        erasures: u64,
    ) -> Result<PullAnswer, ApiError> {
        self.reads(user, journal).await?;
        let pull = Pull { journal, after, chain, lines: PAGE_LINES, bytes: PAGE_BYTES, erasures };
        let pulled = self.storage.pull(pull).await?.ok_or(ApiError::UnknownJournal)?;
        let ours = self.installation.epoch;
        Ok(match pulled {
            Pulled::Diverged { head } => PullAnswer::Diverged { epoch: ours, head },
            Pulled::Page { head, .. } if epoch.is_some_and(|theirs| theirs != ours) => PullAnswer::Diverged { epoch: ours, head },
            Pulled::Page { head, chain, lines, erasures, erased } => {
                let lines = self.lines(journal, lines);
                PullAnswer::Page(Page { epoch: ours, head, chain, lines, erasures, erased })
            }
        })
    }

    fn lines(&self, journal: JournalId, rows: Vec<Row>) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::with_capacity(rows.len());
        let mut before = None;
        for Row { seq, chain, entry } in rows {
            match (entry, lines.last_mut()) {
                (Some(entry), _) => lines.push(Line::Entry(Box::new(StoredEntry {
                    seq,
                    id: entry.id,
                    author: entry.author,
                    device: entry.device,
                    n: entry.n,
                    received_at: entry.received_at,
                    salt: entry.salt,
                    receipt: self.keyring.receipt(journal, entry.id, entry.author, &entry.commitment),
                    payload: entry.payload,
                }))),
                // Erased numbers that touch are one run.
                (None, Some(Line::Erased(run))) => (run.to, run.chain) = (seq, chain),
                (None, _) => lines.push(Line::Erased(Erased { from: seq, to: seq, chain, before })),
            }
            before = Some(chain);
        }
        lines
    }
}
