//! Opening with a fingerprint: a passkey with PRF, in Chromium's own virtual authenticator.

use serde_json::json;

use crate::support::phone::Phone;
use crate::support::{Journey, people};

/// The button on the opening screen.
const BUTTON: &str = "Open met vinger of gezicht";
/// What is said when it did not open.
const REFUSED: &str = "Dat lukte niet. Probeer het nog eens, of typ je vijf woorden.";

/// Nothing of an account is on the screen, and the words can be typed.
async fn stays_closed(phone: &Phone) {
    phone.see(REFUSED).await;
    let words = phone.words().await;
    assert!(words.contains("Je vijf woorden") && !words.contains("Lindehof"), "{words}");
}

#[tokio::test]
async fn a_finger_opens_offline_and_the_words_do_when_it_is_taken_away() {
    let mut journey = Journey::begin("passkey").await;
    let link = people::jamila(&journey.office).await;
    let colleague = journey.office.add_user("fatma.y", "Fatma Yilmaz", "worker", Some(crate::support::neighbourhood::NAME));
    journey.office.open().await;

    // It is offered once the five words were typed.
    let mut phone = journey.phone("jamila").await;
    let strange = phone.grow_finger().await;
    let words = phone.enrol(&link).await;
    phone.see("Openen met je vinger of gezicht?").await;
    phone.look("vinger-aanbod").await;
    // A finger that the phone does not know: nothing is made, and it can be asked again.
    phone.put_finger(&strange, false).await;
    phone.tap("Ja, doe maar").await;
    phone.see("Het is niet gelukt. Er is niets veranderd.").await;
    assert!(phone.passkeys(&strange).await.is_empty(), "no passkey was made");
    phone.look("vinger-aanbod-mislukt").await;
    phone.lose_finger(strange).await;
    let finger = phone.grow_finger().await;
    phone.tap("Ja, doe maar").await;
    phone.see("Dag Jamila").await;
    phone.see("Alles verstuurd").await;
    let held = phone.passkeys(&finger).await;
    assert_eq!(held.len(), 1, "one passkey was made: {held:?}");
    assert_eq!(held[0]["rpId"], "localhost");
    phone.wait_until_installed().await;
    journey.note("enrolled, with a passkey");

    // In the cellar: no network, the app loaded anew.
    phone.offline().await;
    phone.reload().await;
    phone.see(BUTTON).await;
    phone
        .see_that(
            "return document.activeElement?.id === 'finger' || document.activeElement?.innerText.includes('vinger');",
            "the focus is on the button and no keyboard comes up",
        )
        .await;
    phone.look("openen-vinger").await;
    phone.tap(BUTTON).await;
    phone.see("Dag Jamila").await;
    phone.note("Lindehof 12", "Gezwaaid").await;
    journey.note("opened offline, and a contact was noted");

    // With a network again the session is renewed, though no words were typed: the cookie is gone.
    phone.tap("Op slot doen").await;
    phone.online().await;
    let mut other = journey.phone("fatma").await;
    other.enrol(&colleague).await;
    other.see("Dag Fatma").await;
    other.write("Lindehof 12", "Fatma was hier").await;
    other.see("Alles verstuurd").await;
    other.close().await;
    phone.cdp("Network.clearBrowserCookies", json!({})).await;
    phone.tap(BUTTON).await;
    phone.see("Dag Jamila").await;
    phone.tap("Lindehof 12").await;
    phone.see("Fatma was hier").await;
    phone.see("Alles verstuurd").await;
    assert_eq!(journey.office.entries("visit").await, 3, "one was there, two were sent");
    journey.note("what was noted went up, what a colleague wrote came down");

    // A second account on this phone opens by itself, and keeps its own way in.
    let second = journey.office.add_user("kees.d", "Kees de Groot", "worker", Some(crate::support::neighbourhood::NAME));
    phone.tap("Op slot doen").await;
    let other_words = phone.enrol(&second).await;
    phone.see("Openen met je vinger of gezicht?").await;
    phone.tap("Nu niet").await;
    phone.see("Dag Kees").await;
    phone.tap("Op slot doen").await;
    phone.tap("kees.d").await;
    phone.see_no_more(BUTTON).await;
    phone.look("openen-twee-accounts").await;
    phone.unlock(&other_words).await;
    phone.see("Dag Kees").await;
    turn_on(&phone, &other_words).await;
    assert_eq!(phone.passkeys(&finger).await.len(), 2, "each account has its own");
    phone.tap("Op slot doen").await;
    phone.tap("kees.d").await;
    phone.tap(BUTTON).await;
    phone.see("Dag Kees").await;
    phone.tap("Op slot doen").await;
    phone.tap("jamila.k").await;
    phone.tap(BUTTON).await;
    phone.see("Dag Jamila").await;
    journey.note("two accounts, each with its own");

    // It can be taken away; from then on it is the words.
    phone.go_in_app("/vinger").await;
    phone.look("vinger-aan").await;
    phone.tap("Zet uit").await;
    phone.see("Weet je waar je vijf woorden staan?").await;
    phone.look("vinger-uit-zeker").await;
    phone.tap("Ja, zet uit").await;
    phone.see("Dit staat uit.").await;
    phone.look("vinger-uit").await;
    phone.go_in_app("/").await;
    phone.offline().await;
    phone.reload().await;
    phone.tap("jamila.k").await;
    phone.see_no_more(BUTTON).await;
    phone.unlock(&words).await;
    phone.see("Dag Jamila").await;
    journey.note("taken away: opened by the words, offline");

    // And it can be put back, for the right words only.
    phone.go_in_app("/vinger").await;
    phone.tap("Zet aan").await;
    phone.fill("Je vijf woorden", "aap noot mies wim zus").await;
    phone.tap("Zet aan").await;
    phone.see("Deze woorden kloppen niet.").await;
    phone.look("vinger-woorden-fout").await;
    phone.fill("Je vijf woorden", &words).await;
    phone.tap("Zet aan").await;
    phone.see("Dit staat aan.").await;
    phone.go_in_app("/").await;
    phone.tap("Op slot doen").await;
    phone.tap("jamila.k").await;
    phone.tap(BUTTON).await;
    phone.see("Dag Jamila").await;
    journey.note("and put back");

    // Another's finger does not open it, and the words still do.
    phone.put_finger(&finger, false).await;
    phone.tap("Op slot doen").await;
    phone.tap("jamila.k").await;
    phone.tap(BUTTON).await;
    stays_closed(&phone).await;
    phone.see_that("return document.activeElement?.id === 'finger';", "the focus is on the button again").await;
    phone.look("openen-vinger-mislukt").await;
    phone.unlock(&words).await;
    phone.see("Dag Jamila").await;
    phone.close().await;
    journey.note("another's finger: closed, and the words open it");
}

