//! What a phone sends, rightly and wrongly.

use chrono::Utc;
use reqwest::{Method, StatusCode};
use serde_json::json;
use uuid::Uuid;
use waakvlam::domain::body::{
    Concern, Correction, KnownBy, Outcome as VisitOutcome, Review, Rewording, Severity, Tile, Verdict, Visit, VisitKind,
};
use waakvlam::domain::{EntryId, JournalKind, Role};
use waakvlam::sync::chain;
use waakvlam::sync::problem::kinds;
use waakvlam::sync::wire::{Blob, Outcome, Push, Reason, SealedRecord};

use super::support::{Phone, TestServer, payload, problem, visit};

fn seq(outcome: &Outcome) -> u64 {
    match outcome {
        Outcome::Stored { seq, .. } => *seq,
        other => panic!("not stored: {other:?}"),
    }
}

fn quarantined(reason: Reason) -> Outcome {
    Outcome::Quarantined { reason }
}

fn kind(of: &str) -> String {
    format!("{}{of}", kinds::PREFIX)
}

#[tokio::test]
async fn what_is_sent_is_stored_byte_for_byte_and_sending_again_changes_nothing() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let mut written: Vec<_> = (0..5).map(|i| phone.write(&visit(&format!("contact {i}")))).collect();
    // Spaces and a field of a newer version survive.
    let text = written[0].payload.get().replacen('{', "{ \"later\" : [1, 2] , ", 1);
    written[0].payload = serde_json::value::RawValue::from_string(text.clone()).unwrap();
    let first = phone.push(server.neighbourhood, &written).await;
    assert_eq!(first.iter().map(seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    let again = phone.push(server.neighbourhood, &written).await;
    assert_eq!(first, again);
    let (entries, page) = phone.pull_all(server.neighbourhood).await;
    assert_eq!((entries.len(), page.head), (5, 5));
    assert_eq!(entries[0].payload.get(), text);
    assert_eq!(entries[0].author, phone.me.user);
    for (entry, outcome) in entries.iter().zip(&first) {
        let commitment = chain::commitment(&entry.salt, entry.payload.get());
        let receipt = server.server().keyring.receipt(server.neighbourhood, entry.id, entry.author, &commitment);
        assert_eq!(receipt, entry.receipt);
        assert_eq!(*outcome, Outcome::Stored { seq: entry.seq, receipt, cloned: false });
    }
}

#[tokio::test]
async fn many_phones_at_once_get_dense_numbers() {
    let server = TestServer::start().await;
    let first = server.phone("samira", Role::Worker).await;
    let mut phones = Vec::new();
    for _ in 0..8 {
        phones.push(Phone::sign_in(&server.base(), "samira", &first.login_key).await);
    }
    let journal = server.neighbourhood;
    let pushing = phones.into_iter().map(|mut phone| {
        tokio::spawn(async move {
            let mut numbers = Vec::new();
            for i in 0..10 {
                let written: Vec<_> = (0..3).map(|j| phone.write(&visit(&format!("{i} {j}")))).collect();
                numbers.extend(phone.push(journal, &written).await.iter().map(seq));
            }
            numbers
        })
    });
    let mut numbers: Vec<u64> = Vec::new();
    for pushed in pushing.collect::<Vec<_>>() {
        numbers.extend(pushed.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=240).collect::<Vec<_>>());
    assert_eq!(first.pull_all(journal).await.0.len(), 240);
}

#[tokio::test]
async fn a_cloned_phone_loses_nothing_and_is_told() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let original = phone.write(&visit("het origineel"));
    phone.n = 0;
    let clone = phone.write(&visit("de kloon"));
    assert_eq!((original.n, clone.n), (1, 1));
    let stored = phone.push(server.neighbourhood, &[original]).await;
    assert!(matches!(stored[0], Outcome::Stored { seq: 1, cloned: false, .. }));
    for _ in 0..2 {
        let stored = phone.push(server.neighbourhood, std::slice::from_ref(&clone)).await;
        assert!(matches!(stored[0], Outcome::Stored { seq: 2, cloned: true, .. }), "{stored:?}");
    }
}

