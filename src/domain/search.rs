//! Search: everything on the phone at once, accents and slips forgiven.
//!
//! Nothing of it lies at rest. When the screen opens, the texts of the open neighbourhood are folded once, in memory ([`Haystack`], a place
//! at a time, so that the screen stays awake), and go with it. A query is a scan over the different words that were folded: each has a mask
//! of its letters, and one slip changes at most one letter that the query has and the word has not; so most are passed by with one look.
//!
//! - A word of the query is found in a word that is the same, that begins with it, or, from five letters on and without digits, that is one
//!   slip away from it (a letter more, less, another, or two swapped), also while it is still being typed. A number is never guessed.
//! - A door is found when every word of the query is found somewhere at it: "linde deurwaarder" finds the note behind that address.
//! - Capitals and accents do not matter, in the query or in the text.
//!
//! What is never found: what was erased (it is not here any more) or taken back; the words that a correction replaced; whoever wants no
//! contact (the door is found, and nothing else of it); households that ended; steps of the Meldcode; and who told of a
//! worry, since the screen may be seen by others.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::ops::Range;

use chrono::{DateTime, Utc};

use super::body::{Body, BuildingKind, Concern, Fact, Party, Set, Standing, Tile};
use super::caseload::Caseload;
use super::ids::{EntryId, PlaceId};

/// A query longer than this many words is not read further.
const MOST_WORDS: usize = 8;
/// From so many letters on a slip is forgiven.
pub const SLIP_FROM: usize = 5;
/// So many places of text are shown for one door.
const MOST_HITS: usize = 3;
/// A text longer than this many letters is shown in part.
const LONGEST_SHOWN: usize = 140;
/// So many letters stand before the first word that was found.
const BEFORE: usize = 50;

/// Where in the record something was found. The order is the order of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// What the place is part of.
    Within,
    /// What became of something.
    After,
    /// A note of a contact.
    Note,
    /// A small gesture, a tie.
    Gesture,
    /// What it helps to know.
    Known,
    /// Something about the building.
    Building,
    /// Help that was asked.
    Help,
    /// A worry.
    Worry,
    /// A name.
    Person,
    /// The address or the name of the place.
    Place,
}

impl What {
    fn weight(self) -> u8 {
        match self {
            Self::Within | Self::After => 1,
            Self::Note | Self::Gesture | Self::Known | Self::Building => 2,
            Self::Help | Self::Worry => 3,
            Self::Person | Self::Place => 5,
        }
    }
}

/// What the lists are called on the screen, so that they are found by these words.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// What a worry is about.
    pub tile: fn(Tile) -> &'static str,
    /// A fact.
    pub fact: fn(Fact) -> &'static str,
    /// Something about the building.
    pub building: fn(BuildingKind) -> &'static str,
    /// A party.
    pub party: fn(Party) -> &'static str,
}

/// A door at which every word was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Which.
    pub place: PlaceId,
    /// Where the words stand, best first.
    pub hits: Vec<Hit>,
    /// How many more texts of this door have one of the words.
    pub more: usize,
}

/// A text in which a word was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Where in the record.
    pub what: What,
    /// The entry, where it is one.
    pub entry: Option<EntryId>,
    /// When it was written.
    pub at: Option<DateTime<Utc>>,
    /// The text, or the part of it with the first word that was found.
    pub text: String,
    /// The words in it that were found, as bytes of `text`.
    pub marks: Vec<Range<usize>>,
}

struct Doc {
    group: u32,
    what: What,
    entry: Option<EntryId>,
    at: Option<DateTime<Utc>>,
    text: String,
    /// Its words, as they lie in [`Haystack::of_docs`].
    words: Range<u32>,
}

/// One of the words that stand somewhere.
struct Word {
    at: u32,
    len: u16,
    has_digit: bool,
    mask: u32,
    /// At which places it stands, with the greatest weight that it has there.
    places: Vec<(u32, u8)>,
}

