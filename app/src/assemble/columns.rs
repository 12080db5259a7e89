//! The choice of columns of a query.

use model::Query;
use model::column::{COLUMNS, Column, Section};

use super::preferences;
use crate::view::columns::{ColumnChoice, ColumnLine};
use crate::viewer::shows;

/// What can be chosen for the page of a query at `path`.
pub fn choice(query: &Query, path: &str) -> ColumnChoice {
    let shown = query.shown_columns();
    let defaults = query.default_columns();
    let line = |column: &&'static Column| ColumnLine {
        id: column.id.to_owned(),
        label: column.label_in(query.tabs()).to_owned(),
        default_at: defaults.iter().position(|other| other == column),
    };
    let others: Vec<&'static Column> = COLUMNS
        .iter()
        .filter(|column| is_of(query, column) && shows(column) && !shown.contains(column))
        .collect();
    let sections = Section::ALL.into_iter().map(|section| {
        let of_section = others.iter().filter(|column| column.section == section);
        (section.label().to_owned(), of_section.map(line).collect())
    });
    ColumnChoice {
        query: Query {
            columns: None,
            after: None,
            ..query.clone()
        }
        .to_text(),
        kind: preferences::kind(query).to_owned(),
        address: query.to_address(path),
        shown: shown.iter().map(line).collect(),
        sections: sections
            .filter(|(_, lines): &(String, Vec<ColumnLine>)| !lines.is_empty())
            .collect(),
    }
}

/// Whether some kind of sign-in that is shown has the column.
fn is_of(query: &Query, column: &Column) -> bool {
    column.is_of(query.tabs())
}

/// The query with these columns in this order, as a form sends them; one that no column is named in stays as it
/// is. Chosen columns that are the default ones are no choice.
pub fn with_columns<'a>(query: &Query, ids: impl IntoIterator<Item = &'a str>) -> Query {
    let mut columns: Vec<&'static Column> = Vec::new();
    for column in ids.into_iter().filter_map(Column::find) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    if columns.is_empty() {
        return query.clone();
    }
    let is_choice = columns != query.default_columns();
    Query {
        columns: is_choice.then_some(columns),
        ..query.clone()
    }
}

/// The ids with one of them moved by one place, towards the beginning or the end.
pub fn moved<'a>(ids: &[&'a str], id: &str, is_up: bool) -> Vec<&'a str> {
    let mut moved = ids.to_vec();
    if let Some(at) = moved.iter().position(|other| *other == id) {
        let to = match is_up {
            true => at.checked_sub(1),
            false => Some(at + 1).filter(|to| *to < moved.len()),
        };
        if let Some(to) = to {
            moved.swap(at, to);
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Query {
        Query::parse(text).0
    }

    #[test]
    fn every_column_of_the_view_is_offered_once() {
        for text in [
            "",
            "tab=managedidentity",
            "tab=all&noise=workloads",
            "cols=user,date",
        ] {
            let query = read(text);
            let choice = choice(&query, "/sign-ins");
            let others = choice.sections.iter().flat_map(|(_, lines)| lines);
            let mut ids: Vec<_> = choice
                .shown
                .iter()
                .chain(others)
                .map(|line| line.id.clone())
                .collect();
            let expected = COLUMNS
                .iter()
                .filter(|column| is_of(&query, column))
                .count();
            assert_eq!(ids.len(), expected, "{text}");
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), choice.number(), "{text}");
        }
        let chosen = choice(&read("cols=user,date"), "/sign-ins");
        assert_eq!(chosen.shown[0].label, "User");
        assert_eq!(chosen.shown[0].default_at, Some(1));
    }

    #[test]
    fn columns_of_a_form_replace_the_chosen_ones_in_their_order() {
        let query = read("cols=date,user&q=x");
        let chosen = with_columns(&query, ["status", "user", "status", "<b>"]);
        assert_eq!(chosen.to_text(), "q=x&cols=status,user");
        assert_eq!(with_columns(&query, ["nothing"]), query);
        let defaults: Vec<_> = query
            .default_columns()
            .iter()
            .map(|column| column.id)
            .collect();
        assert_eq!(with_columns(&query, defaults).to_text(), "q=x");
    }

    #[test]
    fn a_column_moves_by_one_and_stops_at_the_ends() {
        let ids = ["a", "b", "c"];
        assert_eq!(moved(&ids, "b", true), ["b", "a", "c"]);
        assert_eq!(moved(&ids, "a", true), ids);
        assert_eq!(moved(&ids, "c", false), ids);
        assert_eq!(moved(&ids, "a", false), ["b", "a", "c"]);
        assert_eq!(moved(&ids, "x", false), ids);
    }
}
