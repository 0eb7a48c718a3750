//! "Nog niet af": which form it is that lies half-written.

use crate::app::paths::{HalfDone, Path};

use super::{noting, office, places, rewording, signal, told};

say! {
    went_on_here = "Hier was je bezig. Wat je typte, staat er nog.", "You were busy here. What you typed is still there.";
    other = "Formulier", "Form";
}

/// What it is called in the list.
#[must_use]
pub fn form(half: &HalfDone) -> &'static str {
    match (half.form.as_str(), half.path) {
        ("contact", Some(Path::Complete(..))) => both!("Contact aanvullen", "Add to a contact"),
        ("contact", _) => noting::contact(),
        ("concern", Some(Path::Reword(..))) => rewording::title(),
        ("concern" | "worry", _) => noting::worry(),
        ("knowing", _) => places::good_to_know(),
        ("referral", _) => both!("Hulp vragen", "Ask for help"),
        ("release", _) => both!("Delen zonder toestemming", "Share without consent"),
        ("apart", _) => both!("Gesloten logboek", "Closed journal"),
        ("tie", _) => noting::tie(),
        ("gesture", _) => noting::gesture(),
        ("objection", _) => both!("Klopt niet, zegt de bewoner", "Not right, says the resident"),
        ("consent", _) => both!("Wat we mogen delen", "What we may share"),
        ("told", _) => told::head(),
        ("close", _) => signal::close_title(),
        ("called", _) => both!("Gebeld over een signaal", "Called about a signal"),
        ("led_to", _) => noting::came_of(),
        ("answer", _) => noting::answer(),
        ("over", _) => both!("“Niet aanbellen” klopt niet meer", "“Do not ring” is not right any more"),
        ("question", _) => office::ask(),
        _ => other(),
    }
}
