//! The numbers that the office sets: on the phone of a worker who has no signal, first where it can't wait.

use crate::support::neighbourhood::DOOR;
use crate::support::{Journey, people, until};

#[tokio::test]
async fn a_number_that_the_office_sets_stands_where_it_can_not_wait_without_a_signal() {
    let mut journey = Journey::begin("the_numbers").await;
    let link = people::jamila(&journey.office).await;
    let crisis = ["--dial", "020 123 45 67", "--shown", "020-123 45 67, dag en nacht", "--acute", "--order", "25"];
    journey.office.run(&[["help-line", "set", "Crisisdienst Oosterwaard"].as_slice(), &crisis].concat());
    journey.office.run(&["help-line", "hide", "Geldfit"]);
    let asks = ["--dial", "020 123 45 68", "--shown", "020-123 45 68, werkdagen", "--asks", "schulden op een rij zetten"];
    journey.office.run(&[["party", "set", "debt_help", "--name", "Plangroep"].as_slice(), &asks].concat());
    journey.office.run(&["party", "hide", "school"]);
    journey.office.open().await;

    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    jamila.offline().await;
    jamila.tap(DOOR).await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.tap("Geld").await;
    jamila.tap("Nu").await;
    jamila.see("Bel eerst").await;
    let calls = ".alarm > .calls a";
    let dialled = format!("return [...document.querySelectorAll('{calls}')].map((call) => call.getAttribute('href')).join();");
    let dialled = jamila.ask(&dialled, Vec::new()).await;
    assert_eq!(dialled, "tel:112,tel:08002000,tel:0201234567,tel:113", "in the order of the office, 112 first");
    assert!(!jamila.words().await.contains("Geldfit"));
    jamila.look("nummers-nu").await;
    jamila.tap("Post op de mat").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("020-123 45 67, dag en nacht").await;
    journey.note("the number stands on the worry, offline");

    // Help is asked of a party as it is called here.
    jamila.tap("Hulp vragen bij …").await;
    jamila.see("Plangroep").await;
    jamila.tap("Plangroep").await;
    jamila.see("Dit kun je vragen: schulden op een rij zetten").await;
    jamila.see_that("return !!document.querySelector('main a[href=\"tel:0201234568\"]');", "it can be called").await;
    let chips = jamila.each("#bij-wie label").await;
    assert!(!chips.iter().any(|chip| chip == "School" || chip == "Schuldhulp"), "{chips:?}");
    jamila.look("partij-gekozen").await;
    jamila.tap("Ja, de bewoner vindt het goed").await;
    jamila.tap("Doe maar").await;
    jamila.tap("Maak klaar").await;
    jamila.see("Hulp gevraagd bij: Plangroep").await;
    jamila.see("Klaar om te versturen, vandaag").await;
    jamila.look("partij-gevraagd").await;
    journey.note("the party has its name and its number");

    // What the office changes later comes by itself.
    journey.office.run(&["help-line", "set", "Crisisdienst Oosterwaard", "--dial", "020 765 43 21", "--shown", "020-765 43 21"]);
    jamila.online().await;
    let came = until(async || {
        jamila.go_in_app("/").await;
        jamila.go_in_app("/hulp").await;
        jamila.see("Wie bel je?").await;
        jamila.words().await.contains("020-765 43 21")
    });
    assert!(came.await, "the new number came");
    jamila.look("nummers-hulp").await;
    journey.note("a changed number comes by itself");
    jamila.close().await;
}
