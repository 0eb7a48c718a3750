//! The stairwell as it is drawn, what it helps to know, who left, how often we come by: tables of cases, and what must hold for any.

use chrono::Months;
use waakvlam::domain::body::{Ending, HouseholdEnded, Person, PlaceHidden, Who};
use waakvlam::domain::flame::{self, Why};
use waakvlam::domain::knowing::{self, Field, Wrong};
use waakvlam::domain::left_alone;
use waakvlam::domain::stairwell::{self, Helps, Last, Says};

use super::*;

const TODAY: &str = "2026-03-02";
const STAIRWELL: PlaceId = PlaceId(Uuid::from_u128(50));

fn known(what: KnownKind, text: &str, until: Option<&str>, agreed: bool) -> Known {
    Known { what, text: text.to_owned(), until: until.map(day), agreed }
}

// --- What it helps to know ----------------------------------------------------------------------

#[test]
fn what_is_wrong_with_something_to_know() {
    use KnownKind::{Away, BackDoor, CallFirst, ContactPerson, Dog, HasKey, InPairs, Interpreter, NotEvenings, Other};
    let long = "a".repeat(20_000);
    let cases: [(Known, &[(Field, Wrong)]); 34] = [
        (known(BackDoor, "", None, false), &[]),
        (known(Dog, "blaft, doet niets", None, false), &[]),
        (known(Dog, &long, None, false), &[(Field::Text, Wrong::TooLong)]),
        (known(Other, "", None, false), &[(Field::Text, Wrong::Empty)]),
        (known(Other, " \u{a0}\n", None, false), &[(Field::Text, Wrong::Empty)]),
        (known(Other, "🙂 مرحبا", None, false), &[]),
        (known(Other, "sinds 2019 slecht ter been", None, false), &[]),
        (known(Other, "kluisje bij de deur: 4521", None, false), &[(Field::Text, Wrong::Code)]),
        (known(BackDoor, "code van het hek 123", None, false), &[(Field::Text, Wrong::Code)]),
        (known(Interpreter, "Tigrinya", None, true), &[]),
        (known(Interpreter, "Tigrinya", None, false), &[(Field::Agreed, Wrong::NotAgreed)]),
        (known(Interpreter, "", None, false), &[(Field::Text, Wrong::Empty), (Field::Agreed, Wrong::NotAgreed)]),
        (known(ContactPerson, "Ria, zus, 06-12345678", None, true), &[]),
        (known(ContactPerson, "Ria, zus, 06-12345678", None, false), &[(Field::Agreed, Wrong::NotAgreed)]),
        (known(HasKey, "De buurvrouw op 14", None, false), &[]),
        (known(HasKey, "De buurvrouw op 112", None, false), &[]),
        (known(HasKey, "Zijn zoon, 06 12 34 56 78", None, false), &[]),
        (known(HasKey, "Zijn zoon, +31 6 12345678", None, false), &[]),
        (known(HasKey, "sleutelkastje 4521", None, false), &[(Field::Text, Wrong::Code)]),
        (known(HasKey, "4 5 2 1", None, false), &[(Field::Text, Wrong::Code)]),
        (known(HasKey, "45-21", None, false), &[(Field::Text, Wrong::Code)]),
        (known(HasKey, "#4521*", None, false), &[(Field::Text, Wrong::Code)]),
        (known(HasKey, "٤٥٢١", None, false), &[(Field::Text, Wrong::Code)]),
        (known(HasKey, "pin 123", None, false), &[(Field::Text, Wrong::Code)]),
        (known(HasKey, "", None, false), &[(Field::Text, Wrong::Empty)]),
        (known(Away, "", None, false), &[(Field::Day, Wrong::NoDay)]),
        (known(Away, "ziekenhuis", Some(TODAY), false), &[]),
        (known(Away, "", Some("2026-03-01"), false), &[(Field::Day, Wrong::InPast)]),
        (known(Away, "", Some("2028-01-01"), false), &[(Field::Day, Wrong::TooFarAhead)]),
        (known(InPairs, "Schreeuwde en gooide een glas", Some("2026-06-02"), false), &[]),
        (known(InPairs, "Schreeuwde en gooide een glas", Some("2026-06-03"), false), &[(Field::Day, Wrong::TooFarAhead)]),
        (known(CallFirst, "", None, false), &[(Field::Text, Wrong::Empty), (Field::Day, Wrong::NoDay)]),
        (known(NotEvenings, "Schrikt", Some("2026-03-01"), false), &[(Field::Day, Wrong::InPast)]),
        (known(NotEvenings, "Schrikt", Some("2026-04-01"), false), &[]),
    ];
    for (known, wrong) in cases {
        assert_eq!(knowing::check(&known, day(TODAY)), wrong, "{known:?}");
    }
    assert_eq!(knowing::check_called(&"a".repeat(100)), []);
    assert_eq!(knowing::check_called(&"a".repeat(101)), [(Field::Called, Wrong::TooLong)]);
}

