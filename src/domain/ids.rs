//! Ids, one type a thing, so that a device can't be passed where a door is meant.
//!
//! An id is never a secret: nothing is granted to whoever knows one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// One entry. UUIDv7, made on the device that writes it.
    EntryId;
    /// One journal: entries with one order and one circle of readers.
    JournalId;
    /// One account on one phone. A cloned phone takes a new one.
    DeviceId;
    /// Somebody who can sign in.
    UserId;
    /// A complex, stairwell, door or spot.
    PlaceId;
    /// Who lives behind a door from one date to another.
    HouseholdId;
    /// One of a household, or (in the organisation's journal) one of the staff.
    PersonId;
    /// What several entries share that were written in one go.
    GroupId;
}
