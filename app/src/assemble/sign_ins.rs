//! The page of the sign-ins.

use std::time::Duration;

use chrono::{DateTime, Utc};
use model::answer::{Counts, Page};
use model::ask::{Ask, HistogramAsk, PageAsk};
use model::query::{Every, Problem, Query, Sort};
use model::{Column, reason};

use super::choices::Choices;
use super::moments::Clock;
use super::{download, empty, filters, folded, grid, groups, histogram, kinds, rail, saved};
use crate::backend::{self, Backend, BackendError};
use crate::context;
use crate::error::UiError;
use crate::view::grid::{Paging, ROWS_PER_BODY, Rows};
use crate::view::groups::{GroupMenu, GroupTable};
use crate::view::histogram::Histogram;
use crate::view::rail::Rail;
use crate::view::safe_text::shown;
use crate::view::saved::Saved;
use crate::view::sign_ins::{Effort, Empty, ProblemLine, SignIns, Totals};

/// Address of the page.
pub const PATH: &str = "/sign-ins";

/// Everything that the page shows. Where the backend fails, the page says so and stays usable.
pub async fn page(
    backend: &dyn Backend,
    query: &Query,
    problems: &[Problem],
    clock: &Clock,
) -> SignIns {
    let query = &query.without_row();
    let choices = Choices::of_request();
    let columns = query.shown_columns();
    let answer = answer(backend, query, &columns, &choices, clock).await;
    let (answer, failure) = match answer {
        Ok(answer) => (answer, None),
        Err(error) => (Answer::default(), Some(UiError::from(error))),
    };
    SignIns {
        tabs: kinds::tabs(query, answer.counts.as_ref(), PATH),
        dial: kinds::dial(query, answer.counts.as_ref(), PATH),
        address: query.to_address(PATH),
        row_address: row_address(query),
        filters: filters::filter_bar(query, clock, PATH),
        problems: problems.iter().map(problem_line).collect(),
        folding: folded::folding(query, answer.lines),
        headers: folded::headers(query, grid::headers(query, &columns, PATH)),
        paging: paging(query, &answer, clock),
        link_column: folded::link_column(query, link_column(&columns)),
        rows: answer.rows,
        first_page: query.after.is_some().then(|| {
            Query {
                after: None,
                ..query.clone()
            }
            .to_address(PATH)
        }),
        downloads: download::menu(query, answer.counts.as_ref(), clock.now),
        totals: answer.totals,
        histogram: answer.histogram,
        rail: answer.rail,
        is_rail_closed: choices.is_rail_closed,
        groups: answer.groups,
        group_menu: GroupMenu {
            is_fetched: choices.is_for_client,
            ..groups::menu(query, PATH)
        },
        zone: clock.zone.name().to_owned(),
        is_from_lake: answer.is_from_lake,
        effort: answer.effort,
        empty: answer.empty,
        failure,
        saved: Saved::default(),
        links: saved::share_links(query, clock, &context::origin(), PATH),
        columns_address: query.to_address(crate::components::columns_pane::PAGE),
    }
}

fn paging(query: &Query, answer: &Answer, clock: &Clock) -> Paging {
    // Lines that stand for several sign-ins have no number to begin at, and the lake goes on from row to row.
    let are_rows = query.folds() == Every::Off && query.group.is_empty();
    let are_numbered = are_rows && !answer.is_from_lake;
    Paging {
        total: (are_numbered && answer.counts.is_some()).then_some(answer.totals.all),
        lines: answer.lines,
        first: (query.after.is_none() && !answer.is_from_lake).then_some(0),
        address: query.to_address(PATH),
        as_of_micros: clock.now.timestamp_micros(),
        until_micros: answer.until_micros,
    }
}

/// What the address of an open row begins with; the escaped request ID follows.
pub fn row_address(query: &Query) -> String {
    match query.without_row().to_address(PATH) {
        address if address.contains('?') => format!("{address}&row="),
        address => format!("{address}?row="),
    }
}

