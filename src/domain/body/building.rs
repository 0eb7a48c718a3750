//! Signals about the building. They are about a stairwell, a complex or a spot, never about a household.

use serde::{Deserialize, Serialize};

use super::fields::fields;
use crate::domain::json;

list! {
    /// What about the building. The first four are about things, the others point at people.
    BuildingKind {
        /// A light that does not work.
        LightBroken,
        /// Dirt.
        Dirt,
        /// Damage done.
        Damage,
        /// A lift that stands still.
        LiftBroken,
        /// A smell.
        Smell,
        /// Noise.
        Noise,
        /// People do not feel safe here.
        Unsafe,
        /// Danger of fire.
        FireHazard,
    }
}

impl BuildingKind {
    /// What is about things.
    pub const THINGS: [Self; 4] = [Self::LightBroken, Self::Dirt, Self::Damage, Self::LiftBroken];
    /// What points at people: a smell or a noise comes from behind a door.
    pub const PEOPLE: [Self; 4] = [Self::Smell, Self::Noise, Self::Unsafe, Self::FireHazard];
}

fields! {
    /// A signal about the building: what, and nothing in words of one's own, so that nobody is named in it.
    pub struct Building {
        /// What.
        pub kind: BuildingKind,
    }
}
