//! Whatever a worker notes: several doors, yesterday, help asked, gestures, ties, corrections; and what is not right yet.

use chrono::{Days, Local};
use uuid::Uuid;
use waakvlam::domain::body::{Address, Ending, Household, HouseholdEnded, Place, PlaceHidden, PlaceKind};
use waakvlam::domain::{HouseholdId, PlaceId, Subject};

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

/// Two letters and a flag above what one code unit holds, and words that run from the right.
const WORDS: &str = "Koffie 🫖👩‍🦽🇳🇱 و هي تحب القهوة, a\u{200f}b";
const OTHER: &str = "Lindehof 4";
/// It passes the 11-proof, and is nobody's.
const NUMBER: &str = "111222333";

async fn at_work(journey: &mut Journey) -> (Phone, String) {
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    journey.office.close();
    jamila.offline().await;
    (jamila, phrase)
}

#[tokio::test]
async fn what_is_noted_at_a_door_stands_there_and_says_what_it_said_before() {
    let mut journey = Journey::begin("noting").await;
    let (mut jamila, _) = at_work(&mut journey).await;

    // An empty contact; a text of any length; a day that has not been; a day long ago.
    jamila.at_door(DOOR).await;
    jamila.tap("Contact noteren").await;
    jamila.tap("Meer invullen").await;
    jamila.see(&format!("Contact bij {DOOR}")).await;
    jamila.tap("Opslaan").await;
    jamila.see("Kies wat het was.").await;
    jamila.focus_is_in("soort").await;
    jamila.tap("Portiekgesprek").await;
    jamila.tap("Gesproken").await;
    let long = "é".repeat(20_001);
    jamila.put("Wat wil je onthouden?", &long).await;
    jamila.tap("Opslaan").await;
    jamila.see("Maak hem korter dan 20.000 tekens").await;
    jamila.focus_is_in("tekst").await;
    assert_eq!(jamila.in_field("Wat wil je onthouden?").await, long, "nothing that was typed is lost");
    jamila.put("Wat wil je onthouden?", &format!("{WORDS} {NUMBER}")).await;
    jamila.tap("Kies een dag").await;
    let today = Local::now().date_naive();
    for (day, said) in
        [(today + Days::new(1), "Deze dag is nog niet geweest"), (today - Days::new(60), "meer dan een maand geleden")]
    {
        jamila.put("Op welke dag was het?", &day.to_string()).await;
        jamila.tap("Opslaan").await;
        jamila.see(said).await;
        jamila.focus_is_in("op-dag").await;
    }
    jamila.tap("Gisteren").await;
    // A number that could be a BSN is stopped until its writer says that it is none.
    jamila.tap("Opslaan").await;
    jamila.see(&format!("Dit lijkt op een BSN: {NUMBER}")).await;
    jamila.focus_is_in("tekst").await;
    jamila.look("contact-bsn").await;
    jamila.tap("Dit is geen BSN").await;
    jamila.tap("Deur open").await;
    jamila.tap("Ook bij deze deuren").await;
    jamila.tap(OTHER).await;
    jamila.tap("Lindehof 6").await;
    jamila.tap("Morgen").await;
    jamila.look("contact-vol").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see(&format!("{WORDS} {NUMBER}")).await;
    jamila.see("De schrijver zegt: dit is geen BSN").await;
    jamila.see("gisteren").await;
    jamila.see("Beloofd terug te komen: morgen").await;
    journey.note("a contact with everything, at three doors");

    // At the other doors it stands, and no word of what was said.
    jamila.at_door(OTHER).await;
    jamila.see("Portiekgesprek").await;
    jamila.see("gisteren").await;
    let words = jamila.words().await;
    assert!(!words.contains("Koffie 🫖") && !words.contains("Beloofd"), "another door knows what was said: {words}");

    // What is corrected says what it said before; what is taken back says that it was.
    jamila.at_door(DOOR).await;
    jamila.tap("Aanvullen").await;
    jamila.see(&format!("Aanvullen bij {DOOR}")).await;
    jamila.put("Wat wil je onthouden?", "Toch thee.").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("Toch thee.").await;
    jamila.see_no_more(WORDS).await;
    jamila.tap("Wat er eerder stond").await;
    jamila.see(WORDS).await;
    jamila.look("deur-eerder").await;
    jamila.at_door(OTHER).await;
    jamila.tap("Intrekken: Portiekgesprek").await;
    jamila.see("Weet je het zeker?").await;
    jamila.look("deur-intrekken").await;
    jamila.tap("Ja, trek het in").await;
    jamila.see("Ongedaan gemaakt: dit telt niet mee.").await;
    jamila.see("Portiekgesprek").await;
    journey.note("corrected and taken back");

    // A gesture in two taps from the door, and what came of it.
    jamila.at_door(DOOR).await;
    jamila.count_taps();
    jamila.tap("Klein gebaar").await;
    jamila.tap("Boodschap gedaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    assert_eq!(jamila.taps.get(), 2, "a gesture from its door");
    jamila.see("Klein gebaar: Boodschap gedaan").await;
    jamila.tap("Wat kwam ervan?: Klein gebaar").await;
    jamila.fill("Vertel het kort", "Ze belt nu zelf.").await;
    jamila.look("deur-wat-kwam-ervan").await;
    jamila.tap("Opslaan").await;
    jamila.see("Wat kwam ervan? Ze belt nu zelf.").await;

    // Neighbours brought together: both are asked, and neither names the other.
    jamila.tap("Buren samenbrengen").await;
    jamila.tap("Opslaan").await;
    jamila.see("Kies de andere deur.").await;
    jamila.see("Vraag het eerst aan allebei.").await;
    jamila.focus_is_in("andere-deur").await;
    jamila.look("samen-fout").await;
    jamila.tap(OTHER).await;
    jamila.tap("Iets anders").await;
    jamila.fill("Wat gaan ze samen doen?", "Koffie op nummer 4").await;
    jamila.tap("Ik vroeg het bij deze deur: ja").await;
    jamila.tap("Ik vroeg het bij de andere deur: ja").await;
    jamila.tap("Opslaan").await;
    jamila.see("Hier staat een naam of een huisnummer in.").await;
    jamila.fill("Wat gaan ze samen doen?", "Samen naar de markt").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    let here = jamila.words().await;
    jamila.at_door(OTHER).await;
    jamila.see("Met een buur samengebracht").await;
    jamila.see("Samen naar de markt").await;
    let there = jamila.each("ol.journal").await.concat();
    assert!(!here.contains(OTHER) && !there.contains(DOOR), "one side names the other: {here} / {there}");
    journey.note("gestures and ties");

    // A worry about one of the household, and about somebody else.
    jamila.at_door(OTHER).await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.tap("Overlast").await;
    jamila.tap("Kijken").await;
    jamila.tap("Geschreeuw gehoord").await;
    jamila.tap("Van een buur").await;
    jamila.fill("Wie vertelde het?", "de buurvrouw van boven").await;
    jamila.tap("Iemand anders (we bewaren het bij het portiek)").await;
    jamila.tap("Nog niemand").await;
    jamila.look("zorgen-over-wie").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    let door = jamila.each("ol.journal").await.concat();
    assert!(!door.contains("Geschreeuw"), "it stands with the stairwell: {door}");

    // Her own words about it are corrected; what they were stands beside them.
    jamila.tap_first(".page__head .back").await;
    jamila.tap("Verbeteren: Ik maak me zorgen").await;
    jamila.tap("Opslaan").await;
    jamila.see("Je hebt nog niets veranderd.").await;
    jamila.tap("Geschreeuw gehoord").await;
    jamila.tap("Opslaan").await;
    jamila.focus_is_in("feiten").await;
    jamila.fill("Wat heb je gezien of gehoord?", "Het was de radio.").await;
    jamila.look("signaal-verbeteren").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("Gezien: Het was de radio.").await;
    jamila.see_no_more("Geschreeuw gehoord").await;
    jamila.tap("Wat er eerder stond").await;
    jamila.see("Geschreeuw gehoord").await;
    jamila.look("signaal-eerder").await;
    jamila.go_in_app("/zoeken").await;
    jamila.fill("Wat zoek je?", "radio").await;
    jamila.see("Het was de radio.").await;
    jamila.fill("Wat zoek je?", "geschreeuw").await;
    jamila.see_no_more("Het was de radio.").await;
    journey.note("a worry in other words");

    // All of it arrives.
    journey.office.open().await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    jamila.close().await;
    let counts = [
        ("visit", 4),
        ("correction", 1),
        ("withdrawal", 1),
        ("gesture", 1),
        ("tie", 2),
        ("concern", 1),
        ("rewording", 1),
        ("settled", 2),
    ];
    for (kind, count) in counts {
        assert_eq!(journey.office.entries(kind).await, count, "{kind}");
    }
    journey.note("all of it is in the office");
}

#[tokio::test]
async fn help_is_asked_released_and_followed_until_it_begins() {
    let mut journey = Journey::begin("help").await;
    let ineke_link = {
        let link = people::jamila(&journey.office).await;
        (link, people::ineke(&journey.office))
    };
    let (link, ineke_link) = ineke_link;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    journey.office.close();
    jamila.offline().await;

    // A signal with tile and severity from Vandaag, and help from it.
    jamila.count_taps();
    jamila.tap(&format!("Noteer bij {DOOR}")).await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.tap("Gezondheid").await;
    jamila.tap("Bespreken").await;
    jamila.tap("In de war").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    let signal = jamila.taps.get();
    assert!(signal <= 6, "a signal from Vandaag: {signal} taps");
    jamila.see("Staat open sinds vandaag").await;
    jamila.count_taps();
    jamila.tap("Hulp vragen bij …").await;
    jamila.tap("Huisarts").await;
    jamila.tap("Ja, de bewoner vindt het goed").await;
    jamila.tap("Doe maar").await;
    jamila
        .see_that("return field('Dit krijgt de ander te lezen').value.includes('in de war');", "the text is shown beforehand")
        .await;
    jamila.look("hulp").await;
    jamila.tap("Maak klaar").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    let help = jamila.taps.get();
    assert!(help <= 6, "help from an open signal: {help} taps");
    jamila.see("Klaar om te versturen, vandaag").await;
    journey.note(&format!("a signal from Vandaag in {signal} taps, help from it in {help}"));

    // Neither consent nor ground: nothing is asked. Health is left out for a corporation.
    jamila.tap("Hulp vragen bij …").await;
    jamila.tap("Woningcorporatie").await;
    jamila.see("Wat over gezondheid gaat, hebben we weggelaten.").await;
    let shared = jamila.in_field("Dit krijgt de ander te lezen").await;
    assert!(!shared.contains("in de war") && !shared.to_lowercase().contains("gezondheid"), "{shared}");
    jamila.tap("Maak klaar").await;
    jamila.see("Anders mag je niets delen.").await;
    jamila.focus_is_in("toestemming").await;
    jamila.look("hulp-fout").await;
    jamila.tap("Nee, of niet gevraagd").await;
    jamila.tap("Maak klaar").await;
    jamila.focus_is_in("grond").await;
    jamila.tap("Gevaar voor leven of gezondheid").await;
    jamila.fill("Dit krijgt de ander te lezen", "De verwarming is stuk.").await;
    jamila.tap("Maak klaar").await;
    jamila.see("Wacht op ja van een leidinggevende").await;
    let offers = jamila.each(".asked button").await.concat();
    assert!(!offers.contains("delen mag"), "a worker releases nothing: {offers}");
    jamila.look("deur-hulp").await;

    // The supervisor releases it, and asks something.
    journey.office.open().await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    let mut ineke = journey.phone("ineke").await;
    ineke.enrol(&ineke_link).await;
    ineke.see("Signalen").await;
    ineke.see("Wacht op ja van een leidinggevende").await;
    ineke.tap_first("main ul.rows > li.row a.row__link").await;
    ineke.see("De verwarming is stuk.").await;
    ineke.look("binnengekomen-zonder-toestemming").await;
    ineke.tap("Vraag stellen").await;
    ineke.fill("Je vraag", "Weet de huisarts dit al?").await;
    ineke.tap("Vraag stellen").await;
    ineke.see("Vraag van jou").await;
    ineke.tap("Bekijk deze deur").await;
    ineke.tap("Ja, delen mag").await;
    ineke.see("Delen zonder toestemming").await;
    ineke.tap("Ja, delen mag").await;
    ineke.see("Er is nog niets ingevuld.").await;
    ineke.fill("Waarom mag het gedeeld worden?", "Het is koud, zij kan niet zelf bellen.").await;
    ineke.look("vrijgeven").await;
    ineke.tap("Ja, delen mag").await;
    ineke.see("Leidinggevende zei ja, vandaag").await;
    ineke.see("Alles verstuurd").await;
    ineke.close().await;
    journey.note("released by the supervisor");

    // Step by step, by one tap each; and the answer to the question.
    jamila.tap("Op slot doen").await;
    jamila.unlock(&phrase).await;
    jamila.see("Leidinggevende zei ja, vandaag").await;
    jamila.tap("Beantwoorden").await;
    jamila.fill("Jouw antwoord", "Ja, ik belde vanmorgen.").await;
    jamila.tap("Opslaan").await;
    jamila.see("Jij: Ja, ik belde vanmorgen.").await;
    for step in ["Verstuurd", "Ontvangen"] {
        let script = format!(
            "const cards = [...document.querySelectorAll('.asked')]; const card = cards.find((card) => card.innerText.includes('Woningcorporatie')); const button = [...card.querySelectorAll('button')].find((button) => tidy(button.innerText) === '{step}'); button?.click(); return !!button;"
        );
        jamila.see_that(&script, &format!("{step} can be tapped")).await;
        jamila.see(&format!("{step}, vandaag")).await;
    }
    let waits = "const cards = [...document.querySelectorAll('.asked')]; const card = cards.find((card) => card.innerText.includes('Woningcorporatie')); const button = [...card.querySelectorAll('button')].find((button) => tidy(button.innerText) === 'Wachtlijst'); button?.click(); return !!button;";
    jamila.see_that(waits, "the waiting list can be tapped").await;
    jamila.fill("Hoeveel weken ongeveer?", "lang").await;
    jamila.tap("Opslaan").await;
    jamila.see("Vul een getal in, zoals 12.").await;
    jamila.fill("Hoeveel weken ongeveer?", "6").await;
    jamila.tap("Opslaan").await;
    jamila.see("Wachtlijst, 6 weken, vandaag").await;
    jamila.see_that(&waits.replace("'Wachtlijst'", "'Hulp is begonnen'"), "help begins").await;
    jamila.see("Hulp is begonnen, vandaag").await;
    jamila.look("deur-hulp-begonnen").await;
    jamila.see("Alles verstuurd").await;
    jamila.close().await;
    assert_eq!((journey.office.entries("referral").await, journey.office.entries("referral_step").await), (2, 5));
    journey.note("help has begun");
}

#[tokio::test]
async fn what_changed_while_somebody_typed_is_said_and_it_goes_to_the_right_people() {
    let mut journey = Journey::begin("meanwhile").await;
    let link = people::jamila(&journey.office).await;
    let door = |number, name: &str| Place {
        kind: PlaceKind::Door,
        name: name.to_owned(),
        parent: None,
        floor: None,
        address: Some(Address { street: "Eikenhof".to_owned(), number, ..Address::default() }),
    };
    let (one, two, three) = (PlaceId(Uuid::new_v4()), PlaceId(Uuid::new_v4()), PlaceId(Uuid::new_v4()));
    let home = HouseholdId(Uuid::new_v4());
    let today = Local::now().date_naive();
    let places = vec![
        (Subject::Place(one), door(1, "1").into()),
        (Subject::Place(two), door(3, "3").into()),
        (Subject::Place(three), door(5, "5").into()),
        (Subject::Household(home), Household { door: one, from: today }.into()),
    ];
    journey.office.write("jamila.k", places).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    journey.office.close();
    jamila.offline().await;

    jamila.go_in_app(&format!("/deur/{one}/contact")).await;
    jamila.see("Contact bij Eikenhof 1").await;
    jamila.tap("Koffie").await;
    jamila.tap("Gesproken").await;
    jamila.fill("Wat wil je onthouden?", "Zij gaat verhuizen.").await;
    jamila.kept().await;

    // A colleague was faster; it comes in while the form stands open.
    journey
        .office
        .write(
            "jamila.k",
            vec![
                (Subject::Household(home), HouseholdEnded { on: today, why: Ending::Moved }.into()),
                (Subject::Place(two), PlaceHidden { successor: Some(three) }.into()),
            ],
        )
        .await;
    journey.office.open().await;
    jamila.online().await;
    jamila.see("Een collega schreef intussen op: verhuisd.").await;
    assert_eq!(jamila.in_field("Wat wil je onthouden?").await, "Zij gaat verhuizen.", "nothing that was typed is lost");
    jamila.look("contact-intussen").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("Nog niemand gesproken").await;
    let journal = jamila.each("ol.journal").await.concat();
    assert!(!journal.contains("verhuizen"), "it is not with who comes next: {journal}");

    jamila.go_in_app(&format!("/deur/{two}/contact")).await;
    jamila.see("Deze deur is vervangen.").await;
    jamila.see("hoort nu bij Eikenhof 5").await;
    jamila.tap("Aangebeld").await;
    jamila.tap("Niet thuis").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see_that("return tidy(document.querySelector('h1')?.innerText) === 'Eikenhof 5';", "it is the new door").await;
    jamila.see("Alles verstuurd").await;
    jamila.close().await;
    assert_eq!(journey.office.entries("household").await, 2, "no household begins by it");
    journey.note("it went to the right people");
}
