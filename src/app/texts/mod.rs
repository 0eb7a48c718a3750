//! What the screen says, in Dutch (B1). No sentence stands in a page: a colleague who reads this folder reads all of them.
//!
//! [`worker`], [`day`], [`welcome`], [`sending`], [`office`] and [`committee`] are the sentences of those screens, [`labels`] names the lists of the
//! domain, [`faults`] says what went wrong: what happened, what is safe, what to do; [`trouble`] what does not go its usual way.

/// A sentence in both languages: what the screen speaks now. `both!("Meer", "More")`.
macro_rules! both {
    ($dutch:expr, $english:expr $(,)?) => {
        crate::app::language::either($dutch, $english)
    };
}

/// A sentence with something in it, in both languages: `tell!("Nog {doors}", "{doors} more")`.
macro_rules! tell {
    ($dutch:literal, $english:literal $(, $value:expr)* $(,)?) => {
        if crate::app::language::english() { format!($english $(, $value)*) } else { format!($dutch $(, $value)*) }
    };
}

/// Sentences by name; each is its own documentation. One that misses a language does not compile.
macro_rules! say {
    ($($name:ident = $dutch:literal, $english:literal;)*) => {$(
        #[doc = $dutch]
        #[must_use]
        pub fn $name() -> &'static str {
            both!($dutch, $english)
        }
    )*};
}

pub mod by_finger;
pub mod card;
pub mod committee;
pub mod day;
pub mod faults;
pub mod guarded;
pub mod help;
pub mod labels;
pub mod noting;
pub mod office;
pub mod places;
pub mod practice;
pub mod referring;
pub mod rewording;
pub mod search;
pub mod sending;
pub mod showing;
pub mod signal;
pub mod told;
pub mod trouble;
pub mod unfinished;
pub mod welcome;
pub mod worker;
