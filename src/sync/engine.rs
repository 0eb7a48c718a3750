//! Decides what a phone does next to agree with the office. Sans I/O: events in, one effect out at a time.
//!
//! The driver asks [`Engine::poll`], carries the effect out, tells the engine what came of it, and asks again; when there is
//! nothing to do it waits until [`Engine::wake_at`] or until something happens. The engine holds no text and no key: a
//! locked phone runs the same code and pushes, and pulls nothing.
//!
//! What it never does: take an unacknowledged record out of the outbox, let one journal or one record hold up another,
//! or try again without waiting longer than the last time.

mod check;
mod events;
mod lost;
#[cfg(test)]
mod tests;
mod wait;

pub use check::check;
pub use events::{Effect, Event, Fault, Fetching, Item, Marks, Offers, Pulled, Stall, Status};
pub use wait::LONGEST_WAIT_MS;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::held::{Cursor, OutboxState};
use super::wire::{Me, Outcome, PushAnswer};
use super::{MAX_BYTES, MAX_RECORDS};
use crate::domain::{DeviceId, EntryId, JournalId};
use wait::Wait;

/// After so long an app that is open asks again what is granted to it, in milliseconds.
const ASK_AGAIN_MS: u64 = 15 * 60 * 1000;

#[derive(Clone, Debug, Default)]
struct JournalState {
    cursor: Option<Cursor>,
    /// The last number that the server has, as it said last; 0 if it never did.
    head: u64,
    want_pull: bool,
    /// Lines lie here that the office lost.
    strays: bool,
    /// The server said that it is not the one we knew, and we have not gone back yet.
    rewind: bool,
    /// We have gone back, and not pulled since.
    rewound: bool,
    /// So many strays were left when they were offered last.
    left: usize,
    push_stall: bool,
    pull_stall: Option<Stall>,
    /// The server refused what we offered: it lies here, and is not offered again until the next start.
    offer_stall: bool,
    /// We were told that it is granted, the last time that we were told anything.
    listed: bool,
    /// We were told what is granted, and it is not.
    revoked: bool,
    /// So often has the office taken a push here as ours, although it had not told us that it is granted, since it did last.
    contradicted: u8,
    /// So often has it taken the journal back, and not told us that it is granted, since it did last.
    refounded: u8,
    /// The office answered a push of ours, since we were told last what is granted, that it is not.
    denied: bool,
    /// More is granted than a phone holds, and what is beyond is not listed: it may be one of these.
    crowded: bool,
    /// The office did not take it back, since we were told last what is granted: it has it, and it is not ours, or its founding is not here.
    unfounded: bool,
    push_wait: Wait,
    pull_wait: Wait,
    offer_wait: Wait,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Engine {
    outbox: Vec<Item>,
    journals: BTreeMap<JournalId, JournalState>,
    open: bool,
    session: bool,
    /// When we were told last what is granted.
    told: u64,
    /// Neither credential is accepted any more: somebody has to sign in.
    sign_in: bool,
    /// Whose push credentials are not accepted any more; with a session they get others.
    denied: BTreeSet<DeviceId>,
    /// The device id that the next entry will have.
    device: Option<DeviceId>,
    /// Another phone has it, too.
    cloned: bool,
    /// What is under way.
    busy: Option<Effect>,
    /// The store is noting something beside it.
    noting: bool,
    todo: VecDeque<Effect>,
    limit: Option<usize>,
    wait: Wait,
    /// When it was asked what to do, or told what happened, last.
    asked: u64,
    fault: Option<Fault>,
    outdated: bool,
}

impl Engine {
    /// What to do now, if anything; ask again until there is nothing. What was acknowledged is noted beside the next push; everything else
    /// waits until it is noted, and only one of them is under way. `now` in milliseconds, from any start.
    pub fn poll(&mut self, now: u64) -> Option<Effect> {
        self.asked = now;
        if !self.noting
            && let Some(effect) = self.todo.pop_front()
        {
            self.noting = true;
            return Some(effect);
        }
        if self.busy.is_some() || !self.wait.is_over(now) {
            return None;
        }
        self.busy = self.next_push(now).or_else(|| if self.noting { None } else { self.next_open(now) });
        self.busy.clone()
    }

