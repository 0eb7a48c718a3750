//! Versturen, and what an entry is called in a list.

use chrono::{DateTime, Utc};

use super::labels;
use crate::app::when;
use crate::domain::body::Verdict;
use crate::domain::{Body, Caseload, Entry};
use crate::sync::engine::{Fault, Fetching, Status};

say! {
    title_words = "Versturen";
    all_sent = "Alles verstuurd";
    nothing_waits = "Er wacht niets op deze telefoon.";
    try_now = "Nu proberen";
    waits_words = "Dit wacht nog";
    elsewhere = "Dit zijn aantekeningen van een andere buurt. Ook die worden vanzelf verstuurd.";
    closed = "Iets gesloten";
    on_this_phone = "Op deze telefoon";
    being_sent = "Wordt verstuurd";
    sign_in = "Opnieuw inloggen nodig";
    sign_in_why = "Het kantoor kent deze telefoon niet meer, of je bent te lang weg geweest. Wat hier wacht, blijft veilig bewaard.";
    sign_in_do = "Op slot doen en inloggen";
    old = "Er wacht werk van meer dan een dag oud. Zoek even een plek met internet, of bel het kantoor als het niet lukt.";
    restored = "De server van het kantoor is teruggezet. Je telefoon geeft terug wat daar ontbreekt. Er gaat niets verloren en je hoeft niets te doen.";
    outdated = "Deze app is te oud om nieuws van het kantoor op te halen. Wat je opschrijft, wordt gewoon verstuurd. Werk de app bij zodra er een nieuwe versie klaar is.";
    offline = "Er is geen internet. Alles is veilig bewaard en gaat vanzelf weg zodra het kan.";
    server = "De server van het kantoor heeft een storing. Alles is veilig bewaard. We proberen het vanzelf opnieuw.";
    store = "Je telefoon kan niet goed opslaan. Maak ruimte vrij en probeer het opnieuw.";
    under_way = "We zijn aan het versturen.";
    soon = "Het wordt zo vanzelf verstuurd.";
    fetching_words = "De buurt wordt opgehaald";
    fetching_starts = "We vragen het kantoor wat er is.";
    fetching_stuck = "Het lukt nu even niet. Wat er al is, blijft staan. We gaan vanzelf verder.";

    storage = "Opslag op deze telefoon";
    kept = "Deze telefoon bewaart je werk, ook als de opslag vol raakt.";
    not_kept = "Als je telefoon vol raakt, kan de browser gegevens van deze app wissen. Verstuur daarom op tijd.";
    keep = "Vraag de browser om alles te bewaren";
    not_granted = "De browser zegt nog nee. Zet de app op je beginscherm en probeer het daarna opnieuw.";
    unknown_kept = "Deze browser kan niet zeggen of je werk bewaard blijft als de opslag vol raakt. Verstuur daarom op tijd.";
}

/// "3 aantekeningen wachten".
#[must_use]
pub fn waits(waiting: usize) -> String {
    if waiting == 1 { "1 aantekening wacht".to_owned() } else { format!("{waiting} aantekeningen wachten") }
}

/// "En nog 3."
#[must_use]
pub fn and_more(more: usize) -> String {
    format!("En nog {more}.")
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
        Fetching { held, of } => format!("{} van {} opgehaald.", thousands(held), thousands(of)),
    };
    if stuck { format!("{how_far} {}", fetching_stuck()).trim_start().to_owned() } else { how_far }
}

/// "8.000".
fn thousands(number: u64) -> String {
    if number < 1_000 { number.to_string() } else { format!("{}.{:03}", thousands(number / 1_000), number % 1_000) }
}

/// "In gebruik: 4 MB".
#[must_use]
pub fn usage(bytes: f64) -> String {
    format!("In gebruik: {} MB", (bytes / 1_000_000.0).ceil())
}

/// "Sinds vandaag 14:20".
#[must_use]
pub fn since(entry: &Entry) -> String {
    entry.payload.as_ref().map_or_else(String::new, |payload| since_when(payload.written_at))
}

/// "Sinds vandaag 14:20", of any moment.
#[must_use]
pub fn since_when(at: DateTime<Utc>) -> String {
    format!("Sinds {}", when::day_time(at))
}

/// What an entry is, in a few words.
#[must_use]
pub fn what(body: &Body) -> String {
    match body {
        Body::Visit(visit) => labels::contact(visit.kind, visit.outcome),
        Body::Concern(concern) => format!("Signaal {}", labels::tile(concern.tile)),
        Body::Place(_) => "Plek".to_owned(),
        Body::PlaceHidden(_) => "Plek weggehaald".to_owned(),
        Body::Household(_) => "Bewoning begonnen".to_owned(),
        Body::HouseholdEnded(_) => "Bewoning geëindigd".to_owned(),
        Body::Person(_) => "Persoon".to_owned(),
        Body::Change(_) => "Wijziging van een signaal".to_owned(),
        Body::Correction(_) => "Aanvulling bij een contact".to_owned(),
        Body::Withdrawal(_) => "Ongedaan gemaakt".to_owned(),
        Body::Review(review) if review.verdict == Verdict::Seen => "Gezien".to_owned(),
        Body::Review(_) => "Vraag".to_owned(),
        Body::Called(_) => "Gebeld over een signaal".to_owned(),
        Body::Flame(_) => "Hoe vaak langs".to_owned(),
        Body::Staff(_) => "Collega".to_owned(),
        Body::Building(building) => labels::building(building.kind).to_owned(),
        Body::Behind(_) => "Deur gevonden".to_owned(),
        Body::Known(_) => "Goed om te weten".to_owned(),
        Body::NoContact(_) => "Wil geen contact".to_owned(),
        Body::Told(_) => "Verteld dat je iets opschrijft".to_owned(),
        Body::Settled(_) => "Wat ervan kwam".to_owned(),
        Body::Gesture(_) => "Klein gebaar".to_owned(),
        Body::Tie(_) => "Verbinding".to_owned(),
        Body::Referral(_) => "Hulp gevraagd".to_owned(),
        Body::ReferralStep(_) => "Hoe het met de hulp staat".to_owned(),
        Body::Consent(_) => "Toestemming".to_owned(),
        Body::Objection(_) => "Klopt niet, zegt de bewoner".to_owned(),
        // What it is about stays between those who may read it.
        Body::Guarded(_) | Body::MeldcodeStep(_) | Body::Founding(_) => closed().to_owned(),
        Body::WorkingDays(_) | Body::Absence(_) => "Je werkdagen".to_owned(),
        Body::PutOff(_) => "Vandaag niet".to_owned(),
        Body::Unknown { .. } => "Nieuwer dan deze app".to_owned(),
    }
}

/// What an entry is and where: "Koffie, alles goed, Lindehof 12".
#[must_use]
pub fn title(caseload: &Caseload, entry: &Entry) -> String {
    let Some(payload) = &entry.payload else { return "Nieuwer dan deze app".to_owned() };
    // Where it is, is said at the door only.
    if matches!(payload.body, Body::Guarded(_)) {
        return what(&payload.body);
    }
    let place = caseload.place_of(payload.subject).map(|place| caseload.place_name(place)).unwrap_or_default();
    if place.is_empty() { what(&payload.body) } else { format!("{}, {place}", what(&payload.body)) }
}
