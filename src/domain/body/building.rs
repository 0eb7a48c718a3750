//! Signals about the building. They are about a stairwell, a complex or a spot, never about a household.

use serde::{Deserialize, Serialize};

/// What about the building. The first four are about things, the others point at people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BuildingKind {
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

impl BuildingKind {
    /// What is about things.
    pub const THINGS: [Self; 4] = [Self::LightBroken, Self::Dirt, Self::Damage, Self::LiftBroken];
    /// What points at people: a smell or a noise comes from behind a door.
    pub const PEOPLE: [Self; 4] = [Self::Smell, Self::Noise, Self::Unsafe, Self::FireHazard];
    /// All of them, in the order in which the screen shows them.
    pub const ALL: &'static [Self] = &[
        Self::LightBroken,
        Self::Dirt,
        Self::Damage,
        Self::LiftBroken,
        Self::Smell,
        Self::Noise,
        Self::Unsafe,
        Self::FireHazard,
    ];
}

/// A signal about the building: what, and nothing in words of one's own, so that nobody is named in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Building {
    /// What.
    pub kind: BuildingKind,
}
