//! The page of a report.

use std::sync::Arc;

use model::ask::{Ask, HistogramAsk};
use model::query::{Filter, Operator, Query, Range, take_parts};
use model::registration::Registrations;
use model::{Column, Outcome};

use super::beside::{Beside, needs_lists};
use super::failures::failures;
use super::migration;
use super::rows::{Order, ReportRow, ReportRows, keep_found, put_in_order, rows};
use super::trend::{Trends, trends};
use super::{Measure, Report};
use crate::assemble::entity::address::segment;
use crate::assemble::entity::lists::length;
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH as BLADE;
use crate::assemble::time_chart::{About, activity};
use crate::assemble::time_scale::Scale;
use crate::backend::{Backend, BackendError};
use crate::error::UiError;
use crate::text::{entity, insights as text};
use crate::view::entity::{DirectoryHeader, Number};
use crate::view::insights::{Cell, Line, OpenLine, ReportPage};
use crate::view::safe_text::{MOST_IN_CELL, escaped, shown};

/// Most lines of a page; the files have all.
const MOST_LINES: usize = 500;
/// The name in addresses of the order by name.
const BY_NAME: &str = "name";

/// What an address asks of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportAsk {
    report: &'static Report,
    window: Window,
    find: String,
    order: Option<Order>,
    /// What the open line is known by.
    open: Option<String>,
}

impl ReportAsk {
    /// What a query string asks, with a line open.
    pub fn of(report: &'static Report, query: &str, open: Option<&str>) -> ReportAsk {
        let (own, rest) = take_parts(query, &["find", "order"]);
        let of = |name: &str| {
            let mut given = own.iter().filter(|(given, _)| given == name);
            given.next_back().map_or("", |(_, value)| value.trim())
        };
        ReportAsk {
            report,
            window: Window::of(&rest),
            find: of("find").to_owned(),
            order: order_of(report, of("order")),
            open: open.filter(|_| report.has_pages).map(str::to_owned),
        }
    }

    /// Its address.
    pub fn address(&self) -> String {
        let mut parts = Vec::new();
        if !self.find.is_empty() {
            parts.push(format!("find={}", escaped(&self.find)));
        }
        parts.extend(
            self.order
                .map(|order| format!("order={}", order_text(order))),
        );
        let path = self.report.path();
        let path = match &self.open {
            Some(key) => format!("{path}/{}", segment(key)),
            None => path,
        };
        self.window.address(&path, &parts.join("&"))
    }

    /// The same over another time.
    fn over(&self, range: Range) -> ReportAsk {
        ReportAsk {
            window: Window {
                range,
                ..self.window
            },
            ..self.clone()
        }
    }

    fn order(&self) -> Order {
        self.order.unwrap_or(Order {
            by: Some(Measure::All),
            descending: true,
        })
    }

    fn query(&self) -> Query {
        self.report.of(self.window.query())
    }
}

/// Reads the order: the name of a measure, with - in front for the most first.
pub fn order_of(report: &Report, text: &str) -> Option<Order> {
    let word = text.strip_prefix('-').unwrap_or(text);
    let descending = text.starts_with('-');
    if word == BY_NAME {
        return Some(Order {
            by: None,
            descending,
        });
    }
    let measures = report.measures.iter().copied().chain([Measure::All]);
    let mut measures = measures.filter(|measure| measure.is_told());
    let by = measures.find(|measure| measure.id() == word)?;
    Some(Order {
        by: Some(by),
        descending,
    })
}

fn order_text(order: Order) -> String {
    let sign = if order.descending { "-" } else { "" };
    let word = order.by.map_or(BY_NAME, Measure::id);
    format!("{sign}{word}")
}

/// The page.
pub async fn page(backend: &dyn Backend, ask: &ReportAsk, clock: &Clock) -> ReportPage {
    let query = ask.query();
    let mut page = empty(ask, clock);
    let kept = match kept(backend, ask.report).await {
        Ok(kept) => kept,
        Err(error) => {
            page.failure = Some((UiError::from(error), ask.address()));
            return page;
        }
    };
    let counted = match counted(backend, ask, &query, clock).await {
        Ok(counted) => counted,
        Err(error) => {
            page.failure = Some((UiError::from(error), ask.address()));
            return page;
        }
    };
    let (mut found, trends) = counted;
    let beside = Beside::of(backend, ask.report, &query, (&found.rows, &kept));
    let beside = match beside.await {
        Ok(beside) => beside,
        Err(error) => {
            page.failure = Some((UiError::from(error), ask.address()));
            return page;
        }
    };
    page.missing_lists = beside.missing_lists();
    let heads = beside
        .heads()
        .iter()
        .map(|(label, is_number)| DirectoryHeader {
            label,
            is_number: *is_number,
            address: None,
            sorted: None,
        });
    page.headers.extend(heads);
    if !found.is_too_many {
        found.rows.extend(beside.others(&found.rows));
    }
    fill(&mut page, found, ask, (&query, &trends, &beside), clock);
    if let Some(key) = &ask.open {
        match open(backend, ask, key, &beside, clock).await {
            Ok(open) => page.open = Some(open),
            Err(error) => page.failure = Some((UiError::from(error), ask.address())),
        }
    }
    page
}

