//! What the screens of places say: the tree, the stairwell, what it helps to know, who left, and who wants to be left alone.

use chrono::{Datelike as _, NaiveDate};

use crate::app::when;
use crate::domain::body::{BuildingKind, Ending, HowOften, KnownKind, KnownOf, PlaceKind, Severity};
use crate::domain::flame::{Proposal, Why};
use crate::domain::knowing::Wrong;
use crate::domain::stairwell::{Last, Within};

use super::{labels, worker};

say! {
    find = "Zoek een deur", "Find a door";
    find_hint = "Straat of nummer", "Street or number";
    found_nothing = "Niets gevonden. Probeer een ander stuk van de straat of het nummer.", "Nothing found. Try another part of the street or the number.";
    alone = "Straten en plekken", "Streets and places";
    no_places = "Er staan nog geen deuren op deze telefoon", "There are no doors on this phone yet";
    no_places_do = "Ze komen vanzelf als er internet is. Blijft het leeg? Vraag dan je leidinggevende.", "They come by themselves when there is internet. Does it stay empty? Ask your supervisor.";
    unknown_floor = "Verdieping onbekend", "Floor not known";
    gone = "Deze plek staat niet meer in de lijst", "This place is not on the list any more";
    gone_why = "Een collega heeft dat veranderd. Wat je hier al opschreef, is bewaard.", "A colleague changed that. What you wrote here before is kept.";
    gone_no_successor = "Er is geen nieuwe plek voor gekomen. Klopt dat niet? Vraag je leidinggevende.", "There is no new place for it. Is that not right? Ask your supervisor.";
    leave_alone = "Niet aanbellen", "Do not ring";
    leave_alone_why = "Hier wil iemand geen contact. Wat er over deze bewoner stond, wordt gewist. Bel niet aan, ook niet voor iets kleins.", "Somebody here wants no contact. What was written about this resident is erased. Do not ring, not even for something small.";
    leave_alone_waits = "Dit is nog niet verstuurd. Je kunt het nu nog ongedaan maken. Na het versturen kan dat niet meer.", "This is not sent yet. You can still undo it now. After it is sent you cannot.";
    leave_alone_over = "Klopt niet meer", "Not right any more";
    leave_alone_over_title = "Klopt 'niet aanbellen' niet meer?", "Is 'do not ring' not right any more?";
    leave_alone_over_label = "Waarom niet?", "Why not?";
    leave_alone_over_hint = "Bijvoorbeeld: er wonen nu andere mensen, of de bewoner vroeg zelf om contact.", "For example: other people live here now, or the resident asked for contact.";
    safety = "Veilig werken", "Working safely";
    safety_first = "Lees dit voor je aanbelt", "Read this before you ring";
    confirm = "Ik heb dit gezien", "I have seen this";
    not_confirmed = "Nog niet gezien door een leidinggevende", "Not seen by a supervisor yet";
    over = "Klopt niet meer", "Not right any more";
    over_done = "Opgeslagen op deze telefoon. Dit staat er niet meer bij.", "Saved on this phone. This is taken off.";
    confirmed = "Opgeslagen op deze telefoon. De medewerkers zien dat jij dit hebt gezien.", "Saved on this phone. The workers can see that you have seen this.";
    good_to_know = "Goed om te weten", "Good to know";
    emergency = "Bij nood", "In an emergency";
    add = "Iets erbij zetten", "Add something";
    add_what = "Wat is goed om te weten?", "What is good to know?";
    add_for = "Bij ", "At ";
    add_text = "Wat moet een collega weten?", "What does a colleague need to know?";
    add_until = "Tot en met welke dag?", "Up to and including which day?";
    add_until_away = "Tot en met welke dag is de bewoner weg?", "Up to and including which day is the resident away?";
    add_agreed = "Ja, dit mag worden opgeschreven", "Yes, this may be written down";
    add_agreed_hint = "Vraag het eerst aan de bewoner zelf.", "Ask the resident first.";
    add_agreed_hint_person = "Vraag het eerst aan de bewoner, en aan de contactpersoon.", "Ask the resident first, and the contact person.";
    changed_title = "Hier is intussen iets veranderd", "Something has changed here";
    changed_under_you = "De mensen over wie je schreef, wonen hier niet meer. Je tekst staat er nog. Kijk eerst bij de deur. Gaat je tekst over wie hier nu woont? Tik dan nog een keer op Opslaan.", "The people you wrote about do not live here any more. Your text is still there. Look at the door first. Is your text about who lives here now? Then tap Save once more.";
    alone_now = "Hier wil iemand geen contact meer. Dit wordt niet opgeslagen.", "Somebody here wants no contact any more. This will not be saved.";
    no_longer = "Woont hier niet meer? Of wil geen contact?", "Does not live here any more? Or wants no contact?";
    moved = "Verhuisd", "Moved away";
    moved_title = "Is deze bewoner verhuisd?", "Has this resident moved away?";
    moved_what = "De afspraken en beloften bij deze bewoner stoppen. Over wie hier daarna komt wonen, staat nog niets.", "What was agreed with this resident and promised to them stops. About whoever comes to live here next, nothing is written yet.";
    moved_day = "Sinds welke dag?", "Since which day?";
    moved_yes = "Ja, verhuisd", "Yes, moved away";
    died = "Overleden", "Died";
    died_title = "Is de bewoner van deze deur overleden?", "Has the resident of this door died?";
    died_what = "Wat verdrietig. Neem er even de tijd voor, en vertel het ook je leidinggevende. De afspraken en beloften bij deze deur stoppen, zodat niemand per ongeluk aanbelt.", "How sad. Take a moment, and tell your supervisor too. What was agreed and promised at this door stops, so that nobody rings by mistake.";
    died_partner = "Woont hier nog iemand anders, zoals een partner? Kies dan niet “Overleden”. Noteer het bij een contact.", "Does someone else live here too, such as a partner? Then do not choose “Died”. Write it down with a contact.";
    died_day = "Op welke dag, ongeveer?", "On which day, roughly?";
    died_yes = "Ja, overleden", "Yes, died";
    no_contact = "Wil geen contact", "Wants no contact";
    no_contact_title = "Wil deze bewoner geen contact meer?", "Does this resident want no contact any more?";
    no_contact_what = "Dan staat hier alleen nog: niet aanbellen. Alles wat over deze bewoner is opgeschreven, wordt gewist, op elke telefoon en op kantoor. Dat kan niet ongedaan worden gemaakt.", "Then all that stands here is: do not ring. Everything that was written about this resident is erased, on every phone and at the office. That cannot be undone.";
    no_contact_sure = "Weet je het niet zeker? Vraag dan nog een keer: 'Zal ik alles over u weghalen, en niet meer aanbellen?'", "Not sure? Then ask once more: 'Shall I take away everything about you, and not ring any more?'";
    no_contact_runs = "Let op: hier is nog iets bezig. Dat mogen we niet zomaar wissen. Bel eerst je leidinggevende. 'Niet aanbellen' staat er wel meteen.", "Please note: something is still going on here. We may not simply erase that. Call your supervisor first. 'Do not ring' will be here straight away.";
    no_contact_yes = "Ja, alles wissen", "Yes, erase everything";
    open_signals = "Er staat nog een signaal open. Dat gaat van de lijst. Weet je zeker dat er niets meer hoeft?", "There is still an open signal. It will go off the list. Are you sure that nothing more is needed?";
    propose_do = "Doen", "Do it";
    propose_keep = "Zo laten", "Leave as it is";
    about_place = "Over de plek zelf", "About the place itself";
    building_fixed = "Opgelost", "Fixed";
    building_fixed_saved = "Opgeslagen op deze telefoon. Het staat niet meer open.", "Saved on this phone. It is not open any more.";
    met_words = "Iemand, deur nog onbekend", "Someone, door not known yet";
    met_title = "Wie heb je gesproken?", "Who did you talk to?";
    met_hint = "Je weet de deur nog niet. Dat geeft niet: die kun je later erbij zetten.", "You do not know the door yet. That is fine: you can add it later.";
    met_called = "Hoe noem je deze persoon?", "What do you call this person?";
    met_called_hint = "Een naam zoals iemand zelf genoemd wil worden, of iets dat iedereen mag lezen. Mag leeg blijven.", "A name as they want to be called, or something that everybody may read. You may leave it empty.";
    met_tiles = "Wat was het? Eén tik en het is bewaard.", "What was it? One tap and it is saved.";
    met_list = "Deur nog onbekend", "Door not known yet";
    met_somebody = "Iemand", "Someone";
    which_door = "Ik weet nu welke deur", "I know which door now";
    which_door_hint = "Wat je over deze persoon noteerde, gaat mee naar de deur.", "What you noted about this person moves to the door.";
    which_door_taken = "Hier woont al iemand", "Somebody lives here already";
    not_here = "Deze bewoner staat niet op deze telefoon.", "This resident is not on this phone.";

    search_all = "Zoek in alles op deze telefoon", "Search everything on this phone";
    choose_stairwell = "Kies een portiek", "Choose a stairwell";
    stairwells = "Portieken en plekken", "Stairwells and places";
    as_a_whole = "Over de hele plek", "About the whole place";
    door = "Deur", "Door";
    place = "Plek", "Place";
    household = "Bewoning", "Household";
    how_often = "Hoe vaak", "How often";
    last_time = "Laatst", "Last time";
    never = "Nog nooit", "Never";
    nobody_spoken = "Nog niemand gesproken", "Nobody talked to yet";
    signals_title = "Signalen", "Signals";
    note_contact = "Contact noteren", "Note a contact";
    note = "Noteren", "Note";
    before = "Wat er eerder was", "What happened before";
    nothing_before = "Nog niets.", "Nothing yet.";
    nothing_before_ring = "Nog niets. Bel eens aan.", "Nothing yet. Why not ring the bell?";
    show_resident = "Laat zien aan de bewoner", "Show it to the resident";
    away_word = "Weg", "Away";
    a_colleague = "Een collega", "A colleague";
    a_supervisor = "een leidinggevende", "a supervisor";
    about_building = "Iets met het gebouw?", "Something about the building?";
    who_lives_here = "Wie woont hier?", "Who lives here?";
    who_is_it = "Wie is het?", "Who is it?";
    name = "Naam", "Name";
    name_hint = "Zoals iemand zelf genoemd wil worden. Mag leeg blijven.", "As they want to be called. You may leave it empty.";
    add_person = "Zet erbij", "Add";
    set_how_often = "Hoe vaak langs?", "How often do we come by?";
    ask_about = "Vraag ernaar", "Ask about this";
    say_more = "Wil je er iets over schrijven?", "Do you want to write something about it?";
    safety_until_hint = "Niet langer dan drie maanden. Daarna kijk je opnieuw.", "Three months at most. Then you look again.";
    is_it_all_right = "Is het goed?", "Is it all right?";

    wrong_nothing_said = "Schrijf op wat een collega moet weten.", "Write down what a colleague needs to know.";
    wrong_empty = "Er is nog niets ingevuld.", "Nothing is filled in yet.";
    wrong_long_name = "Deze naam is te lang. Maak hem korter dan 100 tekens.", "This name is too long. Make it shorter than 100 characters.";
    wrong_long_text = "Deze tekst is te lang. Maak hem korter dan 1.000 tekens. Er is niets weg.", "This text is too long. Make it shorter than 1,000 characters. Nothing is lost.";
    wrong_code = "Dit lijkt op een code. Haal de cijfers weg: wie deze telefoon vindt, kan anders naar binnen. Schrijf alleen op wie de sleutel heeft.", "This looks like a code. Take the digits out: whoever finds this phone could get in. Write down only who has the key.";
    wrong_no_day = "Kies een dag.", "Choose a day.";
    wrong_in_past = "Deze dag is al voorbij. Kies vandaag of later.", "This day is past. Choose today or later.";
    wrong_too_far = "Deze dag is te ver weg. Kies een eerdere dag.", "This day is too far away. Choose an earlier day.";
    wrong_in_future = "Deze dag is nog niet geweest. Kies vandaag of eerder.", "This day has not come yet. Choose today or earlier.";
    wrong_before = "Op deze dag kenden we deze bewoner nog niet. Kies een latere dag.", "We did not know this resident yet on that day. Choose a later day.";
    wrong_not_agreed = "Dit mag alleen als iemand ja heeft gezegd. Geen ja? Dan schrijf je het niet op.", "This is only allowed if somebody said yes. No yes? Then you don’t write it down.";
}

