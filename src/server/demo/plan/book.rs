//! The pen: writes lines in order and folds them as it goes, so that each next line is written by
//! somebody who saw the ones before.

use chrono::{DateTime, TimeDelta, Utc};
use rand::{Rng as _, RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{AuthorRef, PlannedLine, PlannedUser};
use crate::domain::{Body, Caseload, DeviceId, Entry, EntryId, Payload, Subject, UserId};

/// The lines of one journal so far.
pub struct Book {
    /// All chance comes from here.
    pub rng: ChaCha8Rng,
    /// What the lines add up to.
    pub caseload: Caseload,
    /// The lines.
    pub lines: Vec<PlannedLine>,
    /// After this nothing is written.
    pub now: DateTime<Utc>,
    /// Who can write.
    pub users: Vec<PlannedUser>,
}

impl Book {
    pub fn new(seed: u64, now: DateTime<Utc>) -> Self {
        Self { rng: ChaCha8Rng::seed_from_u64(seed), caseload: Caseload::default(), lines: Vec::new(), now, users: Vec::new() }
    }

    /// A random id.
    pub fn id(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.rng.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// Whether something with this chance happens.
    pub fn chance(&mut self, chance: f64) -> bool {
        self.rng.random_bool(chance.clamp(0.0, 1.0))
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        (!from.is_empty()).then(|| self.rng.random_range(0..from.len())).and_then(|i| from.get(i))
    }

    /// One of several, each with a weight; the first if all weigh nothing.
    pub fn weighed<T: Copy>(&mut self, from: &[(T, u32)]) -> Option<T> {
        let total: u32 = from.iter().map(|(_, weight)| weight).sum();
        let mut left = self.rng.random_range(0..total.max(1));
        for (value, weight) in from {
            if left < *weight {
                return Some(*value);
            }
            left -= weight;
        }
        from.first().map(|(value, _)| *value)
    }

    /// The user's id; the server has the nil id.
    pub fn author(&self, author: AuthorRef) -> UserId {
        match author {
            AuthorRef::Server => UserId(Uuid::nil()),
            AuthorRef::User(index) => self.users.get(index).map_or(UserId(Uuid::nil()), |user| user.id),
        }
    }

    /// Writes one line at the end. What would be written after now is written now.
    pub fn write(&mut self, author: AuthorRef, at: DateTime<Utc>, subject: Subject, body: impl Into<Body>) -> EntryId {
        let written_at = at.min(self.now);
        let mut random = [0; 10];
        self.rng.fill_bytes(&mut random);
        let millis = u64::try_from(written_at.timestamp_millis()).unwrap_or(0);
        let id = EntryId(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid());
        // Most are sent at once; a stairwell without a signal takes a while.
        let seconds = if self.rng.random_bool(0.8) { self.rng.random_range(1..9) } else { self.rng.random_range(20..240) };
        let before = self.lines.last().map_or(DateTime::UNIX_EPOCH, |line| line.received_at);
        let received_at = (written_at + TimeDelta::seconds(seconds)).min(self.now).max(before);
        let clock_ahead_ms = match author {
            AuthorRef::Server => None,
            AuthorRef::User(_) => Some(self.rng.random_range(-900..1_400)),
        };
        let payload = Payload { written_at, clock_ahead_ms, subject, group: None, body: body.into() };
        let n = u64::try_from(self.lines.len()).unwrap_or(u64::MAX).saturating_add(1);
        self.caseload.apply(Entry {
            id,
            author: self.author(author),
            device: DeviceId(Uuid::nil()),
            n,
            seq: Some(n),
            received_at: Some(received_at),
            payload: Some(payload.clone()),
        });
        self.lines.push(PlannedLine { author, received_at, id, payload });
        id
    }
}
