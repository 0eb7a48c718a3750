//! A copied phone: whoever has the profile folder has nothing that can be read.
//!
//! Random strings are planted in everything that comes down (street, complex, stairwell, names of colleagues, notes and
//! signals of others) and in everything that is typed (notes, signals, gestures, names, drafts). With sealing none of them is found; without
//! it the same search finds every one, so the search can see.

use std::collections::BTreeMap;

use rand::Rng as _;

use crate::support::neighbourhood::{self, Names};
use crate::support::phone::Phone;
use crate::support::profile::{Found, files, search};
use crate::support::{Journey, people};

/// Random strings, each with what it was planted in.
#[derive(Default)]
struct Planted(BTreeMap<String, String>);

impl Planted {
    /// 32 random hexadecimal digits.
    fn one(&mut self, what: &str) -> String {
        let string = format!("{:032x}", rand::rng().random::<u128>());
        self.0.insert(string.clone(), what.to_owned());
        string
    }

    fn search(&self, phone: &Phone) -> Found {
        search(phone.profile(), &self.0.keys().cloned().collect::<Vec<_>>())
    }
}

/// Places and a colleague whose names are planted, and what that colleague wrote; the worker's and the colleague's links.
async fn office_with(planted: &mut Planted, journey: &Journey) -> (String, String) {
    let office = &journey.office;
    office.add_neighbourhood();
    let worker = office.add_user("jamila.k", "Jamila Kaya", "worker", Some(neighbourhood::NAME));
    let name = planted.one("a colleague's name");
    let colleague = office.add_user("fatma.y", &format!("Fatma {name}"), "worker", Some(neighbourhood::NAME));
    let names = Names {
        complex: planted.one("a complex"),
        stairwell: planted.one("a stairwell"),
        street: planted.one("a street"),
    };
    office.add_places(&names, "jamila.k").await;
    (worker, colleague)
}

/// Fills in the full contact at the first door that Vandaag shows.
async fn note_contact(phone: &Phone, note: &str, gesture: &str) {
    phone.tap("Vandaag").await;
    phone.tap_first("main .rows > .row a.row__link").await;
    phone.tap("Meer invullen").await;
    phone.tap("Koffie").await;
    phone.tap("Gesproken").await;
    phone.fill("Wat wil je onthouden?", note).await;
    phone.fill("Klein gebaar", gesture).await;
    phone.tap("Opslaan").await;
    phone.see("Opgeslagen op deze telefoon").await;
}

/// Fills in a signal there.
async fn note_concern(phone: &Phone, seen: &str, thought: &str) {
    phone.tap("Vandaag").await;
    phone.tap_first("main .rows > .row a.row__link").await;
    phone.tap("Ik maak me zorgen").await;
    phone.tap("Gezondheid").await;
    phone.tap("Kijken").await;
    phone.fill("Wat heb je gezien of gehoord?", seen).await;
    phone.fill("Wat denk je?", thought).await;
    phone.tap("Opslaan").await;
    phone.see("Opgeslagen op deze telefoon").await;
}

/// What is typed on a phone.
async fn write(phone: &Phone, planted: &mut Planted, who: &str) {
    for _ in 0..4 {
        let (note, gesture) = (planted.one(&format!("a note by {who}")), planted.one(&format!("a gesture by {who}")));
        note_contact(phone, &note, &gesture).await;
        let (seen, thought) = (planted.one(&format!("what {who} saw")), planted.one(&format!("what {who} thinks")));
        note_concern(phone, &seen, &thought).await;
    }
}

#[tokio::test]
async fn a_copied_phone_tells_nothing() {
    let mut journey = Journey::begin("a copied phone").await;
    let mut planted = Planted::default();
    let (link, colleague_link) = office_with(&mut planted, &journey).await;
    journey.office.open().await;

    let mut fatma = journey.phone("fatma").await;
    fatma.enrol(&colleague_link).await;
    fatma.see("Alles verstuurd").await;
    fatma.close().await;
}