    fn next_push(&self, now: u64) -> Option<Effect> {
        self.push_of(now, |item| item.state == OutboxState::Waiting)
    }

    /// A push of the first that may be pushed, and of what follows it.
    fn push_of(&self, now: u64, wanted: impl Fn(&Item) -> bool) -> Option<Effect> {
        let wanted = |item: &&Item| wanted(item);
        let first = self.outbox.iter().filter(wanted).find(|item| self.may_push(item, now))?;
        let (device, journal) = (first.device, first.journal);
        let limit = self.limit.unwrap_or(MAX_RECORDS).clamp(1, MAX_RECORDS);
        let mut ns = Vec::new();
        let mut bytes = 512;
        for item in self.outbox.iter().filter(wanted).filter(|item| item.device == device && item.journal == journal) {
            // base64 is 4 for 3; the JSON around a record stays below 64.
            bytes += item.bytes.div_ceil(3) * 4 + 64;
            if ns.len() == limit || (bytes > MAX_BYTES && !ns.is_empty()) {
                break;
            }
            ns.push(item.n);
        }
        Some(Effect::Push { device, journal, ns })
    }

    fn may_push(&self, item: &Item, now: u64) -> bool {
        let state = self.journals.get(&item.journal);
        !self.denied.contains(&item.device) && state.is_none_or(|state| !state.push_stall && state.push_wait.is_over(now))
    }

    fn next_open(&self, now: u64) -> Option<Effect> {
        if !self.open || self.sign_in {
            return None;
        }
        if !self.session {
            return Some(Effect::Renew);
        }
        if self.cloned {
            return Some(Effect::Register(None));
        }
        if let Some(device) = self.denied.first() {
            return Some(Effect::Register(Some(*device)));
        }
        let ready = || self.journals.iter().filter(|(_, state)| state.pull_wait.is_over(now));
        // It may be that the office lost it in a restore, with its grants. Before anything else, also before what waits for it: that can't
        // be taken without it.
        if let Some((journal, _)) = ready().find(|(_, state)| state.may_be_lost()) {
            return Some(Effect::Refound(*journal));
        }
        // What the office has of a revoked journal leaves the phone with it; what it does not have is sent first.
        if let Some(push) =
            ready().filter(|(_, state)| state.revoked && !state.denied).find_map(|(id, _)| self.asks_itself(*id, now))
        {
            return Some(push);
        }
        let gone = ready().find(|(id, state)| state.revoked && !self.waits(**id) && (state.denied || !self.was_sent(**id)));
        if let Some((journal, _)) = gone {
            return Some(Effect::Destroy(*journal));
        }
        let mut granted = ready().filter(|(_, state)| !state.revoked && state.pull_stall.is_none());
        granted.find_map(|(journal, state)| {
            let (journal, cursor) = (*journal, state.cursor);
            match cursor {
                Some(cursor) if state.rewind => Some(Effect::Rewind { journal, cursor }),
                _ if state.want_pull => Some(Effect::Pull { journal, cursor }),
                _ if state.strays && !state.offer_stall && state.offer_wait.is_over(now) => Some(Effect::Offer(journal)),
                _ => None,
            }
        })
    }

    fn waits(&self, journal: JournalId) -> bool {
        self.outbox.iter().any(|item| item.journal == journal && item.state == OutboxState::Waiting)
    }

    /// When to poll again although nothing happens, in the same milliseconds as `poll`'s. A wait that is over changes nothing any more: what it
    /// was for had its chance, or there is nothing to do.
    #[must_use]
    pub fn wake_at(&self) -> Option<u64> {
        let until = |wait: &Wait| wait.ends_after(self.asked);
        let journals = || self.journals.values().flat_map(|state| [&state.push_wait, &state.pull_wait, &state.offer_wait]);
        // While all wait, no journal can go before.
        until(&self.wait).or_else(|| journals().filter_map(until).min())
    }

