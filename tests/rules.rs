//! The promises of the rules: who may write what, what two people's changes add up to, and that nothing a phone is given can
//! make it stumble.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

#[path = "rules/conflicts.rs"]
mod conflicts;
#[path = "rules/places.rs"]
mod places;
#[path = "rules/rights.rs"]
mod rights;
#[path = "rules/wording.rs"]
mod wording;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;
use waakvlam::domain::agenda::{self, Why};
use waakvlam::domain::body::{
    Absence, Address, Agreed, AgreedBy, Behind, Building, BuildingKind, Called, Change, Concern, Consent, Correction, Flame,
    Founding, Gesture, Guarded, HelpLine, Household, HowOften, Known, KnownBy, KnownKind, MeldcodeStep, NoContact, Objection,
    Outcome, Party, PartyContact, Place, PlaceKind, PutOff, Reader, Referral, ReferralStep, Review, Set, Settled, SettledAs,
    Severity, Staff, Stage, Standing, Step, Telling, Tie, Tile, Told, Verdict, Visit, VisitKind, Weekday, Withdrawal,
    WorkingDays,
};
use waakvlam::domain::rights::{Actor, JournalKind, Refusal, Role, Target, may, may_read};
use waakvlam::domain::{
    Body, Caseload, DeviceId, Entry, EntryId, HouseholdId, JournalId, Payload, PersonId, PlaceId, Subject, UserId,
};

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

const DOOR: PlaceId = PlaceId(Uuid::from_u128(1));
const HOME: HouseholdId = HouseholdId(Uuid::from_u128(2));
const JAMILA: UserId = UserId(Uuid::from_u128(11));
const BERT: UserId = UserId(Uuid::from_u128(12));
const INEKE: UserId = UserId(Uuid::from_u128(13));

