//! What is said when something does not go its usual way: an entry set apart, a neighbourhood taken back, a phone that keeps nothing.

use crate::store::OutboxState;
use crate::sync::wire::Reason;

say! {
    set_aside = "Apart gelegd", "Set aside";
    nothing_else = "Verder wacht er niets op deze telefoon.", "Nothing else waits on this phone.";
    unreadable = "Een aantekening die hier niet te lezen is", "An entry that can’t be read here";
    quarantined = "Kon niet verwerkt worden", "Could not be processed";
    quarantined_do = "Het kantoor heeft je tekst en zoekt uit wat ermee moet gebeuren. Jij hoeft niets te doen.", "The office has your text and finds out what to do with it. You don’t have to do anything.";
    seen_to = "Gezien, haal weg van mijn telefoon", "Seen, take it off my phone";
    refused = "Niet aangenomen", "Not accepted";
    refused_do = "Deze aantekening staat alleen op deze telefoon. Schrijf hem opnieuw op, of bel het kantoor.", "This entry is only on this phone. Write it down again, or call the office.";
    send_again = "Nog eens versturen", "Send again";
    throw_away = "Weggooien", "Throw away";
    sure = "Weet je het zeker? Het kantoor heeft deze aantekening niet. Straks is hij echt weg.", "Are you sure? The office does not have this entry. Then it is really gone.";
    throw_away_yes = "Ja, gooi weg", "Yes, throw away";
    throw_away_no = "Nee, bewaar hem", "No, keep it";

    going = "Wat hier nog wachtte, gaat eerst naar het kantoor. Daarna haalt de app alles van deze buurt van je telefoon.", "What still waited here goes to the office first. Then the app takes everything of this neighbourhood off your phone.";
    gone = "Wat hier nog wachtte, is naar het kantoor gestuurd. Alles van deze buurt is van je telefoon gehaald. Klopt dit niet? Bel het kantoor.", "What still waited here was sent to the office. Everything of this neighbourhood was taken off your phone. Is this not right? Call the office.";
    understood = "Begrepen", "Understood";
    not_saved = "Opslaan lukt niet", "It can’t be saved";
    no_room = "Je telefoon is vol.", "Your phone is full.";
    no_storage = "De opslag van je telefoon doet het niet.", "The storage of your phone does not work.";
    still_here = "Dit is nog nergens bewaard. Je tekst staat er nog. Wat wil je doen?", "This is not saved anywhere yet. Your text is still there. What do you want to do?";
    nowhere = "Een aantekening is nog nergens bewaard. Sluit de app niet. Wat wil je doen?", "An entry is not saved anywhere yet. Do not close the app. What do you want to do?";
    later = "Later", "Later";
    send_now = "Nu versturen", "Send now";
    as_file = "Bewaar als bestand", "Save as a file";
    back_to_text = "Terug naar mijn tekst", "Back to my text";
    sending = "We zijn aan het versturen.", "We are sending it.";
    not_sent = "Versturen lukte niet. Er is niets kwijt. Probeer het opnieuw als je internet hebt, of bewaar het als bestand.", "It could not be sent. Nothing is lost. Try again when you have internet, or save it as a file.";
    sent = "Verstuurd. Het kantoor heeft het. Op deze telefoon is het niet bewaard.", "Sent. The office has it. It is not kept on this phone.";
    filed = "Het bestand staat bij je downloads. Alleen het kantoor kan het openen. Stuur het naar het kantoor: tot dan weet niemand dit.", "The file is with your downloads. Only the office can open it. Send it to the office: until then nobody knows this.";
    done = "Klaar", "Done";
    at_the_office = "Verstuurd naar het kantoor", "Sent to the office";
    at_the_office_why = "Op deze telefoon is het niet bewaard.", "It is not kept on this phone.";
    in_a_file = "Bewaard in een bestand", "Saved in a file";
    in_a_file_why = "Stuur het bestand naar het kantoor. Op deze telefoon is het niet bewaard.", "Send the file to the office. It is not kept on this phone.";
    almost_full = "Opslag bijna vol", "Storage almost full";
    almost_full_do = "Verstuur wat wacht. Maak daarna ruimte op je telefoon. Haal foto's of apps weg die je niet nodig hebt.", "Send what waits. Then make room on your phone. Take away photos or apps that you don’t need.";
    nothing_kept = "Deze browser bewaart hier niets", "This browser keeps nothing here";
    nothing_kept_do = "Misschien is dit een privévenster, of mogen sites niets bewaren. Open de app in een gewoon venster. Dan kun je inloggen.", "Maybe this is a private window, or sites are not allowed to keep anything. Open the app in a normal window. Then you can sign in.";

    no_neighbourhood = "Je hebt nu geen buurt", "You have no neighbourhood now";
    no_neighbourhood_do = "Vraag de beheerder om een buurt voor je aan te zetten.", "Ask the administrator to turn on a neighbourhood for you.";
}

/// Why an entry was set apart.
#[must_use]
pub fn why(state: OutboxState) -> &'static str {
    let OutboxState::Quarantined { reason, .. } = state else {
        return both!(
            "Het kantoor kon dit niet openen. Waarschijnlijk is het op je telefoon beschadigd geraakt.",
            "The office could not open this. It was probably damaged on your phone."
        );
    };
    match reason {
        Reason::NotAnEntry | Reason::WrongNumber => {
            both!("Het kantoor kan deze aantekening niet lezen.", "The office can’t read this entry.")
        }
        Reason::UnknownType => both!(
            "Je app is nieuwer dan de server van het kantoor. Die kent dit soort aantekening nog niet.",
            "Your app is newer than the server of the office. That does not know this kind of entry yet."
        ),
        Reason::NotAllowed => {
            both!("Met jouw rol mag je dit hier niet opschrijven.", "With your role you may not write this down here.")
        }
        Reason::NoGrant => {
            both!("Je hebt geen toegang meer tot deze buurt.", "You have no access to this neighbourhood any more.")
        }
        Reason::IdTaken => both!(
            "Het kantoor heeft al een andere aantekening met hetzelfde nummer.",
            "The office already has another entry with the same number."
        ),
    }
}

/// "Je hebt geen toegang meer tot Lindebuurt".
#[must_use]
pub fn taken_back(neighbourhood: &str) -> String {
    tell!("Je hebt geen toegang meer tot {neighbourhood}", "You have no access to {neighbourhood} any more")
}
