//! `vestibule registrations`.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use clap::{Args, Subcommand};
use model::present::count;
use model::time;

use super::terminal::{plain, say};
use super::{CliError, FOUND_PROBLEMS};
use crate::config::Config;
use crate::keeping;
use crate::registrations::Registrations as Known;

/// What people registered to sign in with, registrations and resets, relying parties of AD FS, and credentials of
/// applications, which sign-in logs do not say.
#[derive(Debug, Args)]
pub struct Registrations {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring lists in: what Graph answers to reports/authenticationMethods/userRegistrationDetails, userEventsSummary,
    /// usersRegisteredByFeature, usersRegisteredByMethod, userRegistrationActivity,
    /// userPasswordResetsAndChangesSummary, reports/getRelyingPartyDetailedSummary and
    /// reports/appCredentialSignInActivities, or the portal's CSV of the same. A newer list says anew what an older one
    /// said; the same file again changes nothing.
    ///
    /// Ends with code 3 when a file was refused or a row was passed over.
    Import {
        /// The files
        #[arg(required = true)]
        files: Vec<std::path::PathBuf>,
    },
    /// List the files that something of is here: name, import, people, events, relying parties, summaries,
    /// credentials, file
    List,
    /// Remove a list, with all that it said last
    Remove {
        /// Its name, as the list has it
        id: String,
    },
}

impl Registrations {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let known = Known::new(keeping::open(config).await?);
        match self.command {
            Command::Import { files } => {
                let mut is_whole = true;
                for path in files {
                    is_whole &= import(&known, &path).await?;
                }
                Ok(match is_whole {
                    true => ExitCode::SUCCESS,
                    false => ExitCode::from(FOUND_PROBLEMS),
                })
            }
            Command::List => {
                for list in &known.kept().await?.lists {
                    let facts: Vec<String> = list.facts.iter().map(|facts| count(*facts)).collect();
                    say(format_args!(
                        "{}  {}  {:>8} {:>8} {:>6} {:>6} {:>6}  {}",
                        list.id,
                        time::write(list.imported),
                        facts[0],
                        facts[1],
                        facts[2],
                        facts[3],
                        facts[4],
                        plain(&list.origin)
                    ))?;
                }
                Ok(ExitCode::SUCCESS)
            }
            Command::Remove { id } => {
                known.remove(&id).await?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// Brings a file in, and says what came of it. Gives whether all of it was understood.
async fn import(known: &Known, path: &Path) -> Result<bool, CliError> {
    let file = path.display().to_string();
    let bytes = tokio::fs::read(path)
        .await
        .map_err(|error| CliError::Other(format!("cannot read {file}: {error}")))?;
    let outcome = known.import_file(file, bytes, Utc::now()).await;
    let file = plain(&outcome.name);
    for (line, why) in &outcome.first_skipped {
        eprintln!("vestibule: {file}: line {line} {why}");
    }
    if let Some(problem) = &outcome.problem {
        eprintln!("vestibule: {file}: {}", plain(problem));
        return Ok(false);
    }
    say(format_args!(
        "{}",
        app::text::imported_lists::imported(&file, &outcome)
    ))?;
    if outcome.has_more {
        eprintln!("vestibule: {file}: {}", app::text::imported_lists::HAS_MORE);
    }
    Ok(outcome.skipped == 0)
}
