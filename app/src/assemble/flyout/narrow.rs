//! What can be done with a value: only it, without it, copy it, read about it.

use model::{Column, Query, Value, list};

use super::subject::Subject;
use crate::assemble::entity::address::identifier_of;
use crate::assemble::entity::window::Window;
use crate::assemble::sign_ins::PATH;
use crate::view::flyout::fields::Verbs;
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Longest value that can be copied from here, in bytes; the record has longer ones.
const MOST_TO_COPY: usize = 4_000;
/// Most characters of a value in the name of a verb.
const MOST_IN_NAME: usize = 60;

/// The verbs of a value that no column holds.
pub(super) fn copy_only(words: &str) -> Verbs {
    Verbs {
        named: name(words),
        copy: (words.len() <= MOST_TO_COPY).then(|| words.to_owned()),
        ..Verbs::default()
    }
}

/// The verbs of a value of a column. `text` is the value as filters have it, `words` as it is shown.
pub(super) fn verbs(query: &Query, column: &'static Column, text: &str, words: &str) -> Verbs {
    let value = Value::Text(text.to_owned());
    // The open row has the value: it stays. It is not among those without.
    let only = query.with_only(column, &value).map(|only| Query {
        row: query.row.clone(),
        pane: query.pane.clone(),
        ..only
    });
    Verbs {
        named: name(words),
        only: only.map(|only| only.to_address(PATH)),
        without: query
            .with_none_of(column, &value)
            .map(|without| without.to_address(PATH)),
        copy: (text.len() <= MOST_TO_COPY).then(|| text.to_owned()),
    }
}

/// The verbs of an item of a column that lists several, as the record has it; none where it has no text.
pub(super) fn item_verbs(query: &Query, column: &'static str, item: Option<&str>) -> Verbs {
    let item = list::join(item);
    match item.is_empty() {
        true => Verbs::default(),
        false => verbs(
            query,
            Column::named(column),
            &item,
            &shown(&item, MOST_IN_CELL),
        ),
    }
}

fn name(words: &str) -> String {
    model::present::shortened(words, MOST_IN_NAME)
}

/// Address of the page about what a column names.
pub(super) fn page_about(
    query: &Query,
    subject: Subject<'_>,
    column: &Column,
    value: &Value,
) -> Option<String> {
    let identifier = identifier_of(column).and_then(|column| subject.value(column.id));
    Window::around(query).page_beside(column, value, identifier)
}
