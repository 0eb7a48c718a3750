//! "Overdracht": what a colleague needs who takes over. What runs, what was promised, what help is on its way, and who is away.
//!
//! Nothing that is closed, ended, taken back or erased; nobody who wants to be left alone. Of a signal it says what it is about, the next step,
//! who has it and by when, and not what was seen: this is a page that may be printed and left on a desk.

use chrono::NaiveDate;

use super::agenda::{self, Promise};
use super::body::Absence;
use super::caseload::{Caseload, ConcernState};
use super::ids::{EntryId, PlaceId, UserId};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handover {
    /// Open signals, the most serious first, then the earliest day.
    pub signals: Vec<(PlaceId, EntryId)>,
    /// Open promises, the earliest first.
    pub promises: Vec<(PlaceId, Promise)>,
    /// Help that was asked for and has not begun, the longest ago first.
    pub help: Vec<(PlaceId, EntryId)>,
    /// Who is away or will be, the first to go first.
    pub away: Vec<(UserId, Absence)>,
}

impl Handover {
    /// Whether there is nothing to hand over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.signals.is_empty() && self.promises.is_empty() && self.help.is_empty()
    }
}

/// What is handed over: of one person, or of everybody. Who is away is always said.
#[must_use]
pub fn handover(caseload: &Caseload, whose: Option<UserId>, today: NaiveDate) -> Handover {
    let mine = |author: UserId| whose.is_none_or(|whose| whose == author);
    let mut all = Handover::default();
    for place in caseload.places.keys() {
        for entry in caseload.history_of(*place) {
            if let Some(concern) = caseload.concerns.get(&entry.id).filter(|concern| concern.is_open()) {
                if owners(concern).into_iter().any(mine) {
                    all.signals.push((*place, entry.id));
                }
            } else if caseload.referrals.get(&entry.id).is_some_and(|help| help.is_open()) && mine(entry.author) {
                all.help.push((*place, entry.id));
            }
        }
    }
    let urgency = |of: &EntryId| {
        let state = &caseload.concerns[of];
        (std::cmp::Reverse(state.severity()), state.due.latest().unwrap_or(NaiveDate::MAX), *of)
    };
    all.signals.sort_by_key(|(_, of)| urgency(of));
    all.help.sort_by_key(|(_, of)| *of);
    all.promises = agenda::open_promises(caseload);
    all.promises.retain(|(_, promise)| mine(promise.author));
    all.promises.sort_by_key(|(_, promise)| (promise.day, promise.of));
    all.away = caseload.absences.values().filter(|(_, absence)| absence.to >= today).cloned().collect();
    all.away.sort_by_key(|(_, absence)| absence.from);
    all
}

/// Whoever took it on, and all of them where two did; its writer where nobody did.
fn owners(concern: &ConcernState) -> Vec<UserId> {
    let taken: Vec<UserId> = concern.owner.heads().filter_map(|head| head.value).collect();
    if taken.is_empty() { vec![concern.entry.author] } else { taken }
}
