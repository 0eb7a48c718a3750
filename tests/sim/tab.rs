//! A tab of the app: the real courier, engine, book and fold. What the app's shell does (messages between tabs, one syncer at a time) is
//! done here by hand.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use waakvlam::courier;
use waakvlam::courier::book::{Book, Laid, SaveError};
use waakvlam::courier::rounds::{Rounds, Surroundings};
use waakvlam::domain::{DeviceId, EntryId, JournalId, Subject, UserId};
use waakvlam::store::vault::Seals as _;
use waakvlam::store::{OutboxState, Store as _};
use waakvlam::sync::engine::{Event, Status};
use waakvlam::sync::held::Cursor;
use waakvlam::sync::wire::{Line, Me};

use super::ctl::Ctl;
use super::net::{Link, Net, SimOffice};
use super::planted::Bug;
use super::seals::SimSeals;
use super::store::{Disk, SimStore};
use super::task::{Dying, Task};

pub enum Told {
    Wake,
    Timer,
    Opened(Rc<SimDesk>),
    Locked,
    CameElsewhere,
}

/// What round the courier is: the phone's clock, which may be wrong.
pub struct Around {
    ctl: Ctl,
    pub skew: Rc<Cell<i64>>,
    pub status: RefCell<Status>,
    /// The other tabs are to be told that something came.
    pub came: Cell<bool>,
    /// The other tabs are to be told that something was saved here.
    pub saved: Cell<bool>,
}

impl Surroundings for Around {
    fn now(&self) -> u64 {
        (self.ctl.now() as i64 + self.skew.get()) as u64
    }

    fn jitter(&self) -> f64 {
        self.ctl.unit()
    }

    fn show(&self, status: &Status) {
        if *self.status.borrow() != *status {
            self.status.borrow_mut().clone_from(status);
        }
    }

    fn states(&self, _: &[(EntryId, OutboxState)]) {}

    fn came(&self) {
        self.came.set(true);
    }
}

/// An open account in a tab.
pub struct SimDesk {
    pub book: Book<SimStore, SimSeals>,
    pub user: UserId,
    pub me: RefCell<Me>,
    /// The journal that is on the screen.
    pub journal: Cell<JournalId>,
    pub view: RefCell<Laid>,
    ctl: Ctl,
}

const ME: &str = "me";

impl SimDesk {
    /// Reads everything that the phone has.
    pub async fn read(store: Rc<SimStore>, user: UserId, journal: Option<JournalId>, ctl: &Ctl) -> Result<Self, SaveError> {
        let seals = SimSeals::open(ctl, &*store).await?;
        let sealed = store.record(ME).await?.ok_or(SaveError::NoJournal)?;
        let me: Me = serde_json::from_slice(&seals.open_record(ME, &sealed).await?)?;
        let journal = journal.or_else(|| me.journals.first().map(|granted| granted.journal));
        let journal = Cell::new(journal.unwrap_or(JournalId(uuid::Uuid::nil())));
        let (me, view, ctl) = (RefCell::new(me), RefCell::default(), ctl.clone());
        let desk = Self { book: Book::new(store, seals), user, me, journal, view, ctl };
        desk.book.read_again().await?;
        courier::Desk::relay(&desk).await?;
        Ok(desk)
    }

    /// Keeps who I am; needed before the first read.
    pub async fn keep_me(store: &SimStore, seals: &SimSeals, me: &Me) -> Result<(), SaveError> {
        let sealed = seals.seal_record(ME, &serde_json::to_vec(me)?).await?;
        Ok(store.put_record(ME, &sealed).await?)
    }

    pub fn draft_name(journal: JournalId, subject: Subject) -> String {
        format!("draft:{journal}:{subject:?}")
    }
}

impl courier::Desk for SimDesk {
    type Seals = SimSeals;

    fn seals(&self) -> &SimSeals {
        self.book.seals()
    }

    fn lay(&self, journal: JournalId, before: Option<Cursor>, after: Cursor, lines: Vec<Line>) {
        self.book.lay(journal, before, after, lines);
    }

    async fn relay(&self) -> Result<(), SaveError> {
        let journal = self.journal.get();
        let laid = self.book.laid(journal, self.user).await?;
        if self.journal.get() == journal {
            *self.view.borrow_mut() = laid;
        }
        Ok(())
    }

    async fn read_again(&self) -> Result<(), SaveError> {
        self.book.read_again().await?;
        self.relay().await
    }

    fn forget(&self, journal: JournalId) {
        self.book.forget(journal);
    }

    fn holds(&self, journal: JournalId, id: EntryId) -> bool {
        self.book.holds(journal, id)
    }

    async fn now_i_am(&self, me: Me) -> Result<(), SaveError> {
        for granted in &me.journals {
            self.book.seals().add_journal(&**self.book.store(), granted.journal).await?;
        }
        Self::keep_me(self.book.store(), self.book.seals(), &me).await?;
        if self.ctl.has(Bug::RevokedDestroysOutbox) {
            let granted = |journal| me.journals.iter().any(|granted| granted.journal == journal);
            for record in self.book.store().outbox().await?.iter().filter(|record| !granted(record.journal)) {
                self.book.store().discard(record.device, record.n).await?;
            }
        }
        *self.me.borrow_mut() = me;
        Ok(())
    }

    fn forget_counter(&self) {
        self.book.forget_counter();
    }

