//! A server to test against, and a phone that does what the app does, in Rust.
#![allow(dead_code, unused_imports, reason = "each test binary uses its part")]

mod command;
mod phone;
pub mod postgres;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

pub use command::{Said, Served, done, waakvlam};
pub use phone::{Phone, login_key, new_device, new_device_of, payload, problem, visit};
use tempfile::TempDir;
use waakvlam::domain::{JournalId, JournalKind, Role, UserId};
use waakvlam::server::accounts::{Link, NewAccount};
use waakvlam::server::config::{Data, Limits, Patience, Serve};
use waakvlam::server::keyring::Keyring;
use waakvlam::server::storage::Storage;
use waakvlam::server::{Running, Server, start};

/// Names the database that servers are tested on: SQLite, unless it says `postgres`.
const DATABASE: &str = "WAAKVLAM_TEST_DATABASE";

/// A server of this process, on a database of its own.
pub struct TestServer {
    pub folder: TempDir,
    pub data: Data,
    pub running: Running,
    pub neighbourhood: JournalId,
}

impl TestServer {
    pub async fn start() -> Self {
        Self::start_with(Limits { per_name: 1_000, per_address: 100_000, ..Limits::default() }).await
    }

    pub async fn start_with(limits: Limits) -> Self {
        Self::start_as(limits, |_| {}).await
    }

    pub async fn start_as(limits: Limits, change: impl FnOnce(&mut Serve)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut data = Data::sqlite(&folder.path().join("waakvlam.db"));
        match std::env::var(DATABASE).as_deref() {
            Ok("postgres") => data.database = postgres::database().await,
            Ok("sqlite") | Err(_) => {}
            Ok(other) => panic!("{DATABASE} is {other}: neither sqlite nor postgres"),
        }
        Self::start_on(folder, Data { attempts: limits, ..data }, change).await
    }

    /// Starts one on a database; its files and its keyring are in the folder.
    pub async fn start_on(folder: TempDir, data: Data, change: impl FnOnce(&mut Serve)) -> Self {
        site(folder.path());
        let data = Data { keyring: Some(folder.path().join("keyring.json")), ..data };
        put_keyring(&data.keyring_path());
        let mut serve = serve(folder.path());
        change(&mut serve);
        let running = start(&data, &serve).await.unwrap();
        let added = running.server.storage.add_journal(JournalKind::Neighbourhood, "Rivierenwijk").await.unwrap();
        Self { folder, data, running, neighbourhood: added.unwrap() }
    }

    /// Stops it, lets something be done with its folder, and starts it again.
    pub async fn restart_after(self, act: impl FnOnce(&Path)) -> Self {
        self.running.stop().await.unwrap();
        act(self.folder.path());
        let running = start(&self.data, &serve(self.folder.path())).await.unwrap();
        Self { running, ..self }
    }

    /// Stops it and starts it again on the same database.
    pub async fn restart(self) -> Self {
        self.running.stop().await.unwrap();
        let data = Data { attempts: Limits::default(), ..self.data };
        let running = start(&data, &serve(self.folder.path())).await.unwrap();
        Self { running, data, ..self }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.running.address)
    }

    pub fn server(&self) -> &Server {
        &self.running.server
    }

    pub fn storage(&self) -> &dyn Storage {
        &*self.running.server.storage
    }

    /// Somebody who has a link.
    pub async fn add(&self, login_name: &str, role: Role, journals: &[JournalId]) -> (UserId, Link) {
        let (login_name, name) = (login_name.to_owned(), format!("Naam van {login_name}"));
        let account = NewAccount { login_name, name, role, journals: journals.to_vec(), login_key: None };
        let (user, link) = self.server().add_account(&account).await.unwrap();
        (user, link.unwrap())
    }

    /// Somebody with a phone, granted on the neighbourhood.
    pub async fn phone(&self, login_name: &str, role: Role) -> Phone {
        let (_, link) = self.add(login_name, role, &[self.neighbourhood]).await;
        Phone::enrol(&self.base(), &code(&link)).await
    }
}

fn serve(folder: &Path) -> Serve {
    Serve {
        listen: ([127, 0, 0, 1], 0).into(),
        site: folder.join("dist"),
        builds: None,
        tls_cert: None,
        tls_key: None,
        trusted_proxies: Vec::new(),
        max_connections: 1_000,
        patience: Patience::default(),
    }
}

/// The code of a link.
pub fn code(link: &Link) -> String {
    link.path.split_once('#').unwrap().1.to_owned()
}

fn site(folder: &Path) {
    let dist = folder.join("dist");
    std::fs::create_dir(&dist).unwrap();
    let files = [
        ("index.html", "<!doctype html><title>Waakvlam</title>"),
        ("uitleg.html", "<!doctype html><title>Wat schrijven we op</title>"),
        ("sw.js", "self"),
        ("manifest.webmanifest", "{}"),
        ("waakvlam-0123456789abcdef.js", "plain"),
        ("waakvlam-0123456789abcdef.js.br", "as brotli"),
        ("waakvlam-0123456789abcdef.js.gz", "as gzip"),
        ("waakvlam-0123456789abcdef_bg.wasm", "\0asm"),
    ];
    for (name, text) in files {
        std::fs::write(dist.join(name), text).unwrap();
    }
}

/// Drawing RSA keys takes seconds: all test servers of a process share one keyring. Puts a copy there.
pub fn put_keyring(to: &Path) {
    static DRAWN: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, from) = DRAWN.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.json");
        Keyring::load_or_create(&file).unwrap();
        (folder, file)
    });
    std::fs::copy(from, to).unwrap();
}

/// Waits until something holds, and says what did not.
pub async fn until<T>(what: &str, mut holds: impl AsyncFnMut() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(value) = holds().await {
                return value;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asking).await.unwrap_or_else(|_| panic!("{what}: not within a minute"))
}
