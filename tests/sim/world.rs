//! One run: phones, people, an office, and everything that can go wrong; then it heals.

#[path = "acts.rs"]
mod acts;
#[path = "found.rs"]
mod found;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use waakvlam::domain::rights::{JournalKind, Role};
use waakvlam::domain::{DeviceId, EntryId, JournalId, PlaceId, Subject, UserId};
use waakvlam::store::vault::Seals as _;
use waakvlam::store::{Sealed, Store as _};
use waakvlam::sync::chain::Bytes32;
use waakvlam::sync::wire::{Offer, StoredEntry};

use super::checks::{self, Wrongs};
use super::ctl::Ctl;
use super::net::{Link, Net, Weather};
use super::office::{Db, Office};
use super::planted::Bug;
use super::seals::SimSeals;
use super::store::{Disk, SimStore};
use super::tab::{SimDesk, Tab, Told};
use super::task::{Dying, now, step};
use super::write;

/// An entry of which a screen said "Opgeslagen op deze telefoon".
pub struct Saved {
    pub journal: JournalId,
    pub subject: Subject,
    pub author: UserId,
    pub word: Option<String>,
    pub phone: usize,
    pub at: u64,
}

/// An entry that the office had when a backup was put back: who held it then, and when that was.
#[derive(Clone)]
pub struct Risk {
    pub journal: JournalId,
    pub holders: BTreeSet<usize>,
    pub at: u64,
}

pub struct Phone {
    pub user: UserId,
    pub disk: Rc<Disk>,
    pub link: Rc<Link>,
    pub skew: Rc<Cell<i64>>,
    pub tabs: Vec<Tab>,
    /// A browser without Web Locks: every tab syncs.
    pub no_locks: bool,
    pub cloned: bool,
}

#[derive(Default)]
pub struct Book {
    pub saved: HashMap<EntryId, Saved>,
    /// Everything that anybody began to write: what else stands in a journal was forged.
    pub begun: BTreeSet<EntryId>,
    /// What a restore may have lost: its last one at which the office had the entry.
    pub at_risk: HashMap<EntryId, Risk>,
    pub drafts: Vec<(usize, JournalId, Subject, String)>,
}

pub struct World {
    pub ctl: Ctl,
    pub net: Rc<Net>,
    pub phones: Vec<Phone>,
    pub journals: Vec<JournalId>,
    pub users: Vec<UserId>,
    pub book: Rc<RefCell<Book>>,
    backups: Vec<Db>,
    /// Who shall have what: a restore rolls the grants back, and the administrator puts them right.
    wanted: BTreeMap<(UserId, JournalId), (Role, bool)>,
    odds: Vec<(u64, Act)>,
    total: u64,
    pub restored: bool,
    /// When the weather cleared.
    pub cleared: u64,
    /// What was wrong on the way.
    pub wrongs: Wrongs,
    /// How many entries somebody writes in one go, at most.
    burst: usize,
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Write,
    Draft,
    Wake,
    Lock,
    Open,
    Tab,
    CloseTab,
    Kill,
    PowerCut,
    Partition,
    Server,
    Backup,
    Restore,
    Erase,
    Grant,
    Clock,
    Clone,
    Upgrade,
    Outdate,
    Sessions,
    Proxy,
    Sick,
    Forge,
    Found,
    LetIn,
    Switch,
}

