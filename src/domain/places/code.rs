//! The code that Statistics Netherlands gives a neighbourhood.

use std::fmt;

/// A CBS code: `BU`, four digits (the municipality), four digits or letters. Divisions change: a code means something with its year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NeighbourhoodCode(String);

impl NeighbourhoodCode {
    /// Reads a code in whatever case; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.trim().to_ascii_uppercase();
        let rest = code.strip_prefix("BU").filter(|rest| rest.len() == 8 && rest.is_ascii())?;
        let (municipality, neighbourhood) = rest.split_at(4);
        let right = municipality.bytes().all(|c| c.is_ascii_digit()) && neighbourhood.bytes().all(|c| c.is_ascii_alphanumeric());
        right.then_some(Self(code))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NeighbourhoodCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_bu_and_eight_of_which_the_last_four_may_hold_letters() {
        for right in ["BU03630000", "bu0363AA01", " BU0363ZZZZ "] {
            assert!(NeighbourhoodCode::parse(right).is_some(), "{right}");
        }
        for wrong in ["", "BU", "03630000", "BU0363000", "BU036300000", "BUA3630000", "WK03630000", "BU0363-001", "BU0363é01"] {
            assert!(NeighbourhoodCode::parse(wrong).is_none(), "{wrong}");
        }
    }
}
