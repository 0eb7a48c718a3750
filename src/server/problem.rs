//! Every error of the API: what happened, what is safe, what to do, in Dutch. Logged once, here, and only where it is ours.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::accounts::NotAdded;
use super::storage::StorageError;
use crate::sync::problem::{FieldError, Problem, kinds};

/// What went wrong with a request.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Not what this route takes.
    #[error("invalid")]
    Invalid(Vec<FieldError>),
    /// No session, or one that lapsed; no credential, or one that nobody has.
    #[error("not signed in")]
    NotSignedIn,
    /// Login name and phrase are not right together.
    #[error("wrong phrase")]
    WrongPhrase,
    /// Not for this role.
    #[error("not allowed")]
    NotAllowed,
    /// The credential of another device.
    #[error("other device")]
    OtherDevice,
    /// Nothing here.
    #[error("not found")]
    NotFound,
    /// Not with this method.
    #[error("wrong method")]
    WrongMethod,
    /// No such journal, or none that they may know of.
    #[error("unknown journal")]
    UnknownJournal,
    /// This code was never given.
    #[error("unknown code")]
    UnknownCode,
    /// This code is too old.
    #[error("expired code")]
    ExpiredCode,
    /// This code was used.
    #[error("used code")]
    UsedCode,
    /// That login name is taken.
    #[error("name taken")]
    NameTaken,
    /// That device id belongs to another account or key.
    #[error("device taken")]
    DeviceTaken,
    /// Too many records or bytes.
    #[error("too large")]
    TooLarge,
    /// Not JSON, or compressed.
    #[error("not json")]
    NotJson,
    /// JSON is not what was asked for.
    #[error("not acceptable")]
    NotAcceptable,
    /// The body came too slowly.
    #[error("too slow")]
    TooSlow,
    /// A lone record that does not open.
    #[error("does not open")]
    DoesNotOpen,
    /// An app that is too old to pull.
    #[error("update needed")]
    UpdateNeeded,
    /// Too many attempts; wait this long.
    #[error("too many attempts")]
    TooMany(Duration),
    /// This device pushes faster than a phone does; wait this long.
    #[error("too fast")]
    TooFast(Duration),
    /// The database failed.
    #[error("storage")]
    Storage(#[from] StorageError),
    /// Our fault.
    #[error("internal")]
    Internal(#[source] anyhow::Error),
}

impl From<NotAdded> for ApiError {
    fn from(why: NotAdded) -> Self {
        match why {
            NotAdded::Invalid(errors) => Self::Invalid(errors),
            NotAdded::NameTaken => Self::NameTaken,
            NotAdded::Storage(error) => Self::Storage(error),
        }
    }
}

/// One thing that is wrong with a request.
pub(super) fn field(pointer: &str, detail: &str) -> FieldError {
    FieldError { pointer: pointer.to_owned(), detail: detail.to_owned() }
}

impl ApiError {
    #[rustfmt::skip]
    fn words(&self) -> (StatusCode, &'static str, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::Invalid(_) => (S::BAD_REQUEST, kinds::INVALID, "Dit klopt niet helemaal",
                "Er is niets opgeslagen. Verbeter wat hieronder staat en probeer het opnieuw."),
            Self::NotSignedIn => (S::UNAUTHORIZED, kinds::NOT_SIGNED_IN, "Inloggen nodig",
                "Wat op deze telefoon staat, blijft veilig bewaard. Open de app met je vijf woorden om verder te gaan."),
            Self::WrongPhrase => (S::UNAUTHORIZED, kinds::WRONG_PHRASE, "Naam en zin kloppen niet samen",
                "Er is niets veranderd. Kijk de vijf woorden na en probeer het opnieuw. Zin kwijt? Vraag de beheerder om een nieuwe link."),
            Self::NotAllowed => (S::FORBIDDEN, kinds::NOT_ALLOWED, "Dit mag je niet",
                "Er is niets veranderd. Denk je dat het wel moet kunnen? Vraag het de beheerder."),
            Self::OtherDevice => (S::FORBIDDEN, kinds::OTHER_DEVICE, "Dit hoort bij een ander toestel",
                "Er is niets opgeslagen. Wat wacht, blijft op de telefoon staan. Log opnieuw in."),
            Self::NotFound => (S::NOT_FOUND, kinds::NOT_FOUND, "Niet gevonden",
                "Hier is niets, of niets dat je mag zien."),
            Self::WrongMethod => (S::METHOD_NOT_ALLOWED, kinds::WRONG_METHOD, "Zo werkt dit adres niet",
                "Er is niets veranderd. Dit adres bestaat, maar niet voor deze soort vraag."),
            Self::UnknownJournal => (S::NOT_FOUND, kinds::UNKNOWN_JOURNAL, "Dit logboek is er niet",
                "Of je hebt er geen toegang toe. Wat op de telefoon staat, blijft daar bewaard. Vraag het de beheerder."),
            Self::UnknownCode => (S::NOT_FOUND, kinds::UNKNOWN_CODE, "Deze code kennen we niet",
                "Er is niets veranderd. Kijk de code na, of vraag de beheerder om een nieuwe link."),
            Self::ExpiredCode => (S::GONE, kinds::EXPIRED_CODE, "Deze code is te oud",
                "Een code werkt 72 uur, en alleen de laatste werkt. Vraag de beheerder om een nieuwe link."),
            Self::UsedCode => (S::GONE, kinds::USED_CODE, "Deze code is al gebruikt",
                "Was jij dat zelf? Log dan in met je naam en je vijf woorden. Zo niet, waarschuw de beheerder meteen."),
            Self::NameTaken => (S::CONFLICT, kinds::NAME_TAKEN, "Deze inlognaam is al in gebruik",
                "Er is niets toegevoegd. Kies een andere inlognaam."),
            Self::DeviceTaken => (S::CONFLICT, kinds::DEVICE_TAKEN, "Dit toestelnummer is al in gebruik",
                "Er is niets veranderd. Probeer het opnieuw: de app kiest dan een nieuw nummer."),
            Self::TooLarge => (S::PAYLOAD_TOO_LARGE, kinds::TOO_LARGE, "Dit is te veel in één keer",
                "Er is niets opgeslagen. Alles blijft op de telefoon; de app stuurt het in kleinere delen."),
            Self::NotJson => (S::UNSUPPORTED_MEDIA_TYPE, kinds::NOT_JSON, "Dit is geen JSON",
                "Er is niets opgeslagen. Stuur Content-Type: application/json, en niet ingepakt."),
            Self::NotAcceptable => (S::NOT_ACCEPTABLE, kinds::NOT_ACCEPTABLE, "Dit geven we alleen als JSON",
                "Er is niets veranderd. Vraag met Accept: application/json."),
            Self::TooSlow => (S::REQUEST_TIMEOUT, kinds::TOO_SLOW, "Dit duurde te lang",
                "Er is niets opgeslagen. Alles blijft op de telefoon; de app stuurt het zo opnieuw, in kleinere delen."),
            Self::DoesNotOpen => (S::UNPROCESSABLE_ENTITY, kinds::DOES_NOT_OPEN, "Deze aantekening gaat niet open",
                "Ze is niet opgeslagen en staat nog op de telefoon, apart gezet. Laat de beheerder ernaar kijken."),
            Self::UpdateNeeded => (S::UPGRADE_REQUIRED, kinds::UPDATE_NEEDED, "Deze app is te oud om iets op te halen",
                "Wat op de telefoon staat, is veilig en wordt gewoon verstuurd. Werk de app bij."),
            Self::TooMany(_) => (S::TOO_MANY_REQUESTS, kinds::TOO_MANY, "Te vaak geprobeerd",
                "Er is niets gewist en niets op slot. Wacht even en probeer het dan opnieuw."),
            Self::TooFast(_) => (S::TOO_MANY_REQUESTS, kinds::TOO_MANY, "Te veel achter elkaar",
                "Er gaat niets verloren: alles blijft op de telefoon, en de app stuurt het zo weer."),
            Self::Storage(StorageError::Corrupt(_)) | Self::Internal(_) => (S::INTERNAL_SERVER_ERROR, kinds::INTERNAL, "Hier ging iets mis",
                "Dat ligt aan ons, niet aan jou. Wat op de telefoon staat, is veilig. Probeer het later opnieuw."),
            Self::Storage(_) => (S::SERVICE_UNAVAILABLE, kinds::UNAVAILABLE, "De server kan er even niet bij",
                "Er is niets opgeslagen en niets kwijt: wat op de telefoon staat, is veilig. De app probeert het zo weer."),
        }
    }

    fn log(&self) {
        let error: &dyn std::error::Error = self;
        let chain: Vec<String> = std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect();
        tracing::error!(error = %chain.join(": "), "a request failed");
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, kind, title, detail) = self.words();
        if status.is_server_error() {
            self.log();
        }
        let retry_after = match &self {
            Self::TooMany(wait) | Self::TooFast(wait) => Some(wait.as_secs() + 1),
            Self::Storage(_) => Some(5),
            _ => None,
        };
        let errors = if let Self::Invalid(errors) = self { errors } else { Vec::new() };
        let problem = Problem {
            r#type: format!("{}{kind}", kinds::PREFIX),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: Some(detail.to_owned()),
            errors,
        };
        let mut response = (status, axum::Json(problem)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::REQUEST_TIMEOUT {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
