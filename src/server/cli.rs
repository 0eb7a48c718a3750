//! The command line: one binary for everything that the office does.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono::Utc;
use clap::{Parser, Subcommand, ValueEnum};

use super::accounts::NewAccount;
use super::backup::{Backup, Restore};
use super::config::{Data, Serve};
use super::demo::fill::Demo;
use super::neighbourhoods::NeighbourhoodCommand;
use super::{demo, open, run};
use crate::domain::{JournalKind, Role};

/// Waakvlam: the server and its tools.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(flatten)]
    data: Data,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the app and its API
    Serve(Serve),
    /// Fill an empty database with one fictional neighbourhood, and print its accounts
    Demo(Demo),
    /// People who can sign in
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// The areas that workers know
    Neighbourhood {
        #[command(subcommand)]
        command: NeighbourhoodCommand,
    },
    /// Copy the database while the server runs, and the keyring apart from it
    Backup(Backup),
    /// Put a backup in the place of the database, and begin a new epoch. The server must be stopped
    Restore(Restore),
    /// Move the database to this version, and make the keyring where there is none
    Migrate,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
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
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleName {
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

/// Does what the command line says; what stopped it is shown to the operator, with its causes.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,sqlx=warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime");
    match runtime.and_then(|runtime| runtime.block_on(obey(cli))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("waakvlam: {why:#}");
            ExitCode::FAILURE
        }
    }
}

async fn obey(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(serve) => {
            let running = run::start(&cli.data, &serve).await?;
            let scheme = if serve.tls_cert.is_some() { "https" } else { "http" };
            tracing::info!("serving on {scheme}://{}", running.address);
            run::until_told(running).await
        }
        Command::Demo(how) => demo(&cli.data, &how).await,
        Command::User { command: UserCommand::Add { login_name, name, role, neighbourhoods, base_url } } => {
            let account = NewAccount { login_name, name, role: role.into(), journals: Vec::new(), login_key: None };
            add_user(&cli.data, account, &neighbourhoods, &base_url).await
        }
        Command::Neighbourhood { command } => command.run(&cli.data).await,
        Command::Backup(backup) => {
            print!("{}", backup.run(&cli.data, Utc::now()).await?);
            Ok(())
        }
        Command::Restore(restore) => {
            print!("{}", restore.run(&cli.data, Utc::now()).await?);
            Ok(())
        }
        Command::Migrate => {
            let server = open(&cli.data).await?;
            server.storage.close().await;
            println!("The database is of version {}.", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
    }
}

async fn demo(data: &Data, how: &Demo) -> anyhow::Result<()> {
    let server = open(data).await?;
    let told = demo::fill::run(&server, data, how).await;
    server.storage.close().await;
    print!("{}", told?);
    Ok(())
}

async fn add_user(data: &Data, mut account: NewAccount, neighbourhoods: &[String], base_url: &str) -> anyhow::Result<()> {
    let server = open(data).await?;
    let known: Vec<_> =
        server.storage.journals().await?.into_iter().filter(|row| row.kind == JournalKind::Neighbourhood).collect();
    for name in neighbourhoods {
        let found = known.iter().find(|row| row.name.eq_ignore_ascii_case(name));
        let found = found.with_context(|| {
            let names: Vec<&str> = known.iter().map(|row| row.name.as_str()).collect();
            format!("there is no neighbourhood “{name}”; known: {}. `waakvlam neighbourhood add` makes one", names.join(", "))
        })?;
        account.journals.push(found.journal);
    }
    let (_, link) = server.add_account(&account).await?;
    server.storage.close().await;
    let link = link.context("no link was made")?;
    let url = format!("{}{}", base_url.trim_end_matches('/'), link.path);
    let qr = qrcode::QrCode::new(&url).context("drawing the QR code")?;
    println!("{}", qr.render::<qrcode::render::unicode::Dense1x2>().build());
    println!("{url}\n\nFor {}, once, until {} UTC.", account.name.trim(), link.valid_until.format("%Y-%m-%d %H:%M"));
    Ok(())
}
