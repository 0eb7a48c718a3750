//! Binnengekomen, gebruikers.

use chrono::{DateTime, Utc};

use crate::app::when;
use crate::domain::body::Called;

say! {
    INBOX = "Binnengekomen";
    NOTHING_NEW = "Alles is gezien";
    NOTHING_NEW_WHY = "Wat er nieuw binnenkomt, staat hier vanzelf.";
    CONCERNS = "Signalen";
    CONTACTS = "Contacten";
    OPEN_CONCERNS = "Loopt nog";
    OPEN_CONCERNS_WHY = "Signalen die je zag en die nog niet zijn afgerond. Waar het langst niets van gehoord is, staat boven.";
    MORE = "Meer laten zien";
    SEEN = "Gezien";
    ASK = "Vraag stellen";
    ASK_LABEL = "Je vraag";
    ASK_HINT = "Je collega ziet je vraag bij de aantekening.";
    ASK_EMPTY = "Schrijf eerst je vraag op.";
    ASK_TOO_LONG = "Deze vraag is te lang. Maak hem korter dan 20.000 tekens.";
    SEND = "Opslaan";
    CANCEL = "Annuleren";
    TO_DOOR = "Bekijk deze deur";
    BACK = "Alles wat binnenkwam";
    DETAILS = "Details";
    CHOOSE = "Kies links een aantekening om haar te lezen.";
    GONE = "Deze aantekening staat niet op deze telefoon";
    GONE_WHY = "Misschien is ze nog niet opgehaald, of hoort ze bij een andere buurt.";
    SAW = "Gezien of gehoord";
    NO_TEXT = "Er staat geen tekst bij.";
    SOURCE = "Bron";
    TOLD_BY = "Verteld door";
    OWNER = "Wie pakt het op";
    NOBODY_YET = "Nog niemand";
    NEXT_STEP = "Volgende stap";
    DUE = "Voor";
    WITH = "Met";
    WITH_COLLEAGUE = "Samen met een collega";
    YES = "Ja";
    LASTED = "Duur";
    GESTURE = "Klein gebaar";
    PROMISE = "Beloofd terug te komen";
    HEADS = "Aantal mensen";
    NOTE = "Notitie";
    REACTIONS = "Reacties";
    NOBODY_CALLED = "Nog niemand gebeld";
    UNKNOWN_PLACE = "Onbekende plek";
    YOU = "jou";
    COLLEAGUE = "een collega";
    SOMEBODY = "Een collega";

    USERS = "Gebruikers";
    WHO_IS_THERE = "Wie er is";
    FETCHING = "We halen de lijst op …";
    NEEDS_SIGNAL = "De lijst van gebruikers kan niet worden opgehaald";
    TRY_AGAIN = "Opnieuw proberen";
    LINK_OPEN = "Nog niet aangemeld";
    NEW_LINK = "Nieuwe link";
    NEW_USER = "Nieuwe medewerker";
    NAME = "Naam";
    NAME_HINT = "Zoals collega’s die kennen.";
    NAME_EMPTY = "Vul een naam in.";
    LOGIN_NAME = "Inlognaam";
    LOGIN_NAME_HINT = "Verandert nooit meer. 3 tot 40 kleine letters of cijfers, punt en streepje mag. Bijvoorbeeld jamila.k";
    LOGIN_NAME_WRONG = "Gebruik 3 tot 40 kleine letters, cijfers, punten of streepjes.";
    ROLE = "Rol";
    NEIGHBOURHOODS = "Buurten";
    NEIGHBOURHOODS_HINT = "Van deze buurten mag de medewerker alles lezen.";
    NO_NEIGHBOURHOOD = "Kies minstens één buurt.";
    MAKE_LINK = "Maak link";
    MAKING = "We maken de link …";
    WRONG = "Dit klopt nog niet";
    QR = "QR-code van de link";
    COPY = "Kopieer link";
    COPIED = "De link is gekopieerd.";
    NOT_COPIED = "Kopiëren lukte niet. Houd de link ingedrukt om hem te kopiëren.";
    DONE = "Klaar";
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
