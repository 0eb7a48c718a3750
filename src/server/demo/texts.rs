//! What people of a Dutch neighbourhood write, for the demonstration: all of it invented.
//!
//! Short and factual, in the language that workers use (B1). What was seen (`*_FACTS`) stands apart from
//! what is thought of it (`IMPRESSIONS`). No diagnoses, no origin, no religion, no numbers of persons.
//! Nothing here has a placeholder, so that any line fits any door of its kind.

mod concerns;
mod contacts;
mod people;
mod places;
mod reviews;

pub use concerns::*;
pub use contacts::*;
pub use people::*;
pub use places::*;
pub use reviews::*;
