//! What is erased, and what there is of somebody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::{EntryId, JournalId, JournalKind, Subject};

/// A line of the list of erasures: what was erased at once. Ids, and no word of what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasing {
    /// A UUIDv7: lines sort by when they were written.
    pub id: Uuid,
    /// When it was asked.
    pub at: DateTime<Utc>,
    /// Whom: nothing about them is taken any more. Nobody, where single entries are erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// What there was then, by journal: none of these is taken again.
    pub entries: BTreeMap<JournalId, BTreeSet<EntryId>>,
}

/// What to look for.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// All about one subject.
    Subject(Subject),
    /// These entries.
    Entries(Vec<EntryId>),
}

/// What a journal has of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Which journal.
    pub journal: JournalId,
    /// What kind.
    pub kind: JournalKind,
    /// What people call it.
    pub name: String,
    /// Its entries that have a text.
    pub entries: BTreeSet<EntryId>,
    /// How many records that were set apart.
    pub apart: u64,
}
