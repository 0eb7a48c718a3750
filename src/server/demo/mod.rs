//! One fictional neighbourhood to try everything on: planned without I/O, then written.
//!
//! | file | what it promises |
//! |---|---|
//! | [`texts`] | what people write, all of it invented |
//! | [`plan`] | a year of entries, the same for the same moment, that folds without a remainder |
//! | [`accounts`] | phrases drawn anew, shown once |
//! | [`fill`] | all of it into an empty database, or nothing |

pub mod accounts;
pub mod fill;
pub mod plan;
pub mod texts;
