//! How long it takes to start without a network, with a year of work on the phone. Printed; what must hold is in the bench.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Journey, people};

const ENTRIES: &str = "2000";

/// Fills in the phrase, submits, and notes when the key was there and when the list was.
const OPEN: &str = "
const [phrase, done] = arguments;
const input = document.querySelector('#words');
input.value = phrase;
input.dispatchEvent(new Event('input', { bubbles: true }));
const stretched = [];
for (const name of ['deriveBits', 'deriveKey']) {
  const real = SubtleCrypto.prototype[name];
  SubtleCrypto.prototype[name] = async function (algorithm, ...rest) {
    const start = performance.now();
    const answer = await real.call(this, algorithm, ...rest);
    if (algorithm.name === 'PBKDF2') stretched.push([start, performance.now()]);
    return answer;
  };
}
const start = performance.now();
const drawn = () => {
  if (!document.querySelector('main .rows > .row')) return requestAnimationFrame(drawn);
  const end = performance.now();
  done({ all: end - start, stretch: stretched.map(([from, to]) => to - from), after: end - Math.max(...stretched.map(([, to]) => to)) });
};
document.querySelector('#form').requestSubmit();
requestAnimationFrame(drawn);";

#[tokio::test]
async fn a_cold_start_without_a_network() {
    let mut journey = Journey::begin("a cold start").await;
    journey.office.run(&["demo", "--entries", ENTRIES, "--accounts", "accounts.txt"]);
    let accounts = fs::read_to_string(journey.office.file("accounts.txt")).expect("the demo's accounts");
    let (login_name, phrase) = people::worker_of(&accounts);
    journey.office.open().await;

    let mut phone = journey.phone("worker").await;
    phone.go("/inloggen").await;
    phone.fill("Inlognaam", &login_name).await;
    phone.fill("Je vijf woorden", &phrase).await;
    phone.tap("Inloggen").await;
    phone.see("Vandaag langs").await;
    phone.see("Alles verstuurd").await;
    phone.wait_until_installed().await;
    let entries = journey.office.all_entries().await;
    journey.note(&format!("signed in, {entries} entries are on the phone"));
    phone.look("vandaag-een-jaar").await;
    phone.tap("Deuren").await;
    phone.see("Zoek een deur").await;
    phone.look("deuren").await;
    phone.tap("Snel noteren").await;
    phone.see("Bij welke deur?").await;
    phone.look("noteren").await;
    journey.office.close();

    let mut runs: Vec<Value> = Vec::new();
    for _ in 0..3 {
        phone.close().await;
        phone.start().await;
        phone.offline().await;
        phone.go("/").await;
        phone.see("Je vijf woorden").await;
        let answer = phone.browser().execute_async(OPEN, vec![json!(phrase)]).await.expect("the account opens");
        runs.push(answer.json().clone());
    }
    phone.close().await;
    for run in &runs {
        let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
        println!(
            "  cold start, {entries} entries, offline: {:.0} ms from phrase to list; PBKDF2 {:.0} ms; after the key {:.0} ms",
            number(&run["all"]),
            number(&run["stretch"][0]),
            number(&run["after"])
        );
        assert!(number(&run["after"]) > 0.0, "the start could not be measured: {run}");
    }
}
