//! The API, described.

use axum::Extension;

use super::super::openapi::Document;

/// This document
#[utoipa::path(get, path = "/openapi.json", operation_id = "openapi", tag = "watching",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
pub(in super::super) async fn get(Extension(document): Extension<Document>) -> Document {
    document
}
