//! The network: requests and answers are lost, doubled, late and out of order, pages are garbled, something between answers
//! in the server's place. A request that is never answered ends after a while for the one who waits.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use waakvlam::courier;
use waakvlam::domain::JournalId;
use waakvlam::sync::engine::{self, Fault};
use waakvlam::sync::held::Cursor;
use waakvlam::sync::wire::*;

use super::ctl::{Ctl, Point};
use super::office::{Cookie, Office, Waiting};
use super::planted::Bug;
use super::task::Dying;

/// So long does a phone wait for an answer, in milliseconds.
const PATIENCE: u64 = 60_000;

#[derive(Clone)]
enum Ask {
    Push(JournalId, String, Rc<Push>),
    Pull(JournalId, Option<Cursor>),
    Renew(Renew),
    Register(NewDevice),
    Common(JournalId, Probes),
    Offer(JournalId, Rc<Offer>),
}

#[derive(Clone)]
enum Say {
    Pushed(PushAnswer),
    Pulled(PullAnswer),
    Renewed(Me),
    Registered(SignedIn),
    Common(Common),
    Offered(OfferAnswer),
}

type Said = Result<Say, Fault>;

/// Where an answer comes.
struct Slot {
    said: RefCell<Option<Said>>,
    dying: Dying,
}

/// Who waits for an answer, and how it gets there.
type Reply = (Rc<Link>, Rc<Slot>);

enum Message {
    Ask { ask: Ask, link: Rc<Link>, slot: Rc<Slot> },
    Say { said: Said, cookie: Option<Cookie>, link: Rc<Link>, slot: Rc<Slot> },
}

/// A phone's way to the network: its cookies, and whether it has a signal.
#[derive(Default)]
pub struct Link {
    pub cookie: Cell<Cookie>,
    pub cut_until: Cell<u64>,
    pub outdated: Cell<bool>,
}

/// How bad it is, as one in so many.
#[derive(Clone, Copy, Default)]
pub struct Weather {
    pub lose: u64,
    pub double: u64,
    pub garble: u64,
    pub refuse: u64,
    pub slow: u64,
}

pub struct Net {
    ctl: Ctl,
    pub office: RefCell<Office>,
    pub weather: Cell<Weather>,
    queue: RefCell<BTreeMap<(u64, u64), Message>>,
    sent: Cell<u64>,
    waiting: RefCell<Vec<Waiting<Reply>>>,
    /// A proxy that takes no more records than this at once.
    pub most: Cell<usize>,
    /// A journal that the server can't serve for a while.
    pub sick: Cell<Option<JournalId>>,
}

fn chance(ctl: &Ctl, one_in: u64) -> bool {
    one_in > 0 && ctl.0.weather.get() && ctl.one_in(one_in)
}

impl Net {
    pub fn new(ctl: &Ctl, office: Office) -> Rc<Self> {
        Rc::new(Self {
            ctl: ctl.clone(),
            office: RefCell::new(office),
            weather: Cell::default(),
            queue: RefCell::default(),
            sent: Cell::new(0),
            waiting: RefCell::default(),
            most: Cell::new(usize::MAX),
            sick: Cell::new(None),
        })
    }

    fn put(&self, after: u64, message: Message) {
        let number = self.sent.get();
        self.sent.set(number + 1);
        self.queue.borrow_mut().insert((self.ctl.now() + after, number), message);
    }

    fn delay(&self) -> u64 {
        let slow = chance(&self.ctl, self.weather.get().slow);
        20 + self.ctl.draw() % if slow { 90_000 } else { 400 }
    }

