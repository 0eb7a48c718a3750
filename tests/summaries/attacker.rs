//! Somebody who has every page ever published, knows the rules and their code, and has all the time in the world.
//!
//! What they can do is exactly this: think up every world (every set of true counts) and throw away those that would
//! have published something else. What is left of a count is what they know. Two attackers do it:
//!
//! - [`every_world`] takes all worlds of small rows, one by one. It can't be wrong, and it can't do seven cells.
//! - [`witnesses`] takes whole pages of the real size, and looks for worlds that publish the very same page and differ in one small
//!   count. Each one found is published by the code under test and compared, so each is a proof that the attacker can't exclude it. Five
//!   are asked for.
//!
//! Each quarter counts entries of its own, so the worlds of several quarters are free of each other: whatever is left in one is left
//! beside any history. [`a_history_of_quarters_tells_no_more_than_each`] does it all the same.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use waakvlam::domain::quarter::Quarter;
use waakvlam::domain::summary::{Counts, Figure, Figures, Numbers, Shown, Summary, row, shown};

/// A count is small below this.
const SMALL: u32 = 10;
/// So many values must be left of a small count.
const VALUES: usize = 5;

type Published = (Vec<Shown>, Shown);
/// A bug, in words and as it publishes.
type Bug = (&'static str, fn(&[u32]) -> Published);
/// Of all worlds that publish the same: one, and the values that each cell has in them.
type Alike = (Vec<u32>, Vec<BTreeSet<u32>>);

// --- Every world ---------------------------------------------------------------------------------

/// The small count that is known best, if any is known to fewer than five values, over all rows of so many cells with counts up
/// to `most`. Rows that could have been published by larger counts are left out by `inside`.
fn every_world(
    cells: usize,
    most: u32,
    inside: impl Fn(&Published) -> bool,
    publish: impl Fn(&[u32]) -> Published,
) -> Option<String> {
    let mut left: BTreeMap<Vec<u64>, Alike> = BTreeMap::new();
    let mut world = vec![0; cells];
    loop {
        let published = publish(&world);
        if inside(&published) {
            let (_, values) = left.entry(key(&published)).or_insert_with(|| (world.clone(), vec![BTreeSet::new(); cells]));
            for (values, count) in values.iter_mut().zip(&world) {
                values.insert(*count);
            }
        }
        let Some(place) = world.iter().position(|count| *count < most) else { break };
        world[..place].fill(0);
        world[place] += 1;
    }
    assert!(left.len() > 10, "the attacker looks at nothing");
    left.into_values().find_map(|(world, values)| {
        let known = values.iter().position(|values| values.first().is_some_and(|low| *low < SMALL) && values.len() < VALUES)?;
        Some(format!("{:?}, from a world like {world:?}: cell {known} is one of {:?}", publish(&world), values[known]))
    })
}

fn key((cells, total): &Published) -> Vec<u64> {
    let key = |shown: &Shown| match shown {
        Shown::Few => 0,
        Shown::NotShown => 1,
        Shown::About(about) => 2 + 2 * u64::from(*about),
        Shown::Exact(exact) => 3 + 2 * u64::from(*exact),
    };
    cells.iter().chain([total]).map(key).collect()
}

#[test]
fn every_world_of_two_cells() {
    // Beside a hidden cell only the total says how large it is.
    let inside = |(_, total): &Published| !matches!(total, Shown::About(about) if *about > 180);
    assert_eq!(every_world(2, 200, inside, row), None);
}

#[test]
fn every_world_of_three_and_four_cells() {
    // Classes end at 57 and 22: all that publishes the same lies inside, too.
    assert_eq!(every_world(3, 57, |_| true, row), None);
    assert_eq!(every_world(4, 22, |_| true, row), None);
}

// --- Whole pages ---------------------------------------------------------------------------------

/// The cells of a world, one by one.
fn cells(counts: &mut Counts) -> Vec<&mut u32> {
    let Counts { doors: _, spoken, tried, gestures, signals, things: _, nuisance } = counts;
    [spoken, tried, gestures].into_iter().chain(signals).chain(nuisance).collect()
}

/// The cells that stand in one row with this one, without it; one that the page does not show comes last.
fn beside(page: &Numbers, place: usize) -> Vec<(usize, bool)> {
    let (first, lines): (usize, &[Figure]) = match place {
        0..=1 => (0, &page.contacts.lines),
        2 => return Vec::new(),
        3..=9 => (3, &page.signals.lines),
        _ => (10, &page.nuisance.lines),
    };
    let all = lines.iter().enumerate().map(|(at, line)| (first + at, line.count == Shown::NotShown));
    let mut beside: Vec<_> = all.filter(|(other, _)| *other != place).collect();
    beside.sort_by_key(|(_, hidden)| *hidden);
    beside
}

/// A world can be: each gesture is a contact.
fn can_be(counts: &Counts) -> bool {
    counts.gestures <= counts.spoken + counts.tried
}

/// Five values of one cell, if there are, for each of which a world was found that publishes the very same page.
fn witnesses(world: &Counts, place: usize, publish: &impl Fn(&Counts) -> Numbers) -> BTreeSet<u32> {
    let page = publish(world);
    let beside = beside(&page, place);
    let mut found = BTreeSet::new();
    for value in 0..SMALL {
        if found.len() == VALUES {
            break;
        }
        let mut other = world.clone();
        let was = std::mem::replace(cells(&mut other)[place], value);
        // What the total would be off by, give or take a class, is put into the cells beside it.
        let off = i64::from(was) - i64::from(value);
        let stays = (0..=24).map(|step: i64| if step % 2 == 0 { step / 2 } else { -step / 2 - 1 }).any(|more| {
            let mut other = other.clone();
            spread(&mut other, &beside, off + more);
            if page.gestures == Shown::NotShown {
                other.gestures = other.gestures.min(other.spoken + other.tried);
            }
            can_be(&other) && publish(&other) == page
        });
        if stays {
            found.insert(value);
        }
    }
    found
}

/// Adds to these cells, in all so much as can be without one changing its own class; what is left goes into one that is not shown.
fn spread(counts: &mut Counts, into: &[(usize, bool)], mut more: i64) {
    let mut cells = cells(counts);
    for (place, hidden) in into {
        while more != 0 {
            let next = i64::from(*cells[*place]) + more.signum();
            match u32::try_from(next) {
                Ok(next) if *hidden || shown(next) == shown(*cells[*place]) => *cells[*place] = next,
                _ => break,
            }
            more -= more.signum();
        }
    }
}

/// The first small count of a page of which fewer than five values are left.
fn found_out(world: &Counts, publish: &impl Fn(&Counts) -> Numbers) -> Option<String> {
    let counts: Vec<u32> = cells(&mut world.clone()).into_iter().map(|count| *count).collect();
    let small = counts.iter().enumerate().filter(|(_, count)| **count < SMALL);
    small
        .map(|(place, _)| (place, witnesses(world, place, publish)))
        .find(|(_, values)| values.len() < VALUES)
        .map(|(place, values)| format!("cell {place} of {counts:?} is one of {values:?}"))
}

fn page(counts: &Counts) -> Numbers {
    Summary::of(Quarter { year: 2026, quarter: 3 }, counts).numbers.unwrap()
}

/// Every number of a page that says something of people.
fn about_people(numbers: &Numbers) -> Vec<Shown> {
    let Numbers { contacts, gestures, signals, things: _, nuisance } = numbers;
    let rows = [contacts, signals, nuisance].into_iter();
    let in_rows = rows.flat_map(|Figures { lines, total }| lines.iter().map(|Figure { count, .. }| *count).chain([*total]));
    in_rows.chain([*gestures]).collect()
}

/// Counts as they come, with many near the borders of the rules.
fn some_count() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0_u32..13, 2 => prop::sample::select(vec![0, 9, 10, 12, 13, 17, 18]), 2 => 10_u32..60, 1 => 60_u32..900]
}

