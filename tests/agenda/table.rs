//! The rules as a table. Read it aloud: what was said on which day of March 2026, and what a day asks of whom.
//!
//! 2 March is a Monday. A line of the story is a day, who, and what; it is about the household behind the first door.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use waakvlam::domain::agenda::{self, Why};
use waakvlam::domain::body::{
    Absence, Agreed, AgreedBy, Behind, Body, Called, Change, Concern, Correction, Ending, Flame, Ground, HouseholdEnded,
    HowOften, Known, KnownBy, KnownKind, NoContact, Outcome, Party, PlaceHidden, PutOff, Referral, ReferralStep, Review, Set,
    Settled, SettledAs, Severity, Stage, Standing, Telling, Tile, Told, Verdict, Visit, VisitKind, Weekday, Withdrawal,
    WorkingDays,
};
use waakvlam::domain::{EntryId, Subject, UserId};

use crate::story::{BERT, DOORS, GONE, HOMES, INEKE, JAMILA, MET, STAIRWELL, Story, day, staff};

/// What happened, and after each: on this day, of this person, it asks this (weightiest first; nothing is "").
type Case = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // --- Promises ---------------------------------------------------------------------------------
    ("a promise comes on its day, and stays", &["2 jamila spoken promises 4"], &[("3 jamila", ""), ("4 jamila", "promise 4"), ("31 jamila", "promise 4")]),
    ("it is its writer's", &["2 jamila spoken promises 4"], &[("4 bert", "")]),
    ("not at home is no contact: it says how often it was tried", &["2 jamila spoken promises 4", "4 jamila nothome", "5 bert waved"], &[("5 jamila", "promise 4, tried 2")]),
    ("somebody was spoken with, by anybody", &["2 jamila spoken promises 4", "3 bert spoken"], &[("4 jamila", "")]),
    ("every open promise counts, not only that of the last visit", &["2 jamila spoken promises 4", "3 jamila nothome promises 6"], &[("6 jamila", "promise 4, tried 1; promise 6")]),
    ("a talk makes the next promise and keeps the one before", &["2 jamila spoken promises 4", "4 jamila spoken promises 9"], &[("4 jamila", ""), ("9 jamila", "promise 9")]),
    ("kept in another way", &["2 jamila spoken promises 4", "4 bert kept"], &[("4 jamila", "")]),
    ("let go", &["2 jamila spoken promises 4", "4 jamila dropped"], &[("4 jamila", "")]),
    ("that it was kept was taken back", &["2 jamila spoken promises 4", "4 jamila kept", "4 jamila takes back"], &[("4 jamila", "promise 4")]),
    ("the contact was taken back", &["2 jamila spoken promises 4", "2 jamila takes back"], &[("4 jamila", "")]),
    ("corrected: another day", &["2 jamila spoken promises 4", "3 jamila corrects spoken promises 6"], &[("4 jamila", ""), ("6 jamila", "promise 6")]),
    ("corrected: nothing was promised", &["2 jamila spoken promises 4", "3 jamila corrects spoken"], &[("4 jamila", "")]),
    ("the talk that kept it turns out to be none", &["2 jamila spoken promises 4", "4 bert spoken", "5 bert corrects nothome"], &[("5 jamila", "promise 4, tried 1")]),
    ("noted a day later, it still is from before", &["3 jamila spoken promises 5", "4 bert spoken yesterday-1"], &[("5 jamila", "promise 5")]),
    ("moved away", &["2 jamila spoken promises 4", "3 bert ended"], &[("4 jamila", "")]),
    ("wants to be left alone", &["2 jamila spoken promises 4", "3 bert nocontact"], &[("4 jamila", "")]),
    ("the door was hidden: they still live somewhere", &["2 jamila spoken promises 4", "3 ineke hides"], &[("4 jamila", "promise 4")]),
    ("made to somebody in the stairwell, not kept by a talk with another", &["2 jamila met promises 4", "3 bert spoken", "4 bert stairwell"], &[("4 jamila", "promise 4")]),
    ("their door was found, and they were spoken with there", &["2 jamila met promises 4", "3 bert finds", "4 bert spoken at third"], &[("3 jamila", ""), ("4 jamila", "")]),
    // --- Who does it, and when ----------------------------------------------------------------------
    ("away: the stand-in sees it too", &["2 jamila spoken promises 4", "2 jamila away 3 to 10 bert"], &[("4 bert", "promise 4"), ("4 jamila", "promise 4"), ("11 bert", "")]),
    ("away without a stand-in: everybody", &["2 jamila spoken promises 4", "2 jamila away 3 to 10"], &[("4 bert", "promise 4"), ("11 bert", "")]),
    ("nobody knows the stand-in: everybody", &["2 bert spoken promises 4", "2 bert away 3 to 10 gone"], &[("4 jamila", "promise 4")]),
    ("the stand-in is away, too: everybody", &["2 jamila spoken promises 4", "2 jamila away 3 to 10 gone", "2 gone away 3 to 5"], &[("4 bert", "promise 4")]),
    ("not away after all", &["2 jamila spoken promises 4", "2 jamila away 3 to 10", "3 jamila takes back"], &[("4 bert", "")]),
    ("whoever promised works here no more", &["2 gone spoken promises 4"], &[("4 jamila", "promise 4"), ("4 bert", "promise 4")]),
    ("promised by the supervisor, who has no Vandaag", &["2 ineke spoken promises 4"], &[("4 bert", "promise 4")]),
    ("for a Saturday, by who works on weekdays: there on Friday", &["2 jamila works 1 2 3 4 5", "2 jamila spoken promises 7"], &[("5 jamila", ""), ("6 jamila", "promise 7"), ("7 jamila", "promise 7"), ("9 jamila", "promise 7")]),
    ("a day off asks nothing but promises and calls", &["2 jamila works 1 2 3 4 5", "2 jamila flame week", "2 jamila worries watch due 6"], &[("7 jamila", ""), ("9 jamila", "signal; rhythm week")]),
    ("not today", &["2 jamila spoken promises 4", "4 jamila putsoff 6"], &[("4 jamila", ""), ("5 jamila", ""), ("6 jamila", "promise 4")]),
    ("not today, taken back", &["2 jamila spoken promises 4", "4 jamila putsoff 6", "4 jamila putsoff 4"], &[("4 jamila", "promise 4")]),
    ("not today is mine alone", &["2 jamila away 1 to 9", "2 jamila spoken promises 4", "4 bert putsoff 6"], &[("4 bert", ""), ("4 jamila", "promise 4")]),
    // --- Signals ------------------------------------------------------------------------------------
    ("urgent: call now, and nothing puts it off", &["2 jamila worries now", "2 jamila putsoff 9"], &[("2 jamila", "call"), ("2 bert", "")]),
    ("urgent, on a day off", &["2 jamila works 1", "3 jamila worries now"], &[("3 jamila", "call")]),
    ("urgent and taken on by another: both see it until somebody called", &["2 jamila worries now", "2 bert takes"], &[("2 jamila", "call"), ("2 bert", "call")]),
    ("called: it stays a signal of that day", &["2 jamila worries now", "2 jamila called"], &[("2 jamila", "signal")]),
    ("that somebody called was taken back: call", &["2 jamila worries now", "2 jamila called", "2 jamila takes back"], &[("2 jamila", "call")]),
    ("to discuss: within the week", &["2 jamila worries discuss"], &[("4 jamila", ""), ("5 jamila", "signal")]),
    ("to watch: within the month", &["2 jamila worries watch"], &[("31 jamila", ""), ("32 jamila", "signal")]),
    ("with a day of its own", &["2 jamila worries watch due 6"], &[("5 jamila", ""), ("6 jamila", "signal")]),
    ("two days that did not see each other: the earlier", &["2 jamila worries watch due 9", "3 bert moves 6 unseen", "3 jamila moves 8 unseen"], &[("6 jamila", "signal")]),
    ("whoever took it on", &["2 jamila worries discuss", "2 bert takes"], &[("5 jamila", ""), ("5 bert", "signal")]),
    ("whoever took it on is away", &["2 jamila worries discuss", "2 bert takes", "3 bert away 4 to 9 jamila"], &[("5 jamila", "signal")]),
    ("the supervisor took it on: it is on her desk", &["2 jamila worries discuss", "2 ineke takes"], &[("5 jamila", ""), ("5 bert", "")]),
    ("whoever took it on works here no more", &["2 jamila worries discuss", "2 gone takes"], &[("5 bert", "signal")]),
    ("closed", &["2 jamila worries discuss", "4 jamila closes"], &[("5 jamila", "")]),
    ("somebody was spoken with: a signal is not kept by that", &["2 jamila worries discuss", "4 jamila spoken"], &[("5 jamila", "signal")]),
    // --- A supervisor's question --------------------------------------------------------------------
    ("asked of who wrote it", &["2 jamila spoken", "3 ineke asks"], &[("3 jamila", "question"), ("3 bert", "")]),
    ("answered", &["2 jamila spoken", "3 ineke asks", "3 jamila answers"], &[("3 jamila", "")]),
    ("seen is no answer", &["2 jamila spoken", "3 ineke asks", "4 ineke sees"], &[("4 jamila", "question")]),
    ("the question was taken back", &["2 jamila spoken", "3 ineke asks", "3 ineke takes back"], &[("3 jamila", "")]),
    // --- Help that was asked for --------------------------------------------------------------------
    ("sent: ask back after a few days", &["2 jamila worries watch due 31", "2 jamila asks help agreed", "2 jamila step sent"], &[("6 jamila", ""), ("7 jamila", "help"), ("7 bert", "")]),
    ("they agreed, and it was not sent", &["2 jamila worries watch due 31", "2 jamila asks help agreed"], &[("2 jamila", "help")]),
    ("without a release it waits, and says so", &["2 jamila worries watch due 31", "2 jamila asks help ground"], &[("2 jamila", ""), ("3 jamila", "help")]),
    ("released: send it", &["2 jamila worries watch due 31", "2 jamila asks help ground", "2 ineke step released"], &[("2 jamila", "help")]),
    ("a waiting list: later", &["2 jamila worries watch due 31", "2 jamila asks help agreed", "3 jamila step waiting"], &[("30 jamila", ""), ("31 jamila", "signal; help")]),
    ("a waiting list of two weeks", &["2 jamila worries watch due 31", "2 jamila asks help agreed", "3 jamila step waiting 2"], &[("16 jamila", ""), ("17 jamila", "help")]),
    ("help has begun", &["2 jamila worries watch due 31", "2 jamila asks help agreed", "3 jamila step started"], &[("20 jamila", "")]),
    ("that help has begun was taken back", &["2 jamila worries watch due 31", "2 jamila asks help agreed", "3 jamila step started", "4 jamila takes back"], &[("4 jamila", "help")]),
    ("they refused", &["2 jamila worries watch due 31", "2 jamila asks help agreed", "3 jamila step refused"], &[("20 jamila", "")]),
    // --- Telling, rhythm, walks ---------------------------------------------------------------------
    ("tell: within the month", &["2 jamila spoken"], &[("22 jamila", ""), ("23 jamila", "tell"), ("23 bert", "")]),
    ("tell: not yet is not told", &["2 jamila spoken", "20 jamila told notyet"], &[("23 jamila", "tell")]),
    ("tell: the card was given", &["2 jamila spoken", "20 jamila told card"], &[("23 jamila", "")]),
    ("tell: it can't be", &["2 jamila spoken", "20 jamila told cannot"], &[("23 jamila", "")]),
    ("tell: by whoever spoke with them last", &["2 jamila spoken", "9 bert spoken"], &[("23 jamila", ""), ("23 bert", "tell")]),
    ("tell: a daughter was written down, nobody was spoken with", &[], &[("22 bert", ""), ("23 bert", "tell"), ("23 jamila", "tell")]),
    ("tell: an empty record is none", &["2 jamila told card", "2 jamila second spoken", "2 jamila takes back"], &[("23 jamila", "")]),
    ("every week: seven days after somebody was spoken with", &["2 jamila flame week", "2 jamila spoken", "5 bert nothome"], &[("8 jamila", ""), ("9 jamila", "rhythm week"), ("9 bert", "rhythm week")]),
    ("agreed and never spoken with", &["2 jamila flame month", "2 jamila nothome"], &[("2 jamila", "rhythm month")]),
    ("after midnight is the next day here", &["2 jamila flame week", "2 jamila spoken late"], &[("9 jamila", ""), ("10 jamila", "rhythm week")]),
    ("away until: nobody has to ring", &["2 jamila flame week", "2 jamila spoken", "3 bert knows away 20"], &[("20 jamila", ""), ("21 jamila", "rhythm week")]),
    ("a hidden door has no rhythm", &["2 jamila flame week", "2 jamila spoken", "3 ineke hides"], &[("20 jamila", "")]),
    // The door is the third of five by its id: it comes back on the third working day.
    ("after a holiday quiet rhythms are spread", &["1 jamila works 1 2 3 4 5", "1 jamila flame month", "-10 jamila spoken", "1 jamila away 9 to 22"], &[("20 jamila", ""), ("23 jamila", ""), ("24 jamila", ""), ("25 jamila", "rhythm month"), ("20 bert", "rhythm month")]),
    ("whoever is seen every week is there on the first day back", &["1 jamila flame week", "2 jamila spoken", "1 jamila away 3 to 15"], &[("16 jamila", "rhythm week")]),
    ("a few days off are no holiday", &["1 jamila flame month", "-10 jamila spoken", "1 jamila away 18 to 20"], &[("21 jamila", "rhythm month")]),
    ("promises come first, whatever the holiday", &["1 jamila flame month", "-10 jamila spoken promises 14", "1 jamila away 9 to 22 gone"], &[("23 jamila", "promise 14")]),
    ("walk: doors where nobody was ever spoken with", &["2 jamila spoken"], &[("2 jamila", "walk 2")]),
    ("walk: it was made", &["2 jamila spoken", "2 jamila stairwell"], &[("3 jamila", "")]),
    ("walk: not today", &["2 jamila spoken", "2 jamila putsoff stairwell 3"], &[("2 jamila", ""), ("3 jamila", "walk 2")]),
    ("walk: not on a day off", &["2 jamila spoken", "2 jamila works 1"], &[("3 jamila", "")]),
];

