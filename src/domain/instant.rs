//! Instants as they are written down, RFC 3339. A phone reads two for each entry at every start; in the form that we write them that
//! takes a tenth of what it takes in every form there is.

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::{Deserialize as _, Deserializer, Error as _};

/// Reads one for serde.
///
/// # Errors
/// When it is none.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| D::Error::custom("no instant"))
}

/// Reads one; nothing when it is none.
#[must_use]
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    ours(text.as_bytes()).or_else(|| text.parse().ok())
}

/// Reads one that is there, for a field that may be missing.
///
/// # Errors
/// When it is none.
pub fn read_some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    read(deserializer).map(Some)
}

/// "2026-11-26T03:48:39.123456Z"; nothing in any other form.
fn ours(text: &[u8]) -> Option<DateTime<Utc>> {
    let (whole, fraction) = text.strip_suffix(b"Z")?.split_at_checked(19)?;
    if [whole[4], whole[7], whole[10], whole[13], whole[16]] != *b"--T::" {
        return None;
    }
    let nanos = match fraction {
        [] => 0,
        [b'.', digits @ ..] if matches!(digits.len(), 1..=9) => (digits.len()..9).fold(number(digits)?, |value, _| value * 10),
        _ => return None,
    };
    let at = |from: usize| number(&whole[from..from + 2]);
    let date = NaiveDate::from_ymd_opt(i32::try_from(number(&whole[..4])?).ok()?, at(5)?, at(8)?)?;
    Some(date.and_hms_nano_opt(at(11)?, at(14)?, at(17)?, nanos)?.and_utc())
}

/// At most nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_we_write_is_read_at_once_and_is_what_chrono_reads(
            seconds in -62_135_596_800_i64..253_402_300_800, nanos in 0_u32..1_000_000_000, digits in 0_u32..=9,
        ) {
            let nanos = nanos / 10_u32.pow(9 - digits) * 10_u32.pow(9 - digits);
            let at = DateTime::from_timestamp(seconds, nanos).unwrap();
            let text = serde_json::to_string(&at).unwrap();
            prop_assert_eq!(ours(text.trim_matches('"').as_bytes()), Some(at));
        }

        #[test]
        fn what_is_read_at_once_is_nothing_else_to_chrono(text in "[0-9]{3,5}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{1,2}([.,][0-9]{0,10})?(Z|z|\\+01:00)?") {
            if let Some(at) = ours(text.as_bytes()) {
                prop_assert_eq!(text.parse::<DateTime<Utc>>().ok(), Some(at));
            }
        }
    }

    #[test]
    fn every_other_form_is_read_too_and_nonsense_is_not() {
        let read_text = |text: &str| read(&mut serde_json::Deserializer::from_str(&format!("\"{text}\""))).ok();
        let noon = ours(b"2026-11-26T12:00:00Z");
        assert!(noon.is_some());
        assert_eq!(read_text("2026-11-26T13:00:00+01:00"), noon);
        for nonsense in
            ["", "Z", "2026-11-26", "2026-02-30T12:00:00Z", "2026-11-26T25:00:00Z", "2026-11-26T12:00:00", "é026-11-26T12:00:0Z"]
        {
            assert_eq!(read_text(nonsense), None, "{nonsense}");
        }
    }
}
