//! Verteld dat ik iets opschrijf.

use crate::domain::body::{Telling, Told};

say! {
    title = "Kaartje";
    head = "Vertel dat je iets opschrijft";
    why = "Wie in de app staat, hoort dat te weten. Lees het kaartje samen, of laat het lezen.";
    told = "Heb je het verteld?";
    save = "Opslaan";
    saved = "Opgeslagen op deze telefoon.";
    because = "Waarom kan het niet?";
    because_hint = "Bijvoorbeeld: ligt in het ziekenhuis, ik vertel het later.";
    choose = "Kies of je het hebt verteld.";
    because_empty = "Schrijf op waarom het niet kan.";
    nobody = "Over wie hier woont, staat nog niets. Je kunt het kaartje wel laten lezen.";
    now_words = "Nu staat er:";
    language = "In welke taal?";
    not_checked = "Nog niet nagekeken door een vertaler. Er kan een fout in staan.";
    beside = "In het Nederlands staat er hetzelfde:";
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
    format!("{} {}", now_words(), super::worker::small(&said(told)))
}
