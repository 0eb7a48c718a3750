//! "Wil geen contact" is carried out: what [`crate::domain::left_alone`] says goes, by the same way as `waakvlam erase`.
//!
//! It is looked for when a wish comes in, every minute and at every start, in journals that have one and have grown since. So what a phone
//! brings that did not know of the wish goes soon after it has come, and a server that was killed half-way goes on where it was: what is
//! gone is not found again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use super::Server;
use super::erase::{carry_out, persons};
use super::places;
use super::storage::Wanted;
use crate::domain::left_alone::{Goes, goes};
use crate::domain::{EntryId, JournalId, JournalKind, Subject};

/// Up to where wishes were looked for, and who is told that one came in.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    looked: Mutex<HashMap<JournalId, u64>>,
    pub(super) came: Arc<Notify>,
}

impl Wishes {
    fn is_new(&self, journal: JournalId, head: u64) -> bool {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner).get(&journal) != Some(&head)
    }

    fn looked(&self, journal: JournalId, head: u64) {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner).insert(journal, head);
    }
}

/// Erases what has to go, in every journal that has a wish.
///
/// # Errors
/// When the list or the database failed; it is tried again.
pub(super) async fn grant(server: &Server, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut taken = 0;
    for (journal, head) in server.storage.wishes().await? {
        if !server.wishes.is_new(journal, head) {
            continue;
        }
        let (caseload, read) = places::caseload(&*server.storage, journal).await?;
        for goes in goes(&caseload) {
            if goes.waits {
                // No id: the log says nothing of whom it is about.
                tracing::warn!(%journal, "a wish for no contact waits: something runs there in a closed journal");
                continue;
            }
            taken += at_door(server, journal, &goes, now).await?;
        }
        server.wishes.looked(journal, read);
    }
    if taken > 0 {
        tracing::info!(taken, "wishes for no contact were carried out");
        if let Err(why) = server.storage.wipe().await {
            tracing::warn!(why = %why, "what was erased is not out of the database's files yet; tried again within a minute");
        }
    }
    Ok(())
}

async fn at_door(server: &Server, journal: JournalId, goes: &Goes, now: DateTime<Utc>) -> anyhow::Result<u64> {
    let erased: BTreeSet<Subject> = server.storage.erasures().await?.into_iter().filter_map(|erasing| erasing.subject).collect();
    let mut subjects: BTreeSet<Subject> = goes.persons.iter().map(|person| Subject::Person(*person)).collect();
    let mut taken = 0;
    for household in &goes.households {
        let about = Subject::Household(*household);
        let found = server.storage.about(&Wanted::Subject(about)).await?;
        subjects.extend(persons(server, *household, &found).await?.into_iter().map(Subject::Person));
        subjects.insert(about);
    }
    for about in subjects {
        let found = server.storage.about(&Wanted::Subject(about)).await?;
        if found.is_empty() && erased.contains(&about) {
            continue;
        }
        // Another neighbourhood has the same id, which no phone draws by chance: a wish here takes nothing away there.
        let elsewhere = found.iter().any(|found| found.journal != journal && found.kind == JournalKind::Neighbourhood);
        let entries: BTreeMap<_, _> = found.into_iter().map(|found| (found.journal, found.entries)).collect();
        if elsewhere {
            let here: BTreeMap<_, _> = entries.into_iter().filter(|(of, here)| *of == journal && !here.is_empty()).collect();
            taken += if here.is_empty() { 0 } else { carry_out(server, None, here, now).await? };
        } else {
            taken += carry_out(server, Some(about), entries, now).await?;
        }
    }
    if !goes.notes.is_empty() {
        let notes: BTreeMap<JournalId, BTreeSet<EntryId>> = [(journal, goes.notes.clone())].into();
        taken += carry_out(server, None, notes, now).await?;
    }
    Ok(taken)
}
