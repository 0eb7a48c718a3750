//! Every screen in both languages, small, large and dark: it fits, axe is content, and nothing is left in the other language.

use waakvlam::paths::Path;

use crate::support::Journey;
use crate::support::everything::{self, Everything};
use crate::support::fit::Do::{Dialogs, Last, Put, Questions, Send, Tap};
use crate::support::fit::{Walk, side_by_side};
use crate::support::phone::Phone;

/// Chooses a language under "Meer", as a person does, and sees that what is open speaks it.
async fn speak(phone: &Phone, english: bool) {
    phone.go_in_app(&Path::Settings.to_string()).await;
    let (code, title) = if english { ("en", "More") } else { ("nl", "Meer") };
    phone.see_that("return !!first('input[name=language]');", "there are languages").await;
    phone.tap(if english { "English" } else { "Nederlands" }).await;
    let follows = format!(
        "return document.documentElement.lang === '{code}' && document.title.startsWith('{title} ') && tidy(document.querySelector('h1')?.innerText) === '{title}';"
    );
    phone.see_that(&follows, "the screen that is open speaks it").await;
}

/// What was begun and not finished, a closed journal, and what waits without a signal.
async fn begin_things(phone: &Phone, at: &Everything) {
    let door = at.doors[6];
    for (path, field) in [
        (Path::Contact(at.doors[0]), "#tekst"),
        (Path::Concern(at.doors[0]), "#gezien"),
        (Path::Gesture(at.doors[0]), "#gebaar"),
        (Path::Tie(at.doors[0]), "#zoek-deur"),
    ] {
        phone.go_in_app(&path.to_string()).await;
        let script = format!(
            "const input = first('#form {field}'); if (location.pathname !== '{path}' || !input) return false; input.value = 'Rozemarijn'; input.dispatchEvent(new Event('input', {{ bubbles: true }})); return true;"
        );
        phone.see_that(&script, &format!("{path} is begun")).await;
        phone.kept().await;
    }
    phone.go_in_app(&Path::Concern(door).to_string()).await;
    phone.tap("Meldcode of zorgen over een kind").await;
    phone.fill("Wat heb je gezien of gehoord?", "Lavas munt.").await;
    phone.tap("Opslaan in het gesloten logboek").await;
    phone.see("De vijf stappen van de Meldcode").await;
    phone.note("Lindehof 4", "Gezwaaid").await;
}

async fn forms(walk: &mut Walk<'_>, at: &Everything) {
    let door = at.doors[6];
    let to = |path: Path| path.to_string();
    let asks = [Send("#form"), Last(&["input[name=soort]", "input[name=wanneer]", "input[name=terug]"]), Send("#form")];
    walk.visit("contact", &to(Path::Contact(door)), &asks).await;
    walk.visit("aanvullen", &to(Path::Complete(door, at.visit)), &[]).await;
    walk.visit("activiteit", &to(Path::Activity(at.spot)), &[]).await;
    let asks = [
        Send("#form"),
        Last(&["input[name=ernst]", "input[name=bron]", "input[name=stap]"]),
        Send("#form"),
        Tap(".page__head button", "section.guarded"),
        Send("#form"),
        Tap("#form .actions button", "#thema"),
    ];
    walk.visit("zorgen", &to(Path::Concern(door)), &asks).await;
    walk.visit("verbeteren", &to(Path::Reword(door, at.concern)), &[]).await;
    let asks = [
        Send("#form"),
        Tap("label:has(> [name=bij-wie]):nth-of-type(3)", ""),
        Tap("label:has(> [name=toestemming]):nth-of-type(1)", "#woord"),
        Last(&["input[name=woord]"]),
        Send("#form"),
        Tap("label:has(> [name=toestemming]):nth-of-type(2)", "#grond"),
        Send("#form"),
    ];
    walk.visit("hulp-vragen", &to(Path::Referral(door, at.concern)), &asks).await;
    walk.visit("gebaar", &to(Path::Gesture(door)), &[Send("#form")]).await;
    walk.visit("samen", &to(Path::Tie(door)), &[Send("#form"), Last(&["input[name=waarvoor]"])]).await;
    let asks = [
        Send("#form"),
        Tap("label:has(> [name=wat]):nth-of-type(3)", "#weten-tekst"),
        Send("#form"),
        Last(&["input[name=wat]"]),
        Send("#form"),
    ];
    walk.visit("weten", &to(Path::Knowing(door)), &asks).await;
    walk.visit("wie-kijkt-mee", &to(Path::Showing(door)), &[Send("form")]).await;
    let asks = [Send("form"), Last(&["input[name=verteld]"]), Send("form"), Last(&["input[name=taal]"])];
    walk.visit("kaartje", &to(Path::Card(door)), &asks).await;
}

