//! A push: the envelope read, the seals opened, then one call to the storage. See [`crate::sync`] for the protocol.

use chrono::{SubsecRound as _, Utc};
use serde_json::Value;

use super::Server;
use super::extract::{Pusher, unreadable};
use super::problem::{ApiError, field};
use super::storage::{Batch, Landing, NewJournal, Record};
use crate::domain::body::Founding;
use crate::domain::rights::{founds, may_read};
use crate::domain::{Body, DeviceId, EntryId, JournalId, JournalKind, UserId};
use crate::sync::chain::Bytes32;
use crate::sync::problem::FieldError;
use crate::sync::wire::{Blob, Outcome, Push, PushAnswer, PushResult, SealedRecord};
use crate::sync::{MAX_RECORDS, intake, seal};

/// Numbers in JSON are exact up to here.
pub(super) const MAX_N: u64 = (1 << 53) - 1;
/// So many errors of an envelope are told.
const ERRORS: usize = 20;

/// Reads an envelope, or says everything that is wrong with it.
pub(super) fn read(text: &[u8]) -> Result<Push, ApiError> {
    let push: Push = serde_json::from_slice(text).map_err(|why| ApiError::Invalid(wrong(text, &why)))?;
    if push.records.len() > MAX_RECORDS {
        return Err(ApiError::TooLarge);
    }
    let bad = push.records.iter().enumerate().filter(|(_, record)| record.n == 0 || record.n > MAX_N);
    let errors: Vec<FieldError> = bad.take(ERRORS).map(|(i, _)| bad_number(i)).collect();
    if errors.is_empty() { Ok(push) } else { Err(ApiError::Invalid(errors)) }
}

fn bad_number(i: usize) -> FieldError {
    field(&format!("/records/{i}/n"), "Geen nummer vanaf 1.")
}

/// Everything that is wrong with an envelope that does not read as one.
fn wrong(text: &[u8], why: &serde_json::Error) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if let Ok(Value::Object(envelope)) = serde_json::from_slice::<Value>(text) {
        let device = envelope.get("device").cloned().unwrap_or_default();
        if serde_json::from_value::<DeviceId>(device).is_err() {
            errors.push(field("/device", "Geen toestelnummer."));
        }
        match envelope.get("records") {
            Some(Value::Array(records)) => {
                for (i, record) in records.iter().enumerate() {
                    if record.get("n").and_then(Value::as_u64).is_none_or(|n| n == 0 || n > MAX_N) {
                        errors.push(bad_number(i));
                    }
                    let sealed = record.get("sealed").cloned().unwrap_or_default();
                    if serde_json::from_value::<Blob>(sealed).is_err() {
                        errors.push(field(&format!("/records/{i}/sealed"), "Geen base64."));
                    }
                }
            }
            _ => errors.push(field("/records", "Geen lijst.")),
        }
    }
    if errors.is_empty() {
        errors.push(field("", &unreadable(why)));
    }
    errors.truncate(ERRORS);
    errors
}

impl Server {
    /// Takes a push of a device into a journal.
    pub(super) async fn push(&self, pusher: &Pusher, journal: JournalId, push: Push) -> Result<PushAnswer, ApiError> {
        if push.device != pusher.device {
            return Err(ApiError::OtherDevice);
        }
        let opened: Vec<Option<Record>> = push.records.iter().map(|record| open(pusher, journal, record)).collect();
        // A grant that was taken back still names the journal: what was written meanwhile goes to quarantine.
        let grant = self.storage.grant(pusher.user, journal).await?;
        let founding = match grant {
            Some(_) => None,
            None => Some(self.founding(pusher.user, journal, opened.iter().flatten()).await?.ok_or(ApiError::UnknownJournal)?),
        };
        if let [None] = opened.as_slice() {
            return Err(ApiError::DoesNotOpen);
        }
        let kept: Vec<Option<_>> = opened.iter().map(|record| record.as_ref().map(commits)).collect();
        let batch = Batch {
            journal,
            author: pusher.user,
            device: pusher.device,
            received_at: Utc::now().trunc_subsecs(3),
            founding,
            records: opened.into_iter().flatten().collect(),
        };
        let wish = batch.records.iter().any(wishes_no_contact);
        let landings = if batch.records.is_empty() { Vec::new() } else { self.storage.push(batch).await? };
        if wish {
            self.wishes.came.notify_one();
        }
        let mut landings = landings.into_iter();
        let results = push.records.iter().zip(kept).map(|(sent, kept)| {
            // One landing for each that opened, in their order.
            let outcome = match kept.and_then(|commits| Some((commits, landings.next()?))) {
                None => Outcome::Refused,
                Some((_, Landing::Erased)) => Outcome::Erased,
                Some((_, Landing::Quarantined(reason))) => Outcome::Quarantined { reason },
                Some((None, Landing::Stored { .. })) => Outcome::Refused,
                Some((Some((id, commitment)), Landing::Stored { seq, author, cloned })) => {
                    Outcome::Stored { seq, receipt: self.keyring.receipt(journal, id, author, &commitment), cloned }
                }
            };
            PushResult { n: sent.n, outcome }
        });
        let results = results.collect();
        let granted = match grant {
            Some(grant) => !grant.revoked && may_read(grant.role, grant.kind),
            // It was founded by this push, perhaps.
            None => match self.reads(pusher.user, journal).await {
                Err(ApiError::UnknownJournal) => false,
                reads => reads.map(|()| true)?,
            },
        };
        Ok(PushAnswer { epoch: self.installation.epoch, granted: Some(granted), results })
    }
}

