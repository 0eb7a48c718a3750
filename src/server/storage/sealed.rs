//! How a text lies in the database: sealed under the key of whom it is about, with its salt.

use std::sync::{Arc, OnceLock};

use super::StorageError;
use crate::domain::{EntryId, JournalId, Subject};
use crate::server::subject_keys::{KeyId, Opened, SubjectKeys, apart_aad, entry_aad};
use crate::sync::chain::Bytes32;
use crate::sync::intake;

/// The keys, once they are given.
#[derive(Clone, Default)]
pub(super) struct Keys(Arc<OnceLock<Arc<SubjectKeys>>>);

impl Keys {
    pub(super) fn give(&self, keys: Arc<SubjectKeys>) {
        // Given once; the keyring changes what it has itself.
        let _ = self.0.set(keys);
    }

    pub(super) fn get(&self) -> Result<&SubjectKeys, StorageError> {
        self.0.get().map(AsRef::as_ref).ok_or(StorageError::Locked)
    }
}

/// A text and the key that it lies under.
pub(super) struct Sealed {
    pub(super) subject: Vec<u8>,
    pub(super) bytes: Vec<u8>,
}

/// An entry's salt and text, as they are to lie.
pub(super) fn entry(
    keys: &SubjectKeys,
    journal: JournalId,
    id: EntryId,
    subject: Option<Subject>,
    salt: &Bytes32,
    text: &str,
) -> Result<Sealed, StorageError> {
    let key = subject.map_or(KeyId::NOBODY, KeyId::of);
    let open = [salt.0.as_slice(), text.as_bytes()].concat();
    seal(keys, key, &open, &entry_aad(journal, id))
}

/// A record that is set apart, as it is to lie.
pub(super) fn apart(keys: &SubjectKeys, journal: JournalId, hash: &Bytes32, raw: &[u8]) -> Result<Sealed, StorageError> {
    let about = intake::about(raw).and_then(|(_, subject)| subject);
    seal(keys, about.map_or(KeyId::NOBODY, KeyId::of), raw, &apart_aad(journal, hash))
}

fn seal(keys: &SubjectKeys, key: KeyId, open: &[u8], bound_to: &[u8]) -> Result<Sealed, StorageError> {
    // A key that was lost is of somebody who was erased: whoever comes here was not held against the list.
    let bytes = keys.seal(key, open, bound_to).ok_or(StorageError::Corrupt("an erasure"))?;
    Ok(Sealed { subject: key.bytes(), bytes })
}

/// A record that was set apart, opened; `None` if its key was lost.
pub(super) fn open_apart(
    keys: &SubjectKeys,
    journal: JournalId,
    hash: &Bytes32,
    subject: Option<&[u8]>,
    raw: Vec<u8>,
) -> Result<Option<Vec<u8>>, StorageError> {
    let Some(subject) = subject else { return Ok(Some(raw)) };
    let key = KeyId::read(subject).ok_or(StorageError::Corrupt("a key"))?;
    match keys.open(key, &raw, &apart_aad(journal, hash)) {
        Opened::Text(raw) => Ok(Some(raw)),
        Opened::Lost => Ok(None),
        Opened::Wrong => Err(StorageError::Corrupt("a record that was set apart")),
    }
}

/// An entry's text as it lies.
pub(super) struct Lies<'a> {
    pub(super) journal: JournalId,
    pub(super) id: EntryId,
    pub(super) payload: &'a [u8],
    /// None where an older version wrote it open.
    pub(super) subject: Option<&'a [u8]>,
    /// Beside it where it was written open.
    pub(super) salt: Option<&'a [u8]>,
}

/// What is read of it.
pub(super) enum Read {
    /// Salt and text.
    Text(Bytes32, String),
    /// Its key was lost.
    Lost,
    /// It is not what was written.
    Wrong,
}

impl Lies<'_> {
    pub(super) fn open(&self, keys: &SubjectKeys) -> Read {
        let opened;
        let (salt, text) = match self.subject {
            None => (self.salt, self.payload),
            Some(subject) => {
                let Some(key) = KeyId::read(subject) else { return Read::Wrong };
                opened = match keys.open(key, self.payload, &entry_aad(self.journal, self.id)) {
                    Opened::Text(opened) => opened,
                    Opened::Lost => return Read::Lost,
                    Opened::Wrong => return Read::Wrong,
                };
                opened.split_at_checked(32).map_or((None, self.payload), |(salt, text)| (Some(salt), text))
            }
        };
        let salt = salt.and_then(|salt| salt.try_into().ok()).map(Bytes32);
        match (salt, std::str::from_utf8(text)) {
            (Some(salt), Ok(text)) => Read::Text(salt, text.to_owned()),
            _ => Read::Wrong,
        }
    }
}
