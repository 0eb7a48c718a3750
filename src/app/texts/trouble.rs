//! What is said when something does not go its usual way: an entry set apart, a neighbourhood taken back, a phone that keeps nothing.

use crate::store::OutboxState;
use crate::sync::wire::Reason;

say! {
    set_aside = "Apart gelegd";
    nothing_else = "Verder wacht er niets op deze telefoon.";
    unreadable = "Een aantekening die hier niet te lezen is";
    quarantined = "Kon niet verwerkt worden";
    quarantined_do = "Het kantoor heeft je tekst en zoekt uit wat ermee moet. Jij hoeft niets te doen.";
    seen_to = "Gezien, haal weg van mijn telefoon";
    refused = "Niet aangenomen";
    refused_do = "Deze aantekening staat alleen op deze telefoon. Schrijf hem opnieuw op, of bel het kantoor.";
    send_again = "Nog eens versturen";
    throw_away = "Weggooien";
    sure = "Weet je het zeker? Het kantoor heeft deze aantekening niet. Weg is weg.";
    throw_away_yes = "Ja, gooi weg";
    throw_away_no = "Nee, bewaar hem";

    going = "Wat je hier nog had staan, gaat eerst naar het kantoor. Daarna haalt de app alles van deze buurt van je telefoon.";
    gone = "Wat je hier nog had staan, is naar het kantoor gestuurd. Alles van deze buurt is van je telefoon gehaald. Klopt dit niet? Bel het kantoor.";
    understood = "Begrepen";
    not_saved = "Opslaan lukt niet";
    no_room = "Je telefoon is vol.";
    no_storage = "De opslag van je telefoon doet het niet.";
    still_here = "Dit is nog nergens bewaard. Je tekst staat er nog. Wat wil je doen?";
    nowhere = "Een aantekening is nog nergens bewaard. Sluit de app niet af. Wat wil je doen?";
    later = "Later";
    send_now = "Nu versturen";
    as_file = "Bewaar als bestand";
    back_to_text = "Terug naar mijn tekst";
    sending = "We zijn aan het versturen.";
    not_sent = "Versturen lukte niet. Er is nog niets weg. Probeer het opnieuw als je internet hebt, of bewaar het als bestand.";
    sent = "Verstuurd. Het kantoor heeft het. Op deze telefoon is het niet bewaard.";
    filed = "Het bestand staat bij je downloads. Alleen het kantoor kan het openen. Stuur het naar het kantoor: tot dan weet niemand dit.";
    done = "Klaar";
    at_the_office = "Verstuurd naar het kantoor";
    at_the_office_why = "Op deze telefoon is het niet bewaard.";
    in_a_file = "Bewaard in een bestand";
    in_a_file_why = "Stuur het bestand naar het kantoor. Op deze telefoon is het niet bewaard.";
    almost_full = "Opslag bijna vol";
    almost_full_do = "Verstuur wat wacht. Maak daarna ruimte op je telefoon: haal foto's of apps weg die je niet nodig hebt.";
    nothing_kept = "Deze browser bewaart hier niets";
    nothing_kept_do = "Misschien is dit een privévenster, of mogen sites niets bewaren. Open de app in een gewoon venster. Dan kun je inloggen.";

    no_neighbourhood = "Je hebt nu geen buurt";
    no_neighbourhood_do = "Vraag de beheerder om een buurt voor je aan te zetten.";
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