async fn places(walk: &mut Walk<'_>, at: &Everything) {
    let to = |path: Path| path.to_string();
    walk.visit("vandaag", "/", &[Dialogs]).await;
    walk.visit("deuren", &to(Path::Doors), &[]).await;
    walk.visit("portiek", &to(Path::Place(at.stairwell)), &[Dialogs]).await;
    walk.visit("plein", &to(Path::Place(at.spot)), &[]).await;
    walk.visit("iemand", &to(Path::Met(at.stairwell)), &[]).await;
    walk.visit("bewoning", &to(Path::Household(at.met)), &[Send("main form"), Dialogs]).await;
    walk.visit("noteren", &to(Path::Note), &[]).await;
    walk.visit("tegels", &to(Path::NoteAt(at.doors[6])), &[]).await;
    walk.visit("tegels-geen-contact", &to(Path::NoteAt(at.doors[4])), &[]).await;
    walk.visit("tegels-portiek", &to(Path::NoteAt(at.stairwell)), &[]).await;
    walk.visit("tegels-plein", &to(Path::NoteAt(at.spot)), &[]).await;
    walk.visit("deur", &to(Path::Door(at.doors[6])), &[Send("main form"), Dialogs, Questions(".entry button")]).await;
    walk.visit("deur-opgeslagen", &to(Path::DoorSaved(at.doors[6], at.visit)), &[]).await;
    walk.visit("deur-onbekend", &to(Path::Door(at.doors[0])), &[]).await;
    walk.visit("deur-gevonden", &to(Path::Door(at.doors[1])), &[Dialogs]).await;
    walk.visit("deur-samen", &to(Path::Door(at.doors[2])), &[Dialogs]).await;
    walk.visit("deur-nu", &to(Path::Door(at.doors[3])), &[Dialogs]).await;
    walk.visit("deur-geen-contact", &to(Path::Door(at.doors[4])), &[Dialogs]).await;
    walk.visit("deur-verhuisd", &to(Path::Door(at.doors[5])), &[Dialogs]).await;
    walk.visit("deur-weg", &to(Path::Door(at.gone)), &[]).await;
}

async fn the_rest(walk: &mut Walk<'_>, journal: &str) {
    let to = |path: Path| path.to_string();
    walk.visit("apart", &to(Path::Apart), &[]).await;
    walk.visit("apart-een", &format!("/apart/{journal}"), &[Send("main form"), Dialogs]).await;
    walk.visit("nog-niet-af", &to(Path::Drafts), &[Tap("main .actions button", "")]).await;
    let asks = [Put("#zoek-alles", "tijm", ".found"), Put("#zoek-alles", "qqq", ""), Put("#zoek-alles", "", "")];
    walk.visit("zoeken", &to(Path::Search), &asks).await;
    walk.visit("versturen", &to(Path::Outbox), &[]).await;
    walk.visit("meer", &to(Path::Settings), &[Dialogs]).await;
    walk.visit("mijn-dag", &to(Path::MyDay), &[]).await;
    walk.visit("overdracht", &to(Path::Handover), &[Last(&["fieldset.no-print input"])]).await;
    walk.visit("hulp", &to(Path::Help), &[]).await;
    walk.visit("vinger", &to(Path::ByFinger), &[]).await;
}

/// Locked: opening with the wrong words, signing in with nothing, practising.
async fn outside(walk: &mut Walk<'_>) {
    walk.act("afgedekt", &[Tap("[data-cover]", "#cover[open]"), Tap("#cover button", "main")]).await;
    walk.act("openen", &[Tap(".bar > .button--icon:last-child", "#words"), Put("#words", "roos", ""), Send("#form")]).await;
    walk.visit("inloggen", "/inloggen", &[Send("#form")]).await;
    walk.visit("oefenen", "/oefenen", &[]).await;
}

