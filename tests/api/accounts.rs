//! Links, signing in, sessions.

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::json;
use uuid::Uuid;
use waakvlam::domain::{DeviceId, JournalKind, Role};
use waakvlam::server::accounts::{NewAccount, login_key_for};
use waakvlam::server::config::Limits;
use waakvlam::sync::problem::kinds;
use waakvlam::sync::wire::{EnrolmentFound, Me, Secret, SignIn, UserAdded, UserRow};

use super::support::{Phone, TestServer, code, login_key, problem, visit};

async fn post(base: &str, path: &str, body: &impl serde::Serialize) -> Response {
    Client::new().post(format!("{base}/api/v1{path}")).json(body).send().await.unwrap()
}

fn kind(of: &str) -> String {
    format!("{}{of}", kinds::PREFIX)
}

#[tokio::test]
async fn a_link_says_whom_it_is_for_and_works_once() {
    let server = TestServer::start().await;
    let (user, link) = server.add("samira", Role::Worker, &[server.neighbourhood]).await;
    let typed = code(&link).to_lowercase().replace('-', " ");
    let found: EnrolmentFound = post(&server.base(), "/enrolments/lookup", &json!({ "code": typed })).await.json().await.unwrap();
    assert_eq!((found.login_name.as_str(), found.name.as_str()), ("samira", "Naam van samira"));
    let phone = Phone::enrol(&server.base(), &code(&link)).await;
    assert_eq!(phone.me.user, user);
    let kinds_of: Vec<JournalKind> = phone.me.journals.iter().map(|granted| granted.kind).collect();
    assert_eq!(kinds_of, [JournalKind::Neighbourhood, JournalKind::Organisation]);
    let again = post(&server.base(), "/enrolments/lookup", &json!({ "code": code(&link) })).await;
    assert_eq!(again.status(), StatusCode::GONE);
    assert_eq!(problem(again).await.r#type, kind(kinds::USED_CODE));
}

#[tokio::test]
async fn an_unknown_code_and_one_that_a_newer_replaced() {
    let server = TestServer::start().await;
    let administrator = server.phone("beheer", Role::Administrator).await;
    let (user, old) = server.add("samira", Role::Worker, &[]).await;
    let added = administrator.asks(Method::POST, &format!("/users/{user}/link")).json(&()).send().await.unwrap();
    assert_eq!(added.status(), StatusCode::CREATED);
    let added: UserAdded = added.json().await.unwrap();
    assert!(added.qr_svg.contains("<svg"));
    let unknown = post(&server.base(), "/enrolments/lookup", &json!({ "code": "AAAA-AAAA-AAAA-AAAA" })).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(problem(unknown).await.r#type, kind(kinds::UNKNOWN_CODE));
    let expired = post(&server.base(), "/enrolments/lookup", &json!({ "code": code(&old) })).await;
    assert_eq!(expired.status(), StatusCode::GONE);
    assert_eq!(problem(expired).await.r#type, kind(kinds::EXPIRED_CODE));
    Phone::enrol(&server.base(), added.link.split_once('#').unwrap().1).await;
}

#[tokio::test]
async fn a_wrong_phrase_and_an_unknown_name_get_the_same_answer() {
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    let mut answers = Vec::new();
    for (login_name, key) in [("samira", login_key()), ("nobody", phone.login_key.clone()), ("samira", Secret(String::new()))] {
        let device = super::support::new_device_of(&server.base()).await;
        let answer = post(&server.base(), "/sessions", &SignIn { login_name: login_name.into(), login_key: key, device }).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        answers.push(problem(answer).await);
    }
    assert_eq!(answers[0].r#type, kind(kinds::WRONG_PHRASE));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    Phone::sign_in(&server.base(), " Samira ", &phone.login_key).await;
}

#[tokio::test]
async fn a_phrase_signs_in_on_the_server_as_on_a_phone() {
    let server = TestServer::start().await;
    let key = login_key_for(server.server().installation.id, "Samira", " Tafel  koffie lamp fiets\nboom ");
    let key_again = login_key_for(server.server().installation.id, "samira", "tafel koffie lamp fiets boom");
    let account =
        NewAccount { login_name: "samira".into(), name: "S".into(), role: Role::Worker, journals: vec![], login_key: Some(key) };
    let (_, link) = server.server().add_account(&account).await.unwrap();
    assert!(link.is_none());
    Phone::sign_in(&server.base(), "samira", &key_again).await;
}

#[tokio::test]
async fn guessing_slows_down_and_says_how_long() {
    let server = TestServer::start_with(Limits { per_name: 3, ..Limits::default() }).await;
    let phone = server.phone("samira", Role::Worker).await;
    for _ in 0..3 {
        Phone::sign_in(&server.base(), "samira", &phone.login_key).await;
    }
    let device = super::support::new_device_of(&server.base()).await;
    let wrong = SignIn { login_name: "samira".into(), login_key: login_key(), device };
    for _ in 0..3 {
        assert_eq!(post(&server.base(), "/sessions", &wrong).await.status(), StatusCode::UNAUTHORIZED);
    }
    let answer = post(&server.base(), "/sessions", &wrong).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=61).contains(&seconds));
    assert_eq!(problem(answer).await.r#type, kind(kinds::TOO_MANY));
}

#[tokio::test]
async fn a_forgotten_phrase_ends_sessions_but_what_waits_still_arrives() {
    let server = TestServer::start().await;
    let mut old = server.phone("samira", Role::Worker).await;
    let administrator = server.phone("beheer", Role::Administrator).await;
    let link = administrator.asks(Method::POST, &format!("/users/{}/link", old.me.user)).json(&()).send().await.unwrap();
    let link: UserAdded = link.json().await.unwrap();
    assert_eq!(old.asks(Method::GET, "/me").send().await.unwrap().status(), StatusCode::OK, "a link alone ends nothing");
    let new = Phone::enrol(&server.base(), link.link.split_once('#').unwrap().1).await;
    assert_eq!(old.asks(Method::GET, "/me").send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(old.renew().await.status(), StatusCode::UNAUTHORIZED);
    let device = super::support::new_device_of(&server.base()).await;
    let with_old_phrase = SignIn { login_name: "samira".into(), login_key: old.login_key.clone(), device };
    assert_eq!(post(&server.base(), "/sessions", &with_old_phrase).await.status(), StatusCode::UNAUTHORIZED);
    let waiting = old.write(&visit("van voor de nieuwe zin"));
    old.push(server.neighbourhood, &[waiting]).await;
    assert_eq!(new.pull_all(server.neighbourhood).await.0.len(), 1);
}

#[tokio::test]
async fn a_session_is_renewed_and_ended() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let first = phone.cookie.clone();
    let me: Me = phone.renew().await.json().await.unwrap();
    assert_eq!((me.user, me.journals), (phone.me.user, phone.me.journals.clone()));
    assert_ne!(phone.cookie, first);
    let ended = phone.asks(Method::DELETE, "/sessions").send().await.unwrap();
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    assert!(ended.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(phone.asks(Method::GET, "/me").send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    server.storage().revoke_device(phone.device, chrono::Utc::now()).await.unwrap();
    assert_eq!(phone.renew().await.status(), StatusCode::UNAUTHORIZED, "a revoked device can only push");
    phone.cookie = first;
    assert_eq!(phone.asks(Method::GET, "/me").send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let entry = phone.write(&visit("na het intrekken"));
    phone.push(server.neighbourhood, &[entry]).await;
}

#[tokio::test]
async fn a_device_id_stays_with_its_user_and_key() {
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    let other = server.phone("pieter", Role::Worker).await;
    let same = super::support::new_device(&phone.http, &phone.base, phone.device, &phone.key).await;
    let sign_in = |name: &str, key: &Secret, device| SignIn { login_name: name.into(), login_key: key.clone(), device };
    let again = post(&phone.base, "/sessions", &sign_in("samira", &phone.login_key, same.clone())).await;
    assert_eq!(again.status(), StatusCode::CREATED, "an answer that was lost can be asked again");
    assert_eq!(post(&phone.base, "/sessions", &sign_in("pieter", &other.login_key, same)).await.status(), StatusCode::CONFLICT);
    let rekeyed = super::support::new_device(&phone.http, &phone.base, phone.device, &rand::random()).await;
    let answer = post(&phone.base, "/sessions", &sign_in("samira", &phone.login_key, rekeyed)).await;
    assert_eq!(problem(answer).await.r#type, kind(kinds::DEVICE_TAKEN));
    let mut device = super::support::new_device_of(&server.base()).await;
    device.device = DeviceId(Uuid::new_v4());
    device.outbox_key.0.truncate(5);
    let answer = post(&phone.base, "/sessions", &sign_in("samira", &phone.login_key, device)).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(problem(answer).await.errors[0].pointer, "/device/outbox_key");
}

#[tokio::test]
async fn the_administrator_adds_people_and_hears_everything_that_is_wrong() {
    let server = TestServer::start().await;
    let administrator = server.phone("beheer", Role::Administrator).await;
    let add = async |body: serde_json::Value| administrator.asks(Method::POST, "/users").json(&body).send().await.unwrap();
    let wrong = add(json!({ "login_name": "é", "name": " ", "role": "worker", "journals": [Uuid::nil()] })).await;
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    let pointers: Vec<String> = problem(wrong).await.errors.into_iter().map(|error| error.pointer).collect();
    assert_eq!(pointers, ["/login_name", "/name", "/journals/0"]);
    let right = json!({ "login_name": "Samira", "name": "Samira", "role": "worker", "journals": [server.neighbourhood] });
    assert_eq!(add(right.clone()).await.status(), StatusCode::CREATED);
    assert_eq!(problem(add(right).await).await.r#type, kind(kinds::NAME_TAKEN));
    let users: Vec<UserRow> = administrator.asks(Method::GET, "/users").send().await.unwrap().json().await.unwrap();
    let users: Vec<_> = users.iter().map(|row| (row.login_name.as_str(), row.enrolled)).collect();
    assert_eq!(users, [("beheer", true), ("samira", false)]);
    let organisation = administrator.me.journals.iter().find(|granted| granted.kind == JournalKind::Organisation).unwrap();
    let (staff, _) = administrator.pull_all(organisation.journal).await;
    assert_eq!(staff.len(), 2, "colleagues know each other's name");
    assert!(staff[1].payload.get().contains("Samira"));
}
