//! Which language the screen speaks: Dutch, or English for who reads that more easily.
//!
//! Every text stands in the code in both (`texts`: `say!`, `both!`, `tell!`), so one that misses a language does not compile, and
//! English works where there is no network. What residents read (`texts::showing`, the card) and what is sent to a party stays Dutch.

use std::sync::atomic::{AtomicBool, Ordering};

static ENGLISH: AtomicBool = AtomicBool::new(false);

/// Whether it is English now.
#[must_use]
pub fn english() -> bool {
    ENGLISH.load(Ordering::Relaxed)
}

/// One of two.
#[must_use]
pub fn either<T>(dutch: T, english: T) -> T {
    if self::english() { english } else { dutch }
}

/// From now on. What is drawn already is drawn again by who asks for it: `pages::App`.
pub fn speak(english: bool) {
    ENGLISH.store(english, Ordering::Relaxed);
}
