//! What noting says: contacts, worries, small gestures, neighbours brought together, and what is not finished yet.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::when;
use crate::domain::body::{Ending, HowOften, Severity, Who};
use crate::domain::noting::{AtTie, Wrong, WrongTie};

use super::labels;

say! {
    bsn_why = "Een BSN mag hier niet staan, ook niet als de bewoner het goed vindt. Is het een ander nummer, zoals van een rekening? Tik dan op het vakje en sla opnieuw op.", "A BSN (citizen service number) may not be here, even if the resident agrees. Is it another number, such as a bank account? Then tap the box and save again.";
    not_bsn = "Dit is geen BSN", "This is not a BSN";
    said_not_bsn = "Er staat een lang nummer in. De schrijver zegt: dit is geen BSN.", "There is a long number in this. The writer says: this is not a BSN.";
    a_number = "Vul een getal in, zoals 12.", "Fill in a number, such as 12.";

    which_day = "Wanneer was het?", "When was it?";
    which_day_own = "Op welke dag was het?", "On which day was it?";
    facts_hint = "Tik aan wat je zag. Mag leeg blijven.", "Tap what you saw. You may leave it empty.";
    also = "Ook bij deze deuren", "At these doors too";
    also_which = "Bij welke deuren was je nog meer?", "At which other doors were you?";
    also_hint = "Daar komt alleen te staan wat het was en hoe het ging. Je tekst blijft bij de eerste deur.", "There it will only say what it was and how it went. Your text stays with the first door.";

    hidden = "Deze deur is intussen weggehaald. Wat je opslaat, blijft bij de oude deur bewaard.", "This door has been taken away in the meantime. What you save stays with the old door.";
    left_alone = "Hier wil iemand geen contact. Daarom slaan we hier niets op. Je tekst staat er nog. Bespreek het met je leidinggevende.", "Somebody here wants no contact. So we save nothing here. Your text is still there. Discuss it with your supervisor.";

    whom = "Over wie gaat het?", "Who is it about?";
    who_lives_here = "Wie hier woont", "Who lives here";
    this_place = "Deze plek", "This place";
    somebody_else = "Iemand anders (we bewaren het bij het portiek)", "Someone else (we keep it with the stairwell)";
    who_takes_it = "Wie pakt het op?", "Who takes this on?";
    i_do = "Ik", "Me";
    nobody_yet = "Nog niemand", "Nobody yet";

    activity = "Activiteit noteren", "Note an activity";
    gesture = "Klein gebaar", "Small gesture";
    gesture_one_tap = "Wat deed je? Eén tik en het is bewaard.", "What did you do? One tap and it is saved.";
    gesture_own = "Iets anders", "Something else";
    gesture_label = "Wat deed je?", "What did you do?";
    gesture_hint = "Iets kleins. Geen diagnose, geen BSN.", "Something small. No diagnosis, no BSN.";

    tie = "Buren samenbrengen", "Bring neighbours together";
    tie_why = "Bij allebei de deuren komt te staan dat jij ze samenbracht. Niet met wie.", "Both doors will say that you brought them together. Not with whom.";
    tie_search = "Zoek een andere deur", "Find another door";
    tie_search_hint = "Straat en nummer. Vul je niets in? Dan zie je de deuren van dit portiek.", "Street and number. Nothing filled in? Then you see the doors of this stairwell.";
    tie_other = "Met welke deur?", "With which door?";
    tie_what = "Waarvoor?", "What for?";
    tie_what_own = "Wat gaan ze samen doen?", "What will they do together?";
    tie_what_hint = "Noem geen naam en geen nummer van de ander.", "Do not give the other person's name or number.";
    tie_this = "Ik vroeg het bij deze deur: ja", "I asked at this door: yes";
    tie_other_side = "Ik vroeg het bij de andere deur: ja", "I asked at the other door: yes";
    tie_both = "Willen ze het allebei?", "Are they both willing?";

    came_of = "Wat kwam ervan?", "What came of it?";
    came_of_label = "Vertel het kort", "Tell it in short";
    came_of_hint = "Bijvoorbeeld: ze drinken nu elke week samen koffie.", "For example: they have coffee together every week now.";
    answer = "Beantwoorden", "Answer";
    answer_label = "Jouw antwoord", "Your answer";
    answer_hint = "Je leidinggevende ziet dit bij de aantekening.", "Your supervisor sees this with the entry.";
    withdraw = "Intrekken", "Take back";
    withdraw_title = "Weet je het zeker?", "Are you sure?";
    withdraw_why = "Dit telt dan niet meer mee. In het logboek blijft staan wat er stond, en dat jij het hebt ingetrokken.", "Then this does not count any more. The journal keeps what it said, and that you took it back.";
    withdraw_do = "Ja, trek het in", "Yes, take it back";
    save = "Opslaan", "Save";
    versions = "Wat er eerder stond", "What it said before";
    now_says = "Nu", "Now";

    drafts_words = "Nog niet af", "Not finished yet";
    drafts_why = "Hier begon je aan. Alles wat je typte, staat er nog. Het staat alleen op deze telefoon.", "You began with these. Everything you typed is still there. It is only on this phone.";
    no_drafts = "Alles is af", "Everything is finished";
    no_drafts_why = "Er ligt niets half ingevuld op deze telefoon.", "There is nothing half filled in on this phone.";
    draft_go_on = "Verder", "Go on";
    draft_drop = "Weggooien", "Throw away";
    draft_drop_sure = "Ja, gooi weg", "Yes, throw away";
    draft_drop_why = "Wat je typte is dan echt weg.", "What you typed is really gone then.";
    draft_keep = "Nee, bewaren", "No, keep it";
    draft_gone = "Weggegooid.", "Thrown away.";

    back = "Terug", "Back";
    later = "Later verder", "Go on later";
    note = "Noteer", "Note";
    contact = "Contact noteren", "Note a contact";
    complete = "Aanvullen", "Add to it";
    contact_at = "Contact bij ", "Contact at ";
    complete_at = "Aanvullen bij ", "Add to the contact at ";
    what_was_it = "Wat was het?", "What was it?";
    how_did_it_go = "Hoe ging het?", "How did it go?";
    heads = "Hoeveel mensen waren er?", "How many people were there?";
    heads_hint = "Ongeveer mag.", "Roughly is fine.";
    with_whom = "Met wie?", "With whom?";
    facts = "Wat viel op?", "What did you notice?";
    remember = "Wat wil je onthouden?", "What do you want to remember?";
    gesture_done_hint = "Iets kleins dat je deed. Mag leeg blijven.", "Something small you did. You may leave it empty.";
    back_when = "Wanneer kom je terug?", "When will you come back?";
    back_day = "Op welke dag?", "On which day?";
    how_long_words = "Hoe lang ongeveer?", "Roughly how long?";
    colleague_there = "Een collega was erbij", "A colleague was there too";

    worry = "Ik maak me zorgen", "I am worried";
    worry_tile = "Waarover?", "What about?";
    worry_severity = "Hoe ernstig?", "How serious?";
    seen = "Wat heb je gezien of gehoord?", "What did you see or hear?";
    seen_hint = "Alleen wat er echt was. Geen diagnose, geen BSN.", "Only what really happened. No diagnosis, no BSN.";
    thought = "Wat denk je?", "What do you think?";
    thought_hint = "Jouw idee. Dit staat apart van wat je zag.", "Your own idea. It is kept apart from what you saw.";
    known_by = "Hoe weet je dit?", "How do you know this?";
    known_by_hint = "De bewoner krijgt nooit te zien wie het vertelde.", "The resident never gets to see who told it.";
    told_by = "Wie vertelde het?", "Who told it?";
    told_by_hint = "Alleen als het nodig is. Mag leeg blijven.", "Only if it is needed. You may leave it empty.";
    step = "Wat is de volgende stap?", "What is the next step?";
    step_own = "Welke stap?", "Which step?";
    due = "Wanneer?", "When?";
    due_hint = "Op deze dag staat het bij Vandaag. Mag leeg blijven.", "On this day it will be on Today. You may leave it empty.";

    you = "Jij", "You";
    newer = "Nieuwer dan deze app", "Newer than this app";
    completed = "Aangevuld", "Added to";
    closed = "Afgesloten", "Closed";
    household_begun = "Nieuwe bewoner in de app", "New household in the app";
    person_added = "Bewoner erbij", "Resident added";
    door_known = "De deur is nu bekend", "The door is known now";
    tie_made = "Met een buur samengebracht", "Brought together with a neighbour";
    told = "Verteld dat ik iets opschrijf", "Told that I write things down";
    objection = "Klopt niet", "Not right";
    seen_short = "Gezien", "Seen";
    thought_short = "Gedacht", "Thought";
    step_short = "Volgende stap", "Next step";
    with_colleague = "samen met een collega", "together with a colleague";
    nobody_took_it = "Door niemand opgepakt", "Taken on by nobody";
    no_day = "Geen dag meer", "No day any more";
    open_again = "Signaal weer open", "Signal open again";
    closed_signal = "Signaal afgesloten", "Signal closed";
}

