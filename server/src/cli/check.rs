//! `vestibule check`.

use std::process::ExitCode;

use clap::Args;
use lake::Lake;
use model::present::{count, size};

use super::terminal::say;
use super::{CliError, FOUND_PROBLEMS};
use crate::config::Config;
use crate::keeping;

/// Verify the tables and what they count.
///
/// Reads every file of every table, compares the rows in it with what the table's log promises, and
/// looks for sign-ins that are stored twice; and whether a line of the record of who looked at what was changed or
/// taken out. Ends with code 3 when something is wrong.
#[derive(Debug, Args)]
pub struct Check {}

impl Check {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let lake = Lake::open_existing(&config.lake_folder()).await?;
        let check = lake.check().await?;
        for table in &check.tables {
            say(format_args!(
                "{:<17} {:>12} rows in {} files, {}, version {}",
                table.name,
                count(table.rows_found),
                count(table.files),
                size(table.size_bytes),
                table.version
            ))?;
        }
        let mut problems = check.problems;
        if config.state.is_some() || config.state_folder().exists() {
            let store = keeping::open(config).await?;
            let (rows, faults) = store.check_access_events().await?;
            say(format_args!(
                "{:<17} {:>12} lines of who looked at what",
                "access_event",
                count(rows)
            ))?;
            problems.extend(faults.iter().map(ToString::to_string));
            store.close().await;
        }
        for problem in &problems {
            say(format_args!("problem: {problem}"))?;
        }
        if problems.is_empty() {
            say(format_args!("all tables are sound"))?;
            Ok(ExitCode::SUCCESS)
        } else {
            Ok(ExitCode::from(FOUND_PROBLEMS))
        }
    }
}
