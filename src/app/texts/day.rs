//! What a worker's own screens say around the work: what waits for another day, settings, my day, a handover.

use chrono::{Datelike as _, NaiveDate};

use crate::app::when;
use crate::domain::away::Wrong;
use crate::domain::body::{Stage, Weekday};
use crate::domain::caseload::ReferralState;

say! {
    not_today_words = "Vandaag niet", "Not today";
    today_after_all_words = "Toch vandaag", "Today after all";

    more = "Meer", "More";
    my_day_what = "Wat je vandaag hebt genoteerd. Alleen voor jou.", "What you noted today. Only for you.";
    handover_what = "Eén bladzijde voor een collega: welke signalen open staan en wat is beloofd.", "One page for a colleague: which signals are open and what was promised.";
    help_what = "Hoe de app werkt, wie je belt, en wat je doet als je telefoon weg is.", "How the app works, whom to call, and what to do if your phone is lost.";
    settings = "Instellingen", "Settings";
    looks = "Hoe het eruitziet", "How it looks";
    language = "Taal", "Language";
    text_size = "Grootte van de tekst", "Size of the text";
    theme = "Kleuren", "Colours";
    locking = "Op slot", "Locking";
    lock = "Vanzelf op slot na", "Lock by itself after";
    lock_hint = "Als je de telefoon zo lang niet aanraakt.", "If you don’t touch the phone for so long.";
    neighbourhood = "Buurt", "Neighbourhood";
    neighbourhood_open = "Welke buurt staat open?", "Which neighbourhood is open?";
    neighbourhood_hint = "Wat je in een andere buurt hebt genoteerd, blijft bewaard en wordt gewoon verstuurd.", "What you noted in another neighbourhood is kept and is sent as usual.";
    about = "Over deze app", "About this app";
    licence = "Waakvlam is vrije software (EUPL-1.2).", "Waakvlam is free software (EUPL-1.2).";

    work = "Mijn werk", "My work";
    working = "Op welke dagen werk je?", "On which days do you work?";
    working_hint = "Op een vrije dag staat bij Vandaag alleen wat echt niet kan wachten. Heb je iets beloofd voor een vrije dag? Dat staat er de werkdag ervoor.", "On a day off, Today only shows what really can’t wait. Did you promise something for a day off? It is there on the working day before.";
    keep_days = "Dagen opslaan", "Save days";
    one_day = "Kies minstens één dag.", "Choose at least one day.";
    saved = "Opgeslagen op deze telefoon", "Saved on this phone";
    away_words = "Ik ben weg", "I am away";
    away_from = "Eerste dag dat je weg bent", "First day that you are away";
    away_to = "Laatste dag dat je weg bent", "Last day that you are away";
    stand_in_words = "Wie neemt het over?", "Who takes over?";
    stand_in_hint = "Die collega ziet jouw beloften en signalen dan ook bij Vandaag. Neemt niemand het over? Dan zien alle collega's van deze buurt ze.", "That colleague then sees your promises and signals under Today, too. If nobody takes over, all colleagues of this neighbourhood see them.";
    nobody = "Niemand", "Nobody";
    keep_away = "Opslaan dat ik weg ben", "Save that I am away";
    away_saved = "Opgeslagen. Je collega's zien het zodra het is verstuurd.", "Saved. Your colleagues see it as soon as it is sent.";
    not_away = "Ik ben er toch", "I will be there after all";
    away_taken_back = "Opgeslagen. Je bent er toch.", "Saved. You will be there after all.";
    a_colleague = "een collega", "a colleague";

    my_day = "Mijn dag", "My day";
    my_day_empty = "Vandaag nog niets genoteerd.", "Nothing noted yet today.";
    my_day_only = "Alleen jij ziet deze lijst. We tellen niet hoeveel je doet.", "Only you see this list. We don’t count how much you do.";
    taken_back = "Ongedaan gemaakt: dit telt niet mee.", "Undone: this does not count.";

    handover = "Overdracht", "Handover";
    handover_whose = "Van wie?", "Whose?";
    handover_mine = "Van mij", "Mine";
    handover_all = "Van alle collega's in de buurt", "Of all colleagues in the neighbourhood";
    print = "Afdrukken", "Print";
    print_careful = "Wat op papier staat, kan iedereen lezen. Bewaar het niet langer dan nodig. Versnipper het daarna, of scheur het in kleine stukjes.", "On paper anybody can read it. Don’t keep it longer than you need it. Then put it in the shredder, or tear it into small pieces.";
    runs = "Signalen die open staan", "Signals that are open";
    promised = "Wat is beloofd", "What was promised";
    help_asked = "Hulp die is gevraagd", "Help that was asked for";
    who_is_away = "Wie weg is", "Who is away";
    nothing_runs = "Er staat geen signaal open.", "There is no open signal.";
    nothing_promised = "Er staat geen belofte open.", "There is no open promise.";
    no_help = "Er staat geen vraag om hulp open.", "There is no open request for help.";
    nobody_away = "Niemand heeft gezegd: ik ben weg.", "Nobody said they are away.";
    next_step = "Volgende stap", "Next step";
    no_next_step = "nog niet afgesproken", "not agreed yet";
    owner = "Wie pakt het op", "Who takes it on";
    by_day = "Wanneer", "When";
    no_day = "geen dag afgesproken", "no day agreed";
    taken_by_nobody = "nog door niemand opgepakt", "not taken on by anybody yet";
}

