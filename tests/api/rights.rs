//! Denied unless granted: every route, for everybody.

use reqwest::{Method, StatusCode};
use serde_json::json;
use uuid::Uuid;
use waakvlam::domain::Role;

use super::support::{Phone, TestServer, problem};

/// What a route answers to nobody, a worker, a supervisor, a committee member and an administrator. The bodies are empty
/// JSON objects: who may not ask is told so before anybody looks at what was sent.
#[rustfmt::skip]
const TABLE: [(Method, &str, [u16; 5]); 23] = [
    //                                        nobody worker superv. committee admin.
    (Method::GET,    "/health",                 [200, 200, 200, 200, 200]),
    (Method::GET,    "/ready",                  [200, 200, 200, 200, 200]),
    (Method::GET,    "/installation",           [200, 200, 200, 200, 200]),
    (Method::POST,   "/enrolments/lookup",      [400, 400, 400, 400, 400]),
    (Method::POST,   "/enrolments/complete",    [400, 400, 400, 400, 400]),
    (Method::POST,   "/sessions",               [400, 400, 400, 400, 400]),
    (Method::POST,   "/sessions/renew",         [400, 400, 400, 400, 400]),
    (Method::GET,    "/me",                     [401, 200, 200, 200, 200]),
    (Method::POST,   "/devices",                [401, 400, 400, 400, 400]),
    (Method::GET,    "/users",                  [401, 403, 403, 403, 200]),
    (Method::POST,   "/users",                  [401, 403, 403, 403, 400]),
    (Method::POST,   "/users/{nobody}/link",    [401, 403, 403, 403, 404]),
    (Method::POST,   "/users/x/link",           [401, 403, 403, 403, 404]),
    (Method::GET,    "/journals",               [401, 403, 403, 403, 200]),
    (Method::GET,    "/journals/{own}/entries", [401, 200, 200, 404, 404]),
    (Method::GET,    "/journals/{other}/entries", [401, 404, 404, 404, 404]),
    (Method::GET,    "/journals/{nobody}/entries", [401, 404, 404, 404, 404]),
    (Method::GET,    "/journals/{staff}/entries", [401, 200, 200, 404, 200]),
    (Method::GET,    "/journals/{management}/entries", [401, 404, 404, 404, 200]),
    (Method::POST,   "/journals/{own}/pushes",  [401, 401, 401, 401, 401]), // a session never pushes
    (Method::GET,    "/journals/{own}/pushes",  [405, 405, 405, 405, 405]),
    (Method::GET,    "/nothing",                [404, 404, 404, 404, 404]),
    (Method::DELETE, "/sessions",               [204, 204, 204, 204, 204]),
];

#[tokio::test]
async fn every_route_answers_everybody_as_the_table_says() {
    let server = TestServer::start().await;
    let other = server.storage().add_journal(waakvlam::domain::JournalKind::Neighbourhood, "Elders").await.unwrap().unwrap();
    let journals = server.storage().journals().await.unwrap();
    let named = |name: &str| journals.iter().find(|row| row.name == name).unwrap().journal.to_string();
    let mut people: Vec<Phone> = Vec::new();
    for role in Role::ALL {
        people.push(server.phone(role.as_str(), role).await);
    }
    let mut nobody = server.phone("niemand", Role::Worker).await;
    nobody.cookie = "__Host-waakvlam=verzonnen".to_owned();
    people.insert(0, nobody);
    for (method, route, expected) in TABLE {
        let path = route
            .replace("{own}", &server.neighbourhood.to_string())
            .replace("{other}", &other.to_string())
            .replace("{staff}", &named("Organisatie"))
            .replace("{management}", &named("Beheer"))
            .replace("{nobody}", &Uuid::new_v4().to_string());
        for (phone, expected) in people.iter().zip(expected) {
            let mut request = phone.asks(method.clone(), &path);
            if method == Method::POST {
                request = request.json(&json!({}));
            }
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), expected, "{method} {route} as {}", phone.me.login_name);
            assert_eq!(answer.headers()["cache-control"], "no-store");
            assert_eq!(answer.headers()["api-version"], env!("CARGO_PKG_VERSION"));
            assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
            if !answer.status().is_success() {
                problem(answer).await;
            }
        }
    }
}

#[tokio::test]
async fn nobody_is_known_outside_their_journals() {
    let server = TestServer::start().await;
    let committee = server.phone("commissie", Role::Committee).await;
    assert_eq!(committee.me.journals, [], "reads no journal");
    let administrator = server.phone("beheer", Role::Administrator).await;
    assert!(administrator.me.journals.iter().all(|granted| granted.journal != server.neighbourhood), "manages, does not read");
    let answer = administrator.asks(Method::POST, "/users").body("{}").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let unversioned = administrator.http.get(format!("{}/api/v2/me", server.base())).send().await.unwrap();
    assert_eq!(unversioned.status(), StatusCode::NOT_FOUND);
    problem(unversioned).await;
}
