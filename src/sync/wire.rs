//! What goes over the wire, as types. Both ends are compiled from this file.

mod again;
mod lines;
pub mod rescue;

pub use again::{Common, Erasure, Offer, OfferAnswer, OfferResult, Offered, Probe, Probes};
pub use lines::{Erased, Line, StoredEntry, join_lines, read_entries, write_lines};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::chain::Bytes32;
use crate::domain::summary::Summary;
use crate::domain::{DeviceId, EntryId, JournalId, JournalKind, Role, UserId};

/// Bytes of any length, as base64 on the wire.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Blob(pub Vec<u8>);

impl std::fmt::Debug for Blob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use base64::Engine as _;
        serializer.serialize_str(&base64::engine::general_purpose::STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use base64::Engine as _;
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        base64::engine::general_purpose::STANDARD.decode(text.as_bytes()).map(Self).map_err(|_| D::Error::custom("not base64"))
    }
}

/// A secret that is sent: a login key, a credential, an enrolment code. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

/// An entry as its device wrote it: what lies sealed in the outbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Written {
    /// Its id.
    pub id: EntryId,
    /// Its number on the device.
    pub n: u64,
    /// What makes the commitment unguessable.
    pub salt: Bytes32,
    /// The text, kept byte for byte.
    pub payload: Box<RawValue>,
}

/// `GET /api/v1/installation`: what a phone needs before anybody signs in. Public.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Installation {
    /// The id of this installation; part of every login salt.
    pub installation: Uuid,
    /// The server's public key (RSA-OAEP, SHA-256) as SPKI DER: what outbox keys are encrypted to.
    pub outbox_public_key: Blob,
    /// The server's version.
    pub version: String,
    /// The server's clock.
    pub now: DateTime<Utc>,
}

/// `POST /api/v1/enrolments/lookup`: whom a code is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct EnrolmentLookup {
    /// The code from the link's fragment.
    pub code: Secret,
}

/// Answer to [`EnrolmentLookup`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct EnrolmentFound {
    /// The login name that was given to them.
    pub login_name: String,
    /// The name that colleagues see.
    pub name: String,
    /// Until when the code works.
    pub valid_until: DateTime<Utc>,
}

/// `POST /api/v1/enrolments/complete`: the phrase is drawn, the account is made. Answer: [`SignedIn`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct EnrolmentComplete {
    /// The code from the link's fragment.
    pub code: Secret,
    /// HKDF "login" of the phrase, 32 bytes in base64.
    pub login_key: Secret,
    /// This phone.
    pub device: NewDevice,
}

/// A device that is registered with a sign-in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct NewDevice {
    /// Drawn by the device.
    pub device: DeviceId,
    /// Its outbox key, encrypted to the server's public key (RSA-OAEP, SHA-256).
    pub outbox_key: Blob,
}

/// `POST /api/v1/sessions`: sign in on a phone. Answer: [`SignedIn`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The login name.
    pub login_name: String,
    /// HKDF "login" of the phrase, 32 bytes in base64.
    pub login_key: Secret,
    /// This phone.
    pub device: NewDevice,
}

/// What a device gets when it signs in; the session itself is a cookie.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Who and what.
    pub me: Me,
    /// Lies unsealed on the phone and can do one thing: push.
    pub push_credential: Secret,
    /// Lies sealed in the vault and renews the session.
    pub renew_credential: Secret,
}

/// `POST /api/v1/sessions/renew`: a new session for a device that was opened. Answer: [`Me`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Renew {
    /// Which device.
    pub device: DeviceId,
    /// Its credential from the vault.
    pub renew_credential: Secret,
}

/// `GET /api/v1/me`, and part of other answers: who I am and what I am granted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Me {
    /// Who.
    pub user: UserId,
    /// The login name.
    pub login_name: String,
    /// The name that colleagues see.
    pub name: String,
    /// What the account is for, in the organisation.
    pub role: Role,
    /// The journals that are granted and readable, at most ten: closed ones last, and of them those first in which something was
    /// written last.
    pub journals: Vec<Granted>,
    /// So many closed journals more are granted, and not on this phone.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
    /// The server's clock.
    pub now: DateTime<Utc>,
}

/// A journal that is granted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Granted {
    /// Which.
    pub journal: JournalId,
    /// What kind.
    pub kind: JournalKind,
    /// What people call it; a closed journal has a name that says nothing.
    pub name: String,
    /// As what.
    pub role: Role,
    /// Who reads it, oneself too: of a neighbourhood or a closed journal, for whoever reads it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<UserId>,
}

