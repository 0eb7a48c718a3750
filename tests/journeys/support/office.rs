//! The office: the real server process with a database of its own, and its command line.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::{free_port, until};

/// The server: `WAAKVLAM_SERVER`, else the one that was built with the tests.
fn program() -> PathBuf {
    std::env::var_os("WAAKVLAM_SERVER").map_or_else(|| env!("CARGO_BIN_EXE_waakvlam").into(), PathBuf::from)
}

/// See the module. Stops when dropped.
pub struct Office {
    folder: TempDir,
    site: PathBuf,
    port: u16,
    process: Option<Child>,
}

impl Office {
    /// An empty database; nobody serves it yet.
    pub fn found(site: PathBuf) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder, site, port: free_port(), process: None }
    }

    /// Where phones find it: localhost, which browsers trust as they trust https.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The database as a URL.
    pub fn database(&self) -> String {
        format!("sqlite://{}", self.folder.path().join("waakvlam.db").display())
    }

    /// The secrets beside the database.
    pub fn keyring(&self) -> PathBuf {
        self.folder.path().join("keyring.json")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }

    /// A file beside the database.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command.arg("--database").arg(self.database()).arg("--keyring").arg(self.keyring());
        command
    }

    /// Runs a command of the server's command line; gives what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.command().args(arguments).output().expect("the server's command line runs");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "`waakvlam {}` failed: {printed}{complaints}", arguments.join(" "));
        printed
    }

    /// Makes a colleague; gives their one-time link.
    pub fn add_user(&self, login_name: &str, name: &str, role: &str, neighbourhood: Option<&str>) -> String {
        let mut arguments = vec!["user", "add", "--login-name", login_name, "--name", name, "--role", role];
        if let Some(neighbourhood) = neighbourhood {
            arguments.extend(["--neighbourhood", neighbourhood]);
        }
        self.link(&self.run(&arguments))
    }

    /// The link in what was printed, with our own address.
    pub fn link(&self, printed: &str) -> String {
        let code = printed.split("/aanmelden#").nth(1).and_then(|rest| rest.split_whitespace().next());
        let code = code.unwrap_or_else(|| panic!("no link in {printed:?}"));
        format!("{}/aanmelden#{code}", self.origin())
    }

    /// From now on another build of the app is served.
    pub fn serve(&mut self, site: PathBuf) {
        self.site = site;
    }

    /// Starts to serve, on the same port every time, and waits until it answers.
    pub async fn open(&mut self) {
        assert!(self.process.is_none(), "the office is open already");
        let log = File::options().create(true).append(true).open(self.log()).expect("a log");
        let process = self
            .command()
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--site"])
            .arg(&self.site)
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .expect("the server starts");
        self.process = Some(process);
        let answers = until(async || reqwest::get(self.origin()).await.is_ok_and(|answer| answer.status().is_success())).await;
        assert!(answers, "the server does not serve the app:\n{}", self.last_words());
    }

    /// Stops at once, as in a power cut.
    pub fn close(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// What stands at the end of the log.
    pub fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    /// How many entries of a kind the server holds: from its database.
    pub async fn entries(&self, kind: &str) -> i64 {
        self.query("SELECT count(*) FROM entries WHERE kind = ?", kind).await[0]
    }

    /// How many entries the server holds in all.
    pub async fn all_entries(&self) -> i64 {
        self.query("SELECT count(*) FROM entries WHERE kind <> ?", "").await[0]
    }

    /// The number that each entry of a kind has on its device, for the device that wrote the last one.
    pub async fn numbers(&self, kind: &str) -> Vec<i64> {
        let sql =
            "SELECT n FROM entries WHERE kind = ? AND device = (SELECT device FROM entries ORDER BY received_at DESC LIMIT 1)";
        self.query(sql, kind).await
    }

    /// The numbers of all entries that a device has sent, in order.
    pub async fn numbers_of(&self, device: &str) -> Vec<i64> {
        let sql = "SELECT n FROM entries WHERE lower(hex(device)) = ? ORDER BY n";
        self.query(sql, &device.replace('-', "")).await
    }

    async fn query(&self, sql: &'static str, kind: &str) -> Vec<i64> {
        let pool = sqlx::SqlitePool::connect(&self.database()).await.expect("the server's database opens");
        let rows = sqlx::query_scalar(sql).bind(kind).fetch_all(&pool).await;
        pool.close().await;
        rows.expect("the server's database can be read")
    }

    /// Changes something in the database that no command changes.
    pub async fn meddle(&self, sql: &'static str) {
        let pool = sqlx::SqlitePool::connect(&self.database()).await.expect("the server's database opens");
        let done = sqlx::query(sql).execute(&pool).await;
        pool.close().await;
        done.expect("the database can be changed");
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.close();
        if std::thread::panicking() {
            println!("the server's last words:\n{}", self.last_words());
        }
    }
}
