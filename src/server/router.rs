//! Every route, on one screen. What a route asks of its caller stands in its handler's arguments: `Session`,
//! `Administrator`, `CommitteeMember` or `Pusher`; those above the first line ask nothing.
//!
//! A route of the API is given with `routes!` and never otherwise: that takes its path, its method and its description from the
//! handler, so that the router, `/openapi.json` and the table of rights (`tests/api/rights.rs`) can't know different routes.

use std::sync::Arc;

use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::any;

use axum::{Extension, Router};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::config::Patience;
use super::handlers::{
    document, enrolments, entries, health, installation, journals, pushes, restored, sessions, summaries, users,
};
use super::openapi::{BASE, Document, complete, start};
use super::peer::Front;
use super::problem::ApiError;
use super::{Server, headers};

fn api() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::with_openapi(start())
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(document::get))
        .routes(routes!(installation::get))
        .routes(routes!(enrolments::lookup))
        .routes(routes!(enrolments::complete))
        .routes(routes!(sessions::sign_in, sessions::sign_out))
        .routes(routes!(sessions::renew))
        // --- From here on somebody must say who they are. ---
        .routes(routes!(sessions::me))
        .routes(routes!(sessions::register))
        .routes(routes!(users::list, users::add))
        .routes(routes!(users::link))
        .routes(routes!(journals::list))
        .routes(routes!(pushes::push))
        .routes(routes!(entries::pull))
        .routes(routes!(summaries::list))
        .routes(routes!(restored::common))
        .routes(routes!(restored::offer))
}

pub(super) fn router(server: Arc<Server>, site: Router, front: Front, patience: Patience) -> Result<Router, serde_json::Error> {
    let (api, described) = api().split_for_parts();
    let document = Document::new(&complete(described))?;
    let api = api
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::WrongMethod })
        .layer(Extension(document))
        .layer(Extension(patience))
        .layer(from_fn(headers::acceptable))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(server);
    // Other versions, and what is no version at all.
    let nothing = || any(|| async { ApiError::NotFound });
    let elsewhere = Router::new().route("/api", nothing()).route("/api/", nothing()).route("/api/{*rest}", nothing());
    let api = elsewhere.nest(BASE, api).layer(map_response(headers::api));
    Ok(api.fallback_service(site).layer(from_fn_with_state(Arc::new(front), headers::everywhere)))
}
