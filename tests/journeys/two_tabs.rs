//! Two windows of one worker, both writing: everything is there once and is sent once.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{Journey, people};

const EACH: i64 = 10;

/// Notes so many contacts, one after the other, as fast as the screen lets it; counts in `window.noted`.
const NOTE: &str = "
window.noted = 0;
const [rounds] = arguments;
const soon = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
const there = async (find) => { for (;;) { const found = find(); if (found) return found; await soon(); } };
const link = (path) => document.querySelector(`a[href=\"${path}\"]`);
(async () => {
  for (let round = 0; round < rounds; round++) {
    (await there(() => tappable('Noteer bij Lindehof 12'))).click();
    (await there(() => tappable('Gezwaaid'))).click();
    await there(() => document.querySelector('.saved'));
    window.noted += 1;
    (await there(() => tappable('Klaar'))).click();
  }
})();";

#[tokio::test]
async fn two_windows_write_at_once_and_nothing_is_lost_or_doubled() {
    let mut journey = Journey::begin("two windows").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see("Lindehof 12").await;
    jamila.see("Alles verstuurd").await;

    let first = jamila.browser().window().await.expect("a window");
    let second = jamila.browser().new_window().await.expect("another window");
    jamila.browser().switch_to_window(second.clone()).await.expect("another window");
    jamila.go("/").await;
    jamila.unlock(&phrase).await;
    jamila.see("Lindehof 12").await;

    jamila.ask(NOTE, vec![json!(EACH)]).await;
    jamila.browser().switch_to_window(first.clone()).await.expect("the first window");
    jamila.ask(NOTE, vec![json!(EACH)]).await;
    for window in [&first, &second] {
        jamila.browser().switch_to_window(window.clone()).await.expect("a window");
        jamila.see_that(&format!("return window.noted === {EACH};"), "all contacts are noted").await;
        jamila.see("Alles verstuurd").await;
    }
    let visits = journey.office.entries("visit").await;
    // One was there before.
    assert_eq!(visits, 2 * EACH + 1, "every contact is in the office once");
    let numbers = journey.office.numbers("visit").await;
    let different: BTreeSet<_> = numbers.iter().collect();
    assert_eq!(different.len(), numbers.len(), "no number was given twice on this device");

    // And both windows show all of them, once.
    for window in [&first, &second] {
        jamila.browser().switch_to_window(window.clone()).await.expect("a window");
        jamila.tap("Lindehof 12").await;
        jamila.see("Wat er eerder was").await;
        let all = format!(
            "return [...document.querySelectorAll('.entry__title')].filter((e) => tidy(e.innerText) === 'Gezwaaid').length === {};",
            2 * EACH
        );
        jamila.see_that(&all, "all contacts stand on the door, once").await;
    }
    jamila.close().await;
    journey.note(&format!("{} contacts from two windows, each once", 2 * EACH));
}
