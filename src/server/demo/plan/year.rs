//! A year of three workers and a supervisor, day by day.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use rand::Rng as _;

use super::book::Book;
use super::people::Persona;
use super::places::Layout;
use super::worries::{Task, Worries};
use super::{AuthorRef, PlannedLine, calendar, texts};
use crate::domain::agenda;
use crate::domain::body::{
    Ending, HouseholdEnded, HowOften, Outcome, Review, Settled, SettledAs, Verdict, Visit, VisitKind, Withdrawal,
};
use crate::domain::{Body, EntryId, PlaceId, Subject};

pub const WORKERS: usize = 3;
pub const SUPERVISOR: AuthorRef = AuthorRef::User(WORKERS);

/// What the writer of the year knows of a door.
pub struct Door {
    pub entrance: usize,
    pub persona: Persona,
    pub said: Vec<&'static str>,
    pub last: Option<NaiveDate>,
    pub spoken: Option<NaiveDate>,
    pub talks: u32,
    pub promise: Option<NaiveDate>,
    pub forgotten: bool,
    pub flame: Option<HowOften>,
}

impl Door {
    fn new(book: &mut Book, entrance: usize) -> Self {
        Self {
            entrance,
            persona: Persona::draw(book),
            said: Vec::new(),
            last: None,
            spoken: None,
            talks: 0,
            promise: None,
            forgotten: false,
            flame: None,
        }
    }
}

/// The year while it is lived.
pub struct Year<'a> {
    pub book: Book,
    pub layout: &'a Layout,
    pub doors: BTreeMap<PlaceId, Door>,
    pub worries: Worries,
    pub last_day: NaiveDate,
    /// Contacts a working day, roughly: how many rhythms the team can keep.
    pub capacity: f64,
    /// How likely a talk gives rise to a worry.
    pub worry_chance: f64,
    /// What the supervisor will look at, and since when it is there.
    pub inbox: Vec<(EntryId, Subject, NaiveDate, bool)>,
    /// The supervisor's questions that wait for an answer, and since when.
    asked: Vec<(EntryId, Subject, AuthorRef, NaiveDate)>,
    pub names: [Vec<&'static str>; 2],
    pub forgotten: usize,
    pub for_today: usize,
}

/// When the year begins: the places are imported in the morning of that day.
pub fn start(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = now.date_naive().checked_sub_days(Days::new(365)).unwrap_or(now.date_naive());
    calendar::utc(calendar::working_day_after(day, 0), clock(7, 30))
}

/// A time of day.
pub fn clock(hour: i64, minute: i64) -> NaiveTime {
    NaiveTime::MIN + TimeDelta::minutes(hour * 60 + minute)
}

enum Happens {
    Slot(usize),
    Reviews,
    Task(Task),
}

/// Lives the year and gives its lines.
pub fn live(mut book: Book, layout: &Layout, entries: usize) -> Vec<PlannedLine> {
    let now = book.now;
    let first_day = start(now).date_naive();
    let last_day = now.date_naive();
    let days: Vec<(NaiveDate, f64)> =
        first_day.iter_days().take_while(|day| *day <= last_day).map(|day| (day, part_lived(day, now))).collect();
    let total: f64 = days.iter().map(|(_, weight)| weight).sum();
    let begun = book.lines.len();
    let room = entries.saturating_sub(begun) as f64;
    let mut doors = BTreeMap::new();
    for (entrance, (_, behind)) in layout.entrances.iter().enumerate() {
        for door in behind {
            doors.insert(*door, Door::new(&mut book, entrance));
        }
    }
    let scale = entries as f64 / 2_000.0;
    let names = |woman: &str| texts::PEOPLE.iter().copied().filter(|name| name.starts_with(woman)).collect();
    let mut year = Year {
        worries: Worries::new(scale),
        names: [names("meneer"), names("mevrouw")],
        book,
        layout,
        doors,
        last_day,
        capacity: room * 0.42 / total.max(1.0),
        worry_chance: 180.0 * scale.powf(0.6) / (room * 0.3).max(1.0),
        inbox: Vec::new(),
        asked: Vec::new(),
        forgotten: 0,
        for_today: 0,
    };
    let moves = year.plan_moves(&days, scale);
    let mut lived = 0.0;
    for (day, weight) in days {
        lived += weight;
        let target = begun + (room * lived / total.max(f64::MIN_POSITIVE)) as usize;
        if moves.contains(&day) {
            year.household_ends(day);
        }
        year.day(day, weight, target, lived / total.max(f64::MIN_POSITIVE));
    }
    year.book.lines
}

/// A day's weight, of today only the part that is over.
fn part_lived(day: NaiveDate, now: DateTime<Utc>) -> f64 {
    let from = calendar::utc(day, clock(9, 15));
    let until = calendar::utc(day, clock(17, 0));
    let part = (now - from).num_minutes() as f64 / (until - from).num_minutes() as f64;
    calendar::weight(day) * part.clamp(0.0, 1.0)
}

