//! Which unfinished question somebody goes on with, from "Nog niet af" to the screen that asks it: its dialog opens by itself there.
//!
//! The address does not say it: it leads to the same screen as ever.

use std::cell::RefCell;

use crate::app::paths::HalfDone;
use crate::domain::EntryId;

thread_local! {
    static NAME: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Somebody goes on with the draft of this name; with another screen than its own that is forgotten.
pub fn with(name: String) {
    NAME.replace(Some(name));
}

/// Whether it is the draft of this form about this entry; says yes once.
#[must_use]
pub fn is(form: &str, of: EntryId) -> bool {
    entry(form) == Some(of) && NAME.take().is_some()
}

/// About which entry the draft is, if it is of this form.
#[must_use]
pub fn entry(form: &str) -> Option<EntryId> {
    NAME.with_borrow(|name| name.as_deref().and_then(HalfDone::of).filter(|half| half.form == form)?.entry)
}
