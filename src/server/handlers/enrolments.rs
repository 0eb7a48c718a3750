//! A one-time link is opened on a phone.

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, StatusCode};

use super::super::extract::{Address, Sent, session_cookie};
use super::super::problem::ApiError;
use super::{Answer, App};
use crate::sync::wire::{EnrolmentComplete, EnrolmentFound, EnrolmentLookup, SignedIn};

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
