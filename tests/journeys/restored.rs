//! The office is put back from an older backup: phones notice, go back, and give again what it lost, also what others wrote.

use crate::support::neighbourhood::{DOOR, NAME};
use crate::support::phone::Phone;
use crate::support::{Journey, people};

/// How often each contact stands on the screen of the door.
async fn stands(phone: &Phone, what: &str) -> usize {
    phone.each(".entry__title").await.iter().filter(|title| *title == what).count()
}

async fn to_door(phone: &Phone) {
    phone.go_in_app("/deuren").await;
    phone.tap("Portiek A, Lindehof").await;
    phone.tap(DOOR).await;
    phone.see("Wat er eerder was").await;
}

#[tokio::test]
async fn phones_give_back_what_a_restore_lost() {
    let mut journey = Journey::begin("restored").await;
    let jamila_link = people::jamila(&journey.office).await;
    let fatma_link = journey.office.add_user("fatma.y", "Fatma Yıldız", "worker", Some(NAME));
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&jamila_link).await;
    jamila.see(DOOR).await;
    let mut fatma = journey.phone("fatma").await;
    fatma.enrol(&fatma_link).await;
    // What Jamila promised is on her own list.
    fatma.see("Portiek A").await;
    fatma.note(DOOR, "Gezwaaid").await;
    fatma.see("Alles verstuurd").await;
    let backup = journey.office.file("backup.db").display().to_string();
    journey.office.run(&["backup", "--to", &backup]);

    // After the backup both write, and Jamila has what Fatma wrote. One more waits on Jamila's phone.
    fatma.note(DOOR, "Aangebeld, niet thuis").await;
    fatma.see("Alles verstuurd").await;
    jamila.note(DOOR, "Deur bleef dicht").await;
    jamila.see("Alles verstuurd").await;
    to_door(&jamila).await;
    jamila.see("Aangebeld, niet thuis").await;
    // And she takes a second phone into use, which the backup does not know.
    let mut second = journey.phone("second").await;
    second.go("/inloggen").await;
    second.fill("Inlognaam", "jamila.k").await;
    second.fill("Je vijf woorden", &phrase).await;
    second.tap("Inloggen").await;
    second.see("Alles verstuurd").await;
    second.see(DOOR).await;
    second.wait_until_installed().await;
    // Fatma's phone falls into the water.
    fatma.kill().await;
    jamila.offline().await;
    second.offline().await;
    jamila.note(DOOR, "Briefje achtergelaten").await;
    second.note(DOOR, "Telefoontje").await;
    journey.office.close();
    let said = journey.office.run(&["restore", "--replace", &backup]);
    assert!(said.contains("A new epoch has begun"), "{said}");
    journey.office.open().await;
    assert_eq!(journey.office.entries("visit").await, 2, "what was before the backup");
    journey.note("an office that lost two contacts, one of a phone that is gone");

    // Jamila has to do nothing, and nothing on her screen goes.
    to_door(&jamila).await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    jamila.see_that("return !document.querySelector('.state--phone, .state--sending');", "all of it has come back").await;
    for what in ["Gezwaaid", "Aangebeld, niet thuis", "Deur bleef dicht", "Briefje achtergelaten"] {
        assert_eq!(stands(&jamila, what).await, 1, "{what} stands on the screen, once");
    }
    assert!(
        crate::support::until(async || journey.office.entries("visit").await == 5).await,
        "all are at the office, once: {}",
        journey.office.entries("visit").await
    );
    let words = jamila.words().await;
    assert!(!words.contains("Inloggen nodig") && !words.contains("Bel het kantoor"), "the screen stays calm: {words}");
    jamila.go_in_app("/versturen").await;
    jamila.see("Er wacht niets op deze telefoon.").await;
    jamila.see_no_more("oudere kopie").await;
    journey.note("it has all of them again, also what Jamila only read");

    // The second phone is unknown: she signs in on it again, with the same words, and what waited there arrives.
    second.online().await;
    second.see("Inloggen nodig, 1 veilig bewaard").await;
    second.tap("Inloggen nodig, 1 veilig bewaard").await;
    second.see("Opnieuw inloggen nodig").await;
    second.look("opnieuw-inloggen").await;
    second.tap("Op slot doen en inloggen").await;
    second.fill("Inlognaam", "jamila.k").await;
    second.fill("Je vijf woorden", &phrase).await;
    second.tap("Inloggen").await;
    second.see("Alles verstuurd").await;
    to_door(&second).await;
    for what in ["Gezwaaid", "Aangebeld, niet thuis", "Deur bleef dicht", "Briefje achtergelaten", "Telefoontje"] {
        second.see(what).await;
        assert_eq!(stands(&second, what).await, 1, "{what} stands on the screen, once");
    }
    assert_eq!(journey.office.entries("visit").await, 6);
    second.tap("Op slot doen").await;
    second.see("Hallo jamila").await;
    second.close().await;
    jamila.close().await;
    journey.note("and a phone that the backup did not know is signed in again");
}
