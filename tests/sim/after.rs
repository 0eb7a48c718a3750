//! The office after a restore, and when somebody is erased.

use super::founding::reader;
use super::*;

impl Office {
    // --- After a restore -----------------------------------------------------------------------

    pub fn common(&self, cookie: Cookie, journal: JournalId, probes: &Probes) -> Result<Common, Fault> {
        let user = self.who(cookie)?;
        if !self.reads(user, journal) {
            return Err(Fault::Status(404, None));
        }
        if probes.probes.len() > PROBES {
            return Err(Fault::Status(413, None));
        }
        let ours = probes.probes.iter().rev().find(|probe| self.chain_at(journal, probe.seq) == probe.chain);
        Ok(Common { epoch: self.db.epoch, seq: ours.map_or(0, |probe| probe.seq) })
    }

    pub fn offer(&mut self, cookie: Cookie, journal: JournalId, offer: &Offer) -> Result<OfferAnswer, Fault> {
        let user = self.who(cookie)?;
        self.found_again(user, journal, offer)?;
        let results =
            offer.entries.iter().map(|entry| OfferResult { id: entry.id, outcome: self.judge_offer(user, journal, entry) });
        let results = results.collect();
        Ok(OfferAnswer { epoch: self.db.epoch, results })
    }

    pub(super) fn judge_offer(&mut self, user: UserId, journal: JournalId, entry: &StoredEntry) -> Offered {
        let commitment = chain::commitment(&entry.salt, entry.payload.get());
        let receipted = entry.receipt == self.receipt(journal, entry.id, entry.author, &commitment);
        let payload = Payload::parse(entry.payload.get()).ok();
        let subject = payload.as_ref().map(|payload| payload.subject);
        let reader = payload.as_ref().and_then(reader).cloned();
        let same = self.db.ids.get(&entry.id).copied();
        let found = Found {
            same_id: same.filter(|(of, _)| *of == journal).map(|(_, seq)| (seq, self.row(journal, seq).commitment)),
            id_elsewhere: same.is_some_and(|(of, _)| of != journal),
            same_n: self.db.numbers.get(&(entry.device, entry.n)).is_some_and(|other| *other != entry.id),
            target: None,
            erased: !self.ctl.has(Bug::ErasedComesBackByOffer) && self.is_erased(journal, entry.id, subject),
            founds: false,
        };
        let receipted = receipted || self.ctl.has(Bug::OfferWithoutReceipt);
        match intake::judge_offer(receipted, &commitment, &found) {
            None | Some(Verdict::Quarantine(_)) => Offered::Refused,
            Some(Verdict::Erased) => Offered::Erased,
            Some(Verdict::Known(seq)) => Offered::Stored { seq },
            Some(Verdict::Store { cloned }) => {
                let author = if self.ctl.has(Bug::OfferRenamesAuthor) { user } else { entry.author };
                let kind = payload.map_or_else(String::new, |payload| payload.body.kind().to_owned());
                let (device, n, salt) = (entry.device, entry.n, entry.salt);
                let text = entry.payload.clone();
                let seq =
                    self.append_row(journal, author, device, n, entry.id, salt, text, kind, subject, cloned, entry.received_at);
                self.ctl.count(|stats| stats.offered += 1);
                if let Some(reader) = reader {
                    self.said.insert(entry.id, reader.clone());
                    self.let_in_again(journal, author, &reader, entry.received_at);
                }
                Offered::Stored { seq }
            }
        }
    }

    /// The backup is put back. What stands in the keyring stays.
    pub fn restore(&mut self, backup: Db, careful: bool) {
        self.db = backup;
        if careful && !self.ctl.has(Bug::RestoreKeepsEpoch) {
            self.db.epoch = self.ctl.uuid();
        }
        if self.ctl.dies(Point::RestoreCopied) {
            self.ctl.0.server_down.set(true);
            return;
        }
        self.carry_out_erasures();
        if self.ctl.dies(Point::RestoreDone) {
            self.ctl.0.server_down.set(true);
        }
    }

    // --- Erasures ------------------------------------------------------------------------------

    pub fn is_erased(&self, journal: JournalId, id: EntryId, subject: Option<Subject>) -> bool {
        let mut ours = self.keyring.erasures.iter().filter(|(of, ..)| *of == journal);
        ours.any(|(_, of, ids)| (of.is_some() && subject == *of) || ids.contains(&id))
    }

    /// Puts somebody, or single entries, on the list, then takes the text away. The list is durable first.
    pub fn erase(&mut self, journal: JournalId, subject: Option<Subject>, mut ids: BTreeSet<EntryId>) {
        let rows = self.db.journals[&journal].rows.iter();
        ids.extend(rows.filter(|row| subject.is_some() && row.subject == subject).map(|row| row.id));
        self.keyring.erasures.push((journal, subject, ids));
        self.ctl.count(|stats| stats.erasures += 1);
        if self.ctl.dies(Point::EraseListed) {
            self.ctl.0.server_down.set(true);
            return;
        }
        self.carry_out(self.keyring.erasures.len() - 1);
        if self.ctl.dies(Point::EraseDone) {
            self.ctl.0.server_down.set(true);
        }
    }

    fn number_of(&self, journal: JournalId, upto: usize) -> u64 {
        self.keyring.erasures[..upto].iter().filter(|(of, ..)| *of == journal).count() as u64
    }

    /// At every start: what is on the list is carried out, if it is not already.
    pub fn carry_out_erasures(&mut self) {
        if self.ctl.has(Bug::RestoreForgetsErasures) {
            return;
        }
        for i in 0..self.keyring.erasures.len() {
            self.carry_out(i);
        }
    }

    fn carry_out(&mut self, i: usize) {
        let (journal, subject, ids) = &self.keyring.erasures[i];
        let number = self.number_of(*journal, i + 1);
        let spares = self.ctl.has(Bug::ErasureSparesQuarantine);
        let moves = self.ctl.has(Bug::ErasureMovesChain);
        let Some(held) = self.db.journals.get_mut(journal) else { return };
        let mut gone = 0;
        for row in &mut held.rows {
            let theirs = (subject.is_some() && row.subject == *subject) || ids.contains(&row.id);
            if theirs && row.payload.is_some() {
                gone += 1;
                let Row { id, author, device, n, ref kind, commitment, chain, received_at, cloned, .. } = **row;
                let (kind, salt) = (kind.clone(), Bytes32::default());
                let subject = row.subject;
                let new = Row {
                    id,
                    author,
                    device,
                    n,
                    kind,
                    commitment,
                    chain,
                    salt,
                    received_at,
                    cloned,
                    subject,
                    payload: None,
                    erasure: number,
                };
                *row = Rc::new(new);
            }
        }
        if moves && gone > 0 {
            held.rows.retain(|row| row.payload.is_some());
        }
        if !spares {
            held.quarantine.retain(|apart| {
                let theirs = (subject.is_some() && apart.subject == *subject) || apart.id.is_some_and(|id| ids.contains(&id));
                !theirs
            });
        }
        self.ctl.count(|stats| stats.erased_lines += gone);
    }
}
