//! Somebody forgot the five words: what waits on the phone arrives all the same, nothing is wiped, and new words begin with a pull.

use crate::support::neighbourhood::DOOR;
use crate::support::{Journey, people};

const WRONG: &str = "aap noot mies wim zus";

#[tokio::test]
async fn forgotten_words_cost_no_entry() {
    let mut journey = Journey::begin("forgotten words").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    jamila.offline().await;
    jamila.note(DOOR, "Gezwaaid").await;
    jamila.note(DOOR, "Briefje achtergelaten").await;
    jamila.tap("Op slot doen").await;
    jamila.see("2 aantekeningen wachten nog op versturen. Ze worden vanzelf verstuurd, ook als de app op slot is.").await;
    for _ in 0..4 {
        jamila.see_no_more("Wacht nog").await;
        jamila.unlock(WRONG).await;
        jamila.see("Deze woorden kloppen niet.").await;
    }
    jamila.tap("Ik ben mijn woorden kwijt").await;
    jamila.see("Wat op deze telefoon nog wacht, wordt vanzelf verstuurd, ook zonder je woorden. Er wordt niets gewist.").await;
    jamila.see("2 aantekeningen wachten nog").await;
    jamila.look("woorden-kwijt").await;
    journey.note("wrong words wiped nothing");

    // New words, on another phone: from now on the old ones open no session.
    let link = journey.office.link(&journey.office.run(&["user", "link", "--login-name", "jamila.k"]));
    let mut other = journey.phone("other").await;
    let phrase = other.enrol(&link).await;
    other.see(DOOR).await;
    other.close().await;
    assert_eq!(journey.office.entries("visit").await, 1, "nothing of the two has arrived yet");

    // The old phone gets its signal back. It is closed, and stays closed; what waited goes.
    jamila.online().await;
    jamila.see_no_more("wachten nog op versturen").await;
    assert_eq!(journey.office.entries("visit").await, 3, "both have arrived, once");
    journey.note("the closed phone sent what nobody could open");

    // The new words open nothing here before she has signed in with them; then all of it comes down.
    jamila.see_no_more("Wacht nog").await;
    jamila.unlock(&phrase).await;
    jamila.see("Deze woorden kloppen niet.").await;
    jamila.tap("Ik heb nieuwe woorden").await;
    jamila.fill("Inlognaam", "jamila.k").await;
    jamila.fill("Je vijf woorden", &phrase).await;
    jamila.tap("Inloggen").await;
    jamila.see("Alles verstuurd").await;
    jamila.tap("Deuren").await;
    jamila.tap("Portiek A, Lindehof").await;
    jamila.tap(DOOR).await;
    jamila.see("Briefje achtergelaten").await;
    jamila.see("Gezwaaid").await;
    // From now on the new words open this phone, with one name to choose.
    jamila.tap("Op slot doen").await;
    jamila.see("Hallo jamila").await;
    jamila.unlock(&phrase).await;
    jamila.see("Briefje achtergelaten").await;
    jamila.close().await;
    journey.note("new words, and all of it is there");
}

/// The worst of both: the words are forgotten, and the office, put back from a backup, does not know the phone any more.
#[tokio::test]
async fn forgotten_words_and_a_restore_that_lost_the_phone_cost_no_entry() {
    let mut journey = Journey::begin("forgotten and restored").await;
    people::jamila(&journey.office).await;
    let backup = journey.office.file("backup.db").display().to_string();
    journey.office.run(&["backup", "--to", &backup]);
    let link = journey.office.link(&journey.office.run(&["user", "link", "--login-name", "jamila.k"]));
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    jamila.offline().await;
    jamila.note(DOOR, "Gezwaaid").await;
    jamila.tap("Op slot doen").await;
    journey.office.close();
    journey.office.run(&["restore", "--replace", &backup]);
    journey.office.open().await;
    jamila.online().await;
    jamila.see("1 aantekening wacht nog op versturen. Ze zijn veilig bewaard.").await;
    assert_eq!(journey.office.entries("visit").await, 1, "the office does not know this phone");
    journey.note("a phone that the office does not know, whose words are lost");

    // A new link on the same phone. The new account opens nothing of the old one, and yet what waited there arrives.
    let link = journey.office.link(&journey.office.run(&["user", "link", "--login-name", "jamila.k"]));
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.tap(DOOR).await;
    jamila.see("Gezwaaid").await;
    assert_eq!(journey.office.entries("visit").await, 2);
    jamila.tap("Op slot doen").await;
    jamila.see("Hallo jamila").await;
    assert!(!jamila.words().await.contains("wacht nog"), "nothing waits any more");
    jamila.close().await;
    journey.note("and it arrived");
}
