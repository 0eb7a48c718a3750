//! How one likes it: each setting that stands on a screen of its own rights, one a file.
//!
//! How things look and when the phone locks is a preference of this phone ([`looks`]); when I work and when I am away is work, so these are entries
//! ([`working`], [`away`]).

pub mod away;
pub mod looks;
pub mod storage;
pub mod working;

pub use away::Away;
pub use looks::{Locking, Looks, Neighbourhoods};
pub use storage::Storage;
pub use working::Working;
