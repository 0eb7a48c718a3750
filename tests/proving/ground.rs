//! An installation to prove things on: a database, a keyring, journals, and phones that may push to them.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;
use waakvlam::domain::{JournalId, JournalKind, Role};
use waakvlam::server::accounts::NewAccount;
use waakvlam::server::config::Data;

use super::office::{Office, Starting};
use super::support::postgres::Postgres;
use super::support::{Phone, code, put_keyring};

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}

/// The server: `WAAKVLAM_SERVER`, else the one that was built with the tests.
pub fn program() -> PathBuf {
    std::env::var_os("WAAKVLAM_SERVER").map_or_else(|| env!("CARGO_BIN_EXE_waakvlam").into(), PathBuf::from)
}

/// See the module.
pub struct Ground {
    pub folder: TempDir,
    /// Its PostgreSQL, which waits for its disk as an office's does.
    pub postgres: Option<Postgres>,
    pub data: Data,
    pub journals: Vec<JournalId>,
    links: Vec<String>,
}

impl Ground {
    /// Founds one with so many journals, each with a worker of its own.
    pub async fn found(kind: Kind, journals: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut data = Data::sqlite(&folder.path().join("waakvlam.db"));
        data.keyring = Some(folder.path().join("keyring.json"));
        let postgres = (kind == Kind::Postgres).then(|| Postgres::start(true));
        if let Some(postgres) = &postgres {
            data.database = postgres.database().await;
        }
        put_keyring(&data.keyring_path());
        let mut ground = Self { folder, postgres, data, journals: Vec::new(), links: Vec::new() };
        let server = waakvlam::server::open(&ground.data).await.unwrap();
        for i in 0..journals {
            let name = format!("Buurt {i}");
            let journal = server.storage.add_journal(JournalKind::Neighbourhood, &name).await.unwrap().unwrap();
            let (login_name, name) = (format!("wijkwerker.{i}"), format!("Werker {i}"));
            let account = NewAccount { login_name, name, role: Role::Worker, journals: vec![journal], login_key: None };
            let (_, link) = server.add_account(&account).await.unwrap();
            ground.journals.push(journal);
            ground.links.push(code(&link.unwrap()));
        }
        server.storage.close().await;
        ground
    }

    /// Starts a server on it.
    pub fn start(&self) -> Starting {
        let mut command = Command::new(program());
        command.current_dir(self.folder.path()).arg("--database").arg(&self.data.database);
        command.arg("--keyring").arg(self.data.keyring_path()).args(["serve", "--listen", "127.0.0.1:0", "--site", "."]);
        Starting::spawn(&mut command)
    }

    /// Starts a server on it and waits until it serves.
    pub fn serve(&self) -> Office {
        self.start().serves()
    }

    /// So many phones for each journal; by journal.
    pub async fn phones(&self, office: &Office, each: usize) -> Vec<Vec<Phone>> {
        let mut all = Vec::new();
        for (i, link) in self.links.iter().enumerate() {
            let first = Phone::enrol(&office.base(), link).await;
            let mut phones = Vec::new();
            for _ in 1..each {
                phones.push(Phone::sign_in(&office.base(), &format!("wijkwerker.{i}"), &first.login_key).await);
            }
            phones.push(first);
            all.push(phones);
        }
        all
    }

    /// What the database says of itself: nothing is broken. No server may run.
    pub async fn is_sound(&self) {
        if self.postgres.is_some() {
            let pool = sqlx::PgPool::connect(&self.data.database).await.unwrap();
            sqlx::query("CREATE EXTENSION IF NOT EXISTS amcheck").execute(&pool).await.unwrap();
            // Fails at what is wrong with an index: its order, and that it holds every row.
            let indexes = "SELECT bt_index_check(index.indexrelid, true) FROM pg_index index
                           JOIN pg_class class ON class.oid = index.indexrelid WHERE relnamespace = 'public'::regnamespace";
            let indexes = sqlx::query(indexes).fetch_all(&pool).await.unwrap();
            assert!(indexes.len() > 10, "amcheck looked at {} indexes", indexes.len());
            let wrong = "SELECT msg FROM pg_class, LATERAL verify_heapam(oid) WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
            let wrong: Vec<String> = sqlx::query_scalar(wrong).fetch_all(&pool).await.unwrap();
            pool.close().await;
            assert!(wrong.is_empty(), "amcheck: {wrong:?}");
            return;
        }
        let pool = sqlx::SqlitePool::connect(&self.data.database).await.unwrap();
        let words: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&pool).await.unwrap();
        let strangers = sqlx::query("PRAGMA foreign_key_check").fetch_all(&pool).await.unwrap();
        pool.close().await;
        assert_eq!(words, ["ok"], "integrity_check");
        assert!(strangers.is_empty(), "foreign_key_check finds {}", strangers.len());
    }

    /// What lies apart in all journals.
    pub async fn set_apart(&self) -> usize {
        let server = waakvlam::server::open(&self.data).await.unwrap();
        let mut count = 0;
        for journal in &self.journals {
            count += server.storage.quarantined(*journal).await.unwrap().len();
        }
        server.storage.close().await;
        count
    }
}
