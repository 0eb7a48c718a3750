//! The property: no open promise, signal or question leaves the agenda without an entry that ends it.
//!
//! What is open, and whose it is, is worked out here once more from the bare entries, as plainly as it can be said. Then every day after
//! its day it must be on the list of each who has to see it, and of nobody's only while all of them are off, or put it off themselves.
//! Faults are planted in the agenda to see that the property sees.

use std::cell::Cell;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use waakvlam::domain::agenda::{self, Due, Why};
use waakvlam::domain::body::{
    Absence, Behind, Body, Called, Change, Correction, Ending, HouseholdEnded, NoContact, Outcome, PlaceHidden, PutOff, Review,
    Set, Settled, SettledAs, Severity, Standing, Verdict, Visit, VisitKind, Weekday, Withdrawal, WorkingDays,
};
use waakvlam::domain::quarter::day_here;
use waakvlam::domain::{Caseload, Entry, EntryId, HouseholdId, PersonId, PlaceId, Subject, UserId};

use crate::story::{BERT, DAUGHTER, DOORS, GONE, HOMES, INEKE, JAMILA, MET, STAIRWELL, Story, staff};
use crate::table::concern;

const HISTORIES: u32 = 3_000;
const WORKERS: [UserId; 2] = [JAMILA, BERT];
/// After the last word, promise and put-off everything that is open shows within this many days.
const AT_LAST_DAYS: u64 = 8;

type Agenda = fn(&Caseload, UserId, NaiveDate) -> Vec<Due>;

fn as_it_is(caseload: &Caseload, me: UserId, today: NaiveDate) -> Vec<Due> {
    agenda::today(caseload, &staff(), me, today)
}

// --- A history, from dice ------------------------------------------------------------------------

pub type Dice = (u8, u32, u16);

fn pick<T: Copy>(all: &[T], dice: u32) -> T {
    all[dice as usize % all.len()]
}

fn days_after(day: NaiveDate, days: u32) -> NaiveDate {
    day + Days::new(u64::from(days))
}

pub fn history(dice: &[Dice]) -> (Story, NaiveDate) {
    let mut at: DateTime<Utc> = "2026-03-02T07:00:00Z".parse().unwrap();
    let mut story = Story::begin(at);
    for (act, more, hours) in dice {
        at += TimeDelta::minutes(i64::from(hours % 1_800));
        act_once(&mut story, *act, *more, at);
    }
    (story, day_here(at))
}

