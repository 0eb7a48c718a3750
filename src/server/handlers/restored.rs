//! What a phone asks and gives after a restore.

use axum::Json;
use axum::extract::State;

use super::super::extract::{InJournal, Sent, Session, Text, unreadable};
use super::super::openapi::{Body, Nobody, UnknownJournal};
use super::super::problem::{ApiError, field};
use super::{Answer, App};
use crate::domain::JournalId;
use crate::sync::MAX_BYTES;
use crate::sync::wire::{Common, Offer, OfferAnswer, Probes};

/// The last number in common
///
/// Of numbers with their chains, the last that the journal has with the same chain. What comes before it is the same on both sides.
#[utoipa::path(post, path = "/journals/{journal}/common", operation_id = "common", tag = "journals", request_body = Probes,
    params(("journal" = JournalId, Path, description = "Which journal")), security(("session" = [])),
    responses((status = 200, description = "The last in common, 0 if there is none", body = Common), Body, Nobody, UnknownJournal))]
pub(in super::super) async fn common(
    State(app): App,
    Session(asker): Session,
    InJournal(journal): InJournal,
    Sent(probes): Sent<Probes>,
) -> Answer<Common> {
    all_right("/probes", &probes.probes, |probe| (!countable(probe.seq)).then_some(TOO_GREAT))?;
    Ok(Json(app.common(asker.user, journal, &probes).await?))
}

/// What a restore lost
///
/// Entries as they were pulled, of whomever. Each is taken by its receipt, keeps its author, device and time, and gets the next number.
#[utoipa::path(post, path = "/journals/{journal}/offers", operation_id = "offer", tag = "journals", request_body = Offer,
    params(("journal" = JournalId, Path, description = "Which journal")), security(("session" = [])),
    responses((status = 200, description = "One result an entry, in the order offered", body = OfferAnswer), Body, Nobody, UnknownJournal))]
pub(in super::super) async fn offer(
    State(app): App,
    Session(asker): Session,
    InJournal(journal): InJournal,
    Text(text): Text<MAX_BYTES>,
) -> Answer<OfferAnswer> {
    let offer: Offer = serde_json::from_slice(&text).map_err(|why| ApiError::Invalid(vec![field("", &unreadable(&why))]))?;
    all_right("/entries", &offer.entries, |entry| {
        if !countable(entry.seq) || !countable(entry.n) {
            return Some(TOO_GREAT);
        }
        (!entry.payload.get().starts_with('{')).then_some(NO_OBJECT)
    })?;
    Ok(Json(app.offer(asker.user, journal, &offer).await?))
}

const TOO_GREAT: &str = "Dit nummer is te groot.";
const NO_OBJECT: &str = "De tekst is geen JSON-object.";

/// A database counts no further than this, whatever a JSON number can say.
fn countable(number: u64) -> bool {
    i64::try_from(number).is_ok()
}

/// All that is wrong with the items of a list, up to twenty.
fn all_right<T>(list: &str, items: &[T], wrong: fn(&T) -> Option<&'static str>) -> Result<(), ApiError> {
    let found = items.iter().enumerate().filter_map(|(i, item)| Some(field(&format!("{list}/{i}"), wrong(item)?)));
    let errors: Vec<_> = found.take(20).collect();
    if errors.is_empty() { Ok(()) } else { Err(ApiError::Invalid(errors)) }
}