    /// Takes in what happened. `jitter` is a random number from 0 to 1.
    pub fn on(&mut self, event: Event, now: u64, jitter: f64) {
        self.asked = now;
        match event {
            Event::Loaded { device, cloned, outbox, cursors, strays } => {
                self.outbox = outbox;
                self.cloned = cloned;
                self.device = Some(device);
                self.look_for_clones();
                for (journal, cursor) in cursors {
                    self.journals.entry(journal).or_default().cursor = cursor;
                }
                // What the office keeps of a journal that was taken back leaves this phone, too: it is no journal here any more, but
                // it lies in the outbox.
                for item in self.outbox.iter().filter(|item| item.state != OutboxState::Refused) {
                    self.journals.entry(item.journal).or_default();
                }
                for (journal, state) in &mut self.journals {
                    state.strays = strays.contains(journal);
                }
            }
            Event::Opened => {
                self.open = true;
                self.sign_in = false;
                self.woken(now);
            }
            Event::Locked => {
                self.open = false;
                self.session = false;
            }
            Event::Wake => self.woken(now),
            Event::Session(result) => {
                self.busy = None;
                self.session_came(result, now, jitter);
            }
            Event::Pushed(result) => self.pushed(result, now, jitter),
            Event::Marked(result) => {
                self.noting = false;
                if let Err(fault) = result {
                    self.failed(fault, now, jitter);
                }
            }
            Event::Registered(result) => {
                let Some(Effect::Register(device)) = self.busy.take() else { return };
                match (result, device) {
                    (Ok(()), Some(device)) => {
                        self.succeeded();
                        self.denied.remove(&device);
                    }
                    (Ok(()), None) => {
                        self.succeeded();
                        // Which one it is now is loaded next.
                        (self.device, self.cloned) = (None, false);
                    }
                    (Err(fault), _) => self.session_failed(fault, now, jitter),
                }
            }
            Event::Pulled(result) => self.pulled(result, now, jitter),
            Event::Rewound(result) => self.rewound(result, now, jitter),
            Event::Offered(result) => self.offered(result, now, jitter),
            Event::Refounded(result) => self.refounded(result, now, jitter),
            Event::Destroyed(result) => {
                let Some(Effect::Destroy(journal)) = self.busy.take() else { return };
                match result {
                    Ok(()) => {
                        self.journals.remove(&journal);
                        self.outbox.retain(|item| item.journal != journal || item.state == OutboxState::Refused);
                    }
                    Err(fault) => self.failed_in(journal, fault, now, jitter),
                }
            }
        }
    }

    fn woken(&mut self, now: u64) {
        self.wait.wake();
        // What was granted meanwhile is nowhere else to be heard: an app that stays open asks now and then.
        if now < self.told || now - self.told >= ASK_AGAIN_MS {
            self.session = false;
        }
        // Something between us and the server may have said no in its place: ask once more.
        if !self.session {
            self.denied.clear();
        }
        for state in self.journals.values_mut() {
            state.want_pull = true;
            state.push_stall = false;
            state.pull_stall = state.pull_stall.filter(|stall| *stall != Stall::Outdated);
            state.push_wait.wake();
            state.pull_wait.wake();
            state.offer_wait.wake();
        }
    }

