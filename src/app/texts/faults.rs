//! What went wrong: what happened, what is safe, what to do.

use crate::app::api::ApiError;
use crate::app::desk::SaveError;
use crate::app::phone::PhoneError;
use crate::domain::noting::Wrong;
use crate::store::StoreError;

use super::trouble;

/// Why it could not be saved.
#[must_use]
pub fn save(error: &SaveError) -> String {
    match error {
        SaveError::Store(StoreError::Full(_)) => {
            "Je telefoon is vol. Dit is nog niet opgeslagen, maar je tekst staat er nog. Verstuur wat wacht of maak ruimte, en probeer opnieuw.".to_owned()
        }
        SaveError::Store(StoreError::Unavailable(_)) => {
            "De opslag van je telefoon doet het niet. Dit is nog niet opgeslagen, maar je tekst staat er nog. Probeer het opnieuw, of verstuur het meteen.".to_owned()
        }
        SaveError::NoJournal => "Je hebt nog geen buurt. Dit is niet opgeslagen. Vraag de beheerder om een buurt voor je aan te zetten.".to_owned(),
        _ => "Opslaan lukte niet. Je tekst staat er nog. Probeer het opnieuw.".to_owned(),
    }
}

/// Why an account could not be made or opened.
#[must_use]
pub fn phone(error: &PhoneError) -> String {
    match error {
        PhoneError::WrongPhrase(0) => {
            "Deze woorden kloppen niet. Kijk ze na en probeer het opnieuw. Er gaat niets verloren.".to_owned()
        }
        PhoneError::WrongPhrase(wait) => {
            format!("Deze woorden kloppen niet. Wacht {} en probeer het opnieuw. Er gaat niets verloren.", seconds(*wait))
        }
        PhoneError::Wait(wait) => format!("Wacht nog {} voor je het opnieuw probeert. Er gaat niets verloren.", seconds(*wait)),
        PhoneError::NotFiveWords => "Vul alle vijf de woorden in.".to_owned(),
        PhoneError::Passkey | PhoneError::NoPasskey => super::welcome::not_by_finger().to_owned(),
        PhoneError::Incomplete(_) => super::welcome::piece_why().to_owned(),
        PhoneError::Api(why) => api(why),
        PhoneError::Save(SaveError::Store(StoreError::Unavailable(_))) => {
            format!("{}. {}", trouble::nothing_kept(), trouble::nothing_kept_do())
        }
        PhoneError::Save(why) => save(why),
    }
}

/// Why the server did not do what was asked.
#[must_use]
pub fn api(error: &ApiError) -> String {
    match error {
        ApiError::Offline(_) => "Geen verbinding. Probeer het opnieuw als je internet hebt.".to_owned(),
        ApiError::Problem(problem, _) if !problem.title.is_empty() => match &problem.detail {
            Some(detail) => format!("{} {detail}", sentence(&problem.title)),
            None => sentence(&problem.title),
        },
        ApiError::Problem(..) | ApiError::Unreadable => {
            "De server gaf een antwoord dat we niet begrijpen. Probeer het later opnieuw.".to_owned()
        }
    }
}

/// What is wrong with a field.
#[must_use]
pub fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Empty => "Er is nog niets ingevuld.",
        Wrong::TooLong => "Deze tekst is te lang. Maak hem korter dan 20.000 tekens.",
        Wrong::InFuture => "Deze dag is nog niet geweest. Kies vandaag of eerder.",
        Wrong::LongAgo => "Deze dag is meer dan een maand geleden. Kies een latere dag.",
        Wrong::InPast => "Deze dag is al voorbij. Kies vandaag of later.",
        Wrong::TooFarAhead => "Deze dag is meer dan een jaar weg. Kies een eerdere dag.",
        Wrong::NothingSeen => "Tik aan wat je zag, of schrijf het op.",
    }
}

fn sentence(title: &str) -> String {
    if title.ends_with(['.', '?', '!']) { title.to_owned() } else { format!("{title}.") }
}

fn seconds(wait: i64) -> String {
    match wait {
        1 => "1 seconde".to_owned(),
        2..=119 => format!("{wait} seconden"),
        _ => format!("{} minuten", (wait + 59) / 60),
    }
}
