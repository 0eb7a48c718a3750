//! What happens in a run: people write, phones die, servers are restored.

use chrono::{DateTime, Utc};
use waakvlam::courier::rounds::Rounds;
use waakvlam::domain::Payload;
use waakvlam::domain::guarding::File;

use super::*;
use crate::net::SimOffice;
use crate::office::Founded;
use crate::tab::Around;

/// What somebody writes with on a phone.
pub struct Pen {
    pub ctl: Ctl,
    book: Rc<RefCell<Book>>,
    skew: Rc<Cell<i64>>,
    pub user: UserId,
    phone: usize,
    rounds: Rc<Rounds<SimStore, SimOffice, Around>>,
    tell: Box<dyn Fn(Told)>,
    founded: Rc<RefCell<BTreeMap<JournalId, Founded>>>,
}

impl Pen {
    /// By the phone's clock.
    pub fn now(&self) -> DateTime<Utc> {
        write::at(self.ctl.now() as i64 + self.skew.get() - 1_000_000_000)
    }

    pub async fn write(&self, desk: &SimDesk, journal: JournalId, payload: Payload, word: Option<String>) -> bool {
        let id = EntryId(self.ctl.uuid());
        self.keep(desk, journal, id, Bytes32([(self.ctl.draw() & 255) as u8; 32]), payload, word).await
    }

    /// Whether it is saved: then a screen says so.
    pub async fn keep(
        &self,
        desk: &SimDesk,
        journal: JournalId,
        id: EntryId,
        salt: Bytes32,
        payload: Payload,
        word: Option<String>,
    ) -> bool {
        let Self { ctl, book, user, phone, .. } = self;
        let subject = payload.subject;
        book.borrow_mut().begun.insert(id);
        let Ok(entry) = desk.book.append(*user, journal, id, salt, payload).await else { return false };
        ctl.say(|| format!("  phone {phone} saved {id} as {} of {} in {journal}", entry.n, entry.device));
        ctl.count(|stats| stats.entries += 1);
        book.borrow_mut().saved.insert(id, Saved { journal, subject, author: *user, word, phone: *phone, at: ctl.now() });
        let mut view = desk.view.borrow_mut();
        if desk.journal.get() == journal {
            view.outbox.insert(id, waakvlam::store::OutboxState::Waiting);
            view.caseload.apply(entry);
        }
        true
    }

    /// The syncer may send it, and other tabs may show it.
    pub fn done(&self) {
        self.rounds.surroundings.saved.set(true);
        (self.tell)(Told::Wake);
    }
}

impl World {
    pub fn happen(&mut self) {
        let mut at = self.ctl.draw() % self.total;
        let act = self.odds.iter().find(|(weight, _)| at.checked_sub(*weight).map(|rest| at = rest).is_none());
        let act = act.map_or(Act::Wake, |(_, act)| *act);
        self.ctl.say(|| format!("{act:?}"));
        self.act(act);
        // Some time goes by; not all of what began is finished.
        let until = self.ctl.now() + [50, 500, 3_000, 20_000, 400_000][self.ctl.below(5)];
        for _ in 0..1 + self.ctl.below(120) {
            if !self.breathe() && !self.pass(until) {
                break;
            }
        }
    }

    fn some_journal(&self) -> JournalId {
        let all = self.all_journals();
        all[self.ctl.below(all.len())]
    }

    /// Whether a phone can show this journal: what was granted to its owner as far as it was told, or founded on it.
    pub(super) fn lies_on(&self, phone: usize, journal: JournalId) -> bool {
        let disk = self.phones[phone].disk.raw();
        now(async {
            disk.journals().await.unwrap().contains(&journal)
                || disk.outbox().await.unwrap().iter().any(|record| record.journal == journal)
        })
    }

    pub(super) fn some_phone(&self) -> usize {
        self.ctl.below(self.phones.len())
    }

