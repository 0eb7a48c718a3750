//! What a phone sends.

use axum::Json;
use axum::extract::State;

use super::super::extract::{InJournal, Pusher, Text};
use super::super::openapi::{Body, DoesNotOpen, Nobody, OtherDevice, TooMany, UnknownJournal};
use super::super::problem::ApiError;
use super::super::pushes::read;
use super::{Answer, App};
use crate::domain::JournalId;
use crate::sync::MAX_BYTES;
use crate::sync::wire::{Push, PushAnswer};

/// What a phone sends
///
/// Records as they lie in the outbox, sealed. Answered after they are durable; sending again gives the same answer.
#[utoipa::path(post, path = "/journals/{journal}/pushes", operation_id = "push", tag = "journals", request_body = Push,
    params(("journal" = JournalId, Path, description = "Which journal")), security(("push" = [])),
    responses((status = 200, description = "One result a record, in the order sent", body = PushAnswer),
        Body, Nobody, OtherDevice, UnknownJournal, DoesNotOpen, TooMany))]
pub(in super::super) async fn push(
    State(app): App,
    pusher: Pusher,
    InJournal(journal): InJournal,
    Text(text): Text<MAX_BYTES>,
) -> Answer<PushAnswer> {
    app.attempts.push(pusher.device, text.len()).map_err(ApiError::TooFast)?;
    Ok(Json(app.push(&pusher, journal, read(&text)?).await?))
}
