//! The stairwell: a worker in the cold, without a signal, and what she notes of it reaches the office.

use chrono::{Days, Local};

use crate::support::neighbourhood::{DOOR, NAME};
use crate::support::office::Office;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

const HURT: &str = "Schreeuwde en gooide een kopje, nummer 5518-vlier.";
const WROTE: &str = "Zit graag in de tuin.";
const MET: &str = "Meneer Aziz";

/// Types a day into a field as the browser keeps it; a typed one depends on its language.
async fn choose_day(phone: &Phone, label: &str, days: i64) {
    let day = if days < 0 {
        Local::now().date_naive().checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        Local::now().date_naive().checked_add_days(Days::new(days.unsigned_abs()))
    };
    let script = "const input = field(arguments[0]); if (!input) return false; input.value = arguments[1]; input.dispatchEvent(new Event('input', { bubbles: true })); return true;";
    let done = phone.ask(script, vec![label.into(), day.expect("a day").to_string().into()]).await;
    assert_eq!(done, true, "there is a field {label}");
}

async fn to_stairwell(phone: &Phone) {
    phone.go_in_app("/").await;
    phone.tap("Deuren").await;
    phone.tap("Portiek A, Lindehof").await;
    phone.see("Over de plek zelf").await;
}

async fn to_door(phone: &Phone, door: &str) {
    to_stairwell(phone).await;
    phone.tap(door).await;
    phone.see("Wat er eerder was").await;
}

async fn know(phone: &Phone, what: &str) {
    phone.tap("Iets erbij zetten").await;
    phone.see("Wat is goed om te weten?").await;
    phone.tap(what).await;
}

/// What she wrote is not put with whoever lives there next.
async fn moved_under_her(phone: &Phone) {
    phone.see("De mensen over wie je schreef, wonen hier niet meer.").await;
    phone.tap("Opslaan").await;
    phone.see_that(&format!("return field('Wat moet een collega weten?')?.value === {WROTE:?};"), "the text is there").await;
    phone.look("weten-veranderd").await;
}

/// The doors come anew, without one of them.
fn hide(office: &Office, door: u32) {
    let doors = (2..=12).step_by(2).filter(|number| *number != door);
    let rows = doors
        .map(|number| format!("BU03630000;2025;Lindehof;Portiek A;portiek;Lindehof;{number};;;1234AB;{}\n", (number - 1) / 4));
    let head = "buurtcode;jaar;complex;portiek;soort;straat;huisnummer;letter;toevoeging;postcode;verdieping\n";
    std::fs::write(office.file("doors.csv"), format!("{head}{}", rows.collect::<String>())).expect("a file");
    office.run(&["neighbourhood", "import", "doors.csv", "--neighbourhood", NAME]);
}

async fn leave_alone(phone: &Phone) {
    phone.tap("Woont hier niet meer? Of wil geen contact?").await;
    phone.tap("Wil geen contact").await;
    phone.see("Wil deze bewoner geen contact meer?").await;
    phone.look("deur-geen-contact").await;
    phone.tap("Ja, alles wissen").await;
    phone.see("Hier wil iemand geen contact.").await;
}

