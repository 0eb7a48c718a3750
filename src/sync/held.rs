//! What a phone holds of a journal: how far it was pulled, and how far each unsent entry is.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chain::Bytes32;
use super::wire::Reason;

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
    },
    /// The server keeps it apart; the text is safe there and here.
    Quarantined {
        /// Why.
        reason: Reason,
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
}