/// The lines, and their columns over time where the report shows them.
async fn counted(
    backend: &dyn Backend,
    ask: &ReportAsk,
    query: &Query,
    clock: &Clock,
) -> Result<(ReportRows, Trends), BackendError> {
    let found = rows(backend, ask.report, query).await?;
    let trends = match ask.report.measures.contains(&Measure::Trend) {
        true => trends(backend, ask.report, query, &found.rows, clock).await?,
        false => Trends::default(),
    };
    Ok((found, trends))
}

/// The lists beside the log, for the report that they belong to.
async fn kept(backend: &dyn Backend, report: &Report) -> Result<Arc<Registrations>, BackendError> {
    match needs_lists(report) {
        true => backend.registrations().await,
        false => Ok(Arc::default()),
    }
}

fn empty(ask: &ReportAsk, clock: &Clock) -> ReportPage {
    let report = ask.report;
    let text_of_window = ask.window.to_text();
    let mut hidden = take_parts(&text_of_window, &["range", "from", "to", "tz"]).0;
    hidden.extend(
        ask.order
            .map(|order| ("order".to_owned(), order_text(order))),
    );
    let file = |format: &str| {
        let path = format!("/api/v1{}", report.path());
        // In the words of the blade: the page leaves another range out as the usual one.
        let window = Query {
            range: ask.window.range,
            time_zone: ask.window.time_zone,
            ..Query::default()
        };
        let mut parts = Vec::from_iter(Some(window.to_text()).filter(|text| !text.is_empty()));
        if !ask.find.is_empty() {
            parts.push(format!("find={}", escaped(&ask.find)));
        }
        parts.extend(
            ask.order
                .map(|order| format!("order={}", order_text(order))),
        );
        parts.push(format!("format={format}"));
        format!("{path}?{}", parts.join("&"))
    };
    ReportPage {
        title: report.title,
        lede: report.lede,
        path: report.path(),
        window: ask.window.bar(clock, |window| {
            ReportAsk {
                window,
                ..ask.clone()
            }
            .address()
        }),
        find: Some(ask.find.clone()),
        hidden,
        headers: headers(ask),
        lines: Vec::new(),
        numbers: (0, 0),
        nameless: None,
        files: text::FILES
            .map(|(format, words)| (words, file(format)))
            .to_vec(),
        open: None,
        is_too_many: false,
        failure: None,
        is_from_lake: false,
        missing_lists: None,
    }
}

fn headers(ask: &ReportAsk) -> Vec<DirectoryHeader> {
    let header = |label, by: Option<Measure>| {
        let present = ask.order();
        let is_present = present.by == by;
        // Most first is what one wants of numbers and moments, A to Z of names.
        let descending = if is_present {
            !present.descending
        } else {
            by.is_some()
        };
        DirectoryHeader {
            label,
            is_number: by.is_some(),
            address: Some(
                ReportAsk {
                    order: Some(Order { by, descending }),
                    ..ask.clone()
                }
                .address(),
            ),
            sorted: is_present.then_some(match present.descending {
                true => "descending",
                false => "ascending",
            }),
        }
    };
    let measures = ask.report.measures.iter();
    let measures = measures.map(|measure| match measure.is_told() {
        true => header(text::measure(*measure), Some(*measure)),
        false => DirectoryHeader {
            label: text::measure(*measure),
            is_number: false,
            address: None,
            sorted: None,
        },
    });
    std::iter::once(header(ask.report.line, None))
        .chain(measures)
        .collect()
}