impl Server {
    /// The closed journal that these records found, if they found this one and who pushes works, or worked, in its neighbourhood. Nothing is told of
    /// why not: somebody else's journal looks as one that is not there.
    async fn founding(
        &self,
        user: UserId,
        journal: JournalId,
        mut records: impl Iterator<Item = &Record> + Send,
    ) -> Result<Option<NewJournal>, ApiError> {
        let found = records.find_map(|record| {
            let opened = record.read.as_ref().ok()?;
            intake::founding(journal, user, &opened.commitment, &opened.payload)
        });
        let Some(Founding { neighbourhood, with }) = found.cloned() else { return Ok(None) };
        let grant = self.storage.grant(user, neighbourhood).await?;
        let works = grant.is_some_and(|grant| grant.kind == JournalKind::Neighbourhood && founds(grant.role));
        Ok(works.then_some(NewJournal { founder: user, neighbourhood, with }))
    }
}

/// Whether a record says that somebody wants to be left alone.
fn wishes_no_contact(record: &Record) -> bool {
    record.read.as_ref().is_ok_and(|opened| matches!(opened.payload.body, Body::NoContact(_)))
}

/// What a receipt is made over, if the record is an entry.
fn commits(record: &Record) -> Option<(EntryId, Bytes32)> {
    record.read.as_ref().ok().map(|opened| (opened.written.id, opened.commitment))
}

/// Opens a record under its device's key; `None` if it was not sealed so.
fn open(pusher: &Pusher, journal: JournalId, record: &SealedRecord) -> Option<Record> {
    let aad = seal::outbox_aad(pusher.device, journal, record.n);
    let raw = pusher.key.open(&record.sealed.0, aad.as_bytes())?;
    Some(Record { n: record.n, read: intake::open(record.n, &raw), raw })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What an envelope and an entry are made of, and what they are not.
    const PARTS: [&[u8]; 40] = [
        b"{", b"}", b"[", b"]", b",", b":", b"\"", b"\"device\":", b"\"records\":", b"\"n\":", b"\"sealed\":", b"\"id\":", b"\"salt\":",
        b"\"payload\":", b"\"00000000-0000-4000-8000-000000000000\"", b"\"AAAA\"", b"\"\"", b"0", b"1", b"-1", b"1e999", b"9007199254740991",
        b"9007199254740992", b"18446744073709551616", b"null", b"true", b"\"\\ud800\"", b"\\", b"\xff", b"\xf0\x9f", b"\0", b" ", b"{}", b"[]",
        b"{\"n\":1,\"sealed\":\"AAAA\"}", b"\"0000000000000000000000000000000000000000000000000000000000000000\"",
        b"{\"written_at\":\"2025-01-01T00:00:00Z\",\"subject\":{\"place\":\"00000000-0000-4000-8000-000000000000\"},\"type\":\"visit\",\"body\":{}}",
        b"{\"device\":\"00000000-0000-4000-8000-000000000000\",\"records\":[", b"]}", b"\"written_at\":\"+262143-12-31T23:59:60Z\"",
    ];

    fn soup() -> impl Strategy<Value = Vec<u8>> {
        let part = prop_oneof![
            9 => (0..PARTS.len()).prop_map(|i| PARTS[i].to_vec()),
            1 => proptest::collection::vec(any::<u8>(), 1..5),
        ];
        proptest::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    }

    // `PROPTEST_CASES=1000000` is the long run.
    proptest! {
        #[test]
        fn any_bytes_are_a_push_or_a_reason(bytes in soup(), n in any::<u64>()) {
            match read(&bytes) {
                Ok(push) => prop_assert!(push.records.iter().all(|record| (1..=MAX_N).contains(&record.n))),
                Err(ApiError::Invalid(errors)) => prop_assert!((1..=ERRORS).contains(&errors.len())),
                Err(other) => prop_assert!(matches!(other, ApiError::TooLarge), "{other}"),
            }
            // The same bytes as what lay under a seal.
            if let Ok(opened) = intake::open(n, &bytes) {
                prop_assert_eq!(opened.written.n, n);
            }
        }
    }
}
