//! The phone can't keep what was written: it is full, its storage is closed or taken away, or it never kept anything. What was typed stays,
//! it is said in plain words, and there is a way out: to the office at once, or into a file that only the office opens.

use std::path::PathBuf;

use serde_json::json;

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people, until};

const NOTE: &str = "Mevrouw vroeg of ik donderdag terugkom";

impl Phone {
    /// The browser gives this site so many bytes from now on; without a number, as many as before.
    async fn quota(&self, bytes: Option<u64>) {
        let mut how = json!({ "origin": self.origin });
        if let Some(bytes) = bytes {
            how["quotaSize"] = json!(bytes);
        }
        self.cdp("Storage.overrideQuotaForOrigin", how).await;
    }

    /// Does something to the next transaction that writes, once.
    async fn at_the_next_write(&self, what: &str) {
        let script = "const real = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (...given) {
              if (given[1] !== 'readwrite') return real.apply(this, given);
              IDBDatabase.prototype.transaction = real;
              window.troubled = true;
              WHAT
            };
            window.troubled = false;";
        self.ask(&script.replace("WHAT", what), Vec::new()).await;
    }

    async fn typed(&self, label: &str) -> String {
        self.ask("return field(arguments[0])?.value ?? '';", vec![json!(label)]).await.as_str().unwrap_or_default().to_owned()
    }

    async fn choose(&self, door: &str) {
        self.go_in_app("/noteren").await;
        self.see("Bij welke deur?").await;
        self.tap(door).await;
    }
}

/// The file that the browser saved.
async fn saved_file(folder: &std::path::Path) -> PathBuf {
    let files = || std::fs::read_dir(folder).expect("a folder").flatten().map(|file| file.path());
    let there = || files().find(|file| file.extension().is_some_and(|end| end == "json"));
    assert!(until(async || there().is_some()).await, "no file is saved");
    there().expect("a file")
}

#[tokio::test]
async fn a_full_phone_says_so_keeps_the_text_and_has_a_way_out() {
    let mut journey = Journey::begin("a full phone").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    // Almost full: it is said in time, where the browser tells. Chromium always says 10 GiB, so that no site knows the disk; others tell.
    jamila.ask("StorageManager.prototype.estimate = async () => ({ usage: 4.8e6, quota: 5e6 });", Vec::new()).await;
    jamila.tap("Versturen").await;
    jamila.see("Opslag bijna vol").await;
    jamila.see("Als je telefoon vol raakt, kan de browser gegevens van deze app wissen.").await;
    jamila.tap("Vraag de browser om alles te bewaren").await;
    jamila.see("De browser zegt nog nee.").await;
    jamila.look("opslag-bijna-vol").await;

    // Full: the save says so, and without a network sending says so, too. Chromium looks at the room before its first write, and then not for half
    // a minute: so it is full from a new start on.
    jamila.close().await;
    jamila.will_be_offline();
    jamila.start().await;
    let downloads = journey.office.file("downloads");
    std::fs::create_dir(&downloads).expect("a folder");
    jamila.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": downloads })).await;
    jamila.quota(Some(1_000)).await;
    jamila.go("/").await;
    jamila.unlock(&phrase).await;
    jamila.see(DOOR).await;
    jamila.choose(DOOR).await;
    jamila.tap("Meer invullen").await;
    jamila.tap("Koffie").await;
    jamila.tap("Gesproken").await;
    jamila.fill("Wat wil je onthouden?", NOTE).await;
    jamila.tap("Opslaan").await;
    jamila.see("Opslaan lukt niet").await;
    jamila.see("Je telefoon is vol. Dit is nog nergens bewaard. Je tekst staat er nog.").await;
    jamila.look("opslaan-lukt-niet").await;
    jamila.tap("Nu versturen").await;
    jamila.see("Versturen lukte niet.").await;
    jamila.tap("Terug naar mijn tekst").await;
    jamila.see("Dit is nog niet opgeslagen, maar je tekst staat er nog.").await;
    assert_eq!(jamila.typed("Wat wil je onthouden?").await, NOTE, "the text stays");
    journey.note("full: said, and the text stays");

    // With a network it goes to the office at once, and is nowhere called saved on this phone.
    jamila.online().await;
    jamila.tap("Opslaan").await;
    jamila.tap("Nu versturen").await;
    jamila.see("Verstuurd. Het kantoor heeft het. Op deze telefoon is het niet bewaard.").await;
    assert_eq!(journey.office.entries("visit").await, 2);
    jamila.tap("Klaar").await;
    jamila.see("Verstuurd naar het kantoor").await;
    jamila.see(NOTE).await;
    assert!(!jamila.words().await.contains("Opgeslagen op deze telefoon"), "it is not on this phone");
    journey.note("sent from memory");

    // It outlives the lock: the phone lies untouched for ten minutes while it asks.
    jamila.offline().await;
    jamila.choose(DOOR).await;
    jamila.tap("Gezwaaid").await;
    jamila.see("Je telefoon is vol.").await;
    let later =
        "const real = Date.now; Date.now = () => real() + 600000; window.dispatchEvent(new Event('focus')); Date.now = real;";
    jamila.ask(later, Vec::new()).await;
    jamila.see("Een aantekening is nog nergens bewaard. Sluit de app niet.").await;
    jamila.look("op-slot-en-nog-nergens").await;
    jamila.tap("Later").await;
    jamila.unlock("aap noot mies wim zus").await;
    jamila.see("Deze woorden kloppen niet.").await;
    jamila.unlock(&phrase).await;
    jamila.see("Een aantekening is nog nergens bewaard. Sluit de app niet.").await;

    // Without a network it goes into a file, which nobody but the office reads.
    jamila.tap("Bewaar als bestand").await;
    jamila.see("Het bestand staat bij je downloads. Alleen het kantoor kan het openen.").await;
    jamila.look("bewaard-als-bestand").await;
    jamila.tap("Klaar").await;
    jamila.see("Eén tik en het is bewaard.").await;
    let file = saved_file(&downloads).await;
    let text = std::fs::read_to_string(&file).expect("the file can be read");
    for readable in ["visit", "waved", "jamila", "Lindehof"] {
        assert!(!text.contains(readable), "{readable} stands in {text}");
    }
    let said = journey.office.run(&["rescue", &file.display().to_string()]);
    assert!(said.contains("In dit bestand: 1 aantekening.\n  1 opgenomen in het logboek\n"), "{said}");
    let said = journey.office.run(&["rescue", &file.display().to_string()]);
    assert!(said.contains("  1 had het kantoor al\n"), "{said}");
    assert_eq!(journey.office.entries("visit").await, 3);
    journey.note("given to the office in a file");

    // There is room again: all of it comes down, once, and saving works as before.
    jamila.quota(None).await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    jamila.tap("Bekijk deze deur").await;
    jamila.see(NOTE).await;
    let gezwaaid =
        "return [...document.querySelectorAll('.entry__title')].filter((e) => tidy(e.innerText) === 'Gezwaaid').length === 1;";
    jamila.see_that(gezwaaid, "what the file held stands on the door, once").await;
    jamila.see_that("return !document.querySelector('.state--phone, .state--sending');", "all of it has come back").await;
    jamila.note(DOOR, "Deur bleef dicht").await;
    jamila.see("Alles verstuurd").await;
    assert_eq!(journey.office.entries("visit").await, 4, "each is there once");
    jamila.close().await;
}

