//! Decides what a phone does next to agree with the office. Sans I/O: events in, one effect out at a time.
//!
//! The driver asks [`Engine::poll`], carries the effect out, tells the engine what came of it, and asks again; when there is
//! nothing to do it waits until [`Engine::wake_at`] or until something happens. The engine holds no text and no key: a
//! locked phone runs the same code and pushes, and pulls nothing.
//!
//! What it never does: take an unacknowledged record out of the outbox, let one journal or one record hold up another,
//! or try again without waiting longer than the last time.

use std::collections::BTreeMap;

use super::held::{Cursor, OutboxState};
use super::wire::{Me, Outcome, PullAnswer, PushAnswer};
use super::{MAX_BYTES, MAX_RECORDS};
use crate::domain::{DeviceId, JournalId};

/// What the engine knows of an outbox record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The device that sealed it.
    pub device: DeviceId,
    /// Its number there.
    pub n: u64,
    /// The journal it is for.
    pub journal: JournalId,
    /// How many sealed bytes.
    pub bytes: usize,
    /// How far it is.
    pub state: OutboxState,
}

/// Why a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nobody answered.
    Offline,
    /// The server answered with this status, and perhaps with how many seconds to wait.
    Status(u16, Option<u64>),
    /// An answer came that can't be right: not JSON, a gap in the numbers, another chain.
    Broken,
    /// The phone could not store what came.
    Store,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The outbox and the cursors as they lie in the store now.
    Loaded {
        /// The outbox, in the order of writing.
        outbox: Vec<Item>,
        /// The journals held, with how far each was pulled.
        cursors: Vec<(JournalId, Option<Cursor>)>,
    },
    /// The vault was opened.
    Opened,
    /// The vault was closed.
    Locked,
    /// Something says that it is worth trying now: online, visible, a save, the timer.
    Wake,
    /// The session was renewed, or made.
    Session(Result<Me, Fault>),
    /// A push was answered.
    Pushed(Result<PushAnswer, Fault>),
    /// States were written to the store.
    Marked(Result<(), Fault>),
    /// A page was pulled, checked and stored; its journal has more or not.
    Pulled(Result<Pulled, Fault>),
    /// A journal that is granted no more was taken off the phone.
    Destroyed(Result<(), Fault>),
    /// The device took a new id.
    NewDevice(Result<(), Fault>),
}

/// What came of a pull.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pulled {
    /// A page was stored; this is the cursor now, and whether the journal has more.
    Stored {
        /// The cursor now.
        cursor: Cursor,
        /// Whether the head lies further.
        more: bool,
    },
    /// Another tab pulled meanwhile; this is the cursor now.
    Moved(Option<Cursor>),
    /// The server is not the one that this phone knew.
    Diverged,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Push these records of one device to one journal.
    Push {
        /// The device that sealed them.
        device: DeviceId,
        /// The journal.
        journal: JournalId,
        /// Their numbers.
        ns: Vec<u64>,
    },
    /// Write these states to the store.
    Mark(Vec<(DeviceId, u64, OutboxState)>),
    /// Take a new device id: this phone was cloned.
    NewDevice,
    /// Renew the session with the credential from the vault.
    Renew,
    /// Pull the page after this cursor, check it, store it.
    Pull {
        /// The journal.
        journal: JournalId,
        /// How far it was pulled.
        cursor: Option<Cursor>,
    },
    /// Take a journal off this phone: its grant is gone and nothing waits for it.
    Destroy(JournalId),
}

/// Why a journal stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stall {
    /// The server says that it does not exist, or is not ours.
    Unknown,
    /// The server was restored or replaced. Nothing is thrown away.
    Diverged,
    /// The server wants a newer app before it gives more; asked again at the next wake.
    Outdated,
}

#[derive(Clone, Debug, Default)]
struct JournalState {
    cursor: Option<Cursor>,
    want_pull: bool,
    push_stall: bool,
    pull_stall: Option<Stall>,
    revoked: bool,
}

