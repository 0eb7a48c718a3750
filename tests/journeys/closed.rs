//! The Meldcode: begun without a signal, sent by a locked phone, read by whom it is for; and for everybody else it is not there.

use rand::Rng as _;
use serde_json::{Value, json};

use crate::support::neighbourhood::{DOOR, NAME};
use crate::support::phone::Phone;
use crate::support::profile::search;
use crate::support::{Journey, people, until};

const BEGIN: &str = "Meldcode of zorgen over een kind";

/// Everything that the office gives to whoever is signed in here, as text: who they are, and every line of every journal that is theirs or
/// is named as a parameter.
const ALL_THERE_IS: &str = "
const [more, done] = [arguments[0], arguments[arguments.length - 1]];
const get = async (path) => { const answer = await fetch(`/api/v1${path}`); return `${answer.status} ${await answer.text()}`; };
(async () => {
  const me = await get('/me');
  const journals = JSON.parse(me.slice(4)).journals.map(({ journal }) => journal);
  const texts = await Promise.all([...journals, more].map((journal) => get(`/journals/${journal}/entries?after=0`)));
  return { me, mine: texts.slice(0, -1).join(' '), other: texts.at(-1) };
})().then(done, (error) => done({ error: String(error) }));";

async fn all_there_is(phone: &Phone, journal: &str) -> Value {
    phone.browser().execute_async(ALL_THERE_IS, vec![json!(journal)]).await.expect("the office answers").json().clone()
}

