//! The promise: who may write what, where, about whose entry. Denied unless granted.

use super::*;

/// What the organisation's journal says.
const OFFICE: [&str; 3] = ["staff", "help_line", "party_contact"];

#[test]
fn every_type_of_entry_is_in_the_tables_of_this_file() {
    let kinds: Vec<String> = bodies().iter().map(|body| body.kind().to_owned()).collect();
    assert_eq!(kinds, Body::KINDS);
}

#[test]
fn who_may_write_what_in_a_neighbourhood() {
    let workers = [
        "household",
        "household_ended",
        "person",
        "visit",
        "concern",
        "change",
        "correction",
        "rewording",
        "withdrawal",
        "called",
        "flame",
        "building",
        "behind",
        "known",
        "no_contact",
        "told",
        "settled",
        "gesture",
        "tie",
        "referral",
        "referral_step",
        "consent",
        "objection",
        "guarded",
        "working_days",
        "absence",
        "put_off",
    ];
    let supervisors = ["place", "place_hidden", "review"];
    for body in bodies() {
        for role in Role::ALL {
            let kind = body.kind();
            let expected = match role {
                Role::Worker => workers.contains(&kind),
                Role::Supervisor => workers.contains(&kind) || supervisors.contains(&kind),
                Role::Committee | Role::Administrator => false,
            };
            let actor = Actor::User { user: JAMILA, role };
            assert_eq!(may(actor, JournalKind::Neighbourhood, &body, None).is_ok(), expected, "{role:?} writes {kind}");
        }
    }
}

#[test]
fn outside_a_neighbourhood_only_what_the_office_says_is_written_and_only_by_who_manages() {
    for body in bodies() {
        for role in Role::ALL {
            for kind in [JournalKind::Organisation, JournalKind::Administration] {
                let expected = OFFICE.contains(&body.kind()) && role == Role::Administrator && kind == JournalKind::Organisation;
                let actor = Actor::User { user: JAMILA, role };
                assert_eq!(may(actor, kind, &body, None).is_ok(), expected, "{role:?} writes {} in {kind:?}", body.kind());
            }
        }
    }
}

#[test]
fn the_server_writes_places_staff_and_whom_to_call_and_nothing_else() {
    for body in bodies() {
        let places = may(Actor::Server, JournalKind::Neighbourhood, &body, None).is_ok();
        assert_eq!(places, ["place", "place_hidden"].contains(&body.kind()), "{}", body.kind());
        let office = may(Actor::Server, JournalKind::Organisation, &body, None).is_ok();
        assert_eq!(office, OFFICE.contains(&body.kind()), "{}", body.kind());
        assert!(may(Actor::Server, JournalKind::Closed, &body, None).is_err(), "{}", body.kind());
    }
}

#[test]
fn who_manages_reads_no_neighbourhood_and_a_committee_reads_no_journal_at_all() {
    for kind in JournalKind::ALL {
        assert!(!may_read(Role::Committee, kind), "committee reads {kind:?}");
    }
    assert!(!may_read(Role::Administrator, JournalKind::Neighbourhood));
    assert!(!may_read(Role::Administrator, JournalKind::Closed));
    assert!(may_read(Role::Worker, JournalKind::Neighbourhood));
    assert!(!may_read(Role::Worker, JournalKind::Administration));
}

#[test]
fn only_its_writer_corrects_or_withdraws_an_entry() {
    let of = EntryId(id(9));
    let theirs = Target { author: BERT, kind: "visit".to_owned() };
    let jamila = Actor::User { user: JAMILA, role: Role::Supervisor };
    let bert = Actor::User { user: BERT, role: Role::Worker };
    for body in [Body::from(Withdrawal { of }), Correction { of, visit: Visit::tile(VisitKind::Phone, Outcome::Spoken) }.into()] {
        assert_eq!(may(jamila, JournalKind::Neighbourhood, &body, Some(&theirs)), Err(Refusal::NotYours));
        assert_eq!(may(bert, JournalKind::Neighbourhood, &body, Some(&theirs)), Ok(()));
    }
}

#[test]
fn only_a_supervisor_releases_without_consent_or_sets_a_wish_aside() {
    let of = EntryId(id(9));
    let released = Body::from(ReferralStep { of, stage: Stage::Released, text: String::new(), weeks: None });
    for body in [released, settled(of, SettledAs::Overruled)] {
        let may = |role| may(Actor::User { user: JAMILA, role }, JournalKind::Neighbourhood, &body, None);
        assert_eq!(may(Role::Worker), Err(Refusal::Role));
        assert_eq!(may(Role::Supervisor), Ok(()));
    }
}

#[test]
fn the_steps_of_the_meldcode_stand_in_a_closed_journal_only_and_that_something_runs_only_outside_it() {
    let worker = Actor::User { user: JAMILA, role: Role::Worker };
    for body in bodies() {
        let (open, closed) = (JournalKind::Neighbourhood, JournalKind::Closed);
        match body.kind() {
            "meldcode_step" => assert!(may(worker, closed, &body, None).is_ok() && may(worker, open, &body, None).is_err()),
            "reader" | "founding" => assert!(may(worker, closed, &body, None).is_ok() && may(worker, open, &body, None).is_err()),
            "guarded" => assert!(may(worker, open, &body, None).is_ok() && may(worker, closed, &body, None).is_err()),
            _ => {}
        }
    }
}

