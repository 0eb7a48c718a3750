#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

use super::*;
use crate::domain::body::{Agreed, AgreedBy, Ground, KnownBy, ReferralStep, Severity};
use crate::domain::caseload::ReferralStepState;
use crate::domain::{DeviceId, Entry, EntryId, UserId};

fn today() -> NaiveDate {
    "2026-03-02".parse().unwrap()
}

fn concern() -> Concern {
    Concern {
        tile: Tile::Money,
        severity: Severity::Discuss,
        facts: vec![Fact::MailPilesUp, Fact::Confused],
        seen: "Drie brieven van een deurwaarder.".into(),
        thought: "Ik denk dat hij gokt.".into(),
        known_by: KnownBy::Neighbour,
        told_by: "mevrouw Bakker".into(),
        owner: None,
        next_step: String::new(),
        due: None,
    }
}

fn agreed(word: &str) -> Agreed {
    Agreed { by: AgreedBy::Resident, word: word.into(), on: today(), interpreter: String::new() }
}

fn asked(agreed: Option<Agreed>, ground: Option<Ground>) -> Referral {
    let of = EntryId(Uuid::from_u128(1));
    Referral { of, party: Party::Welfare, shared: "Er liggen brieven.".into(), agreed, ground }
}

fn state(referral: Referral, stages: &[Stage]) -> ReferralState {
    let author = UserId(Uuid::from_u128(2));
    let entry = Entry {
        id: EntryId(Uuid::from_u128(3)),
        author,
        device: DeviceId(Uuid::from_u128(4)),
        n: 1,
        seq: None,
        received_at: None,
        payload: None,
    };
    let at: DateTime<Utc> = "2026-03-02T09:00:00Z".parse().unwrap();
    let steps = stages.iter().enumerate().map(|(n, stage)| ReferralStepState {
        by: EntryId(Uuid::from_u128(100 + n as u128)),
        author,
        at,
        step: ReferralStep { of: entry.id, stage: *stage, text: String::new(), weeks: None },
    });
    let steps = steps.collect();
    ReferralState { entry: Arc::new(entry), referral, steps, withdrawn: None }
}

#[test]
fn nothing_is_asked_without_consent_or_a_ground() {
    let child = |interpreter: &str| Agreed { interpreter: interpreter.into(), ..agreed("ja") };
    let tomorrow = Agreed { on: today().succ_opt().unwrap(), ..agreed("ja") };
    for (agreed, ground, wrong) in [
        (Some(agreed("doe maar")), None, vec![]),
        (None, Some(Ground::VitalInterest), vec![]),
        (None, None, vec![(At::Agreement, Wrong::NothingToGoOn)]),
        (Some(agreed(" ")), None, vec![(At::Word, Wrong::Empty)]),
        (Some(tomorrow), None, vec![(At::On, Wrong::InFuture)]),
        (Some(child("tolk aan de telefoon")), None, vec![]),
        (Some(child("haar dochter")), None, vec![(At::Interpreter, Wrong::ChildInterprets)]),
        (Some(child("Zoon van 12")), None, vec![(At::Interpreter, Wrong::ChildInterprets)]),
        (Some(child("volwassen dochter")), None, vec![]),
        (Some(child("kindertolk")), None, vec![]),
    ] {
        assert_eq!(check(&asked(agreed.clone(), ground), &concern(), today()), wrong, "{agreed:?} {ground:?}");
    }
}

#[test]
fn what_is_shared_holds_neither_source_nor_thought() {
    for (shared, wrong) in [
        ("Er liggen brieven.", None),
        ("", Some(Wrong::Empty)),
        (" \n ", Some(Wrong::Empty)),
        ("Gehoord van Mevrouw  Bakker.", Some(Wrong::NamesSource)),
        ("Brieven. ik denk dat\nhij gokt.", Some(Wrong::HoldsThought)),
    ] {
        assert_eq!(check_shared(shared, &concern()), wrong, "{shared:?}");
    }
    assert_eq!(check_shared(&"x".repeat(LONGEST_TEXT + 1), &concern()), Some(Wrong::TooLong));
}

#[test]
fn health_is_left_out_for_a_housing_corporation() {
    let health = Concern { tile: Tile::Health, ..concern() };
    let to = |concern: &Concern, party| {
        let proposal = propose(concern, party);
        (proposal.tile, proposal.facts, proposal.seen, proposal.without_health)
    };
    let (mail, all) = (vec![Fact::MailPilesUp], vec![Fact::MailPilesUp, Fact::Confused]);
    let seen = concern().seen;
    assert_eq!(to(&concern(), Party::Welfare), (Some(Tile::Money), all.clone(), seen.clone(), false));
    assert_eq!(to(&concern(), Party::Housing), (Some(Tile::Money), mail.clone(), seen.clone(), true));
    assert_eq!(to(&health, Party::Doctor), (Some(Tile::Health), all, seen, false));
    assert_eq!(to(&health, Party::Housing), (None, mail, String::new(), true));
}

