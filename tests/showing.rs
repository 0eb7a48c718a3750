//! The promise: "Laat zien" shows, for any caseload, nothing whose subject is another, no source, no step of the Meldcode, no note on
//! safe working (Must show 5).
//!
//! Every text of every body is planted with a word of its own that is found nowhere else, and with it goes whether the one who looks may
//! read it, as this file understands the promise; the rules themselves are not asked. Then bugs are planted: entries that reach the rules as
//! a careless reader would see them, while the promise is still judged by what they really are.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

#[path = "showing/story.rs"]
mod story;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use story::{DOOR, Draw, HOME, INEKE, JAMILA, May, NEIGHBOUR, NEIGHBOURS, Story, person, today};
use waakvlam::domain::body::{
    Agreed, AgreedBy, Concern, Consent, Correction, Fact, Flame, Gesture, HowOften, KnownBy, KnownKind, KnownOf, Objection,
    Outcome, Party, Referral, ReferralStep, Review, Rewording, Severity, Stage, Telling, Tie, Tile, Told, Verdict, Visit,
    VisitKind, Who,
};
use waakvlam::domain::showing::{self, Line, Looks, Part, Says};
use waakvlam::domain::{Body, Caseload, Payload, Subject};

fn stories() -> impl Strategy<Value = (Story, Looks)> {
    let draw = (0..9_u8, 0..24_u8, any::<u8>(), any::<u8>(), any::<u8>());
    let draw = draw.prop_map(|(subject, kind, a, b, c)| Draw { subject, kind, a, b, c });
    (0..4_u8, proptest::collection::vec(draw, 1..50), 0..4_u8).prop_map(|(persons, draws, looks)| {
        let mut story = Story::begin(persons);
        draws.into_iter().for_each(|draw| story.plant(draw));
        let looks = if looks < persons { Looks::Person(person(looks)) } else { Looks::Household(HOME) };
        (story, looks)
    })
}

/// Whether something about this subject is about the one who looks and nobody else, as the promise has it.
fn theirs(story: &Story, looks: Looks, subject: Subject) -> bool {
    match (subject, looks) {
        (Subject::Household(of), _) => of == HOME && story.persons <= 1,
        (Subject::Person(of), Looks::Person(who)) => of == who,
        // The only one who is known to live there.
        (Subject::Person(of), Looks::Household(_)) => of == person(0) && story.persons == 1,
        (Subject::Place(_), _) => false,
    }
}

/// Judges what is shown by what was really written.
fn check(story: &Story, looks: Looks, shown: &[(Part, Vec<Line>)]) -> Result<(), String> {
    let text = format!("{shown:?}");
    for mark in &story.marks {
        let may = mark.may == May::Theirs && theirs(story, looks, mark.subject);
        if text.contains(&format!("\"{}\"", mark.word)) && !may {
            return Err(format!("{mark:?} is shown to {looks:?}"));
        }
    }
    // Nobody's id, no source, no severity, nothing guarded, not by any name.
    for user in [JAMILA, INEKE] {
        if text.contains(&user.to_string()) {
            return Err(format!("{user} is named"));
        }
    }
    const NEVER: [&str; 14] = [
        "Guarded",
        "Meldcode",
        "UnsafeHome",
        "SafeAtHome",
        "SafetyHouse",
        "Police",
        "InPairs",
        "CallFirst",
        "NotEvenings",
        "Neighbour",
        "Anonymous",
        "Watch",
        "Discuss",
        "Interpreted",
    ];
    if let Some(word) = NEVER.iter().find(|word| text.contains(**word)) {
        return Err(format!("{word} is shown"));
    }
    for line in shown.iter().flat_map(|(_, lines)| lines) {
        let entry = story.entries.iter().find(|entry| entry.id == line.of).ok_or("a line of no entry")?;
        let payload = entry.payload.as_ref().unwrap();
        let about_them = payload.subject == looks.subject()
            || payload.subject == Subject::Household(HOME)
            || theirs(story, looks, payload.subject);
        if !about_them {
            return Err(format!("{line:?} is about {:?}", payload.subject));
        }
        if matches!(payload.body.kind(), "guarded" | "meldcode_step" | "meldcode_report" | "review" | "called" | "change") {
            return Err(format!("{line:?} is a {}", payload.body.kind()));
        }
        if matches!(&line.says, Says::Contact { facts, .. } if !facts.is_empty()) && !theirs(story, looks, payload.subject) {
            return Err(format!("{line:?} tells of several what was seen of one"));
        }
        if let Body::Concern(concern) = &payload.body {
            // What another told is a topic and nothing more, and not even that where several live.
            let own = matches!(concern.known_by, KnownBy::SawIt | KnownBy::Resident) && concern.told_by.is_empty();
            let all = own && theirs(story, looks, payload.subject);
            let topic = matches!(&line.says, Says::Worry { facts, seen, .. } if facts.is_empty() && seen.is_empty());
            if !all && !topic {
                return Err(format!("{line:?} tells what another told"));
            }
            if concern.known_by != KnownBy::SawIt && !theirs(story, looks, payload.subject) {
                return Err(format!("{line:?} tells one of a household what another of it told"));
            }
        }
    }
    Ok(())
}

