//! Which language the screen speaks: Dutch, or English for who reads that more easily.
//!
//! Every text stands in the code in both (`texts`: `say!`, `both!`, `tell!`), so one that misses a language does not compile, and
//! English works where there is no network. What residents read (`texts::showing`, the card) and what is sent to a party stays Dutch.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;

use super::preferences::{self, Preferences};

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

/// Works something out in Dutch, whatever the screen speaks: for what a resident reads, and for what is written down or sent, since
/// colleagues and parties read it, too. Only what is worked out at once: a closure that runs later speaks what the screen speaks.
pub fn in_dutch<T>(work_out: impl FnOnce() -> T) -> T {
    let english = english();
    speak(false);
    let out = work_out();
    speak(english);
    out
}

/// For `lang`.
#[must_use]
pub fn code() -> &'static str {
    either("nl", "en")
}

/// From now on. What is drawn already stays as it is until [`choose`] has it drawn again.
pub fn speak(english: bool) {
    ENGLISH.store(english, Ordering::Relaxed);
}

/// Told when somebody chooses another language: the screens are drawn again.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<bool>);

impl Chosen {
    /// For `pages::App`: makes it, for every screen below.
    pub fn provide() {
        provide_context(Self(RwSignal::new(english())));
    }

    /// Follows it.
    pub fn track(self) {
        self.0.track();
    }

    /// Keeps the choice and has everything drawn again in it.
    pub fn choose(self, english: bool) {
        preferences::keep(&Preferences { english, ..preferences::read() });
        self.0.set(english);
    }
}
