//! What an entry can say. The lists come from the field (see FIELD in the docs of each): tiles and
//! chips are names for what was seen, never a score.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use super::building::{Building, BuildingKind};
use super::ids::{EntryId, HouseholdId, PlaceId, UserId};
use super::json;

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

list! {
    /// How the contact was. An attempt is work and counts.
    VisitKind {
        /// A cup of coffee inside.
        Coffee,
        /// Rang the bell.
        Rang,
        /// A talk in the stairwell.
        StairwellTalk,
        /// A phone call.
        Phone,
        /// Went along to an appointment.
        Together,
        /// A home visit with a partner organisation.
        WithPartner,
        /// Aftercare following an incident.
        Aftercare,
        /// An activity on a spot, with a head count.
        Activity,
    }
}

list! {
    /// What came of it.
    Outcome {
        /// Spoken with somebody.
        Spoken,
        /// Nobody at home.
        NotHome,
        /// Somebody was in, the door stayed shut.
        StayedShut,
        /// Waved.
        Waved,
        /// A note was left.
        NoteLeft,
    }
}

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
    /// The seven tiles at the door.
    Tile {
        /// Money.
        Money,
        /// Health.
        Health,
        /// Loneliness.
        Alone,
        /// Not safe at home.
        UnsafeHome,
        /// The dwelling.
        Dwelling,
        /// Nuisance.
        Nuisance,
        /// Taking part.
        TakingPart,
    }
}

list! {
    /// How serious, from watching to acting today. The order is the order of weight.
    Severity {
        /// Keep an eye on it.
        Watch,
        /// Talk about it with somebody this week.
        Discuss,
        /// Act today; first the phone.
        Now,
    }
}

list! {
    /// Facts as chips, before free text.
    Fact {
        /// Mail piles up on the mat.
        MailPilesUp,
        /// Shutters closed by day.
        ShuttersClosed,
        /// Smoke from food.
        SmokeFromFood,
        /// Shouting heard.
        Shouting,
        /// Confused.
        Confused,
        /// Thinner than before.
        Thinner,
        /// The door stood open.
        DoorOpen,
        /// Letters with reminders.
        Reminders,
        /// No heating or light.
        NoHeating,
        /// Not seen for days.
        NotSeen,
    }
}

list! {
    /// How it is known; apart from whom it is about.
    KnownBy {
        /// Seen with own eyes.
        SawIt,
        /// The resident said so.
        Resident,
        /// A neighbour.
        Neighbour,
        /// Anonymous.
        Anonymous,
        /// A party.
        Party,
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

/// A household begins behind a door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// Behind which door.
    pub door: PlaceId,
    /// Since when we know them.
    pub from: NaiveDate,
}

/// A household ended: promises and rhythm stop, the next begins empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdEnded {
    /// On which day.
    pub on: NaiveDate,
    /// Why.
    pub why: Ending,
}

/// One of a household, if it helps to tell them apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Of which household.
    pub household: HouseholdId,
    /// A role ("dochter").
    pub role: Who,
    /// A name, only as they want to be called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub called: String,
}

/// One contact, or one attempt at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// How.
    pub kind: VisitKind,
    /// What came of it.
    pub outcome: Outcome,
    /// With whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// Together with a colleague; counts once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub colleague: bool,
    /// How long, in minutes, roughly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// In the worker's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// A small thing done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub gesture: String,
    /// A promise to come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<NaiveDate>,
    /// The day, where it was not the day of writing ("gisteren vergeten").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_on: Option<NaiveDate>,
    /// How many people, at an activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heads: Option<u16>,
}

impl Visit {
    /// A visit that says no more than a tile does.
    #[must_use]
    pub fn tile(kind: VisitKind, outcome: Outcome) -> Self {
        Self {
            kind,
            outcome,
            who: None,
            colleague: false,
            minutes: None,
            note: String::new(),
            gesture: String::new(),
            follow_up: None,
            happened_on: None,
            heads: None,
        }
    }
}

/// Something worrying about one subject: what was seen apart from what is thought, how it is known
/// apart from whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// Which of the seven.
    pub tile: Tile,
    /// How serious, as first seen.
    pub severity: Severity,
    /// Facts as chips.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// What was seen or heard.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seen: String,
    /// What the writer thinks of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub thought: String,
    /// How it is known.
    pub known_by: KnownBy,
    /// Who told, if it must be kept; never shown to the one it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub told_by: String,
    /// Who takes it on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// What is done next.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next_step: String,
    /// By which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
}

/// Whether a concern still asks for somebody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It asks for somebody.
    Open,
    /// It is closed, with what came of it.
    Closed {
        /// What came of it.
        came_of: String,
    },
}

/// One field set to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Set {
    /// How serious a concern is.
    Severity(Severity),
    /// Who takes it on.
    Owner(Option<UserId>),
    /// What is done next.
    NextStep(String),
    /// By which day.
    Due(Option<NaiveDate>),
    /// Open or closed.
    Standing(Standing),
}

/// A change of one field of a concern. It names the entries that last set that field as its writer
/// saw it (own unsent ones included): whatever else the fold finds there, the writer had not seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Of which concern.
    pub of: EntryId,
    /// The entries that stood there when it was written; the concern itself if nobody changed it.
    pub saw: Vec<EntryId>,
    /// The field and its value.
    pub set: Set,
}

/// What replaces the text of an entry of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Which entry.
    pub of: EntryId,
    /// What it should have said.
    pub visit: Visit,
}

/// "Ongedaan maken": an entry of one's own that should not count. The history shows both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Which entry.
    pub of: EntryId,
}

/// What a supervisor says of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Seen.
    Seen,
    /// A question back.
    Question(String),
}

/// A supervisor's reaction to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Which entry.
    pub of: EntryId,
    /// What is said of it.
    pub verdict: Verdict,
}

/// "Gebeld met …, om …": what takes an urgent signal off the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// About which concern.
    pub of: EntryId,
    /// Whom.
    pub whom: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How often we come by, from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flame {
    /// How often.
    pub how_often: HowOften,
    /// The entries that stood there when it was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saw: Vec<EntryId>,
}

/// Somebody who works here; in the organisation's journal, about the person with the user's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// The name that colleagues see.
    pub name: String,
    /// What they do.
    pub role: super::rights::Role,
}

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

            pub(super) fn parse(kind: &str, raw: &RawValue) -> Result<Self, serde_json::Error> {
                match kind {
                    $($kind => json::read_text(raw.get()).map(Self::$name),)*
                    _ => Ok(Self::Unknown { kind: kind.to_owned(), text: raw.get().to_owned() }),
                }
            }

            pub(super) fn write(&self) -> Result<Box<RawValue>, serde_json::Error> {
                match self {
                    $(Self::$name(body) => serde_json::value::to_raw_value(body),)*
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
}

impl Body {
    /// The entry that this one is about, where it is about one.
    #[must_use]
    pub fn of(&self) -> Option<EntryId> {
        match self {
            Self::Change(body) => Some(body.of),
            Self::Correction(body) => Some(body.of),
            Self::Withdrawal(body) => Some(body.of),
            Self::Review(body) => Some(body.of),
            Self::Called(body) => Some(body.of),
            _ => None,
        }
    }
}
