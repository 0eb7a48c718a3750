//! What the form of a contact holds, how it is kept half-finished, and the contact that it says.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::components::bsn::Guard;
use crate::app::components::choice::{chosen, index};
use crate::app::components::error_summary::Errors;
use crate::app::texts::noting as t;
use crate::app::when;
use crate::domain::body::{Fact, Outcome, Visit, VisitKind, Who};
use crate::domain::noting::{self, Begun, Field as At, Wrong};
use crate::domain::{HouseholdId, PlaceId};

/// Roughly how long, in minutes; the words are in [`t::how_long`].
pub const MINUTES: [u16; 4] = [5, 15, 30, 60];
/// When one comes back; the last is a day of one's own.
const BACK: [Option<u64>; 4] = [None, Some(1), Some(7), None];
const OWN_DAY: usize = 3;
/// On which day it was: today, yesterday, a day of one's own.
const YESTERDAY: usize = 1;
const ANOTHER_DAY: usize = 2;

/// What is kept of a form that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Half {
    household: Option<HouseholdId>,
    kind: Option<VisitKind>,
    outcome: Option<Outcome>,
    who: Option<Who>,
    colleague: bool,
    minutes: Option<u16>,
    facts: Vec<Fact>,
    note: String,
    gesture: String,
    back: Option<usize>,
    day: String,
    when: Option<usize>,
    happened: String,
    heads: String,
    also: Vec<PlaceId>,
}

impl From<&Visit> for Half {
    fn from(visit: &Visit) -> Self {
        Self {
            household: None,
            kind: Some(visit.kind),
            outcome: Some(visit.outcome),
            who: visit.who,
            colleague: visit.colleague,
            minutes: visit.minutes,
            facts: visit.facts.clone(),
            note: visit.note.clone(),
            gesture: visit.gesture.clone(),
            back: visit.follow_up.map(|_| OWN_DAY),
            day: visit.follow_up.map(|day| day.to_string()).unwrap_or_default(),
            when: visit.happened_on.map(|_| ANOTHER_DAY),
            happened: visit.happened_on.map(|day| day.to_string()).unwrap_or_default(),
            heads: visit.heads.map(|heads| heads.to_string()).unwrap_or_default(),
            also: Vec::new(),
        }
    }
}

impl Half {
    /// A form as it starts at a place. `activity`: it asks for the number of people first.
    pub fn new(begun: Begun, activity: bool) -> Self {
        Self {
            household: begun.household,
            kind: activity.then_some(VisitKind::Activity),
            outcome: activity.then_some(Outcome::Spoken),
            ..Self::default()
        }
    }
}

#[derive(Clone, Copy)]
pub struct Form {
    pub household: RwSignal<Option<HouseholdId>>,
    pub kind: RwSignal<Vec<usize>>,
    pub outcome: RwSignal<Vec<usize>>,
    pub who: RwSignal<Vec<usize>>,
    pub colleague: RwSignal<bool>,
    pub minutes: RwSignal<Vec<usize>>,
    pub facts: RwSignal<Vec<usize>>,
    pub note: RwSignal<String>,
    pub gesture: RwSignal<String>,
    pub back: RwSignal<Vec<usize>>,
    pub day: RwSignal<String>,
    pub when: RwSignal<Vec<usize>>,
    pub happened: RwSignal<String>,
    pub heads: RwSignal<String>,
    pub also: RwSignal<Vec<String>>,
    pub guard: Guard,
}

impl Form {
    pub fn new(half: Half) -> Self {
        let form = Self {
            household: RwSignal::default(),
            kind: RwSignal::default(),
            outcome: RwSignal::default(),
            who: RwSignal::default(),
            colleague: RwSignal::default(),
            minutes: RwSignal::default(),
            facts: RwSignal::default(),
            note: RwSignal::default(),
            gesture: RwSignal::default(),
            back: RwSignal::default(),
            day: RwSignal::default(),
            when: RwSignal::default(),
            happened: RwSignal::default(),
            heads: RwSignal::default(),
            also: RwSignal::default(),
            guard: Guard::new(),
        };
        form.fill(half);
        form
    }