fn start() -> DateTime<Utc> {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A journal that is written line by line.
#[derive(Clone, Default)]
struct Story(Vec<Entry>);

impl Story {
    fn with_home() -> Self {
        let mut story = Self::default();
        let address = Address { street: "Lindestraat".to_owned(), number: 12, ..Address::default() };
        let place = Place { kind: PlaceKind::Door, name: "12".to_owned(), parent: None, floor: None, address: Some(address) };
        story.say(INEKE, Subject::Place(DOOR), place);
        story.say(JAMILA, Subject::Household(HOME), Household { door: DOOR, from: day("2026-03-02") });
        story
    }

    fn say(&mut self, author: UserId, subject: Subject, body: impl Into<Body>) -> EntryId {
        self.say_at(author, subject, body, start() + TimeDelta::minutes(i64::try_from(self.0.len()).unwrap()))
    }

    fn say_at(&mut self, author: UserId, subject: Subject, body: impl Into<Body>, at: DateTime<Utc>) -> EntryId {
        let n = self.0.len() as u64 + 1;
        let entry = EntryId(id(1_000 + u128::from(n)));
        self.0.push(Entry {
            id: entry,
            author,
            device: DeviceId(author.0),
            n,
            seq: Some(n),
            received_at: None,
            payload: Some(Payload { written_at: at, clock_ahead_ms: None, subject, group: None, body: body.into() }),
        });
        entry
    }

    fn home(&mut self, author: UserId, body: impl Into<Body>) -> EntryId {
        self.say(author, Subject::Household(HOME), body)
    }

    fn fold(&self) -> Caseload {
        Caseload::fold(self.0.clone())
    }
}

fn concern(severity: Severity) -> Concern {
    Concern {
        tile: Tile::Money,
        severity,
        facts: Vec::new(),
        seen: "post op de mat".to_owned(),
        thought: String::new(),
        known_by: KnownBy::SawIt,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    }
}

fn change(of: EntryId, saw: &[EntryId], set: Set) -> Change {
    Change { of, saw: saw.to_vec(), set }
}

fn closed(words: &str) -> Set {
    Set::Standing(Standing::Closed { came_of: words.to_owned() })
}

// --- Rights ------------------------------------------------------------------------------------

fn bodies() -> Vec<Body> {
    let of = EntryId(id(9));
    vec![
        Place { kind: PlaceKind::Spot, name: "plein".to_owned(), parent: None, floor: None, address: None }.into(),
        waakvlam::domain::body::PlaceHidden { successor: None }.into(),
        Household { door: DOOR, from: day("2026-01-01") }.into(),
        waakvlam::domain::body::HouseholdEnded { on: day("2026-01-01"), why: waakvlam::domain::body::Ending::Moved }.into(),
        waakvlam::domain::body::Person { household: HOME, role: waakvlam::domain::body::Who::Child, called: String::new() }
            .into(),
        Visit::tile(VisitKind::Coffee, Outcome::Spoken).into(),
        concern(Severity::Watch).into(),
        change(of, &[of], Set::Owner(None)).into(),
        Correction { of, visit: Visit::tile(VisitKind::Coffee, Outcome::Spoken) }.into(),
        wording::rewording(of, "gezien"),
        Withdrawal { of }.into(),
        Review { of, verdict: Verdict::Seen }.into(),
        Called { of, whom: "112".to_owned(), at: start() }.into(),
        Flame { how_often: HowOften::Week, saw: Vec::new() }.into(),
        Staff { name: "Jamila".to_owned(), role: Role::Worker }.into(),
        Building { kind: BuildingKind::LightBroken }.into(),
        Behind { door: DOOR }.into(),
        Known { what: KnownKind::Dog, text: "blaft".to_owned(), until: None, agreed: false }.into(),
        NoContact { household: Some(HOME) }.into(),
        Told { how: Telling::CardGiven, why: String::new() }.into(),
        settled(of, SettledAs::Kept),
        Gesture { what: "vuilnis buiten gezet".to_owned() }.into(),
        Tie { what: "samen wandelen".to_owned(), willing: true }.into(),
        Referral { of, party: Party::DebtHelp, shared: "Post op de mat".to_owned(), agreed: Some(agreed()), ground: None }.into(),
        ReferralStep { of, stage: Stage::Sent, text: String::new(), weeks: None }.into(),
        Consent { party: Party::Doctor, given: true, agreed: agreed() }.into(),
        Objection { of, word: "zo was het niet".to_owned() }.into(),
        Guarded { journal: JournalId(id(77)), lead: INEKE, runs: true }.into(),
        MeldcodeStep { of, step: Step::Signals, text: "gezien".to_owned() }.into(),
        Founding { neighbourhood: JournalId(id(78)), with: vec![INEKE] }.into(),
        Reader { of, user: BERT, reads: true }.into(),
        WorkingDays { days: vec![Weekday::Monday, Weekday::Thursday] }.into(),
        Absence { from: day("2026-07-01"), to: day("2026-07-14"), stand_in: Some(BERT) }.into(),
        PutOff { until: day("2026-03-04") }.into(),
        help_line("Crisisdienst").into(),
        debt_help("Plangroep").into(),
    ]
}

fn help_line(name: &str) -> HelpLine {
    HelpLine {
        name: name.to_owned(),
        dial: "0201234567".to_owned(),
        shown: "020-123 45 67, dag en nacht".to_owned(),
        english: String::new(),
        acute: true,
        order: 15,
        checked: day("2026-03-01"),
        hidden: false,
    }
}

fn debt_help(name: &str) -> PartyContact {
    PartyContact {
        party: Party::DebtHelp,
        name: name.to_owned(),
        dial: "0201234568".to_owned(),
        shown: String::new(),
        asks: "schulden op een rij zetten".to_owned(),
        hidden: false,
    }
}

fn agreed() -> Agreed {
    Agreed { by: AgreedBy::Resident, word: "doe maar".to_owned(), on: day("2026-03-02"), interpreter: String::new() }
}

fn settled(of: EntryId, how: SettledAs) -> Body {
    Settled { of, how, text: "zo".to_owned(), until: None }.into()
}

// --- The fold ----------------------------------------------------------------------------------

#[test]
fn of_whom_to_call_the_latest_of_a_name_counts_and_what_is_not_fit_changes_nothing() {
    let office = Subject::Place(PlaceId(id(50)));
    let mut story = Story::default();
    story.say(INEKE, office, help_line("Crisisdienst"));
    story.say(BERT, office, HelpLine { dial: "0201234569".to_owned(), ..help_line("crisisdienst") });
    story.say(INEKE, office, debt_help("Plangroep"));
    story.say(BERT, office, PartyContact { hidden: true, ..debt_help("Plangroep Noord") });
    let wrong = [
        story.say(BERT, office, HelpLine { dial: "nul tien".to_owned(), ..help_line("Crisisdienst") }),
        story.say(BERT, office, HelpLine { hidden: true, ..help_line("112") }),
        story.say(BERT, office, PartyContact { dial: "javascript:alert(1)".to_owned(), ..debt_help("Plangroep") }),
    ];
    let caseload = story.fold();
    assert_eq!(caseload.inadmissible, wrong);
    let lines = caseload.directory.lines();
    let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names[..4], ["112", "crisisdienst", "Veilig Thuis", "113 Zelfmoordpreventie"][..], "{names:?}");
    assert_eq!(lines[1].dial, "0201234569");
    assert_eq!(caseload.directory.called(Party::DebtHelp), Some("Plangroep Noord"));
    assert!(!caseload.directory.asked().contains(&Party::DebtHelp));
    assert_eq!(caseload.history[&office].len(), 7, "nothing is dropped");
}

