//! Whom to call and whom to ask here: what the office says in the organisation's journal, about itself as a place.

use chrono::NaiveDate;

use super::fields::fields;
use super::help::Party;

fields! {
    /// A number that can be called. The latest of a name counts, whatever its capitals.
    pub struct HelpLine {
        /// Who answers. It never changes: another name is another line.
        pub name: String,
        /// What is dialled: digits, perhaps a + before them.
        pub dial: String,
        /// The number as people read it, and when it answers.
        pub shown: String = default,
        /// The same in English; the Dutch where there is none.
        pub english: String = default,
        /// Whether it belongs beside an urgent signal: it answers day and night.
        pub acute: bool = default,
        /// The lowest comes first.
        pub order: u16 = default,
        /// The day on which somebody last checked it.
        pub checked: NaiveDate,
        /// Not shown here.
        pub hidden: bool = default,
    }
}

fields! {
    /// A party as it is here. The latest of a party counts.
    pub struct PartyContact {
        /// Which.
        pub party: Party,
        /// What it is called here; its ordinary name where this is empty.
        pub name: String = default,
        /// What is dialled; nothing where it is empty.
        pub dial: String = default,
        /// The number as people read it, and when it answers.
        pub shown: String = default,
        /// What may be asked of it.
        pub asks: String = default,
        /// No help is asked of it here. What was asked stays.
        pub hidden: bool = default,
    }
}
