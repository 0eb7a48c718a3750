//! `waakvlam backup` and `waakvlam restore`.
//!
//! A backup is one SQLite file, made while the server runs, and read back to its last entry before it gets its name. The keyring is not in it:
//! it stands outside, is copied apart, and a restore never touches it.
//!
//! A restore replaces the file in one step or not at all, keeps the file that was there, and begins a new epoch, so that every phone notices.
//! On PostgreSQL its own tools do the copying; what is left for us is the epoch (`--in-place`).

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::config::Data;
use super::erasures::List;
use super::in_use::InUse;
use super::keyring::Keyring;
use super::storage::backup::{self, Facts, with_end};
use super::{open, storage};

/// What to back up.
#[derive(Clone, Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub struct Backup {
    /// Where the database's copy goes: a new file, or a folder, in which it is named by date and time
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Where the keyring's copy goes, apart from the database's: a new file, or a folder
    #[arg(long, value_name = "FILE")]
    pub keyring_to: Option<PathBuf>,
}

/// What to restore.
#[derive(Clone, Debug, clap::Args)]
pub struct Restore {
    /// A file that `waakvlam backup` made
    #[arg(required_unless_present = "in_place", conflicts_with = "in_place")]
    pub file: Option<PathBuf>,
    /// Also where there is a database; it is kept beside the new one
    #[arg(long, conflicts_with = "in_place")]
    pub replace: bool,
    /// The database was put back by other means (pg_restore, a snapshot of the disk): begin the new epoch
    #[arg(long)]
    pub in_place: bool,
}

impl Backup {
    /// Makes the copies; says what is in them.
    ///
    /// # Errors
    /// When something can't be read or written, or a copy is not good: nothing is left behind then.
    pub(super) async fn run(&self, data: &Data, now: DateTime<Utc>) -> anyhow::Result<String> {
        let mut said = String::new();
        if let Some(to) = &self.to {
            let database = data.sqlite_file().context(
                "this database is PostgreSQL: back it up with pg_dump (OPERATING.md says how), and the keyring with --keyring-to alone",
            )?;
            anyhow::ensure!(database.is_file(), "there is no database {}", database.display());
            let to = named(to, "waakvlam", now, "db");
            let keyring = Keyring::load(&data.keyring_path())?;
            let facts = write_new(&to, async |draft| {
                backup::copy(&database, draft).await.with_context(|| format!("copying {}", database.display()))?;
                Ok(backup::check(draft, &keyring).await?)
            });
            let facts = facts.await.with_context(|| format!("writing the backup {}", to.display()))?;
            if keyring.fingerprint() != facts.keyring {
                fs::remove_file(&to)?;
                anyhow::bail!("the keyring {} belongs to another database; nothing was backed up", data.keyring_path().display());
            }
            let _ = writeln!(said, "Backed up to {}: {}. Checked to the last entry.", to.display(), words(&facts));
        }
        if let Some(to) = &self.keyring_to {
            let from = data.keyring_path();
            Keyring::load(&from)?;
            let to = named(to, "keyring", now, "json");
            let written = write_new(&to, async |draft| Ok(fs::write(draft, fs::read(&from)?)?)).await;
            written.with_context(|| format!("writing the keyring's copy {}", to.display()))?;
            let _ = writeln!(said, "The keyring's copy is {}.", to.display());
            // Read first: half a list is no copy.
            let (list, copy) = (List::beside(&from), List::beside(&to));
            let erasures = list.read()?.len();
            if erasures > 0 {
                let written = write_new(copy.path(), async |draft| Ok(fs::write(draft, list.bytes()?)?)).await;
                written.with_context(|| format!("writing the copy of the list of erasures {}", copy.path().display()))?;
                let _ = writeln!(said, "The list of erasures ({erasures}) is {}.", copy.path().display());
            }
            if self.to.as_ref().is_some_and(|other| folder(other) == folder(&to)) {
                said.push_str("Keep the two apart: who has both can read what phones send.\n");
            }
        }
        Ok(said)
    }
}

impl Restore {
    /// Puts a backup in the place of the database; says what was done.
    ///
    /// # Errors
    /// When the database is in use, the backup is not good or its keyring is another: nothing is changed then.
    pub(super) async fn run(&self, data: &Data, now: DateTime<Utc>) -> anyhow::Result<String> {
        let said = match (&self.file, data.sqlite_file()) {
            (None, database) => in_place(data, database.as_deref()).await?,
            (Some(file), Some(database)) => restore(data, file, &database, self.replace, now).await?,
            (Some(_), None) => anyhow::bail!(
                "this database is PostgreSQL: put it back with pg_restore (OPERATING.md says how), then `waakvlam restore --in-place`"
            ),
        };
        Ok(said
            + "A new epoch has begun: every phone notices and keeps what it has. Everybody opens the app again with their five words.\n\
               Unused sign-up links no longer work (`waakvlam user link` makes new ones). What was changed at the office after the backup (accounts, grants, new phrases,\n\
               phones that were taken back) has to be done again.\n")
    }
}

async fn in_place(data: &Data, database: Option<&Path>) -> anyhow::Result<String> {
    match database {
        // Let go again, since opening takes it as one of several.
        Some(database) => drop(InUse::alone(database)?),
        None => {
            let others = storage::others(&data.database).await?;
            anyhow::ensure!(
                others == 0,
                "{others} connections of servers are open: stop them all first, they would keep the old epoch"
            );
        }
    }
    let server = open(data).await?;
    let began = server.storage.begin_epoch().await;
    server.storage.close().await;
    began?;
    Ok(String::new())
}

