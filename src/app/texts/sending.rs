//! Versturen, and what an entry is called in a list.

use chrono::{DateTime, Utc};

use super::labels;
use crate::app::when;
use crate::domain::body::Verdict;
use crate::domain::{Body, Caseload, Entry};
use crate::sync::engine::{Fault, Fetching, Status};

say! {
    title_words = "Versturen", "Send";
    all_sent = "Alles verstuurd", "Everything sent";
    nothing_waits = "Er wacht niets op deze telefoon.", "Nothing waits on this phone.";
    try_now = "Nu proberen", "Try now";
    waits_words = "Dit wacht nog", "This still waits";
    elsewhere = "Dit zijn aantekeningen van een andere buurt. Ook die worden vanzelf verstuurd.", "These are entries of another neighbourhood. They are sent by themselves, too.";
    newer = "Nieuwer dan deze app", "Newer than this app";
    closed = "Iets uit een gesloten logboek", "Something from a closed journal";
    on_this_phone = "Op deze telefoon", "On this phone";
    being_sent = "Wordt verstuurd", "Being sent";
    versions = "Twee versies: kies", "Two versions: choose";
    held = "Kon niet verwerkt worden", "Could not be processed";
    sign_in_needed = "Inloggen nodig", "Sign in";
    storage_fails = "Opslag geeft problemen", "Storage has problems";
    no_internet = "Geen internet", "No internet";
    not_fetched = "Ophalen lukt nog niet", "Can’t fetch yet";
    update_needed = "Bijwerken nodig", "Update needed";
    fetching_short = "Ophalen", "Fetching";
    sign_in = "Opnieuw inloggen nodig", "You need to sign in again";
    sign_in_why = "Het kantoor kent deze telefoon niet meer, of je bent te lang weg geweest. Wat hier wacht, blijft veilig bewaard.", "The office does not know this phone any more, or you were away too long. What waits here is safely kept.";
    sign_in_do = "Op slot doen en inloggen", "Lock and sign in";
    old = "Er wacht werk dat ouder is dan een dag. Zoek een plek met internet. Lukt het dan nog niet? Bel het kantoor.", "Some work has waited for more than a day. Find a place with internet. Does that not help? Call the office.";
    restored = "De server van het kantoor is hersteld uit een oudere kopie. Je telefoon stuurt opnieuw wat daar mist. Er gaat niets verloren en je hoeft niets te doen.", "The server of the office was restored from an older copy. Your phone sends again what is missing there. Nothing gets lost and you don’t have to do anything.";
    outdated = "Deze app is te oud om nieuws van het kantoor op te halen. Wat je opschrijft, wordt gewoon verstuurd. Werk de app bij zodra er een nieuwe versie klaar is.", "This app is too old to get news from the office. What you write down is still sent. Update the app as soon as a new version is ready.";
    offline = "Er is geen internet. Alles is veilig bewaard en wordt vanzelf verstuurd zodra het kan.", "There is no internet. Everything is safely kept and is sent by itself as soon as possible.";
    server = "De server van het kantoor heeft een storing. Alles is veilig bewaard. We proberen het vanzelf opnieuw.", "The server of the office has a problem. Everything is safely kept. We try again by ourselves.";
    store = "Je telefoon kan niet goed opslaan. Maak ruimte vrij en probeer het opnieuw.", "Your phone can’t save well. Make room and try again.";
    under_way = "We zijn aan het versturen.", "We are sending it.";
    soon = "Het wordt zo vanzelf verstuurd.", "It will soon be sent by itself.";
    fetching_words = "De buurt wordt opgehaald", "Getting the neighbourhood";
    fetching_starts = "We vragen het kantoor wat er is.", "We are asking the office what there is.";
    fetching_stuck = "Het lukt nu even niet. Wat er al is, blijft staan. We gaan vanzelf verder.", "It does not work just now. What is here already stays. We go on by ourselves.";

    storage = "Opslag op deze telefoon", "Storage on this phone";
    kept = "Deze telefoon bewaart je werk, ook als de opslag vol raakt.", "This phone keeps your work, also when the storage gets full.";
    not_kept = "Als je telefoon vol raakt, kan de browser gegevens van deze app wissen. Verstuur daarom op tijd.", "If your phone gets full, the browser may wipe data of this app. So send in time.";
    keep = "Vraag de browser om alles te bewaren", "Ask the browser to keep everything";
    not_granted = "De browser zegt nog nee. Zet de app op je beginscherm en probeer het daarna opnieuw.", "The browser still says no. Put the app on your home screen and then try again.";
    unknown_kept = "Deze browser kan niet zeggen of je werk bewaard blijft als de opslag vol raakt. Verstuur daarom op tijd.", "This browser can’t say whether your work is kept when the storage gets full. So send in time.";
}

