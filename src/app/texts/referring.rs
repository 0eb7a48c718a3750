//! What "Hulp vragen bij …" says: parties, consent, grounds, what is shared, and how far it is.

use chrono::{DateTime, Utc};

use crate::app::when;
use crate::domain::body::{AgreedBy, Ground, Party, ReferralStep, Stage};
use crate::domain::referring::{At, Proposal, Wrong};

use super::labels;

say! {
    ask = "Hulp vragen bij …";
    title = "Hulp vragen";
    about = "Signaal";
    party_words = "Bij wie?";
    choose_party = "Kies bij wie je hulp vraagt.";
    may = "Mag je dit delen?";
    may_hint = "Vraag het aan de bewoner. Lukt dat niet? Dan beslist je leidinggevende of het mag.";
    who_agreed = "Wie vindt het goed?";
    word = "Wat zei de bewoner?";
    own_word = "In welke woorden?";
    on = "Wanneer was dat?";
    on_hint = "Laat staan als het vandaag was.";
    interpreter = "Wie tolkte?";
    interpreter_hint = "Nooit een kind. Leeg als er geen tolk was.";
    ground_words = "Waarom toch delen?";
    waits_for_supervisor = "Zonder toestemming gaat er niets weg. Het wacht tot je leidinggevende het vrijgeeft.";
    shared = "Dit krijgt de ander te lezen";
    shared_hint = "Precies deze tekst, niets meer. Niet wie het vertelde, niet wat jij denkt.";
    without_health = "Wat over gezondheid gaat, hebben we weggelaten. Een woningcorporatie hoeft dat niet te weten.";
    ask_it = "Zet klaar";
    closed = "Dit signaal is al afgesloten. Vraag hulp bij een signaal dat nog open is.";

    runs_on = "Hulp die nog loopt";
    asked_at = "Hulp gevraagd bij";
    ready = "Klaargezet";
    ready_why = "Geef het door aan de ander. Tik daarna op Verstuurd.";
    waits = "Wacht op vrijgave";
    waits_why = "Zonder toestemming van de bewoner. Een leidinggevende moet het vrijgeven.";
    text_shared = "Wat gedeeld wordt";
    why_not = "Er komt geen hulp";
    withdrawn = "Ingetrokken";
    release = "Vrijgeven";
    release_title = "Vrijgeven zonder toestemming";
    release_label = "Waarom mag het gedeeld worden?";
    release_hint = "Dit blijft staan, met jouw naam. Schrijf op waarom het niet anders kan.";
    weeks_title = "Er is een wachtlijst";
    weeks_label = "Hoeveel weken ongeveer?";
    weeks_hint = "Een getal. Het komt terug bij Vandaag.";
}

/// Whether it may be shared.
pub const AGREEMENTS: [&str; 2] = ["Ja, de bewoner vindt het goed", "Nee, of niet gevraagd"];
/// Words of consent that come up most; the last are one's own.
pub const WORDS: [&str; 4] = ["Ja, graag", "Doe maar", "Knikte ja", "Anders"];

/// A party.
#[must_use]
pub fn party(party: Party) -> &'static str {
    match party {
        Party::DistrictTeam => "Wijkteam",
        Party::Welfare => "Welzijn",
        Party::Housing => "Woningcorporatie",
        Party::MentalHealth => "GGZ of FACT",
        Party::OutreachCare => "Bemoeizorg (GGD)",
        Party::AddictionCare => "Verslavingszorg",
        Party::Doctor => "Huisarts",
        Party::DistrictNursing => "Wijkverpleging",
        Party::SafeAtHome => "Veilig Thuis",
        Party::DebtHelp => "Schuldhulp",
        Party::Police => "Wijkagent",
        Party::Mediation => "Buurtbemiddeling",
        Party::ClientSupport => "Cliëntondersteuning",
        Party::YouthTeam => "Jeugdteam",
        Party::School => "School",
        Party::SafetyHouse => "Zorg- en Veiligheidshuis",
        Party::Buddies => "Maatjesproject",
        Party::Municipality => "Gemeente",
    }
}

