//! The guard at every free text: a number that could be a BSN is stopped before it is saved.
//!
//! A BSN may be kept only where a law says so, and consent does not change that (source: FIELD, "Law"). There is no field for one, so it
//! can only come in through words. What is looked for is nine digits that pass the 11-proof, or eight (a BSN that begins with a nought is
//! often written without it). Spaces, dots and hyphens may stand between them.
//!
//! Old account numbers and phone numbers can pass the proof, too: "dit is geen BSN" lets it through, and [`note`] says in the journal that
//! somebody said so. A Dutch phone number (ten digits that begin with a nought) and a day (17.10.2026) are not asked about.

use super::body::{Body, Settled, SettledAs};
use super::ids::EntryId;

/// As many characters may stand between two groups of digits.
const LONGEST_GAP: usize = 2;

/// A run of digits, and where it stands in the text.
struct Group {
    from: usize,
    to: usize,
    digits: Vec<u32>,
}

/// Digits of other scripts count as well: the keyboard of a phone may write them.
fn digit(char: char) -> Option<u32> {
    let nought = match char {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(char as u32 - nought as u32)
}

fn is_gap(char: char) -> bool {
    matches!(char, ' ' | '.' | '-' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2011}')
}

/// The first number in a text that could be a BSN, as it was written.
#[must_use]
pub fn find(text: &str) -> Option<&str> {
    locate(text).and_then(|(from, to)| text.get(from..to))
}

/// All numbers in a text that could be one.
#[must_use]
pub fn all(text: &str) -> Vec<&str> {
    let (mut all, mut rest) = (Vec::new(), text);
    while let Some((from, to)) = locate(rest) {
        all.extend(rest.get(from..to));
        rest = rest.get(to..).unwrap_or_default();
    }
    all
}

fn locate(text: &str) -> Option<(usize, usize)> {
    let mut row: Vec<Group> = Vec::new();
    let mut gap = 0;
    for (at, char) in text.char_indices() {
        if let Some(digit) = digit(char) {
            let to = at + char.len_utf8();
            match row.last_mut() {
                Some(group) if gap == 0 => {
                    group.to = to;
                    group.digits.push(digit);
                }
                _ => row.push(Group { from: at, to, digits: vec![digit] }),
            }
            gap = 0;
        } else if !row.is_empty() {
            gap += 1;
            if gap > LONGEST_GAP || !is_gap(char) {
                if let Some(found) = in_row(&row) {
                    return Some(found);
                }
                row.clear();
                gap = 0;
            }
        }
    }
    in_row(&row)
}

/// The first number that could be a BSN in anything that an entry says, new types of entries included.
#[must_use]
pub fn in_body(body: &Body) -> Option<String> {
    let raw = body.write().ok()?;
    let mut rest = raw.get();
    // Every second piece between quotes that are not escaped is a string. What is an id, a day or a moment is no free text.
    while let Some(begin) = rest.find('"') {
        let text = rest.get(begin + 1..)?;
        let mut escaped = false;
        let end = text.char_indices().find_map(|(at, char)| {
            let ends = char == '"' && !escaped;
            escaped = char == '\\' && !escaped;
            ends.then_some(at)
        })?;
        let (words, after) = (text.get(..end)?, text.get(end + 1..)?);
        if !is_made(words)
            && let Some(found) = find(words)
        {
            return Some(found.to_owned());
        }
        rest = after;
    }
    None
}

/// What the app writes itself: an id, a day, a moment.
fn is_made(words: &str) -> bool {
    uuid::Uuid::parse_str(words).is_ok()
        || words.parse::<chrono::NaiveDate>().is_ok()
        || words.parse::<chrono::DateTime<chrono::Utc>>().is_ok()
}

/// What stands in the journal when somebody said that a number in an entry is no BSN; nothing where there is no such number.
#[must_use]
pub fn note(of: EntryId, body: &Body) -> Option<Body> {
    in_body(body)?;
    Some(Settled { of, how: SettledAs::NotBsn, text: String::new(), until: None }.into())
}

// Groups that stand beside each other: any of them together can be the number.
fn in_row(row: &[Group]) -> Option<(usize, usize)> {
    let phones = phones(row);
    for first in 0..row.len() {
        let mut digits: Vec<u32> = Vec::new();
        for last in first..row.len() {
            digits.extend(&row[last].digits);
            if digits.len() > 9 {
                break;
            }
            let inside = |(from, to): &(usize, usize)| *from <= first && last <= *to;
            if passes(&digits) && !phones.iter().any(inside) && !is_day(&row[first..=last]) {
                return Some((row[first].from, row[last].to));
            }
        }
    }
    None
}

/// Ten digits that begin with a nought and another digit in one group, from group to group.
fn phones(row: &[Group]) -> Vec<(usize, usize)> {
    let mut phones = Vec::new();
    for (first, group) in row.iter().enumerate() {
        if group.digits.len() < 2 || group.digits[0] != 0 || group.digits[1] == 0 {
            continue;
        }
        let mut length = 0;
        for (last, group) in row.iter().enumerate().skip(first) {
            length += group.digits.len();
            if length == 10 {
                phones.push((first, last));
            }
        }
    }
    phones
}

/// 17.10.2026, 2026-10-17: eight digits that are a day.
fn is_day(groups: &[Group]) -> bool {
    let number = |group: &Group| group.digits.iter().fold(0, |number, digit| number * 10 + digit);
    let [a, b, c] = groups else { return false };
    let (day, month, year) = match (a.digits.len(), b.digits.len(), c.digits.len()) {
        (2, 2, 4) => (number(a), number(b), number(c)),
        (4, 2, 2) => (number(c), number(b), number(a)),
        _ => return false,
    };
    (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..=2099).contains(&year)
}

/// The 11-proof: nine times the first digit, eight times the second … twice the eighth, less the ninth, is a multiple of eleven.
fn passes(digits: &[u32]) -> bool {
    let nine: Vec<u32> = match digits.len() {
        9 => digits.to_vec(),
        8 => std::iter::once(0).chain(digits.iter().copied()).collect(),
        _ => return false,
    };
    let sum: u32 = nine.iter().take(8).zip((2..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    nine.iter().any(|digit| *digit != 0) && (sum + 11 - nine[8]).is_multiple_of(11)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "bsn/tests.rs"]
mod tests;
