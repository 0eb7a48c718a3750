//! What a worker's own screens say around the work: what waits for another day, settings, my day, a handover.

use chrono::{Datelike as _, NaiveDate};

use crate::app::when;
use crate::domain::away::Wrong;
use crate::domain::body::{Stage, Weekday};
use crate::domain::caseload::ReferralState;

say! {
    not_today_words = "Vandaag niet";
    today_after_all_words = "Toch vandaag";

    more = "Meer";
    my_day_what = "Wat je vandaag hebt genoteerd. Alleen voor jou.";
    handover_what = "Eén bladzijde voor een collega: wat loopt en wat is beloofd.";
    help_what = "Hoe de app werkt, wie je belt, en wat je doet als je telefoon weg is.";
    settings = "Instellingen";
    looks = "Hoe het eruitziet";
    language = "Taal", "Language";
    text_size = "Grootte van de tekst";
    theme = "Kleuren";
    locking = "Op slot";
    lock = "Vanzelf op slot na";
    lock_hint = "Als je de telefoon zo lang niet aanraakt.";
    neighbourhood = "Buurt";
    neighbourhood_open = "Welke buurt staat open?";
    neighbourhood_hint = "Wat je in een andere buurt hebt genoteerd, blijft bewaard en wordt gewoon verstuurd.";
    about = "Over deze app";
    licence = "Waakvlam is vrije software (EUPL-1.2).";

    work = "Mijn werk";
    working = "Op welke dagen werk je?";
    working_hint = "Op een vrije dag vraagt Vandaag alleen wat echt niet kan wachten. Wat je voor een vrije dag hebt beloofd, komt de werkdag ervoor.";
    keep_days = "Dagen opslaan";
    one_day = "Kies ten minste één dag.";
    saved = "Opgeslagen op deze telefoon";
    away_words = "Ik ben weg";
    away_from = "Eerste dag dat je weg bent";
    away_to = "Laatste dag dat je weg bent";
    stand_in_words = "Wie neemt het over?";
    stand_in_hint = "Die collega ziet jouw beloften en signalen dan ook bij Vandaag. Neemt niemand het over, dan ziet iedereen in de buurt ze.";
    nobody = "Niemand";
    keep_away = "Opslaan dat ik weg ben";
    away_saved = "Opgeslagen. Je collega's zien het zodra het is verstuurd.";
    not_away = "Toch niet weg";
    away_taken_back = "Opgeslagen. Je bent er toch.";
    a_colleague = "een collega";

    my_day = "Mijn dag";
    my_day_empty = "Vandaag nog niets genoteerd.";
    my_day_only = "Alleen jij ziet deze lijst. Er wordt niets geteld.";
    taken_back = "Ongedaan gemaakt: dit telt niet mee.";

    handover = "Overdracht";
    handover_whose = "Van wie?";
    handover_mine = "Van mij";
    handover_all = "Van iedereen in de buurt";
    print = "Afdrukken";
    print_careful = "Op papier leest iedereen mee. Bewaar het niet langer dan nodig en gooi het in de papierversnipperaar.";
    runs = "Wat loopt";
    promised = "Wat is beloofd";
    help_asked = "Hulp die is gevraagd";
    who_is_away = "Wie weg is";
    nothing_runs = "Er staat geen signaal open.";
    nothing_promised = "Er staat geen belofte open.";
    no_help = "Er is geen hulp onderweg.";
    nobody_away = "Niemand heeft gezegd weg te zijn.";
    next_step = "Volgende stap";
    no_next_step = "nog niet afgesproken";
    owner = "Wie";
    by_day = "Voor";
    no_day = "geen dag afgesproken";
    taken_by_nobody = "nog door niemand opgepakt";
}

/// The themes, by what is kept.
pub const THEMES: [(Option<&str>, &str); 3] = [(None, "Zoals je telefoon"), (Some("light"), "Licht"), (Some("dark"), "Donker")];
/// The sizes, in percent.
pub const SIZES: [(u16, &str); 4] = [(100, "Gewoon"), (125, "Groter"), (150, "Groot"), (200, "Heel groot")];
/// The minutes until it locks.
pub const MINUTES: [u32; 5] = [1, 2, 5, 10, 15];