impl Year<'_> {
    pub fn near_end(&self, day: NaiveDate, days: i64) -> bool {
        (self.last_day - day).num_days() <= days
    }

    fn day(&mut self, day: NaiveDate, weight: f64, target: usize, lived: f64) {
        let at_work: Vec<usize> = (0..WORKERS).filter(|worker| calendar::works(*worker, day)).collect();
        let mut happens: Vec<(DateTime<Utc>, Happens)> =
            self.worries.due(day).into_iter().map(|(at, task)| (at, Happens::Task(task))).collect();
        if weight > 0.0 && !at_work.is_empty() {
            let wanted = target.saturating_sub(self.book.lines.len());
            for slot in 0..wanted.div_ceil(2) + wanted.min(3) {
                let worker = at_work[slot % at_work.len()];
                let minute = self.book.rng.random_range(0..420);
                // Nobody rings at lunch.
                let minute = if minute < 180 { minute } else { minute + 45 };
                happens.push((calendar::utc(day, clock(9, 15 + minute)), Happens::Slot(worker)));
            }
        }
        if matches!(day.weekday(), Weekday::Mon | Weekday::Tue | Weekday::Thu) && calendar::is_working_day(day) {
            happens.push((calendar::utc(day, clock(8, 40)), Happens::Reviews));
            happens.push((calendar::utc(day, clock(16, 20)), Happens::Reviews));
        }
        happens.sort_by_key(|(at, _)| *at);
        for (at, what) in happens {
            if at + TimeDelta::minutes(5) > self.book.now {
                break;
            }
            match what {
                Happens::Slot(worker) if self.book.lines.len() < target => self.slot(worker, day, at, &at_work, lived),
                Happens::Slot(_) => {}
                Happens::Reviews => self.reviews(day, at),
                Happens::Task(task) => self.task(task, day, at),
            }
        }
        if self.near_end(day, 9) && weight > 0.0 {
            self.two_versions(day);
        }
    }

    /// One moment in which a worker writes something.
    fn slot(&mut self, worker: usize, day: NaiveDate, at: DateTime<Utc>, at_work: &[usize], lived: f64) {
        if self.book.chance(0.07) {
            return self.spot(worker, day, at);
        }
        if self.book.chance(0.12) {
            return self.building(worker, at);
        }
        let Some(place) = self.next_door(worker, day, at_work) else { return };
        let mut at = at;
        if self.book.chance(0.014) {
            // The wrong door, taken back at once.
            let author = AuthorRef::User(worker);
            let visit = Visit::tile(VisitKind::Rang, Outcome::NotHome);
            let wrong = self.neighbour_of(place);
            if let Some((id, subject)) = self.note_contact(author, wrong, visit, day, at) {
                self.book.write(author, at + TimeDelta::seconds(40), subject, Withdrawal { of: id });
                at += TimeDelta::minutes(1);
            }
        }
        self.visit(worker, place, day, at, lived);
    }

    fn neighbour_of(&self, place: PlaceId) -> PlaceId {
        let behind = self.doors.get(&place).and_then(|door| self.layout.entrances.get(door.entrance)).map(|(_, doors)| doors);
        let next = behind.and_then(|doors| doors.iter().skip_while(|door| **door != place).nth(1).or(doors.first()));
        next.copied().unwrap_or(place)
    }

    /// Where a worker goes next: a promise, a rhythm that is past, somebody not seen for long, or a new door.
    fn next_door(&mut self, worker: usize, day: NaiveDate, at_work: &[usize]) -> Option<PlaceId> {
        let ending = self.near_end(day, 5);
        let covers = |door: &Door| {
            let patch = door.entrance / 4;
            patch == worker || !at_work.contains(&patch)
        };
        let mut promised = Vec::new();
        let mut overdue = Vec::new();
        let mut known = Vec::new();
        let mut new = Vec::new();
        for (place, door) in self.doors.iter().filter(|(_, door)| covers(door) && door.last != Some(day)) {
            let rested = door.last.is_none_or(|last| (day - last).num_days() >= 2);
            if door.promise.is_some_and(|promise| promise <= day) {
                if !door.forgotten {
                    promised.push(*place);
                }
            } else if door.promise.is_some() {
                // The promised day comes first.
            } else if door.flame.is_some_and(|flame| past(door.spoken, flame, day)) {
                if rested {
                    overdue.push(*place);
                }
            } else if door.talks > 0 {
                let days = door.last.map_or(60, |last| (day - last).num_days());
                known.push((*place, u32::try_from(days.clamp(0, 120)).unwrap_or(0)));
            } else if rested {
                new.push((*place, if door.last.is_some() { 4 } else { 3 }));
            }
        }
        if !promised.is_empty() && self.book.chance(if ending { 0.75 } else { 0.97 }) {
            return self.book.pick(&promised).copied();
        }
        if !overdue.is_empty() && self.book.chance(if ending { 0.3 } else { 0.93 }) {
            return self.book.pick(&overdue).copied();
        }
        let unknown = new.len() as f64 / (new.len() + known.len()).max(1) as f64;
        // About a fifth of the doors stays unknown: nobody can know everybody.
        if !new.is_empty() && (known.is_empty() || self.book.chance((unknown - 0.2).clamp(0.02, 0.6))) {
            return self.book.weighed(&new);
        }
        self.book.weighed(&known)
    }

    /// Lays a concern before the supervisor.
    pub fn for_review(&mut self, id: EntryId, subject: Subject, day: NaiveDate) {
        self.inbox.push((id, subject, day, true));
    }

    /// What she asked before is answered the next morning.
    fn answers(&mut self, day: NaiveDate, at: DateTime<Utc>) {
        for (of, subject, author, since) in std::mem::take(&mut self.asked) {
            if since == day {
                self.asked.push((of, subject, author, since));
                continue;
            }
            let question =
                match self.book.caseload.entries.get(&of).and_then(|entry| entry.payload.as_ref()).map(|payload| &payload.body) {
                    Some(Body::Review(Review { verdict: Verdict::Question(question), .. })) => question.as_str(),
                    _ => "",
                };
            let at_question = texts::REVIEW_QUESTIONS.iter().position(|asked| *asked == question);
            let text = at_question.map_or("", |index| texts::ANSWERS[index]).to_owned();
            self.book.write(author, at, subject, Settled { of, how: SettledAs::Answered, text, until: None });
        }
    }

    /// What the supervisor says of what came in.
    fn reviews(&mut self, day: NaiveDate, at: DateTime<Utc>) {
        self.answers(day, at);
        let mut at = at;
        let mut inbox = std::mem::take(&mut self.inbox);
        inbox.sort_by_key(|(_, _, since, concern)| (!concern, *since));
        for (id, subject, since, concern) in inbox {
            let age = (day - since).num_days();
            let leave = if self.near_end(since, 3) { !concern || self.book.chance(0.6) } else { age < 1 && !concern };
            if leave || at + TimeDelta::minutes(2) > self.book.now {
                self.inbox.push((id, subject, since, concern));
                continue;
            }
            at += TimeDelta::seconds(self.book.rng.random_range(15..70));
            let question = self.book.chance(if concern { 0.16 } else { 0.012 });
            let asked = if question { self.book.pick(texts::REVIEW_QUESTIONS).copied() } else { None };
            let verdict = asked.map_or(Verdict::Seen, |question| Verdict::Question(question.to_owned()));
            let review = self.book.write(SUPERVISOR, at, subject, Review { of: id, verdict });
            let author = self.book.caseload.entries.get(&id).map(|entry| entry.author);
            if let Some(author) = (0..WORKERS).map(AuthorRef::User).find(|user| Some(self.book.author(*user)) == author)
                && question
            {
                self.asked.push((review, subject, author, day));
            }
            if question && age < 20 {
                self.inbox.push((id, subject, day.checked_add_days(Days::new(4)).unwrap_or(day), concern));
            }
        }
    }

    fn plan_moves(&mut self, days: &[(NaiveDate, f64)], scale: f64) -> Vec<NaiveDate> {
        let count = (5.0 * scale.min(3.0)) as usize;
        let working: Vec<NaiveDate> = days.iter().filter(|(_, weight)| *weight > 0.0).map(|(day, _)| *day).collect();
        let late = working.get(working.len() / 3..working.len().saturating_sub(10)).unwrap_or_default();
        (0..count).filter_map(|_| self.book.pick(late).copied()).collect()
    }

    /// A household moves away, or somebody died: the next behind that door begins empty.
    fn household_ends(&mut self, day: NaiveDate) {
        let free: Vec<PlaceId> = self
            .doors
            .iter()
            .filter(|(place, door)| {
                door.talks > 0 && door.promise.is_none() && self.book.caseload.open_concerns_at(**place).is_empty()
            })
            .map(|(place, _)| *place)
            .collect();
        let Some(place) = self.book.pick(&free).copied() else { return };
        let Some(household) = self.book.caseload.household_at(place).map(|household| household.id) else { return };
        let Some(entrance) = self.doors.get(&place).map(|door| door.entrance) else { return };
        let why = if self.book.chance(0.2) { Ending::Died } else { Ending::Moved };
        let at = calendar::utc(day, clock(9, 5));
        let author = AuthorRef::User(entrance / 4);
        self.book.write(author, at, Subject::Household(household), HouseholdEnded { on: day, why });
        let door = Door::new(&mut self.book, entrance);
        self.doors.insert(place, door);
    }
}

fn past(spoken: Option<NaiveDate>, flame: HowOften, day: NaiveDate) -> bool {
    spoken.and_then(|spoken| spoken.checked_add_days(Days::new(agenda::days(flame)))).is_none_or(|due| due <= day)
}

/// How many contacts a working day a rhythm asks for.
pub fn per_working_day(flame: HowOften) -> f64 {
    match flame {
        HowOften::Quarter => 1.0 / 65.0,
        HowOften::Month => 1.0 / 21.0,
        HowOften::Week => 0.2,
        HowOften::WorkingDay => 1.0,
    }
}
