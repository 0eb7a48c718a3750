//! Which place of the file is which place of the journal. What was written about a place is about its id, so a place keeps
//! its id through every correction that leaves no doubt which one is meant.
//!
//! A door is found by its street, number, letter and addition; else by its postcode in place of the street (a street was renamed
//! or misspelt); else by either with letter and addition read as one (`12` `A` `` or `12` `` `A`), where only one can be meant. What stands around
//! doors is found by its name, else by where most of its doors are.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::super::body::{Address, Body, Place, PlaceKind};
use super::super::caseload::{Caseload, PlaceState};
use super::super::entry::Subject;
use super::super::ids::{JournalId, PlaceId, UserId};
use super::tree::{Class, LeafKey, Path, Tree, leaf_key, name_key, suffix_key};

/// Places lie no deeper than this within each other.
const DEEPEST: usize = 8;

/// A place of the journal.
pub(super) struct Known<'a> {
    pub(super) state: &'a PlaceState,
    /// It came from a file, not from a colleague.
    pub(super) imported: bool,
    /// A colleague took it away, not a file.
    pub(super) taken_away: bool,
}

/// The places of the journal, and who wrote them.
pub(super) fn known(caseload: &Caseload, server: UserId) -> BTreeMap<PlaceId, Known<'_>> {
    let known = caseload.places.values().map(|state| {
        let ids = caseload.history.get(&Subject::Place(state.id)).into_iter().flatten();
        let entries =
            ids.filter_map(|id| caseload.entries.get(id)).filter_map(|entry| Some((entry.author, &entry.payload.as_ref()?.body)));
        let (mut imported, mut taken_away) = (false, false);
        for (author, body) in entries {
            match body {
                Body::Place(_) => imported |= author == server,
                Body::PlaceHidden(_) => taken_away = author != server,
                _ => {}
            }
        }
        (state.id, Known { state, imported, taken_away: taken_away && state.hidden.is_some() })
    });
    known.collect()
}

/// The id of everything in the tree.
pub(super) struct Matches<'t> {
    pub(super) groups: BTreeMap<&'t Path, PlaceId>,
    pub(super) leaves: BTreeMap<&'t LeafKey, PlaceId>,
}

pub(super) fn matches<'t>(
    journal: JournalId,
    tree: &'t Tree,
    caseload: &Caseload,
    known: &BTreeMap<PlaceId, Known<'_>>,
) -> Matches<'t> {
    let mut matching = Matching { journal, tree, caseload, known, claimed: BTreeSet::new() };
    let found = matching.leaves();
    let groups = matching.groups(&found);
    let leaves =
        tree.leaves.keys().map(|key| (key, found.get(key).copied().unwrap_or_else(|| matching.new_id(&format!("{key:?}")))));
    Matches { leaves: leaves.collect(), groups }
}

struct Matching<'t, 'k> {
    journal: JournalId,
    tree: &'t Tree,
    caseload: &'k Caseload,
    known: &'k BTreeMap<PlaceId, Known<'k>>,
    claimed: BTreeSet<PlaceId>,
}

type Found<'t> = BTreeMap<&'t LeafKey, PlaceId>;

