//! What goes over the wire, as types. Both ends are compiled from this file.

mod again;
pub mod rescue;

pub use again::{Common, Erasure, Offer, OfferAnswer, OfferResult, Offered, Probe, Probes};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::chain::Bytes32;
use crate::domain::scan::{Scan, Unfit};
use crate::domain::summary::Summary;
use crate::domain::{DeviceId, Entry, EntryId, JournalId, JournalKind, Payload, Role, UserId, instant};

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

/// One number, or a run of numbers, of a journal.
#[derive(Clone, Debug)]
pub enum Line {
    /// An entry.
    Entry(Box<StoredEntry>),
    /// A run whose payloads were erased.
    Erased(Erased),
}

/// An entry as the server stored it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct StoredEntry {
    /// Its number in the journal.
    pub seq: u64,
    /// Its id.
    pub id: EntryId,
    /// Who wrote it: set by the server.
    pub author: UserId,
    /// On which device.
    pub device: DeviceId,
    /// Its number there.
    pub n: u64,
    /// When the server took it in.
    pub received_at: DateTime<Utc>,
    /// Its salt.
    pub salt: Bytes32,
    /// Proof that it was taken.
    pub receipt: Bytes32,
    /// The text, as written.
    #[cfg_attr(not(target_arch = "wasm32"), schema(value_type = Object))]
    pub payload: Box<RawValue>,
}

impl StoredEntry {
    /// As the fold wants it.
    #[must_use]
    pub fn read(&self) -> Entry {
        Entry {
            id: self.id,
            author: self.author,
            device: self.device,
            n: self.n,
            seq: Some(self.seq),
            received_at: Some(self.received_at),
            payload: Payload::parse(self.payload.get()).ok(),
        }
    }
}

/// A run of numbers whose payloads were erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Erased {
    /// The first.
    pub from: u64,
    /// The last.
    pub to: u64,
    /// The chain at the last.
    pub chain: Bytes32,
    /// The chain before the first, where lines stand before it in a page: what cannot be folded through is folded up to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Bytes32>,
}

impl Line {
    /// The last number in it.
    #[must_use]
    pub fn last(&self) -> u64 {
        match self {
            Self::Entry(entry) => entry.seq,
            Self::Erased(run) => run.to,
        }
    }

    /// The chain after it, as far as it can be worked out: none for what was erased.
    #[must_use]
    pub fn folded_on(&self, chain: &Bytes32) -> Option<Bytes32> {
        let Self::Entry(entry) = self else { return None };
        let commitment = super::chain::commitment(&entry.salt, entry.payload.get());
        Some(super::chain::next(chain, entry.seq, entry.id, entry.author, &commitment))
    }
}

// By hand, because serde's untagged and tagged enums can't carry a RawValue.
impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Entry(entry) => entry.serialize(serializer),
            Self::Erased(erased) => erased.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Either {
            seq: Option<u64>,
            id: Option<EntryId>,
            author: Option<UserId>,
            device: Option<DeviceId>,
            n: Option<u64>,
            #[serde(default, deserialize_with = "instant::read_some")]
            received_at: Option<DateTime<Utc>>,
            salt: Option<Bytes32>,
            receipt: Option<Bytes32>,
            payload: Option<Box<RawValue>>,
            from: Option<u64>,
            to: Option<u64>,
            chain: Option<Bytes32>,
            before: Option<Bytes32>,
        }
        let line = Either::deserialize(deserializer)?;
        if let (Some(from), Some(to), Some(chain)) = (line.from, line.to, line.chain) {
            return Ok(Self::Erased(Erased { from, to, chain, before: line.before }));
        }
        let entry = (|| {
            Some(StoredEntry {
                seq: line.seq?,
                id: line.id?,
                author: line.author?,
                device: line.device?,
                n: line.n?,
                received_at: line.received_at?,
                salt: line.salt?,
                receipt: line.receipt?,
                payload: line.payload?,
            })
        })();
        entry.map(|entry| Self::Entry(Box::new(entry))).ok_or_else(|| D::Error::custom("neither an entry nor an erased run"))
    }
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

