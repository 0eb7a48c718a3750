//! What "Hulp vragen bij …" says: parties, consent, grounds, what is shared, and how far it is.

use chrono::{DateTime, Utc};

use crate::app::{language, when};
use crate::domain::body::{AgreedBy, Ground, Party, ReferralStep, Stage};
use crate::domain::referring::{At, Proposal, Wrong};

use super::labels;

say! {
    ask = "Hulp vragen bij …", "Ask … for help";
    title = "Hulp vragen", "Ask for help";
    about = "Signaal", "Signal";
    party_words = "Bij wie?", "Whom?";
    choose_party = "Kies bij wie je hulp vraagt.", "Choose whom you ask for help.";
    may = "Mag je dit delen?", "May you share this?";
    may_hint = "Vraag het aan de bewoner. Lukt dat niet? Dan beslist je leidinggevende of het mag.", "Ask the resident. Not possible? Then your supervisor decides whether it is allowed.";
    who_agreed = "Wie vindt het goed?", "Who agrees to it?";
    word = "Wat zei de bewoner?", "What did the resident say?";
    own_word = "In welke woorden?", "In which words?";
    on = "Wanneer was dat?", "When was that?";
    on_hint = "Was het vandaag? Dan hoef je niets te veranderen.", "Was it today? Then you don’t have to change anything.";
    interpreter = "Wie tolkte?", "Who interpreted?";
    interpreter_hint = "Nooit een kind. Was er geen tolk? Laat het dan leeg.", "Never a child. Was there no interpreter? Then leave it empty.";
    ground_words = "De bewoner zei geen ja. Waarom deel je het wel?", "The resident did not say yes. Why do you share it?";
    waits_for_supervisor = "Zonder toestemming van de bewoner wordt er niets verstuurd. Je leidinggevende moet eerst ja zeggen.", "Without the resident’s consent nothing is sent. Your supervisor has to say yes first.";
    shared = "Dit krijgt de ander te lezen", "This is what the other party reads";
    shared_hint = "Precies deze tekst, niets meer. Niet wie het vertelde, niet wat jij denkt.", "Exactly this text, nothing more. Not who told it, not what you think. It stays in Dutch, because the other party reads Dutch.";
    without_health = "Wat over gezondheid gaat, hebben we weggelaten. Een woningcorporatie hoeft dat niet te weten.", "We left out what is about health. A housing corporation does not need to know that.";
    ask_it = "Maak klaar", "Get it ready";
    closed = "Dit signaal is al afgesloten. Vraag hulp bij een signaal dat nog open is.", "This signal is closed already. Ask for help from a signal that is still open.";

    runs_on = "Hulp die nog niet klaar is", "Help that is not finished yet";
    asked_at = "Hulp gevraagd bij", "Help asked from";
    ready = "Klaar om te versturen", "Ready to send";
    ready_why = "Geef het door aan de ander. Tik daarna op Verstuurd.", "Pass it on to the other party. Then tap Sent.";
    waits = "Wacht op ja van een leidinggevende", "Waits for a supervisor’s yes";
    waits_why = "De bewoner gaf geen toestemming. Deel nog niets.", "The resident did not give consent. Do not share anything yet.";
    text_shared = "Wat gedeeld wordt", "What is shared";
    why_not = "Er komt geen hulp", "No help is coming";
    withdrawn = "Ingetrokken", "Taken back";
    release = "Ja, delen mag", "Yes, it may be shared";
    release_title = "Delen zonder toestemming", "Share without consent";
    release_label = "Waarom mag het gedeeld worden?", "Why may it be shared?";
    release_hint = "Dit blijft staan, met jouw naam. Schrijf op waarom dit nodig is.", "This is kept, with your name. Write down why this is needed.";
    later = "Later verder", "Go on later";
    save = "Opslaan", "Save";
    you = "jij", "you";
    a_colleague = "een collega", "a colleague";
    weeks_title = "Er is een wachtlijst", "There is a waiting list";
    weeks_label = "Hoeveel weken ongeveer?", "About how many weeks?";
    weeks_hint = "Een getal. Daarna staat het weer bij Vandaag.", "A number. After that it is back under Today.";
}

