//! What the screen says, in Dutch (B1). No sentence stands in a page: a colleague who reads this folder reads all of them.
//!
//! [`worker`] is what the worker reads, [`labels`] names the lists of the domain, [`faults`] says what went wrong: what happened, what is safe, what to do.

pub mod faults;
pub mod labels;
pub mod worker;
