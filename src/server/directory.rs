//! `waakvlam help-line …` and `waakvlam party …`: whom to call and whom to ask, in the organisation's journal. Phones follow by
//! themselves.

use anyhow::Context as _;
use chrono::{NaiveDate, Utc};

use super::config::Data;
use super::places::caseload;
use super::{Server, open};
use crate::domain::body::{HelpLine, Party, PartyContact};
use crate::domain::directory::{self, Directory, Fault, NAME, TEXT};
use crate::domain::{Body, JournalId, JournalKind, Payload, PlaceId, Subject};

/// What can be done with numbers.
#[derive(Debug, clap::Subcommand)]
pub(super) enum HelpLineCommand {
    /// Add a number, or change what is given of one; a hidden one is shown again
    Set(SetLine),
    /// Show a number no more. 112 can't be hidden
    Hide {
        /// Who answers, as `list` prints it
        name: String,
    },
    /// Print the numbers as phones show them, hidden ones too
    List,
}

/// A number.
#[derive(Debug, clap::Args)]
pub(super) struct SetLine {
    /// Who answers, such as "Veilig Thuis". Another name is another number
    name: String,
    /// What is dialled; spaces, dashes and brackets are left out
    #[arg(long)]
    dial: Option<String>,
    /// What stands beside the name: the number as people read it, and when it answers
    #[arg(long)]
    shown: Option<String>,
    /// The same in English
    #[arg(long)]
    english: Option<String>,
    /// Whether it answers day and night, and so stands beside an urgent signal
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true")]
    acute: Option<bool>,
    /// The lowest comes first; those of a new installation are 10, 20 … 50
    #[arg(long)]
    order: Option<u16>,
    /// The day on which somebody called it and heard who answers, as 2026-11-21 [default: today]
    #[arg(long, value_name = "DAY")]
    checked: Option<NaiveDate>,
}

/// What can be done with parties.
#[derive(Debug, clap::Subcommand)]
pub(super) enum PartyCommand {
    /// Say what a party is called here, its number, and what may be asked; what is not given stays. A hidden one is asked again
    Set(SetParty),
    /// Offer a party no more when help is asked. What was asked of it stays
    Hide {
        /// Which, as `list` prints it
        party: String,
    },
    /// Print every party, and what was set of it
    List,
}

/// A party.
#[derive(Debug, clap::Args)]
pub(super) struct SetParty {
    /// Which, as `list` prints it: debt_help, mental_health …
    party: String,
    /// What it is called here; "" for its ordinary name
    #[arg(long)]
    name: Option<String>,
    /// What is dialled; spaces, dashes and brackets are left out; "" for no number
    #[arg(long)]
    dial: Option<String>,
    /// The number as people read it, and when it answers
    #[arg(long)]
    shown: Option<String>,
    /// What may be asked of it
    #[arg(long)]
    asks: Option<String>,
}

impl HelpLineCommand {
    /// Does it, and prints what came of it.
    pub(super) async fn run(self, data: &Data) -> anyhow::Result<()> {
        let server = open(data).await?;
        let done = self.with(&server).await;
        server.storage.close().await;
        print!("{}", done?);
        Ok(())
    }

    async fn with(self, server: &Server) -> anyhow::Result<String> {
        let (journal, directory) = read(server).await?;
        match self {
            Self::Set(set) => {
                let today = Utc::now().date_naive();
                let line = set.over(&directory, today)?;
                fit(&line.faults())?;
                say(server, journal, line.clone().into()).await?;
                Ok(format!("Set.\n{}", one_line(&line)))
            }
            Self::Hide { name } => {
                let line = HelpLine { hidden: true, ..known(&directory, &name)? };
                fit(&line.faults())?;
                say(server, journal, line.clone().into()).await?;
                Ok(format!("Hidden.\n{}", one_line(&line)))
            }
            Self::List => Ok(directory.all_lines().iter().map(one_line).collect()),
        }
    }
}

impl SetLine {
    fn over(self, directory: &Directory, today: NaiveDate) -> anyhow::Result<HelpLine> {
        let checked = self.checked.unwrap_or(today);
        anyhow::ensure!(checked <= today, "--checked is a day that has not been yet");
        let last = directory.all_lines().last().map_or(0, |line| line.order);
        let before = match known(directory, &self.name) {
            Ok(line) => line,
            Err(_) => HelpLine {
                name: self.name.trim().to_owned(),
                dial: self.dial.clone().context("a new number needs --dial")?,
                shown: String::new(),
                english: String::new(),
                acute: false,
                order: last.saturating_add(10),
                checked,
                hidden: false,
            },
        };
        Ok(HelpLine {
            dial: self.dial.map_or(before.dial, |dial| dialled(&dial)),
            shown: self.shown.map_or(before.shown, |text| text.trim().to_owned()),
            english: self.english.map_or(before.english, |text| text.trim().to_owned()),
            acute: self.acute.unwrap_or(before.acute),
            order: self.order.unwrap_or(before.order),
            checked,
            hidden: false,
            name: before.name,
        })
    }
}

