//! People behind a door: who lives there, since when, and what it helps to know before ringing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fields::fields;
use crate::domain::ids::{EntryId, HouseholdId, PlaceId};
use crate::domain::json;

list! {
    /// With whom: a role, so that no name is needed.
    Who {
        /// The resident.
        Resident,
        /// A partner of the resident.
        Partner,
        /// A daughter or son.
        Child,
        /// Other family.
        Family,
        /// A neighbour.
        Neighbour,
        /// A professional.
        Professional,
        /// Somebody else.
        Other,
    }
}

list! {
    /// How closely a household is watched. Starts with a first entry, never before.
    HowOften {
        /// Every quarter.
        Quarter,
        /// Every month.
        Month,
        /// Every week.
        Week,
        /// Every working day.
        WorkingDay,
    }
}

list! {
    /// Why a household ended.
    Ending {
        /// Moved away.
        Moved,
        /// Died.
        Died,
    }
}

fields! {
    /// A household begins behind a door.
    pub struct Household {
        /// Behind which door.
        pub door: PlaceId,
        /// Since when we know them.
        pub from: NaiveDate,
    }
}

fields! {
    /// A household ended: promises and rhythm stop, the next begins empty.
    pub struct HouseholdEnded {
        /// On which day.
        pub on: NaiveDate,
        /// Why.
        pub why: Ending,
    }
}

fields! {
    /// One of a household, if it helps to tell them apart.
    pub struct Person {
        /// Of which household.
        pub household: HouseholdId,
        /// A role ("dochter").
        pub role: Who,
        /// A name, only as they want to be called.
        pub called: String = default,
    }
}

fields! {
    /// How often we come by, from now on.
    pub struct Flame {
        /// How often.
        pub how_often: HowOften,
        /// The entries that stood there when it was written.
        pub saw: Vec<EntryId> = default,
    }
}

fields! {
    /// The door of a household that was met before its door was known ("iemand, deur nog onbekend"): until then it stands at the
    /// stairwell or the spot where it was met.
    pub struct Behind {
        /// Behind which door.
        pub door: PlaceId,
    }
}

list! {
    /// What it helps to know. The order is the order of the screen.
    KnownKind {
        /// Come round the back.
        BackDoor,
        /// There is a dog.
        Dog,
        /// An interpreter is needed; only when the resident agrees to have it written down.
        Interpreter,
        /// Something else that it helps to know.
        Other,
        /// Whom to reach when it goes wrong; they agreed.
        ContactPerson,
        /// Who has a key. Never where it lies, never a code.
        HasKey,
        /// Away until a day.
        Away,
        /// Go with the two of you.
        InPairs,
        /// Call first.
        CallFirst,
        /// Not in the evening.
        NotEvenings,
    }
}

/// The four groups in which the screen shows what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownOf {
    /// "Goed om te weten".
    GoodToKnow,
    /// "Bij nood".
    Emergency,
    /// "Weg tot".
    Away,
    /// "Veilig werken": seen before ringing, never shown to the resident.
    Safety,
}

impl KnownKind {
    /// Its group.
    #[must_use]
    pub fn of(self) -> KnownOf {
        match self {
            Self::BackDoor | Self::Dog | Self::Interpreter | Self::Other => KnownOf::GoodToKnow,
            Self::ContactPerson | Self::HasKey => KnownOf::Emergency,
            Self::Away => KnownOf::Away,
            Self::InPairs | Self::CallFirst | Self::NotEvenings => KnownOf::Safety,
        }
    }

    /// Whether it may only be written down when the one it is about (or the one who is named) agrees.
    #[must_use]
    pub fn needs_agreement(self) -> bool {
        matches!(self, Self::Interpreter | Self::ContactPerson)
    }
}

fields! {
    /// What it helps to know about a household or a door, until it is settled or its last day is over.
    pub struct Known {
        /// What.
        pub what: KnownKind,
        /// In words: the fact, the language, the name and number.
        pub text: String = default,
        /// The last day on which it counts; "weg tot" and "veilig werken" always have one.
        pub until: Option<NaiveDate>,
        /// They agree that it is written down.
        pub agreed: bool = default,
    }
}

fields! {
    /// "Wil geen contact": all that is known of the household goes, and the door says "niet aanbellen". About the door, so that it stays when
    /// the household is erased.
    pub struct NoContact {
        /// Whose record goes; none if there was none.
        pub household: Option<HouseholdId>,
    }
}

list! {
    /// Whether they were told that something is written down (AVG article 14).
    Telling {
        /// The card was given and talked through.
        CardGiven,
        /// Not yet.
        NotYet,
        /// It can't be, because …
        Cannot,
    }
}

fields! {
    /// "Verteld dat ik iets opschrijf".
    pub struct Told {
        /// How far.
        pub how: Telling,
        /// Why not.
        pub why: String = default,
    }
}