async fn address(phone: &Phone) -> String {
    phone.ask("return location.pathname + location.search + location.hash;", Vec::new()).await.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_begun_in_a_closed_journal_is_read_by_whom_it_is_for() {
    let mut journey = Journey::begin("closed").await;
    let link = people::jamila(&journey.office).await;
    let ineke_link = people::ineke(&journey.office);
    let bert_link = journey.office.add_user("bert.d", "Bert Dijk", "worker", Some(NAME));
    let fatma_link = journey.office.add_user("fatma.y", "Fatma Yilmaz", "worker", Some(NAME));
    journey.office.open().await;
    let secrets: Vec<String> = (0..4).map(|_| format!("{:032x}", rand::rng().random::<u128>())).collect();
    let [seen, thought, step, weighed] = [&secrets[0], &secrets[1], &secrets[2], &secrets[3]];

    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    jamila.offline().await;
    jamila.tap(DOOR).await;
    jamila.tap(BEGIN).await;
    jamila.see("Ineke Visser, leidinggevende").await;
    jamila.see("Collega's zien alleen: Hier is iets bezig. Bel Ineke Visser.").await;
    jamila.look("gesloten-begin").await;
    jamila.tap("Opslaan in het gesloten logboek").await;
    jamila.see("Dit klopt nog niet").await;
    jamila.look("gesloten-fout").await;
    jamila.fill("Wat heb je gezien of gehoord?", seen).await;
    jamila.fill("Wat denk je?", thought).await;
    assert!(address(&jamila).await.ends_with("/zorgen"), "the address is that of any worry");
    // Not finished: the browser dies, and what was typed is there.
    jamila.see_that("return !document.documentElement.hasAttribute('data-keeping');", "it is kept").await;
    jamila.kill().await;
    jamila.start().await;
    jamila.go("/").await;
    jamila.unlock(&phrase).await;
    jamila.tap(DOOR).await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.see("Dit komt in een gesloten logboek").await;
    jamila.see_that(&format!("return document.getElementById('gezien')?.value === '{seen}';"), "what was typed is there").await;
    jamila.tap("Opslaan in het gesloten logboek").await;
    jamila.see("De vijf stappen van de Meldcode").await;
    jamila.see("Op deze telefoon").await;
    jamila.see(seen).await;
    let there = address(&jamila).await;
    let journal = there.strip_prefix("/apart/").expect("an address that says nothing").to_owned();
    jamila.tap("Opschrijven: Breng de signalen in kaart").await;
    jamila.fill("Wat heb je gedaan, en wat kwam eruit?", step).await;
    jamila.tap("Stap opslaan").await;
    jamila.see("1 van de 5 stappen gedaan").await;
    jamila.look("gesloten-logboek").await;
    jamila.tap("Naar de deur").await;
    jamila.see("Hier is iets bezig. Bel Ineke Visser.").await;
    assert!(!jamila.words().await.contains(seen.as_str()), "not at the door");
    jamila.look("gesloten-deur").await;
    jamila.tap("Deuren").await;
    jamila.see("Gesloten logboeken 1").await;
    jamila.tap("Versturen").await;
    jamila.see("Iets uit een gesloten logboek").await;
    let words = jamila.words().await;
    assert!(secrets.iter().all(|secret| !words.contains(secret.as_str())), "what waits says nothing: {words}");
    jamila.look("gesloten-versturen").await;
    journey.note("begun offline");

    // Without a signal it was closed; locked, it sends.
    jamila.tap("Op slot doen").await;
    jamila.see("Hallo jamila").await;
    let words = jamila.words().await;
    assert!(!words.contains("bezig") && !words.contains("esloten"), "{words}");
    jamila.online().await;
    assert!(until(async || journey.office.entries("guarded").await == 1).await, "the locked phone sends");
    assert_eq!(journey.office.entries("founding").await, 1);
    assert_eq!(journey.office.entries("meldcode_step").await, 1);
    journey.note("a locked phone sent it");

    // The supervisor reads it, and weighs.
    let mut ineke = journey.phone("ineke").await;
    let ineke_phrase = ineke.enrol(&ineke_link).await;
    ineke.see("Gesloten logboeken").await;
    ineke.see_no_more(seen).await;
    ineke.tap("Gesloten logboeken").await;
    ineke.see("1 van de 5 stappen gedaan").await;
    ineke.look("gesloten-lijst").await;
    ineke.tap_first("main ul.rows > li.row a.row__link").await;
    for text in [seen, thought, step] {
        ineke.see(text).await;
    }
    ineke.see("Jij, Jamila Kaya").await;
    ineke.tap("Opschrijven: Weeg het geweld").await;
    ineke.fill("Wat heb je gedaan, en wat kwam eruit?", weighed).await;
    ineke.see_that("return document.querySelectorAll('.step a[href^=\"tel:\"]').length === 2;", "steps 2 and 4 can call").await;
    ineke.tap("Stap opslaan").await;
    ineke.see("2 van de 5 stappen gedaan").await;
    ineke.see("Alles verstuurd").await;
    journey.note("the supervisor reads it, and writes a step");

    // A colleague of the same neighbourhood: something runs, and whom to call.
    let mut bert = journey.phone("bert").await;
    let bert_phrase = bert.enrol(&bert_link).await;
    bert.see("Alles verstuurd").await;
    let mut heard = String::new();
    bert.tap("Deuren").await;
    bert.see("Portiek A").await;
    heard.push_str(&bert.words().await);
    assert!(!heard.contains("Gesloten logboeken"), "there is none for him");
    bert.go_in_app("/noteren").await;
    bert.see("Bij welke deur?").await;
    heard.push_str(&bert.words().await);
    bert.note(DOOR, "Gezwaaid").await;
    bert.tap("Deuren").await;
    let script = "document.querySelectorAll('main details').forEach((folded) => { folded.open = true; }); const row = [...document.querySelectorAll('a.row__link')].find((row) => tidy(row.querySelector('.row__title')?.textContent) === DOOR); row?.click(); return !!row;";
    bert.see_that(&script.replace("DOOR", &json!(DOOR).to_string()), "there is such a door").await;
    bert.see("Hier is iets bezig. Bel Ineke Visser.").await;
    heard.push_str(&bert.words().await);
    bert.see_that("return !document.querySelector('main a[href*=\"apart\"]');", "no link leads there").await;
    bert.look("gesloten-collega").await;
    for path in ["/", "/versturen", "/apart", &there] {
        bert.go_in_app(path).await;
        bert.see_that(&format!("return location.pathname === '{path}' && !!document.querySelector('main');"), path).await;
        heard.push_str(&bert.words().await);
    }
    bert.see("Dit logboek staat niet op deze telefoon, of is niet voor jou.").await;
    let given = all_there_is(&bert, &journal).await;
    let (me, mine, other) = (given["me"].as_str().unwrap(), given["mine"].as_str().unwrap(), given["other"].as_str().unwrap());
    assert!(other.starts_with("404 "), "{other}");
    assert!(mine.contains("guarded") && !mine.contains("meldcode_step") && !mine.contains("founding"), "{mine}");
    assert!(me.starts_with("200 ") && !me.contains(&journal), "{me}");
    for secret in &secrets {
        assert!(![heard.as_str(), me, mine, other].iter().any(|text| text.contains(secret.as_str())), "Bert hears of it");
    }
    bert.tap("Op slot doen").await;
    bert.see("Hallo bert").await;
    journey.note("a colleague finds no word of it");

    // Jamila sees the step, and says what came of it; then nothing runs any more for the others.
    jamila.unlock(&phrase).await;
    jamila.go_in_app(&there).await;
    jamila.see(weighed).await;
    jamila.see("Jij, Ineke Visser").await;

    // Without a signal she lets another colleague in; the supervisor takes her off again.
    jamila.see("Alles verstuurd").await;
    jamila.offline().await;
    jamila.tap("Fatma Yilmaz").await;
    jamila.tap("Laat Fatma Yilmaz meelezen").await;
    jamila.see("Fatma Yilmaz leest mee. Gekozen door: Jij, vandaag").await;
    jamila.see("Je collega leest mee zodra dit verstuurd is.").await;
    jamila.look("gesloten-meelezen").await;
    jamila.online().await;
    assert!(until(async || journey.office.entries("reader").await == 1).await, "it is sent");
    let mut fatma = journey.phone("fatma").await;
    let fatma_phrase = fatma.enrol(&fatma_link).await;
    fatma.see("Alles verstuurd").await;
    fatma.tap("Deuren").await;
    fatma.tap("Gesloten logboeken").await;
    fatma.tap_first("main ul.rows > li.row a.row__link").await;
    for text in [seen, thought, step, weighed] {
        fatma.see(text).await;
    }
    fatma.see("Jij leest mee. Gekozen door: Jamila Kaya").await;
    assert!(!fatma.words().await.contains("Niet meer laten meelezen"), "she takes nobody off");
    ineke.tap("Op slot doen").await;
    ineke.unlock(&ineke_phrase).await;
    ineke.go_in_app(&there).await;
    ineke.tap("Niet meer laten meelezen: Fatma Yilmaz").await;
    ineke.see("Fatma Yilmaz leest niet meer mee. Gekozen door: Jij").await;
    assert!(until(async || journey.office.entries("reader").await == 2).await, "it is sent");
    fatma.tap("Op slot doen").await;
    fatma.unlock(&fatma_phrase).await;
    fatma.go_in_app(&there).await;
    fatma.see("Dit logboek staat niet op deze telefoon, of is niet voor jou.").await;
    fatma.close().await;
    let found = search(fatma.profile(), &secrets);
    assert!(found.is_empty(), "the profile of fatma tells: {found:?}");
    journey.note("a colleague was let in, and taken off");

    jamila.fill("Wat kwam ervan?", "Gemeld bij Veilig Thuis.").await;
    jamila.tap("Afsluiten").await;
    jamila.see("Weer openen").await;
    jamila.see("Gemeld bij Veilig Thuis.").await;
    jamila.look("gesloten-afgesloten").await;
    jamila.see("Alles verstuurd").await;
    bert.unlock(&bert_phrase).await;
    bert.go_in_app("/deuren").await;
    bert.see_that(&script.replace("DOOR", &json!(DOOR).to_string()), "there is such a door").await;
    bert.see("Wat er eerder was").await;
    bert.see_no_more("Hier is iets bezig").await;
    for phone in [&mut jamila, &mut bert, &mut ineke] {
        phone.close().await;
        let found = search(phone.profile(), &secrets);
        assert!(found.is_empty(), "the profile of {} tells: {found:?}", phone.name);
    }
    journey.note("it is over");
}