#[tokio::test]
async fn a_copied_phone_without_the_finger_stays_closed() {
    let mut journey = Journey::begin("passkey, copied").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut phone = journey.phone("jamila").await;
    let finger = phone.grow_finger().await;
    let words = phone.enrol(&link).await;
    phone.tap("Ja, doe maar").await;
    phone.see("Dag Jamila").await;
    phone.see("Alles verstuurd").await;
    let passkey = phone.passkeys(&finger).await.remove(0);
    phone.close().await;

    // The whole profile in another browser, with another's finger reader. It is empty; then one with a passkey of the same id, name and private key: its PRF answers otherwise.
    phone.start().await;
    let another = phone.grow_finger().await;
    phone.go("/").await;
    phone.tap(BUTTON).await;
    stays_closed(&phone).await;
    phone.forge_passkey(&another, &passkey).await;
    phone.tap(BUTTON).await;
    stays_closed(&phone).await;
    phone.lose_finger(another).await;
    phone.unlock(&words).await;
    phone.see("Dag Jamila").await;

    // Where there is no such reader it is not offered, and that is said.
    phone.go_in_app("/vinger").await;
    phone.tap("Zet uit").await;
    phone.tap("Ja, zet uit").await;
    phone.see("Deze telefoon of browser kan dit niet.").await;
    phone.look("vinger-kan-niet").await;
    phone.close().await;
    journey.note("a copy opens with the words only");
}

/// Turns it on in the settings.
async fn turn_on(phone: &Phone, words: &str) {
    phone.go_in_app("/vinger").await;
    phone.see("Dit staat uit.").await;
    phone.tap("Zet aan").await;
    phone.see("Typ één keer je vijf woorden.").await;
    phone.look("vinger-woorden").await;
    phone.fill("Je vijf woorden", words).await;
    phone.tap("Zet aan").await;
    phone.see("Dit staat aan.").await;
    phone.go_in_app("/").await;
}
