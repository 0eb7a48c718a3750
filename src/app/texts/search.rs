//! Zoeken.

use crate::domain::search::What;

say! {
    title = "Zoeken";
    label = "Wat zoek je?";
    hint = "Een adres, een naam, een woord uit een aantekening. Een tikfout is niet erg.";
    placeholder = "Begin met typen";
    reading = "Even geduld, we lezen wat er op deze telefoon staat …";
    nothing = "Niets gevonden";
    nothing_do = "Probeer een ander woord, of een stuk ervan. We zoeken in alles van deze buurt op deze telefoon.";
    not_in_it = "Wie geen contact wil of verhuisd is, vind je hier niet.";
    more_here = "Meer bij deze deur:";
}

/// "3 plekken gevonden".
#[must_use]
pub fn count(shown: usize, all: usize) -> String {
    match all {
        0 => nothing().to_owned(),
        1 => "1 plek gevonden".to_owned(),
        _ if shown < all => format!("{all} plekken gevonden, dit zijn de eerste {shown}. Typ meer om preciezer te zoeken."),
        _ => format!("{all} plekken gevonden"),
    }
}

/// Where it was found; an icon and a word.
#[must_use]
pub fn what(what: What) -> (&'static str, &'static str) {
    match what {
        What::Place => ("door", "Adres"),
        What::Within => ("stairs", "Hoort bij"),
        What::Person => ("user", "Bewoner"),
        What::Worry => ("alert", "Signaal"),
        What::Help => ("group", "Hulp vragen"),
        What::Note => ("note", "Aantekening"),
        What::Gesture => ("heart", "Klein gebaar"),
        What::Known => ("question", "Goed om te weten"),
        What::Building => ("house", "Gebouw"),
        What::After => ("check", "Daarna"),
    }
}
