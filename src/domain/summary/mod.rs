//! What a residents' committee reads: a closed quarter of a neighbourhood in numbers, in which nobody can be found.
//!
//! [`count()`] adds up what a journal says of a quarter; [`Summary::of`] turns that into what may be printed. What is counted is
//! never stored nor sent, only what may be printed is.
//!
//! # What is counted
//!
//! - **A contact** is a visit that was not taken back, at a door or elsewhere, as it reads after corrections. One in which
//!   nobody was met counts, too: it is work. Two colleagues who both note what they did together count once, and so do two entries of
//!   one group about the same subject.
//! - **A signal** is a concern that was not taken back, by what it is about when it was noted; closing one does not unmake it.
//! - **A gesture** is a contact with a small thing done.
//! - An entry belongs to one quarter for ever: that of the day it was first noted for, by Amsterdam's calendar. A correction changes
//!   what it says, not when it counts; so nothing is counted twice when one of two quarters is frozen already.
//! - Only what came in before [`Quarter::closes`] counts. So it makes no difference who asks first, or when; what
//!   comes in later goes nowhere, and the page says so.
//!
//! # What may be printed
//!
//! An attacker who has every summary ever published, and knows these rules, narrows no count below ten to fewer than five
//! possible values. The rules, and why:
//!
//! | rule | why |
//! |---|---|
//! | closed quarters only, frozen | a running one, asked today and tomorrow, shows what tomorrow brought |
//! | 0–9 is "minder dan 10" | one signal in a stairwell has a face. Nought is told apart from one by nothing: "none about violence" would tell somebody at home that nobody spoke, and next quarter's "few" that somebody did |
//! | 10 and more: rounded to 5, each cell by itself, always the same way | who knows of one more finds no difference; asking twice finds no noise to average away |
//! | totals are rounded by themselves | a total of rounded cells would be off; a true total would give cells away |
//! | where one cell of a row is too small, a second is not shown | the total less the others would give it away. The smallest other goes: least is lost |
//! | a total near the edge of what its cells allow is not shown | "less than 10" and 50 with a total of 60 makes 6 to 9. Whether it is shown follows from what stands beside it and in which class it falls, never from a small cell itself: not showing it tells no more either |
//! | gestures are not shown where contacts are too small | each gesture is a contact, so one bounds the other |
//! | two dimensions at most: what, and when | with a third, each reader finds the cell of their own stairwell |
//! | one grouping of each thing, no filter | two groupings of the same contacts are two equations |
//! | everything below the neighbourhood is rolled up to it; under [`FEWEST_DOORS`] nothing is printed | ten signals from six doors are one family |
//! | light, dirt, damage and lift are exact | they are about things. They share no total with smell, noise, not feeling safe and fire, which point at people |

mod count;
mod disclosure;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use count::{Counts, count};
pub use disclosure::{EXACT_FROM, row, shown};

use super::body::{BuildingKind, Tile};
use super::quarter::Quarter;

/// A neighbourhood with fewer doors is too small for any number. Our own choice, about fifty people.
pub const FEWEST_DOORS: usize = 25;

/// A count as it may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// 0 to 9.
    Few,
    /// Rounded to a multiple of 5, 10 or more.
    About(u32),
    /// As counted; of things only.
    Exact(u32),
    /// Not shown, since others would follow from it. Of a cell: 10 or more.
    NotShown,
}

/// Whether somebody was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// Somebody was spoken with.
    Spoken,
    /// Nobody was: not at home, a door that stayed shut, a wave, a note left.
    Tried,
}

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Contacts.
    Contact(Met),
    /// Signals about people.
    Signal(Tile),
    /// Signals about the building.
    Building(BuildingKind),
}

/// One number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Figure {
    /// Of what.
    pub of: What,
    /// How many.
    pub count: Shown,
}

/// Numbers that add up to a total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Figures {
    /// The parts.
    pub lines: Vec<Figure>,
    /// All together.
    pub total: Shown,
}

/// The numbers of a summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Numbers {
    /// Contacts, by whether somebody was met.
    pub contacts: Figures,
    /// Small gestures.
    pub gestures: Shown,
    /// Signals about people, by what about.
    pub signals: Figures,
    /// What about the building is about things.
    pub things: Vec<Figure>,
    /// What about the building points at people.
    pub nuisance: Figures,
}

/// A closed quarter as it is published. Once stored it never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Summary {
    /// Which quarter.
    pub quarter: Quarter,
    /// What came in on this day still counted; what came in later goes nowhere.
    pub until: NaiveDate,
    /// `None`: the neighbourhood is too small for numbers.
    pub numbers: Option<Numbers>,
}

impl Summary {
    /// What may be printed of these counts.
    #[must_use]
    pub fn of(quarter: Quarter, counts: &Counts) -> Self {
        Self {
            quarter,
            until: quarter.last_day_to_come_in(),
            numbers: (counts.doors >= FEWEST_DOORS).then(|| Numbers::of(counts)),
        }
    }
}

impl Numbers {
    fn of(counts: &Counts) -> Self {
        let contacts = named(&[What::Contact(Met::Spoken), What::Contact(Met::Tried)], &[counts.spoken, counts.tried]);
        let signals: Vec<What> = Tile::ALL.iter().map(|tile| What::Signal(*tile)).collect();
        let things = BuildingKind::THINGS.iter().zip(counts.things);
        Self {
            gestures: if contacts.has_few() { Shown::NotShown } else { shown(counts.gestures) },
            contacts,
            signals: named(&signals, &counts.signals),
            things: things.map(|(kind, count)| Figure { of: What::Building(*kind), count: Shown::Exact(count) }).collect(),
            nuisance: named(&BuildingKind::PEOPLE.map(What::Building), &counts.nuisance),
        }
    }
}

impl Figures {
    /// Whether one of its parts is too small to print.
    #[must_use]
    pub fn has_few(&self) -> bool {
        self.lines.iter().any(|line| line.count == Shown::Few)
    }
}

fn named(of: &[What], counts: &[u32]) -> Figures {
    let (cells, total) = row(counts);
    Figures { lines: of.iter().zip(cells).map(|(of, count)| Figure { of: *of, count }).collect(), total }
}
