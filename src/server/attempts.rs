//! How often somebody may try, and how much a phone may push: leaky buckets in memory, of a size that nobody can make grow.
//!
//! | what | whose bucket | holds | leaks |
//! |---|---|---|---|
//! | wrong phrases | the login name | 10 | one a minute |
//! | wrong phrases, codes and credentials | the address (IPv6: its /64) | 60 | one in 5 s |
//! | pushes, one for each and one more for every 16 KiB | the device | 1,000 | 50 a second |
//!
//! An attempt is taken before the answer is known, so that many at once don't slip past, and given back when it
//! was right: somebody who signs in rightly is never slowed down, and nothing is ever locked for good. Pushing is counted by
//! device, never by address: a whole office may stand behind one address. A push that is asked to wait loses nothing; the phone
//! keeps it and honours Retry-After.

use std::hash::{BuildHasher as _, Hash, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::DeviceId;

/// The sizes of the buckets, and how long it takes for one more to fit.
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
    /// What one device may push at once: one for a push, one more for every 16 KiB.
    pub per_device: u32,
    /// How long until one more is allowed.
    pub per_device_refill: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_name: 10,
            per_name_refill: Duration::from_secs(60),
            per_address: 60,
            per_address_refill: Duration::from_secs(5),
            per_device: 1_000,
            per_device_refill: Duration::from_millis(20),
        }
    }
}

/// What a push costs, beside one for itself.
const BYTES_FOR_ONE: usize = 16 * 1024;

pub(super) struct Attempts {
    names: Buckets,
    addresses: Buckets,
    devices: Buckets,
    started: Instant,
}

impl Attempts {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            names: Buckets::new(limits.per_name, limits.per_name_refill),
            addresses: Buckets::new(limits.per_address, limits.per_address_refill),
            devices: Buckets::new(limits.per_device, limits.per_device_refill),
            started: Instant::now(),
        }
    }

    /// Takes an attempt; `Err` says how long to wait. The name is taken along where there is one.
    pub(super) fn take(&self, address: IpAddr, name: Option<&str>) -> Result<Attempt<'_>, Duration> {
        let now = self.started.elapsed();
        let attempt = Attempt {
            attempts: self,
            address: self.addresses.slot(network(address)),
            name: name.map(|name| self.names.slot(name)),
        };
        self.addresses.take(attempt.address, 1, now)?;
        if let Some(name) = attempt.name
            && let Err(wait) = self.names.take(name, 1, now)
        {
            self.addresses.give_back(attempt.address);
            return Err(wait);
        }
        Ok(attempt)
    }

    /// Takes a push of so many bytes; `Err` says how long to wait.
    pub(super) fn push(&self, device: DeviceId, bytes: usize) -> Result<(), Duration> {
        let cost = u32::try_from(1 + bytes / BYTES_FOR_ONE).unwrap_or(u32::MAX);
        self.devices.take(self.devices.slot(device), cost, self.started.elapsed())
    }
}

/// Who has an IPv6 address has all of its /64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address => address,
    }
}

/// An attempt that was taken.
#[must_use]
pub(super) struct Attempt<'a> {
    attempts: &'a Attempts,
    address: Slot,
    name: Option<Slot>,
}

impl Attempt<'_> {
    /// It was right: it does not count.
    pub(super) fn was_right(self) {
        self.attempts.addresses.give_back(self.address);
        if let Some(name) = self.name {
            self.attempts.names.give_back(name);
        }
    }

    /// It was wrong: it counts.
    pub(super) fn was_wrong(self) {}
}

/// So many buckets, whoever comes along: 1 MiB. Two that fall together share one: it may slow somebody down, and lets nobody through. Which
/// ones do, nobody can foresee: the hash has a random key.
const SLOTS: usize = 1 << 16;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Slot(usize);

#[derive(Clone, Copy, Default)]
struct Bucket {
    /// What is in it, at `at`.
    full: f64,
    at: Duration,
}

struct Buckets {
    size: f64,
    /// Seconds for one to leak out.
    refill: f64,
    key: RandomState,
    buckets: Mutex<Vec<Bucket>>,
}

impl Buckets {
    fn new(size: u32, refill: Duration) -> Self {
        let buckets = Mutex::new(vec![Bucket::default(); SLOTS]);
        Self { size: f64::from(size.max(1)), refill: refill.as_secs_f64(), key: RandomState::new(), buckets }
    }

