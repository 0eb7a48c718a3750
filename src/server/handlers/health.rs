//! For whoever watches the server.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::{Answer, App};

/// The process lives.
pub(in super::super) async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// The database answers: requests are welcome.
pub(in super::super) async fn ready(State(app): App) -> Answer<Value> {
    app.storage.ping().await?;
    Ok(Json(json!({ "status": "ready" })))
}
