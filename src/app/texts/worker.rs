//! What the worker's screens say: why a door is on the list, how an entry reads, what stands above a field.

use chrono::NaiveDate;

use crate::app::desk::Overview;
use crate::app::when;
use crate::domain::agenda::Why;
use crate::domain::body::{HowOften, Severity, Tile};
use crate::domain::caseload::VisitState;
use crate::domain::noting::Wrong;
use crate::domain::{EntryId, UserId};

use super::labels;

/// It is on the phone's disk.
#[must_use]
pub fn saved() -> &'static str {
    both!("Opgeslagen op deze telefoon")
}

/// What happens with it next.
#[must_use]
pub fn goes_by_itself() -> &'static str {
    both!("Gaat vanzelf weg zodra er internet is.")
}

/// It was taken back.
#[must_use]
pub fn undone() -> &'static str {
    both!("Ongedaan gemaakt. In het logboek staat dat het niet telt.")
}

/// An urgent signal that has not left the phone.
#[must_use]
pub fn only_here() -> &'static str {
    both!("Alleen op deze telefoon. Niemand weet dit nog. Bel.")
}

/// An urgent signal that is still being written.
#[must_use]
pub fn call_first() -> &'static str {
    both!("Niemand weet dit nog. Bel eerst, opslaan kan daarna.")
}

/// Above the errors of a form.
#[must_use]
pub fn not_right_yet() -> &'static str {
    both!("Dit klopt nog niet")
}

/// A draft was found.
#[must_use]
pub fn went_on() -> &'static str {
    both!("Dit was nog niet af. Je kunt verder waar je was.")
}

/// How to write about people.
#[must_use]
pub fn no_diagnosis() -> &'static str {
    both!("Schrijf op wat je zag of hoorde. Geen diagnose, geen BSN.")
}

/// Nothing on the list.
#[must_use]
pub fn free_day() -> &'static str {
    both!("Mooi moment om gewoon ergens aan te bellen.")
}

/// No door behind this address.
#[must_use]
pub fn no_door() -> &'static str {
    both!("Deze deur staat niet op deze telefoon. Zoek hem bij Deuren.")
}

/// Somebody has to choose between two versions.
#[must_use]
pub fn two_versions() -> &'static str {
    both!("Twee mensen wijzigden dit zonder het van elkaar te weten. Kies wat klopt. Niets is weg.")
}

/// Opens what can be changed of a signal.
#[must_use]
pub fn change() -> &'static str {
    both!("Wijzigen")
}

/// Makes a signal mine.
#[must_use]
pub fn take_on() -> &'static str {
    both!("Ik pak dit op")
}

/// Closing did not close: there was more than its writer had seen.
#[must_use]
pub fn close_proposed() -> &'static str {
    both!("Iemand wilde dit afsluiten, maar er was meer dan die persoon zag. Klopt het nog? Tik dan om af te sluiten.")
}

/// Somebody was added.
#[must_use]
pub fn person_added() -> &'static str {
    both!("Opgeslagen op deze telefoon. De bewoner staat erbij.")
}

/// It was agreed how often to come by.
#[must_use]
pub fn rhythm_set() -> &'static str {
    both!("Opgeslagen op deze telefoon. De afspraak is veranderd.")
}

/// Where a signal about the building goes.
#[must_use]
pub fn about_building() -> &'static str {
    both!("Komt bij het portiek te staan, niet bij een deur. Eén tik en het is opgeslagen.")
}

