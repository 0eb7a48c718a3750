//! What the residents' committee reads.

use axum::Json;
use axum::extract::State;
use chrono::Utc;

use super::super::extract::CommitteeMember;
use super::super::openapi::{Nobody, NotForYou};
use super::{Answer, App};
use crate::sync::wire::NeighbourhoodSummary;

/// The last closed quarter of each neighbourhood of a committee member
///
/// Only what may be printed: no entry, no name, no count below ten.
#[utoipa::path(get, path = "/summaries", operation_id = "summaries", tag = "committee", security(("session" = [])),
    responses((status = 200, description = "One for each neighbourhood", body = Vec<NeighbourhoodSummary>), Nobody, NotForYou))]
pub(in super::super) async fn list(
    State(app): App,
    CommitteeMember(asker): CommitteeMember,
) -> Answer<Vec<NeighbourhoodSummary>> {
    Ok(Json(app.summaries(asker.user, Utc::now()).await?))
}