/// "De eerste 30. Typ meer om preciezer te zoeken."
#[must_use]
pub fn found(count: usize, most: usize) -> String {
    match count {
        0 => found_nothing().to_owned(),
        count if count == most => {
            tell!("De eerste {most}. Typ meer om preciezer te zoeken.", "The first {most}. Type more to search more precisely.")
        }
        count => tell!("{count} gevonden", "{count} found"),
    }
}

/// "Ga naar Lindehof 12".
#[must_use]
pub fn go_to(name: &str) -> String {
    tell!("Ga naar {name}", "Go to {name}")
}

/// "bekend sinds 3 maart".
#[must_use]
pub fn known_since(from: NaiveDate) -> String {
    let from = when::day(from);
    tell!("bekend sinds {from}", "known since {from}")
}

/// "mevrouw De Vries en Sami".
#[must_use]
pub fn and<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(both!(" en ", " and "))
}

/// "Portiek: van boven naar beneden".
#[must_use]
pub fn from_the_top(kind: PlaceKind) -> String {
    let kind = labels::place_kind(kind);
    tell!("{kind}: van boven naar beneden", "{kind}: from top to bottom")
}

/// "3e verdieping", "begane grond", "kelder".
#[must_use]
pub fn floor(floor: Option<i16>) -> String {
    match floor {
        None => unknown_floor().to_owned(),
        Some(0) => both!("Begane grond", "Ground floor").to_owned(),
        Some(up @ 1..) => tell!("{up}e verdieping", "Floor {up}"),
        Some(-1) => both!("Kelder", "Basement").to_owned(),
        Some(down) => tell!("Kelder {}", "Basement {}", -i32::from(down)),
    }
}

