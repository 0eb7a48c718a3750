//! From which day something that runs asks for somebody.

use chrono::NaiveDate;

use super::after;
use crate::domain::body::{Severity, Stage};
use crate::domain::caseload::{ConcernState, ReferralState};
use crate::domain::quarter::day_here;

/// Ask back "after a few days to a week" (source: FIELD, handelingsprotocol.nl).
const ASK_BACK_DAYS: u64 = 5;
/// Who stands on a waiting list is not forgotten there: it is asked after when the wait is over, or every four weeks.
const WAITING_LIST_DAYS: u64 = 28;

/// The day of a signal: the earliest that stands, else by how serious it is.
pub(super) fn concern_day(concern: &ConcernState) -> Option<NaiveDate> {
    let mut earliest: Option<NaiveDate> = None;
    for head in concern.due.heads() {
        if let Some(day) = head.value {
            earliest = Some(earliest.map_or(day, |before| before.min(day)));
        }
    }
    if earliest.is_some() {
        return earliest;
    }
    let written = day_here(concern.entry.payload.as_ref()?.written_at);
    Some(match concern.severity() {
        Severity::Now => written,
        Severity::Discuss => after(written, 3),
        Severity::Watch => after(written, 30),
    })
}

/// From when help that was asked for is on the list of who asked.
///
/// - Ready to be sent (the resident agreed, or it was released): at once.
/// - Waiting for a supervisor's release: from the day after.
/// - Under way: five days after the last that was heard; on a waiting list four weeks after, or when the wait is over if that is sooner.
pub(super) fn asks_from(referral: &ReferralState) -> NaiveDate {
    let asked = referral.entry.payload.as_ref().map_or(NaiveDate::MIN, |payload| day_here(payload.written_at));
    let last = referral.steps.last();
    let wait = match referral.stage() {
        None if referral.is_free() => 0,
        None => 1,
        Some(Stage::WaitingList) => {
            let weeks = last.and_then(|state| state.step.weeks).map_or(WAITING_LIST_DAYS, |weeks| u64::from(weeks) * 7);
            weeks.clamp(7, WAITING_LIST_DAYS)
        }
        Some(_) => ASK_BACK_DAYS,
    };
    after(last.map_or(asked, |state| day_here(state.at)), wait)
}