#[tokio::test]
async fn the_stairwell_says_what_helps_before_ringing() {
    let mut journey = Journey::begin("the stairwell").await;
    let link = people::jamila(&journey.office).await;
    let ineke_link = people::ineke(&journey.office);
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;

    // From here on there is no network.
    journey.office.close();
    jamila.offline().await;
    jamila.tap("Deuren").await;
    jamila.see("Portiek A").await;
    jamila.look("deuren").await;
    to_stairwell(&jamila).await;
    jamila.look("portiek").await;
    jamila.tap("Iets met het gebouw?").await;
    jamila.tap("Licht kapot").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("Opgelost").await;
    journey.note("the stairwell is drawn, and its light is broken");

    // Somebody on the stairs, nobody knows behind which door.
    jamila.tap("Iemand, deur nog onbekend").await;
    jamila.see("Wie heb je gesproken?").await;
    jamila.fill("Hoe noem je deze persoon?", MET).await;
    jamila.look("iemand").await;
    jamila.tap("Portiekgesprek").await;
    jamila.see("Deur nog onbekend").await;
    jamila.see(MET).await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.tap("Opslaan").await;
    jamila.see("Kies waarover het gaat.").await;
    jamila.tap("Alleen").await;
    jamila.tap("Bespreken").await;
    jamila.fill("Wat heb je gezien of gehoord?", "Zit elke dag op de trap.").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.look("iemand-bewoning").await;
    jamila.tap("Ik weet nu welke deur").await;
    jamila.tap("Lindehof 4").await;
    jamila.see("Wat er eerder was").await;
    jamila.see(MET).await;
    jamila.see("Portiekgesprek").await;
    journey.note("met on the stairs, and linked to a door");

    // How often is proposed, and done with one tap.
    jamila.see("Voorstel: elke week").await;
    jamila.tap("Doen").await;
    jamila.see("De afspraak is veranderd.").await;
    jamila.see_no_more("Voorstel").await;

    // What helps: a code is refused, nothing typed is lost; what needs a yes needs it.
    know(&jamila, "Wie heeft een sleutel").await;
    jamila.fill("Wat moet een collega weten?", "Kastje bij de deur 4521").await;
    jamila.tap("Opslaan").await;
    jamila.see("Dit lijkt op een code.").await;
    jamila.look("weten-fout").await;
    jamila.fill("Wat moet een collega weten?", "De buurvrouw op 14").await;
    jamila.tap("Opslaan").await;
    jamila.see("Bij nood").await;
    know(&jamila, "Tolk nodig").await;
    jamila.fill("Wat moet een collega weten?", "Tigrinya").await;
    jamila.tap("Opslaan").await;
    jamila.see("Dit mag alleen als iemand ja heeft gezegd.").await;
    jamila.tap("Ja, dit mag worden opgeschreven").await;
    jamila.tap("Opslaan").await;
    jamila.see("Toegevoegd: tolk nodig").await;
    know(&jamila, "Hond").await;
    jamila.tap("Opslaan").await;
    jamila.see("Toegevoegd: hond").await;
    jamila.look("deur-weten").await;
    know(&jamila, "Ga met twee mensen").await;
    jamila.fill("Wat moet een collega weten?", HURT).await;
    jamila.tap("Opslaan").await;
    jamila.see("Kies een dag.").await;
    choose_day(&jamila, "Tot en met welke dag?", 200).await;
    jamila.tap("Opslaan").await;
    jamila.see("niet langer dan drie maanden").await;
    choose_day(&jamila, "Tot en met welke dag?", 60).await;
    // The battery is out in the middle of it.
    jamila.see_that("return !document.documentElement.hasAttribute('data-keeping');", "the draft is kept").await;
    jamila.go_in_app("/deuren").await;
    to_door(&jamila, "Lindehof 4").await;
    jamila.tap("Iets erbij zetten").await;
    jamila.see("Dit was nog niet af.").await;
    jamila.tap("Opslaan").await;
    jamila.see("Nog niet gezien door een leidinggevende").await;
    jamila.look("deur-veilig").await;
    journey.note("what helps before ringing stands there");

    // Moved: asked once more, taken back, and done.
    to_door(&jamila, DOOR).await;
    jamila.tap("Woont hier niet meer? Of wil geen contact?").await;
    jamila.tap("Overleden").await;
    jamila.see("Wat verdrietig.").await;
    jamila.look("deur-overleden").await;
    jamila.tap("Terug").await;
    jamila.tap("Verhuisd").await;
    choose_day(&jamila, "Sinds welke dag?", 1).await;
    jamila.tap("Ja, verhuisd").await;
    jamila.see("Deze dag is nog niet geweest.").await;
    choose_day(&jamila, "Sinds welke dag?", 0).await;
    jamila.tap("Ja, verhuisd").await;
    jamila.see("Wie hier woonde, is verhuisd").await;
    jamila.see("Nog niemand gesproken").await;
    jamila.look("deur-verhuisd").await;
    journey.note("moved: the next begins empty");

    // Wants to be left alone: a mis-tap is taken back while it is here; then it is meant.
    to_door(&jamila, "Lindehof 6").await;
    leave_alone(&jamila).await;
    jamila.tap("Ongedaan maken").await;
    jamila.see("Ongedaan gemaakt.").await;
    jamila.see("Wat er eerder was").await;
    leave_alone(&jamila).await;
    jamila.look("deur-niet-aanbellen").await;
    // Nor is there anything to tap for who wants to note quickly.
    jamila.choose_door("Lindehof 6").await;
    jamila.see("Hier wil iemand geen contact.").await;
    assert!(!jamila.words().await.contains("Koffie, alles goed"), "nothing is noted where nobody rings");
    jamila.look("noteren-niet-aanbellen").await;
    to_stairwell(&jamila).await;
    jamila.see("Niet aanbellen").await;
    jamila.see("Elke week").await;
    jamila.see("Ga met twee mensen").await;
    jamila.see("1 signaal: bespreken").await;
    jamila.look("portiek-vol").await;

    // All of it goes up, and the supervisor has the same stairwell.
    journey.office.open().await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    assert_eq!(
        (journey.office.entries("known").await, journey.office.entries("no_contact").await),
        (4, 2),
        "a wish taken back is an entry, too"
    );
    let mut ineke = journey.phone("ineke").await;
    ineke.enrol(&ineke_link).await;
    ineke.see("Binnengekomen").await;
    to_stairwell(&ineke).await;
    ineke.see("Niet aanbellen").await;
    ineke.see("Ga met twee mensen").await;
    ineke.tap("Lindehof 4").await;
    ineke.see(HURT).await;
    ineke.tap("Ik heb dit gezien").await;
    ineke.see("Gezien door Ineke").await;
    ineke.see("Alles verstuurd").await;
    to_door(&jamila, "Lindehof 4").await;
    jamila.offline().await;
    jamila.online().await;
    jamila.see("Gezien door Ineke").await;
    journey.note("the supervisor has seen it, and the worker sees that");

    // While Jamila writes about who lives at 4 and at 8, a colleague notes that they moved from 4, and 8 goes from the list.
    know(&jamila, "Iets anders").await;
    jamila.fill("Wat moet een collega weten?", WROTE).await;
    to_door(&ineke, "Lindehof 4").await;
    ineke.tap("Woont hier niet meer? Of wil geen contact?").await;
    ineke.tap("Verhuisd").await;
    ineke.tap("Ja, verhuisd").await;
    ineke.see("Wie hier woonde, is verhuisd").await;
    ineke.see("Alles verstuurd").await;
    jamila.offline().await;
    jamila.online().await;
    moved_under_her(&jamila).await;
    to_door(&jamila, "Lindehof 8").await;
    know(&jamila, "Hond").await;
    jamila.fill("Wil je er iets over schrijven?", WROTE).await;
    hide(&journey.office, 8);
    jamila.offline().await;
    jamila.online().await;
    jamila.see("Deze plek staat niet meer in de lijst").await;
    jamila.see_that(&format!("return field('Wil je er iets over schrijven?')?.value === {WROTE:?};"), "the text is there").await;
    jamila.look("weten-weg").await;
    journey.note("what changed under her hands is said, and nothing typed is lost");
    jamila.close().await;
    ineke.close().await;
}