async fn restore(data: &Data, file: &Path, database: &Path, replace: bool, now: DateTime<Utc>) -> anyhow::Result<String> {
    let alone = InUse::alone(database)?;
    let is_there = database.exists();
    anyhow::ensure!(
        replace || !is_there,
        "there is a database {} already; --replace puts the backup in its place and keeps it beside",
        database.display()
    );
    let good = || format!("{} was not restored", file.display());
    if let Some(beside) = backup::beside(file) {
        return Err(backup::BackupError::InUse(beside)).with_context(good);
    }
    // All that can go wrong goes wrong on a draft beside the database.
    let draft = with_end(database, ".restoring");
    clear(&draft)?;
    let facts = prepare(data, file, &draft).await.inspect_err(|_| drop(clear(&draft))).with_context(good)?;
    let mut said = format!("Restored {} from {}: {}.\n", database.display(), file.display(), words(&facts));
    if is_there {
        let kept = with_end(database, &format!(".before-restore-{}", stamp(now)));
        set_aside(database, &kept).await.inspect_err(|_| drop(clear(&draft))).context("keeping the database that was there")?;
        let _ = writeln!(said, "The database that was there is {}. Remove it when you are sure.", kept.display());
    }
    fs::rename(&draft, database).context("putting the backup in its place")?;
    sync_folder(database)?;
    drop(alone);
    Ok(said)
}

/// A copy of the backup, checked, moved to this version, with its new epoch.
async fn prepare(data: &Data, file: &Path, draft: &Path) -> anyhow::Result<Facts> {
    private(draft)?;
    // Not `fs::copy`: that would take the rights of a backup that others may read.
    let copied =
        fs::File::open(file).and_then(|mut from| std::io::copy(&mut from, &mut fs::OpenOptions::new().write(true).open(draft)?));
    copied.with_context(|| format!("copying {}", file.display()))?;
    let keyring = Keyring::load(&data.keyring_path())?;
    let facts = backup::check(draft, &keyring).await?;
    anyhow::ensure!(
        keyring.fingerprint() == facts.keyring,
        "the keyring {} belongs to another database; put back the one that belongs to this backup, or name it with --keyring",
        data.keyring_path().display()
    );
    let storage = storage::open(&format!("sqlite://{}", draft.display())).await?;
    // What was erased since the backup was made is out of the draft before anybody has it.
    let prepared = async {
        super::unlock(&*storage, &keyring).await?;
        List::beside(&data.keyring_path()).agree(&*storage, &keyring).await?;
        storage.wipe().await?;
        anyhow::Ok(storage.begin_epoch().await?)
    };
    let prepared = prepared.await;
    storage.close().await;
    prepared?;
    backup::fold(draft).await?;
    fs::File::open(draft)?.sync_all()?;
    Ok(facts)
}

/// Keeps the old file under another name; it stays in its place too, whole, until the new one takes it.
async fn set_aside(database: &Path, kept: &Path) -> anyhow::Result<()> {
    let whole = backup::fold(database).await;
    fs::hard_link(database, kept)?;
    if whole.is_err() {
        // Too damaged to be opened: what lies beside it goes with it as it is.
        for end in ["-wal", "-journal"] {
            if with_end(database, end).exists() {
                fs::rename(with_end(database, end), with_end(kept, end))?;
            }
        }
    }
    // Never read with the new file.
    for end in ["-wal", "-journal", "-shm"] {
        remove(&with_end(database, end))?;
    }
    sync_folder(database)
}

/// Writes a file under another name, and gives it its own when it is whole and on the disk. Never over a file that is there.
async fn write_new<T>(to: &Path, write: impl AsyncFnOnce(&Path) -> anyhow::Result<T>) -> anyhow::Result<T> {
    anyhow::ensure!(!to.exists(), "there is such a file already");
    let draft = with_end(to, ".part");
    clear(&draft)?;
    private(&draft)?;
    let written = async {
        let written = write(&draft).await?;
        fs::File::open(&draft)?.sync_all()?;
        fs::rename(&draft, to)?;
        anyhow::Ok(written)
    };
    let written = written.await;
    clear(&draft)?;
    let written = written?;
    sync_folder(to)?;
    Ok(written)
}

/// An empty file that only its owner reads.
fn private(file: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Removes a draft with what SQLite left beside it.
fn clear(draft: &Path) -> std::io::Result<()> {
    for end in ["", "-wal", "-journal", "-shm"] {
        remove(&with_end(draft, end))?;
    }
    Ok(())
}

fn remove(file: &Path) -> std::io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn folder(file: &Path) -> &Path {
    let folder = if file.is_dir() { Some(file) } else { file.parent() };
    folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A new name is on the disk when its folder is.
fn sync_folder(file: &Path) -> anyhow::Result<()> {
    fs::File::open(folder(file)).and_then(|folder| folder.sync_all()).context("writing the folder")
}

/// In a folder, a file is named for you; two of one second, too.
fn named(to: &Path, kind: &str, now: DateTime<Utc>, end: &str) -> PathBuf {
    if !to.is_dir() {
        return to.to_owned();
    }
    let file = |more: &str| to.join(format!("{kind}-{}{more}.{end}", stamp(now)));
    let names = std::iter::once(file("")).chain((2..100).map(|number| file(&format!("-{number}"))));
    names.into_iter().find(|name| !name.exists()).unwrap_or_else(|| file(""))
}

fn stamp(now: DateTime<Utc>) -> String {
    now.format("%Y%m%dT%H%M%SZ").to_string()
}

fn words(facts: &Facts) -> String {
    let last = facts.last.map_or_else(String::new, |last| format!(", the last of {} UTC", last.format("%Y-%m-%d %H:%M")));
    format!("{} journals, {} entries{last}", facts.journals, facts.entries)
}