/// `POST /api/v1/journals/{journal}/pushes`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Push {
    /// The device whose credential this is.
    pub device: DeviceId,
    /// The records, by n.
    #[cfg_attr(not(target_arch = "wasm32"), schema(max_items = 500))]
    pub records: Vec<SealedRecord>,
}

impl Push {
    /// Its JSON, which is what serde writes: ten thousand waiting entries are written in a tenth of the time.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        use base64::Engine as _;
        let mut json = format!("{{\"device\":\"{}\",\"records\":[", self.device);
        for (at, record) in self.records.iter().enumerate() {
            json.push_str(if at == 0 { "{\"n\":" } else { ",{\"n\":" });
            json.push_str(&record.n.to_string());
            json.push_str(",\"sealed\":\"");
            base64::engine::general_purpose::STANDARD.encode_string(&record.sealed.0, &mut json);
            json.push_str("\"}");
        }
        json.push_str("]}");
        json.into_bytes()
    }
}

/// One outbox record as it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct SealedRecord {
    /// Its number on the device that sealed it.
    #[cfg_attr(not(target_arch = "wasm32"), schema(minimum = 1, maximum = 9_007_199_254_740_991_i64))]
    pub n: u64,
    /// Nonce ‖ ciphertext ‖ tag.
    pub sealed: Blob,
}

/// Answer to [`Push`]: one result a record, in the order sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct PushAnswer {
    /// The server's epoch: what it says here counts in this one.
    pub epoch: Uuid,
    /// Whether who pushed may read the journal, as the server knows it as it takes the push. A phone that was told otherwise before asks again, and
    /// takes nothing off until both say the same. Older servers do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<bool>,
    /// The results.
    pub results: Vec<PushResult>,
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct PushResult {
    /// The record's number.
    pub n: u64,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is durable, under this number.
    Stored {
        /// Its number in the journal.
        seq: u64,
        /// Proof that it was taken.
        receipt: Bytes32,
        /// Another entry has this device's same number: take a new device id.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        cloned: bool,
    },
    /// It is durable, but set apart for somebody to look at.
    Quarantined {
        /// Why.
        reason: Reason,
    },
    /// It is on the list of erasures, or about somebody who is: nothing is kept, and the phone takes its text away.
    Erased,
    /// It was not taken. It does not open under this device's key.
    Refused,
}

// By hand: what serde derives for a tag inside buffers every value first, and is ten times the code.
impl<'de> Deserialize<'de> for PushResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Tag {
            Stored,
            Quarantined,
            Erased,
            Refused,
        }
        #[derive(Deserialize)]
        struct Flat {
            n: u64,
            outcome: Tag,
            seq: Option<u64>,
            receipt: Option<Bytes32>,
            #[serde(default)]
            cloned: bool,
            reason: Option<Reason>,
        }
        let Flat { n, outcome, seq, receipt, cloned, reason } = Flat::deserialize(deserializer)?;
        let outcome = match (outcome, seq, receipt, reason) {
            (Tag::Stored, Some(seq), Some(receipt), _) => Outcome::Stored { seq, receipt, cloned },
            (Tag::Quarantined, _, _, Some(reason)) => Outcome::Quarantined { reason },
            (Tag::Erased, ..) => Outcome::Erased,
            (Tag::Refused, ..) => Outcome::Refused,
            _ => return Err(D::Error::custom("a result without what belongs to it")),
        };
        Ok(Self { n, outcome })
    }
}

/// Why an entry was quarantined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It opens, but it is not an entry.
    NotAnEntry,
    /// The server does not know this type.
    UnknownType,
    /// Its writer may not write this.
    NotAllowed,
    /// The grant was taken back.
    NoGrant,
    /// Another entry has this id.
    IdTaken,
    /// Another number stands inside than outside.
    WrongNumber,
}

impl Reason {
    /// As it stands in the database and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAnEntry => "not_an_entry",
            Self::UnknownType => "unknown_type",
            Self::NotAllowed => "not_allowed",
            Self::NoGrant => "no_grant",
            Self::IdTaken => "id_taken",
            Self::WrongNumber => "wrong_number",
        }
    }
}

/// Answer to a pull: `{"page": …}` or `{"diverged": …}` (a tag inside would keep serde from carrying the payloads raw).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PullAnswer {
    /// The lines after what the phone holds.
    Page(Page),
    /// The server is not the one that the phone knew: restored or replaced.
    Diverged {
        /// Its epoch now.
        epoch: Uuid,
        /// Its last number now.
        head: u64,
    },
}

