//! A server to test against, and a phone that does what the app does, in Rust.
#![allow(dead_code, unused_imports, reason = "each test binary uses its part")]

mod command;
mod phone;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

pub use command::{Served, done, waakvlam};
pub use phone::{Phone, login_key, new_device, new_device_of, payload, problem, visit};
use tempfile::TempDir;
use waakvlam::domain::{JournalId, JournalKind, Role, UserId};
use waakvlam::server::accounts::{Link, NewAccount};
use waakvlam::server::config::{Data, Limits, Patience, Serve};
use waakvlam::server::keyring::Keyring;
use waakvlam::server::storage::Storage;
use waakvlam::server::{Running, Server, start};

/// A server of this process, on a file of its own.
pub struct TestServer {
    pub folder: TempDir,
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
        site(folder.path());
        put_keyring(&folder.path().join("keyring.json"));
        let mut serve = serve(folder.path());
        change(&mut serve);
        let running = run(folder.path(), limits, &serve).await;
        let added = running.server.storage.add_journal(JournalKind::Neighbourhood, "Rivierenwijk").await.unwrap();
        Self { folder, running, neighbourhood: added.unwrap() }
    }

    /// Stops it and starts it again on the same file.
    pub async fn restart(self) -> Self {
        self.running.stop().await.unwrap();
        let running = run(self.folder.path(), Limits::default(), &serve(self.folder.path())).await;
        Self { running, ..self }
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

async fn run(folder: &Path, attempts: Limits, serve: &Serve) -> Running {
    let mut data = Data::sqlite(&folder.join("waakvlam.db"));
    data.attempts = attempts;
    start(&data, serve).await.unwrap()
}

fn serve(folder: &Path) -> Serve {
    Serve {
        listen: ([127, 0, 0, 1], 0).into(),
        site: folder.join("dist"),
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
