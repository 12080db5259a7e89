//! The sign-ins with the same correlation ID, of every kind.

use chrono::{DateTime, Utc};
use model::ask::{Ask, PageAsk};
use model::gist::Gist;
use model::query::{Filter, Operator, Range, Sort};
use model::tab::Tabs;
use model::{Column, Outcome, Query, Value, present};

use super::narrow;
use super::subject::{Subject, WHAT, title, title_columns};
use crate::assemble::grid::{reason, tone};
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH;
use crate::backend::{Backend, BackendError};
use crate::text::flyout as text;
use crate::view::flyout::fields::Verbs;
use crate::view::flyout::timeline::{Event, Timeline};
use crate::view::grid::Tone;
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Most sign-ins that are listed.
const MOST: usize = 500;

/// What one of them is, before it is written.
struct Found {
    request_id: String,
    date: DateTime<Utc>,
    values: Vec<(&'static str, Value)>,
}

/// The timeline of the open row.
pub(super) async fn timeline(
    backend: &dyn Backend,
    query: &Query,
    subject: Subject<'_>,
    clock: &Clock,
) -> Timeline {
    let Some(correlation_id) = subject.text("correlation_id") else {
        return empty(None, None);
    };
    let shown_id = Some(shown(correlation_id, MOST_IN_CELL));
    let named = Column::named("correlation_id");
    let verbs = narrow::verbs(query, named, correlation_id, correlation_id);
    match found(backend, correlation_id).await {
        Err(error) => Timeline {
            verbs,
            ..empty(shown_id, Some(error.message))
        },
        Ok((mut found, all)) => {
            found.sort_by(|left, right| {
                (left.date, &left.request_id).cmp(&(right.date, &right.request_id))
            });
            let open = query.row.as_deref();
            let before = std::iter::once(None).chain(found.iter().map(|found| Some(found.date)));
            let events = found.iter().zip(before);
            Timeline {
                correlation_id: shown_id,
                verbs,
                left_out: all.saturating_sub(found.len() as u64),
                events: events
                    .map(|(found, before)| event(query, found, before, open, clock))
                    .collect(),
                failure: None,
            }
        }
    }
}

fn empty(correlation_id: Option<String>, failure: Option<String>) -> Timeline {
    Timeline {
        correlation_id,
        verbs: Verbs::default(),
        events: Vec::new(),
        left_out: 0,
        failure,
    }
}

/// The sign-ins, and how many there are in all.
async fn found(
    backend: &dyn Backend,
    correlation_id: &str,
) -> Result<(Vec<Found>, u64), BackendError> {
    let columns: Vec<_> = title_columns()
        .chain(["kind", "status", "error_code", "verdict", "deciding_policy"])
        .map(Column::named)
        .collect();
    let query = Query {
        range: Range::ALL,
        filters: vec![Filter::new(
            Column::named("correlation_id"),
            Operator::Equal,
            [correlation_id],
        )],
        sort: Sort {
            descending: false,
            ..Sort::default()
        },
        ..Query::default()
    };
    let mut ask = Ask::of(query);
    ask.tabs = Tabs::ALL;
    ask.counts = true;
    ask.page = Some(PageAsk {
        columns: columns.clone(),
        limit: MOST,
        skip: 0,
    });
    let answer = backend.ask(ask).await?.answer;
    let rows = answer.page.unwrap_or_default().rows;
    let found = rows.into_iter().map(|row| Found {
        request_id: row.request_id,
        date: row.date,
        values: columns
            .iter()
            .map(|column| column.id)
            .zip(row.values)
            .collect(),
    });
    let all = answer.counts.unwrap_or_default().of_tabs(Tabs::ALL);
    Ok((found.collect(), all))
}

fn event(
    query: &Query,
    found: &Found,
    before: Option<DateTime<Utc>>,
    open: Option<&str>,
    clock: &Clock,
) -> Event {
    let value = |id: &str| {
        found
            .values
            .iter()
            .find(|(column, _)| *column == id)
            .map(|(_, value)| value)
    };
    let text_of = |id: &str| {
        value(id)
            .and_then(Value::as_text)
            .filter(|text| !text.trim().is_empty())
    };
    let error_code = match value("error_code") {
        Some(Value::Integer(code)) => Some(*code),
        _ => None,
    };
    let outcome: Option<Outcome> = text_of("status").and_then(|text| text.parse().ok());
    let gist = text_of("verdict").and_then(Gist::of_id);
    let why = reason(error_code, gist, text_of("deciding_policy")).map(|(words, code)| {
        let code = code.map(|code| format!(" {code}"));
        format!("{words}{}", code.unwrap_or_default())
    });
    let kind = value("kind").filter(|kind| !kind.is_empty());
    let kind = kind.map(|kind| present::value(Column::named("kind"), kind));
    let parts: Vec<_> = [kind, why].into_iter().flatten().collect();
    let is_other = open != Some(found.request_id.as_str());
    Event {
        tone: outcome.map_or(Tone::Interrupted, tone),
        status: outcome
            .map(|outcome| outcome.label().to_owned())
            .unwrap_or_default(),
        title: title(text_of),
        verbs: WHAT
            .into_iter()
            .find_map(|id| Some((Column::named(id), text_of(id)?)))
            // The open one has them in its own fields; what another has says nothing of it.
            .filter(|_| is_other)
            .map(|(column, what)| {
                narrow::verbs(
                    &query.without_row(),
                    column,
                    what,
                    &shown(what, MOST_IN_CELL),
                )
            })
            .unwrap_or_default(),
        about: parts.join(". "),
        date: clock.in_pane(found.date),
        gap: before.map(|before| text::later(&duration(found.date - before))),
        compare: is_other.then(|| {
            let compared = Query {
                compare: Some(found.request_id.clone()),
                ..query.clone()
            };
            compared.to_address(PATH)
        }),
        address: is_other.then(|| {
            let other = Query {
                compare: None,
                ..query.with_row(&found.request_id)
            };
            other.to_address(PATH)
        }),
    }
}

/// A stretch of time in its two largest units.
pub(super) fn duration(duration: chrono::Duration) -> String {
    let seconds = duration.num_seconds();
    match seconds {
        ..1 => format!("{} ms", duration.num_milliseconds()),
        1..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        3_600..86_400 => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{} d {} h", seconds / 86_400, seconds % 86_400 / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_time_are_said_in_two_units() {
        let words = |milliseconds| duration(chrono::Duration::milliseconds(milliseconds));
        assert_eq!(words(0), "0 ms");
        assert_eq!(words(850), "850 ms");
        assert_eq!(words(24_000), "24 s");
        assert_eq!(words(61_000), "1 min 1 s");
        assert_eq!(words(3_660_000), "1 h 1 min");
        assert_eq!(words(90_000_000), "1 d 1 h");
    }

    #[test]
    fn columns_named_here_exist() {
        for id in title_columns() {
            Column::named(id);
        }
    }
}
