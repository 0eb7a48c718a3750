//! Runs many seeds and says what came of it.

use super::checks::{KINDS, Wrongs};
use super::ctl::{Point, Stats};
use super::planted::Bug;
use super::survive;

/// Lives through the seeds, prints the table and the last line, and fails if anything was wrong.
pub fn run(seeds: impl Iterator<Item = u64>) {
    let start = processor_seconds();
    let (mut stats, mut wrongs, mut bad) = (Stats::default(), Wrongs::default(), Vec::new());
    for seed in seeds {
        let (found, lived) = survive(seed, None);
        stats.add(&lived);
        if !found.is_empty() {
            if bad.len() < 20 {
                println!("seed {seed}: {found:?}");
            }
            bad.push(seed);
        }
        for (kind, list) in found.0 {
            wrongs.0.entry(kind).or_default().extend(list);
        }
    }
    let seconds = processor_seconds() - start;
    println!(
        "{:>12} entries a minute on one core ({seconds:.1} s of the processor)",
        (stats.entries as f64 / seconds * 60.0) as u64
    );
    table(&stats, &wrongs);
    assert!(bad.is_empty(), "{} seeds went wrong: {:?}", bad.len(), &bad[..bad.len().min(20)]);
}

/// How long the processor has worked for this run: what the machine does beside it does not count.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or_default();
    nanoseconds / 1e9
}

pub fn table(stats: &Stats, wrongs: &Wrongs) {
    macro_rules! rows { ($($f:ident: $words:literal,)*) => { $(println!("{:>12} {}", stats.$f, $words);)* } }
    rows! {
        devices: "phones", tabs: "tabs opened", journals: "journals",
        entries: "entries of which a screen said \"opgeslagen\"", lines: "lines that the office stored (again after a restore)",
        messages: "messages", lost_messages: "lost", doubled_messages: "doubled", refused_requests: "answered by something in between",
        garbled: "pages garbled", partitions: "partitions", crashes: "crashes", clock_jumps: "clocks set wrong", clones: "phones copied",
        new_ids: "new device ids", locked: "times locked", signed_in_again: "times somebody signed in again",
        grants_changed: "grants changed", destroyed: "journals taken off a phone", upgrades: "app upgrades",
        quarantined: "entries set apart", erasures: "erasures", erased_lines: "lines erased", restores: "restores",
        careless_restores: "of them without a new epoch", rewinds: "times a phone went back",
        offered: "lines that the office got back by an offer", excused: "entries that a backup lost and nobody held any more",
        forged: "forgeries tried", conflicts: "conflicts that a person sees at the end", steps: "steps",
    }
    println!("{:>12} {:>10}  crash points", "passed", "crashed");
    for point in Point::ALL {
        let (passed, crashed) = stats.points.get(point).copied().unwrap_or_default();
        println!("{passed:>12} {crashed:>10}  {}", point.words());
    }
    let counts: Vec<String> = KINDS.iter().map(|kind| format!("{kind}={}", wrongs.count(kind))).collect();
    println!(
        "sim: seeds={} entries={} devices={} crashes={} partitions={} {}",
        stats.seeds,
        stats.entries,
        stats.devices,
        stats.crashes,
        stats.partitions,
        counts.join(" ")
    );
}

/// Plants each bug and looks whether it is seen within so many seeds.
pub fn planted(bugs: &[Bug], most: u64) {
    std::panic::set_hook(Box::new(|_| {}));
    let mut missed = Vec::new();
    for bug in bugs {
        let caught = (0..most).find_map(|seed| {
            let (wrongs, _) = survive(seed, Some(*bug));
            let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| wrongs.count(kind) > 0).collect();
            (!kinds.is_empty()).then(|| (seed, kinds.join(", ")))
        });
        match caught {
            Some((seed, kinds)) => println!("{:<75} caught as {kinds}, after {} seeds", bug.words(), seed + 1),
            None => {
                println!("{:<75} NOT CAUGHT in {most} seeds", bug.words());
                missed.push(*bug);
            }
        }
    }
    let _ = std::panic::take_hook();
    println!("planted: caught={} of={}", bugs.len() - missed.len(), bugs.len());
    assert!(missed.is_empty(), "nobody saw {missed:?}");
}
