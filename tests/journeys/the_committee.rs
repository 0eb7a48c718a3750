//! Somebody of the residents' committee reads how the neighbourhood is doing, prints it, and gets nothing else; and what a resident
//! can be shown needs no account.

use chrono::{Days, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use waakvlam::domain::body::{Concern, KnownBy, Severity, Tile};
use waakvlam::domain::quarter::Quarter;
use waakvlam::domain::{Body, DeviceId, EntryId, JournalKind, Payload, PlaceId, Subject, UserId};
use waakvlam::server::config::Data;
use waakvlam::server::storage::Given;
use waakvlam::sync::chain::Bytes32;

use crate::support::fit::{Walk, side_by_side};
use crate::support::neighbourhood::DOOR;
use crate::support::office::Office;
use crate::support::phone::Phone;
use crate::support::{Journey, in_repository, people};

/// What nobody but the team may ever read.
const RARE: &str = "zeldzaam woord achter de voordeur";
const EXPLANATION: &str = "Wat schrijven we op, wat nooit, wie leest mee?";

/// The demonstration neighbourhood, with one more worry of the rarest kind in the last quarter. Gives the five words of its
/// committee member, and the ids of all journals.
async fn demonstration(office: &Office) -> (String, Vec<String>) {
    office.run(&["demo"]);
    let data = Data { database: office.database(), keyring: Some(office.keyring()), attempts: Default::default() };
    let server = waakvlam::server::open(&data).await.expect("the database opens");
    let journals = server.storage.journals().await.expect("journals");
    let neighbourhood = journals.iter().find(|row| row.kind == JournalKind::Neighbourhood).expect("a neighbourhood").journal;
    let day = Quarter::last_closed(Utc::now()).first_day().checked_add_days(Days::new(30)).expect("a day");
    let at = day.and_hms_opt(12, 0, 0).expect("noon").and_utc();
    let worry = Concern {
        tile: Tile::UnsafeHome,
        severity: Severity::Discuss,
        facts: Vec::new(),
        seen: RARE.to_owned(),
        thought: String::new(),
        known_by: KnownBy::SawIt,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    };
    let subject = Subject::Place(PlaceId(Uuid::new_v4()));
    let payload = Payload { written_at: at, clock_ahead_ms: None, subject, group: None, body: Body::from(worry) };
    let given = Given {
        id: EntryId(Uuid::now_v7()),
        author: UserId(Uuid::new_v4()),
        device: DeviceId(Uuid::new_v4()),
        n: 1,
        received_at: at,
        salt: Bytes32([7; 32]),
        kind: "concern".to_owned(),
        payload: payload.write().expect("a payload").get().to_owned(),
    };
    server.storage.append_given(neighbourhood, &[given]).await.expect("it is kept");
    server.storage.close().await;
    let accounts = std::fs::read_to_string(office.file("demo-accounts.txt")).expect("the accounts");
    let line = accounts.lines().find(|line| line.contains("committee")).expect("a committee member").to_owned();
    let words: Vec<&str> = line.split_whitespace().skip(2).collect();
    (words.join(" "), journals.iter().map(|row| row.journal.to_string()).collect())
}

impl Phone {
    /// Prints the page as a person would, and gives the number of sheets; the PDF lies with the pictures.
    async fn print(&self, name: &str) -> usize {
        use base64::Engine as _;
        let printed = self.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true })).await;
        let pdf = base64::engine::general_purpose::STANDARD.decode(printed["data"].as_str().unwrap_or_default()).expect("base64");
        let folder = std::env::var_os("WAAKVLAM_SHOTS").map_or_else(|| in_repository("target/shots"), Into::into);
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf).expect("a folder for pictures");
        String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count()
    }

    /// What the server answers to this page's session.
    async fn answers(&self, path: &str) -> Value {
        let script = "const done = arguments[arguments.length - 1]; fetch(arguments[0]).then((answer) => done(answer.status));";
        let answer = self.browser().execute_async(script, vec![json!(format!("/api/v1{path}"))]).await;
        answer.expect("the server answers").json().clone()
    }
}