/// What the screen says about sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Records that are on this phone only.
    pub waiting: usize,
    /// Records that the office keeps apart, or did not take.
    pub set_aside: usize,
    /// A request is under way.
    pub busy: bool,
    /// A push is under way.
    pub pushing: bool,
    /// The last request failed like this, and nothing succeeded since.
    pub fault: Option<Fault>,
    /// Nothing can be sent or fetched before somebody signs in.
    pub sign_in: bool,
    /// Some journal's server was restored or replaced.
    pub diverged: bool,
    /// The server gives nothing more before this app is updated; it still takes everything.
    pub outdated: bool,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Engine {
    outbox: Vec<Item>,
    journals: BTreeMap<JournalId, JournalState>,
    open: bool,
    session: bool,
    /// The push credential, or the renewal credential, is not accepted any more.
    sign_in: bool,
    busy: Option<Effect>,
    todo: Vec<Effect>,
    limit: Option<usize>,
    failures: u32,
    not_before: u64,
    fault: Option<Fault>,
    outdated: bool,
}

/// The longest wait between two attempts, in milliseconds.
pub const LONGEST_WAIT_MS: u64 = 5 * 60 * 1000;
const FIRST_WAIT_MS: u64 = 1_000;

impl Engine {
    /// What to do now, if anything. One effect is under way at a time; `now` in milliseconds, from any start.
    pub fn poll(&mut self, now: u64) -> Option<Effect> {
        if self.busy.is_some() || (self.todo.is_empty() && now < self.not_before) {
            return None;
        }
        let effect = self.next()?;
        self.busy = Some(effect.clone());
        Some(effect)
    }

    fn next(&mut self) -> Option<Effect> {
        if !self.todo.is_empty() {
            return Some(self.todo.remove(0));
        }
        self.next_push().or_else(|| self.next_open())
    }

    fn next_push(&mut self) -> Option<Effect> {
        if self.sign_in && !self.session {
            return None;
        }
        let first = self.outbox.iter().find(|item| item.state == OutboxState::Waiting && !self.push_stalled(item.journal))?;
        let (device, journal) = (first.device, first.journal);
        let limit = self.limit.unwrap_or(MAX_RECORDS).clamp(1, MAX_RECORDS);
        let mut ns = Vec::new();
        let mut bytes = 512;
        let same = self.outbox.iter().filter(|i| i.state == OutboxState::Waiting && i.device == device && i.journal == journal);
        for item in same {
            // base64 is 4 for 3; the JSON around a record stays below 64.
            bytes += item.bytes.div_ceil(3) * 4 + 64;
            if ns.len() == limit || (bytes > MAX_BYTES && !ns.is_empty()) {
                break;
            }
            ns.push(item.n);
        }
        Some(Effect::Push { device, journal, ns })
    }

    fn next_open(&self) -> Option<Effect> {
        if !self.open || self.sign_in {
            return None;
        }
        if !self.session {
            return Some(Effect::Renew);
        }
        let gone = self.journals.iter().find(|(id, state)| state.revoked && !self.outbox.iter().any(|i| i.journal == **id));
        if let Some((journal, _)) = gone {
            return Some(Effect::Destroy(*journal));
        }
        let (journal, state) =
            self.journals.iter().find(|(_, state)| state.want_pull && !state.revoked && state.pull_stall.is_none())?;
        Some(Effect::Pull { journal: *journal, cursor: state.cursor })
    }

    fn push_stalled(&self, journal: JournalId) -> bool {
        self.journals.get(&journal).is_some_and(|state| state.push_stall)
    }

    /// When to poll again although nothing happens, in the same milliseconds as `poll`'s.
    #[must_use]
    pub fn wake_at(&self) -> Option<u64> {
        (self.failures > 0).then_some(self.not_before)
    }

