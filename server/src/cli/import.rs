//! `vestibule import`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ingest::{ImportOptions, Progress, Source};
use lake::Lake;
use model::Tab;
use model::import::{FileSummary, ImportSummary};
use model::present::{count, size};

use super::terminal::{plain, say};
use super::{CliError, FOUND_PROBLEMS};
use crate::config::Config;

/// How the summary is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SummaryFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}

/// Import exports of sign-in logs: files, folders, archives, or - for standard input.
///
/// Every shape is recognised by its content: the portal's JSON and CSV downloads (drop the
/// `_AuthDetails` files in as well), Graph pages, diagnostic settings from a storage account or an
/// Event Hub, Log Analytics exports; zipped or not. Importing the same thing twice changes nothing.
/// Records that cannot be read are kept aside with the reason and never stop the others.
///
/// Ends with code 0 when everything was read, 3 when something had to be set aside.
#[derive(Debug, Args)]
pub struct Import {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How the summary is printed
    #[arg(long, default_value = "text")]
    format: SummaryFormat,

    /// Kind of the sign-ins where neither the records nor the file name say it: interactive,
    /// noninteractive, serviceprincipal or managedidentity
    #[arg(long, value_parser = parse_tab)]
    kind: Option<Tab>,

    /// Rows of one commit: fewer are stored sooner, more are imported faster
    #[arg(long, value_name = "ROWS")]
    commit_rows: Option<usize>,
}

fn parse_tab(text: &str) -> Result<Tab, String> {
    Tab::parse(text).ok_or_else(|| {
        "there are interactive, noninteractive, serviceprincipal, managedidentity".to_owned()
    })
}

impl Import {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let sources = ingest::pipeline::collect(&self.paths)?;
        let lake = Lake::open(&config.lake_folder()).await?;
        let defaults = ImportOptions::default();
        let commit_rows = self.commit_rows.unwrap_or(defaults.commit_rows);
        let options = ImportOptions {
            kind: self.kind,
            commit_rows,
            ..defaults
        };
        let summary = run_with_bar(&lake, sources, &options).await?;
        match self.format {
            SummaryFormat::Json => {
                let text = serde_json::to_string_pretty(&summary).map_err(std::io::Error::other)?;
                say(text)?;
            }
            SummaryFormat::Text => say(plain(&as_text(&summary)))?,
        }
        let sound =
            summary.rejected == 0 && summary.by_file.iter().all(|file| file.problem.is_none());
        Ok(if sound {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(FOUND_PROBLEMS)
        })
    }
}

/// Imports with a progress bar on standard error, when that is a terminal.
pub async fn run_with_bar(
    lake: &Lake,
    sources: Vec<Source>,
    options: &ImportOptions,
) -> Result<ImportSummary, CliError> {
    let progress = Arc::new(Progress::default());
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    let style = "{bar:32} {bytes}/{total_bytes}  {msg}";
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style);
    }
    let watcher = {
        let (progress, bar) = (Arc::clone(&progress), bar.clone());
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(Duration::from_millis(200));
            loop {
                interval.tick().await;
                bar.set_length(progress.total_bytes().max(progress.read_bytes()));
                bar.set_position(progress.read_bytes());
                let current = progress.current().unwrap_or_default();
                let message = match progress.started() {
                    true => format!("{} records  {current}", count(progress.records())),
                    false => "waiting for another import to end".to_owned(),
                };
                bar.set_message(plain(&message).into_owned());
            }
        })
    };
    let outcome = ingest::import(lake, sources, options, &progress).await;
    watcher.abort();
    bar.finish_and_clear();
    Ok(outcome?)
}

/// The summary for people.
fn as_text(summary: &ImportSummary) -> String {
    let mut lines: Vec<String> = summary.by_file.iter().map(file_line).collect();
    if summary.by_file.len() != 1 {
        let files = if summary.files == 1 { "file" } else { "files" };
        lines.push(format!(
            "{} {files}: {}",
            count(summary.files),
            numbers(&total(summary))
        ));
    }
    for (reason, number) in &summary.rejected_by_reason {
        lines.push(format!("  set aside, {reason}: {}", count(*number)));
    }
    lines.extend(summary.notes.iter().map(|note| format!("note: {note}")));
    if summary.rejected > 0 {
        lines.push("what was set aside can be read and downloaded on the page /import".to_owned());
    }
    lines.join("\n")
}

fn total(summary: &ImportSummary) -> FileSummary {
    FileSummary {
        records: summary.records,
        new: summary.new,
        updated: summary.updated,
        duplicates: summary.duplicates,
        older: summary.older,
        steps: summary.steps,
        rejected: summary.rejected,
        other: summary.other_kinds.values().sum(),
        ..FileSummary::default()
    }
}

fn file_line(file: &FileSummary) -> String {
    let name = model::present::shortened(&file.name, 200);
    match &file.problem {
        Some(problem) => format!("{name} ({}): {problem}", size(file.size_bytes)),
        None => format!(
            "{name} ({}, {}): {}",
            size(file.size_bytes),
            file.format,
            numbers(file)
        ),
    }
}

fn numbers(file: &FileSummary) -> String {
    let mut parts = vec![
        format!("{} records", count(file.records)),
        format!("{} new", count(file.new)),
    ];
    let more = [
        (file.updated, "replaced by newer ones"),
        (file.duplicates, "already here"),
        (file.older, "older than what is here"),
        (file.steps, "steps joined"),
        (file.other, "of other kinds"),
        (file.rejected, "set aside"),
    ];
    parts.extend(
        more.iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{} {what}", count(*number))),
    );
    parts.join(", ")
}
