//! Those who work here: who they are, when they work, who stands in for them, and what waits for another day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fields::fields;
use crate::domain::ids::UserId;
use crate::domain::json;
use crate::domain::rights::Role;

fields! {
    /// Somebody who works here; in the organisation's journal, about the person with the user's id.
    pub struct Staff {
        /// The name that colleagues see.
        pub name: String,
        /// What they do.
        pub role: Role,
    }
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

fields! {
    /// The days on which somebody works; about the person with the user's id, by that user. The latest counts.
    pub struct WorkingDays {
        /// Which days; at least one.
        pub days: Vec<Weekday>,
    }
}

fields! {
    /// Somebody is away, first and last day included; about the person with the user's id.
    pub struct Absence {
        /// The first day.
        pub from: NaiveDate,
        /// The last day.
        pub to: NaiveDate,
        /// Who stands in.
        pub stand_in: Option<UserId>,
    }
}

fields! {
    /// "Vandaag niet": what this place asks of its writer waits until a day. About the place.
    pub struct PutOff {
        /// The day on which it is back on the list.
        pub until: NaiveDate,
    }
}
