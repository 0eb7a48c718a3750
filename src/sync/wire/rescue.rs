//! The file in which a phone that can't keep an entry gives it away: sealed as in the outbox, so that only the server opens it.

use serde::{Deserialize, Serialize};

use super::Blob;
use crate::domain::{DeviceId, JournalId};

/// The version of the file.
pub const VERSION: u8 = 1;

/// A rescue file, as JSON. Nothing in it can be read: ids, numbers, and sealed bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rescue {
    /// [`VERSION`].
    pub waakvlam_rescue: u8,
    /// The phone's outbox key, encrypted to the server as in [`NewDevice`](super::NewDevice): for a server that lost the device in a restore.
    pub outbox_key: Option<Blob>,
    /// The records.
    pub records: Vec<Rescued>,
}

/// A record that could not be kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rescued {
    /// The device that sealed it; part of the seal.
    pub device: DeviceId,
    /// The journal it is for; part of the seal.
    pub journal: JournalId,
    /// Its number; part of the seal.
    pub n: u64,
    /// The entry, under the outbox key.
    pub sealed: Blob,
}