impl World {
    pub fn new(ctl: &Ctl, actions: &mut usize) -> Self {
        let ctl = ctl.clone();
        let mut office = Office::new(&ctl);
        let many = ctl.one_in(12);
        let phones = if many { 9 + ctl.below(12) } else { 1 + ctl.below(6) };
        let journals: Vec<JournalId> = (0..1 + ctl.below(3)).map(|_| JournalId(ctl.uuid())).collect();
        *actions = 30 + ctl.below(if many { 220 } else { 170 });
        let book = Rc::new(RefCell::new(Book::default()));
        for (i, journal) in journals.iter().enumerate() {
            office.add_journal(*journal, if i == 0 { JournalKind::Neighbourhood } else { JournalKind::Closed }, None);
            for number in 1..=3 {
                let (payload, kind) = write::door(number, PlaceId(ctl.uuid()));
                let id = EntryId(ctl.uuid());
                let nobody = (UserId(uuid::Uuid::nil()), DeviceId(uuid::Uuid::nil()));
                office.append_row(
                    *journal,
                    nobody.0,
                    nobody.1,
                    0,
                    id,
                    Bytes32::default(),
                    payload,
                    kind,
                    None,
                    false,
                    write::at(0),
                );
                book.borrow_mut().begun.insert(id);
            }
        }
        let users: Vec<UserId> = (0..phones.div_ceil(1 + ctl.below(2))).map(|_| UserId(ctl.uuid())).collect();
        for (i, user) in users.iter().enumerate() {
            let role = if i % 3 == 2 { Role::Supervisor } else { Role::Worker };
            for (j, journal) in journals.iter().enumerate() {
                if j == i % journals.len() || !ctl.one_in(3) {
                    office.db.grants.insert((*user, *journal), (role, false));
                }
            }
        }
        let net = Net::new(&ctl, office);
        ctl.count(|stats| stats.journals += journals.len() as u64);
        let backups = vec![net.office.borrow().db.clone()];
        let (phones_now, odds) = (Vec::new(), Vec::new());
        let mut world = Self {
            ctl,
            net,
            phones: phones_now,
            journals,
            users,
            book,
            backups,
            odds,
            total: 0,
            restored: false,
            cleared: u64::MAX,
            wrongs: Wrongs::default(),
            burst: 1,
            wanted: BTreeMap::new(),
        };
        world.wanted.clone_from(&world.net.office.borrow().db.grants);
        world.burst = [1, 6, 24][world.ctl.below(3)];
        for i in 0..phones {
            world.add_phone(world.users[i % world.users.len()]);
        }
        world.backups = vec![world.net.office.borrow().db.clone()];
        world.choose_weather();
        world
    }

    /// Each seed has its own mix, so that rare things meet each other.
    fn choose_weather(&mut self) {
        let some = |ctl: &Ctl, all: &[u64]| all[ctl.below(all.len())];
        let ctl = self.ctl.clone();
        let weather = Weather {
            lose: some(&ctl, &[0, 4, 10, 40]),
            double: some(&ctl, &[0, 5, 20]),
            garble: some(&ctl, &[0, 0, 10, 30]),
            refuse: some(&ctl, &[0, 0, 8, 40]),
            slow: some(&ctl, &[0, 4, 20]),
        };
        self.net.weather.set(weather);
        ctl.0.crash_one_in.set(some(&ctl, &[60, 200, 800, u64::MAX]));
        let always = [(60, Act::Write), (12, Act::Wake), (6, Act::Open), (2, Act::Switch)];
        let sometimes = [
            (2, Act::Draft),
            (3, Act::Lock),
            (2, Act::Tab),
            (2, Act::CloseTab),
            (3, Act::Kill),
            (3, Act::PowerCut),
            (6, Act::Partition),
            (3, Act::Server),
            (2, Act::Backup),
            (1, Act::Restore),
            (2, Act::Erase),
            (3, Act::Grant),
            (3, Act::Clock),
            (1, Act::Clone),
            (2, Act::Upgrade),
            (1, Act::Outdate),
            (1, Act::Sessions),
            (2, Act::Proxy),
            (2, Act::Sick),
            (2, Act::Forge),
            (2, Act::Found),
            (8, Act::LetIn),
        ];
        self.odds.extend(always);
        for (weight, act) in sometimes {
            if !ctl.one_in(3) {
                self.odds.push((weight * some(&ctl, &[1, 1, 1, 6]), act));
            }
        }
        self.total = self.odds.iter().map(|(weight, _)| weight).sum();
    }

    fn add_phone(&mut self, user: UserId) {
        let device = DeviceId(self.ctl.uuid());
        let disk = Disk::new(&self.ctl, device);
        self.ctl.count(|stats| stats.devices += 1);
        let phone = Phone {
            user,
            disk,
            link: Rc::default(),
            skew: Rc::new(Cell::new(1_000_000_000)),
            tabs: Vec::new(),
            no_locks: self.ctl.one_in(6),
            cloned: false,
        };
        self.phones.push(phone);
        let weather = self.ctl.0.weather.replace(false);
        self.sign_in(self.phones.len() - 1);
        self.ctl.0.weather.set(weather);
        self.start_tab(self.phones.len() - 1);
        self.open(self.phones.len() - 1, 0);
    }