    /// Takes in what happened. `jitter` is a random number from 0 to 1.
    pub fn on(&mut self, event: Event, now: u64, jitter: f64) {
        match event {
            Event::Loaded { outbox, cursors } => {
                self.outbox = outbox;
                for (journal, cursor) in cursors {
                    self.journals.entry(journal).or_default().cursor = cursor;
                }
            }
            Event::Opened => {
                self.open = true;
                self.not_before = 0;
                self.journals.values_mut().for_each(|state| state.want_pull = true);
            }
            Event::Locked => {
                self.open = false;
                self.session = false;
            }
            Event::Wake => {
                self.not_before = 0;
                for state in self.journals.values_mut() {
                    state.want_pull = true;
                    state.push_stall = false;
                    if state.pull_stall == Some(Stall::Outdated) {
                        state.pull_stall = None;
                    }
                }
            }
            Event::Session(result) => {
                self.busy = None;
                self.session_came(result, now, jitter);
            }
            Event::Pushed(result) => self.pushed(result, now, jitter),
            Event::Marked(result) | Event::NewDevice(result) => {
                self.busy = None;
                if let Err(fault) = result {
                    self.failed(fault, now, jitter);
                }
            }
            Event::Pulled(result) => self.pulled(result, now, jitter),
            Event::Destroyed(result) => {
                if let (Some(Effect::Destroy(journal)), Ok(())) = (self.busy.take(), result) {
                    self.journals.remove(&journal);
                }
            }
        }
    }

    fn session_came(&mut self, result: Result<Me, Fault>, now: u64, jitter: f64) {
        match result {
            Ok(me) => {
                self.succeeded();
                self.session = true;
                self.sign_in = false;
                let granted: Vec<JournalId> = me.journals.iter().map(|granted| granted.journal).collect();
                for journal in &granted {
                    let state = self.journals.entry(*journal).or_default();
                    (state.want_pull, state.revoked, state.push_stall) = (true, false, false);
                    if state.pull_stall == Some(Stall::Unknown) {
                        state.pull_stall = None;
                    }
                }
                for (journal, state) in &mut self.journals {
                    state.revoked = !granted.contains(journal);
                }
            }
            Err(Fault::Status(401 | 403, _)) => self.sign_in = true,
            Err(fault) => self.failed(fault, now, jitter),
        }
    }

    fn pushed(&mut self, result: Result<PushAnswer, Fault>, now: u64, jitter: f64) {
        let Some(Effect::Push { device, journal, ns }) = self.busy.take() else { return };
        match result {
            Ok(answer) => {
                self.succeeded();
                self.limit = None;
                self.answered(device, journal, &answer);
                if answer.results.is_empty() {
                    self.failed(Fault::Broken, now, jitter);
                }
            }
            // On a slow line fewer at once arrive.
            Err(Fault::Status(400 | 408 | 413 | 422, _)) if ns.len() > 1 => self.limit = Some(ns.len() / 2),
            Err(Fault::Status(400 | 413 | 422, _)) => {
                self.limit = None;
                let states: Vec<_> = ns.iter().map(|n| (device, *n, OutboxState::Refused)).collect();
                self.mark(states);
            }
            Err(Fault::Status(401 | 403, _)) => self.sign_in = true,
            Err(Fault::Status(404, _)) => self.journals.entry(journal).or_default().push_stall = true,
            Err(fault) => self.failed(fault, now, jitter),
        }
    }

    fn answered(&mut self, device: DeviceId, journal: JournalId, answer: &PushAnswer) {
        let mut states = Vec::new();
        let mut was_cloned = false;
        for result in &answer.results {
            let state = match result.outcome {
                Outcome::Stored { seq, cloned, .. } => {
                    was_cloned |= cloned;
                    OutboxState::Sent { seq }
                }
                Outcome::Quarantined { reason } => OutboxState::Quarantined { reason },
                Outcome::Refused => OutboxState::Refused,
            };
            states.push((device, result.n, state));
        }
        self.mark(states);
        if was_cloned {
            self.todo.push(Effect::NewDevice);
        }
        if let Some(state) = self.journals.get_mut(&journal) {
            state.want_pull = true;
        }
    }

    fn mark(&mut self, states: Vec<(DeviceId, u64, OutboxState)>) {
        for (device, n, new) in &states {
            if let Some(item) = self.outbox.iter_mut().find(|item| item.device == *device && item.n == *n) {
                item.state = *new;
            }
        }
        if !states.is_empty() {
            self.todo.push(Effect::Mark(states));
        }
    }

