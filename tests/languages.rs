//! The promise: whatever the screen says, it says in Dutch and in English.
//!
//! A text that misses its English does not compile (`say!`, `both!` and `tell!` in `src/app/texts`). This looks at the ways round that: a
//! sentence that stands in a page, a text beside the macros, and an English that is the Dutch once more.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// In these a text stands in both languages.
const IN_BOTH: &[&str] = &["say", "both", "tell", "searched"];
/// Nobody reads what stands in these on a screen.
const UNSEEN: &[&str] = &["panic", "unreachable", "debug_assert", "assert", "concat", "env", "include_str", "matches"];
/// What is sent to a party is Dutch; what the server says is Dutch by itself.
const ONE_LANGUAGE: &[&str] = &["propose", "in_english"];
/// The same in both languages.
const SAME: &[&str] = &["Complex", "Contact", "Details", "Later", "Menu", "Partner", "School"];
/// No words of a screen: what the browser, the protocol or a language calls things by itself.
const NO_WORDS: &[&str] = &[
    "Waakvlam",
    "{title} · Waakvlam",
    "Veilig Thuis",
    "NotSupportedError",
    "question-hint question-error",
    // The languages, each in itself.
    "Nederlands",
    "English",
    "In English, please",
    "Liever in het Nederlands",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// A literal text with where it stands, and the macro around it.
struct Text {
    line: usize,
    text: String,
    within: Option<String>,
    /// The function that it stands in, if it is one of the file's own.
    function: String,
    /// The word before it, as in `class="…"` or `expect("…")`.
    before: String,
    /// Whether another text stands beside it, as in `("Meer", "More")`.
    paired: bool,
}

fn texts(source: &str) -> Vec<Text> {
    fn walk(tokens: TokenStream, within: Option<&str>, function: &str, before: &str, texts: &mut Vec<Text>) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let (mut name, mut function) = (before.to_owned(), function.to_owned());
        let comma = |at: usize| tokens.get(at).is_some_and(|token| token.to_string() == ",");
        let is_text = |at: usize| matches!(tokens.get(at), Some(TokenTree::Literal(_)));
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(ident) => {
                    if name == "fn" {
                        function = ident.to_string();
                    }
                    name = ident.to_string();
                }
                TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => name.clear(),
                TokenTree::Punct(_) => {}
                TokenTree::Group(group) => {
                    let is_macro = at > 0 && matches!(&tokens[at - 1], TokenTree::Punct(mark) if mark.as_char() == '!');
                    let hash = |back: usize| at.checked_sub(back).is_some_and(|at| tokens[at].to_string() == "#");
                    // `#[…]` and `#![…]`: docs, mostly.
                    if hash(1) || is_macro && hash(2) {
                        continue;
                    }
                    let within = if is_macro && name != "view" { Some(name.clone()) } else { within.map(ToOwned::to_owned) };
                    walk(group.stream(), within.as_deref(), &function, &name, texts);
                }
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    let written = literal.to_string();
                    if let Some(text) = written.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
                        let paired = comma(at + 1) && is_text(at + 2) || at >= 2 && comma(at - 1) && is_text(at - 2);
                        let within = within.map(ToOwned::to_owned);
                        let (text, function, before) = (text.to_owned(), function.clone(), name.clone());
                        texts.push(Text { line, text, within, function, before, paired });
                    }
                }
            }
        }
    }
    let mut texts_found = Vec::new();
    walk(source.parse().expect("Rust"), None, "", "", &mut texts_found);
    texts_found
}

/// The classes that the style knows: what stands in `class="…"`.
fn classes() -> BTreeSet<String> {
    let style = fs::read_to_string(root().join("style/main.css")).unwrap();
    let of =
        |part: &str| part.chars().take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')).collect();
    style.split('.').skip(1).map(of).filter(|name: &String| !name.is_empty()).collect()
}

