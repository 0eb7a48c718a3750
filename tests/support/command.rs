//! The real binary, as an operator runs it.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use waakvlam::server::config::Data;

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub good: bool,
    pub out: String,
    pub err: String,
}

/// Runs the binary on the database of a folder.
pub fn waakvlam(folder: &Path, arguments: &[&str]) -> Said {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_waakvlam"))
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("DATABASE_URL", "sqlite://waakvlam.db")
        .args(arguments)
        .output()
        .unwrap();
    Said { good: status.success(), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
}

/// Runs it, and expects it to succeed.
pub fn done(folder: &Path, arguments: &[&str]) -> String {
    let said = waakvlam(folder, arguments);
    assert!(said.good, "{arguments:?}: {said:?}");
    said.out
}

/// A server process that does not outlive its test.
pub struct Served {
    pub base: String,
    child: Child,
}

impl Served {
    /// The real binary on the SQLite file of a folder.
    pub fn start(folder: &Path) -> Self {
        Self::start_on(&Data::sqlite(&folder.join("waakvlam.db")), folder)
    }

    /// The real binary on a database, with the site of a folder.
    pub fn start_on(data: &Data, folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_waakvlam"))
            .args(["--database", &data.database, "--keyring", &data.keyring_path().display().to_string()])
            .args(["serve", "--listen", "127.0.0.1:0", "--site", &folder.join("dist").display().to_string()])
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("serving on"))).unwrap().unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        let base = line.split("serving on ").nth(1).unwrap().trim().to_owned();
        Self { base, child }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // SIGKILL: nothing is finished, nothing is said.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