fn fill(
    page: &mut ReportPage,
    found: ReportRows,
    ask: &ReportAsk,
    (query, trends, beside): (&Query, &Trends, &Beside<'_>),
    clock: &Clock,
) {
    page.is_too_many = found.is_too_many;
    page.is_from_lake = found.is_from_lake;
    page.nameless = (found.nameless > 0).then(|| {
        let empty = |column| Filter::new(column, Operator::Empty, Vec::<String>::new());
        let [id, name] = ask.report.columns();
        let nameless = query.with_filter(empty(id)).with_filter(empty(name));
        Number {
            count: found.nameless,
            address: nameless.to_address(BLADE),
        }
    });
    let all = found.rows.len();
    let mut rows = found.rows;
    keep_found(&mut rows, &ask.find);
    put_in_order(&mut rows, ask.order());
    page.numbers = (all, rows.len());
    page.lines = rows
        .iter()
        .take(MOST_LINES)
        .map(|row| {
            let mut line = line(row, ask, (query, trends), clock);
            line.cells.extend(beside.cells(row, clock));
            line
        })
        .collect();
}

fn line(
    row: &ReportRow,
    ask: &ReportAsk,
    (query, trends): (&Query, &Trends),
    clock: &Clock,
) -> Line {
    let own = row.among(query, ask.report);
    let of_outcome = |outcome: Outcome| {
        let status = Filter::new(Column::named("status"), Operator::In, [outcome.as_str()]);
        Cell::Number(Number {
            count: row.of(outcome),
            address: own.with_filter(status).to_address(BLADE),
        })
    };
    let cells = ask.report.measures.iter().map(|measure| match measure {
        Measure::All => Cell::Number(Number {
            count: row.all(),
            address: own.to_address(BLADE),
        }),
        Measure::Successful => of_outcome(Outcome::Success),
        Measure::Failed => of_outcome(Outcome::Failure),
        Measure::Interrupted => of_outcome(Outcome::Interrupted),
        Measure::Rate => {
            let (good, of) = row.rate();
            match of {
                0 => Cell::Rate(String::new(), 0),
                of => Cell::Rate(entity::share(good, of), length(good, of)),
            }
        }
        Measure::Users => Cell::People(row.users),
        Measure::Trend => Cell::Trend(trends.of(row, clock)),
        Measure::First => Cell::Moment(row.span.map(|span| clock.in_grid(span.0))),
        Measure::Last => Cell::Moment(row.span.map(|span| clock.in_grid(span.1))),
    });
    let is_open = ask.open.as_ref() == Some(&row.key);
    let page = ReportAsk {
        open: Some(row.key.clone()),
        ..ask.clone()
    };
    let name = shown(row.title(), MOST_IN_CELL);
    let key = shown(&row.key, MOST_IN_CELL);
    Line {
        id: (ask.report.has_pages).then(|| format!("of-{}-{}", row.column.id, escaped(&row.key))),
        key: (key != name).then_some(key),
        name,
        address: match ask.report.has_pages {
            true => page.address(),
            false => own.to_address(BLADE),
        },
        is_open,
        cells: cells.collect(),
    }
}

/// The line that is open: its chart and its failures, or that no sign-in of the range is of it.
async fn open(
    backend: &dyn Backend,
    ask: &ReportAsk,
    key: &str,
    beside: &Beside<'_>,
    clock: &Clock,
) -> Result<OpenLine, BackendError> {
    let [id, name] = ask.report.columns();
    let query = ask.query();
    let empty = Filter::new(id, Operator::Empty, Vec::<String>::new());
    // By its identifier, or, where it has none, by its name.
    let of = |column| Filter::new(column, Operator::Equal, [key]);
    let ways = [
        query.with_filter(of(id)),
        query.with_filter(of(name)).with_filter(empty),
    ];
    let mut found = None;
    for own in ways {
        let mut rows = rows(backend, ask.report, &own).await?.rows.into_iter();
        if let Some(row) = rows.next() {
            found = Some((own, row));
            break;
        }
    }
    let close = ReportAsk {
        open: None,
        ..ask.clone()
    }
    .address();
    let Some((own, row)) = found else {
        let party = beside.migration.named(key);
        let name = party.and_then(|party| party.name.as_deref());
        return Ok(OpenLine {
            name: shown(name.unwrap_or(key), MOST_IN_CELL),
            migration: party.map(migration::facts),
            blade: query.with_filter(of(id)).to_address(BLADE),
            timeline: None,
            failures: Vec::new(),
            close,
        });
    };
    let (from, to) = ask.window.range.bounds(clock.now);
    let from = from.or(row.span.map(|span| span.0)).unwrap_or(clock.now);
    let scale = Scale::of_report(from, to.unwrap_or(clock.now), clock);
    let mut asked = Ask::of(own.clone());
    asked.histogram = scale.as_ref().map(|scale| HistogramAsk {
        edges_micros: scale.edges_micros.clone(),
    });
    let answer = backend.ask(asked).await?.answer;
    let all = row.all();
    Ok(OpenLine {
        name: shown(row.title(), MOST_IN_CELL),
        blade: own.to_address(BLADE),
        timeline: scale.filter(|_| all > 0).map(|scale| {
            let page = |range| ask.over(range).address();
            let about = About {
                id: "activity",
                title: entity::ACTIVITY.to_owned(),
                query: &own,
                scale: &scale,
                clock,
                page: Some(&page),
            };
            activity(&about, &answer.histogram, all)
        }),
        failures: failures(backend, &own, ask.window, clock).await?,
        migration: beside.migration.of_row(&row).map(migration::facts),
        close,
    })
}
