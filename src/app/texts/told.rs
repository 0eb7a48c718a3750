//! Verteld dat ik iets opschrijf.

use crate::domain::body::{Telling, Told};

say! {
    title = "Kaartje", "Card";
    head = "Vertel dat je iets opschrijft", "Tell that you write things down";
    why = "Staat iemand in de app? Dan moet die persoon dat weten. Lees het kaartje samen, of laat het lezen.", "Is somebody in the app? Then they should know. Read the card together, or let them read it.";
    told = "Heb je het verteld?", "Did you tell it?";
    save = "Opslaan", "Save";
    saved = "Opgeslagen op deze telefoon.", "Saved on this phone.";
    because = "Waarom kan het niet?", "Why can’t you?";
    because_hint = "Bijvoorbeeld: ligt in het ziekenhuis, ik vertel het later.", "For example: is in hospital, I will tell it later.";
    choose = "Kies of je het hebt verteld.", "Choose whether you told it.";
    because_empty = "Schrijf op waarom het niet kan.", "Write down why you can’t.";
    nobody = "Over wie hier woont, staat nog niets. Je kunt het kaartje wel laten lezen.", "There is nothing yet about who lives here. You can still let them read the card.";
    now_words = "Nu staat er:", "It now says:";
    language = "In welke taal?", "In which language?";
    not_checked = "Nog niet nagekeken door een vertaler. Er kan een fout in staan.", "Not checked by a translator yet. There may be a mistake in it.";
    beside = "In het Nederlands staat er hetzelfde:", "In Dutch it says the same:";
}

/// What can be said of it.
#[must_use]
pub fn telling(how: Telling) -> &'static str {
    match how {
        Telling::CardGiven => both!("Ja, kaartje gegeven", "Yes, card given"),
        Telling::NotYet => both!("Nog niet", "Not yet"),
        Telling::Cannot => both!("Kan niet", "Can’t"),
    }
}

/// "Nog niet", "kan niet, want …".
#[must_use]
pub fn said(told: &Told) -> String {
    match told.how {
        Telling::Cannot if !told.why.is_empty() => tell!("Kan niet, want {}", "Can’t, because: {}", told.why),
        how => telling(how).to_owned(),
    }
}

/// What was said last.
#[must_use]
pub fn now(told: &Told) -> String {
    format!("{} {}", now_words(), super::worker::small(&said(told)))
}
