//! Writes the plan into an empty database.

use std::path::PathBuf;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use futures::future::try_join_all;
use uuid::Uuid;

use super::accounts::{DemoAccount, DemoAccounts, draw_phrase};
use super::plan::{self, AuthorRef, Plan, PlannedLine, PlannedUser};
use crate::domain::rights::may_read;
use crate::domain::{DeviceId, JournalId, JournalKind, Role, UserId};
use crate::server::Server;
use crate::server::accounts::{login_hash, login_key_for};
use crate::server::config::Data;
use crate::server::credentials::random32;
use crate::server::storage::{Given, NewUser, SERVER, Storage};
use crate::sync::chain::Bytes32;

/// How to fill.
#[derive(Clone, Debug, clap::Args)]
pub struct Demo {
    /// About how many entries the neighbourhood gets, its 258 places included
    #[arg(long, default_value_t = plan::ENTRIES)]
    pub entries: usize,
    /// Where the accounts are written, readable by their owner only [default: demo-accounts.txt beside the SQLite file]
    #[arg(long, value_name = "FILE")]
    pub accounts: Option<PathBuf>,
}

/// Fills the database and prints the accounts; says so and does nothing where somebody is in it already.
///
/// # Errors
/// When the database or the file with the accounts can't be written.
pub async fn run(server: &Server, data: &Data, demo: &Demo) -> anyhow::Result<String> {
    let file = demo.accounts.clone().unwrap_or_else(|| data.keyring_path().with_file_name("demo-accounts.txt"));
    if !server.storage.users().await?.is_empty() {
        return Ok(format!("The database is already filled; nothing was changed. The accounts stand in {}.\n", file.display()));
    }
    let accounts = fill(server, demo.entries, Utc::now(), |accounts| {
        accounts.write(&file).with_context(|| format!("writing the accounts to {}", file.display()))
    })
    .await?;
    Ok(format!("{accounts}\nThey are also in {}.\n", file.display()))
}

/// Draws the phrases, plans the year and writes both into an empty database. `keep` is called when the phrases are drawn and
/// before anybody can sign in with them, so that nobody is left with accounts that nobody knows.
///
/// # Errors
/// When the neighbourhood is there already, `keep` fails, or the database does.
pub async fn fill(
    server: &Server,
    entries: usize,
    now: DateTime<Utc>,
    keep: impl FnOnce(&DemoAccounts) -> anyhow::Result<()>,
) -> anyhow::Result<DemoAccounts> {
    let phrases: Vec<String> = plan::staff().map(|_| draw_phrase()).collect();
    // Stretching a phrase takes a good part of a second; they need not wait for each other, nor the plan for them.
    let installation = server.installation.id;
    let hashes = try_join_all(plan::staff().zip(&phrases).map(|(login_name, phrase)| {
        let phrase = phrase.clone();
        tokio::task::spawn_blocking(move || login_hash(&login_key_for(installation, login_name, &phrase)))
    }));
    let planned = tokio::task::spawn_blocking(move || plan::plan(now, entries));
    let (hashes, plan) = tokio::try_join!(hashes, planned)?;
    write(server.storage.as_ref(), &plan, phrases.into_iter().zip(hashes).collect(), now, keep).await
}

/// Writes journals, lines, users and grants; `logins` are phrase and hash, in the order of the plan's users.
async fn write(
    storage: &dyn Storage,
    plan: &Plan,
    logins: Vec<(String, Vec<u8>)>,
    now: DateTime<Utc>,
    keep: impl FnOnce(&DemoAccounts) -> anyhow::Result<()>,
) -> anyhow::Result<DemoAccounts> {
    let journals: Vec<_> = storage.journals().await?.into_iter().map(|row| (row.journal, row.kind)).collect();
    let organisation = journals.iter().find(|(_, kind)| *kind == JournalKind::Organisation).map(|(journal, _)| *journal);
    let organisation = organisation.context("the database has no journal for the organisation")?;
    let neighbourhood = storage.add_journal(JournalKind::Neighbourhood, plan.neighbourhood).await?.with_context(|| {
        let name = plan.neighbourhood;
        format!("{name} is there, but nobody who works in it: an earlier filling was broken off. Begin with a new database")
    })?;
    let mut devices = Devices::new(plan);
    append(storage, organisation, plan, &plan.organisation, &mut devices).await?;
    append(storage, neighbourhood, plan, &plan.lines, &mut devices).await?;

    let (phrases, hashes): (Vec<_>, Vec<_>) = logins.into_iter().unzip();
    let account = |(user, phrase): (&PlannedUser, String)| {
        let PlannedUser { login_name, name, role, .. } = *user;
        DemoAccount { login_name, name, role, phrase }
    };
    let accounts = DemoAccounts(plan.users.iter().zip(phrases).map(account).collect());
    keep(&accounts)?;
    for (user, hash) in plan.users.iter().zip(hashes) {
        let new = NewUser {
            user: user.id,
            login_name: user.login_name.to_owned(),
            name: user.name.to_owned(),
            role: user.role,
            login: Some(hash),
            grants: granted(user.role, neighbourhood, &journals),
            enrolment: None,
            said: Vec::new(),
            at: now,
        };
        anyhow::ensure!(storage.add_user(&new).await?, "the login name {} is taken", user.login_name);
    }
    Ok(accounts)
}

