//! What the import says, in Dutch: its report goes to whoever made the file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::reading::Unusable;
use crate::domain::body::{Place, PlaceKind};
use crate::domain::places::{Column, Fault, NeighbourhoodCode, Plan, Step, Tree, What};

/// So many of each kind of change are named; of more, the number.
const NAMED: usize = 20;
/// So much of a cell is repeated.
const QUOTED: usize = 40;

/// Says why a row is no good.
#[rustfmt::skip]
pub(super) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Empty(column) => format!("{} ontbreekt", column.header()),
        Fault::TooLong(column, most) => format!("{} is langer dan {most} tekens", column.header()),
        Fault::Unreadable(column) => format!("{} bevat een teken dat niet te lezen is", column.header()),
        Fault::Code(text) => format!("buurtcode {} is geen CBS-code: BU en acht tekens, zoals BU03630000", quoted(text)),
        Fault::CodeWithoutBu(text) => format!("buurtcode {} begint niet met BU: bedoel je BU{text}?", quoted(text)),
        Fault::Year(text, this_year) => format!("jaar {} is geen jaar van 1995 tot en met {this_year}", quoted(text)),
        Fault::Kind(text) => format!("soort {} kennen we niet: portiek, galerij, straat, hof, deur of plek", quoted(text)),
        Fault::NoPart(kind) => format!("soort is {kind}, maar de kolom portiek is leeg"),
        Fault::Street(text) => format!("straat {} is geen straatnaam", quoted(text)),
        Fault::Number(text) => format!("huisnummer {} is geen getal van 1 tot en met 99999", quoted(text)),
        Fault::NumberWithMore(text) => format!("huisnummer {} is meer dan een getal: zet een letter in letter, de rest in toevoeging", quoted(text)),
        Fault::NoNumber => "letter of toevoeging zonder huisnummer".to_owned(),
        Fault::Letter(text) => format!("letter {} is niet één letter van a tot en met z", quoted(text)),
        Fault::Addition(text) => format!("toevoeging {} is geen toevoeging: hooguit acht letters en cijfers", quoted(text)),
        Fault::Postcode(text) => format!("postcode {} is geen postcode: vier cijfers, de eerste geen 0, en twee letters", quoted(text)),
        Fault::Floor(text) => format!("verdieping {} is geen verdieping: een getal van -9 tot en met 99, 0 is de begane grond", quoted(text)),
        Fault::MoreCells => "meer cellen dan kolommen: staat er een scheidingsteken te veel?".to_owned(),
        Fault::Twice(first) => format!("staat al op regel {first}"),
        Fault::TwoParts(first) => format!("hetzelfde adres staat op regel {first} in een ander portiek of complex"),
        Fault::PostcodeElsewhere(first) => format!("dezelfde postcode met hetzelfde nummer staat op regel {first} met een andere straat of buurt"),
        Fault::TwoKinds(first) => format!("hetzelfde portiek is op regel {first} van een andere soort"),
        Fault::TwoYears(first) => format!("dezelfde buurt heeft op regel {first} een ander jaar"),
    }
}

/// Says why a whole file is no good.
#[rustfmt::skip]
pub(super) fn unusable(why: &Unusable) -> String {
    match why {
        Unusable::Workbook => "dit is een werkmap van een rekenprogramma; bewaar het blad als “CSV UTF-8”".to_owned(),
        Unusable::Utf16 => "dit bestand is in UTF-16 opgeslagen; bewaar het als “CSV UTF-8”".to_owned(),
        Unusable::Empty => "dit bestand is leeg".to_owned(),
        Unusable::NoHeader(line) => format!("regel {line}: hier horen de namen van de kolommen te staan: {}", headers(Column::ALL)),
        Unusable::Missing(columns) => format!("regel 1: deze kolommen ontbreken: {}", headers(columns)),
        Unusable::Doubled(columns) => format!("regel 1: deze kolommen staan er dubbel: {}", headers(columns)),
        Unusable::NoRows => "onder de kolomnamen staat geen enkele deur".to_owned(),
    }
}

pub(super) const NOT_UTF8: &str =
    "Let op: dit bestand is niet in UTF-8 opgeslagen (waarschijnlijk in Windows-1252). Bewaar het als “CSV UTF-8”.";
pub(super) const BROKEN: &str = "een cel loopt door op de volgende regel: staat er een aanhalingsteken te veel?";

