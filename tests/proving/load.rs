//! How many entries a second the server makes durable: 200 devices on 20 journals, an open loop.
//!
//! Every push has a time at which it is due, drawn beforehand (Poisson); how long it took is counted from that time on, also if it had to wait
//! behind another one of its device. Everything is sealed before the clock runs, so that the one who measures costs little.

use std::time::{Duration, Instant};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::time::{Instant as At, sleep_until};
use waakvlam::domain::JournalId;

use super::ground::{Ground, Kind};
use super::line::{self, Line};
use super::office::Office;
use super::support::{Phone, visit};
use super::{row, setting};

const P99_MS: f64 = 100.0;
const NOTES: [&str; 4] = [
    "koffie, alles goed",
    "Kleindochter is geslaagd, taart gegeten. Lift doet het weer.",
    "Niet thuis, kaartje in de bus gedaan. Volgende week nog eens langs.",
    "Vertelde over de verhuizing van haar zus; wil graag eens mee naar de koffieochtend in de buurtkamer, maar durft niet alleen.",
];

/// A device with what it sends, and when.
struct Sender {
    line: Line,
    due: Vec<(Duration, Vec<u8>)>,
}

/// How much is offered.
#[derive(Clone, Copy)]
enum Offer {
    /// So many entries a second, for so many seconds.
    PerSecond(f64, f64),
    /// As much as the server takes: so many pushes of each device, one after the other.
    Ceiling(usize),
}

/// What a run gave.
struct Measured {
    wanted: f64,
    entries_per_s: f64,
    times_ms: Vec<f64>,
    server_cpu: f64,
    generator_cpu: f64,
    rss_mib: f64,
}

impl Measured {
    fn percentile(&self, per_cent: usize) -> f64 {
        self.times_ms[(self.times_ms.len() * per_cent / 100).min(self.times_ms.len() - 1)]
    }

    /// It kept up, and nobody waited long.
    fn holds(&self) -> bool {
        self.percentile(99) <= P99_MS && self.entries_per_s >= 0.97 * self.wanted
    }

    fn print(&self) {
        println!(
            "  {:>9.0} {:>11.0} {:>8.1} {:>8.1} {:>8.1} {:>9.0} {:>9.0} {:>8.0}",
            self.wanted,
            self.entries_per_s,
            self.percentile(50),
            self.percentile(99),
            self.times_ms.last().unwrap(),
            self.server_cpu * 100.0,
            self.generator_cpu * 100.0,
            self.rss_mib
        );
    }
}

fn head() {
    println!("  wanted/s entries/s    p50 ms   p99 ms   max ms  server %  gener. %  rss MiB");
}

struct Load {
    ground: Ground,
    office: Office,
    phones: Vec<(JournalId, Phone)>,
    rng: ChaCha8Rng,
    acknowledged: usize,
}

impl Load {
    async fn prepare(kind: Kind, journals: usize, devices: usize) -> Self {
        let seed = setting("SEED", 1);
        println!("→ load on {kind}: {devices} devices, {journals} journals, SEED={seed}");
        let ground = Ground::found(kind, journals).await;
        let office = ground.serve();
        let phones = ground.phones(&office, devices / journals).await;
        let phones =
            ground.journals.iter().zip(phones).flat_map(|(journal, phones)| phones.into_iter().map(|phone| (*journal, phone)));
        let phones = phones.collect();
        Self { ground, office, phones, rng: ChaCha8Rng::seed_from_u64(seed), acknowledged: 0 }
    }

    fn request(&mut self, device: usize, each: usize) -> Vec<u8> {
        let (journal, phone) = &mut self.phones[device];
        let records = (0..each)
            .map(|_| {
                let written = phone.write(&visit(NOTES[self.rng.random_range(0..NOTES.len())]));
                phone.seal(*journal, &written)
            })
            .collect();
        line::push(phone, *journal, records)
    }

    /// Offers pushes of so many entries each.
    async fn run(&mut self, offer: Offer, each: usize) -> Measured {
        let devices = self.phones.len();
        let mut senders = Vec::new();
        for _ in 0..devices {
            senders.push(Sender { line: Line::open(self.office.address).await.unwrap(), due: Vec::new() });
        }
        match offer {
            Offer::PerSecond(wanted, seconds) => {
                let mut at = 0.0;
                loop {
                    at -= (1.0 - self.rng.random::<f64>()).ln() / (wanted / each as f64);
                    if at >= seconds {
                        break;
                    }
                    let device = self.rng.random_range(0..devices);
                    let request = self.request(device, each);
                    senders[device].due.push((Duration::from_secs_f64(at), request));
                }
            }
            Offer::Ceiling(pushes) => {
                for (device, sender) in senders.iter_mut().enumerate() {
                    for _ in 0..pushes {
                        sender.due.push((Duration::ZERO, self.request(device, each)));
                    }
                }
            }
        }
        let (server, generator) = (cpu(&self.office.pid().to_string()), cpu("self"));
        let start = At::now() + Duration::from_millis(20);
        let running: Vec<_> = senders.into_iter().map(|sender| tokio::spawn(sender.run(start, each))).collect();
        let mut times_ms = Vec::new();
        for sender in running {
            times_ms.extend(sender.await.unwrap());
        }
        let took = start.elapsed().as_secs_f64();
        let used = |before: f64, who: &str| (cpu(who) - before) / took;
        let (server_cpu, generator_cpu) = (used(server, &self.office.pid().to_string()), used(generator, "self"));
        times_ms.sort_unstable_by(f64::total_cmp);
        let entries = times_ms.len() * each;
        self.acknowledged += entries;
        Measured {
            wanted: if let Offer::PerSecond(wanted, _) = offer { wanted } else { f64::NAN },
            entries_per_s: entries as f64 / took,
            times_ms,
            server_cpu,
            generator_cpu,
            rss_mib: memory(self.office.pid(), "VmRSS:"),
        }
    }

