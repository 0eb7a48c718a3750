//! What the work is, and nothing else: the words, the entries, who may write what, and what a
//! journal adds up to.
//!
//! Everything here is pure: no I/O, no clock, no randomness, no async. Time and ids come in as
//! arguments, so every rule can be tested as plain Rust and gives the same answer on a phone, on
//! the server and in a simulation. `tests/boundaries.rs` proves that nothing in here names a room
//! of the house that does I/O.
//!
//! | file | what it promises |
//! |---|---|
//! | [`ids`] | an id of one thing can't be used for another |
//! | [`entry`] | one immutable line: read leniently, kept exactly |
//! | [`body`] | what a line can say |
//! | [`rights`] | who may read a journal and who may write which body about whose entry |
//! | [`register`] | a field that two people can change without either losing |
//! | [`caseload`] | what a journal adds up to: a pure fold |
//! | [`directory`] | whom to call and whom to ask, as the office set it |
//! | [`agenda`] | what today asks, and why |
//! | [`bsn`] | a number that could be a BSN is stopped before it is saved |
//! | [`my_day`], [`handover`] | what I noted today; what a colleague needs who takes over |
//! | [`away`] | what is wrong with an absence before it is saved |
//! | [`noting`] | from what a worker means to the entries that say it |
//! | [`guarding`] | what fewer may read: the Meldcode and worries about children |
//! | [`referring`] | what may be shared with a party, and which step follows which |
//! | [`knowing`] | what it helps to know before ringing; who left; the same way |
//! | [`flame`] | how often we come by: what is proposed, and why |
//! | [`left_alone`] | what goes when somebody wants to be left alone |
//! | [`stairwell`] | the tree of places, and the stairwell as it is: what each door says on a day |
//! | [`quarter`] | a quarter of the year as it is lived here, and when it is closed |
//! | [`summary`] | what a residents' committee reads, and that nobody can be found in it |
//! | [`places`] | places from a file: what a row must say, and what changed |
//! | [`search`] | everything on the phone at once, accents and slips forgiven |
//! | [`showing`] | what a resident can be shown of their own record |
//! | [`practice`] | a neighbourhood that does not exist, to practise in |
//! | [`json`] | one way to read JSON |

pub mod agenda;
pub mod away;
pub mod body;
pub mod bsn;
pub mod caseload;
pub mod directory;
pub mod entry;
pub mod flame;
pub mod guarding;
pub mod handover;
pub mod ids;
pub mod instant;
pub mod json;
pub mod knowing;
pub mod left_alone;
pub mod my_day;
pub mod noting;
pub mod passphrase;
pub mod places;
pub mod practice;
pub mod quarter;
pub mod referring;
pub mod register;
pub mod rights;
pub mod scan;
pub mod search;
pub mod showing;
pub mod stairwell;
pub mod summary;

pub use body::Body;
pub use caseload::Caseload;

pub use entry::{Entry, Payload, Subject};
pub use ids::{DeviceId, EntryId, GroupId, HouseholdId, JournalId, PersonId, PlaceId, UserId};
pub use rights::{JournalKind, Role, may};
