//! Signing in, renewing, signing out, and who I am.

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use chrono::Utc;

use super::super::extract::{Address, Sent, Session, no_cookie, session_cookie, session_hash};
use super::super::openapi::{Body, DeviceTaken, Nobody, TooMany, WrongPhrase};
use super::super::problem::ApiError;
use super::{Answer, App};
use crate::sync::wire::{Me, NewDevice, Renew, SignIn, SignedIn};

type WithCookie<T> = Result<(StatusCode, [(HeaderName, String); 1], Json<T>), ApiError>;

/// Sign in on a phone
#[utoipa::path(post, path = "/sessions", operation_id = "sign_in", tag = "sessions", request_body = SignIn,
    responses((status = 201, description = "Signed in", body = SignedIn, headers(("Set-Cookie" = String, description = "The session"))),
        Body, WrongPhrase, DeviceTaken, TooMany))]
pub(in super::super) async fn sign_in(
    State(app): App,
    Address(from): Address,
    Sent(request): Sent<SignIn>,
) -> WithCookie<SignedIn> {
    let name = request.login_name.trim().to_lowercase();
    let attempt = app.attempts.take(from, Some(&name)).map_err(ApiError::TooMany)?;
    let answer = app.sign_in(&request).await;
    // Only a wrong phrase counts: a broken request or database is nobody's guess.
    match &answer {
        Err(ApiError::WrongPhrase) => attempt.was_wrong(),
        _ => attempt.was_right(),
    }
    let (signed_in, token) = answer?;
    Ok((StatusCode::CREATED, [(SET_COOKIE, session_cookie(&token))], Json(signed_in)))
}

/// A new session for a phone that was opened
#[utoipa::path(post, path = "/sessions/renew", operation_id = "renew", tag = "sessions", request_body = Renew,
    responses((status = 201, description = "Renewed", body = Me, headers(("Set-Cookie" = String, description = "The session"))),
        Body, Nobody, TooMany))]
pub(in super::super) async fn renew(State(app): App, Address(from): Address, Sent(request): Sent<Renew>) -> WithCookie<Me> {
    let attempt = app.attempts.take(from, None).map_err(ApiError::TooMany)?;
    let (me, token) = app.renew(&request).await?;
    attempt.was_right();
    Ok((StatusCode::CREATED, [(SET_COOKIE, session_cookie(&token))], Json(me)))
}

/// A new device id for a phone that was cloned
///
/// Its session goes with it.
#[utoipa::path(post, path = "/devices", operation_id = "register_device", tag = "sessions", request_body = NewDevice,
    security(("session" = [])),
    responses((status = 201, description = "Registered", body = SignedIn, headers(("Set-Cookie" = String, description = "The session"))),
        Body, Nobody, DeviceTaken))]
pub(in super::super) async fn register(
    State(app): App,
    Session(asker): Session,
    Sent(device): Sent<NewDevice>,
) -> WithCookie<SignedIn> {
    let (signed_in, token) = app.register(asker.user, &device).await?;
    Ok((StatusCode::CREATED, [(SET_COOKIE, session_cookie(&token))], Json(signed_in)))
}

/// Sign out
///
/// Also without a session: whoever signs out is signed out.
#[utoipa::path(delete, path = "/sessions", operation_id = "sign_out", tag = "sessions",
    responses((status = 204, description = "Signed out", headers(("Set-Cookie" = String, description = "No session")))))]
pub(in super::super) async fn sign_out(
    State(app): App,
    headers: HeaderMap,
) -> Result<(StatusCode, [(HeaderName, String); 1]), ApiError> {
    if let Some(hash) = session_hash(&headers) {
        app.storage.end_session(hash).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, no_cookie())]))
}

/// Who I am and what I may read
#[utoipa::path(get, path = "/me", operation_id = "me", tag = "sessions", security(("session" = [])),
    responses((status = 200, description = "Who and what", body = Me), Nobody))]
pub(in super::super) async fn me(State(app): App, Session(asker): Session) -> Answer<Me> {
    Ok(Json(app.me(asker, Utc::now()).await?))
}
