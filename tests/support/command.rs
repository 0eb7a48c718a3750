//! The real binary, as an operator runs it.

use std::path::Path;
use std::process::{Command, Output};

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
