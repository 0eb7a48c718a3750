//! What the office runs.
//!
//! A request goes `router` → a handler (extract, authorise, one call, reply) → [`accounts`],
//! `pushes` or `pulls` → [`storage`]. Decisions about entries are taken by [`crate::sync::intake`], rights by
//! [`crate::domain::rights`]; SQL stands in [`storage`] only.
//!
//! | file | what it promises |
//! |---|---|
//! | `router` | every route on one screen; everything is denied unless an extractor lets it pass. Who gets what: `rights.md` beside it |
//! | `extract` | who is asking: a session, an administrator, a device |
//! | [`openapi`] | the API described, from the code |
//! | `problem` | every error is `problem+json`, in Dutch, and says what is safe |
//! | `pushes` | sealed records opened, judged, stored, answered |
//! | `restored` | after a restore: the last common number, and what phones give back |
//! | `pulls` | a page of a journal, for who may read it |
//! | `summaries` | a closed quarter counted once, kept, and read by the committee |
//! | [`accounts`] | users, links, sign-in |
//! | [`keyring`] | the secrets that stand outside the database |
//! | `erasures` | the list of what was erased, which no restore rolls back, and the database agree |
//! | `erase` | `waakvlam erase`: shown first, then done |
//! | `wishes` | "wil geen contact" is carried out: all but "niet aanbellen" is erased |
//! | [`subject_keys`] | a key for each subject, and a way to lose one for ever |
//! | [`backup`] | a copy beside a running server; a restore that happens or does not |
//! | `in_use` | nobody replaces a database that somebody has open |
//! | `credentials` | drawn secrets: random, hashed at rest |
//! | `neighbourhoods` | what the command line does with neighbourhoods |
//! | `attempts` | how often somebody may try, how much a phone may push |
//! | `connections` | how many at once, and how long a slow one may take |
//! | `ready` | whether requests are welcome |
//! | `peer` | who a request really comes from, behind a proxy too |
//! | `headers` | what every answer says about itself, and what it may be |
//! | `people` | what the command line does with people |
//! | `site` | the app's own files |
//! | `builds` | the files of the two builds before, for apps that were not updated yet |
//! | [`places`] | a file of doors becomes entries: all of it, or nothing |
//! | `status` | numbers for whoever watches, and nobody's name |
//! | [`demo`] | one fictional neighbourhood |

pub mod accounts;
mod attempts;
pub mod backup;
mod builds;
pub mod cli;
pub mod config;
mod connections;
mod credentials;
pub mod demo;
mod directory;
mod erase;
mod erasures;
mod extract;
mod handlers;
mod headers;
mod in_use;
pub mod keyring;
mod neighbourhoods;
pub mod openapi;
mod peer;
mod people;
pub mod places;
mod problem;
mod pulls;
mod pushes;
mod ready;
mod rescue;
mod restored;
mod router;
mod run;
mod site;
mod status;
pub mod storage;
pub mod subject_keys;
mod summaries;
mod wishes;

use std::sync::Arc;

pub use run::{Running, start};
use storage::{Installation, Storage};

use config::Data;
use keyring::Keyring;

/// What every request may use.
pub struct Server {
    /// The database.
    pub storage: Arc<dyn Storage>,
    /// The secrets outside it.
    pub keyring: Keyring,
    /// Which installation this is, and its epoch.
    pub installation: Installation,
    /// What was erased; stands beside the keyring.
    pub(crate) erasures: erasures::List,
    attempts: attempts::Attempts,
    ready: ready::Ready,
    wishes: wishes::Wishes,
    _in_use: Option<in_use::InUse>,
}

/// Gives the database the keys to what is written in it.
async fn unlock(storage: &dyn Storage, keyring: &Keyring) -> anyhow::Result<()> {
    let ours = storage.unlock(keyring.subjects().clone()).await?;
    anyhow::ensure!(ours, "the subject keys in the keyring are not those of this database: put back a copy of its own keyring");
    Ok(())
}

/// Opens the database, moves it to this version, and takes the keyring that belongs to it; both are made where
/// there is neither. What the list of erasures says is carried out where the database does not have it.
///
/// # Errors
/// When the database does not open, or when the keyring of an existing database is missing or another one: nothing is
/// made then, since receipts and outbox keys would be lost. Also when what was erased can't be taken out of a database that has it.
pub async fn open(data: &Data) -> anyhow::Result<Server> {
    let in_use = data.sqlite_file().map(|file| in_use::InUse::shared(&file)).transpose()?;
    let storage = storage::open(&data.database).await?;
    let path = data.keyring_path();
    let (keyring, installation) = match storage.installation().await? {
        Some(installation) => (Keyring::load(&path)?, installation),
        None => {
            let keyring = Keyring::load_or_create(&path)?;
            let installation = storage.found(keyring.fingerprint()).await?;
            (keyring, installation)
        }
    };
    anyhow::ensure!(
        keyring.fingerprint() == installation.keyring,
        "the keyring {} belongs to another database; put back the one that belongs to this one",
        path.display()
    );
    unlock(&*storage, &keyring).await?;
    let erasures = erasures::List::beside(&path);
    erasures.agree(&*storage, &keyring).await?;
    Ok(Server {
        storage,
        keyring,
        installation,
        erasures,
        attempts: attempts::Attempts::new(data.attempts),
        ready: ready::Ready::default(),
        wishes: wishes::Wishes::default(),
        _in_use: in_use,
    })
}