/// Whether somebody could read this as words: it begins with a capital, or it is more than one word and no list of classes.
fn reads_like_words(text: &str, classes: &BTreeSet<String>) -> bool {
    // What is put in is no word.
    let mut plain = String::new();
    let mut inside = 0;
    for letter in text.chars() {
        match letter {
            '{' => inside += 1,
            '}' => inside -= 1,
            _ if inside == 0 => plain.push(letter),
            _ => {}
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let is_word = |word: &&&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let capital =
        words.iter().any(|word| word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase));
    capital || words.iter().filter(is_word).filter(|word| !classes.contains(**word)).count() > 1
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn no_sentence_stands_in_a_page() {
    let classes = classes();
    assert!(classes.contains("button--big"), "the style's classes are found");
    let mut found = Vec::new();
    let mut looked_at = 0;
    // `when.rs` is the days and months, in both.
    let elsewhere = [root().join("src/app/texts"), root().join("src/app/when.rs")];
    for path in sources("src/app").into_iter().filter(|path| !elsewhere.iter().any(|room| path.starts_with(room))) {
        for text in texts(&fs::read_to_string(&path).unwrap()) {
            looked_at += 1;
            let unseen = text.within.as_deref().is_some_and(|within| UNSEEN.contains(&within));
            if !unseen
                && text.before != "expect"
                && reads_like_words(&text.text, &classes)
                && !NO_WORDS.contains(&text.text.as_str())
            {
                found.push(format!("{}:{}: {:?}", shown(&path), text.line, text.text));
            }
        }
    }
    assert!(looked_at > 1_000, "only {looked_at} texts were looked at");
    assert!(found.is_empty(), "words in a page, which belong in src/app/texts in both languages:\n{}", found.join("\n"));
}

#[test]
fn every_text_stands_in_both_languages() {
    let classes = classes();
    let mut found = Vec::new();
    let mut pairs = 0;
    // The card has languages of its own, and a test of its own; what a resident reads is Dutch.
    let apart = ["card.rs", "showing.rs"];
    for path in sources("src/app/texts").into_iter().filter(|path| !apart.iter().any(|name| path.ends_with(name))) {
        for text in texts(&fs::read_to_string(&path).unwrap()) {
            match text.within.as_deref() {
                Some(within) if IN_BOTH.contains(&within) => pairs += 1,
                Some(within) if UNSEEN.contains(&within) => {}
                _ if text.paired || ONE_LANGUAGE.contains(&text.function.as_str()) => {}
                _ if reads_like_words(&text.text, &classes) => {
                    found.push(format!("{}:{}: {:?}", shown(&path), text.line, text.text));
                }
                _ => {}
            }
        }
    }
    println!("languages: texts={}", pairs / 2);
    assert!(pairs > 2_000, "only {pairs} texts were looked at");
    assert!(found.is_empty(), "texts that stand in one language only:\n{}", found.join("\n"));
}

#[test]
fn the_english_is_not_the_dutch() {
    fn pairs(tokens: TokenStream, name: &str, found: &mut Vec<(usize, String, String)>) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            if let TokenTree::Group(group) = token {
                let of = match at.checked_sub(2).map(|at| &tokens[at]) {
                    Some(TokenTree::Ident(ident)) => ident.to_string(),
                    _ => name.to_owned(),
                };
                pairs(group.stream(), &of, found);
            }
            let [first, mark, second] = &tokens[at..tokens.len().min(at + 3)] else { continue };
            if let (TokenTree::Literal(first), TokenTree::Punct(comma), TokenTree::Literal(second)) = (first, mark, second)
                && comma.as_char() == ','
                && ["say", "both", "tell", "searched"].contains(&name)
            {
                found.push((first.span().start().line, first.to_string(), second.to_string()));
            }
        }
    }
    let mut same = Vec::new();
    let mut looked_at = 0;
    for path in sources("src/app/texts") {
        let mut found = Vec::new();
        pairs(fs::read_to_string(&path).unwrap().parse().unwrap(), "", &mut found);
        looked_at += found.len();
        for (line, dutch, english) in found {
            let words = dutch.trim_matches('"').split(|letter: char| !letter.is_alphabetic()).any(|word| word.len() > 2);
            if words && dutch == english && !SAME.contains(&dutch.trim_matches('"')) {
                same.push(format!("{}:{line}: {dutch}", shown(&path)));
            }
        }
    }
    assert!(looked_at > 1_000, "only {looked_at} pairs were looked at");
    assert!(same.is_empty(), "English that is Dutch, or a word for SAME:\n{}", same.join("\n"));
}
