//! Whether a page is what it says it is.

use super::Fault;
use crate::sync::chain::{START, commitment, next};
use crate::sync::held::Cursor;
use crate::sync::wire::{Line, PullAnswer};

/// Checks a page against the cursor it was asked with: dense numbers, and the chain that the server says.
/// Gives the cursor after it; none if the server is not the one that we knew.
pub fn check(cursor: Option<Cursor>, answer: &PullAnswer) -> Result<Option<Cursor>, Fault> {
    let PullAnswer::Page(page) = answer else { return Ok(None) };
    let held = cursor.map_or(0, |cursor| cursor.seq);
    let mut seq = held;
    let mut chain = cursor.map_or(START, |cursor| cursor.chain);
    for line in &page.lines {
        match line {
            Line::Entry(entry) => {
                let commitment = commitment(&entry.salt, entry.payload.get());
                chain = next(&chain, entry.seq, entry.id, entry.author, &commitment);
                if entry.seq != seq + 1 {
                    return Err(Fault::Broken);
                }
                seq = entry.seq;
            }
            Line::Erased(run) => {
                // Nothing can be folded through a run, so what stands before it is held against the chain that it begins with.
                let folds = run.before.map_or(seq == held, |before| before == chain);
                if run.from != seq + 1 || run.to < run.from || !folds {
                    return Err(Fault::Broken);
                }
                (seq, chain) = (run.to, run.chain);
            }
        }
    }
    // A page without lines can't say that there are more: it would be asked for ever.
    if chain != page.chain || seq > page.head || (page.lines.is_empty() && page.head > seq) {
        return Err(Fault::Broken);
    }
    if cursor.is_some_and(|cursor| cursor.epoch != page.epoch) {
        return Err(Fault::Broken);
    }
    Ok(Some(Cursor { epoch: page.epoch, seq, chain, erasures: page.erasures }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;
    use uuid::Uuid;

    use super::check;
    use crate::domain::{DeviceId, EntryId, UserId};
    use crate::sync::chain::{Bytes32, START, commitment, next};
    use crate::sync::wire::{Erased, Line, Page, PullAnswer, StoredEntry};

    fn id(number: u64) -> Uuid {
        Uuid::from_u128(u128::from(number))
    }

    /// A journal of which every number in `gone` is erased, as one page.
    fn page(gone: &[bool]) -> Page {
        let (mut chain, mut lines): (Bytes32, Vec<Line>) = (START, Vec::new());
        for (seq, gone) in (1..).zip(gone) {
            let (before, author, salt) = (chain, UserId(id(7)), Bytes32([1; 32]));
            let payload = RawValue::from_string(format!("{{\"n\":{seq}}}")).unwrap();
            chain = next(&chain, seq, EntryId(id(seq)), author, &commitment(&salt, payload.get()));
            match (gone, lines.last_mut()) {
                (true, Some(Line::Erased(run))) => (run.to, run.chain) = (seq, chain),
                (true, _) => {
                    let before = (seq > 1).then_some(before);
                    lines.push(Line::Erased(Erased { from: seq, to: seq, chain, before }));
                }
                (false, _) => lines.push(Line::Entry(Box::new(StoredEntry {
                    seq,
                    id: EntryId(id(seq)),
                    author,
                    device: DeviceId(id(8)),
                    n: seq,
                    received_at: chrono::DateTime::UNIX_EPOCH,
                    salt,
                    receipt: Bytes32::default(),
                    payload,
                }))),
            }
        }
        Page { epoch: id(9), head: gone.len() as u64, chain, lines, erasures: 0, erased: Vec::new() }
    }

    proptest! {
        /// Whichever line is another one, also one that stands before an erased run, the page does not check.
        #[test]
        fn another_line_is_seen_through_what_was_erased(gone in proptest::collection::vec(any::<bool>(), 1..12), at in 0_usize..12, how in 0..4) {
            let mut page = page(&gone);
            let cursor = check(None, &PullAnswer::Page(page.clone())).unwrap().unwrap();
            prop_assert_eq!((cursor.seq, cursor.chain), (page.head, page.chain));
            let at = at % page.lines.len();
            let last = at + 1 == page.lines.len();
            match &mut page.lines[at] {
                Line::Entry(entry) => match how {
                    0 => entry.author = UserId(id(99)),
                    1 => entry.id = EntryId(id(99)),
                    2 => entry.payload = RawValue::from_string("{}".to_owned()).unwrap(),
                    _ => entry.salt = Bytes32([9; 32]),
                },
                Line::Erased(run) => match how {
                    0 => run.from += 1,
                    // The chain after a run that nothing follows is the page's own.
                    1 if !last => run.chain = Bytes32([9; 32]),
                    2 if at > 0 => run.before = None,
                    3 if at > 0 => run.before = Some(Bytes32([9; 32])),
                    _ => run.to = run.from - 1,
                },
            }
            prop_assert!(check(None, &PullAnswer::Page(page)).is_err());
        }
    }
}