    fn pulled(&mut self, result: Result<Pulled, Fault>, now: u64, jitter: f64) {
        let Some(Effect::Pull { journal, .. }) = self.busy.take() else { return };
        let state = self.journals.entry(journal).or_default();
        match result {
            Ok(Pulled::Stored { cursor, more }) => {
                state.cursor = Some(cursor);
                state.want_pull = more;
                let returned =
                    |item: &Item| matches!(item.state, OutboxState::Sent { seq } if item.journal == journal && seq <= cursor.seq);
                self.outbox.retain(|item| !returned(item));
                self.outdated = false;
                self.succeeded();
            }
            Ok(Pulled::Moved(cursor)) => state.cursor = cursor,
            Ok(Pulled::Diverged) => state.pull_stall = Some(Stall::Diverged),
            Err(Fault::Status(401, _)) => self.session = false,
            // Not a failure: nothing else waits for it, least of all a push.
            Err(Fault::Status(426, _)) => {
                state.pull_stall = Some(Stall::Outdated);
                self.outdated = true;
            }
            Err(Fault::Status(403 | 404, _)) => {
                state.pull_stall = Some(Stall::Unknown);
                self.session = false;
            }
            Err(fault) => self.failed(fault, now, jitter),
        }
    }

    fn succeeded(&mut self) {
        self.failures = 0;
        self.not_before = 0;
        self.fault = None;
    }

    fn failed(&mut self, fault: Fault, now: u64, jitter: f64) {
        self.fault = Some(fault);
        let wait = (FIRST_WAIT_MS << self.failures.min(9)).min(LONGEST_WAIT_MS);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "0.5 to 1 times a small number"
        )]
        let wait = (wait as f64 * (0.5 + jitter.clamp(0.0, 1.0) / 2.0)) as u64;
        let asked = if let Fault::Status(_, Some(seconds)) = fault { seconds.min(3_600) * 1000 } else { 0 };
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + wait.max(asked);
    }

    /// What the screen says about sending.
    #[must_use]
    pub fn status(&self) -> Status {
        let count = |wanted: fn(&OutboxState) -> bool| self.outbox.iter().filter(|item| wanted(&item.state)).count();
        Status {
            waiting: count(|state| matches!(state, OutboxState::Waiting)),
            set_aside: count(|state| matches!(state, OutboxState::Quarantined { .. } | OutboxState::Refused)),
            busy: self.busy.is_some(),
            pushing: matches!(self.busy, Some(Effect::Push { .. })),
            fault: self.fault,
            sign_in: self.sign_in,
            diverged: self.journals.values().any(|state| state.pull_stall == Some(Stall::Diverged)),
            outdated: self.outdated,
        }
    }
}

/// Checks a page against the cursor it was asked with: dense numbers, and the chain that the server says.
/// Gives the cursor after it.
pub fn check(cursor: Option<Cursor>, answer: &PullAnswer) -> Result<Option<Cursor>, Fault> {
    let PullAnswer::Page(page) = answer else { return Ok(None) };
    let mut seq = cursor.map_or(0, |cursor| cursor.seq);
    let mut chain = cursor.map_or(super::chain::START, |cursor| cursor.chain);
    for line in &page.lines {
        match line {
            super::wire::Line::Entry(entry) => {
                let commitment = super::chain::commitment(&entry.salt, entry.payload.get());
                chain = super::chain::next(&chain, entry.seq, entry.id, entry.author, &commitment);
                if entry.seq != seq + 1 {
                    return Err(Fault::Broken);
                }
                seq = entry.seq;
            }
            super::wire::Line::Erased(run) => {
                if run.from != seq + 1 || run.to < run.from {
                    return Err(Fault::Broken);
                }
                (seq, chain) = (run.to, run.chain);
            }
        }
    }
    if chain != page.chain || seq > page.head {
        return Err(Fault::Broken);
    }
    Ok(Some(Cursor { epoch: page.epoch, seq, chain }))
}
