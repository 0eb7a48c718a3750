//! What the phone could not keep: no room, or its storage was taken away. It lies here sealed, in memory, and the person is asked which way
//! out it takes: to the office at once, into a file that only the office opens, or back to the text on the screen.
//!
//! A stranded record has a number of its own, drawn far above all that the store gives out, so it never stands in the way of one.

use std::cell::{Cell, RefCell};

use futures::channel::oneshot;
use leptos::prelude::*;
use uuid::Uuid;

use crate::courier::push_credential_note;
use crate::domain::{DeviceId, EntryId, json};
use crate::store::indexed_db::IndexedDbStore;
use crate::store::{OutboxRecord, OutboxState, Store as _, StoreError};
use crate::sync::engine::Fault;
use crate::sync::wire::rescue::{Rescue, Rescued, VERSION};
use crate::sync::wire::{Blob, Outcome, Push, SealedRecord};

use super::api::Api;
use super::phone::outbox_key_note;

/// The numbers that no store gives out begin here.
const DRAWN: u64 = 1 << 52;

/// Which way out was taken.
#[derive(Clone, Debug)]
pub enum Way {
    /// The office has it: what it said of each.
    Sent(Vec<(EntryId, OutboxState)>),
    /// It lies in a file.
    Filed,
    /// None: the text stays on the screen, and nothing else.
    Back,
}

/// Why it could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The phone has no room.
    Room,
    /// The storage does not answer, or is gone.
    Storage,
}

impl From<&StoreError> for Lack {
    fn from(why: &StoreError) -> Self {
        if matches!(why, StoreError::Full(_)) { Self::Room } else { Self::Storage }
    }
}

/// What one account could not keep. It outlives the lock.
pub struct Stranded {
    /// Somebody is asked, and why.
    pub asked: RwSignal<Option<Lack>>,
    /// The phone was locked meanwhile: the text is on no screen any more, so there is no way back to it.
    pub locked: Cell<bool>,
    records: RefCell<Vec<OutboxRecord>>,
    answer: RefCell<Option<oneshot::Sender<Way>>>,
    /// What a device that can't read its own storage any more needs to get things out.
    papers: RefCell<Option<Papers>>,
}

#[derive(Clone)]
struct Papers {
    device: DeviceId,
    credential: Option<String>,
    outbox_key: Option<Blob>,
}

impl Default for Stranded {
    fn default() -> Self {
        let asked = RwSignal::new(None);
        Self {
            asked,
            locked: Cell::new(false),
            records: RefCell::default(),
            answer: RefCell::default(),
            papers: RefCell::default(),
        }
    }
}

impl Stranded {
    /// Reads what is needed to get things out, while it can be read. What can't be read now stays as it was.
    pub async fn read_papers(&self, store: &IndexedDbStore) {
        let Ok((device, _)) = store.counter().await else { return };
        let Ok(credential) = store.note(&push_credential_note(device)).await else { return };
        let outbox_key = store.note(&outbox_key_note(device)).await.ok().flatten().and_then(|key| json::read_text(&key).ok());
        self.papers.replace(Some(Papers { device, credential, outbox_key }));
    }

    /// The device, and a number that no store gives out.
    #[must_use]
    pub fn draw(&self) -> Option<(DeviceId, u64)> {
        let n = DRAWN | (Uuid::new_v4().as_u64_pair().1 & (DRAWN - 1));
        self.papers.borrow().as_ref().map(|papers| (papers.device, n))
    }

    /// Asks which way out these take, and waits for the answer.
    pub async fn ask(&self, records: Vec<OutboxRecord>, lack: Lack) -> Way {
        let (to, answer) = oneshot::channel();
        self.records.replace(records);
        self.answer.replace(Some(to));
        self.asked.set(Some(lack));
        answer.await.unwrap_or(Way::Back)
    }

    /// The answer.
    pub fn take(&self, way: Way) {
        self.records.take();
        self.locked.set(false);
        self.asked.set(None);
        if let Some(answer) = self.answer.take() {
            // Who asked may be gone with its screen.
            let _ = answer.send(way);
        }
    }

    /// Sends them as they are, straight from memory, with the credential that can do only that.
    pub async fn send(&self, store: &IndexedDbStore) -> Result<Vec<(EntryId, OutboxState)>, Fault> {
        self.read_papers(store).await;
        let records = self.records.borrow().clone();
        let credential = self.papers.borrow().as_ref().and_then(|papers| papers.credential.clone());
        let (Some(first), Some(credential)) = (records.first(), credential) else { return Err(Fault::Store) };
        // One save is of one device, in one journal.
        let sealed = records.iter().map(|record| SealedRecord { n: record.n, sealed: Blob(record.sealed.0.clone()) }).collect();
        let answer = Api::default().push(first.journal, &credential, &Push { device: first.device, records: sealed }).await?;
        let epoch = answer.epoch;
        let said = |record: &OutboxRecord| match answer.results.iter().find(|result| result.n == record.n)?.outcome {
            Outcome::Stored { seq, cloned, .. } => Some((record.id, OutboxState::Sent { seq, epoch, cloned })),
            Outcome::Quarantined { reason } => Some((record.id, OutboxState::Quarantined { reason, epoch })),
            Outcome::Erased | Outcome::Refused => None,
        };
        records.iter().map(said).collect::<Option<_>>().ok_or(Fault::Broken)
    }

    /// The file, as an address that a link can save.
    #[must_use]
    pub fn file(&self) -> String {
        let records = self.records.borrow();
        let rescued = records.iter().map(|record| Rescued {
            device: record.device,
            journal: record.journal,
            n: record.n,
            sealed: Blob(record.sealed.0.clone()),
        });
        let outbox_key = self.papers.borrow().as_ref().and_then(|papers| papers.outbox_key.clone());
        let rescue = Rescue { waakvlam_rescue: VERSION, outbox_key, records: rescued.collect() };
        // Ids, numbers and base64 as JSON have no way to fail.
        let text = serde_json::to_string(&rescue).unwrap_or_default();
        format!("data:application/json,{}", String::from(js_sys::encode_uri_component(&text)))
    }
}
