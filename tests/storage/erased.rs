//! Erasing: text and salt go for good, the line stays, and nothing brings the text back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use futures::future::join_all;
use serde_json::value::RawValue;
use sqlx::{Connection as _, Executor as _, PgConnection};
use uuid::Uuid;
use waakvlam::domain::{EntryId, JournalId, JournalKind, PersonId, Role, Subject};
use waakvlam::server::storage::{
    Erasing, Given, Kept, Landing, NewDevice, Pull, Pulled, Record, Row, Storage, StorageError, Wanted,
};
use waakvlam::server::subject_keys::{KeyId, SubjectKeys};
use waakvlam::sync::chain;
use waakvlam::sync::wire::{Erasure, Offered, Probe, Written};

use super::world::{Phone, Two, World, at, hash, id, id_of, payload, payload_about, raw, record, stored, visit};

pub async fn keeps_its_promises(make: &impl AsyncFn() -> Two) {
    the_text_goes_and_the_line_stays(make().await).await;
    nothing_about_the_erased_is_taken_again(make().await).await;
    a_single_entry_goes_alone(make().await).await;
    a_database_that_knew_nothing_learns_it_from_the_list(make().await).await;
    whoever_pushes_meanwhile_brings_nothing_in(make().await).await;
    nothing_is_read_or_written_without_its_keys(make().await).await;
    wishes_to_be_left_alone_are_found(make().await).await;
}

async fn wishes_to_be_left_alone_are_found((a, b): Two) {
    a.found(hash()).await.unwrap();
    assert!(a.unlock(super::world::keys()).await.unwrap() && b.unlock(super::world::keys()).await.unwrap());
    let journal = a.add_journal(JournalKind::Neighbourhood, "Lindebuurt").await.unwrap().unwrap();
    let other = a.add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    for journal in [journal, other] {
        a.append_own(journal, &[payload(visit("koffie"))], at(1)).await.unwrap();
    }
    assert_eq!(b.wishes().await.unwrap(), []);
    let wish = payload(waakvlam::domain::body::NoContact { household: None }.into());
    let given = Given {
        id: EntryId(id()),
        author: waakvlam::domain::UserId(id()),
        device: waakvlam::domain::DeviceId(id()),
        n: 1,
        received_at: at(2),
        salt: hash(),
        kind: "no_contact".to_owned(),
        payload: wish,
    };
    a.append_given(journal, std::slice::from_ref(&given)).await.unwrap();
    assert_eq!(b.wishes().await.unwrap(), [(journal, 2)], "with its last number");
    a.append_own(journal, &[payload(visit("koffie"))], at(3)).await.unwrap();
    assert_eq!(b.wishes().await.unwrap(), [(journal, 3)]);
    // The wish itself can be erased, with its place.
    let entries = BTreeMap::from([(journal, BTreeSet::from([given.id]))]);
    let erasing = Erasing { id: id(), at: at(4), subject: None, entries };
    assert_eq!(a.erase(&erasing).await.unwrap(), 1);
    assert_eq!(b.wishes().await.unwrap(), []);
}

async fn nothing_is_read_or_written_without_its_keys((a, b): Two) {
    a.found(hash()).await.unwrap();
    let journal = a.add_journal(JournalKind::Neighbourhood, "Lindebuurt").await.unwrap().unwrap();
    let texts = [payload(visit("koffie"))];
    assert!(matches!(a.append_own(journal, &texts, at(1)).await, Err(StorageError::Locked)));
    assert!(a.unlock(super::world::keys()).await.unwrap());
    assert!(!b.unlock(Arc::new(SubjectKeys::draw())).await.unwrap(), "others than it was written with");
    assert!(matches!(b.append_own(journal, &texts, at(1)).await, Err(StorageError::Locked)));
    assert!(b.unlock(super::world::keys()).await.unwrap());
    a.append_own(journal, &texts, at(1)).await.unwrap();
    assert_eq!(all(&*b, journal, 0).await.0.len(), 1);
}

/// Nobody writes this by chance.
const TEXT: &str = "een-woord-dat-nergens-anders-staat-51c2";

/// How many files of a folder, and of those in it, hold one of these.
fn holding(folder: &Path, needles: &[Vec<u8>]) -> usize {
    let mut count = 0;
    for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        count += if path.is_dir() { holding(&path, needles) } else { usize::from(holds(&path, needles)) };
    }
    count
}

