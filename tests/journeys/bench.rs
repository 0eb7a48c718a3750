//! How fast the app is with a year of work on the phone: 10,000 entries, without a network. `make bench`; it asserts nothing about time.
//!
//! - *save*: sealing and the strict transaction, a thousand in a row on 10,000 held: the store alone, as `make bench` hands it over in `STORES`.
//! - *tap*: in the whole app, from the tap on a tile to the end of the strict transaction, each after a screen was drawn; beside it a bare strict put
//!   at the same moment, which nothing can beat; *shown*: to "Opgeslagen" on the screen.
//! - *start*: from the end of PBKDF2 to the list of Vandaag, each time in a browser that was started anew; also with the processor four times slower.
//! - *search*: from a letter typed to the results on the screen.
//! - *pocket*: the processor four times slower, everything that the machine does and no time for a thumb: a killed browser starts, the
//!   opening screen comes; then a finger, Vandaag, a door, a tile, "Opgeslagen". The finger's reader is in the browser's memory, so the second
//!   part is measured in a browser that was not killed after the passkey was made; the app in it was.

use std::fs;
use std::time::Instant;

use serde_json::{Value, json};

use crate::bench_sync::profiled;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

const SAVES: u64 = 1_000;
const SLOWER: u32 = 4;

/// Fills in the phrase, submits, and notes when the key was there and when the list was.
const OPEN: &str = "
const [phrase, done] = arguments;
const input = document.querySelector('#words');
input.value = phrase;
input.dispatchEvent(new Event('input', { bubbles: true }));
let key = 0;
const real = SubtleCrypto.prototype.deriveBits;
SubtleCrypto.prototype.deriveBits = async function (algorithm, ...rest) {
  const answer = await real.call(this, algorithm, ...rest);
  if (algorithm.name === 'PBKDF2') key = performance.now();
  return answer;
};
// What was waited for until it was unsealed, and when the last was.
const [unsealing, realDecrypt] = [[], SubtleCrypto.prototype.decrypt];
SubtleCrypto.prototype.decrypt = async function (...rest) {
  const since = performance.now();
  const answer = await realDecrypt.apply(this, rest);
  unsealing.push([since, performance.now()]);
  return answer;
};
const drawn = () => {
  if (!document.querySelector('main .rows > .row')) return requestAnimationFrame(drawn);
  const after = performance.now() - key;
  done({ after, unsealing: unsealing.reduce((sum, [from, to]) => sum + to - from, 0), unsealed: unsealing.at(-1)[1] - key, first: unsealing[0][0] - key, pieces: unsealing.length });
};
document.querySelector('#form').requestSubmit();
requestAnimationFrame(drawn);";