    fn session_came(&mut self, result: Result<Me, Fault>, now: u64, jitter: f64) {
        let me = match result {
            Ok(me) => me,
            Err(Fault::Status(401, _)) => {
                self.sign_in = true;
                return;
            }
            Err(fault) => return self.failed(fault, now, jitter),
        };
        self.succeeded();
        (self.session, self.told) = (true, now);
        let granted: BTreeSet<JournalId> = me.journals.iter().map(|granted| granted.journal).collect();
        for journal in &granted {
            let state = self.journals.entry(*journal).or_default();
            state.want_pull = true;
            state.agree();
            state.pull_stall = state.pull_stall.filter(|stall| *stall == Stall::Outdated);
        }
        // What was set aside for one that was taken off is sent once more, too.
        for item in &self.outbox {
            self.journals.entry(item.journal).or_default();
        }
        for (journal, state) in &mut self.journals {
            state.listed = granted.contains(journal);
            state.revoked = !state.listed;
            state.crowded = me.more > 0;
            // Another office may have been put in its place since. What waits is tried again, but where the journal itself has to go first.
            (state.unfounded, state.denied) = (false, false);
            state.push_stall &= state.may_be_lost();
        }
        // A journal that was taken back leaves this phone. What the office said it had is sent once more before that: a restore may
        // have lost it, and nobody could offer it again. And what was refused is sent once more with every session: something between us and the
        // office may have said no in its place, and only the office can say that it was erased meanwhile.
        let again = self.outbox.iter().filter(|item| item.state == OutboxState::Refused || !granted.contains(&item.journal));
        let again = again.map(|item| (item.device, item.n, OutboxState::Waiting)).collect();
        self.mark(again);
    }

    fn session_failed(&mut self, fault: Fault, now: u64, jitter: f64) {
        if let Fault::Status(401 | 403, _) = fault {
            self.session = false;
        }
        self.failed(fault, now, jitter);
    }

    fn pushed(&mut self, result: Result<PushAnswer, Fault>, now: u64, jitter: f64) {
        let Some(Effect::Push { device, journal, ns }) = self.busy.take() else { return };
        match result {
            // Each result is for a record that was sent; what has none stays where it is.
            Ok(answer) if answer.results.iter().any(|result| ns.binary_search(&result.n).is_ok()) => {
                self.succeeded();
                // Carefully up again: a slow line is still the same line.
                self.limit = self.limit.map(|limit| limit * 2).filter(|limit| *limit < MAX_RECORDS);
                self.answered(device, journal, &ns, &answer);
                self.pushed_to(journal, &answer, now, jitter);
            }
            Ok(_) => self.failed_push(journal, Fault::Broken, now, jitter),
            // On a slow line fewer at once arrive.
            Err(Fault::Status(400 | 408 | 413 | 422, _)) if ns.len() > 1 => self.limit = Some(ns.len() / 2),
            Err(Fault::Slow) => {
                self.limit = Some((ns.len() / 2).max(1));
                self.failed(Fault::Slow, now, jitter);
            }
            Err(Fault::Status(400 | 413 | 422, _)) => {
                self.limit = None;
                self.mark(ns.iter().map(|n| (device, *n, OutboxState::Refused)).collect());
            }
            Err(fault @ Fault::Status(401 | 403, _)) => {
                self.denied.insert(device);
                self.failed_push(journal, fault, now, jitter);
            }
            Err(Fault::Status(404, _)) => {
                self.journals.entry(journal).or_default().push_stall = true;
                self.set_aside_unknown(journal);
            }
            Err(fault @ (Fault::Offline | Fault::Status(429 | 502..=504, _))) => self.failed(fault, now, jitter),
            Err(fault) => self.failed_push(journal, fault, now, jitter),
        }
    }

    fn answered(&mut self, device: DeviceId, journal: JournalId, sent: &[u64], answer: &PushAnswer) {
        let epoch = answer.epoch;
        let (mut states, mut erased) = (Vec::new(), Vec::new());
        for result in answer.results.iter().filter(|result| sent.binary_search(&result.n).is_ok()) {
            let state = match result.outcome {
                Outcome::Stored { seq, cloned, .. } => OutboxState::Sent { seq, epoch, cloned },
                Outcome::Quarantined { reason } => OutboxState::Quarantined { reason, epoch },
                Outcome::Refused => OutboxState::Refused,
                Outcome::Erased => {
                    erased.push((device, result.n));
                    continue;
                }
            };
            states.push((device, result.n, state));
        }
        self.mark(states);
        self.look_for_clones();
        if !erased.is_empty() {
            self.outbox.retain(|item| !erased.contains(&(item.device, item.n)));
            self.todo.push_back(Effect::Discard(erased));
        }
        if let Some(state) = self.journals.get_mut(&journal) {
            state.want_pull = true;
        }
    }