#[tokio::test]
async fn a_worker_reads_every_screen_in_both_languages() {
    let mut journey = Journey::begin("every screen").await;
    let (link, _) = everything::people(&journey.office);
    let at = journey.office.fill().await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see("Lindehof 14").await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    journey.office.close();
    jamila.offline().await;
    begin_things(&jamila, &at).await;
    jamila.go_in_app("/apart").await;
    jamila.see_that("return !!first('main a[href^=\"/apart/\"]');", "there is a closed journal").await;
    let journal = jamila.ask("return first('main a[href^=\"/apart/\"]').pathname.split('/').pop();", Vec::new()).await;
    let journal = journal.as_str().unwrap_or_default().to_owned();
    journey.note("a neighbourhood with everything");
    let mut walks = Vec::new();
    for english in [false, true] {
        speak(&jamila, english).await;
        let mut walk = Walk::begin(&jamila, english);
        places(&mut walk, &at).await;
        journey.note("places");
        forms(&mut walk, &at).await;
        journey.note("forms");
        the_rest(&mut walk, &journal).await;
        journey.note("the rest");
        outside(&mut walk).await;
        jamila.go_in_app("/").await;
        jamila.unlock_in(&phrase, english).await;
        walks.push(walk);
    }
    let english = walks.pop().expect("two walks");
    side_by_side(walks.pop().expect("two walks"), english);
    jamila.close().await;
}

/// Enrolment, in the other language by its own button and back again, up to the last step.
async fn enrolment<'a>(phone: &'a Phone, link: &str) -> (Walk<'a>, Walk<'a>, String) {
    let mut walks = Vec::new();
    let mut phrase = String::new();
    for english in [false, true] {
        phone.go("/inloggen").await;
        phone.go(link).await;
        phone.see_many("ol.words > li", 5).await;
        if english {
            phone.tap("In English, please").await;
            phone.see("These are your five words").await;
            phone.see_many("ol.words > li", 5).await;
        }
        phrase = phone.each("ol.words > li").await.join(" ");
        let mut walk = Walk::begin(phone, english);
        walk.look("aanmelden").await;
        walk.act("aanmelden", &[Tap(".actions .button", "#words"), Put("#words", "roos", ""), Send("#form")]).await;
        walks.push(walk);
    }
    let english = walks.pop().expect("two walks");
    (walks.pop().expect("two walks"), english, phrase)
}