    fn send(self: &Rc<Self>, ask: Ask, link: &Rc<Link>, dying: &Dying) -> Rc<Slot> {
        let slot = Rc::new(Slot { said: RefCell::default(), dying: dying.clone() });
        self.ctl.count(|stats| stats.messages += 2);
        let say = |said| Message::Say { said, cookie: None, link: Rc::clone(link), slot: Rc::clone(&slot) };
        self.put(PATIENCE, say(Err(Fault::Offline)));
        let weather = self.weather.get();
        if link.cut_until.get() > self.ctl.now() || chance(&self.ctl, weather.lose) {
            self.ctl.count(|stats| stats.lost_messages += 1);
            return slot;
        }
        if chance(&self.ctl, weather.refuse) {
            self.ctl.count(|stats| stats.refused_requests += 1);
            let status =
                [(503, Some(7)), (429, Some(30)), (500, None), (502, None), (413, None), (403, None), (401, None), (400, None)];
            let (status, after) = status[self.ctl.below(status.len())];
            // What a push meets as 400 is about its envelope; a portal in the way says 403 or 401. Now and then something takes a
            // lone record for too large: it stays on the phone, set aside.
            let honest = match &ask {
                Ask::Push(_, _, push) => {
                    push.records.len() > 1 || status != 400 && status != 401 && (status != 413 || self.ctl.one_in(4))
                }
                _ => !matches!(status, 400 | 413 | 401),
            };
            if honest {
                self.put(self.delay(), say(Err(Fault::Status(status, after))));
                return slot;
            }
        }
        let message = |ask| Message::Ask { ask, link: Rc::clone(link), slot: Rc::clone(&slot) };
        if chance(&self.ctl, weather.double) {
            self.ctl.count(|stats| stats.doubled_messages += 1);
            self.put(self.delay(), message(ask.clone()));
        }
        self.put(self.delay(), message(ask));
        slot
    }

    fn answer(&self, said: Said, cookie: Option<Cookie>, link: Rc<Link>, slot: Rc<Slot>) {
        let weather = self.weather.get();
        if link.cut_until.get() > self.ctl.now() || chance(&self.ctl, weather.lose) {
            self.ctl.count(|stats| stats.lost_messages += 1);
            return;
        }
        let said = match said {
            Ok(Say::Pulled(PullAnswer::Page(page))) if chance(&self.ctl, weather.garble) => {
                self.ctl.count(|stats| stats.garbled += 1);
                Ok(Say::Pulled(PullAnswer::Page(self.garbled(page))))
            }
            said => said,
        };
        self.put(self.delay(), Message::Say { said, cookie, link, slot });
    }

    /// A page that is not what the server sent: a line is missing, twice, moved, or says something else.
    fn garbled(&self, mut page: Page) -> Page {
        if page.lines.is_empty() {
            return page;
        }
        let at = self.ctl.below(page.lines.len());
        match self.ctl.below(4) {
            0 => drop(page.lines.remove(at)),
            1 => page.lines.insert(at, page.lines[at].clone()),
            2 => page.lines.swap(at, 0),
            _ => match &mut page.lines[at] {
                Line::Entry(entry) => entry.author = waakvlam::domain::UserId(self.ctl.uuid()),
                Line::Erased(run) => run.to += 1,
            },
        }
        page
    }

    // --- The server's side ---------------------------------------------------------------------

    /// When the next message comes.
    pub fn next(&self) -> Option<u64> {
        self.queue.borrow().keys().next().map(|(at, _)| *at)
    }

    /// Delivers the next message, if its time has come.
    pub fn deliver(&self) -> bool {
        let due = self.next().is_some_and(|at| at <= self.ctl.now());
        let message = if due { self.queue.borrow_mut().pop_first() } else { None };
        match message {
            None => return false,
            Some((_, Message::Say { said, cookie, link, slot })) => {
                let mut place = slot.said.borrow_mut();
                if place.is_none() {
                    if let Some(cookie) = cookie {
                        link.cookie.set(cookie);
                    }
                    *place = Some(said);
                    slot.dying.wake();
                }
            }
            Some((_, Message::Ask { ask, link, slot })) => self.handle(ask, link, slot),
        }
        true
    }