/// Everything that can be found, folded. See the module.
pub struct Haystack {
    names: Names,
    folded: String,
    words: Vec<Word>,
    numbers: HashMap<Box<str>, u32, BuildHasherDefault<DefaultHasher>>,
    docs: Vec<Doc>,
    of_docs: Vec<u32>,
    places: Vec<PlaceId>,
}

impl Haystack {
    /// An empty one.
    #[must_use]
    pub fn new(names: Names) -> Self {
        Self {
            names,
            folded: String::new(),
            words: Vec::new(),
            numbers: HashMap::default(),
            docs: Vec::new(),
            of_docs: Vec::new(),
            places: Vec::new(),
        }
    }

    /// The places that can be added.
    #[must_use]
    pub fn places(caseload: &Caseload) -> Vec<PlaceId> {
        caseload.places.values().filter(|state| state.hidden.is_none()).map(|state| state.id).collect()
    }

    /// How many texts are in it.
    #[must_use]
    pub fn texts(&self) -> usize {
        self.docs.len()
    }

    /// Adds a place with all that can be found at it.
    pub fn add(&mut self, caseload: &Caseload, place: PlaceId) {
        let Some(state) = caseload.places.get(&place) else { return };
        let names = self.names;
        self.places.push(place);
        let mut name = caseload.place_name(place);
        if let Some(postcode) = state.place.address.as_ref().map(|address| &address.postcode).filter(|code| !code.is_empty()) {
            name = format!("{name}, {postcode}");
        }
        self.doc(What::Place, None, None, name);
        // Each once, also where somebody made a place part of itself.
        let (mut seen, mut parent, mut within) = (BTreeSet::from([place]), state.place.parent, Vec::new());
        while let Some(id) = parent.filter(|id| seen.insert(*id)) {
            let Some(around) = caseload.places.get(&id) else { break };
            within.push(around.place.name.as_str());
            parent = around.place.parent;
        }
        self.doc(What::Within, None, None, within.join(", "));
        for entry in caseload.history_of(place) {
            if caseload.withdrawn.contains_key(&entry.id) {
                continue;
            }
            let Some(payload) = &entry.payload else { continue };
            let mut add = |what, text: String| self.doc(what, Some(entry.id), Some(payload.written_at), text);
            match &payload.body {
                Body::Person(person) => {
                    // As they were called last; the history shows the rest.
                    let now = caseload.persons.values().find(|state| payload.subject == super::Subject::Person(state.id));
                    if now.is_some_and(|now| now.person == *person) {
                        add(What::Person, person.called.clone());
                    }
                }
                Body::Visit(_) => {
                    if let Some(state) = caseload.visits.get(&entry.id) {
                        add(What::Note, joined(&[&state.visit.note, &facts(&names, &state.visit.facts)]));
                        add(What::Gesture, state.visit.gesture.clone());
                    }
                }
                Body::Concern(_) => {
                    if let Some(state) = caseload.concerns.get(&entry.id) {
                        add(What::Worry, worry(&names, &state.concern));
                    }
                }
                Body::Change(change) => match &change.set {
                    Set::NextStep(text) | Set::Standing(Standing::Closed { came_of: text }) => add(What::After, text.clone()),
                    _ => {}
                },
                Body::Building(building) => add(What::Building, (names.building)(building.kind).to_owned()),
                Body::Known(known) if !caseload.settled.contains_key(&entry.id) => add(What::Known, known.text.clone()),
                Body::Gesture(gesture) => add(What::Gesture, gesture.what.clone()),
                Body::Tie(tie) => add(What::Gesture, tie.what.clone()),
                Body::Referral(referral) => {
                    let party = (names.party)(referral.party);
                    add(What::Help, joined(&[party, &referral.shared]));
                }
                Body::ReferralStep(step) => add(What::Help, step.text.clone()),
                Body::Settled(settled) => add(What::After, settled.text.clone()),
                Body::Objection(objection) => add(What::After, objection.word.clone()),
                Body::Called(called) => add(What::After, called.whom.clone()),
                _ => {}
            }
        }
    }

