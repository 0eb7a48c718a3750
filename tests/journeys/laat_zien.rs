//! Laat zien: a resident reads their own record on the worker's phone, says that something is not right, says what may be shared, and
//! gets at nothing else: not by going back, not by another address, not by loading anew, not in another tab.

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

const NAME: &str = "mevrouw Bakker";
const NOTE: &str = "Dronk samen thee en sprak over haar tuin.";
const SAW: &str = "Drie ongeopende brieven op de trap.";
const TOLD: &str = "Hoorde nachtenlang huilen door de muur.";
const THOUGHT: &str = "Misschien is het rouw.";
const SOURCE: &str = "Fatma van beneden";

async fn worry(phone: &Phone, tile: &str, seen: &str, source: &str) {
    phone.tap("Ik maak me zorgen").await;
    phone.tap(tile).await;
    phone.tap("Bespreken").await;
    phone.fill("Wat heb je gezien of gehoord?", seen).await;
    phone.fill("Wat denk je?", THOUGHT).await;
    phone.tap(source).await;
    if source == "Van een buur" {
        phone.fill("Wie vertelde het?", SOURCE).await;
    }
    phone.tap("Opslaan").await;
    phone.see("Opgeslagen op deze telefoon").await;
}

/// From the door to the record.
async fn show(phone: &Phone) {
    phone.tap("Laat zien aan de bewoner").await;
    phone.see("Wie kijkt mee?").await;
    phone.tap(&format!("{NAME}, bewoner")).await;
    phone.tap("Laat zien").await;
    phone.see("Dit staat er over jou").await;
}

/// Nothing of the app is left on the screen, only the way in.
async fn is_locked(phone: &Phone) {
    phone.see("Je vijf woorden").await;
    let words = phone.words().await;
    for gone in ["Dit staat er over jou", NOTE, DOOR, "Dag Jamila"] {
        assert!(!words.contains(gone), "“{gone}” is still there: {words}");
    }
}

