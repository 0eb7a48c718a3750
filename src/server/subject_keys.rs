//! A key for each subject, under which what is written about it lies in the database; and a way to lose one for ever.
//!
//! The keys are the leaves of a binary tree of 128 levels: each seed gives its two children by a hash, and a subject's number says which way to go. So
//! nothing has to be kept for a new subject, and every server with the same keyring has the same key at once. To lose one leaf, the seeds
//! above it are forgotten and their other children are kept instead, 128 at most: every other key can still be worked out, this one by nobody
//! (a GGM tree, punctured). A backup of the database from before is unreadable about that subject from then on, for whoever has no older
//! copy of the keyring.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError, RwLock};

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::credentials::random32;
use crate::domain::{EntryId, JournalId, Subject};
use crate::sync::chain::Bytes32;
use crate::sync::seal::{KEY_BYTES, NONCE_BYTES};

/// How deep a subject lies.
const LEVELS: u8 = 128;
/// So many keys are kept at hand: a neighbourhood's doors many times over, 4 MB.
const AT_HAND: usize = 32_768;

/// Which key: a number that says nothing of the subject to who does not know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(u128);

impl KeyId {
    /// For what is about nobody.
    pub const NOBODY: Self = Self(0);

    /// The key of a subject.
    #[must_use]
    pub fn of(subject: Subject) -> Self {
        let (kind, id) = match subject {
            Subject::Place(id) => (1, id.0),
            Subject::Household(id) => (2, id.0),
            Subject::Person(id) => (3, id.0),
        };
        let hash = Sha256::new().chain_update(b"waakvlam subject").chain_update([kind]).chain_update(id.as_bytes()).finalize();
        Self(Uuid::from_slice(&hash[..16]).map(|id| id.as_u128()).unwrap_or_default())
    }

    /// As it stands in the database.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }

    /// From the database.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self(u128::from_be_bytes(bytes.try_into().ok()?)))
    }
}

/// What is left of the tree: seeds by the first leaf below each, with their depth.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Tree {
    /// Tells whether a database was written with it.
    pub(super) id: Uuid,
    seeds: BTreeMap<u128, (u8, Bytes32)>,
}

fn child(seed: &Bytes32, right: bool) -> Bytes32 {
    Bytes32(Sha256::new().chain_update(seed.0).chain_update([u8::from(right)]).finalize().into())
}

/// Whether the way to a leaf goes right, below a depth.
fn right(leaf: u128, depth: u8) -> bool {
    (leaf >> (LEVELS - 1 - depth)) & 1 == 1
}

impl Tree {
    pub(super) fn draw() -> Self {
        Self { id: Uuid::new_v4(), seeds: BTreeMap::from([(0, (0, Bytes32(random32())))]) }
    }

    /// The seed that a leaf lies below.
    fn above(&self, leaf: u128) -> Option<(u128, u8, Bytes32)> {
        let (start, (depth, seed)) = self.seeds.range(..=leaf).next_back()?;
        // Below it are the leaves that begin with as many of the same bits.
        ((leaf ^ start).leading_zeros() >= u32::from(*depth)).then_some((*start, *depth, *seed))
    }

    fn key(&self, leaf: u128) -> Option<Bytes32> {
        let (_, depth, mut seed) = self.above(leaf)?;
        for depth in depth..LEVELS {
            seed = child(&seed, right(leaf, depth));
        }
        Some(seed)
    }

    /// Loses a leaf; `false` if it was lost already.
    pub(super) fn lose(&mut self, key: KeyId) -> bool {
        let leaf = key.0;
        let Some((start, depth, mut seed)) = self.above(leaf) else { return false };
        self.seeds.remove(&start);
        for depth in depth..LEVELS {
            let goes_right = right(leaf, depth);
            let bit = 1_u128 << (LEVELS - 1 - depth);
            // Where the other child begins: the same way until here, then the other, then all left.
            let other = (leaf & !(bit | (bit - 1))) | if goes_right { 0 } else { bit };
            self.seeds.insert(other, (depth + 1, child(&seed, !goes_right)));
            seed = child(&seed, goes_right);
        }
        true
    }
}