/// Notes contacts at a door, one after the other.
const SAVE: &str = "
const [at, rounds, done] = arguments;
const real = window.realOfBench ??= { transaction: IDBDatabase.prototype.transaction, encrypt: SubtleCrypto.prototype.encrypt };
let [saved, began, sealed] = [() => {}, 0, 0];
SubtleCrypto.prototype.encrypt = async function () {
  began ||= performance.now();
  const answer = await real.encrypt.apply(this, arguments);
  sealed ||= performance.now();
  return answer;
};
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  const tx = real.transaction.apply(this, arguments);
  if (mode === 'readwrite' && [stores].flat().includes('outbox')) {
    tx.addEventListener('complete', () => saved(tx.durability === 'strict' ? performance.now() : NaN));
  }
  return tx;
};
const there = (find) => new Promise((yes) => {
  const look = () => { const found = find(); if (found) { observer.disconnect(); yes(found); } };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  look();
});
const go = (path) => { const link = document.createElement('a'); link.href = path; document.body.append(link); link.click(); link.remove(); };
const frame = () => new Promise(requestAnimationFrame);
// What the browser takes for one strict transaction with one `put` at the same moment: nothing can be faster.
const bare = async (database) => {
  const tx = real.transaction.call(database, ['s'], 'readwrite', { durability: 'strict' });
  tx.objectStore('s').put(new Uint8Array(450), performance.now());
  const start = performance.now();
  await new Promise((yes) => { tx.oncomplete = yes; tx.commit(); });
  return performance.now() - start;
};
(async () => {
  const opened = indexedDB.open('floor', 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore('s');
  const floor = await new Promise((yes) => (opened.onsuccess = () => yes(opened.result)));
  const [saves, shows, parts, floors] = [[], [], [], []];
  for (let round = 0; round < rounds; round++) {
    go(`/noteren/${at}`);
    const tile = await there(() => tappable('Gezwaaid'));
    // A thumb takes longer.
    await frame();
    await frame();
    floors.push(await bare(floor));
    await frame();
    await frame();
    const onDisk = new Promise((yes) => (saved = yes));
    began = sealed = 0;
    const start = performance.now();
    tile.click();
    const disk = await onDisk;
    saves.push(disk - start);
    parts.push(began - start, sealed - began, disk - sealed);
    await there(() => document.querySelector('.saved'));
    shows.push(performance.now() - start);
    tappable('Klaar').click();
    await there(() => !document.querySelector('.saved'));
  }
  return { saves, shows, parts, floors };
})().then(done, (why) => done(String(why)));";

/// From the finger to \"Opgeslagen\".
const FINGER: &str = "
const done = arguments[arguments.length - 1];
const at = {};
const start = performance.now();
const step = async (name, find) => {
  for (;;) {
    const found = find();
    if (found) return (at[name] = performance.now() - start), found;
    await new Promise(requestAnimationFrame);
  }
};
(async () => {
  tappable('Open met vinger of gezicht').click();
  (await step('today', () => first('main .rows > .row a.row__note'))).click();
  (await step('tiles', () => tappable('Gezwaaid'))).click();
  await step('saved', () => document.querySelector('.saved'));
  return at;
})().then(done, (why) => done(String(why)));";

/// Types words letter by letter, and notes how long each letter takes until it was drawn what is found.
const SEARCH: &str = "
const [asked, done] = arguments;
const searched = document.querySelector('main input[type=search]');
const drawn = () => new Promise((yes) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = yes; port2.postMessage(0); }));
(async () => {
  const took = [];
  const screen = document.querySelector('main');
  const type = async (text) => {
    let changed = 0;
    const observer = new MutationObserver(() => (changed = performance.now()));
    observer.observe(screen, { subtree: true, childList: true, characterData: true });
    const start = performance.now();
    searched.value = text;
    searched.dispatchEvent(new Event('input', { bubbles: true }));
    for (let quiet = 0, before = changed; quiet < 3; quiet = changed === before ? quiet + 1 : 0) (before = changed), await drawn();
    observer.disconnect();
    return changed && changed - start;
  };
  // What it searches in is read when the screen comes.
  await type('a');
  while (!screen.querySelector('a.row__link')) await drawn();
  for (const word of asked) {
    for (let length = 1; length <= word.length; length++) {
      const ms = await type(word.slice(0, length));
      if (ms) took.push(ms);
    }
  }
  return took;
})().then(done, (why) => done(String(why)));";

async fn run(phone: &Phone, script: &str, arguments: Vec<Value>) -> Value {
    let script = format!("{}\n{script}", crate::support::screen::SCREEN);
    match phone.browser().execute_async(script, arguments).await {
        Ok(answer) if !answer.json().is_string() => answer.json().clone(),
        Ok(answer) => phone.give_up(&answer.json().to_string()).await,
        Err(why) => phone.give_up(&why.to_string()).await,
    }
}

fn numbers(of: &Value) -> Vec<f64> {
    of.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// The value that this share of them does not exceed.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few thousand at most"
)]
fn at_most(share: f64, of: &[f64]) -> f64 {
    let mut sorted = of.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1));
    sorted.get(at - 1).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
fn mean(of: &[f64]) -> f64 {
    of.iter().sum::<f64>() / of.len() as f64
}

