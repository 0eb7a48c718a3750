//! Zoeken: everything on the phone, without a signal, with slips and without accents, while typing.

use crate::support::neighbourhood::DOOR;
use crate::support::{Journey, people};

#[tokio::test]
async fn what_was_written_is_found_with_a_slip_and_without_a_signal() {
    let mut journey = Journey::begin("search").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    jamila.offline().await;
    jamila.write(DOOR, "Mevrouw Özdemir kreeg een brief van de deurwaarder. Haar zoon belt in café ’t Hoekje.").await;
    jamila.write("Lindehof 4", "De verwarming doet het weer.").await;
    jamila.write("Lindehof 6", "Vergissing.").await;
    // A tap that comes too soon after saving means nothing.
    let undo = "tappable('Ongedaan maken')?.click(); return words().includes('Ongedaan gemaakt');";
    jamila.see_that(undo, "it was taken back").await;

    jamila.go_in_app("/deuren").await;
    jamila.tap("Zoek in alles op deze telefoon").await;
    jamila.see("Wat zoek je?").await;
    jamila.look("zoeken-leeg").await;
    for query in ["ozdemir", "deurwaader", "deurwq", "cafe hoekje", "ÖZD", "lindehof 12 brief", "dewurwaarder"] {
        jamila.fill("Wat zoek je?", query).await;
        jamila.see("1 plek gevonden").await;
        let rows = jamila.each("main ul.rows > li.row").await;
        assert!(rows.len() == 1 && rows[0].contains(DOOR), "{query}: {rows:?}");
    }
    jamila.fill("Wat zoek je?", "deurwarder verwarming").await;
    jamila.see("Niets gevonden").await;
    jamila.look("zoeken-niets").await;
    jamila.fill("Wat zoek je?", "vergissing").await;
    jamila.see("Niets gevonden").await;
    jamila.fill("Wat zoek je?", "lindehof").await;
    jamila.see("plekken gevonden").await;
    jamila.fill("Wat zoek je?", "lindehof deurwaader ozdemr").await;
    jamila.see("1 plek gevonden").await;
    let marks = jamila.each("mark").await;
    for mark in ["Lindehof", "deurwaarder", "Özdemir"] {
        assert!(marks.iter().any(|marked| marked == mark), "{mark} is not marked: {marks:?}");
    }
    jamila.look("zoeken").await;
    let kept = "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state]);";
    let kept = jamila.ask(kept, Vec::new()).await.to_string();
    assert!(!kept.contains("zdem") && !kept.contains("deurwa"), "what was typed is kept nowhere: {kept}");
    jamila.tap_first("main ul.rows > li.row a").await;
    jamila.see("Contact noteren").await;
    jamila.see("Özdemir").await;
    jamila.close().await;
}
