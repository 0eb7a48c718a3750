//! What went wrong: what happened, what is safe, what to do.

use crate::app::api::ApiError;
use crate::app::desk::SaveError;
use crate::app::language;
use crate::app::phone::PhoneError;
use crate::domain::noting::Wrong;
use crate::store::StoreError;
use crate::sync::problem::{Problem, kinds};

use super::trouble;

/// Why it could not be saved.
#[must_use]
pub fn save(error: &SaveError) -> String {
    match error {
        SaveError::Store(StoreError::Full(_)) => {
            both!(
                "Je telefoon is vol. Dit is nog niet opgeslagen, maar je tekst staat er nog. Verstuur wat wacht of maak ruimte, en probeer opnieuw.",
                "Your phone is full. This is not saved yet, but your text is still there. Send what waits or make room, and try again."
            )
        }
        SaveError::Store(StoreError::Unavailable(_)) => {
            both!(
                "De opslag van je telefoon doet het niet. Dit is nog niet opgeslagen, maar je tekst staat er nog. Probeer het opnieuw, of verstuur het meteen.",
                "The storage of your phone does not work. This is not saved yet, but your text is still there. Try again, or send it at once."
            )
        }
        SaveError::NoJournal => both!(
            "Je hebt nog geen buurt. Dit is niet opgeslagen. Vraag de beheerder om een buurt voor je aan te zetten.",
            "You have no neighbourhood yet. This is not saved. Ask the administrator to turn on a neighbourhood for you."
        ),
        _ => both!(
            "Opslaan lukte niet. Je tekst staat er nog. Probeer het opnieuw.",
            "It could not be saved. Your text is still there. Try again."
        ),
    }
    .to_owned()
}

/// Why an account could not be made or opened.
#[must_use]
pub fn phone(error: &PhoneError) -> String {
    match error {
        PhoneError::WrongPhrase(0) => both!(
            "Deze woorden kloppen niet. Kijk ze na en probeer het opnieuw. Er gaat niets verloren.",
            "These words are not right. Check them and try again. Nothing gets lost."
        )
        .to_owned(),
        PhoneError::WrongPhrase(wait) => tell!(
            "Deze woorden kloppen niet. Wacht {} en probeer het opnieuw. Er gaat niets verloren.",
            "These words are not right. Wait {} and try again. Nothing gets lost.",
            seconds(*wait)
        ),
        PhoneError::Wait(wait) => tell!(
            "Wacht nog {} voor je het opnieuw probeert. Er gaat niets verloren.",
            "Wait {} before you try again. Nothing gets lost.",
            seconds(*wait)
        ),
        PhoneError::NotFiveWords => both!("Vul alle vijf de woorden in.", "Fill in all five words.").to_owned(),
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
        ApiError::Offline(_) => both!(
            "Geen verbinding. Probeer het opnieuw als je internet hebt.",
            "No connection. Try again when you have internet."
        )
        .to_owned(),
        ApiError::Problem(problem, _) if language::english() => in_english(problem),
        ApiError::Problem(problem, _) if !problem.title.is_empty() => match &problem.detail {
            Some(detail) => two(&problem.title, detail),
            None => sentence(&problem.title),
        },
        ApiError::Problem(..) | ApiError::Unreadable => not_understood().to_owned(),
    }
}

fn not_understood() -> &'static str {
    both!(
        "De server gaf een antwoord dat we niet begrijpen. Probeer het later opnieuw.",
        "The server gave an answer that we don’t understand. Try again later."
    )
}