fn holds(path: &Path, needles: &[Vec<u8>]) -> bool {
    // A database removes files while we look.
    let Ok(all) = fs::read(path) else { return false };
    let starts: BTreeSet<&[u8]> = needles.iter().map(Vec::as_slice).collect();
    all.windows(NEEDLE).any(|some| starts.contains(some))
}

/// Random bytes with which a sealed text begins.
const NEEDLE: usize = 24;

fn needles(payloads: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    assert_eq!(payloads.len(), 80, "40 entries, and 40 records that were set apart");
    payloads.into_iter().map(|payload| payload[..NEEDLE].to_vec()).collect()
}

/// Of the entries about somebody, and of what was set apart about them, what lies in the database.
const SEALED: &str = "SELECT payload FROM entries WHERE subject = $1 UNION ALL SELECT raw FROM quarantine WHERE subject = $1";

fn contains(folder: &Path, text: &str) -> bool {
    holding(folder, &[text.as_bytes()[..NEEDLE].to_vec()]) > 0
}

/// So much about so many that pages split, and what moved leaves its bytes behind.
async fn fill(world: &World) -> (Phone, Subject) {
    let mut phone = world.phone(world.user).await;
    let whom = somebody();
    for _ in 0..40 {
        let note = format!("{TEXT} {}", "x".repeat(usize::from(rand::random::<u8>()) * 8));
        let records = [about(&mut phone, somebody(), "een ander"), about(&mut phone, whom, &note), unknown(&mut phone, whom)];
        phone.push(&world.a, &records).await;
    }
    (phone, whom)
}

#[tokio::test(flavor = "multi_thread")]
async fn not_a_byte_of_it_is_left_in_the_files_of_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(super::sqlite(&folder).await).await;
    let (mut phone, whom) = fill(&world).await;
    let file =
        fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).find(|path| path.extension().unwrap() == "db");
    let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.unwrap().display())).await.unwrap();
    let sealed = sqlx::query_scalar(SEALED).bind(KeyId::of(whom).bytes()).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let needles = needles(sealed);
    assert!(holding(folder.path(), &needles) > 0, "the search sees it while it is there");
    assert!(!contains(folder.path(), TEXT), "sealed");
    world.a.erase(&erasing(&world.a, whom).await).await.unwrap();
    // While others read and write.
    let records = phone.visits(200);
    let reading = super::world::pull(&*world.b, world.journal, 0, None, 500);
    let (wiped, ..) = tokio::join!(world.a.wipe(), phone.push(&world.b, &records), reading);
    if wiped.is_err() {
        world.a.wipe().await.unwrap();
    }
    assert_eq!(holding(folder.path(), &needles), 0);
    let (lines, ..) = all(&*world.a, world.journal, 0).await;
    assert_eq!((lines.len(), gone(&lines).len()), (280, 40));
}