/// What somebody is granted: what their role reads, and for the committee the neighbourhood, whose summaries it will read.
fn granted(role: Role, neighbourhood: JournalId, others: &[(JournalId, JournalKind)]) -> Vec<(JournalId, Role)> {
    let here = may_read(role, JournalKind::Neighbourhood) || role == Role::Committee;
    let others = others.iter().filter(|(_, kind)| may_read(role, *kind)).map(|(journal, _)| *journal);
    others.chain(here.then_some(neighbourhood)).map(|journal| (journal, role)).collect()
}

/// Each writer's device, and how far it has counted.
struct Devices(Vec<(UserId, DeviceId, u64)>);

impl Devices {
    fn new(plan: &Plan) -> Self {
        let users = plan.users.iter().map(|user| user.id);
        Self(std::iter::once(SERVER).chain(users).map(|user| (user, DeviceId(Uuid::new_v4()), 0)).collect())
    }

    fn next(&mut self, author: AuthorRef) -> Option<(UserId, DeviceId, u64)> {
        let device = self.0.get_mut(match author {
            AuthorRef::Server => 0,
            AuthorRef::User(index) => index + 1,
        })?;
        device.2 += 1;
        Some(*device)
    }
}

async fn append(
    storage: &dyn Storage,
    journal: JournalId,
    plan: &Plan,
    lines: &[PlannedLine],
    devices: &mut Devices,
) -> anyhow::Result<()> {
    let entries = lines
        .iter()
        .map(|line| {
            let (author, device, n) =
                devices.next(line.author).with_context(|| format!("{} has no such writer", plan.neighbourhood))?;
            Ok(Given {
                id: line.id,
                author,
                device,
                n,
                received_at: line.received_at,
                salt: Bytes32(random32()),
                kind: line.payload.body.kind().to_owned(),
                payload: line.payload.write()?.get().to_owned(),
            })
        })
        .collect::<anyhow::Result<Vec<Given>>>()?;
    Ok(storage.append_given(journal, &entries).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Caseload, Entry, Payload};
    use crate::server::storage::{Pull, Pulled};
    use crate::sync::chain::{START, commitment, next};

    #[tokio::test]
    async fn an_empty_database_is_filled_once_and_reads_as_planned() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let data = Data::sqlite(&folder.path().join("demo.db"));
        let server = crate::server::open(&data).await?;
        let file = folder.path().join("demo-accounts.txt");
        let plan = plan::plan(Utc::now(), 600);
        // Stretching phrases is slow without optimisation, and tested elsewhere.
        let logins = plan.users.iter().map(|_| (draw_phrase(), vec![0; 48])).collect();
        let accounts = write(server.storage.as_ref(), &plan, logins, Utc::now(), |accounts| Ok(accounts.write(&file)?)).await?;
        let kept = std::fs::read_to_string(&file)?;
        assert_eq!(accounts.to_string(), kept);
        assert!(["samira", "joost", "gerda", "ineke", "ruud", "tineke"].iter().all(|name| kept.contains(name)));

        let logins = Vec::new();
        assert!(write(server.storage.as_ref(), &plan, logins, Utc::now(), |_| Ok(())).await.is_err(), "never twice");
        let demo = Demo { entries: 600, accounts: None };
        assert!(run(&server, &data, &demo).await?.contains("already filled"));
        assert_eq!(std::fs::read_to_string(&file)?, kept);

        let journals = server.storage.journals().await?;
        let neighbourhood =
            journals.iter().find(|row| row.kind == JournalKind::Neighbourhood).context("no neighbourhood")?.journal;
        let pull = Pull { journal: neighbourhood, after: 0, chain: None, lines: 5_000, bytes: usize::MAX, erasures: u64::MAX };
        let Some(Pulled::Page { head, chain, lines, .. }) = server.storage.pull(pull).await? else { anyhow::bail!("no page") };
        assert_eq!(head, lines.len() as u64);
        let mut end = START;
        let mut caseload = Caseload::default();
        for row in lines {
            let kept = row.entry.context("nothing is erased")?;
            assert_eq!(kept.commitment, commitment(&kept.salt, kept.payload.get()));
            end = next(&end, row.seq, kept.id, kept.author, &kept.commitment);
            caseload.apply(Entry {
                id: kept.id,
                author: kept.author,
                device: kept.device,
                n: kept.n,
                seq: Some(row.seq),
                received_at: Some(kept.received_at),
                payload: Some(Payload::parse(kept.payload.get())?),
            });
        }
        assert_eq!(end, chain);
        assert!(caseload.inadmissible.is_empty() && caseload.waiting.is_empty() && caseload.unreadable.is_empty());
        Ok(())
    }
}
