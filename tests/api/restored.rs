//! After a restore: a phone finds the last common number, and gives back what the office lost, of whomever.

use std::fs;
use std::path::Path;

use reqwest::{Method, StatusCode};
use waakvlam::domain::Role;
use waakvlam::sync::OFFERS;
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::problem::kinds;
use waakvlam::sync::wire::{Common, Offer, OfferAnswer, Offered, Outcome, Probe, Probes, PullAnswer, StoredEntry};

use super::support::{Phone, TestServer, problem, visit};

/// The database's files, and no others.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_owned();
        if name.to_string_lossy().starts_with("waakvlam.db") && file.is_file() {
            fs::copy(&file, to.join(name)).unwrap();
        }
    }
}

async fn restored(server: TestServer) -> TestServer {
    let server = server.restart_after(|folder| copy(&folder.join("backup"), folder)).await;
    server.storage().begin_epoch().await.unwrap();
    server.restart().await
}

async fn push(phone: &mut Phone, server: &TestServer, count: usize) {
    phone.base = server.base();
    for _ in 0..count {
        let written = phone.write(&visit("koffie"));
        let stored = phone.push(server.neighbourhood, &[written]).await;
        assert!(matches!(stored[0], Outcome::Stored { .. }));
    }
}

/// Where each line ends.
fn probes(entries: &[StoredEntry]) -> Vec<Probe> {
    let mut link = chain::START;
    let probe = |entry: &StoredEntry| {
        link = chain::next(&link, entry.seq, entry.id, entry.author, &chain::commitment(&entry.salt, entry.payload.get()));
        Probe { seq: entry.seq, chain: link }
    };
    entries.iter().map(probe).collect()
}

async fn common(phone: &Phone, server: &TestServer, probes: Vec<Probe>) -> Common {
    let path = format!("/journals/{}/common", server.neighbourhood);
    let answer = phone.asks(Method::POST, &path).json(&Probes { probes }).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

async fn offer(phone: &Phone, server: &TestServer, entries: Vec<StoredEntry>) -> Vec<Offered> {
    let path = format!("/journals/{}/offers", server.neighbourhood);
    let answer = phone.asks(Method::POST, &path).json(&Offer { entries }).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let answer: OfferAnswer = answer.json().await.unwrap();
    answer.results.into_iter().map(|result| result.outcome).collect()
}

#[tokio::test]
async fn what_a_restore_lost_comes_back_from_whoever_has_it() {
    let server = TestServer::start().await;
    let mut writer = server.phone("samira", Role::Worker).await;
    let mut reader = server.phone("bert", Role::Worker).await;
    push(&mut writer, &server, 3).await;
    let server = server.restart_after(|folder| copy(folder, &folder.join("backup"))).await;
    push(&mut writer, &server, 4).await;
    reader.base = server.base();
    let (held, page) = reader.pull_all(server.neighbourhood).await;
    assert_eq!(held.len(), 7);

    let server = restored(server).await;
    // Meanwhile somebody goes on writing: number 4 is another now.
    push(&mut writer, &server, 1).await;
    reader.base = server.base();
    // A restore ends the sessions; what renews them stays.
    reader.renew().await;
    let query = format!("after=7&epoch={}&chain={}", page.epoch, page.chain.to_hex());
    assert!(matches!(reader.pull(server.neighbourhood, &query).await, PullAnswer::Diverged { head: 4, .. }));
    let probes = probes(&held);
    let found = common(&reader, &server, probes.clone()).await;
    assert_eq!(found.seq, 3);
    assert_ne!(found.epoch, page.epoch);
    assert_eq!(common(&reader, &server, vec![Probe { seq: 2, chain: Bytes32([7; 32]) }]).await.seq, 0, "another chain");
    assert_eq!(common(&reader, &server, Vec::new()).await.seq, 0);

    // Not the writer but a reader gives them back: with their author, device, n and time, under the next numbers.
    let lost = held[3..].to_vec();
    let taken = offer(&reader, &server, lost.clone()).await;
    assert_eq!(taken, (5..=8).map(|seq| Offered::Stored { seq }).collect::<Vec<_>>());
    assert_eq!(offer(&reader, &server, lost.clone()).await, taken, "once more changes nothing");
    let (now, _) = reader.pull_all(server.neighbourhood).await;
    assert_eq!(now.len(), 8);
    for (was, is) in lost.iter().zip(&now[4..]) {
        assert_eq!((was.id, was.author, was.device, was.n), (is.id, is.author, is.device, is.n));
        assert_eq!((was.received_at, was.salt, was.receipt), (is.received_at, is.salt, is.receipt));
        assert_eq!(was.payload.get(), is.payload.get());
    }
}

#[tokio::test]
async fn nothing_is_taken_without_its_receipt() {
    let server = TestServer::start().await;
    let mut writer = server.phone("samira", Role::Worker).await;
    push(&mut writer, &server, 2).await;
    let (held, _) = writer.pull_all(server.neighbourhood).await;
    let first = &held[0];
    let other = waakvlam::domain::UserId(uuid::Uuid::new_v4());
    let text = visit("anders").write().unwrap();
    let forged = [
        StoredEntry { receipt: Bytes32([0; 32]), ..first.clone() },
        StoredEntry { receipt: held[1].receipt, ..first.clone() },
        StoredEntry { author: other, ..first.clone() },
        StoredEntry { payload: text, ..first.clone() },
        StoredEntry { salt: Bytes32([1; 32]), ..first.clone() },
        StoredEntry { id: waakvlam::domain::EntryId(uuid::Uuid::new_v4()), ..first.clone() },
    ];
    for entry in forged {
        assert_eq!(offer(&writer, &server, vec![entry.clone()]).await, [Offered::Refused], "{entry:?}");
    }
    // Device, n and time are not what a receipt is for: they are taken with it, or not at all.
    let mixed = vec![StoredEntry { receipt: Bytes32::default(), ..first.clone() }, held[1].clone()];
    assert_eq!(offer(&writer, &server, mixed).await, [Offered::Refused, Offered::Stored { seq: 2 }]);
    assert_eq!(writer.pull_all(server.neighbourhood).await.0.len(), 2);
    // A receipt of one journal is none in another.
    let elsewhere = server.storage().add_journal(waakvlam::domain::JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    server.storage().set_grant(writer.me.user, elsewhere, Role::Worker).await.unwrap();
    let path = format!("/journals/{elsewhere}/offers");
    let answer = writer.asks(Method::POST, &path).json(&Offer { entries: vec![first.clone()] }).send().await.unwrap();
    let answer: OfferAnswer = answer.json().await.unwrap();
    assert_eq!(answer.results[0].outcome, Offered::Refused);
}

#[tokio::test]
async fn an_offer_and_a_question_have_their_bounds() {
    let server = TestServer::start().await;
    let mut writer = server.phone("samira", Role::Worker).await;
    push(&mut writer, &server, 1).await;
    let (held, _) = writer.pull_all(server.neighbourhood).await;
    let many = vec![held[0].clone(); OFFERS + 1];
    let path = format!("/journals/{}/offers", server.neighbourhood);
    let answer = writer.asks(Method::POST, &path).json(&Offer { entries: many }).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(problem(answer).await.r#type.ends_with(kinds::TOO_LARGE));
    let probes = vec![Probe { seq: 1, chain: Bytes32::default() }; 65];
    let path = format!("/journals/{}/common", server.neighbourhood);
    let answer = writer.asks(Method::POST, &path).json(&Probes { probes }).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}
