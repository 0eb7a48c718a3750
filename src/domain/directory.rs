//! Whom to call when it can't wait, and whom to ask for help: what the office set, over what a new installation has.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::body::{HelpLine, Party, PartyContact};

/// The line that is always there.
pub const EMERGENCY: &str = "112";
/// So long is a name at most, in letters.
pub const NAME: usize = 60;
/// So long is what stands beside it at most, in letters.
pub const TEXT: usize = 120;

/// A line of a new installation: its name, what is dialled, what is shown, that in English, whether it answers day and night.
type Default = (&'static str, &'static str, &'static str, &'static str, bool);

/// The numbers of a new installation, most urgent first.
const DEFAULTS: [Default; 5] = [
    (EMERGENCY, "112", "Direct gevaar", "Immediate danger", true),
    ("Veilig Thuis", "08002000", "0800-2000, dag en nacht", "0800-2000, day and night, violence or abuse at home", true),
    (
        "113 Zelfmoordpreventie",
        "113",
        "113 of 0800-0113, dag en nacht",
        "113 or 0800-0113, day and night, thoughts of suicide",
        true,
    ),
    (
        "Meldpunt Zorgwekkend Gedrag",
        "08001205",
        "0800-1205, kantooruren, geen spoed",
        "0800-1205, office hours, not urgent: behaviour that worries you",
        false,
    ),
    ("Geldfit", "08008115", "0800-8115, geldzorgen", "0800-8115, money worries", false),
];

/// The day on which these were last checked.
const DEFAULTS_CHECKED: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 21);

/// The numbers of a new installation, in the order in which they are shown.
#[must_use]
pub fn defaults() -> Vec<HelpLine> {
    let lines = DEFAULTS.iter().zip(1_u16..).map(|((name, dial, shown, english, acute), at)| HelpLine {
        name: (*name).to_owned(),
        dial: (*dial).to_owned(),
        shown: (*shown).to_owned(),
        english: (*english).to_owned(),
        acute: *acute,
        order: at * 10,
        checked: DEFAULTS_CHECKED.unwrap_or_default(),
        hidden: false,
    });
    lines.collect()
}

/// What is wrong with what the office set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A line without a name, or with one of more than [`NAME`] letters or of more than one line.
    Name,
    /// What is dialled is not 3 to 15 digits.
    Dial,
    /// What stands beside it has more than [`TEXT`] letters, or more than one line.
    Text,
    /// 112 is always there, as 112, and beside every urgent signal.
    Emergency,
}

fn on_one_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(char::is_control)
}

fn can_be_dialled(dial: &str) -> bool {
    let digits = dial.strip_prefix('+').unwrap_or(dial);
    (3..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it is that line, whatever its capitals.
#[must_use]
pub fn is_named(line: &HelpLine, name: &str) -> bool {
    key(&line.name) == key(name)
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

impl HelpLine {
    /// All that is wrong with it; it has no effect then.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let emergency = is_named(self, EMERGENCY);
        let wrong = [
            (self.name.trim().is_empty() || !on_one_line(&self.name, NAME), Fault::Name),
            (!can_be_dialled(&self.dial), Fault::Dial),
            (![&self.shown, &self.english].into_iter().all(|text| on_one_line(text, TEXT)), Fault::Text),
            (emergency && (self.hidden || !self.acute || self.dial != EMERGENCY), Fault::Emergency),
        ];
        wrong.into_iter().filter_map(|(wrong, fault)| wrong.then_some(fault)).collect()
    }
}

impl PartyContact {
    /// All that is wrong with it; it has no effect then.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let wrong = [
            (!on_one_line(&self.name, NAME), Fault::Name),
            (!self.dial.is_empty() && !can_be_dialled(&self.dial), Fault::Dial),
            (![&self.shown, &self.asks].into_iter().all(|text| on_one_line(text, TEXT)), Fault::Text),
        ];
        wrong.into_iter().filter_map(|(wrong, fault)| wrong.then_some(fault)).collect()
    }
}

/// What the office set. Empty where it set nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directory {
    lines: BTreeMap<String, Arc<HelpLine>>,
    parties: BTreeMap<Party, Arc<PartyContact>>,
}

