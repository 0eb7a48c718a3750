//! A page on its way into the store.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;

use super::trip::{Ahead, Answer, Checked, Trip};
use super::{Courier, Desk, Office};
use crate::domain::{DeviceId, EntryId, JournalId, Payload, Subject, json};
use crate::store::vault::{Seals as _, VaultError};
use crate::store::{AddPage, Store};
use crate::sync::PAGE_LINES;
use crate::sync::chain::Bytes32;
use crate::sync::engine::{Fault, Pulled};
use crate::sync::held::{Cursor, OutboxState, erased_prefix};
use crate::sync::wire::{Erased, Erasure, Line, Page, PullAnswer, Written, join_lines, write_lines};

/// Pages are stored together until they have so many lines.
const TOGETHER: usize = 2 * PAGE_LINES;

impl<S: Store, O: Office> Courier<S, O> {
    pub(super) async fn pull<'a, D: Desk>(
        &'a self,
        desk: &D,
        journal: JournalId,
        cursor: Option<Cursor>,
        trip: &Trip<'a>,
    ) -> Result<Pulled, Fault> {
        let mut asked = trip.take_ahead(journal, cursor).unwrap_or_else(|| {
            let ask = move |cursor| -> Answer<'a> { Box::pin(self.ask_page(journal, cursor)) };
            Ahead::new(Rc::new(ask), cursor)
        });
        let Some((mut page, mut after)) = asked.come().await? else { return Ok(Pulled::Diverged) };
        let mut next = asked.next;
        // What has come meanwhile goes into the same transaction: so storing is never slower than fetching.
        while page.erased.is_empty()
            && page.lines.len() < TOGETHER
            && let Some(more) = &mut next
            && let Some((another, further)) = more.here()
        {
            page.lines.extend(another.lines);
            (page.head, page.chain, after) = (another.head, another.chain, further);
            next = more.next.take();
        }
        let keep: Pin<Box<dyn Future<Output = _> + '_>> = Box::pin(self.take(desk, journal, cursor, after, page, trip));
        let Some(mut next) = next else { return keep.await };
        // The office looks up the next pages while this one is being stored.
        let kept = next.beside(keep).await?;
        trip.keep_ahead(journal, *next);
        Ok(kept)
    }

    async fn ask_page(&self, journal: JournalId, cursor: Option<Cursor>) -> Result<Checked, Fault> {
        let answer = self.office.pull(journal, cursor).await?;
        let after = self.office.check(cursor, &answer)?;
        Ok(match (answer, after) {
            (PullAnswer::Page(page), Some(after)) => Some((page, after)),
            _ => None,
        })
    }

    /// Carries out what a page says was erased, then keeps it.
    async fn take<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        cursor: Option<Cursor>,
        after: Cursor,
        page: Page,
        trip: &Trip<'_>,
    ) -> Result<Pulled, Fault> {
        let mut expected = cursor;
        if !page.erased.is_empty() {
            self.note_erased(desk, journal, &page.erased).await?;
        }
        if let Some(held) = cursor
            && !page.erased.is_empty()
        {
            let erased = Cursor { erasures: page.erasures, ..held };
            let done = self.erase(desk, journal, held, erased, &page.erased).await?;
            desk.read_again().await.map_err(|_| Fault::Store)?;
            if let AddPage::CursorMoved(now) = done {
                return Ok(Pulled::Moved(now));
            }
            expected = Some(erased);
        }
        self.keep(desk, journal, expected, after, page, trip).await
    }

    async fn keep<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        cursor: Option<Cursor>,
        after: Cursor,
        page: Page,
        trip: &Trip<'_>,
    ) -> Result<Pulled, Fault> {
        let head = page.head;
        if cursor == Some(after) {
            self.sweep(desk, journal).await?;
            return Ok(Pulled::Stored { cursor: after, head, returned: Vec::new() });
        }
        let first = cursor.map_or(1, |cursor| cursor.seq + 1);
        if cursor.is_none() || trip.wants_key(journal) {
            // Another tab may have taken the journal off, and the key that this one has in memory with it; and pulled it again since.
            desk.seals().add_journal(&*self.store, journal).await.map_err(|_| Fault::Store)?;
        }
        let segment = if page.lines.is_empty() {
            None
        } else {
            let lines = write_lines(&page.lines);
            Some(desk.seals().seal_segment(journal, first, after.seq, &lines).await.map_err(|_| Fault::Store)?)
        };
        // What was erased leaves by its subject, or when it is asked after again: a number alone may be another entry's since a restore.
        let entries = page.lines.iter().filter_map(|line| if let Line::Entry(entry) = line { Some(entry.id) } else { None });
        let returned: Vec<EntryId> = entries.collect();
        let added = self.store.add_page(journal, cursor, after, segment.as_ref(), &returned).await.map_err(|_| Fault::Store)?;
        if let AddPage::CursorMoved(cursor) = added {
            // What another tab stored is to be shown here, too.
            desk.read_again().await.map_err(|_| Fault::Store)?;
            return Ok(Pulled::Moved(cursor));
        }
        if segment.is_some() {
            desk.lay(journal, cursor, after, page.lines);
            if head == after.seq {
                desk.relay().await.map_err(|_| Fault::Store)?;
                self.merge(desk, journal, after).await;
            }
        }
        if head == after.seq {
            self.sweep(desk, journal).await?;
        }
        Ok(Pulled::Stored { cursor: after, head, returned })
    }

    /// Carries erasures out: in the segments, in the outbox, in the drafts; one transaction.
    async fn erase<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        expected: Cursor,
        cursor: Cursor,
        erased: &[Erasure],
    ) -> Result<AddPage, Fault> {
        let gone: BTreeMap<u64, Bytes32> =
            erased.iter().flat_map(|erasure| &erasure.lines).map(|line| (line.seq, line.chain)).collect();
        let mut rewritten = Vec::new();
        for segment in self.store.segments(journal).await.map_err(|_| Fault::Store)? {
            if gone.range(segment.first..=segment.last).next().is_none() {
                continue;
            }
            let opened = desk.seals().open_segment(journal, &segment).await.map_err(|_| Fault::Store)?;
            let lines: Vec<Line> = json::read(&opened).map_err(|_| Fault::Store)?;
            let lines = write_lines(&without(lines, &gone));
            let sealed = desk.seals().seal_segment(journal, segment.first, segment.last, &lines).await;
            rewritten.push(sealed.map_err(|_| Fault::Store)?);
        }
        let subjects: Vec<Subject> = erased.iter().filter_map(|erasure| erasure.subject).collect();
        let (discard, records) = self.left_about(desk, journal, &subjects).await?;
        let done = self.store.rewrite(journal, expected, cursor, &rewritten, &discard, &records).await;
        done.map_err(|_| Fault::Store)
    }

    /// Who was erased from this journal, as far as this phone was told.
    async fn erased<D: Desk>(&self, desk: &D, journal: JournalId) -> Result<Vec<Subject>, Fault> {
        let mut subjects = Vec::new();
        for name in self.store.record_names(&erased_prefix(journal)).await.map_err(|_| Fault::Store)? {
            let Some(sealed) = self.store.record(&name).await.map_err(|_| Fault::Store)? else { continue };
            let opened = desk.seals().open_record(&name, &sealed).await.map_err(|_| Fault::Store)?;
            subjects.push(json::read(&opened).map_err(|_| Fault::Store)?);
        }
        Ok(subjects)
    }

    /// Keeps in mind who was erased, before anything is carried out: a crash in between forgets nobody.
    async fn note_erased<D: Desk>(&self, desk: &D, journal: JournalId, erased: &[Erasure]) -> Result<(), Fault> {
        if erased.iter().any(|erasure| erasure.subject.is_none()) {
            // Single entries: which of them lie set apart here, only the office can say. They are sent once more.
            let outbox = self.store.outbox().await.map_err(|_| Fault::Store)?;
            let apart = |state| matches!(state, OutboxState::Quarantined { .. } | OutboxState::Refused);
            let apart = outbox.iter().filter(|record| record.journal == journal && apart(record.state));
            let again: Vec<_> = apart.map(|record| (record.device, record.n, OutboxState::Waiting)).collect();
            self.store.mark(&again).await.map_err(|_| Fault::Store)?;
        }
        for subject in erased.iter().filter_map(|erasure| erasure.subject) {
            let id = match subject {
                Subject::Place(id) => id.0,
                Subject::Household(id) => id.0,
                Subject::Person(id) => id.0,
            };
            let name = format!("{}{id}", erased_prefix(journal));
            let bytes = serde_json::to_vec(&subject).map_err(|_| Fault::Broken)?;
            let sealed = desk.seals().seal_record(&name, &bytes).await.map_err(|_| Fault::Store)?;
            self.store.put_record(&name, &sealed).await.map_err(|_| Fault::Store)?;
        }
        Ok(())
    }

    /// Takes away what came to lie here about somebody after they were erased: a draft that another tab was writing, an answer
    /// that was under way. Costs one read where nobody was erased.
    async fn sweep<D: Desk>(&self, desk: &D, journal: JournalId) -> Result<(), Fault> {
        let erased = self.erased(desk, journal).await?;
        if erased.is_empty() {
            return Ok(());
        }
        let (discard, records) = self.left_about(desk, journal, &erased).await?;
        self.discard(&discard).await.map_err(|_| Fault::Store)?;
        for name in records {
            self.store.remove_record(&name).await.map_err(|_| Fault::Store)?;
        }
        Ok(())
    }

    /// What lies in the outbox and among the drafts about those who were erased.
    async fn left_about<D: Desk>(
        &self,
        desk: &D,
        journal: JournalId,
        erased: &[Subject],
    ) -> Result<(Vec<(DeviceId, u64)>, Vec<String>), Fault> {
        let mut records = Vec::new();
        for subject in erased {
            records.extend(desk.drafts_about(*subject).await);
        }
        Ok((self.about(desk, journal, erased).await?, records))
    }

    /// The records of the outbox about them that the server does not take any more, as they are in the store now: what was loaded
    /// before may be behind. What still waits is pushed, and the server says what becomes of it.
    async fn about<D: Desk>(&self, desk: &D, journal: JournalId, erased: &[Subject]) -> Result<Vec<(DeviceId, u64)>, Fault> {
        let mut about = Vec::new();
        let outbox = self.store.outbox().await.map_err(|_| Fault::Store)?;
        for record in outbox.iter().filter(|record| record.journal == journal && record.state != OutboxState::Waiting) {
            let opened = match desk.seals().open_entry(record).await {
                // Damaged on this phone's disk: nobody knows about whom it is.
                Err(VaultError::DoesNotOpen) => continue,
                opened => opened.map_err(|_| Fault::Store)?,
            };
            let written: Option<Written> = json::read(&opened).ok();
            let payload = written.and_then(|written| Payload::parse(written.payload.get()).ok());
            if payload.is_some_and(|payload| erased.contains(&payload.subject)) {
                about.push((record.device, record.n));
            }
        }
        Ok(about)
    }

    /// Puts small segments together, off the save path: opening the app reads few large records instead of many small ones.
    async fn merge<D: Desk>(&self, desk: &D, journal: JournalId, cursor: Cursor) {
        const MANY: usize = 8;
        let Ok(mut firsts) = self.store.segment_firsts(journal).await else { return };
        // Each ends where the next one begins.
        let ends: Vec<u64> = firsts.iter().skip(1).map(|next| next - 1).chain([cursor.seq]).collect();
        // Eight of a size become one of the next: a line is merged three times at most, however slowly a journal grows.
        let smaller_than = |lines: usize| {
            let small = |(first, last): &(&u64, &u64)| last.saturating_sub(**first) < lines as u64;
            firsts.iter().zip(&ends).rev().take_while(small).count()
        };
        let mut sizes = [MANY, MANY * MANY, PAGE_LINES - 1].into_iter().map(smaller_than);
        let Some(small) = sizes.find(|small| *small >= MANY) else { return };
        let firsts = firsts.split_off(firsts.len() - small);
        let Ok(segments) = self.store.segments_from(journal, firsts[0]).await else { return };
        if !segments.iter().map(|segment| &segment.first).eq(&firsts) {
            return;
        }
        let mut opened = Vec::with_capacity(small);
        for segment in &segments {
            let Ok(lines) = desk.seals().open_segment(journal, segment).await else { return };
            opened.push(lines);
        }
        let (Some(lines), Some(last)) = (join_lines(&opened), segments.last().map(|segment| segment.last)) else { return };
        let Ok(chunk) = desk.seals().seal_segment(journal, firsts[0], last, &lines).await else { return };
        // If it can't be merged now, it is merged another time.
        let _ = self.store.merge(journal, cursor, &firsts, &chunk).await;
    }
}

/// The same lines, with the erased ones as runs.
fn without(lines: Vec<Line>, gone: &BTreeMap<u64, Bytes32>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let erased = match &line {
            Line::Entry(entry) => {
                gone.get(&entry.seq).map(|chain| Erased { from: entry.seq, to: entry.seq, chain: *chain, before: None })
            }
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
