//! Zoeken.

use crate::domain::search::What;

say! {
    title = "Zoeken", "Search";
    label = "Wat zoek je?", "What are you looking for?";
    hint = "Een adres, een naam, een woord uit een aantekening. Een tikfout is niet erg.", "An address, a name, a word from an entry. A typing mistake does not matter.";
    placeholder = "Begin met typen", "Start typing";
    reading = "Even geduld, we lezen wat er op deze telefoon staat …", "One moment, we are reading what is on this phone …";
    nothing = "Niets gevonden", "Nothing found";
    nothing_do = "Probeer een ander woord, of een stuk ervan. We zoeken in alles van deze buurt op deze telefoon.", "Try another word, or part of it. We search everything of this neighbourhood on this phone.";
    not_in_it = "Wie geen contact wil of verhuisd is, vind je hier niet.", "People who want no contact or who moved are not found here.";
    more_here = "Meer bij deze deur:", "More at this door:";
}

/// "3 plekken gevonden".
#[must_use]
pub fn count(shown: usize, all: usize) -> String {
    match all {
        0 => nothing().to_owned(),
        1 => both!("1 plek gevonden", "1 place found").to_owned(),
        _ if shown < all => tell!(
            "{all} plekken gevonden, dit zijn de eerste {shown}. Typ meer om preciezer te zoeken.",
            "{all} places found, these are the first {shown}. Type more to search more precisely."
        ),
        _ => tell!("{all} plekken gevonden", "{all} places found"),
    }
}

/// Where it was found; an icon and a word.
#[must_use]
pub fn what(what: What) -> (&'static str, &'static str) {
    match what {
        What::Place => ("door", both!("Adres", "Address")),
        What::Within => ("stairs", both!("Hoort bij", "Part of")),
        What::Person => ("user", both!("Bewoner", "Resident")),
        What::Worry => ("alert", both!("Signaal", "Signal")),
        What::Help => ("group", both!("Hulp vragen", "Asking for help")),
        What::Note => ("note", both!("Aantekening", "Entry")),
        What::Gesture => ("heart", both!("Klein gebaar", "Small gesture")),
        What::Known => ("question", both!("Goed om te weten", "Good to know")),
        What::Building => ("house", both!("Gebouw", "Building")),
        What::After => ("check", both!("Daarna", "Afterwards")),
    }
}
