//! Colleagues and their links; for the administrator.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use super::super::accounts::{Link, NewAccount};
use super::super::extract::{Administrator, Sent};
use super::super::problem::ApiError;
use super::{Answer, App};
use crate::domain::UserId;
use crate::sync::wire::{AddUser, UserAdded, UserRow};

pub(in super::super) async fn list(State(app): App, _: Administrator) -> Answer<Vec<UserRow>> {
    Ok(Json(app.storage.users().await?))
}

pub(in super::super) async fn add(
    State(app): App,
    _: Administrator,
    Sent(request): Sent<AddUser>,
) -> Result<(StatusCode, Json<UserAdded>), ApiError> {
    let AddUser { login_name, name, role, journals } = request;
    let (_, link) = app.add_account(&NewAccount { login_name, name, role, journals, login_key: None }).await?;
    let link = link.ok_or_else(|| ApiError::Internal(anyhow::anyhow!("no link for a new user")))?;
    Ok((StatusCode::CREATED, Json(drawn(link)?)))
}

pub(in super::super) async fn link(
    State(app): App,
    _: Administrator,
    user: Result<Path<UserId>, axum::extract::rejection::PathRejection>,
) -> Result<(StatusCode, Json<UserAdded>), ApiError> {
    let Path(user) = user.map_err(|_| ApiError::NotFound)?;
    Ok((StatusCode::CREATED, Json(drawn(app.new_link(user).await?)?)))
}

/// The QR code holds the path only where the address of this server is not known: the app puts its own before it.
fn drawn(link: Link) -> Result<UserAdded, ApiError> {
    let qr = qrcode::QrCode::new(&link.path).map_err(|why| ApiError::Internal(why.into()))?;
    let qr_svg = qr.render::<qrcode::render::svg::Color<'_>>().build();
    Ok(UserAdded { user: link.user, link: link.path, qr_svg, valid_until: link.valid_until })
}