fn act_once(story: &mut Story, act: u8, more: u32, at: DateTime<Utc>) {
    let today = day_here(at);
    let (few, rest) = (more % 8, more / 8);
    let author = pick(&[JAMILA, JAMILA, BERT, BERT, JAMILA, BERT, INEKE, GONE], more / 64);
    let subject = pick(
        &[
            Subject::Household(HOMES[0]),
            Subject::Household(HOMES[0]),
            Subject::Household(HOMES[1]),
            Subject::Household(MET),
            Subject::Person(DAUGHTER),
            Subject::Place(DOORS[2]),
            Subject::Place(DOORS[0]),
            Subject::Place(STAIRWELL),
        ],
        few,
    );
    let mut visit = Visit::tile(VisitKind::Rang, pick(&[Outcome::NotHome, Outcome::Spoken, Outcome::Waved], rest / 512));
    visit.follow_up = (rest % 3 != 0).then(|| days_after(today, rest / 3 % 9));
    visit.happened_on = (rest % 7 == 0).then(|| today - Days::new(u64::from(rest / 7 % 3)));
    let any = |kinds: &[&str]| {
        let all: Vec<&Entry> = story
            .0
            .iter()
            .filter(|entry| entry.payload.as_ref().is_some_and(|payload| kinds.contains(&payload.body.kind())))
            .collect();
        (!all.is_empty()).then(|| pick(&all, rest).clone())
    };
    let about = |of: &Entry| of.payload.as_ref().unwrap().subject;
    let settled = |of: &Entry, how| Body::from(Settled { of: of.id, how, text: String::new(), until: None });
    let (author, subject, body): (UserId, Subject, Body) = match act % 40 {
        0..=9 => (author, subject, visit.into()),
        10..=11 => {
            let Some(of) = any(&["visit"]) else { return };
            (of.author, about(&of), Correction { of: of.id, visit }.into())
        }
        12..=13 => {
            let Some(of) = any(&["visit", "concern", "settled", "review", "absence"]) else { return };
            (of.author, about(&of), Withdrawal { of: of.id }.into())
        }
        14..=15 => {
            let Some(of) = any(&["visit"]) else { return };
            (author, about(&of), settled(&of, pick(&[SettledAs::Kept, SettledAs::Dropped], few)))
        }
        16..=19 => {
            let due = (rest % 2 == 0).then(|| days_after(today, rest / 2 % 9));
            let mut concern = concern(pick(Severity::ALL, rest / 32), due);
            concern.owner = (rest % 5 == 0).then(|| pick(&[JAMILA, BERT, INEKE, GONE], rest / 5));
            (author, subject, concern.into())
        }
        20..=25 => {
            let Some(of) = any(&["concern"]) else { return };
            let caseload = story.fold();
            let state = &caseload.concerns[&of.id];
            let mut saw = vec![of.id];
            if few % 3 != 0 {
                saw.extend(state.seen_to_close());
                saw.extend(state.owner.seen());
                saw.extend(state.due.seen());
            }
            let set = match act % 40 {
                20..=21 => Set::Owner(pick(&[Some(JAMILA), Some(BERT), Some(INEKE), Some(GONE), None], rest / 64)),
                22 => Set::Due((rest / 64 % 4 != 0).then(|| days_after(today, rest / 256 % 9))),
                23 => Set::Severity(pick(Severity::ALL, rest / 64)),
                _ => Set::Standing(Standing::Closed { came_of: "gaat goed".to_owned() }),
            };
            (author, about(&of), Change { of: of.id, saw, set }.into())
        }
        26 => {
            let Some(of) = any(&["concern"]) else { return };
            (author, about(&of), Called { of: of.id, whom: "112".to_owned(), at }.into())
        }
        27..=28 => {
            let Some(of) = any(&["visit", "concern"]) else { return };
            let verdict = if few == 0 { Verdict::Seen } else { Verdict::Question("hoe ging het?".to_owned()) };
            (INEKE, about(&of), Review { of: of.id, verdict }.into())
        }
        29..=30 => {
            let Some(of) = any(&["review"]) else { return };
            (author, about(&of), settled(&of, SettledAs::Answered))
        }
        31..=32 => {
            let author = pick(&WORKERS, few);
            let from = days_after(today, rest % 4);
            let stand_in = pick(&[None, Some(JAMILA), Some(BERT), Some(GONE), Some(INEKE)], rest / 64);
            (author, Subject::Person(PersonId(author.0)), Absence { from, to: days_after(from, rest / 4 % 12), stand_in }.into())
        }
        33 => {
            let author = pick(&WORKERS, few);
            let days = Weekday::ALL.iter().copied().enumerate().filter(|(bit, _)| rest >> bit & 1 == 1).map(|(_, day)| day);
            (author, Subject::Person(PersonId(author.0)), WorkingDays { days: days.collect() }.into())
        }
        34..=35 => {
            let place = pick(&[DOORS[0], DOORS[1], DOORS[2], STAIRWELL], few);
            (pick(&WORKERS, rest), Subject::Place(place), PutOff { until: days_after(today, rest / 4 % 5) }.into())
        }
        36 => (author, Subject::Household(pick(&HOMES, few)), HouseholdEnded { on: today, why: Ending::Moved }.into()),
        37 if few < 4 => (author, Subject::Place(DOORS[few as usize % 3]), NoContact { household: None }.into()),
        37 => (author, Subject::Household(MET), Behind { door: DOORS[2] }.into()),
        38 => (INEKE, Subject::Place(DOORS[few as usize % 3]), PlaceHidden { successor: None }.into()),
        // Somebody was erased: only the numbers stay.
        _ => {
            let at = rest as usize % story.0.len();
            if at >= 8 {
                story.0[at].payload = None;
            }
            return;
        }
    };
    story.say(author, subject, body, at);
}