#[tokio::test]
async fn the_committee_reads_a_quarter_prints_it_and_gets_nothing_else() {
    let mut journey = Journey::begin("the committee").await;
    let (words, journals) = demonstration(&journey.office).await;
    journey.office.open().await;
    journey.note("the demonstration neighbourhood");
    let mut tineke = journey.phone("tineke").await;
    tineke.go("/inloggen").await;
    tineke.see("Inloggen op deze telefoon").await;

    // What a resident can be shown: no account, no script of ours, and no network either.
    tineke.tap(EXPLANATION).await;
    tineke.see("Wat schrijven we nooit op?").await;
    assert_eq!(tineke.ask("return document.scripts.length;", Vec::new()).await, json!(0), "it needs no script");
    tineke.look("uitleg").await;
    assert_eq!(tineke.print("uitleg").await, 1, "one sheet");
    tineke.tap("Naar de app").await;
    tineke.see("Inloggen op deze telefoon").await;
    tineke.wait_until_installed().await;
    tineke.offline().await;
    tineke.go("/uitleg").await;
    tineke.see("Wat schrijven we nooit op?").await;
    tineke.online().await;
    journey.note("the explanation to residents");

    tineke.go("/inloggen").await;
    tineke.fill("Inlognaam", "tineke").await;
    tineke.fill("Je vijf woorden", &words).await;
    tineke.tap("Inloggen").await;
    tineke.see("De buurt in het kort").await;
    tineke.see("keer langs").await;
    tineke.look("buurt").await;
    assert_eq!(tineke.print("buurt").await, 1, "one sheet for the hallway");
    journey.note("the last closed quarter, on the screen and on paper");

    // The rare worry can't be seen, nor that there was one: every number about people is ten or more, or says no number.
    let page = tineke.words().await;
    assert!(!page.contains(RARE) && page.contains("minder dan 10"), "{page}");
    for cell in tineke.each(".counts tr td").await {
        let number = cell.strip_prefix("ongeveer ").map(|number| number.parse::<u32>().expect("a number"));
        let exact = cell.parse::<u32>().is_ok();
        let fits = number.is_none_or(|number| number >= 10 && number % 5 == 0);
        assert!(fits && (exact || number.is_some() || ["minder dan 10", "niet getoond"].contains(&cell.as_str())), "{cell}");
    }
    let exact = tineke.ask("return [...document.querySelectorAll('.counts')].filter((table) => [...table.querySelectorAll('td')].some((cell) => /^\\d+$/.test(cell.innerText))).map((table) => table.caption.innerText);", Vec::new()).await;
    assert_eq!(exact, json!(["Stuk, vuil of vernield"]), "only things are counted exactly");

    // And nothing else: no menu, no door, no entry of any journal.
    assert_eq!(tineke.each("nav a, .tabs__link").await, Vec::<String>::new());
    for journal in &journals {
        assert_eq!(tineke.answers(&format!("/journals/{journal}/entries")).await, json!(404));
    }
    assert_eq!(tineke.answers("/users").await, json!(403));
    assert_eq!(tineke.answers("/journals").await, json!(403));
    tineke.go_in_app("/deuren").await;
    tineke.see("Deuren").await;
    assert_eq!(tineke.each(".row").await, Vec::<String>::new(), "no door is on this device");

    // Without a network it says so, and goes on when there is one.
    tineke.offline().await;
    tineke.go("/").await;
    tineke.unlock(&words).await;
    tineke.see("Het overzicht is er nu niet").await;
    tineke.look("buurt-geen-internet").await;
    tineke.online().await;
    tineke.tap("Opnieuw proberen").await;
    tineke.see("keer langs").await;
    journey.note("nothing else, and without a network");

    // The same in English on the screen; what hangs in the hallway stays Dutch.
    let mut dutch = Walk::begin(&tineke, false);
    dutch.look("buurt").await;
    tineke.tap("Op slot doen").await;
    tineke.tap("In English, please").await;
    tineke.unlock_in(&words, true).await;
    tineke.see("The neighbourhood in short").await;
    tineke.see_many(".counts", 4).await;
    let mut english = Walk::begin(&tineke, true);
    english.look("buurt").await;
    side_by_side(dutch, english);
    tineke.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    let paper = tineke.words().await;
    assert!(paper.contains("De buurt in het kort") && !paper.contains("The neighbourhood in short"), "{paper}");
    tineke.look_on_paper("buurt-engels-afgedrukt").await;
    assert_eq!(tineke.print("buurt-engels").await, 1, "one sheet for the hallway");
    tineke.close().await;
    journey.note("in English, and printed in Dutch");
}

#[tokio::test]
async fn a_worker_notes_a_broken_light_at_a_door_and_it_stands_with_the_stairwell() {
    let mut journey = Journey::begin("a broken light").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.tap(DOOR).await;
    jamila.tap("Iets met het gebouw?").await;
    jamila.look("deur-gebouw").await;
    jamila.tap("Licht kapot").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("Licht kapot, Portiek A").await;
    jamila.see("Alles verstuurd").await;
    assert_eq!(journey.office.entries("building").await, 1);
    // At the stairwell it is in the history; at the door it is not.
    let history = async |phone: &Phone| phone.each(".entry__title").await;
    assert!(!history(&jamila).await.contains(&"Licht kapot".to_owned()));
    jamila.close().await;
    journey.note("one tap");
}
