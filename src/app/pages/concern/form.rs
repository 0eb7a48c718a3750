//! What the form of a worry holds, how it is kept half-finished, and the worry that it says.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::components::bsn::Guard;
use crate::app::components::choice::{chosen, index};
use crate::app::components::error_summary::Errors;
use crate::app::pages::guarded;
use crate::app::texts::noting as t;
use crate::app::when;
use crate::domain::body::{Concern, Fact, KnownBy, Severity, Tile};
use crate::domain::noting::{self, Begun, Field as At, Whom, Wrong};
use crate::domain::{HouseholdId, UserId};

/// The step of one's own, the last of [`t::STEPS`].
const OWN_STEP: usize = 3;
/// Whom it is about, where it is no person of the household.
pub const HOUSEHOLD: &str = "huishouden";
/// See [`HOUSEHOLD`].
pub const SOMEBODY_ELSE: &str = "iemand-anders";
/// Nobody takes it on yet.
pub const NOBODY: &str = "niemand";

/// What is kept of a form that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Half {
    household: Option<HouseholdId>,
    tile: Option<Tile>,
    severity: Option<Severity>,
    whom: Option<String>,
    facts: Vec<Fact>,
    seen: String,
    thought: String,
    known_by: Option<KnownBy>,
    told_by: String,
    step: Option<usize>,
    own_step: String,
    due: String,
    owner: Option<String>,
}

impl Half {
    /// A form as it starts at a place.
    pub fn new(begun: Begun) -> Self {
        Self { household: begun.household, ..Self::default() }
    }
}

#[derive(Clone, Copy)]
pub struct Form {
    pub household: RwSignal<Option<HouseholdId>>,
    pub tile: RwSignal<Vec<usize>>,
    pub severity: RwSignal<Vec<usize>>,
    pub whom: RwSignal<Vec<String>>,
    pub facts: RwSignal<Vec<usize>>,
    pub seen: RwSignal<String>,
    pub thought: RwSignal<String>,
    pub known_by: RwSignal<Vec<usize>>,
    pub told_by: RwSignal<String>,
    pub step: RwSignal<Vec<usize>>,
    pub own_step: RwSignal<String>,
    pub due: RwSignal<String>,
    pub owner: RwSignal<Vec<String>>,
    pub guard: Guard,
    me: UserId,
}

impl Form {
    pub fn new(half: Half, me: UserId) -> Self {
        let form = Self {
            household: RwSignal::default(),
            tile: RwSignal::default(),
            severity: RwSignal::default(),
            whom: RwSignal::default(),
            facts: RwSignal::default(),
            seen: RwSignal::default(),
            thought: RwSignal::default(),
            known_by: RwSignal::default(),
            told_by: RwSignal::default(),
            step: RwSignal::default(),
            own_step: RwSignal::default(),
            due: RwSignal::default(),
            owner: RwSignal::default(),
            guard: Guard::new(),
            me,
        };
        form.fill(half);
        form
    }

    pub fn fill(self, half: Half) {
        self.household.set(half.household);
        self.tile.set(index(Tile::ALL, half.tile.as_ref()));
        self.severity.set(index(Severity::ALL, half.severity.as_ref()));
        self.whom.set(vec![half.whom.unwrap_or_else(|| HOUSEHOLD.to_owned())]);
        self.facts.set(half.facts.iter().flat_map(|fact| index(Fact::ALL, Some(fact))).collect());
        self.seen.set(half.seen);
        self.thought.set(half.thought);
        self.known_by.set(index(KnownBy::ALL, half.known_by.or(Some(KnownBy::SawIt)).as_ref()));
        self.told_by.set(half.told_by);
        self.step.set(half.step.into_iter().collect());
        self.own_step.set(half.own_step);
        self.due.set(half.due);
        self.owner.set(vec![half.owner.unwrap_or_else(|| self.me.to_string())]);
    }

