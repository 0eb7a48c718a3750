//! What a journal adds up to: a pure fold over its entries.
//!
//! - The same entries in the same order give the same caseload on every device. The order is the
//!   journal's number, then what is still pending, by n.
//! - Nothing is dropped. An entry whose parent is not there yet waits, visibly, and takes effect when the
//!   parent comes; an entry that this version can't read is kept and counted.
//! - What only adds up (visits, reviews, calls) can't conflict. What is a field is a [`Register`].
//! - A concern closes only when the one who closed it had seen all that stood there and said what came of it;
//!   otherwise closing is proposed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::body::{
    Body, Building, Called, Change, Concern, Correction, Flame, Household, HouseholdEnded, HowOften, Person, Place, PlaceHidden,
    PlaceKind, Review, Set, Severity, Staff, Standing, Verdict, Visit, Withdrawal,
};
use super::entry::{Entry, Subject};
use super::ids::{EntryId, HouseholdId, PersonId, PlaceId, UserId};
use super::register::{Head, Register};
use super::rights::{Actor, JournalKind, Role, Target, may};

/// Changes when the same entries would fold to something else: snapshots are keyed by it.
pub const FOLD_VERSION: u32 = 2;

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
    /// As first written.
    pub concern: Concern,
    /// How serious; the greatest that stands counts.
    pub severity: Register<Severity>,
    /// Who takes it on.
    pub owner: Register<Option<UserId>>,
    /// What is done next.
    pub next_step: Register<String>,
    /// By which day.
    pub due: Register<Option<chrono::NaiveDate>>,
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

/// What a journal adds up to. A copy shares what has not changed: pending entries are laid on a copy each time, on a phone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caseload {
    /// Every entry, read or not.
    pub entries: BTreeMap<EntryId, Arc<Entry>>,
    /// The entries about each subject, in order.
    pub history: BTreeMap<Subject, Vec<EntryId>>,
    /// Places.
    pub places: BTreeMap<PlaceId, Arc<PlaceState>>,
    /// Households, ended ones too.
    pub households: BTreeMap<HouseholdId, Arc<HouseholdState>>,
    /// The households that live behind a door now: one, or two when two phones began it unseen.
    pub behind: BTreeMap<PlaceId, Vec<HouseholdId>>,
    /// Persons.
    pub persons: BTreeMap<PersonId, Arc<PersonState>>,
    /// Contacts.
    pub visits: BTreeMap<EntryId, Arc<VisitState>>,
    /// Concerns.
    pub concerns: BTreeMap<EntryId, Arc<ConcernState>>,
    /// Signals about buildings by entry.
    pub buildings: BTreeMap<EntryId, Arc<BuildingState>>,
    /// Reactions, by the entry they are about.
    pub reviews: BTreeMap<EntryId, Vec<ReviewState>>,
    /// Staff by user.
    pub staff: BTreeMap<UserId, Arc<Staff>>,
    /// Entries whose parent is not there yet, by that parent.
    pub waiting: BTreeMap<EntryId, Vec<Arc<Entry>>>,
    /// Households' and persons' entries that came before their household.
    pub orphans: BTreeMap<HouseholdId, Vec<Arc<Entry>>>,
    /// Entries that this version can't read.
    pub unreadable: Vec<EntryId>,
    /// Entries that had no effect: a correction of somebody else's words and the like.
    pub inadmissible: Vec<EntryId>,
}

