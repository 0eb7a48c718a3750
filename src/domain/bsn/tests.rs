use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::body::{Gesture, Referral, Visit, VisitKind};
use crate::domain::body::{Outcome, Party};

#[test]
fn what_is_stopped_and_what_is_not() {
    for (text, found) in [
        ("111222333", Some("111222333")),
        ("Haar nummer is 111222333.", Some("111222333")),
        ("1112.22.333", Some("1112.22.333")),
        ("111 222 333", Some("111 222 333")),
        ("111-222-333 volgens de brief", Some("111-222-333")),
        ("BSN111222333", Some("111222333")),
        ("kamer 3 111222333", Some("111222333")),
        ("111222333 4", Some("111222333")),
        ("012345672", Some("012345672")),
        ("12345672", Some("12345672")),
        ("1234.56.72", Some("1234.56.72")),
        ("１１１２２２３３３", Some("１１１２２２３３３")),
        ("\u{661}\u{661}\u{661}222333", Some("\u{661}\u{661}\u{661}222333")),
        ("111\u{a0}222\u{a0}333", Some("111\u{a0}222\u{a0}333")),
        ("111222334", None),
        ("000000000", None),
        ("1112223330", None),
        ("111222333444", None),
        ("111, 222 en 333", None),
        ("111   222333", None),
        ("Bel 06 12345672", None),
        ("06-12345672", None),
        ("0612345672", None),
        ("020 111 2227", None),
        ("Op 12.03.2024 en 2024-03-12", None),
        ("12 koppen koffie, 3 keer gebeld, 14.30 uur", None),
        ("", None),
    ] {
        assert_eq!(find(text), found, "{text}");
    }
}

#[test]
fn all_numbers_are_found_not_only_the_first() {
    assert_eq!(all("111222333 of 12345672, of 111222334"), ["111222333", "12345672"]);
    assert!(all("geen").is_empty());
}

#[test]
fn an_entry_is_looked_through_whatever_it_says() {
    let visit = |note: &str| Body::from(Visit { note: note.to_owned(), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) });
    assert_eq!(in_body(&visit("haar \"nummer\" is 111222333")).as_deref(), Some("111222333"));
    assert_eq!(in_body(&visit("\\ 111222333 \\")).as_deref(), Some("111222333"));
    assert_eq!(in_body(&visit("gewoon koffie")), None);
    let referral = Referral {
        // An id of digits only, and a day: both look like numbers, neither was typed.
        of: EntryId(Uuid::parse_str("11122233-3111-4222-8333-111222333111").unwrap()),
        party: Party::Welfare,
        shared: "niets".to_owned(),
        agreed: None,
        ground: None,
    };
    assert_eq!(in_body(&referral.into()), None);
    let day: NaiveDate = "2026-03-12".parse().unwrap();
    let mut promise = Visit::tile(VisitKind::Coffee, Outcome::Spoken);
    promise.follow_up = Some(day);
    assert_eq!(in_body(&promise.into()), None);
}

#[test]
fn what_was_let_through_is_noted() {
    let of = EntryId(Uuid::from_u128(7));
    let gesture = |what: &str| Body::from(Gesture { what: what.to_owned() });
    let noted = note(of, &gesture("oud rekeningnummer 111222333"));
    assert!(matches!(noted, Some(Body::Settled(Settled { how: SettledAs::NotBsn, of: about, .. })) if about == of));
    assert_eq!(note(of, &gesture("een boodschap")), None);
}

/// A number that passes, made from eight digits; none where no ninth digit fits.
fn number(eight: [u32; 8]) -> Option<[u32; 9]> {
    let sum: u32 = eight.iter().zip((2..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    let last = sum % 11;
    let [a, b, c, d, e, f, g, h] = eight;
    (last < 10 && eight != [0; 8]).then_some([a, b, c, d, e, f, g, h, last])
}

/// How somebody writes it: between any two digits nothing, or one or two of what may stand there.
fn written() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(prop_oneof![5 => Just(String::new()), 2 => "[ .-]", 1 => "[ .-]{2}"], 8)
}

proptest! {
    #[test]
    fn whatever_stands_around_it_is_stopped(
        eight in proptest::array::uniform8(0..10u32),
        gaps in written(),
        before in "([a-zé😀 ,:\u{5d0}-\u{5ea}]{0,20}[a-zé,:😀])?",
        after in "([,;a-zé😀\n][a-zé ,😀]{0,20})?",
    ) {
        let digits = number(eight);
        prop_assume!(digits.is_some());
        let digits = digits.unwrap();
        let mut text = digits[0].to_string();
        for (gap, digit) in gaps.iter().zip(&digits[1..]) {
            text.push_str(gap);
            text.push_str(&digit.to_string());
        }
        let whole = format!("{before}{text}{after}");
        // Eight of the nine may pass as well, then that is what is shown; a text with the number in it is never free.
        prop_assert!(find(&whole).is_some(), "{whole:?}");
    }

    #[test]
    fn a_number_that_fails_the_proof_is_not(eight in proptest::array::uniform8(0..10u32), more in 1..10u32) {
        let digits = number(eight);
        prop_assume!(digits.is_some());
        let mut digits = digits.unwrap();
        digits[8] = (digits[8] + more) % 10;
        let text: String = digits.iter().map(u32::to_string).collect();
        prop_assert_eq!(find(&text), None);
    }

    #[test]
    fn it_never_stumbles_and_what_it_shows_stands_there(text in ".{0,80}") {
        if let Some(found) = find(&text) {
            prop_assert!(text.contains(found));
        }
    }
}
