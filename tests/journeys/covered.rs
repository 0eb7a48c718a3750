//! "Afdekken": the screen tells nothing when it is covered, or out of sight; and that costs no word and no focus.

use serde_json::json;

use crate::support::{Journey, people};

/// From here on it is written down what could be seen at each moment that the app went out of sight or came back.
const WATCH: &str = "
window.seen = [];
const look = (moment) => window.seen.push([moment, [...document.body.children].some((e) => e.checkVisibility({ opacityProperty: true })), document.activeElement?.id]);
addEventListener('visibilitychange', () => look(document.visibilityState));
addEventListener('blur', () => look('blur'));";

const SHOWN: &str = "return !document.documentElement.hasAttribute('data-away') && [...document.body.children].some((e) => e.checkVisibility({ opacityProperty: true }));";
const BLANK: &str = "return document.documentElement.hasAttribute('data-away') && ![...document.body.children].some((e) => e.checkVisibility({ opacityProperty: true }));";

#[tokio::test]
async fn a_covered_screen_tells_nothing_and_costs_nothing() {
    let mut journey = Journey::begin("covered").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut phone = journey.phone("jamila").await;
    let words = phone.enrol(&link).await;
    phone.see("Dag Jamila").await;
    phone.tap("Lindehof 12").await;
    phone.tap("Contact noteren").await;
    phone.tap("Meer invullen").await;
    phone.fill("Wat wil je onthouden?", "De sleutel ligt bij de buurvrouw").await;
    let focused = phone.ask("return document.activeElement.id;", Vec::new()).await;
    assert_ne!(focused, json!(""), "the note has the focus");

    // By hand: one tap there, one tap back.
    phone.tap("Afdekken").await;
    phone.see("Tik om terug te gaan").await;
    phone.see_that("return document.getElementById('cover').matches(':modal') && document.elementFromPoint(180, 300).closest('#cover') !== null;", "it lies over everything").await;
    phone.look("afgedekt").await;
    phone.tap("Waakvlam").await;
    phone.see_that("return !document.getElementById('cover').open;", "the cover is gone").await;
    let note = "return document.querySelector('textarea').value === 'De sleutel ligt bij de buurvrouw';";
    phone.see_that(note, "the note is there").await;
    journey.note("covered by hand, and back");

    // Out of sight: another window in front of it.
    phone.ask("document.querySelector('textarea').focus();", Vec::new()).await;
    phone.ask(WATCH, Vec::new()).await;
    let first = phone.browser().window().await.expect("a window");
    let other = phone.browser().new_tab().await.expect("another window");
    phone.browser().switch_to_window(other).await.expect("another window");
    phone.cdp("Page.bringToFront", json!({})).await;
    phone.browser().close_window().await.expect("it closes");
    phone.browser().switch_to_window(first).await.expect("the first window");
    phone.cdp("Page.bringToFront", json!({})).await;
    phone.see_that(SHOWN, "the screen is there again").await;
    let seen = phone.ask("return window.seen;", Vec::new()).await;
    let hidden: Vec<_> = seen.as_array().into_iter().flatten().filter(|at| at[0] == "hidden").collect();
    assert!(!hidden.is_empty(), "the app was out of sight: {seen}");
    assert!(hidden.iter().all(|at| at[1] == false && at[2] == focused), "blank at once, with the focus where it was: {seen}");
    phone.see_that(note, "the note is there").await;
    let focus = format!("return document.activeElement.id === {focused};");
    phone.see_that(&focus, "and the focus").await;
    journey.note("out of sight: blank, and back with the focus in the note");

    // On a phone already when it is about to go: the task switcher takes its picture then. Nothing is on it, a dialog neither.
    phone.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    phone.ask("dispatchEvent(new Event('blur'));", Vec::new()).await;
    phone.see_that(BLANK, "nothing is to be seen").await;
    phone.look("uit-het-zicht").await;
    phone.see_that(&focus, "the focus stays").await;
    phone.ask("dispatchEvent(new Event('focus'));", Vec::new()).await;
    phone.see_that(SHOWN, "the screen is there again").await;

    // Back after the time to lock: it is locked before anything is shown, under the cover, too.
    phone.tap("Afdekken").await;
    phone.ask("dispatchEvent(new Event('blur'));", Vec::new()).await;
    let later = "const real = Date.now; Date.now = () => real() + 600000;
        window.locked = null;
        new MutationObserver(() => { window.locked ??= !document.body.innerText.includes('Wat wil je onthouden'); })
          .observe(document.documentElement, { attributes: true, attributeFilter: ['data-away'] });
        dispatchEvent(new Event('focus')); Date.now = real;";
    phone.ask(later, Vec::new()).await;
    phone.see_that("return window.locked === true;", "it was locked before it was shown").await;
    phone.tap("Waakvlam").await;
    phone.see("Je vijf woorden").await;
    phone.unlock(&words).await;
    phone.see("Dit was nog niet af.").await;
    phone.see_that(note, "the note was kept").await;

    // Covered longer than that, with nobody looking: the tap that takes the cover off comes too late.
    phone.tap("Afdekken").await;
    phone.see("Tik om terug te gaan").await;
    phone.ask("const real = Date.now; Date.now = () => real() + 600000;", Vec::new()).await;
    phone.tap("Waakvlam").await;
    phone.see("Je vijf woorden").await;
    phone.close().await;
    journey.note("too long away: locked first");
}