pub(super) fn unknown_columns(names: &[String]) -> String {
    format!("Let op: deze kolommen gebruiken we niet: {}.", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "))
}

pub(super) fn unknown_code(code: &NeighbourhoodCode) -> String {
    format!("buurt {code} kennen we niet")
}

pub(super) fn second_code(code: &NeighbourhoodCode) -> String {
    format!("buurt {code} is een tweede buurt; met --neighbourhood mag er één in het bestand staan")
}

fn headers(columns: &[Column]) -> String {
    columns.iter().map(|column| column.header()).collect::<Vec<_>>().join(", ")
}

fn quoted(text: &str) -> String {
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(QUOTED).collect();
    if short.chars().count() < text.chars().count() {
        short.push('…');
    }
    format!("“{short}”")
}

/// Every fault with its lines; the same said of many lines is said once.
pub(super) fn report(bad: &[(u64, String)]) -> String {
    let mut lines_of: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for (line, words) in bad {
        lines_of.entry(words).or_default().push(*line);
    }
    let mut said: Vec<(Vec<u64>, &str)> = lines_of.into_iter().map(|(words, lines)| (lines, words)).collect();
    said.iter_mut().for_each(|(lines, _)| lines.sort_unstable());
    said.sort();
    let mut report = String::new();
    for (lines, words) in said {
        let word = if lines.len() == 1 { "regel" } else { "regels" };
        let _ = writeln!(report, "{word} {}: {words}", ranges(&lines));
    }
    report
}

/// "2–4, 7".
fn ranges(lines: &[u64]) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, last)) if *line <= *last + 1 => *last = *line,
            _ => ranges.push((*line, *line)),
        }
    }
    let show = |(first, last): &(u64, u64)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    ranges.iter().map(show).collect::<Vec<_>>().join(", ")
}

/// What one neighbourhood gets.
pub(super) fn summary(name: &str, code: &NeighbourhoodCode, year: u16, tree: &Tree, plan: &Plan) -> String {
    let doors = tree.count(|kind| kind == PlaceKind::Door);
    let spots = tree.count(|kind| kind == PlaceKind::Spot);
    let complexes = tree.count(|kind| kind == PlaceKind::Complex);
    let parts = tree.count(|kind| !matches!(kind, PlaceKind::Door | PlaceKind::Spot | PlaceKind::Complex));
    let mut text = format!(
        "{name} ({code}, {year}). In het bestand: deuren {}, portieken en straten {}, complexen {}, plekken {}.\n",
        number(doors),
        number(parts),
        number(complexes),
        number(spots),
    );
    let of = |wanted: fn(&What) -> bool| plan.steps.iter().filter(move |step| wanted(&step.what)).collect::<Vec<_>>();
    let (new, changed) = (of(|what| *what == What::New), of(|what| matches!(what, What::Changed { .. })));
    let (back, gone) = (of(|what| *what == What::Back), of(|what| *what == What::Gone));
    let _ = writeln!(
        text,
        "  nieuw {} · veranderd {} · weer terug {} · weg {} · hetzelfde {}",
        number(new.len()),
        number(changed.len()),
        number(back.len()),
        number(gone.len()),
        number(plan.same)
    );
    // The first import is all new: its list would be the file.
    if plan.doors_before > 0 {
        named(&mut text, "nieuw", &new);
    }
    named(&mut text, "veranderd", &changed);
    named(&mut text, "weer terug", &back);
    named(&mut text, "weg (verborgen, niet gewist)", &gone);
    if !plan.taken_away.is_empty() {
        let names: Vec<String> = plan.taken_away.iter().take(NAMED).map(called).collect();
        let _ =
            writeln!(text, "  door een collega weggehaald, blijft verborgen ({}): {}", plan.taken_away.len(), names.join(", "));
    }
    text
}

fn named(text: &mut String, word: &str, steps: &[&Step]) {
    for step in steps.iter().take(NAMED) {
        let _ = match &step.what {
            What::Changed { was } => writeln!(text, "  {word}: {} ({})", called(&step.place), difference(was, &step.place)),
            _ => writeln!(text, "  {word}: {}", called(&step.place)),
        };
    }
    if steps.len() > NAMED {
        let _ = writeln!(text, "  {word}: en nog {}", number(steps.len() - NAMED));
    }
}

fn called(place: &Place) -> String {
    match &place.address {
        Some(address) if place.kind == PlaceKind::Door => address.to_string(),
        _ => place.name.clone(),
    }
}

fn difference(was: &Place, is: &Place) -> String {
    let mut said = Vec::new();
    let mut say = |what: &str, was: String, is: String| {
        if was != is {
            let shown = |text: String| if text.is_empty() { "leeg".to_owned() } else { text };
            said.push(format!("{what} {} → {}", shown(was), shown(is)));
        }
    };
    let postcode = |place: &Place| place.address.as_ref().map_or_else(String::new, |address| address.postcode.clone());
    let floor = |place: &Place| place.floor.map_or_else(String::new, |floor| floor.to_string());
    say(if is.kind == PlaceKind::Door { "adres" } else { "naam" }, called(was), called(is));
    say("postcode", postcode(was), postcode(is));
    say("verdieping", floor(was), floor(is));
    if was.parent != is.parent {
        said.push("ander portiek of complex".to_owned());
    }
    if was.kind != is.kind {
        said.push("andere soort".to_owned());
    }
    if said.is_empty() { "schrijfwijze".to_owned() } else { said.join(", ") }
}

/// 20.000.
pub(super) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_said_of_many_lines_is_said_once() {
        let bad: Vec<(u64, String)> = [4, 2, 3, 9].map(|line| (line, "jaar ontbreekt".to_owned())).into();
        let bad = [bad, vec![(3, "straat ontbreekt".to_owned())]].concat();
        assert_eq!(report(&bad), "regels 2–4, 9: jaar ontbreekt\nregel 3: straat ontbreekt\n");
    }

    #[test]
    fn thousands_have_a_point() {
        assert_eq!([0, 999, 1_000, 20_000, 1_234_567].map(number), ["0", "999", "1.000", "20.000", "1.234.567"]);
    }
}
