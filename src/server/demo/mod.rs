//! One fictional neighbourhood to try everything on: planned without I/O, then written.

pub mod plan;
pub mod texts;