async fn slow_down(phone: &Phone, rate: u32) {
    phone.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await;
}

/// A browser that was started anew opens the account; how long from the key to the list.
async fn start(phone: &mut Phone, phrase: &str, rate: u32) -> f64 {
    phone.close().await;
    phone.start().await;
    phone.offline().await;
    phone.go("/").await;
    phone.see("Je vijf woorden").await;
    slow_down(phone, rate).await;
    profiled(phone, "start", true).await;
    let opened = run(phone, OPEN, vec![json!(phrase)]).await;
    profiled(phone, "start", false).await;
    slow_down(phone, 1).await;
    println!("  {rate} ×: {opened}");
    opened["after"].as_f64().expect("a time")
}

/// From a killed browser to the opening screen, seconds; the processor is slow from the first byte of the page on.
async fn out_of_the_pocket(phone: &mut Phone) -> f64 {
    phone.kill().await;
    let begun = Instant::now();
    phone.will_be_offline();
    phone.start().await;
    slow_down(phone, SLOWER).await;
    phone.go("/").await;
    phone.see("Je vijf woorden").await;
    begun.elapsed().as_secs_f64()
}

/// Makes a passkey, evicts the app, and goes from the finger to a contact that is saved; milliseconds.
async fn by_finger(phone: &Phone, phrase: &str) -> Value {
    slow_down(phone, 1).await;
    phone.grow_finger().await;
    phone.unlock(phrase).await;
    phone.see_many("main .rows > .row", 1).await;
    phone.go_in_app("/vinger").await;
    phone.tap("Zet aan").await;
    phone.fill("Je vijf woorden", phrase).await;
    phone.tap("Zet aan").await;
    phone.see("Dit staat aan.").await;
    phone.browser().goto("about:blank").await.expect("an empty page");
    slow_down(phone, SLOWER).await;
    phone.go("/").await;
    phone.see("Open met vinger of gezicht").await;
    let steps = run(phone, FINGER, Vec::new()).await;
    slow_down(phone, 1).await;
    steps
}