    /// The outbox remembers it, so that a crash between the answer and the new id forgets nothing.
    fn look_for_clones(&mut self) {
        let clash =
            |item: &Item| Some(item.device) == self.device && matches!(item.state, OutboxState::Sent { cloned: true, .. });
        self.cloned |= self.outbox.iter().any(clash);
    }

    fn mark(&mut self, states: Vec<(DeviceId, u64, OutboxState)>) {
        if states.is_empty() {
            return;
        }
        let marks = Marks::new(&states);
        for item in &mut self.outbox {
            if let Some(state) = marks.of(item.device, item.n) {
                item.state = state;
            }
        }
        self.todo.push_back(Effect::Mark(states));
    }

    fn pulled(&mut self, result: Result<Pulled, Fault>, now: u64, jitter: f64) {
        let Some(Effect::Pull { journal, .. }) = self.busy.take() else { return };
        let state = self.journals.entry(journal).or_default();
        match result {
            Ok(Pulled::Stored { cursor, head, returned }) => {
                let more = head > cursor.seq;
                (state.cursor, state.head, state.want_pull) = (Some(cursor), head, more);
                state.rewound = false;
                let waited = std::mem::take(&mut state.pull_wait);
                self.returned(&returned);
                self.outdated = false;
                self.succeeded();
                if !more && self.send_again(journal, cursor) {
                    self.journals.entry(journal).or_default().pull_wait = waited;
                    self.failed_in(journal, Fault::Broken, now, jitter);
                }
            }
            Ok(Pulled::Moved(cursor)) => state.cursor = cursor,
            Ok(Pulled::Diverged) => {
                state.rewind = state.cursor.is_some();
                // We went back and still it is another: that needs time, or somebody.
                if state.rewound || !state.rewind {
                    self.failed_in(journal, Fault::Broken, now, jitter);
                }
            }
            Err(fault @ Fault::Status(401, _)) => self.session_ended(journal, fault, now, jitter),
            Err(fault @ Fault::Status(403 | 404, _)) => {
                state.pull_stall = Some(Stall::Unknown);
                self.session_ended(journal, fault, now, jitter);
            }
            // Not a failure: nothing else waits for it, least of all a push.
            Err(Fault::Status(426, _)) => {
                state.pull_stall = Some(Stall::Outdated);
                self.outdated = true;
            }
            Err(fault @ (Fault::Offline | Fault::Slow | Fault::Status(429 | 502..=504, _))) => self.failed(fault, now, jitter),
            Err(fault) => self.failed_in(journal, fault, now, jitter),
        }
    }

    fn returned(&mut self, returned: &[EntryId]) {
        let returned: BTreeSet<_> = returned.iter().collect();
        self.outbox.retain(|item| !returned.contains(&item.id));
    }

    /// We hold all that the journal has, and what it acknowledged is not in it: that was another epoch, or a server that was put
    /// back without saying so. It is sent again, and answered with the same number if it is there after all.
    /// Whether the office said, of the epoch that we hold, that it has what is not in it: then it is asked ever more slowly.
    fn send_again(&mut self, journal: JournalId, cursor: Cursor) -> bool {
        let (mut stale, mut odd) = (Vec::new(), false);
        for item in self.outbox.iter().filter(|item| item.journal == journal) {
            match item.state {
                OutboxState::Quarantined { epoch, .. } if epoch == cursor.epoch => continue,
                OutboxState::Waiting | OutboxState::Refused => continue,
                OutboxState::Sent { epoch, .. } => odd |= epoch == cursor.epoch,
                OutboxState::Quarantined { .. } => {}
            }
            stale.push((item.device, item.n, OutboxState::Waiting));
        }
        self.mark(stale);
        odd
    }

