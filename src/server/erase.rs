//! `waakvlam erase`: whoever looks after the server erases somebody, or single entries. It says what there is, and does it only with `--yes`.
//!
//! What it prints is Dutch and holds no word of what was written: it may be kept as the answer to who asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, SubsecRound as _, Utc};
use uuid::Uuid;

use super::config::Data;
use super::storage::{About, Erasing, Wanted};
use super::{Server, open, places};
use crate::domain::{EntryId, HouseholdId, JournalId, JournalKind, PersonId, PlaceId, Subject};

/// What to erase.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Erase {
    #[command(flatten)]
    what: What,
    /// Do it. Without this it is only shown
    #[arg(long)]
    yes: bool,
}

#[derive(Clone, Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A place: what was written about the door itself, and the place too
    #[arg(long, value_name = "ID")]
    place: Option<PlaceId>,
    /// A household, with the persons in it
    #[arg(long, value_name = "ID")]
    household: Option<HouseholdId>,
    /// A person
    #[arg(long, value_name = "ID")]
    person: Option<PersonId>,
    /// One entry; may be given several times
    #[arg(long = "entry", value_name = "ID")]
    entries: Vec<EntryId>,
}

/// One erasure to be, with what there is of it.
struct Planned {
    what: String,
    subject: Option<Subject>,
    found: Vec<About>,
}

impl Erase {
    /// Shows it, or does it; says what.
    ///
    /// # Errors
    /// When there is nothing to erase, or the list or the database failed.
    pub(super) async fn run(&self, data: &Data, now: DateTime<Utc>) -> anyhow::Result<String> {
        let server = open(data).await?;
        let said = self.with(&server, now).await;
        server.storage.close().await;
        said
    }

    async fn with(&self, server: &Server, now: DateTime<Utc>) -> anyhow::Result<String> {
        let (planned, hint) = self.plan(server).await?;
        let mut said = String::new();
        for one in &planned {
            let _ = writeln!(said, "{}:", one.what);
            one.found.iter().for_each(|about| said.push_str(&line(about)));
            if one.found.is_empty() {
                said.push_str("  niets\n");
            }
        }
        said.push_str(&hint);
        let there_is: Vec<&Planned> = planned.iter().filter(|one| !one.found.is_empty()).collect();
        if there_is.is_empty() {
            print!("{said}");
            anyhow::bail!("er is niets om te wissen");
        }
        if !self.yes {
            said.push_str(
                "Er is nog niets gewist. Wissen kan niet ongedaan worden gemaakt; zet er --yes achter om het te doen.\n",
            );
            return Ok(said);
        }
        let mut taken = 0;
        for one in there_is {
            let entries = one.found.iter().map(|about| (about.journal, about.entries.clone())).collect();
            taken += carry_out(server, one.subject, entries, now).await?;
        }
        let _ = writeln!(said, "Gewist: {taken}. Telefoons halen de tekst weg bij hun volgende contact.");
        match server.storage.wipe().await {
            Ok(()) => said.push_str("De tekst staat ook niet meer in de bestanden van de database.\n"),
            Err(_) => said.push_str(
                "In de bestanden van de database staat de tekst nog: iemand leest ze. De server probeert het elke minuut.\n",
            ),
        }
        said.push_str("Maak nu een kopie van de sleutelbos en de lijst van wat gewist is: waakvlam backup --keyring-to MAP.\n");
        said.push_str(if self.what.entries.is_empty() {
            "Reservekopieën van eerder zijn hierover onleesbaar geworden. Alleen een oude kopie van de sleutelbos opent ze nog: gooi die weg, of wacht tot ze\n\
             na 30 dagen weg is.\n"
        } else {
            "In reservekopieën van eerder staat de tekst tot ze zijn weggegooid, na hooguit 30 dagen. Terugzetten haalt hem eruit.\n"
        });
        Ok(said)
    }

    /// What is to be erased together, and what else there may be.
    async fn plan(&self, server: &Server) -> anyhow::Result<(Vec<Planned>, String)> {
        let What { place, household, person, entries } = &self.what;
        if let Some(place) = place {
            let planned = of(server, format!("Plek {place}"), Subject::Place(*place)).await?;
            return Ok((vec![planned], behind(server, *place).await?));
        }
        if let Some(household) = household {
            let mut planned = vec![of(server, format!("Bewoning {household}"), Subject::Household(*household)).await?];
            for person in persons(server, *household, &planned[0].found).await? {
                planned.push(of(server, format!("Persoon {person} van deze bewoning"), Subject::Person(person)).await?);
            }
            return Ok((planned, String::new()));
        }
        if let Some(person) = person {
            return Ok((vec![of(server, format!("Persoon {person}"), Subject::Person(*person)).await?], String::new()));
        }
        let what = format!("Losse aantekeningen, {} gevraagd", entries.len());
        let found = server.storage.about(&Wanted::Entries(entries.clone())).await?;
        Ok((vec![Planned { what, subject: None, found }], String::new()))
    }
}

/// Erases somebody, or single entries; says how many texts that took.
pub(super) async fn carry_out(
    server: &Server,
    subject: Option<Subject>,
    entries: BTreeMap<JournalId, BTreeSet<EntryId>>,
    now: DateTime<Utc>,
) -> anyhow::Result<u64> {
    let erasing = Erasing { id: Uuid::now_v7(), at: now.trunc_subsecs(3), subject, entries };
    // Durable before the database changes: from here on it is done, however this ends.
    server.erasures.add(std::slice::from_ref(&erasing))?;
    let taken = server.storage.erase(&erasing).await?;
    server.keyring.lose(&Vec::from_iter(subject))?;
    Ok(taken)
}

async fn of(server: &Server, what: String, subject: Subject) -> anyhow::Result<Planned> {
    let found = server.storage.about(&Wanted::Subject(subject)).await?;
    Ok(Planned { what, subject: Some(subject), found })
}

/// The persons of a household, as its journals say.
pub(super) async fn persons(server: &Server, household: HouseholdId, found: &[About]) -> anyhow::Result<BTreeSet<PersonId>> {
    let mut persons = BTreeSet::new();
    for about in found {
        let (caseload, _) = places::caseload(&*server.storage, about.journal).await?;
        persons.extend(caseload.households.get(&household).into_iter().flat_map(|household| household.persons.clone()));
    }
    Ok(persons)
}

/// Who asks about a door mostly means who lives, or lived, behind it.
async fn behind(server: &Server, place: PlaceId) -> anyhow::Result<String> {
    let mut said = String::new();
    for row in server.storage.journals().await? {
        if row.kind != JournalKind::Neighbourhood {
            continue;
        }
        let (caseload, _) = places::caseload(&*server.storage, row.journal).await?;
        for id in caseload.behind.get(&place).into_iter().flatten() {
            let Some(state) = caseload.households.get(id) else { continue };
            let until = state.ended.as_ref().map_or(String::new(), |ended| format!(" tot {}", ended.on));
            let _ = writeln!(
                said,
                "Achter deze deur: bewoning {id}, sinds {}{until}. Die wist u met --household {id}.",
                state.household.from
            );
        }
    }
    Ok(said)
}

fn line(about: &About) -> String {
    // A closed journal's name could tell whom it is about.
    let name = if about.kind == JournalKind::Closed { "(gesloten logboek)" } else { &about.name };
    let apart = if about.apart > 0 { format!(", {} apart gezet", about.apart) } else { String::new() };
    let entries = about.entries.len();
    format!("  {name}: {entries} {}{apart}\n", if entries == 1 { "aantekening" } else { "aantekeningen" })
}
