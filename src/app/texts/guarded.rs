//! The Meldcode and worries about children: what stands in a closed journal, who reads it, and what colleagues see.

use crate::app::when;
use crate::domain::body::Step;
use crate::domain::guarding::Done;

say! {
    button = "Meldcode of zorgen over een kind", "Meldcode (reporting code) or worries about a child";
    title = "Meldcode of zorgen over een kind", "Meldcode (reporting code) or worries about a child";
    closed = "Dit komt in een gesloten logboek", "This goes into a closed journal";
    closed_why = "Het staat niet bij de deur en niet bij “Mijn dag”. Collega's vinden het niet als ze zoeken, en de bewoner ziet het niet als je “Laat zien” gebruikt.", "It is not at the door and not under “My day”. Colleagues do not find it when they search, and the resident does not see it when you use “Show”.";
    readers = "Dit kunnen alleen deze mensen lezen:", "Only these people can read it:";
    readers_now = "Dit kunnen lezen:", "These people can read it:";
    you = "Jij", "You";
    supervisor = "leidinggevende", "supervisor";
    supervisor_unknown = "De leidinggevende van deze buurt", "The supervisor of this neighbourhood";
    supervisor_other = "Is er nu een andere leidinggevende in deze buurt? Dan leest die het, en niet deze.", "Does this neighbourhood have another supervisor now? Then that person reads it, and not this one.";
    more_readers = "Wie leest nog meer mee?", "Who else reads it?";
    more_readers_hint = "Eén collega, als je samen wilt overleggen. Later kun je nog iemand laten meelezen.", "One colleague, if you want to talk it over. Later you can still let somebody in.";
    nobody_else = "Verder niemand", "Nobody else";
    lead = "Naar wie kunnen collega's bellen?", "Whom can colleagues call?";
    lead_hint = "Collega's zien alleen dat hier iets bezig is, en deze naam.", "Colleagues only see that something is going on here, and this name.";
    danger = "Is iemand nu in gevaar?", "Is somebody in danger now?";
    danger_why = "Bel eerst. Opschrijven kan daarna.", "Call first. You can write it down afterwards.";
    save = "Opslaan in het gesloten logboek", "Save in the closed journal";
    stays_open = "Nee, maak er een gewoon signaal van", "No, make it an ordinary signal";
    file = "Gesloten logboek", "Closed journal";
    not_here = "Dit logboek staat niet op deze telefoon, of is niet voor jou.", "This journal is not on this phone, or it is not for you.";
    elsewhere = "Een bewoning in een andere buurt", "A household in another neighbourhood";
    what = "Waar het over gaat", "What it is about";
    seen_short = "Gezien of gehoord", "Seen or heard";
    thought_short = "Gedacht", "Thought";
    told_by = "Verteld door", "Told by";
    steps = "De vijf stappen van de Meldcode", "The five steps of the Meldcode (reporting code)";
    steps_why = "Je kunt ze in elke volgorde doen, en opnieuw. Schrijf bij elke stap op wat je deed en wat eruit kwam.", "You can take them in any order, and again. For each step, write down what you did and what came of it.";
    done_words = "Gedaan", "Done";
    not_done = "Nog niet", "Not yet";
    write = "Opschrijven", "Write it down";
    write_more = "Nog iets opschrijven", "Write down something more";
    write_label = "Wat heb je gedaan, en wat kwam eruit?", "What did you do, and what came of it?";
    save_step = "Stap opslaan", "Save this step";
    step_saved = "Opgeslagen op deze telefoon. De stap staat erbij.", "Saved on this phone. The step has been added.";
    close = "Afsluiten", "Finish";
    close_why = "Het logboek blijft bestaan. Collega's zien dan niet meer dat hier iets bezig is.", "The journal is kept. Colleagues then no longer see that something is going on.";
    came_of = "Wat kwam ervan?", "What came of it?";
    came_of_hint = "Bijvoorbeeld: gemeld bij Veilig Thuis, of hulp is begonnen.", "For example: reported to Veilig Thuis, or help has started.";
    close_do = "Afsluiten", "Finish";
    is_closed = "Afgesloten", "Finished";
    open_again = "Weer openen", "Open again";
    runs_words = "Nog bezig", "Going on";
    closed_now = "Opgeslagen op deze telefoon. Het is afgesloten.", "Saved on this phone. It is finished.";
    opened_now = "Opgeslagen op deze telefoon. Het is weer open.", "Saved on this phone. It is open again.";
    colleagues_untold = "Collega's zien nog niet dat hier iets bezig is.", "Colleagues do not see yet that something is going on here.";
    colleagues_told_still = "Collega's zien nog dat hier iets bezig is.", "Colleagues still see that something is going on here.";
    tell = "Laat het collega's weten", "Let colleagues know";
    all = "Gesloten logboeken", "Closed journals";
    all_why = "Alleen wie hier mag lezen, ziet deze lijst.", "Only people who may read here see this list.";
    none = "Er staat geen gesloten logboek op deze telefoon.", "There is no closed journal on this phone.";
    sent = "Op kantoor", "At the office";
    only_here = "Op deze telefoon", "On this phone";
    runs_here = "Hier is iets bezig.", "Something is going on.";
    open = "Open het gesloten logboek", "Open the closed journal";
    no_step = "Schrijf op wat je deed en wat eruit kwam.", "Write down what you did and what came of it.";
    no_outcome = "Schrijf op wat ervan kwam.", "Write down what came of it.";
    to_door = "Naar de deur", "To the door";
    source = "Bron", "Source";
    a_colleague = "een collega", "a colleague";
    who_reads = "Wie leest mee?", "Who reads it?";
    let_in = "Nog iemand laten meelezen", "Let somebody else read it";
    let_in_hint = "Alleen wie het echt moet weten. Die leest alles wat hier staat, ook van vroeger.", "Only who really needs to know. They read everything that is here, also from before.";
    let_in_saved = "Opgeslagen op deze telefoon. Je collega leest mee zodra dit verstuurd is.", "Saved on this phone. Your colleague reads it as soon as this is sent.";
    taken_off_saved = "Opgeslagen op deze telefoon. Als dit verstuurd is, verdwijnt het logboek van de telefoon van je collega.", "Saved on this phone. Once this is sent, the journal disappears from your colleague’s phone.";
    take_off = "Niet meer laten meelezen", "Let them read it no more";
    let_in_before = "Wat eraan veranderde", "What changed about this";
    call_thuis = "Bel Veilig Thuis", "Call Veilig Thuis (domestic violence and abuse)";
}