/// When it was.
#[must_use]
pub fn days() -> [&'static str; 3] {
    both!(["Vandaag", "Gisteren", "Kies een dag"], ["Today", "Yesterday", "Choose a day"])
}

/// When somebody comes back.
#[must_use]
pub fn backs() -> [&'static str; 4] {
    both!(
        ["Geen afspraak", "Morgen", "Volgende week", "Kies een dag"],
        ["Nothing agreed", "Tomorrow", "Next week", "Choose a day"]
    )
}

/// Words that are written into an entry: in Dutch, as colleagues read them; and in English, as a chip shows them.
pub type Written = (&'static str, &'static str);

/// Next steps that come up most; the last is one of one's own.
pub const STEPS: [Written; 4] = [
    ("Ik ga er zelf langs", "I will go round myself"),
    ("Bespreken met mijn leidinggevende", "Discuss with my supervisor"),
    ("Ik bel iemand", "I will call someone"),
    ("Iets anders", "Something else"),
];
/// Small gestures that come up most, each with its icon.
pub const GESTURES: [(&str, Written); 6] = [
    ("leaf", ("Boodschap gedaan", "Did some shopping")),
    ("note", ("Brief samen gelezen", "Read a letter together")),
    ("edit", ("Formulier ingevuld", "Filled in a form")),
    ("phone", ("Samen gebeld", "Made a call together")),
    ("house", ("Iets kleins gerepareerd", "Repaired something small")),
    ("users", ("Meegelopen", "Walked along")),
];
/// What neighbours do together; the last is something of their own.
pub const TOGETHER: [Written; 5] = [
    ("Koffie drinken", "Having coffee"),
    ("Boodschappen", "Shopping"),
    ("Post en planten", "Post and plants"),
    ("Wandelen", "Walking"),
    ("Iets anders", "Something else"),
];

