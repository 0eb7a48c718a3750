//! Whatever is sent as a push or asked as a pull: never a panic, never a 500, never a half-written batch.
//!
//! `WAAKVLAM_CASES` says how many of each (a long run: 200000); proptest makes a failing one smaller and remembers it by its seed.

use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;
use waakvlam::domain::Role;
use waakvlam::server::config::Limits;
use waakvlam::sync::wire::{Outcome, PushAnswer, SealedRecord};

use super::support::{Phone, TestServer, visit};

/// Quick, for every day.
const CASES: u32 = 300;

fn runner() -> TestRunner {
    let cases = std::env::var("WAAKVLAM_CASES").ok().map_or(CASES, |cases| cases.parse().unwrap());
    TestRunner::new(Config { cases, failure_persistence: None, max_shrink_iters: 500, ..Config::default() })
}

fn start() -> (Runtime, TestServer, Phone) {
    let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
    let (server, phone) = runtime.block_on(async {
        let server = TestServer::start_with(Limits { per_device: u32::MAX, ..Limits::default() }).await;
        let phone = server.phone("samira", Role::Worker).await;
        (server, phone)
    });
    (runtime, server, phone)
}

/// Any JSON, some of it deep or strange.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!(i64::MAX)),
        Just(json!("9".repeat(400))),
        Just(json!("\u{0}\u{202e}\u{feff}")),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((".{0,6}", inner), 0..5).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// What is done to something that was right.
#[derive(Clone, Debug)]
enum Harm {
    /// The nth value, counted through the whole of it, becomes this.
    Replace(prop::sample::Index, Value),
    /// The nth object or list loses a member.
    Remove(prop::sample::Index),
    /// The nth object gets another member.
    Add(prop::sample::Index, String, Value),
}

fn harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        3 => (any::<prop::sample::Index>(), any_json()).prop_map(|(at, value)| Harm::Replace(at, value)),
        2 => any::<prop::sample::Index>().prop_map(Harm::Remove),
        1 => (any::<prop::sample::Index>(), ".{0,8}", any_json()).prop_map(|(at, name, value)| Harm::Add(at, name, value)),
    ]
}

/// Every value within, the whole first.
fn within(value: &mut Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter_mut().map(within).sum(),
        Value::Object(fields) => fields.values_mut().map(within).sum(),
        _ => 0,
    }
}

fn nth(value: &mut Value, mut n: usize) -> Option<&mut Value> {
    if n == 0 {
        return Some(value);
    }
    n -= 1;
    let inner: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => return None,
    };
    for part in inner {
        let size = within(part);
        if n < size {
            return nth(part, n);
        }
        n -= size;
    }
    None
}

impl Harm {
    fn to(&self, value: &mut Value) {
        let size = within(value);
        let (Self::Replace(at, _) | Self::Remove(at) | Self::Add(at, ..)) = self;
        let Some(found) = nth(value, at.index(size)) else { return };
        match (self, found) {
            (Self::Replace(_, with), found) => *found = with.clone(),
            (Self::Remove(_), Value::Array(items)) => drop(items.pop()),
            (Self::Remove(_), Value::Object(fields)) => {
                let first = fields.keys().next().cloned();
                first.map(|first| fields.remove(&first));
            }
            (Self::Add(_, name, with), Value::Object(fields)) => drop(fields.insert(name.clone(), with.clone())),
            _ => {}
        }
    }
}

/// A push to be made up.
#[derive(Clone, Debug)]
enum Sent {
    /// Bytes that have nothing to do with it.
    Bytes(Vec<u8>),
    /// JSON that has nothing to do with it.
    Json(Value),
    /// A right push, harmed, and cut off after so many bytes if at all.
    Envelope { entries: u8, harms: Vec<Harm>, cut: Option<prop::sample::Index> },
    /// Entries that are harmed before they are sealed: the envelope is right, they open, and hold anything.
    Sealed(Vec<(Vec<Harm>, Option<Vec<u8>>)>),
}

fn sent() -> impl Strategy<Value = Sent> {
    let raw = prop::option::weighted(0.2, prop::collection::vec(any::<u8>(), 0..60));
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..200).prop_map(Sent::Bytes),
        1 => any_json().prop_map(Sent::Json),
        4 => (0..5_u8, prop::collection::vec(harm(), 0..4), prop::option::weighted(0.1, any::<prop::sample::Index>()))
            .prop_map(|(entries, harms, cut)| Sent::Envelope { entries, harms, cut }),
        4 => prop::collection::vec((prop::collection::vec(harm(), 0..3), raw), 1..5).prop_map(Sent::Sealed),
    ]
}

/// Draws numbers for entries, since shrinking sends the same thing again.
static DRAWN: AtomicU64 = AtomicU64::new(1);

fn entry() -> (u64, Value) {
    let n = DRAWN.fetch_add(1, Ordering::Relaxed);
    let payload: Value = serde_json::from_str(visit("koffie").write().unwrap().get()).unwrap();
    (n, json!({ "id": Uuid::now_v7(), "n": n, "salt": "00".repeat(32), "payload": payload }))
}

