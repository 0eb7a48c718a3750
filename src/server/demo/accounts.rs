//! The accounts of the demonstration: phrases drawn anew for every database, shown once and kept in one file.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use rand::TryRngCore as _;

use crate::domain::{Role, passphrase};

const LIST: &str = include_str!("../../../public/words.txt");

/// Somebody to sign in as.
pub struct DemoAccount {
    /// What to sign in with.
    pub login_name: &'static str,
    /// What colleagues see.
    pub name: &'static str,
    /// What they are.
    pub role: Role,
    /// The five words.
    pub phrase: String,
}

/// Everybody to sign in as. Shows as a table.
pub struct DemoAccounts(pub Vec<DemoAccount>);

impl fmt::Debug for DemoAccounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DemoAccounts ({}, secret)", self.0.len())
    }
}

impl fmt::Display for DemoAccounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Demonstration accounts: sign in with the login name and the five words.\n")?;
        writeln!(f, "  {:<12}{:<15}five words", "login name", "role")?;
        for account in &self.0 {
            writeln!(f, "  {:<12}{:<15}{}", account.login_name, account.role.as_str(), account.phrase)?;
        }
        Ok(())
    }
}

impl DemoAccounts {
    /// Writes the table to a file that only its owner can read.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        write!(file, "{self}")?;
        file.sync_all()
    }
}

/// Five words, each as likely as any other.
pub(super) fn draw_phrase() -> String {
    let words: Vec<&str> = LIST.lines().collect();
    let mut random = rand::rngs::OsRng.unwrap_err();
    let drawn = std::iter::from_fn(|| Some(rand::RngCore::next_u32(&mut random)))
        .filter_map(passphrase::index)
        .filter_map(|index| words.get(index).copied());
    drawn.take(passphrase::WORDS).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_five_words_that_read_as_typed() {
        assert_eq!(LIST.lines().count(), passphrase::LIST);
        let phrase = draw_phrase();
        assert!(passphrase::is_complete(&passphrase::normalise(&phrase)));
        assert_eq!(passphrase::normalise(&phrase), phrase);
        assert_ne!(phrase, draw_phrase());
    }
}
