//! What everything in a run shares: chance, virtual time, the crash points, the planted bug, and what is counted.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use uuid::Uuid;

use super::planted::Bug;

/// SplitMix64: small, fast, the same everywhere.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

macro_rules! points {
    ($($name:ident: $words:literal,)*) => {
        /// A place where a process may die.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Point { $($name,)* }

        impl Point {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

points! {
    BeforeAppend: "phone: an entry, before its transaction",
    AfterAppend: "phone: an entry, after its transaction, before \"opgeslagen\"",
    PushSent: "phone: a push is on its way",
    PushAnswered: "phone: a push is answered, nothing is marked",
    BeforeMark: "phone: before marking what was acknowledged",
    AfterMark: "phone: after marking what was acknowledged",
    BeforeDiscard: "phone: before taking out what was erased",
    AfterDiscard: "phone: after taking out what was erased",
    PullSent: "phone: a pull is on its way",
    PullAnswered: "phone: a page came, nothing is stored",
    BeforePage: "phone: before a page's transaction",
    AfterPage: "phone: after a page's transaction, before it is shown",
    BeforeRewrite: "phone: before an erasure's transaction",
    AfterRewrite: "phone: after an erasure's transaction",
    BeforeMerge: "phone: before segments are merged",
    AfterMerge: "phone: after segments are merged",
    CommonSent: "phone: looking for the last common number",
    CommonAnswered: "phone: the last common number is known",
    BeforeRewind: "phone: before going back",
    AfterRewind: "phone: after going back",
    OfferSent: "phone: an offer is on its way",
    OfferAnswered: "phone: an offer is answered",
    RefoundSent: "phone: a lost closed journal is on its way to the office again",
    RefoundAnswered: "phone: a lost closed journal was given to the office again, nothing is known",
    BeforeStray: "phone: before strays are taken away",
    AfterStray: "phone: after strays are taken away",
    RenewSent: "phone: a renewal is on its way",
    RenewAnswered: "phone: a session came, nothing is kept",
    BeforeKey: "phone: before a journal's key is kept",
    AfterKey: "phone: after a journal's key is kept",
    BeforeRecord: "phone: before a small record is kept",
    AfterRecord: "phone: after a small record is kept",
    RegisterSent: "phone: registering is on its way",
    RegisterAnswered: "phone: registered, nothing is kept",
    BeforeNote: "phone: before the push credential is kept",
    AfterNote: "phone: after the push credential is kept",
    BeforeDevice: "phone: before the new device id counts",
    AfterDevice: "phone: after the new device id counts",
    BeforeDestroy: "phone: before a revoked journal goes",
    AfterDestroy: "phone: after a revoked journal went",
    ServerReceived: "server: a push is read, nothing is begun",
    ServerBeforeCommit: "server: pushes are stored, the commit is not durable",
    ServerAfterCommit: "server: the commit is durable, nobody is answered",
    ServerAnswered: "server: some are answered, others are not",
    ServerOfferBefore: "server: an offer is stored, the commit is not durable",
    ServerOfferAfter: "server: an offer is durable, nobody is answered",
    ServerRegister: "server: a device is registered, nobody is answered",
    EraseListed: "server: an erasure is on the list, the text still there",
    EraseDone: "server: an erasure is done, nobody is answered",
    RestoreCopied: "server: restored, the erasures are not carried out again",
    RestoreDone: "server: restored, the epoch is new",
}

#[derive(Clone, Default)]
pub struct Stats {
    pub seeds: u64,
    pub entries: u64,
    pub lines: u64,
    pub devices: u64,
    pub tabs: u64,
    pub journals: u64,
    pub founded: u64,
    pub founded_again: u64,
    pub let_in: u64,
    pub let_in_again: u64,
    pub crashes: u64,
    pub partitions: u64,
    pub lost_messages: u64,
    pub doubled_messages: u64,
    pub messages: u64,
    pub garbled: u64,
    pub refused_requests: u64,
    pub clones: u64,
    pub new_ids: u64,
    pub erasures: u64,
    pub erased_lines: u64,
    pub restores: u64,
    pub careless_restores: u64,
    pub offered: u64,
    pub forged: u64,
    pub rewinds: u64,
    pub grants_changed: u64,
    pub destroyed: u64,
    pub clock_jumps: u64,
    pub upgrades: u64,
    pub locked: u64,
    pub signed_in_again: u64,
    pub quarantined: u64,
    pub excused: u64,
    pub conflicts: u64,
    pub second_tabs: u64,
    pub steps: u64,
    pub points: BTreeMap<Point, (u64, u64)>,
}

impl Stats {
    pub fn add(&mut self, other: &Self) {
        macro_rules! sum { ($($f:ident)*) => { $(self.$f += other.$f;)* } }
        sum!(seeds entries lines devices tabs journals founded founded_again let_in let_in_again crashes partitions lost_messages doubled_messages messages garbled
            refused_requests clones new_ids erasures erased_lines restores careless_restores offered forged rewinds
            grants_changed destroyed clock_jumps upgrades locked signed_in_again quarantined excused conflicts second_tabs steps);
        for (point, (passed, crashed)) in &other.points {
            let sum = self.points.entry(*point).or_default();
            sum.0 += passed;
            sum.1 += crashed;
        }
    }
}

/// See the module. Cheap to hand round.
#[derive(Clone)]
pub struct Ctl(pub Rc<Inner>);

pub struct Inner {
    rng: RefCell<Rng>,
    pub now: Cell<u64>,
    /// Whether anything goes wrong. Off while a run heals.
    pub weather: Cell<bool>,
    /// One in so many passes of a point is a crash.
    pub crash_one_in: Cell<u64>,
    /// The number of the point at which this run's processes die more often.
    favoured: Cell<u64>,
    pub bug: Option<Bug>,
    points: RefCell<Vec<(u64, u64)>>,
    pub stats: RefCell<Stats>,
    /// The server died at a point, and everything that it held in memory with it.
    pub server_down: Cell<bool>,
    /// How many disks there were.
    pub disks: Cell<u64>,
    pub trace: bool,
}

impl Ctl {
    pub fn new(seed: u64, bug: Option<Bug>, trace: bool) -> Self {
        Self(Rc::new(Inner {
            rng: RefCell::new(Rng::new(seed)),
            now: Cell::new(0),
            weather: Cell::new(true),
            crash_one_in: Cell::new(300),
            favoured: Cell::new(seed % Point::ALL.len() as u64),
            bug,
            points: RefCell::new(vec![(0, 0); Point::ALL.len()]),
            stats: RefCell::default(),
            server_down: Cell::new(false),
            disks: Cell::new(0),
            trace,
        }))
    }

    pub fn draw(&self) -> u64 {
        self.0.rng.borrow_mut().next()
    }

    /// A number below `n`.
    pub fn below(&self, n: usize) -> usize {
        (self.draw() % n.max(1) as u64) as usize
    }

    pub fn one_in(&self, n: u64) -> bool {
        self.draw().is_multiple_of(n.max(1))
    }

    pub fn uuid(&self) -> Uuid {
        Uuid::from_u64_pair(self.draw(), self.draw())
    }

    pub fn unit(&self) -> f64 {
        (self.draw() % 1_000) as f64 / 1_000.0
    }

    pub fn now(&self) -> u64 {
        self.0.now.get()
    }

    pub fn has(&self, bug: Bug) -> bool {
        self.0.bug == Some(bug)
    }

    pub fn count(&self, what: impl FnOnce(&mut Stats)) {
        what(&mut self.0.stats.borrow_mut());
    }

    /// Passes a point. Whether the process dies here.
    pub fn dies(&self, point: Point) -> bool {
        // Each run has one point at which dying is likely: rare ones are reached, too.
        let favoured = self.0.favoured.get() == point as u64;
        let one_in = if favoured { 4 } else { self.0.crash_one_in.get() };
        let dies = self.0.weather.get() && self.one_in(one_in);
        let mut points = self.0.points.borrow_mut();
        let here = &mut points[point as usize];
        here.0 += 1;
        here.1 += u64::from(dies);
        if dies {
            self.0.stats.borrow_mut().crashes += 1;
            self.say(|| format!("  dies: {}", point.words()));
        }
        dies
    }

    pub fn say(&self, what: impl FnOnce() -> String) {
        if self.0.trace {
            println!("{:>10} {}", self.now(), what());
        }
    }

    /// What was counted.
    pub fn stats(&self) -> Stats {
        let mut stats = self.0.stats.borrow().clone();
        for (point, counts) in Point::ALL.iter().zip(self.0.points.borrow().iter()) {
            stats.points.insert(*point, *counts);
        }
        stats
    }
}
