//! What a phone gets.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use uuid::Uuid;

use super::super::extract::{InJournal, Session};
use super::super::problem::{ApiError, field};
use super::{Answer, App};
use crate::sync::chain::Bytes32;
use crate::sync::wire::PullAnswer;

#[derive(Deserialize)]
pub(in super::super) struct After {
    #[serde(default)]
    after: u64,
    epoch: Option<Uuid>,
    chain: Option<Bytes32>,
}

pub(in super::super) async fn pull(
    State(app): App,
    Session(asker): Session,
    InJournal(journal): InJournal,
    after: Result<Query<After>, axum::extract::rejection::QueryRejection>,
) -> Answer<PullAnswer> {
    let wrong =
        |_| ApiError::Invalid(vec![field("", "Vraag met ?after=NUMMER, en daarbij epoch en chain zoals ze eerder kwamen.")]);
    let Query(After { after, epoch, chain }) = after.map_err(wrong)?;
    Ok(Json(app.pull(asker.user, journal, after, epoch, chain).await?))
}
