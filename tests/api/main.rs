//! The promise: the API does what `sync` and the issue say, over a real socket and a real SQLite file: every bad input has its
//! answer, nothing is lost or doubled, and nobody gets what is not theirs. With `WAAKVLAM_TEST_DATABASE=postgres` the same over
//! PostgreSQL.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

mod accounts;
mod anything;
mod backup;
mod closed;
mod described;
mod directory;
mod erased;
mod founded;
mod founding;
mod hardened;
mod import;
mod left_alone;
mod let_in;
mod operator;
mod pulls;
mod pushes;
mod rescue;
mod restored;
mod rights;
mod site;
mod summaries;
#[path = "../support/mod.rs"]
mod support;