    /// Somebody signs in with their five words; the phone keeps its device and its outbox.
    fn sign_in(&mut self, phone: usize) -> bool {
        let Phone { user, disk, link, .. } = &self.phones[phone];
        let (user, disk, link) = (*user, Rc::clone(disk), Rc::clone(link));
        self.ctl.say(|| format!("  {user} signs in on phone {phone}"));
        let store = SimStore::new(&disk, &self.ctl, &Dying::default());
        let weather = self.ctl.0.weather.replace(false);
        let done = now(async {
            let seals = SimSeals::open(&self.ctl, &store).await.ok()?;
            let (device, _) = store.counter().await.ok()?;
            let key = seals.outbox_key_for_server(&store, &[]).await.ok()?;
            let key = u64::from_le_bytes(key.try_into().ok()?);
            let (signed_in, cookie) = self.net.office.borrow_mut().add_device(user, device, key)?;
            link.cookie.set(cookie);
            let (push, renew) = (&signed_in.push_credential, &signed_in.renew_credential);
            waakvlam::courier::keep_credentials(&store, &seals, device, push, renew).await.ok()?;
            for granted in &signed_in.me.journals {
                seals.add_journal(&store, granted.journal).await.ok()?;
            }
            SimDesk::keep_me(&store, &seals, &signed_in.me).await.ok()
        });
        self.ctl.0.weather.set(weather);
        done.is_some()
    }

    // --- Tabs ----------------------------------------------------------------------------------

    fn start_tab(&mut self, phone: usize) {
        let Phone { disk, link, skew, .. } = &self.phones[phone];
        let tab = Tab::start(&self.ctl, disk, &self.net, link, skew);
        self.ctl.count(|stats| stats.tabs += 1);
        self.phones[phone].tabs.push(tab);
        self.give_lock(phone);
    }

    fn give_lock(&mut self, phone: usize) {
        let phone = &self.phones[phone];
        let held = phone.tabs.iter().any(|tab| tab.has_lock.get());
        for tab in &phone.tabs {
            let gets = phone.no_locks || (!held && std::ptr::eq(tab, &raw const phone.tabs[0]));
            if gets && !tab.has_lock.replace(true) {
                tab.tell(Told::Wake);
            }
        }
    }

    /// The account is opened in a tab: it becomes the one that syncs.
    fn open(&mut self, phone: usize, tab: usize) {
        let (ctl, user) = (self.ctl.clone(), self.phones[phone].user);
        let store = Rc::clone(&self.phones[phone].tabs[tab].store);
        let all = self.all_journals();
        let journal = Some(all[ctl.below(all.len())]);
        let journal = journal.filter(|journal| self.lies_on(phone, *journal));
        let weather = self.ctl.0.weather.replace(false);
        let desk = now(SimDesk::read(store, user, journal, &ctl));
        self.ctl.0.weather.set(weather);
        let desk = match desk {
            Ok(desk) => Rc::new(desk),
            Err(why) => {
                ctl.say(|| format!("  phone {phone} can't be opened: {why}"));
                return;
            }
        };
        let phone = &mut self.phones[phone];
        phone.tabs[tab].desk = Some(Rc::clone(&desk));
        if !phone.no_locks {
            phone.tabs.iter().for_each(|tab| tab.has_lock.set(false));
            phone.tabs[tab].has_lock.set(true);
        }
        phone.tabs[tab].tell(Told::Opened(desk));
    }

    fn close_tab(&mut self, phone: usize, tab: usize) {
        self.phones[phone].tabs.remove(tab);
        self.give_lock(phone);
    }

    fn kill(&mut self, phone: usize, power: bool) {
        self.phones[phone].tabs.clear();
        if power {
            self.phones[phone].disk.power_lost();
        }
        if self.ctl.has(Bug::NumberForgotten) {
            let disk = self.phones[phone].disk.raw();
            now(async {
                let (device, _) = disk.counter().await.unwrap();
                disk.renew_device(device).await.unwrap();
            });
        }
    }

    /// Polls a tab once. Whatever died in it is buried.
    fn poll(&mut self, phone: usize, tab: usize) {
        let here = &mut self.phones[phone].tabs[tab];
        here.dying.take_woken();
        let mut tasks = std::mem::take(&mut here.tasks);
        tasks.retain_mut(|task| !step(task));
        let here = &mut self.phones[phone].tabs[tab];
        here.tasks.append(&mut tasks);
        if here.dying.is_dead() {
            // A tab, the browser, or the phone.
            match self.ctl.below(3) {
                0 => self.close_tab(phone, tab),
                how => self.kill(phone, how == 2),
            }
            return;
        }
        let (came, saved) = (here.rounds.surroundings.came.take(), here.rounds.surroundings.saved.take());
        for (_, other) in self.phones[phone].tabs.iter().enumerate().filter(|(i, _)| *i != tab) {
            if saved {
                other.tell(Told::Wake);
            }
            if came {
                other.tell(Told::CameElsewhere);
            }
        }
    }

