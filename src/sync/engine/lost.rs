//! A journal that is granted no more: taken back, or lost by the office in a restore, with its grants.

use super::wait::Wait;
use super::{Effect, Engine, Fault, JournalState};
use crate::domain::JournalId;
use crate::sync::held::OutboxState;
use crate::sync::wire::{Outcome, PushAnswer};

/// So often is asked at once, again, whether a journal is granted that the office took something in as ours.
const AT_ONCE: u8 = 2;

impl JournalState {
    /// It is granted no more, and lies here: perhaps the office lost it.
    pub(super) fn may_be_lost(&self) -> bool {
        let held = self.strays || self.cursor.is_some_and(|cursor| cursor.seq > 0);
        held && self.revoked && !self.unfounded && !(self.crowded && self.refounded >= AT_ONCE)
    }

    /// The office says that it is granted: nothing contradicts that.
    pub(super) fn agree(&mut self) {
        if (self.contradicted, self.refounded) != (0, 0) {
            (self.contradicted, self.refounded) = (0, 0);
            (self.push_wait, self.pull_wait) = (Wait::default(), Wait::default());
        }
    }
}

/// The office took something in a journal as ours, and had not told us that it is granted. It was founded by that, or granted meanwhile; or the office was
/// put back between the two answers, and may have lost it again. So nothing is taken off until both say the same, however often it takes, but it waits in
/// between, ever longer. Only where more is granted than a phone holds it may be one of those that are not listed, and that is no contradiction.
/// Whether to ask again what is granted.
fn contradicts(times: &mut u8, wait: &mut Wait, crowded: bool, now: u64, jitter: f64) -> bool {
    if crowded && *times >= AT_ONCE {
        return false;
    }
    *times = times.saturating_add(1);
    if *times >= AT_ONCE {
        wait.longer(Fault::Broken, now, jitter);
    }
    true
}

impl Engine {
    /// The office was given the journal again.
    pub(super) fn refounded(&mut self, result: Result<bool, Fault>, now: u64, jitter: f64) {
        let Some(Effect::Refound(journal)) = self.busy.take() else { return };
        match result {
            Ok(taken) => {
                self.succeeded();
                let state = self.journals.entry(journal).or_default();
                state.unfounded = !taken;
                // It takes it only from who reads it.
                if taken && contradicts(&mut state.refounded, &mut state.pull_wait, state.crowded, now, jitter) {
                    self.session = false;
                }
                self.set_aside_unknown(journal);
            }
            Err(fault @ Fault::Status(401, _)) => self.session_ended(journal, fault, now, jitter),
            Err(fault) => self.failed_in(journal, fault, now, jitter),
        }
    }

    /// Something was pushed, and the office says whether the journal is ours.
    pub(super) fn pushed_to(&mut self, journal: JournalId, answer: &PushAnswer, now: u64, jitter: f64) {
        let state = self.journals.entry(journal).or_default();
        let waited = std::mem::take(&mut state.push_wait);
        if !self.session || state.listed {
            return;
        }
        // An older server does not say it: then what it stored is asked after, but not for ever. What it had before a grant was taken back gets the same
        // answer each time.
        let stored = || answer.results.iter().any(|result| matches!(result.outcome, Outcome::Stored { .. }));
        let granted = answer.granted.unwrap_or_else(|| stored() && state.contradicted < AT_ONCE);
        if granted {
            state.push_wait = waited;
        }
        if granted && contradicts(&mut state.contradicted, &mut state.push_wait, state.crowded, now, jitter) {
            self.session = false;
        } else {
            state.denied = true;
        }
    }

    pub(super) fn was_sent(&self, journal: JournalId) -> bool {
        self.outbox.iter().any(|item| item.journal == journal && is_sent(item.state))
    }

    /// In a browser without locks another tab may have sent what we meant to send before a journal goes, and been told that it is ours after all: it is sent
    /// once more, and we hear it ourselves.
    pub(super) fn asks_itself(&self, journal: JournalId, now: u64) -> Option<Effect> {
        if self.waits(journal) {
            return None;
        }
        self.push_of(now, |item| item.journal == journal && is_sent(item.state))
    }

    /// The office does not know the journal, as far as we may: it was lost in a restore, and its founding lies here no more. What is for it
    /// can't be sent; it is set aside, where a person sees it, and sent once more with every session.
    pub(super) fn set_aside_unknown(&mut self, journal: JournalId) {
        let state = self.journals.get(&journal).filter(|state| state.push_stall && state.revoked && !state.may_be_lost());
        if state.is_some() && self.open && self.session {
            let ours = self.outbox.iter().filter(|item| item.journal == journal && item.state != OutboxState::Refused);
            self.mark(ours.map(|item| (item.device, item.n, OutboxState::Refused)).collect());
        }
    }
}

fn is_sent(state: OutboxState) -> bool {
    matches!(state, OutboxState::Sent { .. } | OutboxState::Quarantined { .. })
}