    pub(super) fn act(&mut self, act: Act) {
        let phone = self.some_phone();
        let ctl = self.ctl.clone();
        match act {
            Act::Write => {
                // Who wants to write takes the phone out and opens it.
                if self.phones[phone].tabs.iter().all(|tab| tab.desk.is_none()) && !ctl.one_in(3) {
                    self.take_up(phone);
                }
                self.write(phone, 1 + self.ctl.below(self.burst));
            }
            Act::Draft => self.draft(phone),
            Act::Wake => self.phones[phone].tabs.iter().for_each(|tab| tab.tell(Told::Wake)),
            Act::Lock => {
                ctl.count(|stats| stats.locked += 1);
                for tab in &mut self.phones[phone].tabs {
                    tab.desk = None;
                    tab.tell(Told::Locked);
                }
            }
            Act::Open => self.take_up(phone),
            Act::Tab if self.phones[phone].tabs.len() < 3 => {
                ctl.count(|stats| stats.second_tabs += u64::from(!self.phones[phone].tabs.is_empty()));
                self.start_tab(phone);
            }
            Act::CloseTab if !self.phones[phone].tabs.is_empty() => {
                self.close_tab(phone, ctl.below(self.phones[phone].tabs.len()));
            }
            Act::Tab | Act::CloseTab => {}
            Act::Kill => self.kill(phone, false),
            Act::PowerCut => self.kill(phone, true),
            Act::Partition => {
                ctl.count(|stats| stats.partitions += 1);
                let until = ctl.now() + ctl.draw() % 600_000;
                let all = ctl.one_in(4);
                for (i, other) in self.phones.iter().enumerate() {
                    if all || i == phone {
                        other.link.cut_until.set(until);
                    }
                }
            }
            Act::Server => {
                ctl.count(|stats| stats.crashes += 1);
                ctl.0.server_down.set(true);
            }
            Act::Backup => {
                self.backups.push(self.net.office.borrow().db.clone());
            }
            Act::Restore => self.restore(),
            Act::Erase => self.erase(),
            Act::Grant => self.change_grant(),
            Act::Clock => {
                ctl.count(|stats| stats.clock_jumps += 1);
                let days = [-2 * 86_400_000, -600_000, 600_000, 86_400_000][ctl.below(4)];
                let skew = &self.phones[phone].skew;
                skew.set((skew.get() + days).max(500_000_000));
            }
            Act::Clone if self.phones.len() < 20 => self.copy(phone),
            Act::Clone => {}
            Act::Upgrade => {
                ctl.count(|stats| stats.upgrades += 1);
                self.phones[phone].link.outdated.set(false);
                self.kill(phone, false);
                self.start_tab(phone);
            }
            Act::Outdate => self.phones[phone].link.outdated.set(true),
            Act::Sessions => self.net.office.borrow_mut().end_sessions(),
            Act::Proxy => self.net.most.set([usize::MAX, 1, 2, 5][ctl.below(4)]),
            Act::Sick => {
                let journal = self.some_journal();
                self.net.sick.set(ctl.one_in(2).then_some(journal));
            }
            Act::Forge => {
                self.forge(phone);
                self.found_anothers(phone);
            }
            Act::Found => {
                if self.phones[phone].tabs.iter().all(|tab| tab.desk.is_none()) {
                    self.take_up(phone);
                }
                self.found(phone);
            }
            Act::LetIn => self.let_in(phone),
            Act::Switch => {
                let journal = self.some_journal();
                let lies_here = self.lies_on(phone, journal);
                for tab in &self.phones[phone].tabs {
                    if let Some(desk) = tab.desk.as_ref().filter(|_| lies_here) {
                        desk.journal.set(journal);
                        tab.tell(Told::CameElsewhere);
                    }
                }
            }
        }
    }

    /// Somebody opens the app on this phone, in a tab of it, and signs in if it asks for that.
    fn take_up(&mut self, phone: usize) {
        if self.phones[phone].tabs.is_empty() {
            self.start_tab(phone);
        }
        let tab = self.ctl.below(self.phones[phone].tabs.len());
        if self.phones[phone].tabs[tab].signed_out() {
            self.ctl.count(|stats| stats.signed_in_again += 1);
            self.sign_in(phone);
        } else if self.phones[phone].tabs[tab].desk.is_some() && self.phones[phone].tabs[tab].has_lock.get() {
            // It is open, and looked at again.
            return self.phones[phone].tabs[tab].tell(Told::Wake);
        }
        self.open(phone, tab);
    }

    /// A tab of a phone in which the account is open.
    pub(super) fn open_tab(&self, phone: usize) -> Option<(usize, Rc<SimDesk>)> {
        let tabs = &self.phones[phone].tabs;
        let open: Vec<usize> = (0..tabs.len()).filter(|i| tabs[*i].desk.is_some()).collect();
        let tab = *open.get(self.ctl.below(open.len()))?;
        Some((tab, tabs[tab].desk.clone()?))
    }

    pub(super) fn pen(&self, phone: usize, tab: usize) -> Pen {
        let Phone { tabs, user, skew, .. } = &self.phones[phone];
        let rounds = Rc::clone(&tabs[tab].rounds);
        let (tell, founded) = (Box::new(tabs[tab].teller()), Rc::clone(&self.net.office.borrow().founded));
        let (ctl, book, skew) = (self.ctl.clone(), Rc::clone(&self.book), Rc::clone(skew));
        Pen { ctl, book, skew, user: *user, phone, rounds, tell, founded }
    }