    // --- Time ----------------------------------------------------------------------------------

    fn woken(&self) -> impl Iterator<Item = (usize, usize)> {
        let tabs =
            self.phones.iter().enumerate().flat_map(|(i, phone)| phone.tabs.iter().enumerate().map(move |(j, tab)| (i, j, tab)));
        tabs.filter(|(.., tab)| tab.dying.is_woken()).map(|(i, j, _)| (i, j))
    }

    /// One small thing happens, if there is one.
    fn breathe(&mut self) -> bool {
        self.ctl.count(|stats| stats.steps += 1);
        if self.ctl.0.server_down.get() && (!self.ctl.0.weather.get() || self.ctl.one_in(3)) {
            self.net.restart();
        }
        let woken = self.woken().count();
        let can_commit = self.net.has_waiting() && !self.ctl.0.server_down.get();
        if can_commit && (woken == 0 || self.ctl.one_in(4)) {
            self.net.commit();
            return true;
        }
        let delivered = woken > 0 && self.ctl.one_in(3) && self.net.deliver();
        if woken > 0 && !delivered {
            let next = self.ctl.below(woken);
            let next = self.woken().nth(next);
            if let Some((phone, tab)) = next {
                self.poll(phone, tab);
            }
            return true;
        }
        woken > 0 || self.net.deliver()
    }

    /// Goes on to the next thing that will happen by itself, before `until`.
    fn pass(&mut self, until: u64) -> bool {
        let now = self.ctl.now();
        let mut next = self.net.next();
        for tab in self.phones.iter().flat_map(|phone| &phone.tabs) {
            if tab.timer.get().is_none() {
                tab.timer.set(tab.wants_at(now));
            }
            next = [next, tab.timer.get()].into_iter().flatten().min();
        }
        let Some(at) = next.filter(|at| *at <= until) else {
            self.ctl.0.now.set(until);
            return false;
        };
        self.ctl.0.now.set(at.max(now));
        for tab in self.phones.iter().flat_map(|phone| &phone.tabs) {
            if tab.timer.get().is_some_and(|timer| timer <= at) {
                tab.timer.set(None);
                tab.tell(Told::Timer);
            }
        }
        true
    }

    // --- It heals ------------------------------------------------------------------------------

    /// The weather clears, every phone is switched on and opened, and everybody syncs.
    pub fn heal(&mut self) {
        self.ctl.say(|| "heals".to_owned());
        self.ctl.0.weather.set(false);
        self.cleared = self.ctl.now();
        self.net.restart();
        self.put_grants_right();
        checks::everybody_holds_their_own(self);
        self.net.most.set(usize::MAX);
        self.net.sick.set(None);
        for phone in 0..self.phones.len() {
            self.phones[phone].link.cut_until.set(0);
            self.phones[phone].link.outdated.set(false);
            // Some phones are switched off and on, others go on as they are.
            if self.ctl.one_in(2) {
                self.phones[phone].tabs.clear();
            }
            if self.phones[phone].tabs.is_empty() {
                self.start_tab(phone);
            }
            self.open(phone, 0);
        }
        for round in 0..5 {
            self.settle();
            for phone in 0..self.phones.len() {
                if self.phones[phone].tabs.is_empty() {
                    self.start_tab(phone);
                    self.open(phone, 0);
                }
                if self.phones[phone].tabs[0].signed_out() {
                    self.ctl.count(|stats| stats.signed_in_again += 1);
                    self.sign_in(phone);
                    self.open(phone, 0);
                }
                // The copies write on, and find out about each other.
                if round < 3 && self.phones[phone].cloned {
                    self.write(phone, 1);
                }
                self.phones[phone].tabs.iter().for_each(|tab| tab.tell(Told::Wake));
            }
        }
        self.settle();
        // A tab that stayed open is looked at again: it shows what lies in the store, what other tabs wrote as well.
        self.phones.iter().flat_map(|phone| &phone.tabs).for_each(|tab| tab.tell(Told::CameElsewhere));
        self.settle();
    }

    fn settle(&mut self) {
        let until = self.ctl.now() + 2 * 3_600_000;
        for _ in 0..60_000 {
            if !self.breathe() && !self.pass(until) {
                return;
            }
        }
        self.ctl.say(|| "goes round in circles".to_owned());
    }
}
