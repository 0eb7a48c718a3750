//! Somebody is erased, by the real command beside a real server: the text is gone everywhere, the journal stays whole, and neither a phone nor a
//! backup brings it back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use reqwest::{Method, StatusCode};
use sqlx::{Connection as _, Executor as _};
use uuid::Uuid;
use waakvlam::domain::{EntryId, HouseholdId, Payload, PersonId, Role, Subject};
use waakvlam::server::config::Data;
use waakvlam::server::keyring::Keyring;
use waakvlam::server::subject_keys::KeyId;
use waakvlam::sync::chain::Bytes32;
use waakvlam::sync::wire::{Erasure, Line, Offer, OfferAnswer, Offered, Outcome, Page, PullAnswer, StoredEntry, Written};

use super::backup::Office;
use super::support::{Served, TestServer, done, postgres, until, visit, waakvlam};

/// Nobody writes this by chance.
const TEXT: &str = "een-woord-dat-nergens-anders-staat-7f3a";

fn about(subject: Subject, note: &str) -> Payload {
    Payload { subject, ..visit(note) }
}

fn somebody() -> (String, Subject) {
    let id = Uuid::new_v4();
    (id.to_string(), Subject::Person(PersonId(id)))
}

/// A database by its URL.
fn on(url: &str) -> Data {
    Data { database: url.to_owned(), ..Data::sqlite(Path::new("unused.db")) }
}

/// Files in which the text can be read; the search looks at every byte.
fn readable(folder: &Path) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| fs::read(path).is_ok_and(|all| all.windows(TEXT.len()).any(|some| some == TEXT.as_bytes()));
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.is_file() && holds(path)).collect()
}

/// The files that begin so.
fn remove(folder: &Path, start: &str) {
    for path in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if path.file_name().unwrap().to_string_lossy().starts_with(start) {
            fs::remove_file(path).unwrap();
        }
    }
}

async fn push(office: &mut Office, payloads: &[Payload]) -> Vec<(Written, Outcome)> {
    let mut pushed = Vec::new();
    for payload in payloads {
        let written = office.phone.write(payload);
        let outcome = office.phone.push(office.journal, std::slice::from_ref(&written)).await.remove(0);
        pushed.push((written, outcome));
    }
    pushed
}

/// What a phone that holds all of a page asks next.
fn holding(page: &Page, erasures: u64) -> String {
    format!("after={}&epoch={}&chain={}&erasures={erasures}", page.head, page.epoch, page.chain.to_hex())
}

async fn offer(office: &Office, entries: Vec<StoredEntry>) -> Vec<Offered> {
    let path = format!("/journals/{}/offers", office.journal);
    let answer = office.phone.asks(Method::POST, &path).json(&Offer { entries }).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let answer: OfferAnswer = answer.json().await.unwrap();
    answer.results.into_iter().map(|result| result.outcome).collect()
}

