//! The promise: what two people change without seeing each other stays until a person chooses; nobody's own edits conflict.
//!
//! Three people write about one concern, each upon what they had pulled plus their own unsent entries, and send in any order. What must
//! stand in each field is said here without the fold: a value stands until somebody replaces it who saw it, or who wrote it.

use std::collections::BTreeSet;

use super::*;
use waakvlam::domain::caseload::ConcernState;
use waakvlam::domain::register::Register;

const PEOPLE: [UserId; 3] = [JAMILA, BERT, INEKE];

#[derive(Clone, Debug)]
enum Move {
    /// Somebody writes, offline.
    Write(usize, What),
    /// Somebody sends all they have and pulls.
    Sync(usize),
    /// Somebody pulls only.
    Pull(usize),
}

#[derive(Clone, Debug)]
enum What {
    Severity(Severity),
    NextStep(u8),
    Owner(usize),
    Close,
    Open,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let what = prop_oneof![
        4 => prop::sample::select(Severity::ALL).prop_map(What::Severity),
        3 => (0..4_u8).prop_map(What::NextStep),
        2 => (0..3_usize).prop_map(What::Owner),
        2 => Just(What::Close),
        1 => Just(What::Open),
    ];
    let one = prop_oneof![
        4 => (0..3_usize, what).prop_map(|(who, what)| Move::Write(who, what)),
        2 => (0..3_usize).prop_map(Move::Sync),
        1 => (0..3_usize).prop_map(Move::Pull),
    ];
    prop::collection::vec(one, 1..40)
}

struct Writers {
    journal: Story,
    of: EntryId,
    pulled: [usize; 3],
    pending: [Vec<Entry>; 3],
    written: u128,
}

impl Writers {
    fn new() -> Self {
        let mut journal = Story::with_home();
        let of = journal.home(JAMILA, concern(Severity::Discuss));
        let all = journal.0.len();
        Self { journal, of, pulled: [all; 3], pending: Default::default(), written: 0 }
    }

    fn sees(&self, who: usize) -> std::sync::Arc<ConcernState> {
        let entries = self.journal.0[..self.pulled[who]].iter().chain(&self.pending[who]);
        Caseload::fold(entries.cloned()).concerns[&self.of].clone()
    }

    fn write(&mut self, who: usize, what: &What) {
        let state = self.sees(who);
        let (saw, set) = match what {
            What::Severity(severity) => (state.severity.seen(), Set::Severity(*severity)),
            What::NextStep(step) => (state.next_step.seen(), Set::NextStep(step.to_string())),
            What::Owner(owner) => (state.owner.seen(), Set::Owner(Some(PEOPLE[*owner]))),
            What::Close => (state.seen_to_close(), closed("opgelost")),
            What::Open => (state.standing.seen(), Set::Standing(Standing::Open)),
        };
        self.written += 1;
        let n = u64::try_from(self.written).unwrap();
        let body = change(self.of, &saw, set).into();
        let (written_at, subject) = (start(), Subject::Household(HOME));
        self.pending[who].push(Entry {
            id: EntryId(id(50_000 + self.written)),
            author: PEOPLE[who],
            device: DeviceId(PEOPLE[who].0),
            n,
            seq: None,
            received_at: None,
            payload: Some(Payload { written_at, clock_ahead_ms: None, subject, group: None, body }),
        });
    }

    fn sync(&mut self, who: usize) {
        for mut entry in std::mem::take(&mut self.pending[who]) {
            entry.seq = Some(self.journal.0.len() as u64 + 1);
            self.journal.0.push(entry);
        }
        self.pulled[who] = self.journal.0.len();
    }
}

/// The entries whose value stands in a field, said without the fold.
fn stands(entries: &[Entry], of: EntryId, field: fn(&Set) -> bool) -> BTreeSet<EntryId> {
    let sets = entries.iter().filter_map(|entry| match &entry.payload.as_ref().unwrap().body {
        Body::Change(change) if field(&change.set) => Some((entry.id, entry.author, change.saw.as_slice())),
        Body::Concern(_) if entry.id == of => Some((entry.id, entry.author, [].as_slice())),
        _ => None,
    });
    let sets: Vec<_> = sets.collect();
    let replaced = |i: usize| sets[i + 1..].iter().any(|(_, author, saw)| saw.contains(&sets[i].0) || *author == sets[i].1);
    (0..sets.len()).filter(|i| !replaced(*i)).map(|i| sets[i].0).collect()
}

