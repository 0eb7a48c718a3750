//! What stands around the work: put off, how one likes it, who stands in, my day, a handover, help. All of it without a signal.

use chrono::{Datelike as _, Days, Local};
use serde_json::json;

use crate::support::neighbourhood::{DOOR, NAME};
use crate::support::phone::Phone;
use crate::support::{Journey, people};

const STEP: &str = "Ik ga er zelf langs";

/// Fills in a day, as the field keeps it.
async fn fill_day(phone: &Phone, label: &str, day: chrono::NaiveDate) {
    let script = "const input = field(arguments[0]); if (!input) return false;
        input.value = arguments[1]; input.dispatchEvent(new Event('input', { bubbles: true })); return true;";
    let done = phone.ask(script, vec![json!(label), json!(day.to_string())]).await;
    assert_eq!(done, json!(true), "there is a field “{label}”");
}

/// Chooses from a list by what it says.
async fn choose_from(phone: &Phone, label: &str, option: &str) {
    let script = "const list = field(arguments[0]);
        const option = [...(list?.options ?? [])].find((option) => tidy(option.text) === arguments[1]);
        if (!option) return false;
        list.value = option.value; list.dispatchEvent(new Event('change', { bubbles: true })); return true;";
    let done = phone.ask(script, vec![json!(label), json!(option)]).await;
    assert_eq!(done, json!(true), "“{option}” is in the list “{label}”");
}

/// Goes there by keyboard alone, and presses Enter.
async fn press_by_keyboard(phone: &Phone, name: &str) {
    const MOST: usize = 80;
    phone.ask("document.getElementById('main')?.focus();", Vec::new()).await;
    for _ in 0..MOST {
        key(phone, "Tab", 9, "").await;
        let here = "return document.activeElement && nameOf(document.activeElement) === arguments[0];";
        if phone.ask(here, vec![json!(name)]).await == json!(true) {
            let seen = "return document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle !== 'none';";
            assert_eq!(phone.ask(seen, Vec::new()).await, json!(true), "the focus on “{name}” is seen");
            key(phone, "Enter", 13, "\r").await;
            return;
        }
    }
    phone.give_up(&format!("Tab does not lead to “{name}”")).await;
}

async fn key(phone: &Phone, key: &str, code: u32, text: &str) {
    for kind in ["keyDown", "keyUp"] {
        let text = if kind == "keyDown" { text } else { "" };
        let event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
        phone.cdp("Input.dispatchKeyEvent", event).await;
    }
}

async fn root_says(phone: &Phone, attribute: &str, value: &str) {
    let script = format!("return document.documentElement.getAttribute('{attribute}') === '{value}';");
    phone.see_that(&script, &format!("the page has {attribute}={value}")).await;
}

