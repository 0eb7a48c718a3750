//! What an entry can say, in rooms:
//!
//! | file | what it says |
//! |---|---|
//! | [`places`], [`building`] | what stands where, and what about the building |
//! | [`people`] | who lives there, what it helps to know before ringing, how often we come by |
//! | [`noted`] | contacts, worries, small gestures, and what became of them |
//! | [`help`] | help that was asked of a party, and what a resident agreed to |
//! | [`guarded`] | what fewer may read: that something runs, and the steps of the Meldcode |
//! | [`staff`] | who works here, when, and what waits for another day |
//! | [`directory`] | whom to call and whom to ask here |
//!
//! The lists come from the field (see FIELD in the docs of each): tiles and chips are names for what was seen, never a score.

use serde_json::value::RawValue;

use super::ids::EntryId;

macro_rules! list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
        #[cfg_attr(not(target_arch = "wasm32"), schema(rename_all = "snake_case"))]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in the order in which the screen shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            const NAMES: &'static [&'static str] = &[$(stringify!($variant),)*];
        }

        impl $crate::domain::body::fields::Named for $name {
            const ALL: &'static [Self] = Self::ALL;
            const NAMES: &'static [&'static str] = Self::NAMES;

            fn at(self) -> usize {
                self as usize
            }
        }

        impl $crate::domain::body::fields::Field for $name {
            fn take(
                value: &mut $crate::domain::body::fields::Scan<'_>,
            ) -> Result<Option<Self>, $crate::domain::body::fields::Unfit> {
                $crate::domain::body::fields::unless_null(value, |value| $crate::domain::body::fields::named(&value.text()?))
            }

            fn put(&self, name: &str, to: &mut $crate::domain::body::fields::Object) {
                to.text(name, &json::snake_case(Self::NAMES[*self as usize]));
            }
        }

        // Not derived: one function reads all lists, instead of one for each.
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                json::write_name(Self::NAMES[*self as usize], serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                json::read_name(Self::NAMES, deserializer).map(|at| Self::ALL[at])
            }
        }
    };
}

// Entries carry these lists on the wire, and one function reads them all.
pub mod building;
pub mod directory;
mod fields;
pub mod guarded;
pub mod help;
pub mod noted;
pub mod people;
pub mod places;
pub mod staff;

pub use building::{Building, BuildingKind};
pub use directory::{HelpLine, PartyContact};
pub use guarded::{Founding, Guarded, MeldcodeStep, Reader, Step};
pub use help::{Agreed, AgreedBy, Consent, Ground, Party, Referral, ReferralStep, Stage};
pub use noted::{
    Called, Change, Concern, Correction, Fact, Gesture, KnownBy, Objection, Outcome, Review, Rewording, Set, Settled, SettledAs,
    Severity, Standing, Tie, Tile, Verdict, Visit, VisitKind, Withdrawal,
};
pub use people::{
    Behind, Ending, Flame, Household, HouseholdEnded, HowOften, Known, KnownKind, KnownOf, NoContact, Person, Telling, Told, Who,
};
pub use places::{Address, Place, PlaceHidden, PlaceKind};
pub use staff::{Absence, PutOff, Staff, Weekday, WorkingDays};

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident($kind:literal),)*) => {
        /// What an entry says.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body {
            $($(#[$doc])* $name($name),)*
            /// From a newer version: kept and shown as such.
            Unknown {
                /// The type it says it is.
                kind: String,
                /// Its text.
                text: String,
            },
        }

        impl Body {
            /// Every type that this version knows.
            pub const KINDS: &'static [&'static str] = &[$($kind,)*];

            /// The type, as it stands in the payload.
            #[must_use]
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$name(_) => $kind,)*
                    Self::Unknown { kind, .. } => kind,
                }
            }

            pub(super) fn parse(kind: &str, text: &str) -> Result<Self, serde_json::Error> {
                let mut scan = fields::Scan::new(text);
                let body = Self::scan(kind, &mut scan)?;
                scan.end().map_err(|fields::Unfit| fields::unfit(&[], None))?;
                Ok(body)
            }

            /// The same of a body that stands in a longer text.
            pub(super) fn scan(kind: &str, scan: &mut fields::Scan<'_>) -> Result<Self, serde_json::Error> {
                match kind {
                    $($kind => <$name>::gather(scan).map(Self::$name),)*
                    _ => {
                        let text = scan.raw().map_err(|fields::Unfit| fields::unfit(&[], None))?;
                        Ok(Self::Unknown { kind: kind.to_owned(), text: text.to_owned() })
                    }
                }
            }

            pub(super) fn write(&self) -> Result<Box<RawValue>, serde_json::Error> {
                match self {
                    $(Self::$name(body) => RawValue::from_string(body.to_json()),)*
                    Self::Unknown { text, .. } => RawValue::from_string(text.clone()),
                }
            }
        }

        $(impl From<$name> for Body {
            fn from(body: $name) -> Self {
                Self::$name(body)
            }
        })*
    };
}

