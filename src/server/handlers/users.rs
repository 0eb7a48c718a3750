//! Colleagues and their links; for the administrator.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::IgnoredAny;

use super::super::accounts::{Link, NewAccount};
use super::super::extract::{Administrator, Sent};
use super::super::openapi::{Body, NameTaken, Nobody, NotForYou, UnknownUser};
use super::super::problem::ApiError;
use super::{Answer, App};
use crate::domain::UserId;
use crate::sync::wire::{AddUser, UserAdded, UserRow};

/// Everybody who can sign in
#[utoipa::path(get, path = "/users", operation_id = "users", tag = "administration", security(("session" = [])),
    responses((status = 200, description = "All users", body = Vec<UserRow>), Nobody, NotForYou))]
pub(in super::super) async fn list(State(app): App, _: Administrator) -> Answer<Vec<UserRow>> {
    Ok(Json(app.storage.users().await?))
}

/// A new colleague and their one-time link
#[utoipa::path(post, path = "/users", operation_id = "add_user", tag = "administration", request_body = AddUser,
    security(("session" = [])),
    responses((status = 201, description = "Added", body = UserAdded), Body, Nobody, NotForYou, NameTaken))]
pub(in super::super) async fn add(
    State(app): App,
    _: Administrator,
    headers: HeaderMap,
    Sent(request): Sent<AddUser>,
) -> Result<(StatusCode, Json<UserAdded>), ApiError> {
    let AddUser { login_name, name, role, journals } = request;
    let (_, link) = app.add_account(&NewAccount { login_name, name, role, journals, login_key: None }).await?;
    let link = link.ok_or_else(|| ApiError::Internal(anyhow::anyhow!("no link for a new user")))?;
    Ok((StatusCode::CREATED, Json(drawn(link, &headers)?)))
}

/// A new one-time link for somebody
///
/// The earlier ones no longer work. The body is any JSON: a page of another site can't send that.
#[utoipa::path(post, path = "/users/{user}/link", operation_id = "new_link", tag = "administration",
    request_body(content = serde_json::Value, content_type = "application/json"),
    params(("user" = UserId, Path, description = "For whom")), security(("session" = [])),
    responses((status = 201, description = "The link", body = UserAdded), Body, Nobody, NotForYou, UnknownUser))]
pub(in super::super) async fn link(
    State(app): App,
    _: Administrator,
    user: Result<Path<UserId>, PathRejection>,
    headers: HeaderMap,
    _: Sent<IgnoredAny>,
) -> Result<(StatusCode, Json<UserAdded>), ApiError> {
    let Path(user) = user.map_err(|_| ApiError::NotFound)?;
    Ok((StatusCode::CREATED, Json(drawn(app.new_link(user).await?, &headers)?)))
}

/// The QR code holds the whole address, as the administrator's browser sees it.
fn drawn(link: Link, headers: &HeaderMap) -> Result<UserAdded, ApiError> {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).filter(|origin| *origin != "null");
    let address = format!("{}{}", origin.unwrap_or_default(), link.path);
    let qr = qrcode::QrCode::new(address).map_err(|why| ApiError::Internal(why.into()))?;
    let qr_svg = qr.render::<qrcode::render::svg::Color<'_>>().build();
    Ok(UserAdded { user: link.user, link: link.path, qr_svg, valid_until: link.valid_until })
}