#[test]
fn which_step_follows_which_and_who_sets_it() {
    use Stage::{DoesNotExist, Finished, NotFound, Received, Refused, Released, Sent, Started, TakenUp, Unwanted, WaitingList};
    let free = || asked(Some(agreed("ja")), None);
    let bound = || asked(None, Some(Ground::ChildSafety));
    let worker = Role::Worker;
    for (referral, before, role, offered) in [
        (free(), vec![], worker, vec![Sent, NotFound, DoesNotExist, Unwanted]),
        (bound(), vec![], worker, vec![NotFound, DoesNotExist, Unwanted]),
        (bound(), vec![], Role::Supervisor, vec![Released, NotFound, DoesNotExist, Unwanted]),
        (bound(), vec![Released], worker, vec![Sent, NotFound, DoesNotExist, Unwanted]),
        (free(), vec![Sent], worker, vec![Received, TakenUp, Started, NotFound, WaitingList, Refused, DoesNotExist, Unwanted]),
        (free(), vec![Sent, Received], worker, vec![TakenUp, Started, NotFound, WaitingList, Refused, DoesNotExist, Unwanted]),
        (free(), vec![Sent, WaitingList], worker, vec![TakenUp, Started, NotFound, WaitingList, Refused, DoesNotExist, Unwanted]),
        (free(), vec![Sent, TakenUp], worker, vec![Started, Refused, Unwanted]),
        (free(), vec![Sent, TakenUp, Started], worker, vec![Finished, Unwanted]),
        (free(), vec![Sent, Started, Finished], worker, vec![]),
        (free(), vec![Sent, Refused], Role::Supervisor, vec![]),
        (free(), vec![Unwanted], worker, vec![]),
    ] {
        assert_eq!(next(&state(referral, &before), role), offered, "after {before:?} as {role:?}");
    }
    let mut taken_back = state(free(), &[]);
    taken_back.withdrawn = Some(EntryId(Uuid::from_u128(9)));
    assert_eq!(may_follow(&taken_back, Sent, worker), Err(NotNow::Withdrawn));
    assert_eq!(may_follow(&state(bound(), &[]), Sent, Role::Supervisor), Err(NotNow::NotFree));
    assert_eq!(may_follow(&state(bound(), &[]), Released, worker), Err(NotNow::Supervisor));
    assert_eq!(may_follow(&state(free(), &[]), Released, Role::Supervisor), Err(NotNow::Free));
}

proptest! {
    /// However it is walked: it never goes out before it may, never back, and ends.
    #[test]
    fn its_way_goes_forward_and_ends(consent in any::<bool>(), picks in proptest::collection::vec((any::<bool>(), 0..11usize), 0..40)) {
        let referral = if consent { asked(Some(agreed("ja")), None) } else { asked(None, Some(Ground::LegalDuty)) };
        let mut stages = Vec::new();
        let mut waits = 0;
        for (boss, pick) in picks {
            let role = if boss { Role::Supervisor } else { Role::Worker };
            let offered = next(&state(referral.clone(), &stages), role);
            let Some(stage) = offered.get(pick % offered.len().max(1)).copied() else { continue };
            waits += usize::from(stage == Stage::WaitingList);
            stages.push(stage);
        }
        if let Some(sent) = stages.iter().position(|stage| *stage == Stage::Sent) {
            prop_assert!(consent || stages[..sent].contains(&Stage::Released));
        }
        prop_assert!(stages.len() - waits <= 8, "{stages:?}");
        let miles: Vec<u8> = stages.iter().map(|stage| mile(Some(*stage))).filter(|mile| *mile > 0).collect();
        prop_assert!(miles.is_sorted(), "{stages:?}");
    }

    /// Whatever was thought and whoever told: what is proposed is never refused for it, unless it was seen as well.
    #[test]
    fn what_is_proposed_holds_neither_source_nor_thought(thought in "[a-z]{12,20}", told_by in "[A-Z][a-z]{12,20}") {
        let concern = Concern { thought, told_by, ..concern() };
        for party in Party::ALL {
            let proposal = propose(&concern, *party);
            let text = format!("Brieven. {}", proposal.seen);
            prop_assert_eq!(check_shared(&text, &concern), None);
        }
    }
}