    async fn drafts_about(&self, subject: Subject) -> Vec<String> {
        let names = self.book.store().record_names("draft:").await.unwrap_or_default();
        let end = format!("{subject:?}");
        names.into_iter().filter(|name| name.ends_with(&end)).collect()
    }

    async fn drafts_in(&self, journal: JournalId) -> Vec<String> {
        self.book.store().record_names(&format!("draft:{journal}:")).await.unwrap_or_default()
    }

    fn draw_device(&self) -> DeviceId {
        DeviceId(self.ctl.uuid())
    }
}

pub struct Tab {
    pub store: Rc<SimStore>,
    pub dying: Dying,
    inbox: Rc<RefCell<VecDeque<Told>>>,
    pub rounds: Rc<Rounds<SimStore, SimOffice, Around>>,
    pub desk: Option<Rc<SimDesk>>,
    /// One tab syncs at a time.
    pub has_lock: Rc<Cell<bool>>,
    pub tasks: Vec<Task>,
    /// When the timer goes off that the syncer set, if it did.
    pub timer: Cell<Option<u64>>,
    resting: Rc<Cell<bool>>,
}

impl Tab {
    pub fn start(ctl: &Ctl, disk: &Rc<Disk>, net: &Rc<Net>, link: &Rc<Link>, skew: &Rc<Cell<i64>>) -> Self {
        let dying = Dying::default();
        let store = Rc::new(SimStore::new(disk, ctl, &dying));
        let office = SimOffice { net: Rc::clone(net), link: Rc::clone(link), dying: dying.clone(), ctl: ctl.clone() };
        let around = Around {
            ctl: ctl.clone(),
            skew: Rc::clone(skew),
            status: RefCell::default(),
            came: Cell::default(),
            saved: Cell::default(),
        };
        let rounds = Rc::new(Rounds::new(Rc::clone(&store), office, around));
        let inbox: Rc<RefCell<VecDeque<Told>>> = Rc::default();
        let (has_lock, resting) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
        let task: Task = Box::pin(run(Rc::clone(&rounds), Rc::clone(&inbox), Rc::clone(&has_lock), Rc::clone(&resting)));
        let tab = Self { store, dying, inbox, rounds, desk: None, has_lock, tasks: vec![task], timer: Cell::new(None), resting };
        tab.tell(Told::Wake);
        tab
    }

    pub fn tell(&self, told: Told) {
        self.inbox.borrow_mut().push_back(told);
        self.dying.wake();
    }

    /// For what goes on in this tab by itself.
    pub fn teller(&self) -> impl Fn(Told) + use<> {
        let (inbox, dying) = (Rc::clone(&self.inbox), self.dying.clone());
        move |told| {
            inbox.borrow_mut().push_back(told);
            dying.wake();
        }
    }

    /// Whether the syncer waits for a message.
    pub fn rests(&self) -> bool {
        self.resting.get() && self.inbox.borrow().is_empty()
    }

    /// When the engine wants to be asked again, in the world's time.
    pub fn wants_at(&self, now: u64) -> Option<u64> {
        if !self.has_lock.get() || !self.rests() {
            return None;
        }
        let at = self.rounds.engine().wake_at()?;
        // The timer that the app sets is relative: a clock that is set does not move it.
        let around = &self.rounds.surroundings;
        Some(now + at.saturating_sub(around.now()).max(50))
    }

    pub fn status(&self) -> Status {
        self.rounds.engine().status()
    }

    pub fn signed_out(&self) -> bool {
        self.rounds.surroundings.status.borrow().sign_in
    }
}

/// The syncer's loop, as the app has it.
async fn run(
    rounds: Rc<Rounds<SimStore, SimOffice, Around>>,
    inbox: Rc<RefCell<VecDeque<Told>>>,
    has_lock: Rc<Cell<bool>>,
    resting: Rc<Cell<bool>>,
) {
    let mut desk: Option<Rc<SimDesk>> = None;
    loop {
        resting.set(true);
        poll_fn(|_| if inbox.borrow().is_empty() { Poll::Pending } else { Poll::Ready(()) }).await;
        resting.set(false);
        loop {
            let Some(told) = inbox.borrow_mut().pop_front() else { break };
            match told {
                Told::Wake => rounds.on(Event::Wake),
                Told::Timer => {}
                Told::Opened(open) => {
                    desk = Some(open);
                    rounds.on(Event::Opened);
                }
                Told::Locked => {
                    desk = None;
                    rounds.on(Event::Locked);
                }
                Told::CameElsewhere => {
                    if let Some(desk) = &desk {
                        let _ = courier::Desk::read_again(&**desk).await;
                    }
                }
            }
        }
        rounds.load().await;
        if has_lock.get() {
            rounds.work(desk.as_deref()).await;
        }
    }
}

/// Reads what a disk holds, as an opened phone would show it.
pub fn shown(disk: &Rc<Disk>, ctl: &Ctl, user: UserId) -> Result<BTreeMap<JournalId, Laid>, SaveError> {
    super::task::now(async {
        let store = Rc::new(SimStore::new(disk, ctl, &Dying::default()));
        let seals = SimSeals::open(ctl, &*store).await?;
        let book = Book::new(Rc::clone(&store), seals);
        book.read_again().await?;
        let mut shown = BTreeMap::new();
        for journal in store.journals().await? {
            shown.insert(journal, book.laid(journal, user).await?);
        }
        Ok(shown)
    })
}
