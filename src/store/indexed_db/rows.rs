//! Rust values as what IndexedDB keeps, and back. Sealed bytes are `Uint8Array`s, never text.

use idb::{KeyRange, Query};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::trouble::trouble;
use crate::domain::{DeviceId, EntryId, JournalId, json};
use crate::store::{OutboxRecord, OutboxState, Sealed, Segment, StoreError};

#[allow(unsafe_code, reason = "wasm-bindgen's way of naming the fields of an object")]
mod object {
    use super::{JsValue, Uint8Array, wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        /// A plain object with the fields of our rows.
        #[wasm_bindgen(js_name = Object, typescript_type = "object")]
        pub type Row;
        #[wasm_bindgen(constructor, js_class = "Object")]
        pub fn new() -> Row;

        #[wasm_bindgen(method, getter)]
        pub fn device(this: &Row) -> Option<String>;
        #[wasm_bindgen(method, setter)]
        pub fn set_device(this: &Row, value: &str);
        #[wasm_bindgen(method, getter)]
        pub fn journal(this: &Row) -> Option<String>;
        #[wasm_bindgen(method, setter)]
        pub fn set_journal(this: &Row, value: &str);
        #[wasm_bindgen(method, getter)]
        pub fn id(this: &Row) -> Option<String>;
        #[wasm_bindgen(method, setter)]
        pub fn set_id(this: &Row, value: &str);
        #[wasm_bindgen(method, getter)]
        pub fn n(this: &Row) -> Option<f64>;
        #[wasm_bindgen(method, setter)]
        pub fn set_n(this: &Row, value: f64);
        #[wasm_bindgen(method, getter)]
        pub fn round(this: &Row) -> Option<f64>;
        #[wasm_bindgen(method, setter)]
        pub fn set_round(this: &Row, value: f64);
        #[wasm_bindgen(method, getter)]
        pub fn first(this: &Row) -> Option<f64>;
        #[wasm_bindgen(method, setter)]
        pub fn set_first(this: &Row, value: f64);
        #[wasm_bindgen(method, getter)]
        pub fn last(this: &Row) -> Option<f64>;
        #[wasm_bindgen(method, setter)]
        pub fn set_last(this: &Row, value: f64);
        #[wasm_bindgen(method, getter)]
        pub fn state(this: &Row) -> Option<String>;
        #[wasm_bindgen(method, setter)]
        pub fn set_state(this: &Row, value: &str);
        #[wasm_bindgen(method, getter)]
        pub fn sealed(this: &Row) -> JsValue;
        #[wasm_bindgen(method, setter)]
        pub fn set_sealed(this: &Row, value: &Uint8Array);
    }
}
use object::Row;

/// The counter's one key.
pub fn now() -> JsValue {
    "now".into()
}

/// A counter row.
pub fn counter(device: DeviceId, next: u64, round: u64) -> JsValue {
    let row = Row::new();
    row.set_device(&device.to_string());
    row.set_n(number(next));
    row.set_round(number(round));
    row.into()
}

/// Device, next n, round.
pub fn read_counter(value: Option<JsValue>) -> Result<(DeviceId, u64, u64), StoreError> {
    let row: Row = value.ok_or(StoreError::Unreadable("counter"))?.unchecked_into();
    let read = || Some((row.device()?.parse().ok()?, whole(row.n()?)?, whole(row.round()?)?));
    read().ok_or(StoreError::Unreadable("counter"))
}

/// An outbox row.
pub fn outbox(record: &OutboxRecord, round: u64) -> Result<JsValue, StoreError> {
    let row = Row::new();
    row.set_device(&record.device.to_string());
    row.set_journal(&record.journal.to_string());
    row.set_n(number(record.n));
    row.set_id(&record.id.to_string());
    row.set_round(number(round));
    row.set_state(&state(record.state)?);
    row.set_sealed(&bytes(&record.sealed));
    Ok(row.into())
}

