//! The path: a contact noted without a signal reaches the office.

use crate::support::neighbourhood::DOOR;
use crate::support::{Journey, people};

const SEEN: &str = "Drie brieven van een deurwaarder op tafel.";

#[tokio::test]
async fn a_contact_noted_without_a_signal_reaches_the_office() {
    let mut journey = Journey::begin("the path").await;
    let link = people::jamila(&journey.office).await;
    let ineke_link = people::ineke(&journey.office);
    journey.office.open().await;

    // Jamila enrols on her phone; the places of her neighbourhood come down.
    let mut jamila = journey.phone("jamila").await;
    jamila.go(&link).await;
    let phrase = jamila.read_words().await;
    jamila.look("aanmelden").await;
    jamila.tap("Ik heb ze opgeschreven").await;
    jamila.see("Typ je vijf woorden").await;
    jamila.look("aanmelden-controle").await;
    jamila.fill("Jouw vijf woorden", &phrase).await;
    jamila.tap("Klaar, open de app").await;
    jamila.see("Dag Jamila").await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.look("vandaag").await;
    jamila.wait_until_installed().await;
    journey.note("enrolled, the places are there");

    // No network and no server: the app starts and opens all the same.
    journey.office.close();
    jamila.offline().await;
    jamila.reload().await;
    jamila.see("Hallo jamila").await;
    jamila.look("openen").await;
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    journey.note("started and opened without a network");

    // Two taps from Vandaag to a saved contact.
    jamila.count_taps();
    jamila.tap(&format!("Noteer bij {DOOR}")).await;
    jamila.tap("Koffie, alles goed").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    assert_eq!(jamila.taps.get(), 2, "from Vandaag to a saved contact");
    jamila.look("noteren-opgeslagen").await;
    jamila.tap("Klaar").await;
    jamila.see("1 wacht (geen internet)").await;

    // A signal with a note.
    jamila.tap(&format!("Noteer bij {DOOR}")).await;
    jamila.see("Eén tik en het is bewaard.").await;
    jamila.look("noteren-tegels").await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.tap("Geld").await;
    jamila.tap("Bespreken").await;
    jamila.tap("Post op de mat").await;
    jamila.fill("Wat heb je gezien of gehoord?", SEEN).await;
    jamila.look("zorgen").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.look("zorgen-opgeslagen").await;
    journey.note("a contact and a signal are saved");

    // The battery is out. Both are there when it is back, still without a network.
    jamila.kill().await;
    jamila.start().await;
    jamila.go("/").await;
    jamila.see("2 aantekeningen wachten nog op versturen.").await;
    jamila.look("openen-wachten").await;
    jamila.unlock(&phrase).await;
    jamila.see("2 wachten (geen internet)").await;
    jamila.look("vandaag-wachten").await;
    jamila.tap("Versturen").await;
    jamila.see("Dit wacht nog").await;
    jamila.see(&format!("Koffie, alles goed, {DOOR}")).await;
    jamila.see(&format!("Signaal Geld, {DOOR}")).await;
    jamila.look("versturen-wacht").await;
    jamila.tap("Vandaag").await;
    jamila.tap(DOOR).await;
    jamila.see(SEEN).await;
    jamila.look("deur").await;
    journey.note("killed and started again: both are there");

    // The server is back while the app is locked: both are sent.
    jamila.reload().await;
    jamila.see("2 aantekeningen wachten nog op versturen.").await;
    assert_eq!((journey.office.entries("visit").await, journey.office.entries("concern").await), (1, 0), "nothing was sent yet");
    journey.office.open().await;
    jamila.online().await;
    jamila.see_no_more("nog op versturen").await;
    jamila.see("Je vijf woorden").await;
    assert_eq!((journey.office.entries("visit").await, journey.office.entries("concern").await), (2, 1), "both are sent");
    journey.note("both are sent by a locked phone");

    // The supervisor sees both on a computer of her own, worries first.
    let mut ineke = journey.phone("ineke").await;
    ineke.enrol(&ineke_link).await;
    ineke.see("Binnengekomen").await;
    ineke.see("Signalen").await;
    ineke.see("Contacten").await;
    ineke.look("binnengekomen").await;
    let rows = ineke.each("main ul.rows > li.row").await;
    assert!(rows.first().is_some_and(|row| row.contains("Geld") && row.contains(DOOR)), "worries come first: {rows:?}");
    ineke.tap_first("main ul.rows > li.row a.row__link").await;
    ineke.see(SEEN).await;
    ineke.look("binnengekomen-detail").await;
    ineke.tap("Gezien").await;
    ineke.see("Nog open").await;
    ineke.see("2 nieuw").await;
    ineke.see("Alles verstuurd").await;
    ineke.look("binnengekomen-gezien").await;
    ineke.tap_first("main ul.rows > li.row a.row__link").await;
    ineke.see("Gezien door jou").await;
    assert_eq!(journey.office.entries("review").await, 1, "seen is sent");
    ineke.close().await;
    journey.note("the supervisor has seen it");

    // And the worker sees that she did.
    jamila.unlock(&phrase).await;
    jamila.see("Gezien door Ineke").await;
    jamila.look("deur-gezien").await;
    jamila.tap("Versturen").await;
    jamila.see("Er wacht niets op deze telefoon.").await;
    jamila.look("versturen-leeg").await;
    jamila.close().await;
    journey.note("the worker sees that it was seen");
}
