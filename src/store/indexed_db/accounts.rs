//! Which accounts are on this phone: what the sign-in screen shows before anything is open.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::JsValue;

use super::connection::Connection;
use super::schema::ACCOUNTS;
use super::strict::{Mode, Tx};
use super::trouble::trouble;
use crate::domain::{UserId, json};
use crate::store::StoreError;

/// The database with the list, and its one object store.
const DATABASE: &str = "waakvlam";
const STORE: &str = "accounts";

/// An account on this phone. Nothing in here opens anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The name of its database.
    pub database: String,
    /// The login name.
    pub login_name: String,
    /// Whose it is.
    pub user: UserId,
    /// The installation that it belongs to; part of the login salt.
    pub installation: Uuid,
}

/// The list.
pub struct Accounts(Connection);

impl Accounts {
    /// Opens the list; makes an empty one if there is none.
    ///
    /// # Errors
    /// `Full` or `Unavailable`.
    pub async fn open() -> Result<Self, StoreError> {
        Connection::open(DATABASE, ACCOUNTS).await.map(Self)
    }

    /// The accounts, by login name.
    ///
    /// # Errors
    /// `Unavailable` or `Unreadable`.
    pub async fn list(&self) -> Result<Vec<Account>, StoreError> {
        let rows = self
            .0
            .begin(&[STORE], Mode::Read)
            .await?
            .store(STORE)?
            .get_all(None, None)
            .map_err(trouble)?
            .await
            .map_err(trouble)?;
        let read = |row: JsValue| row.as_string().and_then(|text| json::read_text(&text).ok());
        let mut accounts: Vec<Account> =
            rows.into_iter().map(read).collect::<Option<_>>().ok_or(StoreError::Unreadable("account"))?;
        accounts.sort_by(|a, b| a.login_name.cmp(&b.login_name));
        Ok(accounts)
    }

    /// Adds an account, or changes the one with that database.
    ///
    /// # Errors
    /// `Full` or `Unavailable`.
    pub async fn add(&self, account: &Account) -> Result<(), StoreError> {
        let json = serde_json::to_string(account).map_err(|_| StoreError::Unreadable("account"))?;
        let tx = self.write().await?;
        tx.store(STORE)?.put(&json.into(), Some(&account.database.as_str().into())).map_err(trouble)?;
        tx.done().await
    }

    /// Takes an account off the list. Its database is deleted with [`super::IndexedDbStore::delete`].
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn remove(&self, database: &str) -> Result<(), StoreError> {
        let tx = self.write().await?;
        tx.store(STORE)?.delete(JsValue::from_str(database)).map_err(trouble)?;
        tx.done().await
    }

    async fn write(&self) -> Result<Tx, StoreError> {
        self.0.begin(&[STORE], Mode::Write).await
    }
}
