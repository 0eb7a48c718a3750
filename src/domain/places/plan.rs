//! What has to be written so that a journal's places become those of the file.

use std::collections::{BTreeMap, BTreeSet};

use super::super::body::{Body, Place, PlaceHidden, PlaceKind};
use super::super::caseload::Caseload;
use super::super::entry::Subject;
use super::super::ids::{JournalId, PlaceId, UserId};
use super::matching::{Known, Matches, known, matches};
use super::tree::{Class, Tree, leaf_key};

/// One entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// About which place.
    pub id: PlaceId,
    /// As it will be; as it was, where it goes.
    pub place: Place,
    /// What becomes of it.
    pub what: What,
}

/// What becomes of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It was not there.
    New,
    /// It was there, and is described otherwise.
    Changed {
        /// As it was.
        was: Place,
    },
    /// It had vanished from the file and stands there again.
    Back,
    /// It is no longer in the file.
    Gone,
}

impl Step {
    /// The entry.
    #[must_use]
    pub fn entry(&self) -> (Subject, Body) {
        let body = match self.what {
            What::Gone => PlaceHidden { successor: None }.into(),
            _ => self.place.clone().into(),
        };
        (Subject::Place(self.id), body)
    }
}

/// Everything that has to be written, in order: what stands around comes before what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The entries.
    pub steps: Vec<Step>,
    /// How many places stay as they are.
    pub same: usize,
    /// Doors and spots of the file that a colleague took away: they stay hidden.
    pub taken_away: Vec<Place>,
    /// How many doors and spots stand there that came from a file, before.
    pub doors_before: usize,
}

impl Plan {
    /// How many doors and spots go.
    #[must_use]
    pub fn doors_gone(&self) -> usize {
        self.steps.iter().filter(|step| step.what == What::Gone && Class::of(step.place.kind).is_none()).count()
    }
}

/// Lays the tree beside what the journal adds up to. `server` is who writes imports: only what it wrote goes when the file
/// no longer has it, and only what it took away comes back.
#[must_use]
pub fn plan(journal: JournalId, tree: &Tree, caseload: &Caseload, server: UserId) -> Plan {
    let known = known(caseload, server);
    let Matches { groups, leaves } = matches(journal, tree, caseload, &known);
    let standing = known.values().filter(|known| known.imported && known.state.hidden.is_none());
    let doors_before = standing.filter(|known| Class::of(known.state.place.kind).is_none()).count();
    let mut planning = Planning { known: &known, plan: Plan { doors_before, ..Plan::default() } };
    for (path, group) in &tree.groups {
        let Some(id) = groups.get(path) else { continue };
        let parent = path.split_last().and_then(|(_, around)| groups.get(&around.to_vec())).copied();
        planning.wants(*id, Place { kind: group.kind, name: group.name.clone(), parent, floor: None, address: None });
    }
    for (key, leaf) in &tree.leaves {
        let Some(id) = leaves.get(key) else { continue };
        planning.wants(*id, Place { parent: groups.get(&leaf.within).copied(), ..leaf.place.clone() });
    }
    planning.rest(&groups.into_values().chain(leaves.into_values()).collect());
    planning.plan
}

struct Planning<'k> {
    known: &'k BTreeMap<PlaceId, Known<'k>>,
    plan: Plan,
}

impl Planning<'_> {
    fn wants(&mut self, id: PlaceId, mut place: Place) {
        let is_group = Class::of(place.kind).is_some();
        let what = match self.known.get(&id) {
            None => What::New,
            Some(known) => {
                let state = known.state;
                // The file says nothing of a gallery's floor.
                if is_group {
                    place.floor = state.place.floor;
                }
                if known.taken_away && !is_group {
                    return self.plan.taken_away.push(place);
                }
                if state.hidden.is_some() {
                    What::Back
                } else if state.place == place {
                    self.plan.same += 1;
                    return;
                } else {
                    What::Changed { was: state.place.clone() }
                }
            }
        };
        self.plan.steps.push(Step { id, place, what });
    }

    /// What the file does not have goes, unless a colleague put it there, or something stays in it.
    fn rest(&mut self, wanted: &BTreeSet<PlaceId>) {
        let goes = |known: &&Known<'_>| known.imported && known.state.hidden.is_none() && !wanted.contains(&known.state.id);
        let mut needed: BTreeSet<PlaceId> = BTreeSet::new();
        let stays = self.known.values().filter(|known| known.state.hidden.is_none());
        for known in stays.filter(|known| !goes(known) && !wanted.contains(&known.state.id)) {
            let mut around = known.state.place.parent;
            while let Some(id) = around.filter(|id| needed.insert(*id)) {
                around = self.known.get(&id).and_then(|known| known.state.place.parent);
            }
        }
        let mut gone: Vec<&Known<'_>> =
            self.known.values().filter(goes).filter(|known| !needed.contains(&known.state.id)).collect();
        // What stands in something goes first; the rest is for who reads the report.
        gone.sort_by_key(|known| {
            let place = &known.state.place;
            let depth = (Class::of(place.kind).is_some(), place.kind == PlaceKind::Complex);
            (depth, leaf_key(place), place.name.clone(), known.state.id)
        });
        let steps = gone.into_iter().map(|known| Step { id: known.state.id, place: known.state.place.clone(), what: What::Gone });
        self.plan.steps.extend(steps);
    }
}
