//! What today asks of me, and why each line is there. A pure function of caseload, staff, me and date.
//!
//! | why | there from | until |
//! |---|---|---|
//! | "Bel nu" | at once | somebody was called, or it is no longer urgent |
//! | a promise | its day; the last working day before it, if I don't work on that day | somebody was spoken with there, later than it was made; it was settled as kept or dropped; it was taken back or corrected |
//! | a signal | its day; without one at once, in three days, or in thirty, by how serious it is | it is closed |
//! | a supervisor's question | at once | it is answered, or taken back |
//! | help that was asked for | at once while it can be sent; from the day after while it waits for a release; five days after the last that was heard, on a waiting list four weeks | it has begun, or somebody said why not |
//! | "nog vertellen" | three weeks after we got to know somebody, so that it is done within the month (AVG article 14) | the card was given, or can't be |
//! | how often we come by | so many days after somebody was spoken with there | somebody is spoken with |
//! | "loop eens langs" | always, one stairwell at most | its doors were visited |
//!
//! What lies under the table:
//!
//! - **Nothing ends by itself.** Not being at home is no contact: a promise says how often it was tried, and stays. A hidden door keeps
//!   what was promised there; only its rhythm stops. What does end all of it is an entry too: the household moved, somebody wants to be
//!   left alone, it was erased.
//! - **Everything is somebody's.** A promise is its writer's, a signal that of whom took it on, or else of who noted it. While they are
//!   away it is their stand-in's, too, and everybody's when there is none, when the stand-in is away as well, or when nobody knows
//!   them (any more). It stays on their own list all the same. Who has no Vandaag (a supervisor) keeps signals on the desk; what
//!   they promised at a door is everybody's.
//! - **Days are days here**: a contact at half past midnight was on that day, whatever UTC says.
//! - **A day off is a day off**: only "Bel nu" and promises for that day are on its list.
//! - **"Vandaag niet"** takes a place off my list until its day; "Bel nu" stays.
//! - **After a holiday** of a week or longer the quiet rhythms (month, quarter) that fell due in it come back over the first five working days;
//!   promises, signals and whoever is seen every week are there on the first.
//! - **Doors where nobody was ever spoken with are no list of names.** Who never asked for anything is nobody's case.
//!
//! This is fetched before the first screen and runs at every change: one pass, few types.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::body::{Body, HowOften, KnownKind, Outcome, SettledAs, Staff, Telling, Verdict};
use super::caseload::{Caseload, ConcernState};
use super::ids::{EntryId, PlaceId, UserId};
use super::quarter::day_here;

mod calendar;
mod spots;
mod waiting;

use calendar::Calendar;
use spots::{Spot, Spots, find, is_about_people};

/// Why a place is on today's list. The order is the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// An urgent signal of which nobody was called yet.
    Call(EntryId),
    /// A promise to come back.
    Promise {
        /// The day that was promised.
        day: NaiveDate,
        /// The contact in which it was.
        of: EntryId,
        /// How often somebody tried since, and met nobody.
        tried: usize,
    },
    /// An open signal whose day has come.
    Concern(EntryId),
    /// A supervisor's question, by its entry.
    Question(EntryId),
    /// Help that was asked for and has not begun.
    Help(EntryId),
    /// Somebody is written about, and was not told so.
    Tell,
    /// Past its rhythm.
    Rhythm(HowOften),
    /// So many doors in this stairwell where nobody was ever spoken with.
    Walk(usize),
}

impl Why {
    /// The less, the sooner.
    fn rank(&self) -> u32 {
        let (kind, more) = match self {
            Self::Call(_) => (0, 0),
            Self::Promise { day, .. } => (1, (*day - NaiveDate::MIN).num_days() as u32),
            Self::Concern(_) => (2, 0),
            Self::Question(_) => (3, 0),
            Self::Help(_) => (4, 0),
            Self::Tell => (5, 0),
            Self::Rhythm(how_often) => (6, 9 - *how_often as u32),
            Self::Walk(_) => (7, 0),
        };
        (kind << 28) | more
    }
}

/// One line of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Where.
    pub place: PlaceId,
    /// Why, the weightiest first; at least one.
    pub why: Vec<Why>,
    /// The last contact there.
    pub last: Option<DateTime<Utc>>,
}

/// Days after which a rhythm is overdue.
#[must_use]
pub fn days(how_often: HowOften) -> u64 {
    match how_often {
        HowOften::Quarter => 91,
        HowOften::Month => 30,
        HowOften::Week => 7,
        HowOften::WorkingDay => 1,
    }
}

/// Days after we got to know somebody from which it is time to tell them that something is written down.
const TELL_AFTER_DAYS: u64 = 21;
/// So long after a visit to a door nobody is sent there for a walk.
const WALKED_DAYS: u64 = 91;