#[test]
fn the_day_on_which_a_household_ended() {
    let began = Household { door: DOOR, from: day("2026-02-01") };
    let cases = [
        (None, Some(Wrong::NoDay)),
        (Some(TODAY), None),
        (Some("2026-02-01"), None),
        (Some("2026-01-31"), None),
        (Some("2026-01-30"), Some(Wrong::BeforeBegin)),
        (Some("2026-03-03"), Some(Wrong::InFuture)),
    ];
    for (on, wrong) in cases {
        let found = knowing::check_end(on.map(day), &began, day(TODAY));
        assert_eq!(found, wrong.map(|wrong| (Field::Day, wrong)).into_iter().collect::<Vec<_>>(), "{on:?}");
    }
}

#[test]
fn it_is_about_who_lives_there_and_about_the_door_where_nobody_is_known() {
    let new = HouseholdId(id(77));
    let lived = Story::with_home().fold();
    let empty = Story(Story::with_home().0[..1].to_vec()).fold();
    for what in KnownKind::ALL {
        let about = known(*what, "tekst", Some(TODAY), true);
        let said = knowing::known(&lived, DOOR, about.clone(), day(TODAY), new);
        assert_eq!(said, [(Subject::Household(HOME), about.clone().into())], "{what:?}");
        let said = knowing::known(&empty, DOOR, about, day(TODAY), new);
        let told = matches!(what, KnownKind::Interpreter | KnownKind::ContactPerson | KnownKind::HasKey);
        let subject = if told { Subject::Household(new) } else { Subject::Place(DOOR) };
        assert_eq!(
            (said.len(), said[0].0),
            (1 + usize::from(told), subject),
            "{what:?}: nobody has a record who was never spoken with"
        );
    }
}

#[test]
fn a_household_that_ended_under_the_writers_hands_is_noticed() {
    let mut story = Story::with_home();
    assert!(!knowing::others_now(&story.fold(), DOOR, Some(HOME)));
    assert!(!knowing::others_now(&story.fold(), DOOR, None), "who is new is no surprise");
    let end = story.home(BERT, HouseholdEnded { on: day(TODAY), why: Ending::Moved });
    let gone = story.fold();
    assert!(knowing::others_now(&gone, DOOR, Some(HOME)));
    let (state, ended) = knowing::ended_at(&gone, DOOR).unwrap();
    assert_eq!((state.id, ended.why), (HOME, Ending::Moved));
    assert!(gone.household_at(DOOR).is_none() && gone.visits_at(DOOR).is_empty(), "the next begins empty");
    // Taken back: they live there still; what a colleague noted as well stands.
    let mut back = story.clone();
    back.home(BERT, Withdrawal { of: end });
    let back = back.fold();
    assert_eq!(back.household_at(DOOR).map(|state| state.id), Some(HOME));
    assert!(knowing::ended_at(&back, DOOR).is_none() && back.households[&HOME].ended.is_none());
    let mut both = story.clone();
    both.home(JAMILA, HouseholdEnded { on: day(TODAY), why: Ending::Died });
    both.home(BERT, Withdrawal { of: end });
    assert_eq!(both.fold().households[&HOME].ended.as_ref().map(|ended| ended.why), Some(Ending::Died));
    assert!(both.fold().household_at(DOOR).is_none());
    // Next ones.
    let next = HouseholdId(id(3));
    story.say(BERT, Subject::Household(next), Household { door: DOOR, from: day(TODAY) });
    assert!(knowing::others_now(&story.fold(), DOOR, Some(HOME)) && knowing::ended_at(&story.fold(), DOOR).is_none());
}

