//! What there is to grant; for the administrator.

use axum::Json;
use axum::extract::State;

use super::super::extract::Administrator;
use super::{Answer, App};
use crate::sync::wire::JournalRow;

pub(in super::super) async fn list(State(app): App, _: Administrator) -> Answer<Vec<JournalRow>> {
    Ok(Json(app.storage.journals().await?))
}
