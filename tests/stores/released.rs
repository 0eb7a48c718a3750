//! Stores of every released schema, as an app of that time left them: today's app opens each and reads all of it.
//!
//! A new version of the schema needs one more fixture. When the new `upgrade_n_to_m` stands:
//! `WAAKVLAM_RECORD=1 cargo test --target wasm32-unknown-unknown --test stores -- recorded --nocapture` prints it; put the line in
//! `released/account-M.json` and name it below. Fixtures are never edited.

use js_sys::{Function, Promise};
use uuid::Uuid;
use waakvlam::domain::{DeviceId, UserId};
use waakvlam::store::indexed_db::{ACCOUNT, ACCOUNTS, Account, Accounts, IndexedDbStore};
use waakvlam::store::vault::{Vault, phrase_keys};
use waakvlam::store::{AddPage, Append, Cursor, OutboxRecord, OutboxState, Store};
use waakvlam::sync::chain::Bytes32;
use waakvlam::sync::wire::Reason;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use crate::phrase::{PHRASE, salt};
use crate::suite::{journal, record};

/// Accounts' databases; the one of version n stands at n - 1.
const RELEASED: &[&str] = &[include_str!("released/account-1.json")];
/// Lists of accounts.
const LISTS: &[&str] = &[include_str!("released/accounts-1.json")];

const FIRST: DeviceId = DeviceId(Uuid::from_u128(0xa1));
const STATES: [OutboxState; 4] = [
    OutboxState::Waiting,
    OutboxState::Sent { seq: 8, epoch: Uuid::nil(), cloned: false },
    OutboxState::Quarantined { reason: Reason::NotAllowed, epoch: Uuid::nil() },
    OutboxState::Refused,
];
const LINES: &str = "[\"vijf regels\"]";
const DRAFT: &str = "{\"seen\":\"Er lag post van de\"}";

fn cursor() -> Cursor {
    Cursor { epoch: Uuid::from_u128(5), seq: 5, chain: Bytes32([5; 32]), erasures: 0 }
}

fn account(database: &str) -> Account {
    Account {
        database: database.to_owned(),
        login_name: "jamila.k".to_owned(),
        user: UserId(Uuid::from_u128(1)),
        installation: Uuid::from_u128(2),
    }
}

/// Fills every object store, through the app's own code.
async fn fill(name: &str) {
    let store = IndexedDbStore::open(name).await.unwrap();
    let vault = Vault::create(&store, name, &phrase_keys(PHRASE, &salt()).await.unwrap().vault).await.unwrap();
    vault.add_journal(&store, journal(7)).await.unwrap();
    let (device, _) = store.counter().await.unwrap();
    for (n, state) in (1..).zip(STATES) {
        let sealed = vault.seal_entry(device, journal(7), n, format!("aantekening {n}").as_bytes()).await.unwrap();
        let written = OutboxRecord { sealed, ..record(device, n) };
        assert_eq!(store.append(&written).await.unwrap(), Append::Stored);
        store.mark(&[(device, n, state)]).await.unwrap();
    }
    store.renew_device(FIRST).await.unwrap();
    let sealed = vault.seal_entry(FIRST, journal(7), 1, b"na het klonen").await.unwrap();
    assert_eq!(store.append(&OutboxRecord { sealed, ..record(FIRST, 1) }).await.unwrap(), Append::Stored);
    let segment = vault.seal_segment(journal(7), 1, 5, LINES.as_bytes()).await.unwrap();
    assert_eq!(store.add_page(journal(7), None, cursor(), Some(&segment), &[]).await.unwrap(), AddPage::Stored);
    store.put_note("push:een toestel", "een geheim").await.unwrap();
    store.put_record("draft:concern:1", &vault.seal_record("draft:concern:1", DRAFT.as_bytes()).await.unwrap()).await.unwrap();
}

/// Reads all that [`fill`] wrote.
async fn check(name: &str) {
    let store = IndexedDbStore::open(name).await.unwrap();
    assert_eq!(store.counter().await.unwrap(), (FIRST, 2));
    let vault = Vault::open(&store, name, &phrase_keys(PHRASE, &salt()).await.unwrap().vault).await.unwrap();
    let outbox = store.outbox().await.unwrap();
    let states: Vec<_> = outbox.iter().map(|record| record.state).collect();
    assert_eq!(states, [&STATES[..], &[OutboxState::Waiting]].concat());
    let mut texts = Vec::new();
    for record in &outbox {
        texts.push(String::from_utf8(vault.open_entry(record).await.unwrap()).unwrap());
    }
    assert_eq!(texts, ["aantekening 1", "aantekening 2", "aantekening 3", "aantekening 4", "na het klonen"]);
    assert_eq!(store.cursor(journal(7)).await.unwrap(), Some(cursor()));
    let segments = store.segments(journal(7)).await.unwrap();
    assert_eq!(vault.open_segment(journal(7), &segments[0]).await.unwrap(), LINES.as_bytes());
    assert_eq!(store.journals().await.unwrap(), [journal(7)]);
    assert_eq!(store.note("push:een toestel").await.unwrap().as_deref(), Some("een geheim"));
    let draft = store.record("draft:concern:1").await.unwrap().unwrap();
    assert_eq!(vault.open_record("draft:concern:1", &draft).await.unwrap(), DRAFT.as_bytes());
    // And it can be written to: one more entry, and what came back leaves.
    let sealed = vault.seal_entry(FIRST, journal(7), 2, b"nog een").await.unwrap();
    assert_eq!(store.append(&OutboxRecord { sealed, ..record(FIRST, 2) }).await.unwrap(), Append::Stored);
    let next = Cursor { seq: 6, ..cursor() };
    let returned = [outbox[1].id];
    assert_eq!(store.add_page(journal(7), Some(cursor()), next, None, &returned).await.unwrap(), AddPage::Stored);
    assert_eq!(store.outbox().await.unwrap().len(), 5);
}

