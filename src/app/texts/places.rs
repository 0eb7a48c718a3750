//! What the screens of places say: the tree, the stairwell, what it helps to know, who left, and who wants to be left alone.

use chrono::{Datelike as _, NaiveDate};

use crate::app::when;
use crate::domain::body::{BuildingKind, Ending, HowOften, KnownKind, KnownOf, PlaceKind, Severity};
use crate::domain::flame::{Proposal, Why};
use crate::domain::knowing::Wrong;
use crate::domain::stairwell::{Last, Within};

use super::{labels, worker};

say! {
    FIND = "Zoek een deur";
    FIND_HINT = "Straat of nummer";
    FOUND_NOTHING = "Niets gevonden. Probeer een ander stuk van de straat of het nummer.";
    ALONE = "Straten en plekken";
    NO_PLACES = "Er staan nog geen deuren op deze telefoon";
    NO_PLACES_DO = "Ze komen vanzelf als er internet is. Blijft het leeg? Vraag dan je leidinggevende.";
    UNKNOWN_FLOOR = "Verdieping onbekend";
    GONE = "Deze plek staat niet meer in de lijst";
    GONE_WHY = "Een collega heeft dat veranderd. Wat je hier al opschreef, is bewaard.";
    GONE_NO_SUCCESSOR = "Er is geen andere plek voor in de plaats gekomen. Klopt dat niet? Vraag je leidinggevende.";
    LEAVE_ALONE = "Niet aanbellen";
    LEAVE_ALONE_WHY = "Hier wil iemand geen contact. Wat er over deze bewoner stond, wordt gewist. Bel niet aan, ook niet voor iets kleins.";
    LEAVE_ALONE_WAITS = "Dit staat alleen nog op deze telefoon. Je kunt het nu nog terugdraaien. Na het versturen niet meer.";
    LEAVE_ALONE_TAKE_BACK = "Ongedaan maken";
    LEAVE_ALONE_OVER = "Klopt niet meer";
    LEAVE_ALONE_OVER_TITLE = "Klopt 'niet aanbellen' niet meer?";
    LEAVE_ALONE_OVER_LABEL = "Waarom niet?";
    LEAVE_ALONE_OVER_HINT = "Bijvoorbeeld: er wonen nu andere mensen, of de bewoner vroeg zelf om contact.";
    SAFETY = "Veilig werken";
    SAFETY_FIRST = "Lees dit voor je aanbelt";
    CONFIRM = "Ik heb dit gezien";
    NOT_CONFIRMED = "Nog niet gezien door een leidinggevende";
    OVER = "Klopt niet meer";
    OVER_DONE = "Opgeslagen op deze telefoon. Dit staat er niet meer bij.";
    CONFIRMED = "Opgeslagen op deze telefoon. De medewerkers zien dat jij dit hebt gezien.";
    GOOD_TO_KNOW = "Goed om te weten";
    EMERGENCY = "Bij nood";
    ADD = "Iets erbij zetten";
    ADD_WHAT = "Wat is goed om te weten?";
    ADD_FOR = "Bij ";
    ADD_TEXT = "Wat moet een collega weten?";
    ADD_UNTIL = "Tot en met welke dag?";
    ADD_UNTIL_AWAY = "Tot en met welke dag weg?";
    ADD_AGREED = "Ja, dit mag worden opgeschreven";
    ADD_AGREED_HINT = "Vraag het eerst aan de bewoner zelf.";
    ADD_AGREED_HINT_PERSON = "Vraag het eerst aan de bewoner, en aan de contactpersoon.";
    CHANGED_TITLE = "Hier is intussen iets veranderd";
    CHANGED_UNDER_YOU = "De mensen over wie je schreef, wonen hier niet meer. Je tekst staat er nog. Kijk eerst bij de deur. Gaat je tekst over wie hier nu woont? Tik dan nog een keer op Opslaan.";
    ALONE_NOW = "Hier wil iemand geen contact meer. Dit wordt niet opgeslagen.";
    NO_LONGER = "Woont hier niet meer? Of wil geen contact?";
    MOVED = "Verhuisd";
    MOVED_TITLE = "Is deze bewoner verhuisd?";
    MOVED_WHAT = "De afspraken en beloften bij deze bewoner stoppen. Wie hier hierna komt wonen, begint met een leeg blad.";
    MOVED_DAY = "Sinds welke dag?";
    MOVED_YES = "Ja, verhuisd";
    DIED = "Overleden";
    DIED_TITLE = "Is de bewoner van deze deur overleden?";
    DIED_WHAT = "Wat verdrietig. Neem er even de tijd voor, en vertel het ook je leidinggevende. De afspraken en beloften bij deze deur stoppen, zodat niemand per ongeluk aanbelt.";
    DIED_PARTNER = "Woont hier nog iemand anders, zoals een partner? Doe dit dan niet. Noteer het dan bij een contact.";
    DIED_DAY = "Op welke dag, ongeveer?";
    DIED_YES = "Ja, overleden";
    BACK = "Terug";
    NO_CONTACT = "Wil geen contact";
    NO_CONTACT_TITLE = "Wil deze bewoner geen contact meer?";
    NO_CONTACT_WHAT = "Dan staat hier alleen nog: niet aanbellen. Alles wat over deze bewoner is opgeschreven, wordt gewist, op elke telefoon en op kantoor. Dat kan niet ongedaan worden gemaakt.";
    NO_CONTACT_SURE = "Vraag het zo nodig nog een keer: 'Zal ik alles over u weghalen, en niet meer aanbellen?'";
    NO_CONTACT_RUNS = "Let op: hier loopt iets dat niet zomaar gewist mag worden. Bel eerst je leidinggevende. 'Niet aanbellen' staat er wel meteen.";
    NO_CONTACT_YES = "Ja, alles wissen";
    OPEN_SIGNALS = "Er staat nog een signaal open. Dat gaat van de lijst. Weet je zeker dat er niets meer hoeft?";
    PROPOSE_DO = "Doen";
    PROPOSE_KEEP = "Zo laten";
    ABOUT_PLACE = "Over de plek zelf";
    BUILDING_FIXED = "Verholpen";
    BUILDING_FIXED_SAVED = "Opgeslagen op deze telefoon. Het staat niet meer open.";
    MET = "Iemand, deur nog onbekend";
    MET_TITLE = "Wie heb je gesproken?";
    MET_HINT = "Je weet de deur nog niet. Dat geeft niet: die kun je later erbij zetten.";
    MET_CALLED = "Hoe noem je deze persoon?";
    MET_CALLED_HINT = "Een naam zoals iemand zelf genoemd wil worden, of iets dat iedereen mag lezen. Mag leeg blijven.";
    MET_TILES = "Wat was het? Eén tik en het is bewaard.";
    MET_LIST = "Deur nog onbekend";
    MET_SOMEBODY = "Iemand";
    WHICH_DOOR = "Ik weet nu welke deur";
    WHICH_DOOR_HINT = "Wat je over deze persoon noteerde, gaat mee naar de deur.";
    WHICH_DOOR_TAKEN = "Hier woont al iemand";
    NOT_HERE = "Deze bewoner staat niet op deze telefoon.";
    WORRY = "Ik maak me zorgen";
}

