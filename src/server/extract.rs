//! Who is asking, and what they sent. A route without one of the first four is open to everybody.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum_extra::extract::CookieJar;
use chrono::Utc;
use futures::StreamExt as _;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::Server;
use super::accounts::{SESSION_HOURS, Token};
use super::config::Patience;
use super::credentials::hash;
use super::keyring::OutboxKey;
use super::peer::Peer;
use super::problem::{ApiError, field};
use super::storage::{Asker, Credential};
use crate::domain::{DeviceId, JournalId, Role, UserId};
use crate::sync::chain::Bytes32;
use crate::sync::wire::Secret;

type App = Arc<Server>;

/// The prefix binds it to this host and to https.
pub(super) const COOKIE: &str = "__Host-waakvlam";

/// The header that sets a session.
pub(super) fn session_cookie(token: &Token) -> String {
    format!("{COOKIE}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict", token.0.0, SESSION_HOURS * 3600)
}

/// The header that ends one.
pub(super) fn no_cookie() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict")
}

/// The hash of the session token that was sent.
pub(super) fn session_hash(headers: &HeaderMap) -> Option<Bytes32> {
    CookieJar::from_headers(headers).get(COOKIE).map(|cookie| hash(&Secret(cookie.value().to_owned())))
}

/// Somebody who is signed in.
pub(super) struct Session(pub Asker);

impl FromRequestParts<App> for Session {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let hash = session_hash(&parts.headers).ok_or(ApiError::NotSignedIn)?;
        app.storage.session(hash, Utc::now()).await?.map(Self).ok_or(ApiError::NotSignedIn)
    }
}

/// Somebody who is signed in and manages.
pub(super) struct Administrator;

impl FromRequestParts<App> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Session(asker) = Session::from_request_parts(parts, app).await?;
        if asker.role == Role::Administrator { Ok(Self) } else { Err(ApiError::NotAllowed) }
    }
}

/// Somebody who is signed in and sits on a residents' committee.
pub(super) struct CommitteeMember(pub Asker);

impl FromRequestParts<App> for CommitteeMember {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Session(asker) = Session::from_request_parts(parts, app).await?;
        if asker.role == Role::Committee { Ok(Self(asker)) } else { Err(ApiError::NotAllowed) }
    }
}

/// A device that shows what it may push with; revoked or not, since what waits must arrive.
pub(super) struct Pusher {
    pub device: DeviceId,
    pub user: UserId,
    pub key: OutboxKey,
}

impl FromRequestParts<App> for Pusher {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let credential = value.and_then(|value| value.strip_prefix("Bearer ")).ok_or(ApiError::NotSignedIn)?;
        let found = app.storage.device(Credential::Push, hash(&Secret(credential.to_owned()))).await?;
        let device = found.ok_or(ApiError::NotSignedIn)?;
        let key = app.keyring.unwrap(device.device, &device.outbox_key);
        let key = key.ok_or_else(|| ApiError::Internal(anyhow::anyhow!("an outbox key does not open under this keyring")))?;
        Ok(Self { device: device.device, user: device.user, key })
    }
}

/// Where a request comes from.
pub(super) struct Address(pub IpAddr);

impl FromRequestParts<App> for Address {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let peer = parts.extensions.get::<Peer>().ok_or_else(|| anyhow::anyhow!("a request that came over no connection"));
        peer.map(|peer| Self(peer.address)).map_err(ApiError::Internal)
    }
}

/// The journal in the path; what is no id names no journal.
pub(super) struct InJournal(pub JournalId);

impl FromRequestParts<App> for InJournal {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let id = Path::<JournalId>::from_request_parts(parts, app).await;
        id.map(|Path(journal)| Self(journal)).map_err(|_| ApiError::UnknownJournal)
    }
}

/// The text of a JSON body of at most `MAX` bytes.
pub(super) struct Text<const MAX: usize>(pub Vec<u8>);

/// How much more than it may have is read and thrown away, so that the one who sends hears why.
const DRAIN: usize = 16;

impl<const MAX: usize, S: Send + Sync> FromRequest<S> for Text<MAX> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(ApiError::NotJson);
        }
        // What is sealed does not compress, and what is not taken compressed can't swell.
        if request.headers().get(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
            return Err(ApiError::NotJson);
        }
        let patience = request.extensions().get::<Patience>().copied().unwrap_or_default();
        read(request.into_body(), MAX, patience).await.map(Self)
    }
}

async fn read(body: Body, max: usize, patience: Patience) -> Result<Vec<u8>, ApiError> {
    let slow = |_| ApiError::TooSlow;
    timeout(patience.body, read_all(body, max, patience.piece)).await.map_err(slow)?
}

async fn read_all(body: Body, max: usize, patience: Duration) -> Result<Vec<u8>, ApiError> {
    let mut stream = body.into_data_stream();
    let mut text = Vec::new();
    let mut seen = 0;
    while let Some(piece) = timeout(patience, stream.next()).await.map_err(|_| ApiError::TooSlow)? {
        let piece = piece.map_err(|_| ApiError::Invalid(vec![field("", "De vraag brak af.")]))?;
        seen += piece.len();
        if seen <= max {
            text.extend_from_slice(&piece);
        } else if seen > max * DRAIN {
            break;
        }
    }
    if seen > max { Err(ApiError::TooLarge) } else { Ok(text) }
}

/// What small bodies may have.
const SMALL: usize = 16 * 1024;

/// A small JSON body.
pub(super) struct Sent<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let Text(text) = Text::<SMALL>::from_request(request, state).await?;
        serde_json::from_slice(&text).map(Self).map_err(|why| ApiError::Invalid(vec![field("", &unreadable(&why))]))
    }
}

/// Where a body stops being readable. Never what stands there.
pub(super) fn unreadable(why: &serde_json::Error) -> String {
    let what = if why.is_data() { "Er staat iets anders dan hier hoort" } else { "Dit is geen JSON" };
    format!("{what} (regel {}, teken {}).", why.line(), why.column())
}
