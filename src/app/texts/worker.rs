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
pub const SAVED: &str = "Opgeslagen op deze telefoon";
/// What happens with it next.
pub const GOES_BY_ITSELF: &str = "Gaat vanzelf weg zodra er internet is.";
/// It was taken back.
pub const UNDONE: &str = "Ongedaan gemaakt. In het logboek staat dat het niet telt.";
/// An urgent signal that has not left the phone.
pub const ONLY_HERE: &str = "Alleen op deze telefoon. Niemand weet dit nog. Bel.";
/// An urgent signal that is still being written.
pub const CALL_FIRST: &str = "Niemand weet dit nog. Bel eerst, opslaan kan daarna.";
/// Above the errors of a form.
pub const NOT_RIGHT_YET: &str = "Dit klopt nog niet";
/// A draft was found.
pub const WENT_ON: &str = "Dit was nog niet af. Je kunt verder waar je was.";
/// How to write about people.
pub const NO_DIAGNOSIS: &str = "Schrijf op wat je zag of hoorde. Geen diagnose, geen BSN.";
/// Nothing on the list.
pub const FREE_DAY: &str = "Mooi moment om gewoon ergens aan te bellen.";
/// No door behind this address.
pub const NO_DOOR: &str = "Deze deur staat niet op deze telefoon. Zoek hem bij Deuren.";
/// Somebody has to choose between two versions.
pub const TWO_VERSIONS: &str = "Twee mensen wijzigden dit zonder het van elkaar te weten. Kies wat klopt. Niets is weg.";
/// Opens what can be changed of a signal.
pub const CHANGE: &str = "Wijzigen";
/// Makes a signal mine.
pub const TAKE_ON: &str = "Ik pak dit op";
/// Closing did not close: there was more than its writer had seen.
pub const CLOSE_PROPOSED: &str =
    "Iemand wilde dit afsluiten, maar er was meer dan die persoon zag. Klopt het nog? Tik dan om af te sluiten.";
/// Somebody was added.
pub const PERSON_ADDED: &str = "Opgeslagen op deze telefoon. De bewoner staat erbij.";
/// It was agreed how often to come by.
pub const RHYTHM_SET: &str = "Opgeslagen op deze telefoon. De afspraak is veranderd.";

/// Where a signal about the building goes.
pub const ABOUT_BUILDING: &str = "Komt bij het portiek te staan, niet bij een deur. Eén tik en het is opgeslagen.";

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