fn on(number: &str) -> NaiveDate {
    let number: i64 = number.parse().unwrap_or_else(|why| panic!("{number}: {why}"));
    day("2026-03-01") + TimeDelta::days(number - 1)
}

fn user(name: &str) -> UserId {
    match name {
        "jamila" => JAMILA,
        "bert" => BERT,
        "ineke" => INEKE,
        "gone" => GONE,
        _ => panic!("who is {name}?"),
    }
}

fn last(story: &Story, kind: &str) -> EntryId {
    story.last(|_, body| body.kind() == kind).unwrap_or_else(|| panic!("no {kind} before")).id
}

fn visit(words: &[&str], today: NaiveDate) -> Visit {
    let outcome = match words[0] {
        "nothome" => Outcome::NotHome,
        "waved" => Outcome::Waved,
        _ => Outcome::Spoken,
    };
    let mut visit = Visit::tile(VisitKind::Coffee, outcome);
    visit.follow_up = words.iter().position(|word| *word == "promises").map(|at| on(words[at + 1]));
    visit.happened_on = words.contains(&"yesterday-1").then(|| today - TimeDelta::days(2));
    visit
}

fn tell(story: &mut Story, line: &str) {
    let words: Vec<&str> = line.split(' ').collect();
    let (today, author, words) = (on(words[0]), user(words[1]), &words[2..]);
    let n = i64::try_from(story.0.len()).unwrap();
    let late = words.contains(&"late");
    let clock = if late { NaiveTime::from_hms_opt(23, 30, 0) } else { NaiveTime::from_hms_opt(9, 0, 0) };
    let at: DateTime<Utc> = today.and_time(clock.unwrap()).and_utc() + TimeDelta::minutes(n);
    let home = Subject::Household(HOMES[0]);
    let change = |story: &Story, set, seen: bool| {
        let of = last(story, "concern");
        let caseload = story.fold();
        let state = &caseload.concerns[&of];
        let mut saw = vec![of];
        if seen {
            saw.extend(state.seen_to_close());
            saw.extend(state.owner.seen());
        }
        Body::from(Change { of, saw, set })
    };
    let settle = |of, how| Body::from(Settled { of, how, text: "zo".to_owned(), until: None });
    let (subject, body): (Subject, Body) = match words {
        ["spoken" | "nothome" | "waved", .., "at", "third"] => (Subject::Household(MET), visit(words, today).into()),
        ["spoken" | "nothome" | "waved", ..] => (home, visit(words, today).into()),
        ["met", ..] => (Subject::Household(MET), visit(words, today).into()),
        ["stairwell"] => (Subject::Place(STAIRWELL), visit(words, today).into()),
        ["second", rest @ ..] => (Subject::Household(HOMES[1]), visit(rest, today).into()),
        ["corrects", rest @ ..] => {
            let of = story.last(|entry, body| entry.author == author && body.kind() == "visit").expect("a visit").id;
            (home, Correction { of, visit: visit(rest, today) }.into())
        }
        ["takes", "back"] => {
            let entry = story.last(|entry, _| entry.author == author).expect("an entry");
            (entry.payload.as_ref().unwrap().subject, Withdrawal { of: entry.id }.into())
        }
        ["kept"] => (home, settle(last(story, "visit"), SettledAs::Kept)),
        ["dropped"] => (home, settle(last(story, "visit"), SettledAs::Dropped)),
        ["ended"] => (home, HouseholdEnded { on: today, why: Ending::Moved }.into()),
        ["nocontact"] => (Subject::Place(DOORS[0]), NoContact { household: Some(HOMES[0]) }.into()),
        ["hides"] => (Subject::Place(DOORS[0]), PlaceHidden { successor: None }.into()),
        ["finds"] => (Subject::Household(MET), Behind { door: DOORS[2] }.into()),
        ["away", from, "to", to, stand_in @ ..] => {
            let stand_in = stand_in.first().map(|name| user(name));
            (Subject::Person(waakvlam::domain::PersonId(author.0)), Absence { from: on(from), to: on(to), stand_in }.into())
        }
        ["works", days @ ..] => {
            let days = days.iter().map(|day| Weekday::ALL[day.parse::<usize>().unwrap() - 1]).collect();
            (Subject::Person(waakvlam::domain::PersonId(author.0)), WorkingDays { days }.into())
        }
        ["putsoff", "stairwell", until] => (Subject::Place(STAIRWELL), PutOff { until: on(until) }.into()),
        ["putsoff", until] => (Subject::Place(DOORS[0]), PutOff { until: on(until) }.into()),
        ["flame", how_often] => {
            let how_often = if *how_often == "week" { HowOften::Week } else { HowOften::Month };
            (home, Flame { how_often, saw: Vec::new() }.into())
        }
        ["worries", severity, rest @ ..] => {
            let severity = match *severity {
                "now" => Severity::Now,
                "discuss" => Severity::Discuss,
                _ => Severity::Watch,
            };
            let due = rest.get(1).map(|day| on(day));
            (home, concern(severity, due).into())
        }
        ["takes"] => (home, change(story, Set::Owner(Some(author)), true)),
        ["moves", day, "unseen"] => (home, change(story, Set::Due(Some(on(day))), false)),
        ["closes"] => (home, change(story, Set::Standing(Standing::Closed { came_of: "goed".to_owned() }), true)),
        ["called"] => (home, Called { of: last(story, "concern"), whom: "112".to_owned(), at }.into()),
        ["asks"] => (home, Review { of: last(story, "visit"), verdict: Verdict::Question("hoe ging het?".to_owned()) }.into()),
        ["sees"] => (home, Review { of: last(story, "visit"), verdict: Verdict::Seen }.into()),
        ["answers"] => (home, settle(last(story, "review"), SettledAs::Answered)),
        ["asks", "help", on_what] => {
            let agreed = Agreed { by: AgreedBy::Resident, word: "doe maar".to_owned(), on: today, interpreter: String::new() };
            let (agreed, ground) = if *on_what == "agreed" { (Some(agreed), None) } else { (None, Some(Ground::VitalInterest)) };
            let of = last(story, "concern");
            (home, Referral { of, party: Party::DebtHelp, shared: "post".to_owned(), agreed, ground }.into())
        }
        ["step", stage, weeks @ ..] => {
            let stage = match *stage {
                "sent" => Stage::Sent,
                "released" => Stage::Released,
                "waiting" => Stage::WaitingList,
                "started" => Stage::Started,
                _ => Stage::Refused,
            };
            let weeks = weeks.first().and_then(|weeks| weeks.parse().ok());
            (home, ReferralStep { of: last(story, "referral"), stage, text: String::new(), weeks }.into())
        }
        ["told", how] => {
            let how = match *how {
                "card" => Telling::CardGiven,
                "notyet" => Telling::NotYet,
                _ => Telling::Cannot,
            };
            (home, Told { how, why: String::new() }.into())
        }
        ["knows", "away", until] => {
            (home, Known { what: KnownKind::Away, text: String::new(), until: Some(on(until)), agreed: false }.into())
        }
        _ => panic!("what does “{line}” mean?"),
    };
    story.say(author, subject, body, at);
}

