//! Whole journeys: real people's work in a real Chromium against the real server process.
//!
//! One journey runs at a time. What they need and where from: `support/mod.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test says what it expected, and stops")]

mod bench;
mod bench_sync;
mod closed;
mod cold_start;
mod copied_phone;
mod covered;
mod enrolment;
mod erased;
mod every_screen;
mod forgotten;
mod killed_browser;
mod killed_form;
mod laat_zien;
mod manners;
mod noting;
mod passkey;
mod pieces;
mod practice;
mod quarantine;
mod restored;
mod revoked;
mod search;
mod storage_trouble;
mod support;
mod the_committee;
mod the_day;
mod the_numbers;
mod the_office;
mod the_path;
mod the_stairwell;
mod two_tabs;
mod two_versions;
mod update;
mod whole_day;