/// "vandaag", "gisteren", "5 dagen geleden", "3 wk geleden", "4 mnd geleden", "2 jaar geleden": short enough for a tile.
#[must_use]
pub fn ago(day: NaiveDate) -> String {
    match (when::today() - day).num_days() {
        ..=0 => both!("vandaag", "today").to_owned(),
        1 => both!("gisteren", "yesterday").to_owned(),
        days @ 2..=13 => tell!("{days} dagen geleden", "{days} days ago"),
        days @ 14..=69 => tell!("{} wk geleden", "{} wks ago", days / 7),
        days @ 70..=729 => tell!("{} mnd geleden", "{} mths ago", days / 30),
        days => tell!("{} jaar geleden", "{} years ago", days / 365),
    }
}

/// The last contact on a tile, with its icon.
#[must_use]
pub fn last(last: Option<Last>) -> (&'static str, String) {
    match last {
        None => ("clock", never().to_owned()),
        Some(Last { on, spoken: true }) => ("chat", worker::capital(&ago(on))),
        Some(Last { on, spoken: false }) => ("bell", tell!("Geprobeerd, {}", "Tried, {}", ago(on))),
    }
}

/// "Elke week", and that it is past.
#[must_use]
pub fn rhythm(how_often: HowOften, overdue: bool) -> String {
    let words = worker::capital(labels::how_often(how_often));
    if overdue { tell!("{words}: te laat", "{words}: late") } else { words }
}

