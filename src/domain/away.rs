//! What is wrong with an absence before it is saved.

use chrono::{Days, NaiveDate};

use super::noting::LONGEST_AHEAD_DAYS;

/// What is wrong, each with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The first day is missing.
    NoFirst,
    /// The last day is missing.
    NoLast,
    /// It ends before it begins.
    EndsFirst,
    /// It is over already.
    Over,
    /// It lies more than a year ahead: a year that was mistyped.
    FarAhead,
}

/// What is wrong with an absence from one day to another, both included.
#[must_use]
pub fn check(from: Option<NaiveDate>, to: Option<NaiveDate>, today: NaiveDate) -> Vec<Wrong> {
    let far = today.checked_add_days(Days::new(LONGEST_AHEAD_DAYS)).unwrap_or(today);
    match (from, to) {
        (Some(from), Some(to)) if to < from => vec![Wrong::EndsFirst],
        (Some(_), Some(to)) if to < today => vec![Wrong::Over],
        (Some(_), Some(to)) if to > far => vec![Wrong::FarAhead],
        (Some(_), Some(_)) => Vec::new(),
        (None, Some(_)) => vec![Wrong::NoFirst],
        (Some(_), None) => vec![Wrong::NoLast],
        (None, None) => vec![Wrong::NoFirst, Wrong::NoLast],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absence_has_two_days_in_order_and_is_not_over() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day);
        let today = day(10).unwrap_or_default();
        assert_eq!(check(day(10), day(10), today), []);
        assert_eq!(check(day(2), day(10), today), [], "said while it runs");
        assert_eq!(check(day(12), day(11), today), [Wrong::EndsFirst]);
        assert_eq!(check(day(2), day(9), today), [Wrong::Over]);
        assert_eq!(check(day(12), NaiveDate::from_ymd_opt(2028, 3, 12), today), [Wrong::FarAhead]);
        assert_eq!(check(None, None, today), [Wrong::NoFirst, Wrong::NoLast]);
        assert_eq!(check(day(12), None, today), [Wrong::NoLast]);
        assert_eq!(check(None, day(12), today), [Wrong::NoFirst]);
    }
}