#[tokio::test]
async fn a_resident_reads_their_own_record_and_nothing_else() {
    let mut journey = Journey::begin("laat zien").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.wait_until_installed().await;
    jamila.offline().await;

    // What there is to show, and what there is to hide.
    jamila.write(DOOR, NOTE).await;
    jamila.tap("Wie woont hier?").await;
    jamila.tap("Bewoner").await;
    jamila.fill("Naam", NAME).await;
    jamila.tap("Zet erbij").await;
    jamila.see("De bewoner staat erbij.").await;
    worry(&jamila, "Geld", SAW, "Zelf gezien").await;
    worry(&jamila, "Alleen", TOLD, "Van een buur").await;
    journey.note("there is something to show and something to hide");

    // Another tab has the account open, too.
    let first = jamila.browser().window().await.expect("a window");
    let second = jamila.browser().new_window().await.expect("another window");
    jamila.browser().switch_to_window(second.clone()).await.expect("another window");
    jamila.go("/").await;
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    jamila.browser().switch_to_window(first.clone()).await.expect("the first window");

    jamila.tap("Laat zien aan de bewoner").await;
    jamila.see("Wie kijkt mee?").await;
    jamila.tap("Laat zien").await;
    jamila.see("Kies wie er meekijkt.").await;
    jamila.look("laat-zien-wie").await;
    jamila.tap(&format!("{NAME}, bewoner")).await;
    jamila.tap("Laat zien").await;
    jamila.see("Dit staat er over jou").await;
    for there in [NAME, NOTE, SAW, "We dronken samen koffie.", "Het gaat over: geld.", "Het gaat over: alleen zijn."] {
        jamila.see(there).await;
    }
    let words = jamila.words().await;
    for never in
        [TOLD, THOUGHT, SOURCE, "buur vertelde", "Bespreken", "bespreken", "Dag Jamila", "Deuren", "Versturen", "Gedacht"]
    {
        assert!(!words.contains(never), "“{never}” is shown: {words}");
    }
    assert!(jamila.each("a[href]").await.is_empty(), "no link leads away");
    jamila.look("laat-zien").await;
    journey.note("their own record, and nothing else");

    // "Klopt niet", and what may be shared.
    jamila.tap_first(".shown__line:has(p:nth-of-type(3)) .button--link").await;
    jamila.fill("Wat klopt er niet?", "Het was geen tuin maar een balkon.").await;
    jamila.look("laat-zien-klopt-niet").await;
    jamila.tap("Schrijf het erbij").await;
    jamila.see("Jij zei: ‘Het was geen tuin maar een balkon.’").await;
    jamila.tap("Wat mogen we met anderen delen?").await;
    jamila.tap("Opslaan").await;
    jamila.see("Kies met wie.").await;
    jamila.tap("het wijkteam").await;
    jamila.tap("Ja, dat mag").await;
    jamila.tap("Ik zelf").await;
    jamila.fill("Wat zei je precies?", "Bel ze maar.").await;
    jamila.look("laat-zien-delen").await;
    jamila.tap("Opslaan").await;
    jamila.see("met het wijkteam mogen we dingen over jou delen.").await;
    jamila.tap("het wijkteam").await;
    jamila.tap("Nee, niet meer").await;
    jamila.tap("Ik zelf").await;
    jamila.fill("Wat zei je precies?", "Toch liever niet.").await;
    jamila.tap("Opslaan").await;
    jamila.see("met het wijkteam mogen we niets meer over jou delen.").await;
    jamila.see_no_more("mogen we dingen over jou delen").await;
    journey.note("they said what is wrong and what may be shared");

    // The other tab is closed; and every way out of this one, too.
    jamila.browser().switch_to_window(second.clone()).await.expect("another window");
    is_locked(&jamila).await;
    jamila.browser().close_window().await.expect("the tab closes");
    jamila.browser().switch_to_window(first.clone()).await.expect("the first window");
    jamila.see("Dit staat er over jou").await;
    jamila.browser().back().await.expect("back");
    is_locked(&jamila).await;
    jamila.browser().forward().await.expect("forward");
    is_locked(&jamila).await;
    jamila.browser().back().await.expect("back");
    jamila.unlock(&phrase).await;
    jamila.see("De bewoner zegt: Het was geen tuin maar een balkon.").await;
    journey.note("going back is locked");

    show(&jamila).await;
    jamila.go_in_app("/").await;
    is_locked(&jamila).await;
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    jamila.tap(DOOR).await;
    show(&jamila).await;
    jamila.reload().await;
    is_locked(&jamila).await;
    jamila.unlock(&phrase).await;
    jamila.see("Wie kijkt mee?").await;
    jamila.tap(&format!("{NAME}, bewoner")).await;
    jamila.tap("Laat zien").await;
    jamila.see("Dit staat er over jou").await;
    jamila.go("/deuren").await;
    is_locked(&jamila).await;
    jamila.unlock(&phrase).await;
    jamila.see("Portiek A").await;
    journey.note("another address and loading anew are locked");

    // Done: locked, and the door is what comes next.
    jamila.go_in_app("/").await;
    jamila.tap(DOOR).await;
    show(&jamila).await;
    jamila.tap("Klaar: app op slot").await;
    is_locked(&jamila).await;
    jamila.unlock(&phrase).await;
    jamila.see("Contact noteren").await;

    // The card.
    jamila.tap("Vertel dat je iets opschrijft").await;
    jamila.see("Soms schrijf ik iets op").await;
    jamila.look("kaartje").await;
    jamila.tap("Arabisch").await;
    jamila.see("Nog niet nagekeken door een vertaler.").await;
    jamila.look("kaartje-arabisch").await;
    jamila.tap("Kan niet").await;
    jamila.tap("Opslaan").await;
    jamila.see("Schrijf op waarom het niet kan.").await;
    jamila.tap("Ja, kaartje gegeven").await;
    jamila.tap("Opslaan").await;
    jamila.see("Nu staat er: ja, kaartje gegeven").await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    assert_eq!(journey.office.entries("objection").await, 1);
    assert_eq!(journey.office.entries("consent").await, 2);
    assert_eq!(journey.office.entries("told").await, 1);
    jamila.close().await;
}