    /// Something goes on in a tab from now on.
    pub(super) fn begin(&mut self, phone: usize, tab: usize, task: impl Future<Output = ()> + 'static) {
        let tab = &mut self.phones[phone].tabs[tab];
        tab.tasks.push(Box::pin(task));
        tab.dying.wake();
    }

    /// Somebody writes so many things, one after the other, each about what is on the screen by then.
    pub(super) fn write(&mut self, phone: usize, many: usize) {
        let Some((tab, desk)) = self.open_tab(phone) else { return };
        let pen = self.pen(phone, tab);
        let task = async move {
            for _ in 0..many {
                let journal = desk.journal.get();
                // In a closed journal that was founded people write when they see what it is about, and before anybody was told of it.
                let may = if pen.founded.borrow().contains_key(&journal) {
                    File::of(&desk.view.borrow().caseload).is_some()
                } else {
                    desk.me.borrow().journals.iter().any(|granted| granted.journal == journal)
                };
                if !may {
                    return;
                }
                let texts = write::something(&pen.ctl, &desk.view.borrow().caseload, pen.user, pen.now());
                for write::Text { payload, word } in texts {
                    if !pen.write(&desk, journal, payload, word).await {
                        return;
                    }
                }
                // What is saved is sent at once; who taps fast is sent together.
                if pen.ctl.one_in(3) {
                    pen.done();
                }
            }
            pen.done();
        };
        self.begin(phone, tab, task);
    }

    /// Something half-written about a household, kept sealed.
    pub(super) fn draft(&mut self, phone: usize) {
        let Some(desk) = self.phones[phone].tabs.iter().find_map(|tab| tab.desk.clone()) else { return };
        let journal = desk.journal.get();
        let view = desk.view.borrow();
        let all: Vec<_> = view.caseload.households.keys().copied().collect();
        let Some(household) = all.get(self.ctl.below(all.len())) else { return };
        let subject = Subject::Household(*household);
        let word = format!("D{:016x}", self.ctl.draw());
        let name = SimDesk::draft_name(journal, subject);
        self.ctl.say(|| format!("  phone {phone} drafts {word} in {journal}"));
        let disk = self.phones[phone].disk.raw();
        now(async {
            let sealed = desk.book.seals().seal_record(&name, word.as_bytes()).await.unwrap();
            disk.put_record(&name, &sealed).await.unwrap();
        });
        self.book.borrow_mut().drafts.push((phone, journal, subject, word));
    }

    pub(super) fn restore(&mut self) {
        let backup = self.backups[self.ctl.below(self.backups.len())].clone();
        let careful = !self.ctl.one_in(4);
        self.restored = true;
        self.ctl.count(|stats| {
            stats.restores += 1;
            stats.careless_restores += u64::from(!careful);
        });
        self.ctl.say(|| format!("  restores {}", if careful { "with a new epoch" } else { "without a word" }));
        let held = checks::everybody_holds_their_own(self);
        let mut office = self.net.office.borrow_mut();
        let mut book = self.book.borrow_mut();
        for (journal, there) in &office.db.journals {
            let rows = office.lines(*journal).map(|(_, row)| row.id);
            for id in rows.chain(there.quarantine.iter().filter_map(|apart| apart.id)) {
                let holders = (0..self.phones.len()).filter(|phone| held[*phone].contains(&(id, *journal))).collect();
                book.at_risk.insert(id, Risk { journal: *journal, holders, at: self.ctl.now() });
            }
        }
        drop(book);
        office.restore(backup, careful);
        drop(office);
        if self.ctl.one_in(2) {
            self.put_grants_right();
        }
    }

    pub(super) fn erase(&mut self) {
        let journal = self.some_journal();
        let mut office = self.net.office.borrow_mut();
        let about: BTreeSet<Subject> = office
            .lines(journal)
            .filter_map(|(_, row)| row.subject.filter(|subject| matches!(subject, Subject::Household(_))))
            .collect();
        let about: Vec<_> = about.into_iter().collect();
        let mut subject = about.get(self.ctl.below(about.len())).copied();
        let mut ids = BTreeSet::new();
        if self.ctl.one_in(3) {
            // Somebody wrote what should not stand there: one entry goes.
            let (saved, there) = (&self.book.borrow().saved, office.lines(journal));
            let texts: Vec<EntryId> = there.filter(|(_, row)| saved.contains_key(&row.id)).map(|(_, row)| row.id).collect();
            ids.extend(texts.get(self.ctl.below(texts.len())));
            subject = None;
        }
        if (subject.is_some() || !ids.is_empty()) && !self.ctl.0.server_down.get() {
            self.ctl.say(|| format!("  erases {subject:?} {ids:?}"));
            office.erase(journal, subject, ids);
        }
    }

