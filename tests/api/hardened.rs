//! What is asked in the wrong way is answered in one way: problem+json, whatever part of the server said no. And nobody gets
//! the upper hand by asking often, slowly, or much at once.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::Utc;
use reqwest::{Method, Response, StatusCode};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use waakvlam::domain::Role;
use waakvlam::server::config::{Limits, Patience};
use waakvlam::sync::problem::kinds;
use waakvlam::sync::wire::{Push, SignIn};

use super::support::{Phone, TestServer, login_key, new_device_of, problem, visit};

async fn refused(answer: Response, status: u16, kind: &str) {
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.headers()["api-version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(problem(answer).await.r#type, format!("{}{kind}", kinds::PREFIX));
}

#[tokio::test]
async fn types_and_encodings_that_are_not_ours() {
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    let posts = ["/sessions", "/sessions/renew", "/enrolments/lookup", "/enrolments/complete", "/devices"];
    for path in posts {
        for kind in ["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonp", "x"] {
            let answer = phone.asks(Method::POST, path).header("content-type", kind).body("{}").send().await.unwrap();
            refused(answer, 415, kinds::NOT_JSON).await;
        }
        refused(phone.asks(Method::POST, path).body("{}").send().await.unwrap(), 415, kinds::NOT_JSON).await;
        for coding in ["gzip", "br", "deflate", "zstd", "gzip, identity"] {
            let bomb =
                phone.asks(Method::POST, path).header("content-type", "application/json").header("content-encoding", coding);
            refused(bomb.body(vec![0x1f; 1000]).send().await.unwrap(), 415, kinds::NOT_JSON).await;
        }
        let typed =
            phone.asks(Method::POST, path).header("content-type", "Application/JSON; charset=utf-8").body("[").send().await;
        refused(typed.unwrap(), 400, kinds::INVALID).await;
    }
    for path in ["/me", "/health", "/openapi.json", "/journals/x/entries"] {
        for accept in ["text/html", "application/json;q=0", "image/png, text/csv"] {
            let answer = phone.asks(Method::GET, path).header("accept", accept).send().await.unwrap();
            refused(answer, 406, kinds::NOT_ACCEPTABLE).await;
        }
    }
    for accept in ["application/json", "*/*", "text/html, application/*;q=0.1"] {
        assert_eq!(phone.asks(Method::GET, "/me").header("accept", accept).send().await.unwrap().status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn bodies_paths_and_queries_that_are_not_right() {
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    let json = |text: Vec<u8>| phone.asks(Method::POST, "/devices").header("content-type", "application/json").body(text);
    for text in ["", "{", "null", "[]", "{\"device\":1}", "\u{feff}{}", "{\"device\":\"00000000-0000-0000-0000-000000000000\"}"] {
        refused(json(text.into()).send().await.unwrap(), 400, kinds::INVALID).await;
    }
    refused(json(vec![0xff; 100]).send().await.unwrap(), 400, kinds::INVALID).await;
    // A thousand brackets are no way into the stack.
    refused(json(vec![b'['; 16 * 1024]).send().await.unwrap(), 400, kinds::INVALID).await;
    refused(json(vec![b' '; 16 * 1024 + 1]).send().await.unwrap(), 413, kinds::TOO_LARGE).await;
    let journal = server.neighbourhood;
    for query in [
        "after=x",
        "after=-1",
        "after=1.5",
        "after=",
        "after=9007199254740992",
        "after=18446744073709551616",
        "epoch=x",
        "chain=00",
        "after=1&after=2",
        "after=%ff",
    ] {
        let answer = phone.asks(Method::GET, &format!("/journals/{journal}/entries?{query}")).send().await.unwrap();
        refused(answer, 400, kinds::INVALID).await;
    }
    for path in
        ["/journals/%ff/entries", "/journals/%00/entries", "/journals/../entries", "/journals/%2e%2e%2fme/entries", "/%ff"]
    {
        let answer = phone.asks(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        problem(answer).await;
    }
}

#[tokio::test]
async fn an_old_cookie_is_no_cookie() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let old = phone.cookie.clone();
    assert_eq!(phone.asks(Method::DELETE, "/sessions").send().await.unwrap().status(), StatusCode::NO_CONTENT);
    refused(phone.asks(Method::GET, "/me").send().await.unwrap(), 401, kinds::NOT_SIGNED_IN).await;
    assert_eq!(phone.renew().await.status(), StatusCode::CREATED);
    refused(phone.request(Method::GET, "/me").header("cookie", &old).send().await.unwrap(), 401, kinds::NOT_SIGNED_IN).await;
    // The first of two cookies of one name counts, whichever it is: an old one can't be hidden behind a new one.
    let two = phone.request(Method::GET, "/me").header("cookie", format!("a=b; {}", phone.cookie)).send().await.unwrap();
    assert_eq!(two.status(), StatusCode::OK);
    for wrong in ["", "=", ";;;", "__Host-waakvlam=", "__Host-waakvlam=\"\"", &"x".repeat(4000)] {
        refused(phone.request(Method::GET, "/me").header("cookie", wrong).send().await.unwrap(), 401, kinds::NOT_SIGNED_IN).await;
    }
}

#[tokio::test]
async fn a_phone_that_pushes_too_fast_is_asked_to_wait_and_loses_nothing() {
    // Slow to refill, so that the fourth push comes too fast on a slow machine, too.
    let limits = Limits { per_device: 3, per_device_refill: Duration::from_secs(5), ..Limits::default() };
    let server = TestServer::start_with(limits).await;
    let mut hasty = server.phone("samira", Role::Worker).await;
    let mut calm = server.phone("pieter", Role::Worker).await;
    let mut waited = 0;
    for i in 0..4 {
        let written = hasty.write(&visit(&format!("contact {i}")));
        let push = Push { device: hasty.device, records: vec![hasty.seal(server.neighbourhood, &written)] };
        while let Err(wait) = pushed(&hasty, &server, &push).await {
            waited += 1;
            // As a phone does: as long as it was told.
            tokio::time::sleep(wait).await;
        }
    }
    assert!(waited > 0, "it was never asked to wait");
    // The same address, another device.
    let written = calm.write(&visit("rustig"));
    calm.push(server.neighbourhood, &[written]).await;
    assert_eq!(calm.pull_all(server.neighbourhood).await.0.len(), 5);
}

async fn pushed(phone: &Phone, server: &TestServer, push: &Push) -> Result<(), Duration> {
    let answer = phone.send(server.neighbourhood, push).await;
    if answer.status() == StatusCode::OK {
        return Ok(());
    }
    let seconds: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    refused(answer, 429, kinds::TOO_MANY).await;
    Err(Duration::from_secs(seconds))
}

#[tokio::test]
async fn codes_and_credentials_are_not_guessed_for_long() {
    let server = TestServer::start_with(Limits { per_address: 5, ..Limits::default() }).await;
    let phone = server.phone("samira", Role::Worker).await;
    let ask = async |path: &str, body| phone.request(Method::POST, path).json(&body).send().await.unwrap();
    for _ in 0..5 {
        refused(ask("/enrolments/lookup", json!({ "code": "AAAA" })).await, 404, kinds::UNKNOWN_CODE).await;
    }
    let device = new_device_of(&server.base()).await;
    let renew = json!({ "device": phone.device, "renew_credential": "x" });
    let enrol = json!({ "code": "AAAA", "login_key": login_key(), "device": device });
    let sign_in = json!({ "login_name": "samira", "login_key": login_key(), "device": device });
    let paths = [
        ("/enrolments/lookup", json!({ "code": "AAAA" })),
        ("/enrolments/complete", enrol),
        ("/sessions/renew", renew),
        ("/sessions", sign_in),
    ];
    for (path, body) in paths {
        let answer = ask(path, body).await;
        assert!(answer.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
        refused(answer, 429, kinds::TOO_MANY).await;
    }
    assert_eq!(phone.asks(Method::GET, "/me").send().await.unwrap().status(), StatusCode::OK, "who is in, stays in");
}

#[tokio::test]
async fn behind_a_proxy_each_address_has_its_own_attempts_and_nobody_lends_another_s() {
    for (trusted, limited_apart) in [(vec!["127.0.0.0/8".parse().unwrap()], true), (Vec::new(), false)] {
        let server =
            TestServer::start_as(Limits { per_address: 3, ..Limits::default() }, |serve| serve.trusted_proxies = trusted).await;
        let phone = server.phone("samira", Role::Worker).await;
        let guess = async |from: &str| {
            let asked = phone.request(Method::POST, "/enrolments/lookup").header("x-forwarded-for", from);
            asked.json(&json!({ "code": "AAAA" })).send().await.unwrap().status().as_u16()
        };
        for _ in 0..3 {
            assert_eq!(guess("198.51.100.7").await, 404);
        }
        assert_eq!(guess("198.51.100.7").await, 429);
        assert_eq!(guess("203.0.113.9, 198.51.100.7").await, 429, "what a client writes before the proxy counts for nothing");
        assert_eq!(guess("198.51.100.8").await, if limited_apart { 404 } else { 429 });
        let proxied = phone.request(Method::GET, "/health").header("x-forwarded-proto", "https").send().await.unwrap();
        assert_eq!(proxied.headers().contains_key("strict-transport-security"), limited_apart);
    }
}

async fn closed(address: SocketAddr, start: &[u8], drip: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(start).await.unwrap();
    let mut answer = Vec::new();
    let reading = async {
        let mut buffer = [0; 4096];
        loop {
            tokio::select! {
                read = stream.read(&mut buffer) => match read {
                    Ok(0) | Err(_) => return,
                    Ok(n) => answer.extend_from_slice(&buffer[..n]),
                },
                () = tokio::time::sleep(Duration::from_millis(40)), if !drip.is_empty() => {
                    // It may be closed by now: the read says so.
                    let _ = stream.try_write(drip);
                }
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), reading).await.expect("a slow one is sent away");
    answer
}

#[tokio::test]
async fn a_slow_sender_is_sent_away() {
    let [head, piece, body, silent] = [300, 300, 900, 600].map(Duration::from_millis);
    let patience = Patience { head, piece, body, silent };
    let server = TestServer::start_as(Limits::default(), |serve| serve.patience = patience).await;
    let address = server.running.address;
    let head = b"POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n";
    let all = tokio::join!(
        closed(address, b"", b""),
        closed(address, b"P", b""),
        closed(address, b"GET / HT", b""),
        closed(address, b"GET / HTTP/1.1\r\n", b"a: b\r\n"),
        closed(address, head, b""),
        closed(address, head, b" "),
    );
    for answer in [all.4, all.5] {
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("urn:waakvlam:problem:too-slow") && answer.contains("connection: close"), "{answer}");
    }
    assert_eq!(
        reqwest::get(format!("{}/api/v1/ready", server.base())).await.unwrap().status(),
        StatusCode::OK,
        "the others are served"
    );
}

#[tokio::test]
async fn ten_thousand_connections_do_not_fill_the_house() {
    const PLACES: usize = 50;
    let server = TestServer::start_as(Limits::default(), |serve| serve.max_connections = PLACES).await;
    let mut held = Vec::new();
    let mut turned_away = 0;
    for _ in 0..10_000 {
        let mut stream = TcpStream::connect(server.running.address).await.unwrap();
        if held.len() < PLACES {
            // A place is a place once it answers.
            stream.write_all(b"GET /api/v1/health HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
            held.push(stream);
        } else {
            turned_away += usize::from(matches!(stream.read(&mut [0; 1]).await, Ok(0) | Err(_)));
        }
    }
    assert_eq!((held.len(), turned_away), (PLACES, 10_000 - PLACES));
    drop(held);
    let answer =
        super::support::until("a place comes free", async || reqwest::get(format!("{}/api/v1/health", server.base())).await.ok());
    assert_eq!(answer.await.status(), StatusCode::OK);
}

#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn how_long_an_unknown_name_takes() {
    const EACH: usize = 200;
    let server = TestServer::start().await;
    let phone = server.phone("samira", Role::Worker).await;
    let device = new_device_of(&server.base()).await;
    let mut times = [Vec::new(), Vec::new()];
    for i in 0..EACH * 2 {
        let login_name = if i % 2 == 0 { "samira".to_owned() } else { format!("niemand{i}") };
        let body = SignIn { login_name, login_key: login_key(), device: device.clone() };
        let started = std::time::Instant::now();
        let answer = phone.request(Method::POST, "/sessions").json(&body).send().await.unwrap();
        times[i % 2].push(started.elapsed());
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
    let [known, unknown] = times.map(|mut times| {
        times.sort_unstable();
        times[EACH / 2]
    });
    println!("sign_in: each={EACH} known_median={known:?} unknown_median={unknown:?} at={}", Utc::now().format("%F"));
}
