//! A one-time link is opened on a phone.

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, StatusCode};

use super::super::extract::{Address, Sent, session_cookie};
use super::super::openapi::{Body, DeviceTaken, SpentCode, TooMany, UnknownCode};
use super::super::problem::ApiError;
use super::{Answer, App};
use crate::sync::wire::{EnrolmentComplete, EnrolmentFound, EnrolmentLookup, SignedIn};

/// Whom a code is for
#[utoipa::path(post, path = "/enrolments/lookup", operation_id = "find_enrolment", tag = "enrolment", request_body = EnrolmentLookup,
    responses((status = 200, description = "Whom it is for", body = EnrolmentFound), Body, UnknownCode, SpentCode, TooMany))]
pub(in super::super) async fn lookup(
    State(app): App,
    Address(from): Address,
    Sent(request): Sent<EnrolmentLookup>,
) -> Answer<EnrolmentFound> {
    let attempt = app.attempts.take(from, None).map_err(ApiError::TooMany)?;
    let found = app.find_enrolment(&request.code).await?;
    attempt.was_right();
    Ok(Json(found))
}

/// The phrase is drawn: the account is made, and this phone is signed in
#[utoipa::path(post, path = "/enrolments/complete", operation_id = "enrol", tag = "enrolment", request_body = EnrolmentComplete,
    responses((status = 201, description = "Signed in", body = SignedIn, headers(("Set-Cookie" = String, description = "The session"))),
        Body, UnknownCode, DeviceTaken, SpentCode, TooMany))]
pub(in super::super) async fn complete(
    State(app): App,
    Address(from): Address,
    Sent(request): Sent<EnrolmentComplete>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<SignedIn>), ApiError> {
    let attempt = app.attempts.take(from, None).map_err(ApiError::TooMany)?;
    let (signed_in, token) = app.enrol(&request).await?;
    attempt.was_right();
    Ok((StatusCode::CREATED, [(SET_COOKIE, session_cookie(&token))], Json(signed_in)))
}