/// "Hier is iets bezig. Bel Ineke."
#[must_use]
pub fn runs(lead: &str) -> String {
    tell!("{} Bel {lead}.", "{} Call {lead}.", runs_here())
}

/// "Hier is iets bezig. Collega's bellen jou."
#[must_use]
pub fn runs_mine() -> String {
    tell!("{} Collega's bellen jou.", "{} Colleagues call you.", runs_here())
}

/// "Collega's zien alleen: Hier is iets bezig. Bel Ineke."
#[must_use]
pub fn colleagues_see(lead: &str) -> String {
    tell!("Collega's zien alleen: {}", "Colleagues only see: {}", runs(lead))
}

/// "Laat Bert meelezen".
#[must_use]
pub fn let_in_whom(name: &str) -> String {
    tell!("Laat {name} meelezen", "Let {name} read it")
}

/// "Bert leest niet meer mee", on a button.
#[must_use]
pub fn take_off_whom(name: &str) -> String {
    format!("{}: {name}", take_off())
}

/// "Bert leest mee".
#[must_use]
pub fn reads_too(name: &str) -> String {
    tell!("{name} leest mee", "Reads it: {name}")
}

/// "Bert leest niet meer mee".
#[must_use]
pub fn reads_no_more(name: &str) -> String {
    tell!("{name} leest niet meer mee", "Reads it no more: {name}")
}

/// "Bert leest mee. Gezegd door Samira, vandaag 14:03."
#[must_use]
pub fn said_by(words: &str, who: &str, at: chrono::DateTime<chrono::Utc>) -> String {
    tell!("{words}. Gekozen door: {who}, {}.", "{words}. Chosen by: {who}, {}.", when::day_time(at))
}

/// What a step is, as people know it (source: FIELD).
#[must_use]
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Signals => both!("Breng de signalen in kaart", "List the signals"),
        Step::Colleague => both!("Overleg met een collega", "Talk it over with a colleague"),
        Step::Talk => both!("Praat met de mensen om wie het gaat", "Talk with the people it is about"),
        Step::Weigh => both!("Weeg het geweld", "Weigh the violence"),
        Step::Decide => both!("Beslis", "Decide"),
    }
}

/// What helps to do it.
#[must_use]
pub fn step_hint(step: Step) -> &'static str {
    match step {
        Step::Signals => both!(
            "Wat zag je, wanneer, en hoe vaak? Schrijf op wat er echt was.",
            "What did you see, when, and how often? Write down what really happened."
        ),
        Step::Colleague => both!(
            "Vraag ook advies aan Veilig Thuis als dat nodig is. Je hoeft daarbij geen naam te noemen.",
            "Ask Veilig Thuis (domestic violence and abuse) for advice too, if you need it. You can do that without giving a name."
        ),
        Step::Talk => both!(
            "Vertel wat je zag en vraag hoe het is. Niet als dat gevaarlijk is voor iemand.",
            "Tell them what you saw and ask how things are. Not if that is dangerous for somebody."
        ),
        Step::Weigh => both!(
            "Hoe groot is het gevaar? Weet je het niet zeker? Bel dan altijd Veilig Thuis.",
            "How great is the danger? Not sure? Then always call Veilig Thuis (domestic violence and abuse)."
        ),
        Step::Decide => {
            both!("Is melden nodig? En kan er ook hulp komen?", "Is it necessary to report it? And is help possible as well?")
        }
    }
}

/// "2 van de 5 stappen gedaan".
#[must_use]
pub fn done(done: usize) -> String {
    tell!("{done} van de 5 stappen gedaan", "{done} of the 5 steps done")
}

/// "Ineke, vandaag 14:03".
#[must_use]
pub fn by(name: &str, done: &Done) -> String {
    format!("{name}, {}", when::day_time(done.at))
}

/// "Begonnen door Ineke, dinsdag".
#[must_use]
pub fn begun(name: &str, at: chrono::DateTime<chrono::Utc>) -> String {
    tell!("Begonnen door {name}, {}", "Started by {name}, {}", when::day(when::day_of(at)))
}

/// "Nog 2 gesloten logboeken passen niet op deze telefoon …"
#[must_use]
pub fn more(more: u64) -> String {
    let (what, which) = if more == 1 {
        (both!("1 gesloten logboek past", "1 more closed journal does").to_owned(), both!("het", "it"))
    } else {
        (tell!("{more} gesloten logboeken passen", "{more} more closed journals do"), both!("ze", "them"))
    };
    tell!(
        "Nog {what} niet op deze telefoon. Het kantoor bewaart {which}. Heb je er iets uit nodig? Vraag het je leidinggevende.",
        "{what} not fit on this phone. The office keeps {which}. Ask your supervisor if you need something from {which}."
    )
}
