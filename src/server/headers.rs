//! What every answer says about itself, and in what type it may come.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::peer::Front;
use super::problem::ApiError;

/// Scripts, styles and connections from here only; wasm may be compiled, text may not become code.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

const EVERYWHERE: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Two years.
const HSTS: &str = "max-age=63072000; includeSubDomains";

pub(super) async fn everywhere(State(front): State<Arc<Front>>, mut request: Request, next: Next) -> Response {
    let peer = front.peer(request.extensions(), request.headers());
    if let Some(peer) = peer {
        request.extensions_mut().insert(peer);
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in EVERYWHERE {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if peer.is_some_and(|peer| peer.tls) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    response
}

/// Nothing of the API is kept by anybody between.
pub(super) async fn api(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("api-version", HeaderValue::from_static(env!("CARGO_PKG_VERSION")));
    response
}

/// The API speaks JSON: who takes nothing of the kind is told so, in the only words that it has.
pub(super) async fn acceptable(request: Request, next: Next) -> Response {
    if takes_json(request.headers()) { next.run(request).await } else { ApiError::NotAcceptable.into_response() }
}

fn takes_json(headers: &HeaderMap) -> bool {
    let mut asked = false;
    for value in headers.get_all(header::ACCEPT) {
        for range in value.to_str().unwrap_or_default().split(',').map(str::trim).filter(|range| !range.is_empty()) {
            asked = true;
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts.filter_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="))).next();
            let refused = quality.and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
            if !refused && ["*/*", "application/*", "application/json"].contains(&kind.as_str()) {
                return true;
            }
        }
    }
    !asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_taken_unless_it_is_refused() {
        let takes = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::ACCEPT, value.parse().unwrap());
            }
            takes_json(&headers)
        };
        for values in [&[][..], &[""], &["*/*"], &["text/html, application/json;q=0.5"], &["text/html", "Application/*"]] {
            assert!(takes(values), "{values:?}");
        }
        for values in
            [&["text/html"][..], &["application/json;q=0"], &["image/*, text/csv"], &["application/json ;Q=0.0"], &["x"]]
        {
            assert!(!takes(values), "{values:?}");
        }
    }
}