#[test]
fn somebody_without_a_door_gets_one() {
    let mut story = Story::with_home();
    story.say(INEKE, Subject::Place(STAIRWELL), place(PlaceKind::Stairwell, "Portiek A", None, None, None));
    let met = HouseholdId(id(60));
    for (subject, body) in knowing::met(STAIRWELL, " De heer Aziz ", day(TODAY), (met, PersonId(id(61)))) {
        story.say(JAMILA, subject, body);
    }
    story.say(JAMILA, Subject::Household(met), Visit::tile(VisitKind::StairwellTalk, Outcome::Spoken));
    let before = story.fold();
    assert_eq!(before.met_at(STAIRWELL).iter().map(|state| state.id).collect::<Vec<_>>(), [met]);
    assert_eq!(before.persons[&PersonId(id(61))].person.called, "De heer Aziz");
    assert_eq!(stairwell::within(&before, STAIRWELL).met, 1);
    assert_eq!(knowing::met(STAIRWELL, "  ", day(TODAY), (met, PersonId(id(61)))).len(), 1, "no name, no person");
    let other = PlaceId(id(62));
    story.say(INEKE, Subject::Place(other), place(PlaceKind::Door, "14", Some(STAIRWELL), Some(0), Some(address(14, "", ""))));
    story.say(JAMILA, Subject::Household(met), Behind { door: other });
    let after = story.fold();
    assert!(after.met_at(STAIRWELL).is_empty());
    assert_eq!(after.household_at(other).map(|state| state.id), Some(met));
    assert_eq!(after.visits_at(other).len(), 1, "what was noted goes along");
}

// --- The stairwell ------------------------------------------------------------------------------

fn address(number: u32, letter: &str, addition: &str) -> Address {
    let (street, postcode) = ("Lindestraat".to_owned(), "1234AB".to_owned());
    Address { street, number, letter: letter.to_owned(), addition: addition.to_owned(), postcode }
}

fn place(kind: PlaceKind, name: &str, parent: Option<PlaceId>, floor: Option<i16>, address: Option<Address>) -> Place {
    Place { kind, name: name.to_owned(), parent, floor, address }
}

/// A stairwell with these doors: floor, number, letter, addition.
fn stairwell(doors: &[(Option<i16>, u32, &str, &str)]) -> Story {
    let mut story = Story::default();
    story.say(INEKE, Subject::Place(STAIRWELL), place(PlaceKind::Stairwell, "Portiek A", None, None, None));
    for (at, (floor, number, letter, addition)) in (1..).zip(doors) {
        let door = place(PlaceKind::Door, "", Some(STAIRWELL), *floor, Some(address(*number, letter, addition)));
        story.say(INEKE, Subject::Place(PlaceId(id(at))), door);
    }
    story
}

fn drawn(story: &Story) -> Vec<(Option<i16>, Vec<String>)> {
    let floors = stairwell::floors(&story.fold(), STAIRWELL, day(TODAY));
    floors.into_iter().map(|floor| (floor.floor, floor.doors.into_iter().map(|door| door.number).collect())).collect()
}

fn helps(story: &Story) -> Helps {
    match stairwell::says(&story.fold(), DOOR, day(TODAY)) {
        Says::Helps(helps) => helps,
        Says::LeaveAlone => panic!("one may ring"),
    }
}

