//! A copied phone: whoever has the profile folder has nothing that can be read.
//!
//! Random strings are planted in everything that comes down (street, complex, stairwell, names of colleagues, notes and
//! signals of others) and in everything that is typed (notes, signals, gestures, names, drafts). With sealing none of them is found; without
//! it the same search finds every one, so the search can see.

use std::collections::BTreeMap;
use std::path::Path;

use rand::Rng as _;

use crate::support::neighbourhood::{self, Names};
use crate::support::phone::Phone;
use crate::support::profile::{files, search};
use crate::support::{Journey, in_repository, unsealed_site};

/// Random strings, each with what it was planted in.
#[derive(Clone, Default)]
struct Planted(BTreeMap<String, String>);

impl Planted {
    /// 32 random letters, sixteen of the alphabet: digits now and then make a number that could be a BSN, which no form saves.
    fn one(&mut self, what: &str) -> String {
        let letter = |digit: char| digit.to_digit(16).map_or('a', |digit| char::from(b'a' + digit as u8));
        let string: String = format!("{:032x}", rand::rng().random::<u128>()).chars().map(letter).collect();
        self.0.insert(string.clone(), what.to_owned());
        string
    }

    /// What is found of it in a profile, and what is not.
    fn search(&self, profile: &Path) -> (Vec<String>, Vec<String>) {
        let found = search(profile, &self.0.keys().cloned().collect::<Vec<_>>());
        let told = |(string, what): (&String, &String)| match found.get(string) {
            Some(files) => Ok(format!("{what} in {files:?}")),
            None => Err(what.clone()),
        };
        let (found, hidden): (Vec<_>, Vec<_>) = self.0.iter().map(told).partition(Result::is_ok);
        (found.into_iter().flatten().collect(), hidden.into_iter().filter_map(Result::err).collect())
    }
}

/// Places and a colleague whose names are planted; the worker's and the colleague's links.
async fn fill_office(planted: &mut Planted, journey: &Journey) -> (String, String) {
    let office = &journey.office;
    office.add_neighbourhood();
    let worker = office.add_user("jamila.k", "Jamila Kaya", "worker", Some(neighbourhood::NAME));
    let name = planted.one("a colleague's name");
    let colleague = office.add_user("fatma.y", &format!("Fatma {name}"), "worker", Some(neighbourhood::NAME));
    let names =
        Names { complex: planted.one("a complex"), stairwell: planted.one("a stairwell"), street: planted.one("a street") };
    office.add_places(&names, "jamila.k").await;
    (worker, colleague)
}

/// To the first door that Vandaag shows.
async fn to_door(phone: &Phone) {
    phone.go_in_app("/").await;
    phone.tap_first("main .rows > .row a.row__link").await;
    phone.see("Wat er eerder was").await;
}

/// What is typed on a phone: contacts and signals.
async fn write(phone: &Phone, planted: &mut Planted, who: &str, rounds: usize) {
    for _ in 0..rounds {
        to_door(phone).await;
        phone.tap("Contact noteren").await;
        phone.tap("Meer invullen").await;
        phone.tap("Koffie").await;
        phone.tap("Gesproken").await;
        phone.fill("Wat wil je onthouden?", &planted.one(&format!("a note by {who}"))).await;
        phone.fill("Klein gebaar", &planted.one(&format!("a gesture by {who}"))).await;
        phone.tap("Opslaan").await;
        phone.see("Opgeslagen op deze telefoon").await;

        to_door(phone).await;
        phone.tap("Ik maak me zorgen").await;
        phone.tap("Gezondheid").await;
        phone.tap("Kijken").await;
        phone.fill("Wat heb je gezien of gehoord?", &planted.one(&format!("what {who} saw"))).await;
        phone.fill("Wat denk je?", &planted.one(&format!("what {who} thinks"))).await;
        phone.tap("Opslaan").await;
        phone.see("Opgeslagen op deze telefoon").await;
    }
}

/// What stays on the phone: a name, and what is not finished: a contact, an answer in a dialog, and what a resident says beside her. Their record
/// stays on the screen.
async fn write_and_stop(phone: &Phone, planted: &mut Planted, who: &str) {
    to_door(phone).await;
    phone.tap("Wie woont hier?").await;
    phone.tap("Bewoner").await;
    let name = planted.one(&format!("a resident's name by {who}"));
    phone.fill("Naam", &name).await;
    phone.tap("Zet erbij").await;
    phone.see(&format!("Bewoner, {name}")).await;
    phone.tap("Contact noteren").await;
    phone.tap("Meer invullen").await;
    phone.fill("Wat wil je onthouden?", &planted.one(&format!("a draft by {who}"))).await;
    phone.tap("Later verder").await;
    phone.see("Wat er eerder was").await;
    // It is offered again: so it was kept.
    phone.tap("Contact noteren").await;
    phone.tap("Meer invullen").await;
    phone.see("Dit was nog niet af.").await;

    to_door(phone).await;
    phone.tap("Afsluiten").await;
    phone.fill("Wat kwam ervan?", &planted.one(&format!("half an answer by {who}"))).await;
    phone.tap("Terug").await;
    phone.tap("Laat zien aan de bewoner").await;
    phone.tap(&format!("{name}, bewoner")).await;
    phone.tap("Laat zien").await;
    phone.tap("Klopt niet").await;
    phone.fill("Wat klopt er niet?", &planted.one(&format!("what the resident began to say to {who}"))).await;
    phone.kept().await;
}