/// "5 minuten".
#[must_use]
pub fn minutes(minutes: u32) -> String {
    if minutes == 1 { "1 minuut".to_owned() } else { format!("{minutes} minuten") }
}

/// What a screen reader says of "Vandaag niet".
#[must_use]
pub fn not_today(place: &str) -> String {
    format!("{}: {place}", not_today_words())
}

/// What a screen reader says of "Toch vandaag".
#[must_use]
pub fn today_after_all(place: &str) -> String {
    format!("{}: {place}", today_after_all_words())
}

/// "Komt morgen terug".
#[must_use]
pub fn comes_back(until: NaiveDate) -> String {
    format!("Komt {} terug", when::day(until))
}

/// A day of the week, on a chip.
#[must_use]
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Maandag",
        Weekday::Tuesday => "Dinsdag",
        Weekday::Wednesday => "Woensdag",
        Weekday::Thursday => "Donderdag",
        Weekday::Friday => "Vrijdag",
        Weekday::Saturday => "Zaterdag",
        Weekday::Sunday => "Zondag",
    }
}

/// What is wrong with an absence, and with which field.
#[must_use]
pub fn away_wrong(wrong: Wrong) -> (&'static str, String) {
    let (field, text) = match wrong {
        Wrong::NoFirst => ("weg-van", "Kies de eerste dag."),
        Wrong::NoLast => ("weg-tot", "Kies de laatste dag."),
        Wrong::EndsFirst => ("weg-tot", "De laatste dag ligt voor de eerste."),
        Wrong::Over => ("weg-tot", "Deze dagen zijn al voorbij."),
        Wrong::FarAhead => ("weg-tot", "Dat is meer dan een jaar vooruit. Klopt het jaartal?"),
    };
    (field, text.to_owned())
}

/// "Van 3 tot en met 14 augustus", "maandag 3 augustus".
#[must_use]
pub fn away(from: NaiveDate, to: NaiveDate) -> String {
    let year = |day: NaiveDate| if day.year() == when::today().year() { String::new() } else { format!(" {}", day.year()) };
    if from == to {
        format!("{}{}", super::worker::capital(&when::long_day(from)), year(from))
    } else {
        format!("{} tot en met {}{}", super::worker::capital(&when::long_day(from)), when::long_day(to), year(to))
    }
}

/// "Bert neemt het over".
#[must_use]
pub fn stand_in(name: Option<&str>) -> String {
    name.map_or_else(|| "Geen vervanger: iedereen in de buurt ziet het".to_owned(), |name| format!("{name} neemt het over"))
}

/// "Al 2 keer geprobeerd, niemand gesproken".
#[must_use]
pub fn tried(times: usize) -> String {
    format!("Al {times} keer geprobeerd, niemand gesproken")
}

/// "Beloofd door Bert".
#[must_use]
pub fn promised_by(name: &str) -> String {
    format!("Beloofd door {name}")
}

/// "Gevraagd door Bert, vrijdag 3 april".
#[must_use]
pub fn asked_by(name: &str, day: NaiveDate) -> String {
    format!("Gevraagd door {name}, {}", when::long_day(day))
}

/// How far help has come.
#[must_use]
pub fn help_stage(help: &ReferralState) -> &'static str {
    match help.stage() {
        None if help.is_free() => "Staat klaar, nog niet verstuurd",
        None => "Wacht op een leidinggevende",
        Some(Stage::Received) => "Ontvangen, nog niet opgepakt",
        Some(Stage::TakenUp) => "Opgepakt, nog niet begonnen",
        Some(Stage::WaitingList) => "Op een wachtlijst",
        Some(_) => "Verstuurd, nog niets gehoord",
    }
}

/// "Van Jamila": whose handover it is.
#[must_use]
pub fn of(name: &str) -> String {
    format!("Van {name}")
}

/// "Lindebuurt · zoals het op deze telefoon staat, vrijdag 21 november 2026, 14:03".
#[must_use]
pub fn as_of(now: chrono::DateTime<chrono::Utc>, neighbourhood: &str) -> String {
    let day = when::day_of(now);
    format!("{neighbourhood} · zoals het op deze telefoon staat, {} {}, {}", when::long_day(day), day.year(), when::time(now))
}

/// "Versie 0.1.0".
#[must_use]
pub fn version() -> String {
    format!("Versie {}", env!("CARGO_PKG_VERSION"))
}
