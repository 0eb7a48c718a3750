//! A year of three workers and a supervisor, day by day.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use rand::Rng as _;

use super::book::Book;
use super::people::{self, Persona};
use super::places::Layout;
use super::worries::{Task, Worries};
use super::{AuthorRef, PlannedLine, calendar, texts};
use crate::domain::agenda;
use crate::domain::body::{
    Correction, Ending, Flame, HouseholdEnded, HowOften, Outcome, Person, Review, Verdict, Visit, VisitKind, Who, Withdrawal,
};
use crate::domain::noting;
use crate::domain::{EntryId, HouseholdId, PersonId, PlaceId, Subject};

pub const WORKERS: usize = 3;
pub const SUPERVISOR: AuthorRef = AuthorRef::User(WORKERS);

/// What the writer of the year knows of a door.
pub struct Door {
    entrance: usize,
    pub persona: Persona,
    pub said: Vec<&'static str>,
    last: Option<NaiveDate>,
    spoken: Option<NaiveDate>,
    talks: u32,
    promise: Option<NaiveDate>,
    forgotten: bool,
    flame: Option<HowOften>,
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
    layout: &'a Layout,
    pub doors: BTreeMap<PlaceId, Door>,
    pub worries: Worries,
    pub last_day: NaiveDate,
    /// Contacts a working day, roughly: how many rhythms the team can keep.
    capacity: f64,
    /// How likely a talk gives rise to a worry.
    worry_chance: f64,
    /// What the supervisor will look at, and since when it is there.
    inbox: Vec<(EntryId, Subject, NaiveDate, bool)>,
    names: [Vec<&'static str>; 2],
    forgotten: usize,
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
        worry_chance: 75.0 * scale.powf(0.8) / (room * 0.3).max(1.0),
        inbox: Vec::new(),
        forgotten: 0,
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
    fn near_end(&self, day: NaiveDate, days: i64) -> bool {
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
        if self.book.chance(0.05) {
            return self.building(worker, at);
        }
        let Some(place) = self.next_door(worker, day, at_work) else { return };
        let mut at = at;
        if self.book.chance(0.008) {
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
        if !overdue.is_empty() && self.book.chance(if ending { 0.6 } else { 0.93 }) {
            return self.book.pick(&overdue).copied();
        }
        let unknown = new.len() as f64 / (new.len() + known.len()).max(1) as f64;
        // About a fifth of the doors stays unknown: nobody can know everybody.
        if !new.is_empty() && (known.is_empty() || self.book.chance((unknown - 0.2).clamp(0.02, 0.6))) {
            return self.book.weighed(&new);
        }
        self.book.weighed(&known)
    }

    /// A contact at a spot: half of all work has no door.
    fn spot(&mut self, worker: usize, day: NaiveDate, at: DateTime<Utc>) {
        const INSIDE: [&str; 9] =
            ["nloop", "ettafel", "aalcafé", "pelletjes", "epaircafé", "oorlezen", "offieochtend", "Burendag", "erste keer mee"];
        let notes: Vec<&'static str> = texts::SPOT_NOTES
            .iter()
            .copied()
            .filter(|note| {
                people::in_season(note, day) && !["Moestuin", "wasserette", "Plantjes"].iter().any(|no| note.contains(no))
            })
            .collect();
        let Some(note) = self.book.pick(&notes).copied() else { return };
        let inside = INSIDE.iter().any(|part| note.contains(part));
        let heads = people::heads_in(note);
        let kind = if heads.is_some() { VisitKind::Activity } else { VisitKind::StairwellTalk };
        let place = if inside { self.layout.room } else { self.layout.square };
        let minutes = heads.map(|_| self.book.rng.random_range(4..9) * 15);
        let colleague = self.book.chance(0.2);
        let visit = Visit { note: note.to_owned(), heads, minutes, colleague, ..Visit::tile(kind, Outcome::Spoken) };
        self.note_contact(AuthorRef::User(worker), place, visit, day, at);
    }

    /// Something of the building.
    fn building(&mut self, worker: usize, at: DateTime<Utc>) {
        let entrance = worker * 4 + self.book.rng.random_range(0..4);
        let Some((place, _)) = self.layout.entrances.get(entrance) else { return };
        let gallery = (3..6).contains(&entrance);
        let notes: Vec<&'static str> = texts::BUILDING_NOTES
            .iter()
            .copied()
            .filter(|note| gallery || !note.contains("Lift"))
            .filter(|note| entrance < 9 || !["verdieping", "kelder", "Trap", "portiek"].iter().any(|no| note.contains(no)))
            .collect();
        let Some(note) = self.book.pick(&notes).copied() else { return };
        let visit = Visit { note: note.to_owned(), ..Visit::tile(VisitKind::StairwellTalk, Outcome::Spoken) };
        self.note_contact(AuthorRef::User(worker), *place, visit, at.date_naive(), at);
    }

    /// Writes a contact as the app does; gives the visit's entry and subject.
    fn note_contact(
        &mut self,
        author: AuthorRef,
        place: PlaceId,
        visit: Visit,
        day: NaiveDate,
        at: DateTime<Utc>,
    ) -> Option<(EntryId, Subject)> {
        let new = HouseholdId(self.book.id());
        let worth_a_look = if visit.note.is_empty() { 0.12 } else { 0.75 };
        let entries = noting::contact(&self.book.caseload, place, visit, day, new);
        let mut last = None;
        for (subject, body) in entries {
            last = Some((self.book.write(author, at, subject, body), subject));
        }
        if let Some((id, subject)) = last
            && self.book.chance(worth_a_look)
        {
            self.inbox.push((id, subject, day, false));
        }
        last
    }

    fn visit(&mut self, worker: usize, place: PlaceId, day: NaiveDate, at: DateTime<Utc>, lived: f64) {
        let author = AuthorRef::User(worker);
        let Some(door) = self.doors.get(&place) else { return };
        let (persona, first) = (door.persona, door.talks == 0);
        let promised = door.promise.is_some_and(|promise| promise <= day);
        let open = self.book.chance(if promised { 0.9 } else { persona.opens });
        let mut visit = if open { self.talk(place, day, first) } else { self.attempt(place) };
        self.promise(&mut visit, day, open);
        if self.book.chance(0.015) {
            visit.happened_on = day.pred_opt().filter(|day| calendar::is_working_day(*day));
        }
        let follow_up = visit.follow_up;
        let Some((id, subject)) = self.note_contact(author, place, visit.clone(), day, at) else { return };
        if let Some(door) = self.doors.get_mut(&place) {
            door.last = Some(day);
            door.promise = follow_up;
            door.forgotten = false;
            if open {
                door.spoken = Some(day);
                door.talks += 1;
            }
        }
        if follow_up.is_some_and(|day| day < self.last_day) && self.near_end(day, 12) && self.forgotten < 3 {
            self.forgotten += 1;
            if let Some(door) = self.doors.get_mut(&place) {
                door.forgotten = true;
            }
        }
        if !visit.note.is_empty() && self.book.chance(0.015) {
            const ADDED: &[&str] = &[
                "Vergeten op te schrijven: collega was mee.",
                "Aanvulling: belt zelf als er iets is.",
                "Het was op de trap, niet binnen.",
            ];
            if let Some(added) = self.book.pick(ADDED).copied() {
                visit.note = format!("{} {added}", visit.note);
                visit.colleague |= added.contains("collega");
                let later = at + TimeDelta::minutes(self.book.rng.random_range(8..40));
                self.book.write(author, later, subject, Correction { of: id, visit });
            }
        }
        let at = at + TimeDelta::minutes(self.book.rng.random_range(2..7));
        if open && !first {
            self.somebody(author, place, at);
        }
        let chance = if open && !first { self.worry_chance } else { self.worry_chance * 0.25 };
        if self.book.chance(chance) {
            self.worry(author, place, day, at, lived, open);
        } else if open && !first && self.book.chance(0.2) {
            let how_often = self.book.weighed(&[(HowOften::Quarter, 3), (HowOften::Month, 2)]);
            if let Some(how_often) = how_often {
                self.light(author, place, how_often, at);
            }
        }
    }

    fn unsaid(&mut self, place: PlaceId, from: impl Iterator<Item = &'static str>) -> Option<&'static str> {
        let door = self.doors.get(&place)?;
        let fitting: Vec<&'static str> = from.filter(|text| !door.said.contains(text)).collect();
        let text = self.book.pick(&fitting).copied()?;
        let door = self.doors.get_mut(&place)?;
        door.said.push(text);
        // After two dozen others a sentence may come back.
        if door.said.len() > 24 {
            door.said.remove(0);
        }
        Some(text)
    }

    fn talk(&mut self, place: PlaceId, day: NaiveDate, first: bool) -> Visit {
        let Some(persona) = self.doors.get(&place).map(|door| door.persona) else {
            return Visit::tile(VisitKind::Rang, Outcome::Spoken);
        };
        let kinds: &[(VisitKind, u32)] = if first {
            &[(VisitKind::Rang, 7), (VisitKind::StairwellTalk, 3)]
        } else {
            &[
                (VisitKind::Coffee, 40),
                (VisitKind::Rang, 22),
                (VisitKind::StairwellTalk, 17),
                (VisitKind::Phone, 12),
                (VisitKind::Together, 4),
                (VisitKind::WithPartner, 3),
                (VisitKind::Aftercare, 2),
            ]
        };
        let kind = self.book.weighed(kinds).unwrap_or(VisitKind::Rang);
        let mut visit = Visit::tile(kind, Outcome::Spoken);
        let special = matches!(kind, VisitKind::Together | VisitKind::WithPartner | VisitKind::Aftercare);
        if special || self.book.chance(if first { 0.8 } else { 0.62 }) {
            let notes = match kind {
                _ if first => texts::FIRST_NOTES,
                VisitKind::WithPartner => texts::PARTNER_NOTES,
                VisitKind::Aftercare => texts::AFTERCARE_NOTES,
                _ => texts::VISIT_NOTES,
            };
            let own = special && kind != VisitKind::Together || first;
            let stairs = |note: &str| note.contains("trap") && kind != VisitKind::StairwellTalk;
            let fitting = notes.iter().copied().filter(move |note| {
                persona.fits(note)
                    && people::in_season(note, day)
                    && (own || people::note_fits(kind, note))
                    && !(first && stairs(note))
            });
            visit.note = self.unsaid(place, fitting).unwrap_or_default().to_owned();
        }
        if !first && matches!(kind, VisitKind::Coffee | VisitKind::Rang) && self.book.chance(0.11) {
            let fitting = texts::GESTURES.iter().copied().filter(move |text| persona.fits(text) && people::in_season(text, day));
            visit.gesture = self.unsaid(place, fitting).unwrap_or_default().to_owned();
        }
        if self.book.chance(0.35) {
            visit.who = people::who_in(&visit.note, &persona);
        }
        if self.book.chance(0.3) {
            visit.minutes = Some(match kind {
                VisitKind::Coffee => self.book.rng.random_range(3..10) * 5,
                VisitKind::Together | VisitKind::WithPartner => self.book.rng.random_range(9..19) * 5,
                _ => self.book.rng.random_range(1..4) * 5,
            });
        }
        visit.colleague = self.book.chance(0.04);
        visit
    }

    fn attempt(&mut self, place: PlaceId) -> Visit {
        let Some(persona) = self.doors.get(&place).map(|door| door.persona) else {
            return Visit::tile(VisitKind::Rang, Outcome::NotHome);
        };
        let known = self.doors.get(&place).is_some_and(|door| door.talks > 0);
        if self.book.chance(0.3) {
            let fitting = texts::ATTEMPT_NOTES.iter().copied().filter(move |note| {
                let phone = note.contains("Gebeld") || note.contains("Voicemail");
                persona.fits(note) && (known || !(phone || note.contains("Zoon") || note.contains("vorige keer")))
            });
            if let Some(note) = self.unsaid(place, fitting) {
                let mut visit = people::attempt_in(note);
                visit.who = people::who_in(note, &persona).filter(|who| matches!(who, Who::Child | Who::Neighbour));
                return visit;
            }
        }
        let outcome = self.book.weighed(&[
            (Outcome::NotHome, 58),
            (Outcome::StayedShut, 16),
            (Outcome::NoteLeft, 14),
            (Outcome::Waved, 12),
        ]);
        Visit::tile(VisitKind::Rang, outcome.unwrap_or(Outcome::NotHome))
    }

    /// A promise to come back, now and then; in the last days more often, so that the list has some.
    fn promise(&mut self, visit: &mut Visit, day: NaiveDate, open: bool) {
        let ending = self.near_end(day, 10);
        let chance = match (ending, open) {
            (true, true) => 0.4,
            (_, true) => 0.11,
            (_, false) if visit.outcome == Outcome::NoteLeft => 0.2,
            (_, false) => 0.02,
        };
        // A promise to an unknown door would begin a household before anybody was met there.
        if !self.book.chance(chance) || (!open && !ending && visit.outcome != Outcome::NoteLeft) || !open && self.book.chance(0.5)
        {
            return;
        }
        let after = self.book.rng.random_range(1..15);
        let mut until = calendar::working_day_after(day, after);
        if ending && self.book.chance(0.35) && self.last_day > day {
            until = self.last_day;
        }
        visit.follow_up = Some(until);
    }

    /// A person is named, where that helps to tell people apart.
    fn somebody(&mut self, author: AuthorRef, place: PlaceId, at: DateTime<Utc>) {
        let Some(persona) = self.doors.get(&place).map(|door| door.persona) else { return };
        let Some(household) = self.book.caseload.household_at(place) else { return };
        let (id, named) = (household.id, household.persons.len());
        let (role, called) = match (named, persona.daughter) {
            (0, _) if self.book.chance(0.35) => (Who::Resident, self.names[usize::from(persona.woman)].pop()),
            (1, Some(daughter)) if self.book.chance(0.12) => (Who::Child, Some(if daughter { "dochter" } else { "zoon" })),
            _ => return,
        };
        let Some(called) = called else { return };
        let person = PersonId(self.book.id());
        self.book.write(author, at, Subject::Person(person), Person { household: id, role, called: called.to_owned() });
    }

    /// How often we come by, as far as the team can keep it up.
    pub fn light(&mut self, author: AuthorRef, place: PlaceId, how_often: HowOften, at: DateTime<Utc>) {
        let demand: f64 = self.doors.values().filter_map(|door| door.flame).map(per_working_day).sum();
        let Some(household) = self.book.caseload.household_at(place) else { return };
        let (id, saw) = (household.id, household.flame.as_ref().map(|flame| flame.seen()).unwrap_or_default());
        let Some(door) = self.doors.get_mut(&place) else { return };
        let was = door.flame.map_or(0.0, per_working_day);
        if door.flame == Some(how_often) || (demand - was + per_working_day(how_often)) / 0.6 > self.capacity * 0.5 {
            return;
        }
        door.flame = Some(how_often);
        self.book.write(author, at, Subject::Household(id), Flame { how_often, saw });
    }

    /// What the supervisor says of what came in.
    pub fn to_review(&mut self, id: EntryId, subject: Subject, day: NaiveDate) {
        self.inbox.push((id, subject, day, true));
    }

    fn reviews(&mut self, day: NaiveDate, at: DateTime<Utc>) {
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
            self.book.write(SUPERVISOR, at, subject, Review { of: id, verdict });
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

fn per_working_day(flame: HowOften) -> f64 {
    match flame {
        HowOften::Quarter => 1.0 / 65.0,
        HowOften::Month => 1.0 / 21.0,
        HowOften::Week => 0.2,
        HowOften::WorkingDay => 1.0,
    }
}
