//! What goes over the wire when somebody was erased, and after a restore.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoredEntry;
use crate::domain::{EntryId, Subject};
use crate::sync::chain::Bytes32;

/// What was erased at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Erasure {
    /// About whom: what waits or lies set aside about them goes, too. Nobody, where single entries were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The numbers, each with its chain.
    pub lines: Vec<Probe>,
}

/// `POST /api/v1/journals/{journal}/common`: which is the last number that we have in common? Answer: [`Probe`], with the epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Probes {
    /// At most [`PROBES`](crate::sync::PROBES), by number.
    pub probes: Vec<Probe>,
}

/// A number and the chain there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Probe {
    /// The number; 0 before the first.
    pub seq: u64,
    /// The chain at it.
    pub chain: Bytes32,
}

/// Answer to [`Probes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Common {
    /// The server's epoch.
    pub epoch: Uuid,
    /// The last of the probes that is also here; 0 if none is.
    pub seq: u64,
}

/// `POST /api/v1/journals/{journal}/offers`: lines with a receipt that the server lost in a restore. Answer: [`OfferAnswer`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Offer {
    /// As they were pulled, of whomever; their numbers do not count.
    pub entries: Vec<StoredEntry>,
}

/// Answer to [`Offer`]: one result an entry, in the order offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct OfferAnswer {
    /// The server's epoch.
    pub epoch: Uuid,
    /// The results.
    pub results: Vec<OfferResult>,
}

/// What became of an offered entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct OfferResult {
    /// The entry.
    pub id: EntryId,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Offered,
}

/// What became of an offered entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Offered {
    /// It is durable, under this number.
    Stored {
        /// Its number in the journal.
        seq: u64,
    },
    /// It was erased: take the text away.
    Erased,
    /// Its receipt is not one of this server, or its id is another entry's.
    Refused,
}