/// As it stands in the keyring.
#[derive(Serialize, Deserialize)]
struct Written {
    id: Uuid,
    /// First leaf, depth and seed.
    seeds: Vec<(Uuid, u8, Bytes32)>,
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let seeds = self.seeds.iter().map(|(start, (depth, seed))| (Uuid::from_u128(*start), *depth, *seed)).collect();
        Written { id: self.id, seeds }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { id, seeds } = Written::deserialize(deserializer)?;
        if seeds.iter().any(|(_, depth, _)| *depth > LEVELS) {
            return Err(D::Error::custom("a seed that lies too deep"));
        }
        Ok(Self { id, seeds: seeds.into_iter().map(|(start, depth, seed)| (start.as_u128(), (depth, seed))).collect() })
    }
}

/// What became of opening.
#[derive(Debug, PartialEq, Eq)]
pub enum Opened {
    /// What was sealed.
    Text(Vec<u8>),
    /// Its key was lost: it is about somebody who was erased.
    Lost,
    /// It was not sealed so.
    Wrong,
}

/// The keys, ready for use.
pub struct SubjectKeys {
    tree: RwLock<Tree>,
    at_hand: Mutex<HashMap<KeyId, Bytes32>>,
}

impl std::fmt::Debug for SubjectKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SubjectKeys (secret)")
    }
}

impl SubjectKeys {
    /// Draws new ones, which stand nowhere else.
    #[must_use]
    pub fn draw() -> Self {
        Self::of(Tree::draw())
    }

    pub(super) fn of(tree: Tree) -> Self {
        Self { tree: RwLock::new(tree), at_hand: Mutex::default() }
    }

    /// Which tree this is.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.tree.read().unwrap_or_else(PoisonError::into_inner).id
    }

    /// Goes on with what the keyring has now.
    pub(super) fn replace(&self, tree: Tree) {
        let mut ours = self.tree.write().unwrap_or_else(PoisonError::into_inner);
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *ours = tree;
    }

    fn key(&self, key: KeyId) -> Option<Bytes32> {
        if let Some(known) = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(*known);
        }
        // Held until it is at hand, so that a key that is being lost is not kept after it.
        let tree = self.tree.read().unwrap_or_else(PoisonError::into_inner);
        let found = tree.key(key.0)?;
        let mut at_hand = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner);
        if at_hand.len() >= AT_HAND {
            at_hand.clear();
        }
        at_hand.insert(key, found);
        Some(found)
    }

    /// Whether the key is there.
    #[must_use]
    pub fn has(&self, key: KeyId) -> bool {
        self.tree.read().unwrap_or_else(PoisonError::into_inner).above(key.0).is_some()
    }

    /// Seals: nonce ‖ ciphertext ‖ tag. `None` if the key was lost.
    #[must_use]
    pub fn seal(&self, key: KeyId, text: &[u8], bound_to: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let cipher = cipher(&self.key(key)?.0);
        let sealed = cipher.encrypt(Nonce::from_slice(&nonce), Payload { msg: text, aad: bound_to }).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed under this key and bound to the same.
    #[must_use]
    pub fn open(&self, key: KeyId, sealed: &[u8], bound_to: &[u8]) -> Opened {
        let Some(key) = self.key(key) else { return Opened::Lost };
        let Some((nonce, sealed)) = sealed.split_at_checked(NONCE_BYTES) else { return Opened::Wrong };
        let opened = cipher(&key.0).decrypt(Nonce::from_slice(nonce), Payload { msg: sealed, aad: bound_to });
        opened.map_or(Opened::Wrong, Opened::Text)
    }
}