    pub(super) fn change_grant(&mut self) {
        let user = self.users[self.ctl.below(self.users.len())];
        let journal = self.journals[self.ctl.below(self.journals.len())];
        self.ctl.count(|stats| stats.grants_changed += 1);
        {
            let grant = self.wanted.entry((user, journal)).or_insert((Role::Worker, true));
            match self.ctl.below(3) {
                0 => *grant = (Role::Supervisor, false),
                1 => *grant = (Role::Worker, false),
                _ => grant.1 = true,
            }
        }
        self.put_grants_right();
    }

    pub(super) fn put_grants_right(&mut self) {
        // On what was founded nobody grants but its founding.
        let mut office = self.net.office.borrow_mut();
        office.db.grants.extend(self.wanted.iter().map(|(of, grant)| (*of, *grant)));
        office.close_with_neighbourhoods();
    }

    pub(super) fn copy(&mut self, phone: usize) {
        self.ctl.count(|stats| {
            stats.clones += 1;
            stats.devices += 1;
        });
        self.phones[phone].cloned = true;
        let Phone { user, disk, link, skew, no_locks, .. } = &self.phones[phone];
        let copied = Link::default();
        copied.cookie.set(link.cookie.get());
        let copy = Phone {
            user: *user,
            disk: disk.copied(),
            link: Rc::new(copied),
            skew: Rc::new(Cell::new(skew.get())),
            tabs: Vec::new(),
            no_locks: *no_locks,
            cloned: true,
        };
        self.phones.push(copy);
        let last = self.phones.len() - 1;
        // What this phone holds, the copy holds, too.
        let off = self.phones[phone].disk.destroyed.borrow();
        for risk in self.book.borrow_mut().at_risk.values_mut().filter(|risk| risk.holders.contains(&phone)) {
            if off.get(&risk.journal).is_none_or(|at| *at < risk.at) {
                risk.holders.insert(last);
            }
        }
        drop(off);
        self.start_tab(last);
        self.open(last, 0);
    }

    /// Somebody with a session offers an entry that was never taken.
    pub(super) fn forge(&mut self, phone: usize) {
        let journal = self.journals[self.ctl.below(self.journals.len())];
        let (payload, _) = write::door(99, PlaceId(self.ctl.uuid()));
        let entry = StoredEntry {
            seq: 1,
            id: EntryId(self.ctl.uuid()),
            author: UserId(self.ctl.uuid()),
            device: DeviceId(self.ctl.uuid()),
            n: 1,
            received_at: write::at(0),
            salt: Bytes32::default(),
            receipt: Bytes32([7; 32]),
            payload,
        };
        self.ctl.count(|stats| stats.forged += 1);
        let cookie = self.phones[phone].link.cookie.get();
        let _ = self.net.office.borrow_mut().offer(cookie, journal, &Offer { entries: vec![entry] });
        // Or under an id that is taken, with another text.
        let disk = self.phones[phone].disk.raw();
        let forged = now(async {
            let outbox = disk.outbox().await.unwrap();
            let record = outbox.into_iter().next()?;
            let opened = crate::seals::open(
                disk.key(None).await.unwrap().and_then(|key| Some(u64::from_le_bytes(key.0.try_into().ok()?)))?,
                (record.device, record.journal, record.n),
                &record.sealed.0,
            )?;
            let mut written: waakvlam::sync::wire::Written = serde_json::from_slice(opened).ok()?;
            written.salt = Bytes32([99; 32]);
            Some((record, written))
        });
        if let Some((record, written)) = forged {
            self.push_other_text(phone, &record, &written);
        }
    }

    /// A phone gone wrong pushes another text under an id that it has used.
    pub(super) fn push_other_text(
        &mut self,
        phone: usize,
        record: &waakvlam::store::OutboxRecord,
        written: &waakvlam::sync::wire::Written,
    ) {
        let disk = self.phones[phone].disk.raw();
        let key = now(disk.key(None)).unwrap().and_then(|key| Some(u64::from_le_bytes(key.0.try_into().ok()?)));
        let Some(key) = key else { return };
        let mut office = self.net.office.borrow_mut();
        let known = office.lines(record.journal).any(|(_, row)| row.id == record.id);
        if !known || self.ctl.0.server_down.get() {
            return;
        }
        let bytes = serde_json::to_vec(written).unwrap();
        let Sealed(sealed) = crate::seals::seal(key, (record.device, record.journal, record.n), &bytes);
        let records = vec![waakvlam::sync::wire::SealedRecord { n: record.n, sealed: waakvlam::sync::wire::Blob(sealed) }];
        let _ = office.store(record.device, record.journal, &waakvlam::sync::wire::Push { device: record.device, records });
    }
}