#[tokio::test]
async fn a_day_around_the_work() {
    let mut journey = Journey::begin("the day").await;
    let link = people::jamila(&journey.office).await;
    let bert_link = journey.office.add_user("bert.j", "Bert Jansen", "worker", Some(NAME));
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see("Beloofd voor vandaag").await;
    jamila.see("Loop hier eens langs. Bij 5 deuren hebben we nog niemand gesproken.").await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    journey.office.close();
    jamila.offline().await;
    jamila.look("dag-vandaag").await;
    journey.note("enrolled; from here without a signal");

    // Not today, by keyboard; it says when it comes back, also after a new start; and it can be had back.
    let not_today = format!("Vandaag niet: {DOOR}");
    press_by_keyboard(&jamila, &not_today).await;
    jamila.see("Komt morgen terug").await;
    jamila.see("Vandaag hoeft er niets").await;
    jamila.look("dag-vandaag-niet").await;
    jamila.reload().await;
    jamila.unlock(&phrase).await;
    jamila.see("Komt morgen terug").await;
    jamila.tap(&format!("Toch vandaag: {DOOR}")).await;
    jamila.see("Beloofd voor vandaag").await;
    jamila.see_no_more("Komt morgen terug").await;
    journey.note("put off, and had back");

    // How one likes it: seen at once, and kept.
    jamila.tap("Meer").await;
    jamila.see("Hoe het eruitziet").await;
    jamila.look("dag-meer").await;
    jamila.tap("Donker").await;
    root_says(&jamila, "data-theme", "dark").await;
    jamila.tap("Zoals je telefoon").await;
    jamila.tap("Heel groot").await;
    root_says(&jamila, "data-text", "200").await;
    jamila.look_narrow("dag-meer-groot").await;
    for (path, words) in
        [("/", "Vandaag langs"), ("/hulp", "Wie bel je?"), ("/overdracht", "Signalen die open staan"), ("/mijn-dag", "Mijn dag")]
    {
        jamila.go_in_app(path).await;
        jamila.see(words).await;
        jamila.look_narrow(&format!("dag-groot{}", path.replace('/', "-"))).await;
    }
    jamila.reload().await;
    root_says(&jamila, "data-text", "200").await;
    jamila.unlock(&phrase).await;
    jamila.tap("Meer").await;
    jamila.tap("Gewoon").await;
    journey.note("text of 200 %, dark, 320 wide");

    // The days on which she works: one that is neither today nor tomorrow is free.
    let today = Local::now().date_naive();
    let free = today + Days::new(3);
    let names = ["Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag"];
    jamila.tap(names[free.weekday().num_days_from_monday() as usize]).await;
    jamila.tap("Dagen opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    // Away: what is missing is said at the field; then Bert takes over, from today.
    press_by_keyboard(&jamila, "Opslaan dat ik weg ben").await;
    jamila.see("Kies de eerste dag.").await;
    jamila.look_narrow("dag-meer-fouten").await;
    fill_day(&jamila, "Eerste dag dat je weg bent", today).await;
    fill_day(&jamila, "Laatste dag dat je weg bent", today - Days::new(1)).await;
    jamila.tap("Opslaan dat ik weg ben").await;
    jamila.see("De laatste dag ligt voor de eerste.").await;
    fill_day(&jamila, "Laatste dag dat je weg bent", today + Days::new(2)).await;
    choose_from(&jamila, "Wie neemt het over?", "Bert Jansen").await;
    jamila.tap("Opslaan dat ik weg ben").await;
    jamila.see("Bert Jansen neemt het over").await;
    jamila.look_narrow("dag-meer-weg").await;
    journey.note("working days, and away");

    // A signal, and a contact elsewhere; both are on her day, in order, with where they are.
    jamila.go_in_app("/").await;
    jamila.tap(DOOR).await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.tap("Geld").await;
    jamila.tap("Bespreken").await;
    jamila.tap("Post op de mat").await;
    jamila.tap(STEP).await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.note("Lindehof 4", "Koffie, alles goed").await;
    jamila.tap("Meer").await;
    jamila.tap("Mijn dag").await;
    jamila.see("Alleen jij ziet deze lijst").await;
    let day = jamila.each("main ol.rows > li").await;
    assert_eq!(day.len(), 2, "what she noted, and nothing that goes along by itself: {day:?}");
    assert!(day[0].contains("Signaal Geld") && day[0].contains(DOOR) && day[0].contains("Op deze telefoon"), "{day:?}");
    assert!(day[1].contains("Koffie, alles goed") && day[1].contains("Lindehof 4"), "{day:?}");
    jamila.look("dag-mijn-dag").await;
    journey.note("my day");

    // One page for Bert: what runs, what was promised, who is away. Nothing of what was seen stands on it.
    jamila.tap("Meer").await;
    jamila.tap("Overdracht").await;
    jamila.see(STEP).await;
    jamila.see("Beloofd door Jamila Kaya").await;
    jamila.see("Bert Jansen neemt het over").await;
    assert!(!jamila.words().await.contains("Post op de mat"), "what was seen stays off paper");
    jamila.look("dag-overdracht").await;
    jamila.look_on_paper("dag-overdracht-papier").await;
    jamila.tap("Meer").await;
    jamila.tap("Hulp").await;
    jamila.see("Deze nummers zijn gecontroleerd op").await;
    jamila.look("dag-hulp").await;
    journey.note("a handover and help");

    // What she promised is on Bert's list while she is away, and off it when she is not.
    journey.office.open().await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    let mut bert = journey.phone("bert").await;
    bert.enrol(&bert_link).await;
    bert.see("Beloofd door Jamila Kaya voor vandaag").await;
    bert.look("dag-vervanger").await;
    jamila.tap("Meer").await;
    jamila.tap_first("main li.row button.button").await;
    jamila.see("Opgeslagen. Je bent er toch.").await;
    jamila.see("Alles verstuurd").await;
    bert.reload().await;
    bert.close().await;
    jamila.close().await;
    journey.note("who stands in sees it");
}