impl Directory {
    /// Whether the office set nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.parties.is_empty()
    }

    /// Takes a line in; `false` if it is not fit, and then nothing changes.
    pub fn set_line(&mut self, line: &HelpLine) -> bool {
        let fit = line.faults().is_empty();
        if fit {
            self.lines.insert(key(&line.name), Arc::new(line.clone()));
        }
        fit
    }

    /// Takes a party in; `false` if it is not fit, and then nothing changes.
    pub fn set_party(&mut self, party: &PartyContact) -> bool {
        let fit = party.faults().is_empty();
        if fit {
            self.parties.insert(party.party, Arc::new(party.clone()));
        }
        fit
    }

    /// Every line, hidden ones too: 112 first, then in their order.
    #[must_use]
    pub fn all_lines(&self) -> Vec<HelpLine> {
        let unset = defaults().into_iter().filter(|line| !self.lines.contains_key(&key(&line.name)));
        let mut lines: Vec<HelpLine> = unset.chain(self.lines.values().map(|line| (**line).clone())).collect();
        lines.sort_by_cached_key(|line| (!is_named(line, EMERGENCY), line.order, key(&line.name)));
        lines
    }

    /// The lines that are shown.
    #[must_use]
    pub fn lines(&self) -> Vec<HelpLine> {
        let mut lines = self.all_lines();
        lines.retain(|line| !line.hidden);
        lines
    }

    /// The lines whose name begins with one of these ("Veilig Thuis Amsterdam" is a Veilig Thuis, too); where the office has one of these no
    /// more, what answers day and night comes with them.
    #[must_use]
    pub fn lines_for(&self, names: &[&str]) -> Vec<HelpLine> {
        let lines = self.lines();
        let is = |line: &HelpLine, name: &str| key(&line.name).starts_with(&key(name));
        let missing = names.iter().any(|name| !lines.iter().any(|line| is(line, name)));
        lines.into_iter().filter(|line| (missing && line.acute) || names.iter().any(|name| is(line, name))).collect()
    }

    /// A party, as far as the office set it.
    #[must_use]
    pub fn party(&self, party: Party) -> Option<&PartyContact> {
        self.parties.get(&party).map(|contact| &**contact)
    }

    /// What the office calls a party.
    #[must_use]
    pub fn called(&self, party: Party) -> Option<&str> {
        self.party(party).map(|contact| contact.name.as_str()).filter(|name| !name.is_empty())
    }

    /// The parties of which help can be asked here, in their usual order.
    #[must_use]
    pub fn asked(&self) -> Vec<Party> {
        Party::ALL.iter().copied().filter(|party| !self.party(*party).is_some_and(|contact| contact.hidden)).collect()
    }
}

