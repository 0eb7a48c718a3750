//! The server was restored from a backup: back to the last number that we have in common, and what lay beyond is kept and
//! offered until the office has it again.

use std::collections::BTreeSet;

use super::book::read_stray;
use super::{Courier, Desk, Office};
use crate::domain::{Body, EntryId, JournalId, Payload, json};
use crate::store::vault::Seals as _;
use crate::store::{Sealed, Segment, Store};
use crate::sync::chain::{FOUNDED, START, commitment};
use crate::sync::engine::{Fault, Offers};
use crate::sync::held::{Cursor, stray_ends, stray_name, stray_prefix};
use crate::sync::wire::{Common, Line, Offer, Offered, Probe, Probes, StoredEntry};
use crate::sync::{MAX_BYTES, OFFERS, PROBES, intake};

impl<S: Store, O: Office> Courier<S, O> {
    /// Goes back. Gives the cursor that is held then; another one than ours if another tab was first.
    pub(super) async fn rewind<D: Desk>(&self, desk: &D, journal: JournalId, held: Cursor) -> Result<Option<Cursor>, Fault> {
        let segments = self.store.segments(journal).await.map_err(|_| Fault::Store)?;
        let mut opened = Vec::with_capacity(segments.len());
        for segment in &segments {
            let bytes = desk.seals().open_segment(journal, segment).await.map_err(|_| Fault::Store)?;
            opened.push(json::read::<Vec<Line>>(&bytes).map_err(|_| Fault::Store)?);
        }
        let ends = ends(opened.iter().flatten());
        let (epoch, common) = self.find_common(journal, &ends).await?;
        let cursor = Cursor { epoch, seq: common.seq, chain: common.chain, erasures: 0 };
        let (mut cut, mut strays) = (None, Vec::new());
        for (segment, lines) in segments.iter().zip(opened).filter(|(segment, _)| segment.last > cursor.seq) {
            let (stay, go): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.last() <= cursor.seq);
            if !stay.is_empty() {
                cut = Some(seal(desk, journal, segment.first, cursor.seq, &stay).await?);
            }
            let go: Vec<StoredEntry> =
                go.into_iter().filter_map(|line| if let Line::Entry(entry) = line { Some(*entry) } else { None }).collect();
            if !go.is_empty() {
                let name = stray_name(journal, &held, segment.first, segment.last);
                strays.push((name, seal(desk, journal, segment.first, segment.last, &go).await?.sealed));
            }
        }
        self.store.rewind(journal, held, cursor, cut.as_ref(), &strays).await.map_err(|_| Fault::Store)?;
        desk.read_again().await.map_err(|_| Fault::Store)?;
        self.store.cursor(journal).await.map_err(|_| Fault::Store)
    }

    /// The last of the phone's numbers that the server has with the same chain: what comes before it is the same on both sides.
    async fn find_common(&self, journal: JournalId, ends: &[Probe]) -> Result<(uuid::Uuid, Probe), Fault> {
        let start = Probe { seq: 0, chain: START };
        let (mut common, mut rest) = (start, ends);
        let mut epoch = None;
        loop {
            let step = rest.len().div_ceil(PROBES).max(1);
            // The last of each step, so that the last of all is among them.
            let probes: Vec<Probe> = rest.chunks(step).filter_map(|chunk| chunk.last().copied()).collect();
            let Common { epoch: theirs, seq } = self.office.common(journal, &Probes { probes: probes.clone() }).await?;
            if *epoch.get_or_insert(theirs) != theirs {
                return Err(Fault::Broken);
            }
            let found = probes.iter().rposition(|probe| probe.seq == seq);
            if let Some(found) = found {
                common = probes[found];
            } else if seq != 0 {
                return Err(Fault::Broken);
            }
            let after = found.map_or(0, |found| found + 1);
            let Some(next) = rest.chunks(step).nth(after).filter(|chunk| chunk.len() > 1) else { return Ok((theirs, common)) };
            // Its last is known to be another.
            rest = &next[..next.len() - 1];
        }
    }

    /// Offers what has not come back. What has leaves the strays.
    pub(super) async fn offer<D: Desk>(&self, desk: &D, journal: JournalId) -> Result<Offers, Fault> {
        let (mut left, mut refused) = (0, false);
        let names = self.store.record_names(&stray_prefix(journal)).await.map_err(|_| Fault::Store)?;
        // Another tab may have gone back: what this one still has in memory has not come back.
        desk.read_again().await.map_err(|_| Fault::Store)?;
        for name in names {
            let held = read_stray(&*self.store, desk.seals(), journal, &name).await.map_err(|_| Fault::Store)?;
            let before = held.len();
            let mut stay: Vec<StoredEntry> = held.into_iter().filter(|entry| !desk.holds(journal, entry.id)).collect();
            let (erased, no) = self.offer_some(journal, &stay).await?;
            stay.retain(|entry| !erased.contains(&entry.id));
            refused |= no;
            left += stay.len();
            if stay.is_empty() {
                self.store.remove_record(&name).await.map_err(|_| Fault::Store)?;
            } else if stay.len() < before {
                let (first, last) = stray_ends(&name).ok_or(Fault::Store)?;
                let sealed: Sealed = seal(desk, journal, first, last, &stay).await?.sealed;
                self.store.put_record(&name, &sealed).await.map_err(|_| Fault::Store)?;
            }
        }
        desk.relay().await.map_err(|_| Fault::Store)?;
        Ok(Offers { left, refused })
    }

    /// A journal is granted no more. If its founding lies here, the office may have lost all of it in a restore: then it is offered as it lies
    /// here, what strayed too, and the office founds it again by its own receipt. Whether that was taken.
    pub(super) async fn refound<D: Desk>(&self, desk: &D, journal: JournalId) -> Result<bool, Fault> {
        // Only a journal's founding makes an id of this version: no other is read for nothing.
        if journal.0.get_version_num() != FOUNDED {
            return Ok(false);
        }
        let mut entries: Vec<StoredEntry> = Vec::new();
        for segment in self.store.segments(journal).await.map_err(|_| Fault::Store)? {
            let opened = desk.seals().open_segment(journal, &segment).await.map_err(|_| Fault::Store)?;
            let lines: Vec<Line> = json::read(&opened).map_err(|_| Fault::Store)?;
            entries.extend(lines.into_iter().filter_map(|line| if let Line::Entry(entry) = line { Some(*entry) } else { None }));
        }
        for name in self.store.record_names(&stray_prefix(journal)).await.map_err(|_| Fault::Store)? {
            entries.extend(read_stray(&*self.store, desk.seals(), journal, &name).await.map_err(|_| Fault::Store)?);
        }
        let founds = |entry: &StoredEntry| {
            let payload = Payload::parse(entry.payload.get()).ok();
            payload.is_some_and(|payload| {
                intake::founding(journal, entry.author, &commitment(&entry.salt, entry.payload.get()), &payload).is_some()
            })
        };
        // Nothing else can be offered without it. It stood first, but after a restore others may have come before it.
        let Some(first) = entries.iter().position(founds) else { return Ok(false) };
        entries[..=first].rotate_right(1);
        // Behind it who was let in since: perhaps it is only by these that the others are taken from us.
        let lets_in = |entry: &StoredEntry| {
            Payload::parse(entry.payload.get()).is_ok_and(|payload| matches!(payload.body, Body::Reader(_)))
        };
        entries[1..].sort_by_cached_key(|entry| !lets_in(entry));
        match self.offer_some(journal, &entries).await {
            Ok(_) => Ok(true),
            // It is there, and not ours any more. (A 403 the office does not say here: that is something in between.)
            Err(Fault::Status(404, _)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    /// Which of them are erased, and whether any was refused.
    async fn offer_some(&self, journal: JournalId, entries: &[StoredEntry]) -> Result<(BTreeSet<EntryId>, bool), Fault> {
        let (mut erased, mut refused) = (BTreeSet::new(), false);
        let mut rest = entries;
        while !rest.is_empty() {
            let (some, later) = rest.split_at(as_many_as_fit(rest));
            rest = later;
            let answer = self.office.offer(journal, &Offer { entries: some.to_vec() }).await?;
            for result in answer.results {
                match result.outcome {
                    Offered::Stored { .. } => {}
                    Offered::Erased => drop(erased.insert(result.id)),
                    Offered::Refused => refused = true,
                }
            }
        }
        Ok((erased, refused))
    }
}

/// How many of them go into one offer: half of what a body may have, since escapes make a text longer.
fn as_many_as_fit(entries: &[StoredEntry]) -> usize {
    let mut bytes = 0;
    let fits = entries.iter().take(OFFERS).take_while(|entry| {
        bytes += 512 + entry.payload.get().len();
        bytes <= MAX_BYTES / 2
    });
    fits.count().max(1)
}

/// Where each line ends, and the chain there.
fn ends<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<Probe> {
    let mut chain = START;
    lines
        .map(|line| {
            chain = match line {
                Line::Entry(_) => line.folded_on(&chain).unwrap_or_default(),
                Line::Erased(run) => run.chain,
            };
            Probe { seq: line.last(), chain }
        })
        .collect()
}

async fn seal<D: Desk>(
    desk: &D,
    journal: JournalId,
    first: u64,
    last: u64,
    lines: &impl serde::Serialize,
) -> Result<Segment, Fault> {
    let bytes = serde_json::to_vec(lines).map_err(|_| Fault::Broken)?;
    desk.seals().seal_segment(journal, first, last, &bytes).await.map_err(|_| Fault::Store)
}
