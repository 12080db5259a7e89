//! `vestibule query`.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use chrono::Utc;
use clap::{Args, ValueEnum};
use lake::Lake;
use model::answer::Row;
use model::ask::{Ask, PageAsk};
use model::column::{Derived, Source};
use model::{Column, Value, present, reason};

use super::terminal::plain;
use super::{CliError, FOUND_PROBLEMS};
use crate::config::Config;
use crate::groups::Groups;
use crate::keeping;

/// How rows are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RowFormat {
    /// Aligned columns for people.
    Table,
    /// A JSON array of objects.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated values that open cleanly in a spreadsheet.
    Csv,
}

/// Ask for sign-ins, with the query string of the page's address.
///
/// Parts, joined by &: tab=interactive|noninteractive|serviceprincipal|managedidentity,
/// range=24h|7d|1mo or from=… and to=… (RFC 3339; from= alone means everything),
/// f=column:operator:value[,value…] as often as needed, q=text, sort=-date, cols=date,user,….
/// Operators: eq ne in nin contains ncontains starts nstarts ends nends empty nempty
/// gt ge lt le cidr ncidr.
///
/// Ends with code 3 when a part of the query could not be read; the rest is answered all the same.
#[derive(Debug, Args)]
pub struct Query {
    /// The query string; '' asks for the interactive sign-ins of the last 24 hours
    query: String,

    /// How rows are printed
    #[arg(long, default_value = "table")]
    format: RowFormat,

    /// Most rows
    #[arg(long, default_value_t = 100)]
    limit: usize,
}

impl Query {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let (query, problems) = model::Query::parse(&self.query);
        for problem in &problems {
            eprintln!("vestibule: {}", plain(&problem.to_string()));
        }
        let lake = Lake::open_existing(&config.lake_folder()).await?;
        let columns = query.shown_columns();
        let mut ask = Ask::of(query);
        ask.page = Some(PageAsk {
            columns: reason::with_its_columns(&columns),
            limit: self.limit.min(MOST_ROWS),
            skip: 0,
        });
        if ask
            .query
            .filters
            .iter()
            .any(|filter| filter.column.is_group())
        {
            let groups = Groups::new(keeping::open(config).await?);
            let filling = groups.fill(&mut ask.query).await;
            filling.map_err(|error| CliError::Other(error.to_string()))?;
        }
        let ask = lake.settled(ask).await?;
        let page = lake
            .answer(&ask, Utc::now())
            .await?
            .page
            .unwrap_or_default();
        let mut rows: Vec<Row> = page.rows;
        for row in &mut rows {
            explain(row, &columns);
        }
        let mut out = BufWriter::new(io::stdout().lock());
        match self.format {
            RowFormat::Table => table(&columns, &rows, &mut out)?,
            RowFormat::Json => json(&columns, &rows, &mut out)?,
            RowFormat::Ndjson => ndjson(&columns, &rows, &mut out)?,
            RowFormat::Csv => comma_separated(&columns, &rows, &mut out)?,
        }
        out.flush()?;
        if page.next.is_some() {
            eprintln!(
                "there are more than {}; say --limit for more",
                present::count(self.limit as u64)
            );
        }
        Ok(if problems.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(FOUND_PROBLEMS)
        })
    }
}

/// Fills in the reason, and drops the columns that were asked for its sake.
fn explain(row: &mut Row, columns: &[&'static Column]) {
    let beside = reason::taken(&mut row.values);
    for (column, value) in columns.iter().zip(&mut row.values) {
        if column.source == Source::Derived(Derived::Reason) {
            let reason = present::reason(
                beside.error_code,
                beside.gist,
                beside.deciding_policy.as_deref(),
            );
            *value = if reason.is_empty() {
                Value::Empty
            } else {
                Value::Text(reason)
            };
        }
    }
}

/// Most rows of one answer; no tenant has more.
const MOST_ROWS: usize = 1 << 40;
/// Widest cell of the table, in characters.
const WIDEST_CELL: usize = 40;

fn table(columns: &[&'static Column], rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let cell = |text: &str| present::shortened(&plain(text).replace('\n', " "), WIDEST_CELL);
    let mut lines: Vec<Vec<String>> = vec![
        columns
            .iter()
            .map(|column| column.label.to_owned())
            .collect(),
    ];
    lines.extend(rows.iter().map(|row| {
        columns
            .iter()
            .zip(&row.values)
            .map(|(column, value)| cell(&present::value_in_file(column, value)))
            .collect()
    }));
    let width = |index: usize| {
        lines
            .iter()
            .filter_map(|line| line.get(index))
            .map(|text| text.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    for line in &lines {
        let padded: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(text, width)| format!("{text:width$}"))
            .collect();
        writeln!(out, "{}", padded.join("  ").trim_end())?;
    }
    Ok(())
}

fn object(columns: &[&'static Column], row: &Row) -> serde_json::Value {
    columns
        .iter()
        .zip(&row.values)
        .map(|(column, value)| (column.id.to_owned(), column.json(value)))
        .collect()
}

fn json(columns: &[&'static Column], rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let objects: Vec<_> = rows.iter().map(|row| object(columns, row)).collect();
    serde_json::to_writer_pretty(&mut *out, &objects)?;
    writeln!(out)
}

fn ndjson(columns: &[&'static Column], rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &object(columns, row))?;
        writeln!(out)?;
    }
    Ok(())
}

fn comma_separated(
    columns: &[&'static Column],
    rows: &[Row],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns.iter().map(|column| column.label))?;
    for row in rows {
        writer.write_record(
            columns
                .iter()
                .zip(&row.values)
                .map(|(column, value)| guarded(column, value)),
        )?;
    }
    writer.flush()
}

/// A cell that no spreadsheet takes for a formula. Numbers of ours keep their sign.
fn guarded(column: &Column, value: &Value) -> String {
    let text = present::value_in_file(column, value);
    let risky =
        matches!(value, Value::Text(_)) && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if risky { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        let user = Column::named("user");
        assert_eq!(
            guarded(user, &Value::Text("=HYPERLINK(1)".into())),
            "'=HYPERLINK(1)"
        );
        assert_eq!(guarded(user, &Value::Text("Ann".into())), "Ann");
        assert_eq!(
            guarded(Column::named("error_code"), &Value::Integer(-1)),
            "-1"
        );
    }
}
