//! One immutable line in a journal.
//!
//! The payload is a piece of JSON text that is kept byte for byte as it was written: what was
//! committed to can be shown for ever, and a field that this version does not know is not lost by
//! passing through it. Reading goes in two steps (the frame, then the body by its type), so that a
//! body from a newer version is [`Body::Unknown`] and not an error.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::body::Body;
use super::ids::{DeviceId, EntryId, GroupId, HouseholdId, PersonId, PlaceId, UserId};
use super::{instant, json};

/// The one thing that an entry is about. Erasing one neighbour spares the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A complex, stairwell, door or spot.
    Place(PlaceId),
    /// Who lives behind a door.
    Household(HouseholdId),
    /// One person.
    Person(PersonId),
}

impl Subject {
    /// Whom or what a payload is about, also where the rest of it can't be read.
    #[must_use]
    pub fn of(payload: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct About {
            subject: Subject,
        }
        json::read_text::<About>(payload).ok().map(|about| about.subject)
    }
}

/// What the writer wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// The phone's clock when it was written: data, never an order.
    pub written_at: DateTime<Utc>,
    /// How far that clock was ahead of the server's at the last contact, in milliseconds.
    pub clock_ahead_ms: Option<i64>,
    /// The one thing it is about.
    pub subject: Subject,
    /// Shared by the entries of one visit to several doors, or of one tie.
    pub group: Option<GroupId>,
    /// What it says.
    pub body: Body,
}

/// An entry that the fold can use: the payload read, and who wrote it where.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Who wrote it, as the server set it (or, unsent, the owner of this phone).
    pub author: UserId,
    /// On which device.
    pub device: DeviceId,
    /// Its number there, from 1.
    pub n: u64,
    /// Its place in the journal, once the server gave it one.
    pub seq: Option<u64>,
    /// When the server took it in.
    pub received_at: Option<DateTime<Utc>>,
    /// What was written; `None` when this version can't read it ("nieuwer dan deze app").
    pub payload: Option<Payload>,
}

/// Why a payload can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    /// The frame (time, subject, type) is not as it should be.
    #[error("the frame of the payload is not readable")]
    Frame(#[source] serde_json::Error),
    /// The type is known, but its body is not as it should be.
    #[error("the body of type {kind} is not readable")]
    Body {
        /// The type it said it was.
        kind: String,
        /// What the reader said.
        #[source]
        source: serde_json::Error,
    },
}

#[derive(Deserialize)]
struct FrameIn<'a> {
    #[serde(deserialize_with = "instant::read")]
    at: DateTime<Utc>,
    #[serde(default)]
    clock_ahead_ms: Option<i64>,
    subject: Subject,
    #[serde(default)]
    group: Option<Uuid>,
    r#type: String,
    #[serde(borrow)]
    body: &'a RawValue,
}

#[derive(Serialize)]
struct FrameOut<'a> {
    at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clock_ahead_ms: Option<i64>,
    subject: Subject,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Uuid>,
    r#type: &'a str,
    body: &'a RawValue,
}

impl Payload {
    /// Reads the text of a payload. A type that this version does not know is no error.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let frame: FrameIn<'_> = json::read_text(text).map_err(Malformed::Frame)?;
        let body =
            Body::parse(&frame.r#type, frame.body).map_err(|source| Malformed::Body { kind: frame.r#type.clone(), source })?;
        Ok(Self {
            written_at: frame.at,
            clock_ahead_ms: frame.clock_ahead_ms,
            subject: frame.subject,
            group: frame.group.map(GroupId),
            body,
        })
    }

    /// The text of a payload: written once, kept as it is from then on.
    pub fn write(&self) -> Result<Box<RawValue>, serde_json::Error> {
        let body = self.body.write()?;
        serde_json::value::to_raw_value(&FrameOut {
            at: self.written_at,
            clock_ahead_ms: self.clock_ahead_ms,
            subject: self.subject,
            group: self.group.map(|group| group.0),
            r#type: self.body.kind(),
            body: &body,
        })
    }
}
