//! "Overdracht" holds what is open and nothing else; "Mijn dag" holds what I noted that day, in order.

use proptest::prelude::*;
use waakvlam::domain::body::{Gesture, Outcome, PutOff, Severity, Visit, VisitKind, Withdrawal};
use waakvlam::domain::handover::handover;
use waakvlam::domain::my_day::my_day;
use waakvlam::domain::{EntryId, Subject};

use crate::story::{BERT, DOORS, HOMES, JAMILA, Story, day};
use crate::table::{concern, story};
use crate::unseen::{Thing, histories, history, open};

const HOME: Subject = Subject::Household(HOMES[0]);

/// "signals/promises/help/away" of a story.
fn counts(said: &[&str], whose: &str, today: &str) -> String {
    let whose = match whose {
        "all" => None,
        "jamila" => Some(JAMILA),
        _ => Some(BERT),
    };
    let all = handover(&story(said).fold(), whose, day(today));
    format!("{}/{}/{}/{}", all.signals.len(), all.promises.len(), all.help.len(), all.away.len())
}

#[test]
fn what_is_open_is_handed_over_and_what_is_closed_is_not() {
    let cases: &[(&str, &[&str], &str, &str)] = &[
        ("nothing", &["2 jamila spoken"], "all", "0/0/0/0"),
        ("a signal", &["2 jamila worries discuss"], "all", "1/0/0/0"),
        ("a signal that was closed", &["2 jamila worries discuss", "3 jamila closes"], "all", "0/0/0/0"),
        ("a signal that was taken back", &["2 jamila worries discuss", "3 jamila takes back"], "all", "0/0/0/0"),
        ("a signal that another took on is theirs", &["2 jamila worries discuss", "2 bert takes"], "jamila", "0/0/0/0"),
        ("a signal that I took on", &["2 jamila worries discuss", "2 bert takes"], "bert", "1/0/0/0"),
        ("a promise, also for a day that is to come", &["2 jamila spoken promises 20"], "jamila", "0/1/0/0"),
        ("a promise that was kept", &["2 jamila spoken promises 4", "4 bert spoken"], "all", "0/0/0/0"),
        ("a promise of another", &["2 jamila spoken promises 4"], "bert", "0/0/0/0"),
        ("help under way", &["2 jamila worries watch", "2 jamila asks help agreed", "3 jamila step sent"], "all", "1/0/1/0"),
        (
            "help that has begun",
            &["2 jamila worries watch", "2 jamila asks help agreed", "3 jamila step started"],
            "all",
            "1/0/0/0",
        ),
        ("who is away, whoever asks", &["2 bert away 9 to 12 jamila", "2 jamila away 3 to 4"], "jamila", "0/0/0/1"),
        ("they moved", &["2 jamila worries watch", "2 jamila spoken promises 4", "3 bert ended"], "all", "0/0/0/0"),
        (
            "they want to be left alone",
            &["2 jamila worries watch", "2 jamila spoken promises 4", "3 bert nocontact"],
            "all",
            "0/0/0/0",
        ),
        ("the door was hidden", &["2 jamila worries watch", "2 jamila spoken promises 4", "3 ineke hides"], "all", "1/1/0/0"),
    ];
    for (name, said, whose, expected) in cases {
        assert_eq!(counts(said, whose, "2026-03-08"), *expected, "{name}");
    }
}

#[test]
fn the_most_serious_comes_first_and_then_the_earliest() {
    let said = [
        "2 jamila worries watch due 4",
        "2 jamila worries discuss due 9",
        "2 jamila worries now",
        "2 jamila worries discuss due 6",
    ];
    let story = story(&said);
    let ids: Vec<EntryId> = story.0.iter().rev().take(4).rev().map(|entry| entry.id).collect();
    let all = handover(&story.fold(), None, day("2026-03-02"));
    let order: Vec<EntryId> = all.signals.iter().map(|(_, of)| *of).collect();
    assert_eq!(order, [ids[2], ids[3], ids[1], ids[0]]);
}

#[test]
fn my_day_is_what_i_noted_that_day_in_order_here() {
    let at = |text: &str| text.parse().unwrap();
    let tile = || Visit::tile(VisitKind::Coffee, Outcome::Spoken);
    let mut story = Story::begin(at("2026-03-02T07:00:00Z"));
    // Half past midnight here is the next day; and late in the evening of UTC is so, too.
    let late = story.say(JAMILA, HOME, tile(), at("2026-03-02T23:30:00Z"));
    let second = story.say(JAMILA, HOME, concern(Severity::Watch, None), at("2026-03-03T10:00:00Z"));
    let first = story.say(JAMILA, Subject::Place(DOORS[2]), tile(), at("2026-03-03T09:00:00Z"));
    story.say(BERT, HOME, tile(), at("2026-03-03T09:30:00Z"));
    story.say(JAMILA, Subject::Place(DOORS[0]), PutOff { until: day("2026-03-04") }, at("2026-03-03T11:00:00Z"));
    story.say(JAMILA, HOME, Withdrawal { of: second }, at("2026-03-03T11:30:00Z"));
    let last = story.say(JAMILA, HOME, Gesture { what: "lamp vervangen".to_owned() }, at("2026-03-03T22:59:00Z"));
    story.say(JAMILA, HOME, tile(), at("2026-03-03T23:01:00Z"));
    let noted = my_day(&story.fold(), JAMILA, day("2026-03-03"));
    assert_eq!(noted.iter().map(|line| line.id).collect::<Vec<_>>(), [late, first, second, last]);
    assert_eq!(noted.iter().map(|line| line.taken_back).collect::<Vec<_>>(), [false, false, true, false]);
    assert_eq!(noted[1].place, Some(DOORS[2]));
    assert!(my_day(&story.fold(), BERT, day("2026-03-02")).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exactly_what_is_open_is_handed_over(dice in histories()) {
        let (story, last) = history(&dice);
        let caseload = story.fold();
        let all = handover(&caseload, None, last);
        let mut held: Vec<EntryId> = all.signals.iter().map(|(_, of)| *of).collect();
        held.extend(all.promises.iter().map(|(_, promise)| promise.of));
        let mut expected: Vec<EntryId> = open(&story.0, &caseload)
            .into_iter()
            .filter(|open| open.thing != Thing::Question)
            .map(|open| open.of)
            .collect();
        held.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(held, expected);
    }
}
