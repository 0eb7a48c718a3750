//! What the command line does with neighbourhoods.

use anyhow::Context as _;
use chrono::{Datelike as _, Utc};

use super::config::Data;
use super::places::{self, Import};
use super::{Server, open};
use crate::domain::JournalKind;
use crate::domain::places::NeighbourhoodCode;

#[derive(Debug, clap::Subcommand)]
pub(super) enum NeighbourhoodCommand {
    /// Add a neighbourhood without places
    Add {
        /// What people call it
        name: String,
        /// Its CBS code: BU and eight digits or letters
        #[arg(long, requires = "year")]
        code: Option<String>,
        /// The year of that CBS division
        #[arg(long, requires = "code")]
        year: Option<u16>,
    },
    /// Take the places of one or more neighbourhoods from a file; everything in it is right, or nothing is imported
    Import(Import),
    /// Print the neighbourhoods with their CBS codes
    List,
}

impl NeighbourhoodCommand {
    pub(super) async fn run(&self, data: &Data) -> anyhow::Result<()> {
        let server = open(data).await?;
        let said = match self {
            Self::Add { name, code, year } => add(&server, name.trim(), code.as_deref().zip(*year)).await,
            Self::List => list(&server).await,
            Self::Import(how) => match places::import(&*server.storage, how, Utc::now()).await {
                Ok(imported) if imported.good => Ok(imported.report),
                Ok(imported) => {
                    print!("{}", imported.report);
                    Err(anyhow::anyhow!("nothing was imported from {}", how.file.display()))
                }
                Err(why) => Err(why),
            },
        };
        server.storage.close().await;
        print!("{}", said?);
        Ok(())
    }
}

async fn add(server: &Server, name: &str, code: Option<(&str, u16)>) -> anyhow::Result<String> {
    anyhow::ensure!(!name.is_empty(), "a neighbourhood needs a name");
    let code = code.map(|(code, year)| {
        let code = NeighbourhoodCode::parse(code).context("a CBS code is BU and eight digits or letters, such as BU03630000")?;
        anyhow::ensure!((1995..=Utc::now().year()).contains(&i32::from(year)), "the year of a division is from 1995 until now");
        Ok((code, year))
    });
    let code = code.transpose()?;
    if let Some((code, _)) = &code {
        let known = server.storage.neighbourhoods().await?;
        let other = known.iter().find(|other| other.has(code));
        anyhow::ensure!(other.is_none(), "{code} is the code of {}", other.map_or("another", |other| &other.name));
    }
    let added = server.storage.add_journal(JournalKind::Neighbourhood, name).await?;
    let journal = added.with_context(|| format!("there is a neighbourhood “{name}” already"))?;
    if let Some((code, year)) = code {
        anyhow::ensure!(server.storage.set_code(journal, &code, year).await?, "{code} is the code of another neighbourhood");
    }
    Ok(format!("Added {name}.\n"))
}

async fn list(server: &Server) -> anyhow::Result<String> {
    let neighbourhoods = server.storage.neighbourhoods().await?;
    let line = |one: &super::storage::Neighbourhood| match &one.code {
        Some((code, year)) => format!("{code}  {year}  {}\n", one.name),
        None => format!("{:10}  {:4}  {}\n", "-", "-", one.name),
    };
    Ok(neighbourhoods.iter().map(line).collect())
}
