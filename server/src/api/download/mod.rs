//! `GET /api/v1/signins/download`: all sign-ins of a query as a file, sent while it is written.
//!
//! A thread of its own writes the file, see [`source`] for where its rows come from; the connection takes what
//! it wrote a chunk at a time, and the thread waits for a slow one. When the connection ends or takes nothing for
//! a minute, so does the thread; when the thread ends before the file, the connection is broken off.

mod archive;
mod block;
pub(super) mod csv;
mod json;
mod outlet;
mod parquet;
mod portal_columns;
mod portal_csv;
mod progress;
mod sending;
mod source;
mod task;
mod xlsx;
mod xlsx_text;

use std::io;
use std::sync::Arc;

use app::text::access::NO_RECORDS;
use axum::Extension;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use model::Column;
use model::ask::Ask;
use model::download::{Format, PortalFile};
use model::tab::Tabs;
use serde_json::{Value, json};

use self::block::Field;
use self::outlet::{Outlet, Reception};
pub use self::progress::Downloads;
use self::progress::Progress;
use self::sending::{Receiving, sent};
use self::source::Source;
use self::task::Task;
use super::error::{ApiError, Result};
use super::v1::openapi;
use super::v1::parameters::{self, Asked};
use crate::backend::LakeBackend;
use crate::sight::Sighted;

/// The header that says how many sign-ins there are.
const ROWS_HEADER: HeaderName = HeaderName::from_static("vestibule-sign-ins");

/// What is to be written.
enum File {
    One(Format, Box<Task>),
    Archive(Vec<(PortalFile, String, Task)>),
}

/// Sends the file.
pub async fn open(
    State(backend): State<Arc<LakeBackend>>,
    State(downloads): State<Downloads>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let asked = Asked::read(
        &backend,
        &sighted,
        text.as_deref(),
        &["format", "raw", "all_columns", "id"],
    )
    .await?;
    asked.require_whole()?;
    let format = format_of(&asked)?;
    if !sighted.sight.people && format.is_of_records() {
        return Err(ApiError::NotSeen(NO_RECORDS.to_owned()));
    }
    let now = Utc::now();
    let progress = Arc::new(Progress::default());
    let receiving = Receiving::new(Arc::clone(&progress));
    let name = format.file_name(&asked.query, format.tabs(asked.tabs), now);
    downloads.remember(asked.word("id").unwrap_or_default(), &name, &progress);
    let place = downloads.enter()?;
    let mut ask = asked.ask();
    ask.query.after = None;
    parameters::fix_range(&mut ask.query, now);
    let ask = backend.asking().settled(ask).await?;
    let (mut outlet, chunks) = Outlet::new();
    let preparing = Preparing {
        backend: &backend,
        fields: fields(&asked, &ask)?,
        raw: asked.flag("raw")?,
        sighted,
        progress: Arc::clone(&progress),
        reception: outlet.reception(),
        ask,
        now,
    };
    let (file, rows) = preparing.file(format).await?;
    progress.begin(rows);
    tokio::task::spawn_blocking(move || {
        let written = file.write(&mut outlet).and_then(|()| outlet.finish());
        drop(file);
        if let Err(error) = written {
            // A connection that takes nothing does not notice.
            progress.ended();
            if error.kind() != io::ErrorKind::BrokenPipe {
                tracing::error!("a download broke off");
                tracing::debug!(error = %error, "details");
            }
        }
        drop(place);
    });
    let body = Body::from_stream(sent(chunks, receiving));
    Ok((headers(format, &name, rows), body).into_response())
}

/// What a download is made of.
struct Preparing<'a> {
    backend: &'a LakeBackend,
    ask: Ask,
    now: DateTime<Utc>,
    fields: Vec<Field>,
    raw: bool,
    sighted: Sighted,
    progress: Arc<Progress>,
    reception: Reception,
}

impl Preparing<'_> {
    /// The file, and how many sign-ins it will have.
    async fn file(&self, format: Format) -> Result<(File, u64)> {
        let source = self.source(format).await?;
        if format != Format::PortalZip {
            let task = self.task(&source, format.tabs(self.ask.tabs)).await?;
            let rows = task.part.rows();
            return Ok((File::One(format, Box::new(task)), rows));
        }
        let mut files = Vec::new();
        let mut rows = 0;
        for file in PortalFile::ALL {
            let one = Format::Portal(file);
            let tabs = one.tabs(self.ask.tabs);
            let name = one.file_name(&self.ask.query, tabs, self.now);
            let mut task = self.task(&source, tabs).await?;
            match file {
                PortalFile::SignIns(_) => rows += task.part.rows(),
                // The same sign-ins once more: they count once.
                PortalFile::Steps(_) => task.progress = Arc::default(),
            }
            files.push((file, name, task));
        }
        Ok((File::Archive(files), rows))
    }

    /// Memory, where it has all that is needed; an archive and whole records are read from the lake.
    async fn source(&self, format: Format) -> Result<Source> {
        let is_of_columns = matches!(
            format,
            Format::Csv | Format::Xlsx | Format::Parquet | Format::Portal(PortalFile::SignIns(_))
        );
        if is_of_columns && let Some(view) = self.backend.asking().covering(&self.ask).await? {
            return Ok(Source::Memory(view));
        }
        let pinned = self.backend.lake().await?.pinned().await?;
        Ok(Source::Lake(pinned))
    }

    async fn task(&self, source: &Source, tabs: Tabs) -> Result<Task> {
        let mut ask = self.ask.clone();
        ask.tabs = tabs;
        Ok(Task {
            part: source.part(ask, self.now, self.sighted.clone()).await?,
            fields: self.fields.clone(),
            raw: self.raw,
            progress: Arc::clone(&self.progress),
            reception: self.reception.clone(),
        })
    }
}