/// The themes, by what is kept.
#[must_use]
pub fn themes() -> [(Option<&'static str>, &'static str); 3] {
    [
        (None, both!("Zoals je telefoon", "Like your phone")),
        (Some("light"), both!("Licht", "Light")),
        (Some("dark"), both!("Donker", "Dark")),
    ]
}

/// The sizes, in percent.
#[must_use]
pub fn sizes() -> [(u16, &'static str); 4] {
    [
        (100, both!("Gewoon", "Normal")),
        (125, both!("Groter", "Larger")),
        (150, both!("Groot", "Large")),
        (200, both!("Heel groot", "Very large")),
    ]
}

/// The minutes until it locks.
pub const MINUTES: [u32; 5] = [1, 2, 5, 10, 15];

/// "5 minuten".
#[must_use]
pub fn minutes(minutes: u32) -> String {
    if minutes == 1 { both!("1 minuut", "1 minute").to_owned() } else { tell!("{minutes} minuten", "{minutes} minutes") }
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
    tell!("Komt {} terug", "Comes back: {}", when::day(until))
}

/// A day of the week, on a chip.
#[must_use]
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => both!("Maandag", "Monday"),
        Weekday::Tuesday => both!("Dinsdag", "Tuesday"),
        Weekday::Wednesday => both!("Woensdag", "Wednesday"),
        Weekday::Thursday => both!("Donderdag", "Thursday"),
        Weekday::Friday => both!("Vrijdag", "Friday"),
        Weekday::Saturday => both!("Zaterdag", "Saturday"),
        Weekday::Sunday => both!("Zondag", "Sunday"),
    }
}

/// What is wrong with an absence, and with which field.
#[must_use]
pub fn away_wrong(wrong: Wrong) -> (&'static str, String) {
    let (field, text) = match wrong {
        Wrong::NoFirst => ("weg-van", both!("Kies de eerste dag.", "Choose the first day.")),
        Wrong::NoLast => ("weg-tot", both!("Kies de laatste dag.", "Choose the last day.")),
        Wrong::EndsFirst => ("weg-tot", both!("De laatste dag ligt voor de eerste.", "The last day is before the first.")),
        Wrong::Over => ("weg-tot", both!("Deze dagen zijn al voorbij.", "These days are over already.")),
        Wrong::FarAhead => (
            "weg-tot",
            both!("Dat is meer dan een jaar vooruit. Klopt het jaartal?", "That is more than a year ahead. Is the year right?"),
        ),
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
        let first = super::worker::capital(&when::long_day(from));
        tell!("{first} tot en met {}{}", "{first} up to and including {}{}", when::long_day(to), year(to))
    }
}

/// "Bert neemt het over".
#[must_use]
pub fn stand_in(name: Option<&str>) -> String {
    name.map_or_else(
        || {
            both!(
                "Geen vervanger: alle collega's van de buurt zien het",
                "No stand-in: all colleagues of the neighbourhood see it"
            )
            .to_owned()
        },
        |name| tell!("{name} neemt het over", "{name} takes over"),
    )
}

/// "Al 2 keer geprobeerd, niemand gesproken".
#[must_use]
pub fn tried(times: usize) -> String {
    if times == 1 {
        both!("Al 1 keer geprobeerd, niemand gesproken", "Tried once, spoke to nobody").to_owned()
    } else {
        tell!("Al {times} keer geprobeerd, niemand gesproken", "Tried {times} times, spoke to nobody")
    }
}

/// "Opgeschreven: 5 weken geleden": when a signal was.
#[must_use]
pub fn since(ago: &str) -> String {
    tell!("Opgeschreven: {ago}", "Written down: {ago}")
}

/// "Beloofd door Bert".
#[must_use]
pub fn promised_by(name: &str) -> String {
    tell!("Beloofd door {name}", "Promised by {name}")
}

/// "Gevraagd door Bert, vrijdag 3 april".
#[must_use]
pub fn asked_by(name: &str, day: NaiveDate) -> String {
    tell!("Gevraagd door {name}, {}", "Asked by {name}, {}", when::long_day(day))
}

/// How far help has come.
#[must_use]
pub fn help_stage(help: &ReferralState) -> &'static str {
    match help.stage() {
        None if help.is_free() => both!("Staat klaar, nog niet verstuurd", "Ready, not sent yet"),
        None => both!("Wacht op een leidinggevende", "Waits for a supervisor"),
        Some(Stage::Received) => both!("Ontvangen, nog niet opgepakt", "Received, not taken on yet"),
        Some(Stage::TakenUp) => both!("Opgepakt, nog niet begonnen", "Taken on, not started yet"),
        Some(Stage::WaitingList) => both!("Op een wachtlijst", "On a waiting list"),
        Some(_) => both!("Verstuurd, nog niets gehoord", "Sent, no answer yet"),
    }
}

/// "Van Jamila": whose handover it is.
#[must_use]
pub fn of(name: &str) -> String {
    tell!("Van {name}", "By {name}")
}

/// "Lindebuurt · zoals het op deze telefoon staat, vrijdag 21 november 2026, 14:03".
#[must_use]
pub fn as_of(now: chrono::DateTime<chrono::Utc>, neighbourhood: &str) -> String {
    let day = when::day_of(now);
    tell!(
        "{neighbourhood} · zoals het op deze telefoon staat, {} {}, {}",
        "{neighbourhood} · as it is on this phone, {} {}, {}",
        when::long_day(day),
        day.year(),
        when::time(now)
    )
}

/// "Versie 0.1.0".
#[must_use]
pub fn version() -> String {
    tell!("Versie {}", "Version {}", env!("CARGO_PKG_VERSION"))
}
