//! The promise: the card says the same in every language, and says of each whether a translator has looked at it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

#[path = "../src/app/texts/card.rs"]
mod card;

use card::{LANGUAGES, SENTENCES};

#[test]
fn every_language_has_every_sentence() {
    for language in LANGUAGES {
        assert_eq!(language.sentences.len(), SENTENCES);
        for text in [language.name, language.dutch, language.title, language.question].into_iter().chain(language.sentences) {
            assert!(text.trim() == text && !text.is_empty(), "{}: {text:?}", language.code);
        }
        let mut once = language.sentences.to_vec();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), SENTENCES, "{}: a sentence stands there twice", language.code);
    }
}

#[test]
fn no_language_stands_there_twice_or_in_another() {
    let mut codes: Vec<_> = LANGUAGES.iter().map(|language| language.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), LANGUAGES.len());
    let dutch = LANGUAGES[0];
    assert_eq!(dutch.code, "nl");
    for language in &LANGUAGES[1..] {
        assert!(
            language.sentences.iter().all(|sentence| !dutch.sentences.contains(sentence)),
            "{} is not translated",
            language.code
        );
    }
}

#[test]
fn a_script_is_written_in_its_direction() {
    for language in LANGUAGES {
        let arabic =
            language.sentences.iter().any(|sentence| sentence.chars().any(|char| ('\u{600}'..='\u{6ff}').contains(&char)));
        assert_eq!(arabic, language.rtl, "{}", language.code);
    }
}

#[test]
fn nothing_is_called_checked_that_is_not() {
    // Whoever sets `checked` names the language here, so that it is done knowingly.
    let checked: Vec<_> = LANGUAGES.iter().filter(|language| language.checked).map(|language| language.code).collect();
    assert_eq!(checked, ["nl"]);
}