/// The first letter as a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The first letter as a small one.
#[must_use]
pub fn small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Why a door is on today's list: an icon and a sentence.
#[must_use]
pub fn why(why: &Why, overview: &Overview, me: UserId, last: Option<NaiveDate>) -> (&'static str, String) {
    let caseload = &overview.caseload;
    let name = |user: UserId| overview.name(user).unwrap_or_else(|| "een collega".to_owned());
    let author = |of: &EntryId| caseload.entries.get(of).map(|entry| entry.author).filter(|author| *author != me);
    match why {
        Why::Call(_) => ("phone", "Bel nu: dit kan niet wachten".to_owned()),
        Why::Promise { day, of, tried } => {
            let by = author(of).map_or_else(String::new, |author| format!(" door {}", name(author)));
            let tried = match tried {
                0 => String::new(),
                tried => format!(", al {tried} keer geprobeerd"),
            };
            ("calendar", format!("Beloofd{by} voor {}{tried}", when::day(*day)))
        }
        Why::Concern(id) => {
            let concern = caseload.concerns.get(id);
            let written = concern.and_then(|concern| concern.entry.payload.as_ref()).map(|payload| payload.written_at);
            let days = written.map_or(0, |at| (when::today() - when::day_of(at)).num_days());
            let owner = concern.map(|concern| concern.owner.latest().unwrap_or(concern.entry.author));
            let whose = owner
                .filter(|owner| *owner != me)
                .map_or_else(|| "Jouw signaal".to_owned(), |owner| format!("Signaal van {}", name(owner)));
            let text = match days {
                ..=0 => format!("{whose} van vandaag"),
                1 => format!("{whose} staat 1 dag open"),
                days => format!("{whose} staat {days} dagen open"),
            };
            ("alert", text)
        }
        Why::Question(by) => {
            let asked = author(by).map_or_else(String::new, |author| format!(" van {}", name(author)));
            ("question", format!("Vraag{asked}: geef antwoord"))
        }
        Why::Help(of) => {
            let text = match caseload.referrals.get(of) {
                Some(help) if !help.is_free() => "Hulp gevraagd: wacht op je leidinggevende",
                Some(help) if help.stage().is_none() => "Hulp gevraagd: nog niet verstuurd",
                _ => "Hulp gevraagd: nog niet begonnen, vraag na",
            };
            ("send", text.to_owned())
        }
        Why::Tell => ("note", "Nog vertellen dat ik iets opschrijf".to_owned()),
        Why::Rhythm(how_often) => {
            let rhythm = labels::how_often(*how_often);
            let text = last.map_or_else(
                || format!("Nog niemand gesproken. Afspraak: {rhythm}."),
                |day| format!("Lang niet gesproken, laatste poging {}. Afspraak: {rhythm}.", when::ago(day)),
            );
            ("clock", text)
        }
        Why::Walk(count) => ("stairs", format!("Loop hier eens langs. Bij {} is nog niemand gesproken.", doors(*count))),
    }
}

/// "Dinsdag, koffie".
#[must_use]
pub fn visit_short(visit: &VisitState) -> String {
    let what = labels::contact(visit.visit.kind, visit.visit.outcome);
    format!("{}, {}", when::day(when::day_of(visit.when())), small(&what))
}

/// "Geld, bespreken".
#[must_use]
pub fn concern(tile: Tile, severity: Severity) -> String {
    format!("{}, {}", labels::tile(tile), labels::severity(severity).to_lowercase())
}

/// "Ernst wordt: nu".
#[must_use]
pub fn make_it(severity: Severity) -> String {
    format!("Ernst wordt: {}", labels::severity(severity).to_lowercase())
}

/// "6 deuren".
#[must_use]
pub fn doors(count: usize) -> String {
    if count == 1 { "1 deur".to_owned() } else { format!("{count} deuren") }
}

/// "nummers 2 tot 12".
#[must_use]
pub fn numbers(first: u32, last: u32) -> String {
    if first == last { format!("nummer {first}") } else { format!("nummers {first} tot {last}") }
}

/// "Elke maand", or that nobody agreed on it.
#[must_use]
pub fn how_often(how_often: Option<HowOften>) -> String {
    how_often.map_or_else(|| "Geen afspraak".to_owned(), |how_often| capital(labels::how_often(how_often)))
}

/// What is wrong with a field, above it and in the summary. A few fields say it in their own words.
#[must_use]
pub fn wrong(field: &str, wrong: Wrong) -> String {
    match (field, wrong) {
        ("soort", Wrong::Empty) => "Kies wat het was.",
        ("uitkomst", Wrong::Empty) => "Kies hoe het ging.",
        ("thema", Wrong::Empty) => "Kies waarover het gaat.",
        ("ernst", Wrong::Empty) => "Kies hoe ernstig het is.",
        ("datum" | "dag", Wrong::Empty) => "Kies een dag.",
        ("mensen", Wrong::Empty) => "Vul een getal in, zoals 12.",
        _ => super::faults::wrong(wrong),
    }
    .to_owned()
}