fn cipher(key: &[u8; KEY_BYTES]) -> Aes256Gcm {
    Aes256Gcm::new(key.into())
}

/// What an entry's text is bound to.
#[must_use]
pub fn entry_aad(journal: JournalId, id: EntryId) -> Vec<u8> {
    [b"waakvlam entry ".as_slice(), journal.0.as_bytes(), id.0.as_bytes()].concat()
}

/// What a record that was set apart is bound to.
#[must_use]
pub fn apart_aad(journal: JournalId, hash: &Bytes32) -> Vec<u8> {
    [b"waakvlam apart ".as_slice(), journal.0.as_bytes(), &hash.0].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_sealed_opens_there_and_nowhere_else() {
        let keys = SubjectKeys::draw();
        let key = KeyId(7);
        let sealed = keys.seal(key, b"koffie", b"here").unwrap();
        assert_eq!(keys.open(key, &sealed, b"here"), Opened::Text(b"koffie".to_vec()));
        assert_eq!(keys.open(key, &sealed, b"there"), Opened::Wrong);
        assert_eq!(keys.open(KeyId(8), &sealed, b"here"), Opened::Wrong);
        assert_eq!(keys.open(key, &sealed[..9], b"here"), Opened::Wrong);
        assert_eq!(SubjectKeys::draw().open(key, &sealed, b"here"), Opened::Wrong);
    }

    proptest! {
        /// Near each other and far apart, the first and the last leaf too.
        #[test]
        fn what_is_lost_is_lost_and_all_else_is_as_it_was(
            lost in proptest::collection::btree_set(prop_oneof![any::<u128>(), 0..9_u128, (u128::MAX - 9)..=u128::MAX], 1..12),
            other in prop_oneof![any::<u128>(), 0..9_u128, (u128::MAX - 9)..=u128::MAX],
        ) {
            let whole = Tree::draw();
            let mut tree = whole.clone();
            for leaf in &lost {
                prop_assert!(tree.lose(KeyId(*leaf)));
                prop_assert!(!tree.lose(KeyId(*leaf)), "once");
            }
            let near = lost.iter().flat_map(|leaf| [leaf.wrapping_sub(1), leaf.wrapping_add(1), leaf ^ (1 << 127), leaf ^ (1 << 64)]);
            for leaf in near.chain([other]).chain(lost.clone()) {
                let expected = whole.key(leaf).filter(|_| !lost.contains(&leaf));
                prop_assert_eq!(tree.key(leaf), expected);
            }
            let written = serde_json::to_vec(&tree).unwrap();
            prop_assert!(serde_json::from_slice::<Tree>(&written).unwrap() == tree);
            // None of what is kept is on the way to what was lost.
            let mut seed = whole.seeds[&0].1;
            for depth in 0..LEVELS {
                prop_assert!(tree.seeds.values().all(|(_, kept)| *kept != seed));
                seed = child(&seed, right(*lost.first().unwrap(), depth));
            }
            prop_assert!(tree.seeds.values().all(|(_, kept)| *kept != seed));
        }
    }

    #[test]
    fn a_lost_key_is_not_at_hand_either() {
        let keys = SubjectKeys::draw();
        let subject = Subject::Person(crate::domain::PersonId(Uuid::from_u128(5)));
        let key = KeyId::of(subject);
        assert_ne!(key, KeyId::of(Subject::Household(crate::domain::HouseholdId(Uuid::from_u128(5)))));
        assert_eq!(KeyId::read(&key.bytes()), Some(key));
        let sealed = keys.seal(key, b"x", b"").unwrap();
        let mut tree = keys.tree.read().unwrap().clone();
        tree.lose(key);
        keys.replace(tree);
        assert_eq!((keys.open(key, &sealed, b""), keys.has(key), keys.seal(key, b"y", b"")), (Opened::Lost, false, None));
        assert!(keys.seal(KeyId::NOBODY, b"y", b"").is_some());
    }
}
