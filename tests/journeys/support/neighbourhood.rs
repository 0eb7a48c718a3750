//! A small neighbourhood, put into the database before the office opens: one stairwell with six doors, Lindehof 2 to 12, and
//! at Lindehof 12 a promise to come back, so that Vandaag has something to ask.

use chrono::{Days, Local, Utc};
use uuid::Uuid;
use waakvlam::domain::body::{Address, Household, Outcome, Place, PlaceKind, Visit, VisitKind};
use waakvlam::domain::{Body, DeviceId, EntryId, HouseholdId, JournalId, JournalKind, Payload, PlaceId, Subject, UserId};
use waakvlam::server::config::Data;
use waakvlam::server::storage::Given;
use waakvlam::sync::chain::Bytes32;

use super::office::Office;

/// What it is called.
pub const NAME: &str = "Lindebuurt";
/// The door of the promise.
pub const DOOR: &str = "Lindehof 12";

/// What the places are called.
#[derive(Clone)]
pub struct Names {
    /// The complex.
    pub complex: String,
    /// The stairwell.
    pub stairwell: String,
    /// The street that the doors are in.
    pub street: String,
}

impl Default for Names {
    fn default() -> Self {
        Self { complex: "Lindehof".to_owned(), stairwell: "Portiek A".to_owned(), street: "Lindehof".to_owned() }
    }
}

/// An entry being given to the database.
struct Entries {
    device: DeviceId,
    all: Vec<Given>,
}

impl Entries {
    fn add(&mut self, author: UserId, subject: Subject, body: Body) {
        let days_ago = if matches!(body, Body::Visit(_)) { 3 } else { 30 };
        let at = Utc::now().checked_sub_days(Days::new(days_ago)).expect("a day");
        let kind = body.kind().to_owned();
        let payload = Payload { written_at: at, clock_ahead_ms: None, subject, group: None, body }.write().expect("a payload");
        let mut salt = [0; 32];
        salt[..16].copy_from_slice(Uuid::new_v4().as_bytes());
        self.all.push(Given {
            id: EntryId(Uuid::now_v7()),
            author,
            device: self.device,
            n: self.all.len() as u64 + 1,
            received_at: at,
            salt: Bytes32(salt),
            kind,
            payload: payload.get().to_owned(),
        });
    }

    fn place(&mut self, kind: PlaceKind, name: &str, parent: Option<PlaceId>, address: Option<Address>) -> PlaceId {
        let id = PlaceId(Uuid::new_v4());
        // Two doors to a floor: 2 and 4 below, 10 and 12 on top.
        let floor = address.as_ref().and_then(|address| i16::try_from((address.number - 1) / 4).ok());
        self.add(UserId(Uuid::nil()), Subject::Place(id), Place { kind, name: name.to_owned(), parent, floor, address }.into());
        id
    }
}

impl Office {
    /// Makes the neighbourhood, so that people can be granted it. It has no places yet.
    pub fn add_neighbourhood(&self) {
        self.run(&["neighbourhood", "add", NAME]);
    }

    /// Puts the places in, and a visit of this worker with a promise for today.
    pub async fn add_places(&self, names: &Names, worker: &str) {
        let data = Data { database: self.database(), keyring: Some(self.keyring()), attempts: Default::default() };
        let server = waakvlam::server::open(&data).await.expect("the database opens");
        let journals = server.storage.journals().await.expect("journals");
        let journal: JournalId =
            journals.iter().find(|row| row.kind == JournalKind::Neighbourhood).expect("a neighbourhood").journal;
        let (worker, _) = server.storage.login(worker).await.expect("users").expect("the worker is made first");
        server.storage.append_given(journal, &entries(names, worker)).await.expect("places are kept");
        server.storage.close().await;
    }
}

fn entries(names: &Names, worker: UserId) -> Vec<Given> {
    let mut entries = Entries { device: DeviceId(Uuid::new_v4()), all: Vec::new() };
    let complex = entries.place(PlaceKind::Complex, &names.complex, None, None);
    let stairwell = entries.place(PlaceKind::Stairwell, &names.stairwell, Some(complex), None);
    for number in (2..=12).step_by(2) {
        let address = Address { street: names.street.clone(), number, postcode: "1234AB".to_owned(), ..Address::default() };
        let door = entries.place(PlaceKind::Door, &number.to_string(), Some(stairwell), Some(address));
        if number == 12 {
            let today = Local::now().date_naive();
            let household = HouseholdId(Uuid::new_v4());
            entries.add(worker, Subject::Household(household), Household { door, from: today }.into());
            let mut visit = Visit::tile(VisitKind::Coffee, Outcome::Spoken);
            visit.follow_up = Some(today);
            entries.add(worker, Subject::Household(household), visit.into());
        }
    }
    entries.all
}