impl PartyCommand {
    /// Does it, and prints what came of it.
    pub(super) async fn run(self, data: &Data) -> anyhow::Result<()> {
        let server = open(data).await?;
        let done = self.with(&server).await;
        server.storage.close().await;
        print!("{}", done?);
        Ok(())
    }

    async fn with(self, server: &Server) -> anyhow::Result<String> {
        let (journal, directory) = read(server).await?;
        let (contact, done) = match self {
            Self::Set(set) => (set.over(&directory)?, "Set"),
            Self::Hide { party } => (PartyContact { hidden: true, ..as_it_is(&directory, party_of(&party)?) }, "Hidden"),
            Self::List => return Ok(Party::ALL.iter().map(|party| one_party(&as_it_is(&directory, *party))).collect()),
        };
        fit(&contact.faults())?;
        say(server, journal, contact.clone().into()).await?;
        Ok(format!("{done}.\n{}", one_party(&contact)))
    }
}

impl SetParty {
    fn over(self, directory: &Directory) -> anyhow::Result<PartyContact> {
        let before = as_it_is(directory, party_of(&self.party)?);
        let text = |new: Option<String>, old: String| new.map_or(old, |text| text.trim().to_owned());
        Ok(PartyContact {
            name: text(self.name, before.name),
            dial: self.dial.map_or(before.dial, |dial| dialled(&dial)),
            shown: text(self.shown, before.shown),
            asks: text(self.asks, before.asks),
            hidden: false,
            party: before.party,
        })
    }
}

/// The organisation's journal, and what the office set in it.
async fn read(server: &Server) -> anyhow::Result<(JournalId, Directory)> {
    let journals = server.storage.journals().await?;
    let organisation = journals.iter().find(|row| row.kind == JournalKind::Organisation);
    let journal = organisation.context("there is no organisation's journal")?.journal;
    let (caseload, _) = caseload(&*server.storage, journal).await?;
    Ok((journal, caseload.directory))
}

/// The office as a place has the id of its journal.
async fn say(server: &Server, journal: JournalId, body: Body) -> anyhow::Result<()> {
    let now = Utc::now();
    let subject = Subject::Place(PlaceId(journal.0));
    let payload = Payload { written_at: now, clock_ahead_ms: None, subject, group: None, body };
    let payload = payload.write()?.get().to_owned();
    Ok(server.storage.append_own(journal, &[payload], now).await?)
}

fn known(directory: &Directory, name: &str) -> anyhow::Result<HelpLine> {
    let found = directory.all_lines().into_iter().find(|line| directory::is_named(line, name));
    found.with_context(|| format!("there is no number of “{name}”; `waakvlam help-line list` prints them"))
}

fn as_it_is(directory: &Directory, party: Party) -> PartyContact {
    let unset = || PartyContact {
        party,
        name: String::new(),
        dial: String::new(),
        shown: String::new(),
        asks: String::new(),
        hidden: false,
    };
    directory.party(party).cloned().unwrap_or_else(unset)
}

fn party_of(word: &str) -> anyhow::Result<Party> {
    let wanted = word.trim().to_lowercase().replace('-', "_");
    let found = Party::ALL.iter().copied().find(|party| name_of(*party) == wanted);
    found.with_context(|| {
        let names: Vec<String> = Party::ALL.iter().map(|party| name_of(*party)).collect();
        format!("there is no party “{word}”; known: {}", names.join(", "))
    })
}

fn name_of(party: Party) -> String {
    serde_json::to_string(&party).unwrap_or_default().trim_matches('"').to_owned()
}

fn dialled(dial: &str) -> String {
    dial.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '\u{a0}')).collect()
}

fn fit(faults: &[Fault]) -> anyhow::Result<()> {
    let words = |fault: &Fault| match fault {
        Fault::Name => format!("a name is 1 to {NAME} letters on one line"),
        Fault::Dial => "what is dialled is 3 to 15 digits, with a + before them or without".to_owned(),
        Fault::Text => format!("what is shown is at most {TEXT} letters on one line"),
        Fault::Emergency => "112 is always there, dials 112 and stands beside every urgent signal".to_owned(),
    };
    anyhow::ensure!(faults.is_empty(), "nothing was set: {}", faults.iter().map(words).collect::<Vec<_>>().join("; "));
    Ok(())
}

fn one_line(line: &HelpLine) -> String {
    let HelpLine { name, dial, shown, checked, order, .. } = line;
    let acute = if line.acute { "\tday and night" } else { "" };
    let hidden = if line.hidden { "\thidden" } else { "" };
    format!("{order}\t{name}\t{dial}\t{shown}\tchecked {checked}{acute}{hidden}\n")
}

fn one_party(contact: &PartyContact) -> String {
    let PartyContact { party, name, dial, shown, asks, hidden } = contact;
    let said = [name, dial, shown, asks].into_iter().filter(|text| !text.is_empty()).cloned();
    let hidden = hidden.then(|| "hidden".to_owned());
    let all: Vec<String> = std::iter::once(name_of(*party)).chain(said).chain(hidden).collect();
    format!("{}\n", all.join("\t"))
}
