//! What the screen says, in Dutch (B1). No sentence stands in a page: a colleague who reads this folder reads all of them.
//!
//! [`worker`], [`day`], [`welcome`], [`sending`], [`office`] and [`committee`] are the sentences of those screens, [`labels`] names the lists of the
//! domain, [`faults`] says what went wrong: what happened, what is safe, what to do; [`trouble`] what does not go its usual way.

/// Sentences by name; each is its own documentation.
macro_rules! say {
    ($($name:ident = $text:literal;)*) => {$(
        #[doc = $text]
        pub const $name: &str = $text;
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
pub mod search;
pub mod sending;
pub mod showing;
pub mod told;
pub mod trouble;
pub mod welcome;
pub mod worker;
