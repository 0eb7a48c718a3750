//! The office and the closed journals that phones found: what `server::pushes`, `server::restored` and `storage::sql::journals` do,
//! over the model of the database.

use waakvlam::domain::body::{Founding, Reader};
use waakvlam::domain::rights::{founds, takes_off};

use super::*;

/// A closed journal that somebody founded on a phone, as they meant it. It stands in no database: what is true of it is held against this.
pub struct Founded {
    pub founder: UserId,
    pub with: BTreeSet<UserId>,
    /// Its first entry.
    pub id: EntryId,
    pub salt: Bytes32,
    pub text: Box<RawValue>,
}

/// A closed journal to found.
pub struct New {
    founder: UserId,
    neighbourhood: JournalId,
    with: Vec<UserId>,
}

impl Office {
    /// Whether a device may push here: who has, or had, a grant, or founds the journal with what is pushed.
    pub fn takes(&self, device: DeviceId, journal: JournalId, push: &Push) -> Result<Option<New>, Fault> {
        let Device { user, key } = self.db.devices.get(&device).ok_or(Fault::Status(401, None))?.clone();
        // A grant that was taken back still names the journal.
        if self.db.grants.contains_key(&(user, journal)) {
            return Ok(None);
        }
        let found = push.records.iter().find_map(|record| {
            let raw = seals::open(key, (device, journal, record.n), &record.sealed.0)?;
            let opened = intake::open(record.n, raw).ok()?;
            match &opened.payload.body {
                Body::Founding(founding) if self.ctl.has(Bug::FoundingOfAnother) => Some(founding.clone()),
                _ => intake::founding(journal, user, &opened.commitment, &opened.payload).cloned(),
            }
        });
        let Founding { neighbourhood, with } = found.ok_or(Fault::Status(404, None))?;
        self.works_in(user, neighbourhood).ok_or(Fault::Status(404, None))?;
        Ok(Some(New { founder: user, neighbourhood, with }))
    }

    /// As what somebody works, or worked, in a neighbourhood, and whether that was taken back.
    fn works_in(&self, user: UserId, neighbourhood: JournalId) -> Option<(Role, bool)> {
        let is = self.db.journals.get(&neighbourhood).is_some_and(|journal| journal.kind == JournalKind::Neighbourhood);
        let grant = self.db.grants.get(&(user, neighbourhood)).filter(|_| is).copied();
        grant.filter(|(role, _)| founds(*role))
    }

    /// Founds it, unless it is there. Whether it was not; none if its founder never worked there.
    pub(super) fn found(&mut self, journal: JournalId, new: &New) -> Option<bool> {
        let (role, revoked) = self.works_in(new.founder, new.neighbourhood)?;
        self.ctl.say(|| format!("  office founds {journal}, by {} {role:?} {revoked}, with {:?}", new.founder, new.with));
        if self.db.journals.contains_key(&journal) {
            return Some(false);
        }
        self.add_journal(journal, JournalKind::Closed, Some(new.neighbourhood));
        self.db.grants.insert((new.founder, journal), (role, revoked));
        let all =
            self.db.grants.iter().filter(|((_, of), (role, revoked))| *of == new.neighbourhood && !revoked && founds(*role));
        let there: Vec<(UserId, Role)> =
            all.map(|((user, _), (role, _))| (*user, *role)).filter(|(user, _)| *user != new.founder).collect();
        let supervised = there.iter().any(|(user, role)| *role == Role::Supervisor && new.with.contains(user));
        for (user, role) in there {
            let fallback = !supervised && role == Role::Supervisor;
            if new.with.contains(&user) || fallback || self.ctl.has(Bug::FoundingWider) {
                self.db.grants.insert((user, journal), (role, false));
            }
        }
        self.ctl.count(|stats| {
            stats.founded += 1;
            stats.founded_again += u64::from(!self.ever.insert(journal));
        });
        Some(true)
    }

    /// What was founded for nothing: all that was to be written in it was erased.
    pub(super) fn unfound(&mut self, journal: JournalId) {
        self.db.grants.retain(|(_, of), _| *of != journal);
        self.db.journals.remove(&journal);
    }

    /// Perhaps a restore lost it, with its grants: then it is founded again, as it was, by who has our receipt for its founding.
    pub(super) fn found_again(&mut self, user: UserId, journal: JournalId, offer: &Offer) -> Result<(), Fault> {
        if self.reads(user, journal) {
            return Ok(());
        }
        let forgets = self.ctl.has(Bug::RestoreForgetsFounding);
        let new = offer.entries.iter().find_map(|entry| self.refounds(journal, entry)).filter(|_| !forgets);
        let founds = new.as_ref().is_some_and(|new| self.found(journal, new).is_some());
        // Who was let in since, too: it may be only by these that the others are theirs.
        if founds {
            for entry in &offer.entries {
                let payload = Payload::parse(entry.payload.get()).ok();
                if payload.is_some_and(|payload| matches!(payload.body, Body::Founding(_) | Body::Reader(_))) {
                    self.judge_offer(user, journal, entry);
                }
            }
        }
        self.ctl.say(|| {
            format!(
                "  office is given {journal} again by {user}: founding {}, founds {founds}, reads {}",
                new.is_some(),
                self.reads(user, journal)
            )
        });
        if founds && self.reads(user, journal) {
            return Ok(());
        }
        if new.is_some() {
            self.told.borrow_mut().entry((user, journal)).or_default().push((self.ctl.now(), true));
        }
        Err(Fault::Status(404, None))
    }

