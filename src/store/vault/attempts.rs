//! A wrong phrase: slower each time, never a wipe.
//!
//! The phrase is drawn and far too long to try out, so this is not what keeps the phone closed. It keeps a finger that slips from
//! hammering, and it must never cost anybody what they wrote.

use chrono::{DateTime, Utc};

use crate::store::{Store, StoreError};

/// The note that keeps the count and the time of the last wrong phrase.
const NOTE: &str = "wrong_phrases";
/// Three slips are free.
const FREE: u32 = 3;
/// The longest wait, in seconds.
const LONGEST: i64 = 300;

/// How many seconds to wait after this many wrong phrases in a row: 0, 0, 0, then 2, 4, 8 … 300.
#[must_use]
pub fn wait_after(failures: u32) -> i64 {
    match failures.checked_sub(FREE) {
        None => 0,
        Some(more) => 2_i64.checked_shl(more.min(32)).map_or(LONGEST, |wait| wait.min(LONGEST)),
    }
}

/// How many seconds are left to wait; 0 is now. A clock that was turned back waits no longer than the whole wait.
///
/// # Errors
/// The store's.
pub async fn seconds_left(store: &impl Store, now: DateTime<Utc>) -> Result<i64, StoreError> {
    let (failures, last) = read(store).await?;
    let passed = now.timestamp().saturating_sub(last).max(0);
    Ok(wait_after(failures).saturating_sub(passed).max(0))
}

/// Counts a wrong phrase and answers how many seconds to wait now.
///
/// # Errors
/// The store's.
pub async fn failed(store: &impl Store, now: DateTime<Utc>) -> Result<i64, StoreError> {
    let failures = read(store).await?.0.saturating_add(1);
    store.put_note(NOTE, &format!("{failures} {}", now.timestamp())).await?;
    Ok(wait_after(failures))
}

/// Forgets the wrong ones after a right one.
///
/// # Errors
/// The store's.
pub async fn succeeded(store: &impl Store) -> Result<(), StoreError> {
    if read(store).await?.0 == 0 { Ok(()) } else { store.put_note(NOTE, "0 0").await }
}

async fn read(store: &impl Store) -> Result<(u32, i64), StoreError> {
    let note = store.note(NOTE).await?.unwrap_or_default();
    let read = note.split_once(' ').and_then(|(failures, last)| Some((failures.parse().ok()?, last.parse().ok()?)));
    Ok(read.unwrap_or((0, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_slips_are_free_then_it_doubles_up_to_five_minutes() {
        let waits: Vec<_> = (0..12).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
        assert_eq!(wait_after(u32::MAX), 300);
    }
}
