//! How often somebody may try: a bucket of attempts per login name and per address, in memory.
//!
//! An attempt is taken before the answer is known, so that many at once don't slip past, and given back when it
//! was right: somebody who signs in rightly is never slowed down, and nothing is ever locked for good.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The sizes of the buckets.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Wrong phrases for one login name before it slows down.
    pub per_name: u32,
    /// How long until one more is allowed.
    pub per_name_refill: Duration,
    /// Wrong attempts from one address before it slows down.
    pub per_address: u32,
    /// How long until one more is allowed.
    pub per_address_refill: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_name: 10,
            per_name_refill: Duration::from_secs(60),
            per_address: 60,
            per_address_refill: Duration::from_secs(5),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Who {
    Name(String),
    Address(IpAddr),
}

/// A bucket that is emptied by attempts and fills up with time.
struct Bucket {
    left: f64,
    at: Instant,
}

pub(super) struct Attempts {
    limits: Limits,
    buckets: Mutex<HashMap<Who, Bucket>>,
}

/// Above this many, buckets that are full again are dropped.
const SWEEP_ABOVE: usize = 10_000;

impl Attempts {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes an attempt; `Err` says how long to wait. The name is taken along where there is one.
    pub(super) fn take(&self, address: IpAddr, name: Option<&str>) -> Result<Attempt<'_>, Duration> {
        let now = Instant::now();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > SWEEP_ABOVE {
            buckets.retain(|who, bucket| !full_again(bucket, self.size(who), now));
        }
        let who: Vec<Who> =
            [Some(Who::Address(address)), name.map(|name| Who::Name(name.to_owned()))].into_iter().flatten().collect();
        let mut wait = Duration::ZERO;
        for who in &who {
            let (size, refill) = self.size(who);
            let bucket = buckets.entry(who.clone()).or_insert(Bucket { left: f64::from(size), at: now });
            let filled = now.duration_since(bucket.at).as_secs_f64() / refill.as_secs_f64();
            bucket.left = (bucket.left + filled).min(f64::from(size));
            bucket.at = now;
            if bucket.left < 1.0 {
                wait = wait.max(refill.mul_f64(1.0 - bucket.left));
            }
        }
        if wait > Duration::ZERO {
            return Err(wait);
        }
        for who in &who {
            if let Some(bucket) = buckets.get_mut(who) {
                bucket.left -= 1.0;
            }
        }
        Ok(Attempt { attempts: self, who })
    }

    fn size(&self, who: &Who) -> (u32, Duration) {
        match who {
            Who::Name(_) => (self.limits.per_name, self.limits.per_name_refill),
            Who::Address(_) => (self.limits.per_address, self.limits.per_address_refill),
        }
    }
}

fn full_again(bucket: &Bucket, (size, refill): (u32, Duration), now: Instant) -> bool {
    bucket.left + now.duration_since(bucket.at).as_secs_f64() / refill.as_secs_f64() >= f64::from(size)
}

/// An attempt that was taken.
#[must_use]
pub(super) struct Attempt<'a> {
    attempts: &'a Attempts,
    who: Vec<Who>,
}

impl Attempt<'_> {
    /// It was right: it does not count.
    pub(super) fn was_right(self) {
        let mut buckets = self.attempts.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        for who in &self.who {
            if let Some(bucket) = buckets.get_mut(who) {
                bucket.left += 1.0;
            }
        }
    }

    /// It was wrong: it counts.
    pub(super) fn was_wrong(self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_attempts_run_out_and_right_ones_do_not() {
        let attempts = Attempts::new(Limits { per_name: 2, ..Limits::default() });
        let here = IpAddr::from([127, 0, 0, 1]);
        for _ in 0..5 {
            attempts.take(here, Some("mo")).ok().unwrap().was_right();
        }
        for _ in 0..2 {
            attempts.take(here, Some("mo")).ok().unwrap().was_wrong();
        }
        let wait = attempts.take(here, Some("mo")).err().unwrap();
        assert!(wait > Duration::from_secs(50) && wait <= Duration::from_secs(60), "{wait:?}");
        assert!(attempts.take(here, Some("ineke")).is_ok(), "another name is not slowed down");
    }
}