/// What the server says is in Dutch: this says the same by what kind of problem it is.
fn in_english(problem: &Problem) -> String {
    let said = match problem.r#type.strip_prefix(kinds::PREFIX).unwrap_or_default() {
        kinds::UNKNOWN_CODE => return two(super::welcome::unknown_code(), super::welcome::unknown_code_do()),
        kinds::EXPIRED_CODE => return two(super::welcome::expired_code(), super::welcome::expired_code_do()),
        kinds::USED_CODE => return two(super::welcome::used_code(), super::welcome::used_code_do()),
        kinds::INVALID => "This is not quite right. Nothing was saved. Correct it and try again.",
        kinds::NOT_SIGNED_IN => {
            "You need to sign in. What is on this phone is safely kept. Open the app with your five words to go on."
        }
        kinds::WRONG_PHRASE => {
            "This name and these words do not belong together. Nothing has changed. Check the five words and try again. Did you lose them? Ask the administrator for a new link."
        }
        kinds::NOT_ALLOWED => "You may not do this. Nothing has changed. Do you think you should? Ask the administrator.",
        kinds::OTHER_DEVICE => "This belongs to another phone. Nothing was saved. What waits stays on the phone. Sign in again.",
        kinds::NOT_FOUND => "Not found. There is nothing here, or nothing that you may see.",
        kinds::UNKNOWN_JOURNAL => {
            "This journal is not there, or you have no access to it. What is on the phone is kept there. Ask the administrator."
        }
        kinds::NAME_TAKEN => "This login name is in use already. Nothing was added. Choose another login name.",
        kinds::DEVICE_TAKEN => {
            "The number of this phone is in use already. Nothing has changed. Try again: the app then takes a new one."
        }
        kinds::TOO_LARGE | kinds::TOO_SLOW => {
            "This was too much at once. Nothing was saved. Everything stays on the phone; the app sends it in smaller parts."
        }
        kinds::DOES_NOT_OPEN => {
            "This entry does not open. It was not saved, and is still on the phone, set aside. Let the administrator look at it."
        }
        kinds::UPDATE_NEEDED => {
            "This app is too old to fetch anything. What is on the phone is safe and is still sent. Update the app."
        }
        kinds::TOO_MANY => "Too many tries in a row. Nothing was wiped or lost. Wait a moment and try again.",
        kinds::INTERNAL => {
            "Something went wrong here. That is our fault, not yours. What is on the phone is safe. Try again later."
        }
        kinds::UNAVAILABLE => {
            "The server can’t do this just now. Nothing was saved and nothing is lost: what is on the phone is safe. Try again in a moment."
        }
        _ => not_understood(),
    };
    said.to_owned()
}

fn two(title: &str, what: &str) -> String {
    format!("{} {what}", sentence(title))
}

/// What is wrong with a field.
#[must_use]
pub fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Empty => both!("Er is nog niets ingevuld.", "Nothing is filled in yet."),
        Wrong::TooLong => both!(
            "Deze tekst is te lang. Maak hem korter dan 20.000 tekens.",
            "This text is too long. Make it shorter than 20,000 characters."
        ),
        Wrong::InFuture => {
            both!("Deze dag is nog niet geweest. Kies vandaag of eerder.", "This day has not been yet. Choose today or earlier.")
        }
        Wrong::LongAgo => both!(
            "Deze dag is meer dan een maand geleden. Kies een latere dag.",
            "This day is more than a month ago. Choose a later day."
        ),
        Wrong::InPast => {
            both!("Deze dag is al voorbij. Kies vandaag of later.", "This day is over already. Choose today or later.")
        }
        Wrong::TooFarAhead => both!(
            "Deze dag ligt meer dan een jaar vooruit. Kies een eerdere dag.",
            "This day is more than a year away. Choose an earlier day."
        ),
        Wrong::NothingSeen => both!("Tik aan wat je zag, of schrijf het op.", "Tap what you saw, or write it down."),
    }
}

fn sentence(title: &str) -> String {
    if title.ends_with(['.', '?', '!']) { title.to_owned() } else { format!("{title}.") }
}

fn seconds(wait: i64) -> String {
    match wait {
        1 => both!("1 seconde", "1 second").to_owned(),
        2..=119 => tell!("{wait} seconden", "{wait} seconds"),
        _ => tell!("{} minuten", "{} minutes", (wait + 59) / 60),
    }
}
