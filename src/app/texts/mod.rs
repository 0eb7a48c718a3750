//! What the screen says, in Dutch (B1). No sentence stands in a page: a colleague who reads this folder reads all of them.
//!
//! [`worker`] is what the worker reads, [`welcome`] who is not inside yet, [`sending`] and [`office`] what those screens say;
//! [`labels`] names the lists of the domain, [`faults`] says what went wrong: what happened, what is safe, what to do.

/// Sentences by name; each is its own documentation.
macro_rules! say {
    ($($name:ident = $text:literal;)*) => {$(
        #[doc = $text]
        pub const $name: &str = $text;
    )*};
}

pub mod faults;
pub mod labels;
pub mod office;
pub mod sending;
pub mod welcome;
pub mod worker;