/// "3 hoog", "begane grond", "kelder".
#[must_use]
pub fn floor(floor: Option<i16>) -> String {
    match floor {
        None => UNKNOWN_FLOOR.to_owned(),
        Some(0) => "Begane grond".to_owned(),
        Some(up @ 1..) => format!("{up} hoog"),
        Some(-1) => "Kelder".to_owned(),
        Some(down) => format!("Kelder {}", -i32::from(down)),
    }
}

/// "vandaag", "gisteren", "5 dagen geleden", "3 wk geleden", "4 mnd geleden", "2 jaar geleden": short enough for a tile.
#[must_use]
pub fn ago(day: NaiveDate) -> String {
    match (when::today() - day).num_days() {
        ..=0 => "vandaag".to_owned(),
        1 => "gisteren".to_owned(),
        days @ 2..=13 => format!("{days} dagen geleden"),
        days @ 14..=69 => format!("{} wk geleden", days / 7),
        days @ 70..=729 => format!("{} mnd geleden", days / 30),
        days => format!("{} jaar geleden", days / 365),
    }
}

/// The last contact on a tile, with its icon.
#[must_use]
pub fn last(last: Option<Last>) -> (&'static str, String) {
    match last {
        None => ("clock", "Nog nooit".to_owned()),
        Some(Last { on, spoken: true }) => ("chat", worker::capital(&ago(on))),
        Some(Last { on, spoken: false }) => ("bell", format!("Geprobeerd, {}", ago(on))),
    }
}