/// What today asks of me, weightiest first.
#[must_use]
pub fn today(caseload: &Caseload, staff: &BTreeMap<UserId, Arc<Staff>>, me: UserId, today: NaiveDate) -> Vec<Due> {
    let calendar = Calendar::new(caseload, staff, me, today);
    let mut spots = Spots::new(caseload);
    let mut found: Vec<(PlaceId, Why)> = Vec::new();
    let latest = if calendar.works { calendar.horizon } else { today };
    for (place, Promise { day, of, author, tried }) in promises(&mut spots) {
        if day <= latest && calendar.is_mine(author, false) {
            found.push((place, Why::Promise { day, of, tried }));
        }
    }
    for concern in caseload.concerns.values() {
        let Some(at) = spots.of(&concern.entry) else { continue };
        spots.all[at].record |= is_about_people(&concern.entry);
        if !concern.is_open() {
            continue;
        }
        let mine = is_mine(&calendar, concern);
        // Who noted it stays with it until somebody was called: the one who took it on may not even have it yet.
        if concern.must_call() && (mine || concern.entry.author == me) {
            found.push((spots.all[at].place, Why::Call(concern.entry.id)));
        } else if mine && calendar.works && waiting::concern_day(concern).is_none_or(|day| day <= today) {
            found.push((spots.all[at].place, Why::Concern(concern.entry.id)));
        }
    }
    if calendar.works {
        for entry in caseload.entries.values() {
            if let Some(Body::Known(known)) = entry.payload.as_ref().map(|payload| &payload.body)
                && known.what == KnownKind::Away
                && known.until.is_none_or(|until| until >= today)
                && !caseload.withdrawn.contains_key(&entry.id)
                && !caseload.settled.contains_key(&entry.id)
                && let Some(at) = spots.of(entry)
            {
                spots.all[at].away = true;
            }
        }
        let mut add = |at: usize, why| found.push((spots.all[at].place, why));
        for (of, reviews) in &caseload.reviews {
            let Some(entry) = caseload.entries.get(of) else { continue };
            for review in reviews {
                let Verdict::Question(_) = review.verdict else { continue };
                if is_settled(caseload, review.by) || caseload.withdrawn.contains_key(&review.by) {
                    continue;
                }
                if let Some(at) = spots.of(entry).filter(|_| calendar.is_mine(entry.author, false)) {
                    add(at, Why::Question(review.by));
                }
            }
        }
        for referral in caseload.referrals.values() {
            if referral.is_open()
                && waiting::asks_from(referral) <= today
                && calendar.is_mine(referral.entry.author, false)
                && let Some(at) = spots.of(&referral.entry)
            {
                add(at, Why::Help(referral.entry.id));
            }
        }
        for (id, at) in &spots.homes {
            let (household, spot) = (&caseload.households[id], &spots.all[*at]);
            let flame = household.flame.as_ref().map(|flame| *flame.greatest());
            let rhythm = flame.filter(|flame| is_past(&calendar, spot, *flame));
            // Whoever was there last tells it.
            let tell = household.told.as_ref().is_none_or(|told| told.how == Telling::NotYet)
                && (spot.record || !household.persons.is_empty())
                && after(household.household.from, TELL_AFTER_DAYS) <= today
                && spot.spoken.is_none_or(|(_, by)| calendar.is_mine(by, false));
            if (rhythm.is_none() && !tell) || spot.away {
                continue;
            }
            let hidden = caseload.places.get(&spot.place).is_none_or(|state| state.hidden.is_some());
            if let Some(how_often) = rhythm.filter(|_| !hidden) {
                add(*at, Why::Rhythm(how_often));
            }
            if tell {
                add(*at, Why::Tell);
            }
        }
        if let Some((place, doors)) = walk(&spots, today) {
            found.push((place, Why::Walk(doors)));
        }
    }
    lines(&spots, found, me, today)
}

/// A promise that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The day that was promised.
    pub day: NaiveDate,
    /// The contact in which it was.
    pub of: EntryId,
    /// Who promised it.
    pub author: UserId,
    /// How often somebody tried since, and met nobody.
    pub tried: usize,
}

/// Every promise that is open, where nobody asked to be left alone.
#[must_use]
pub fn open_promises(caseload: &Caseload) -> Vec<(PlaceId, Promise)> {
    let mut all = promises(&mut Spots::new(caseload));
    all.retain(|(place, _)| !caseload.no_contact.contains_key(place));
    all
}

/// The promises that are open, and on the way who was where.
fn promises(spots: &mut Spots<'_>) -> Vec<(PlaceId, Promise)> {
    let caseload = spots.caseload;
    let (mut made, mut tries) = (Vec::new(), Vec::new());
    for visit in caseload.visits.values() {
        if visit.withdrawn.is_some() {
            continue;
        }
        let Some(at) = spots.of(&visit.entry) else { continue };
        spots.visited(at, visit);
        if let Some(day) = visit.visit.follow_up {
            made.push((at, day, &**visit));
        }
        if visit.visit.outcome != Outcome::Spoken {
            tries.push((at, visit.when()));
        }
    }
    let mut open = Vec::new();
    made.retain(|(at, day, visit)| {
        let (spot, of) = (&mut spots.all[*at], visit.entry.id);
        let kept = spot.spoken.is_some_and(|(spoken, _)| spoken > visit.when()) || is_settled(caseload, of);
        if !kept {
            spot.open.push(open.len());
            open.push((spot.place, Promise { day: *day, of, author: visit.entry.author, tried: 0 }));
        }
        !kept
    });
    for (at, when) in tries {
        for promise in &spots.all[at].open {
            open[*promise].1.tried += usize::from(when > made[*promise].2.when());
        }
    }
    open
}

