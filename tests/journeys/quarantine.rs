//! What can't become an entry: it holds nothing up, it does not vanish, and the worker sees what it is, since when, why, and what to do.
//!
//! Two things go wrong for real: an app that is newer than the office writes something that the office does not know, and one record is damaged
//! on the phone's disk. Both lie between entries that are good.

use crate::support::neighbourhood::DOOR;
use crate::support::{Journey, people};

/// The next contact is written by an app that calls it something that this server does not know.
const NEWER_APP: &str = "
const real = SubtleCrypto.prototype.encrypt;
SubtleCrypto.prototype.encrypt = function (how, key, bytes) {
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('\"type\":\"visit\"')) return real.call(this, how, key, bytes);
  SubtleCrypto.prototype.encrypt = real;
  return real.call(this, how, key, new TextEncoder().encode(text.replace('\"type\":\"visit\"', '\"type\":\"visit_2031\"')));
};";

/// One bit of the last record in the outbox is turned, past the app.
const DAMAGE_LAST: &str = "
const done = arguments[arguments.length - 1];
const asked = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
(async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('waakvlam-'));
  const database = await asked(indexedDB.open(name));
  const outbox = database.transaction('outbox', 'readwrite').objectStore('outbox');
  const key = (await asked(outbox.getAllKeys())).at(-1);
  const row = await asked(outbox.get(key));
  row.sealed[20] ^= 1;
  await asked(outbox.put(row, key));
  database.close();
  return 'damaged';
})().then(done, (error) => done(String(error)));";

#[tokio::test]
async fn what_cannot_be_taken_holds_nothing_up_and_is_shown_until_somebody_saw_to_it() {
    let mut journey = Journey::begin("set apart").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;

    jamila.offline().await;
    jamila.note(DOOR, "Gezwaaid").await;
    jamila.ask(NEWER_APP, Vec::new()).await;
    jamila.note(DOOR, "Deur bleef dicht").await;
    jamila.note(DOOR, "Koffie, alles goed").await;
    let damaged = jamila.browser().execute_async(DAMAGE_LAST, Vec::new()).await.expect("the phone's database can be changed");
    assert_eq!(damaged.json().as_str(), Some("damaged"));
    jamila.note(DOOR, "Briefje achtergelaten").await;
    // What is damaged keeps nobody from opening the account.
    jamila.tap("Op slot doen").await;
    jamila.unlock(&phrase).await;
    jamila.see("4 wachten (geen internet)").await;
    journey.note("two good entries, one of a newer app, one damaged");

    jamila.online().await;
    jamila.see("2 apart gelegd").await;
    assert_eq!(journey.office.entries("visit").await, 3, "the two good ones are there, beside the one of before");
    let said = journey.office.run(&["status"]);
    assert!(said.contains("1 set apart, 1 unknown_type"), "{said}");

    jamila.tap("2 apart gelegd").await;
    jamila.see("Apart gelegd").await;
    jamila.see(&format!("Nieuwer dan deze app, {DOOR}")).await;
    jamila.see("Sinds vandaag").await;
    jamila.see("Die kent dit soort aantekening nog niet. Het kantoor heeft je tekst").await;
    jamila.see("Een aantekening die hier niet te lezen is").await;
    jamila.see("op je telefoon beschadigd geraakt. Deze aantekening staat alleen op deze telefoon.").await;
    jamila.look("apart-gelegd").await;

    // It stays over a new start, until she has seen to it.
    jamila.reload().await;
    jamila.unlock(&phrase).await;
    jamila.see("Apart gelegd").await;
    jamila.tap("Nog eens versturen").await;
    jamila.see("2 apart gelegd").await;
    jamila.tap("Gezien, haal weg van mijn telefoon").await;
    jamila.see("1 apart gelegd").await;
    jamila.see_no_more("Nieuwer dan deze app").await;
    jamila.tap("Weggooien").await;
    jamila.see("Het kantoor heeft deze aantekening niet. Straks is hij echt weg.").await;
    jamila.look("apart-gelegd-zeker").await;
    jamila.tap("Nee, bewaar hem").await;
    jamila.tap("Weggooien").await;
    jamila.tap("Ja, gooi weg").await;
    jamila.see_no_more("Apart gelegd").await;
    jamila.see("Alles verstuurd").await;
    assert!(journey.office.run(&["status"]).contains("1 set apart"), "what the office keeps apart stays there");
    jamila.close().await;
    journey.note("seen to, one after the other");
}
