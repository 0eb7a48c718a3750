//! Places: what stands where, and what about the building.

use serde::{Deserialize, Serialize};

use super::fields::fields;
use crate::domain::ids::PlaceId;
use crate::domain::json;

list! {
    /// What kind of place.
    PlaceKind {
        /// A group of buildings under one name.
        Complex,
        /// A stairwell (`portiek`).
        Stairwell,
        /// A gallery.
        Gallery,
        /// A street of houses.
        Street,
        /// A courtyard.
        Courtyard,
        /// A front door.
        Door,
        /// A square, a community room: visited without a door.
        Spot,
    }
}

fields! {
    /// An address as it stands on the door.
    #[derive(Default)]
    pub struct Address {
        /// Street name.
        pub street: String,
        /// House number, 1–99999.
        pub number: u32,
        /// House letter.
        pub letter: String = default,
        /// Addition ("2", "hs").
        pub addition: String = default,
        /// Four digits and two letters.
        pub postcode: String = default,
    }
}

fields! {
    /// A place as it is now; a later entry about the same place replaces it.
    pub struct Place {
        /// What kind of place.
        pub kind: PlaceKind,
        /// What people call it ("Portiek B", "12-2").
        pub name: String,
        /// The place that it is part of.
        pub parent: Option<PlaceId>,
        /// Floor, 0 is the ground.
        pub floor: Option<i16>,
        /// A door's address.
        pub address: Option<Address>,
    }
}

fields! {
    /// A place that is no more; it is hidden, never deleted.
    pub struct PlaceHidden {
        /// What stands there now.
        pub successor: Option<PlaceId>,
    }
}
