//! The app's own files and the headers that guard them.

use reqwest::{Client, Response, StatusCode};

use super::support::TestServer;

async fn get(server: &TestServer, path: &str, accept: &str) -> Response {
    Client::new().get(format!("{}{path}", server.base())).header("accept-encoding", accept).send().await.unwrap()
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn pages_are_the_app_and_missing_files_are_missing() {
    let server = TestServer::start().await;
    for page in ["/", "/vandaag", "/deur/018f-2", "/aanmelden"] {
        let answer = get(&server, page, "").await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
        assert_eq!((header(&answer, "content-type"), header(&answer, "cache-control")), ("text/html; charset=utf-8", "no-cache"));
        assert!(answer.text().await.unwrap().contains("Waakvlam"));
    }
    for missing in ["/waakvlam-fedcba9876543210.js", "/deur/plaatje.png", "/../keyring.json", "/%2e%2e/keyring.json"] {
        let answer = get(&server, missing, "").await;
        assert_eq!((answer.status(), header(&answer, "cache-control")), (StatusCode::NOT_FOUND, "no-cache"), "{missing}");
    }
    let posted = Client::new().post(server.base()).send().await.unwrap();
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn files_come_compressed_typed_and_for_as_long_as_their_name_says() {
    let server = TestServer::start().await;
    let script = "/waakvlam-0123456789abcdef.js";
    for (accept, encoding, text) in [("br, gzip", "br", "as brotli"), ("gzip", "gzip", "as gzip"), ("", "", "plain")] {
        let answer = get(&server, script, accept).await;
        assert_eq!(header(&answer, "content-encoding"), encoding);
        assert_eq!(header(&answer, "content-type"), "text/javascript");
        assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.text().await.unwrap(), text);
    }
    let types = [
        ("/waakvlam-0123456789abcdef_bg.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/sw.js", "text/javascript", "no-cache"),
    ];
    for (path, kind, cache) in types {
        let answer = get(&server, path, "").await;
        assert_eq!((header(&answer, "content-type"), header(&answer, "cache-control")), (kind, cache), "{path}");
    }
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let server = TestServer::start().await;
    for path in ["/", "/missing.js", "/api/v1/health", "/api/v1/me", "/api/nothing"] {
        let answer = get(&server, path, "").await;
        let policy = header(&answer, "content-security-policy");
        for rule in ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(rule), "{path}: {rule}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "referrer-policy"), "no-referrer");
        assert_eq!(header(&answer, "cross-origin-opener-policy"), "same-origin");
        assert_ne!(header(&answer, "permissions-policy"), "");
        assert_eq!(header(&answer, "strict-transport-security"), "", "only over TLS");
    }
}