impl File {
    fn write(&self, out: &mut Outlet) -> io::Result<()> {
        match self {
            File::Archive(files) => archive::write(files, out),
            File::One(format, task) => match format {
                Format::Csv => csv::write(task, out),
                Format::Xlsx => xlsx::write(task, out),
                Format::Parquet => parquet::write(task, out),
                Format::Json | Format::Ndjson | Format::Graph => json::write(task, *format, out),
                Format::Portal(file) => portal_csv::write(task, *file, out),
                Format::PortalZip => Ok(()),
            },
        }
    }
}

fn format_of(asked: &Asked) -> Result<Format> {
    let known = || Format::ALL.map(Format::as_str).join(", ");
    match asked.word("format") {
        Some(word) => Format::parse(word)
            .ok_or_else(|| parameters::refused("format", format!("one of {}", known()), word)),
        None => Err(ApiError::BadRequest(format!(
            "`format` is missing; name one of {}",
            known()
        ))),
    }
}

/// The columns of the file: those that are shown, or all that are stored; with the kind where there are several.
fn fields(asked: &Asked, ask: &Ask) -> Result<Vec<Field>> {
    let columns: Vec<&'static Column> = match asked.flag("all_columns")? {
        false => asked.shown_columns(),
        true => Column::stored()
            .filter(|column| asked.sighted.sight.shows(column))
            .collect(),
    };
    let has_several = parameters::named(ask.tabs).nth(1).is_some();
    let kind = has_several.then_some(Field::Kind);
    let columns = columns.into_iter();
    // It stands in front, once.
    let columns = columns.filter(|column| !(has_several && column.is_kind()));
    Ok(kind.into_iter().chain(columns.map(Field::Column)).collect())
}

/// What the file is.
const fn content_type(format: Format) -> &'static str {
    match format {
        Format::Portal(_) | Format::Csv => "text/csv; charset=utf-8",
        Format::PortalZip => "application/zip",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Parquet => "application/vnd.apache.parquet",
        Format::Json | Format::Graph => "application/json",
        Format::Ndjson => "application/x-ndjson",
    }
}

fn headers(format: Format, name: &str, rows: u64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(format)),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ROWS_HEADER, HeaderValue::from(rows));
    // Names are made of letters, digits, dashes, underscores and dots.
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let formats = Format::ALL.map(Format::as_str);
    let mut described = openapi::Operation {
        id: "downloadSignIns",
        summary: "all sign-ins of a query as a file",
        description: "Sent while it is written, of one version of the sign-ins and without a limit. The formats \
                      that begin with portal are the files of the portal's CSV download, each of one kind of \
                      sign-in; portal is a zip of all six. A header says how many sign-ins there are. A part of \
                      the query that cannot be read is refused. At most 4 downloads at the same time.",
        parameters: vec![
            openapi::parameter(
                "format",
                "kind of file; it has to be named",
                json!({ "type": "string", "enum": formats }),
            ),
            openapi::parameter(
                "all_columns",
                "whether csv, xlsx and parquet have all columns that are stored, not those that are shown",
                json!({ "type": "boolean", "default": false }),
            ),
            openapi::parameter(
                "raw",
                "for programs: CSV with values as they are stored, and no guard against formulas",
                json!({ "type": "boolean", "default": false }),
            ),
            openapi::parameter(
                "id",
                "name of the download: letters and digits, under which a page follows it",
                openapi::text(),
            ),
            openapi::shared("sort"),
            openapi::shared("cols"),
        ],
        answer: Value::Null,
    }
    .written();
    let records = openapi::list(json!({ "type": "object" }));
    described["responses"] = openapi::responses(openapi::JSON, &records, &["400", "500", "503"]);
    for format in Format::ALL {
        let content = &mut described["responses"]["200"]["content"][content_type(format)];
        if content.is_null() {
            *content = json!({ "schema": { "type": "string", "format": "binary" } });
        }
    }
    described["responses"]["200"]["headers"] = json!({
        ROWS_HEADER.as_str(): { "description": "how many sign-ins there are", "schema": openapi::count() },
    });
    described
}
