//! The help page: how it works, in the app and without a signal. Short sentences; a colleague who is learning Dutch reads this, too.

use chrono::Datelike as _;

use crate::app::when;
use crate::domain::help_lines::LAST_CHECKED;

say! {
    title = "Hulp";
    lead = "Deze bladzijde werkt ook zonder internet.";
    call = "Wie bel je?";
    call_first = "Is er nu gevaar? Bel eerst. Noteren kan daarna.";
    states = "Wat staat er bij een aantekening?";
    never = "Dit schrijf je nooit op";
    never_why = "De app kan dit niet allemaal zien. Jij wel. Een bewoner mag altijd lezen wat er over hem staat.";
}

/// A part of the page: what it is about, and its sentences in order.
pub type Part = (&'static str, &'static [&'static str]);

/// How to do what.
pub const PARTS: &[Part] = &[
    (
        "Zo noteer je een contact",
        &[
            "Tik bij een deur op “Noteer”.",
            "Kies wat het was, bijvoorbeeld “Koffie, alles goed”. Meer hoeft niet: het is bewaard.",
            "Wil je er iets bij schrijven? Tik op “Aanvullen”.",
            "Was het fout? Tik op “Ongedaan maken”. In het logboek blijft staan dat het er was.",
            "Was er niemand thuis? Noteer dat ook. Een poging is werk en telt.",
        ],
    ),
    (
        "Je maakt je zorgen",
        &[
            "Tik bij de deur op “Ik maak me zorgen” en kies waar het over gaat.",
            "Schrijf op wat je zag of hoorde. Wat je zelf denkt, schrijf je apart op.",
            "Kies hoe ernstig het is. Bij “Nu” staan de telefoonnummers bovenaan.",
            "Een signaal blijft open tot iemand opschrijft wat ervan kwam.",
        ],
    ),
    (
        "Vandaag",
        &[
            "Bij elke deur staat waarom hij in de lijst staat.",
            "Een belofte blijft staan tot je iemand hebt gesproken. Niemand thuis? Dan staat erbij hoe vaak het is geprobeerd.",
            "Komt het niet uit? Tik op “Vandaag niet”. Je volgende werkdag staat hij er weer.",
            "Ben je vrij of weg? Zet dat bij “Meer”. Je collega ziet dan jouw beloften en signalen.",
        ],
    ),
    (
        "Geen internet",
        &[
            "Alles werkt gewoon. Wat je noteert, staat op je telefoon en wordt vanzelf verstuurd.",
            "Bovenaan staat hoeveel er nog wacht. Ook als de app op slot is, gaat versturen door.",
            "Wacht er langer dan een dag iets? Zoek dan een plek met internet.",
        ],
    ),
    (
        "Je telefoon is weg of kapot",
        &[
            "Bel meteen je leidinggevende of de beheerder. Die zorgt dat je telefoon niets nieuws meer krijgt.",
            "Wie je telefoon vindt, kan niets lezen. Daarvoor zijn jouw vijf woorden nodig.",
            "Wat al verstuurd is, raakt niet weg. Log op een andere telefoon in met je naam en je vijf woorden.",
            "Wat nog op de verloren telefoon wachtte, is alleen daar. Noteer opnieuw wat je nog weet.",
        ],
    ),
    (
        "Je weet je vijf woorden niet meer",
        &[
            "Bel de beheerder. Je krijgt een nieuwe link en nieuwe woorden.",
            "Haal de app niet van je telefoon. Wat nog wacht, wordt dan nog verstuurd.",
        ],
    ),
];

/// What stands beside an entry, with its icon, and what it means.
pub const STATE_WORDS: &[(&str, &str, &str)] = &[
    ("edit", "Nog niet af", "Je was begonnen. Je kunt verder waar je was."),
    ("phone-device", "Op deze telefoon", "Veilig bewaard, nog niet verstuurd."),
    ("sync", "Wordt verstuurd", "Het is onderweg naar het kantoor."),
    ("check", "Verstuurd", "Het kantoor heeft het."),
    ("eye", "Gezien door …", "Je leidinggevende heeft het gelezen."),
    ("question", "Vraag van …", "Je leidinggevende wil iets weten. Geef antwoord bij de deur."),
    ("versions", "Twee versies: kies", "Twee mensen wijzigden hetzelfde. Kies wat klopt, er is niets weg."),
    ("alert", "Kon niet verwerkt worden", "Kijk bij “Versturen” wat je kunt doen. Je tekst is er nog."),
];

/// What is never written down.
pub const NEVER_WORDS: &[&str] = &[
    "een BSN (burgerservicenummer)",
    "een ziekte of diagnose: schrijf op wat je zag",
    "afkomst, geloof, of of iemand iets strafbaars deed",
    "een sleutelcode, of waar een sleutel ligt",
    "een foto van een bewoner",
    "wie iets over een ander vertelde, als dat niet nodig is",
];

/// When the numbers were last checked.
#[must_use]
pub fn checked() -> String {
    LAST_CHECKED.map_or_else(
        || "Nog niet gecontroleerd.".to_owned(),
        |day| format!("Deze nummers zijn gecontroleerd op {} {}.", when::long_day(day), day.year()),
    )
}
