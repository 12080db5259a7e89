//! Lines that stand for several sign-ins.

use model::folded::Alike;
use model::query::{Every, Filter, Query, Range, Sort};
use model::tab::Tabs;
use model::{Column, Tab};

use super::grid;
use super::moments::Clock;
use super::sign_ins::PATH;

use crate::backend::{Backend, BackendError, FoldedRow, FoldedRows, Row, Rows};
use crate::text::folded as text;
use crate::view::folded::{Choice, Fold, Folding};
use crate::view::grid::{Cell, GridRow, Header, Rows as GridRows};

/// Width of the column with the number of sign-ins, in pixels.
pub const WIDTH_PX: u16 = 96;
/// An address that is longer than this is none: proxies refuse it.
const LONGEST_ADDRESS_BYTES: usize = 6_000;

/// A page of lines as the grid shows them.
pub struct Lines {
    /// The lines.
    pub rows: GridRows,
    /// How many there are in all, where that is known.
    pub count: Option<u64>,
    /// How long the engine took.
    pub engine: std::time::Duration,
}

/// The lines of a query that folds; with their number in all where that is wanted.
///
/// # Errors
/// Those of the backend, and when there are too many lines.
pub async fn lines(
    backend: &dyn Backend,
    query: &Query,
    columns: &[&'static Column],
    is_counted: bool,
    clock: &Clock,
) -> Result<Lines, BackendError> {
    let found = backend
        .folded(query, columns, grid::ROWS_PER_PAGE, is_counted)
        .await?;
    if found.is_too_many {
        return Err(BackendError {
            message: text::TOO_MANY.to_owned(),
            trace: String::new(),
        });
    }
    Ok(Lines {
        count: found.count,
        engine: found.engine,
        rows: grid_rows(query, columns, found, clock),
    })
}

fn grid_rows(
    query: &Query,
    columns: &[&'static Column],
    found: FoldedRows,
    clock: &Clock,
) -> GridRows {
    let mut folds = Vec::with_capacity(found.lines.len());
    let mut newest = Vec::with_capacity(found.lines.len());
    for line in found.lines {
        folds.push(fold(query, &line, clock));
        newest.push(line.newest);
    }
    let rows = Rows {
        rows: newest,
        next: found.next,
        is_from_lake: found.is_from_lake,
    };
    let mut rows = grid::rows(query, columns, rows, clock);
    for (row, fold) in rows.rows.iter_mut().zip(folds) {
        row.cells.insert(0, Cell::Fold(fold));
    }
    rows
}

fn fold(query: &Query, line: &FoldedRow, clock: &Clock) -> Fold {
    let text = |moment| clock.in_grid(moment).text;
    let address = (line.sign_ins > 1)
        .then(|| members(query, line).to_address(PATH))
        .filter(|address| address.len() <= LONGEST_ADDRESS_BYTES);
    Fold::Line {
        sign_ins: line.sign_ins,
        is_of_events: query.folds() == Every::SignIn,
        span: text::span(&text(line.first), &text(line.newest.date)),
        address,
    }
}

/// The question that finds the sign-ins of a line, and no other but one that is alike and comes late. Events of one
/// sign-in are told in the order in which they came about.
fn members(query: &Query, line: &FoldedRow) -> Query {
    let mut members = query.with_every(Every::Off).with_range(Range::Between {
        from: Some(line.first),
        to: Some(end(&line.newest)),
    });
    members.sort.descending = query.folds() != Every::SignIn;
    for filter in &line.filters {
        if !members.filters.contains(filter) {
            members.filters.push(filter.clone());
        }
    }
    members
}

fn end(newest: &Row) -> chrono::DateTime<chrono::Utc> {
    newest.date + chrono::Duration::microseconds(1)
}

/// Marks rows as sign-ins of a line.
pub fn as_members(mut rows: GridRows) -> GridRows {
    let mark = |row: &mut GridRow| row.cells.insert(0, Cell::Fold(Fold::Member));
    rows.rows.iter_mut().for_each(mark);
    rows
}

/// The headers, with that of the number where sign-ins are folded.
pub fn headers(query: &Query, mut headers: Vec<Header>) -> Vec<Header> {
    if query.folds() != Every::Off {
        let number = Header {
            id: "",
            usual_px: WIDTH_PX,
            label: text::number(query.folds()).to_owned(),
            width_px: WIDTH_PX,
            address: None,
            sorted: None,
        };
        headers.insert(0, number);
    }
    headers
}

/// Position of the cell that links to the row, given where it would be without the number.
pub fn link_column(query: &Query, link_column: usize) -> usize {
    link_column + usize::from(query.folds() != Every::Off)
}

/// The choice of the stretch of time; `None` where kinds of sign-in stand together, which are never folded.
pub fn folding(query: &Query, lines: Option<u64>) -> Option<Folding> {
    if !query.can_fold() {
        return None;
    }
    let present = query.folds();
    let choice = |every: Every| Choice {
        label: text::every(every, query.tab).to_owned(),
        address: match every {
            Every::Off => query.with_every(every),
            _ => query.with_every(every).with_sort(Sort::default()),
        }
        .to_address(PATH),
        is_present: every == present,
    };
    let is_sorted = query.sort != Sort::default();
    let note = match present {
        Every::Off if is_sorted => {
            let column = query.sort.column.label_in(query.tabs()).to_lowercase();
            text::sorted(&column, query.tab)
        }
        Every::Off if query.looked_up().is_some() => text::LOOKED_UP.to_owned(),
        Every::Off => text::one_by_one(query.tab).to_owned(),
        Every::SignIn => {
            let is_active = |filter: &Filter| !filter.paused;
            let is_filtered = query.search.is_some() || query.filters.iter().any(is_active);
            text::of_sign_in(&labels(query.tab), is_filtered)
        }
        _ => text::alike(&labels(query.tab)),
    };
    Some(Folding {
        every: present,
        label: text::choice(query.tab),
        choices: Every::of(query.tab).iter().copied().map(choice).collect(),
        note,
        lines,
    })
}

/// What is alike in the lines of a tab, by what people call it.
fn labels(tab: Tab) -> Vec<&'static str> {
    let label = |alike: &Alike| {
        let named = alike.names.last().unwrap_or(&alike.column);
        named.label_in(Tabs::only(tab))
    };
    Alike::in_tab(tab).iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        Query::parse(text).0
    }

    #[test]
    fn kinds_together_have_no_choice() {
        assert_eq!(folding(&query("tab=all"), None), None);
    }

    #[test]
    fn interactive_sign_ins_are_events_until_somebody_wants_otherwise() {
        let words = |text: &str| {
            let folding = folding(&query(text), None).expect("a choice");
            let choices = folding.choices.into_iter();
            let choices: Vec<_> = choices
                .map(|choice| (choice.address, choice.is_present))
                .collect();
            (folding.every, choices, folding.note)
        };
        let (every, choices, note) = words("every=6h");
        assert_eq!(every, Every::Off, "a stretch of another kind is none");
        let expected = [
            ("/sign-ins".to_owned(), true),
            ("/sign-ins?every=signin".to_owned(), false),
        ];
        assert_eq!(choices, expected);
        assert!(note.ends_with("one for each event"), "{note}");
        let (every, choices, note) = words("every=signin&f=status:eq:failure");
        assert_eq!(every, Every::SignIn);
        assert!(choices[1].1);
        assert_eq!(
            note,
            "Events with the same Correlation ID, User and Application, at most an hour apart, are one line that \
             shows the last; filters choose among events first"
        );
        let (every, _, note) = words("every=signin&sort=user");
        assert_eq!(every, Every::Off);
        assert!(
            note.starts_with("One line each while sorted by user"),
            "{note}"
        );
        assert_eq!(query("tab=noninteractive&every=signin").folds(), Every::Day);
    }

    #[test]
    fn choices_keep_the_rest_and_begin_anew() {
        let query =
            query("tab=noninteractive&range=7d&f=status:eq:failure&every=6h&after=5~a&row=x");
        let folding = folding(&query, None).expect("a choice");
        let choices: Vec<_> = folding
            .choices
            .iter()
            .map(|choice| (choice.address.as_str(), choice.is_present))
            .collect();
        let rest = "/sign-ins?tab=noninteractive&range=7d&f=status%3Aeq%3Afailure";
        let expected = [
            ("&every=off", false),
            ("&every=1h", false),
            ("&every=6h", true),
            ("", false),
        ];
        for ((address, is_present), (every, expected)) in choices.iter().zip(expected) {
            let decoded = address.replace("%3A", ":");
            assert_eq!(decoded, format!("{}{every}", rest.replace("%3A", ":")));
            assert_eq!(*is_present, expected, "{every}");
        }
        assert_eq!(
            folding.note,
            "One line for sign-ins with the same Application, User, IP address, Status and Resource"
        );
    }

    #[test]
    fn another_order_keeps_sign_ins_apart_and_says_so() {
        let folding = folding(&query("tab=serviceprincipal&sort=status"), None).expect("a choice");
        assert_eq!(folding.every, Every::Off);
        assert!(folding.note.starts_with("Off while sorted by status"));
        let hour = &folding.choices[1].address;
        assert_eq!(hour, "/sign-ins?tab=serviceprincipal&every=1h");
    }
}
