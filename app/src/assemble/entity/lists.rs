//! The most frequent values of a column as a list of bars.

use model::answer::Facet;
use model::column::Column;
use model::query::{Filter, Operator, Query};
use model::{Outcome, Value, present};

use super::merged::Merged;
use super::window::Window;
use crate::assemble::sign_ins::PATH;
use crate::text::entity as text;
use crate::view::entity::{BarLine, BarList, Number};
use crate::view::safe_text::shown;

/// Most lines of a list.
const LINES: usize = 6;
/// Most characters of a value.
const CHARACTERS: usize = 120;
/// The quiet fill of bars that stand for no outcome.
const QUIET: &str = "c8";

/// What a list is about: its column, title, and what to know about it.
#[derive(Debug, Clone, Copy)]
pub struct ListOf {
    /// Id of the column.
    pub column: &'static str,
    /// Title.
    pub title: &'static str,
    /// Under the list.
    pub note: Option<&'static str>,
}

/// The list of a facet of the sign-ins of `scope`, of which there are `all`; `None` where none has a value.
pub fn of_facet(of: ListOf, facet: &Facet, scope: &Query, all: u64) -> Option<BarList> {
    let column = facet.column;
    let most = facet.values.first()?.1;
    let lines = facet.values.iter().take(LINES).map(|(value, rows)| {
        let filter = Filter::new(column, Operator::Equal, [value.to_text()]);
        BarLine {
            words: words(column, value),
            beside: None,
            mark: mark(column, value),
            page: Window::of_query(scope).page_of(column, value),
            number: number(scope, filter, *rows),
            failures: None,
            share: text::share(*rows, all),
            length: length(*rows, most),
        }
    });
    let lines: Vec<_> = lines.collect();
    Some(BarList {
        title: of.title,
        fill: QUIET,
        more: more(scope, column, facet.distinct, lines.len()),
        empty: (facet.empty > 0).then(|| {
            let filter = Filter::new(column, Operator::Empty, Vec::<String>::new());
            number(scope, filter, facet.empty)
        }),
        note: of.note,
        lines,
    })
}

/// The list of identifiers with names, such as people or applications.
pub fn of_merged(
    of: ListOf,
    merged: &[Merged],
    nameless: u64,
    scope: &Query,
    all: u64,
) -> Option<BarList> {
    let most = merged.first()?.rows;
    let column = Column::find(of.column)?;
    let lines = merged.iter().take(LINES).map(|one| {
        let key = Value::Text(one.key.clone());
        let filter = Filter::new(one.column, Operator::Equal, [one.key.clone()]);
        let name = one.name.as_deref().unwrap_or(&one.key);
        BarLine {
            words: shown(name, CHARACTERS),
            beside: None,
            mark: None,
            page: Window::of_query(scope).page_of(one.column, &key),
            number: number(scope, filter, one.rows),
            failures: Some(one.failures()),
            share: text::share(one.rows, all),
            length: length(one.rows, most),
        }
    });
    let lines: Vec<_> = lines.collect();
    Some(BarList {
        title: of.title,
        fill: QUIET,
        more: more(scope, column, merged.len() as u64, lines.len()),
        empty: (nameless > 0).then(|| {
            let filter = Filter::new(column, Operator::Empty, Vec::<String>::new());
            number(scope, filter, nameless)
        }),
        note: of.note,
        lines,
    })
}

/// The error codes of one outcome, with their reasons; `None` where there is none.
pub fn of_codes(outcome: Outcome, facet: &Facet, scope: &Query, all: u64) -> Option<BarList> {
    let codes: Vec<(i64, u64)> = facet
        .values
        .iter()
        .filter_map(|(value, rows)| match value {
            Value::Integer(code) if Outcome::of_error_code(*code) == outcome => {
                Some((*code, *rows))
            }
            _ => None,
        })
        .collect();
    let most = codes.first()?.1;
    let lines = codes.iter().take(LINES).map(|(code, rows)| BarLine {
        words: present::of_code(*code).to_owned(),
        beside: Some(code.to_string()),
        mark: None,
        page: None,
        number: number(
            scope,
            Filter::new(facet.column, Operator::Equal, [code.to_string()]),
            *rows,
        ),
        failures: None,
        share: text::share(*rows, all),
        length: length(*rows, most),
    });
    let of_outcome = scope.with_filter(Filter::new(
        Column::named("status"),
        Operator::In,
        [outcome.as_str()],
    ));
    let (title, fill, note) = match outcome {
        Outcome::Interrupted => (text::INTERRUPTIONS, "mid", Some(text::INTERRUPTIONS_NOTE)),
        _ => (text::FAILURES, "bad", Some(text::FAILURES_NOTE)),
    };
    Some(BarList {
        title,
        fill,
        lines: lines.collect(),
        more: more(
            &of_outcome,
            facet.column,
            codes.len() as u64,
            LINES.min(codes.len()),
        ),
        empty: None,
        note,
    })
}

fn words(column: &Column, value: &Value) -> String {
    shown(&present::value(column, value), CHARACTERS)
}

/// Client apps that know no modern authentication, and so no second factor.
fn mark(column: &Column, value: &Value) -> Option<&'static str> {
    const MODERN: [&str; 2] = ["Browser", "Mobile Apps and Desktop clients"];
    let text = value.as_text()?;
    let is_known = column
        .value_type
        .choices()
        .iter()
        .any(|choice| choice.value.eq_ignore_ascii_case(text));
    let is_modern = MODERN
        .iter()
        .any(|modern| modern.eq_ignore_ascii_case(text));
    (column.id == "client_app" && is_known && !is_modern).then_some(text::LEGACY)
}

/// The sign-ins of a scope that meet one more filter.
pub fn number(scope: &Query, filter: Filter, count: u64) -> Number {
    Number {
        count,
        address: scope.with_filter(filter).to_address(PATH),
    }
}

fn more(
    scope: &Query,
    column: &'static Column,
    distinct: u64,
    listed: usize,
) -> Option<(u64, String)> {
    let more = distinct.saturating_sub(listed as u64);
    (more > 0).then(|| (more, scope.with_group(vec![column]).to_address(PATH)))
}

/// Hundredths of a percent of the longest.
pub fn length(rows: u64, most: u64) -> u32 {
    let share = u128::from(rows) * 10_000 / u128::from(most.max(1));
    u32::try_from(share).unwrap_or(10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legacy_client_apps_are_marked() {
        let column = Column::find("client_app").expect("a column");
        let of = |text: &str| mark(column, &Value::Text(text.to_owned()));
        assert_eq!(of("IMAP4"), Some(text::LEGACY));
        assert_eq!(of("Browser"), None);
        assert_eq!(of("Something newer"), None);
    }

    #[test]
    fn lengths_are_of_the_longest() {
        assert_eq!(length(1, 3), 3_333);
        assert_eq!(length(u64::MAX, u64::MAX), 10_000);
        assert_eq!(length(0, 0), 0);
    }
}
