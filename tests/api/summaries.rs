//! What a committee gets: one closed quarter that stays as it is, and nothing else.

use chrono::{DateTime, Days, Utc};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use waakvlam::domain::body::{Address, Concern, KnownBy, Outcome, Place, PlaceKind, Severity, Tile, Visit, VisitKind};
use waakvlam::domain::quarter::Quarter;
use waakvlam::domain::{Body, DeviceId, EntryId, JournalId, Payload, PlaceId, Role, Subject, UserId};
use waakvlam::server::storage::Given;
use waakvlam::sync::chain::Bytes32;

use super::support::{Phone, TestServer};

const DOOR: PlaceId = PlaceId(Uuid::from_u128(1));

/// Lines of a journal, of this or that day.
struct Lines(Vec<Given>, DeviceId);

impl Lines {
    fn new() -> Self {
        Self(Vec::new(), DeviceId(Uuid::new_v4()))
    }

    /// Written at one moment, come in at another.
    fn add(&mut self, place: PlaceId, written: DateTime<Utc>, received_at: DateTime<Utc>, body: impl Into<Body>) {
        let payload =
            Payload { written_at: written, clock_ahead_ms: None, subject: Subject::Place(place), group: None, body: body.into() };
        self.0.push(Given {
            id: EntryId(Uuid::now_v7()),
            author: UserId(Uuid::from_u128(7)),
            device: self.1,
            n: self.0.len() as u64 + 1,
            received_at,
            salt: Bytes32(rand::random()),
            kind: payload.body.kind().to_owned(),
            payload: payload.write().unwrap().get().to_owned(),
        });
    }

    fn say(&mut self, at: DateTime<Utc>, how_many: usize, body: impl Into<Body>) {
        let body = body.into();
        for _ in 0..how_many {
            self.add(DOOR, at, at, body.clone());
        }
    }

    async fn give(self, server: &TestServer, journal: JournalId) {
        server.storage().append_given(journal, &self.0).await.unwrap();
    }
}

/// Noon of a day in the middle of the last closed quarter.
fn then() -> DateTime<Utc> {
    let day = Quarter::last_closed(Utc::now()).first_day().checked_add_days(Days::new(40)).unwrap();
    day.and_hms_opt(12, 0, 0).unwrap().and_utc()
}

fn coffee() -> Visit {
    Visit::tile(VisitKind::Coffee, Outcome::Spoken)
}

fn worry(tile: Tile) -> Concern {
    Concern {
        tile,
        severity: Severity::Discuss,
        facts: Vec::new(),
        seen: "geschreeuw achter de deur".to_owned(),
        thought: String::new(),
        known_by: KnownBy::SawIt,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    }
}

/// A neighbourhood of thirty doors in which somebody worked, with so many worries of the rarest kind.
async fn a_quarter(server: &TestServer, rare: usize) {
    let mut lines = Lines::new();
    for number in 1..=30 {
        let address = Some(Address { street: "Lindehof".to_owned(), number, ..Address::default() });
        let place = Place { kind: PlaceKind::Door, name: number.to_string(), parent: None, floor: None, address };
        lines.add(PlaceId(Uuid::from_u128(number.into())), then(), then(), place);
    }
    lines.say(then(), 213, coffee());
    lines.say(then(), 64, Visit::tile(VisitKind::Rang, Outcome::NotHome));
    lines.say(then(), 23, worry(Tile::Money));
    lines.say(then(), 6, worry(Tile::Alone));
    lines.say(then(), rare, worry(Tile::UnsafeHome));
    lines.give(server, server.neighbourhood).await;
}