/// Who agreed.
#[must_use]
pub fn agreed_by(by: AgreedBy) -> &'static str {
    match by {
        AgreedBy::Resident => "Bewoner zelf",
        AgreedBy::Parent => "Ouder van het kind",
        AgreedBy::Representative => "Mentor of voogd",
    }
}

/// On what ground.
#[must_use]
pub fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::VitalInterest => "Gevaar voor leven of gezondheid",
        Ground::LegalDuty => "Het moet van de wet",
        Ground::ChildSafety => "Een kind is niet veilig",
        Ground::PublicTask => "Taak van de gemeente",
    }
}

/// How far help is.
#[must_use]
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Released => "Vrijgegeven",
        Stage::Sent => "Verstuurd",
        Stage::Received => "Ontvangen",
        Stage::TakenUp => "Opgepakt",
        Stage::Started => "Hulp is begonnen",
        Stage::Finished => "Afgerond",
        Stage::NotFound => "Niet te vinden",
        Stage::WaitingList => "Wachtlijst",
        Stage::Refused => "Afgewezen",
        Stage::DoesNotExist => "Bestaat hier niet",
        Stage::Unwanted => "Bewoner wil niet",
    }
}

/// "Wachtlijst, 6 weken".
#[must_use]
pub fn step(step: &ReferralStep) -> String {
    match step.weeks {
        Some(1) => format!("{}, 1 week", stage(step.stage)),
        Some(weeks) => format!("{}, {weeks} weken", stage(step.stage)),
        None => stage(step.stage).to_owned(),
    }
}

/// "Verstuurd, 3 dagen geleden".
#[must_use]
pub fn since(what: &str, at: DateTime<Utc>) -> String {
    format!("{what}, {}", when::ago(when::day_of(at)))
}

/// What is proposed to share, as a text.
#[must_use]
pub fn proposal(proposal: &Proposal, place: &str) -> String {
    let mut parts = vec![match proposal.tile {
        Some(tile) => format!("Ik maak me zorgen over {place}. Het gaat over: {}.", labels::tile(tile).to_lowercase()),
        None => format!("Ik maak me zorgen over {place}."),
    }];
    if !proposal.facts.is_empty() {
        let facts: Vec<String> = proposal.facts.iter().map(|fact| labels::fact(*fact).to_lowercase()).collect();
        parts.push(format!("Ik zag: {}.", facts.join(", ")));
    }
    if !proposal.seen.is_empty() {
        parts.push(proposal.seen.clone());
    }
    parts.join("\n")
}

/// What is wrong with a field.
#[must_use]
pub fn wrong(at: At, wrong: Wrong) -> &'static str {
    match (at, wrong) {
        (At::Agreement, _) => {
            "Kies: vindt de bewoner het goed, of waarom deel je toch? Zonder een van de twee mag je niets delen."
        }
        (_, Wrong::TooLong) => super::faults::wrong(crate::domain::noting::Wrong::TooLong),
        (_, Wrong::InFuture) => super::faults::wrong(crate::domain::noting::Wrong::InFuture),
        (At::Word, _) => "Schrijf op wat de bewoner zei.",
        (At::Interpreter, _) => "Een kind mag niet tolken. Vraag een tolk, of schrijf op dat het een volwassene was.",
        (_, Wrong::NamesSource) => "Hier staat wie het vertelde. Haal die naam weg.",
        (_, Wrong::HoldsThought) => "Hier staat wat je denkt. Deel alleen wat je zag of hoorde.",
        _ => "Schrijf op wat de ander moet weten.",
    }
}

/// "Toestemming: bewoner zelf, “Ja, graag”, vandaag".
#[must_use]
pub fn agreed(agreed: &crate::domain::body::Agreed) -> String {
    let interpreter = if agreed.interpreter.is_empty() { String::new() } else { format!(", tolk: {}", agreed.interpreter) };
    format!("Toestemming: {}, “{}”, {}{interpreter}", agreed_by(agreed.by).to_lowercase(), agreed.word, when::day(agreed.on))
}

/// "Reden: een kind is niet veilig".
#[must_use]
pub fn because(why: Ground) -> String {
    format!("Reden: {}", ground(why).to_lowercase())
}