    pub fn fill(self, half: Half) {
        self.household.set(half.household);
        self.kind.set(index(VisitKind::ALL, half.kind.as_ref()));
        self.outcome.set(index(Outcome::ALL, half.outcome.as_ref()));
        self.who.set(index(Who::ALL, half.who.as_ref()));
        self.colleague.set(half.colleague);
        self.minutes.set(index(&MINUTES, half.minutes.as_ref()));
        self.facts.set(half.facts.iter().flat_map(|fact| index(Fact::ALL, Some(fact))).collect());
        self.note.set(half.note);
        self.gesture.set(half.gesture);
        self.back.set(vec![half.back.unwrap_or(0)]);
        self.day.set(half.day);
        self.when.set(vec![half.when.unwrap_or(0)]);
        self.happened.set(half.happened);
        self.heads.set(half.heads);
        self.also.set(half.also.iter().map(ToString::to_string).collect());
    }

    pub fn half(self) -> Half {
        untrack(|| Half {
            household: self.household.get(),
            kind: chosen(VisitKind::ALL, self.kind),
            outcome: chosen(Outcome::ALL, self.outcome),
            who: chosen(Who::ALL, self.who),
            colleague: self.colleague.get(),
            minutes: chosen(&MINUTES, self.minutes),
            facts: self.facts.with(|facts| facts.iter().filter_map(|at| Fact::ALL.get(*at)).copied().collect()),
            note: self.note.get(),
            gesture: self.gesture.get(),
            back: self.back.with(|back| back.first().copied()),
            day: self.day.get(),
            when: self.when.with(|when| when.first().copied()),
            happened: self.happened.get(),
            heads: self.heads.get(),
            also: self.also(),
        })
    }

    /// The other doors of this round.
    pub fn also(self) -> Vec<PlaceId> {
        self.also.with_untracked(|also| also.iter().filter_map(|door| door.parse().ok()).collect())
    }

    pub fn own_day(self) -> bool {
        self.back.with(|back| back.contains(&OWN_DAY))
    }

    pub fn another_day(self) -> bool {
        self.when.with(|when| when.contains(&ANOTHER_DAY))
    }

    /// The contact that the form says, or what is wrong with it.
    pub fn read(self) -> Result<Visit, Errors> {
        let (half, today) = (self.half(), when::today());
        let mut wrong: Vec<(&'static str, Wrong)> = Vec::new();
        if half.kind.is_none() {
            wrong.push(("soort", Wrong::Empty));
        }
        if half.outcome.is_none() {
            wrong.push(("uitkomst", Wrong::Empty));
        }
        let mut visit = Visit::tile(half.kind.unwrap_or(VisitKind::Coffee), half.outcome.unwrap_or(Outcome::Spoken));
        visit.who = half.who;
        visit.colleague = half.colleague;
        visit.minutes = half.minutes;
        visit.facts.clone_from(&half.facts);
        half.note.trim().clone_into(&mut visit.note);
        half.gesture.trim().clone_into(&mut visit.gesture);
        visit.happened_on = match half.when {
            Some(YESTERDAY) => today.pred_opt(),
            Some(ANOTHER_DAY) => some_day(&half.happened, "op-dag", &mut wrong).filter(|day| *day != today),
            _ => None,
        };
        visit.follow_up = match half.back {
            Some(OWN_DAY) => some_day(&half.day, "datum", &mut wrong),
            back => back.and_then(|at| BACK[at.min(OWN_DAY)]).and_then(|days| today.checked_add_days(Days::new(days))),
        };
        if visit.kind == VisitKind::Activity && !half.heads.trim().is_empty() {
            match half.heads.trim().parse() {
                Ok(heads) => visit.heads = Some(heads),
                Err(_) => wrong.push(("mensen", Wrong::Empty)),
            }
        }
        wrong.extend(noting::check_visit(&visit, today).into_iter().map(|(at, why)| {
            let id = match at {
                At::Text | At::Thought | At::ToldBy => "tekst",
                At::Gesture => "gebaar",
                At::HappenedOn => "op-dag",
                At::FollowUp => "datum",
            };
            (id, why)
        }));
        let mut errors: Errors = wrong.into_iter().map(|(id, why)| (id, t::wrong(id, why))).collect();
        errors.extend(self.guard.check(&[("tekst", &visit.note), ("gebaar", &visit.gesture)]));
        if errors.is_empty() { Ok(visit) } else { Err(errors) }
    }
}

/// A day that was to be chosen.
fn some_day(text: &str, id: &'static str, wrong: &mut Vec<(&'static str, Wrong)>) -> Option<NaiveDate> {
    let day = text.parse().ok();
    if day.is_none() {
        wrong.push((id, Wrong::Empty));
    }
    day
}