#[tokio::test]
async fn what_cannot_become_an_entry_is_set_apart_and_blocks_nothing() {
    let server = TestServer::start().await;
    let journal = server.neighbourhood;
    let mut worker = server.phone("samira", Role::Worker).await;
    let mut other = server.phone("pieter", Role::Worker).await;
    let theirs = other.write(&visit("van Pieter"));
    other.push(journal, std::slice::from_ref(&theirs)).await;

    let good = worker.write(&visit("goed"));
    let mut same_id = worker.write(&visit("ander stuk, zelfde id"));
    same_id.id = theirs.id;
    let review = worker.write(&payload(Review { of: theirs.id, verdict: Verdict::Seen }.into()));
    let tile = Visit::tile(VisitKind::Rang, VisitOutcome::NotHome);
    let correction = worker.write(&payload(Correction { of: theirs.id, visit: tile }.into()));
    let mut newer = worker.write(&visit(""));
    let text = newer.payload.get().replace("\"visit\"", "\"van_later\"");
    newer.payload = serde_json::value::RawValue::from_string(text).unwrap();
    let mut records: Vec<SealedRecord> =
        [&good, &same_id, &review, &correction, &newer].iter().map(|written| worker.seal(journal, written)).collect();
    records.push(worker.seal_raw(journal, 6, b"geen json"));
    records.push(worker.seal_raw(journal, 7, &serde_json::to_vec(&good).unwrap()));
    records.push(SealedRecord { n: 8, sealed: Blob(vec![0; 40]) });
    let last = {
        worker.n = 8;
        worker.write(&visit("ook goed"))
    };
    records.push(worker.seal(journal, &last));

    let answer = worker.push_sealed(journal, records.clone()).await;
    assert_eq!(seq(&answer[0]), 2);
    let refused =
        [Reason::IdTaken, Reason::NotAllowed, Reason::NotAllowed, Reason::UnknownType, Reason::NotAnEntry, Reason::WrongNumber];
    assert_eq!(answer[1..7], refused.map(quarantined));
    assert_eq!(answer[7], Outcome::Refused);
    assert_eq!(seq(&answer[8]), 3);
    assert_eq!(worker.push_sealed(journal, records).await, answer, "the same again, the same answer");
    let apart = server.storage().quarantined(journal).await.unwrap();
    assert_eq!(apart.len(), 6, "each once");
    let not_json = apart.iter().find(|row| row.n == 6).unwrap();
    assert_eq!((not_json.raw.as_slice(), not_json.reason.as_str()), (b"geen json".as_slice(), "not_an_entry"));
    assert_eq!((not_json.device, not_json.user), (worker.device, worker.me.user));
    assert_eq!(worker.pull_all(journal).await.0.len(), 3);
}

#[tokio::test]
async fn an_entry_about_another_of_the_same_push_is_judged_by_it() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let seen = phone.write(&visit(""));
    let tile = Visit::tile(VisitKind::Phone, VisitOutcome::Spoken);
    let correction = phone.write(&payload(Correction { of: seen.id, visit: tile.clone() }.into()));
    let of_a_correction = phone.write(&payload(Correction { of: correction.id, visit: tile.clone() }.into()));
    let of_nothing_yet = phone.write(&payload(Correction { of: EntryId(Uuid::now_v7()), visit: tile }.into()));
    let answer = phone.push(server.neighbourhood, &[seen, correction, of_a_correction, of_nothing_yet]).await;
    assert_eq!((seq(&answer[0]), seq(&answer[1]), seq(&answer[3])), (1, 2, 3));
    assert_eq!(answer[2], quarantined(Reason::NotAllowed));
}

#[tokio::test]
async fn only_its_writer_words_a_worry_anew() {
    let server = TestServer::start().await;
    let mut jamila = server.phone("jamila", Role::Worker).await;
    let mut ineke = server.phone("ineke", Role::Supervisor).await;
    let concern = Concern {
        tile: Tile::Money,
        severity: Severity::Watch,
        facts: Vec::new(),
        seen: "Stapel post".to_owned(),
        thought: String::new(),
        known_by: KnownBy::SawIt,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    };
    let concern = jamila.write(&payload(concern.into()));
    let better = Rewording { of: concern.id, facts: Vec::new(), seen: "Kleine stapel".to_owned(), thought: String::new() };
    let own = jamila.write(&payload(better.clone().into()));
    let answer = jamila.push(server.neighbourhood, &[concern, own.clone()]).await;
    assert_eq!((seq(&answer[0]), seq(&answer[1])), (1, 2));
    let of_a_rewording = jamila.write(&payload(Rewording { of: own.id, ..better.clone() }.into()));
    let theirs = ineke.write(&payload(better.into()));
    for (phone, written) in [(&mut jamila, of_a_rewording), (&mut ineke, theirs)] {
        assert_eq!(phone.push(server.neighbourhood, &[written]).await, [quarantined(Reason::NotAllowed)]);
    }
}

#[tokio::test]
async fn a_grant_that_was_taken_back_sets_apart_what_is_new() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let before = phone.write(&visit("voor"));
    let taken = phone.push(server.neighbourhood, std::slice::from_ref(&before)).await;
    server.storage().revoke_grant(phone.me.user, server.neighbourhood, Utc::now()).await.unwrap();
    let after = phone.write(&visit("na"));
    let answer = phone.push(server.neighbourhood, &[before, after]).await;
    assert_eq!(answer, [taken[0].clone(), quarantined(Reason::NoGrant)]);
    let answer = phone.asks(Method::GET, &format!("/journals/{}/entries?after=0", server.neighbourhood)).send().await.unwrap();
    assert_eq!(problem(answer).await.r#type, kind(kinds::UNKNOWN_JOURNAL));
    let me: waakvlam::sync::wire::Me = phone.asks(Method::GET, "/me").send().await.unwrap().json().await.unwrap();
    assert!(me.journals.iter().all(|granted| granted.journal != server.neighbourhood));
}