/// "2 signalen: nu".
#[must_use]
pub fn signals(count: usize, worst: Option<Severity>) -> String {
    let count = if count == 1 { both!("1 signaal", "1 signal").to_owned() } else { tell!("{count} signalen", "{count} signals") };
    worst.map_or(count.clone(), |worst| format!("{count}: {}", labels::severity(worst).to_lowercase()))
}

/// "3 dec".
#[must_use]
pub fn short_day(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    const ENGLISH: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    format!("{} {}", day.day(), both!(MONTHS, ENGLISH)[day.month0() as usize])
}

/// "Weg tot en met 3 dec".
#[must_use]
pub fn away(until: NaiveDate) -> String {
    tell!("Weg tot en met {}", "Away until {}", short_day(until))
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
    if count == 1 {
        both!("1 ding aan het gebouw", "1 thing about the building").to_owned()
    } else {
        tell!("{count} dingen aan het gebouw", "{count} things about the building")
    }
}

/// "1 deur onbekend".
#[must_use]
pub fn met(count: usize) -> String {
    if count == 1 {
        both!("1 persoon, deur onbekend", "1 person, door not known").to_owned()
    } else {
        tell!("{count} personen, deur onbekend", "{count} people, door not known")
    }
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
        KnownKind::BackDoor => both!("Achterom", "Back door"),
        KnownKind::Dog => both!("Hond", "Dog"),
        KnownKind::Interpreter => both!("Tolk nodig", "Interpreter needed"),
        KnownKind::Other => both!("Iets anders", "Something else"),
        KnownKind::ContactPerson => both!("Contactpersoon", "Contact person"),
        KnownKind::HasKey => both!("Wie heeft een sleutel", "Who has a key"),
        KnownKind::Away => both!("Weg tot", "Away until"),
        KnownKind::InPairs => both!("Ga met twee mensen", "Go with two people"),
        KnownKind::CallFirst => both!("Eerst bellen", "Call first"),
        KnownKind::NotEvenings => both!("Niet 's avonds", "Not in the evening"),
    }
}

