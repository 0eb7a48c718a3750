//! A PostgreSQL of the tests' own, from Debian's package: started once a process, gone with it, however it ends.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use uuid::Uuid;

/// One PostgreSQL.
pub struct Postgres {
    folder: String,
    said: BufReader<ChildStdout>,
    told: Option<ChildStdin>,
    keeper: Child,
}

impl Postgres {
    /// Starts one. `durable` asks it to wait for its disk, as an office's does.
    pub fn start(durable: bool) -> Self {
        let script = include_str!("postgres.sh");
        let fsync = if durable { "on" } else { "off" };
        // PostgreSQL refuses to run as root.
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        // A group of its own: Ctrl-C ends the tests, and their end ends this.
        command.args(["-c", script, "sh", fsync]).process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = command.spawn().expect("a shell to start PostgreSQL in");
        let mut said = BufReader::new(keeper.stdout.take().unwrap());
        let folder = line(&mut said);
        assert!(folder.starts_with('/'), "PostgreSQL did not start; what it said stands above");
        let told = keeper.stdin.take();
        Self { folder, said, told, keeper }
    }

    /// A new, empty database: its URL.
    pub async fn database(&self) -> String {
        let name = format!("t{}", Uuid::new_v4().simple());
        let mut maintenance = PgConnection::connect(&self.url("postgres")).await.unwrap();
        maintenance.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        maintenance.close().await.unwrap();
        self.url(&name)
    }

    fn url(&self, name: &str) -> String {
        format!("postgres://waakvlam@localhost/{name}?host={}", self.folder)
    }

    /// Stops it at once, as if it was killed.
    pub fn stop(&mut self) {
        self.tell("stop");
    }

    /// Starts it again, on what it had written.
    pub fn start_again(&mut self) {
        self.tell("start");
    }

    fn tell(&mut self, word: &str) {
        writeln!(self.told.as_mut().unwrap(), "{word}").unwrap();
        assert_eq!(line(&mut self.said), "done", "PostgreSQL: {word}");
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.told.take());
        let _ = self.keeper.wait();
    }
}

/// A new, empty database in the PostgreSQL of this process, which forgets faster than a disk writes.
pub async fn database() -> String {
    static SHARED: OnceLock<Postgres> = OnceLock::new();
    let postgres = SHARED.get_or_init(|| Postgres::start(false));
    postgres.database().await
}

fn line(from: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("`id` says who we are");
    id.stdout.trim_ascii() == b"0"
}