fn heads<T: PartialEq + Clone>(field: &Register<T>) -> BTreeSet<EntryId> {
    field.heads().map(|head| head.by).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_nobody_saw_stays_until_somebody_chooses(moves in moves()) {
        let mut writers = Writers::new();
        for step in &moves {
            match step {
                Move::Write(who, what) => writers.write(*who, what),
                Move::Sync(who) => writers.sync(*who),
                Move::Pull(who) => writers.pulled[*who] = writers.journal.0.len(),
            }
        }
        (0..3).for_each(|who| writers.sync(who));
        let (entries, of) = (&writers.journal.0, writers.of);
        let state = &writers.journal.fold().concerns[&of];
        // Fields do not touch each other, whatever came in between.
        prop_assert_eq!(heads(&state.severity), stands(entries, of, |set| matches!(set, Set::Severity(_))));
        prop_assert_eq!(heads(&state.next_step), stands(entries, of, |set| matches!(set, Set::NextStep(_))));
        prop_assert_eq!(heads(&state.owner), stands(entries, of, |set| matches!(set, Set::Owner(_))));
        // The highest that stands counts.
        prop_assert_eq!(Some(state.severity()), state.severity.heads().map(|head| head.value).max());
        // Each person has at most one value in a field: their own edits never conflict.
        for person in PEOPLE {
            prop_assert!(state.severity.heads().filter(|head| head.author == person).count() <= 1);
            prop_assert!(state.next_step.heads().filter(|head| head.author == person).count() <= 1);
            prop_assert!(state.standing.heads().filter(|head| head.author == person).count() <= 1);
        }
        // One tap chooses: a change that saw both leaves one.
        let chosen = state.severity.seen();
        writers.journal.home(INEKE, change(of, &chosen, Set::Severity(Severity::Watch)));
        prop_assert!(!writers.journal.fold().concerns[&of].severity.conflict());
    }

    #[test]
    fn a_close_counts_only_if_its_writer_saw_all(moves in moves()) {
        let mut writers = Writers::new();
        for step in &moves {
            match step {
                Move::Write(who, what) => writers.write(*who, what),
                Move::Sync(who) => writers.sync(*who),
                Move::Pull(who) => writers.pulled[*who] = writers.journal.0.len(),
            }
        }
        (0..3).for_each(|who| writers.sync(who));
        let of = writers.of;
        // Line by line: whenever a line closes the concern, its writer had seen what stood on severity and on open or closed.
        for (i, entry) in writers.journal.0.iter().enumerate() {
            let Body::Change(change) = &entry.payload.as_ref().unwrap().body else { continue };
            let before = Caseload::fold(writers.journal.0[..i].to_vec()).concerns[&of].clone();
            let after = Caseload::fold(writers.journal.0[..=i].to_vec()).concerns[&of].clone();
            let saw_all = before.seen_to_close().iter().all(|seen| change.saw.contains(seen));
            if let Set::Standing(Standing::Closed { .. }) = &change.set {
                if saw_all {
                    prop_assert!(!after.is_open() && after.proposed_close.is_empty());
                } else {
                    prop_assert_eq!(after.is_open(), before.is_open());
                    prop_assert!(after.proposed_close.iter().any(|head| head.by == entry.id), "\"sluiten voorgesteld\"");
                }
            } else {
                // No other line closes it, and a change to a closed concern by somebody who did not see it closed opens it.
                prop_assert!(after.is_open(), "{:?} left it closed", change.set);
            }
        }
    }
}

#[test]
fn one_persons_edits_on_one_offline_phone_never_conflict() {
    let mut writers = Writers::new();
    for severity in [Severity::Now, Severity::Watch, Severity::Discuss] {
        writers.write(1, &What::Severity(severity));
    }
    writers.sync(1);
    let state = &writers.journal.fold().concerns[&writers.of];
    assert!(!state.has_conflict(), "the concern's first value was seen, and the later ones are of one hand");
    assert_eq!(state.severity(), Severity::Discuss);
}