/// What stands under it.
#[must_use]
pub fn known_hint(what: KnownKind) -> &'static str {
    match what.of() {
        KnownOf::GoodToKnow if what == KnownKind::Interpreter => {
            both!("Alleen als de bewoner dat goed vindt", "Only if the resident agrees")
        }
        KnownOf::GoodToKnow if what == KnownKind::BackDoor => both!("Via de achterdeur", "Not through the front door"),
        KnownOf::GoodToKnow => good_to_know(),
        KnownOf::Emergency => emergency(),
        KnownOf::Away => both!("Met een datum", "With a date"),
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
        KnownKind::BackDoor => both!(
            "Bijvoorbeeld: klop op het raam van de keuken. Mag leeg blijven.",
            "For example: knock on the kitchen window. You may leave it empty."
        ),
        KnownKind::Dog => both!(
            "Bijvoorbeeld: blaft, doet niets. Mag leeg blijven.",
            "For example: barks, does no harm. You may leave it empty."
        ),
        KnownKind::Interpreter => both!(
            "Welke taal? En is er iemand die al vaker tolkte? Geen kind laten tolken.",
            "Which language? And has somebody interpreted before? Never let a child interpret."
        ),
        KnownKind::Other => both!(
            "Wat je zag of hoorde. Geen diagnose, geen BSN.",
            "What you saw or heard. No diagnosis, no BSN (citizen service number)."
        ),
        KnownKind::ContactPerson => both!(
            "Naam, wie het is, en het telefoonnummer. Bijvoorbeeld: Ria, zus, 06 …",
            "Name, who it is, and the phone number. For example: Ria, sister, 06 …"
        ),
        KnownKind::HasKey => both!(
            "Alleen wie de sleutel heeft. Nooit een code, nooit waar de sleutel ligt.",
            "Only who has the key. Never a code, never where the key is kept."
        ),
        KnownKind::Away => both!(
            "Bijvoorbeeld: in het ziekenhuis, of bij familie. Mag leeg blijven.",
            "For example: in hospital, or with family. You may leave it empty."
        ),
        KnownKind::InPairs | KnownKind::CallFirst | KnownKind::NotEvenings => {
            both!(
                "Wat is er gebeurd? Schrijf op wat je zag of hoorde, niet wat je ervan vindt.",
                "What happened? Write down what you saw or heard, not what you think of it."
            )
        }
    }
}

