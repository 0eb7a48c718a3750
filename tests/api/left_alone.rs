//! "Wil geen contact", by a real server on both databases: after it nothing of who lives there is found, in the database or in a pull, and
//! "niet aanbellen" is.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;
use uuid::Uuid;
use waakvlam::domain::body::{
    Flame, Guarded, Household, HouseholdEnded, HowOften, Known, KnownKind, NoContact, Person, Settled, SettledAs, Who, Withdrawal,
};
use waakvlam::domain::{
    Body, Caseload, Entry, EntryId, HouseholdId, JournalId, Payload, PersonId, PlaceId, Role, Subject, UserId,
};
use waakvlam::server::config::Data;
use waakvlam::server::storage::Wanted;
use waakvlam::sync::wire::{Outcome, StoredEntry};

use super::backup::Office;
use super::support::{Phone, TestServer, postgres, until, visit};

/// Nobody writes this by chance.
const TEXT: &str = "een-woord-dat-nergens-anders-staat-2b9e";

fn about(subject: Subject, body: impl Into<Body>) -> Payload {
    Payload { subject, body: body.into(), ..visit("") }
}

fn note(subject: Subject) -> Payload {
    Payload { subject, ..visit(TEXT) }
}

/// A door behind which somebody lives, and what was written of it.
struct Home {
    door: PlaceId,
    household: HouseholdId,
    person: PersonId,
}

impl Home {
    fn new() -> Self {
        Self { door: PlaceId(Uuid::new_v4()), household: HouseholdId(Uuid::new_v4()), person: PersonId(Uuid::new_v4()) }
    }

    fn at(&self) -> Subject {
        Subject::Place(self.door)
    }

    fn of(&self) -> Subject {
        Subject::Household(self.household)
    }

    fn begins(&self) -> Payload {
        about(self.of(), Household { door: self.door, from: Utc::now().date_naive() })
    }

    /// Attempts from before anybody was known, then all kinds of notes about them.
    fn story(&self) -> Vec<Payload> {
        let known = Known { what: KnownKind::Dog, text: TEXT.to_owned(), until: None, agreed: false };
        let person = Person { household: self.household, role: Who::Resident, called: TEXT.to_owned() };
        vec![
            note(self.at()),
            self.begins(),
            note(self.of()),
            about(Subject::Person(self.person), person),
            note(Subject::Person(self.person)),
            about(self.of(), known),
            about(self.of(), Flame { how_often: HowOften::Week, saw: Vec::new() }),
        ]
    }

    fn wish(&self) -> Payload {
        about(self.at(), NoContact { household: Some(self.household) })
    }
}

async fn push(phone: &mut Phone, journal: JournalId, payloads: &[Payload]) -> Vec<EntryId> {
    let written: Vec<_> = payloads.iter().map(|payload| phone.write(payload)).collect();
    let outcomes = phone.push(journal, &written).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Stored { .. })), "{outcomes:?}");
    written.into_iter().map(|written| written.id).collect()
}

/// Waits until a phone that pulls gets as many entries as this.
async fn until_left(phone: &Phone, journal: JournalId, count: usize) -> Vec<StoredEntry> {
    until("what has to go is gone", async || {
        let (entries, _) = phone.pull_all(journal).await;
        assert!(entries.len() >= count, "more went than should: {entries:?}");
        (entries.len() == count).then_some(entries)
    })
    .await
}

fn fold(entries: &[StoredEntry]) -> Caseload {
    Caseload::fold(entries.iter().map(|entry| Entry {
        id: entry.id,
        author: entry.author,
        device: entry.device,
        n: entry.n,
        seq: Some(entry.seq),
        received_at: Some(entry.received_at),
        payload: Payload::parse(entry.payload.get()).ok(),
    }))
}

/// Files in which the text can be read.
fn readable(folder: &Path) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| fs::read(path).is_ok_and(|all| all.windows(TEXT.len()).any(|some| some == TEXT.as_bytes()));
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.is_file() && holds(path)).collect()
}

