//! Backup and restore, by the real binary, beside a real server: what a backup holds is whole, a restore happens or does not,
//! and a phone that knew more is told.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::Connection as _;
use tempfile::TempDir;
use waakvlam::domain::Role;
use waakvlam::sync::wire::{Page, PullAnswer};

use super::support::{Phone, Served, TestServer, done, put_keyring, visit, waakvlam};

/// An office with a worker, whose server is stopped.
pub struct Office {
    pub folder: TempDir,
    pub phone: Phone,
    pub journal: waakvlam::domain::JournalId,
}

impl Office {
    pub async fn new() -> Self {
        let server = TestServer::start().await;
        let phone = server.phone("samira", Role::Worker).await;
        let journal = server.neighbourhood;
        let TestServer { folder, running, .. } = server;
        running.stop().await.unwrap();
        Self { folder, phone, journal }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn serve(&mut self) -> Served {
        let served = Served::start(self.path());
        self.phone.base.clone_from(&served.base);
        served
    }

    async fn push(&mut self, count: usize) {
        for _ in 0..count {
            let written = self.phone.write(&visit("koffie"));
            self.phone.push(self.journal, &[written]).await;
        }
    }

    /// What a phone knows when it has pulled everything.
    async fn pulled(&self) -> (usize, Page) {
        let (entries, page) = self.phone.pull_all(self.journal).await;
        (entries.len(), page)
    }

    /// The bytes of everything in the folder, but for the lock.
    fn all(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let files = fs::read_dir(self.path()).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
        let mut files: Vec<_> = files.filter(|path| path.extension().is_none_or(|end| end != "lock")).collect();
        files.sort();
        files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }
}

#[tokio::test]
async fn a_backup_beside_a_working_server_is_restored_and_every_phone_is_told() {
    let mut office = Office::new().await;
    let served = office.serve();
    office.push(20).await;
    // While phones push, which none of them notices.
    let (folder, journal) = (office.path().to_owned(), office.journal);
    let copying = tokio::task::spawn_blocking(move || done(&folder, &["backup", "--to", "copy.db"]));
    let mut pushed = 20;
    while !copying.is_finished() {
        office.push(1).await;
        pushed += 1;
    }
    let said = copying.await.unwrap();
    assert!(said.contains("Checked to the last entry."), "{said}");
    let (held, page) = office.pulled().await;
    assert_eq!(held, pushed);
    drop(served);

    let twice = waakvlam(office.path(), &["backup", "--to", "copy.db"]);
    assert!(!twice.good && twice.err.contains("there is such a file already"), "{twice:?}");
    let without = waakvlam(office.path(), &["restore", "copy.db"]);
    assert!(!without.good && without.err.contains("--replace"), "{without:?}");
    let said = done(office.path(), &["restore", "copy.db", "--replace"]);
    assert!(said.contains("A new epoch has begun"), "{said}");

    let _served = office.serve();
    // The session of before is gone; the phone renews it by itself.
    let path = format!("/journals/{journal}/entries?after=0");
    assert_eq!(office.phone.asks(reqwest::Method::GET, &path).send().await.unwrap().status(), 401);
    assert!(office.phone.renew().await.status().is_success());
    let query = format!("after={held}&epoch={}&chain={}", page.epoch, page.chain.to_hex());
    let PullAnswer::Diverged { epoch, head } = office.phone.pull(journal, &query).await else { panic!("not told") };
    assert_ne!(epoch, page.epoch);
    assert!((20..=held as u64).contains(&head), "what was acknowledged before the backup began is in it: {head}");
    // Even a phone that holds no more than the backup does.
    let query = format!("after=0&epoch={}", page.epoch);
    assert!(matches!(office.phone.pull(journal, &query).await, PullAnswer::Diverged { .. }));
    // What waits on a phone arrives.
    office.push(1).await;
    assert_eq!(office.pulled().await.0 as u64, head + 1);
    // What was there is kept.
    let kept = office.all().into_iter().find(|(path, _)| path.to_string_lossy().contains(".before-restore-")).unwrap().0;
    let other = tempfile::tempdir().unwrap();
    fs::copy(office.path().join("keyring.json"), other.path().join("keyring.json")).unwrap();
    let said = done(other.path(), &["restore", kept.to_str().unwrap()]);
    assert!(said.contains("journals"), "{said}");
    let served = Served::start(other.path());
    office.phone.base.clone_from(&served.base);
    assert!(office.phone.renew().await.status().is_success());
    assert_eq!(office.pulled().await.0, held);
}

#[tokio::test]
async fn what_is_no_good_backup_changes_nothing() {
    let mut office = Office::new().await;
    let served = office.serve();
    office.push(30).await;
    done(office.path(), &["backup", "--to", "good.db", "--keyring-to", "keys.json"]);
    assert_eq!(fs::read(office.path().join("keys.json")).unwrap(), fs::read(office.path().join("keyring.json")).unwrap());
    drop(served);
    let good = fs::read(office.path().join("good.db")).unwrap();
    // One text, wherever its bytes are: SQLite leaves older bytes of a page behind, which nobody reads.
    let url = format!("sqlite://{}?mode=ro&immutable=1", office.path().join("good.db").display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let texts = sqlx::query_scalar("SELECT payload FROM entries ORDER BY length(payload), seq").fetch_all(&mut connection);
    let text: Vec<u8> = texts.await.unwrap().swap_remove(0);
    connection.close().await.unwrap();
    let mut twisted = good.clone();
    for at in 0..good.len() - text.len() {
        if good[at..at + text.len()] == text {
            twisted[at + 20] ^= 1;
        }
    }
    assert_ne!(twisted, good);
    let mut holed = good.clone();
    holed[8192..12288].fill(0xff);
    let put = |name: &str, bytes: &[u8]| fs::write(office.path().join(name), bytes).unwrap();
    put("half.db", &good[..good.len() / 2]);
    put("page.db", &good[..good.len() - 4096]);
    put("twisted.db", &twisted);
    put("holed.db", &holed);
    put("empty.db", b"");
    put("text.db", b"not a database at all, but long enough to be one");
    put("live.db", &good);
    put("live.db-wal", b"what was written last");
    let before = office.all();
    for (file, why) in [
        ("half.db", "damaged"),
        ("page.db", "damaged"),
        ("twisted.db", "is not what was written"),
        ("holed.db", "damaged"),
        ("empty.db", "not a database of Waakvlam"),
        ("text.db", "not a database of Waakvlam"),
        ("live.db", "live.db-wal beside it"),
        ("nowhere.db", "No such file"),
    ] {
        let said = waakvlam(office.path(), &["restore", file, "--replace"]);
        assert!(!said.good && said.err.contains(why), "{file}: {said:?}");
        assert!(office.all() == before, "{file}: something was changed");
    }
    let other = tempfile::tempdir().unwrap();
    waakvlam::server::keyring::Keyring::load_or_create(&other.path().join("keyring.json")).unwrap();
    let keyring = other.path().join("keyring.json");
    let said = waakvlam(office.path(), &["--keyring", keyring.to_str().unwrap(), "restore", "good.db", "--replace"]);
    assert!(!said.good && said.err.contains("belongs to another database"), "{said:?}");
    assert!(office.all() == before);
    let _served = office.serve();
    assert_eq!(office.pulled().await.0, 30, "and it still works");
}

#[tokio::test]
async fn a_database_in_use_is_not_replaced() {
    let mut office = Office::new().await;
    done(office.path(), &["backup", "--to", "copy.db"]);
    let served = office.serve();
    for command in [["restore", "copy.db", "--replace"].as_slice(), &["restore", "--in-place"]] {
        let said = waakvlam(office.path(), command);
        assert!(!said.good && said.err.contains("is in use: stop the server"), "{said:?}");
    }
    let (_, page) = office.pulled().await;
    drop(served);
    // A server that was killed holds nothing.
    let said = done(office.path(), &["restore", "--in-place"]);
    assert!(said.contains("A new epoch has begun"), "{said}");
    let _served = office.serve();
    assert!(office.phone.renew().await.status().is_success());
    let told = office.phone.pull(office.journal, &format!("after=0&epoch={}", page.epoch)).await;
    assert!(matches!(told, PullAnswer::Diverged { .. }));
}

/// The machine is gone: a new one, with the two backups and nothing else.
#[tokio::test]
async fn a_lost_machine_comes_back_from_its_two_backups() {
    let mut office = Office::new().await;
    let served = office.serve();
    office.push(3).await;
    let away = tempfile::tempdir().unwrap();
    let to = away.path().to_str().unwrap();
    done(office.path(), &["backup", "--to", to, "--keyring-to", to]);
    drop(served);
    let files = fs::read_dir(away.path()).unwrap().map(|file| file.unwrap().path()).collect::<Vec<_>>();
    let ending = |end: &str| files.iter().find(|path| path.extension().is_some_and(|is| is == end)).unwrap();
    #[cfg(unix)]
    for file in &files {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
    }
    let new = tempfile::tempdir().unwrap();
    let said = waakvlam(new.path(), &["restore", ending("db").to_str().unwrap()]);
    assert!(!said.good && said.err.contains("keyring") && !new.path().join("waakvlam.db").exists(), "{said:?}");
    fs::copy(ending("json"), new.path().join("keyring.json")).unwrap();
    done(new.path(), &["restore", ending("db").to_str().unwrap()]);
    let served = Served::start(new.path());
    office.phone.base.clone_from(&served.base);
    assert!(office.phone.renew().await.status().is_success());
    office.push(1).await;
    assert_eq!(office.pulled().await.0, 4);
}

#[test]
fn there_is_nothing_to_back_up_where_there_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    put_keyring(&folder.path().join("keyring.json"));
    let said = waakvlam(folder.path(), &["backup", "--to", "copy.db"]);
    assert!(!said.good && said.err.contains("there is no database"), "{said:?}");
    let said = waakvlam(folder.path(), &["backup"]);
    assert!(!said.good && said.err.contains("--keyring-to"), "{said:?}");
    let said = waakvlam(folder.path(), &["--database", "postgres://nobody@localhost/x", "backup", "--to", "copy.db"]);
    assert!(!said.good && said.err.contains("pg_dump"), "{said:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