    fn refounds(&self, journal: JournalId, entry: &StoredEntry) -> Option<New> {
        let commitment = chain::commitment(&entry.salt, entry.payload.get());
        if entry.receipt != self.receipt(journal, entry.id, entry.author, &commitment) {
            return None;
        }
        let payload = Payload::parse(entry.payload.get()).ok()?;
        let Founding { neighbourhood, with } = intake::founding(journal, entry.author, &commitment, &payload)?.clone();
        Some(New { founder: entry.author, neighbourhood, with })
    }

    /// Somebody reads a closed journal from now on, if they work in its neighbourhood; or no more.
    pub(super) fn let_in(&mut self, journal: JournalId, by: UserId, reader: &Reader, at: DateTime<Utc>, again: bool) {
        let whom = (reader.user, journal);
        let theirs = self.db.grants.get(&whom).copied();
        let works = |office: &Self, user| {
            let of = office.db.journals.get(&journal).filter(|journal| journal.kind == JournalKind::Closed)?.neighbourhood?;
            office.works_in(user, of)
        };
        self.ctl.count(|stats| {
            stats.let_in += 1;
            stats.let_in_again += u64::from(again);
        });
        self.ctl.say(|| format!("  office: {} reads {journal}: {}, by {by}, again {again}", reader.user, reader.reads));
        if reader.reads {
            let off = self.db.off.get(&whom).filter(|_| matches!(theirs, Some((_, true))));
            if again && off.is_some_and(|off| *off >= at) {
                return;
            }
            if let Some((role, false)) = works(self, reader.user) {
                self.db.grants.insert(whom, (role, false));
            }
            return;
        }
        let own = self.db.grants.get(&(by, journal)).copied().or_else(|| works(self, by)).map(|(role, _)| role);
        let role = theirs.or_else(|| works(self, reader.user)).map_or(Role::Worker, |(role, _)| role);
        if own.is_some_and(|own| takes_off(own, theirs.map_or(Role::Worker, |(role, _)| role))) {
            self.db.grants.insert(whom, (role, true));
            let off = self.db.off.entry(whom).or_insert(at);
            *off = at.max(*off);
        }
    }

    /// A restore lost it, and a phone gave it back: what was said last of them counts, in whatever order it comes back.
    pub(super) fn let_in_again(&mut self, journal: JournalId, by: UserId, reader: &Reader, at: DateTime<Utc>) {
        let last = self.last_said(journal, reader.user, true);
        let (by, reader, at) = last.unwrap_or_else(|| (by, reader.clone(), at));
        self.let_in(journal, by, &reader, at, true);
    }

    /// What was said last of whether somebody reads a closed journal, of all that stands in it; or of what is `legible`.
    fn last_said(&self, journal: JournalId, user: UserId, legible: bool) -> Option<(UserId, Reader, DateTime<Utc>)> {
        let said = self.lines(journal).filter(|(_, row)| row.payload.is_some() || !legible).filter_map(|(seq, row)| {
            let reader = self.said.get(&row.id).filter(|reader| reader.user == user)?;
            Some((row.received_at, seq, row.author, reader.clone()))
        });
        said.max_by_key(|(at, seq, ..)| (*at, *seq)).map(|(at, _, by, reader)| (by, reader, at))
    }

    /// A grant on the neighbourhood that is taken back takes those on its closed journals with it.
    pub fn close_with_neighbourhoods(&mut self) {
        if self.ctl.has(Bug::RevokedStaysInClosed) {
            return;
        }
        let (journals, grants, at) = (&self.db.journals, self.db.grants.clone(), self.at());
        for (whom @ (user, journal), (_, revoked)) in &mut self.db.grants {
            let of = journals.get(journal).and_then(|journal| journal.neighbourhood);
            let goes = of.is_some_and(|of| grants.get(&(*user, of)).is_some_and(|(_, revoked)| *revoked));
            if goes && !*revoked {
                *revoked = true;
                self.db.off.insert(*whom, at);
            }
        }
    }

    /// Whether somebody is one of those for whom a closed journal was founded, by what its founder meant: itself, whom it names, a supervisor
    /// (there may be none among them), who was let in since and not taken off, and whoever of them works in its neighbourhood now. Of other journals grants say it.
    pub fn is_for(&self, user: UserId, journal: JournalId) -> bool {
        let founded = self.founded.borrow();
        let Some(founded) = founded.get(&journal) else { return true };
        let of = self.db.journals.get(&journal).and_then(|journal| journal.neighbourhood);
        let works = of.and_then(|of| self.works_in(user, of)).is_some_and(|(_, revoked)| !revoked);
        let supervises = matches!(self.db.grants.get(&(user, journal)), Some((Role::Supervisor, _)));
        let said = self.last_said(journal, user, false).map(|(_, reader, _)| reader.reads);
        // A supervisor is taken off by another only: what a founder says of one has no effect.
        let is_meant = said.unwrap_or_else(|| founded.with.contains(&user)) || supervises;
        works && (founded.founder == user || is_meant)
    }
}

pub(super) fn reader(payload: &Payload) -> Option<&Reader> {
    if let Body::Reader(reader) = &payload.body { Some(reader) } else { None }
}
