//! Ids are 16 bytes, hashes 32, times milliseconds: the same columns in every dialect.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use uuid::Uuid;

use super::*;

/// An id as a parameter.
pub(in super::super) fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

/// A number as a parameter. Ours stay below 2⁵³; a larger one finds nothing.
pub(in super::super) fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Columns by their place.
pub(super) trait Read {
    fn uuid(&self, column: usize) -> Result<Uuid, StorageError>;
    fn bytes32(&self, column: usize) -> Result<Bytes32, StorageError>;
    fn number(&self, column: usize) -> Result<u64, StorageError>;
    fn time(&self, column: usize) -> Result<DateTime<Utc>, StorageError>;
    fn role(&self, column: usize) -> Result<Role, StorageError>;
    fn kind(&self, column: usize) -> Result<JournalKind, StorageError>;
}

impl Read for DbRow {
    fn uuid(&self, column: usize) -> Result<Uuid, StorageError> {
        Uuid::from_slice(self.try_get(column)?).map_err(|_| StorageError::Corrupt("an id"))
    }

    fn bytes32(&self, column: usize) -> Result<Bytes32, StorageError> {
        let bytes: &[u8] = self.try_get(column)?;
        bytes.try_into().map(Bytes32).map_err(|_| StorageError::Corrupt("a hash"))
    }

    fn number(&self, column: usize) -> Result<u64, StorageError> {
        u64::try_from(self.try_get::<i64, _>(column)?).map_err(|_| StorageError::Corrupt("a number"))
    }

    fn time(&self, column: usize) -> Result<DateTime<Utc>, StorageError> {
        DateTime::from_timestamp_millis(self.try_get(column)?).ok_or(StorageError::Corrupt("a time"))
    }

    fn role(&self, column: usize) -> Result<Role, StorageError> {
        let text: &str = self.try_get(column)?;
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or(StorageError::Corrupt("a role"))
    }

    fn kind(&self, column: usize) -> Result<JournalKind, StorageError> {
        let text: &str = self.try_get(column)?;
        JournalKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(StorageError::Corrupt("a kind of journal"))
    }
}
