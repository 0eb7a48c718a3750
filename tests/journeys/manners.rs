//! How a phone behaves towards a line that hangs, an office that asks for patience, and a worker who waits for a neighbourhood.

use std::fs;

use serde_json::json;

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

/// Before the app starts: pushes can be made to hang, or to be answered with 429 once; a time-out of the app comes thirty times sooner; what
/// the pill says is noted, with whether a save is on the screen.
const LINE: &str = "
window.line = { hang: false, busy: false, pushes: [], said: [] };
const later = window.setTimeout;
window.setTimeout = (act, ms, ...rest) => later(act, ms > 20000 ? ms / 30 : ms, ...rest);
const realFetch = window.fetch;
window.fetch = async function (input, options) {
  const request = input instanceof Request ? input : new Request(input, options);
  if (/\\/pushes$/.test(request.url)) {
    window.line.pushes.push(performance.now());
    if (window.line.hang) {
      return new Promise((_, no) => request.signal.addEventListener('abort', () => no(request.signal.reason)));
    }
    if (window.line.busy) {
      window.line.busy = false;
      const problem = JSON.stringify({ type: 'about:blank', title: 'Te snel', status: 429 });
      const answer = new Response(problem, { status: 429, headers: { 'Retry-After': '3', 'Content-Type': 'application/problem+json' } });
      return Object.defineProperty(answer, 'url', { value: request.url });
    }
  }
  return realFetch.call(this, request);
};
new MutationObserver(() => {
  const [pill, saved] = [document.querySelector('.pill')?.textContent, document.querySelector('.saved')];
  if (pill && saved) window.line.said.push(pill);
}).observe(document, { subtree: true, childList: true, characterData: true });";

async fn note(phone: &Phone) {
    phone.tap(&format!("Noteer bij {DOOR}")).await;
    phone.tap("Gezwaaid").await;
    phone.see("Opgeslagen op deze telefoon").await;
}

#[tokio::test]
async fn a_request_that_hangs_ends_and_an_office_that_asks_for_patience_gets_it() {
    let mut journey = Journey::begin("a bad line").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let phone = journey.phone("jamila").await;
    phone.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LINE })).await;
    phone.enrol(&link).await;
    phone.see(DOOR).await;
    phone.see("Alles verstuurd").await;

    phone.ask("window.line.hang = true;", Vec::new()).await;
    note(&phone).await;
    phone.see("1 wacht (geen internet)").await;
    let said = phone.ask("return window.line.said;", Vec::new()).await;
    let said: Vec<_> = said.as_array().into_iter().flatten().filter_map(|said| said.as_str()).collect();
    assert!(!said.is_empty() && !said.contains(&"Alles verstuurd"), "from the save on the pill knows that it waits: {said:?}");
    journey.note("a push hung, and was given up");
    phone.ask("window.line.hang = false; window.dispatchEvent(new Event('online'));", Vec::new()).await;
    phone.see("Alles verstuurd").await;
    phone.tap("Klaar").await;

    phone.ask("window.line.busy = true; window.line.pushes = [];", Vec::new()).await;
    note(&phone).await;
    phone.see_that("return window.line.pushes.length === 1 && !window.line.busy;", "the office says that it is busy").await;
    // Nothing makes it shorter.
    phone.ask("for (const name of ['online', 'focus']) window.dispatchEvent(new Event(name));", Vec::new()).await;
    phone.see("Alles verstuurd").await;
    let waited = phone.ask("return window.line.pushes[1] - window.line.pushes[0];", Vec::new()).await;
    assert!(waited.as_f64().is_some_and(|ms| ms >= 3_000.0), "Retry-After: 3 was asked, {waited} ms were waited");
    journey.note("the office asked for 3 s, and got them");
    assert_eq!(journey.office.entries("visit").await, 3, "everything arrived once");
}

/// Before the app starts: which pages are asked for, by journal. From a number on they wait until they are let go.
const GATE: &str = "
window.gate = { shut: true, asked: {} };
const realFetch = window.fetch;
window.fetch = async function (input, options) {
  const request = input instanceof Request ? input : new Request(input, options);
  const page = request.url.match(/journals\\/([^/]+)\\/entries\\?after=(\\d+)/);
  if (page) {
    (window.gate.asked[page[1]] ??= []).push(Number(page[2]));
    if (window.gate.shut && Number(page[2]) >= 1000) await new Promise(() => {});
  }
  return realFetch.call(this, request);
};";

#[tokio::test]
async fn a_large_neighbourhood_says_how_far_it_is_and_goes_on_where_it_was() {
    let mut journey = Journey::begin("a large neighbourhood").await;
    journey.office.run(&["demo", "--entries", "2000", "--accounts", "accounts.txt"]);
    let accounts = fs::read_to_string(journey.office.file("accounts.txt")).expect("the demo's accounts");
    let (login_name, phrase) = people::worker_of(&accounts);
    journey.office.open().await;
    let mut phone = journey.phone("worker").await;
    phone.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": GATE })).await;
    phone.go("/inloggen").await;
    phone.fill("Inlognaam", &login_name).await;
    phone.fill("Je vijf woorden", &phrase).await;
    phone.tap("Inloggen").await;
    phone.see("De buurt wordt opgehaald").await;
    // A thousand of the neighbourhood, and what there is of other journals.
    phone.see_that("return /1\\.0\\d\\d van /.test(words());", "a thousand are there").await;
    let words = phone.words().await;
    assert!(words.contains("Ophalen") && !words.contains("Alles verstuurd"), "the pill says so, too: {words}");
    assert!(!words.contains("Vandaag hoeft er niets"), "nobody knows that yet: {words}");
    // All of the neighbourhood; of the others as far as they were asked for before it, which is as their ids fall.
    let bar = "const { value, max } = document.querySelector('progress'); const said = words().match(/(1\\.0\\d\\d) van /)?.[1]; return said === `1.${String(value - 1000).padStart(3, '0')}` && max > 1900;";
    phone.see_that(bar, "the bar stands where the words say").await;
    phone.look("ophalen").await;

    phone.kill().await;
    phone.start().await;
    let open = GATE.replace("shut: true", "shut: false");
    phone.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": open })).await;
    phone.go("/").await;
    phone.unlock(&phrase).await;
    phone.see("Alles verstuurd").await;
    phone.see("Vandaag langs").await;
    phone.see_no_more("De buurt wordt opgehaald").await;
    let went_on = "return Object.values(window.gate.asked).some((pages) => pages[0] === 1000);";
    phone.see_that(went_on, "it goes on after what it has").await;
    journey.note("killed at 1,000 lines, and gone on from there");
    phone.close().await;
}
