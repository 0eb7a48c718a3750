//! Denied unless granted: every route that the router has, for everybody who may come along.
//!
//! The table is the only place where it is written who gets what. The routes come from `/openapi.json`, which the router writes from
//! itself: a route that is not in the table fails, and so does a row without a route.

mod askers;
mod table;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use waakvlam::domain::Role;
use waakvlam::sync::wire::{Outcome, PushAnswer};

use super::described::Described;
use super::support::{TestServer, problem};
use askers::House;
use table::{Row, TABLE, WHO};

/// The table as it is shown to people; `WAAKVLAM_WRITE=1` writes it.
const SHOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/server/rights.md");

/// What every answer of the API has, an error too.
async fn guarded(answer: Response, what: &str) {
    assert_eq!(answer.headers()["cache-control"], "no-store", "{what}");
    assert_eq!(answer.headers()["api-version"], env!("CARGO_PKG_VERSION"), "{what}");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{what}");
    if !answer.status().is_success() {
        problem(answer).await;
    }
}

#[tokio::test]
async fn every_route_answers_everybody_as_the_table_says() {
    let server = TestServer::start().await;
    let described = Described::of(&server).await;
    let rows: BTreeSet<String> = TABLE.iter().map(Row::operation).collect();
    assert_eq!(rows, described.operations(), "left: the table of rights, right: the router. A new route needs its rows");
    let house = House::new(&server).await;
    let askers = house.askers(&server).await;
    let mut wrong = String::new();
    for row in TABLE {
        for ((who, asker), expected) in WHO.iter().zip(&askers).zip(row.expected) {
            let what = format!("{} {} ({}) as {who}", row.method, row.path, row.which);
            let answer = house.ask(&server, row, asker).await;
            let got = answer.status().as_u16();
            if got != expected {
                writeln!(wrong, "{what}: {got}, and the table says {expected}").unwrap();
            }
            described.fits(&row.method, row.path, answer, &what).await;
        }
    }
    assert_eq!(wrong, "");
    let shown = shown();
    println!("{shown}");
    println!("rights: routes={} rows={} answers={}", rows.len(), TABLE.len(), TABLE.len() * WHO.len());
    if std::env::var_os("WAAKVLAM_WRITE").is_some() {
        std::fs::write(SHOWN, &shown).unwrap();
    }
    assert!(std::fs::read_to_string(SHOWN).unwrap() == shown, "{SHOWN} is not current: run this test with WAAKVLAM_WRITE=1");
}

fn shown() -> String {
    let mut text = "Who gets what, for every route; written by `tests/api/rights` after asking a running server.\n\n".to_owned();
    writeln!(text, "| method | route | which | {} |", WHO.join(" | ")).unwrap();
    writeln!(text, "|---|---|---|{}", "---|".repeat(WHO.len())).unwrap();
    for row in TABLE {
        let cells = row.expected.map(|status| status.to_string()).join(" | ");
        writeln!(text, "| {} | `{}` | {} | {cells} |", row.method, row.path, row.which).unwrap();
    }
    text
}

#[tokio::test]
async fn who_may_not_ask_is_told_so_before_anybody_looks_at_what_was_sent() {
    let server = TestServer::start().await;
    let house = House::new(&server).await;
    let askers = house.askers(&server).await;
    for row in TABLE.iter().filter(|row| row.method == Method::POST) {
        for ((who, asker), expected) in WHO.iter().zip(&askers).zip(row.expected) {
            let answer =
                house.request(&server, row, asker).header("content-type", "application/json").body("{").send().await.unwrap();
            let status = answer.status().as_u16();
            let what = format!("{} ({}) as {who}: {status}", row.path, row.which);
            match expected {
                // Whose device it is, stands in the body.
                403 if row.which == "of another device" => assert_eq!(status, 400, "{what}"),
                401 | 403 if !row.open => assert_eq!(status, expected, "{what}"),
                // What is in the path is read before the body, the grant after it.
                404 => assert!([400, 404].contains(&status), "{what}"),
                _ => assert_eq!(status, 400, "{what}"),
            }
            guarded(answer, &what).await;
        }
    }
}

#[tokio::test]
async fn a_push_is_stored_only_where_its_writer_may_write() {
    let server = TestServer::start().await;
    let house = House::new(&server).await;
    let askers = house.askers(&server).await;
    let mut compared = BTreeSet::new();
    for row in TABLE.iter().filter(|row| row.path.ends_with("/pushes")) {
        for ((who, asker), expected) in WHO.iter().zip(&askers).zip(row.expected) {
            if expected != 200 {
                continue;
            }
            let answer: PushAnswer = house.ask(&server, row, asker).await.json().await.unwrap();
            let stored = matches!(answer.results[0].outcome, Outcome::Stored { .. });
            let may = ["own", "founded"].contains(&row.which) && ["worker", "supervisor", "revoked device"].contains(who);
            assert_eq!(stored, may, "{} as {who}: {:?}", row.which, answer.results);
            // Whether they may read it is what a pull of the same journal says, of who has a session.
            let pulls = TABLE.iter().find(|other| other.path.ends_with("/entries") && other.which == row.which);
            let pulled = pulls.map(|pulls| pulls.expected[WHO.iter().position(|other| other == who).unwrap()]);
            if let Some(pulled @ (200 | 404)) = pulled {
                assert_eq!(answer.granted, Some(pulled == 200), "{} as {who}", row.which);
                compared.insert(pulled);
            }
            let founded = row.which == "founded";
            assert!(!founded || answer.granted == Some(may), "{} as {who}: {:?}", row.which, answer.granted);
        }
    }
    assert_eq!(compared.len(), 2);
}

#[tokio::test]
async fn what_no_route_is_there_for_is_refused_in_the_same_way() {
    let server = TestServer::start().await;
    let described = Described::of(&server).await;
    let worker = server.phone("samira", Role::Worker).await;
    let mut refused = 0;
    for (path, methods) in described.paths() {
        for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
            if methods.contains(&method) {
                continue;
            }
            let real =
                path.replace("{journal}", &server.neighbourhood.to_string()).replace("{user}", &worker.me.user.to_string());
            let answer = worker.asks(method.clone(), &real).json(&json!({})).send().await.unwrap();
            let what = format!("{method} {path}");
            assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{what}");
            let allow = answer.headers()["allow"].to_str().unwrap().to_owned();
            for method in &methods {
                assert!(allow.split(',').any(|allowed| allowed == method.as_str()), "{what}: Allow: {allow}");
            }
            guarded(answer, &what).await;
            refused += 1;
        }
    }
    assert!(refused > 50, "only {refused}");
    for nothing in
        ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/me/", "/api/v1/me/x", "/api/v2/me", "/api/v1//me"]
    {
        let answer =
            worker.http.get(format!("{}{nothing}", server.base())).header("cookie", &worker.cookie).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{nothing}");
        guarded(answer, nothing).await;
    }
}

#[tokio::test]
async fn nobody_is_known_outside_their_journals() {
    let server = TestServer::start().await;
    let committee = server.phone("commissie", Role::Committee).await;
    assert_eq!(committee.me.journals, [], "reads no journal");
    let administrator = server.phone("beheer", Role::Administrator).await;
    assert!(administrator.me.journals.iter().all(|granted| granted.journal != server.neighbourhood), "manages, does not read");
}

fn body(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}
