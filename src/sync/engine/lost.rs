//! A journal that is granted no more: taken back, or lost by the office in a restore, with its grants.

use super::wait::Wait;
use super::{Effect, Engine, Fault, JournalState};
use crate::domain::JournalId;
use crate::sync::held::OutboxState;

/// So often is asked at once, again, whether a journal is granted that the office took something in as ours.
const AT_ONCE: u8 = 2;

impl JournalState {
    /// It is granted no more, and lies here: perhaps the office lost it.
    pub(super) fn may_be_lost(&self) -> bool {
        let held = self.strays || self.cursor.is_some_and(|cursor| cursor.seq > 0);
        held && self.revoked && !self.unfounded && !self.is_beyond()
    }

    /// It is granted, and one more than a phone holds: that is no contradiction.
    fn is_beyond(&self) -> bool {
        self.crowded && self.contradicted >= AT_ONCE
    }

    /// The office took something here as ours, and had not told us that the journal is granted. It was founded by that, or granted meanwhile;
    /// or the office was put back between the two answers, and may have lost it again. So nothing is taken off until both say the same,
    /// however often it takes; but it waits in between, ever longer. Whether to ask again what is granted.
    fn contradict(&mut self, wait: impl FnOnce(&mut Self) -> &mut Wait, now: u64, jitter: f64) -> bool {
        if self.is_beyond() {
            return false;
        }
        self.contradicted = self.contradicted.saturating_add(1);
        if self.contradicted >= AT_ONCE {
            wait(self).longer(Fault::Broken, now, jitter);
        }
        true
    }
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
                if taken && state.contradict(|state| &mut state.pull_wait, now, jitter) {
                    self.session = false;
                }
                self.set_aside_unknown(journal);
            }
            Err(fault @ Fault::Status(401, _)) => self.session_ended(journal, fault, now, jitter),
            Err(fault) => self.failed_in(journal, fault, now, jitter),
        }
    }

    /// Something was pushed, and the office says whether the journal is ours.
    pub(super) fn pushed_to(&mut self, journal: JournalId, granted: bool, now: u64, jitter: f64) {
        let state = self.journals.entry(journal).or_default();
        let waited = std::mem::take(&mut state.push_wait);
        if !self.session || state.listed {
            return;
        }
        if granted {
            state.push_wait = waited;
        }
        if granted && state.contradict(|state| &mut state.push_wait, now, jitter) {
            self.session = false;
        } else {
            state.denied = true;
        }
    }

    pub(super) fn was_sent(&self, journal: JournalId) -> bool {
        self.outbox.iter().any(|item| item.journal == journal && is_sent(item.state))
    }

    /// In a browser without locks another tab may send what we meant to send before a journal goes, and be told that it is ours after all: we send it
    /// once more ourselves, and hear it.
    pub(super) fn ask_ourselves(&mut self) {
        // Nothing goes while nobody is there who was told what is granted.
        if !self.open || !self.session {
            return;
        }
        let asks = |journal| self.journals.get(&journal).is_some_and(|state| state.revoked && !state.denied);
        let sent = self.outbox.iter().filter(|item| is_sent(item.state) && asks(item.journal));
        self.mark(sent.map(|item| (item.device, item.n, OutboxState::Waiting)).collect());
    }

    /// The office does not know the journal, as far as we may: it was lost in a restore, and its founding lies here no more. What waits for it
    /// can't be sent; it is set aside, where a person sees it, and sent once more with every session.
    pub(super) fn set_aside_unknown(&mut self, journal: JournalId) {
        let state = self.journals.get(&journal).filter(|state| state.push_stall && state.revoked && !state.may_be_lost());
        if state.is_some() && self.open && self.session {
            let waits = self.outbox.iter().filter(|item| item.journal == journal && item.state == OutboxState::Waiting);
            self.mark(waits.map(|item| (item.device, item.n, OutboxState::Refused)).collect());
        }
    }
}

fn is_sent(state: OutboxState) -> bool {
    matches!(state, OutboxState::Sent { .. } | OutboxState::Quarantined { .. })
}