    pub fn half(self) -> Half {
        untrack(|| Half {
            household: self.household.get(),
            tile: chosen(Tile::ALL, self.tile),
            severity: chosen(Severity::ALL, self.severity),
            whom: self.whom.with(|whom| whom.first().cloned()),
            facts: self.facts.with(|facts| facts.iter().filter_map(|at| Fact::ALL.get(*at)).copied().collect()),
            seen: self.seen.get(),
            thought: self.thought.get(),
            known_by: chosen(KnownBy::ALL, self.known_by),
            told_by: self.told_by.get(),
            step: self.step.with(|step| step.first().copied()),
            own_step: self.own_step.get(),
            due: self.due.get(),
            owner: self.owner.with(|owner| owner.first().cloned()),
        })
    }

    /// What goes along into a closed journal.
    pub fn apart(self) -> guarded::Half {
        let Half { seen, thought, known_by, told_by, .. } = self.half();
        guarded::Half { apart: true, seen, thought, known_by, told_by, ..guarded::Half::default() }
    }

    pub fn is_now(self) -> bool {
        chosen(Severity::ALL, self.severity) == Some(Severity::Now)
    }

    pub fn own_step(self) -> bool {
        self.step.with(|step| step.contains(&OWN_STEP))
    }

    pub fn is_told(self) -> bool {
        told(chosen(KnownBy::ALL, self.known_by))
    }

    /// Whom it is about.
    pub fn about(self) -> Whom {
        self.whom.with_untracked(|whom| match whom.first().map(String::as_str) {
            Some(SOMEBODY_ELSE) => Whom::SomebodyElse,
            Some(person) => person.parse().map_or(Whom::Household, Whom::Person),
            None => Whom::Household,
        })
    }

    /// The signal that the form says, or what is wrong with it.
    pub fn read(self) -> Result<Concern, Errors> {
        let half = self.half();
        let mut wrong: Vec<(&'static str, Wrong)> = Vec::new();
        if half.tile.is_none() {
            wrong.push(("thema", Wrong::Empty));
        }
        if half.severity.is_none() {
            wrong.push(("ernst", Wrong::Empty));
        }
        let due = if half.due.is_empty() { None } else { half.due.parse().ok() };
        if due.is_none() && !half.due.is_empty() {
            wrong.push(("dag", Wrong::Empty));
        }
        let next_step = match half.step {
            Some(OWN_STEP) => half.own_step.trim().to_owned(),
            Some(at) => t::STEPS.get(at).map(|(dutch, _)| *dutch).unwrap_or_default().to_owned(),
            None => String::new(),
        };
        let concern = Concern {
            tile: half.tile.unwrap_or(Tile::Money),
            severity: half.severity.unwrap_or(Severity::Watch),
            facts: half.facts,
            seen: half.seen.trim().to_owned(),
            thought: half.thought.trim().to_owned(),
            known_by: half.known_by.unwrap_or(KnownBy::SawIt),
            told_by: if told(half.known_by) { half.told_by.trim().to_owned() } else { String::new() },
            owner: half.owner.and_then(|owner| owner.parse().ok()),
            next_step,
            due,
        };
        wrong.extend(noting::check_concern(&concern, when::today()).into_iter().map(|(at, why)| {
            let id = match at {
                At::Text if why == Wrong::NothingSeen => "feiten",
                At::Text => "gezien",
                At::Thought => "denk",
                At::Gesture => "eigen-stap",
                At::ToldBy => "verteld",
                At::FollowUp | At::HappenedOn => "dag",
            };
            (id, why)
        }));
        let mut errors: Errors = wrong.into_iter().map(|(id, why)| (id, t::wrong(id, why))).collect();
        errors.extend(self.guard.check(&[
            ("gezien", &concern.seen),
            ("denk", &concern.thought),
            ("verteld", &concern.told_by),
            ("eigen-stap", &concern.next_step),
        ]));
        if errors.is_empty() { Ok(concern) } else { Err(errors) }
    }
}

fn told(known_by: Option<KnownBy>) -> bool {
    matches!(known_by, Some(KnownBy::Neighbour | KnownBy::Party))
}
