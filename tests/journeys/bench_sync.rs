//! 10,000 entries up and down between a real browser and a real server: how long, and how many bytes.
//!
//! Up: from the first push to the moment at which the last of them is marked as sent, in a strict transaction. Down: a new phone, from the first pull
//! to the end of the strict transaction with the last page. `make bench-sync`; it asserts nothing about time. Waiting for the office and
//! storing go on side by side, so the columns don't add up.

use serde_json::json;

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people, until};

const ENTRIES: u64 = 10_000;

/// Keeps the outbox key and the text of the next entry that is sealed, so that more can be made like it.
const LISTEN: &str = "
const real = SubtleCrypto.prototype.encrypt;
SubtleCrypto.prototype.encrypt = function (algorithm, key, data) {
  const bound = algorithm.additionalData ? new TextDecoder().decode(algorithm.additionalData) : '';
  if (bound.includes(':outbox:')) window.sealing = { real, bound, key, text: new TextDecoder().decode(data) };
  return real.apply(this, arguments);
};";

/// Fills the outbox up with entries like the one that was saved, each with an id, a salt and a note of its own.
const FILL: &str = "
const [count, done] = arguments;
const asked = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const newId = () => {
  const bytes = random(16);
  let ms = Date.now();
  for (let i = 5; i >= 0; i--, ms = Math.floor(ms / 256)) bytes[i] = ms % 256;
  bytes[6] = 0x70 | (bytes[6] & 15);
  bytes[8] = 0x80 | (bytes[8] & 63);
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};
const notes = ['', 'koffie, alles goed', 'Kleindochter is geslaagd, taart gegeten. Lift doet het weer.', 'Niet thuis, kaartje in de bus gedaan. Volgende week nog eens langs.'];
(async () => {
  const { real, bound, key, text } = window.sealing;
  const name = (await indexedDB.databases()).find(({ name }) => name.startsWith('waakvlam-')).name;
  const database = await asked(indexedDB.open(name));
  const read = database.transaction(['counter', 'outbox']);
  const counter = await asked(read.objectStore('counter').get('now'));
  const pattern = (await asked(read.objectStore('outbox').getAll())).at(-1);
  const written = JSON.parse(text);
  let bytes = 0;
  for (let at = 0; at < count; at += 500) {
    const rows = [];
    for (let i = at; i < Math.min(at + 500, count); i++) {
      const [n, id] = [counter.n++, newId()];
      written.payload.body.note = notes[n % notes.length];
      const plain = new TextEncoder().encode(JSON.stringify({ ...written, id, n, salt: hex(random(32)) }));
      const iv = random(12);
      const additionalData = new TextEncoder().encode(bound.replace(/[0-9]+$/, String(n)));
      const sealed = new Uint8Array(await real.call(crypto.subtle, { name: 'AES-GCM', iv, additionalData }, key, plain));
      const together = new Uint8Array(12 + sealed.length);
      together.set(iv);
      together.set(sealed, 12);
      bytes += together.length;
      rows.push({ ...pattern, n, id, sealed: together });
    }
    const tx = database.transaction(['counter', 'outbox'], 'readwrite', { durability: 'strict' });
    for (const row of rows) tx.objectStore('outbox').add(row, [row.device, row.n]);
    tx.objectStore('counter').put(counter, 'now');
    await new Promise((yes, no) => { tx.oncomplete = yes; tx.onabort = () => no(tx.error); });
  }
  database.close();
  return bytes / count;
})().then(done, (error) => done(String(error)));";

/// Notes requests to the journals and the strict transactions on what waits (`notes` holds what was acknowledged of it); before the app starts.
const MEASURE: &str = "
window.measured = { first: null, last: null, requests: 0, sent: 0, strict: 0, other: 0, storing: 0 };
window.Request = class extends Request {
  constructor(input, options) {
    super(input, options);
    if (/\\/journals\\/.*\\/(pushes|entries)/.test(this.url)) {
      window.measured.first ??= performance.now();
      window.measured.requests += 1;
      window.measured.sent += options.body?.byteLength ?? 0;
    }
  }
};
const realTransaction = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  const tx = realTransaction.apply(this, arguments);
  if (mode === 'readwrite' && window.measured.first !== null && [stores].flat().some((store) => ['outbox', 'notes'].includes(store))) {
    const since = performance.now();
    tx.addEventListener('complete', () => {
      window.measured[tx.durability === 'strict' ? 'strict' : 'other'] += 1;
      window.measured.last = performance.now();
      window.measured.storing += window.measured.last - since;
    });
  }
  return tx;
};
performance.setResourceTimingBufferSize(5000);";

/// How far the journal that was pulled furthest was pulled, read past the app.
const PULLED: &str = "
const done = arguments[arguments.length - 1];
const asked = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
(async () => {
  const named = (await indexedDB.databases()).find(({ name }) => name.startsWith('waakvlam-'));
  if (!named) return 0;
  const database = await asked(indexedDB.open(named.name));
  if (!database.objectStoreNames.contains('cursors')) return database.close(), 0;
  const cursors = await asked(database.transaction('cursors').objectStore('cursors').getAll());
  database.close();
  return Math.max(0, ...cursors.map((cursor) => JSON.parse(cursor).seq));
})().then(done, () => done(0));";

/// With `PROFILE=folder` what the browser's profiler saw goes there, for its own tools to show.
pub(super) async fn profiled(phone: &Phone, name: &str, start: bool) {
    let Some(folder) = std::env::var_os("PROFILE") else { return };
    if start {
        phone.cdp("Profiler.enable", json!({})).await;
        phone.cdp("Profiler.start", json!({})).await;
    } else {
        let profile = phone.cdp("Profiler.stop", json!({})).await;
        let path = std::path::Path::new(&folder).join(format!("{name}.cpuprofile"));
        std::fs::write(path, profile["profile"].to_string()).expect("a profile is written");
    }
}

