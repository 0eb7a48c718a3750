//! The app's own files and the headers that guard them.

use reqwest::{Client, Method, Response, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use waakvlam::server::config::Limits;

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
    let explanation = get(&server, "/uitleg", "").await;
    assert_eq!((explanation.status(), header(&explanation, "content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    assert!(explanation.text().await.unwrap().contains("Wat schrijven we op"), "a page by itself, not the app");
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
    let all = [
        (Method::GET, "/", 200, "no-cache"),
        (Method::GET, "/vandaag", 200, "no-cache"),
        (Method::GET, "/missing.js", 404, "no-cache"),
        (Method::GET, "/waakvlam-fedcba9876543210.js", 404, "no-cache"),
        (Method::POST, "/", 405, "no-cache"),
        (Method::GET, "/api/v1/health", 200, "no-store"),
        (Method::GET, "/api/v1/openapi.json", 200, "no-store"),
        (Method::GET, "/api/v1/me", 401, "no-store"),
        (Method::PUT, "/api/v1/me", 405, "no-store"),
        (Method::GET, "/api/v1/nothing", 404, "no-store"),
        (Method::GET, "/api/nothing", 404, "no-store"),
    ];
    for (method, path, status, cache) in all {
        let answer = Client::new().request(method.clone(), format!("{}{path}", server.base())).send().await.unwrap();
        println!("{method} {path}: {status}");
        for (name, value) in answer.headers() {
            println!("    {name}: {}", value.to_str().unwrap());
        }
        assert_eq!((answer.status().as_u16(), header(&answer, "cache-control")), (status, cache), "{method} {path}");
        let policy = header(&answer, "content-security-policy");
        for rule in ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(rule), "{path}: {rule}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "x-frame-options"), "DENY");
        assert_eq!(header(&answer, "referrer-policy"), "no-referrer");
        assert_eq!(header(&answer, "cross-origin-opener-policy"), "same-origin");
        assert_eq!(header(&answer, "cross-origin-resource-policy"), "same-origin");
        assert_ne!(header(&answer, "permissions-policy"), "");
        assert_eq!(header(&answer, "strict-transport-security"), "", "only over TLS");
        assert_eq!(header(&answer, "server"), "", "says nothing of what it is made of");
    }
}

#[tokio::test]
async fn over_tls_it_is_tls_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let server = TestServer::start_as(Limits::default(), |serve| (serve.tls_cert, serve.tls_key) = (Some(cert), Some(key))).await;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let client = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(std::sync::Arc::new(client));
    for path in ["/", "/api/v1/health", "/api/v1/me", "/missing.js"] {
        let stream = tokio::net::TcpStream::connect(server.running.address).await.unwrap();
        let mut stream = connector.connect("localhost".try_into().unwrap(), stream).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer).to_lowercase();
        assert!(answer.contains("\r\nstrict-transport-security: max-age=63072000; includesubdomains\r\n"), "{path}: {answer}");
    }
}

/// The operator puts another build in the site's folder: all files of the one before are gone from it.
fn replace_site(server: &TestServer, hash: &str) {
    let site = server.folder.path().join("dist");
    std::fs::remove_dir_all(&site).unwrap();
    std::fs::create_dir(&site).unwrap();
    let files = [
        ("index.html".to_owned(), format!("<!doctype html><title>Waakvlam {hash}</title>")),
        ("sw.js".to_owned(), hash.to_owned()),
        (format!("waakvlam-{hash}.js"), hash.to_owned()),
        (format!("waakvlam-{hash}.js.br"), format!("brotli {hash}")),
    ];
    for (name, text) in files {
        std::fs::write(site.join(name), text).unwrap();
    }
}

#[tokio::test]
async fn files_of_the_two_builds_before_are_served_and_older_ones_are_missing() {
    const BUILDS: [&str; 4] = ["0123456789abcdef", "1111111111111111", "2222222222222222", "3333333333333333"];
    let mut server = TestServer::start().await;
    for (now, build) in BUILDS.iter().enumerate().skip(1) {
        replace_site(&server, build);
        // Whether the server is started again or not: the build that it started with is there.
        for restarted in [false, true] {
            if restarted {
                server = server.restart().await;
            }
            let page = get(&server, "/vandaag", "").await.text().await.unwrap();
            assert!(page.contains(build), "{page}");
            for (at, other) in BUILDS.iter().enumerate() {
                let file = format!("/waakvlam-{other}.js");
                let answer = get(&server, &file, "br").await;
                let oldest = now.saturating_sub(2 + usize::from(!restarted));
                if (oldest..=now).contains(&at) {
                    assert_eq!(answer.status(), StatusCode::OK, "{file} while {build} is served");
                    assert_eq!(
                        (header(&answer, "cache-control"), header(&answer, "content-encoding")),
                        ("public, max-age=31536000, immutable", "br")
                    );
                } else {
                    assert_eq!(
                        (answer.status(), header(&answer, "cache-control")),
                        (StatusCode::NOT_FOUND, "no-cache"),
                        "{file}"
                    );
                    assert_eq!(answer.text().await.unwrap(), "Niet gevonden");
                }
            }
        }
    }
    let mut kept: Vec<_> =
        std::fs::read_dir(server.folder.path().join("builds")).unwrap().flatten().map(|entry| entry.file_name()).collect();
    kept.sort();
    assert_eq!(kept.len(), 4, "three builds and their order: {kept:?}");

    // Back to the build before: it is the first again, and the one that was tried stays.
    replace_site(&server, BUILDS[2]);
    let server = server.restart().await;
    for build in &BUILDS[1..] {
        assert_eq!(get(&server, &format!("/waakvlam-{build}.js"), "").await.status(), StatusCode::OK, "{build}");
    }
}

#[tokio::test]
async fn a_folder_for_builds_that_cannot_be_written_does_not_stop_the_server() {
    let server = TestServer::start().await;
    let builds = server.folder.path().join("builds");
    std::fs::remove_dir_all(&builds).unwrap();
    std::fs::write(&builds, "a file stands in the way").unwrap();
    replace_site(&server, "1111111111111111");
    let server = server.restart().await;
    assert_eq!(get(&server, "/waakvlam-1111111111111111.js", "").await.status(), StatusCode::OK);
    assert_eq!(get(&server, "/", "").await.status(), StatusCode::OK);
}
