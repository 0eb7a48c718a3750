//! The office and back: an administrator makes a colleague, who can't wait with a signal, and is asked about it.

use crate::support::neighbourhood::DOOR;
use crate::support::{Journey, people};

const ALONE: &str = "Alleen op deze telefoon. Niemand weet dit nog. Bel.";

#[tokio::test]
async fn a_new_colleague_is_made_by_the_administrator_and_asked_by_the_supervisor() {
    let mut journey = Journey::begin("the office").await;
    people::jamila(&journey.office).await;
    let ruud_link = journey.office.add_user("ruud.b", "Ruud Bakker", "administrator", None);
    let tineke_link = journey.office.add_user("tineke.s", "Tineke Smit", "committee", None);
    let ineke_link = people::ineke(&journey.office);
    journey.office.open().await;

    // The administrator makes Kees.
    let mut ruud = journey.phone("ruud").await;
    ruud.enrol(&ruud_link).await;
    ruud.see("Wie er is").await;
    ruud.look("gebruikers").await;
    ruud.tap("Maak link").await;
    ruud.see("Vul een naam in.").await;
    ruud.look("gebruikers-fout").await;
    ruud.fill("Naam", "Kees de Groot").await;
    ruud.fill("Inlognaam", "kees.d").await;
    ruud.tap("Maak link").await;
    ruud.see_many(".link-box", 1).await;
    ruud.look("gebruikers-link").await;
    let link = journey.office.link(&ruud.each(".link-box").await.concat());
    ruud.close().await;

    let mut tineke = journey.phone("tineke").await;
    tineke.enrol(&tineke_link).await;
    tineke.see("Nog geen buurt").await;
    tineke.look("buurt-geen").await;
    tineke.close().await;
    journey.note("the administrator and the committee");

    // Kees goes without a signal. A form that is not filled in says what is missing.
    let mut kees = journey.phone("kees").await;
    let phrase = kees.enrol(&link).await;
    kees.see("Portiek A").await;
    kees.see("Alles verstuurd").await;
    kees.wait_until_installed().await;
    kees.offline().await;
    journey.office.close();
    kees.at_door(DOOR).await;
    kees.tap("Contact noteren").await;
    kees.tap("Meer invullen").await;
    kees.see(&format!("Contact bij {DOOR}")).await;
    kees.look("contact").await;
    kees.tap("Opslaan").await;
    kees.see("Dit klopt nog niet").await;
    kees.look("contact-fout").await;
    kees.tap("Telefoontje").await;
    kees.tap("Gesproken").await;
    kees.tap("Opslaan").await;
    kees.see("Opgeslagen op deze telefoon").await;

    // What can't wait: it stays on top until somebody was called.
    kees.tap("Ik maak me zorgen").await;
    kees.tap("Gezondheid").await;
    kees.tap("Nu").await;
    kees.see("Bel eerst").await;
    kees.look("zorgen-nu").await;
    kees.tap("In de war").await;
    kees.tap("Opslaan").await;
    kees.see(ALONE).await;
    kees.look("deur-nu").await;
    kees.tap("Vandaag").await;
    kees.see("Dag Kees").await;
    kees.see(ALONE).await;
    kees.look("vandaag-nu").await;
    kees.tap("Ik heb gebeld").await;
    kees.see("Met wie heb je gebeld?").await;
    kees.look("vandaag-gebeld").await;
    kees.fill("Naam of nummer", "112").await;
    kees.tap("Opslaan").await;
    kees.see_no_more(ALONE).await;
    kees.tap("Deuren").await;
    kees.see("Portiek A").await;
    journey.note("an urgent signal, and who was called");

    // The supervisor sees it first, and asks.
    journey.office.open().await;
    kees.online().await;
    kees.see("Alles verstuurd").await;
    let mut ineke = journey.phone("ineke").await;
    ineke.enrol(&ineke_link).await;
    ineke.see("Signalen").await;
    ineke.see("Gebeld met 112").await;
    ineke.look("binnengekomen-nu").await;
    ineke.tap_first("main ul.rows > li.row a.row__link").await;
    ineke.tap("Vraag stellen").await;
    ineke.see("Je vraag").await;
    ineke.look("binnengekomen-vraag").await;
    ineke.fill("Je vraag", "Is er iemand bij haar?").await;
    ineke.tap("Vraag stellen").await;
    ineke.see("Vraag van jou").await;
    ineke.see("Alles verstuurd").await;
    ineke.close().await;

    kees.tap("Op slot doen").await;
    kees.unlock(&phrase).await;
    kees.see("Portiek A").await;
    kees.tap("Vandaag").await;
    kees.see("Vraag van Ineke").await;
    kees.look("vandaag-vraag").await;
    kees.tap(DOOR).await;
    kees.see("Is er iemand bij haar?").await;
    kees.look("deur-vraag").await;
    kees.close().await;
    journey.note("the supervisor asked, the worker sees it");
}