impl Caseload {
    /// Folds entries in the order given.
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut caseload = Self::default();
        for entry in entries {
            caseload.apply(entry);
        }
        caseload
    }

    /// Takes one more entry in. An id that is there already has no effect.
    pub fn apply(&mut self, entry: Entry) {
        if self.entries.contains_key(&entry.id) {
            return;
        }
        let entry = Arc::new(entry);
        self.entries.insert(entry.id, Arc::clone(&entry));
        if let Some(payload) = &entry.payload {
            self.history.entry(payload.subject).or_default().push(entry.id);
        }
        self.effect(&entry);
    }

    fn effect(&mut self, entry: &Arc<Entry>) {
        let Some(payload) = &entry.payload else {
            self.unreadable.push(entry.id);
            return;
        };
        if let Some(of) = payload.body.of() {
            let Some(target) = self.entries.get(&of) else {
                self.waiting.entry(of).or_default().push(Arc::clone(entry));
                return;
            };
            let target = Target { author: target.author, kind: target.payload.as_ref().map_or("", |p| p.body.kind()).to_owned() };
            // The role was judged at the door; here counts only whose entry it is about and of what type.
            let actor = Actor::User { user: entry.author, role: Role::Supervisor };
            if may(actor, JournalKind::Neighbourhood, &payload.body, Some(&target)).is_err() {
                self.inadmissible.push(entry.id);
                return;
            }
        }
        match (&payload.body, payload.subject) {
            (Body::Place(place), Subject::Place(id)) => {
                self.places.insert(id, Arc::new(PlaceState { id, place: place.clone(), hidden: None }));
            }
            (Body::PlaceHidden(hidden), Subject::Place(id)) => {
                if let Some(state) = self.places.get_mut(&id) {
                    Arc::make_mut(state).hidden = Some(hidden.clone());
                }
            }
            (Body::Household(household), Subject::Household(id)) => self.household(id, household),
            (Body::HouseholdEnded(_) | Body::Flame(_), Subject::Household(id)) => self.of_household(id, entry),
            (Body::Person(person), Subject::Person(_)) => self.of_household(person.household, entry),
            (Body::Visit(visit), _) => {
                let state =
                    VisitState { entry: Arc::clone(entry), visit: visit.clone(), corrections: Vec::new(), withdrawn: None };
                self.visits.insert(entry.id, Arc::new(state));
            }
            (Body::Concern(concern), _) => {
                self.concerns.insert(entry.id, Arc::new(concern_state(entry, payload.written_at, concern)));
            }
            (Body::Building(building), Subject::Place(_)) => {
                let state = BuildingState { entry: Arc::clone(entry), building: building.clone(), withdrawn: None };
                self.buildings.insert(entry.id, Arc::new(state));
            }
            (Body::Change(change), _) => self.change(entry, payload.written_at, change),
            (Body::Correction(Correction { of, visit }), _) => {
                if let Some(state) = self.visits.get_mut(of).map(Arc::make_mut) {
                    state.visit = visit.clone();
                    state.corrections.push(entry.id);
                }
            }
            (Body::Withdrawal(Withdrawal { of }), _) => self.withdraw(*of, entry.id),
            (Body::Review(Review { of, verdict }), _) => self.reviews.entry(*of).or_default().push(ReviewState {
                by: entry.id,
                author: entry.author,
                at: payload.written_at,
                verdict: verdict.clone(),
            }),
            (Body::Called(called), _) => {
                if let Some(state) = self.concerns.get_mut(&called.of) {
                    Arc::make_mut(state).called.push((entry.id, called.clone()));
                }
            }
            (Body::Staff(staff), Subject::Person(person)) => {
                self.staff.insert(UserId(person.0), Arc::new(staff.clone()));
            }
            (Body::Unknown { .. }, _) => self.unreadable.push(entry.id),
            _ => self.inadmissible.push(entry.id),
        }
        if let Some(waiting) = self.waiting.remove(&entry.id) {
            for entry in waiting {
                self.effect(&entry);
            }
        }
    }

    fn household(&mut self, id: HouseholdId, household: &Household) {
        self.households.entry(id).or_insert_with(|| {
            let household = household.clone();
            Arc::new(HouseholdState { id, household, ended: None, flame: None, persons: Vec::new() })
        });
        // Two phones may both begin one; the first stays the one that new entries are about, the other keeps its own.
        let behind = self.behind.entry(household.door).or_default();
        if !behind.contains(&id) {
            behind.push(id);
        }
        for entry in self.orphans.remove(&id).unwrap_or_default() {
            self.of_household(id, &entry);
        }
    }

    fn of_household(&mut self, id: HouseholdId, entry: &Arc<Entry>) {
        let Some(state) = self.households.get_mut(&id).map(Arc::make_mut) else {
            self.orphans.entry(id).or_default().push(Arc::clone(entry));
            return;
        };
        let Some(payload) = &entry.payload else { return };
        match (&payload.body, payload.subject) {
            (Body::HouseholdEnded(ended), _) => {
                state.ended = Some(ended.clone());
                if let Some(behind) = self.behind.get_mut(&state.household.door) {
                    behind.retain(|other| *other != id);
                }
            }
            (Body::Flame(Flame { how_often, saw }), _) => {
                let head = Head { by: entry.id, author: entry.author, at: payload.written_at, value: *how_often };
                match &mut state.flame {
                    Some(flame) => flame.set(saw, head),
                    none => *none = Some(Register::new(head)),
                }
            }
            (Body::Person(person), Subject::Person(person_id)) => {
                if !state.persons.contains(&person_id) {
                    state.persons.push(person_id);
                }
                self.persons.insert(person_id, Arc::new(PersonState { id: person_id, person: person.clone() }));
            }
            _ => {}
        }
    }

    fn change(&mut self, entry: &Arc<Entry>, at: DateTime<Utc>, change: &Change) {
        let Some(state) = self.concerns.get_mut(&change.of).map(Arc::make_mut) else { return };
        let saw = &change.saw;
        macro_rules! head {
            ($value:expr) => {
                Head { by: entry.id, author: entry.author, at, value: $value.clone() }
            };
        }
        match &change.set {
            Set::Severity(value) => state.severity.set(saw, head!(value)),
            Set::Owner(value) => state.owner.set(saw, head!(value)),
            Set::NextStep(value) => state.next_step.set(saw, head!(value)),
            Set::Due(value) => state.due.set(saw, head!(value)),
            Set::Standing(Standing::Closed { came_of }) => {
                let saw_all = state.seen_to_close().iter().all(|seen| saw.contains(seen));
                if saw_all && !came_of.trim().is_empty() {
                    state.standing.set(saw, head!(Standing::Closed { came_of: came_of.clone() }));
                    state.proposed_close.clear();
                } else {
                    state.proposed_close.push(head!(came_of));
                }
                return;
            }
            Set::Standing(Standing::Open) => state.standing.set(saw, head!(Standing::Open)),
        }
        // Who changes a closed concern had not seen that it was closed: it opens, and closing it stays proposed.
        if !state.is_open() && !matches!(change.set, Set::Standing(_)) && state.withdrawn.is_none() {
            let closed: Vec<Head<Standing>> = state.standing.heads().cloned().collect();
            for head in closed {
                if let Standing::Closed { came_of } = head.value {
                    state.proposed_close.push(Head { by: head.by, author: head.author, at: head.at, value: came_of });
                }
            }
            let seen = state.standing.seen();
            state.standing.set(&seen, head!(Standing::Open));
        }
    }

    fn withdraw(&mut self, of: EntryId, by: EntryId) {
        if let Some(state) = self.visits.get_mut(&of) {
            Arc::make_mut(state).withdrawn = Some(by);
        } else if let Some(state) = self.concerns.get_mut(&of) {
            Arc::make_mut(state).withdrawn = Some(by);
        } else if let Some(state) = self.buildings.get_mut(&of) {
            Arc::make_mut(state).withdrawn = Some(by);
        }
    }

    // --- Reading -------------------------------------------------------------------------------

    /// The door (or other place) that a subject belongs to.
    #[must_use]
    pub fn place_of(&self, subject: Subject) -> Option<PlaceId> {
        match subject {
            Subject::Place(place) => Some(place),
            Subject::Household(id) => self.households.get(&id).map(|state| state.household.door),
            Subject::Person(id) => {
                let person = self.persons.get(&id)?;
                self.households.get(&person.person.household).map(|state| state.household.door)
            }
        }
    }

    /// Everything that was written about a place, who lives there now, and their persons; oldest first by the
    /// order of the journal. Households that ended are left out: the next begins empty.
    #[must_use]
    pub fn history_of(&self, place: PlaceId) -> Vec<&Arc<Entry>> {
        let mut subjects = vec![Subject::Place(place)];
        for household in self.behind.get(&place).into_iter().flatten().filter_map(|id| self.households.get(id)) {
            subjects.push(Subject::Household(household.id));
            subjects.extend(household.persons.iter().map(|person| Subject::Person(*person)));
        }
        let mut entries: Vec<&Arc<Entry>> = subjects
            .iter()
            .filter_map(|subject| self.history.get(subject))
            .flatten()
            .filter_map(|id| self.entries.get(id))
            .collect();
        entries.sort_by_key(|entry| (entry.seq.unwrap_or(u64::MAX), entry.n));
        entries
    }

    /// The contacts at a place that count, latest first, each with the day it was on.
    #[must_use]
    pub fn visits_at(&self, place: PlaceId) -> Vec<&VisitState> {
        let mut visits: Vec<&VisitState> = self
            .history_of(place)
            .into_iter()
            .filter_map(|entry| self.visits.get(&entry.id).map(Arc::as_ref))
            .filter(|state| state.withdrawn.is_none())
            .collect();
        visits.sort_by_key(|state| std::cmp::Reverse(state.when()));
        visits
    }

    /// The concerns about a place and those who live there that are open, most serious first.
    #[must_use]
    pub fn open_concerns_at(&self, place: PlaceId) -> Vec<&ConcernState> {
        let mut concerns: Vec<&ConcernState> = self
            .history_of(place)
            .into_iter()
            .filter_map(|entry| self.concerns.get(&entry.id).map(Arc::as_ref))
            .filter(|state| state.is_open())
            .collect();
        concerns.sort_by_key(|state| std::cmp::Reverse(state.severity()));
        concerns
    }

    /// The household that lives behind a door now.
    #[must_use]
    pub fn household_at(&self, door: PlaceId) -> Option<&HouseholdState> {
        self.behind.get(&door)?.first().and_then(|id| self.households.get(id)).map(Arc::as_ref)
    }

    /// What a place is called, with what it is part of: "Lindestraat 12-2".
    #[must_use]
    pub fn place_name(&self, place: PlaceId) -> String {
        self.places.get(&place).map_or_else(String::new, |state| {
            state.place.address.as_ref().filter(|_| state.place.kind == PlaceKind::Door).map_or_else(
                || match state.place.parent.and_then(|parent| self.places.get(&parent)) {
                    Some(parent) if state.place.kind != PlaceKind::Complex => {
                        format!("{}, {}", state.place.name, parent.place.name)
                    }
                    _ => state.place.name.clone(),
                },
                ToString::to_string,
            )
        })
    }

    /// The name that colleagues see, from the organisation's journal.
    #[must_use]
    pub fn staff_name(&self, user: UserId) -> Option<&str> {
        self.staff.get(&user).map(|staff| staff.name.as_str())
    }

    /// The parts of a place, by name; hidden ones left out.
    #[must_use]
    pub fn parts_of(&self, place: Option<PlaceId>) -> Vec<&PlaceState> {
        let parts = self.places.values().map(Arc::as_ref).filter(|state| state.hidden.is_none() && state.place.parent == place);
        let mut parts: Vec<&PlaceState> = parts.collect();
        parts.sort_by_key(|state| sort_key(&state.place));
        parts
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

impl std::fmt::Display for super::body::Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}{}", self.street, self.number, self.letter)?;
        if self.addition.is_empty() { Ok(()) } else { write!(f, "-{}", self.addition) }
    }
}

fn sort_key(place: &Place) -> (String, u32, String, String) {
    place.address.as_ref().map_or_else(
        || (place.name.clone(), 0, String::new(), String::new()),
        |address| (address.street.clone(), address.number, address.letter.clone(), address.addition.clone()),
    )
}

fn concern_state(entry: &Arc<Entry>, at: DateTime<Utc>, concern: &Concern) -> ConcernState {
    macro_rules! register {
        ($value:expr) => {
            Register::new(Head { by: entry.id, author: entry.author, at, value: $value })
        };
    }
    ConcernState {
        entry: Arc::clone(entry),
        concern: concern.clone(),
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