#[tokio::test]
async fn storage_that_is_closed_under_our_hands_is_opened_again_and_one_that_is_taken_away_is_said() {
    let mut journey = Journey::begin("storage taken away").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.offline().await;

    // What iOS does: the connection is closed before a save, or dies in the middle of one. Nobody notices.
    jamila.at_the_next_write("this.close(); return real.apply(this, given);").await;
    jamila.note(DOOR, "Gezwaaid").await;
    jamila.see_that("return window.troubled;", "the connection was closed").await;
    jamila.at_the_next_write("const tx = real.apply(this, given); tx.commit = () => tx.abort(); return tx;").await;
    jamila.note(DOOR, "Deur bleef dicht").await;
    jamila.see_that("return window.troubled;", "the transaction died").await;
    jamila.see("2 wachten (geen internet)").await;
    jamila.online().await;
    jamila.see("Alles verstuurd").await;
    assert_eq!(journey.office.entries("visit").await, 3, "both are there, once");
    journey.note("closed under our hands, and nobody noticed");

    // The browser takes all of it away: the account on the screen goes on, as far as it can, and says what it can't.
    jamila.cdp("Storage.clearDataForOrigin", json!({ "origin": jamila.origin, "storageTypes": "indexeddb" })).await;
    jamila.choose(DOOR).await;
    jamila.tap("Briefje achtergelaten").await;
    jamila.see("De opslag van je telefoon doet het niet. Dit is nog nergens bewaard.").await;
    jamila.tap("Terug naar mijn tekst").await;
    jamila.see("De opslag van je telefoon doet het niet. Dit is nog niet opgeslagen").await;
    jamila.tap("Briefje achtergelaten").await;
    jamila.see("Dit is nog nergens bewaard.").await;
    jamila.tap("Nu versturen").await;
    jamila.see("Verstuurd. Het kantoor heeft het.").await;
    jamila.tap("Klaar").await;
    jamila.see("Verstuurd naar het kantoor").await;
    assert_eq!(journey.office.entries("visit").await, 4);
    jamila.reload().await;
    jamila.fill("Inlognaam", "jamila.k").await;
    jamila.fill("Je vijf woorden", &phrase).await;
    jamila.tap("Inloggen").await;
    jamila.tap(DOOR).await;
    jamila.see("Briefje achtergelaten").await;
    jamila.close().await;
    journey.note("taken away, and nothing lost");
}

#[tokio::test]
async fn a_browser_that_keeps_nothing_says_so_before_a_link_is_used_up() {
    let mut journey = Journey::begin("a browser that keeps nothing").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let phone = journey.phone_that_keeps_nothing("guest").await;
    phone.go("/").await;
    phone.see("Deze browser bewaart hier niets").await;
    phone.see("Open de app in een gewoon venster.").await;
    phone.look("bewaart-niets").await;
    phone.go(&link).await;
    let words = phone.read_words().await;
    phone.tap("Ik heb ze opgeschreven").await;
    phone.fill("Jouw vijf woorden", &words).await;
    phone.tap("Klaar, open de app").await;
    phone.see("Misschien is dit een privévenster").await;
    // The link still works, in a window that keeps things.
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.close().await;
    journey.note("said, and the link still works");
}