/// What a chip shows of words that are written into an entry.
#[must_use]
pub fn shown((dutch, english): Written) -> &'static str {
    both!(dutch, english)
}

/// What stands in an entry, as the screen says it: words of a chip in its language, words that somebody typed as they are.
#[must_use]
pub fn read(text: &str) -> &str {
    let chips = STEPS.into_iter().chain(GESTURES.map(|(_, words)| words)).chain(TOGETHER);
    let mut same = chips.filter(|(dutch, _)| *dutch == text);
    if let Some(words) = same.next() { shown(words) } else { text }
}

/// What stands above the field.
#[must_use]
pub fn could_be_bsn(number: &str) -> String {
    tell!(
        "Dit lijkt op een BSN: {number}. Haal het weg, of zeg hieronder dat het geen BSN is.",
        "This looks like a BSN: {number}. Take it out, or say below that it is not a BSN."
    )
}

/// How long a contact was.
#[must_use]
pub fn how_long(minutes: u16) -> &'static str {
    match minutes {
        5 => both!("Even", "A moment"),
        15 => both!("Kwartier", "Quarter of an hour"),
        30 => both!("Half uur", "Half an hour"),
        _ => both!("Uur of langer", "An hour or longer"),
    }
}

/// The household ended while somebody was writing.
#[must_use]
pub fn ended(why: Ending) -> String {
    let what = match why {
        Ending::Moved => both!("verhuisd", "moved away"),
        Ending::Died => both!("overleden", "died"),
    };
    tell!(
        "Een collega schreef intussen op: {what}. Wat je opslaat, blijft bij wie hier woonde. Wie hier nu woont, krijgt het niet.",
        "A colleague wrote in the meantime: {what}. What you save stays with who lived here. Who lives here now does not get it."
    )
}