/// Words of consent that come up most, as they are written down; the last are one's own.
pub const WORDS: [&str; 4] = ["Ja, graag", "Doe maar", "Knikte ja", "Anders"];

/// [`WORDS`], as they stand on the screen.
#[must_use]
pub fn words() -> [&'static str; WORDS.len()] {
    both!(WORDS, ["Yes, please", "Go ahead", "Nodded yes", "Something else"])
}

// What was said, as the screen says it: words of a chip in its language, words that somebody typed as they are.
fn said(word: &str) -> &str {
    WORDS.iter().zip(words()).find(|(one, _)| **one == word).map_or(word, |(_, shown)| shown)
}

/// Whether it may be shared.
#[must_use]
pub fn agreements() -> [&'static str; 2] {
    both!(["Ja, de bewoner vindt het goed", "Nee, of niet gevraagd"], ["Yes, the resident agrees", "No, or not asked"])
}

/// "Hulp gevraagd bij: Wijkteam".
#[must_use]
pub fn asked_from(party: &str) -> String {
    let asked = asked_at();
    format!("{asked}: {party}")
}

/// What may be asked of a party here.
#[must_use]
pub fn may_be_asked(what: &str) -> String {
    tell!("Dit kun je vragen: {what}", "You can ask for this: {what}")
}

/// A party, where the office has no name of its own for it.
#[must_use]
pub fn party(party: Party) -> &'static str {
    match party {
        Party::DistrictTeam => both!("Wijkteam", "District team (wijkteam)"),
        Party::Welfare => both!("Welzijn", "Social work (welzijn)"),
        Party::Housing => both!("Woningcorporatie", "Housing corporation"),
        Party::MentalHealth => both!("GGZ of FACT", "GGZ or FACT (mental health)"),
        Party::OutreachCare => both!("Bemoeizorg (GGD)", "Outreach care (GGD, public health)"),
        Party::AddictionCare => both!("Verslavingszorg", "Addiction care"),
        Party::Doctor => both!("Huisarts", "General practitioner (huisarts)"),
        Party::DistrictNursing => both!("Wijkverpleging", "District nursing"),
        Party::SafeAtHome => both!("Veilig Thuis", "Veilig Thuis (domestic violence and abuse)"),
        Party::DebtHelp => both!("Schuldhulp", "Debt help"),
        Party::Police => both!("Wijkagent", "Neighbourhood police officer"),
        Party::Mediation => both!("Buurtbemiddeling", "Neighbour mediation"),
        Party::ClientSupport => both!("Cliëntondersteuning", "Client support"),
        Party::YouthTeam => both!("Jeugdteam", "Youth team"),
        Party::School => both!("School", "School"),
        Party::SafetyHouse => both!("Zorg- en Veiligheidshuis", "Zorg- en Veiligheidshuis (care and safety)"),
        Party::Buddies => both!("Maatjesproject", "Buddy project"),
        Party::Municipality => both!("Gemeente", "Municipality (gemeente)"),
    }
}

/// Who agreed.
#[must_use]
pub fn agreed_by(by: AgreedBy) -> &'static str {
    match by {
        AgreedBy::Resident => both!("Bewoner zelf", "The resident"),
        AgreedBy::Parent => both!("Ouder van het kind", "A parent of the child"),
        AgreedBy::Representative => {
            both!("Mentor of voogd (beslist voor de bewoner)", "Mentor or guardian (decides for the resident)")
        }
    }
}

/// On what ground.
#[must_use]
pub fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::VitalInterest => both!("Gevaar voor leven of gezondheid", "Danger to life or health"),
        Ground::LegalDuty => both!("Het moet van de wet", "The law demands it"),
        Ground::ChildSafety => both!("Een kind is niet veilig", "A child is not safe"),
        Ground::PublicTask => both!("Taak van de gemeente", "Task of the municipality"),
    }
}