    fn handle(&self, ask: Ask, link: Rc<Link>, slot: Rc<Slot>) {
        if self.ctl.0.server_down.get() {
            return;
        }
        let journal = match &ask {
            Ask::Push(journal, ..) | Ask::Pull(journal, _) | Ask::Common(journal, _) | Ask::Offer(journal, _) => Some(*journal),
            Ask::Renew(_) | Ask::Register(_) => None,
        };
        if journal.is_some() && self.sick.get() == journal {
            return self.answer(Err(Fault::Status(500, None)), None, link, slot);
        }
        let cookie = link.cookie.get();
        let mut office = self.office.borrow_mut();
        let (said, cookie) = match ask {
            Ask::Push(journal, credential, push) => {
                if push.records.len() > self.most.get() {
                    (Err(Fault::Status(413, None)), None)
                } else {
                    match office.pusher(&credential, journal, &push) {
                        Err(fault) => (Err(fault), None),
                        Ok(device) => {
                            drop(office);
                            if self.ctl.dies(Point::ServerReceived) {
                                return self.server_died();
                            }
                            let push = Rc::unwrap_or_clone(push);
                            self.waiting.borrow_mut().push(Waiting { device, journal, push, reply: (link, slot) });
                            return;
                        }
                    }
                }
            }
            Ask::Pull(journal, cursor) => (office.pull(cookie, journal, cursor, link.outdated.get()).map(Say::Pulled), None),
            Ask::Renew(renew) => match office.renew(&renew) {
                Ok((me, cookie)) => (Ok(Say::Renewed(me)), Some(cookie)),
                Err(fault) => (Err(fault), None),
            },
            Ask::Register(device) => match office.register(cookie, &device) {
                Ok((signed_in, cookie)) => {
                    if self.ctl.dies(Point::ServerRegister) {
                        return self.server_died();
                    }
                    (Ok(Say::Registered(signed_in)), Some(cookie))
                }
                Err(fault) => (Err(fault), None),
            },
            Ask::Common(journal, probes) => (office.common(cookie, journal, &probes).map(Say::Common), None),
            Ask::Offer(journal, offer) => {
                if self.ctl.dies(Point::ServerOfferBefore) {
                    return self.server_died();
                }
                let said = office.offer(cookie, journal, &offer).map(Say::Offered);
                if self.ctl.dies(Point::ServerOfferAfter) {
                    return self.server_died();
                }
                (said, None)
            }
        };
        self.answer(said, cookie, link, slot);
    }

    fn server_died(&self) {
        self.ctl.0.server_down.set(true);
    }

    /// One commit for all pushes that wait: durable, or it did not happen.
    pub fn commit(&self) {
        let waiting = std::mem::take(&mut *self.waiting.borrow_mut());
        if waiting.is_empty() {
            return;
        }
        let mut office = self.office.borrow_mut();
        if self.ctl.has(Bug::AckBeforeCommit) {
            let before = office.db.clone();
            for Waiting { device, journal, push, reply: (link, slot) } in waiting {
                self.answer(office.store(device, journal, &push).map(Say::Pushed), None, link, slot);
            }
            if self.ctl.dies(Point::ServerBeforeCommit) {
                office.db = before;
                self.server_died();
            }
            return;
        }
        if self.ctl.dies(Point::ServerBeforeCommit) {
            return self.server_died();
        }
        let mut answers = Vec::new();
        for Waiting { device, journal, push, reply } in waiting {
            let head = office.db.journals.get(&journal).map_or(0, |held| held.rows.len() as u64);
            let mut said = office.store(device, journal, &push).map(Say::Pushed);
            if self.ctl.has(Bug::SequenceOutside) && self.ctl.0.weather.get() && self.ctl.one_in(20) {
                office.roll_back_without_numbers(journal, head);
                said = Err(Fault::Status(503, None));
            }
            answers.push((said, reply));
        }
        if self.ctl.dies(Point::ServerAfterCommit) {
            return self.server_died();
        }
        for (said, (link, slot)) in answers {
            if self.ctl.dies(Point::ServerAnswered) {
                return self.server_died();
            }
            self.answer(said, None, link, slot);
        }
    }

    /// A server that died comes back: what it had not committed is gone.
    pub fn restart(&self) {
        self.waiting.borrow_mut().clear();
        self.ctl.0.server_down.set(false);
        self.office.borrow_mut().carry_out_erasures();
    }

    pub fn has_waiting(&self) -> bool {
        !self.waiting.borrow().is_empty()
    }
}

/// The network as one tab has it.
pub struct SimOffice {
    pub net: Rc<Net>,
    pub link: Rc<Link>,
    pub dying: Dying,
    pub ctl: Ctl,
}

impl SimOffice {
    async fn ask(&self, ask: Ask, sent: Point, answered: Point) -> Said {
        let slot = self.net.send(ask, &self.link, &self.dying);
        self.dying.at(&self.ctl, sent).await;
        let said = poll_fn(|_| slot.said.borrow_mut().take().map_or(Poll::Pending, Poll::Ready)).await;
        self.dying.at(&self.ctl, answered).await;
        said
    }
}

macro_rules! ask {
    ($self:ident, $ask:expr, $sent:ident, $answered:ident, $say:ident) => {
        match $self.ask($ask, Point::$sent, Point::$answered).await {
            Ok(Say::$say(said)) => Ok(said),
            Ok(_) => Err(Fault::Broken),
            Err(fault) => Err(fault),
        }
    };
}

