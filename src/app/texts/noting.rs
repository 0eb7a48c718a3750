//! What noting says: contacts, worries, small gestures, neighbours brought together, and what is not finished yet.

say! {
    BSN_WHY = "Een BSN mag hier niet staan, ook niet als de bewoner het goed vindt. Haal het nummer weg. Is het iets anders, zoals een telefoonnummer? Zet dan het vinkje en sla opnieuw op.";
    NOT_BSN = "Dit is geen BSN";
}

/// What stands above the field.
#[must_use]
pub fn could_be_bsn(number: &str) -> String {
    format!("Dit lijkt op een BSN: {number}. Haal het weg.")
}
