//! Days and times as people say them, in the phone's own time zone.

use chrono::{DateTime, Datelike as _, Local, NaiveDate, Timelike as _, Utc};

use super::language::either;

const MAANDEN: [&str; 12] =
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
const DAGEN: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn weekday(day: NaiveDate) -> &'static str {
    either(DAGEN, DAYS)[day.weekday().num_days_from_monday() as usize]
}

fn month(day: NaiveDate) -> &'static str {
    either(MAANDEN, MONTHS)[day.month0() as usize]
}

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
        0 => either("vandaag", "today").to_owned(),
        1 => either("gisteren", "yesterday").to_owned(),
        -1 => either("morgen", "tomorrow").to_owned(),
        2..=6 => weekday(day).to_owned(),
        _ if day.year() == today.year() => format!("{} {}", day.day(), month(day)),
        _ => format!("{} {} {}", day.day(), month(day), day.year()),
    }
}

/// "vrijdag 21 november".
#[must_use]
pub fn long_day(day: NaiveDate) -> String {
    format!("{} {} {}", weekday(day), day.day(), month(day))
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
        6..=11 => either("ochtend", "morning"),
        12..=17 => either("middag", "afternoon"),
        18..=23 => either("avond", "evening"),
        _ => either("nacht", "night"),
    }
}

/// "sinds vandaag 14:03" needs the moment; "5 weken geleden" needs only this.
#[must_use]
pub fn ago(day: NaiveDate) -> String {
    match (today() - day).num_days() {
        ..=0 => either("vandaag", "today").to_owned(),
        1 => either("gisteren", "yesterday").to_owned(),
        days @ 2..=13 => format!("{days} {}", either("dagen geleden", "days ago")),
        days @ 14..=69 => format!("{} {}", days / 7, either("weken geleden", "weeks ago")),
        days => format!("{} {}", days / 30, either("maanden geleden", "months ago")),
    }
}
