//! `vestibule errors`: the error book on the command line.

use std::process::ExitCode;

use app::text::errors as text;
use clap::{Args, ValueEnum};
use detect::book::{self, Known, Page, find};
use serde::Serialize;

use super::terminal::{plain, say};
use super::{CliError, FOUND_PROBLEMS};

/// How the book is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BookFormat {
    /// For people.
    Text,
    /// A JSON array of objects.
    Json,
}

/// Say what error codes mean, who acts and what to do
///
/// Without anything to look for, lists the whole book. Ends with code 3 when nothing of it fits.
#[derive(Debug, Args)]
pub struct Errors {
    /// A code, AADSTS text, words, or a whole error page
    find: Vec<String>,

    /// How it is printed
    #[arg(long, default_value = "text")]
    format: BookFormat,
}

/// A page of the book as it is printed.
#[derive(Debug, Serialize)]
struct Printed {
    code: i64,
    name: Option<&'static str>,
    outcome: &'static str,
    title: &'static str,
    #[serde(flatten)]
    guide: &'static book::Guide,
}

impl Errors {
    /// Runs the command.
    pub fn run(self) -> Result<ExitCode, CliError> {
        let wanted = self.find.join(" ");
        let found = match wanted.trim() {
            "" => book::pages().map(|page| page.entry.code).collect(),
            text => {
                let found = find::find(text);
                [found.codes, found.pages].concat()
            }
        };
        let pages: Vec<Page> = found.iter().filter_map(|code| book::page(*code)).collect();
        let missing = found.iter().filter(|code| book::page(**code).is_none());
        let missing: Vec<String> = missing.map(ToString::to_string).collect();
        match self.format {
            BookFormat::Json => {
                let printed: Vec<Printed> = pages.iter().map(|page| printed(*page)).collect();
                let text = serde_json::to_string_pretty(&printed)
                    .map_err(|error| CliError::Other(error.to_string()))?;
                say(text)?;
            }
            BookFormat::Text => {
                // One or a few are read, many are looked through.
                let is_short = wanted.trim().is_empty() || pages.len() > 5;
                for page in &pages {
                    match is_short {
                        true => say(line(*page))?,
                        false => say(whole(*page))?,
                    }
                }
            }
        }
        if !missing.is_empty() {
            eprintln!("vestibule: not in the error book: {}", missing.join(", "));
            return Ok(ExitCode::from(FOUND_PROBLEMS));
        }
        if pages.is_empty() {
            eprintln!(
                "vestibule: the error book has nothing for: {}",
                plain(&wanted)
            );
            return Ok(ExitCode::from(FOUND_PROBLEMS));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn printed(page: Page) -> Printed {
    Printed {
        code: page.entry.code,
        name: page.entry.name,
        outcome: page.entry.outcome.as_str(),
        title: page.entry.short,
        guide: page.guide,
    }
}

fn line(page: Page) -> String {
    let outcome = page.entry.outcome.label();
    format!(
        "{:>8}  {outcome:<11}  {}",
        page.entry.code, page.entry.short
    )
}

fn whole(page: Page) -> String {
    let Page { entry, guide } = page;
    let mut lines = vec![
        format!(
            "AADSTS{}  {}  {}",
            entry.code,
            entry.outcome.label(),
            entry.name.unwrap_or_default()
        ),
        entry.short.to_owned(),
        format!("  {}", guide.means),
        format!("  Who acts: {}", guide.acts.label()),
    ];
    lines.extend(
        guide
            .tell
            .as_ref()
            .map(|tell| format!("  What to tell the person: {tell}")),
    );
    lines.extend(guide.check.iter().map(|check| format!("  - {check}")));
    lines.extend(match guide.certainty {
        Known::Documented => None,
        Known::Named => Some(format!("  {}", text::NAMED_ONLY)),
        Known::Unknown => Some(format!("  {}", text::NUMBER_ONLY)),
    });
    lines.push(String::new());
    lines.join("\n")
}