/// "Toegevoegd: hond".
#[must_use]
pub fn known_saved(what: KnownKind) -> String {
    let what = worker::small(known(what));
    tell!("Toegevoegd: {what}", "Added: {what}")
}

/// "Jamila Kaya · tot en met 3 maart".
#[must_use]
pub fn known_by(author: &str, written: NaiveDate, until: Option<NaiveDate>) -> String {
    let until = until.map(|until| tell!(" · tot en met {}", " · up to and including {}", when::day(until))).unwrap_or_default();
    format!("{author} · {}{until}", when::day(written))
}

/// "Gezien door Ineke".
#[must_use]
pub fn seen_by(name: &str) -> String {
    tell!("Gezien door {name}", "Seen by {name}")
}

/// What is wrong with a field, above it and in the summary.
#[must_use]
pub fn wrong(field: &str, wrong: Wrong, last: Option<NaiveDate>) -> String {
    match (wrong, last) {
        (Wrong::Empty, _) if field == "weten-tekst" => wrong_nothing_said(),
        (Wrong::Empty, _) => wrong_empty(),
        (Wrong::TooLong, _) if field == "roepnaam" => wrong_long_name(),
        (Wrong::TooLong, _) => wrong_long_text(),
        (Wrong::Code, _) => wrong_code(),
        (Wrong::NoDay, _) => wrong_no_day(),
        (Wrong::InPast, _) => wrong_in_past(),
        (Wrong::TooFarAhead, None) => wrong_too_far(),
        (Wrong::TooFarAhead, Some(last)) => {
            return tell!(
                "Dit mag niet langer dan drie maanden blijven staan. Kies een dag tot en met {}.",
                "This may stay for three months at most. Choose a day up to and including {}.",
                when::day(last)
            );
        }
        (Wrong::InFuture, _) => wrong_in_future(),
        (Wrong::BeforeBegin, _) => wrong_before(),
        (Wrong::NotAgreed, _) => wrong_not_agreed(),
    }
    .to_owned()
}

/// Who lived here.
#[must_use]
pub fn ended(why: Ending, on: NaiveDate) -> (&'static str, String) {
    let on = when::day(on);
    let words = match why {
        Ending::Moved => tell!(
            "Wie hier woonde, is verhuisd ({on}). De afspraken zijn gestopt. Wie hier nu woont, kennen we nog niet.",
            "Whoever lived here has moved away ({on}). What was agreed has stopped. We do not know yet who lives here now."
        ),
        Ending::Died => tell!(
            "Wie hier woonde, is overleden ({on}). De afspraken zijn gestopt. Bel niet aan voor een oude afspraak.",
            "Whoever lived here has died ({on}). What was agreed has stopped. Do not ring about something that was agreed before."
        ),
    };
    (labels::ending(why), words)
}

/// "Voorstel: elke week. Er staat een signaal open: bespreken."
#[must_use]
pub fn proposal(proposal: Proposal) -> (String, String) {
    let why = match proposal.why {
        Why::Open(severity) => {
            tell!("Er staat een signaal open ({}).", "There is an open signal ({}).", labels::severity(severity).to_lowercase())
        }
        Why::Closed => both!("Er staat geen signaal meer open.", "There is no open signal any more.").to_owned(),
    };
    (tell!("Voorstel: {}", "Proposal: {}", labels::how_often(proposal.how_often)), why)
}
