//! Whom to call when it can't wait. Numbers are data with the day on which somebody last checked them; these are the
//! defaults of a new installation, until an entry in the organisation's journal replaces them.

use chrono::NaiveDate;

/// A number that always answers to what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// Who answers.
    pub name: &'static str,
    /// What is dialled: digits only.
    pub dial: &'static str,
    /// The number as people read it, and when it answers.
    pub shown: &'static str,
    /// The same in English.
    pub english: &'static str,
    /// Whether it belongs beside an urgent signal: it answers day and night.
    pub acute: bool,
}

/// The day on which these numbers were last checked.
pub const LAST_CHECKED: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 21);

/// The numbers, most urgent first.
pub const HELP_LINES: [HelpLine; 5] = [
    HelpLine { name: "112", dial: "112", shown: "Direct gevaar", english: "Immediate danger", acute: true },
    HelpLine {
        name: "Veilig Thuis",
        dial: "08002000",
        shown: "0800-2000, dag en nacht",
        english: "0800-2000, day and night, violence or abuse at home",
        acute: true,
    },
    HelpLine {
        name: "113 Zelfmoordpreventie",
        dial: "113",
        shown: "113 of 0800-0113, dag en nacht",
        english: "113 or 0800-0113, day and night, thoughts of suicide",
        acute: true,
    },
    HelpLine {
        name: "Meldpunt Zorgwekkend Gedrag",
        dial: "08001205",
        shown: "0800-1205, kantooruren, geen spoed",
        english: "0800-1205, office hours, not urgent: behaviour that worries you",
        acute: false,
    },
    HelpLine {
        name: "Geldfit",
        dial: "08008115",
        shown: "0800-8115, geldzorgen",
        english: "0800-8115, money worries",
        acute: false,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_can_be_dialled() {
        assert!(LAST_CHECKED.is_some());
        for line in HELP_LINES {
            assert!(line.dial.len() >= 3 && line.dial.bytes().all(|byte| byte.is_ascii_digit()), "{}", line.name);
        }
    }
}
