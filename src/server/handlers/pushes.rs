//! What a phone sends.

use axum::Json;
use axum::extract::State;

use super::super::extract::{InJournal, Pusher, Text};
use super::super::pushes::read;
use super::{Answer, App};
use crate::sync::MAX_BYTES;
use crate::sync::wire::PushAnswer;

pub(in super::super) async fn push(
    State(app): App,
    pusher: Pusher,
    InJournal(journal): InJournal,
    Text(text): Text<MAX_BYTES>,
) -> Answer<PushAnswer> {
    Ok(Json(app.push(&pusher, journal, read(&text)?).await?))
}
