//! Two people change the same thing without a signal and without each other: both versions stay, the more serious counts, and
//! one tap chooses.

use crate::support::neighbourhood::DOOR;
use crate::support::{Journey, people};

#[tokio::test]
async fn two_people_change_the_same_and_one_tap_chooses() {
    let mut journey = Journey::begin("two versions").await;
    let jamila_link = people::jamila(&journey.office).await;
    let ineke_link = people::ineke(&journey.office);
    journey.office.open().await;

    // A signal that both have seen.
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&jamila_link).await;
    jamila.tap(&format!("Noteer bij {DOOR}")).await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.tap("Geld").await;
    jamila.tap("Kijken").await;
    jamila.tap("Post op de mat").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("Alles verstuurd").await;
    let mut ineke = journey.phone("ineke").await;
    ineke.enrol(&ineke_link).await;
    ineke.tap("Deuren").await;
    ineke.tap("Portiek A, Lindehof").await;
    ineke.tap(DOOR).await;
    ineke.see("Geld, kijken").await;
    journey.note("both have seen the signal");

    // Both change it without a signal, each in another way.
    jamila.offline().await;
    ineke.offline().await;
    jamila.tap("Wijzigen").await;
    jamila.look("signaal-wijzigen").await;
    jamila.tap("Verander in: bespreken").await;
    jamila.see("1 wacht (geen internet)").await;
    ineke.tap("Wijzigen").await;
    ineke.tap("Verander in: nu").await;
    ineke.see("Bel nu over").await;
    ineke.see("1 wacht (geen internet)").await;
    // Different fields do not stand in each other's way.
    ineke.tap("Ik pak dit op").await;
    ineke.see("2 wachten (geen internet)").await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    ineke.online().await;
    ineke.see("Alles verstuurd").await;
    journey.note("both were sent");

    // Both see both, with who and when; the more serious counts meanwhile.
    ineke.see("Twee versies: kies").await;
    ineke.see("Bespreken (Jamila Kaya, vandaag)").await;
    ineke.see("Nu (Ineke Visser, vandaag)").await;
    jamila.tap("Op slot doen").await;
    journey.note("and both are shown");

    // One tap chooses, and that is the end of it on both phones.
    ineke.tap("Bespreken (Jamila Kaya, vandaag)").await;
    ineke.see_no_more("Twee versies: kies").await;
    ineke.see("Geld, bespreken").await;
    ineke.see("Opgepakt door Ineke Visser").await;
    ineke.see("Alles verstuurd").await;
    assert_eq!(journey.office.entries("change").await, 4, "two changes, one taken on, one chosen: nothing was dropped");
    ineke.close().await;
    jamila.close().await;
}
