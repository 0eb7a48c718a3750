//! `waakvlam user …`: people who can sign in, and what they are granted.

use anyhow::Context as _;
use chrono::Utc;
use clap::{Subcommand, ValueEnum};

use super::accounts::{Link, NewAccount};
use super::config::Data;
use super::{Server, open};
use crate::domain::{JournalId, JournalKind, Role};
use crate::sync::wire::UserRow;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Add somebody and print their one-time link, valid 72 hours
    Add {
        /// 3-40 letters a-z, digits, dots or dashes; never changes
        #[arg(long)]
        login_name: String,
        /// The name that colleagues see
        #[arg(long)]
        name: String,
        /// What the account is for
        #[arg(long)]
        role: RoleName,
        /// The neighbourhood's name; may be given several times
        #[arg(long = "neighbourhood", num_args = 1..)]
        neighbourhoods: Vec<String>,
        /// Where people find this server
        #[arg(long, env = "WAAKVLAM_BASE_URL", default_value = "http://localhost:8080")]
        base_url: String,
    },
    /// Print a new one-time link for somebody who forgot the five words; the earlier ones no longer work
    Link {
        /// Whose
        #[arg(long)]
        login_name: String,
        /// Where people find this server
        #[arg(long, env = "WAAKVLAM_BASE_URL", default_value = "http://localhost:8080")]
        base_url: String,
    },
    /// Let somebody read and write a neighbourhood, in the role of their account
    Grant(OnNeighbourhood),
    /// Take that back: their phone sends what still waits, then forgets the neighbourhood
    Revoke(OnNeighbourhood),
    /// Print who can sign in
    List,
}

/// Who, and where.
#[derive(Debug, clap::Args)]
pub(super) struct OnNeighbourhood {
    /// Who
    #[arg(long)]
    login_name: String,
    /// The neighbourhood's name
    #[arg(long)]
    neighbourhood: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum RoleName {
    Worker,
    Supervisor,
    Committee,
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Worker => Self::Worker,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Committee => Self::Committee,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

impl UserCommand {
    /// Does it, and prints what came of it.
    pub(super) async fn run(self, data: &Data) -> anyhow::Result<()> {
        let server = open(data).await?;
        let done = self.with(&server).await;
        server.storage.close().await;
        print!("{}", done?);
        Ok(())
    }

    async fn with(self, server: &Server) -> anyhow::Result<String> {
        match self {
            Self::Add { login_name, name, role, neighbourhoods, base_url } => {
                let mut journals = Vec::new();
                for neighbourhood in &neighbourhoods {
                    journals.push(find(server, neighbourhood).await?);
                }
                let account = NewAccount { login_name, name, role: role.into(), journals, login_key: None };
                let (_, link) = server.add_account(&account).await?;
                show(&link.context("no link was made")?, account.name.trim(), &base_url)
            }
            Self::Link { login_name, base_url } => {
                let user = known(server, &login_name).await?;
                let link = server.new_link(user.user).await.map_err(|why| anyhow::anyhow!("{why}"))?;
                show(&link, &user.name, &base_url)
            }
            Self::Grant(OnNeighbourhood { login_name, neighbourhood }) => {
                let (user, journal) = (known(server, &login_name).await?, find(server, &neighbourhood).await?);
                server.storage.set_grant(user.user, journal, user.role).await?;
                Ok(format!("{} may use {neighbourhood}.\n", user.name))
            }
            Self::Revoke(OnNeighbourhood { login_name, neighbourhood }) => {
                let (user, journal) = (known(server, &login_name).await?, find(server, &neighbourhood).await?);
                server.storage.revoke_grant(user.user, journal, Utc::now()).await?;
                Ok(format!("{} may use {neighbourhood} no more.\n", user.name))
            }
            Self::List => {
                let users = server.storage.users().await?;
                Ok(users.iter().map(|user| format!("{}\t{:?}\t{}\n", user.login_name, user.role, user.name)).collect())
            }
        }
    }
}

async fn known(server: &Server, login_name: &str) -> anyhow::Result<UserRow> {
    let wanted = login_name.trim().to_lowercase();
    let found = server.storage.users().await?.into_iter().find(|user| user.login_name == wanted);
    found.with_context(|| format!("nobody has the login name “{login_name}”; `waakvlam user list` prints them"))
}

async fn find(server: &Server, name: &str) -> anyhow::Result<JournalId> {
    let journals = server.storage.journals().await?;
    let ours: Vec<_> = journals.into_iter().filter(|row| row.kind == JournalKind::Neighbourhood).collect();
    let found = ours.iter().find(|row| row.name.eq_ignore_ascii_case(name.trim()));
    let found = found.with_context(|| {
        let names: Vec<&str> = ours.iter().map(|row| row.name.as_str()).collect();
        format!("there is no neighbourhood “{name}”; known: {}. `waakvlam neighbourhood add` makes one", names.join(", "))
    })?;
    Ok(found.journal)
}

fn show(link: &Link, name: &str, base_url: &str) -> anyhow::Result<String> {
    let url = format!("{}{}", base_url.trim_end_matches('/'), link.path);
    let qr = qrcode::QrCode::new(&url).context("drawing the QR code")?;
    let qr = qr.render::<qrcode::render::unicode::Dense1x2>().build();
    Ok(format!("{qr}\n{url}\n\nFor {name}, once, until {} UTC.\n", link.valid_until.format("%Y-%m-%d %H:%M")))
}