/// The day since which none of these was checked; nothing if there is none.
#[must_use]
pub fn checked(lines: &[HelpLine]) -> Option<NaiveDate> {
    lines.iter().map(|line| line.checked).min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(name: &str, dial: &str) -> HelpLine {
        HelpLine {
            name: name.to_owned(),
            dial: dial.to_owned(),
            shown: String::new(),
            english: String::new(),
            acute: false,
            order: 0,
            checked: NaiveDate::default(),
            hidden: false,
        }
    }

    fn names(lines: &[HelpLine]) -> Vec<&str> {
        lines.iter().map(|line| line.name.as_str()).collect()
    }

    #[test]
    fn a_new_installation_has_the_numbers_of_the_country() {
        let lines = Directory::default().lines();
        assert_eq!(lines, defaults());
        assert_eq!(names(&lines)[..3], ["112", "Veilig Thuis", "113 Zelfmoordpreventie"]);
        assert!(lines.iter().all(|line| line.faults().is_empty()));
        assert_eq!(checked(&lines), DEFAULTS_CHECKED);
        assert!(DEFAULTS_CHECKED.is_some());
    }

    #[test]
    fn a_line_is_replaced_added_and_hidden_by_its_name() {
        let mut directory = Directory::default();
        assert!(directory.set_line(&HelpLine { acute: true, order: 20, ..line("veilig thuis", "0201234567") }));
        assert!(directory.set_line(&HelpLine { hidden: true, ..line("Geldfit", "08008115") }));
        assert!(directory.set_line(&HelpLine { order: 35, ..line("Crisisdienst", "+31201234568") }));
        let lines = directory.lines();
        let expected = ["112", "veilig thuis", "113 Zelfmoordpreventie", "Crisisdienst", "Meldpunt Zorgwekkend Gedrag"];
        assert_eq!(names(&lines), expected);
        assert_eq!(lines[1].dial, "0201234567");
        assert_eq!(directory.all_lines().len(), 6, "a hidden one can be found again");
        assert_eq!(checked(&lines), Some(NaiveDate::default()), "the oldest");
        // Hidden ones are shown again by setting them.
        assert!(directory.set_line(&line("Geldfit", "08008115")));
        assert_eq!(directory.lines().len(), 6);
    }

    #[test]
    fn the_emergency_number_can_not_be_hidden_or_lost() {
        let mut directory = Directory::default();
        let own = HelpLine { acute: true, shown: "Ambulance, brandweer, politie".to_owned(), order: 99, ..line(" 112", "112") };
        assert!(directory.set_line(&own));
        for wrong in [
            HelpLine { hidden: true, ..own.clone() },
            HelpLine { acute: false, ..own.clone() },
            HelpLine { dial: "0900".to_owned(), ..own.clone() },
        ] {
            assert_eq!(wrong.faults(), [Fault::Emergency]);
            assert!(!directory.set_line(&wrong));
        }
        assert_eq!(directory.lines()[0], own, "first, whatever its order");
    }

    #[test]
    fn what_is_wrong_is_said_all_together() {
        let wrong = HelpLine { shown: "a\nb".to_owned(), ..line("", "0800-2000") };
        assert_eq!(wrong.faults(), [Fault::Name, Fault::Dial, Fault::Text]);
        for dial in ["", "11", "+", "1234567890123456", "tel:112", "112;1", "１１２"] {
            assert_eq!(line("a", dial).faults(), [Fault::Dial], "{dial}");
        }
        let party = PartyContact {
            party: Party::DebtHelp,
            name: "a".repeat(61),
            dial: "x".to_owned(),
            shown: String::new(),
            asks: "a".repeat(121),
            hidden: false,
        };
        assert_eq!(party.faults(), [Fault::Name, Fault::Dial, Fault::Text]);
        assert!(!Directory::default().set_party(&party));
    }

    #[test]
    fn whoever_a_closed_journal_needs_is_found_and_never_nobody() {
        let mut directory = Directory::default();
        let wanted = ["112", "Veilig Thuis"];
        assert_eq!(names(&directory.lines_for(&wanted)), wanted);
        directory.set_line(&HelpLine { hidden: true, ..line("Veilig Thuis", "08002000") });
        assert_eq!(names(&directory.lines_for(&wanted)), ["112", "113 Zelfmoordpreventie"]);
        assert_eq!(names(&directory.lines_for(&["Veilig Thuis"])), ["112", "113 Zelfmoordpreventie"]);
        directory.set_line(&line("Veilig Thuis Noord", "08002000"));
        assert_eq!(names(&directory.lines_for(&wanted)), ["112", "Veilig Thuis Noord"]);
    }

    #[test]
    fn a_party_has_its_name_here_or_is_not_asked() {
        let mut directory = Directory::default();
        assert_eq!(directory.asked(), Party::ALL);
        let contact = |party, name: &str, hidden| PartyContact {
            party,
            name: name.to_owned(),
            dial: String::new(),
            shown: String::new(),
            asks: String::new(),
            hidden,
        };
        assert!(directory.set_party(&contact(Party::DebtHelp, "Plangroep", false)));
        assert!(directory.set_party(&contact(Party::School, "", true)));
        assert_eq!(directory.called(Party::DebtHelp), Some("Plangroep"));
        assert_eq!((directory.called(Party::School), directory.called(Party::Doctor)), (None, None));
        assert!(!directory.asked().contains(&Party::School));
        assert_eq!(directory.asked().len(), Party::ALL.len() - 1);
    }

    proptest! {
        #[test]
        fn whatever_the_office_sets_112_is_first_and_can_be_called(
            lines in proptest::collection::vec(
                ("(112|Veilig Thuis|[ -~]{0,12})", "(112|113|\\+?[0-9]{0,16})", any::<bool>(), any::<u16>(), any::<bool>()),
                0..12,
            )
        ) {
            let mut directory = Directory::default();
            for (name, dial, acute, order, hidden) in lines {
                directory.set_line(&HelpLine { acute, order, hidden, ..line(&name, &dial) });
            }
            let lines = directory.lines();
            prop_assert_eq!((lines[0].name.trim(), lines[0].dial.as_str(), lines[0].acute), ("112", "112", true));
            prop_assert!(lines.iter().all(|line| line.faults().is_empty() && !line.hidden));
            prop_assert!(!directory.lines_for(&["112", "Veilig Thuis"]).is_empty());
        }
    }
}