#[tokio::test]
async fn somebody_is_erased_beside_a_working_server() {
    let mut office = Office::new().await;
    let served = office.serve();
    let (id, whom) = somebody();
    let three = [about(whom, TEXT), visit("blijft"), about(whom, TEXT)];
    let pushed = push(&mut office, &three).await;
    // What could not become an entry is about them, too.
    let text = about(whom, TEXT).write().unwrap().get().replace(r#""type":"visit""#, r#""type":"dream""#);
    office.phone.n += 1;
    let payload = serde_json::value::RawValue::from_string(text).unwrap();
    let dream = Written { id: EntryId(Uuid::now_v7()), n: office.phone.n, salt: Bytes32([3; 32]), payload };
    assert!(matches!(office.phone.push(office.journal, std::slice::from_ref(&dream)).await[0], Outcome::Quarantined { .. }));
    let (held, before) = office.phone.pull_all(office.journal).await;
    assert_eq!((held.len(), before.erasures), (3, 0));
    assert_eq!(readable(office.path()), Vec::<PathBuf>::new(), "it never lies open");

    // First it is only shown: how much, in which journal, and no word of it.
    let shown = done(office.path(), &["erase", "--person", &id]);
    assert!(shown.contains("Rivierenwijk: 2 aantekeningen, 1 apart gezet") && shown.contains("nog niets gewist"), "{shown}");
    assert!(!shown.contains(TEXT));
    assert_eq!(office.phone.pull_all(office.journal).await.0.len(), 3);
    let said = done(office.path(), &["erase", "--person", &id, "--yes"]);
    assert!(said.contains("Gewist: 2.") && said.contains("niet meer in de bestanden"), "{said}");
    assert_eq!(readable(office.path()), Vec::<PathBuf>::new(), "not a byte of it, beside a server that runs");
    let list = fs::read_to_string(office.path().join("keyring.erasures")).unwrap();
    assert!(list.contains(&id) && !list.contains(TEXT) && list.lines().count() == 1, "{list}");

    // A phone that begins sees a run; one that holds all of it is told what to take away.
    let (now, page) = office.phone.pull_all(office.journal).await;
    assert_eq!(
        (now.len(), now[0].seq, page.head, page.chain),
        (1, 2, before.head, before.chain),
        "the journal is as long as it was"
    );
    let PullAnswer::Page(told) = office.phone.pull(office.journal, &holding(&before, 0)).await else { panic!("diverged") };
    assert_eq!(told.erasures, 1);
    let [Erasure { subject, lines }] = told.erased.as_slice() else { panic!("{:?}", told.erased) };
    assert_eq!((*subject, lines.iter().map(|line| line.seq).collect::<Vec<_>>()), (Some(whom), vec![1, 3]));
    let PullAnswer::Page(told) = office.phone.pull(office.journal, &holding(&before, 1)).await else { panic!("diverged") };
    assert_eq!((told.erasures, told.erased.len()), (1, 0), "once");
    let PullAnswer::Page(start) = office.phone.pull(office.journal, "after=0").await else { panic!("diverged") };
    assert!(
        matches!(start.lines.as_slice(), [Line::Erased(one), Line::Entry(_), Line::Erased(_)] if (one.from, one.to) == (1, 1))
    );

    // What a phone sends again, and what is new about them, is taken away there.
    let again = office.phone.push(office.journal, &[pushed[0].0.clone(), dream.clone()]).await;
    assert_eq!(again, [Outcome::Erased, Outcome::Erased]);
    assert_eq!(push(&mut office, &[about(whom, TEXT)]).await[0].1, Outcome::Erased);
    assert_eq!(offer(&office, held).await, [Offered::Erased, Offered::Stored { seq: 2 }, Offered::Erased]);
    assert_eq!(readable(office.path()), Vec::<PathBuf>::new());
    drop(served);
    let nothing = waakvlam(office.path(), &["erase", "--person", &id, "--yes"]);
    assert!(!nothing.good && nothing.err.contains("er is niets om te wissen"), "{nothing:?}");
    let _served = office.serve();
    assert_eq!(office.phone.pull_all(office.journal).await.0.len(), 1);
}

#[tokio::test]
async fn a_restore_brings_nothing_back() {
    let mut office = Office::new().await;
    let served = office.serve();
    let (id, whom) = somebody();
    push(&mut office, &[visit("eerst")]).await;
    done(office.path(), &["backup", "--to", "before.db"]);
    push(&mut office, &[about(whom, TEXT), visit("blijft")]).await;
    let away = tempfile::tempdir().unwrap();
    done(office.path(), &["backup", "--to", away.path().join("with.db").to_str().unwrap()]);
    fs::copy(office.path().join("keyring.json"), away.path().join("old-keys.json")).unwrap();
    let (held, _) = office.phone.pull_all(office.journal).await;
    done(office.path(), &["erase", "--person", &id, "--yes"]);
    let keys = away.path().join("keys.json");
    let said = done(office.path(), &["backup", "--keyring-to", keys.to_str().unwrap()]);
    assert!(said.contains("The list of erasures (1) is"), "{said}");
    drop(served);

    // A backup that holds the text, one that knows nothing of it, and both after each other.
    for backup in [away.path().join("with.db"), office.path().join("before.db"), away.path().join("with.db")] {
        done(office.path(), &["restore", backup.to_str().unwrap(), "--replace"]);
        assert_eq!(readable(office.path()), Vec::<PathBuf>::new(), "{}", backup.display());
        let _served = office.serve();
        assert!(office.phone.renew().await.status().is_success());
        let (now, page) = office.phone.pull_all(office.journal).await;
        assert!(now.iter().all(|entry| !entry.payload.get().contains(TEXT)));
        assert_eq!(page.erasures, 1);
        // A phone that has it all gives back what was lost, and is told what to take away.
        let offered = offer(&office, held.clone()).await;
        assert_eq!(offered[1], Offered::Erased);
        assert!(matches!((offered[0], offered[2]), (Offered::Stored { .. }, Offered::Stored { .. })), "{offered:?}");
        assert_eq!(push(&mut office, &[about(whom, TEXT)]).await[0].1, Outcome::Erased);
        assert_eq!(readable(office.path()), Vec::<PathBuf>::new(), "{}", backup.display());
        // Two restores of one second would keep the old database under one name.
        remove(office.path(), "waakvlam.db.before-restore");
    }

    // Without a word: the file is put there by hand, older than the list.
    remove(office.path(), "waakvlam.db");
    fs::copy(away.path().join("with.db"), office.path().join("waakvlam.db")).unwrap();
    let served = office.serve();
    assert!(office.phone.renew().await.status().is_success());
    assert_eq!(office.phone.pull_all(office.journal).await.0.len(), 2);
    drop(served);

    // Another machine, from the copies alone; without the list, the old backup is unreadable about them all the same: its key is gone.
    for list in [true, false] {
        let new = tempfile::tempdir().unwrap();
        fs::copy(&keys, new.path().join("keyring.json")).unwrap();
        if list {
            fs::copy(keys.with_extension("erasures"), new.path().join("keyring.erasures")).unwrap();
        }
        done(new.path(), &["restore", away.path().join("with.db").to_str().unwrap()]);
        let served = Served::start(new.path());
        office.phone.base.clone_from(&served.base);
        assert!(office.phone.renew().await.status().is_success());
        let (now, page) = office.phone.pull_all(office.journal).await;
        assert_eq!((now.len(), page.head), (2, 3), "list: {list}");
    }
    // Only a copy of the keyring from before would open it.
    let new = tempfile::tempdir().unwrap();
    fs::copy(away.path().join("old-keys.json"), new.path().join("keyring.json")).unwrap();
    done(new.path(), &["restore", away.path().join("with.db").to_str().unwrap()]);
    let served = Served::start(new.path());
    office.phone.base.clone_from(&served.base);
    assert!(office.phone.renew().await.status().is_success());
    assert_eq!(office.phone.pull_all(office.journal).await.0.len(), 3, "the test can see it");
}

#[tokio::test]
async fn a_command_that_was_killed_half_way_is_finished_at_the_next_start() {
    let mut office = Office::new().await;
    let served = office.serve();
    let (id, whom) = somebody();
    push(&mut office, &[about(whom, TEXT), visit("blijft")]).await;
    done(office.path(), &["backup", "--to", "before.db", "--keyring-to", "old-keys.json"]);
    done(office.path(), &["erase", "--person", &id, "--yes"]);
    drop(served);
    // The list is durable and the database is as it was before: this is what a kill between the two leaves.
    remove(office.path(), "waakvlam.db");
    fs::rename(office.path().join("before.db"), office.path().join("waakvlam.db")).unwrap();
    let served = office.serve();
    assert_eq!(readable(office.path()), Vec::<PathBuf>::new());
    assert_eq!(office.phone.pull_all(office.journal).await.0.len(), 1);
    drop(served);

    // Killed before the key was lost: the keyring is as it was before.
    let keyring = office.path().join("keyring.json");
    let has_key = || Keyring::load(&keyring).unwrap().subjects().has(KeyId::of(whom));
    assert!(!has_key());
    fs::copy(office.path().join("old-keys.json"), &keyring).unwrap();
    assert!(has_key());
    drop(office.serve());
    assert!(!has_key());

    // The other half: the database did it, and the list is gone, or is another server's that does not know yet.
    let list = office.path().join("keyring.erasures");
    let was = fs::read_to_string(&list).unwrap();
    fs::remove_file(&list).unwrap();
    drop(office.serve());
    assert_eq!(fs::read_to_string(&list).unwrap(), was);
    // A line that was cut off is none; a damaged one stops everything, since what was erased would come back.
    fs::write(&list, format!("{was}{{\"id\":\"")).unwrap();
    drop(office.serve());
    fs::write(&list, was.replace(':', ";")).unwrap();
    let said = waakvlam(office.path(), &["status"]);
    assert!(!said.good && said.err.contains("the list of erasures") && said.err.contains("put back its copy"), "{said:?}");
}

/// On PostgreSQL the moment between list and commit can be held: somebody else holds the journals.
#[tokio::test]
async fn a_kill_between_list_and_commit_converges() {
    let folder = tempfile::tempdir().unwrap();
    let url = postgres::database().await;
    let server = TestServer::start_on(folder, on(&url), |_| {}).await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let (id, whom) = somebody();
    let written = [phone.write(&about(whom, TEXT)), phone.write(&visit("blijft"))];
    phone.push(server.neighbourhood, &written).await;

    let mut other = sqlx::PgConnection::connect(&url).await.unwrap();
    other.execute("BEGIN; SELECT id FROM journals FOR UPDATE").await.unwrap();
    let keyring = server.data.keyring_path();
    let mut erase = Command::new(env!("CARGO_BIN_EXE_waakvlam"))
        .args(["--database", &url, "--keyring", keyring.to_str().unwrap(), "erase", "--person", &id, "--yes"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let list = keyring.with_extension("erasures");
    until("the line is on the list", async || fs::read_to_string(&list).ok().filter(|list| list.ends_with('\n'))).await;
    erase.kill().unwrap();
    erase.wait().unwrap();
    other.execute("ROLLBACK").await.unwrap();
    assert_eq!(phone.pull_all(server.neighbourhood).await.0.len(), 2, "not carried out yet");
    let server = server.restart().await;
    phone.base = server.base();
    let (left, page) = phone.pull_all(server.neighbourhood).await;
    assert_eq!((left.len(), left[0].seq), (1, 2));
    let PullAnswer::Page(told) = phone.pull(server.neighbourhood, &holding(&page, 0)).await else { panic!("diverged") };
    assert_eq!((told.erasures, told.erased[0].subject, told.erased[0].lines.len()), (1, Some(whom), 1));
    let late = phone.write(&about(whom, TEXT));
    assert_eq!(phone.push(server.neighbourhood, &[late]).await, [Outcome::Erased]);

    // A second server with a keyring folder of its own has the list as soon as it runs.
    let second = tempfile::tempdir().unwrap();
    fs::copy(&keyring, second.path().join("keyring.json")).unwrap();
    fs::create_dir(second.path().join("dist")).unwrap();
    let mut data = on(&url);
    data.keyring = Some(second.path().join("keyring.json"));
    let _served = Served::start_on(&data, second.path());
    assert_eq!(fs::read(second.path().join("keyring.erasures")).unwrap(), fs::read(&list).unwrap());
}

#[tokio::test]
async fn a_household_goes_with_its_persons_and_an_entry_alone() {
    use waakvlam::domain::Body;
    let mut office = Office::new().await;
    let _served = office.serve();
    let (household, person) = (HouseholdId(Uuid::new_v4()), PersonId(Uuid::new_v4()));
    let door = waakvlam::domain::PlaceId(Uuid::from_u128(7));
    let from = chrono::Utc::now().date_naive();
    let began: Body = waakvlam::domain::body::Household { door, from }.into();
    let one: Body = serde_json::from_value::<waakvlam::domain::body::Person>(
        serde_json::json!({ "household": household, "role": "resident", "called": TEXT }),
    )
    .unwrap()
    .into();
    let about = |subject, body: Body| Payload { subject, body, ..visit("") };
    let subject = Subject::Household(household);
    let payloads = [
        about(subject, began),
        about(Subject::Person(person), one),
        self::about(subject, "over hen"),
        self::about(Subject::Place(door), "over de deur"),
        self::about(Subject::Place(door), TEXT),
    ];
    let pushed = push(&mut office, &payloads).await;
    assert!(pushed.iter().all(|(_, outcome)| matches!(outcome, Outcome::Stored { .. })), "{pushed:?}");
    let shown = done(office.path(), &["erase", "--place", &door.to_string()]);
    assert!(shown.contains(&format!("--household {household}")) && shown.contains("2 aantekeningen"), "{shown}");
    let entry = pushed[4].0.id.to_string();
    assert!(done(office.path(), &["erase", "--entry", &entry, "--yes"]).contains("Gewist: 1."));
    let said = done(office.path(), &["erase", "--household", &household.to_string(), "--yes"]);
    assert!(said.contains(&format!("Persoon {person}")) && said.contains("Gewist: 3."), "{said}");
    let (left, page) = office.phone.pull_all(office.journal).await;
    assert_eq!((left.len(), left[0].seq, page.erasures), (1, 4, 3));
    assert_eq!(readable(office.path()), Vec::<PathBuf>::new());
    // A single entry says nothing of whom it is about.
    let PullAnswer::Page(all) = office.phone.pull(office.journal, "after=0").await else { panic!("diverged") };
    assert_eq!(all.erased.iter().filter(|erasure| erasure.subject.is_none()).count(), 1);
    assert!(matches!(push(&mut office, &[self::about(Subject::Place(door), "weer")]).await[0].1, Outcome::Stored { .. }));
}
