//! Verteld dat ik iets opschrijf.

use crate::domain::body::{Telling, Told};

say! {
    TITLE = "Kaartje";
    HEAD = "Vertel dat je iets opschrijft";
    WHY = "Wie in de app staat, hoort dat te weten. Lees het kaartje samen, of laat het lezen.";
    TOLD = "Heb je het verteld?";
    SAVE = "Opslaan";
    SAVED = "Opgeslagen op deze telefoon.";
    BECAUSE = "Waarom kan het niet?";
    BECAUSE_HINT = "Bijvoorbeeld: ligt in het ziekenhuis, ik vertel het later.";
    CHOOSE = "Kies of je het hebt verteld.";
    BECAUSE_EMPTY = "Schrijf op waarom het niet kan.";
    NOBODY = "Over wie hier woont, staat nog niets. Je kunt het kaartje wel laten lezen.";
    NOW = "Nu staat er:";
    LANGUAGE = "In welke taal?";
    NOT_CHECKED = "Nog niet nagekeken door een vertaler. Er kan een fout in staan.";
    BESIDE = "In het Nederlands staat er hetzelfde:";
}

/// What can be said of it.
#[must_use]
pub fn telling(how: Telling) -> &'static str {
    match how {
        Telling::CardGiven => "Ja, kaartje gegeven",
        Telling::NotYet => "Nog niet",
        Telling::Cannot => "Kan niet",
    }
}

/// "Nog niet", "kan niet, want …".
#[must_use]
pub fn said(told: &Told) -> String {
    match told.how {
        Telling::Cannot if !told.why.is_empty() => format!("Kan niet, want {}", told.why),
        how => telling(how).to_owned(),
    }
}

/// What was said last.
#[must_use]
pub fn now(told: &Told) -> String {
    format!("{NOW} {}", super::worker::small(&said(told)))
}
