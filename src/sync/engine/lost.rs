//! A journal that is granted no more: taken back, or lost by the office in a restore, with its grants.

use uuid::Uuid;

use super::{Effect, Engine, Fault, JournalState};
use crate::domain::JournalId;
use crate::sync::held::OutboxState;

/// So often is asked again, in one epoch, whether a journal is granted in which something was taken; and so often at once whether one is that was
/// taken back.
const DOUBTS: u8 = 2;

impl JournalState {
    /// It is granted no more, and lies here: perhaps the office lost it.
    pub(super) fn may_be_lost(&self) -> bool {
        let held = self.strays || self.cursor.is_some_and(|cursor| cursor.seq > 0);
        held && self.revoked && !self.unfounded && (!self.crowded || self.refounded < DOUBTS)
    }

    /// Something was taken here, in this epoch, although we were not told that it is granted: it was founded by that push, or granted meanwhile. Whether
    /// to ask before anything is taken off. Not for ever: what was taken before a grant was taken back gets the same answer each time. But
    /// once more than seems enough, and anew in every epoch: the office may have been put back between the answer and what it told us,
    /// and founded again since.
    pub(super) fn doubts(&mut self, epoch: Uuid) -> bool {
        let times = if self.doubted.0 == epoch { self.doubted.1 } else { 0 };
        self.doubted = (epoch, times.saturating_add(1));
        times < DOUBTS
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
                // It takes it only from who reads it: if it is not granted all the same, the office was put back between the two
                // answers, and may have lost it again. What it said yes to is not taken off, however often; but it waits in between.
                if taken {
                    state.refounded = state.refounded.saturating_add(1);
                    if state.refounded >= DOUBTS {
                        state.pull_wait.longer(Fault::Broken, now, jitter);
                    }
                }
                // Then it is granted again.
                self.session &= !taken;
                self.set_aside_unknown(journal);
            }
            Err(fault @ Fault::Status(401, _)) => self.session_ended(journal, fault, now, jitter),
            Err(fault) => self.failed_in(journal, fault, now, jitter),
        }
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