/// Position of the column whose cell links to the row.
pub fn link_column(columns: &[&'static Column]) -> usize {
    let date = columns.iter().position(|column| column.id == "date");
    date.unwrap_or_default()
}

#[derive(Default)]
struct Answer {
    rows: Rows,
    counts: Option<Counts>,
    totals: Totals,
    histogram: Option<Histogram>,
    rail: Option<Rail>,
    groups: Option<GroupTable>,
    /// How many lines there are, where sign-ins are folded and that is known.
    lines: Option<u64>,
    is_from_lake: bool,
    /// First moment behind the newest sign-in, where rows have numbers.
    until_micros: Option<i64>,
    effort: Effort,
    empty: Option<Empty>,
}

/// Rows or groups, numbers, columns of the chart and values of the fields, from one look at the sign-ins.
async fn answer(
    backend: &dyn Backend,
    query: &Query,
    columns: &[&'static Column],
    choices: &Choices,
    clock: &Clock,
) -> Result<Answer, BackendError> {
    let scale = match choices.is_chart_hidden {
        true => None,
        false => super::time_scale::scale(backend, query, clock).await?,
    };
    let mut ask = Ask::of(query.clone());
    ask.counts = true;
    ask.outcomes = true;
    ask.histogram = scale.as_ref().map(|scale| HistogramAsk {
        edges_micros: scale.edges_micros.clone(),
    });
    ask.facets = (!choices.is_rail_closed).then(|| rail::ask(query, choices));
    ask.groups = groups::ask(query);
    let folds = ask.groups.is_none() && query.folds() != Every::Off;
    ask.page = (ask.groups.is_none() && !folds).then(|| PageAsk {
        columns: reason::with_its_columns(columns),
        // The client reads on as one scrolls; the first rows are there sooner when they are fewer.
        limit: match choices.is_for_client && query.after.is_none() {
            true => ROWS_PER_BODY,
            false => grid::ROWS_PER_PAGE,
        },
        skip: 0,
    });
    let answered = backend.ask(ask).await?;
    let found = answered.answer;
    let totals = kinds::totals(query, found.counts.as_ref(), answered.is_looked_up);
    // An identifier is looked for at any time, of which the columns show a part.
    let scale = scale.as_ref().filter(|_| !answered.is_looked_up);
    let mut chart = histogram::histogram(query, totals, scale, &found.histogram, clock, PATH);
    chart.is_hidden = choices.is_chart_hidden;
    chart.is_table_fetched = choices.is_for_client;
    let beside = rail::Shown {
        query,
        choices,
        totals,
        clock,
        path: PATH,
    };
    let is_empty = totals.all == 0 && query.after.is_none();
    let lines = match folds {
        true => Some(folded::lines(backend, query, columns, query.after.is_none(), clock).await?),
        false => None,
    };
    let count = lines.as_ref().and_then(|lines| lines.count);
    let is_paged = query.after.is_none() && !answered.is_from_lake;
    let newest = match found.page.as_ref().filter(|_| is_paged) {
        Some(page) => newest(backend, query, page, totals.all).await?,
        None => None,
    };
    let mut effort = answered.effort;
    effort.engine += lines.as_ref().map_or(Duration::ZERO, |lines| lines.engine);
    let rows = match (lines, found.page) {
        (Some(lines), _) => lines.rows,
        (None, Some(page)) => {
            let found = backend::Rows::of(page, answered.is_from_lake);
            grid::rows(query, columns, found, clock)
        }
        (None, None) => Rows::default(),
    };
    Ok(Answer {
        empty: match is_empty {
            true => Some(empty::why_empty(backend, query, clock, PATH).await?),
            false => None,
        },
        rail: (!found.facets.is_empty() && totals.all > 0).then(|| beside.rail(&found.facets)),
        histogram: Some(chart),
        groups: found
            .groups
            .map(|found| groups::table(query, found, clock, PATH)),
        is_from_lake: answered.is_from_lake,
        until_micros: newest.map(|newest| newest.timestamp_micros() + 1),
        effort,
        rows,
        lines: count,
        counts: found.counts,
        totals,
    })
}

/// The newest moment of a list of so many rows, given its first page.
async fn newest(
    backend: &dyn Backend,
    query: &Query,
    page: &Page,
    all: u64,
) -> Result<Option<DateTime<Utc>>, BackendError> {
    if query.sort == Sort::default() || all <= page.rows.len() as u64 {
        return Ok(page.rows.iter().map(|row| row.date).max());
    }
    let mut ask = Ask::of(query.with_sort(Sort::default()));
    ask.page = Some(PageAsk {
        columns: Vec::new(),
        limit: 1,
        skip: 0,
    });
    let page = backend.ask(ask).await?.answer.page.unwrap_or_default();
    Ok(page.rows.first().map(|row| row.date))
}

fn problem_line(problem: &Problem) -> ProblemLine {
    ProblemLine {
        part: shown(&problem.part, 200),
        message: shown(&problem.message, 400),
    }
}
