//! `waakvlam neighbourhood import`: the file is read, every row checked, laid beside what each journal adds up to; then all is written in
//! one transaction, or nothing.
//!
//! The rules are pure and stand in [`crate::domain::places`]. The file holds every door of every neighbourhood that it names: a door that it no
//! longer has is hidden.

mod reading;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, Utc};

use super::storage::{Neighbourhood, PlacesOf, Pull, Pulled, SERVER, Storage};
use crate::domain::places::{NeighbourhoodCode, Plan, Row, Tree, plan, read, tree};
use crate::domain::{Caseload, Entry, JournalId, Payload};

/// Lines that are read at a time.
const PAGE: usize = 5_000;
/// How often the plan is made again because somebody wrote places meanwhile.
const ROUNDS: usize = 5;
/// More doors than this share vanish only when it is said that they may.
const FEW: usize = 5;
/// Below this many nobody is asked.
const FEWEST: usize = 20;

/// How to import.
#[derive(Clone, Debug, clap::Args)]
pub struct Import {
    /// A CSV file in UTF-8, with commas or semicolons. Columns: buurtcode, jaar, complex, portiek, soort, straat, huisnummer, letter,
    /// toevoeging, postcode, verdieping. `-` reads standard input
    pub file: PathBuf,
    /// Into this neighbourhood, whose CBS code becomes that of the file [default: the neighbourhoods with the codes in the file]
    #[arg(long, value_name = "NAME")]
    pub neighbourhood: Option<String>,
    /// Say what would happen, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Also when more than a fifth of the doors would be hidden
    #[arg(long)]
    pub hide_many: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Imported {
    /// What to show.
    pub report: String,
    /// Nothing was wrong with the file.
    pub good: bool,
}

/// Imports a file.
///
/// # Errors
/// When the file can't be read, the neighbourhood is not known or the database failed. Bad rows are no error: they are in the report.
pub async fn import(storage: &dyn Storage, how: &Import, now: DateTime<Utc>) -> anyhow::Result<Imported> {
    let bytes = if how.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(&how.file)
    };
    let bytes = bytes.with_context(|| format!("reading {}", how.file.display()))?;
    let mut report = String::new();
    let neighbourhoods = storage.neighbourhoods().await?;
    let chosen = how.neighbourhood.as_deref().map(|name| named(&neighbourhoods, name)).transpose()?;
    let rows = match check(&bytes, now, &neighbourhoods, chosen, &mut report) {
        Ok(rows) => rows,
        Err(faults) => {
            let _ = writeln!(report, "{faults}Er is niets geïmporteerd.");
            return Ok(Imported { report, good: false });
        }
    };
    let wanted = by_neighbourhood(&rows, &neighbourhoods, chosen)?;
    for _ in 0..ROUNDS {
        let (text, writes, too_many) = plan_all(storage, &wanted).await?;
        if too_many && !how.hide_many {
            let _ = write!(
                report,
                "{text}Meer dan een vijfde van de deuren zou verdwijnen. Is dit bestand volledig? Zo ja, geef dan --hide-many.\n\
                 Er is niets geïmporteerd.\n"
            );
            return Ok(Imported { report, good: false });
        }
        let done = if how.dry_run {
            "Dit was een proef: er is niets geïmporteerd."
        } else if !storage.import_places(&writes, now).await? {
            continue;
        } else if writes.iter().all(|write| write.payloads.is_empty()) {
            "Er was niets te veranderen."
        } else {
            "Geïmporteerd."
        };
        let _ = writeln!(report, "{text}{done}");
        return Ok(Imported { report, good: true });
    }
    anyhow::bail!("somebody else kept changing places meanwhile; nothing was imported, try again")
}

fn named<'n>(neighbourhoods: &'n [Neighbourhood], name: &str) -> anyhow::Result<&'n Neighbourhood> {
    let found = neighbourhoods.iter().find(|one| one.name.to_lowercase() == name.trim().to_lowercase());
    found.with_context(|| {
        let names: Vec<&str> = neighbourhoods.iter().map(|one| one.name.as_str()).collect();
        format!("there is no neighbourhood “{name}”; known: {}. `waakvlam neighbourhood add` makes one", names.join(", "))
    })
}