/// "Verstuurd 14:03", "Verstuurd gisteren".
#[must_use]
pub fn sent(when: &str) -> String {
    tell!("Verstuurd {when}", "Sent {when}")
}

/// "Gezien door Bert".
#[must_use]
pub fn seen_by(name: &str) -> String {
    tell!("Gezien door {name}", "Seen by {name}")
}

/// "Vraag van Bert".
#[must_use]
pub fn question_of(name: &str) -> String {
    tell!("Vraag van {name}", "Question from {name}")
}

/// "Inloggen nodig, 3 veilig bewaard".
#[must_use]
pub fn sign_in_keeps(waiting: usize) -> String {
    tell!("Inloggen nodig, {waiting} veilig bewaard", "Sign in, {waiting} safely kept")
}

/// "3 apart gelegd".
#[must_use]
pub fn set_aside(count: usize) -> String {
    tell!("{count} apart gelegd", "{count} set aside")
}

/// "1 wacht", "3 wachten".
#[must_use]
pub fn wait(waiting: usize) -> String {
    if waiting == 1 { both!("1 wacht", "1 waits").to_owned() } else { tell!("{waiting} wachten", "{waiting} wait") }
}

/// "3 wachten (geen internet)".
#[must_use]
pub fn wait_offline(waiting: usize) -> String {
    tell!("{} (geen internet)", "{} (no internet)", wait(waiting))
}

/// "3 aantekeningen wachten".
#[must_use]
pub fn waits(waiting: usize) -> String {
    if waiting == 1 {
        both!("1 aantekening wacht", "1 entry waits").to_owned()
    } else {
        tell!("{waiting} aantekeningen wachten", "{waiting} entries wait")
    }
}

/// "En nog 3."
#[must_use]
pub fn and_more(more: usize) -> String {
    tell!("En nog {more}.", "And {more} more.")
}

/// Why it waits.
#[must_use]
pub fn why(status: &Status) -> &'static str {
    match status {
        Status { sign_in: true, .. } => sign_in_why(),
        Status { fault: Some(Fault::Offline), .. } => offline(),
        Status { fault: Some(Fault::Store), .. } => store(),
        Status { fault: Some(Fault::Status(..) | Fault::Broken), .. } => server(),
        Status { pushing: true, .. } => under_way(),
        _ => soon(),
    }
}

/// "1.500 van 8.000 opgehaald."
#[must_use]
pub fn fetching(far: Fetching, stuck: bool) -> String {
    let how_far = match far {
        Fetching { of: 0, .. } if stuck => String::new(),
        Fetching { of: 0, .. } => fetching_starts().to_owned(),
        Fetching { held, of } => tell!("{} van {} opgehaald.", "{} of {} fetched.", thousands(held), thousands(of)),
    };
    if stuck { format!("{how_far} {}", fetching_stuck()).trim_start().to_owned() } else { how_far }
}

/// "8.000".
fn thousands(number: u64) -> String {
    if number < 1_000 { number.to_string() } else { tell!("{}.{:03}", "{},{:03}", thousands(number / 1_000), number % 1_000) }
}

/// "In gebruik: 4 MB".
#[must_use]
pub fn usage(bytes: f64) -> String {
    tell!("In gebruik: {} MB", "In use: {} MB", (bytes / 1_000_000.0).ceil())
}

/// "Sinds vandaag 14:20".
#[must_use]
pub fn since(entry: &Entry) -> String {
    entry.payload.as_ref().map_or_else(String::new, |payload| since_when(payload.written_at))
}

