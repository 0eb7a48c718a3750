//! What a phone holds of a journal: how far it was pulled, and how far each unsent entry is.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chain::Bytes32;
use super::wire::Reason;
use crate::domain::JournalId;

/// How far an outbox record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// On this phone only.
    Waiting,
    /// Acknowledged under this number; it leaves when its page comes.
    Sent {
        /// Its number in the journal.
        seq: u64,
        /// The epoch that said so. An answer counts in the epoch that gave it: in another one the record is sent again.
        #[serde(default)]
        epoch: Uuid,
        /// Another entry has this device's same number: the phone was cloned, and takes a new id before anything else is forgotten.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        cloned: bool,
    },
    /// The server keeps it apart; the text is safe there and here.
    Quarantined {
        /// Why.
        reason: Reason,
        /// The epoch that said so.
        #[serde(default)]
        epoch: Uuid,
    },
    /// The server did not take it. It is set aside and shown.
    Refused,
}

/// How far a journal was pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The server's epoch.
    pub epoch: Uuid,
    /// The last number held; 0 before the first.
    pub seq: u64,
    /// The chain there.
    pub chain: Bytes32,
    /// How many of the journal's erasures were carried out here.
    #[serde(default)]
    pub erasures: u64,
}

/// What the names begin with under which lies who was erased from a journal: what is half-written about them goes whenever it
/// is found. Each has a record of its own, so that two tabs which are told at once forget nobody.
#[must_use]
pub fn erased_prefix(journal: JournalId) -> String {
    format!("erased:{journal}:")
}

/// The name under which strays lie: lines of a journal that the office lost in a restore, until it has them again.
/// `held` is how far the journal was pulled when they became strays. Its chain stands in the name, not its epoch alone: a server that
/// was put back twice without a word gives other lines the same numbers in the same epoch.
#[must_use]
pub fn stray_name(journal: JournalId, held: &Cursor, first: u64, last: u64) -> String {
    format!("{}{}:{}:{first}-{last}", stray_prefix(journal), held.epoch, &held.chain.to_hex()[..16])
}

/// What the names of a journal's strays begin with.
#[must_use]
pub fn stray_prefix(journal: JournalId) -> String {
    format!("stray:{journal}:")
}

/// The first and the last number in a stray's name.
#[must_use]
pub fn stray_ends(name: &str) -> Option<(u64, u64)> {
    let (first, last) = name.rsplit(':').next()?.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}