/// What a version before subject keys wrote lies open: it is read, found and erased all the same.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_version_wrote_open_is_read_and_erased() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("old.db").display());
    let world = World::new(super::both(&url).await).await;
    let mut phone = world.phone(world.user).await;
    let whom = somebody();
    let records =
        [about(&mut phone, whom, TEXT), phone.write(visit("blijft")), unknown(&mut phone, whom), unknown(&mut phone, somebody())];
    phone.push(&world.a, &records).await;
    let before = world.lines(world.journal).await;
    let apart = world.a.quarantined(world.journal).await.unwrap();
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    for (seq, kept) in &before {
        let open = sqlx::query("UPDATE entries SET salt = $1, payload = $2, subject = NULL WHERE seq = $3 AND journal = $4");
        let open = open.bind(kept.salt.0.to_vec()).bind(kept.payload.get().as_bytes().to_vec());
        open.bind(i64::try_from(*seq).unwrap()).bind(world.journal.0.as_bytes().to_vec()).execute(&mut connection).await.unwrap();
    }
    for one in &apart {
        let open = sqlx::query("UPDATE quarantine SET raw = $1, subject = NULL WHERE n = $2").bind(one.raw.clone());
        open.bind(i64::try_from(one.n).unwrap()).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    assert!(contains(folder.path(), TEXT), "it lies open");
    let texts = |lines: &[(u64, Kept)]| lines.iter().map(|(_, kept)| kept.payload.get().to_owned()).collect::<Vec<_>>();
    assert_eq!(texts(&world.lines(world.journal).await), texts(&before));
    assert_eq!(world.b.quarantined(world.journal).await.unwrap().len(), 2);

    assert_eq!(world.a.erase(&erasing(&world.b, whom).await).await.unwrap(), 1);
    world.a.wipe().await.unwrap();
    assert!(!contains(folder.path(), TEXT));
    assert_eq!(gone(&all(&*world.b, world.journal, 0).await.0), [1]);
    assert_eq!(world.b.quarantined(world.journal).await.unwrap().iter().map(|one| one.n).collect::<Vec<_>>(), [4]);
    let again = phone.push(&world.b, &records[..2]).await;
    assert_eq!((again[0], stored(&again[1])), (Landing::Erased, (2, false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn not_a_byte_of_it_is_left_in_the_tables_of_postgres() {
    let url = super::postgres::database().await;
    let world = World::new(super::both(&url).await).await;
    let (_, whom) = fill(&world).await;
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let data: String = sqlx::query_scalar("SHOW data_directory").fetch_one(&mut connection).await.unwrap();
    let tables = Path::new(&data).join("base");
    connection.execute("CHECKPOINT").await.unwrap();
    let sealed = sqlx::query_scalar(SEALED).bind(KeyId::of(whom).bytes()).fetch_all(&mut connection).await.unwrap();
    let needles = needles(sealed);
    assert!(holding(&tables, &needles) > 0, "the search sees it while it is there");
    assert!(!contains(&tables, TEXT), "sealed");
    // Somebody who reads what was there before keeps it there, and it is said so.
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM users").await.unwrap();
    world.a.erase(&erasing(&world.a, whom).await).await.unwrap();
    assert!(matches!(world.b.wipe().await, Err(StorageError::InTheWay)));
    connection.execute("COMMIT").await.unwrap();
    world.b.wipe().await.unwrap();
    connection.execute("CHECKPOINT").await.unwrap();
    assert_eq!(holding(&tables, &needles), 0);
    let (lines, ..) = all(&*world.a, world.journal, 0).await;
    assert_eq!((lines.len(), gone(&lines).len()), (80, 40));
    println!("postgres: in the log (pg_wal) it is in {} files still", holding(&Path::new(&data).join("pg_wal"), &needles));
}

fn somebody() -> Subject {
    Subject::Person(PersonId(id()))
}

fn about(phone: &mut Phone, subject: Subject, note: &str) -> Record {
    phone.n += 1;
    record(phone.n, EntryId(id()), &payload_about(subject, visit(note)))
}

/// A record that opens but is of a type that nobody knows yet.
fn unknown(phone: &mut Phone, subject: Subject) -> Record {
    phone.n += 1;
    let text = payload_about(subject, visit("x")).replace(r#""type":"visit""#, r#""type":"dream""#);
    assert!(text.contains("dream"), "{text}");
    let (id, n, salt) = (EntryId(id()), phone.n, hash());
    let written = Written { id, n, salt, payload: RawValue::from_string(text).unwrap() };
    raw(n, &serde_json::to_vec(&written).unwrap())
}

async fn erasing(storage: &Arc<dyn Storage>, subject: Subject) -> Erasing {
    let found = storage.about(&Wanted::Subject(subject)).await.unwrap();
    let entries = found.into_iter().map(|about| (about.journal, about.entries)).collect();
    Erasing { id: Uuid::now_v7(), at: at(9), subject: Some(subject), entries }
}

/// All lines, checked: dense and chained, whether they have a text or not. And what is said of erasures to who holds all of them.
async fn all(storage: &dyn Storage, journal: JournalId, erasures: u64) -> (Vec<Row>, u64, Vec<Erasure>) {
    let first = Pull { journal, after: 0, chain: None, lines: 1_000, bytes: 1 << 20, erasures: 0 };
    let Some(Pulled::Page { head, chain, lines, .. }) = storage.pull(first).await.unwrap() else { panic!("diverged") };
    let mut link = chain::START;
    for (row, seq) in lines.iter().zip(1..) {
        assert_eq!(row.seq, seq, "numbers are dense");
        if let Some(kept) = &row.entry {
            assert_eq!(kept.commitment, chain::commitment(&kept.salt, kept.payload.get()));
            assert_eq!(row.chain, chain::next(&link, seq, kept.id, kept.author, &kept.commitment), "the chain checks");
        }
        link = row.chain;
    }
    assert_eq!((head, chain), (lines.len() as u64, link));
    let again = Pull { after: head, chain: Some(chain), erasures, ..first };
    let Some(Pulled::Page { lines: more, erasures, erased, .. }) = storage.pull(again).await.unwrap() else { panic!("diverged") };
    assert!(more.is_empty());
    (lines, erasures, erased)
}

fn gone(lines: &[Row]) -> Vec<u64> {
    lines.iter().filter(|row| row.entry.is_none()).map(|row| row.seq).collect()
}

fn probes(lines: &[Row], seqs: &[u64]) -> Vec<Probe> {
    lines.iter().filter(|row| seqs.contains(&row.seq)).map(|row| Probe { seq: row.seq, chain: row.chain }).collect()
}

async fn another_journal(world: &World) -> JournalId {
    let journal = world.a.add_journal(JournalKind::Closed, "Een signaal").await.unwrap().unwrap();
    world.a.set_grant(world.user, journal, Role::Worker).await.unwrap();
    journal
}

async fn the_text_goes_and_the_line_stays(two: Two) {
    let world = World::new(two).await;
    let (journal, closed) = (world.journal, another_journal(&world).await);
    let mut phone = world.phone(world.user).await;
    let (gone_one, other) = (somebody(), somebody());
    let records = [
        about(&mut phone, other, "blijft"),
        about(&mut phone, gone_one, "weg 1"),
        about(&mut phone, gone_one, "weg 2"),
        phone.write(visit("blijft ook")),
        about(&mut phone, gone_one, "weg 3"),
        unknown(&mut phone, gone_one),
        unknown(&mut phone, other),
    ];
    phone.push(&world.a, &records).await;
    let elsewhere = [about(&mut phone, gone_one, "weg 4")];
    Phone { journal: closed, ..phone.clone() }.push(&world.a, &elsewhere).await;
    let before = all(&*world.a, journal, 0).await;
    assert_eq!((gone(&before.0), before.1, before.2.len()), (vec![], 0, 0));

    let found = world.b.about(&Wanted::Subject(gone_one)).await.unwrap();
    let mut seen: Vec<_> = found.iter().map(|about| (about.name.as_str(), about.entries.len(), about.apart)).collect();
    seen.sort_unstable();
    assert_eq!(seen, [("Een signaal", 1, 0), ("Lindebuurt", 3, 1)]);
    assert_eq!(world.a.about(&Wanted::Subject(somebody())).await.unwrap(), []);

    let erasing = erasing(&world.a, gone_one).await;
    assert_eq!(world.a.erase(&erasing).await.unwrap(), 4);
    for server in [&world.a, &world.b] {
        let (lines, erasures, erased) = all(&**server, journal, 0).await;
        assert_eq!(gone(&lines), [2, 3, 5]);
        assert_eq!(erasures, 1, "it is counted");
        assert_eq!(erased, [Erasure { subject: Some(gone_one), lines: probes(&lines, &[2, 3, 5]) }], "who holds them is told");
        assert_eq!(all(&**server, journal, 1).await.2, [], "who carried it out is not told again");
        let (lines, erasures, erased) = all(&**server, closed, 0).await;
        assert_eq!((gone(&lines), erasures, erased.len()), (vec![1], 1, 1));
        // What a phone does not hold yet comes as a run, and is not said twice.
        let part = Pull { journal, after: 2, chain: None, lines: 9, bytes: 1 << 20, erasures: 0 };
        let Some(Pulled::Page { erased, .. }) = server.pull(part).await.unwrap() else { panic!("diverged") };
        assert_eq!(erased[0].lines.iter().map(|line| line.seq).collect::<Vec<_>>(), [2]);
        let apart = server.quarantined(journal).await.unwrap();
        assert_eq!(apart.iter().map(|one| one.n).collect::<Vec<_>>(), [7], "of what was set apart, the other's stays");
        assert_eq!(server.erasures().await.unwrap(), std::slice::from_ref(&erasing));
    }
    assert_eq!(world.b.erase(&erasing).await.unwrap(), 0, "once more changes nothing");
    assert_eq!(all(&*world.b, journal, 0).await.1, 1);
    assert_eq!(world.a.about(&Wanted::Subject(gone_one)).await.unwrap(), []);

    // Somebody else after them: the next number.
    let next = super::erased::erasing(&world.b, other).await;
    assert_eq!(world.b.erase(&next).await.unwrap(), 1);
    let (lines, erasures, erased) = all(&*world.a, journal, 1).await;
    assert_eq!((gone(&lines), erasures), (vec![1, 2, 3, 5], 2));
    assert_eq!(erased, [Erasure { subject: Some(other), lines: probes(&lines, &[1]) }]);
    assert_eq!(world.b.erasures().await.unwrap(), [erasing, next], "oldest first");
    world.a.wipe().await.unwrap();
    world.b.wipe().await.unwrap();
    let on = [phone.write(visit("en verder"))];
    phone.push(&world.a, &on).await;
    assert_eq!(all(&*world.a, journal, 2).await.0.len(), 6);
}

async fn nothing_about_the_erased_is_taken_again(two: Two) {
    let world = World::new(two).await;
    let (journal, closed) = (world.journal, another_journal(&world).await);
    let mut phone = world.phone(world.user).await;
    let whom = somebody();
    let records = [about(&mut phone, whom, "weg"), phone.write(visit("blijft")), unknown(&mut phone, whom)];
    let landed = phone.push(&world.a, &records).await;
    let erasing = erasing(&world.a, whom).await;
    world.a.erase(&erasing).await.unwrap();

    for server in [&world.a, &world.b] {
        let again = phone.push(server, &records).await;
        assert_eq!(again[1], landed[1], "what was not erased keeps its number");
        assert_eq!((again[0], again[2]), (Landing::Erased, Landing::Erased), "nor what has a number, nor what was set apart");
        let late = [about(&mut phone, whom, "te laat"), unknown(&mut phone, whom), phone.write(visit("goed"))];
        let landings = phone.push(server, &late).await;
        assert_eq!(landings[..2], [Landing::Erased; 2]);
        stored(&landings[2]);
        let elsewhere = Phone { journal: closed, ..phone.clone() };
        assert_eq!(elsewhere.push(server, &late[..1]).await, [Landing::Erased], "not in another journal either");
        assert_eq!(server.quarantined(journal).await.unwrap().len(), 0);
        let offered =
            [given(id_of(&records[0]), payload_about(whom, visit("weg"))), given(EntryId(id()), payload(visit("goed")))];
        let taken = server.offer(journal, &offered).await.unwrap();
        assert_eq!(taken[0], Offered::Erased);
        assert!(matches!(taken[1], Offered::Stored { .. }), "{taken:?}");
        let offered = [given(EntryId(id()), payload_about(whom, visit("van vroeger")))];
        assert_eq!(server.offer(journal, &offered).await.unwrap(), [Offered::Erased], "by whom it is about");
        assert_eq!(server.offer(closed, &offered).await.unwrap(), [Offered::Erased]);
    }
    let (lines, ..) = all(&*world.a, journal, 0).await;
    assert_eq!((gone(&lines), lines.len()), (vec![1], 6), "nothing of it was kept");
    assert_eq!(all(&*world.a, closed, 0).await.0.len(), 0);
}

fn given(id: EntryId, payload: String) -> Given {
    let NewDevice { device, user, .. } = super::world::device(waakvlam::domain::UserId(super::world::id()));
    Given { id, author: user, device, n: 1, received_at: at(5), salt: hash(), kind: "visit".to_owned(), payload }
}

async fn a_single_entry_goes_alone(two: Two) {
    let world = World::new(two).await;
    let mut phone = world.phone(world.user).await;
    let whom = somebody();
    let records = [about(&mut phone, whom, "een"), about(&mut phone, whom, "twee"), about(&mut phone, whom, "drie")];
    phone.push(&world.a, &records).await;
    let ids = BTreeSet::from([id_of(&records[1])]);
    let wanted = Wanted::Entries(vec![id_of(&records[1]), EntryId(id())]);
    let found = world.a.about(&wanted).await.unwrap();
    assert_eq!(found.iter().map(|about| &about.entries).collect::<Vec<_>>(), [&ids]);
    let erasing = Erasing { id: Uuid::now_v7(), at: at(9), subject: None, entries: BTreeMap::from([(world.journal, ids)]) };
    assert_eq!(world.a.erase(&erasing).await.unwrap(), 1);
    let (lines, erasures, erased) = all(&*world.b, world.journal, 0).await;
    assert_eq!((gone(&lines), erasures), (vec![2], 1));
    assert_eq!(erased, [Erasure { subject: None, lines: probes(&lines, &[2]) }]);
    assert_eq!(world.b.erasures().await.unwrap(), [erasing]);
    let four = [about(&mut phone, whom, "vier")];
    stored(&phone.push(&world.b, &four).await[0]);
    let same = given(id_of(&records[1]), payload_about(whom, visit("twee")));
    assert_eq!(world.b.offer(world.journal, &[same]).await.unwrap(), [Offered::Erased]);
    assert_eq!(world.a.about(&wanted).await.unwrap(), []);
}

/// What a restore makes of it: the list knows more than the database.
async fn a_database_that_knew_nothing_learns_it_from_the_list(two: Two) {
    let world = World::new(two).await;
    let mut phone = world.phone(world.user).await;
    let (whom, single) = (somebody(), EntryId(id()));
    let there = about(&mut phone, whom, "uit de reservekopie");
    phone.push(&world.a, std::slice::from_ref(&there)).await;
    let (lost, nowhere) = (EntryId(id()), JournalId(id()));
    let of = |ids: &[EntryId]| ids.iter().copied().collect::<BTreeSet<_>>();
    // Of an entry that came after the backup, and of a journal that did.
    let list = [
        Erasing {
            id: Uuid::now_v7(),
            at: at(3),
            subject: Some(whom),
            entries: BTreeMap::from([(world.journal, of(&[id_of(&there), lost])), (nowhere, of(&[EntryId(id())]))]),
        },
        Erasing { id: Uuid::now_v7(), at: at(4), subject: None, entries: BTreeMap::from([(world.journal, of(&[single]))]) },
    ];
    assert_eq!(world.a.erase(&list[0]).await.unwrap(), 1);
    assert_eq!(world.b.erase(&list[1]).await.unwrap(), 0);
    assert_eq!(world.a.erasures().await.unwrap(), list);
    let (lines, erasures, erased) = all(&*world.a, world.journal, 0).await;
    assert_eq!((gone(&lines), erasures, erased.len()), (vec![1], 2, 2));
    phone.n += 1;
    let back = [record(phone.n, single, &payload(visit("alleen deze")))];
    assert_eq!(phone.push(&world.b, &back).await, [Landing::Erased]);
    assert_eq!(world.b.offer(world.journal, &[given(lost, payload(visit("x")))]).await.unwrap(), [Offered::Erased]);
    assert_eq!(all(&*world.a, world.journal, 0).await.0.len(), 1);
}

async fn whoever_pushes_meanwhile_brings_nothing_in(two: Two) {
    const PHONES: usize = 4;
    let world = World::new(two).await;
    let whom = somebody();
    let mut phones = Vec::new();
    for _ in 0..PHONES {
        phones.push(world.phone(world.user).await);
    }
    let first = [about(&mut phones[0], whom, "begin")];
    phones[0].push(&world.a, &first).await;
    let erasing = erasing(&world.a, whom).await;
    let pushing = phones.into_iter().enumerate().map(|(i, mut phone)| {
        let server = if i % 2 == 0 { world.a.clone() } else { world.b.clone() };
        tokio::spawn(async move {
            let mut erased = 0;
            for _ in 0..12 {
                let records = [about(&mut phone, whom, "tussendoor"), phone.write(visit("goed"))];
                let landings = phone.push(&server, &records).await;
                stored(&landings[1]);
                erased += usize::from(landings[0] == Landing::Erased);
            }
            erased
        })
    });
    let pushing = join_all(pushing);
    let (landed, _) = tokio::join!(pushing, async { world.b.erase(&erasing).await.unwrap() });
    let erased: usize = landed.into_iter().map(Result::unwrap).sum();
    let (lines, erasures, _) = all(&*world.a, world.journal, 0).await;
    assert_eq!(lines.len(), 1 + PHONES * 24 - erased, "what was not answered as erased has its number");
    assert_eq!(gone(&lines).len(), 1 + PHONES * 12 - erased, "and lost its text");
    assert_eq!(erasures, 1);
    let left = lines.iter().filter_map(|row| row.entry.as_ref()).filter(|kept| kept.payload.get().contains("tussendoor"));
    assert_eq!(left.count(), 0);
}