#[test]
fn who_wants_to_be_left_alone_is_left_alone_until_that_is_taken_back_or_over() {
    let mut story = Story::with_home();
    story.home(JAMILA, concern(Severity::Discuss));
    let wish = story.say(JAMILA, Subject::Place(DOOR), NoContact { household: Some(HOME) });
    let caseload = story.fold();
    assert!(caseload.household_at(DOOR).is_none());
    assert!(caseload.open_concerns_at(DOOR).is_empty());
    assert_eq!(caseload.history_of(DOOR).iter().map(|entry| entry.id).collect::<Vec<_>>(), [wish]);
    assert!(agenda::today(&caseload, &Default::default(), JAMILA, day("2026-12-31")).is_empty());
    for end in [Body::from(Withdrawal { of: wish }), settled(wish, SettledAs::Over), settled(wish, SettledAs::Overruled)] {
        let mut story = story.clone();
        story.say(JAMILA, Subject::Place(DOOR), end);
        assert_eq!(story.fold().open_concerns_at(DOOR).len(), 1);
    }
}

#[test]
fn somebody_met_before_their_door_was_known_moves_there_with_all_that_was_noted() {
    let (stairwell, met) = (PlaceId(id(70)), HouseholdId(id(71)));
    let mut story = Story::with_home();
    let place = Place { kind: PlaceKind::Stairwell, name: "Portiek B".to_owned(), parent: None, floor: None, address: None };
    story.say(INEKE, Subject::Place(stairwell), place);
    story.say(JAMILA, Subject::Household(met), Household { door: stairwell, from: day("2026-03-01") });
    story.say(JAMILA, Subject::Household(met), concern(Severity::Discuss));
    let caseload = story.fold();
    assert!(caseload.household_at(stairwell).is_none(), "nobody lives in a stairwell");
    assert_eq!(caseload.met_at(stairwell).len(), 1);
    assert_eq!(caseload.open_concerns_at(stairwell).len(), 1);
    story.say(BERT, Subject::Household(met), Behind { door: DOOR });
    let caseload = story.fold();
    assert!(caseload.met_at(stairwell).is_empty());
    assert_eq!(caseload.household_at(DOOR).map(|home| home.id), Some(HOME), "who was known first stays the one to write about");
    assert_eq!(caseload.open_concerns_at(DOOR).len(), 1, "what was noted came along");
}

#[test]
fn two_severities_that_did_not_see_each_other_both_stay_and_the_higher_counts() {
    let mut story = Story::with_home();
    let of = story.home(JAMILA, concern(Severity::Discuss));
    story.home(JAMILA, change(of, &[of], Set::Severity(Severity::Now)));
    story.home(BERT, change(of, &[of], Set::Severity(Severity::Watch)));
    let caseload = story.fold();
    let state = &caseload.concerns[&of];
    assert!(state.has_conflict());
    assert_eq!(state.severity(), Severity::Now);
    let chosen = state.severity.seen();
    story.home(INEKE, change(of, &chosen, Set::Severity(Severity::Watch)));
    let caseload = story.fold();
    assert!(!caseload.concerns[&of].has_conflict());
    assert_eq!(caseload.concerns[&of].severity(), Severity::Watch);
}

#[test]
fn changes_of_different_fields_merge() {
    let mut story = Story::with_home();
    let of = story.home(JAMILA, concern(Severity::Discuss));
    story.home(JAMILA, change(of, &[of], Set::NextStep("bellen".to_owned())));
    story.home(BERT, change(of, &[of], Set::Owner(Some(BERT))));
    let state = &story.fold().concerns[&of];
    assert!(!state.has_conflict());
    assert_eq!(state.next_step.latest(), "bellen");
    assert_eq!(state.owner.latest(), &Some(BERT));
}