/// "Elke week", and that it is past.
#[must_use]
pub fn rhythm(how_often: HowOften, overdue: bool) -> String {
    let words = worker::capital(labels::how_often(how_often));
    if overdue { format!("{words}: te laat") } else { words }
}

/// "2 signalen: nu".
#[must_use]
pub fn signals(count: usize, worst: Option<Severity>) -> String {
    let count = if count == 1 { "1 signaal".to_owned() } else { format!("{count} signalen") };
    worst.map_or(count.clone(), |worst| format!("{count}: {}", labels::severity(worst).to_lowercase()))
}

/// "3 dec".
#[must_use]
pub fn short_day(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    format!("{} {}", day.day(), MONTHS[day.month0() as usize])
}

/// "Weg tot en met 3 dec".
#[must_use]
pub fn away(until: NaiveDate) -> String {
    format!("Weg t/m {}", short_day(until))
}

/// "nummers 2 tot 12 · 6 deuren".
#[must_use]
pub fn within(kind: PlaceKind, within: &Within) -> String {
    let mut all = Vec::new();
    if let Some((first, last)) = within.numbers {
        all.push(worker::numbers(first, last));
    }
    if within.doors > 0 {
        all.push(worker::doors(within.doors));
    }
    if all.is_empty() {
        all.push(labels::place_kind(kind).to_owned());
    }
    worker::capital(&all.join(" · "))
}

/// "2 dingen aan het gebouw".
#[must_use]
pub fn building(count: usize) -> String {
    if count == 1 { "1 ding aan het gebouw".to_owned() } else { format!("{count} dingen aan het gebouw") }
}

/// "1 deur onbekend".
#[must_use]
pub fn met(count: usize) -> String {
    if count == 1 { "1 persoon, deur onbekend".to_owned() } else { format!("{count} personen, deur onbekend") }
}

/// An icon for each thing about a building.
#[must_use]
pub fn building_icon(kind: BuildingKind) -> &'static str {
    match kind {
        BuildingKind::LiftBroken => "stairs",
        BuildingKind::Noise => "noise",
        BuildingKind::LightBroken | BuildingKind::Unsafe | BuildingKind::FireHazard => "alert",
        BuildingKind::Dirt | BuildingKind::Damage | BuildingKind::Smell => "house",
    }
}

/// What it helps to know, on its tile.
#[must_use]
pub fn known(what: KnownKind) -> &'static str {
    match what {
        KnownKind::BackDoor => "Achterom",
        KnownKind::Dog => "Hond",
        KnownKind::Interpreter => "Tolk nodig",
        KnownKind::Other => "Iets anders",
        KnownKind::ContactPerson => "Contactpersoon",
        KnownKind::HasKey => "Wie heeft een sleutel",
        KnownKind::Away => "Weg tot",
        KnownKind::InPairs => "Met z'n tweeën",
        KnownKind::CallFirst => "Eerst bellen",
        KnownKind::NotEvenings => "Niet 's avonds",
    }
}

/// What stands under it.
#[must_use]
pub fn known_hint(what: KnownKind) -> &'static str {
    match what.of() {
        KnownOf::GoodToKnow if what == KnownKind::Interpreter => "Alleen als de bewoner dat goed vindt",
        KnownOf::GoodToKnow => GOOD_TO_KNOW,
        KnownOf::Emergency => EMERGENCY,
        KnownOf::Away => "Met een datum",
        KnownOf::Safety => SAFETY,
    }
}

/// Its icon.
#[must_use]
pub fn known_icon(what: KnownKind) -> &'static str {
    match what {
        KnownKind::BackDoor => "back",
        KnownKind::Dog => "dog",
        KnownKind::Interpreter => "chat",
        KnownKind::Other => "note",
        KnownKind::ContactPerson => "user",
        KnownKind::HasKey => "key",
        KnownKind::Away => "calendar",
        KnownKind::InPairs => "users",
        KnownKind::CallFirst => "phone",
        KnownKind::NotEvenings => "clock",
    }
}