#[tokio::test]
async fn a_copied_phone_tells_nothing() {
    let mut journey = Journey::begin("a copied phone").await;
    let mut came_down = Planted::default();
    let (link, colleague_link) = fill_office(&mut came_down, &journey).await;
    journey.office.open().await;

    let mut fatma = journey.phone("fatma").await;
    fatma.enrol(&colleague_link).await;
    fatma.see("Tijd over?").await;
    write(&fatma, &mut came_down, "a colleague", 3).await;
    fatma.see("Alles verstuurd").await;
    fatma.close().await;
    journey.note("a colleague wrote");

    // Jamila has it all on her phone, writes with a network and without, and leaves a form half filled in.
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see("Laatst geweest").await;
    write(&jamila, &mut came_down, "the worker", 2).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    journey.office.close();
    jamila.offline().await;
    jamila.reload().await;
    jamila.unlock(&phrase).await;
    jamila.see("Wat er eerder was").await;
    let mut typed = Planted::default();
    write(&jamila, &mut typed, "the worker, offline", 2).await;
    write_and_stop(&jamila, &mut typed, "the worker").await;
    let all = Planted(came_down.0.iter().chain(&typed.0).map(|(string, what)| (string.clone(), what.clone())).collect());
    assert!(all.0.len() >= 30, "at least thirty strings are planted, not {}", all.0.len());

    // While it runs, after a SIGKILL, and after it was opened once more and closed as it should be.
    let search_all = |moment: &str, phone: &Phone| {
        let mut all = all.clone();
        all.0.insert(phrase.clone(), "the five words".to_owned());
        let (found, _) = all.search(phone.profile());
        let looked = files(phone.profile()).len();
        println!("  {moment}: {} strings, {} found, {looked} files", all.0.len(), found.len());
        assert!(looked > 20, "there is no profile to search");
        assert!(found.is_empty(), "{moment}, a copied phone tells:\n  {}", found.join("\n  "));
    };
    search_all("open", &jamila);
    jamila.kill().await;
    search_all("killed", &jamila);
    jamila.start().await;
    jamila.go("/").await;
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    jamila.close().await;
    search_all("closed", &jamila);
    let caches: Vec<_> =
        files(jamila.profile()).into_iter().filter(|file| file.display().to_string().contains("Cache")).collect();
    let answers = search(jamila.profile(), &["/api/v1/journals/".to_owned()]);
    let kept: Vec<_> = answers.values().flatten().filter(|file| caches.contains(file)).collect();
    assert!(kept.is_empty(), "the browser's cache keeps answers of the API: {kept:?}");
    journey.note("nothing is found on the phone as people get it");

    // The control: the same with an app that seals nothing. Now the same search must find everything.
    journey.office.serve(unsealed_site());
    journey.office.open().await;
    let mut control = journey.phone("control").await;
    control.go("/inloggen").await;
    control.fill("Inlognaam", "jamila.k").await;
    control.fill("Je vijf woorden", &phrase).await;
    control.tap("Inloggen").await;
    control.see("Laatst geweest").await;
    control.see("Alles verstuurd").await;
    control.wait_until_installed().await;
    // The server can't open what such a phone sends: what it writes stays in its outbox.
    journey.office.close();
    control.offline().await;
    let mut expected = came_down.clone();
    write(&control, &mut expected, "the control", 2).await;
    write_and_stop(&control, &mut expected, "the control").await;
    control.close().await;
    let (found, hidden) = expected.search(control.profile());
    println!("  sealing off: {} strings, {} found", expected.0.len(), found.len());
    assert!(hidden.is_empty(), "the search does not see, with sealing off:\n  {}", hidden.join("\n  "));
    journey.note("everything is found where sealing is off");
}

/// What is typed in a form that does not say so is kept by Chromium, readable, to restore the tab after a crash.
#[test]
fn every_form_asks_the_browser_not_to_remember() {
    for file in files(&in_repository("src/app")) {
        let text = std::fs::read_to_string(&file).expect("a source file");
        let forms = text.lines().filter(|line| line.contains("<form"));
        for form in forms {
            assert!(form.contains("autocomplete=\"off\""), "{}: {form}", file.display());
        }
    }
}
