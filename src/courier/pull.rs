//! A page on its way into the store.

use std::collections::BTreeMap;

use super::{Courier, Desk, Office};
use crate::domain::{DeviceId, EntryId, JournalId, Payload, Subject};
use crate::store::vault::{Seals as _, VaultError};
use crate::store::{AddPage, OutboxRecord, Segment, Store};
use crate::sync::PAGE_LINES;
use crate::sync::chain::Bytes32;
use crate::sync::engine::{Fault, Pulled};
use crate::sync::held::{Cursor, OutboxState};
use crate::sync::wire::{Erased, Erasure, Line, Page, PullAnswer, Written};

impl<S: Store, O: Office> Courier<S, O> {
    pub(super) async fn pull<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        cursor: Option<Cursor>,
        outbox: &[OutboxRecord],
    ) -> Result<Pulled, Fault> {
        let answer = self.office.pull(journal, cursor).await?;
        let Some(after) = self.office.check(cursor, &answer)? else { return Ok(Pulled::Diverged) };
        let PullAnswer::Page(page) = answer else { return Ok(Pulled::Diverged) };
        let mut expected = cursor;
        if cursor.is_none() {
            // Nothing was pulled, but what lies set aside or half-written here may be about them.
            let (discard, records) = self.left_about(desk, journal, &page.erased, outbox).await?;
            self.discard(&discard).await.map_err(|_| Fault::Store)?;
            for name in records {
                self.store.remove_record(&name).await.map_err(|_| Fault::Store)?;
            }
        }
        if let Some(held) = cursor
            && !page.erased.is_empty()
        {
            let erased = Cursor { erasures: page.erasures, ..held };
            let done = self.erase(desk, journal, held, erased, &page.erased, outbox).await?;
            desk.read_again().await.map_err(|_| Fault::Store)?;
            if let AddPage::CursorMoved(now) = done {
                return Ok(Pulled::Moved(now));
            }
            expected = Some(erased);
        }
        self.keep(desk, journal, expected, after, page, outbox).await
    }

    async fn keep<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        cursor: Option<Cursor>,
        after: Cursor,
        page: Page,
        outbox: &[OutboxRecord],
    ) -> Result<Pulled, Fault> {
        let more = page.head > after.seq;
        if cursor == Some(after) {
            return Ok(Pulled::Stored { cursor: after, more, returned: Vec::new() });
        }
        let first = cursor.map_or(1, |cursor| cursor.seq + 1);
        let segment = if page.lines.is_empty() {
            None
        } else {
            let lines = serde_json::to_vec(&page.lines).map_err(|_| Fault::Broken)?;
            Some(desk.seals().seal_segment(journal, first, after.seq, &lines).await.map_err(|_| Fault::Store)?)
        };
        let returned = came_back(journal, after, &page.lines, outbox);
        let added = self.store.add_page(journal, cursor, after, segment.as_ref(), &returned).await.map_err(|_| Fault::Store)?;
        if let AddPage::CursorMoved(cursor) = added {
            // What another tab stored is to be shown here, too.
            desk.read_again().await.map_err(|_| Fault::Store)?;
            return Ok(Pulled::Moved(cursor));
        }
        if segment.is_some() {
            desk.lay(journal, page.lines);
            if !more {
                desk.relay().await.map_err(|_| Fault::Store)?;
                self.merge(desk, journal).await;
            }
        }
        Ok(Pulled::Stored { cursor: after, more, returned })
    }

    /// Carries erasures out: in the segments, in the outbox, in the drafts; one transaction.
    async fn erase<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        expected: Cursor,
        cursor: Cursor,
        erased: &[Erasure],
        outbox: &[OutboxRecord],
    ) -> Result<AddPage, Fault> {
        let gone: BTreeMap<u64, Bytes32> =
            erased.iter().flat_map(|erasure| &erasure.lines).map(|line| (line.seq, line.chain)).collect();
        let mut rewritten = Vec::new();
        for segment in self.store.segments(journal).await.map_err(|_| Fault::Store)? {
            if gone.range(segment.first..=segment.last).next().is_none() {
                continue;
            }
            let opened = desk.seals().open_segment(journal, &segment).await.map_err(|_| Fault::Store)?;
            let lines: Vec<Line> = serde_json::from_slice(&opened).map_err(|_| Fault::Store)?;
            let lines = serde_json::to_vec(&without(lines, &gone)).map_err(|_| Fault::Broken)?;
            let sealed = desk.seals().seal_segment(journal, segment.first, segment.last, &lines).await;
            rewritten.push(sealed.map_err(|_| Fault::Store)?);
        }
        let (discard, records) = self.left_about(desk, journal, erased, outbox).await?;
        let done = self.store.rewrite(journal, expected, cursor, &rewritten, &discard, &records).await;
        done.map_err(|_| Fault::Store)
    }

    /// What lies in the outbox and among the drafts about those who were erased.
    async fn left_about<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        erased: &[Erasure],
        outbox: &[OutboxRecord],
    ) -> Result<(Vec<(DeviceId, u64)>, Vec<String>), Fault> {
        let (mut discard, mut records) = (Vec::new(), Vec::new());
        for subject in erased.iter().filter_map(|erasure| erasure.subject) {
            discard.extend(self.about(desk, journal, subject, outbox).await?);
            records.extend(desk.drafts_about(subject).await);
        }
        Ok((discard, records))
    }

    /// The records of the outbox about somebody that the server does not take any more. What still waits is pushed, and the
    /// server says what becomes of it.
    async fn about<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        subject: Subject,
        outbox: &[OutboxRecord],
    ) -> Result<Vec<(DeviceId, u64)>, Fault> {
        let mut about = Vec::new();
        for record in outbox.iter().filter(|record| record.journal == journal && record.state != OutboxState::Waiting) {
            let opened = match desk.seals().open_entry(record).await {
                // Damaged on this phone's disk: nobody knows about whom it is.
                Err(VaultError::DoesNotOpen) => continue,
                opened => opened.map_err(|_| Fault::Store)?,
            };
            let written: Option<Written> = serde_json::from_slice(&opened).ok();
            let payload = written.and_then(|written| Payload::parse(written.payload.get()).ok());
            if payload.is_some_and(|payload| payload.subject == subject) {
                about.push((record.device, record.n));
            }
        }
        Ok(about)
    }

    /// Puts small segments together, off the save path: opening the app reads few large records instead of many small ones.
    async fn merge<D: Desk>(&self, desk: &D, journal: JournalId) {
        const MANY: usize = 8;
        let Ok(segments) = self.store.segments(journal).await else { return };
        let small: Vec<&Segment> = segments.iter().rev().take_while(|s| s.last - s.first + 1 < PAGE_LINES as u64).collect();
        if small.len() < MANY {
            return;
        }
        let mut lines: Vec<Line> = Vec::new();
        for segment in small.iter().rev() {
            let Ok(opened) = desk.seals().open_segment(journal, segment).await else { return };
            let Ok(more) = serde_json::from_slice::<Vec<Line>>(&opened) else { return };
            lines.extend(more);
        }
        let (Some(first), Some(last)) = (small.last().map(|s| s.first), small.first().map(|s| s.last)) else { return };
        let Ok(bytes) = serde_json::to_vec(&lines) else { return };
        let Ok(chunk) = desk.seals().seal_segment(journal, first, last, &bytes).await else { return };
        let mut firsts: Vec<u64> = small.iter().map(|segment| segment.first).collect();
        firsts.sort_unstable();
        // If it can't be merged now, it is merged another time.
        let _ = self.store.merge(journal, &firsts, &chunk).await;
    }
}

