//! A quarter of the year as it is lived here: by the calendar and the clock of Amsterdam, whatever the server's clock is set to.

use std::fmt;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// So many days after its end a quarter is closed: phones that were without a network for a week have sent by then.
pub const DAYS_TO_COME_IN: u64 = 7;

/// A calendar quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Quarter {
    /// The year.
    pub year: i32,
    /// 1 to 4.
    pub quarter: u32,
}

impl Quarter {
    /// The quarter that a day is in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), quarter: day.month0() / 3 + 1 }
    }

    /// The last one that is closed. The running one never is, nor one that ended less than [`DAYS_TO_COME_IN`] days ago.
    #[must_use]
    pub fn last_closed(now: DateTime<Utc>) -> Self {
        let ended = Self::of(day_here(now)).before();
        if ended.closes() <= now { ended } else { ended.before() }
    }

    /// The quarter before this one.
    #[must_use]
    pub fn before(self) -> Self {
        match self.quarter {
            ..=1 => Self { year: self.year - 1, quarter: 4 },
            quarter => Self { year: self.year, quarter: quarter - 1 },
        }
    }

    /// The quarter after this one.
    #[must_use]
    pub fn after(self) -> Self {
        match self.quarter {
            4.. => Self { year: self.year + 1, quarter: 1 },
            quarter => Self { year: self.year, quarter: quarter + 1 },
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.quarter.clamp(1, 4) * 3 - 2, 1).unwrap_or_default()
    }

    /// The last day on which what comes in still counts.
    #[must_use]
    pub fn last_day_to_come_in(self) -> NaiveDate {
        self.after().first_day().checked_add_days(Days::new(DAYS_TO_COME_IN - 1)).unwrap_or_default()
    }

    /// The moment at which it ends.
    #[must_use]
    pub fn ends(self) -> DateTime<Utc> {
        midnight_here(self.after().first_day())
    }

    /// The moment from which nothing more counts.
    #[must_use]
    pub fn closes(self) -> DateTime<Utc> {
        midnight_here(self.last_day_to_come_in().succ_opt().unwrap_or_default())
    }
}

/// "2026-Q3".
impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.quarter)
    }
}

/// The day that it is in Amsterdam.
#[must_use]
pub fn day_here(at: DateTime<Utc>) -> NaiveDate {
    at.checked_add_signed(TimeDelta::hours(ahead(at))).unwrap_or(at).date_naive()
}

fn midnight_here(day: NaiveDate) -> DateTime<Utc> {
    // No midnight lies in the hours in which the clocks change.
    let in_winter = (day.and_time(NaiveTime::MIN) - TimeDelta::hours(1)).and_utc();
    in_winter + TimeDelta::hours(1 - ahead(in_winter))
}

/// Hours that the clock here is ahead of UTC: two from the last Sunday of March, 1:00 UTC, to the last Sunday of October, 1:00
/// UTC (Directive 2000/84/EC), else one.
fn ahead(at: DateTime<Utc>) -> i64 {
    let changes = |month| {
        let last = NaiveDate::from_ymd_opt(at.year(), month, 31).unwrap_or_default();
        let sunday = last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday()))).unwrap_or_default();
        sunday.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(1)
    };
    if (changes(3)..changes(10)).contains(&at) { 2 } else { 1 }
}
