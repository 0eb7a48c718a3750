//! What there is to grant; for the administrator.

use axum::Json;
use axum::extract::State;

use super::super::extract::Administrator;
use super::super::openapi::{Nobody, NotForYou};
use super::{Answer, App};
use crate::sync::wire::JournalRow;

/// What there is to grant
#[utoipa::path(get, path = "/journals", operation_id = "journals", tag = "administration", security(("session" = [])),
    responses((status = 200, description = "All journals", body = Vec<JournalRow>), Nobody, NotForYou))]
pub(in super::super) async fn list(State(app): App, _: Administrator) -> Answer<Vec<JournalRow>> {
    Ok(Json(app.storage.journals().await?))
}