#[test]
fn floors_go_from_top_to_bottom_and_doors_from_left_to_right() {
    let story = stairwell(&[
        (Some(0), 2, "", ""),
        (Some(2), 10, "", "10"),
        (Some(-1), 1, "", ""),
        (Some(2), 10, "", "2"),
        (Some(2), 10, "", "hs"),
        (None, 99, "", ""),
        (Some(0), 2, "B", ""),
        (Some(0), 2, "A", ""),
        (Some(2), 8, "", ""),
    ]);
    let expected = [
        (Some(2), vec!["8", "10-hs", "10-2", "10-10"]),
        (Some(0), vec!["2", "2A", "2B"]),
        (Some(-1), vec!["1"]),
        (None, vec!["99"]),
    ];
    assert_eq!(drawn(&story), expected.map(|(floor, doors)| (floor, doors.into_iter().map(str::to_owned).collect())));
    let mut fewer = story.clone();
    fewer.say(INEKE, Subject::Place(PlaceId(id(1))), PlaceHidden { successor: None });
    assert_eq!(drawn(&fewer)[1].1, ["2A", "2B"], "what is no more is not drawn");
    let within = stairwell::within(&story.fold(), STAIRWELL);
    assert_eq!((within.doors, within.numbers), (9, Some((1, 99))));
}

#[test]
fn a_door_says_what_helps_before_ringing() {
    let mut story = Story::with_home();
    assert_eq!(helps(&story), Helps::default());
    story.home(JAMILA, Visit { happened_on: Some(day("2026-02-09")), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) });
    assert_eq!(helps(&story).last, Some(Last { on: day("2026-02-09"), spoken: true }));
    story.home(JAMILA, Flame { how_often: HowOften::Week, saw: Vec::new() });
    assert_eq!((helps(&story).how_often, helps(&story).overdue), (Some(HowOften::Week), true));
    story.home(BERT, Visit { happened_on: Some(day("2026-02-28")), ..Visit::tile(VisitKind::Rang, Outcome::NotHome) });
    let tried = helps(&story);
    assert_eq!((tried.last, tried.overdue), (Some(Last { on: day("2026-02-28"), spoken: false }), true), "an attempt is no talk");
    story.home(BERT, Visit::tile(VisitKind::Rang, Outcome::Spoken));
    assert!(!helps(&story).overdue);
    story.home(JAMILA, concern(Severity::Watch));
    let worst = story.home(JAMILA, concern(Severity::Now));
    assert_eq!((helps(&story).signals, helps(&story).worst), (2, Some(Severity::Now)));
    story.home(JAMILA, change(worst, &[worst], closed("ambulance kwam")));
    assert_eq!((helps(&story).signals, helps(&story).worst), (1, Some(Severity::Watch)));
    let pairs = story.home(JAMILA, known(KnownKind::InPairs, "gooide een glas", Some("2026-05-01"), false));
    story.home(JAMILA, known(KnownKind::InPairs, "weer", Some("2026-05-01"), false));
    story.home(JAMILA, known(KnownKind::Away, "", Some("2026-03-09"), false));
    story.home(JAMILA, known(KnownKind::NotEvenings, "oud", Some("2026-03-01"), false));
    let says = helps(&story);
    assert_eq!(
        (says.safety, says.away),
        (vec![KnownKind::InPairs], Some(day("2026-03-09"))),
        "each once, and none whose day is over"
    );
    assert_eq!(
        stairwell::says(&story.fold(), DOOR, day("2026-03-10")),
        Says::Helps(Helps { away: None, overdue: true, ..helps(&story) })
    );
    story.home(BERT, settled(pairs, SettledAs::Over));
    story.home(INEKE, Guarded { journal: JournalId(id(9)), lead: INEKE, runs: true });
    assert!(helps(&story).guarded);
    let wish = story.say(JAMILA, Subject::Place(DOOR), NoContact { household: Some(HOME) });
    assert_eq!(stairwell::says(&story.fold(), DOOR, day(TODAY)), Says::LeaveAlone);
    assert_eq!(knowing::no_contact_at(&story.fold(), DOOR).map(|entry| entry.id), Some(wish));
}

