//! The committee's page. What it prints hangs in a hallway: no word here may point at somebody.

use chrono::{Datelike as _, NaiveDate};

use super::labels;
use crate::domain::quarter::Quarter;
use crate::domain::summary::{Figure, Figures, Met, Numbers, Shown, What};

say! {
    title = "De buurt in het kort";
    fetching = "We halen het overzicht op …";
    not_fetched = "Het overzicht is er nu niet";
    not_fetched_why = "Dit overzicht staat niet op dit apparaat. Er is niets kwijt: het staat er straks weer net zo.";
    try_again = "Opnieuw proberen";
    no_neighbourhood = "Nog geen buurt";
    no_neighbourhood_why = "Je account is nog niet aan een buurt gekoppeld. Vraag het de beheerder.";
    nothing_yet = "Nog geen overzicht";
    nothing_yet_why = "Een week na elk kwartaal komt hier te staan hoe het ging in de buurt. Er is nog geen kwartaal klaar.";
    too_small = "Deze buurt is te klein voor een overzicht";
    too_small_why = "In een buurt met weinig deuren zou je kunnen raden om wie het gaat. Daarom geven we hier geen aantallen.";
    print = "Afdrukken";
    all = "Samen";
    contacts = "Langs geweest";
    signals = "Zorgen om bewoners";
    things = "Stuk, vuil of vernield";
    nuisance = "Last of gevaar in het gebouw";
    spoken = "Iemand gesproken";
    tried = "Niemand gesproken";
    gestures = "Waarvan met een klein gebaar";
    read_well = "Zo lees je de aantallen";
    says_not = "Wat ze niet zeggen";
}

/// How to read the numbers.
pub const READ: [&str; 4] = [
    "‘Minder dan 10’ kan ook 0 zijn. We laten dat met opzet open, zodat je nooit weet of het om één buur gaat.",
    "De andere aantallen zijn afgerond op vijf. Daarom tellen ze niet precies op.",
    "‘Niet getoond’ staat er als je anders een klein aantal zou kunnen uitrekenen.",
    "Wat stuk, vuil of vernield is, is precies geteld. Dat gaat over dingen, niet over mensen.",
];
/// What they do not say.
pub const NOT_SAID: [&str; 3] = [
    "Hoeveel mensen het zijn. Wie drie keer bezoek kreeg, telt drie keer.",
    "Of het beter of slechter gaat. Wie vaker langsgaat, ziet meer.",
    "Wie het is, waar die woont en welke medewerker langskwam.",
];

const FIRST_MONTHS: [(&str, &str); 4] = [("januari", "maart"), ("april", "juni"), ("juli", "september"), ("oktober", "december")];

fn months(quarter: Quarter) -> (&'static str, &'static str) {
    FIRST_MONTHS[(quarter.quarter.clamp(1, 4) - 1) as usize]
}

/// "Lindebuurt, juli tot en met september 2026".
#[must_use]
pub fn of_when(neighbourhood: &str, quarter: Quarter) -> String {
    let (first, last) = months(quarter);
    format!("{neighbourhood}, {first} tot en met {last} {}", quarter.year)
}

/// What comes in late.
#[must_use]
pub fn frozen(until: NaiveDate) -> String {
    let month = months(Quarter::of(until)).0;
    format!("Wat na {} {month} {} binnenkwam, telt niet mee. Deze aantallen veranderen niet meer.", until.day(), until.year())
}

/// A number in its cell.
#[must_use]
pub fn shown(count: Shown) -> String {
    match count {
        Shown::Few => "minder dan 10".to_owned(),
        Shown::About(about) => format!("ongeveer {about}"),
        Shown::Exact(exact) => exact.to_string(),
        Shown::NotShown => "niet getoond".to_owned(),
    }
}

/// What a number is of.
#[must_use]
pub fn of(what: What) -> &'static str {
    match what {
        What::Contact(Met::Spoken) => spoken(),
        What::Contact(Met::Tried) => tried(),
        What::Signal(tile) => labels::tile(tile),
        What::Building(kind) => labels::building(kind),
    }
}

/// In place of a table of nothing but small numbers.
#[must_use]
pub fn all_few(row: &Figures) -> String {
    let names: Vec<_> = row.lines.iter().map(|line| of(line.of)).collect();
    format!("Elk onderwerp kwam minder dan 10 keer voor: {}.", names.join(", ").to_lowercase())
}

/// The quarter in a few sentences.
#[must_use]
pub fn sentences(quarter: Quarter, numbers: &Numbers) -> Vec<String> {
    let (first, last) = months(quarter);
    let mut said = Vec::new();
    let mut say = |count: Shown, before: &str, after: &str| {
        if count != Shown::NotShown {
            said.push(format!("{before} {} {after}", shown(count)));
        }
    };
    say(numbers.contacts.total, &format!("Tussen {first} en {last} {} kwamen de waakvlammers", quarter.year), "keer langs.");
    for Figure { of, count } in &numbers.contacts.lines {
        if *of == What::Contact(Met::Spoken) {
            say(*count, "Daarbij spraken ze", "keer iemand.");
        }
    }
    say(numbers.gestures, "Ze deden", "keer een klein gebaar, zoals soep brengen of een lamp vervangen.");
    say(numbers.signals.total, "Ze maakten zich", "keer zorgen om een bewoner.");
    if let Some(most) = most(&numbers.signals) {
        said.push(format!("Het vaakst ging het over {}.", most.to_lowercase()));
    }
    let things: u32 = numbers.things.iter().map(|line| if let Shown::Exact(count) = line.count { count } else { 0 }).sum();
    said.push(match things {
        0 => "Aan de gebouwen was niets stuk, vuil of vernield.".to_owned(),
        _ => format!("In de gebouwen was {things} keer iets stuk, vuil of vernield."),
    });
    said
}

/// What was printed as most, if one was.
fn most(row: &Figures) -> Option<&'static str> {
    let about = |line: &Figure| if let Shown::About(about) = line.count { about } else { 0 };
    let most = row.lines.iter().map(about).max().filter(|most| *most > 0)?;
    let mut lines = row.lines.iter().filter(|line| about(line) == most);
    let first = lines.next()?;
    lines.next().is_none().then(|| of(first.of))
}
