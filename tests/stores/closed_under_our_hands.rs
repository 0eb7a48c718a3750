//! Trouble that a phone really has: closed databases, no room, an account that another tab takes away.

use waakvlam::store::indexed_db::IndexedDbStore;
use waakvlam::store::{Append, Store, StoreError};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::two_tabs;
use crate::suite;

/// Does something to the next transaction of any database, once.
fn at_the_next_transaction(what: &str) {
    js_sys::eval(&format!(
        "(() => {{ const real = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (...given) {{
                IDBDatabase.prototype.transaction = real;
                {what}
            }};
        }})()"
    ))
    .unwrap();
}

#[wasm_bindgen_test]
async fn a_closed_database_is_opened_again_and_the_save_succeeds() {
    let (a, _) = two_tabs().await;
    suite::write(&a).await;
    at_the_next_transaction("this.close(); return real.apply(this, given);");
    let (device, next) = a.counter().await.unwrap();
    at_the_next_transaction("this.close(); return real.apply(this, given);");
    assert_eq!(a.append(&suite::record(device, next)).await.unwrap(), Append::Stored);
    assert_eq!(a.outbox().await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn a_deleted_account_is_not_made_again_by_a_tab_that_is_still_open() {
    let (a, b) = two_tabs().await;
    suite::write(&a).await;
    // Both tabs close when asked, so this does not wait for them.
    IndexedDbStore::delete(a.name()).await.unwrap();
    assert!(matches!(a.counter().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(
        b.append(&suite::record(waakvlam::domain::DeviceId(uuid::Uuid::nil()), 2)).await,
        Err(StoreError::Unavailable(_))
    ));
    let anew = IndexedDbStore::open(a.name()).await.unwrap();
    assert_eq!(anew.outbox().await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn no_room_is_said_and_nothing_of_the_save_is_kept() {
    let (a, b) = two_tabs().await;
    let written = suite::write(&a).await;
    let full = "const tx = real.apply(this, given);
        const store = tx.objectStore.bind(tx);
        tx.objectStore = (name) => {
            const opened = store(name);
            opened.WHICH = () => { throw new DOMException('no room', 'QuotaExceededError'); };
            return opened;
        };
        return tx;";
    // At the entry itself, and at the counter after it.
    for which in ["add", "put"] {
        at_the_next_transaction(&full.replace("WHICH", which));
        let refused = a.append(&suite::record(written.device, 2)).await;
        assert!(matches!(refused, Err(StoreError::Full(_))), "{which}: {refused:?}");
        assert_eq!(b.outbox().await.unwrap(), [written.clone()], "{which}");
        assert_eq!(b.counter().await.unwrap(), (written.device, 2), "{which}");
    }
    assert_eq!(a.append(&suite::record(written.device, 2)).await.unwrap(), Append::Stored, "with room again it goes on");
}

#[wasm_bindgen_test]
async fn a_transaction_that_the_browser_aborts_is_never_called_stored() {
    let (a, b) = two_tabs().await;
    let (device, _) = a.counter().await.unwrap();
    at_the_next_transaction(
        "const tx = real.apply(this, given);
        tx.commit = () => tx.abort();
        return tx;",
    );
    a.append(&suite::record(device, 1)).await.unwrap_err();
    assert_eq!(b.outbox().await.unwrap(), []);
    assert_eq!(b.counter().await.unwrap(), (device, 1));
}