#[test]
fn a_close_by_somebody_who_had_not_seen_it_get_worse_is_only_proposed() {
    let mut story = Story::with_home();
    let of = story.home(JAMILA, concern(Severity::Watch));
    story.home(JAMILA, change(of, &[of], Set::Severity(Severity::Now)));
    story.home(BERT, change(of, &[of], closed("gaat goed")));
    let state = &story.fold().concerns[&of];
    assert!(state.is_open());
    assert_eq!(state.proposed_close.len(), 1);
}

#[test]
fn a_close_without_a_word_of_what_came_of_it_is_only_proposed() {
    let mut story = Story::with_home();
    let of = story.home(JAMILA, concern(Severity::Watch));
    story.home(JAMILA, change(of, &[of], closed("  ")));
    assert!(story.fold().concerns[&of].is_open());
}

#[test]
fn a_worry_that_gets_worse_after_it_was_closed_unseen_opens_again() {
    let mut story = Story::with_home();
    let of = story.home(JAMILA, concern(Severity::Watch));
    story.home(JAMILA, change(of, &[of], closed("gaat goed")));
    assert!(!story.fold().concerns[&of].is_open());
    story.home(BERT, change(of, &[of], Set::Severity(Severity::Now)));
    let state = &story.fold().concerns[&of];
    assert!(state.is_open(), "a worry went quiet");
    assert_eq!(state.severity(), Severity::Now);
    assert_eq!(state.proposed_close.len(), 1);
}

#[test]
fn an_urgent_signal_asks_for_a_call_until_somebody_called() {
    let mut story = Story::with_home();
    let of = story.home(JAMILA, concern(Severity::Now));
    assert!(story.fold().concerns[&of].must_call());
    let why = agenda::today(&story.fold(), &Default::default(), JAMILA, day("2026-03-02"));
    assert_eq!(why[0].why[0], Why::Call(of));
    story.home(JAMILA, Called { of, whom: "Veilig Thuis".to_owned(), at: start() });
    assert!(!story.fold().concerns[&of].must_call());
}

#[test]
fn an_answer_that_arrives_before_what_it_answers_waits_and_then_counts() {
    let mut story = Story::with_home();
    let visit = story.home(JAMILA, Visit::tile(VisitKind::Coffee, Outcome::Spoken));
    story.home(INEKE, Review { of: visit, verdict: Verdict::Seen });
    let mut entries = story.0.clone();
    let last = entries.len() - 1;
    entries.swap(last, last - 1);
    let early = Caseload::fold(entries[..last].to_vec());
    assert_eq!(early.waiting.len(), 1);
    let whole = Caseload::fold(entries);
    assert!(whole.waiting.is_empty());
    assert_eq!(whole.reviews[&visit].len(), 1);
}

#[test]
fn a_withdrawn_visit_does_not_count_and_stays_in_the_history() {
    let mut story = Story::with_home();
    let visit = story.home(JAMILA, Visit::tile(VisitKind::Coffee, Outcome::Spoken));
    story.home(JAMILA, Withdrawal { of: visit });
    let caseload = story.fold();
    assert!(caseload.visits_at(DOOR).is_empty());
    assert_eq!(caseload.history_of(DOOR).len(), 4);
}

#[test]
fn somebody_elses_withdrawal_has_no_effect() {
    let mut story = Story::with_home();
    let visit = story.home(JAMILA, Visit::tile(VisitKind::Coffee, Outcome::Spoken));
    story.home(BERT, Withdrawal { of: visit });
    let caseload = story.fold();
    assert_eq!(caseload.visits_at(DOOR).len(), 1);
    assert_eq!(caseload.inadmissible.len(), 1);
}

#[test]
fn a_household_that_ended_leaves_the_next_an_empty_page() {
    let mut story = Story::with_home();
    story.home(JAMILA, concern(Severity::Discuss));
    story.home(
        JAMILA,
        waakvlam::domain::body::HouseholdEnded { on: day("2026-03-03"), why: waakvlam::domain::body::Ending::Moved },
    );
    let caseload = story.fold();
    assert!(caseload.household_at(DOOR).is_none());
    assert!(caseload.open_concerns_at(DOOR).is_empty());
    assert_eq!(caseload.history_of(DOOR).len(), 1, "only the door itself");
}