// --- What is open, said once more ------------------------------------------------------------------

struct Told<'a>(&'a [Entry]);

impl Told<'_> {
    fn bodies(&self) -> impl Iterator<Item = (&Entry, Subject, &Body)> {
        self.0.iter().filter_map(|entry| entry.payload.as_ref().map(|payload| (entry, payload.subject, &payload.body)))
    }

    fn taken_back(&self, of: &Entry) -> bool {
        let mut bodies = self.bodies();
        bodies.any(|(entry, _, body)| matches!(body, Body::Withdrawal(back) if back.of == of.id && entry.author == of.author))
    }

    fn settled(&self, of: &Entry, as_one_of: &[SettledAs]) -> bool {
        self.bodies().any(|(entry, _, body)| match body {
            Body::Settled(settled) => settled.of == of.id && as_one_of.contains(&settled.how) && !self.taken_back(entry),
            _ => false,
        })
    }

    fn household(&self, id: HouseholdId) -> Option<PlaceId> {
        let mut door = None;
        for (_, _, body) in self.bodies().filter(|(_, subject, _)| *subject == Subject::Household(id)) {
            match body {
                Body::Household(household) => door = door.or(Some(household.door)),
                Body::Behind(behind) => door = Some(behind.door),
                Body::HouseholdEnded(_) => return None,
                _ => {}
            }
        }
        door
    }

    /// Where it is, and with whom: at a door all of it is together, in a stairwell everybody is somebody else.
    fn about(&self, entry: &Entry) -> Option<(PlaceId, Option<HouseholdId>)> {
        let household = match entry.payload.as_ref()?.subject {
            Subject::Place(place) => return self.place(place).map(|place| (place, None)),
            Subject::Household(household) => household,
            Subject::Person(_) => HOMES[0],
        };
        let place = self.place(self.household(household)?)?;
        Some((place, (place == STAIRWELL).then_some(household)))
    }

    fn place(&self, place: PlaceId) -> Option<PlaceId> {
        let left_alone = self.bodies().any(|(entry, subject, body)| {
            subject == Subject::Place(place) && matches!(body, Body::NoContact(_)) && !self.taken_back(entry)
        });
        (!left_alone).then_some(place)
    }

    /// What a contact says after corrections.
    fn visit<'a>(&'a self, entry: &'a Entry) -> Option<&'a Visit> {
        let Body::Visit(first) = &entry.payload.as_ref()?.body else { return None };
        let corrected = self.bodies().filter_map(|(_, _, body)| match body {
            Body::Correction(correction) if correction.of == entry.id => Some(&correction.visit),
            _ => None,
        });
        (!self.taken_back(entry)).then(|| corrected.last().unwrap_or(first))
    }

    fn when(&self, entry: &Entry) -> DateTime<Utc> {
        let written = entry.payload.as_ref().unwrap().written_at;
        let happened = self.visit(entry).and_then(|visit| visit.happened_on).and_then(|day| day.and_hms_opt(12, 0, 0));
        happened.map_or(written, |noon| noon.and_utc().min(written))
    }

    /// Every talk that counts: when, and where with whom.
    fn talks(&self) -> Vec<(DateTime<Utc>, PlaceId, Option<HouseholdId>)> {
        let talks = self.0.iter().filter(|entry| self.visit(entry).is_some_and(|visit| visit.outcome == Outcome::Spoken));
        talks.filter_map(|entry| self.about(entry).map(|(place, whom)| (self.when(entry), place, whom))).collect()
    }

    fn promise(&self, entry: &Entry, talks: &[(DateTime<Utc>, PlaceId, Option<HouseholdId>)]) -> Option<NaiveDate> {
        let day = self.visit(entry)?.follow_up?;
        let (here, with) = self.about(entry)?;
        let made = self.when(entry);
        let kept = talks.iter().any(|(when, place, whom)| *when > made && (*place, *whom) == (here, with));
        (!kept && !self.settled(entry, &[SettledAs::Kept, SettledAs::Dropped])).then_some(day)
    }

    fn away(&self, who: UserId, day: NaiveDate) -> Option<Option<UserId>> {
        let mut away = None;
        for (entry, _, body) in self.bodies() {
            if let Body::Absence(absence) = body
                && entry.author == who
                && (absence.from..=absence.to).contains(&day)
                && !self.taken_back(entry)
            {
                away = Some(absence.stand_in);
            }
        }
        away
    }

    fn works(&self, who: UserId, day: NaiveDate) -> bool {
        let said = self.bodies().filter_map(|(entry, _, body)| match body {
            Body::WorkingDays(days) if entry.author == who => Some(&days.days),
            _ => None,
        });
        let weekday = Weekday::ALL[day.weekday().num_days_from_monday() as usize];
        let on = said.last().is_none_or(|days| days.is_empty() || days.contains(&weekday));
        on && self.away(who, day).is_none()
    }

    fn put_off(&self, who: UserId, place: PlaceId, day: NaiveDate) -> bool {
        let said = self.bodies().filter_map(|(entry, subject, body)| match body {
            Body::PutOff(until) if entry.author == who && subject == Subject::Place(place) => Some(until.until),
            _ => None,
        });
        said.last().is_some_and(|until| day < until)
    }

    /// Who has to see on a day what is somebody's.
    fn whose(&self, owner: UserId, day: NaiveDate, desk: bool) -> Vec<UserId> {
        let sees = |who: UserId| WORKERS.contains(&who) || (desk && who == INEKE);
        match self.away(owner, day) {
            None if sees(owner) => vec![owner],
            Some(Some(other)) if sees(other) && self.away(other, day).is_none() => vec![other],
            _ => WORKERS.to_vec(),
        }
    }
}