const TOOLS: &str = "
const request = (asked) => new Promise((done, fail) => { asked.onsuccess = () => done(asked.result); asked.onerror = () => fail(asked.error); });
const finished = (tx) => new Promise((done, fail) => { tx.oncomplete = done; tx.onabort = () => fail(tx.error); });
const out = (value) => value instanceof Uint8Array ? { $bytes: btoa(String.fromCharCode(...value)) }
  : Array.isArray(value) ? value.map(out)
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, out(part)])) : value;
const into = (value) => Array.isArray(value) ? value.map(into)
  : value?.$bytes !== undefined ? Uint8Array.from(atob(value.$bytes), (c) => c.charCodeAt(0))
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, into(part)])) : value;
";
/// A database as JSON, by the browser's own means.
const DUMP: &str = "async (name) => {
  const database = await request(indexedDB.open(name));
  const stores = [];
  for (const of of database.objectStoreNames) {
    const store = database.transaction(of).objectStore(of);
    const indexes = [...store.indexNames].map((index) => { const { name, keyPath, unique, multiEntry } = store.index(index); return { name, keyPath, unique, multiEntry }; });
    const [keys, values] = await Promise.all([request(store.getAllKeys()), request(store.getAll())]);
    stores.push({ name: of, keyPath: store.keyPath, autoIncrement: store.autoIncrement, indexes, rows: keys.map((key, i) => [out(key), out(values[i])]) });
  }
  database.close();
  return JSON.stringify({ database: name, version: database.version, stores });
}";
/// The same database again. Gives its name.
const PLANT: &str = "async (json) => {
  const { database: name, version, stores } = JSON.parse(json);
  await request(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = () => {
    for (const { name, keyPath, autoIncrement, indexes, rows } of stores) {
      const store = opening.result.createObjectStore(name, { keyPath, autoIncrement });
      for (const { name, keyPath, unique, multiEntry } of indexes) store.createIndex(name, keyPath, { unique, multiEntry });
      for (const [key, value] of rows) keyPath === null ? store.put(into(value), into(key)) : store.put(into(value));
    }
  };
  const database = await request(opening);
  database.close();
  return name;
}";

async fn run(script: &str, argument: &str) -> String {
    let function: Function = js_sys::eval(&format!("(() => {{ {TOOLS} return {script}; }})()")).unwrap().unchecked_into();
    let promise: Promise = function.call1(&JsValue::NULL, &argument.into()).unwrap().unchecked_into();
    JsFuture::from(promise).await.unwrap().as_string().unwrap()
}

#[wasm_bindgen_test]
async fn every_released_store_opens_and_reads() {
    assert_eq!(RELEASED.len(), ACCOUNT.version() as usize, "a version of the schema has no fixture");
    for (version, json) in (1..).zip(RELEASED) {
        assert!(json.contains(&format!("\"version\":{version},")), "the fixture of version {version} is of another");
        let name = run(PLANT, json).await;
        check(&name).await;
        IndexedDbStore::delete(&name).await.unwrap();
    }
}

#[wasm_bindgen_test]
async fn every_released_list_of_accounts_opens_and_reads() {
    assert_eq!(LISTS.len(), ACCOUNTS.version() as usize, "a version of the schema has no fixture");
    for (version, json) in (1..).zip(LISTS) {
        assert!(json.contains(&format!("\"version\":{version},")), "the fixture of version {version} is of another");
        let name = run(PLANT, json).await;
        let accounts = Accounts::open().await.unwrap();
        let list = accounts.list().await.unwrap();
        assert_eq!(list, [account(&list[0].database)]);
        accounts.remove(&list[0].database).await.unwrap();
        drop(accounts);
        IndexedDbStore::delete(&name).await.unwrap();
    }
}

/// What is written today reads like what was written then; and this is where fixtures come from.
#[wasm_bindgen_test]
async fn what_is_recorded_today_opens_and_reads() {
    let name = IndexedDbStore::new_name();
    fill(&name).await;
    let json = run(DUMP, &name).await;
    let accounts = Accounts::open().await.unwrap();
    accounts.add(&account(&name)).await.unwrap();
    if option_env!("WAAKVLAM_RECORD").is_some() {
        console_log!("account: {json}");
        console_log!("accounts: {}", run(DUMP, "waakvlam").await);
    }
    accounts.remove(&name).await.unwrap();
    assert_eq!(run(PLANT, &json).await, name);
    check(&name).await;
    IndexedDbStore::delete(&name).await.unwrap();
}
