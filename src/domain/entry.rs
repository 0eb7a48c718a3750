//! One immutable line in a journal.
//!
//! The payload is a piece of JSON text that is kept byte for byte as it was written: what was
//! committed to can be shown for ever, and a field that this version does not know is not lost by
//! passing through it. Reading goes in two steps (the frame, then the body by its type), so that a
//! body from a newer version is [`Body::Unknown`] and not an error.

use std::borrow::Cow;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::body::Body;
use super::ids::{DeviceId, EntryId, GroupId, HouseholdId, PersonId, PlaceId, UserId};
use super::instant;
use super::scan::{Scan, Unfit};

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
        let mut subject = None;
        let mut scan = Scan::new(payload);
        let read = scan.object(&mut |name, scan| match name {
            "subject" => once(&mut subject, Self::read(scan)),
            _ => scan.raw().map(|_| ()),
        });
        read.and_then(|()| scan.end()).ok().and(subject)
    }

    fn read(scan: &mut Scan<'_>) -> Result<Self, Unfit> {
        let mut subject = None;
        scan.object(&mut |name, scan| {
            let read = match name {
                "place" => id(scan).map(Self::Place),
                "household" => id(scan).map(Self::Household),
                "person" => id(scan).map(Self::Person),
                _ => Err(Unfit),
            };
            once(&mut subject, read)
        })?;
        subject.ok_or(Unfit)
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
    Frame,
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

/// What stands around a body.
struct Frame<'t> {
    at: DateTime<Utc>,
    clock_ahead_ms: Option<i64>,
    subject: Subject,
    group: Option<GroupId>,
    kind: Cow<'t, str>,
    /// As it was read in place, when its type stood before it.
    body: Option<Result<Body, serde_json::Error>>,
    /// Its text.
    raw: &'t str,
}

/// Keeps what was read; a name that stands there twice is an error, as serde has it.
fn once<T>(slot: &mut Option<T>, read: Result<T, Unfit>) -> Result<(), Unfit> {
    if slot.replace(read?).is_some() { Err(Unfit) } else { Ok(()) }
}

fn id<T: FromStr>(scan: &mut Scan<'_>) -> Result<T, Unfit> {
    scan.text()?.parse().map_err(|_| Unfit)
}

impl<'t> Frame<'t> {
    fn read(scan: &mut Scan<'t>) -> Result<Self, Unfit> {
        let (mut at, mut ahead, mut subject, mut group, mut kind) = (None, None, None, None, None::<Cow<'t, str>>);
        let (mut body, mut raw) = (None, None);
        scan.object(&mut |name, scan| match name {
            "at" => once(&mut at, scan.text().and_then(|text| instant::parse(&text).ok_or(Unfit))),
            "clock_ahead_ms" => once(&mut ahead, if scan.null() { Ok(None) } else { scan.number().map(Some) }),
            "subject" => once(&mut subject, Subject::read(scan)),
            "group" => once(&mut group, if scan.null() { Ok(None) } else { id(scan).map(Some) }),
            "type" => once(&mut kind, scan.text()),
            "body" => {
                let text = match &kind {
                    Some(kind) => scan.attempt(|scan| Body::scan(kind, scan)).map(|(read, text)| {
                        body = Some(read);
                        text
                    }),
                    None => scan.raw(),
                };
                once(&mut raw, text)
            }
            _ => scan.raw().map(|_| ()),
        })?;
        let (Some(at), Some(subject), Some(kind), Some(raw)) = (at, subject, kind, raw) else { return Err(Unfit) };
        Ok(Self { at, clock_ahead_ms: ahead.flatten(), subject, group: group.flatten(), kind, body, raw })
    }
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
        let mut scan = Scan::new(text);
        let payload = Self::scan(&mut scan)?;
        scan.end().map_err(|Unfit| Malformed::Frame)?;
        Ok(payload)
    }

