//! One file a resource; each handler extracts, authorises, makes one call and replies.

pub(super) mod document;
pub(super) mod enrolments;
pub(super) mod entries;
pub(super) mod health;
pub(super) mod installation;
pub(super) mod journals;
pub(super) mod pushes;
pub(super) mod restored;
pub(super) mod sessions;
pub(super) mod summaries;
pub(super) mod users;

use std::sync::Arc;

use axum::extract::State;

type App = State<Arc<super::Server>>;
type Answer<T> = Result<axum::Json<T>, super::problem::ApiError>;