fn some_world() -> impl Strategy<Value = Counts> {
    let array = |cells: usize| {
        // Rows that are nearly all nine, or all nought, are the hard ones.
        prop_oneof![
            4 => prop::collection::vec(some_count(), cells),
            1 => prop::collection::vec(7_u32..10, cells),
            1 => prop::collection::vec(0_u32..2, cells),
            1 => prop::collection::vec(prop::sample::select(vec![0, 9, 10, 12]), cells),
        ]
    };
    (array(2), array(7), array(4), array(4), some_count()).prop_map(|(contacts, signals, things, nuisance, gestures)| Counts {
        doors: 240,
        spoken: contacts[0],
        tried: contacts[1],
        gestures: gestures.min(contacts[0] + contacts[1]),
        signals: signals.try_into().unwrap(),
        things: things.try_into().unwrap(),
        nuisance: nuisance.try_into().unwrap(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_small_count_of_a_page_is_narrowed_to_fewer_than_five_values(world in some_world()) {
        prop_assert_eq!(found_out(&world, &page), None);
    }

    #[test]
    fn nothing_printed_about_people_is_one_to_nine_or_exact(world in some_world()) {
        for shown in about_people(&page(&world)) {
            let coarse = match shown {
                Shown::Few | Shown::NotShown => true,
                Shown::About(about) => about >= SMALL && about % 5 == 0,
                Shown::Exact(_) => false,
            };
            prop_assert!(coarse, "{:?} of {:?}", shown, world);
        }
    }

    #[test]
    fn where_one_cell_of_a_row_is_too_small_a_second_is_not_shown(world in some_world()) {
        let Numbers { contacts, signals, nuisance, .. } = page(&world);
        for row in [contacts, signals, nuisance] {
            let hidden = row.lines.iter().filter(|line| !matches!(line.count, Shown::About(_))).count();
            prop_assert!(hidden != 1, "{:?} of {:?}", row, world);
        }
    }

}

proptest! {
    // The worlds of one quarter are published beside the others each time: slower, and no deeper than the page by itself.
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_history_of_quarters_tells_no_more_than_each(history in prop::collection::vec(some_world(), 2..5), which in 0_usize..4) {
        let which = which % history.len();
        let publish = |history: &[Counts]| history.iter().map(page).collect::<Vec<_>>();
        let pages = publish(&history);
        // The worlds of one quarter, beside the others as they were: all pages together stay the same.
        let beside_the_others = |counts: &Counts| {
            let mut other = history.clone();
            other[which] = counts.clone();
            let published = publish(&other);
            assert!(published.iter().zip(&pages).enumerate().all(|(at, (new, old))| at == which || new == old));
            published[which].clone()
        };
        prop_assert_eq!(found_out(&history[which], &beside_the_others), None);
    }
}

// --- Planted bugs: the attackers see them --------------------------------------------------------

/// No second cell goes, and the total is rounded by itself, whatever it gives away.
fn without_a_second(counts: &[u32]) -> Published {
    (counts.iter().copied().map(shown).collect(), shown(counts.iter().sum()))
}

/// A second cell goes, but every total is printed.
fn with_every_total(counts: &[u32]) -> Published {
    (row(counts).0, shown(counts.iter().sum()))
}

/// The total is hidden exactly where it would give a cell away: so that hiding it gives the cell away.
fn hiding_only_what_tells(counts: &[u32]) -> Published {
    let (cells, total) = without_a_second(counts);
    let range = |cell: &Shown| match cell {
        Shown::About(about) => ((about - 2).max(10), about + 2),
        _ => (0, 9),
    };
    let (least, most) = cells.iter().map(range).fold((0, 0), |(low, high), (l, h)| (low + l, high + h));
    let (start, end) = range(&total);
    let tells = cells.contains(&Shown::Few) && (end.min(most) < least + 4 || most < start.max(least) + 4);
    (cells, if tells { Shown::NotShown } else { total })
}

/// Nought is printed as nought.
fn with_nought(counts: &[u32]) -> Published {
    let (cells, total) = row(counts);
    (cells.into_iter().zip(counts).map(|(cell, count)| if *count == 0 { Shown::Exact(0) } else { cell }).collect(), total)
}

/// The total is as it was counted.
fn with_a_true_total(counts: &[u32]) -> Published {
    (row(counts).0, Shown::Exact(counts.iter().sum()))
}

#[test]
fn the_attacker_with_every_world_sees_planted_bugs() {
    let bugs: [Bug; 5] = [
        ("no second cell goes", without_a_second),
        ("every total is printed", with_every_total),
        ("only what tells is hidden", hiding_only_what_tells),
        ("nought is printed", with_nought),
        ("the total is true", with_a_true_total),
    ];
    let inside = |(_, total): &Published| !matches!(total, Shown::About(about) | Shown::Exact(about) if *about > 80);
    for (bug, publish) in bugs {
        let found = every_world(2, 100, inside, publish);
        println!("{bug}: {}", found.as_deref().unwrap_or("nothing"));
        assert!(found.is_some(), "the attacker does not see that {bug}");
    }
}

#[test]
fn the_attacker_with_witnesses_sees_planted_bugs_in_seven_cells() {
    let with = |publish: fn(&[u32]) -> Published| {
        move |counts: &Counts| {
            let mut numbers = page(counts);
            let (cells, total) = publish(&counts.signals);
            numbers.signals.total = total;
            for (line, cell) in numbers.signals.lines.iter_mut().zip(cells) {
                line.count = cell;
            }
            numbers
        }
    };
    let world = |signals| Counts { doors: 240, spoken: 210, tried: 110, gestures: 40, signals, ..Counts::default() };
    let all_nine = world([9; 7]);
    let one_alone = world([9, 12, 12, 12, 12, 12, 12]);
    for counts in [&all_nine, &one_alone] {
        assert_eq!(found_out(counts, &page), None);
    }
    assert!(found_out(&all_nine, &with(with_every_total)).is_some());
    assert!(found_out(&one_alone, &with(without_a_second)).is_some());
    assert!(found_out(&one_alone, &with(with_a_true_total)).is_some());
    assert!(found_out(&world([0; 7]), &with(with_nought)).is_some());
}