/// The door is another one now.
#[must_use]
pub fn replaced(door: &str) -> String {
    tell!(
        "Deze deur is vervangen. Wat je opslaat, hoort nu bij {door}.",
        "This door has been replaced. What you save now belongs to {door}."
    )
}

/// "Ineke (leidinggevende)".
#[must_use]
pub fn supervisor(name: &str) -> String {
    tell!("{name} (leidinggevende)", "{name} (supervisor)")
}

/// How long a signal is open.
#[must_use]
pub fn open_for(since: DateTime<Utc>) -> String {
    match (when::today() - when::day_of(since)).num_days() {
        ..=0 => both!("Staat open sinds vandaag", "Open since today").to_owned(),
        1 => both!("Staat 1 dag open", "Open for 1 day").to_owned(),
        days => tell!("Staat {days} dagen open", "Open for {days} days"),
    }
}

/// What is wrong with a field of a contact or a worry.
#[must_use]
pub fn wrong(field: &str, wrong: Wrong) -> String {
    match (field, wrong) {
        ("op-dag", Wrong::Empty) => both!("Kies op welke dag het was.", "Choose on which day it was.").to_owned(),
        _ => super::worker::wrong(field, wrong),
    }
}

/// What is wrong with neighbours brought together.
#[must_use]
pub fn wrong_tie(at: AtTie, wrong: WrongTie) -> &'static str {
    match (at, wrong) {
        (AtTie::Other, WrongTie::SameDoor) => {
            both!("Dit is dezelfde deur. Kies een andere.", "This is the same door. Choose another one.")
        }
        (AtTie::Other, _) => both!("Kies de andere deur.", "Choose the other door."),
        (AtTie::What, WrongTie::Empty) => both!("Kies waarvoor, of schrijf het op.", "Choose what for, or write it down."),
        (AtTie::What, WrongTie::TooLong) => super::faults::wrong(Wrong::TooLong),
        (AtTie::What, _) => both!(
            "Hier staat een naam of een huisnummer in. Haal dat weg: de ander hoort niet in dit logboek.",
            "There is a name or a house number in this. Take it out: the other person does not belong in this journal."
        ),
        (AtTie::ThisSide | AtTie::OtherSide, _) => {
            both!("Vraag het eerst aan allebei. Tik daarna op de vakjes.", "Ask both of them first. Then tap the boxes.")
        }
    }
}

/// "Begonnen bij Lindehof 12, vandaag 14:03".
#[must_use]
pub fn kept(at: DateTime<Utc>) -> String {
    tell!("Laatst getypt: {}", "Last typed: {}", when::day_time(at))
}

/// "Nog niet af (2)".
#[must_use]
pub fn drafts(count: usize) -> String {
    format!("{} ({count})", drafts_words())
}

/// "Noteer bij Lindehof 12".
#[must_use]
pub fn note_at(place: &str) -> String {
    tell!("Noteer bij {place}", "Note at {place}")
}