/// A reader that is careless in one way: what the rules get to see.
type Bug = (&'static str, fn(&Story, Looks, &mut Payload));

fn concern(body: &mut Body) -> Option<&mut Concern> {
    if let Body::Concern(concern) = body { Some(concern) } else { None }
}

const BUGS: [Bug; 14] = [
    ("how it is known does not count", |_, _, payload| {
        if let Some(concern) = concern(&mut payload.body) {
            concern.known_by = KnownBy::SawIt;
        }
    }),
    ("who told does not count", |_, _, payload| {
        if let Some(concern) = concern(&mut payload.body) {
            concern.told_by.clear();
        }
    }),
    ("what is thought is told as what was seen", |_, _, payload| {
        if let Some(concern) = concern(&mut payload.body) {
            concern.seen = concern.thought.clone();
        }
    }),
    ("a worry that it is not safe at home is one as any other", |_, _, payload| {
        if let Some(concern) = concern(&mut payload.body) {
            concern.tile = Tile::Money;
        }
    }),
    ("the subject is not looked at", |_, looks, payload| payload.subject = looks.subject()),
    ("what is about one of a household is about all", |_, _, payload| {
        if matches!(payload.subject, Subject::Person(_)) && !matches!(payload.body, Body::Person(_)) {
            payload.subject = Subject::Household(HOME);
        }
    }),
    ("with whom does not count", |_, _, payload| {
        if let Body::Visit(visit) | Body::Correction(Correction { visit, .. }) = &mut payload.body {
            visit.who = Some(Who::Resident);
        }
    }),
    ("what was noted of a closed door is a talk", |_, _, payload| {
        if let Body::Visit(visit) = &mut payload.body {
            visit.outcome = Outcome::Spoken;
        }
    }),
    ("a safety note is something good to know", |_, _, payload| {
        if let Body::Known(known) = &mut payload.body
            && known.what.of() == KnownOf::Safety
        {
            known.what = KnownKind::Dog;
        }
    }),
    ("who has a key is something good to know", |_, _, payload| {
        if let Body::Known(known) = &mut payload.body
            && known.what.of() == KnownOf::Emergency
        {
            known.what = KnownKind::BackDoor;
        }
    }),
    ("a step of the Meldcode is something small that was done", |_, _, payload| {
        if let Body::MeldcodeStep(step) = &payload.body {
            payload.body = Gesture { what: step.text.clone() }.into();
        }
    }),
    ("a tie tells with whom", |_, _, payload| {
        if let Body::Tie(tie) = &payload.body {
            payload.body = Gesture { what: tie.what.clone() }.into();
        }
    }),
    ("what a parent said is what the resident said", |_, _, payload| {
        if let Body::Consent(Consent { agreed, .. }) | Body::Referral(Referral { agreed: Some(agreed), .. }) = &mut payload.body {
            agreed.by = AgreedBy::Resident;
        }
    }),
    ("a question of the supervisor is an answer", |_, _, payload| {
        if let Body::Review(Review { verdict: Verdict::Question(text), .. }) = &payload.body {
            payload.body = Gesture { what: text.clone() }.into();
        }
    }),
];

fn holds(story: &Story, looks: Looks, bug: Option<&Bug>) -> Result<(), TestCaseError> {
    let mut entries = story.entries.clone();
    if let Some((_, bug)) = bug {
        entries.iter_mut().filter_map(|entry| entry.payload.as_mut()).for_each(|payload| bug(story, looks, payload));
    }
    let shown = showing::of(&Caseload::fold(entries), looks, today());
    check(story, looks, &shown).map_err(TestCaseError::fail)
}

#[test]
fn nothing_is_shown_that_is_not_theirs_to_see() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(2_000) });
    runner.run(&stories(), |(story, looks)| holds(&story, looks, None)).unwrap();
}

#[test]
fn a_careless_reader_is_caught() {
    for bug in &BUGS {
        let config = Config { failure_persistence: None, max_shrink_iters: 0, ..Config::with_cases(2_000) };
        let caught = TestRunner::new(config).run(&stories(), |(story, looks)| holds(&story, looks, Some(bug)));
        assert!(caught.is_err(), "not caught: {}", bug.0);
        println!("caught: {}", bug.0);
    }
}

