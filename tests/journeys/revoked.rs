//! A grant is taken back: what was written while it stood arrives, then the neighbourhood leaves the phone, with its key; and a
//! grant given again brings it back.

use rand::Rng as _;
use serde_json::json;

use crate::support::neighbourhood::{DOOR, NAME};
use crate::support::phone::Phone;
use crate::support::profile::search;
use crate::support::{Journey, people};

/// What lies on the phone of journals, read past the app: how many data keys, cursors and segments, and how many unsent entries.
const LIES: &str = "
const done = arguments[arguments.length - 1];
const asked = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
(async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('waakvlam-'));
  const database = await asked(indexedDB.open(name));
  const stores = ['keys', 'cursors', 'segments', 'outbox'];
  const tx = database.transaction(stores);
  const counts = await Promise.all(stores.map((store) => asked(tx.objectStore(store).count())));
  database.close();
  return counts;
})().then(done, (error) => done({ error: String(error) }));";

async fn lies(phone: &Phone) -> serde_json::Value {
    phone.browser().execute_async(LIES, Vec::new()).await.expect("the phone's database can be read").json().clone()
}

#[tokio::test]
async fn what_was_written_arrives_then_the_neighbourhood_leaves_the_phone() {
    let on = |command: &'static str| ["user", command, "--login-name", "jamila.k", "--neighbourhood", NAME];
    let mut journey = Journey::begin("taken back").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;

    // She writes what has arrived, what has not, and what is not finished.
    let planted: Vec<String> = (0..3).map(|_| format!("{:032x}", rand::rng().random::<u128>())).collect();
    jamila.write(DOOR, &planted[0]).await;
    jamila.see("Alles verstuurd").await;
    jamila.see_that("return !document.querySelector('.state--phone, .state--sending');", "it has come back").await;
    jamila.offline().await;
    jamila.write(DOOR, &planted[1]).await;
    jamila.tap("Contact noteren").await;
    jamila.tap("Meer invullen").await;
    jamila.fill("Wat wil je onthouden?", &planted[2]).await;
    jamila.tap("Later verder").await;
    jamila.see("1 wacht (geen internet)").await;
    let before = lies(&jamila).await;
    assert_eq!(before[3], 1, "one waits: {before}");
    journey.office.run(&on("revoke"));
    journey.note("taken back while she had no signal");

    jamila.online().await;
    jamila.see(&format!("Je hebt geen toegang meer tot {NAME}")).await;
    jamila.see("is naar het kantoor gestuurd. Alles van deze buurt is van je telefoon gehaald.").await;
    let said = journey.office.run(&["status"]);
    assert!(said.contains("1 set apart, 1 no_grant"), "what was written while the grant stood is at the office: {said}");
    // The organisation's journal stays: its key and the outbox's, its cursor, its lines.
    assert_eq!(lies(&jamila).await, json!([2, 1, 1, 0]), "keys, cursors, segments, unsent; before it was {before}");
    jamila.see("Alles verstuurd").await;
    jamila.go_in_app("/").await;
    jamila.see("Je hebt nu geen buurt").await;
    jamila.look("buurt-weg").await;

    // Also with her words, and without a network, nothing of it is there.
    jamila.wait_until_installed().await;
    jamila.offline().await;
    jamila.reload().await;
    jamila.unlock(&phrase).await;
    jamila.see("Je hebt nu geen buurt").await;
    jamila.see(&format!("Je hebt geen toegang meer tot {NAME}")).await;
    jamila.tap("Begrepen").await;
    jamila.see_no_more("geen toegang meer").await;
    jamila.go_in_app("/deuren").await;
    jamila.see("Deuren").await;
    assert!(!jamila.words().await.contains("Lindehof"), "no door is left");
    jamila.online().await;
    jamila.tap("Op slot doen").await;
    jamila.see("Hallo jamila").await;
    jamila.kill().await;
    let found = search(jamila.profile(), &planted);
    assert!(found.is_empty(), "the profile tells: {found:?}");
    journey.note("nothing of it is on the phone");

    // Granted again, it comes down again; what was set apart stays with the office.
    journey.office.run(&on("grant"));
    jamila.start().await;
    jamila.go("/").await;
    jamila.unlock(&phrase).await;
    jamila.see(DOOR).await;
    jamila.tap("Noteer bij Lindehof 12").await;
    jamila.tap("Gezwaaid").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("Alles verstuurd").await;
    assert_eq!(journey.office.entries("visit").await, 3, "the one of before, the one that had arrived, and the new one");
    jamila.close().await;
    journey.note("granted again");
}