async fn server(on_postgres: bool) -> TestServer {
    let folder = tempfile::tempdir().unwrap();
    let mut data = Data::sqlite(&folder.path().join("waakvlam.db"));
    if on_postgres {
        data.database = postgres::database().await;
    }
    TestServer::start_on(folder, data, |_| {}).await
}

async fn nothing_is_found_but_that_nobody_rings(on_postgres: bool) {
    let server = server(on_postgres).await;
    let (mut phone, mut late) = (server.phone("samira", Role::Worker).await, server.phone("bert", Role::Worker).await);
    let (journal, home, neighbour) = (server.neighbourhood, Home::new(), Home::new());
    push(&mut phone, journal, &neighbour.story()).await;
    push(&mut phone, journal, &home.story()).await;
    let (all, before) = phone.pull_all(journal).await;
    assert_eq!(all.len(), 14);

    // Nobody has to wait for a minute, and nobody has to ask.
    let wish = push(&mut phone, journal, &[home.wish()]).await[0];
    let left = until_left(&phone, journal, 8).await;
    assert!(left.iter().any(|entry| entry.id == wish), "the wish stays");
    let told = left.iter().filter(|entry| entry.payload.get().contains(TEXT)).count();
    assert_eq!(told, 5, "the neighbour's words stay: {left:?}");
    let caseload = fold(&left);
    assert_eq!(caseload.no_contact.get(&home.door), Some(&wish));
    assert_eq!(caseload.history_of(home.door).len(), 1);
    assert!(!caseload.households.contains_key(&home.household));
    assert!(caseload.households.contains_key(&neighbour.household));
    for subject in [home.of(), Subject::Person(home.person)] {
        assert_eq!(server.storage().about(&Wanted::Subject(subject)).await.unwrap(), [], "{subject:?}");
    }
    let at_door = server.storage().about(&Wanted::Subject(home.at())).await.unwrap();
    assert_eq!(at_door.iter().map(|about| about.entries.clone()).collect::<Vec<_>>(), [[wish].into()]);
    let (_, after) = phone.pull_all(journal).await;
    assert_eq!((after.head, after.erasures), (before.head + 1, 3), "household, person, notes at the door");

    // What a phone brings that did not know of it: about them it is not taken, at the door it goes again.
    let unsent = late.write(&note(home.of()));
    assert_eq!(late.push(journal, &[unsent]).await, [Outcome::Erased]);
    let another = Home { door: home.door, ..Home::new() };
    push(&mut late, journal, &[note(home.at()), another.begins(), note(another.of())]).await;
    // The minute need not be waited for: a start looks, too.
    let server = server.restart().await;
    (phone.base, late.base) = (server.base(), server.base());
    assert!(late.renew().await.status().is_success() && phone.renew().await.status().is_success());
    let left = until_left(&late, journal, 8).await;
    assert_eq!(fold(&left).history_of(home.door).len(), 1);
    let unsent = late.write(&note(another.of()));
    assert_eq!(late.push(journal, &[unsent]).await, [Outcome::Erased]);
    // Once done it is done: another start changes nothing.
    let (_, once) = late.pull_all(journal).await;
    let server = server.restart().await;
    late.base = server.base();
    assert!(late.renew().await.status().is_success());
    assert_eq!(late.pull_all(journal).await.1.erasures, once.erasures);

    // It is over: the next household begins empty, and stays.
    push(
        &mut late,
        journal,
        &[about(home.at(), Settled { of: wish, how: SettledAs::Over, text: "verhuisd".to_owned(), until: None })],
    )
    .await;
    let next = Home { door: home.door, ..Home::new() };
    push(&mut late, journal, &[next.begins(), note(next.of())]).await;
    let server = server.restart().await;
    late.base = server.base();
    assert!(late.renew().await.status().is_success());
    let (left, _) = late.pull_all(journal).await;
    assert_eq!(left.len(), 11);
    assert_eq!(fold(&left).household_at(home.door).map(|state| state.id), Some(next.household));
}

