//! For whoever watches the server. `/ready` asks the database for real, and has its disk written to: whoever asks it a thousand times a
//! second gets one answer for all of them.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answer, App};

/// How it is.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Health {
    status: Condition,
}

/// How it is, in a word.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Condition {
    /// The process lives.
    Ok,
    /// Requests are welcome.
    Ready,
}

/// Whether the process lives
#[utoipa::path(get, path = "/health", operation_id = "health", tag = "watching",
    responses((status = 200, description = "It lives", body = Health)))]
pub(in super::super) async fn health() -> Json<Health> {
    Json(Health { status: Condition::Ok })
}

/// Whether requests are welcome: the database answers, and its disk takes what is written
#[utoipa::path(get, path = "/ready", operation_id = "ready", tag = "watching",
    responses((status = 200, description = "They are", body = Health)))]
pub(in super::super) async fn ready(State(app): App) -> Answer<Health> {
    app.ready.ask(&*app.storage).await?;
    Ok(Json(Health { status: Condition::Ready }))
}