/// The rows, or everything that is wrong, as text.
fn check(
    bytes: &[u8],
    now: DateTime<Utc>,
    neighbourhoods: &[Neighbourhood],
    chosen: Option<&Neighbourhood>,
    notes: &mut String,
) -> Result<Vec<Row>, String> {
    let readable = reading::read(bytes).map_err(|why| format!("{}\n", words::unusable(&why)))?;
    if readable.not_utf8 {
        let _ = writeln!(notes, "{}", words::NOT_UTF8);
    }
    if !readable.unknown.is_empty() {
        let _ = writeln!(notes, "{}", words::unknown_columns(&readable.unknown));
    }
    let mut bad: Vec<(u64, String)> = readable.bad.iter().map(|(line, fault)| (*line, words::fault(fault))).collect();
    bad.extend(readable.broken.iter().map(|line| (*line, words::BROKEN.to_owned())));
    // A row that fell apart says nothing more about itself.
    let apart: BTreeSet<u64> = bad.iter().map(|(line, _)| *line).collect();
    let whole: Vec<_> = readable.rows.into_iter().filter(|cells| !apart.contains(&cells.line)).collect();
    let this_year = u16::try_from(now.year()).unwrap_or(u16::MAX);
    let (rows, faults) = read(&whole, this_year);
    bad.extend(faults.iter().map(|one| (one.line, words::fault(&one.fault))));
    let first = rows.first().map(|row| row.code.clone());
    for row in &rows {
        match chosen {
            Some(_) if Some(&row.code) != first.as_ref() => bad.push((row.line, words::second_code(&row.code))),
            None if !neighbourhoods.iter().any(|one| one.has(&row.code)) => bad.push((row.line, words::unknown_code(&row.code))),
            _ => {}
        }
    }
    if bad.is_empty() {
        return Ok(rows);
    }
    let lines: BTreeSet<u64> = bad.iter().map(|(line, _)| *line).collect();
    let mut text = words::report(&bad);
    let unknown = chosen.is_none() && rows.iter().any(|row| !neighbourhoods.iter().any(|one| one.has(&row.code)));
    if unknown {
        text.push_str(
            "Een nieuwe buurt voeg je toe met `waakvlam neighbourhood add NAAM --code CODE --year JAAR`. Bestaat de buurt al, \
             geef dan --neighbourhood NAAM.\n",
        );
    }
    let _ = writeln!(text, "Fouten: {}, op {} regels.", words::number(bad.len()), words::number(lines.len()));
    Err(text)
}

struct Wanted<'n> {
    neighbourhood: &'n Neighbourhood,
    code: NeighbourhoodCode,
    year: u16,
    tree: Tree,
}

fn by_neighbourhood<'n>(
    rows: &[Row],
    neighbourhoods: &'n [Neighbourhood],
    chosen: Option<&'n Neighbourhood>,
) -> anyhow::Result<Vec<Wanted<'n>>> {
    let mut by_code: BTreeMap<&NeighbourhoodCode, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_code.entry(&row.code).or_default().push(row);
    }
    let wanted = by_code.into_iter().map(|(code, rows)| {
        let has_it = neighbourhoods.iter().find(|one| one.has(code));
        let neighbourhood = chosen.or(has_it).context("a code without a neighbourhood")?;
        if let Some(other) = has_it.filter(|other| other.journal != neighbourhood.journal) {
            anyhow::bail!("{code} is the code of {}, not of {}; nothing was imported", other.name, neighbourhood.name);
        }
        let year = rows.first().map_or(0, |row| row.year);
        Ok(Wanted { neighbourhood, code: code.clone(), year, tree: tree(rows) })
    });
    wanted.collect()
}

/// What would be said, what would be written, and whether more vanishes than anybody would expect.
async fn plan_all(storage: &dyn Storage, wanted: &[Wanted<'_>]) -> anyhow::Result<(String, Vec<PlacesOf>, bool)> {
    let (mut text, mut writes, mut too_many) = (String::new(), Vec::new(), false);
    let now = Utc::now();
    for Wanted { neighbourhood, code, year, tree } in wanted {
        let (caseload, after) = caseload(storage, neighbourhood.journal).await?;
        let plan = plan(neighbourhood.journal, tree, &caseload, SERVER);
        text.push_str(&words::summary(&neighbourhood.name, code, *year, tree, &plan));
        too_many |= plan.doors_gone() > FEWEST && plan.doors_gone() * FEW > plan.doors_before;
        let payloads = payloads(&plan, now)?;
        writes.push(PlacesOf { journal: neighbourhood.journal, after, code: code.clone(), year: *year, payloads });
    }
    Ok((text, writes, too_many))
}

fn payloads(plan: &Plan, now: DateTime<Utc>) -> anyhow::Result<Vec<String>> {
    let payloads = plan.steps.iter().map(|step| {
        let (subject, body) = step.entry();
        let payload = Payload { written_at: now, clock_ahead_ms: None, subject, group: None, body };
        Ok(payload.write()?.get().to_owned())
    });
    payloads.collect()
}

/// What a journal adds up to, and its last number.
pub(super) async fn caseload(storage: &dyn Storage, journal: JournalId) -> anyhow::Result<(Caseload, u64)> {
    let (mut caseload, mut after) = (Caseload::default(), 0);
    loop {
        let pull = Pull { journal, after, chain: None, lines: PAGE, bytes: usize::MAX, erasures: u64::MAX };
        let Some(Pulled::Page { head, lines, .. }) = storage.pull(pull).await? else {
            anyhow::bail!("the journal can't be read to its end")
        };
        for row in lines {
            after = row.seq;
            if let Some(kept) = row.entry {
                caseload.apply(Entry {
                    id: kept.id,
                    author: kept.author,
                    device: kept.device,
                    n: kept.n,
                    seq: Some(row.seq),
                    received_at: Some(kept.received_at),
                    payload: Payload::parse(kept.payload.get()).ok(),
                });
            }
        }
        if after >= head {
            return Ok((caseload, after));
        }
    }
}
