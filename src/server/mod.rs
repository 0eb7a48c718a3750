//! What the office runs.
