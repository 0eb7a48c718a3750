//! What an open signal says at its door: who takes it on, its two versions, closing it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::when;

say! {
    nobody_has_it = "Nog door niemand opgepakt", "Nobody has taken it on yet";
    a_colleague = "een collega", "a colleague";
    nobody = "niemand", "nobody";
    no_day = "Geen dag", "No day";
    keep_open = "Open houden", "Keep it open";
    two_versions = "Twee versies: kies", "Two versions: choose";
    close_proposed = "Sluiten voorgesteld", "Somebody wants to close it";
    close = "Afsluiten", "Close";
    close_title = "Signaal afsluiten", "Close the signal";
    came_of = "Wat kwam ervan?", "What came of it?";
    came_of_hint = "Bijvoorbeeld: schuldhulp is begonnen, of: bewoner wil niet.", "For example: debt help has started, or: resident does not want it.";
}

/// "Volgende stap: bellen".
#[must_use]
pub fn next_step(step: &str) -> String {
    tell!("Volgende stap: {step}", "Next step: {step}")
}

/// "Opgepakt door Ineke".
#[must_use]
pub fn taken_on_by(name: &str) -> String {
    tell!("Opgepakt door {name}", "Taken on by {name}")
}

/// "Gebeld met de wijkagent, om 14:03".
#[must_use]
pub fn called(whom: &str, at: DateTime<Utc>) -> String {
    tell!("Gebeld met {whom}, om {}", "Called {whom}, at {}", when::time(at))
}

/// "Pakt het op: Ineke".
#[must_use]
pub fn takes_it_on(name: &str) -> String {
    tell!("Pakt het op: {name}", "Takes it on: {name}")
}

/// "Wanneer: vrijdag".
#[must_use]
pub fn due(day: NaiveDate) -> String {
    tell!("Wanneer: {}", "When: {}", when::day(day))
}

/// "Afsluiten: schuldhulp is begonnen".
#[must_use]
pub fn closing(came_of: &str) -> String {
    tell!("Afsluiten: {came_of}", "Close: {came_of}")
}