/// A page of lines, dense, in order. It is also what a phone seals and keeps as a segment.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Page {
    /// The server's epoch.
    pub epoch: Uuid,
    /// The last number that the journal has.
    pub head: u64,
    /// The chain at the last line of this page (or at `after` if it has none).
    pub chain: Bytes32,
    /// The lines.
    pub lines: Vec<Line>,
    /// How many erasures the journal has had.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub erasures: u64,
    /// Those that the phone has not carried out, as far as they touch what it holds; later lines come erased.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<Erasure>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// `GET /api/v1/users`, for the administrator.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct UserRow {
    /// Who.
    pub user: UserId,
    /// The login name.
    pub login_name: String,
    /// The name that colleagues see.
    pub name: String,
    /// What the account is for.
    pub role: Role,
    /// Whether they have enrolled.
    pub enrolled: bool,
}

/// `POST /api/v1/users`, for the administrator. Answer: [`UserAdded`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct AddUser {
    /// 3–40 letters a–z, digits, dot or dash.
    pub login_name: String,
    /// The name that colleagues see: no control characters, not only spaces.
    #[cfg_attr(not(target_arch = "wasm32"), schema(min_length = 1, max_length = 80))]
    pub name: String,
    /// What the account is for.
    pub role: Role,
    /// Granted on these neighbourhoods' journals; the organisation's follows from the role.
    pub journals: Vec<JournalId>,
}

/// A new user's one-time link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct UserAdded {
    /// Who.
    pub user: UserId,
    /// The path and fragment to open on their phone: `/aanmelden#CODE`.
    pub link: String,
    /// The same as a QR code, as an SVG picture.
    pub qr_svg: String,
    /// Until when it works.
    pub valid_until: DateTime<Utc>,
}

/// `GET /api/v1/journals`, for the administrator: what there is to grant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct JournalRow {
    /// Which.
    pub journal: JournalId,
    /// What kind.
    pub kind: JournalKind,
    /// What people call it.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_as_it_was_written() {
        let payload = r#"{"at":"2025-11-21T10:00:00Z", "type":"note",  "body":{}}"#;
        let entry = StoredEntry {
            seq: 1,
            id: EntryId(Uuid::nil()),
            author: UserId(Uuid::nil()),
            device: DeviceId(Uuid::nil()),
            n: 1,
            received_at: DateTime::UNIX_EPOCH,
            salt: Bytes32([1; 32]),
            receipt: Bytes32([2; 32]),
            payload: RawValue::from_string(payload.to_owned()).unwrap(),
        };
        let erased = Erased { from: 2, to: 3, chain: Bytes32([3; 32]), before: Some(Bytes32([4; 32])) };
        let lines = vec![Line::Entry(Box::new(entry)), Line::Erased(erased)];
        let page = Page { epoch: Uuid::nil(), head: 3, chain: Bytes32([3; 32]), lines, erasures: 0, erased: Vec::new() };
        let page = PullAnswer::Page(page);
        let text = serde_json::to_string(&page).unwrap();
        let PullAnswer::Page(read) = serde_json::from_str(&text).unwrap() else { panic!("not a page") };
        assert_eq!(serde_json::to_string(&PullAnswer::Page(read)).unwrap(), text);
        assert!(text.contains(payload), "a payload's text is kept byte for byte");

        let stored = Outcome::Stored { seq: 4, receipt: Bytes32([5; 32]), cloned: true };
        for outcome in [stored, Outcome::Quarantined { reason: Reason::NoGrant }, Outcome::Erased, Outcome::Refused] {
            let result = PushResult { n: 6, outcome };
            let text = serde_json::to_string(&result).unwrap();
            assert_eq!(serde_json::from_str::<PushResult>(&text).unwrap(), result, "{text}");
        }
        assert!(serde_json::from_str::<PushResult>(r#"{"n":6,"outcome":"stored","seq":4}"#).is_err());

        for records in [vec![], vec![1], vec![1, 9_007_199_254_740_991]] {
            let record = |n| SealedRecord { n, sealed: Blob((0..=255).cycle().take(n as usize % 700).collect()) };
            let push = Push { device: DeviceId(Uuid::from_u128(7)), records: records.into_iter().map(record).collect() };
            assert_eq!(push.to_json(), serde_json::to_vec(&push).unwrap());
        }

        let diverged = PullAnswer::Diverged { epoch: Uuid::nil(), head: 2 };
        let text = serde_json::to_string(&diverged).unwrap();
        assert!(matches!(serde_json::from_str(&text).unwrap(), PullAnswer::Diverged { head: 2, .. }));
    }
}

/// `GET /api/v1/summaries`, for the committee: one for each neighbourhood that they were granted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct NeighbourhoodSummary {
    /// What people call the neighbourhood.
    pub neighbourhood: String,
    /// Its last closed quarter; `None` while there is none in which anybody worked here.
    pub summary: Option<Summary>,
}
