//! Oefenen: without an account, without a signal, and nothing of it is left.

use serde_json::json;

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

const DATABASES: &str = "const done = arguments[arguments.length - 1];
    indexedDB.databases().then((all) => done(all.map(({ name }) => name)));";

async fn databases(phone: &Phone) -> Vec<String> {
    let names = phone.browser().execute_async(DATABASES, Vec::new()).await.expect("the browser knows its databases");
    serde_json::from_value(names.json().clone()).expect("names")
}

/// Nothing of practice is left, as soon as the browser is done with it.
async fn nothing_is_left(phone: &Phone) {
    let gone = crate::support::until(async || databases(phone).await.iter().all(|name| !name.contains("oefening"))).await;
    assert!(gone, "{:?}", databases(phone).await);
}

async fn begin(phone: &Phone) {
    phone.tap("Eerst oefenen, zonder account").await;
    phone.see("Schrijf hier niets op over echte mensen.").await;
    phone.tap("Begin met oefenen").await;
    phone.see("Niets is echt, niets wordt verstuurd.").await;
    phone.see("Oefenstraat 2").await;
}

#[tokio::test]
async fn somebody_practises_and_nothing_is_left() {
    let mut journey = Journey::begin("practice").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    jamila.go("/").await;
    jamila.see("Inloggen op deze telefoon").await;
    jamila.wait_until_installed().await;
    journey.office.close();
    jamila.offline().await;
    jamila.look("inloggen-oefenen").await;
    jamila.tap("Eerst oefenen, zonder account").await;
    jamila.look("oefenen").await;
    jamila.tap("Begin met oefenen").await;
    jamila.see("Oefenstraat 2").await;
    jamila.look("oefenen-vandaag").await;
    journey.note("a practice neighbourhood, without an office");

    // It works as the real one does, and says on every screen what it is.
    jamila.tap("Noteer bij Oefenstraat 2").await;
    jamila.tap("Koffie, alles goed").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.tap("Klaar").await;
    for path in ["/", "/deuren", "/noteren", "/zoeken", "/versturen"] {
        jamila.go_in_app(path).await;
        jamila.see("Niets is echt, niets wordt verstuurd.").await;
    }
    jamila.go_in_app("/zoeken").await;
    jamila.fill("Wat zoek je?", "aanmanning brieven").await;
    jamila.see("1 plek gevonden").await;
    jamila.tap_first("main ul.rows > li.row a").await;
    jamila.see("meneer Voorbeeld").await;
    jamila.tap("Laat zien aan de bewoner").await;
    jamila.tap("meneer Voorbeeld, bewoner").await;
    jamila.tap("Laat zien").await;
    jamila.see("Dit staat er over jou").await;
    jamila.see("Niets is echt, niets wordt verstuurd.").await;
    jamila.look("oefenen-laat-zien").await;
    assert!(databases(&jamila).await.iter().any(|name| name.contains("oefening")), "it lies on this phone meanwhile");
    jamila.tap("Klaar: app op slot").await;
    jamila.see("Inloggen op deze telefoon").await;
    nothing_is_left(&jamila).await;
    journey.note("left: nothing is left");

    // The battery is out in the middle of it.
    jamila.go("/inloggen").await;
    begin(&jamila).await;
    jamila.kill().await;
    jamila.start().await;
    jamila.go("/").await;
    jamila.see("Inloggen op deze telefoon").await;
    nothing_is_left(&jamila).await;
    journey.note("killed: nothing is left at the next start");

    // Beside a real account: neither sees the other.
    journey.office.open().await;
    jamila.online().await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    let before = journey.office.entries("visit").await;
    jamila.go_in_app("/oefenen").await;
    jamila.see("Doe het eerst op slot").await;
    jamila.go("/inloggen").await;
    begin(&jamila).await;
    assert!(!jamila.words().await.contains("Lindehof"), "nothing of the real neighbourhood");
    jamila.tap("Noteer bij Oefenstraat 2").await;
    jamila.tap("Gezwaaid").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.tap("Stoppen met oefenen").await;
    nothing_is_left(&jamila).await;
    jamila.go("/").await;
    jamila.unlock(&phrase).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    assert!(!jamila.words().await.contains("Oefen"), "nothing of practice");
    assert_eq!(journey.office.entries("visit").await, before, "nothing was sent");
    assert_eq!(jamila.ask("return localStorage.length <= 1;", Vec::new()).await, json!(true));
    jamila.close().await;
}
