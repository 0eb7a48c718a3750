//! A second way in: the master, wrapped once more, under what a passkey's PRF gives.
//!
//! The wrap lies beside the phrase's, under a name that holds the passkey's id and is bound to it. The master can't leave an open
//! vault; it can where the phrase is given again, for as long as it takes to wrap it.

use web_sys::CryptoKey;

use super::keys::{self, Use};
use super::opened::{master, way_aad};
use super::{BY_PASSKEY, BY_PHRASE, Vault, VaultError};
use crate::store::Store;

const HKDF_PASSKEY: &str = "waakvlam passkey 1";

/// The id of the passkey that opens this store's vault, in base64url; nothing if there is none.
///
/// # Errors
/// The store's.
pub async fn passkey(store: &impl Store) -> Result<Option<String>, VaultError> {
    let names = store.record_names(BY_PASSKEY).await?;
    Ok(names.first().and_then(|name| name.strip_prefix(BY_PASSKEY)).map(str::to_owned))
}

impl Vault {
    /// Opens the vault with the passkey of this id; `secret` is the HKDF key of what its PRF gave.
    ///
    /// # Errors
    /// `WrongPhrase` (it is not this passkey's), `NotMade` (there is none), `DoesNotOpen`, `Store`, `Crypto`.
    pub async fn open_by_passkey(store: &impl Store, database: &str, id: &str, secret: &CryptoKey) -> Result<Self, VaultError> {
        Self::open_as(store, database, &name(id), &wrapping(secret).await?).await
    }

    /// Lets a passkey open this vault, too, in place of one that did. `vault_key` is the phrase's.
    ///
    /// # Errors
    /// `WrongPhrase`, `NotMade`, `Store`, `Crypto`.
    pub async fn add_passkey(
        store: &impl Store,
        database: &str,
        vault_key: &CryptoKey,
        id: &str,
        secret: &CryptoKey,
    ) -> Result<(), VaultError> {
        let by = wrapping(secret).await?;
        let master = master(store, database, BY_PHRASE, vault_key, Use::Hand).await?;
        let name = name(id);
        let wrapped = keys::wrap(&master, &by, &way_aad(database, &name)).await?;
        let before = store.record_names(BY_PASSKEY).await?;
        store.put_record(&name, &wrapped).await?;
        for other in before.iter().filter(|other| **other != name) {
            store.remove_record(other).await?;
        }
        Ok(())
    }

    /// No passkey opens this vault any more; the phrase does.
    ///
    /// # Errors
    /// The store's.
    pub async fn remove_passkey(store: &impl Store) -> Result<(), VaultError> {
        for name in store.record_names(BY_PASSKEY).await? {
            store.remove_record(&name).await?;
        }
        Ok(())
    }
}

fn name(id: &str) -> String {
    format!("{BY_PASSKEY}{id}")
}

async fn wrapping(secret: &CryptoKey) -> Result<CryptoKey, VaultError> {
    keys::derive(secret, HKDF_PASSKEY, &["wrapKey", "unwrapKey"]).await
}
