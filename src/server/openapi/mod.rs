//! What the API says about itself: `GET /api/v1/openapi.json`.
//!
//! It is written from the code: a route exists by being given to the [router](super::router) with `routes!`, which takes the
//! handler and its description together, and the wire types describe themselves. What a handler can't say, since it is
//! so of every answer, is added here. `tests/api/described.rs` holds the document against a running server.

mod refusals;
mod schemas;

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{InfoBuilder, License, ObjectBuilder, OpenApi, OpenApiBuilder, RefOr, ServerBuilder, Type};
use utoipa::{IntoResponses as _, ToSchema as _};

use super::extract::COOKIE;
use crate::sync::problem::{FieldError, Problem};
pub(super) use refusals::*;

/// Where every path of the document begins.
pub const BASE: &str = "/api/v1";

const ABOUT: &str = "What phones and the office say to each other. Entries are pushed as they lie on the phone, sealed, and \
    pulled as dense pages. Every error is problem+json (RFC 9457) and says in plain Dutch what happened, what is safe and what to do. \
    Every answer carries API-Version and is kept by nobody (Cache-Control: no-store).";

/// What is known before any route is added.
pub(super) fn start() -> OpenApi {
    let info = InfoBuilder::new().title("Waakvlam").version(env!("CARGO_PKG_VERSION")).description(Some(ABOUT));
    let info = info.license(Some(License::builder().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build()));
    OpenApiBuilder::new().info(info.build()).servers(Some([ServerBuilder::new().url(BASE).build()])).build()
}

/// Adds what holds of every operation, and the schemes that operations name.
pub(super) fn complete(mut api: OpenApi) -> OpenApi {
    for operation in api.paths.paths.values_mut().flat_map(operations) {
        for (status, refusal) in Always::responses() {
            operation.responses.responses.entry(status).or_insert(refusal);
        }
        for (status, response) in &mut operation.responses.responses {
            let RefOr::T(response) = response else { continue };
            let text = |about: &str| {
                let schema = ObjectBuilder::new().schema_type(Type::String).build();
                HeaderBuilder::new().schema(Some(schema)).description(Some(about)).build()
            };
            response.headers.insert("API-Version".to_owned(), text("The version of this API.").into());
            response.headers.insert("Cache-Control".to_owned(), text("Always no-store.").into());
            if status == "429" || status == "503" {
                response.headers.insert("Retry-After".to_owned(), text("Seconds to wait.").into());
            }
        }
    }
    let components = api.components.get_or_insert_default();
    let mut problems = vec![(Problem::name().into_owned(), <Problem as utoipa::PartialSchema>::schema())];
    Problem::schemas(&mut problems);
    problems.push((FieldError::name().into_owned(), <FieldError as utoipa::PartialSchema>::schema()));
    components.schemas.extend(problems);
    let session = ApiKeyValue::with_description(COOKIE, "Set when somebody signs in.");
    let push = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
    let push = push.description(Some("A device's push credential: it can push and nothing else."));
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    components.add_security_scheme("push", SecurityScheme::Http(push.build()));
    api
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
    [get, put, post, delete, options, head, patch, trace].into_iter().flatten()
}

/// The document, as it is sent.
#[derive(Clone)]
pub(super) struct Document(Arc<str>);

impl Document {
    pub(super) fn new(api: &OpenApi) -> Result<Self, serde_json::Error> {
        Ok(Self(serde_json::to_string(api)?.into()))
    }
}

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], self.0.to_string()).into_response()
    }
}