/// A story, line by line.
pub fn story(said: &[&str]) -> Story {
    let mut story = Story::begin("2026-03-02T07:00:00Z".parse().unwrap());
    for line in said {
        tell(&mut story, line);
    }
    story
}

pub fn concern(severity: Severity, due: Option<NaiveDate>) -> Concern {
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
        due,
    }
}

fn words(why: &Why) -> String {
    let number = |day: &NaiveDate| (*day - day_zero()).num_days();
    match why {
        Why::Call(_) => "call".to_owned(),
        Why::Promise { day, tried: 0, .. } => format!("promise {}", number(day)),
        Why::Promise { day, tried, .. } => format!("promise {}, tried {tried}", number(day)),
        Why::Concern(_) => "signal".to_owned(),
        Why::Question(_) => "question".to_owned(),
        Why::Help(_) => "help".to_owned(),
        Why::Tell => "tell".to_owned(),
        Why::Rhythm(HowOften::Week) => "rhythm week".to_owned(),
        Why::Rhythm(_) => "rhythm month".to_owned(),
        Why::Walk(doors) => format!("walk {doors}"),
    }
}

fn day_zero() -> NaiveDate {
    day("2026-02-28")
}

#[test]
fn what_a_day_asks() {
    let staff = staff();
    let mut wrong = Vec::new();
    for (name, said, asked) in CASES {
        let caseload = story(said).fold();
        for (when, expected) in *asked {
            let (number, who) = when.split_once(' ').unwrap();
            let due = agenda::today(&caseload, &staff, user(who), on(number));
            // Walking and telling come at nearly any time: only the cases that are about them look.
            let about = |why: &&Why| match why {
                Why::Walk(_) => name.starts_with("walk:"),
                Why::Tell => name.starts_with("tell:"),
                _ => true,
            };
            let asks: Vec<String> = due.iter().flat_map(|due| &due.why).filter(about).map(words).collect();
            if asks.join("; ") != *expected {
                wrong.push(format!("{name}: on {when} expected “{expected}”, got “{}”", asks.join("; ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} cases", CASES.len());
}