/// Lines as a phone keeps them: the JSON that serde writes, in a fraction of the time.
#[must_use]
pub fn write_lines(lines: &[Line]) -> Vec<u8> {
    let mut json = String::from("[");
    for line in lines {
        if json.len() > 1 {
            json.push(',');
        }
        match line {
            Line::Entry(entry) => {
                let StoredEntry { seq, id, author, device, n, received_at, salt, receipt, payload } = &**entry;
                json.push_str("{\"seq\":");
                json.push_str(&seq.to_string());
                for (name, id) in [("id", id.0), ("author", author.0), ("device", device.0)] {
                    json.push_str(",\"");
                    json.push_str(name);
                    json.push_str("\":\"");
                    json.push_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
                    json.push('"');
                }
                json.push_str(",\"n\":");
                json.push_str(&n.to_string());
                json.push_str(",\"received_at\":\"");
                json.push_str(&received_at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
                json.push_str("\",\"salt\":\"");
                salt.write_hex(&mut json);
                json.push_str("\",\"receipt\":\"");
                receipt.write_hex(&mut json);
                json.push_str("\",\"payload\":");
                json.push_str(payload.get());
                json.push('}');
            }
            Line::Erased(Erased { from, to, chain, before }) => {
                json.push_str(&format!("{{\"from\":{from},\"to\":{to},\"chain\":\"{}\"", chain.to_hex()));
                if let Some(before) = before {
                    json.push_str(&format!(",\"before\":\"{}\"", before.to_hex()));
                }
                json.push('}');
            }
        }
    }
    json.push(']');
    json.into_bytes()
}

/// The entries among the lines of a segment, as the fold wants them: what every start does with all that a phone holds, so without what
/// only the protocol asks for (salts, receipts, the chain). It reads what reading [`Line`]s reads.
///
/// # Errors
/// When it is no list of lines.
pub fn read_entries(text: &str, each: &mut dyn FnMut(Entry)) -> Result<(), Unfit> {
    let mut scan = Scan::new(text);
    scan.list(&mut |scan| {
        let (mut seq, mut n, mut to) = (None, None, None);
        let (mut id, mut author, mut device, mut received_at, mut payload) = (None, None, None, None, None);
        scan.object(&mut |name, scan| {
            match name {
                "seq" => seq = Some(scan.number()?),
                "n" => n = Some(scan.number()?),
                "to" => to = Some(scan.number::<u64>()?),
                "id" => id = scan.text()?.parse().ok(),
                "author" => author = scan.text()?.parse().ok(),
                "device" => device = scan.text()?.parse().ok(),
                "received_at" => received_at = instant::parse(&scan.text()?),
                "payload" => payload = Some(scan.attempt(Payload::scan)?.0.ok()),
                _ => {
                    scan.raw()?;
                }
            }
            Ok(())
        })?;
        if to.is_some() {
            return Ok(());
        }
        let (Some(id), Some(author), Some(device), Some(n), Some(payload)) = (id, author, device, n, payload) else {
            return Err(Unfit);
        };
        if seq.is_none() || received_at.is_none() {
            return Err(Unfit);
        }
        each(Entry { id, author, device, n, seq, received_at, payload });
        Ok(())
    })?;
    scan.end()
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

    #[test]
    fn a_start_reads_of_lines_what_stands_in_them() {
        let payloads = [
            r#"{"at":"2025-11-21T10:00:00Z","subject":{"place":"00000000-0000-0000-0000-000000000001"},"type":"visit","body":{"kind":"coffee","outcome":"spoken","note":"\u00e9\n"}}"#,
            r#"{ "body" : {"from":["later"]}, "type":"later", "group":null, "clock_ahead_ms":-3, "subject":{"person":"00000000-0000-0000-0000-000000000001"}, "at":"2025-11-21T11:00:00+01:00" }"#,
            r#"{"type":"visit"}"#,
            "null",
        ];
        let stored = |(seq, payload): (u64, &str)| StoredEntry {
            seq,
            id: EntryId(Uuid::from_u128(u128::from(seq))),
            author: UserId(Uuid::from_u128(2)),
            device: DeviceId(Uuid::from_u128(3)),
            n: seq + 7,
            received_at: DateTime::from_timestamp(1_790_000_000 + seq as i64, [0, 120_000_000, 123_456_000, 1][seq as usize % 4])
                .unwrap(),
            salt: Bytes32([1; 32]),
            receipt: Bytes32(std::array::from_fn(|at| (at * 9 % 256) as u8)),
            payload: RawValue::from_string(payload.to_owned()).unwrap(),
        };
        let stored: Vec<_> = (1..).zip(payloads).map(stored).collect();
        let mut lines: Vec<_> = stored.iter().cloned().map(|entry| Line::Entry(Box::new(entry))).collect();
        lines.insert(2, Line::Erased(Erased { from: 90, to: 91, chain: Bytes32([3; 32]), before: None }));
        lines.push(Line::Erased(Erased { from: 92, to: 93, chain: Bytes32([3; 32]), before: Some(Bytes32([4; 32])) }));
        let text = serde_json::to_string(&lines).unwrap();
        assert_eq!(String::from_utf8(write_lines(&lines)).unwrap(), text);
        assert_eq!(write_lines(&[]), b"[]");
        let mut read = Vec::new();
        read_entries(&text, &mut |entry| read.push(entry)).unwrap();
        assert_eq!(read, stored.iter().map(StoredEntry::read).collect::<Vec<_>>());
        assert_eq!(read.iter().map(|entry| entry.payload.is_some()).collect::<Vec<_>>(), [true, true, false, false]);
        for broken in [
            "",
            "{}",
            "[1]",
            "[{}]",
            "[{\"n\":1}]",
            &text[..text.len() - 1],
            &text.replace("\"seq\":1,", ""),
            &text.replace("\"n\":8", "\"n\":1.5"),
        ] {
            assert!(read_entries(broken, &mut |_| {}).is_err(), "{broken}");
        }
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
