//! The help page: how it works, in the app and without a signal. Short sentences; a colleague who is learning Dutch reads this, too.

use chrono::{Datelike as _, NaiveDate};

use crate::app::when;
use crate::domain::body::HelpLine;

say! {
    title = "Hulp", "Help";
    lead = "Deze bladzijde werkt ook zonder internet.", "This page works without internet, too.";
    call = "Wie bel je?", "Whom do you call?";
    call_first = "Is er nu gevaar? Bel eerst. Noteren kan daarna.", "Is there danger now? Call first. You can note it afterwards.";
    states = "Wat staat er bij een aantekening?", "What does it say beside an entry?";
    never = "Dit schrijf je nooit op", "Never write this down";
    never_why = "De app kan dit niet allemaal zien. Jij wel. Een bewoner mag altijd lezen wat er over hem of haar staat.", "The app can’t see all of this. You can. A resident may always read what is written about them.";
}

/// A part of the page: what it is about, and its sentences in order.
pub type Part = (&'static str, &'static [&'static str]);

/// How to do what.
#[must_use]
pub fn parts() -> [Part; 6] {
    [
        (
            both!("Zo noteer je een contact", "How to note a contact"),
            both!(
                &[
                    "Tik bij een deur op “Noteer”.",
                    "Kies wat het was, bijvoorbeeld “Koffie, alles goed”. Meer hoeft niet: het is bewaard.",
                    "Wil je er iets bij schrijven? Tik op “Aanvullen”.",
                    "Was het fout? Tik op “Ongedaan maken”. In het logboek blijft staan dat het er was.",
                    "Was er niemand thuis? Noteer dat ook. Proberen is ook werk.",
                ],
                &[
                    "At a door, tap “Note”.",
                    "Choose what it was, for example “Coffee, all well”. You need no more: it is saved.",
                    "Do you want to write something with it? Tap “Add to it”.",
                    "Was it wrong? Tap “Undo”. The journal still says that it was there.",
                    "Was nobody at home? Note that, too. Trying is work, too.",
                ],
            ),
        ),
        (
            both!("Je maakt je zorgen", "You are worried"),
            both!(
                &[
                    "Tik bij de deur op “Ik maak me zorgen” en kies waar het over gaat.",
                    "Schrijf op wat je zag of hoorde. Wat je zelf denkt, schrijf je apart op.",
                    "Kies hoe ernstig het is. Bij “Nu” staan de telefoonnummers bovenaan.",
                    "Een signaal blijft open tot iemand opschrijft wat ervan kwam.",
                ],
                &[
                    "At the door, tap “I am worried” and choose what it is about.",
                    "Write down what you saw or heard. What you think yourself, you write down apart from it.",
                    "Choose how serious it is. With “Now” the phone numbers are at the top.",
                    "A signal stays open until somebody writes down what came of it.",
                ],
            ),
        ),
        (
            both!("Vandaag", "Today"),
            both!(
                &[
                    "Bij elke deur staat waarom je er langs gaat.",
                    "Een belofte blijft staan tot je iemand hebt gesproken. Niemand thuis? Dan staat erbij hoe vaak het is geprobeerd.",
                    "Kan het vandaag niet? Tik op “Vandaag niet”. Op je volgende werkdag staat de deur er weer.",
                    "Ben je vrij of weg? Zet dat bij “Meer”. Je collega ziet dan jouw beloften en signalen.",
                ],
                &[
                    "At each door it says why you come by.",
                    "A promise stays until you have spoken to somebody. Nobody at home? Then it says how often somebody tried.",
                    "Is it not a good day for it? Tap “Not today”. On your next working day it is there again.",
                    "Are you off or away? Say so under “More”. Your colleague then sees your promises and signals.",
                ],
            ),
        ),
        (
            both!("Geen internet", "No internet"),
            both!(
                &[
                    "Alles werkt gewoon. Wat je noteert, staat op je telefoon en wordt vanzelf verstuurd.",
                    "Bovenaan staat hoeveel er nog wacht. Ook als de app op slot is, gaat versturen door.",
                    "Wacht er langer dan een dag iets? Zoek dan een plek met internet.",
                ],
                &[
                    "Everything just works. What you note is on your phone and is sent by itself.",
                    "At the top it says how much still waits. Sending goes on while the app is locked, too.",
                    "Does something wait for more than a day? Then find a place with internet.",
                ],
            ),
        ),
        (
            both!("Je telefoon is weg of kapot", "Your phone is lost or broken"),
            both!(
                &[
                    "Bel meteen je leidinggevende of de beheerder. Die zorgt dat je telefoon niets nieuws meer krijgt.",
                    "Wie je telefoon vindt, kan niets lezen. Daarvoor zijn jouw vijf woorden nodig.",
                    "Wat al verstuurd is, blijft bewaard. Log op een andere telefoon in met je naam en je vijf woorden.",
                    "Wat nog op de verloren telefoon wachtte, is alleen daar. Noteer opnieuw wat je nog weet.",
                ],
                &[
                    "Call your supervisor or the administrator at once. They make sure that your phone gets nothing new any more.",
                    "Who finds your phone can’t read anything. For that you need your five words.",
                    "What was sent already is kept. Sign in on another phone with your name and your five words.",
                    "What still waited on the lost phone is only there. Note again what you still know.",
                ],
            ),
        ),
        (
            both!("Je weet je vijf woorden niet meer", "You forgot your five words"),
            both!(
                &[
                    "Bel de beheerder. Je krijgt een nieuwe link en nieuwe woorden.",
                    "Laat de app op je telefoon staan. Dan wordt nog verstuurd wat wacht.",
                ],
                &[
                    "Call the administrator. You get a new link and new words.",
                    "Leave the app on your phone. Then what still waits is sent.",
                ],
            ),
        ),
    ]
}

/// What stands beside an entry, with its icon, and what it means.
#[must_use]
pub fn state_words() -> [(&'static str, &'static str, &'static str); 8] {
    [
        (
            "edit",
            both!("Nog niet af", "Not finished yet"),
            both!("Je was begonnen. Je kunt verder waar je was.", "You had begun. You can go on where you were."),
        ),
        (
            "phone-device",
            both!("Op deze telefoon", "On this phone"),
            both!("Veilig bewaard, nog niet verstuurd.", "Safely kept, not sent yet."),
        ),
        (
            "sync",
            both!("Wordt verstuurd", "Being sent"),
            both!("Het is onderweg naar het kantoor.", "It is on its way to the office."),
        ),
        ("check", both!("Verstuurd", "Sent"), both!("Het kantoor heeft het.", "The office has it.")),
        ("eye", both!("Gezien door …", "Seen by …"), both!("Je leidinggevende heeft het gelezen.", "Your supervisor read it.")),
        (
            "question",
            both!("Vraag van …", "Question from …"),
            both!(
                "Je leidinggevende wil iets weten. Geef antwoord bij de deur.",
                "Your supervisor wants to know something. Answer at the door."
            ),
        ),
        (
            "versions",
            both!("Twee versies: kies", "Two versions: choose"),
            both!(
                "Twee mensen hebben hetzelfde veranderd. Kies wat klopt. Er is niets kwijt.",
                "Two people changed the same thing. Choose what is right. Nothing is lost."
            ),
        ),
        (
            "alert",
            both!("Kon niet verwerkt worden", "Could not be processed"),
            both!(
                "Kijk bij “Versturen” wat je kunt doen. Je tekst is er nog.",
                "Look under “Send” what you can do. Your text is still there."
            ),
        ),
    ]
}

/// What is never written down.
#[must_use]
pub fn never_words() -> [&'static str; 6] {
    [
        both!("een BSN (burgerservicenummer)", "a BSN (citizen service number)"),
        both!("een ziekte of diagnose: schrijf op wat je zag", "an illness or diagnosis: write down what you saw"),
        both!("afkomst, geloof, of iets strafbaars dat iemand deed", "origin, religion, or something criminal that somebody did"),
        both!("een sleutelcode, of waar een sleutel ligt", "a key code, or where a key is"),
        both!("een foto van een bewoner", "a photo of a resident"),
        both!(
            "wie iets over een ander vertelde, als dat niet nodig is",
            "who told something about somebody else, if that is not needed"
        ),
    ]
}

/// What stands beside a number.
#[must_use]
pub fn beside(line: &HelpLine) -> String {
    let english = if line.english.is_empty() { &line.shown } else { &line.english };
    both!(&line.shown, english).clone()
}

/// When the numbers were last checked.
#[must_use]
pub fn checked(day: Option<NaiveDate>) -> String {
    day.map_or_else(
        || both!("Nog niet gecontroleerd.", "Not checked yet.").to_owned(),
        |day| {
            let (on, year) = (when::long_day(day), day.year());
            tell!("Deze nummers zijn gecontroleerd op {on} {year}.", "These numbers were checked on {on} {year}.")
        },
    )
}