impl courier::Office for SimOffice {
    async fn push(&self, journal: JournalId, credential: &str, push: &Push) -> Result<PushAnswer, Fault> {
        let ask = Ask::Push(journal, credential.to_owned(), Rc::new(push.clone()));
        let said = ask!(self, ask, PushSent, PushAnswered, Pushed);
        match said {
            // What the tail comes down to: it is taken for stored.
            Err(Fault::Status(413, _)) if push.records.len() > 1 && self.ctl.has(Bug::HalvingDropsTail) => {
                let tail = &push.records[push.records.len() / 2..];
                let epoch = self.net.office.borrow().db.epoch;
                let results = tail.iter().map(|record| PushResult { n: record.n, outcome: Outcome::Erased }).collect();
                Ok(PushAnswer { epoch, granted: Some(true), results })
            }
            Ok(mut answer) if self.ctl.has(Bug::QuarantineSwallowed) => {
                for result in &mut answer.results {
                    if let Outcome::Quarantined { .. } = result.outcome {
                        result.outcome = Outcome::Erased;
                    }
                }
                Ok(answer)
            }
            Ok(mut answer) if self.ctl.has(Bug::CloneIgnored) => {
                for result in &mut answer.results {
                    if let Outcome::Stored { cloned, .. } = &mut result.outcome {
                        *cloned = false;
                    }
                }
                Ok(answer)
            }
            Err(Fault::Offline) if self.ctl.has(Bug::NoRetry) => std::future::pending().await,
            said => said,
        }
    }

    async fn pull(&self, journal: JournalId, cursor: Option<Cursor>) -> Result<PullAnswer, Fault> {
        ask!(self, Ask::Pull(journal, cursor), PullSent, PullAnswered, Pulled)
    }

    async fn renew(&self, renew: &Renew) -> Result<Me, Fault> {
        ask!(self, Ask::Renew(renew.clone()), RenewSent, RenewAnswered, Renewed)
    }

    async fn public_key(&self) -> Result<Blob, Fault> {
        Ok(Blob::default())
    }

    async fn register(&self, device: &NewDevice) -> Result<SignedIn, Fault> {
        ask!(self, Ask::Register(device.clone()), RegisterSent, RegisterAnswered, Registered)
    }

    async fn common(&self, journal: JournalId, probes: &Probes) -> Result<Common, Fault> {
        ask!(self, Ask::Common(journal, probes.clone()), CommonSent, CommonAnswered, Common)
    }

    async fn offer(&self, journal: JournalId, offer: &Offer) -> Result<OfferAnswer, Fault> {
        let ask = Ask::Offer(journal, Rc::new(offer.clone()));
        let founded = Rc::clone(&self.net.office.borrow().founded);
        let founds = |first: &StoredEntry| founded.borrow().get(&journal).is_some_and(|founded| founded.id == first.id);
        let said = if offer.entries.first().is_some_and(founds) {
            let said = ask!(self, ask, RefoundSent, RefoundAnswered, Offered);
            // What the phone makes of it when nobody answers.
            if self.ctl.has(Bug::RefoundGivesUp) { said.map_err(|_| Fault::Status(404, None)) } else { said }
        } else {
            ask!(self, ask, OfferSent, OfferAnswered, Offered)
        };
        said.map(|mut answer| {
            if self.ctl.has(Bug::StraysGoAtOnce) {
                // What is said to be erased leaves the phone.
                answer.results.iter_mut().for_each(|result| result.outcome = Offered::Erased);
            }
            answer
        })
    }

    fn check(&self, cursor: Option<Cursor>, answer: &PullAnswer) -> Result<Option<Cursor>, Fault> {
        let checked = engine::check(cursor, answer);
        let PullAnswer::Page(page) = answer else { return checked };
        let seq = match page.lines.last() {
            Some(Line::Entry(entry)) => entry.seq,
            Some(Line::Erased(run)) => run.to,
            None => cursor.map_or(0, |cursor| cursor.seq),
        };
        let dense = page.lines.len() as u64 >= seq.saturating_sub(cursor.map_or(0, |cursor| cursor.seq));
        let hidden = page.lines.iter().skip(1).any(|line| matches!(line, Line::Erased(_)));
        let trusts = self.ctl.has(Bug::ChainNotChecked) && dense
            || self.ctl.has(Bug::GapNotSeen) && !dense
            || self.ctl.has(Bug::RunHidesLines) && hidden;
        match checked {
            Err(_) if trusts => Ok(Some(Cursor { epoch: page.epoch, seq, chain: page.chain, erasures: page.erasures })),
            checked => checked,
        }
    }
}