#[test]
fn things_of_the_building_stand_open_until_they_are_mended() {
    let mut story = stairwell(&[(Some(0), 2, "", "")]);
    let here = Subject::Place(STAIRWELL);
    let light = story.say(JAMILA, here, Building { kind: BuildingKind::LightBroken });
    let dirt = story.say(JAMILA, here, Building { kind: BuildingKind::Dirt });
    let open = |story: &Story| -> Vec<EntryId> {
        stairwell::about_building(&story.fold(), STAIRWELL).into_iter().map(|state| state.entry.id).collect()
    };
    assert_eq!(open(&story), [dirt, light]);
    story.say(BERT, here, settled(light, SettledAs::Over));
    assert_eq!(open(&story), [dirt]);
    story.say(JAMILA, here, Withdrawal { of: dirt });
    assert_eq!(open(&story), []);
    assert!(story.fold().inadmissible.is_empty());
}

#[test]
fn the_tree_is_complexes_with_their_stairwells_then_what_stands_alone() {
    let mut story = Story::default();
    let ids: Vec<PlaceId> = (1..=9).map(|n| PlaceId(id(n))).collect();
    let mut add = |at: usize, kind, name: &str, parent: Option<usize>| {
        let address = (kind == PlaceKind::Door).then(|| address(u32::try_from(at).unwrap(), "", ""));
        story.say(INEKE, Subject::Place(ids[at]), place(kind, name, parent.map(|parent| ids[parent]), None, address));
    };
    add(0, PlaceKind::Complex, "Zuid", None);
    add(1, PlaceKind::Stairwell, "Portiek 10", Some(0));
    add(2, PlaceKind::Stairwell, "Portiek 2", Some(0));
    add(3, PlaceKind::Door, "3", Some(2));
    add(4, PlaceKind::Spot, "Plein", None);
    add(5, PlaceKind::Street, "Zandweg", None);
    add(6, PlaceKind::Door, "6", Some(5));
    // What is around it was never there, or is each other's part.
    add(7, PlaceKind::Stairwell, "Wees", Some(8));
    let names = |story: &Story| -> Vec<(Option<String>, Vec<String>)> {
        let tree = stairwell::tree(&story.fold()).into_iter();
        tree.map(|branch| (branch.around.map(|part| part.name), branch.parts.into_iter().map(|part| part.name).collect()))
            .collect()
    };
    let some = |text: &str| text.to_owned();
    let expected = [
        (Some(some("Zuid")), vec![some("Portiek 2"), some("Portiek 10")]),
        (None, vec![some("Wees"), some("Zandweg"), some("Plein")]),
    ];
    assert_eq!(names(&story), expected);
    let found = |wanted: &str, near| -> Vec<PlaceId> {
        stairwell::find(&story.fold(), wanted, near, 9).into_iter().map(|(door, ..)| door).collect()
    };
    assert_eq!(found("linde straat 6", None), [ids[6]]);
    assert_eq!(found("lindestraat", Some(ids[5])), [ids[6], ids[3]], "the doors near by first");
    assert_eq!(found("", Some(ids[2])), [ids[3]]);
    assert_eq!((found("", None), found("xyz", None)), (vec![], vec![]));
}

// --- How often -----------------------------------------------------------------------------------

