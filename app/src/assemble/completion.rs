//! What could be written next in the search line.

use model::column::{COLUMNS, Column, GROUP};
use model::present::count;
use model::query::{Operator, Query, line};

use super::filter_editor::word;
use super::value_list::top_values;
use crate::backend::{Backend, BackendError};
use crate::view::filters::Completion;
use crate::viewer::shows;

/// Most suggestions of a kind.
const MOST: usize = 8;

/// How much of the text stays, in units of UTF-16 as browsers count, and what could follow it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// Length of what stays.
    pub kept_units: usize,
    /// What could follow.
    pub options: Vec<Completion>,
}

/// What could take the place of the last word of a text.
///
/// # Errors
/// Those of the backend.
pub async fn completions(
    backend: &dyn Backend,
    query: &Query,
    text: &str,
) -> Result<Completions, BackendError> {
    let word = last_word(text);
    let (sign, name) = match word.find(|char| char != '-' && char != '~') {
        Some(at) => word.split_at(at),
        None => (word, ""),
    };
    let kept = |part: &str| units(text) - units(part);
    let Some((column_name, rest)) = name.split_once(':') else {
        return Ok(Completions {
            kept_units: kept(name),
            options: columns(query, name),
        });
    };
    let Some(column) = line::named(column_name).filter(|column| column.is_filterable()) else {
        return Ok(Completions::default());
    };
    let operator = rest
        .split_once(':')
        .and_then(|(operator, values)| Some((Operator::parse(operator)?, values)))
        .filter(|(operator, _)| column.takes(*operator));
    let values = operator.map_or(rest, |(_, values)| values);
    let written = values.rsplit_once(',').map_or(values, |(_, last)| last);
    let looked_for = written.trim_start_matches('"');
    let mut options = Vec::new();
    let takes_value = operator.is_none_or(|(operator, _)| {
        operator.needs_value() && !matches!(operator, Operator::Within | Operator::NotWithin)
    });
    if takes_value {
        let others = Query {
            filters: query
                .filters
                .iter()
                .filter(|filter| *filter.column != *column)
                .cloned()
                .collect(),
            after: None,
            ..query.without_row()
        };
        let found = top_values(backend, &others, column, looked_for, MOST).await?;
        options.extend(found.into_iter().map(|(found, number)| Completion {
            puts: format!("{} ", line::word(&found.value, operator.is_none())),
            words: found.words,
            note: count(number),
        }));
    }
    if operator.is_none() && values == written && sign.is_empty() {
        options.extend(operators(column, looked_for));
    }
    Ok(Completions {
        kept_units: kept(written),
        options,
    })
}

/// The last word of a line: what follows the last blank that is not quoted.
fn last_word(text: &str) -> &str {
    let mut is_quoted = false;
    let mut start = 0;
    let mut before = ' ';
    let mut is_guarded = false;
    for (at, char) in text.char_indices() {
        match char {
            _ if is_guarded => is_guarded = false,
            '\\' if is_quoted => is_guarded = true,
            '"' if is_quoted || matches!(before, ' ' | ':' | ',') => is_quoted = !is_quoted,
            char if char.is_whitespace() && !is_quoted => start = at + char.len_utf8(),
            _ => {}
        }
        before = char;
    }
    text.get(start..).unwrap_or_default()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Columns by what is written of their id, short name or label: those that begin so, then those that have it.
fn columns(query: &Query, name: &str) -> Vec<Completion> {
    let name = name.to_lowercase();
    if name.is_empty() {
        return Vec::new();
    }
    let tabs = query.tabs();
    let rank = |column: &Column| {
        let label = column.label_in(tabs).to_lowercase();
        if line::short_names(column).any(|short| short == name) {
            Some(0)
        } else if column.id.starts_with(&name) || label.starts_with(&name) {
            Some(1)
        } else if column.id.contains(&name) || label.contains(&name) {
            Some(2)
        } else {
            None
        }
    };
    let mut found: Vec<_> = COLUMNS
        .iter()
        .chain([&GROUP])
        .filter(|column| column.is_filterable() && column.is_of(tabs) && shows(column))
        .filter_map(|column| Some((rank(column)?, column)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found
        .into_iter()
        .take(MOST)
        .map(|(_, column)| Completion {
            puts: format!("{}:", column.id),
            words: format!("{}:", column.id),
            note: column.label_in(tabs).to_owned(),
        })
        .collect()
}

/// Operators that begin with what is written.
fn operators(column: &'static Column, written: &str) -> impl Iterator<Item = Completion> {
    let written = written.to_lowercase();
    let all = column.operators().iter();
    all.filter(move |operator| operator.as_str().starts_with(&written))
        .map(|operator| {
            let puts = match operator.needs_value() {
                true => format!("{operator}:"),
                false => format!("{operator} "),
            };
            Completion {
                words: puts.trim_end().to_owned(),
                puts,
                note: word(*operator).to_owned(),
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_told_from_the_others() {
        for (text, expected) in [
            ("", ""),
            ("app", "app"),
            ("status:failure app", "app"),
            ("status:failure ", ""),
            (r#"user:"Ann Be"#, r#"user:"Ann Be"#),
            (r#"user:"Ann","Bo b" x"#, "x"),
            (r#"user:"a \" b"#, r#"user:"a \" b"#),
        ] {
            assert_eq!(last_word(text), expected, "{text}");
        }
    }

    #[test]
    fn columns_are_found_by_id_short_name_and_label() {
        let found = |name| {
            let columns = columns(&Query::default(), name);
            columns
                .into_iter()
                .map(|column| column.puts)
                .collect::<Vec<_>>()
        };
        assert_eq!(found("app")[..2], ["application:", "application_id:"]);
        assert_eq!(found("ip")[0], "ip_address:");
        assert_eq!(found("join"), ["join_type:"]);
        assert_eq!(found("zzz"), [""; 0]);
    }
}
