//! Every route, on one screen. What a route asks of its caller stands in its handler's arguments: `Session`,
//! `Administrator` or `Pusher`; those above the first line ask nothing.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, post};
use tower_http::compression::CompressionLayer;

use super::handlers::{enrolments, entries, health, installation, journals, pushes, sessions, users};
use super::problem::ApiError;
use super::{Server, headers, site};

pub(super) fn router(server: Arc<Server>, folder: &Path, tls: bool) -> Router {
    let api = Router::new()
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/installation", get(installation::get))
        .route("/enrolments/lookup", post(enrolments::lookup))
        .route("/enrolments/complete", post(enrolments::complete))
        .route("/sessions", post(sessions::sign_in))
        .route("/sessions", delete(sessions::sign_out))
        .route("/sessions/renew", post(sessions::renew))
        // --- From here on somebody must say who they are. ---
        .route("/me", get(sessions::me))
        .route("/devices", post(sessions::register))
        .route("/users", get(users::list).post(users::add))
        .route("/users/{user}/link", post(users::link))
        .route("/journals", get(journals::list))
        .route("/journals/{journal}/pushes", post(pushes::push))
        .route("/journals/{journal}/entries", get(entries::pull))
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::WrongMethod })
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
        .layer(axum::middleware::map_response(headers::api))
        .with_state(server);
    Router::new()
        .nest("/api/v1", api)
        .route(
            "/api/{*rest}",
            axum::routing::any(|| async { headers::api(axum::response::IntoResponse::into_response(ApiError::NotFound)).await }),
        )
        .fallback_service(site::service(folder))
        .layer(from_fn_with_state(tls, headers::everywhere))
}
