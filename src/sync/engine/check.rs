//! Whether a page is what it says it is.

use super::Fault;
use crate::sync::chain::{START, commitment, next};
use crate::sync::held::Cursor;
use crate::sync::wire::{Line, PullAnswer};

/// Checks a page against the cursor it was asked with: dense numbers, and the chain that the server says.
/// Gives the cursor after it; none if the server is not the one that we knew.
pub fn check(cursor: Option<Cursor>, answer: &PullAnswer) -> Result<Option<Cursor>, Fault> {
    let PullAnswer::Page(page) = answer else { return Ok(None) };
    let mut seq = cursor.map_or(0, |cursor| cursor.seq);
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
                if run.from != seq + 1 || run.to < run.from {
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
