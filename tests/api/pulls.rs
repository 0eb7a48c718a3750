//! What a phone gets.

use chrono::Utc;
use reqwest::{Method, StatusCode};
use uuid::Uuid;
use waakvlam::domain::{DeviceId, EntryId, Role};
use waakvlam::server::storage::Given;
use waakvlam::sync::chain::Bytes32;
use waakvlam::sync::wire::{Outcome, PullAnswer, Push, PushAnswer, PushResult};
use waakvlam::sync::{APP_VERSION, PAGE_LINES};

use super::support::{Phone, TestServer, problem, visit};

async fn fill(server: &TestServer, phone: &Phone, how_many: u64, note: &str) {
    let device = DeviceId(Uuid::new_v4());
    let given: Vec<Given> = (1..=how_many)
        .map(|n| Given {
            id: EntryId(Uuid::now_v7()),
            author: phone.me.user,
            device,
            n,
            received_at: Utc::now(),
            salt: Bytes32(rand::random()),
            kind: "visit".to_owned(),
            payload: visit(note).write().unwrap().get().to_owned(),
        })
        .collect();
    server.storage().append_given(server.neighbourhood, &given).await.unwrap();
}

fn page(answer: PullAnswer) -> waakvlam::sync::wire::Page {
    match answer {
        PullAnswer::Page(page) => page,
        PullAnswer::Diverged { .. } => panic!("diverged"),
    }
}

#[tokio::test]
async fn a_large_journal_comes_in_pages() {
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    fill(&server, &phone, 1_001, "").await;
    let first = page(phone.pull(server.neighbourhood, "after=0").await);
    assert_eq!((first.lines.len(), first.head), (PAGE_LINES, 1_001));
    let (entries, last) = phone.pull_all(server.neighbourhood).await;
    assert_eq!((entries.len(), last.lines.len()), (1_001, 1));
    let nothing = page(phone.pull(server.neighbourhood, &format!("after=1001&chain={}", last.chain.to_hex())).await);
    assert_eq!((nothing.lines.len(), nothing.chain, nothing.head), (0, last.chain, 1_001));
}

#[tokio::test]
async fn a_page_of_long_notes_stops_near_a_megabyte() {
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    fill(&server, &phone, 30, &"x".repeat(100_000)).await;
    let first = page(phone.pull(server.neighbourhood, "after=0").await);
    assert_eq!(first.lines.len(), 11);
    assert_eq!(phone.pull_all(server.neighbourhood).await.0.len(), 30);
}

#[tokio::test]
async fn a_phone_that_knew_another_server_is_told() {
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    fill(&server, &phone, 3, "").await;
    let known = page(phone.pull(server.neighbourhood, "after=0").await);
    let right = format!("after=3&epoch={}&chain={}", known.epoch, known.chain.to_hex());
    page(phone.pull(server.neighbourhood, &right).await);
    let other_chain = format!("after=3&epoch={}&chain={}", known.epoch, Bytes32([1; 32]).to_hex());
    let other_epoch = format!("after=3&epoch={}&chain={}", Uuid::new_v4(), known.chain.to_hex());
    let above = format!("after=4&epoch={}&chain={}", known.epoch, known.chain.to_hex());
    for query in [other_chain, other_epoch, above] {
        let PullAnswer::Diverged { epoch, head } = phone.pull(server.neighbourhood, &query).await else {
            panic!("no divergence: {query}")
        };
        assert_eq!((epoch, head), (known.epoch, 3));
    }
    let path = format!("/journals/{}/entries?after=x", server.neighbourhood);
    assert_eq!(phone.asks(Method::GET, &path).send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_restarted_server_has_everything() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let written = phone.write(&visit(""));
    let stored = phone.push(server.neighbourhood, std::slice::from_ref(&written)).await;
    let before = phone.pull_all(server.neighbourhood).await.1;
    let server = server.restart().await;
    phone.base = server.base();
    assert_eq!(phone.push(server.neighbourhood, &[written]).await, stored, "the outbox key outlived it");
    let after = phone.pull_all(server.neighbourhood).await.1;
    assert_eq!((before.epoch, before.chain), (after.epoch, after.chain));
}

#[tokio::test]
async fn a_database_is_not_opened_with_another_keyring() {
    let server = TestServer::start().await;
    let mut data = server.data.clone();
    data.keyring = Some(server.folder.path().join("another.json"));
    assert!(waakvlam::server::open(&data).await.is_err(), "none is drawn for a database that has one");
    let other = tempfile::tempdir().unwrap();
    data.keyring = Some(other.path().join("keyring.json"));
    waakvlam::server::keyring::Keyring::load_or_create(&other.path().join("keyring.json")).unwrap();
    assert!(waakvlam::server::open(&data).await.is_err());
}

#[tokio::test]
async fn an_app_that_is_too_old_pushes_but_does_not_pull() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let journal = server.neighbourhood;
    let pull = |phone: &Phone, version: &str| {
        phone.asks(Method::GET, &format!("/journals/{journal}/entries?after=0")).header(APP_VERSION, version)
    };
    let refused = pull(&phone, "0.0.9").send().await.unwrap();
    let problem = problem(refused).await;
    assert_eq!((problem.status, problem.r#type.as_str()), (426, "urn:waakvlam:problem:update-needed"));
    let written = phone.write(&visit("van een oude app"));
    let push = Push { device: phone.device, records: vec![phone.seal(journal, &written)] };
    let pushed = phone
        .request(Method::POST, &format!("/journals/{journal}/pushes"))
        .bearer_auth(&phone.push_credential.0)
        .header(APP_VERSION, "0.0.9")
        .json(&push)
        .send()
        .await
        .unwrap();
    assert_eq!(pushed.status(), StatusCode::OK);
    assert!(matches!(
        pushed.json::<PushAnswer>().await.unwrap().results[..],
        [PushResult { outcome: Outcome::Stored { .. }, .. }]
    ));
    for version in [env!("CARGO_PKG_VERSION"), "99.0.0"] {
        assert_eq!(pull(&phone, version).send().await.unwrap().status(), StatusCode::OK, "{version}");
    }
}
