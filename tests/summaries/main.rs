//! The promise to a neighbourhood: in what a committee reads, nobody can be found.
//!
//! | file | what it attacks |
//! |---|---|
//! | `cases` | the rules, as a table that a person can check |
//! | `attacker` | somebody with every page ever published, who knows the rules and has all the time in the world |
//! | `counting` | what is counted, once, and in which quarter |
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

mod attacker;
mod cases;
mod counting;
