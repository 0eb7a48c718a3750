//! The committee's page. What it prints hangs in a hallway: no word here may point at somebody.

use chrono::{Datelike as _, NaiveDate};

use super::labels;
use crate::domain::quarter::Quarter;
use crate::domain::summary::{Figure, Figures, Met, Numbers, Shown, What};

say! {
    title = "De buurt in het kort", "The neighbourhood in short";
    fetching = "We halen het overzicht op …", "We are fetching the summary …";
    not_fetched = "Het overzicht is er nu niet", "The summary is not here now";
    not_fetched_why = "Dit overzicht staat niet op dit apparaat. Er is niets kwijt: het staat er straks weer net zo.", "This summary is not on this device. Nothing is lost: it will be here again just the same.";
    try_again = "Opnieuw proberen", "Try again";
    no_neighbourhood = "Nog geen buurt", "No neighbourhood yet";
    no_neighbourhood_why = "Je account heeft nog geen buurt. Vraag het aan de beheerder.", "Your account does not have a neighbourhood yet. Ask the administrator.";
    nothing_yet = "Nog geen overzicht", "No summary yet";
    nothing_yet_why = "Een week na elk kwartaal (drie maanden) staat hier hoe het ging in de buurt. Er is nog geen kwartaal klaar.", "A week after each quarter of the year you can read here how the neighbourhood was doing. No quarter is ready yet.";
    too_small = "Deze buurt is te klein voor een overzicht", "This neighbourhood is too small for a summary";
    too_small_why = "In een buurt met weinig deuren zou je kunnen raden om wie het gaat. Daarom geven we hier geen aantallen.", "In a neighbourhood with few doors you could guess who it is about. That is why we give no numbers here.";
    print = "Afdrukken", "Print (in Dutch)";
    all = "Samen", "Together";
    contacts = "Langs geweest", "Visits";
    signals = "Zorgen om bewoners", "Worries about residents";
    things = "Stuk, vuil of vernield", "Broken, dirty or damaged";
    nuisance = "Last of gevaar in het gebouw", "Nuisance or danger in the building";
    spoken = "Iemand gesproken", "Spoke to somebody";
    tried = "Niemand gesproken", "Spoke to nobody";
    gestures = "Daarvan met een klein gebaar", "Of these, with a small gesture";
    read_well = "Zo lees je de aantallen", "How to read the numbers";
    says_not = "Wat ze niet zeggen", "What they do not say";
}

/// How to read the numbers.
#[must_use]
pub fn read() -> [&'static str; 4] {
    [
        both!(
            "‘Minder dan 10’ kan ook 0 zijn. Dat zeggen we met opzet niet precies. Zo weet je nooit of het om één buur gaat.",
            "‘Fewer than 10’ can also be 0. We do not say it exactly, on purpose. So you never know whether it is about one neighbour."
        ),
        both!(
            "De andere aantallen zijn afgerond op vijf. Daarom klopt het totaal niet precies.",
            "The other numbers are rounded to five. That is why the total is not exactly right."
        ),
        both!(
            "‘Niet getoond’ staat er als je anders een klein aantal zou kunnen uitrekenen.",
            "It says ‘not shown’ where you could otherwise work out a small number."
        ),
        both!(
            "Wat stuk, vuil of vernield is, is precies geteld. Dat gaat over dingen, niet over mensen.",
            "What is broken, dirty or damaged is counted exactly. That is about things, not about people."
        ),
    ]
}

/// What they do not say.
#[must_use]
pub fn not_said() -> [&'static str; 3] {
    [
        both!(
            "Hoeveel mensen het zijn. Wie drie keer bezoek kreeg, telt drie keer.",
            "How many people it is about. Who was visited three times counts three times."
        ),
        both!(
            "Of het beter of slechter gaat. Wie vaker langsgaat, ziet meer.",
            "Whether things are getting better or worse. Who comes by more often sees more."
        ),
        both!(
            "Wie het is, waar die woont en welke medewerker langskwam.",
            "Who it is, where they live and which worker came by."
        ),
    ]
}

fn months(quarter: Quarter) -> (&'static str, &'static str) {
    match quarter.quarter {
        ..=1 => both!(("januari", "maart"), ("January", "March")),
        2 => both!(("april", "juni"), ("April", "June")),
        3 => both!(("juli", "september"), ("July", "September")),
        _ => both!(("oktober", "december"), ("October", "December")),
    }
}

/// "Lindebuurt, juli tot en met september 2026".
#[must_use]
pub fn of_when(neighbourhood: &str, quarter: Quarter) -> String {
    let (first, last) = months(quarter);
    tell!("{neighbourhood}, {first} tot en met {last} {}", "{neighbourhood}, {first} to {last} {}", quarter.year)
}

/// What comes in late.
#[must_use]
pub fn frozen(until: NaiveDate) -> String {
    let month = months(Quarter::of(until)).0;
    tell!(
        "Wat na {} {month} {} binnenkwam, telt niet mee. Deze aantallen veranderen niet meer.",
        "What came in after {} {month} {} does not count. These numbers do not change any more.",
        until.day(),
        until.year()
    )
}

/// A number in its cell.
#[must_use]
pub fn shown(count: Shown) -> String {
    match count {
        Shown::Few => both!("minder dan 10", "fewer than 10").to_owned(),
        Shown::About(about) => tell!("ongeveer {about}", "about {about}"),
        Shown::Exact(exact) => exact.to_string(),
        Shown::NotShown => both!("niet getoond", "not shown").to_owned(),
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
    tell!(
        "Elk onderwerp kwam minder dan 10 keer voor: {}.",
        "Each subject came up fewer than 10 times: {}.",
        names.join(", ").to_lowercase()
    )
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
    let times = "times.";
    let came_by = tell!(
        "Tussen {first} en {last} {} kwamen de waakvlammers",
        "Between {first} and {last} {} the waakvlam workers came by",
        quarter.year
    );
    say(numbers.contacts.total, &came_by, both!("keer langs.", times));
    for Figure { of, count } in &numbers.contacts.lines {
        if *of == What::Contact(Met::Spoken) {
            say(*count, both!("Daarbij spraken ze", "They spoke to somebody"), both!("keer iemand.", times));
        }
    }
    say(
        numbers.gestures,
        both!("Ze deden", "They did something small, such as bringing soup or changing a light bulb,"),
        both!("keer een klein gebaar, zoals soep brengen of een lamp vervangen.", times),
    );
    say(
        numbers.signals.total,
        both!("Ze maakten zich", "They were worried about a resident"),
        both!("keer zorgen om een bewoner.", times),
    );
    if let Some(most) = most(&numbers.signals) {
        said.push(tell!("Het vaakst ging het over {}.", "Most often it was about {}.", most.to_lowercase()));
    }
    let things: u32 = numbers.things.iter().map(|line| if let Shown::Exact(count) = line.count { count } else { 0 }).sum();
    said.push(match things {
        0 => both!("Aan de gebouwen was niets stuk, vuil of vernield.", "In the buildings nothing was broken, dirty or damaged.")
            .to_owned(),
        1 => both!(
            "In de gebouwen was 1 keer iets stuk, vuil of vernield.",
            "In the buildings something was broken, dirty or damaged once."
        )
        .to_owned(),
        _ => tell!(
            "In de gebouwen was {things} keer iets stuk, vuil of vernield.",
            "In the buildings something was broken, dirty or damaged {things} times."
        ),
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