fn lists(lines: &[Due], fits: impl Fn(&Why) -> bool) -> bool {
    lines.iter().any(|due| due.why.iter().any(&fits))
}

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    Promise,
    Signal,
    Question,
}

/// One thing that is open: from its day it must be seen.
pub struct Open {
    pub thing: Thing,
    /// Its entry.
    pub of: EntryId,
    place: PlaceId,
    from: NaiveDate,
    owners: Vec<UserId>,
    desk: bool,
    /// Seen on days off, too.
    every_day: bool,
    /// Nothing puts it off.
    urgent: bool,
    fits: Box<dyn Fn(&Why) -> bool>,
}

pub fn open(entries: &[Entry], caseload: &Caseload) -> Vec<Open> {
    let told = Told(entries);
    let talks = told.talks();
    let mut all = Vec::new();
    for entry in entries {
        let id = entry.id;
        let Some((place, _)) = told.about(entry) else { continue };
        if let Some(from) = told.promise(entry, &talks) {
            let fits = Box::new(move |why: &Why| matches!(why, Why::Promise { of, .. } if *of == id));
            let (thing, owners) = (Thing::Promise, vec![entry.author]);
            all.push(Open { thing, of: id, place, from, owners, desk: false, every_day: true, urgent: false, fits });
        }
        // When a signal is open is the fold's to say, and tested there.
        if let Some(state) = caseload.concerns.get(&id).filter(|state| state.is_open()) {
            let written = day_here(entry.payload.as_ref().unwrap().written_at);
            let wait = match state.severity() {
                Severity::Now => 0,
                Severity::Discuss => 3,
                Severity::Watch => 30,
            };
            let days = state.due.heads().filter_map(|head| head.value);
            let from = days.min().unwrap_or(written + Days::new(wait));
            let mut owners: Vec<UserId> = state.owner.heads().filter_map(|head| head.value).collect();
            if owners.is_empty() {
                owners.push(entry.author);
            }
            let urgent = state.must_call();
            let from = if urgent { written } else { from };
            let fits = Box::new(move |why: &Why| match why {
                Why::Call(of) => *of == id,
                Why::Concern(of) => *of == id && !urgent,
                _ => false,
            });
            all.push(Open { thing: Thing::Signal, of: id, place, from, owners, desk: true, every_day: urgent, urgent, fits });
        }
        for (review, _, body) in told.bodies() {
            let Body::Review(Review { of, verdict: Verdict::Question(_) }) = body else { continue };
            if *of != id || told.taken_back(review) || told.settled(review, &[SettledAs::Answered]) {
                continue;
            }
            let asked = review.id;
            let from = day_here(review.payload.as_ref().unwrap().written_at);
            let fits = Box::new(move |why: &Why| *why == Why::Question(asked));
            let (thing, owners) = (Thing::Question, vec![entry.author]);
            all.push(Open { thing, of: asked, place, from, owners, desk: false, every_day: false, urgent: false, fits });
        }
    }
    all
}