    #[allow(clippy::cast_possible_truncation, reason = "a phone does not hold four billion words")]
    fn doc(&mut self, what: What, entry: Option<EntryId>, at: Option<DateTime<Utc>>, text: String) {
        if text.trim().is_empty() {
            return;
        }
        let group = self.places.len().saturating_sub(1) as u32;
        let first = self.of_docs.len() as u32;
        split(&text, |_, word| {
            let number = self.number(word);
            self.of_docs.push(number);
            let places = &mut self.words[number as usize].places;
            match places.last_mut() {
                // What lies at one place comes in one go.
                Some((last, weight)) if *last == group => *weight = (*weight).max(what.weight()),
                _ => places.push((group, what.weight())),
            }
        });
        let words = first..self.of_docs.len() as u32;
        self.docs.push(Doc { group, what, entry, at, text, words });
    }

    /// The number of a word; a new one if it stands nowhere yet.
    #[allow(clippy::cast_possible_truncation, reason = "as above")]
    fn number(&mut self, word: &str) -> u32 {
        // Nobody types a word of 65,000 letters to its end.
        let len = u16::try_from(word.len()).unwrap_or(u16::MAX);
        let word = word.get(..usize::from(len)).unwrap_or_default();
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.words.len() as u32;
        let at = self.folded.len() as u32;
        self.folded.push_str(word);
        self.words.push(Word { at, len: word.len() as u16, has_digit: has_digit(word), mask: mask(word), places: Vec::new() });
        self.numbers.insert(word.into(), number);
        number
    }

    fn folded(&self, word: &Word) -> &str {
        let at = word.at as usize;
        self.folded.get(at..at + usize::from(word.len)).unwrap_or_default()
    }

    /// The doors at which every word of the query is found, most useful first, at most so many; and how many there are.
    #[must_use]
    pub fn find(&self, query: &str, most: usize) -> (Vec<Found>, usize) {
        let wanted = Wanted::read(query);
        if wanted.is_empty() {
            return (Vec::new(), 0);
        }
        let mut total = vec![Some(0_u32); self.places.len()];
        let mut best = vec![0_u8; self.places.len()];
        let mut grades = vec![vec![0_u8; self.words.len()]; wanted.len()];
        for (one, grades) in wanted.iter().zip(&mut grades) {
            best.fill(0);
            for (word, grade) in self.words.iter().zip(grades) {
                if (one.mask & !word.mask).count_ones() > 1 {
                    continue;
                }
                *grade = one.grade(self.folded(word), word.has_digit);
                if *grade > 0 {
                    for (place, weight) in &word.places {
                        let here = &mut best[*place as usize];
                        *here = (*here).max(*grade * weight);
                    }
                }
            }
            for (total, best) in total.iter_mut().zip(&best) {
                *total = total.filter(|_| *best > 0).map(|total| total + u32::from(*best));
            }
        }
        let mut doors: Vec<(u32, usize)> =
            total.iter().enumerate().filter_map(|(group, total)| total.map(|total| (total, group))).collect();
        let count = doors.len();
        // Of equals the one where something was written last.
        let latest = |group: usize| self.docs_of(group).iter().filter_map(|doc| doc.at).max();
        doors.sort_by_cached_key(|(total, group)| (Reverse(*total), Reverse(latest(*group)), *group));
        (doors.into_iter().take(most).map(|(_, group)| self.found(group, &wanted, &grades)).collect(), count)
    }

    // The texts of a place lie together.
    fn docs_of(&self, group: usize) -> &[Doc] {
        let first = self.docs.partition_point(|doc| (doc.group as usize) < group);
        let end = self.docs.partition_point(|doc| (doc.group as usize) <= group);
        &self.docs[first..end]
    }