/// How far help is.
#[must_use]
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Released => both!("Leidinggevende zei ja", "Supervisor said yes"),
        Stage::Sent => both!("Verstuurd", "Sent"),
        Stage::Received => both!("Ontvangen", "Received"),
        Stage::TakenUp => both!("Opgepakt", "Taken on"),
        Stage::Started => both!("Hulp is begonnen", "Help has started"),
        Stage::Finished => both!("Afgerond", "Finished"),
        Stage::NotFound => both!("Niet te vinden", "Cannot be found"),
        Stage::WaitingList => both!("Wachtlijst", "Waiting list"),
        Stage::Refused => both!("Afgewezen", "Refused"),
        Stage::DoesNotExist => both!("Bestaat hier niet", "Does not exist here"),
        Stage::Unwanted => both!("Bewoner wil niet", "Resident does not want it"),
    }
}

/// "Wachtlijst, 6 weken".
#[must_use]
pub fn step(step: &ReferralStep) -> String {
    match step.weeks {
        Some(1) => format!("{}, 1 week", stage(step.stage)),
        Some(weeks) => tell!("{}, {weeks} weken", "{}, {weeks} weeks", stage(step.stage)),
        None => stage(step.stage).to_owned(),
    }
}

/// "Verstuurd, 3 dagen geleden".
#[must_use]
pub fn since(what: &str, at: DateTime<Utc>) -> String {
    format!("{what}, {}", when::ago(when::day_of(at)))
}

/// What is proposed to share, as a text: Dutch, whatever the screen speaks, since the party reads it.
#[must_use]
pub fn proposal(proposal: &Proposal, place: &str) -> String {
    language::in_dutch(|| propose(proposal, place))
}

fn propose(proposal: &Proposal, place: &str) -> String {
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
        (At::Agreement, _) => both!(
            "Vindt de bewoner het goed? Of is er een reden om het toch te delen? Kies eerst. Anders mag je niets delen.",
            "Does the resident agree? Or is there a reason to share it anyway? Choose first. Otherwise you may share nothing."
        ),
        (_, Wrong::TooLong) => super::faults::wrong(crate::domain::noting::Wrong::TooLong),
        (_, Wrong::InFuture) => super::faults::wrong(crate::domain::noting::Wrong::InFuture),
        (At::Word, _) => both!("Schrijf op wat de bewoner zei.", "Write down what the resident said."),
        (At::Interpreter, _) => both!(
            "Een kind mag niet tolken. Vraag een tolk, of schrijf op dat het een volwassene was.",
            "A child may not interpret. Ask an interpreter, or write down that it was an adult."
        ),
        (_, Wrong::NamesSource) => {
            both!("Hier staat wie het vertelde. Haal die naam weg.", "This says who told it. Take that name out.")
        }
        (_, Wrong::HoldsThought) => both!(
            "Hier staat wat je denkt. Deel alleen wat je zag of hoorde.",
            "This says what you think. Share only what you saw or heard."
        ),
        _ => both!("Schrijf op wat de ander moet weten.", "Write down what the other party needs to know."),
    }
}

/// "Toestemming: bewoner zelf, “Ja, graag”, vandaag".
#[must_use]
pub fn agreed(agreed: &crate::domain::body::Agreed) -> String {
    let interpreter = match agreed.interpreter.as_str() {
        "" => String::new(),
        name => tell!(", tolk: {name}", ", interpreter: {name}"),
    };
    let by = agreed_by(agreed.by).to_lowercase();
    tell!(
        "Toestemming: {by}, “{}”, {}{interpreter}",
        "Consent: {by}, “{}”, {}{interpreter}",
        said(&agreed.word),
        when::day(agreed.on)
    )
}

/// "Reden: een kind is niet veilig".
#[must_use]
pub fn because(why: Ground) -> String {
    tell!("Reden: {}", "Reason: {}", ground(why).to_lowercase())
}
