//! Those who work here: who they are, when they work, who stands in for them, and what waits for another day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::UserId;
use crate::domain::json;
use crate::domain::rights::Role;

/// Somebody who works here; in the organisation's journal, about the person with the user's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// The name that colleagues see.
    pub name: String,
    /// What they do.
    pub role: Role,
}

list! {
    /// A day of the week, Monday first.
    Weekday {
        /// Monday.
        Monday,
        /// Tuesday.
        Tuesday,
        /// Wednesday.
        Wednesday,
        /// Thursday.
        Thursday,
        /// Friday.
        Friday,
        /// Saturday.
        Saturday,
        /// Sunday.
        Sunday,
    }
}

/// The days on which somebody works; about the person with the user's id, by that user. The latest counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingDays {
    /// Which days; at least one.
    pub days: Vec<Weekday>,
}

/// Somebody is away, first and last day included; about the person with the user's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Who stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<UserId>,
}

/// "Vandaag niet": what this place asks of its writer waits until a day. About the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutOff {
    /// The day on which it is back on the list.
    pub until: NaiveDate,
}