    fn rewound(&mut self, result: Result<Option<Cursor>, Fault>, now: u64, jitter: f64) {
        let Some(Effect::Rewind { journal, .. }) = self.busy.take() else { return };
        let state = self.journals.entry(journal).or_default();
        match result {
            Ok(cursor) => {
                (state.cursor, state.rewind, state.want_pull) = (cursor, false, true);
                (state.strays, state.offer_stall) = (true, false);
                (state.rewound, state.left) = (true, usize::MAX);
                self.succeeded();
            }
            Err(fault @ Fault::Status(401 | 403 | 404, _)) => self.session_ended(journal, fault, now, jitter),
            Err(fault) => self.failed_in(journal, fault, now, jitter),
        }
    }

    fn offered(&mut self, result: Result<Offers, Fault>, now: u64, jitter: f64) {
        let Some(Effect::Offer(journal)) = self.busy.take() else { return };
        let state = self.journals.entry(journal).or_default();
        match result {
            Ok(offers) => {
                state.strays = offers.left > 0;
                state.offer_stall = offers.refused;
                // What was taken leaves the strays when it has come back.
                state.want_pull |= offers.left > 0;
                let came_back = offers.left < state.left || offers.left == 0;
                state.left = offers.left;
                if came_back {
                    state.offer_wait = Wait::default();
                } else {
                    state.offer_wait.longer(Fault::Broken, now, jitter);
                }
                self.succeeded();
            }
            Err(fault @ Fault::Status(401 | 403 | 404, _)) => self.session_ended(journal, fault, now, jitter),
            Err(fault) => self.failed_in(journal, fault, now, jitter),
        }
    }

    /// Renew it, hear what is granted, and try this journal again after a while: the answer may stay the same.
    fn session_ended(&mut self, journal: JournalId, fault: Fault, now: u64, jitter: f64) {
        self.session = false;
        self.journals.entry(journal).or_default().pull_wait.longer(fault, now, jitter);
    }

    fn succeeded(&mut self) {
        self.wait = Wait::default();
        self.fault = None;
    }

    fn failed(&mut self, fault: Fault, now: u64, jitter: f64) {
        self.fault = Some(if fault == Fault::Slow { Fault::Offline } else { fault });
        self.wait.longer(fault, now, jitter);
    }

    fn failed_push(&mut self, journal: JournalId, fault: Fault, now: u64, jitter: f64) {
        self.fault = Some(fault);
        self.journals.entry(journal).or_default().push_wait.longer(fault, now, jitter);
    }

    fn failed_in(&mut self, journal: JournalId, fault: Fault, now: u64, jitter: f64) {
        self.fault = Some(fault);
        self.journals.entry(journal).or_default().pull_wait.longer(fault, now, jitter);
    }

    /// How far fetching is, where more than a page is missing.
    fn fetching(&self) -> Option<Fetching> {
        let behind = |state: &JournalState| {
            // One that was founded here and not sent yet has nothing to fetch.
            let asked = state.want_pull && state.pull_stall.is_none() && state.listed && !state.rewind;
            asked && state.cursor.is_none_or(|cursor| state.head > cursor.seq)
        };
        if !self.open || !self.journals.values().any(behind) {
            return None;
        }
        let mut all = Fetching { held: 0, of: 0 };
        for state in self.journals.values() {
            let held = state.cursor.map_or(0, |cursor| cursor.seq);
            all.held += held;
            all.of += state.head.max(held);
        }
        Some(all)
    }

    /// What the screen says about sending.
    #[must_use]
    pub fn status(&self) -> Status {
        let count = |wanted: fn(&OutboxState) -> bool| self.outbox.iter().filter(|item| wanted(&item.state)).count();
        Status {
            waiting: count(|state| matches!(state, OutboxState::Waiting)),
            set_aside: count(|state| matches!(state, OutboxState::Quarantined { .. } | OutboxState::Refused)),
            busy: self.busy.is_some() || self.noting,
            pushing: matches!(self.busy, Some(Effect::Push { .. })),
            fault: self.fault,
            sign_in: self.sign_in || (!self.denied.is_empty() && !self.session),
            outdated: self.outdated,
            fetching: self.fetching(),
            diverged: self.journals.values().any(|state| state.rewind || state.strays),
        }
    }
}
