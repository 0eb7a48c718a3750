//! How long a save takes. It prints and asserts nothing about time.

use js_sys::{Function, Promise};
use uuid::Uuid;
use waakvlam::domain::EntryId;
use waakvlam::store::vault::{Vault, phrase_keys};
use waakvlam::store::{Append, Cursor, OutboxRecord, OutboxState, Store};
use waakvlam::sync::chain::Bytes32;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use crate::browser::two_tabs;
use crate::suite::journal;

const HELD: u64 = 10_000;
const PAGE: u64 = 500;
const SAVES: usize = 1_000;
/// About what a contact with a short note takes.
const CONTACT: [u8; 450] = [b'x'; 450];

fn now() -> f64 {
    let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into()).unwrap();
    let now: Function = js_sys::Reflect::get(&performance, &"now".into()).unwrap().unchecked_into();
    now.call0(&performance).unwrap().as_f64().unwrap()
}

/// What the browser takes for one strict transaction with one `put` of as many bytes, in plain JavaScript: nothing can be faster.
const FLOOR: &str = "(async () => {
    const opened = indexedDB.open('floor', 1);
    opened.onupgradeneeded = () => opened.result.createObjectStore('s');
    await new Promise((yes) => (opened.onsuccess = yes));
    let n = 0;
    return () => new Promise((yes, no) => {
        const tx = opened.result.transaction(['s'], 'readwrite', { durability: 'strict' });
        tx.objectStore('s').put(new Uint8Array(450), n++);
        tx.oncomplete = yes;
        tx.onabort = no;
        tx.commit();
    });
})()";

#[wasm_bindgen_test]
async fn a_thousand_saves_on_ten_thousand_held() {
    let (store, _) = two_tabs().await;
    let begun = now();
    let keys = phrase_keys("tafel koffie lamp fiets boom", &[7; 32]).await.unwrap();
    let phrase_ms = now() - begun;
    let vault = Vault::create(&store, store.name(), &keys.vault).await.unwrap();
    vault.add_journal(&store, journal(7)).await.unwrap();

    let begun = now();
    let mut held = None;
    for first in (1..=HELD).step_by(PAGE as usize) {
        let last = first + PAGE - 1;
        let segment = vault.seal_segment(journal(7), first, last, &CONTACT.repeat(PAGE as usize)).await.unwrap();
        let cursor = Cursor { epoch: Uuid::from_u128(1), seq: last, chain: Bytes32::default(), erasures: 0 };
        store.add_page(journal(7), held, cursor, Some(&segment), &[]).await.unwrap();
        held = Some(cursor);
    }
    let pages_ms = now() - begun;

    let (device, _) = store.counter().await.unwrap();
    let mut saves = Vec::new();
    let (mut seal_ms, mut floor_ms) = (0.0, 0.0);
    let opening: Promise = js_sys::eval(FLOOR).unwrap().unchecked_into();
    let floor: Function = JsFuture::from(opening).await.unwrap().unchecked_into();
    let mut ids = Vec::new();
    for n in 1..=SAVES as u64 {
        let id = EntryId(Uuid::new_v4());
        let begun = now();
        let sealed = vault.seal_entry(device, journal(7), n, &CONTACT).await.unwrap();
        seal_ms += now() - begun;
        let record = OutboxRecord { device, journal: journal(7), n, id, sealed, state: OutboxState::Waiting };
        assert_eq!(store.append(&record).await.unwrap(), Append::Stored);
        saves.push(now() - begun);
        ids.push(id);
        let begun = now();
        let put: Promise = floor.call0(&floor).unwrap().unchecked_into();
        JsFuture::from(put).await.unwrap();
        floor_ms += now() - begun;
    }
    let mean = saves.iter().sum::<f64>() / SAVES as f64;
    saves.sort_by(f64::total_cmp);
    let (median, p99) = (saves[SAVES / 2], saves[SAVES * 99 / 100]);

    let begun = now();
    assert_eq!(store.outbox().await.unwrap().len(), SAVES);
    let outbox_ms = now() - begun;
    let begun = now();
    let sent: Vec<_> =
        (1..=PAGE).map(|n| (device, n, OutboxState::Sent { seq: HELD + n, epoch: Uuid::nil(), cloned: false })).collect();
    store.mark(&sent).await.unwrap();
    let mark_ms = now() - begun;
    let begun = now();
    let segment = vault.seal_segment(journal(7), HELD + 1, HELD + PAGE, &CONTACT.repeat(PAGE as usize)).await.unwrap();
    let cursor = Cursor { epoch: Uuid::from_u128(1), seq: HELD + PAGE, chain: Bytes32::default(), erasures: 0 };
    store.add_page(journal(7), held, cursor, Some(&segment), &ids[..PAGE as usize]).await.unwrap();
    let return_ms = now() - begun;
    assert_eq!(store.outbox().await.unwrap().len(), SAVES - PAGE as usize);
    let begun = now();
    for segment in store.segments(journal(7)).await.unwrap() {
        vault.open_segment(journal(7), &segment).await.unwrap();
    }
    let open_ms = now() - begun;
    console_log!(
        "stores: save_mean_ms={mean:.2} save_median_ms={median:.2} save_p99_ms={p99:.2} seal_mean_ms={:.2} floor_mean_ms={:.2} phrase_ms={phrase_ms:.0} \
         pages_10000_ms={pages_ms:.0} read_open_10000_ms={open_ms:.0} outbox_1000_ms={outbox_ms:.0} mark_500_ms={mark_ms:.0} \
         return_500_ms={return_ms:.0}",
        seal_ms / SAVES as f64,
        floor_ms / SAVES as f64,
    );
}