/// What helps to write it down.
#[must_use]
pub fn known_text_hint(what: KnownKind) -> &'static str {
    match what {
        KnownKind::BackDoor => "Bijvoorbeeld: klop op het raam van de keuken. Mag leeg blijven.",
        KnownKind::Dog => "Bijvoorbeeld: blaft, doet niets. Mag leeg blijven.",
        KnownKind::Interpreter => "Welke taal? En is er iemand die al vaker tolkte? Geen kind laten tolken.",
        KnownKind::Other => "Wat je zag of hoorde. Geen diagnose, geen BSN.",
        KnownKind::ContactPerson => "Naam, wie het is, en het telefoonnummer. Bijvoorbeeld: Ria, zus, 06 …",
        KnownKind::HasKey => "Alleen wie de sleutel heeft. Nooit een code, nooit waar de sleutel ligt.",
        KnownKind::Away => "Bijvoorbeeld: in het ziekenhuis, of bij familie. Mag leeg blijven.",
        KnownKind::InPairs | KnownKind::CallFirst | KnownKind::NotEvenings => {
            "Wat is er gebeurd? Schrijf op wat je zag of hoorde, niet wat je ervan vindt."
        }
    }
}

/// "Opgeslagen op deze telefoon. Hond staat erbij."
#[must_use]
pub fn known_saved(what: KnownKind) -> String {
    format!("{} staat erbij", known(what))
}

/// "Jamila Kaya · tot en met 3 maart".
#[must_use]
pub fn known_by(author: &str, written: NaiveDate, until: Option<NaiveDate>) -> String {
    let until = until.map(|until| format!(" · tot en met {}", when::day(until))).unwrap_or_default();
    format!("{author} · {}{until}", when::day(written))
}

/// "Gezien door Ineke".
#[must_use]
pub fn seen_by(name: &str) -> String {
    format!("Gezien door {name}")
}

/// What is wrong with a field, above it and in the summary.
#[must_use]
pub fn wrong(field: &str, wrong: Wrong, last: Option<NaiveDate>) -> String {
    match wrong {
        Wrong::Empty => match field {
            "weten-tekst" => "Schrijf op wat een collega moet weten.".to_owned(),
            _ => "Er is nog niets ingevuld.".to_owned(),
        },
        Wrong::TooLong if field == "roepnaam" => "Deze naam is te lang. Maak hem korter dan 100 tekens.".to_owned(),
        Wrong::TooLong => "Deze tekst is te lang. Maak hem korter dan 1.000 tekens. Er is niets weg.".to_owned(),
        Wrong::Code => {
            "Dit lijkt op een code. Haal de cijfers weg: wie deze telefoon vindt, kan anders naar binnen. Schrijf alleen op wie de sleutel heeft.".to_owned()
        }
        Wrong::NoDay => "Kies een dag.".to_owned(),
        Wrong::InPast => "Deze dag is al voorbij. Kies vandaag of later.".to_owned(),
        Wrong::TooFarAhead => last.map_or_else(
            || "Deze dag is te ver weg. Kies een eerdere dag.".to_owned(),
            |last| format!("Dit mag hooguit drie maanden blijven staan. Kies een dag tot en met {}.", when::day(last)),
        ),
        Wrong::InFuture => "Deze dag is nog niet geweest. Kies vandaag of eerder.".to_owned(),
        Wrong::BeforeBegin => "Op deze dag kenden we deze bewoner nog niet. Kies een latere dag.".to_owned(),
        Wrong::NotAgreed => "Dit mag alleen als er ja op is gezegd. Zonder ja: niet opschrijven.".to_owned(),
    }
}

/// Who lived here.
#[must_use]
pub fn ended(why: Ending, on: NaiveDate) -> (&'static str, String) {
    match why {
        Ending::Moved => (
            "Verhuisd",
            format!(
                "Wie hier woonde, is verhuisd ({}). De afspraken zijn gestopt. Wie hier nu woont, kennen we nog niet.",
                when::day(on)
            ),
        ),
        Ending::Died => (
            "Overleden",
            format!(
                "Wie hier woonde, is overleden ({}). De afspraken zijn gestopt. Bel niet aan voor een oude afspraak.",
                when::day(on)
            ),
        ),
    }
}

/// "Voorstel: elke week. Er staat een signaal open: bespreken."
#[must_use]
pub fn proposal(proposal: Proposal) -> (String, String) {
    let why = match proposal.why {
        Why::Open(severity) => format!("Er staat een signaal open ({}).", labels::severity(severity).to_lowercase()),
        Why::Closed => "Er staat geen signaal meer open.".to_owned(),
    };
    (format!("Voorstel: {}", labels::how_often(proposal.how_often)), why)
}