#[test]
fn what_is_hidden_changes_nothing_that_is_shown() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(1_000) });
    runner
        .run(&stories(), |(story, looks)| {
            let own = |payload: &Payload| {
                payload.subject == looks.subject()
                    || payload.subject == Subject::Household(HOME)
                    || matches!(payload.body, Body::Place(_) | Body::Person(_))
                    || (story.persons == 1 && payload.subject == Subject::Person(person(0)))
                    // Whoever was spoken with behind this door: a promise to come back is kept by it.
                    || (matches!(payload.body.kind(), "visit" | "correction" | "withdrawal" | "settled")
                        && !matches!(payload.subject, Subject::Household(NEIGHBOURS) | Subject::Person(NEIGHBOUR)))
            };
            let hidden = |body: &Body| match body {
                Body::Guarded(_)
                | Body::MeldcodeStep(_)
                | Body::Review(_)
                | Body::Called(_)
                | Body::Tie(Tie { willing: false, .. }) => true,
                Body::Unknown { .. } => true,
                Body::Known(known) => known.what.of() == KnownOf::Safety,
                Body::Concern(concern) => concern.tile == Tile::UnsafeHome,
                Body::Consent(consent) => showing::is_guarded(consent.party),
                Body::Referral(referral) => showing::is_guarded(referral.party),
                _ => false,
            };
            let all = story.entries.clone();
            let mut rest = all.clone();
            rest.retain(|entry| entry.payload.as_ref().is_some_and(|payload| own(payload) && !hidden(&payload.body)));
            let before = showing::of(&Caseload::fold(all), looks, today());
            let after = showing::of(&Caseload::fold(rest), looks, today());
            prop_assert_eq!(before, after);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_is_theirs_is_shown() {
    let mut story = Story::begin(1);
    let home = Subject::Household(HOME);
    let me = Subject::Person(person(0));
    let visit = Visit {
        who: Some(Who::Resident),
        note: "Samen koffie, zoon is verhuisd.".to_owned(),
        follow_up: Some(today()),
        ..Visit::tile(VisitKind::Coffee, Outcome::Spoken)
    };
    story.say(home, visit);
    let worry = Concern {
        tile: Tile::Money,
        severity: Severity::Now,
        facts: vec![Fact::Reminders],
        seen: "Drie brieven op tafel.".to_owned(),
        thought: "Kan niet lezen?".to_owned(),
        known_by: KnownBy::Resident,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    };
    let of = story.say(home, worry);
    let writer = story.entries.len() as u64;
    let agreed = Agreed { by: AgreedBy::Resident, word: "Doe maar.".to_owned(), on: today(), interpreter: String::new() };
    let referral =
        Referral { of, party: Party::DebtHelp, shared: "Graag bellen.".to_owned(), agreed: Some(agreed.clone()), ground: None };
    let asked = story.say(home, referral);
    story.say(home, ReferralStep { of: asked, stage: Stage::WaitingList, text: String::new(), weeks: Some(6) });
    story.say(me, Consent { party: Party::Housing, given: true, agreed: agreed.clone() });
    story.say(me, Consent { party: Party::Housing, given: false, agreed });
    story.say(home, Flame { how_often: HowOften::Week, saw: Vec::new() });
    story.say(home, Told { how: Telling::CardGiven, why: String::new() });
    story.say(home, Gesture { what: "Lamp vervangen".to_owned() });
    let (seen, thought) = ("Twee brieven op tafel.".to_owned(), "Leest ze niet?".to_owned());
    // By the same writer as the worry: every third entry of the story is the supervisor's.
    while !(story.entries.len() as u64 + 1 - writer).is_multiple_of(3) {
        story.say(home, Gesture { what: "Brief voorgelezen".to_owned() });
    }
    story.say(home, Rewording { of, facts: vec![Fact::Reminders], seen, thought });
    story.say(me, Objection { of, word: "Het waren er twee.".to_owned() });
    let shown = showing::of(&Caseload::fold(story.entries.clone()), Looks::Person(person(0)), today());
    let parts: Vec<Part> = shown.iter().map(|(part, _)| *part).collect();
    assert_eq!(parts, [Part::You, Part::Agreed, Part::Contacts, Part::Worries, Part::Help, Part::Small]);
    let text = format!("{shown:?}");
    for there in [
        "zoon is verhuisd",
        "Twee brieven",
        "Reminders",
        "Doe maar",
        "Graag bellen",
        "WaitingList",
        "Some(6)",
        "given: false",
        "Comes(Week)",
        "Lamp vervangen",
        "Promised",
        "CardGiven",
        "Het waren er twee",
    ] {
        assert!(text.contains(there), "{there} is not in {text}");
    }
    assert!(!text.contains("given: true"), "the latest counts");
    for hidden in ["Kan niet lezen", "Leest ze niet", "Drie brieven"] {
        assert!(!text.contains(hidden), "{hidden} is in {text}");
    }
}

#[test]
fn who_wants_to_be_left_alone_and_who_moved_has_nothing_to_be_shown() {
    let mut story = Story::begin(2);
    let caseload = Caseload::fold(story.entries.clone());
    let everybody = [Looks::Household(HOME), Looks::Person(person(0)), Looks::Person(person(1))];
    assert_eq!(showing::lookers(&caseload, DOOR), everybody);
    story.say(Subject::Place(DOOR), waakvlam::domain::body::NoContact { household: Some(HOME) });
    let caseload = Caseload::fold(story.entries.clone());
    assert!(showing::lookers(&caseload, DOOR).is_empty());
    for looks in everybody {
        assert!(showing::of(&caseload, looks, today()).is_empty());
    }
}
