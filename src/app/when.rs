//! Days and times as people say them, in the phone's own time zone.

use chrono::{DateTime, Datelike as _, Local, NaiveDate, Timelike as _, Utc};

const MONTHS: [&str; 12] =
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
const DAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];

/// Today, here.
#[must_use]
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// The day of a moment, here.
#[must_use]
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Local).date_naive()
}

/// "vandaag", "gisteren", "dinsdag", "17 oktober", "3 mei 2025".
#[must_use]
pub fn day(day: NaiveDate) -> String {
    let today = today();
    match (today - day).num_days() {
        0 => "vandaag".to_owned(),
        1 => "gisteren".to_owned(),
        -1 => "morgen".to_owned(),
        2..=6 => DAYS[day.weekday().num_days_from_monday() as usize].to_owned(),
        _ if day.year() == today.year() => format!("{} {}", day.day(), MONTHS[day.month0() as usize]),
        _ => format!("{} {} {}", day.day(), MONTHS[day.month0() as usize], day.year()),
    }
}

/// "vrijdag 21 november".
#[must_use]
pub fn long_day(day: NaiveDate) -> String {
    format!("{} {} {}", DAYS[day.weekday().num_days_from_monday() as usize], day.day(), MONTHS[day.month0() as usize])
}

/// "14:03".
#[must_use]
pub fn time(at: DateTime<Utc>) -> String {
    let here = at.with_timezone(&Local);
    format!("{}:{:02}", here.hour(), here.minute())
}

/// "vandaag 14:03", "17 oktober 9:30".
#[must_use]
pub fn day_time(at: DateTime<Utc>) -> String {
    format!("{} {}", day(day_of(at)), time(at))
}

/// The part of the day, which is all that the desk shows: minutes plus doors would be a trail of somebody's walk.
#[must_use]
pub fn part_of_day(at: DateTime<Utc>) -> &'static str {
    match at.with_timezone(&Local).hour() {
        6..=11 => "ochtend",
        12..=17 => "middag",
        18..=23 => "avond",
        _ => "nacht",
    }
}

/// "sinds vandaag 14:03" needs the moment; "5 weken geleden" needs only this.
#[must_use]
pub fn ago(day: NaiveDate) -> String {
    match (today() - day).num_days() {
        ..=0 => "vandaag".to_owned(),
        1 => "gisteren".to_owned(),
        days @ 2..=13 => format!("{days} dagen geleden"),
        days @ 14..=69 => format!("{} weken geleden", days / 7),
        days => format!("{} maanden geleden", days / 30),
    }
}