/// Looks at every day from the last entry on; gives what is missing from whose list.
fn missing(dice: &[Dice], agenda: Agenda, seen: &Cell<[u32; 3]>) -> Result<(), String> {
    let (story, last) = history(dice);
    let caseload = story.fold();
    let told = Told(&story.0);
    let open = open(&story.0, &caseload);
    let mut counts = seen.get();
    for thing in &open {
        counts[thing.thing as usize] += 1;
    }
    seen.set(counts);
    // Promises, absences and put-offs lie at most so far ahead.
    let end = last + Days::new(40 + AT_LAST_DAYS);
    let mut days: Vec<NaiveDate> = open.iter().map(|thing| thing.from.max(last)).collect();
    days.extend(last.iter_days().take(5));
    days.extend(end.iter_days().take(2));
    days.sort_unstable();
    days.dedup();
    for day in days {
        let all = [JAMILA, BERT, INEKE].map(|who| (who, agenda(&caseload, who, day)));
        let list = |who: UserId| &all.iter().find(|(user, _)| *user == who).unwrap().1;
        for thing in open.iter().filter(|thing| thing.from <= day) {
            let mut must: Vec<UserId> = thing.owners.iter().flat_map(|owner| told.whose(*owner, day, thing.desk)).collect();
            if thing.urgent {
                must.extend(told.0.iter().filter(|entry| entry.id == thing.of).map(|entry| entry.author));
                must.retain(|who| WORKERS.contains(who) || *who == INEKE);
            }
            for who in must {
                let excused = !thing.every_day && !told.works(who, day);
                let excused = excused || (!thing.urgent && told.put_off(who, thing.place, day));
                if !excused && !lists(list(who), &thing.fits) {
                    return Err(format!("{:?} {} is not on the list of {who} on {day}", thing.thing, thing.of));
                }
            }
        }
    }
    // Whoever is off, whatever was put off: at last it is there.
    let late: Vec<Vec<Due>> = end
        .iter_days()
        .take(usize::try_from(AT_LAST_DAYS).unwrap())
        .flat_map(|day| [JAMILA, BERT, INEKE].map(|who| agenda(&caseload, who, day)))
        .collect();
    for thing in &open {
        if !late.iter().any(|lines| lists(lines, &thing.fits)) {
            return Err(format!("{:?} {} is on nobody's list any more", thing.thing, thing.of));
        }
    }
    Ok(())
}

pub fn histories() -> impl Strategy<Value = Vec<Dice>> {
    prop::collection::vec(any::<Dice>(), 1..45)
}

fn run(agenda: Agenda, cases: u32) -> Result<[u32; 3], String> {
    let seen = Cell::new([0; 3]);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&histories(), |dice| missing(&dice, agenda, &seen).map_err(TestCaseError::fail));
    match outcome {
        Ok(()) => Ok(seen.get()),
        Err(TestError::Fail(why, dice)) => {
            let (story, _) = history(&dice);
            let told: Vec<String> = story.0.iter().skip(8).map(|entry| format!("{entry:?}")).collect();
            Err(format!("{why}\n{}", told.join("\n")))
        }
        Err(why) => Err(why.to_string()),
    }
}

