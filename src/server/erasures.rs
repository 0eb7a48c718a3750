//! The list of what was erased. It stands in a file beside the keyring, so that no restore of the database rolls it back: ids, and no word
//! of what was written.
//!
//! A line is durable here before the database carries it out. The database keeps what it carried out, so that every push and offer is held
//! against it, at every server. List and database are made to agree at every start, before anything is served, and every minute after that: what one of
//! them lacks, it gets. So a database that was put back is mended, a command that was killed half-way is finished, and of several servers
//! each has the list in its own file soon after one of them erased something.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::Duration;

use anyhow::Context as _;
use chrono::Utc;
use tokio::sync::Notify;
use uuid::Uuid;

use super::Server;
use super::keyring::{Keyring, give_to_owner_of};
use super::storage::{Erasing, Storage};
use super::wishes;
use crate::domain::Subject;

/// So often a running server looks whether another one, or a command, erased something.
const AGAIN: Duration = Duration::from_secs(60);

/// The file: a line of JSON for each erasure, only ever added to.
#[derive(Clone, Debug)]
pub(crate) struct List {
    path: PathBuf,
}

impl List {
    /// The list that belongs to a keyring: `keyring.erasures` beside `keyring.json`.
    pub(super) fn beside(keyring: &Path) -> Self {
        Self { path: keyring.with_extension("erasures") }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// As it is on the disk; empty where nothing was erased yet.
    pub(super) fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        match std::fs::read(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            read => read.with_context(|| format!("reading the list of erasures {}", self.path.display())),
        }
    }

    /// All that was erased, in the order of the list.
    ///
    /// # Errors
    /// When the file can't be read, or a line is not one of ours: what was erased would come back.
    pub(super) fn read(&self) -> anyhow::Result<Vec<Erasing>> {
        lines(&self.bytes()?)
            .with_context(|| format!("the list of erasures {} is damaged: put back its copy", self.path.display()))
    }

    /// Adds what is not on it yet. It is on the disk when this returns.
    ///
    /// # Errors
    /// When it can't be written; then nothing may be erased.
    pub(super) fn add(&self, erasings: &[Erasing]) -> anyhow::Result<()> {
        self.try_add(erasings).with_context(|| format!("writing the list of erasures {}", self.path.display()))
    }

    fn try_add(&self, erasings: &[Erasing]) -> anyhow::Result<()> {
        if erasings.is_empty() {
            return Ok(());
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        give_to_owner_of(folder, &file);
        // One writer at a time: a command and the servers of this machine share the file.
        file.lock()?;
        let mut held = Vec::new();
        file.read_to_end(&mut held)?;
        let known: BTreeSet<Uuid> = lines(&held)?.into_iter().map(|erasing| erasing.id).collect();
        let mut more = Vec::new();
        for erasing in erasings.iter().filter(|erasing| !known.contains(&erasing.id)) {
            serde_json::to_writer(&mut more, erasing)?;
            more.push(b'\n');
        }
        // A line that was cut off was never said to be written.
        let end = whole(&held).len() as u64;
        file.set_len(end)?;
        file.seek(std::io::SeekFrom::Start(end))?;
        file.write_all(&more)?;
        file.sync_all()?;
        Ok(File::open(folder)?.sync_all()?)
    }

    /// Has the database carry out what stands here, and takes over what the database knows.
    ///
    /// # Errors
    /// When either fails: then nothing may be served. Bytes that could not be wiped yet are no error; that is tried again.
    pub(super) async fn agree(&self, storage: &dyn Storage, keyring: &Keyring) -> anyhow::Result<()> {
        let known = storage.erasures().await?;
        let listed = self.read()?;
        let has = |all: &[Erasing], one: &Erasing| all.iter().any(|other| other.id == one.id);
        let lacking: Vec<Erasing> = known.iter().filter(|one| !has(&listed, one)).cloned().collect();
        self.add(&lacking)?;
        for erasing in listed.iter().filter(|one| !has(&known, one)) {
            let taken = storage.erase(erasing).await.context("carrying out an erasure")?;
            tracing::info!(taken, "an erasure was carried out that this database did not know");
        }
        let subjects: Vec<Subject> = known.iter().chain(&listed).filter_map(|erasing| erasing.subject).collect();
        keyring.lose(&subjects)?;
        if let Err(why) = storage.wipe().await {
            tracing::warn!(why = %why, "what was erased is not out of the database's files yet; tried again within a minute");
        }
        Ok(())
    }
}

/// As far as lines end.
fn whole(bytes: &[u8]) -> &[u8] {
    bytes.iter().rposition(|byte| *byte == b'\n').map_or(&[], |end| &bytes[..=end])
}

fn lines(bytes: &[u8]) -> Result<Vec<Erasing>, serde_json::Error> {
    whole(bytes).split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(serde_json::from_slice).collect()
}

/// As long as the server lives: every minute, and as soon as a wish to be left alone came in.
pub(super) async fn keep_agreeing(server: Weak<Server>, wish: Arc<Notify>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            () = wish.notified() => {}
        }
        let Some(server) = server.upgrade() else { return };
        if let Err(why) = server.erasures.agree(&*server.storage, &server.keyring).await {
            tracing::error!(why = %format!("{why:#}"), "the list of erasures and the database could not be made to agree");
        }
        if let Err(why) = wishes::grant(&server, Utc::now()).await {
            tracing::error!(why = %format!("{why:#}"), "a wish for no contact was not carried out; tried again within a minute");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::DateTime;

    use super::*;
    use crate::domain::{EntryId, JournalId, PersonId};

    fn erasing(n: u128) -> Erasing {
        let entries = BTreeMap::from([(JournalId(Uuid::from_u128(1)), BTreeSet::from([EntryId(Uuid::from_u128(n))]))]);
        let subject = Some(Subject::Person(PersonId(Uuid::from_u128(n))));
        Erasing { id: Uuid::from_u128(n), at: DateTime::UNIX_EPOCH, subject, entries }
    }

    #[test]
    fn what_is_added_stays_and_is_added_once() {
        let folder = tempfile::tempdir().unwrap();
        let list = List::beside(&folder.path().join("keyring.json"));
        assert_eq!(list.read().unwrap(), []);
        list.add(&[]).unwrap();
        assert!(!list.path().exists(), "nothing was erased: no file");
        let single = Erasing { subject: None, ..erasing(3) };
        list.add(&[erasing(2)]).unwrap();
        list.add(&[erasing(2), single.clone()]).unwrap();
        assert_eq!(list.read().unwrap(), [erasing(2), single]);
    }

    #[test]
    fn a_line_that_was_cut_off_was_never_written_and_spoils_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let list = List::beside(&folder.path().join("keyring.json"));
        list.add(&[erasing(1), erasing(2)]).unwrap();
        let all = list.bytes().unwrap();
        let first = all.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        for cut in first..all.len() - 1 {
            std::fs::write(list.path(), &all[..cut]).unwrap();
            assert_eq!(list.read().unwrap(), [erasing(1)], "cut at {cut}");
            list.add(&[erasing(3)]).unwrap();
            assert_eq!(list.read().unwrap(), [erasing(1), erasing(3)], "cut at {cut}");
        }
        std::fs::write(list.path(), b"{\"id\":1}\n").unwrap();
        assert!(list.read().is_err() && list.add(&[erasing(3)]).is_err(), "a damaged list is not gone over");
    }
}
