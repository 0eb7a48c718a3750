//! What an account's database looks like. Steps are numbered and never edited: a new version is one more `upgrade_n_to_m`, and
//! one more fixture in `tests/stores/released/`, from which every later version is tested to open.
//!
//! | store | key | value |
//! |---|---|---|
//! | `counter` | `"now"` | device, the next n, its round: the number of this device id among those that were here, for the order of the outbox |
//! | `outbox` | \[device, n\] | an unsent entry, sealed; index `id`. How far it is stands here as it was when it was added; what was marked since is in `notes` |
//! | `cursors` | journal | how far it was pulled (JSON) |
//! | `segments` | \[journal, first\] | pulled lines, sealed |
//! | `keys` | journal, or `"outbox"` | a data key, wrapped |
//! | `notes` | name | a string; `mark:…` is what was acknowledged of the outbox, in the order of marking |
//! | `records` | name | sealed bytes |

use futures::FutureExt as _;
use idb::{Database, Error, IndexParams, KeyPath, ObjectStoreParams};
use uuid::Uuid;

use super::connection::Schema;
use super::rows;
use crate::domain::DeviceId;

/// The counter's store and its one key.
pub const COUNTER: &str = "counter";
/// Unsent entries.
pub const OUTBOX: &str = "outbox";
/// The index of the outbox by the entry's id.
pub const OUTBOX_ID: &str = "id";
/// How far each journal was pulled.
pub const CURSORS: &str = "cursors";
/// Pulled lines.
pub const SEGMENTS: &str = "segments";
/// Wrapped data keys.
pub const KEYS: &str = "keys";
/// Small things that need no seal.
pub const NOTES: &str = "notes";
/// Small sealed things.
pub const RECORDS: &str = "records";

/// An account's database.
pub const ACCOUNT: Schema = Schema { steps: &[|to| async move { upgrade_0_to_1(&to.database) }.boxed_local()] };

/// The list of accounts on this phone.
pub const ACCOUNTS: Schema = Schema { steps: &[|to| async move { accounts_0_to_1(&to.database) }.boxed_local()] };

fn upgrade_0_to_1(database: &Database) -> Result<(), Error> {
    let counter = database.create_object_store(COUNTER, ObjectStoreParams::new())?;
    counter.add(&rows::counter(DeviceId(Uuid::new_v4()), 1, 1), Some(&rows::now()))?;
    let outbox = database.create_object_store(OUTBOX, ObjectStoreParams::new())?;
    outbox.create_index(OUTBOX_ID, KeyPath::new_single("id"), Some(IndexParams::new()))?;
    for name in [CURSORS, SEGMENTS, KEYS, NOTES, RECORDS] {
        database.create_object_store(name, ObjectStoreParams::new())?;
    }
    Ok(())
}

fn accounts_0_to_1(database: &Database) -> Result<(), Error> {
    database.create_object_store("accounts", ObjectStoreParams::new()).map(drop)
}