#[test]
fn who_reads_a_closed_journal_is_for_its_founder_and_its_supervisors_to_say() {
    let founding = Target { author: JAMILA, kind: "founding".to_owned() };
    let says = |user, role, whom, reads| {
        let body = Reader { of: EntryId(id(9)), user: whom, reads }.into();
        may(Actor::User { user, role }, JournalKind::Closed, &body, Some(&founding))
    };
    let carla = UserId(id(14));
    for reads in [true, false] {
        assert_eq!(says(JAMILA, Role::Worker, carla, reads), Ok(()), "its founder");
        assert_eq!(says(INEKE, Role::Supervisor, carla, reads), Ok(()), "a supervisor who reads it");
        assert_eq!(says(BERT, Role::Worker, carla, reads), Err(Refusal::NotYours), "somebody who was let in");
        for role in [Role::Committee, Role::Administrator] {
            assert_eq!(says(JAMILA, role, carla, reads), Err(Refusal::Role));
        }
    }
    // Nobody takes the founder off, nor themselves.
    assert_eq!(says(INEKE, Role::Supervisor, JAMILA, false), Err(Refusal::Target));
    assert_eq!(says(INEKE, Role::Supervisor, INEKE, false), Err(Refusal::Target));
    assert_eq!(says(BERT, Role::Worker, BERT, false), Err(Refusal::NotYours));
    // It is about the founding, and is not taken back as other entries are.
    for kind in Body::KINDS.iter().filter(|kind| **kind != "founding") {
        let target = Target { author: JAMILA, kind: (*kind).to_owned() };
        let body = Reader { of: EntryId(id(9)), user: carla, reads: true }.into();
        let actor = Actor::User { user: JAMILA, role: Role::Worker };
        assert_eq!(may(actor, JournalKind::Closed, &body, Some(&target)), Err(Refusal::Target), "{kind}");
    }
    let target = Target { author: JAMILA, kind: "reader".to_owned() };
    let actor = Actor::User { user: JAMILA, role: Role::Worker };
    assert_eq!(may(actor, JournalKind::Closed, &Withdrawal { of: EntryId(id(9)) }.into(), Some(&target)), Err(Refusal::Target));
}

#[test]
fn what_became_of_an_entry_fits_what_it_was() {
    let of = EntryId(id(9));
    let fits = [
        (SettledAs::Kept, ["visit"].as_slice()),
        (SettledAs::Dropped, &["visit"]),
        (SettledAs::Over, &["known", "no_contact", "building"]),
        (SettledAs::LedTo, &["visit", "gesture", "tie"]),
        (SettledAs::Answered, &["review"]),
        (SettledAs::Overruled, &["no_contact"]),
    ];
    let ineke = Actor::User { user: INEKE, role: Role::Supervisor };
    for (how, kinds) in fits {
        for kind in Body::KINDS {
            let target = Target { author: BERT, kind: (*kind).to_owned() };
            let allowed = may(ineke, JournalKind::Neighbourhood, &settled(of, how), Some(&target)).is_ok();
            assert_eq!(allowed, kinds.contains(kind), "{how:?} of {kind}");
        }
    }
}

#[test]
fn only_who_wrote_it_says_that_a_number_in_it_is_no_bsn() {
    let of = EntryId(id(9));
    for (user, kind, said) in [
        (BERT, "visit", Ok(())),
        (BERT, "referral", Ok(())),
        (INEKE, "visit", Err(Refusal::NotYours)),
        (BERT, "place", Err(Refusal::Target)),
    ] {
        let target = Target { author: BERT, kind: kind.to_owned() };
        let actor = Actor::User { user, role: Role::Worker };
        assert_eq!(may(actor, JournalKind::Neighbourhood, &settled(of, SettledAs::NotBsn), Some(&target)), said, "{kind}");
    }
}

#[test]
fn that_a_number_is_no_bsn_settles_nothing() {
    let mut story = Story::with_home();
    let dog = story.home(BERT, Known { what: KnownKind::Dog, text: "heet 111222333".to_owned(), until: None, agreed: false });
    story.home(BERT, settled(dog, SettledAs::NotBsn));
    let caseload = story.fold();
    assert!(caseload.settled.is_empty());
    assert_eq!(caseload.known_at(DOOR, day("2026-03-02")).len(), 1);
    assert!(caseload.inadmissible.is_empty());
}

#[test]
fn what_the_office_says_is_replaced_and_never_taken_back() {
    let of = EntryId(id(9));
    let admin = Actor::User { user: INEKE, role: Role::Administrator };
    let supervisor = Actor::User { user: INEKE, role: Role::Supervisor };
    for kind in OFFICE {
        let target = Target { author: INEKE, kind: kind.to_owned() };
        let objection = Objection { of, word: String::new() };
        for body in [Body::from(Withdrawal { of }), objection.into(), settled(of, SettledAs::NotBsn)] {
            assert!(may(admin, JournalKind::Organisation, &body, Some(&target)).is_err(), "{kind}");
            assert_eq!(may(supervisor, JournalKind::Neighbourhood, &body, Some(&target)), Err(Refusal::Target), "{kind}");
        }
    }
}
