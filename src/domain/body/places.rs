//! Places: what stands where, and what about the building.

use serde::{Deserialize, Serialize};

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

/// An address as it stands on the door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street name.
    pub street: String,
    /// House number, 1–99999.
    pub number: u32,
    /// House letter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub letter: String,
    /// Addition ("2", "hs").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub addition: String,
    /// Four digits and two letters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
}

/// A place as it is now; a later entry about the same place replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What kind of place.
    pub kind: PlaceKind,
    /// What people call it ("Portiek B", "12-2").
    pub name: String,
    /// The place that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PlaceId>,
    /// Floor, 0 is the ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<i16>,
    /// A door's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

/// A place that is no more; it is hidden, never deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceHidden {
    /// What stands there now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<PlaceId>,
}
