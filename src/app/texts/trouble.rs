//! What is said when something does not go its usual way: an entry set apart, a neighbourhood taken back, a phone that keeps nothing.

use crate::store::OutboxState;
use crate::sync::wire::Reason;

say! {
    SET_ASIDE = "Apart gelegd";
    NOTHING_ELSE = "Verder wacht er niets op deze telefoon.";
    UNREADABLE = "Een aantekening die hier niet te lezen is";
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
    NOT_SAVED = "Opslaan lukt niet";
    NO_ROOM = "Je telefoon is vol.";
    NO_STORAGE = "De opslag van je telefoon doet het niet.";
    STILL_HERE = "Dit is nog nergens bewaard. Je tekst staat er nog. Wat wil je doen?";
    NOWHERE = "Een aantekening is nog nergens bewaard. Sluit de app niet af. Wat wil je doen?";
    LATER = "Later";
    SEND_NOW = "Nu versturen";
    AS_FILE = "Bewaar als bestand";
    BACK_TO_TEXT = "Terug naar mijn tekst";
    SENDING = "We zijn aan het versturen.";
    NOT_SENT = "Versturen lukte niet. Er is nog niets weg. Probeer het opnieuw als je internet hebt, of bewaar het als bestand.";
    SENT = "Verstuurd. Het kantoor heeft het. Op deze telefoon is het niet bewaard.";
    FILED = "Het bestand staat bij je downloads. Alleen het kantoor kan het openen. Stuur het naar het kantoor: tot dan weet niemand dit.";
    DONE = "Klaar";
    AT_THE_OFFICE = "Verstuurd naar het kantoor";
    AT_THE_OFFICE_WHY = "Op deze telefoon is het niet bewaard.";
    IN_A_FILE = "Bewaard in een bestand";
    IN_A_FILE_WHY = "Stuur het bestand naar het kantoor. Op deze telefoon is het niet bewaard.";
    ALMOST_FULL = "Opslag bijna vol";
    ALMOST_FULL_DO = "Verstuur wat wacht. Maak daarna ruimte op je telefoon: haal foto's of apps weg die je niet nodig hebt.";
    NOTHING_KEPT = "Deze browser bewaart hier niets";
    NOTHING_KEPT_DO = "Misschien is dit een privévenster, of mogen sites niets bewaren. Open de app in een gewoon venster. Dan kun je inloggen.";

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
