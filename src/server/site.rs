//! The app's own files, compressed beforehand. A path without a file extension is a page of the app, but for the
//! explanation to residents; a file that is not there is a 404, so that an app of yesterday never takes the start page for its
//! script. What yesterday's app may still ask for comes from [`super::builds`].

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use tower_http::services::ServeDir;

/// The name holds a hash of what is in it.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Asked again each time.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");
/// What is written down and who reads it: for residents, without an account and without JavaScript.
const EXPLANATION: &str = "/uitleg";
/// Trunk's hashes are this long or longer.
const HASH_DIGITS: usize = 12;

/// Serves a build; `kept` are folders with the hashed files of it and of earlier ones, latest first.
pub(super) fn service(folder: &Path, kept: &[PathBuf]) -> Router {
    let nothing = Router::new().fallback(|| async { StatusCode::NOT_FOUND });
    let files = [folder].into_iter().chain(kept.iter().map(PathBuf::as_path)).rev().fold(nothing, |otherwise, folder| {
        let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
        Router::new().fallback_service(files.fallback(otherwise))
    });
    files.layer(from_fn(serve))
}

async fn serve(mut request: Request, next: Next) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let allow = (header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return (StatusCode::METHOD_NOT_ALLOWED, [allow, (header::CACHE_CONTROL, ASK)]).into_response();
    }
    let path = request.uri().path().to_owned();
    let file = path.rsplit('/').next().unwrap_or_default();
    if path == EXPLANATION {
        *request.uri_mut() = Uri::from_static("/uitleg.html");
    } else if !file.contains('.') {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    let cache = if has_hash(file) { FOR_EVER } else { ASK };
    let mut response = next.run(request).await;
    // A redirect or an error is never kept.
    let cache = if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED { cache } else { ASK };
    if response.status() == StatusCode::NOT_FOUND {
        response = (StatusCode::NOT_FOUND, "Niet gevonden").into_response();
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, cache);
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/html") {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    }
    if file.ends_with(".webmanifest") {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"));
    }
    response
}

/// `waakvlam-0123456789abcdef.js`, `waakvlam-0123456789abcdef_bg.wasm`.
pub(super) fn has_hash(file: &str) -> bool {
    file.rsplit_once('-').is_some_and(|(_, rest)| rest.bytes().take_while(u8::is_ascii_hexdigit).count() >= HASH_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_the_name_is_seen() {
        assert!(has_hash("waakvlam-0123456789abcdef_bg.wasm"));
        assert!(has_hash("main-0123456789abcdef.css"));
        assert!(!has_hash("index.html"));
        assert!(!has_hash("icon-512.png"));
        assert!(!has_hash("sw.js"));
    }
}
