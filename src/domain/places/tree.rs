//! Rows as places within places. Any order of rows gives the same tree.

use std::collections::BTreeMap;

use super::super::body::{Address, Place, PlaceKind};
use super::row::Row;

/// The way to a group from the outside in: what it is called, and of what class.
pub(super) type Path = Vec<(Class, String)>;

/// Kinds that may take each other's place when a name was corrected: a gallery turns out to be a stairwell, never a complex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Complex,
    Street,
    Part,
}

impl Class {
    /// `None` for what holds no other places.
    pub(super) fn of(kind: PlaceKind) -> Option<Self> {
        match kind {
            PlaceKind::Complex => Some(Self::Complex),
            PlaceKind::Street => Some(Self::Street),
            PlaceKind::Stairwell | PlaceKind::Gallery | PlaceKind::Courtyard => Some(Self::Part),
            PlaceKind::Door | PlaceKind::Spot => None,
        }
    }
}

/// By what a door or spot is known in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeafKey {
    Door(AddressKey),
    Spot(String),
}

/// Street, number, letter, addition.
pub(super) type AddressKey = (String, u32, (String, String));

/// A complex, street, stairwell, gallery or courtyard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) kind: PlaceKind,
    pub(super) name: String,
}

/// A door or spot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) within: Path,
    pub(super) place: Place,
}

/// What one neighbourhood should look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// What stands around comes before what stands in it.
    pub(super) groups: BTreeMap<Path, Group>,
    pub(super) leaves: BTreeMap<LeafKey, Leaf>,
}

impl Tree {
    /// How many places of a kind.
    #[must_use]
    pub fn count(&self, of: impl Fn(PlaceKind) -> bool) -> usize {
        let groups = self.groups.values().map(|group| group.kind);
        groups.chain(self.leaves.values().map(|leaf| leaf.place.kind)).filter(|kind| of(*kind)).count()
    }
}

/// The tree of the rows of one neighbourhood.
pub fn tree<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Tree {
    let mut tree = Tree::default();
    for row in rows {
        let path = path(row);
        for (depth, (kind, name)) in row.within.iter().enumerate() {
            let key = path.get(..=depth).unwrap_or(&path).to_vec();
            let group = tree.groups.entry(key).or_insert_with(|| Group { kind: *kind, name: name.clone() });
            // Two ways to write one name: the same one wins in whatever order they come.
            if *name < group.name {
                group.name.clone_from(name);
            }
        }
        if let Some(key) = leaf_key(&row.place) {
            tree.leaves.insert(key, Leaf { within: path, place: row.place.clone() });
        }
    }
    tree
}

/// The way to the place of a row.
pub(super) fn path(row: &Row) -> Path {
    row.within.iter().filter_map(|(kind, name)| Some((Class::of(*kind)?, name_key(name)))).collect()
}

/// Two names are one if they differ in capitals, blanks or the form of an apostrophe only.
pub(super) fn name_key(name: &str) -> String {
    let plain = name.chars().map(|c| if "’‘`´".contains(c) { '\'' } else { c });
    plain.flat_map(char::to_lowercase).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// By what a place is known; `None` for what holds other places, and for a door without an address.
pub(super) fn leaf_key(place: &Place) -> Option<LeafKey> {
    match (place.kind, &place.address) {
        (PlaceKind::Door, Some(address)) => Some(LeafKey::Door(address_key(address))),
        (PlaceKind::Spot, _) => Some(LeafKey::Spot(name_key(&place.name))),
        _ => None,
    }
}

/// What tells a door from every other in its neighbourhood.
pub(super) fn address_key(address: &Address) -> AddressKey {
    (name_key(&address.street), address.number, suffix_key(address))
}

/// What stands behind the number.
pub(super) fn suffix_key(address: &Address) -> (String, String) {
    (address.letter.to_uppercase(), address.addition.to_uppercase())
}
