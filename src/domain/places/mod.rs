//! Places from a file: what a row must say, and what has to be written so that a journal's places become those of the file.
//!
//! - [`row`]: a row of text becomes a [`Row`], or says all that is wrong with it.
//! - [`rows`]: what only shows when rows are seen together (the same door twice).
//! - [`tree`]: the rows as places within places; any order of rows gives the same tree.
//! - [`plan`]: the tree beside what a journal adds up to. What is the same is left alone, what vanished is hidden and never
//!   deleted, and a door whose address was corrected keeps its id, so that all that was written about it stays with it.
//!
//! A row is a door, or a spot (`soort` = `plek`):
//!
//! | column | what it says |
//! |---|---|
//! | `buurtcode`, `jaar` | the neighbourhood's CBS code, and the year of that division |
//! | `complex` | a name; may be empty |
//! | `portiek` | the stairwell, gallery, courtyard or row of houses in it; may be empty. A spot's name |
//! | `soort` | what that is: `portiek`, `galerij`, `straat`, `hof`; `plek` for a spot; empty or `deur` for a plain door |
//! | `straat` … `postcode` | the address |
//! | `verdieping` | the floor, 0 is the ground; may be empty |

mod code;
mod matching;
mod plan;
mod row;
mod rows;
mod tree;

#[cfg(test)]
mod tests;

pub use code::NeighbourhoodCode;
pub use plan::{Plan, Step, What, plan};
pub use row::{Cells, Column, Fault, Row, read_row};
pub use rows::{Bad, read};
pub use tree::{Tree, tree};
