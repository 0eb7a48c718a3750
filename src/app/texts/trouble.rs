//! What is said when something does not go its usual way: an entry set apart, a neighbourhood taken back, a phone that keeps nothing.

use crate::store::OutboxState;
use crate::sync::wire::Reason;

say! {
    SET_ASIDE = "Apart gelegd";
    NOTHING_ELSE = "Verder wacht er niets op deze telefoon.";
    UNREADABLE = "Een aantekening die niet meer te lezen is";
    QUARANTINED = "Kon niet verwerkt worden";
    QUARANTINED_DO = "Het kantoor heeft je tekst en zoekt uit wat ermee moet. Jij hoeft niets te doen.";
    SEEN_TO = "Gezien, haal weg van mijn telefoon";
    REFUSED = "Niet aangenomen";
    REFUSED_DO = "Deze aantekening staat alleen op deze telefoon. Schrijf hem opnieuw op, of bel het kantoor.";
    SEND_AGAIN = "Nog eens versturen";
    THROW_AWAY = "Weggooien";
    SURE = "Weet je het zeker? Het kantoor heeft deze aantekening niet. Weg is weg.";
    THROW_AWAY_YES = "Ja, gooi weg";
    THROW_AWAY_NO = "Nee, bewaar hem";

    GOING = "Wat je hier nog had staan, gaat eerst naar het kantoor. Daarna haalt de app alles van deze buurt van je telefoon.";
    GONE = "Wat je hier nog had staan, is naar het kantoor gestuurd. Alles van deze buurt is van je telefoon gehaald. Klopt dit niet? Bel het kantoor.";
    UNDERSTOOD = "Begrepen";
    NO_NEIGHBOURHOOD = "Je hebt nu geen buurt";
    NO_NEIGHBOURHOOD_DO = "Vraag de beheerder om een buurt voor je aan te zetten.";
}

/// Why an entry was set apart.
#[must_use]
pub fn why(state: OutboxState) -> &'static str {
    let OutboxState::Quarantined { reason, .. } = state else {
        return "Het kantoor kon dit niet openen. Waarschijnlijk is het op je telefoon beschadigd geraakt.";
    };
    match reason {
        Reason::NotAnEntry | Reason::WrongNumber => "Het kantoor kan deze aantekening niet lezen.",
        Reason::UnknownType => "Je app is nieuwer dan de server van het kantoor. Die kent dit soort aantekening nog niet.",
        Reason::NotAllowed => "Met jouw rol mag je dit hier niet opschrijven.",
        Reason::NoGrant => "Je hebt geen toegang meer tot deze buurt.",
        Reason::IdTaken => "Het kantoor heeft al een andere aantekening met hetzelfde nummer.",
    }
}

/// "Je hebt geen toegang meer tot Lindebuurt".
#[must_use]
pub fn taken_back(neighbourhood: &str) -> String {
    format!("Je hebt geen toegang meer tot {neighbourhood}")
}
