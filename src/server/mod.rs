//! What the office runs.
pub mod demo;