    fn found(&self, group: usize, wanted: &[Wanted], grades: &[Vec<u8>]) -> Found {
        // How well each text has each word.
        let graded = self.docs_of(group).iter().filter_map(|doc| {
            let words = &self.of_docs[doc.words.start as usize..doc.words.end as usize];
            let best = |grades: &Vec<u8>| words.iter().map(|word| grades[*word as usize]).max().unwrap_or(0);
            let found: Vec<u32> = grades.iter().map(|grades| u32::from(best(grades)) * u32::from(doc.what.weight())).collect();
            found.iter().any(|grade| *grade > 0).then_some((doc, found))
        });
        let mut graded: Vec<(&Doc, Vec<u32>)> = graded.collect();
        graded.sort_by_key(|(doc, grades)| Reverse((grades.iter().sum::<u32>(), doc.at)));
        // The best text of each word first: whoever sees the row sees why it is there.
        let mut order: Vec<usize> = Vec::new();
        for at in 0..wanted.len() {
            let best = (0..graded.len()).max_by_key(|doc| (graded[*doc].1[at], Reverse(*doc)));
            order.extend(best.filter(|best| !order.contains(best)));
        }
        let rest: Vec<usize> = (0..graded.len()).filter(|doc| !order.contains(doc)).collect();
        order.extend(rest);
        let shown = order.len().min(MOST_HITS.max(wanted.len()));
        let hits = order[..shown].iter().map(|doc| hit(graded[*doc].0, wanted)).collect();
        Found { place: self.places[group], hits, more: order.len() - shown }
    }
}

fn facts(names: &Names, facts: &[Fact]) -> String {
    facts.iter().map(|fact| (names.fact)(*fact)).collect::<Vec<_>>().join(" · ")
}

fn worry(names: &Names, concern: &Concern) -> String {
    let facts = facts(names, &concern.facts);
    joined(&[(names.tile)(concern.tile), &facts, &concern.seen, &concern.thought, &concern.next_step])
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(". ")
}

fn hit(doc: &Doc, wanted: &[Wanted]) -> Hit {
    let mut marks: Vec<Range<usize>> = Vec::new();
    split(&doc.text, |range, word| {
        if wanted.iter().any(|one| one.grade(word, has_digit(word)) > 0) {
            marks.push(range);
        }
    });
    let (text, marks) = excerpt(&doc.text, marks);
    Hit { what: doc.what, entry: doc.entry, at: doc.at, text, marks }
}

/// The part of a long text with the first mark, from a word's beginning on.
fn excerpt(text: &str, marks: Vec<Range<usize>>) -> (String, Vec<Range<usize>>) {
    if text.chars().count() <= LONGEST_SHOWN {
        return (text.to_owned(), marks);
    }
    let first = marks.first().map_or(0, |mark| mark.start);
    let before = text[..first].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let from = if before == 0 {
        0
    } else {
        text[before..first]
            .char_indices()
            .find(|(_, char)| char.is_whitespace())
            // A space may take two bytes.
            .map_or(first, |(space, char)| before + space + char.len_utf8())
    };
    let to = text[from..].char_indices().nth(LONGEST_SHOWN).map_or(text.len(), |(at, _)| from + at);
    let start = if from > 0 { "… " } else { "" };
    let end = if to < text.len() { " …" } else { "" };
    let marks = marks.into_iter().filter(|mark| mark.start >= from && mark.end <= to);
    let marks = marks.map(|mark| mark.start - from + start.len()..mark.end - from + start.len()).collect();
    (format!("{start}{}{end}", &text[from..to]), marks)
}

/// A word of the query.
struct Wanted {
    word: String,
    letters: Vec<char>,
    has_digit: bool,
    mask: u32,
}

impl Wanted {
    fn read(query: &str) -> Vec<Self> {
        let mut wanted: Vec<Self> = Vec::new();
        split(query, |_, word| {
            if wanted.len() < MOST_WORDS && wanted.iter().all(|one| one.word != word) {
                let letters = word.chars().collect();
                wanted.push(Self { letters, has_digit: has_digit(word), mask: mask(word), word: word.to_owned() });
            }
        });
        wanted
    }