#[tokio::test]
async fn who_works_at_a_desk_reads_every_screen_in_both_languages() {
    let mut journey = Journey::begin("every screen at a desk").await;
    let (_, link) = everything::people(&journey.office);
    let ruud_link = journey.office.add_user("ruud.b", "Ruud Bakker", "administrator", None);
    let at = journey.office.fill().await;
    journey.office.open().await;
    let mut ineke = journey.phone("ineke").await;
    let (mut dutch, mut english, phrase) = enrolment(&ineke, &link).await;
    ineke.put_words(&phrase).await;
    ineke.see("Everything sent").await;
    ineke.go_in_app("/binnengekomen").await;
    ineke.see_many("main .row__link", 6).await;
    let entries = "return [...new Map([...document.querySelectorAll('main .row__link')].map((row) => [tidy(row.querySelector('.row__meta')?.innerText) + tidy(row.querySelector('.tags')?.innerText), row.pathname])).values()].slice(0, 8);";
    let entries: Vec<String> = serde_json::from_value(ineke.ask(entries, Vec::new()).await).expect("addresses");
    journey.note("enrolled in English");
    for (english, walk) in [(true, &mut english), (false, &mut dutch)] {
        speak(&ineke, english).await;
        walk.visit("binnengekomen", "/binnengekomen", &[]).await;
        for (n, entry) in entries.iter().enumerate() {
            walk.visit(&format!("binnengekomen-{n}"), entry, &[]).await;
        }
        let asks = [
            Tap("#detail .actions button:last-of-type", "dialog[open]"),
            Tap("dialog[open] [type=submit]", "dialog[open] .field__error"),
            Tap("dialog[open] [type=button]", ""),
        ];
        walk.act("binnengekomen-vraag", &asks).await;
        let asks = [
            Tap(".asked > .actions > .button:not(.button--quiet)", "dialog[open]"),
            Tap("dialog[open] [type=submit]", "dialog[open] .field__error"),
        ];
        walk.visit("deur-leidinggevende", &Path::Door(at.doors[6]).to_string(), &asks).await;
        walk.visit("geen-contact-leidinggevende", &Path::Door(at.doors[4]).to_string(), &[Dialogs]).await;
        for path in [Path::Doors, Path::Apart, Path::Outbox, Path::Settings, Path::MyDay, Path::Handover] {
            walk.visit(&format!("leidinggevende{}", path.to_string().replace('/', "-")), &path.to_string(), &[]).await;
        }
        journey.note("the supervisor");
    }
    side_by_side(dutch, english);
    ineke.close().await;

    let mut ruud = journey.phone("ruud").await;
    ruud.enrol(&ruud_link).await;
    let mut walks = Vec::new();
    for english in [false, true] {
        ruud.see_many(".rows .button", 3).await;
        speak(&ruud, english).await;
        let mut walk = Walk::begin(&ruud, english);
        walk.visit(
            "gebruikers",
            "/gebruikers",
            &[Send("#form"), Last(&["#form .chip input"]), Tap(".rows .button", ".link-box")],
        )
        .await;
        walk.visit("beheerder-meer", "/instellingen", &[]).await;
        ruud.go_in_app("/gebruikers").await;
        walks.push(walk);
    }
    let english = walks.pop().expect("two walks");
    side_by_side(walks.pop().expect("two walks"), english);
    ruud.close().await;
    journey.note("the administrator");
}

impl Phone {
    async fn put_words(&self, phrase: &str) {
        self.fill("Your own five words", phrase).await;
        self.tap_first("#form [type=submit]").await;
        self.see_that("return !!first('.bar');", "the app is open").await;
    }
}

#[tokio::test]
async fn a_language_is_chosen_in_the_middle_and_a_resident_reads_dutch() {
    let mut journey = Journey::begin("languages").await;
    let (link, _) = everything::people(&journey.office);
    let at = journey.office.fill().await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see("Lindehof 14").await;

    // Half a contact in Dutch goes on in English, with every word of it.
    let contact = Path::Contact(at.doors[6]).to_string();
    jamila.go_in_app(&contact).await;
    jamila.fill("Wat wil je onthouden?", "Rozemarijn tijm.").await;
    jamila.kept().await;
    speak(&jamila, true).await;
    jamila.go_in_app(&contact).await;
    jamila.see("Contact at Lindehof 14").await;
    jamila.see("This was not finished yet.").await;
    assert_eq!(jamila.in_field("What do you want to remember?").await, "Rozemarijn tijm.");
    journey.note("half a contact goes on in English");

    // What the resident holds is Dutch and says so; the phone is its owner's again after that.
    jamila.go_in_app(&Path::Door(at.doors[6]).to_string()).await;
    jamila.tap("Show it to the resident").await;
    jamila.tap("Rozemarijn, resident").await;
    jamila.tap("Show").await;
    jamila.see("Dit staat er over jou").await;
    let said_in = "return [...document.querySelectorAll('.shown > :is(main, footer)')].every((part) => part.lang === 'nl');";
    jamila.see_that(said_in, "it is called Dutch").await;
    jamila.look("laat-zien-engels").await;
    let shown = jamila.words().await;
    for english in ["written", "You said", "Coffee", "Done", "today", "resident"] {
        assert!(!shown.contains(english), "“{english}” is shown to a resident: {shown}");
    }
    jamila.tap("Klaar: app op slot").await;
    jamila.see("Your five words").await;
    let opening = "return document.documentElement.lang === 'en' && document.title.startsWith('Open ');";
    jamila.see_that(opening, "the opening screen is English again").await;
    jamila.unlock_in(&phrase, true).await;
    jamila.see("Show it to the resident").await;
    jamila.close().await;
    journey.note("a resident reads Dutch");
}
