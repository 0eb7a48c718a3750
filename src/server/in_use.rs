//! Who has the database file open. SQLite would let a file be replaced under a server that runs; a lock beside it does not. The kernel
//! takes the lock back when a process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use anyhow::Context as _;

use super::storage::backup::with_end;

/// Held as long as the file is open.
#[derive(Debug)]
pub(super) struct InUse {
    _lock: File,
}

impl InUse {
    /// One of those who use it.
    pub(super) fn shared(database: &Path) -> anyhow::Result<Self> {
        let lock = file(database)?;
        match lock.try_lock_shared() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                anyhow::bail!("{} is being restored; try again when that is done", database.display())
            }
            Err(TryLockError::Error(error)) => Err(error).context("locking the database file"),
        }
    }

    /// The only one: for replacing it.
    pub(super) fn alone(database: &Path) -> anyhow::Result<Self> {
        let lock = file(database)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => anyhow::bail!(
                "{} is in use: stop the server (`systemctl stop waakvlam`) and wait for other commands to end",
                database.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).context("locking the database file"),
        }
    }
}

fn file(database: &Path) -> anyhow::Result<File> {
    let path = with_end(database, ".lock");
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    }
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path).with_context(|| format!("opening {}", path.display()))
}
