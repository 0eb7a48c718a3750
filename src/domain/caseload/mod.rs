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

use chrono::{DateTime, NaiveDate, Utc};

use super::body::{
    Absence, Body, Change, Correction, Flame, Household, PutOff, Review, Rewording, Set, Settled, SettledAs, Staff, Standing,
    Withdrawal, WorkingDays,
};
use super::directory::Directory;
use super::entry::{Entry, Subject};
use super::ids::{EntryId, HouseholdId, PersonId, PlaceId, UserId};
use super::register::{Head, Register};
use super::rights::{Actor, JournalKind, Role, Target, may};

mod reading;
mod states;

pub use states::{
    BuildingState, ConcernState, HouseholdState, PersonState, PlaceState, ReferralState, ReferralStepState, ReviewState,
    SettledState, VisitState,
};

/// Changes when the same entries would fold to something else: snapshots are keyed by it.
pub const FOLD_VERSION: u32 = 7;

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
    /// What became of entries that have no fields of their own, by the entry it is about.
    pub settled: BTreeMap<EntryId, Vec<SettledState>>,
    /// Entries that their writers took back, with the entry that says so.
    pub withdrawn: BTreeMap<EntryId, EntryId>,
    /// Help that was asked, by the entry that asked.
    pub referrals: BTreeMap<EntryId, Arc<ReferralState>>,
    /// Doors behind which somebody wants to be left alone, with the entry that says so.
    pub no_contact: BTreeMap<PlaceId, EntryId>,
    /// The days on which somebody works, as last said.
    pub working_days: BTreeMap<UserId, Arc<WorkingDays>>,
    /// Who is away when, by the entry that says so.
    pub absences: BTreeMap<EntryId, (UserId, Absence)>,
    /// What somebody put off at a place, and until when.
    pub put_off: BTreeMap<(UserId, PlaceId), NaiveDate>,
    /// Staff by user.
    pub staff: BTreeMap<UserId, Arc<Staff>>,
    /// Whom to call and whom to ask, as the office set it.
    pub directory: Directory,
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
            let closed = matches!(payload.body, Body::MeldcodeStep(_) | Body::Reader(_));
            let kind = if closed { JournalKind::Closed } else { JournalKind::Neighbourhood };
            if may(actor, kind, &payload.body, Some(&target)).is_err() {
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
            (Body::HouseholdEnded(_) | Body::Flame(_) | Body::Behind(_) | Body::Told(_), Subject::Household(id)) => {
                self.of_household(id, entry);
            }
            (Body::Person(person), Subject::Person(_)) => self.of_household(person.household, entry),
            (Body::Visit(visit), _) => {
                let state =
                    VisitState { entry: Arc::clone(entry), visit: visit.clone(), corrections: Vec::new(), withdrawn: None };
                self.visits.insert(entry.id, Arc::new(state));
            }
            (Body::Concern(concern), _) => {
                self.concerns.insert(entry.id, Arc::new(states::concern_state(entry, payload.written_at, concern)));
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
            // Its writer's alone, so the last in the journal's order stands: somebody's two phones never conflict with themselves.
            (Body::Rewording(Rewording { of, facts, seen, thought }), _) => {
                if let Some(state) = self.concerns.get_mut(of).map(Arc::make_mut) {
                    state.concern.facts.clone_from(facts);
                    state.concern.seen.clone_from(seen);
                    state.concern.thought.clone_from(thought);
                    state.rewordings.push(entry.id);
                }
            }
            (Body::Withdrawal(Withdrawal { of }), _) => self.withdraw(*of, entry.id),
            (Body::Review(Review { of, verdict }), _) => self.reviews.entry(*of).or_default().push(ReviewState {
                by: entry.id,
                author: entry.author,
                at: payload.written_at,
                verdict: verdict.clone(),
            }),
            // Taken back before what it is about was there.
            (Body::Called(_) | Body::ReferralStep(_), _) if self.withdrawn.contains_key(&entry.id) => {}
            (Body::Called(called), _) => {
                if let Some(state) = self.concerns.get_mut(&called.of) {
                    Arc::make_mut(state).called.push((entry.id, called.clone()));
                }
            }
            (Body::Staff(staff), Subject::Person(person)) => {
                self.staff.insert(UserId(person.0), Arc::new(staff.clone()));
            }
            (Body::HelpLine(line), _) if self.directory.set_line(line) => {}
            (Body::PartyContact(party), _) if self.directory.set_party(party) => {}
            (Body::Settled(settled), _) => self.settle(entry, payload.written_at, settled),
            (Body::Referral(referral), _) => {
                let referral = referral.clone();
                let state = ReferralState { entry: Arc::clone(entry), referral, steps: Vec::new(), withdrawn: None };
                self.referrals.insert(entry.id, Arc::new(state));
            }
            (Body::ReferralStep(step), _) => {
                if let Some(state) = self.referrals.get_mut(&step.of).map(Arc::make_mut) {
                    let (by, author, at) = (entry.id, entry.author, payload.written_at);
                    state.steps.push(ReferralStepState { by, author, at, step: step.clone() });
                }
            }
            (Body::NoContact(_), Subject::Place(door)) => {
                self.no_contact.insert(door, entry.id);
            }
            // About oneself only.
            (Body::WorkingDays(days), Subject::Person(person)) if person.0 == entry.author.0 => {
                self.working_days.insert(entry.author, Arc::new(days.clone()));
            }
            (Body::Absence(absence), Subject::Person(person)) if person.0 == entry.author.0 => {
                self.absences.insert(entry.id, (entry.author, absence.clone()));
            }
            (Body::PutOff(PutOff { until }), Subject::Place(place)) => {
                self.put_off.insert((entry.author, place), *until);
            }
            // These only add up: they are read where they are shown, from the history of whom they are about.
            (Body::Known(_), Subject::Place(_) | Subject::Household(_))
            | (Body::Consent(_) | Body::Guarded(_), Subject::Household(_) | Subject::Person(_))
            | (
                Body::Gesture(_)
                | Body::Tie(_)
                | Body::Objection(_)
                | Body::MeldcodeStep(_)
                | Body::Founding(_)
                | Body::Reader(_),
                _,
            ) => {}
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
            Arc::new(HouseholdState { id, household, ended: None, flame: None, persons: Vec::new(), told: None })
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
            (Body::Behind(behind), _) => {
                // Found out later: what was noted where they were met stands behind their door from now on.
                let before = std::mem::replace(&mut state.household.door, behind.door);
                if let Some(households) = self.behind.get_mut(&before) {
                    households.retain(|other| *other != id);
                }
                let households = self.behind.entry(behind.door).or_default();
                if state.ended.is_none() && !households.contains(&id) {
                    households.push(id);
                }
            }
            (Body::Told(told), _) => state.told = Some(told.clone()),
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

    fn settle(&mut self, entry: &Arc<Entry>, at: DateTime<Utc>, settled: &Settled) {
        // It says something of the words in it, and settles nothing.
        if settled.how == SettledAs::NotBsn {
            return;
        }
        if matches!(settled.how, SettledAs::Over | SettledAs::Overruled) {
            self.no_contact.retain(|_, by| *by != settled.of);
        }
        let (by, author, settled) = (entry.id, entry.author, settled.clone());
        self.settled.entry(settled.of).or_default().push(SettledState { by, author, at, settled });
    }

    /// An end that was taken back: they live there still, unless a colleague noted the same.
    fn live_again(&mut self, of: EntryId) {
        let subject = self.entries.get(&of).and_then(|entry| entry.payload.as_ref()).map(|payload| payload.subject);
        let Some(Subject::Household(id)) = subject else { return };
        let mut ends = self.history.get(&Subject::Household(id)).into_iter().flatten().filter_map(|entry| {
            let entry = self.entries.get(entry).filter(|entry| !self.withdrawn.contains_key(&entry.id))?;
            match &entry.payload.as_ref()?.body {
                Body::HouseholdEnded(ended) => Some(ended.clone()),
                _ => None,
            }
        });
        let stands = ends.next_back();
        let Some(state) = self.households.get_mut(&id).filter(|state| state.ended.is_some()).map(Arc::make_mut) else { return };
        state.ended = stands;
        if state.ended.is_none() {
            let behind = self.behind.entry(state.household.door).or_default();
            if !behind.contains(&id) {
                behind.push(id);
            }
        }
    }

    fn withdraw(&mut self, of: EntryId, by: EntryId) {
        self.withdrawn.insert(of, by);
        self.absences.remove(&of);
        self.no_contact.retain(|_, entry| *entry != of);
        // A call or a step of help goes from where it stands: what it ended is open again.
        match self.entries.get(&of).and_then(|entry| entry.payload.as_ref()).map(|payload| &payload.body) {
            Some(Body::Called(called)) => {
                if let Some(state) = self.concerns.get_mut(&called.of) {
                    Arc::make_mut(state).called.retain(|(by, _)| *by != of);
                }
            }
            Some(Body::ReferralStep(step)) => {
                if let Some(state) = self.referrals.get_mut(&step.of) {
                    Arc::make_mut(state).steps.retain(|state| state.by != of);
                }
            }
            _ => {}
        }
        self.live_again(of);
        if let Some(state) = self.visits.get_mut(&of) {
            Arc::make_mut(state).withdrawn = Some(by);
        } else if let Some(state) = self.concerns.get_mut(&of) {
            Arc::make_mut(state).withdrawn = Some(by);
        } else if let Some(state) = self.buildings.get_mut(&of) {
            Arc::make_mut(state).withdrawn = Some(by);
        } else if let Some(state) = self.referrals.get_mut(&of) {
            Arc::make_mut(state).withdrawn = Some(by);
        }
    }
}