/// What leaves the outbox with a page: the entries in it, and what was acknowledged under a number that comes erased.
fn came_back(journal: JournalId, after: Cursor, lines: &[Line], outbox: &[OutboxRecord]) -> Vec<EntryId> {
    let mut returned = Vec::new();
    for line in lines {
        match line {
            Line::Entry(entry) => returned.push(entry.id),
            Line::Erased(run) => returned.extend(outbox.iter().filter(|record| record.journal == journal).filter_map(|record| {
                let in_run = matches!(record.state, OutboxState::Sent { seq, epoch, .. }
                    if epoch == after.epoch && (run.from..=run.to).contains(&seq));
                in_run.then_some(record.id)
            })),
        }
    }
    returned
}

/// The same lines, with the erased ones as runs.
fn without(lines: Vec<Line>, gone: &BTreeMap<u64, Bytes32>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let erased = match &line {
            Line::Entry(entry) => gone.get(&entry.seq).map(|chain| Erased { from: entry.seq, to: entry.seq, chain: *chain }),
            Line::Erased(run) => Some(*run),
        };
        match (erased, kept.last_mut()) {
            (Some(run), Some(Line::Erased(last))) => (last.to, last.chain) = (run.to, run.chain),
            (Some(run), _) => kept.push(Line::Erased(run)),
            (None, _) => kept.push(line),
        }
    }
    kept
}
