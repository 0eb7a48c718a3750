//! What is noted: contacts, worries, what became of them, and what a supervisor says of it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::fields::{fields, nested};
use super::people::Who;
use crate::domain::ids::{EntryId, UserId};
use crate::domain::json;

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

fields! {
    /// One contact, or one attempt at it.
    pub struct Visit {
        /// How.
        pub kind: VisitKind,
        /// What came of it.
        pub outcome: Outcome,
        /// With whom.
        pub who: Option<Who>,
        /// Together with a colleague; counts once.
        pub colleague: bool = default,
        /// How long, in minutes, roughly.
        pub minutes: Option<u16>,
        /// In the worker's words.
        pub note: String = default,
        /// A small thing done.
        pub gesture: String = default,
        /// A promise to come back.
        pub follow_up: Option<NaiveDate>,
        /// The day, where it was not the day of writing ("gisteren vergeten").
        pub happened_on: Option<NaiveDate>,
        /// How many people, at an activity.
        pub heads: Option<u16>,
        /// What caught the eye, as chips.
        pub facts: Vec<Fact> = default,
    }
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
            facts: Vec::new(),
        }
    }
}

fields! {
    /// Something worrying about one subject: what was seen apart from what is thought, how it is known
    /// apart from whom it is about.
    pub struct Concern {
        /// Which of the seven.
        pub tile: Tile,
        /// How serious, as first seen.
        pub severity: Severity,
        /// Facts as chips.
        pub facts: Vec<Fact> = default,
        /// What was seen or heard.
        pub seen: String = default,
        /// What the writer thinks of it.
        pub thought: String = default,
        /// How it is known.
        pub known_by: KnownBy,
        /// Who told, if it must be kept; never shown to the one it is about.
        pub told_by: String = default,
        /// Who takes it on.
        pub owner: Option<UserId>,
        /// What is done next.
        pub next_step: String = default,
        /// By which day.
        pub due: Option<NaiveDate>,
    }
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

fields! {
    /// A change of one field of a concern. It names the entries that last set that field as its writer
    /// saw it (own unsent ones included): whatever else the fold finds there, the writer had not seen.
    pub struct Change {
        /// Of which concern.
        pub of: EntryId,
        /// The entries that stood there when it was written; the concern itself if nobody changed it.
        pub saw: Vec<EntryId>,
        /// The field and its value.
        pub set: Set,
    }
}

fields! {
    /// What replaces the text of an entry of one's own.
    pub struct Correction {
        /// Which entry.
        pub of: EntryId,
        /// What it should have said.
        pub visit: Visit,
    }
}

fields! {
    /// What replaces the words of a worry of one's own. How serious it is, who takes it on and what is done next are fields ([`Change`]).
    pub struct Rewording {
        /// Of which concern.
        pub of: EntryId,
        /// Facts as chips.
        pub facts: Vec<Fact> = default,
        /// What was seen or heard.
        pub seen: String = default,
        /// What the writer thinks of it.
        pub thought: String = default,
    }
}

fields! {
    /// "Ongedaan maken": an entry of one's own that should not count. The history shows both.
    pub struct Withdrawal {
        /// Which entry.
        pub of: EntryId,
    }
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

nested!(Set, Verdict);

fields! {
    /// A supervisor's reaction to an entry.
    pub struct Review {
        /// Which entry.
        pub of: EntryId,
        /// What is said of it.
        pub verdict: Verdict,
    }
}

fields! {
    /// "Gebeld met …, om …": what takes an urgent signal off the top.
    pub struct Called {
        /// About which concern.
        pub of: EntryId,
        /// Whom.
        pub whom: String,
        /// When.
        pub at: DateTime<Utc>,
    }
}

list! {
    /// What became of an entry that has no fields of its own.
    SettledAs {
        /// A promise was kept in another way than by a contact.
        Kept,
        /// A promise was let go, because …
        Dropped,
        /// What is known is no longer so.
        Over,
        /// A gesture, a tie or a contact led to something.
        LedTo,
        /// The answer to a supervisor's question.
        Answered,
        /// A supervisor sets "wil geen contact" aside, on a ground.
        Overruled,
        /// "Dit is geen BSN": its writer says so of a number in it that could be one.
        NotBsn,
    }
}

fields! {
    /// What became of an entry.
    pub struct Settled {
        /// Of which entry.
        pub of: EntryId,
        /// How.
        pub how: SettledAs,
        /// In words: why, what it led to, the answer.
        pub text: String = default,
        /// Until which day, where setting aside has an end.
        pub until: Option<NaiveDate>,
    }
}

fields! {
    /// A small thing done. What it led to is said later, by [`Settled`].
    pub struct Gesture {
        /// What.
        pub what: String,
    }
}

fields! {
    /// Neighbours brought together, both willing: one entry on each side, of one group, neither of which names the other.
    pub struct Tie {
        /// What for ("samen boodschappen").
        pub what: String,
        /// This side was asked, and is willing.
        pub willing: bool,
    }
}

fields! {
    /// "Klopt niet": what a resident says of an entry about them. It changes nothing and stands beside it.
    pub struct Objection {
        /// Which entry.
        pub of: EntryId,
        /// In the resident's words.
        pub word: String,
    }
}
