//! The proving ground: `make sim` and `make sim-planted`. The real engine, courier, book, fold and intake rules, on phones, tabs, a network and an
//! office in virtual time, where everything goes wrong that can. Each run heals and is then asked what must hold.
//!
//! A seed decides everything: `make sim SEED=n` lives through one again, and tells what happens.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "small numbers")]

mod checks;
mod ctl;
mod net;
mod office;
mod planted;
mod report;
mod seals;
mod store;
mod tab;
mod task;
mod world;
mod write;

use checks::Wrongs;
use ctl::{Ctl, Stats};
use planted::Bug;
use world::World;

/// A third of what a seed costs is asking for memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Lives through a seed. What was wrong at its end, and what was counted.
fn live(seed: u64, bug: Option<Bug>, trace: bool) -> (Wrongs, Stats) {
    let ctl = Ctl::new(seed, bug, trace);
    let mut actions = 0;
    let mut world = World::new(&ctl, &mut actions);
    for _ in 0..actions {
        world.happen();
    }
    world.heal();
    let wrongs = checks::ask(&world);
    let mut stats = ctl.stats();
    stats.seeds = 1;
    (wrongs, stats)
}

/// The same, where a panic is a wrong, too.
fn survive(seed: u64, bug: Option<Bug>) -> (Wrongs, Stats) {
    match std::panic::catch_unwind(|| live(seed, bug, false)) {
        Ok(lived) => lived,
        Err(why) => {
            let words = why.downcast_ref::<String>().cloned().or_else(|| why.downcast_ref::<&str>().map(|why| (*why).to_owned()));
            let mut wrongs = Wrongs::default();
            wrongs.0.insert("stuck", vec![format!("panicked: {}", words.unwrap_or_default())]);
            (wrongs, Stats { seeds: 1, ..Stats::default() })
        }
    }
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.trim().parse().ok())
}

/// A fixed run of seeds.
const FIXED: std::ops::Range<u64> = 0..200;
/// So many fresh ones.
const FRESH: u64 = 100;

#[test]
fn nothing_is_lost_in_fixed_and_in_fresh_seeds() {
    let fresh = variable("SIM_FRESH").unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        now.as_secs() << 20
    });
    println!("sim: fresh seeds begin at {fresh}; `make sim SEED=n` lives through one again");
    report::run(&FIXED.chain(fresh..fresh + FRESH).collect::<Vec<_>>());
}

/// `make sim`: `SIM_SEEDS` from `SIM_FROM`, or the one `SIM_SEED` with all that happens.
#[test]
#[ignore = "make sim"]
fn sim() {
    if let Some(seed) = variable("SIM_SEED") {
        let (wrongs, stats) = live(seed, None, true);
        report::table(&stats, &wrongs);
        assert!(wrongs.is_empty(), "seed {seed}: {wrongs:#?}");
        return;
    }
    let from = variable("SIM_FROM").unwrap_or(0);
    report::run(&(from..from + variable("SIM_SEEDS").unwrap_or(2_000)).collect::<Vec<_>>());
}

#[test]
fn a_seed_lives_the_same_life_twice() {
    for seed in 0..10 {
        let (_, one) = live(seed, None, false);
        let (_, two) = live(seed, None, false);
        assert_eq!((one.entries, one.messages, one.steps, one.points), (two.entries, two.messages, two.steps, two.points));
    }
}

/// `make sim-planted`: each bug, one at a time, must be seen.
#[test]
#[ignore = "make sim-planted"]
fn planted() {
    report::planted(Bug::ALL, variable("SIM_SEEDS").unwrap_or(3_000));
}
