//! From a row of counts to what may be printed of it.
//!
//! What a reader knows of a row is the class of each cell, and of the total: an interval each. With every class printed, a small
//! cell lies between the total's least less the others' most, and the total's most less the others' least. In the middle that
//! leaves it five values or more, as another cell has a width of its own; at the edges it does not, and there the total's outermost classes are
//! not told apart. That is decided from the cells' classes, which the reader has anyway, and from the total's: so what is left out tells
//! no more than what is printed would.

use super::Shown;

/// From here on a count is printed, rounded.
pub const EXACT_FROM: u32 = 10;
const STEP: u32 = 5;
/// So many values a count below [`EXACT_FROM`] may have, at the least, for whoever reads.
const VALUES: u32 = 5;

/// One count by itself.
#[must_use]
pub fn shown(count: u32) -> Shown {
    if count < EXACT_FROM { Shown::Few } else { Shown::About((count + STEP / 2) / STEP * STEP) }
}

/// The least and the most that a count of the same class may be.
fn class(count: u32) -> (u32, u32) {
    match shown(count) {
        Shown::About(about) => ((about - STEP / 2).max(EXACT_FROM), about + STEP / 2),
        _ => (0, EXACT_FROM - 1),
    }
}

/// What may be printed of a row of at least two counts, and of their total.
#[must_use]
pub fn row(counts: &[u32]) -> (Vec<Shown>, Shown) {
    let mut cells: Vec<Shown> = counts.iter().copied().map(shown).collect();
    let total: u32 = counts.iter().sum();
    let few = cells.iter().filter(|cell| **cell == Shown::Few).count();
    if few == 0 {
        return (cells, shown(total));
    }
    let second = if few == 1 { smallest_other(&cells) } else { None };
    if let Some(second) = second {
        cells[second] = Shown::NotShown;
    }
    let mut least = 0;
    let mut most = Some(0);
    for (place, cell) in cells.iter().enumerate() {
        let (low, high) = match cell {
            Shown::About(about) => {
                let (low, high) = class(*about);
                (low, Some(high))
            }
            Shown::NotShown => (EXACT_FROM, most_of_hidden(&cells, place)),
            _ => (0, Some(EXACT_FROM - 1)),
        };
        least += low;
        most = most.zip(high).map(|(most, high)| most + high);
    }
    (cells, if is_at_edge(total, least, most) { Shown::NotShown } else { shown(total) })
}

/// The smallest of the cells that are printed, the first of equals.
fn smallest_other(cells: &[Shown]) -> Option<usize> {
    let printed = cells.iter().enumerate().filter_map(|(place, cell)| match cell {
        Shown::About(about) => Some((*about, place)),
        _ => None,
    });
    printed.min().map(|(_, place)| place)
}

/// It is no larger than any that is printed: a reader knows that, too.
fn most_of_hidden(cells: &[Shown], hidden: usize) -> Option<u32> {
    let printed = cells.iter().enumerate().filter_map(|(place, cell)| match cell {
        Shown::About(about) if hidden < place => Some(class(*about).1),
        Shown::About(about) => Some(class(*about).0 - 1),
        _ => None,
    });
    printed.min()
}

/// Whether a total lies in an outermost class that alone would leave a small cell fewer than [`VALUES`] values, or in one that it is
/// joined with.
fn is_at_edge(total: u32, least: u32, most: Option<u32>) -> bool {
    let mut low_end = class(least).1;
    let low = low_end - least + 1 < VALUES;
    while low_end - least + 1 < VALUES {
        low_end = class(low_end + 1).1;
    }
    let high = most.is_some_and(|most| {
        let mut start = class(most).0;
        let joined = most - start + 1 < VALUES;
        while most - start + 1 < VALUES {
            start = class(start - 1).0;
        }
        joined && total >= start
    });
    (low && total <= low_end) || high
}
