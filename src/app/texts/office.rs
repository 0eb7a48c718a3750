//! Binnengekomen, gebruikers.

use chrono::{DateTime, Utc};

use crate::app::when;
use crate::domain::body::Called;

say! {
    inbox = "Binnengekomen";
    nothing_new = "Alles is gezien";
    nothing_new_why = "Wat er nieuw binnenkomt, staat hier vanzelf.";
    concerns = "Signalen";
    contacts = "Contacten";
    open_concerns = "Loopt nog";
    open_concerns_why = "Signalen die je zag en die nog niet zijn afgerond. Waar het langst niets van gehoord is, staat boven.";
    more = "Meer laten zien";
    seen = "Gezien";
    ask = "Vraag stellen";
    ask_label = "Je vraag";
    ask_hint = "Je collega ziet je vraag bij de aantekening.";
    ask_empty = "Schrijf eerst je vraag op.";
    ask_too_long = "Deze vraag is te lang. Maak hem korter dan 20.000 tekens.";
    send = "Opslaan";
    cancel = "Annuleren";
    to_door = "Bekijk deze deur";
    back = "Alles wat binnenkwam";
    details = "Details";
    choose = "Kies links een aantekening om haar te lezen.";
    gone = "Deze aantekening staat niet op deze telefoon";
    gone_why = "Misschien is ze nog niet opgehaald, of hoort ze bij een andere buurt.";
    saw = "Gezien of gehoord";
    no_text = "Er staat geen tekst bij.";
    source = "Bron";
    told_by = "Verteld door";
    owner = "Wie pakt het op";
    nobody_yet = "Nog niemand";
    next_step = "Volgende stap";
    due = "Voor";
    with = "Met";
    with_colleague = "Samen met een collega";
    yes = "Ja";
    lasted = "Duur";
    gesture = "Klein gebaar";
    promise = "Beloofd terug te komen";
    heads = "Aantal mensen";
    note = "Notitie";
    reactions = "Reacties";
    nobody_called = "Nog niemand gebeld";
    unknown_place = "Onbekende plek";
    you = "jou";
    colleague = "een collega";
    somebody = "Een collega";

    users = "Gebruikers";
    who_is_there = "Wie er is";
    fetching = "We halen de lijst op …";
    needs_signal = "De lijst van gebruikers kan niet worden opgehaald";
    try_again = "Opnieuw proberen";
    link_open = "Nog niet aangemeld";
    new_link = "Nieuwe link";
    new_user = "Nieuwe medewerker";
    name = "Naam";
    name_hint = "Zoals collega’s die kennen.";
    name_empty = "Vul een naam in.";
    login_name = "Inlognaam";
    login_name_hint = "Verandert nooit meer. 3 tot 40 kleine letters of cijfers, punt en streepje mag. Bijvoorbeeld jamila.k";
    login_name_wrong = "Gebruik 3 tot 40 kleine letters, cijfers, punten of streepjes.";
    role = "Rol";
    neighbourhoods = "Buurten";
    neighbourhoods_hint = "Van deze buurten mag de medewerker alles lezen.";
    no_neighbourhood = "Kies minstens één buurt.";
    make_link = "Maak link";
    making = "We maken de link …";
    wrong = "Dit klopt nog niet";
    qr = "QR-code van de link";
    copy = "Kopieer link";
    copied = "De link is gekopieerd.";
    not_copied = "Kopiëren lukte niet. Houd de link ingedrukt om hem te kopiëren.";
    done = "Klaar";
}

/// "4 nieuw, signalen eerst".
#[must_use]
pub fn new(count: usize) -> String {
    format!("{count} nieuw · signalen eerst")
}

/// "vrijdag, middag"; the time only where it is urgent.
#[must_use]
pub fn moment(at: DateTime<Utc>, urgent: bool) -> String {
    if urgent { when::day_time(at) } else { format!("{}, {}", when::day(when::day_of(at)), when::part_of_day(at)) }
}

/// "Wat Jamila denkt".
#[must_use]
pub fn thinks(name: &str) -> String {
    format!("Wat {name} denkt")
}

/// "Gezien door Ineke".
#[must_use]
pub fn seen_by(name: &str) -> String {
    format!("Gezien door {name}")
}

/// "Vraag van Ineke".
#[must_use]
pub fn asked_by(name: &str) -> String {
    format!("Vraag van {name}")
}

/// "Antwoord van Jamila".
#[must_use]
pub fn answered_by(name: &str) -> String {
    format!("Antwoord van {name}")
}

/// "Gezien: Koffie, Lindehof 8"; for who hears the button without its row.
#[must_use]
pub fn mark_seen(title: &str) -> String {
    format!("Gezien: {title}")
}

/// "Gebeld met de wijkagent, vandaag 14:03".
#[must_use]
pub fn called(called: &Called) -> String {
    format!("Gebeld met {}, {}", called.whom, when::day_time(called.at))
}

/// "Laatste nieuws: 3 dagen geleden".
#[must_use]
pub fn last_news(at: DateTime<Utc>) -> String {
    format!("Laatste nieuws: {}", when::ago(when::day_of(at)))
}

/// "30 minuten".
#[must_use]
pub fn minutes(minutes: u16) -> String {
    format!("{minutes} minuten")
}

/// "Link voor Fatma".
#[must_use]
pub fn link_for(name: &str) -> String {
    format!("Link voor {name}")
}

/// How long a link works.
#[must_use]
pub fn link_until(at: DateTime<Utc>) -> String {
    format!("Werkt één keer, tot {} {}.", when::long_day(when::day_of(at)), when::time(at))
}

/// What to do with it.
#[must_use]
pub fn link_do(name: &str) -> String {
    format!("Laat {name} deze code scannen met de telefoon. Of stuur de link.")
}

/// What it is worth.
#[must_use]
pub fn link_secret(name: &str) -> String {
    format!("Wie deze link heeft, kan zich aanmelden als {name}. Je ziet hem maar één keer.")
}

/// "Nieuwe link voor Fatma"; for who hears the button without its row.
#[must_use]
pub fn new_link_for(name: &str) -> String {
    format!("Nieuwe link voor {name}")
}