#[test]
fn how_often_is_proposed_and_never_set() {
    let proposed = |story: &Story| flame::proposal(&story.fold(), HOME).map(|proposal| (proposal.how_often, proposal.why));
    let mut story = Story::with_home();
    assert_eq!(proposed(&story), None, "never before a first entry");
    story.home(JAMILA, Visit::tile(VisitKind::Coffee, Outcome::Spoken));
    assert_eq!(proposed(&story), None, "nothing worries");
    for (severity, how_often) in
        [(Severity::Watch, HowOften::Month), (Severity::Discuss, HowOften::Week), (Severity::Now, HowOften::WorkingDay)]
    {
        let mut story = story.clone();
        let of = story.home(JAMILA, concern(severity));
        assert_eq!(proposed(&story), Some((how_often, Why::Open(severity))));
        let mut done = story.clone();
        done.home(JAMILA, Flame { how_often, saw: Vec::new() });
        assert_eq!(proposed(&done), None, "it was done");
        let mut less = story.clone();
        less.home(JAMILA, Flame { how_often: HowOften::Quarter, saw: Vec::new() });
        assert_eq!(proposed(&less), None, "somebody decided against it");
        less.home(BERT, change(of, &[of], Set::Severity(Severity::Now)));
        let again = Some((HowOften::WorkingDay, Why::Open(Severity::Now)));
        assert_eq!(proposed(&less), again, "and is asked again when it gets worse");
    }
    let of = story.home(JAMILA, concern(Severity::Now));
    story.home(JAMILA, Flame { how_often: HowOften::WorkingDay, saw: Vec::new() });
    story.home(JAMILA, change(of, &[of], closed("het gaat goed")));
    assert_eq!(proposed(&story), Some((HowOften::Week, Why::Closed)));
    let mut kept = story.clone();
    kept.home(JAMILA, Flame { how_often: HowOften::WorkingDay, saw: Vec::new() });
    assert_eq!(proposed(&kept), None, "kept as it was, on purpose");
    story.home(JAMILA, Flame { how_often: HowOften::Week, saw: Vec::new() });
    assert_eq!(proposed(&story), None, "one step for a closing");
    let mut ended = Story::with_home();
    ended.home(JAMILA, concern(Severity::Now));
    assert!(proposed(&ended).is_some());
    let mut alone = ended.clone();
    alone.say(JAMILA, Subject::Place(DOOR), NoContact { household: Some(HOME) });
    ended.home(JAMILA, HouseholdEnded { on: day(TODAY), why: Ending::Died });
    assert_eq!((proposed(&ended), proposed(&alone)), (None, None));
}

/// What may happen at a home, as far as it touches how often.
#[derive(Clone, Copy, Debug)]
enum Act {
    Worry(usize),
    Weigh(usize),
    Close,
    Say(usize),
    Visit,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..3_usize).prop_map(Act::Worry),
        (0..3_usize).prop_map(Act::Weigh),
        Just(Act::Close),
        (0..4_usize).prop_map(Act::Say),
        Just(Act::Visit),
    ]
}

fn lived(acts: &[Act]) -> Story {
    let mut story = Story::with_home();
    for (at, act) in acts.iter().enumerate() {
        let who = if at % 2 == 0 { JAMILA } else { BERT };
        let now = story.fold();
        let open = now.concerns.values().find(|state| state.is_open());
        match (act, open) {
            (Act::Worry(severity), _) => {
                story.home(who, concern(Severity::ALL[*severity]));
            }
            (Act::Weigh(severity), Some(state)) => {
                story.home(who, change(state.entry.id, &state.severity.seen(), Set::Severity(Severity::ALL[*severity])));
            }
            (Act::Close, Some(state)) => {
                story.home(who, change(state.entry.id, &state.seen_to_close(), closed("klaar")));
            }
            (Act::Say(how_often), _) => {
                let saw = now.households[&HOME].flame.as_ref().map(|flame| flame.seen()).unwrap_or_default();
                story.home(who, Flame { how_often: HowOften::ALL[*how_often], saw });
            }
            (Act::Visit, _) => {
                story.home(who, Visit::tile(VisitKind::Coffee, Outcome::Spoken));
            }
            (Act::Weigh(_) | Act::Close, None) => {}
        }
    }
    story
}