/// "Aangevuld: koffie, alles goed".
#[must_use]
pub fn added(what: &str) -> String {
    tell!("Aangevuld: {what}", "Added to: {what}")
}

/// "vandaag (ochtend)": the day of a colleague's entry.
#[must_use]
pub fn day_and_part(at: DateTime<Utc>) -> String {
    format!("{} ({})", when::day(when::day_of(at)), when::part_of_day(at))
}

/// "Gebeld met 112, om 14:03".
#[must_use]
pub fn called(whom: &str, at: DateTime<Utc>) -> String {
    let at = when::time(at);
    tell!("Gebeld met {whom}, om {at}", "Called {whom}, at {at}")
}

/// "Afspraak: elke week".
#[must_use]
pub fn agreed(how_often: HowOften) -> String {
    tell!("Afspraak: {}", "Agreed: {}", labels::how_often(how_often))
}

/// "Opgelost, vandaag".
#[must_use]
pub fn fixed(at: DateTime<Utc>) -> String {
    tell!("Opgelost, {}", "Fixed, {}", when::day(when::day_of(at)))
}

/// "Tot en met 3 maart".
#[must_use]
pub fn until(day: NaiveDate) -> String {
    tell!("Tot en met {}", "Up to and including {}", when::day(day))
}

/// "Klopt niet meer sinds vandaag".
#[must_use]
pub fn over_since(at: DateTime<Utc>) -> String {
    tell!("Klopt niet meer sinds {}", "Not right any more since {}", when::day(when::day_of(at)))
}

/// "Mag delen met: Wijkteam".
#[must_use]
pub fn may_share(party: &str, given: bool) -> String {
    if given {
        tell!("Mag delen met: {party}", "May share with: {party}")
    } else {
        tell!("Mag niet meer delen met: {party}", "May not share any more with: {party}")
    }
}

/// "De bewoner zegt: zo was het niet".
#[must_use]
pub fn resident_says(words: &str) -> String {
    tell!("De bewoner zegt: {words}", "The resident says: {words}")
}

/// "Dit gaat over: koffie, alles goed, Jij · vandaag".
#[must_use]
pub fn is_about(what: &str, meta: &str) -> String {
    tell!("Dit gaat over: {what}, {meta}", "This is about: {what}, {meta}")
}

/// "met: bewoner".
#[must_use]
pub fn with(who: Who) -> String {
    tell!("met: {}", "with: {}", labels::who(who).to_lowercase())
}

/// "12 mensen".
#[must_use]
pub fn people(heads: u16) -> String {
    if heads == 1 { both!("1 persoon", "1 person").to_owned() } else { tell!("{heads} mensen", "{heads} people") }
}

/// "Klein gebaar: boodschap gedaan".
#[must_use]
pub fn gesture_done(what: &str) -> String {
    format!("{}: {}", gesture(), read(what))
}

/// "Beloofd terug te komen: dinsdag".
#[must_use]
pub fn promised(day: NaiveDate) -> String {
    tell!("Beloofd terug te komen: {}", "Promised to come back: {}", when::day(day))
}

/// "Hoe ernstig: nu".
#[must_use]
pub fn severity(severity: Severity) -> String {
    tell!("Hoe ernstig: {}", "How serious: {}", labels::severity(severity).to_lowercase())
}

/// "Opgepakt door Jamila".
#[must_use]
pub fn taken_on(by: Option<String>) -> String {
    let by = by.unwrap_or_else(|| both!("een collega", "a colleague").to_owned());
    tell!("Opgepakt door {by}", "Taken on by {by}")
}

/// "Wanneer: dinsdag".
#[must_use]
pub fn due_by(day: NaiveDate) -> String {
    tell!("Wanneer: {}", "When: {}", when::day(day))
}

/// "Ongedaan gemaakt: dit telt niet mee. (Jij, vandaag 14:03)".
#[must_use]
pub fn withdrawn(by: &str) -> String {
    tell!("Ongedaan gemaakt: dit telt niet mee.{by}", "Undone: this does not count.{by}")
}