impl<'t> Matching<'t, '_> {
    fn leaves(&mut self) -> Found<'t> {
        let mut found = Found::new();
        let street = |address: &Address| (name_key(&address.street), address.number);
        let postcode = |address: &Address| (!address.postcode.is_empty()).then(|| (address.postcode.clone(), address.number));
        let as_one = |address: &Address| suffix_key(address).0 + suffix_key(address).1.as_str();
        self.pair(&mut found, true, leaf_key);
        self.pair(&mut found, false, |place| door(place).and_then(|at| Some((postcode(at)?, suffix_key(at)))));
        self.pair(&mut found, false, |place| door(place).map(|at| (street(at), as_one(at))));
        self.pair(&mut found, false, |place| door(place).and_then(|at| Some((postcode(at)?, as_one(at)))));
        found
    }

    /// Pairs what the file wants with what the journal has, by a key; where the key is not `exact`, only when one on each side has it.
    fn pair<K: Ord>(&mut self, found: &mut Found<'t>, exact: bool, key: impl Fn(&Place) -> Option<K>) {
        let mut asked: BTreeMap<K, Vec<&'t LeafKey>> = BTreeMap::new();
        for (name, leaf) in self.tree.leaves.iter().filter(|(name, _)| !found.contains_key(name)) {
            if let Some(key) = key(&leaf.place) {
                asked.entry(key).or_default().push(name);
            }
        }
        let mut there: BTreeMap<K, Vec<&PlaceState>> = BTreeMap::new();
        for Known { state, .. } in self.known.values().filter(|known| !self.claimed.contains(&known.state.id)) {
            if let Some(key) = key(&state.place) {
                there.entry(key).or_default().push(state);
            }
        }
        for (key, leaves) in asked {
            let [leaf] = leaves.as_slice() else { continue };
            if let Some(place) = there.get(&key).and_then(|candidates| choose(candidates, exact)) {
                self.claimed.insert(place);
                found.insert(leaf, place);
            }
        }
    }

    fn groups(&mut self, found: &Found<'t>) -> BTreeMap<&'t Path, PlaceId> {
        let mut by_name: BTreeMap<(Option<PlaceId>, Class, String), Vec<&PlaceState>> = BTreeMap::new();
        for Known { state, .. } in self.known.values() {
            if let Some(class) = Class::of(state.place.kind) {
                by_name.entry((state.place.parent, class, name_key(&state.place.name))).or_default().push(state);
            }
        }
        let votes = self.votes(found);
        let mut ids = BTreeMap::new();
        for depth in 1..=self.tree.groups.keys().map(Vec::len).max().unwrap_or(0) {
            let level: Vec<&'t Path> = self.tree.groups.keys().filter(|path| path.len() == depth).collect();
            for path in &level {
                let Some(((class, name), around)) = path.split_last() else { continue };
                let parent = ids.get(&around.to_vec()).copied();
                let named = by_name.get(&(parent, *class, name.clone()));
                let free: Vec<&PlaceState> =
                    named.into_iter().flatten().copied().filter(|state| !self.claimed.contains(&state.id)).collect();
                if let Some(place) = choose(&free, true) {
                    self.claimed.insert(place);
                    ids.insert(*path, place);
                }
            }
            for (_, path, place) in votes.iter().filter(|(_, path, _)| path.len() == depth) {
                if !ids.contains_key(path) && self.claimed.insert(*place) {
                    ids.insert(path, *place);
                }
            }
            for path in level {
                if !ids.contains_key(path) {
                    let id = self.new_id(&format!("{path:?}"));
                    ids.insert(path, id);
                }
            }
        }
        ids
    }

    /// Where more than half of the known doors of a group are now; most doors first.
    fn votes(&self, found: &Found<'t>) -> Vec<(usize, &'t Path, PlaceId)> {
        let paths: BTreeMap<&[(Class, String)], &'t Path> = self.tree.groups.keys().map(|path| (path.as_slice(), path)).collect();
        let mut votes: BTreeMap<(&'t Path, PlaceId), usize> = BTreeMap::new();
        let mut doors: BTreeMap<&'t Path, usize> = BTreeMap::new();
        for (key, place) in found {
            let Some(leaf) = self.tree.leaves.get(*key) else { continue };
            let around = self.around(*place);
            for depth in 1..=leaf.within.len() {
                let Some(path) = leaf.within.get(..depth).and_then(|path| paths.get(path)).copied() else { continue };
                *doors.entry(path).or_default() += 1;
                let class = path.last().map(|(class, _)| *class);
                for state in around.iter().filter(|state| Class::of(state.place.kind) == class) {
                    *votes.entry((path, state.id)).or_default() += 1;
                }
            }
        }
        let most = |path: &Path, count: usize| doors.get(path).is_some_and(|doors| count * 2 > *doors);
        let mut votes: Vec<_> = votes
            .into_iter()
            .filter(|((path, _), count)| most(path, *count))
            .map(|((path, place), count)| (count, path, place))
            .collect();
        votes.sort_by_key(|(count, path, place)| (std::cmp::Reverse(*count), *path, *place));
        votes
    }

    /// What a place is part of now, from the inside out.
    fn around(&self, place: PlaceId) -> Vec<&PlaceState> {
        let parent = |id: &PlaceId| self.known.get(id).and_then(|known| known.state.place.parent);
        let ids = std::iter::successors(parent(&place), parent).take(DEEPEST);
        ids.filter_map(|id| self.known.get(&id)).map(|known| known.state).collect()
    }

    /// The same for the same file in the same journal, and nobody else's.
    fn new_id(&mut self, key: &str) -> PlaceId {
        let ids = (0_u32..).map(|round| {
            let digest = Sha256::new()
                .chain_update(b"waakvlam place")
                .chain_update(self.journal.0.as_bytes())
                .chain_update(round.to_be_bytes())
                .chain_update(key.as_bytes())
                .finalize();
            let mut bytes = [0; 16];
            bytes.iter_mut().zip(digest).for_each(|(byte, drawn)| *byte = drawn);
            PlaceId(Builder::from_custom_bytes(bytes).into_uuid())
        });
        let free = |id: &PlaceId| {
            !self.claimed.contains(id)
                && !self.known.contains_key(id)
                && !self.caseload.history.contains_key(&Subject::Place(*id))
        };
        let id = ids.into_iter().find(free).unwrap_or(PlaceId(Uuid::nil()));
        self.claimed.insert(id);
        id
    }
}

fn door(place: &Place) -> Option<&Address> {
    place.address.as_ref().filter(|_| place.kind == PlaceKind::Door)
}

/// The one that is meant: one that stands before one that is gone. With an exact key the first of several, else none of them.
fn choose(candidates: &[&PlaceState], exact: bool) -> Option<PlaceId> {
    let standing: Vec<PlaceId> = candidates.iter().filter(|state| state.hidden.is_none()).map(|state| state.id).collect();
    let pick = if standing.is_empty() { candidates.iter().map(|state| state.id).collect() } else { standing };
    match pick.as_slice() {
        [one] => Some(*one),
        [first, ..] if exact => Some(*first),
        _ => None,
    }
}
