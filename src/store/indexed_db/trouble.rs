//! The browser's errors, as ours.

use idb::Error as Idb;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use crate::store::{Said, StoreError};

/// An error of `idb`.
pub fn trouble(error: Idb) -> StoreError {
    match error {
        Idb::DomException(exception) => of_exception(Some(exception.into())),
        Idb::AddFailed(value)
        | Idb::UpdateFailed(value)
        | Idb::GetFailed(value)
        | Idb::GetAllFailed(value)
        | Idb::GetKeyFailed(value)
        | Idb::GetAllKeysFailed(value)
        | Idb::DeleteFailed(value)
        | Idb::ObjectStoreNotFound(value)
        | Idb::IndexedDbOpenFailed(value)
        | Idb::IndexedDbDeleteFailed(value)
        | Idb::TransactionOpenFailed(value) => of_exception(Some(value)),
        // The rest is of our own making: a wrong type, a missing object store. `idb` has fifty words for it that nobody would see.
        _ => StoreError::Unavailable(None),
    }
}

/// What the browser threw, or the reason why a transaction was aborted.
pub fn of_exception(value: Option<JsValue>) -> StoreError {
    let Some(value) = value else { return StoreError::Unavailable(None) };
    let (name, said) = match value.dyn_ref::<DomException>() {
        Some(exception) => (exception.name(), format!("{}: {}", exception.name(), exception.message())),
        None => (String::new(), format!("{value:?}")),
    };
    match name.as_str() {
        "QuotaExceededError" => StoreError::Full(Some(Said(said))),
        "ConstraintError" => StoreError::Unreadable("a record stands where a new one should come"),
        _ => StoreError::Unavailable(Some(Said(said))),
    }
}

/// Whether the connection under a transaction was closed: by the system, or because another tab asked.
pub fn is_closed(value: &JsValue) -> bool {
    value.dyn_ref::<DomException>().is_some_and(|exception| exception.name() == "InvalidStateError")
}