bodies! {
    /// A place as it is now.
    Place("place"),
    /// A place that is no more.
    PlaceHidden("place_hidden"),
    /// A household begins.
    Household("household"),
    /// A household ended.
    HouseholdEnded("household_ended"),
    /// One of a household.
    Person("person"),
    /// One contact.
    Visit("visit"),
    /// Something worrying.
    Concern("concern"),
    /// A field of a concern changed.
    Change("change"),
    /// The text of a visit replaced.
    Correction("correction"),
    /// The words of a concern replaced.
    Rewording("rewording"),
    /// An entry that should not count.
    Withdrawal("withdrawal"),
    /// A supervisor's reaction.
    Review("review"),
    /// Somebody was called about it.
    Called("called"),
    /// How often we come by.
    Flame("flame"),
    /// Somebody who works here.
    Staff("staff"),
    /// Something about the building.
    Building("building"),
    /// The door of a household that was met before its door was known.
    Behind("behind"),
    /// What it helps to know about a household or a door.
    Known("known"),
    /// Somebody wants to be left alone.
    NoContact("no_contact"),
    /// Whether they were told that something is written down.
    Told("told"),
    /// What became of an entry that has no fields of its own.
    Settled("settled"),
    /// A small thing done.
    Gesture("gesture"),
    /// Neighbours brought together.
    Tie("tie"),
    /// Help asked of a party.
    Referral("referral"),
    /// A step on the way of that help.
    ReferralStep("referral_step"),
    /// What a resident agreed to.
    Consent("consent"),
    /// "Klopt niet": a resident does not agree with an entry.
    Objection("objection"),
    /// Something delicate runs, in a journal of its own.
    Guarded("guarded"),
    /// One of the five steps of the Meldcode.
    MeldcodeStep("meldcode_step"),
    /// A closed journal begins.
    Founding("founding"),
    /// Somebody reads a closed journal too, or no more.
    Reader("reader"),
    /// The days on which somebody works.
    WorkingDays("working_days"),
    /// Somebody is away.
    Absence("absence"),
    /// "Vandaag niet".
    PutOff("put_off"),
    /// Whom to call here.
    HelpLine("help_line"),
    /// A party as it is here.
    PartyContact("party_contact"),
}

impl Body {
    /// The entry that this one is about, where it is about one.
    #[must_use]
    pub fn of(&self) -> Option<EntryId> {
        match self {
            Self::Change(body) => Some(body.of),
            Self::Correction(body) => Some(body.of),
            Self::Rewording(body) => Some(body.of),
            Self::Withdrawal(body) => Some(body.of),
            Self::Review(body) => Some(body.of),
            Self::Called(body) => Some(body.of),
            Self::Settled(body) => Some(body.of),
            Self::Referral(body) => Some(body.of),
            Self::ReferralStep(body) => Some(body.of),
            Self::Objection(body) => Some(body.of),
            Self::MeldcodeStep(body) => Some(body.of),
            Self::Reader(body) => Some(body.of),
            _ => None,
        }
    }
}