/// A record and its device's round.
pub fn read_outbox(value: JsValue) -> Result<(u64, OutboxRecord), StoreError> {
    let row: Row = value.unchecked_into();
    let read = || {
        let record = OutboxRecord {
            device: row.device()?.parse().ok()?,
            journal: row.journal()?.parse().ok()?,
            n: whole(row.n()?)?,
            id: row.id()?.parse().ok()?,
            sealed: read_bytes(&row.sealed())?,
            state: json::read_text(&row.state()?).ok()?,
        };
        Some((whole(row.round()?)?, record))
    };
    read().ok_or(StoreError::Unreadable("outbox"))
}

/// How far a record is, as it is kept.
pub fn state(state: OutboxState) -> Result<String, StoreError> {
    serde_json::to_string(&state).map_err(|_| StoreError::Unreadable("state"))
}

/// A segment row.
pub fn segment(segment: &Segment) -> JsValue {
    let row = Row::new();
    row.set_first(number(segment.first));
    row.set_last(number(segment.last));
    row.set_sealed(&bytes(&segment.sealed));
    row.into()
}

/// A segment.
pub fn read_segment(value: JsValue) -> Result<Segment, StoreError> {
    let row: Row = value.unchecked_into();
    let read = || Some(Segment { first: whole(row.first()?)?, last: whole(row.last()?)?, sealed: read_bytes(&row.sealed())? });
    read().ok_or(StoreError::Unreadable("segment"))
}

/// Sealed bytes.
pub fn bytes(sealed: &Sealed) -> Uint8Array {
    Uint8Array::from(sealed.0.as_slice())
}

/// Sealed bytes, if it is some.
pub fn read_bytes(value: &JsValue) -> Option<Sealed> {
    value.dyn_ref::<Uint8Array>().map(|bytes| Sealed(bytes.to_vec()))
}

/// The key of an outbox row.
pub fn outbox_key(device: DeviceId, n: u64) -> JsValue {
    Array::of2(&text(device), &number(n).into()).into()
}

/// The rows of a device from one number to another.
pub fn outbox_range(device: DeviceId, from: u64, to: u64) -> Result<Query, StoreError> {
    between(&outbox_key(device, from), &outbox_key(device, to))
}

/// Device and n of an outbox row's key.
pub fn read_outbox_key(value: &JsValue) -> Option<(DeviceId, u64)> {
    let pair: &Array = value.dyn_ref()?;
    Some((pair.get(0).as_string()?.parse().ok()?, whole(pair.get(1).as_f64()?)?))
}

/// The key of a segment row.
pub fn segment_key(journal: JournalId, first: u64) -> JsValue {
    Array::of2(&text(journal), &number(first).into()).into()
}

/// The segments of a journal that begin from one number to another.
pub fn segment_range(journal: JournalId, from: u64, to: u64) -> Result<Query, StoreError> {
    between(&segment_key(journal, from), &segment_key(journal, to))
}

/// The first number in a segment row's key.
pub fn read_segment_key(value: &JsValue) -> Option<u64> {
    whole(value.dyn_ref::<Array>()?.get(1).as_f64()?)
}

/// The key of a wrapped data key.
pub fn key_key(journal: Option<JournalId>) -> JsValue {
    journal.map_or_else(|| "outbox".into(), text)
}

/// Everything whose key begins with this.
pub fn prefix(prefix: &str) -> Result<Query, StoreError> {
    between(&prefix.into(), &format!("{prefix}\u{ffff}").into())
}

/// The key of an entry's id.
pub fn id(id: EntryId) -> JsValue {
    text(id)
}

/// Anything that says what it is.
pub fn text(value: impl std::fmt::Display) -> JsValue {
    value.to_string().into()
}

fn between(from: &JsValue, to: &JsValue) -> Result<Query, StoreError> {
    KeyRange::bound(from, to, None, None).map(Query::from).map_err(trouble)
}

/// Numbers stay far below 2⁵³; above, everything would be one number, so the range of all ends there too.
#[allow(clippy::cast_precision_loss, reason = "n and seq count entries")]
fn number(value: u64) -> f64 {
    value as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
fn whole(value: f64) -> Option<u64> {
    (value >= 0.0 && value.fract() == 0.0).then_some(value as u64)
}