fn lines(spots: &Spots<'_>, mut found: Vec<(PlaceId, Why)>, me: UserId, today: NaiveDate) -> Vec<Due> {
    let caseload = spots.caseload;
    found.sort_by_key(|(place, why)| (*place, why.rank()));
    let mut lines: Vec<Due> = Vec::new();
    for (place, why) in found {
        let put_off = caseload.put_off.get(&(me, place)).is_some_and(|until| today < *until);
        if caseload.no_contact.contains_key(&place) || put_off && !matches!(why, Why::Call(_)) {
            continue;
        }
        match lines.last_mut().filter(|line| line.place == place) {
            Some(line) if line.why.contains(&why) => {}
            Some(line) => line.why.push(why),
            None => {
                let last = spots.place(place).and_then(|at| spots.all[at].last);
                lines.push(Due { place, why: vec![why], last });
            }
        }
    }
    lines.sort_by_key(|line| (line.why[0].rank(), line.last));
    lines
}

/// Whether somebody said what became of it, and did not take that back.
fn is_settled(caseload: &Caseload, of: EntryId) -> bool {
    caseload.settled.get(&of).is_some_and(|all| {
        all.iter().any(|state| {
            matches!(state.settled.how, SettledAs::Kept | SettledAs::Dropped | SettledAs::Answered)
                && !caseload.withdrawn.contains_key(&state.by)
        })
    })
}

/// Whoever took it on, and all of them where two did; its writer where nobody did.
fn is_mine(calendar: &Calendar<'_>, concern: &ConcernState) -> bool {
    let mut taken = false;
    for head in concern.owner.heads() {
        if let Some(owner) = head.value {
            taken = true;
            if calendar.is_mine(owner, true) {
                return true;
            }
        }
    }
    !taken && calendar.is_mine(concern.entry.author, true)
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

fn is_past(calendar: &Calendar<'_>, spot: &Spot, how_often: HowOften) -> bool {
    let Some((spoken, _)) = spot.spoken else { return true };
    let due = after(day_here(spoken), days(how_often));
    due <= calendar.today && !(how_often <= HowOften::Month && calendar.waits(due, spot.place))
}

/// The stairwell with the most doors where nobody was ever spoken with nor tried for a quarter; of two, the one where the last visit
/// lies longest back.
fn walk(spots: &Spots<'_>, today: NaiveDate) -> Option<(PlaceId, usize)> {
    let caseload = spots.caseload;
    let places = &spots.all[..spots.places];
    let recent = |last: Option<DateTime<Utc>>| last.is_some_and(|last| after(day_here(last), WALKED_DAYS) > today);
    let mut doors: Vec<(usize, Option<DateTime<Utc>>)> = vec![(0, None); places.len()];
    for (spot, state) in places.iter().zip(caseload.places.values()) {
        if !spot.is_door || state.hidden.is_some() || caseload.no_contact.contains_key(&spot.place) {
            continue;
        }
        let Some(around) = state.place.parent.and_then(|parent| find(places, parent)) else { continue };
        doors[around].1 = doors[around].1.max(spot.last);
        doors[around].0 += usize::from(spot.spoken.is_none() && !recent(spot.last));
    }
    let mut best: Option<usize> = None;
    for (at, (count, last)) in doors.iter().enumerate() {
        // Whoever spoke with people in the stairwell was there, too.
        let better = best.is_none_or(|best| (*count, doors[best].1) > (doors[best].0, *last));
        if *count > 0 && better && !recent(places[at].last) {
            best = Some(at);
        }
    }
    best.map(|at| (places[at].place, doors[at].0))
}

/// The next day on which I work.
#[must_use]
pub fn next_day(caseload: &Caseload, me: UserId, today: NaiveDate) -> NaiveDate {
    after(Calendar::new(caseload, &BTreeMap::new(), me, today).horizon, 1)
}

/// How often we come by the household behind a door.
#[must_use]
pub fn flame_at(caseload: &Caseload, door: PlaceId) -> Option<HowOften> {
    caseload.household_at(door)?.flame.as_ref().map(|flame| *flame.greatest())
}

/// The doors where I noted something last, latest first.
#[must_use]
pub fn recent(caseload: &Caseload, me: UserId, most: usize) -> Vec<PlaceId> {
    let mut mine: Vec<_> = caseload
        .entries
        .values()
        .filter(|entry| entry.author == me)
        .filter_map(|entry| entry.payload.as_ref())
        // Who puts something off was not there.
        .filter(|payload| !matches!(payload.body, Body::PutOff(_)))
        .filter_map(|payload| Some((payload.written_at, caseload.place_of(payload.subject)?)))
        .collect();
    mine.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut places = Vec::new();
    for (_, place) in mine {
        if places.len() == most {
            break;
        }
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