#[tokio::test]
async fn nothing_is_found_but_that_nobody_rings_on_sqlite() {
    nothing_is_found_but_that_nobody_rings(false).await;
}

#[tokio::test]
async fn nothing_is_found_but_that_nobody_rings_on_postgres() {
    nothing_is_found_but_that_nobody_rings(true).await;
}

#[tokio::test]
async fn not_a_byte_of_it_stays_in_the_files_beside_a_process_that_runs() {
    let mut office = Office::new().await;
    let served = office.serve();
    let home = Home::new();
    let journal = office.journal;
    push(&mut office.phone, journal, &home.story()).await;
    push(&mut office.phone, journal, &[home.wish()]).await;
    until_left(&office.phone, journal, 1).await;
    assert_eq!(readable(office.path()), Vec::<PathBuf>::new());
    let list = fs::read_to_string(office.path().join("keyring.erasures")).unwrap();
    assert!(list.contains(&home.household.to_string()) && list.contains(&home.person.to_string()), "no restore brings it back");
    // Killed at once: nothing is begun anew by the next start.
    drop(served);
    let _served = office.serve();
    assert_eq!(office.phone.pull_all(journal).await.0.len(), 1);
    assert_eq!(fs::read_to_string(office.path().join("keyring.erasures")).unwrap(), list);
}

#[tokio::test]
async fn what_was_taken_back_or_runs_behind_a_closed_door_is_not_erased() {
    let server = server(false).await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let (mut journal, home) = (server.neighbourhood, Home::new());
    push(&mut phone, journal, &home.story()).await;
    // A mis-tap, taken back before it was sent: both come in one push.
    let wish = phone.write(&home.wish());
    let back = phone.write(&about(home.at(), Withdrawal { of: wish.id }));
    phone.push(journal, &[wish, back]).await;
    // A Meldcode is not erased by a tap at a door; it waits until that is over.
    let guarded = |runs| Guarded { journal: JournalId(Uuid::from_u128(5)), lead: UserId(Uuid::from_u128(6)), runs };
    push(&mut phone, journal, &[about(home.of(), guarded(true)), home.wish()]).await;
    let server = server.restart().await;
    phone.base = server.base();
    assert!(phone.renew().await.status().is_success());
    assert_eq!(phone.pull_all(journal).await.0.len(), 11);
    push(&mut phone, journal, &[about(home.of(), guarded(false))]).await;
    let server = server.restart().await;
    phone.base = server.base();
    assert!(phone.renew().await.status().is_success());
    // Both wishes, and that the first was taken back.
    until_left(&phone, journal, 3).await;

    // A wish in one neighbourhood takes nothing away in another, whatever household it names.
    journal = server.storage().add_journal(waakvlam::domain::JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    let (theirs, ours) = (Home::new(), server.neighbourhood);
    let user = phone.me.user;
    server.storage().set_grant(user, journal, Role::Worker).await.unwrap();
    push(&mut phone, journal, &theirs.story()).await;
    let stolen = Home { door: PlaceId(Uuid::new_v4()), ..theirs };
    push(&mut phone, ours, &[stolen.begins(), stolen.wish()]).await;
    until_left(&phone, ours, 4).await;
    assert_eq!(phone.pull_all(journal).await.0.len(), 7, "theirs is as it was");
    // Who moved before the wish came was not its writer: who lives there now stays.
    let (gone, now) = (Home::new(), Home::new());
    let now = Home { door: gone.door, ..now };
    let ended = HouseholdEnded { on: Utc::now().date_naive(), why: waakvlam::domain::body::Ending::Moved };
    push(&mut phone, ours, &[gone.begins(), about(gone.of(), ended), now.begins(), gone.wish()]).await;
    until_left(&phone, ours, 6).await;
}
