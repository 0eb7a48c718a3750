//! Binnengekomen, gebruikers.

use chrono::{DateTime, Utc};

use crate::app::when;
use crate::domain::body::Called;

say! {
    nothing_new = "Alles is gezien", "Everything has been seen";
    nothing_new_why = "Wat er nieuw binnenkomt, staat hier vanzelf.", "What comes in appears here by itself.";
    concerns = "Signalen", "Signals";
    contacts = "Contacten", "Contacts";
    open_concerns = "Nog open", "Still open";
    open_concerns_why = "Signalen die je hebt gezien en die nog open staan. Bovenaan staat waar je het langst niets over hoorde.", "Signals that you saw and that are still open. At the top is what you have not heard about for longest.";
    more = "Meer laten zien", "Show more";
    seen = "Gezien", "Seen";
    ask = "Vraag stellen", "Ask a question";
    ask_label = "Je vraag", "Your question";
    ask_hint = "Je collega ziet je vraag bij de aantekening.", "Your colleague sees your question with the entry.";
    ask_empty = "Schrijf eerst je vraag op.", "Write down your question first.";
    ask_too_long = "Deze vraag is te lang. Maak hem korter dan 20.000 tekens.", "This question is too long. Make it shorter than 20,000 characters.";
    send = "Opslaan", "Save";
    cancel = "Annuleren", "Cancel";
    to_door = "Bekijk deze deur", "Look at this door";
    back = "Alles wat binnenkwam", "Everything in the inbox";
    details = "Details", "Details";
    choose = "Kies links een aantekening om te lezen.", "Choose an entry on the left to read it.";
    gone = "Deze aantekening staat niet op deze telefoon", "This entry is not on this phone";
    gone_why = "Misschien is die nog niet opgehaald, of hoort die bij een andere buurt.", "Maybe it has not been fetched yet, or it belongs to another neighbourhood.";
    saw = "Gezien of gehoord", "Seen or heard";
    no_text = "Er staat geen tekst bij.", "There is no text with it.";
    source = "Bron", "Source";
    told_by = "Verteld door", "Told by";
    owner = "Wie pakt het op", "Who takes it on";
    nobody_yet = "Nog niemand", "Nobody yet";
    next_step = "Volgende stap", "Next step";
    due = "Wanneer", "When";
    with = "Met", "With";
    with_colleague = "Samen met een collega", "Together with a colleague";
    yes = "Ja", "Yes";
    lasted = "Hoe lang", "How long";
    gesture = "Klein gebaar", "Small gesture";
    promise = "Beloofd terug te komen", "Promised to come back";
    heads = "Aantal mensen", "Number of people";
    note = "Notitie", "Note";
    reactions = "Reacties", "Replies";
    nobody_called = "Nog niemand gebeld", "Nobody called yet";
    unknown_place = "Onbekende plek", "Unknown place";
    you = "jou", "you";
    colleague = "een collega", "a colleague";
    somebody = "Een collega", "A colleague";

    name_unfit = "Vul een naam in van hooguit 80 tekens.", "Fill in a name of at most 80 characters.";
    name_taken = "Deze inlognaam is al in gebruik", "This login name is already in use";
    unknown_neighbourhood = "Deze buurt bestaat niet.", "This neighbourhood does not exist.";

    who_is_there = "Wie er is", "Who is here";
    fetching = "We halen de lijst op …", "We are fetching the list …";
    needs_signal = "De lijst van gebruikers kan niet worden opgehaald", "The list of users cannot be fetched";
    try_again = "Opnieuw proberen", "Try again";
    link_open = "Nog niet aangemeld", "Not signed up yet";
    new_link = "Nieuwe link", "New link";
    new_user = "Nieuwe medewerker", "New worker";
    name = "Naam", "Name";
    name_hint = "Zoals collega’s deze persoon noemen.", "As colleagues call this person.";
    name_empty = "Vul een naam in.", "Fill in a name.";
    login_name = "Inlognaam", "Login name";
    login_name_hint = "Deze naam verandert nooit meer. 3 tot 40 kleine letters of cijfers. Een punt en een streepje mogen ook. Bijvoorbeeld jamila.k", "This name never changes. 3 to 40 small letters or digits. Dots and hyphens are fine, too. For example jamila.k";
    login_name_wrong = "Gebruik 3 tot 40 kleine letters, cijfers, punten of streepjes.", "Use 3 to 40 small letters, digits, dots or hyphens.";
    role = "Rol", "Role";
    neighbourhoods = "Buurten", "Neighbourhoods";
    neighbourhoods_hint = "Van deze buurten mag de medewerker alles lezen.", "The worker may read everything of these neighbourhoods.";
    no_neighbourhood = "Kies minstens één buurt.", "Choose at least one neighbourhood.";
    make_link = "Maak link", "Make a link";
    making = "We maken de link …", "We are making the link …";
    wrong = "Dit klopt nog niet", "Something is not right yet";
    qr = "QR-code van de link", "QR code of the link";
    copy = "Kopieer link", "Copy link";
    copied = "De link is gekopieerd.", "The link has been copied.";
    not_copied = "Kopiëren lukte niet. Houd de link ingedrukt om hem te kopiëren.", "Copying did not work. Press and hold the link to copy it.";
    done = "Klaar", "Done";
}