    /// How well a word of a text is the one that is wanted; 0 is not.
    fn grade(&self, word: &str, has_digit: bool) -> u8 {
        if word.starts_with(&self.word) {
            return if word.len() == self.word.len() { 8 } else { 5 };
        }
        if has_digit || self.has_digit {
            return 0;
        }
        if word.is_ascii() && self.word.is_ascii() {
            return slip(self.word.as_bytes(), word.as_bytes());
        }
        let letters: Vec<char> = word.chars().collect();
        slip(&self.letters, &letters)
    }
}

/// One slip away from the word, or from how it begins.
fn slip<T: PartialEq>(wanted: &[T], word: &[T]) -> u8 {
    if word.len() < SLIP_FROM || wanted.len() + 1 < SLIP_FROM {
        return 0;
    }
    let same = wanted.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (a, b) = (&wanted[same..], &word[same..]);
    let whole = match (a, b) {
        ([_, a @ ..], [_, b @ ..]) => {
            let swapped =
                matches!((wanted[same..].get(..2), word[same..].get(..2)), (Some([p, q]), Some([r, s])) if p == s && q == r);
            // Another letter, one too many, one too few, two swapped.
            a == b || a == &word[same..] || &wanted[same..] == b || (swapped && a[1..] == b[1..])
        }
        ([_], []) | ([], [_]) => true,
        _ => false,
    };
    if whole {
        return 3;
    }
    // Still being typed: the slip lies in what is there already.
    if wanted.len() < SLIP_FROM {
        return 0;
    }
    let begins = match (a, b) {
        ([_, a @ ..], [_, b @ ..]) => {
            let swapped =
                matches!((wanted[same..].get(..2), word[same..].get(..2)), (Some([p, q]), Some([r, s])) if p == s && q == r);
            b.starts_with(a)
                || word[same..].starts_with(a)
                || b.starts_with(&wanted[same..])
                || (swapped && b[1..].starts_with(&a[1..]))
        }
        _ => false,
    };
    if begins { 2 } else { 0 }
}

fn has_digit(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

/// Which letters are in a word, in 32 bits.
fn mask(word: &str) -> u32 {
    word.chars().fold(0, |mask, char| mask | 1 << (u32::from(char) % 32))
}

/// Gives each word of a text, folded, with where it stands.
fn split(text: &str, mut each: impl FnMut(Range<usize>, &str)) {
    let (mut word, mut from) = (String::new(), 0);
    for (at, char) in text.char_indices() {
        if is_of_word(char) {
            if word.is_empty() {
                from = at;
            }
            fold(char, &mut word);
        } else if !word.is_empty() {
            each(from..at, &word);
            word.clear();
        }
    }
    if !word.is_empty() {
        each(from..text.len(), &word);
    }
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || is_accent(char)
}

// An accent that stands behind its letter: some keyboards write é as two.
fn is_accent(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}')
}

/// A letter without its capital and its accents.
fn fold(char: char, into: &mut String) {
    if char.is_ascii() {
        return into.push(char.to_ascii_lowercase());
    }
    for char in char.to_lowercase().filter(|char| !is_accent(*char)) {
        let plain = match char {
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
            'ď' | 'đ' | 'ð' => 'd',
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
            'ĥ' | 'ħ' => 'h',
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
            'ĵ' => 'j',
            'ķ' => 'k',
            'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
            'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
            'ŕ' | 'ŗ' | 'ř' => 'r',
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
            'ţ' | 'ť' | 'ŧ' | 'ț' => 't',
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
            'ŵ' => 'w',
            'ý' | 'ÿ' | 'ŷ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            'ß' => {
                into.push('s');
                's'
            }
            'æ' => {
                into.push('a');
                'e'
            }
            'œ' => {
                into.push('o');
                'e'
            }
            'ĳ' => {
                into.push('i');
                'j'
            }
            other => other,
        };
        into.push(plain);
    }
}