    /// All that was acknowledged stands there, dense and chained.
    async fn is_there(&mut self) {
        let mut held = 0;
        for journal in self.ground.journals.clone() {
            let (_, phone) = self.phones.iter().find(|(of, _)| *of == journal).unwrap();
            held += phone.pull_all(journal).await.0.len();
        }
        assert_eq!(held, self.acknowledged, "what was acknowledged is there, each once");
    }
}

impl Sender {
    async fn run(mut self, start: At, each: usize) -> Vec<f64> {
        let mut times = Vec::with_capacity(self.due.len());
        for (due, request) in self.due {
            let due = if due.is_zero() { At::now().max(start) } else { start + due };
            sleep_until(due).await;
            self.line.send(&request).await.unwrap();
            let answer = self.line.answer().await.unwrap();
            times.push(due.elapsed().as_secs_f64() * 1000.0);
            assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
            let stored = answer.body.windows(8).filter(|eight| eight == b"\"stored\"").count();
            assert_eq!(stored, each, "every entry is acknowledged");
        }
        times
    }
}

/// Seconds of processor that a process has used.
fn cpu(pid: &str) -> f64 {
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name may hold spaces; user and system time are the 12th and 13th after it.
    let rest: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (rest[11].parse::<f64>().unwrap() + rest[12].parse::<f64>().unwrap()) / TICKS
}

/// MiB of memory that a process holds, or held at most (`VmHWM:`).
fn memory(pid: u32, which: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with(which)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

#[allow(clippy::cast_possible_truncation, reason = "a few hundred MiB")]
async fn load(kind: Kind) {
    const EACH: usize = 12;
    let (seconds, step, first) = (setting("SECONDS", 8.0), setting("STEP", 2_000.0), setting("FROM", 4_000.0));
    let mut load = Load::prepare(kind, 20, 200).await;
    load.run(Offer::PerSecond(first, 1.0), EACH).await;
    println!("\n  pushes of {EACH}, open loop, {seconds} s each, latency from the time at which a push was due");
    head();
    let (mut wanted, mut best) = (first, None::<Measured>);
    loop {
        let mut measured = load.run(Offer::PerSecond(wanted, seconds), EACH).await;
        if !measured.holds() {
            // Once more: another process may have been in the way.
            measured.print();
            measured = load.run(Offer::PerSecond(wanted, seconds), EACH).await;
        }
        measured.print();
        if !measured.holds() {
            break;
        }
        best = Some(measured);
        wanted += step;
    }
    // The highest so far: what it holds under the ceilings below, with 200 pushes of 500 at once, is told apart.
    let peak = memory(load.office.pid(), "VmHWM:");
    println!("\n  ceilings: every device one push after the other, without a goal");
    for (each, pushes) in [(1, 100), (EACH, 40), (500, 1)] {
        println!("  pushes of {each}");
        head();
        load.run(Offer::Ceiling(pushes), each).await.print();
    }
    let ceiling = memory(load.office.pid(), "VmHWM:");
    let begun = Instant::now();
    load.is_there().await;
    row("entries acknowledged, all of them there", load.acknowledged);
    row("  pulling and checking them took, s", format!("{:.1}", begun.elapsed().as_secs_f64()));
    row("the server's memory at its highest, open loop, MiB", format!("{peak:.0}"));
    row("  with the ceilings, MiB", format!("{ceiling:.0}"));
    let best = best.expect("the first step holds");
    println!(
        "load: database={kind} entries_per_s={:.0} p50_ms={:.1} p99_ms={:.1} rss_mib={:.0} generator_cpu={:.2}",
        best.entries_per_s,
        best.percentile(50),
        best.percentile(99),
        peak,
        best.generator_cpu
    );
}

#[tokio::test]
#[ignore = "a measurement, not a test: `make load`"]
async fn load_sqlite() {
    load(Kind::Sqlite).await;
}

#[tokio::test]
#[ignore = "a measurement, not a test: `make load`"]
async fn load_postgres() {
    load(Kind::Postgres).await;
}

/// On SQLite; two servers and a lost database are the same on PostgreSQL.
#[tokio::test]
async fn under_load_everything_acknowledged_is_there() {
    let mut load = Load::prepare(Kind::Sqlite, 4, 20).await;
    head();
    load.run(Offer::PerSecond(600.0, 2.0), 12).await.print();
    load.run(Offer::Ceiling(1), 100).await.print();
    load.is_there().await;
}
