//! The Meldcode and worries about children: what stands in a closed journal, who reads it, and what colleagues see.

use crate::app::when;
use crate::domain::body::Step;
use crate::domain::guarding::Done;

say! {
    button = "Meldcode of zorgen over een kind";
    title = "Meldcode of zorgen over een kind";
    closed = "Dit komt in een gesloten logboek";
    closed_why = "Het staat niet bij de deur en niet in je dag. Collega's vinden het niet als ze zoeken, en de bewoner ziet het niet als je “Laat zien” gebruikt.";
    readers = "Dit kunnen alleen deze mensen lezen:";
    readers_now = "Dit kunnen lezen:";
    you = "Jij";
    supervisor = "leidinggevende";
    supervisor_unknown = "De leidinggevende van deze buurt";
    supervisor_other = "Is er nu een andere leidinggevende in deze buurt? Dan leest die in plaats daarvan mee.";
    more_readers = "Wie leest nog meer mee?";
    more_readers_hint = "Eén collega, als je samen wilt overleggen. Later kun je niemand meer toevoegen.";
    nobody_else = "Niemand meer";
    lead = "Wie kunnen collega's bellen?";
    lead_hint = "Collega's zien alleen: er loopt iets, en deze naam.";
    danger = "Is iemand nu in gevaar?";
    danger_why = "Bel eerst. Opschrijven kan daarna.";
    seen = "Wat heb je gezien of gehoord?";
    seen_hint = "Alleen wat er echt was. Geen diagnose, geen BSN.";
    thought = "Wat denk je?";
    thought_hint = "Jouw idee. Dit staat apart van wat je zag.";
    save = "Opslaan in het gesloten logboek";
    stays_open = "Toch een gewoon signaal";
    file = "Gesloten logboek";
    not_here = "Dit logboek staat niet op deze telefoon, of is niet voor jou.";
    elsewhere = "Een bewoning in een andere buurt";
    what = "De zorg";
    seen_short = "Gezien of gehoord";
    thought_short = "Idee";
    told_by = "Verteld door";
    steps = "De vijf stappen van de Meldcode";
    steps_why = "Je kunt ze in elke volgorde doen, en opnieuw. Schrijf bij elke stap op wat je deed en wat eruit kwam.";
    done_words = "Gedaan";
    not_done = "Nog niet";
    write = "Opschrijven";
    write_more = "Nog iets opschrijven";
    write_label = "Wat heb je gedaan, en wat kwam eruit?";
    save_step = "Stap opslaan";
    step_saved = "Opgeslagen op deze telefoon. De stap staat erbij.";
    close = "Afsluiten";
    close_why = "Het logboek blijft bestaan. Collega's zien dan niet meer dat er iets loopt.";
    came_of = "Wat kwam ervan?";
    came_of_hint = "Bijvoorbeeld: gemeld bij Veilig Thuis, of hulp is begonnen.";
    close_do = "Afsluiten";
    is_closed = "Afgesloten";
    open_again = "Weer openen";
    runs_words = "Loopt";
    closed_now = "Opgeslagen op deze telefoon. Het is afgesloten.";
    opened_now = "Opgeslagen op deze telefoon. Het loopt weer.";
    colleagues_untold = "Collega's zien nog niet dat hier iets loopt.";
    colleagues_told_still = "Collega's zien nog dat hier iets loopt.";
    tell = "Laat het collega's weten";
    all = "Gesloten logboeken";
    all_why = "Alleen wie hier mag lezen, ziet deze lijst.";
    none = "Er staat geen gesloten logboek op deze telefoon.";
    sent = "Op kantoor";
    only_here = "Op deze telefoon";
    runs_here = "Er loopt iets.";
    open = "Open het gesloten logboek";
    no_step = "Schrijf op wat je deed en wat eruit kwam.";
    no_outcome = "Schrijf op wat ervan kwam.";
    call_thuis = "Bel Veilig Thuis";
}

/// "Er loopt iets. Bel Ineke."
#[must_use]
pub fn runs(lead: &str) -> String {
    tell!("{} Bel {lead}.", "{} Call {lead}.", runs_here())
}

/// "Er loopt iets. Jij bent degene die gebeld wordt."
#[must_use]
pub fn runs_mine() -> String {
    tell!("{} Collega's bellen jou.", "{} Colleagues call you.", runs_here())
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