proptest! {
    #[test]
    fn a_proposal_raises_while_a_signal_is_open_lowers_when_none_is_and_is_gone_once_answered(
        acts in proptest::collection::vec(act(), 0..14),
    ) {
        let mut story = lived(&acts);
        let caseload = story.fold();
        let now = caseload.households[&HOME].flame.as_ref().map(|flame| *flame.greatest());
        let open = caseload.concerns.values().filter(|state| state.is_open()).map(|state| state.severity()).max();
        if caseload.concerns.is_empty() {
            prop_assert_eq!(flame::proposal(&caseload, HOME), None);
        }
        if let Some(proposal) = flame::proposal(&caseload, HOME) {
            match proposal.why {
                Why::Open(severity) => {
                    prop_assert_eq!(Some(severity), open);
                    prop_assert!(now.is_none_or(|now| now < proposal.how_often));
                    prop_assert_eq!(proposal.how_often, flame::at_least(severity));
                }
                Why::Closed => {
                    prop_assert_eq!(open, None);
                    prop_assert!(now.is_some_and(|now| now > proposal.how_often));
                }
            }
            // Whatever is answered, it is not asked again.
            let saw = caseload.households[&HOME].flame.as_ref().map(|flame| flame.seen()).unwrap_or_default();
            for answer in [proposal.how_often, now.unwrap_or(HowOften::Quarter)] {
                let mut answered = story.clone();
                answered.home(JAMILA, Flame { how_often: answer, saw: saw.clone() });
                prop_assert_eq!(flame::proposal(&answered.fold(), HOME), None);
            }
        }
        story.home(BERT, HouseholdEnded { on: day(TODAY), why: Ending::Moved });
        prop_assert_eq!(flame::proposal(&story.fold(), HOME), None);
    }

    /// Whatever is typed: never a panic, every fault once, and what passes keeps the promises.
    #[test]
    fn what_passes_has_its_day_its_yes_and_no_code(
        what in proptest::sample::select(KnownKind::ALL),
        text in prop_oneof!["\\PC{0,40}", "[0-9 .#-]{0,12}", "(De buurvrouw|Zoon|kluis) [0-9]{0,12}"],
        days in proptest::option::of(-400_i64..800),
        agreed: bool,
    ) {
        let today = day(TODAY);
        let until = days.and_then(|days| today.checked_add_signed(TimeDelta::days(days)));
        let known = Known { what, text: text.clone(), until, agreed };
        let found = knowing::check(&known, today);
        let mut fields: Vec<_> = found.iter().map(|(field, _)| *field).collect();
        fields.dedup();
        prop_assert_eq!(fields.len(), found.len());
        if found.is_empty() {
            prop_assert!(agreed || !what.needs_agreement());
            prop_assert!(until.is_none_or(|until| until >= today));
            if what.of() == waakvlam::domain::body::KnownOf::Safety {
                prop_assert!(until.is_some_and(|until| until <= today.checked_add_months(Months::new(3)).unwrap()));
                prop_assert!(!text.trim().is_empty());
            }
            if what == KnownKind::HasKey {
                let run = text.split(|char: char| !char.is_numeric()).map(|run| run.chars().count());
                prop_assert!(run.into_iter().all(|run| !(4..9).contains(&run)), "{}", text);
            }
        }
    }

    /// However doors are numbered and hidden: each that is there is drawn once, on its own floor, top to bottom.
    #[test]
    fn every_door_is_drawn_once(
        doors in proptest::collection::vec((proptest::option::of(-2_i16..12), 1_u32..200, "[A-C]?", "(|hs|1|2|10)"), 0..24),
        hidden in proptest::collection::vec(any::<bool>(), 24),
    ) {
        let rows: Vec<_> = doors.iter().map(|(floor, number, letter, addition)| (*floor, *number, letter.as_str(), addition.as_str())).collect();
        let mut story = stairwell(&rows);
        for (at, _) in (1..).zip(&doors).filter(|(at, _)| hidden[usize::try_from(*at).unwrap() % 24]) {
            story.say(INEKE, Subject::Place(PlaceId(id(at))), PlaceHidden { successor: None });
        }
        let caseload = story.fold();
        let floors = stairwell::floors(&caseload, STAIRWELL, day(TODAY));
        let mut drawn: Vec<PlaceId> = floors.iter().flat_map(|floor| floor.doors.iter().map(|door| door.place)).collect();
        for floor in &floors {
            prop_assert!(!floor.doors.is_empty());
            prop_assert!(floor.doors.iter().all(|door| caseload.places[&door.place].place.floor == floor.floor));
        }
        let known: Vec<i16> = floors.iter().filter_map(|floor| floor.floor).collect();
        prop_assert!(known.is_sorted_by(|above, below| above > below));
        prop_assert!(floors.iter().position(|floor| floor.floor.is_none()).is_none_or(|at| at + 1 == floors.len()));
        drawn.sort();
        let mut there: Vec<PlaceId> = caseload.parts_of(Some(STAIRWELL)).into_iter().map(|state| state.id).collect();
        there.sort();
        prop_assert_eq!(&drawn, &there);
        prop_assert_eq!(stairwell::within(&caseload, STAIRWELL).doors, there.len());
    }
}

