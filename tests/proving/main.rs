//! The proving ground with real processes: the promise is that nothing acknowledged is lost, whatever happens to the server.
//!
//! | command | what it does |
//! |---|---|
//! | `make kill` | kills the server in the middle of pushes, `KILLS` times |
//! | `make load` | 200 devices on 20 journals, open loop, upward until the 99th percentile is above 100 ms |
//!
//! What `cargo test` runs is a short form of each: right or wrong, never a time. A run is seeded (`SEED`, else drawn) and says with what.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

mod full_disk;
mod ground;
mod kill;
mod line;
mod load;
mod lost_database;
mod office;
mod senders;
#[path = "../support/mod.rs"]
mod support;
mod two_servers;

use std::fmt::Display;
use std::str::FromStr;

/// A number from the environment, or this one.
fn setting<T: FromStr>(name: &str, otherwise: T) -> T {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// A row of a table.
fn row(label: impl Display, value: impl Display) {
    println!("  {label:<56}{value:>12}");
}