/// "4 nieuw, signalen eerst".
#[must_use]
pub fn new(count: usize) -> String {
    tell!("{count} nieuw · signalen eerst", "{count} new · signals first")
}

/// "vrijdag, middag"; the time only where it is urgent.
#[must_use]
pub fn moment(at: DateTime<Utc>, urgent: bool) -> String {
    if urgent { when::day_time(at) } else { format!("{}, {}", when::day(when::day_of(at)), when::part_of_day(at)) }
}

/// "Wat Jamila denkt".
#[must_use]
pub fn thinks(name: &str) -> String {
    tell!("Wat {name} denkt", "What {name} thinks")
}

/// "Gezien door Ineke".
#[must_use]
pub fn seen_by(name: &str) -> String {
    tell!("Gezien door {name}", "Seen by {name}")
}

/// "Vraag van Ineke".
#[must_use]
pub fn asked_by(name: &str) -> String {
    tell!("Vraag van {name}", "Question from {name}")
}

/// "Antwoord van Jamila".
#[must_use]
pub fn answered_by(name: &str) -> String {
    tell!("Antwoord van {name}", "Answer from {name}")
}

/// "Gezien: Koffie, Lindehof 8"; for who hears the button without its row.
#[must_use]
pub fn mark_seen(title: &str) -> String {
    tell!("Gezien: {title}", "Seen: {title}")
}

/// "Gebeld met de wijkagent, vandaag 14:03".
#[must_use]
pub fn called(called: &Called) -> String {
    tell!("Gebeld met {}, {}", "Called {}, {}", called.whom, when::day_time(called.at))
}

/// "Laatste nieuws: 3 dagen geleden".
#[must_use]
pub fn last_news(at: DateTime<Utc>) -> String {
    tell!("Laatste nieuws: {}", "Last news: {}", when::ago(when::day_of(at)))
}

/// "30 minuten".
#[must_use]
pub fn minutes(minutes: u16) -> String {
    tell!("{minutes} minuten", "{minutes} minutes")
}

/// "Link voor Fatma".
#[must_use]
pub fn link_for(name: &str) -> String {
    tell!("Link voor {name}", "Link for {name}")
}

/// How long a link works.
#[must_use]
pub fn link_until(at: DateTime<Utc>) -> String {
    tell!("Werkt één keer, tot {} {}.", "Works once, until {} {}.", when::long_day(when::day_of(at)), when::time(at))
}

/// What to do with it.
#[must_use]
pub fn link_do(name: &str) -> String {
    tell!(
        "Laat {name} deze code scannen met de telefoon. Of stuur de link.",
        "Ask {name} to scan this code with a phone. Or send the link."
    )
}

/// What it is worth.
#[must_use]
pub fn link_secret(name: &str) -> String {
    tell!(
        "Wie deze link heeft, kan zich aanmelden als {name}. Je ziet hem maar één keer.",
        "Whoever has this link can sign up as {name}. You see it only once."
    )
}

/// "Nieuwe link voor Fatma"; for who hears the button without its row.
#[must_use]
pub fn new_link_for(name: &str) -> String {
    tell!("Nieuwe link voor {name}", "New link for {name}")
}