    /// The same of a payload that stands in a longer text.
    ///
    /// # Errors
    /// The same; then the scan stands somewhere in it.
    pub fn scan(scan: &mut Scan<'_>) -> Result<Self, Malformed> {
        let Frame { at, clock_ahead_ms, subject, group, kind, body, raw } =
            Frame::read(scan).map_err(|Unfit| Malformed::Frame)?;
        let body = body
            .unwrap_or_else(|| Body::parse(&kind, raw))
            .map_err(|source| Malformed::Body { kind: kind.into_owned(), source })?;
        Ok(Self { written_at: at, clock_ahead_ms, subject, group, body })
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As serde reads it.
    #[derive(Deserialize)]
    struct Derived<'t> {
        at: DateTime<Utc>,
        #[serde(default)]
        clock_ahead_ms: Option<i64>,
        subject: Subject,
        #[serde(default)]
        group: Option<Uuid>,
        r#type: String,
        #[serde(borrow)]
        body: &'t RawValue,
    }

    fn same_as_serde(text: &str) {
        let theirs = serde_json::from_str::<Derived<'_>>(text).ok();
        let theirs = theirs.map(|frame| {
            let group = frame.group.map(GroupId);
            (frame.at, frame.clock_ahead_ms, frame.subject, group, frame.r#type, frame.body.get())
        });
        let mut scan = Scan::new(text);
        let ours = Frame::read(&mut scan).ok().filter(|_| scan.end().is_ok()).map(|frame| {
            if let Some(in_place) = &frame.body {
                assert_eq!(in_place.as_ref().ok(), Body::parse(&frame.kind, frame.raw).ok().as_ref(), "{text}");
            }
            (frame.at, frame.clock_ahead_ms, frame.subject, frame.group, frame.kind.into_owned(), frame.raw)
        });
        assert_eq!(ours, theirs, "{text}");
        #[derive(Deserialize)]
        struct About {
            subject: Subject,
        }
        assert_eq!(Subject::of(text), serde_json::from_str::<About>(text).ok().map(|about| about.subject), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn a_frame_is_read_as_serde_reads_it(
            members in prop::sample::subsequence(vec![
                r#""at":"2025-11-21T10:00:00.5Z""#, r#""at":"2025-11-21T10:00:00+01:00""#, r#""at":null"#, r#""at":"later""#,
                r#""clock_ahead_ms":-12"#, r#""clock_ahead_ms":null"#, r#""clock_ahead_ms":1.5"#,
                r#""subject":{"place":"00000000-0000-0000-0000-000000000001"}"#, r#""subject":{"house":"00000000-0000-0000-0000-000000000001"}"#,
                r#""subject":{"household":"00000000000000000000000000000001"}"#, r#""subject":{}"#, r#""subject":null"#, r#""subject":"place""#,
                r#""subject":{"place":"00000000-0000-0000-0000-000000000001","person":"00000000-0000-0000-0000-000000000001"}"#,
                r#""group":"00000000-0000-0000-0000-000000000002""#, r#""group":null"#, r#""group":"2""#,
                r#""type":"visit""#, r#""type":"vi\u0073it""#, r#""type":7"#,
                r#""body":{"kind":"coffee"}"#, r#""body": [1, {"a":null}] "#, r#""body":null"#, r#""body":01"#,
                r#""later":{"than":["this",1e3]}"#, r#""later":tru"#,
            ], 0..9).prop_shuffle(),
        ) {
            same_as_serde(&format!("{{{}}}", members.join(" ,")));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]
        #[test]
        fn a_whole_frame_is_read_in_any_order(
            members in Just(vec![
                r#""at":"2025-11-21T10:00:00.5Z""#, r#""clock_ahead_ms":-12"#, r#""subject":{"household":"00000000-0000-0000-0000-000000000001"}"#,
                r#""group":"00000000-0000-0000-0000-000000000002""#, r#""type":"visit""#, r#""body":{"kind":"coffee"}"#, r#""new":[{}]"#,
            ]).prop_shuffle(),
            twice in any::<prop::sample::Index>(), again in prop::bool::weighted(0.3),
        ) {
            let mut members = members;
            if again {
                members.push(members[twice.index(members.len())]);
            }
            same_as_serde(&format!("{{{}}}", members.join(",")));
        }
    }
}
