//! Who works when, and whose work it is meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::body::{Staff, Weekday};
use crate::domain::caseload::Caseload;
use crate::domain::ids::{PlaceId, UserId};
use crate::domain::rights::Role;

/// From so many days away on it was a holiday.
const HOLIDAY_DAYS: i64 = 7;
/// Over so many working days what fell due in it comes back.
const SPREAD_OVER: u8 = 5;

pub(super) struct Calendar<'a> {
    caseload: &'a Caseload,
    staff: &'a BTreeMap<UserId, Arc<Staff>>,
    me: UserId,
    pub today: NaiveDate,
    /// Whether I work today.
    pub works: bool,
    /// The last day before my next working day: what was promised for a day on which I don't work is there before it.
    pub horizon: NaiveDate,
}

impl<'a> Calendar<'a> {
    pub fn new(caseload: &'a Caseload, staff: &'a BTreeMap<UserId, Arc<Staff>>, me: UserId, today: NaiveDate) -> Self {
        let mut calendar = Self { caseload, staff, me, today, works: false, horizon: today };
        calendar.works = calendar.works_on(today) && calendar.away(me).is_none();
        for _ in 0..6 {
            match calendar.horizon.succ_opt() {
                Some(next) if !calendar.works_on(next) => calendar.horizon = next,
                _ => break,
            }
        }
        calendar
    }

    /// Whether I work on this day of the week. Who never said, always does: nobody's list is empty because of a day they forgot to tick.
    fn works_on(&self, day: NaiveDate) -> bool {
        let Some(said) = self.caseload.working_days.get(&self.me) else { return true };
        let weekday = Weekday::ALL[day.weekday().num_days_from_monday() as usize];
        said.days.is_empty() || said.days.contains(&weekday)
    }

    /// Whether somebody is away today, and who stands in.
    fn away(&self, user: UserId) -> Option<Option<UserId>> {
        let mut away = None;
        for (who, absence) in self.caseload.absences.values() {
            if *who == user && absence.from <= self.today && self.today <= absence.to {
                away = Some(absence.stand_in);
            }
        }
        away
    }

    /// Whether somebody has a list to see it on; nobody is asked before we know who works here.
    fn has_list(&self, user: UserId, desk: bool) -> bool {
        self.staff.is_empty()
            || self.staff.get(&user).is_some_and(|staff| staff.role == Role::Worker || desk && staff.role == Role::Supervisor)
    }

    /// Whether what is somebody's is on my list. `desk`: a supervisor sees it as well.
    pub fn is_mine(&self, whose: UserId, desk: bool) -> bool {
        whose == self.me
            || match self.away(whose) {
                None => !self.has_list(whose, desk),
                Some(None) => true,
                Some(Some(other)) => other == self.me || !self.has_list(other, desk) || self.away(other).is_some(),
            }
    }

    /// Whether a rhythm that fell due in my holiday waits for a later of the first days back; by its place, so that the list of a
    /// day stays as it is while doors come off it.
    pub fn waits(&self, due: NaiveDate, place: PlaceId) -> bool {
        for (who, absence) in self.caseload.absences.values() {
            let length = (absence.to - absence.from).num_days() + 1;
            if *who != self.me || length < HOLIDAY_DAYS || !(absence.from..=absence.to).contains(&due) || self.today <= absence.to
            {
                continue;
            }
            let (mut back, mut day) = (0, absence.to);
            while back < SPREAD_OVER {
                let Some(next) = day.succ_opt().filter(|next| *next < self.today) else { break };
                back += u8::from(self.works_on(next));
                day = next;
            }
            return back < place.0.as_bytes()[15] % SPREAD_OVER;
        }
        false
    }
}
