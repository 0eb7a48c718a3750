//! The Meldcode and worries about children: what stands in a closed journal, who reads it, and what colleagues see.

use crate::app::when;
use crate::domain::body::Step;
use crate::domain::guarding::Done;

say! {
    BUTTON = "Meldcode of zorgen over een kind";
    TITLE = "Meldcode of zorgen over een kind";
    CLOSED = "Dit komt in een gesloten logboek";
    CLOSED_WHY = "Het staat niet bij de deur en niet in je dag. Collega's vinden het niet als ze zoeken, en de bewoner ziet het niet als je “Laat zien” gebruikt.";
    READERS = "Dit kunnen alleen deze mensen lezen:";
    READERS_NOW = "Dit kunnen lezen:";
    YOU = "Jij";
    SUPERVISOR = "leidinggevende";
    SUPERVISOR_UNKNOWN = "De leidinggevende van deze buurt";
    SUPERVISOR_OTHER = "Is er nu een andere leidinggevende in deze buurt? Dan leest die in plaats daarvan mee.";
    MORE_READERS = "Wie leest nog meer mee?";
    MORE_READERS_HINT = "Eén collega, als je samen wilt overleggen. Later kun je niemand meer toevoegen.";
    NOBODY_ELSE = "Niemand meer";
    LEAD = "Wie kunnen collega's bellen?";
    LEAD_HINT = "Collega's zien alleen: er loopt iets, en deze naam.";
    DANGER = "Is iemand nu in gevaar?";
    DANGER_WHY = "Bel eerst. Opschrijven kan daarna.";
    SEEN = "Wat heb je gezien of gehoord?";
    SEEN_HINT = "Alleen wat er echt was. Geen diagnose, geen BSN.";
    THOUGHT = "Wat denk je?";
    THOUGHT_HINT = "Jouw idee. Dit staat apart van wat je zag.";
    SAVE = "Opslaan in het gesloten logboek";
    STAYS_OPEN = "Toch een gewoon signaal";
    FILE = "Gesloten logboek";
    NOT_HERE = "Dit logboek staat niet op deze telefoon, of is niet voor jou.";
    ELSEWHERE = "Een bewoning in een andere buurt";
    WHAT = "De zorg";
    SEEN_SHORT = "Gezien of gehoord";
    THOUGHT_SHORT = "Idee";
    TOLD_BY = "Verteld door";
    STEPS = "De vijf stappen van de Meldcode";
    STEPS_WHY = "Je kunt ze in elke volgorde doen, en opnieuw. Schrijf bij elke stap op wat je deed en wat eruit kwam.";
    DONE = "Gedaan";
    NOT_DONE = "Nog niet";
    WRITE = "Opschrijven";
    WRITE_MORE = "Nog iets opschrijven";
    WRITE_LABEL = "Wat heb je gedaan, en wat kwam eruit?";
    SAVE_STEP = "Stap opslaan";
    STEP_SAVED = "Opgeslagen op deze telefoon. De stap staat erbij.";
    CLOSE = "Afsluiten";
    CLOSE_WHY = "Het logboek blijft bestaan. Collega's zien dan niet meer dat er iets loopt.";
    CAME_OF = "Wat kwam ervan?";
    CAME_OF_HINT = "Bijvoorbeeld: gemeld bij Veilig Thuis, of hulp is begonnen.";
    CLOSE_DO = "Afsluiten";
    IS_CLOSED = "Afgesloten";
    OPEN_AGAIN = "Weer openen";
    RUNS = "Loopt";
    CLOSED_NOW = "Opgeslagen op deze telefoon. Het is afgesloten.";
    OPENED_NOW = "Opgeslagen op deze telefoon. Het loopt weer.";
    COLLEAGUES_UNTOLD = "Collega's zien nog niet dat hier iets loopt.";
    COLLEAGUES_TOLD_STILL = "Collega's zien nog dat hier iets loopt.";
    TELL = "Laat het collega's weten";
    ALL = "Gesloten logboeken";
    ALL_WHY = "Alleen wie hier mag lezen, ziet deze lijst.";
    NONE = "Er staat geen gesloten logboek op deze telefoon.";
    SENT = "Op kantoor";
    ONLY_HERE = "Op deze telefoon";
    RUNS_HERE = "Er loopt iets.";
    OPEN = "Open het gesloten logboek";
    NO_STEP = "Schrijf op wat je deed en wat eruit kwam.";
    NO_OUTCOME = "Schrijf op wat ervan kwam.";
    CALL_THUIS = "Bel Veilig Thuis";
}

/// "Er loopt iets. Bel Ineke."
#[must_use]
pub fn runs(lead: &str) -> String {
    format!("{RUNS_HERE} Bel {lead}.")
}

/// "Er loopt iets. Jij bent degene die gebeld wordt."
#[must_use]
pub fn runs_mine() -> String {
    format!("{RUNS_HERE} Collega's bellen jou.")
}

/// What a step is, as people know it (source: FIELD).
#[must_use]
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Signals => "Breng de signalen in kaart",
        Step::Colleague => "Overleg met een collega",
        Step::Talk => "Praat met de mensen om wie het gaat",
        Step::Weigh => "Weeg het geweld",
        Step::Decide => "Beslis",
    }
}

/// What helps to do it.
#[must_use]
pub fn step_hint(step: Step) -> &'static str {
    match step {
        Step::Signals => "Wat zag je, wanneer, en hoe vaak? Schrijf op wat er echt was.",
        Step::Colleague => "Vraag ook advies aan Veilig Thuis als dat nodig is. Dat kan zonder naam te noemen.",
        Step::Talk => "Vertel wat je zag en vraag hoe het is. Niet als dat gevaarlijk is voor iemand.",
        Step::Weigh => "Hoe groot is het gevaar? Bij twijfel altijd Veilig Thuis.",
        Step::Decide => "Is melden nodig? En kan hulp ook?",
    }
}

/// "2 van de 5 stappen gedaan".
#[must_use]
pub fn done(done: usize) -> String {
    format!("{done} van de 5 stappen gedaan")
}

/// "Ineke, vandaag 14:03".
#[must_use]
pub fn by(name: &str, done: &Done) -> String {
    format!("{name}, {}", when::day_time(done.at))
}

/// "Begonnen door Ineke, dinsdag".
#[must_use]
pub fn begun(name: &str, at: chrono::DateTime<chrono::Utc>) -> String {
    format!("Begonnen door {name}, {}", when::day(when::day_of(at)))
}

/// "Nog 2 gesloten logboeken passen niet op deze telefoon …"
#[must_use]
pub fn more(more: u64) -> String {
    let what = if more == 1 { "1 gesloten logboek past".to_owned() } else { format!("{more} gesloten logboeken passen") };
    format!(
        "Nog {what} niet op deze telefoon. Op kantoor zijn ze bewaard. Vraag je leidinggevende als je er iets uit nodig hebt."
    )
}
