//! What a phone needs before anybody signs in.

use axum::Json;
use axum::extract::State;
use chrono::{SubsecRound as _, Utc};

use super::App;
use crate::sync::wire::Installation;

/// What a phone needs before anybody signs in
#[utoipa::path(get, path = "/installation", operation_id = "installation", tag = "enrolment",
    responses((status = 200, description = "Public", body = Installation)))]
pub(in super::super) async fn get(State(app): App) -> Json<Installation> {
    Json(Installation {
        installation: app.installation.id,
        outbox_public_key: app.keyring.public_key().clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        now: Utc::now().trunc_subsecs(3),
    })
}
