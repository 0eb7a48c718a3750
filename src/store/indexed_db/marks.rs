//! How far records of the outbox are, noted beside them: a note for each marking, later ones upon earlier ones, a line for each run.
//!
//! ```text
//! mark:0000000000000007    1 500 <device> {"sent":{"seq":1001,"epoch":"…"}}
//! ```
//!
//! The numbers 1 to 500 of the device were sent, under 1001 and on. A note goes in the transaction in which the last record leaves that it
//! speaks of. An older app that does not know these notes sends again, and gets the same answer.

use idb::{ObjectStore, Query};
use wasm_bindgen::JsValue;

use super::{rows, trouble};
use crate::domain::{DeviceId, json};
use crate::store::{OutboxRecord, OutboxState, StoreError};

const PREFIX: &str = "mark:";

/// Numbers of one device in a row, and how far they are: the sent ones under numbers in a row, too.
pub struct Run {
    device: DeviceId,
    from: u64,
    to: u64,
    /// Of the first.
    state: OutboxState,
}

impl Run {
    /// How far this number is.
    fn at(&self, n: u64) -> OutboxState {
        match self.state {
            OutboxState::Sent { seq, epoch, cloned } => OutboxState::Sent { seq: seq + (n - self.from), epoch, cloned },
            other => other,
        }
    }

    /// Marks the records that it speaks of.
    pub fn lay_upon(&self, records: &mut [OutboxRecord]) {
        for record in records.iter_mut().filter(|record| record.device == self.device) {
            if (self.from..=self.to).contains(&record.n) {
                record.state = self.at(record.n);
            }
        }
    }
}

/// The name of a note.
pub fn name(number: u64) -> JsValue {
    format!("{PREFIX}{number:016}").into()
}

/// The names of the notes that are there, with their numbers.
pub async fn names(notes: &ObjectStore) -> Result<Vec<(u64, JsValue)>, StoreError> {
    let keys = notes.get_all_keys(Some(all()?), None).map_err(trouble)?.await.map_err(trouble)?;
    let number = |key: &JsValue| key.as_string()?.strip_prefix(PREFIX)?.parse().ok();
    keys.into_iter().map(|key| Some((number(&key)?, key))).collect::<Option<_>>().ok_or(StoreError::Unreadable("mark"))
}

/// A note of these states.
pub fn write(states: &[(DeviceId, u64, OutboxState)]) -> Result<String, StoreError> {
    let mut runs: Vec<Run> = Vec::new();
    for &(device, n, state) in states {
        match runs.last_mut() {
            Some(run) if run.device == device && run.to + 1 == n && run.at(n) == state => run.to = n,
            _ => runs.push(Run { device, from: n, to: n, state }),
        }
    }
    let mut note = String::new();
    for Run { device, from, to, state } in runs {
        let state = rows::state(state)?;
        note += &format!("{from} {to} {device} {state}\n");
    }
    Ok(note)
}

/// All that was noted, in the order in which it counts.
pub async fn read(notes: &ObjectStore) -> Result<Vec<Run>, StoreError> {
    let notes = notes.get_all(Some(all()?), None).map_err(trouble)?.await.map_err(trouble)?;
    let mut runs = Vec::new();
    for note in notes {
        runs.extend(read_note(&note)?);
    }
    Ok(runs)
}

/// Takes away the notes that speak of no record any more.
pub async fn sweep(outbox: &ObjectStore, notes: &ObjectStore) -> Result<(), StoreError> {
    let names = names(notes).await?;
    let texts = notes.get_all(Some(all()?), None).map_err(trouble)?.await.map_err(trouble)?;
    for ((_, name), note) in names.into_iter().zip(texts) {
        let mut left = 0;
        for run in read_note(&note)? {
            let range = rows::outbox_range(run.device, run.from, run.to)?;
            left += outbox.count(Some(range)).map_err(trouble)?.await.map_err(trouble)?;
        }
        if left == 0 {
            notes.delete(name).map_err(trouble)?;
        }
    }
    Ok(())
}

fn read_note(note: &JsValue) -> Result<Vec<Run>, StoreError> {
    let note = note.as_string().unwrap_or_default();
    let runs: Option<Vec<Run>> = note.lines().map(read_run).collect();
    runs.ok_or(StoreError::Unreadable("mark"))
}

fn read_run(line: &str) -> Option<Run> {
    let mut parts = line.splitn(4, ' ');
    let (from, to) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (device, state) = (parts.next()?.parse().ok()?, json::read_text(parts.next()?).ok()?);
    Some(Run { device, from, to, state })
}

fn all() -> Result<Query, StoreError> {
    rows::prefix(PREFIX)
}