// --- Left alone -----------------------------------------------------------------------------------

#[test]
fn all_goes_but_the_place_the_building_and_the_wish() {
    let mut story = Story::with_home();
    let here = Subject::Place(DOOR);
    let tried = story.say(BERT, here, Visit::tile(VisitKind::Rang, Outcome::NotHome));
    let corrected = story.say(BERT, here, Correction { of: tried, visit: Visit::tile(VisitKind::Rang, Outcome::Waved) });
    story.say(JAMILA, here, Building { kind: BuildingKind::Smell });
    story.say(JAMILA, Subject::Person(PersonId(id(5))), Person { household: HOME, role: Who::Child, called: "Ria".to_owned() });
    assert_eq!(left_alone::goes(&story.fold()), [], "nobody asked");
    let wish = story.say(JAMILA, here, NoContact { household: Some(HOME) });
    story.say(INEKE, here, Review { of: wish, verdict: Verdict::Seen });
    let goes = left_alone::goes(&story.fold());
    assert_eq!(goes.len(), 1);
    assert_eq!((goes[0].door, goes[0].waits), (DOOR, false));
    assert_eq!(goes[0].households, [HOME].into());
    assert_eq!(goes[0].persons, [PersonId(id(5))].into());
    assert_eq!(goes[0].notes, [tried, corrected].into());
    // Two phones that began one each; one that is named and not known here; what runs behind a closed door.
    let twin = HouseholdId(id(3));
    let mut two = story.clone();
    two.say(BERT, Subject::Household(twin), Household { door: DOOR, from: day(TODAY) });
    assert_eq!(left_alone::goes(&two.fold())[0].households, [HOME, twin].into());
    two.home(INEKE, Guarded { journal: JournalId(id(9)), lead: INEKE, runs: true });
    assert!(left_alone::goes(&two.fold())[0].waits);
    two.home(INEKE, Guarded { journal: JournalId(id(9)), lead: INEKE, runs: false });
    assert!(!left_alone::goes(&two.fold())[0].waits);
    for how in [SettledAs::Over, SettledAs::Overruled] {
        let mut over = story.clone();
        over.say(INEKE, here, settled(wish, how));
        assert_eq!(left_alone::goes(&over.fold()), [], "{how:?}");
    }
    let mut back = story.clone();
    back.say(JAMILA, here, Withdrawal { of: wish });
    assert_eq!(left_alone::goes(&back.fold()), []);
    let mut moved = Story::with_home();
    moved.home(BERT, HouseholdEnded { on: day(TODAY), why: Ending::Moved });
    moved.say(BERT, Subject::Household(twin), Household { door: DOOR, from: day(TODAY) });
    moved.say(JAMILA, here, NoContact { household: Some(HOME) });
    assert_eq!(left_alone::goes(&moved.fold())[0].households, [HOME].into(), "not who lives there now");
    let mut stranger = Story::with_home();
    stranger.say(JAMILA, Subject::Place(PlaceId(id(8))), NoContact { household: Some(HouseholdId(id(4))) });
    assert_eq!(left_alone::goes(&stranger.fold())[0].households, [].into());
}
