//! What a phone gets.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::super::extract::{InJournal, Session};
use super::super::openapi::{Nobody, Query as WrongQuery, TooOld, UnknownJournal};
use super::super::problem::{ApiError, field};
use super::super::pushes::MAX_N;
use super::{Answer, App};
use crate::domain::JournalId;
use crate::sync::chain::Bytes32;
use crate::sync::wire::PullAnswer;
use crate::sync::{APP_VERSION, may_pull};

/// What the phone holds.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct After {
    /// The last number that the phone holds; 0 at first.
    #[serde(default)]
    #[param(maximum = 9_007_199_254_740_991_i64)]
    after: u64,
    /// The epoch that came with it.
    epoch: Option<Uuid>,
    /// The chain that came with it.
    chain: Option<Bytes32>,
    /// How many erasures it has carried out; 0 at first.
    #[serde(default)]
    #[param(maximum = 9_007_199_254_740_991_i64)]
    erasures: u64,
}

/// A page of a journal
///
/// The lines after what the phone holds, dense and chained; or that the server is not the one that the phone knew.
#[utoipa::path(get, path = "/journals/{journal}/entries", operation_id = "pull", tag = "journals",
    params(("journal" = JournalId, Path, description = "Which journal"), After,
        ("app-version" = Option<String>, Header, description = "The version of the app that asks: major.minor.patch")),
    security(("session" = [])),
    responses((status = 200, description = "A page, or diverged", body = PullAnswer), WrongQuery, Nobody, UnknownJournal, TooOld))]
pub(in super::super) async fn pull(
    State(app): App,
    Session(asker): Session,
    InJournal(journal): InJournal,
    headers: HeaderMap,
    after: Result<Query<After>, axum::extract::rejection::QueryRejection>,
) -> Answer<PullAnswer> {
    let wrong = || {
        ApiError::Invalid(vec![field("", "Vraag met ?after=NUMMER, en daarbij epoch, chain en erasures zoals ze eerder kwamen.")])
    };
    let Query(After { after, epoch, chain, erasures }) = after.map_err(|_| wrong())?;
    if after > MAX_N || erasures > MAX_N {
        return Err(wrong());
    }
    // Who does not say its version is no app of ours.
    let version = headers.get(APP_VERSION).and_then(|version| version.to_str().ok());
    if version.is_some_and(|version| !may_pull(version)) {
        return Err(ApiError::UpdateNeeded);
    }
    Ok(Json(app.pull(asker.user, journal, after, epoch, chain, erasures).await?))
}