#[tokio::test]
#[ignore = "a measurement, not a test: `make bench`"]
async fn a_year_of_work() {
    let count = |name: &str, otherwise: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (entries, runs, saves) = (count("ENTRIES", 10_000), count("RUNS", 5), count("SAVES", SAVES));
    let mut journey = Journey::begin("bench").await;
    journey.office.run(&["demo", "--entries", &entries.to_string(), "--accounts", "accounts.txt"]);
    let accounts = fs::read_to_string(journey.office.file("accounts.txt")).expect("the demo's accounts");
    let (login_name, phrase) = people::worker_of(&accounts);
    journey.office.open().await;
    let mut phone = journey.phone("worker").await;
    phone.go("/inloggen").await;
    phone.fill("Inlognaam", &login_name).await;
    phone.fill("Je vijf woorden", &phrase).await;
    phone.tap("Inloggen").await;
    phone.see_many("main .rows > .row", 1).await;
    phone.see("Alles verstuurd").await;
    phone.wait_until_installed().await;
    let held = journey.office.all_entries().await;
    journey.office.close();
    journey.note(&format!("{held} entries are on the phone; the office is closed"));

    let (mut starts, mut slow) = (Vec::new(), Vec::new());
    // The first one after fetching still tidies up.
    start(&mut phone, &phrase, 1).await;
    for _ in 0..runs {
        starts.push(start(&mut phone, &phrase, 1).await);
        slow.push(start(&mut phone, &phrase, SLOWER).await);
    }
    journey.note(&format!("starts: {starts:.0?}, slow {slow:.0?}"));

    let path = "return document.querySelector('main .rows > .row a.row__note').getAttribute('href').split('/').pop();";
    let place = phone.ask(path, Vec::new()).await;
    let (mut saved, mut shown, mut parts, mut floors) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // A script may not take longer than the driver waits.
    while (saved.len() as u64) < saves {
        let timed = run(&phone, SAVE, vec![place.clone(), json!(20.min(saves - saved.len() as u64))]).await;
        saved.extend(numbers(&timed["saves"]));
        shown.extend(numbers(&timed["shows"]));
        parts.extend(numbers(&timed["parts"]));
        floors.extend(numbers(&timed["floors"]));
    }
    assert_eq!(saved.len() as u64, saves, "every save was strict, and timed");
    let part = |which: usize| at_most(0.5, &parts.iter().skip(which).step_by(3).copied().collect::<Vec<_>>());
    let (mean_ms, median) = (mean(&saved), at_most(0.5, &saved));
    let (before, sealing, storing) = (part(0), part(1), part(2));
    journey.note(&format!("{saves} saves, mean {mean_ms:.2}, median {median:.2}: {before:.2} until sealing, {sealing:.2} sealing, {storing:.2} storing"));

    journey.note(&format!(
        "a bare strict put: mean {:.2}, median {:.2}, p99 {:.2}",
        mean(&floors),
        at_most(0.5, &floors),
        at_most(0.99, &floors)
    ));
    let pocket = out_of_the_pocket(&mut phone).await;
    let steps = by_finger(&phone, &phrase).await;
    let finger = steps["saved"].as_f64().expect("a time") / 1_000.0;
    journey.note(&format!("pocket: opening screen after {pocket:.1} s; from the finger {steps}"));

    phone.go_in_app("/zoeken").await;
    phone.see_that("return !!document.querySelector('main input[type=search]');", "there is a field to search in").await;
    let words = json!(["koffie", "lekkage", "dochter", "fatma", "lindehof 12"]);
    let search = numbers(&run(&phone, SEARCH, vec![words]).await);
    journey.note(&format!("{} letters searched", search.len()));
    phone.close().await;

    let stores = std::env::var("STORES").unwrap_or_default();
    let in_a_row = |name: &str| {
        let value = stores.split_whitespace().find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.and_then(|value| value.parse().ok()).unwrap_or(f64::NAN)
    };
    let (save_mean, save_p99) = (in_a_row("save_mean_ms"), in_a_row("save_p99_ms"));
    let rows = [
        ("save, a thousand in a row, mean", "≤ 1.5 ms", save_mean),
        ("save, a thousand in a row, p99", "≤ 8 ms", save_p99),
        ("the same: a bare strict put, mean", "", in_a_row("floor_mean_ms")),
        ("tap to disk, in the whole app, mean", "", mean(&saved)),
        ("tap to disk, in the whole app, p99", "", at_most(0.99, &saved)),
        ("the same: a bare strict put, mean", "", mean(&floors)),
        ("tap to “Opgeslagen”, p99", "≤ 100 ms", at_most(0.99, &shown)),
        ("start, after the key, to the list", "≤ 200 ms", at_most(0.5, &starts)),
        ("the same, processor 4 × slower", "≤ 800 ms", at_most(0.5, &slow)),
        ("search, a letter to the results, p95", "≤ 10 ms", at_most(0.95, &search)),
        ("pocket to opening screen, 4 × slower", "", pocket * 1_000.0),
        ("finger to “Opgeslagen”, 4 × slower", "", finger * 1_000.0),
        ("pocket to “Opgeslagen”, 4 × slower", "≤ 10 s", (pocket + finger) * 1_000.0),
    ];
    println!("  {held} entries held, {saves} saves, {runs} starts each          goal        here, ms");
    for (what, goal, here) in rows {
        println!("  {what:<48} {goal:>10} {here:>12.1}");
    }
    println!(
        "bench: save_mean_ms={save_mean:.2} save_p99_ms={save_p99:.2} tap_mean_ms={:.2} start_ms={:.0} start_throttled_ms={:.0} search_p95_ms={:.1} pocket_s={:.1}",
        mean(&saved),
        at_most(0.5, &starts),
        at_most(0.5, &slow),
        at_most(0.95, &search),
        pocket + finger
    );
}
