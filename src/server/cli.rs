//! The command line: one binary for everything that the office does.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono::Utc;
use clap::{Parser, Subcommand};

use super::backup::{Backup, Restore};
use super::config::{Data, Serve};
use super::demo::fill::Demo;
use super::directory::{HelpLineCommand, PartyCommand};
use super::erase::Erase;
use super::neighbourhoods::NeighbourhoodCommand;
use super::people::UserCommand;
use super::rescue::RescueFile;
use super::{demo, open, run, status};

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
    /// Whom to call when it can't wait: the numbers on every phone
    HelpLine {
        #[command(subcommand)]
        command: HelpLineCommand,
    },
    /// Of whom help can be asked: what a party is called here, and its number
    Party {
        #[command(subcommand)]
        command: PartyCommand,
    },
    /// Copy the database while the server runs, and the keyring apart from it
    Backup(Backup),
    /// Put a backup in the place of the database, and begin a new epoch. The server must be stopped
    Restore(Restore),
    /// Erase all about somebody, or single entries, for ever. Shows what there is; does it with --yes
    Erase(Erase),
    /// Take in the file that a phone saved when it could not keep an entry
    Rescue(RescueFile),
    /// Print how many accounts and entries there are, and what was set apart
    Status,
    /// Move the database to this version, and make the keyring where there is none
    Migrate,
}

/// Does what the command line says; what stopped it is shown to the operator, with its causes.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,sqlx=warn".into());
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
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
        Command::User { command } => command.run(&cli.data).await,
        Command::Neighbourhood { command } => command.run(&cli.data).await,
        Command::HelpLine { command } => command.run(&cli.data).await,
        Command::Party { command } => command.run(&cli.data).await,
        Command::Backup(backup) => {
            print!("{}", backup.run(&cli.data, Utc::now()).await?);
            Ok(())
        }
        Command::Restore(restore) => {
            print!("{}", restore.run(&cli.data, Utc::now()).await?);
            Ok(())
        }
        Command::Erase(erase) => {
            print!("{}", erase.run(&cli.data, Utc::now()).await?);
            Ok(())
        }
        Command::Rescue(rescue) => {
            print!("{}", rescue.run(&cli.data).await?);
            Ok(())
        }
        Command::Status => {
            let server = open(&cli.data).await?;
            let said = status::run(&server).await;
            server.storage.close().await;
            print!("{}", said?);
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
