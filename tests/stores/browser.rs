//! The suite on IndexedDB in Chromium, and what the browser itself says about its transactions.

use js_sys::Array;
use uuid::Uuid;
use waakvlam::domain::UserId;
use waakvlam::store::indexed_db::{Account, Accounts, IndexedDbStore};
use waakvlam::store::{Append, Cursor, OutboxState, Store};
use waakvlam::sync::chain::Bytes32;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::suite;

pub async fn two_tabs() -> (IndexedDbStore, IndexedDbStore) {
    let name = IndexedDbStore::new_name();
    (IndexedDbStore::open(&name).await.unwrap(), IndexedDbStore::open(&name).await.unwrap())
}

/// From here on the browser's `transaction` notes each mode and durability in `seen`.
fn watch_transactions() {
    js_sys::eval(
        "if (!globalThis.seen) { globalThis.seen = [];
            const real = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (...given) {
                const tx = real.apply(this, given);
                globalThis.seen.push(tx.mode + ' ' + tx.durability);
                return tx;
            };
        } globalThis.seen.length = 0;",
    )
    .unwrap();
}

fn seen() -> Vec<String> {
    let seen: Array = js_sys::eval("globalThis.seen.splice(0)").unwrap().unchecked_into();
    seen.iter().map(|line| line.as_string().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_its_promises_and_writes_strictly() {
    watch_transactions();
    suite::keeps_its_promises(two_tabs).await;
    let accounts = Accounts::open().await.unwrap();
    let one = Account {
        database: IndexedDbStore::new_name(),
        login_name: "samira".to_owned(),
        user: UserId(Uuid::from_u128(1)),
        installation: Uuid::from_u128(2),
    };
    let other = Account { database: IndexedDbStore::new_name(), login_name: "ineke".to_owned(), ..one.clone() };
    for account in [&one, &other, &one] {
        accounts.add(account).await.unwrap();
    }
    let again = Accounts::open().await.unwrap();
    assert_eq!(again.list().await.unwrap(), [other.clone(), one.clone()]);
    again.remove(&one.database).await.unwrap();
    again.remove(&one.database).await.unwrap();
    assert_eq!(accounts.list().await.unwrap(), [other.clone()]);
    accounts.remove(&other.database).await.unwrap();

    let seen = seen();
    let writing: Vec<_> = seen.iter().filter(|line| !line.starts_with("readonly")).collect();
    assert!(writing.len() > 800, "the watch saw the suite write: {}", writing.len());
    assert!(writing.iter().all(|line| *line == "readwrite strict"), "{writing:?}");
}

#[wasm_bindgen_test]
async fn what_was_marked_leaves_with_the_last_record_that_it_speaks_of() {
    let (a, b) = two_tabs().await;
    suite::write(&a).await;
    suite::write(&a).await;
    let record = a.outbox().await.unwrap().remove(0);
    a.mark(&[(record.device, 1, OutboxState::Refused), (record.device, 2, OutboxState::Refused)]).await.unwrap();
    let mark = "mark:0000000000000001";
    assert_eq!(b.note(mark).await.unwrap(), Some(format!("1 2 {} \"refused\"\n", record.device)), "a line for a run");
    for record in a.outbox().await.unwrap() {
        assert!(b.note(mark).await.unwrap().is_some(), "there is one left that it speaks of");
        let cursor = a.cursor(record.journal).await.unwrap();
        let next = Cursor { epoch: Uuid::nil(), seq: record.n, chain: Bytes32::default(), erasures: 0 };
        a.add_page(record.journal, cursor, next, None, &[record.id]).await.unwrap();
    }
    assert_eq!(b.note(mark).await.unwrap(), None);

    let (a, b) = two_tabs().await;
    suite::marks_lie_upon_marks_until_the_records_leave(&a, &b).await;
    for number in 1..9 {
        assert_eq!(b.note(&format!("mark:{number:016}")).await.unwrap(), None);
    }
}

#[wasm_bindgen_test]
async fn what_is_stored_is_there_after_every_tab_was_closed() {
    let (a, b) = two_tabs().await;
    let written = [suite::write(&a).await, suite::write(&b).await];
    let name = a.name().to_owned();
    drop((a, b));
    let again = IndexedDbStore::open(&name).await.unwrap();
    assert_eq!(again.outbox().await.unwrap(), written);
    assert_eq!(again.counter().await.unwrap(), (written[0].device, 3));
}

#[wasm_bindgen_test]
async fn two_accounts_on_one_phone_share_nothing() {
    let (a, _) = two_tabs().await;
    let (b, _) = two_tabs().await;
    suite::write(&a).await;
    assert_ne!(a.counter().await.unwrap().0, b.counter().await.unwrap().0, "each has a device id of its own");
    assert_eq!(b.outbox().await.unwrap(), []);
}

/// A save that is dropped in the middle (the page goes, the user navigates) is all or nothing.
#[wasm_bindgen_test]
async fn a_save_that_is_dropped_half_way_leaves_the_store_whole() {
    let (a, b) = two_tabs().await;
    let (device, _) = a.counter().await.unwrap();
    for _ in 0..20 {
        let record = suite::record(device, 1);
        let mut save = Box::pin(a.append(&record));
        assert!(futures::poll!(save.as_mut()).is_pending());
        drop(save);
    }
    let (_, next) = b.counter().await.unwrap();
    assert_eq!(b.outbox().await.unwrap().len() as u64, next - 1, "the counter and the outbox agree");
    let written = suite::write(&b).await;
    assert_eq!(b.append(&written).await.unwrap(), Append::CounterMoved { device, next: next + 1 });
}