/// "Sinds vandaag 14:20", of any moment.
#[must_use]
pub fn since_when(at: DateTime<Utc>) -> String {
    tell!("Sinds {}", "Since {}", when::day_time(at))
}

/// What an entry is, in a few words.
#[must_use]
pub fn what(body: &Body) -> String {
    match body {
        Body::Visit(visit) => labels::contact(visit.kind, visit.outcome),
        Body::Concern(concern) => tell!("Signaal {}", "Signal {}", labels::tile(concern.tile)),
        Body::Place(_) => both!("Plek", "Place").to_owned(),
        Body::PlaceHidden(_) => both!("Plek weggehaald", "Place taken away").to_owned(),
        Body::Household(_) => super::noting::household_begun().to_owned(),
        Body::HouseholdEnded(ended) => labels::ending(ended.why).to_owned(),
        Body::Person(_) => both!("Persoon", "Person").to_owned(),
        Body::Change(_) => both!("Wijziging van een signaal", "Change of a signal").to_owned(),
        Body::Correction(_) => both!("Aanvulling bij een contact", "Addition to a contact").to_owned(),
        Body::Rewording(_) => both!("Signaal verbeterd", "Signal corrected").to_owned(),
        Body::Withdrawal(_) => both!("Ongedaan gemaakt", "Undone").to_owned(),
        Body::Review(review) if review.verdict == Verdict::Seen => both!("Gezien", "Seen").to_owned(),
        Body::Review(_) => both!("Vraag", "Question").to_owned(),
        Body::Called(_) => both!("Gebeld over een signaal", "Called about a signal").to_owned(),
        Body::Flame(_) => both!("Hoe vaak langs", "How often we come by").to_owned(),
        Body::Staff(_) => both!("Collega", "Colleague").to_owned(),
        Body::Building(building) => labels::building(building.kind).to_owned(),
        Body::Behind(_) => both!("Deur gevonden", "Door found").to_owned(),
        Body::Known(_) => both!("Goed om te weten", "Good to know").to_owned(),
        Body::NoContact(_) => both!("Wil geen contact", "Wants no contact").to_owned(),
        Body::Told(_) => both!("Verteld dat je iets opschrijft", "Told that you write things down").to_owned(),
        Body::Settled(_) => both!("Wat ervan kwam", "What came of it").to_owned(),
        Body::Gesture(_) => both!("Klein gebaar", "Small gesture").to_owned(),
        Body::Tie(_) => both!("Verbinding", "Tie").to_owned(),
        Body::Referral(_) => both!("Hulp gevraagd", "Help asked for").to_owned(),
        Body::ReferralStep(_) => both!("Hoe het met de hulp staat", "How the help is going").to_owned(),
        Body::Consent(_) => both!("Toestemming", "Consent").to_owned(),
        Body::Objection(_) => both!("Klopt niet, zegt de bewoner", "Not right, says the resident").to_owned(),
        // What it is about stays between those who may read it.
        Body::Guarded(_) | Body::MeldcodeStep(_) | Body::Founding(_) | Body::Reader(_) => closed().to_owned(),
        Body::WorkingDays(_) | Body::Absence(_) => both!("Je werkdagen", "Your working days").to_owned(),
        Body::PutOff(_) => both!("Vandaag niet", "Not today").to_owned(),
        Body::HelpLine(_) => both!("Wie je belt", "Whom you call").to_owned(),
        Body::PartyContact(_) => both!("Partij", "Party").to_owned(),
        Body::Unknown { .. } => newer().to_owned(),
    }
}

/// What an entry is and where: "Koffie, alles goed, Lindehof 12".
#[must_use]
pub fn title(caseload: &Caseload, entry: &Entry) -> String {
    let Some(payload) = &entry.payload else { return newer().to_owned() };
    // Where it is, is said at the door only.
    if matches!(payload.body, Body::Guarded(_)) {
        return what(&payload.body);
    }
    let place = caseload.place_of(payload.subject).map(|place| caseload.place_name(place)).unwrap_or_default();
    if place.is_empty() { what(&payload.body) } else { format!("{}, {place}", what(&payload.body)) }
}