fn bytes(sent: &Sent, phone: &Phone, server: &TestServer) -> Vec<u8> {
    let journal = server.neighbourhood;
    let seal = |n: u64, written: &Value| phone.seal_raw(journal, n, &serde_json::to_vec(written).unwrap());
    let push = |records: Vec<SealedRecord>| json!({ "device": phone.device, "records": records });
    match sent {
        Sent::Bytes(bytes) => bytes.clone(),
        Sent::Json(value) => serde_json::to_vec(value).unwrap(),
        Sent::Envelope { entries, harms, cut } => {
            let mut whole = push((0..*entries).map(|_| entry()).map(|(n, written)| seal(n, &written)).collect());
            harms.iter().for_each(|harm| harm.to(&mut whole));
            let mut text = serde_json::to_vec(&whole).unwrap();
            if let Some(cut) = cut {
                text.truncate(cut.index(text.len()));
            }
            text
        }
        Sent::Sealed(entries) => {
            let records = entries.iter().map(|(harms, raw)| {
                let (n, mut written) = entry();
                harms.iter().for_each(|harm| harm.to(&mut written));
                raw.as_ref().map_or_else(|| seal(n, &written), |raw| phone.seal_raw(journal, n, raw))
            });
            serde_json::to_vec(&push(records.collect())).unwrap()
        }
    }
}

#[test]
fn any_push_is_taken_whole_or_refused_whole() {
    let (runtime, server, phone) = start();
    let path = format!("/journals/{}/pushes", server.neighbourhood);
    // How many lines the journal must have.
    let (stored, apart) = (AtomicU64::new(0), AtomicU64::new(0));
    let outcome = runner().run(&sent(), |sent| {
        let body = bytes(&sent, &phone, &server);
        let request = phone.request(Method::POST, &path).bearer_auth(&phone.push_credential.0);
        let request = request.header("content-type", "application/json").body(body);
        runtime.block_on(async {
            let answer = request.send().await.map_err(|why| TestCaseError::fail(format!("no answer: {why}")))?;
            let status = answer.status();
            prop_assert!([200, 400, 403, 413, 422].contains(&status.as_u16()), "{status}");
            if status == StatusCode::OK {
                let answer: PushAnswer = answer.json().await.unwrap();
                for result in &answer.results {
                    match result.outcome {
                        Outcome::Stored { seq, .. } => prop_assert_eq!(seq, stored.fetch_add(1, Ordering::Relaxed) + 1, "dense"),
                        Outcome::Quarantined { .. } => drop(apart.fetch_add(1, Ordering::Relaxed)),
                        Outcome::Refused | Outcome::Erased => {}
                    }
                }
            }
            Ok(())
        })
    });
    outcome.unwrap();
    runtime.block_on(async {
        // What was answered is what is there: nothing of a push that was refused, all of one that was taken; dense and chained.
        let (entries, _) = phone.pull_all(server.neighbourhood).await;
        assert_eq!(entries.len() as u64, stored.load(Ordering::Relaxed));
        let quarantined = server.storage().quarantined(server.neighbourhood).await.unwrap().len() as u64;
        assert_eq!(quarantined, apart.load(Ordering::Relaxed));
        println!("pushes: stored={} apart={quarantined}", entries.len());
        assert!(entries.len() > 20 && quarantined > 20, "the cases reach no further than the door");
    });
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[test]
fn any_pull_is_answered() {
    let (runtime, server, mut phone) = start();
    runtime.block_on(async {
        let written: Vec<_> = (0..5).map(|i| phone.write(&visit(&i.to_string()))).collect();
        phone.push(server.neighbourhood, &written).await;
    });
    let id = server.neighbourhood.to_string();
    let journal =
        prop_oneof![4 => Just(id), 1 => any::<u128>().prop_map(|id| Uuid::from_u128(id).to_string()), 1 => "[ -~é]{1,40}"];
    let number = prop_oneof![any::<u64>().prop_map(|n| n.to_string()), (0..7_u64).prop_map(|n| n.to_string()), ".{0,20}"];
    let other = prop_oneof!["[0-9a-f]{64}", any::<u128>().prop_map(|id| Uuid::from_u128(id).to_string()), ".{0,70}"];
    let asked =
        (journal, prop::option::of(number), prop::option::of(other.clone()), prop::option::of(other), prop::option::of(".{0,9}"));
    let outcome = runner().run(&asked, |(journal, after, epoch, chain, more)| {
        let query = [("after", after), ("epoch", epoch), ("chain", chain), ("x", more)];
        let query: Vec<String> =
            query.iter().filter_map(|(name, value)| Some(format!("{name}={}", percent(value.as_ref()?)))).collect();
        let path = format!("/journals/{}/entries?{}", percent(&journal), query.join("&"));
        runtime.block_on(async {
            let request = phone.asks(Method::GET, &path);
            let answer = request.send().await.map_err(|why| TestCaseError::fail(format!("no answer: {why}")))?;
            let status = answer.status();
            prop_assert!([200, 400, 404].contains(&status.as_u16()), "{status}");
            Ok(())
        })
    });
    outcome.unwrap();
}
