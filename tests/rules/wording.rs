//! The promise: a worry reads as its writer worded it last, nobody else words it, and what it said first stays.

use waakvlam::domain::body::{Fact, Rewording};

use super::*;

pub fn rewording(of: EntryId, seen: &str) -> Body {
    Rewording { of, facts: vec![Fact::DoorOpen], seen: seen.to_owned(), thought: "kan beter".to_owned() }.into()
}

#[test]
fn only_its_writer_words_a_worry_anew_and_a_worry_only() {
    let of = EntryId(id(9));
    let body = rewording(of, "gezien");
    for (user, kind, said) in [
        (BERT, "concern", Ok(())),
        (INEKE, "concern", Err(Refusal::NotYours)),
        (BERT, "visit", Err(Refusal::Target)),
        (BERT, "rewording", Err(Refusal::Target)),
    ] {
        let target = Target { author: BERT, kind: kind.to_owned() };
        for journal in [JournalKind::Neighbourhood, JournalKind::Closed] {
            let actor = Actor::User { user, role: Role::Supervisor };
            assert_eq!(may(actor, journal, &body, Some(&target)), said, "{kind} in {journal:?}");
        }
    }
}

#[test]
fn a_worry_worded_anew_reads_so_and_keeps_what_others_changed() {
    let mut story = Story::with_home();
    let of = story.home(JAMILA, concern(Severity::Discuss));
    let before = story.fold().concerns[&of].concern.clone();
    story.home(BERT, change(of, &[of], Set::Severity(Severity::Now)));
    story.home(BERT, change(of, &[of], closed("gaat goed")));
    // On two phones, neither of which had seen the other: the last one stands, and both are in the history.
    let (first, last) = (story.home(JAMILA, rewording(of, "eerst")), story.home(JAMILA, rewording(of, "toen")));
    let caseload = story.fold();
    let state = &caseload.concerns[&of];
    assert_eq!((state.concern.seen.as_str(), state.concern.thought.as_str()), ("toen", "kan beter"));
    assert_eq!(state.concern.facts, [Fact::DoorOpen]);
    assert_eq!((state.concern.tile, state.concern.known_by), (before.tile, before.known_by));
    assert_eq!(state.rewordings, [first, last]);
    let Body::Concern(written) = &state.entry.payload.as_ref().unwrap().body else { panic!("no worry") };
    assert_eq!(written, &before, "what it said first stays");
    assert!(!state.has_conflict());
    assert_eq!(state.severity(), Severity::Now, "saying it better makes it no less serious");
    assert_eq!(state.proposed_close.len(), 1, "and neither closes nor opens it");
    assert!(caseload.history_of(DOOR).iter().any(|entry| entry.id == first));
}

#[test]
fn somebody_else_does_not_word_a_worry_anew_also_where_it_comes_first() {
    let mut story = Story::with_home();
    let of = story.home(JAMILA, concern(Severity::Discuss));
    let theirs = story.home(BERT, rewording(of, "iets anders"));
    let own = story.home(JAMILA, rewording(of, "beter"));
    // What comes before the worry waits for it, and is judged then.
    let mut entries = story.0.clone();
    entries.sort_by_key(|entry| entry.id == of);
    for entries in [story.0.clone(), entries] {
        let caseload = Caseload::fold(entries);
        assert_eq!(caseload.concerns[&of].concern.seen, "beter");
        assert_eq!(caseload.concerns[&of].rewordings, [own]);
        assert_eq!(caseload.inadmissible, [theirs]);
        assert!(caseload.waiting.is_empty());
    }
}