    fn slot(&self, who: impl Hash) -> Slot {
        // Fewer than 2¹⁶, so that it fits any machine's word.
        Slot(usize::try_from(self.key.hash_one(who) % SLOTS as u64).unwrap_or_default())
    }

    fn take(&self, Slot(slot): Slot, cost: u32, now: Duration) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = &mut buckets[slot];
        let leaked = now.saturating_sub(bucket.at).as_secs_f64() / self.refill;
        *bucket = Bucket { full: (bucket.full - leaked).max(0.0), at: now };
        // What costs more than the bucket holds, waits until it is empty.
        let cost = f64::from(cost).min(self.size);
        let over = bucket.full + cost - self.size;
        if over > 0.0 {
            return Err(Duration::from_secs_f64(over * self.refill));
        }
        bucket.full += cost;
        Ok(())
    }

    fn give_back(&self, Slot(slot): Slot) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets[slot].full = (buckets[slot].full - 1.0).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn wrong_attempts_run_out_and_right_ones_do_not() {
        let attempts = Attempts::new(Limits { per_name: 2, ..Limits::default() });
        for _ in 0..5 {
            attempts.take(HERE, Some("mo")).ok().unwrap().was_right();
        }
        for _ in 0..2 {
            attempts.take(HERE, Some("mo")).ok().unwrap().was_wrong();
        }
        let wait = attempts.take(HERE, Some("mo")).err().unwrap();
        assert!(wait > Duration::from_secs(50) && wait <= Duration::from_secs(60), "{wait:?}");
        // One of three other names may share a bucket with it, hardly all of them.
        assert!(
            ["ineke", "pieter", "fatma"].iter().any(|name| attempts.take(HERE, Some(name)).is_ok()),
            "others are not slowed down"
        );
    }

    #[test]
    fn an_address_runs_out_whatever_the_names_and_its_whole_network_with_it() {
        let attempts = Attempts::new(Limits { per_address: 3, ..Limits::default() });
        for i in 0..3 {
            attempts.take(format!("2001:db8::{i}").parse().unwrap(), Some(&i.to_string())).ok().unwrap().was_wrong();
        }
        assert!(attempts.take("2001:db8:0:0:ffff::1".parse().unwrap(), None).is_err());
        let same: Vec<IpAddr> = vec!["::ffff:10.0.0.1".parse().unwrap(), "10.0.0.1".parse().unwrap()];
        assert_eq!(network(same[0]), network(same[1]));
    }

    #[test]
    fn never_more_than_the_bucket_and_what_leaked_and_the_wait_that_was_told_is_enough() {
        use proptest::prelude::*;
        let steps = proptest::collection::vec((0_u64..5_000, 1_u32..40), 1..200);
        proptest!(|(steps in steps, size in 1_u32..50)| {
            let refill = Duration::from_millis(100);
            let buckets = Buckets::new(size, refill);
            let slot = buckets.slot("somebody");
            let (mut now, mut taken) = (Duration::ZERO, 0.0);
            for (pause, cost) in steps {
                now += Duration::from_millis(pause);
                if let Err(wait) = buckets.take(slot, cost, now) {
                    now += wait + Duration::from_millis(1);
                    prop_assert!(buckets.take(slot, cost, now).is_ok(), "waited {wait:?} for nothing");
                }
                taken += f64::from(cost.min(size));
                prop_assert!(taken <= f64::from(size) + now.as_secs_f64() / refill.as_secs_f64() + 0.01);
            }
        });
    }

    #[test]
    fn two_hundred_phones_behind_one_address_push_as_fast_as_the_office_takes_it() {
        let attempts = Attempts::new(Limits::default());
        // 12 entries are about 12 KiB; 200 phones together 10,000 entries a second are 4.2 pushes a second each.
        for device in 0..200 {
            for _ in 0..250 {
                attempts.push(DeviceId(uuid::Uuid::from_u128(device)), 12 * 1024).unwrap();
            }
        }
    }

    #[test]
    fn no_crowd_makes_it_grow() {
        let attempts = Attempts::new(Limits { per_address: u32::MAX, ..Limits::default() });
        for i in 0..200_000_u32 {
            let _ = attempts.take(HERE, Some(&i.to_string()));
        }
        let kept =
            [&attempts.names, &attempts.addresses, &attempts.devices].map(|buckets| buckets.buckets.lock().unwrap().capacity());
        assert_eq!(kept, [SLOTS; 3]);
        assert!(size_of::<Bucket>() * SLOTS <= 2 << 20);
    }
}
