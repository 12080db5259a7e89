//! `vestibule compact`.

use std::process::ExitCode;

use clap::Args;
use lake::Lake;
use model::present::count;

use super::CliError;
use super::terminal::say;
use crate::config::Config;

/// Merge small files, and forget what is past its retention.
///
/// A serving Vestibule does both by itself from time to time. With `--retention-days` sign-ins that
/// are older are forgotten for good.
#[derive(Debug, Args)]
pub struct Compact {}

impl Compact {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let lake = Lake::open_existing(&config.lake_folder()).await?;
        if config.retention_days > 0 {
            let forgotten = lake.retain_days(config.retention_days).await?;
            say(format_args!(
                "{} sign-ins older than {} days are forgotten",
                count(forgotten),
                config.retention_days
            ))?;
        }
        let done = lake.compact().await?;
        say(format_args!(
            "{} small files became {}, {} old files deleted",
            count(done.merged_files),
            count(done.written_files),
            count(done.deleted_files)
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