#[test]
fn nothing_open_leaves_the_agenda_without_an_entry_that_ends_it() {
    match run(as_it_is, HISTORIES) {
        Ok([promises, signals, questions]) => {
            println!("{HISTORIES} histories: {promises} open promises, {signals} signals, {questions} questions");
            assert!(promises > 1_000 && signals > 1_000 && questions > 200, "the histories say too little");
        }
        Err(why) => panic!("{why}"),
    }
}

// --- Planted ---------------------------------------------------------------------------------------

fn without(mut lines: Vec<Due>, drop: impl Fn(&Due, &Why) -> bool) -> Vec<Due> {
    for due in &mut lines {
        let before = due.clone();
        due.why.retain(|why| !drop(&before, why));
    }
    lines.retain(|due| !due.why.is_empty());
    lines
}

/// An agenda with one thing wrong.
const PLANTED: [(&str, Agenda); 10] = [
    ("only what was promised at the last visit", |caseload, me, today| {
        without(as_it_is(caseload, me, today), |due, why| {
            let last = caseload.visits_at(due.place).first().map(|visit| visit.entry.id);
            matches!(why, Why::Promise { of, .. } if Some(*of) != last)
        })
    }),
    ("not at home ends a promise", |caseload, me, today| {
        without(as_it_is(caseload, me, today), |_, why| matches!(why, Why::Promise { tried, .. } if *tried > 0))
    }),
    ("a hidden door is forgotten", |caseload, me, today| {
        without(as_it_is(caseload, me, today), |due, _| caseload.places[&due.place].hidden.is_some())
    }),
    ("what one puts off is off for all", |caseload, me, today| {
        let off =
            |place: PlaceId| WORKERS.iter().any(|who| caseload.put_off.get(&(*who, place)).is_some_and(|until| today < *until));
        without(as_it_is(caseload, me, today), |due, why| off(due.place) && !matches!(why, Why::Call(_)))
    }),
    ("a call can be put off", |caseload, me, today| {
        let off = |place: PlaceId| caseload.put_off.get(&(me, place)).is_some_and(|until| today < *until);
        without(as_it_is(caseload, me, today), |due, _| off(due.place))
    }),
    ("nobody stands in", |caseload, me, today| {
        let mut caseload = caseload.clone();
        caseload.absences.retain(|_, (who, _)| *who == me);
        as_it_is(&caseload, me, today)
    }),
    ("a stand-in who is away as well", |caseload, me, today| {
        let mut caseload = caseload.clone();
        let away: Vec<UserId> = caseload.absences.values().map(|(who, _)| *who).collect();
        caseload.absences.retain(|_, (who, absence)| absence.stand_in.is_none_or(|other| !away.contains(&other)) || *who == me);
        as_it_is(&caseload, me, today)
    }),
    ("whoever left takes it along", |caseload, me, today| agenda::today(caseload, &Default::default(), me, today)),
    ("seen is an answer", |caseload, me, today| {
        let seen = |of: EntryId| {
            let all = caseload.reviews.values().find(|reviews| reviews.iter().any(|review| review.by == of));
            all.is_some_and(|reviews| reviews.iter().any(|review| review.verdict == Verdict::Seen))
        };
        without(as_it_is(caseload, me, today), |_, why| matches!(why, Why::Question(of) if seen(*of)))
    }),
    ("what was taken back counts all the same", |caseload, me, today| {
        let mut caseload = caseload.clone();
        let settled: Vec<EntryId> = caseload.settled.values().flatten().map(|state| state.by).collect();
        caseload.withdrawn.retain(|of, _| !settled.contains(of));
        as_it_is(&caseload, me, today)
    }),
];

#[test]
fn the_property_sees_what_is_planted() {
    let unseen: Vec<&str> = PLANTED.iter().filter(|(_, agenda)| run(*agenda, HISTORIES).is_ok()).map(|(name, _)| *name).collect();
    assert!(unseen.is_empty(), "not seen: {unseen:?}");
}
