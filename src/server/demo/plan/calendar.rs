//! Dutch days and hours, as far as a believable year needs them.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

/// The last Sunday of a month of 31 days: when the clocks change.
fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday())))
}

/// The clock on the wall as UTC.
pub fn utc(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let summer = match (last_sunday(day.year(), 3), last_sunday(day.year(), 10)) {
        (Some(from), Some(until)) => day >= from && day < until,
        _ => false,
    };
    (day.and_time(time) - TimeDelta::hours(if summer { 2 } else { 1 })).and_utc()
}

/// Whether the office is open: no weekend, no public holiday with a fixed date.
pub fn is_working_day(day: NaiveDate) -> bool {
    let holiday = matches!((day.month(), day.day()), (1, 1) | (4, 27) | (12, 25 | 26));
    !holiday && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The first working day on or after `days` days later.
pub fn working_day_after(day: NaiveDate, days: u64) -> NaiveDate {
    let mut day = day.checked_add_days(Days::new(days)).unwrap_or(day);
    while !is_working_day(day) {
        day = day.succ_opt().unwrap_or(day);
    }
    day
}

/// How much is done on a day, where 1 is a usual Tuesday: busier before the weekend, quiet in the summer.
pub fn weight(day: NaiveDate) -> f64 {
    if !is_working_day(day) {
        return 0.0;
    }
    let by_day = match day.weekday() {
        Weekday::Mon => 0.85,
        Weekday::Wed => 0.9,
        Weekday::Thu => 1.1,
        Weekday::Fri => 1.35,
        _ => 1.0,
    };
    let by_month = match (day.month(), day.day()) {
        (7, 15..) | (8, ..=20) => 0.65,
        (12, 20..) => 0.75,
        (11 | 1 | 2, _) => 1.1,
        _ => 1.0,
    };
    by_day * by_month
}

/// Whether a worker works on a day: part-time weeks, and three weeks of holiday one after another.
pub fn works(worker: usize, day: NaiveDate) -> bool {
    let week = day.iso_week().week();
    let away = match worker {
        0 => 29..=31,
        1 => 32..=34,
        _ => 26..=28,
    };
    let free = match worker {
        0 => Weekday::Sat,
        1 => Weekday::Wed,
        _ => Weekday::Mon,
    };
    is_working_day(day) && !away.contains(&week) && day.weekday() != free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_clock_is_an_hour_ahead_in_winter_and_two_in_summer() {
        let noon = NaiveTime::MIN + TimeDelta::hours(12);
        let at = |month, day| NaiveDate::from_ymd_opt(2026, month, day).map(|day| utc(day, noon).to_rfc3339());
        assert_eq!(at(3, 28).as_deref(), Some("2026-03-28T11:00:00+00:00"));
        assert_eq!(at(3, 29).as_deref(), Some("2026-03-29T10:00:00+00:00"));
        assert_eq!(at(10, 24).as_deref(), Some("2026-10-24T10:00:00+00:00"));
        assert_eq!(at(10, 25).as_deref(), Some("2026-10-25T11:00:00+00:00"));
    }
}
