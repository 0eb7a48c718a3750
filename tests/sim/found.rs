//! Somebody founds a closed journal on a phone, or tries to found another's.

use waakvlam::domain::body::{Body, Founding};
use waakvlam::domain::guarding::{self, File};
use waakvlam::domain::{HouseholdId, Payload};
use waakvlam::sync::chain;
use waakvlam::sync::wire::{Blob, Push, SealedRecord, Written};

use super::*;
use crate::office::Founded;

/// A device holds ten journals; here there are never so many.
const MOST: usize = 4;

impl World {
    /// All journals: those that were there, and those founded on phones, also where the office does not know of them.
    pub fn all_journals(&self) -> Vec<JournalId> {
        let office = self.net.office.borrow();
        self.journals.iter().copied().chain(office.founded.borrow().keys().copied()).collect()
    }

    /// Founds a closed journal with a worry in it, as the app does: offline as well as online.
    pub(super) fn found(&mut self, phone: usize) {
        let founded = Rc::clone(&self.net.office.borrow().founded);
        let Some((tab, desk)) = self.open_tab(phone).filter(|_| founded.borrow().len() < MOST) else { return };
        let neighbourhood = self.journals[0];
        if !desk.me.borrow().journals.iter().any(|granted| granted.journal == neighbourhood) {
            return;
        }
        let (ctl, user) = (self.ctl.clone(), self.phones[phone].user);
        let mut with: Vec<UserId> = self.users.iter().copied().filter(|other| *other != user && ctl.one_in(3)).collect();
        with.truncate(2);
        let lead = with.first().copied().unwrap_or(user);
        let subject = Subject::Household(HouseholdId(ctl.uuid()));
        let word = format!("W{:016x}", ctl.draw());
        let pen = self.pen(phone, tab);
        let at = pen.now();
        let about = move |body: Body| Payload { written_at: at, clock_ahead_ms: None, subject, group: None, body };
        let founding = Founding { neighbourhood, with: with.clone() };
        let begins = guarding::begin(subject, founding, write::concern(&ctl, &word));
        let mut salt = [0; 32];
        salt.chunks_exact_mut(8).for_each(|part| part.copy_from_slice(&ctl.draw().to_le_bytes()));
        let (id, salt) = (EntryId(ctl.uuid()), Bytes32(salt));
        let first = about(begins[0].1.clone());
        let text = first.write().unwrap();
        let journal = chain::founded(user, &chain::commitment(&salt, text.get()));
        ctl.say(|| format!("  phone {phone} founds {journal}"));
        founded.borrow_mut().insert(journal, Founded { founder: user, with: with.into_iter().collect(), id, salt, text });
        let task = async move {
            // A phone that has no room for the key makes one with the first page that comes.
            let _ = desk.book.seals().add_journal(&**desk.book.store(), journal).await;
            if !pen.keep(&desk, journal, id, salt, first, None).await {
                return;
            }
            for (_, body) in begins.into_iter().skip(1) {
                if !pen.write(&desk, journal, about(body), Some(word.clone())).await {
                    return;
                }
            }
            let _ = waakvlam::courier::Desk::read_again(&*desk).await;
            // What colleagues see of it.
            for (_, body) in guarding::tell(subject, None, journal, lead, true) {
                pen.write(&desk, neighbourhood, about(body), None).await;
            }
            pen.done();
        };
        self.begin(phone, tab, task);
    }

    /// Who has a closed journal on their screen lets somebody in, or takes somebody off, if the app offers them that.
    pub(super) fn let_in(&mut self, phone: usize) {
        let Some((tab, desk)) = self.open_tab(phone) else { return };
        let (journal, me) = (desk.journal.get(), self.phones[phone].user);
        let Some(file) = File::of(&desk.view.borrow().caseload) else {
            // It is opened first.
            let founded = Rc::clone(&self.net.office.borrow().founded);
            let here: Vec<JournalId> = founded.borrow().keys().copied().filter(|journal| self.lies_on(phone, *journal)).collect();
            if let Some(journal) = here.get(self.ctl.below(here.len())) {
                desk.journal.set(*journal);
                self.phones[phone].tabs[tab].tell(Told::CameElsewhere);
            }
            return;
        };
        let whom = self.users[self.ctl.below(self.users.len())];
        let office = self.net.office.borrow();
        let as_what = office.granted(whom, self.journals[0]).unwrap_or(Role::Worker);
        drop(office);
        let role = desk.me.borrow().journals.iter().find(|granted| granted.journal == journal).map(|granted| granted.role);
        let reads = !self.ctl.one_in(3);
        let Some((subject, body)) = file.let_in(me, role.unwrap_or(Role::Worker), whom, as_what, reads) else { return };
        self.ctl.say(|| format!("  phone {phone} says that {whom} reads {journal}: {reads}"));
        let pen = self.pen(phone, tab);
        let payload = Payload { written_at: pen.now(), clock_ahead_ms: None, subject, group: None, body };
        let task = async move {
            if pen.write(&desk, journal, payload, None).await {
                pen.done();
            }
        };
        self.begin(phone, tab, task);
    }

    /// Somebody who knows of a journal, and what it was founded with, founds it as theirs: nobody has it so.
    pub(super) fn found_anothers(&mut self, phone: usize) {
        let Phone { user, disk, .. } = &self.phones[phone];
        let (user, disk) = (*user, disk.raw());
        let (device, key) = now(async { (disk.counter().await.unwrap().0, disk.key(None).await.unwrap()) });
        let key = key.and_then(|key| Some(u64::from_le_bytes(key.0.try_into().ok()?)));
        let office = self.net.office.borrow();
        let founded = office.founded.borrow();
        let all: Vec<_> = founded.iter().filter(|(_, founded)| founded.founder != user).collect();
        let (Some((journal, founded)), Some(key)) = (all.get(self.ctl.below(all.len())), key) else { return };
        self.ctl.count(|stats| stats.forged += 1);
        let n = 1 << 40;
        let written = Written { id: EntryId(self.ctl.uuid()), n, salt: founded.salt, payload: founded.text.clone() };
        let Sealed(sealed) = crate::seals::seal(key, (device, **journal, n), &serde_json::to_vec(&written).unwrap());
        let push = Push { device, records: vec![SealedRecord { n, sealed: Blob(sealed) }] };
        if matches!(office.takes(device, **journal, &push), Ok(Some(_))) {
            self.wrongs.say("forged", || format!("phone {phone} founds {journal}, which is another's"));
        }
    }
}
