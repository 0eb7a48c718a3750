//! The states that a caseload is made of.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::body::{
    Building, Called, Concern, Household, HouseholdEnded, HowOften, Person, Place, PlaceHidden, Referral, ReferralStep, Settled,
    Severity, Stage, Standing, Told, Verdict, Visit,
};
use crate::domain::entry::Entry;
use crate::domain::ids::{EntryId, HouseholdId, PersonId, PlaceId, UserId};
use crate::domain::register::{Head, Register};

/// A place as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceState {
    /// Its id.
    pub id: PlaceId,
    /// What it is.
    pub place: Place,
    /// Set when it is no more.
    pub hidden: Option<PlaceHidden>,
}

/// A household as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct HouseholdState {
    /// Its id.
    pub id: HouseholdId,
    /// Behind which door, since when.
    pub household: Household,
    /// Set when it ended.
    pub ended: Option<HouseholdEnded>,
    /// How often we come by, once somebody said so.
    pub flame: Option<Register<HowOften>>,
    /// Who belongs to it, in the order of writing.
    pub persons: Vec<PersonId>,
    /// What they were told last about what is written down.
    pub told: Option<Told>,
}

/// A person as last described.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonState {
    /// Their id.
    pub id: PersonId,
    /// What was said last.
    pub person: Person,
}

/// A contact as it counts now.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitState {
    /// The entry that noted it.
    pub entry: Arc<Entry>,
    /// What it says after corrections.
    pub visit: Visit,
    /// The corrections, oldest first.
    pub corrections: Vec<EntryId>,
    /// Set when its writer took it back.
    pub withdrawn: Option<EntryId>,
}

/// A concern as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcernState {
    /// The entry that noted it.
    pub entry: Arc<Entry>,
    /// As first written; its facts and words as they were worded last.
    pub concern: Concern,
    /// The entries that worded it anew, oldest first.
    pub rewordings: Vec<EntryId>,
    /// How serious; the greatest that stands counts.
    pub severity: Register<Severity>,
    /// Who takes it on.
    pub owner: Register<Option<UserId>>,
    /// What is done next.
    pub next_step: Register<String>,
    /// By which day.
    pub due: Register<Option<NaiveDate>>,
    /// Open or closed.
    pub standing: Register<Standing>,
    /// Closings that did not close: their writer had not seen everything, or did not say what came of it.
    pub proposed_close: Vec<Head<String>>,
    /// Who was called about it.
    pub called: Vec<(EntryId, Called)>,
    /// Set when its writer took it back.
    pub withdrawn: Option<EntryId>,
}

/// A signal about the building.
#[derive(Clone, Debug, PartialEq)]
pub struct BuildingState {
    /// The entry that noted it.
    pub entry: Arc<Entry>,
    /// What it says.
    pub building: Building,
    /// Set when its writer took it back.
    pub withdrawn: Option<EntryId>,
}

impl ConcernState {
    /// Whether it still asks for somebody. Two opinions mean yes.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.withdrawn.is_none() && self.standing.heads().any(|head| head.value == Standing::Open)
    }

    /// How serious it counts.
    #[must_use]
    pub fn severity(&self) -> Severity {
        *self.severity.greatest()
    }

    /// Whether somebody must be called now: urgent, open, and nobody was called.
    #[must_use]
    pub fn must_call(&self) -> bool {
        self.is_open() && self.severity() == Severity::Now && self.called.is_empty()
    }

    /// Whether a person has to choose between two versions of some field.
    #[must_use]
    pub fn has_conflict(&self) -> bool {
        self.severity.conflict()
            || self.owner.conflict()
            || self.next_step.conflict()
            || self.due.conflict()
            || self.standing.conflict()
    }

    /// What a closing written now must name as seen: all that stands on severity and on open or closed.
    #[must_use]
    pub fn seen_to_close(&self) -> Vec<EntryId> {
        let mut seen = self.standing.seen();
        seen.extend(self.severity.seen());
        seen.sort_unstable();
        seen.dedup();
        seen
    }
}

/// A supervisor's reaction.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewState {
    /// The entry that says it.
    pub by: EntryId,
    /// Who.
    pub author: UserId,
    /// When, by their clock.
    pub at: DateTime<Utc>,
    /// What.
    pub verdict: Verdict,
}

/// What became of an entry, as somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledState {
    /// The entry that says it.
    pub by: EntryId,
    /// Who.
    pub author: UserId,
    /// When, by their clock.
    pub at: DateTime<Utc>,
    /// What.
    pub settled: Settled,
}

/// Help that was asked, with its way so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferralState {
    /// The entry that asked.
    pub entry: Arc<Entry>,
    /// What was asked.
    pub referral: Referral,
    /// Its steps, in the order of the journal.
    pub steps: Vec<ReferralStepState>,
    /// Set when its writer took it back.
    pub withdrawn: Option<EntryId>,
}

/// A step on the way of help.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferralStepState {
    /// The entry that says it.
    pub by: EntryId,
    /// Who.
    pub author: UserId,
    /// When, by their clock.
    pub at: DateTime<Utc>,
    /// What.
    pub step: ReferralStep,
}

impl ReferralState {
    /// Whether it may go to the party: the resident agreed, or a supervisor released it.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.referral.agreed.is_some() || self.steps.iter().any(|state| state.step.stage == Stage::Released)
    }

    /// Whether it waits for a supervisor: no consent, not released, and nobody said that it is over.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.withdrawn.is_none() && !self.is_free() && self.stage().is_none()
    }

    /// How far it is: the last step, a release left out; nothing while it lies ready.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.steps.iter().rev().map(|state| state.step.stage).find(|stage| *stage != Stage::Released)
    }

    /// Whether somebody still has to ask after it: help has not begun, and nobody said why not.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.withdrawn.is_none() && !self.stage().is_some_and(|stage| stage.has_begun() || stage.is_why_not())
    }
}

impl VisitState {
    /// When the contact was: the day that was given, else the time of writing.
    #[must_use]
    pub fn when(&self) -> DateTime<Utc> {
        let written = self.entry.payload.as_ref().map_or(DateTime::UNIX_EPOCH, |payload| payload.written_at);
        match self.visit.happened_on.and_then(|day| day.and_hms_opt(12, 0, 0)) {
            Some(noon) => noon.and_utc().min(written),
            None => written,
        }
    }
}

pub(super) fn concern_state(entry: &Arc<Entry>, at: DateTime<Utc>, concern: &Concern) -> ConcernState {
    macro_rules! register {
        ($value:expr) => {
            Register::new(Head { by: entry.id, author: entry.author, at, value: $value })
        };
    }
    ConcernState {
        entry: Arc::clone(entry),
        concern: concern.clone(),
        rewordings: Vec::new(),
        severity: register!(concern.severity),
        owner: register!(concern.owner),
        next_step: register!(concern.next_step.clone()),
        due: register!(concern.due),
        standing: register!(Standing::Open),
        proposed_close: Vec::new(),
        called: Vec::new(),
        withdrawn: None,
    }
}