#[test]
fn rhythm_and_promise_bring_a_door_back_and_a_contact_takes_it_off() {
    let mut story = Story::with_home();
    let promise = Visit { follow_up: Some(day("2026-03-04")), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) };
    story.home(JAMILA, promise);
    story.home(JAMILA, Flame { how_often: HowOften::Week, saw: Vec::new() });
    assert!(agenda::today(&story.fold(), &Default::default(), JAMILA, day("2026-03-03")).is_empty());
    let due = agenda::today(&story.fold(), &Default::default(), JAMILA, day("2026-03-04"));
    assert!(matches!(due[0].why[..], [Why::Promise { tried: 0, .. }]));
    story.say_at(
        BERT,
        Subject::Household(HOME),
        Visit::tile(VisitKind::Coffee, Outcome::Spoken),
        "2026-03-04T10:00:00Z".parse().unwrap(),
    );
    assert!(agenda::today(&story.fold(), &Default::default(), JAMILA, day("2026-03-10")).is_empty());
    assert_eq!(
        agenda::today(&story.fold(), &Default::default(), JAMILA, day("2026-03-11"))[0].why,
        [Why::Rhythm(HowOften::Week)]
    );
}

// --- What a phone is given ------------------------------------------------------------------------

#[test]
fn every_body_reads_back_as_it_was_written() {
    for body in bodies() {
        let payload = Payload {
            written_at: start(),
            clock_ahead_ms: Some(-3),
            subject: Subject::Person(PersonId(id(3))),
            group: None,
            body,
        };
        let text = payload.write().unwrap();
        assert_eq!(Payload::parse(text.get()).unwrap(), payload);
    }
}

#[test]
fn a_body_from_a_newer_version_is_kept_as_it_is() {
    let text = r#"{"at":"2026-03-02T09:00:00Z","subject":{"household":"00000000-0000-0000-0000-000000000002"},"type":"of_tomorrow","body":{"with": [1, 2.50]},"more":true}"#;
    let payload = Payload::parse(text).unwrap();
    assert_eq!(payload.body, Body::Unknown { kind: "of_tomorrow".to_owned(), text: r#"{"with": [1, 2.50]}"#.to_owned() });
    let caseload = Caseload::fold([Entry {
        id: EntryId(id(1)),
        author: JAMILA,
        device: DeviceId(id(1)),
        n: 1,
        seq: Some(1),
        received_at: None,
        payload: Some(payload),
    }]);
    assert_eq!(caseload.unreadable, [EntryId(id(1))]);
    assert_eq!(caseload.history[&Subject::Household(HOME)], [EntryId(id(1))]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_reading_stumble(text in "\\PC{0,200}") {
        let _ = Payload::parse(&text);
        let _ = waakvlam::sync::intake::open(1, text.as_bytes());
    }

    #[test]
    fn no_bytes_make_the_intake_stumble(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(waakvlam::sync::intake::open(1, &bytes).is_err());
    }

    #[test]
    fn what_is_typed_comes_back_letter_by_letter(note in "\\PC{0,400}") {
        let visit = Visit { note: note.clone(), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) };
        let payload = Payload { written_at: start(), clock_ahead_ms: None, subject: Subject::Place(DOOR), group: None, body: visit.into() };
        let text = payload.write().unwrap();
        let Body::Visit(read) = Payload::parse(text.get()).unwrap().body else { panic!("not a visit") };
        prop_assert_eq!(read.note, note);
    }
}

#[test]
fn a_page_reads_back_with_its_payloads_byte_for_byte() {
    use waakvlam::sync::wire::{Line, PullAnswer};
    let text = r#"{"page":{"epoch":"00000000-0000-0000-0000-000000000001","head":3,"chain":"0000000000000000000000000000000000000000000000000000000000000000","lines":[{"seq":1,"id":"00000000-0000-0000-0000-000000000002","author":"00000000-0000-0000-0000-000000000003","device":"00000000-0000-0000-0000-000000000004","n":1,"received_at":"2026-03-02T09:00:00Z","salt":"0000000000000000000000000000000000000000000000000000000000000000","receipt":"0000000000000000000000000000000000000000000000000000000000000000","payload":{"b":  1.50,"a":[ ]}},{"from":2,"to":3,"chain":"0000000000000000000000000000000000000000000000000000000000000000"}]}}"#;
    let answer: PullAnswer = serde_json::from_str(text).unwrap();
    let PullAnswer::Page(page) = &answer else { panic!("not a page") };
    let Line::Entry(entry) = &page.lines[0] else { panic!("not an entry") };
    assert_eq!(entry.payload.get(), r#"{"b":  1.50,"a":[ ]}"#);
    assert_eq!(serde_json::to_string(&answer).unwrap(), text);
}
