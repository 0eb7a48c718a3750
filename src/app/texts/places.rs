//! What the screens of places say: the tree, the stairwell, what it helps to know, who left, and who wants to be left alone.

use chrono::{Datelike as _, NaiveDate};

use crate::app::when;
use crate::domain::body::{BuildingKind, Ending, HowOften, KnownKind, KnownOf, PlaceKind, Severity};
use crate::domain::flame::{Proposal, Why};
use crate::domain::knowing::Wrong;
use crate::domain::stairwell::{Last, Within};

use super::{labels, worker};

say! {
    find = "Zoek een deur";
    find_hint = "Straat of nummer";
    found_nothing = "Niets gevonden. Probeer een ander stuk van de straat of het nummer.";
    alone = "Straten en plekken";
    no_places = "Er staan nog geen deuren op deze telefoon";
    no_places_do = "Ze komen vanzelf als er internet is. Blijft het leeg? Vraag dan je leidinggevende.";
    unknown_floor = "Verdieping onbekend";
    gone = "Deze plek staat niet meer in de lijst";
    gone_why = "Een collega heeft dat veranderd. Wat je hier al opschreef, is bewaard.";
    gone_no_successor = "Er is geen andere plek voor in de plaats gekomen. Klopt dat niet? Vraag je leidinggevende.";
    leave_alone = "Niet aanbellen";
    leave_alone_why = "Hier wil iemand geen contact. Wat er over deze bewoner stond, wordt gewist. Bel niet aan, ook niet voor iets kleins.";
    leave_alone_waits = "Dit staat alleen nog op deze telefoon. Je kunt het nu nog terugdraaien. Na het versturen niet meer.";
    leave_alone_take_back = "Ongedaan maken";
    leave_alone_over = "Klopt niet meer";
    leave_alone_over_title = "Klopt 'niet aanbellen' niet meer?";
    leave_alone_over_label = "Waarom niet?";
    leave_alone_over_hint = "Bijvoorbeeld: er wonen nu andere mensen, of de bewoner vroeg zelf om contact.";
    safety = "Veilig werken";
    safety_first = "Lees dit voor je aanbelt";
    confirm = "Ik heb dit gezien";
    not_confirmed = "Nog niet gezien door een leidinggevende";
    over = "Klopt niet meer";
    over_done = "Opgeslagen op deze telefoon. Dit staat er niet meer bij.";
    confirmed = "Opgeslagen op deze telefoon. De medewerkers zien dat jij dit hebt gezien.";
    good_to_know = "Goed om te weten";
    emergency = "Bij nood";
    add = "Iets erbij zetten";
    add_what = "Wat is goed om te weten?";
    add_for = "Bij ";
    add_text = "Wat moet een collega weten?";
    add_until = "Tot en met welke dag?";
    add_until_away = "Tot en met welke dag weg?";
    add_agreed = "Ja, dit mag worden opgeschreven";
    add_agreed_hint = "Vraag het eerst aan de bewoner zelf.";
    add_agreed_hint_person = "Vraag het eerst aan de bewoner, en aan de contactpersoon.";
    changed_title = "Hier is intussen iets veranderd";
    changed_under_you = "De mensen over wie je schreef, wonen hier niet meer. Je tekst staat er nog. Kijk eerst bij de deur. Gaat je tekst over wie hier nu woont? Tik dan nog een keer op Opslaan.";
    alone_now = "Hier wil iemand geen contact meer. Dit wordt niet opgeslagen.";
    no_longer = "Woont hier niet meer? Of wil geen contact?";
    moved = "Verhuisd";
    moved_title = "Is deze bewoner verhuisd?";
    moved_what = "De afspraken en beloften bij deze bewoner stoppen. Wie hier hierna komt wonen, begint met een leeg blad.";
    moved_day = "Sinds welke dag?";
    moved_yes = "Ja, verhuisd";
    died = "Overleden";
    died_title = "Is de bewoner van deze deur overleden?";
    died_what = "Wat verdrietig. Neem er even de tijd voor, en vertel het ook je leidinggevende. De afspraken en beloften bij deze deur stoppen, zodat niemand per ongeluk aanbelt.";
    died_partner = "Woont hier nog iemand anders, zoals een partner? Doe dit dan niet. Noteer het dan bij een contact.";
    died_day = "Op welke dag, ongeveer?";
    died_yes = "Ja, overleden";
    back = "Terug";
    no_contact = "Wil geen contact";
    no_contact_title = "Wil deze bewoner geen contact meer?";
    no_contact_what = "Dan staat hier alleen nog: niet aanbellen. Alles wat over deze bewoner is opgeschreven, wordt gewist, op elke telefoon en op kantoor. Dat kan niet ongedaan worden gemaakt.";
    no_contact_sure = "Vraag het zo nodig nog een keer: 'Zal ik alles over u weghalen, en niet meer aanbellen?'";
    no_contact_runs = "Let op: hier loopt iets dat niet zomaar gewist mag worden. Bel eerst je leidinggevende. 'Niet aanbellen' staat er wel meteen.";
    no_contact_yes = "Ja, alles wissen";
    open_signals = "Er staat nog een signaal open. Dat gaat van de lijst. Weet je zeker dat er niets meer hoeft?";
    propose_do = "Doen";
    propose_keep = "Zo laten";
    about_place = "Over de plek zelf";
    building_fixed = "Verholpen";
    building_fixed_saved = "Opgeslagen op deze telefoon. Het staat niet meer open.";
    met_words = "Iemand, deur nog onbekend";
    met_title = "Wie heb je gesproken?";
    met_hint = "Je weet de deur nog niet. Dat geeft niet: die kun je later erbij zetten.";
    met_called = "Hoe noem je deze persoon?";
    met_called_hint = "Een naam zoals iemand zelf genoemd wil worden, of iets dat iedereen mag lezen. Mag leeg blijven.";
    met_tiles = "Wat was het? Eén tik en het is bewaard.";
    met_list = "Deur nog onbekend";
    met_somebody = "Iemand";
    which_door = "Ik weet nu welke deur";
    which_door_hint = "Wat je over deze persoon noteerde, gaat mee naar de deur.";
    which_door_taken = "Hier woont al iemand";
    not_here = "Deze bewoner staat niet op deze telefoon.";
    worry = "Ik maak me zorgen";
}

/// "3 hoog", "begane grond", "kelder".
#[must_use]
pub fn floor(floor: Option<i16>) -> String {
    match floor {
        None => unknown_floor().to_owned(),
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
        KnownOf::GoodToKnow => good_to_know(),
        KnownOf::Emergency => emergency(),
        KnownOf::Away => "Met een datum",
        KnownOf::Safety => safety(),
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
