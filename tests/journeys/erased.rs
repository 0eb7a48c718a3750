//! Somebody is erased at the office: the words leave the phones that had pulled them, the one that was away with words still to send, and
//! the database's files.

use crate::support::neighbourhood::DOOR;
use crate::support::profile::search;
use crate::support::{Journey, people};

const SEEN: &str = "Een bank op straat gezet, nummer 4471-kweepeer.";
const WAITING: &str = "Nog een briefje gevonden, nummer 9902-mispel.";

#[tokio::test]
async fn the_words_about_somebody_leave_every_phone() {
    let mut journey = Journey::begin("erased").await;
    let jamila_link = people::jamila(&journey.office).await;
    let ineke_link = people::ineke(&journey.office);
    journey.office.open().await;

    // Jamila writes about who lives at the door; Ineke reads it on her own phone.
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&jamila_link).await;
    worry(&jamila, SEEN).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    let mut ineke = journey.phone("ineke").await;
    ineke.enrol(&ineke_link).await;
    to_door(&ineke).await;
    ineke.see(SEEN).await;
    let path = ineke.ask("return location.pathname", Vec::new()).await;
    let place = path.as_str().and_then(|path| path.split('/').nth(2)).expect("a door's address").to_owned();
    journey.note("both have the words");

    // Ineke adds to it without a signal.
    ineke.offline().await;
    ineke.tap("Ik maak me zorgen").await;
    ineke.tap("Geld").await;
    ineke.tap("Kijken").await;
    ineke.fill("Wat heb je gezien of gehoord?", WAITING).await;
    ineke.tap("Opslaan").await;
    ineke.see("1 wacht (geen internet)").await;

    // The office erases who lives there, beside the running server.
    let shown = journey.office.run(&["erase", "--place", &place]);
    let household =
        shown.split("--household ").nth(1).and_then(|rest| rest.split('.').next()).expect("who lives there").to_owned();
    let said = journey.office.run(&["erase", "--household", &household, "--yes"]);
    assert!(said.contains("Gewist: 3."), "the household, the visit of before and the signal: {said}");
    journey.note("erased at the office");

    // A phone that is open takes it away at its next contact, the one that was away when it comes back: with what it had not sent.
    jamila.offline().await;
    jamila.online().await;
    to_door(&jamila).await;
    jamila.see_no_more(SEEN).await;
    ineke.online().await;
    ineke.see("Alles verstuurd").await;
    to_door(&ineke).await;
    ineke.see_no_more(SEEN).await;
    ineke.see_no_more(WAITING).await;
    ineke.look("deur-gewist").await;
    journey.note("gone from both screens");

    // Not only from the screen: what is opened again is what is kept.
    jamila.kill().await;
    jamila.start().await;
    jamila.go(&format!("/deur/{place}")).await;
    jamila.unlock(&phrase).await;
    jamila.see("Wat er eerder was").await;
    jamila.see("Alles verstuurd").await;
    for words in [SEEN, WAITING] {
        assert!(!jamila.words().await.contains(words), "opened again, it stands there: {words}");
    }
    ineke.close().await;
    jamila.close().await;
    let strings = [SEEN.to_owned(), WAITING.to_owned()];
    for profile in [ineke.profile(), jamila.profile()] {
        assert!(search(profile, &strings).is_empty(), "a copied phone tells");
    }
    journey.office.close();
    let folder = journey.office.file("");
    assert!(search(&folder, &strings).is_empty(), "the office's files tell");
    journey.note("not kept on the phones, not in the office's files");
}

async fn to_door(phone: &crate::support::phone::Phone) {
    phone.go_in_app("/").await;
    phone.tap("Deuren").await;
    phone.tap("Portiek A, Lindehof").await;
    phone.tap(DOOR).await;
    phone.see("Wat er eerder was").await;
}

async fn worry(phone: &crate::support::phone::Phone, words: &str) {
    to_door(phone).await;
    phone.tap("Ik maak me zorgen").await;
    phone.tap("Geld").await;
    phone.tap("Kijken").await;
    phone.fill("Wat heb je gezien of gehoord?", words).await;
    phone.tap("Opslaan").await;
    phone.see("Opgeslagen op deze telefoon").await;
}