#[tokio::test]
async fn a_broken_envelope_says_all_that_is_wrong() {
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    let journal = server.neighbourhood;
    let cases = [
        (json!([]), vec![""]),
        (json!({ "device": "x", "records": 3 }), vec!["/device", "/records"]),
        (
            json!({ "device": phone.device, "records": [{ "n": 0, "sealed": "?" }, { "n": "1" }] }),
            vec!["/records/0/n", "/records/0/sealed", "/records/1/n", "/records/1/sealed"],
        ),
        (json!({ "device": phone.device, "records": [{ "n": 0, "sealed": "" }] }), vec!["/records/0/n"]),
        (json!({ "device": phone.device, "records": [{ "n": 1_u64 << 53, "sealed": "" }] }), vec!["/records/0/n"]),
    ];
    for (body, pointers) in cases {
        let answer = phone.send(journal, &body).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{body}");
        let problem = problem(answer).await;
        assert_eq!(problem.errors.iter().map(|error| error.pointer.as_str()).collect::<Vec<_>>(), pointers, "{body}");
    }
    let path = format!("/journals/{journal}/pushes");
    let request = || phone.request(Method::POST, &path).bearer_auth(&phone.push_credential.0);
    let cut = request().header("content-type", "application/json").body("{\"device\":").send().await.unwrap();
    assert_eq!(problem(cut).await.r#type, kind(kinds::INVALID));
    let text = request().header("content-type", "text/plain").body("{}").send().await.unwrap();
    assert_eq!(text.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(problem(text).await.r#type, kind(kinds::NOT_JSON));
    let empty = Push { device: phone.device, records: Vec::new() };
    assert_eq!(phone.send(journal, &empty).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn too_much_is_refused_whole_and_a_full_push_is_taken() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let journal = server.neighbourhood;
    let written: Vec<_> = (0..501).map(|_| phone.write(&visit(""))).collect();
    let records: Vec<_> = written.iter().map(|written| phone.seal(journal, written)).collect();
    let answer = phone.send(journal, &Push { device: phone.device, records }).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(problem(answer).await.r#type, kind(kinds::TOO_LARGE));
    let large = phone.write(&visit(&"x".repeat(450 * 1024)));
    let records = vec![phone.seal(journal, &large)];
    let answer = phone.send(journal, &Push { device: phone.device, records }).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "600 KiB on the wire");
    assert_eq!(phone.pull_all(journal).await.0.len(), 0);
    assert_eq!(phone.push(journal, &written[..500]).await.iter().map(seq).max(), Some(500));
}

#[tokio::test]
async fn a_credential_opens_its_own_device_only() {
    let server = TestServer::start().await;
    let journal = server.neighbourhood;
    let mut phone = server.phone("samira", Role::Worker).await;
    let other = server.phone("pieter", Role::Worker).await;
    let stranger = server.phone("elders", Role::Administrator).await;
    let written = phone.write(&visit(""));
    let push = Push { device: phone.device, records: vec![phone.seal(journal, &written)] };
    let path = format!("/journals/{journal}/pushes");
    let without = phone.request(Method::POST, &path).json(&push).send().await.unwrap();
    assert_eq!((without.status(), problem(without).await.r#type), (StatusCode::UNAUTHORIZED, kind(kinds::NOT_SIGNED_IN)));
    for wrong in [&phone.renew_credential.0, "x", ""] {
        let answer = phone.request(Method::POST, &path).bearer_auth(wrong).json(&push).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
    let with_session = phone.asks(Method::POST, &path).json(&push).send().await.unwrap();
    assert_eq!(with_session.status(), StatusCode::UNAUTHORIZED, "a session does not push");
    let foreign = other.send(journal, &push).await;
    assert_eq!((foreign.status(), problem(foreign).await.r#type), (StatusCode::FORBIDDEN, kind(kinds::OTHER_DEVICE)));
    let lone = other.send(journal, &Push { device: other.device, ..push.clone() }).await;
    assert_eq!((lone.status(), problem(lone).await.r#type), (StatusCode::UNPROCESSABLE_ENTITY, kind(kinds::DOES_NOT_OPEN)));
    let elsewhere = server.storage().add_journal(JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    for unknown in [Uuid::new_v4().to_string(), elsewhere.to_string(), "x".to_owned()] {
        let answer = phone.send(&unknown, &push).await;
        assert_eq!((answer.status(), problem(answer).await.r#type), (StatusCode::NOT_FOUND, kind(kinds::UNKNOWN_JOURNAL)));
    }
    let moved = Push { device: phone.device, records: vec![phone.seal(elsewhere, &written)] };
    assert_eq!(phone.send(journal, &moved).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "sealed for another journal");
    let answer = stranger.send(journal, &Push { device: stranger.device, records: vec![] }).await;
    assert_eq!(answer.status(), StatusCode::OK, "granted, though as administrator");
    assert_eq!(phone.send(journal, &push).await.status(), StatusCode::OK);
}
