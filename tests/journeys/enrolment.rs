//! What goes wrong at the door: links that don't work, words that are not right.

use crate::support::{Journey, people};

#[tokio::test]
async fn a_link_that_does_not_work_says_why() {
    let mut journey = Journey::begin("a link that does not work").await;
    let link = people::jamila(&journey.office).await;
    let expired = journey.office.add_user("kees.d", "Kees de Groot", "worker", None);
    journey
        .office
        .meddle("UPDATE enrolments SET expires = 1000 WHERE user_id = (SELECT id FROM users WHERE login_name = 'kees.d')")
        .await;
    journey.office.open().await;

    let mut phone = journey.phone("nobody").await;
    phone.go("/aanmelden#dezecodeheeftnooitbestaan").await;
    phone.see("Deze link kennen we niet").await;
    phone.look("aanmelden-onbekend").await;
    phone.go("/inloggen").await;
    phone.go(&expired).await;
    phone.see("Deze link is te oud").await;
    phone.look("aanmelden-te-oud").await;

    // Words that are not those on the paper are not taken; the link is not used up by it.
    phone.go("/inloggen").await;
    phone.look("inloggen").await;
    phone.go(&link).await;
    phone.read_words().await;
    phone.tap("Ik heb ze opgeschreven").await;
    phone.fill("Jouw vijf woorden", "aap noot mies wim zus").await;
    phone.tap("Klaar, open de app").await;
    phone.see("Dit zijn niet dezelfde woorden.").await;
    phone.look("aanmelden-controle-fout").await;
    phone.close().await;

    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see("Dag Jamila").await;
    jamila.close().await;

    let mut other = journey.phone("somebody-else").await;
    other.go(&link).await;
    other.see("Deze link is al gebruikt").await;
    other.look("aanmelden-gebruikt").await;
    other.close().await;
    journey.note("unknown, expired, used: each says so");
}

#[tokio::test]
async fn a_wrong_phrase_makes_it_slower_and_wipes_nothing() {
    const WRONG: &str = "aap noot mies wim zus";
    let mut journey = Journey::begin("a wrong phrase").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see("Dag Jamila").await;
    jamila.tap("Op slot doen").await;

    // Two slips are free: the button is there to be tapped again at once.
    for _ in 0..2 {
        jamila.unlock(WRONG).await;
        jamila.see("Deze woorden kloppen niet.").await;
    }
    // Then each takes twice as long: 2, 4, 8 seconds.
    let mut waits = Vec::new();
    for round in 0..3 {
        jamila.unlock(WRONG).await;
        jamila.see("Wacht nog").await;
        waits.push(seconds(&jamila.words().await));
        jamila.see("Er wordt niets gewist.").await;
        match round {
            0 => jamila.see_no_more("Wacht nog").await,
            1 => jamila.look("openen-fout").await,
            // A reload does not make it shorter: the right words, too, have to wait.
            _ => jamila.reload().await,
        }
    }
    assert!(waits.is_sorted_by(|a, b| a < b), "slower each time: {waits:?}");
    jamila.unlock(&phrase).await;
    jamila.see("Wacht nog").await;
    jamila.see_no_more("Wacht nog").await;

    // And nothing was wiped.
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    jamila.see("Lindehof 12").await;
    jamila.close().await;
}

/// The seconds in "Wacht nog 4 seconden".
fn seconds(words: &str) -> u32 {
    let number = words.split("Wacht nog ").nth(1).and_then(|rest| rest.split(' ').next()).and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("no seconds in {words}"))
}
