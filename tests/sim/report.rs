//! Runs many seeds and says what came of it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::checks::{KINDS, Wrongs};
use super::ctl::{Point, Stats};
use super::planted::Bug;
use super::survive;

/// So many seeds have to meet every kind of fault.
const ENOUGH: u64 = 300;
/// And so many a death at every point.
const ENOUGH_TO_DIE: u64 = 2_000;

/// Does this for each of them, on all cores. What came of it, and how long the processors have worked.
fn on_all_cores<T: Copy + Sync, U: Send>(all: &[T], act: impl Fn(T) -> U + Sync) -> (Vec<U>, f64) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, done) = (AtomicUsize::new(0), Mutex::new((Vec::with_capacity(all.len()), 0.0)));
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let start = processor_seconds();
                let mut mine = Vec::new();
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    mine.push(act(*one));
                }
                let mut done = done.lock().unwrap();
                done.0.append(&mut mine);
                done.1 += processor_seconds() - start;
            });
        }
    });
    done.into_inner().unwrap()
}

/// Lives through the seeds, prints the table and the last line, and fails if anything was wrong, or if something that can happen
/// never did.
pub fn run(seeds: &[u64]) {
    let start = std::time::Instant::now();
    let (lives, seconds) = on_all_cores(seeds, |seed| {
        let (found, lived) = survive(seed, None);
        if !found.is_empty() {
            println!("seed {seed}: {found:?}");
        }
        (seed, found, lived)
    });
    let (mut stats, mut wrongs, mut bad) = (Stats::default(), Wrongs::default(), Vec::new());
    for (seed, found, lived) in lives {
        stats.add(&lived);
        if !found.is_empty() {
            bad.push(seed);
        }
        for (kind, list) in found.0 {
            wrongs.0.entry(kind).or_default().extend(list);
        }
    }
    bad.sort_unstable();
    let a_minute = |seconds: f64| (stats.entries as f64 / seconds * 60.0) as u64;
    println!("{:>12} entries a minute on one core ({seconds:.1} s of the processor)", a_minute(seconds));
    let wall = start.elapsed().as_secs_f64();
    println!("{:>12} entries a minute on all cores ({wall:.1} s)", a_minute(wall));
    table(&stats, &wrongs);
    assert!(bad.is_empty(), "{} seeds went wrong: {:?}", bad.len(), &bad[..bad.len().min(20)]);
    if stats.seeds >= ENOUGH {
        let never: Vec<&str> = counts(&stats)
            .into_iter()
            .filter(|(words, count)| *count == 0 && *words != EXCUSED)
            .map(|(words, _)| words)
            .collect();
        let never_died = Point::ALL.iter().filter(|point| stats.points.get(point).is_none_or(|(_, crashed)| *crashed == 0));
        let never_died: Vec<&str> = never_died.filter(|_| stats.seeds >= ENOUGH_TO_DIE).map(|point| point.words()).collect();
        assert!(never.is_empty() && never_died.is_empty(), "never happened: {never:?}; nobody died at: {never_died:?}");
    }
}

/// How long the processor has worked for this thread: what the machine does beside it does not count.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or_default();
    nanoseconds / 1e9
}

const EXCUSED: &str = "of them went with the grants of all who held them, after a restore";

/// Everything that is counted, with what it is.
fn counts(stats: &Stats) -> Vec<(&'static str, u64)> {
    macro_rules! rows { ($($f:ident: $words:expr,)*) => { vec![$(($words, stats.$f),)*] } }
    rows! {
        devices: "phones", tabs: "tabs opened", second_tabs: "of them beside another", journals: "journals", founded: "closed journals founded on a phone",
        founded_again: "of them again after a restore",
        let_in: "times somebody was let into one, or taken off", let_in_again: "of them again after a restore",
        entries: "entries of which a screen said \"opgeslagen\"", excused: EXCUSED,
        lines: "lines that the office stored (again after a restore)",
        messages: "messages", lost_messages: "lost", doubled_messages: "doubled", refused_requests: "answered by something in between",
        garbled: "pages garbled", partitions: "partitions", crashes: "crashes", clock_jumps: "clocks set wrong", clones: "phones copied",
        new_ids: "new device ids", locked: "times locked", signed_in_again: "times somebody signed in again",
        grants_changed: "grants changed", destroyed: "journals taken off a phone", upgrades: "app upgrades",
        quarantined: "entries set apart", erasures: "erasures", erased_lines: "lines erased", restores: "restores",
        careless_restores: "of them without a new epoch", rewinds: "times a phone went back",
        offered: "lines that the office got back by an offer",
        forged: "forgeries tried", conflicts: "conflicts that a person sees at the end", steps: "steps",
    }
}

pub fn table(stats: &Stats, wrongs: &Wrongs) {
    for (words, count) in counts(stats) {
        println!("{count:>12} {words}");
    }
    println!("{:>12} {:>10}  crash points", "passed", "crashed");
    for point in Point::ALL {
        let (passed, crashed) = stats.points.get(point).copied().unwrap_or_default();
        println!("{passed:>12} {crashed:>10}  {}", point.words());
    }
    let found: Vec<String> = KINDS.iter().map(|kind| format!("{kind}={}", wrongs.count(kind))).collect();
    println!(
        "sim: seeds={} entries={} devices={} crashes={} partitions={} {}",
        stats.seeds,
        stats.entries,
        stats.devices,
        stats.crashes,
        stats.partitions,
        found.join(" ")
    );
}

/// Plants each bug and looks whether it is seen within so many seeds.
pub fn planted(bugs: &[Bug], most: u64) {
    std::panic::set_hook(Box::new(|_| {}));
    let (found, _) = on_all_cores(bugs, |bug| {
        let caught = (0..most).find_map(|seed| {
            let (wrongs, _) = survive(seed, Some(bug));
            let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| wrongs.count(kind) > 0).collect();
            (!kinds.is_empty()).then(|| (seed, kinds.join(", ")))
        });
        match &caught {
            Some((seed, kinds)) => println!("{:<75} caught as {kinds}, after {} seeds", bug.words(), seed + 1),
            None => println!("{:<75} NOT CAUGHT in {most} seeds", bug.words()),
        }
        (bug, caught.is_some())
    });
    let missed: Vec<Bug> = found.into_iter().filter(|(_, caught)| !caught).map(|(bug, _)| bug).collect();
    let _ = std::panic::take_hook();
    println!("planted: caught={} of={}", bugs.len() - missed.len(), bugs.len());
    assert!(missed.is_empty(), "nobody saw {missed:?}");
}
