//! The lines of a journal: as the server gives them, and as a phone keeps and reads them.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::domain::scan::{Scan, Unfit};
use crate::domain::{DeviceId, Entry, EntryId, Payload, UserId, instant};
use crate::sync::chain::Bytes32;

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
        let commitment = crate::sync::chain::commitment(&entry.salt, entry.payload.get());
        Some(crate::sync::chain::next(chain, entry.seq, entry.id, entry.author, &commitment))
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

/// The lines of several, one after the other, as they were written; none if one of them holds no lines.
#[must_use]
pub fn join_lines(parts: &[impl AsRef<[u8]>]) -> Option<Vec<u8>> {
    let mut json = Vec::with_capacity(parts.iter().map(|part| part.as_ref().len()).sum());
    json.push(b'[');
    for part in parts {
        let lines = part.as_ref().strip_prefix(b"[")?.strip_suffix(b"]")?;
        if !lines.is_empty() && json.len() > 1 {
            json.push(b',');
        }
        json.extend_from_slice(lines);
    }
    json.push(b']');
    Some(json)
}

/// Lines as a phone keeps them: the JSON that serde writes, in a fraction of the time.
#[must_use]
pub fn write_lines(lines: &[Line]) -> Vec<u8> {
    let payloads = lines.iter().map(|line| if let Line::Entry(entry) = line { entry.payload.get().len() } else { 0 });
    let mut json = String::with_capacity(payloads.sum::<usize>() + 420 * lines.len() + 2);
    json.push('[');
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

#[cfg(test)]
mod tests {
    use super::*;

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
        let parts: Vec<Vec<u8>> = [0..2, 2..2, 2..3, 3..6].map(|part| write_lines(&lines[part])).to_vec();
        assert_eq!(join_lines(&parts).unwrap(), text.as_bytes());
        assert_eq!(join_lines(&[b"[]", b"[]"]).unwrap(), b"[]");
        assert_eq!(join_lines(&[text.as_bytes(), b"{}"]), None);
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
