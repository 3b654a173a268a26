//! The program: serves the pages, and does from the shell what the pages do.

mod clock;
mod commands;
mod demo;
mod filter;
mod links;
mod outgoing;
mod plan_file;
mod reading;
mod report;
mod web;

use clap::{Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

/// Makes the online-safety policy of an early-years setting run.
#[derive(Parser)]
#[command(name = "stairgate", version, about, max_term_width = 100)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start with an invented setting, to try everything.
    Demo {
        /// Where the demo's data lies; a folder of its own is made when none is named.
        #[arg(long)]
        data: Option<PathBuf>,
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
    /// Serve a setting.
    Serve {
        #[command(flatten)]
        place: Place,
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Where daily backups go: another disk than the data, if there is one.
        #[arg(long)]
        backup_to: Option<PathBuf>,
        /// Browsers reach this program through HTTPS: cookies are for encrypted connections only.
        #[arg(long)]
        behind_https: bool,
        /// The address that people type, such as https://stairgate.example: passkeys are bound to it.
        #[arg(long)]
        address: Option<String>,
        #[command(flatten)]
        filter: Box<filter::Asked>,
        #[command(flatten)]
        elsewhere: outgoing::Elsewhere,
    },
    /// Let somebody in again who can't sign in: for the last one who leads. Everybody who leads is told.
    #[command(subcommand)]
    Account(commands::account::Asked),
    /// Read a policy document and say what each clause asks for.
    Read {
        /// The document: txt, md, docx, odt or pdf.
        file: PathBuf,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// As a policy file, with the controls that are sure: to edit and bring in.
        #[arg(long, conflicts_with = "json")]
        toml: bool,
    },
    /// Ask for an act, as a page would. Without an act, lists them all.
    Act(commands::act::Asked),
    /// Make the filter's file of lists, ask it, and try it.
    #[command(subcommand)]
    Filter(commands::filter::Asked),
    /// Check, export or sign the ledger.
    #[command(subcommand)]
    Ledger(commands::ledger::Asked),
    /// Write a sealed backup to a directory.
    Backup {
        #[command(flatten)]
        place: Place,
        /// The directory.
        #[arg(long)]
        to: PathBuf,
        /// Restore it at once into a folder of its own, compare, and say whether all came back.
        #[arg(long)]
        rehearse: bool,
    },
    /// Restore a backup into a new data folder.
    Restore(commands::backup::Restore),
    /// List the controls of this build.
    Controls {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the forms: which acts can be asked for at which address.
    Forms {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say how every clause stands.
    Standing {
        #[command(flatten)]
        place: Place,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say what is owed.
    Duties {
        #[command(flatten)]
        place: Place,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Where the data of a setting lies.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Place {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// A PostgreSQL server for ledger and keys instead of files: postgres://user:password@host/name.
    #[arg(long, requires = "setting")]
    database: Option<String>,
    /// The name of this setting on that server.
    #[arg(long)]
    setting: Option<String>,
}

impl Place {
    /// The data folder, with the server when there is one.
    pub(crate) fn folder(&self) -> desk::folder::Folder {
        let database = self
            .database
            .as_ref()
            .zip(self.setting.as_ref())
            .map(|(url, setting)| desk::folder::Database {
                server: ledger::server::Server::at(url),
                setting: setting.clone(),
            });
        desk::folder::Folder::at(&self.data, database)
    }
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing::Level::WARN)
        .init();
    let done = match Line::parse().command {
        Command::Demo { data, listen } => demo::run(data, listen),
        Command::Serve {
            place,
            listen,
            backup_to,
            behind_https,
            address,
            filter,
            elsewhere,
        } => {
            let reached = commands::serve::Reached {
                behind_https,
                address,
            };
            let beside = commands::serve::Beside {
                backup_to,
                filter: *filter,
                elsewhere,
            };
            commands::serve::run(&place.folder(), listen, &reached, &beside)
        }
        Command::Account(asked) => commands::account::run(&asked),
        Command::Read { file, json, toml } => commands::read::run(&file, json, toml),
        Command::Act(asked) => commands::act::run(&asked),
        Command::Filter(asked) => commands::filter::run(asked),
        Command::Ledger(asked) => commands::ledger::run(&asked),
        Command::Backup {
            place,
            to,
            rehearse,
        } => commands::backup::run(&place.folder(), &to, rehearse),
        Command::Restore(restore) => commands::backup::restore(&restore),
        Command::Controls { json } => commands::look::controls(json),
        Command::Forms { json } => commands::look::forms(json),
        Command::Standing { place, json } => commands::look::standing(&place.folder(), json),
        Command::Duties { place, json } => commands::look::duties(&place.folder(), json),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            commands::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