async fn pulled(phone: &Phone) -> u64 {
    let answer = phone.browser().execute_async(PULLED, Vec::new()).await;
    answer.ok().and_then(|answer| answer.json().as_u64()).unwrap_or(0)
}

const RESULT: &str = "
const journeys = performance.getEntriesByType('resource').filter(({ name }) => /\\/journals\\/.*\\/(pushes|entries)/.test(name));
const received = journeys.reduce((sum, { transferSize }) => sum + transferSize, 0);
const waited = journeys.reduce((sum, { duration }) => sum + duration, 0);
return { ...window.measured, ms: window.measured.last - window.measured.first, received, waited };";

struct Measured {
    ms: f64,
    requests: u64,
    sent: u64,
    received: u64,
    waited_ms: f64,
    storing_ms: f64,
    strict: u64,
}

async fn measured(phone: &Phone) -> Measured {
    let answer = phone.ask(RESULT, Vec::new()).await;
    let number = |name: &str| answer[name].as_f64().unwrap_or_else(|| panic!("{name}: {answer}"));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]
    let whole = |name: &str| number(name) as u64;
    assert_eq!(whole("other"), 0, "every transaction on the outbox is strict");
    let (ms, waited_ms, storing_ms) = (number("ms"), number("waited"), number("storing"));
    Measured {
        ms,
        requests: whole("requests"),
        sent: whole("sent"),
        received: whole("received"),
        waited_ms,
        storing_ms,
        strict: whole("strict"),
    }
}

fn print(what: &str, of: &Measured) {
    println!(
        "  {what:<6} {:>8.0} {:>9} {:>12} {:>12} {:>12.0} {:>8} {:>12.0}",
        of.ms, of.requests, of.sent, of.received, of.waited_ms, of.strict, of.storing_ms
    );
}

/// Waits much longer than a person would: a slow figure is a figure. Looks closely only when nothing was stored for a second, so that
/// looking costs the phone nothing while it works.
async fn wait_for(phone: &Phone, mut so: impl AsyncFnMut() -> bool) {
    const QUIET: &str = "return window.measured?.last > 0 && performance.now() - window.measured.last > 1000;";
    let mut quiet_and_so = async || phone.ask(QUIET, Vec::new()).await == true && so().await;
    for _ in 0..12 {
        if until(&mut quiet_and_so).await {
            return;
        }
    }
    phone.give_up("it does not end").await;
}

/// One office, one phone that fills it, one new phone that fetches all of it.
async fn up_and_down() -> (Measured, Measured) {
    let mut journey = Journey::begin("bench sync").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut phone = journey.phone("jamila").await;
    let phrase = phone.enrol(&link).await;
    phone.see(DOOR).await;
    phone.see("Alles verstuurd").await;
    phone.wait_until_installed().await;
    phone.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": MEASURE })).await;
    journey.office.close();
    phone.offline().await;
    phone.reload().await;
    phone.unlock(&phrase).await;
    phone.see(DOOR).await;
    phone.ask(LISTEN, Vec::new()).await;
    phone.tap(&format!("Noteer bij {DOOR}")).await;
    phone.tap("Gezwaaid").await;
    phone.see("Opgeslagen op deze telefoon").await;
    let filled = phone.browser().execute_async(FILL, vec![json!(ENTRIES - 1)]).await.expect("the outbox is filled");
    let each = filled.json().as_f64().unwrap_or_else(|| panic!("{}", filled.json()));
    journey.note(&format!("{ENTRIES} entries lie in the outbox, {each:.0} bytes each, sealed"));

    // Closed: a locked phone sends, and nothing is pulled meanwhile.
    phone.reload().await;
    phone.see(&format!("{ENTRIES} aantekeningen wachten nog op versturen.")).await;
    journey.office.open().await;
    profiled(&phone, "up", true).await;
    phone.online().await;
    wait_for(&phone, async || !phone.words().await.contains("nog op versturen")).await;
    profiled(&phone, "up", false).await;
    let up = measured(&phone).await;
    let there = journey.office.entries("visit").await;
    assert_eq!(there, 1 + i64::try_from(ENTRIES).expect("a number"), "all of it is in the office");
    phone.close().await;

    let mut new = journey.phone("new").await;
    new.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": MEASURE })).await;
    new.go("/inloggen").await;
    new.fill("Inlognaam", "jamila.k").await;
    new.fill("Je vijf woorden", &phrase).await;
    profiled(&new, "down", true).await;
    new.tap("Inloggen").await;
    wait_for(&new, async || pulled(&new).await >= ENTRIES).await;
    new.see("Laatst geweest").await;
    profiled(&new, "down", false).await;
    let down = measured(&new).await;
    new.close().await;
    (up, down)
}

#[tokio::test]
#[ignore = "a measurement, not a test: `make bench-sync`"]
async fn ten_thousand_up_and_down() {
    let runs: usize = std::env::var("RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    let mut measured = Vec::new();
    for _ in 0..runs {
        measured.push(up_and_down().await);
    }
    println!("  way          ms  requests   bytes sent   bytes back   waited, ms   strict  storing, ms");
    for (up, down) in &measured {
        print("up", up);
        print("down", down);
    }
    let (ups, downs) = measured.into_iter().unzip();
    let middle = |mut all: Vec<Measured>| {
        all.sort_unstable_by(|a, b| a.ms.total_cmp(&b.ms));
        all.swap_remove(all.len() / 2)
    };
    let (up, down) = (middle(ups), middle(downs));
    println!("bench-sync: up_ms={:.0} down_ms={:.0} up_bytes={} down_bytes={}", up.ms, down.ms, up.sent, down.received);
}
