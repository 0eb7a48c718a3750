//! What there is to grant; for the administrator.

use axum::Json;
use axum::extract::State;

use super::super::extract::Administrator;
use super::super::openapi::{Nobody, NotForYou};
use super::{Answer, App};
use crate::domain::JournalKind;
use crate::sync::wire::JournalRow;

/// What there is to grant
#[utoipa::path(get, path = "/journals", operation_id = "journals", tag = "administration", security(("session" = [])),
    responses((status = 200, description = "All journals but the closed ones", body = Vec<JournalRow>), Nobody, NotForYou))]
pub(in super::super) async fn list(State(app): App, _: Administrator) -> Answer<Vec<JournalRow>> {
    let mut journals = app.storage.journals().await?;
    // Nobody grants on a closed one but its founding.
    journals.retain(|row| row.kind != JournalKind::Closed);
    Ok(Json(journals))
}