async fn read(phone: &Phone) -> Value {
    let answer = phone.asks(Method::GET, "/summaries").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

#[tokio::test]
async fn a_committee_reads_its_last_closed_quarter() {
    let server = TestServer::start().await;
    let tineke = server.phone("tineke", Role::Committee).await;
    assert_eq!(read(&tineke).await, json!([{ "neighbourhood": "Rivierenwijk", "summary": null }]), "nobody worked here yet");
    a_quarter(&server, 1).await;
    let quarter = Quarter::last_closed(Utc::now());
    let signals = ["money", "health", "alone", "unsafe_home", "dwelling", "nuisance", "taking_part"].map(
        |tile| json!({ "of": { "signal": tile }, "count": if tile == "money" { json!({ "about": 25 }) } else { json!("few") } }),
    );
    let of = |kind: &str, count: Value| json!({ "of": { "building": kind }, "count": count });
    let things = ["light_broken", "dirt", "damage", "lift_broken"].map(|kind| of(kind, json!({ "exact": 0 })));
    let nuisance = ["smell", "noise", "unsafe", "fire_hazard"].map(|kind| of(kind, json!("few")));
    let expected = json!([{ "neighbourhood": "Rivierenwijk", "summary": {
        "quarter": { "year": quarter.year, "quarter": quarter.quarter },
        "until": quarter.last_day_to_come_in(),
        "numbers": {
            "contacts": { "lines": [
                { "of": { "contact": "spoken" }, "count": { "about": 215 } },
                { "of": { "contact": "tried" }, "count": { "about": 65 } },
            ], "total": { "about": 275 } },
            "gestures": "few",
            "signals": { "lines": signals, "total": { "about": 30 } },
            "things": things,
            "nuisance": { "lines": nuisance, "total": "few" },
        },
    } }]);
    assert_eq!(read(&tineke).await, expected);
}

#[tokio::test]
async fn a_rare_worry_cannot_be_seen_not_even_whether_there_was_one() {
    let mut pages = Vec::new();
    for rare in [0, 1, 3] {
        let server = TestServer::start().await;
        a_quarter(&server, rare).await;
        pages.push(read(&server.phone("tineke", Role::Committee).await).await);
    }
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:#?}");
}

#[tokio::test]
async fn what_was_read_once_stays_as_it_is_and_what_comes_in_late_goes_nowhere() {
    let server = TestServer::start().await;
    let tineke = server.phone("tineke", Role::Committee).await;
    let quarter = Quarter::last_closed(Utc::now());
    let mut lines = Lines::new();
    // Written in the quarter, and the phone had no network until a moment too late.
    for _ in 0..50 {
        lines.add(DOOR, then(), quarter.closes(), coffee());
    }
    lines.give(&server, server.neighbourhood).await;
    a_quarter(&server, 0).await;
    let first = read(&tineke).await;
    assert_eq!(first[0]["summary"]["numbers"]["contacts"]["total"]["about"], 275, "the late ones do not count");
    // Something that should have been there, as after an import of old lines: what is frozen is frozen.
    let mut lines = Lines::new();
    lines.say(then(), 100, coffee());
    lines.give(&server, server.neighbourhood).await;
    assert_eq!(read(&tineke).await, first);
    let server = server.restart().await;
    let tineke = server.phone("tineke2", Role::Committee).await;
    assert_eq!(read(&tineke).await, first);
}

#[tokio::test]
async fn many_who_ask_at_once_read_the_same() {
    let server = TestServer::start().await;
    a_quarter(&server, 2).await;
    let tineke = server.phone("tineke", Role::Committee).await;
    let pages = futures::future::join_all((0..8).map(|_| read(&tineke))).await;
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[tokio::test]
async fn a_committee_reads_its_own_neighbourhood_and_no_entry_of_any() {
    let server = TestServer::start().await;
    a_quarter(&server, 0).await;
    let other = server.storage().add_journal(waakvlam::domain::JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    let tineke = server.phone("tineke", Role::Committee).await;
    assert_eq!(read(&tineke).await.as_array().unwrap().len(), 1);
    for row in server.storage().journals().await.unwrap() {
        let path = format!("/journals/{}/entries", row.journal);
        let answer = tineke.asks(Method::GET, &path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "entries of {}", row.name);
    }
    // A grant on another neighbourhood adds that one; a grant that was taken back is gone at once.
    server.storage().set_grant(tineke.me.user, other, Role::Committee).await.unwrap();
    assert_eq!(read(&tineke).await.as_array().unwrap().len(), 2);
    server.storage().revoke_grant(tineke.me.user, server.neighbourhood, Utc::now()).await.unwrap();
    assert_eq!(read(&tineke).await, json!([{ "neighbourhood": "Elders", "summary": null }]));
}
