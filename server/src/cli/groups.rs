//! `vestibule groups`.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use clap::{Args, Subcommand};
use model::present::count;

use super::terminal::{plain, say};
use super::{CliError, FOUND_PROBLEMS};
use crate::config::Config;
use crate::groups::Groups as Known;
use crate::keeping;

/// Groups and who is in them, which sign-in logs do not say.
#[derive(Debug, Args)]
pub struct Groups {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring groups in: what Graph answers to groups?$expand=members, groups/{id}/transitiveMembers or
    /// users?$expand=memberOf, the portal's export of a group's members, or a CSV with a column of user IDs or
    /// usernames. A group that is here already is replaced.
    ///
    /// Ends with code 3 when a file was refused or a row was passed over.
    Import {
        /// The files
        #[arg(required = true)]
        files: Vec<std::path::PathBuf>,

        /// Name of the group, for lists that do not say it [default: the file's name]
        #[arg(long, default_value = "", hide_default_value = true)]
        name: String,
    },
    /// List the groups that are here: object ID, people, name
    List,
    /// Remove a group by its object ID
    Remove {
        /// The object ID
        id: String,
    },
}

impl Groups {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let groups = Known::new(keeping::open(config).await?);
        match self.command {
            Command::Import { files, name } => {
                let mut is_whole = true;
                for path in files {
                    is_whole &= import(&groups, &path, &name).await?;
                }
                Ok(match is_whole {
                    true => ExitCode::SUCCESS,
                    false => ExitCode::from(FOUND_PROBLEMS),
                })
            }
            Command::List => {
                for group in groups.known().await?.seen(None) {
                    let (id, name) = (plain(&group.id), plain(&group.name));
                    say(format_args!("{id}  {:>8}  {name}", count(group.people)))?;
                }
                Ok(ExitCode::SUCCESS)
            }
            Command::Remove { id } => {
                groups.remove(&id).await?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// Brings a file in, and says what came of it. Gives whether all of it was understood.
async fn import(groups: &Known, path: &Path, name: &str) -> Result<bool, CliError> {
    let file = path.display().to_string();
    let bytes = tokio::fs::read(path)
        .await
        .map_err(|error| CliError::Other(format!("cannot read {file}: {error}")))?;
    let outcome = groups.import_file(file, bytes, name, Utc::now()).await;
    let file = plain(&outcome.name);
    if let Some(problem) = &outcome.problem {
        eprintln!("vestibule: {file}: {}", plain(problem));
        return Ok(false);
    }
    say(format_args!(
        "{file}: {} groups, {} people",
        count(outcome.groups),
        count(outcome.people)
    ))?;
    for (line, why) in &outcome.first_skipped {
        eprintln!("vestibule: {file}: line {line} {why}");
    }
    for name in &outcome.cut {
        let name = plain(name);
        eprintln!(
            "vestibule: {file}: people may be missing in {name}; get all pages of groups/{{id}}/transitiveMembers"
        );
    }
    Ok(outcome.skipped == 0)
}
