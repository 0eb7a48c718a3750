//! How long to wait before trying again: twice as long each time, with jitter, and as long as the server asks.

use super::Fault;

/// The longest wait between two attempts, in milliseconds.
pub const LONGEST_WAIT_MS: u64 = 5 * 60 * 1000;
const FIRST_WAIT_MS: u64 = 1_000;
/// What a server may ask at most, in seconds.
const LONGEST_ASKED_S: u64 = 3_600;

/// A wait, or none. The clock is the phone's and may be set back: then nobody knows how long it is, and it is over.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wait {
    failures: u32,
    since: u64,
    until: u64,
    /// The server asked for it: no save and no timer shortens it.
    asked: bool,
}

impl Wait {
    pub(super) fn is_over(&self, now: u64) -> bool {
        now >= self.until || now < self.since
    }

    /// When it ends, if it is not over at `now`.
    pub(super) fn ends_after(&self, now: u64) -> Option<u64> {
        (!self.is_over(now)).then_some(self.until)
    }

    /// Something says that it is worth trying now.
    pub(super) fn wake(&mut self) {
        if !self.asked {
            self.until = 0;
        }
    }

    /// It failed once more.
    pub(super) fn longer(&mut self, fault: Fault, now: u64, jitter: f64) {
        let wait = (FIRST_WAIT_MS << self.failures.min(9)).min(LONGEST_WAIT_MS);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "0.5 to 1 times a small number"
        )]
        let wait = (wait as f64 * (0.5 + jitter.clamp(0.0, 1.0) / 2.0)) as u64;
        let asked = if let Fault::Status(_, Some(seconds)) = fault { seconds.min(LONGEST_ASKED_S) * 1000 } else { 0 };
        self.failures = self.failures.saturating_add(1);
        self.since = now;
        self.until = now + wait.max(asked);
        self.asked = asked > 0;
    }
}
