//! The command line: one file for each command.

mod backup;
mod check;
mod compact;
mod demo;
mod errors;
mod groups;
mod import;
mod listening;
mod query;
mod registrations;
mod serve;
mod terminal;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, ConfigError, Settings};
use crate::logging;

/// A self-hosted portal for Microsoft Entra ID sign-in logs.
///
/// Import what the portal, Graph, diagnostic settings or Log Analytics exported, then look at it in
/// the browser. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "vestibule", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Arguments {
    /// Configuration file (TOML)
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_CONFIG",
        hide_env_values = true,
        value_name = "FILE"
    )]
    config: Option<PathBuf>,

    /// Print the configuration that flags, environment and file give together, and end
    #[arg(long, global = true)]
    print_config: bool,

    #[command(flatten)]
    settings: Settings,

    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  vestibule serve                                  start on http://127.0.0.1:3000
  vestibule import ~/Downloads/InteractiveSignIns_2026-11-01_2026-11-24.json
  vestibule import exports/ --format json          a folder, and numbers for a script
  zcat PT1H.json.gz | vestibule import -           from a pipe
  vestibule query 'range=7d&f=status:eq:failure'   what the page shows, as a table
  vestibule query 'from=&f=user:contains:ann' --format csv > ann.csv
  vestibule errors AADSTS50126                     what a code means, and what to do
  vestibule groups import groups.json              who is in which group, from Graph or a CSV
  vestibule registrations import users.json        who registered which authentication methods
  vestibule user add ann --role security_reader    somebody else who may sign in
  vestibule demo --rows 200000                     a made-up tenant to try things on
  vestibule check                                  are all tables sound?
  vestibule backup /backup/2026-11-24              a copy, while the server runs";

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal
    Serve(serve::Serve),
    /// Import exports of sign-in logs: files, folders, archives, or - for standard input
    Import(import::Import),
    /// Ask for sign-ins, with the query string of the page's address
    Query(query::Query),
    /// Say what error codes mean, who acts and what to do
    Errors(errors::Errors),
    /// Bring in groups and their members, list and remove them
    Groups(groups::Groups),
    /// Bring in what people registered to sign in with, list and remove the files it came from
    Registrations(registrations::Registrations),
    /// Add accounts, change and list them
    User(user::User),
    /// Make a demo tenant
    Demo(demo::Demo),
    /// Copy the data folder while the server runs
    Backup(backup::Backup),
    /// Put a backup into an empty data folder
    Restore(backup::Restore),
    /// Verify the tables and what they count
    Check(check::Check),
    /// Merge small files, and forget what is past its retention
    Compact(compact::Compact),
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The lake.
    #[error(transparent)]
    Lake(#[from] lake::LakeError),
    /// An import.
    #[error(transparent)]
    Import(#[from] ingest::ImportError),
    /// What people keep.
    #[error(transparent)]
    State(#[from] state::StateError),
    /// Reading or writing.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Anything else, in a sentence.
    #[error("{0}")]
    Other(String),
}

/// Exit code when the command did its work but found something wrong.
const FOUND_PROBLEMS: u8 = 3;

/// Runs the command of the process's arguments.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let config = match Config::load(arguments.settings, arguments.config.as_deref()) {
        Ok(config) => config,
        Err(error) => return fail(&error.into()),
    };
    if arguments.print_config {
        return match terminal::say(config.to_toml().trim_end()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => ended(&error.into()),
        };
    }
    if config.interrupt_codes.clone().put_in_force().is_err() {
        return fail(&CliError::Other(
            "other result codes count as interrupted already".to_owned(),
        ));
    }
    let Some(command) = arguments.command else {
        return fail(&CliError::Other(
            "no command; see vestibule --help".to_owned(),
        ));
    };
    logging::start(config.log_format, &config.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    let outcome = runtime.block_on(async {
        match command {
            Command::Serve(command) => command.run(&config).await,
            Command::Import(command) => command.run(&config).await,
            Command::Query(command) => command.run(&config).await,
            Command::Errors(command) => command.run(),
            Command::Groups(command) => command.run(&config).await,
            Command::Registrations(command) => command.run(&config).await,
            Command::User(command) => command.run(&config).await,
            Command::Demo(command) => command.run(&config).await,
            Command::Backup(command) => command.run(&config).await,
            Command::Restore(command) => command.run(&config).await,
            Command::Check(command) => command.run(&config).await,
            Command::Compact(command) => command.run(&config).await,
        }
    });
    // Whatever still waits for another process's lock must not keep this one from ending.
    runtime.shutdown_background();
    match outcome {
        Ok(code) => code,
        Err(error) => ended(&error),
    }
}

fn ended(error: &CliError) -> ExitCode {
    match error {
        // The reader of a pipe went away: that is its right.
        CliError::Io(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        error => fail(error),
    }
}

fn fail(error: &CliError) -> ExitCode {
    eprintln!("vestibule: {}", terminal::plain(&error.to_string()));
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
