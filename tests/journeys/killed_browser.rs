//! The browser is killed in the middle of saves, again and again: what it said was saved is there when it starts again.
//!
//! How many saves the page had confirmed is noted here, in another process. `KILLS_BROWSER` says how often (`make kill`), `SEED` how.

use std::time::{Duration, Instant};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

/// Of so many lives the last has a network: the kill then hits sending and fetching, too.
const ONLINE: u64 = 5;
/// The longest that a life lasts after its first tap.
const LONGEST_MS: u64 = 600;

/// Notes contacts, one after the other, until the end; counts in `window.noted` what the screen says is saved.
const NOTE: &str = "
window.noted = 0;
const soon = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
const there = async (find) => { for (;;) { const found = find(); if (found) return found; await soon(); } };
(async () => {
  for (;;) {
    (await there(() => tappable(arguments[0]))).click();
    (await there(() => tappable('Gezwaaid'))).click();
    const saved = await there(() => document.querySelector('.saved'));
    if (!saved.innerText.includes('Opgeslagen op deze telefoon')) throw new Error('another word for saved');
    window.noted += 1;
    (await there(() => tappable('Klaar'))).click();
  }
})();";

/// What lies on the phone, read past the app: its device, its next number, and the numbers in the outbox.
const LIES: &str = "
const done = arguments[arguments.length - 1];
const asked = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
(async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('waakvlam-'));
  const database = await asked(indexedDB.open(name));
  const tx = database.transaction(['counter', 'outbox']);
  const counter = await asked(tx.objectStore('counter').get('now'));
  const keys = await asked(tx.objectStore('outbox').getAllKeys());
  database.close();
  return { device: counter.device, next: counter.n, held: keys.filter(([device]) => device === counter.device).map(([, n]) => n) };
})().then(done, (error) => done({ error: String(error) }));";

/// See [`LIES`].
#[derive(Debug, serde::Deserialize)]
struct Lies {
    device: String,
    next: u64,
    held: Vec<u64>,
}

async fn what_lies_there(phone: &Phone) -> Lies {
    let answer = phone.browser().execute_async(LIES, Vec::new()).await.expect("the phone's database can be read");
    serde_json::from_value(answer.json().clone()).unwrap_or_else(|why| panic!("{why}: {}", answer.json()))
}

/// How many saves the page has confirmed by now; the last answer before the kill counts.
async fn noted(phone: &Phone) -> u64 {
    phone.browser().execute("return window.noted;", Vec::new()).await.ok().and_then(|n| n.json().as_u64()).unwrap_or(0)
}

#[tokio::test]
async fn a_killed_browser_has_what_it_said_was_saved() {
    let number = |name: &str, otherwise| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (kills, seed): (u64, u64) = (number("KILLS_BROWSER", 5), number("SEED", rand::random()));
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut journey = Journey::begin("a killed browser").await;
    println!("  {kills} kills, SEED={seed}");
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut phone = journey.phone("jamila").await;
    let phrase = phone.enrol(&link).await;
    phone.see(DOOR).await;
    phone.see("Alles verstuurd").await;
    phone.wait_until_installed().await;
    journey.office.close();
    phone.offline().await;
    phone.reload().await;

    let (mut confirmed, mut unconfirmed, mut online_kills) = (0, 0, 0);
    let mut before = what_lies_there(&phone).await;
    for kill in 1..=kills {
        let online = kill.is_multiple_of(ONLINE);
        if online {
            journey.office.open().await;
            phone.online().await;
            online_kills += 1;
        }
        phone.unlock(&phrase).await;
        phone.see(DOOR).await;
        phone.ask(NOTE, vec![json!(format!("Noteer bij {DOOR}"))]).await;
        let life = Duration::from_millis(rng.random_range(0..LONGEST_MS));
        let begun = Instant::now();
        let mut told = 0;
        while begun.elapsed() < life {
            told = noted(&phone).await;
        }
        phone.kill().await;

        if online {
            journey.office.close();
            phone.will_be_offline();
        }
        phone.start().await;
        phone.go("/").await;
        phone.see("Hallo jamila").await;
        let now = what_lies_there(&phone).await;
        assert_eq!(now.device, before.device, "the same phone");
        let kept = now.next - before.next;
        assert!(kept >= told, "kill {kill}: {told} were confirmed, {kept} are there");
        if !online {
            let new: Vec<u64> = now.held.iter().copied().filter(|n| *n >= before.next).collect();
            assert_eq!(new, (before.next..now.next).collect::<Vec<_>>(), "each new number is in the outbox");
        }
        (confirmed, unconfirmed) = (confirmed + told, unconfirmed + kept - told);
        before = now;
    }

    // All of it is sent, and each is in the office once.
    journey.office.open().await;
    phone.online().await;
    phone.unlock(&phrase).await;
    phone.see("Alles verstuurd").await;
    let lies = what_lies_there(&phone).await;
    phone.close().await;
    let numbers = journey.office.numbers_of(&lies.device).await;
    let expected: Vec<i64> = (1..i64::try_from(lies.next).expect("a number")).collect();
    assert_eq!(numbers, expected, "the office has every number of this phone, once");
    journey.note(&format!("{confirmed} confirmed saves, {unconfirmed} more that were saved and not yet said"));
    println!(
        "kill: browser kills={kills} online={online_kills} confirmed={confirmed} unconfirmed={unconfirmed} lost=0 doubled=0 seed={seed}"
    );
}
