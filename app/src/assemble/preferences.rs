//! What a reader chose for the grid, per kind of sign-in, remembered in a cookie of their browser. This is
//! the only place that knows how it is written there.
//!
//! The address decides; where it says nothing of columns or widths, what is remembered is put into it.

use model::Query;

use crate::context::cookie;

/// What the names of the cookies begin with; the kind of sign-in follows.
const COOKIE: &str = "vestibule_grid_";
/// Longest value of a cookie that browsers keep, less room for its name and attributes, in bytes.
const LONGEST_BYTES: usize = 4_000;

/// The word of the kind of sign-in that a query shows.
pub fn kind(query: &Query) -> &'static str {
    match query.noise {
        Some(_) => "all",
        None => query.tab.as_str(),
    }
}

/// The query with what is remembered for this request, where that adds something.
pub fn completed(query: &Query) -> Option<Query> {
    let remembered = cookie(&cookie_name(query))?;
    let completed = completed_by(query, &remembered);
    (completed != *query).then_some(completed)
}

fn completed_by(query: &Query, remembered: &str) -> Query {
    // What is not understood was written by another version, or by no one of us.
    let (remembered, _) = Query::parse(remembered);
    let mut completed = query.clone();
    if completed.columns.is_none() {
        completed.columns = remembered.columns;
    }
    if completed.widths_px.is_empty() {
        completed.widths_px = remembered.widths_px;
    }
    completed
}

/// Name of the cookie for the kind of sign-in that a query shows.
pub fn cookie_name(query: &Query) -> String {
    format!("{COOKIE}{}", kind(query))
}

/// The value that remembers columns and widths of a query; `None` when there is nothing to remember, or more
/// than a cookie holds.
pub fn cookie_value(query: &Query) -> Option<String> {
    let remembered = Query {
        columns: query
            .columns
            .clone()
            .filter(|columns| *columns != query.default_columns()),
        widths_px: query.widths_px.clone(),
        ..Query::default()
    };
    // Commas have no place in a cookie.
    let text = remembered.to_text().replace(',', "%2C");
    (!text.is_empty() && text.len() <= LONGEST_BYTES).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Query {
        Query::parse(text).0
    }

    #[test]
    fn what_is_remembered_comes_back_where_the_address_says_nothing() {
        let chosen = read("cols=date,user,status&widths=user:240,status:90&q=not+this");
        let value = cookie_value(&chosen).expect("something to remember");
        assert!(!value.contains([',', ';', ' ']), "{value}");
        assert_eq!(
            completed_by(&read("q=x"), &value),
            read("q=x&cols=date,user,status&widths=user:240,status:90")
        );
        let said = read("cols=reason&widths=reason:100");
        assert_eq!(completed_by(&said, &value), said);
        assert_eq!(
            completed_by(&read("cols=user"), &value),
            read("cols=user&widths=user:240,status:90")
        );
    }

    #[test]
    fn the_default_columns_are_nothing_to_remember() {
        let mut query = read("tab=serviceprincipal");
        query.columns = Some(query.default_columns());
        assert_eq!(cookie_value(&query), None);
        assert_eq!(cookie_name(&query), "vestibule_grid_serviceprincipal");
        assert_eq!(
            cookie_name(&read("tab=all&noise=silent")),
            "vestibule_grid_all"
        );
    }

    #[test]
    fn nonsense_in_the_cookie_is_passed_over() {
        let query = read("q=x");
        for nonsense in [
            "",
            "cols=%3Cscript%3E",
            "widths=user:many",
            "\u{202e}",
            "f=user:eq:ann",
        ] {
            assert_eq!(completed_by(&query, nonsense), query, "{nonsense}");
        }
    }

    #[test]
    fn every_column_with_a_width_fits_into_a_cookie() {
        let all: Vec<_> = model::column::COLUMNS.iter().collect();
        let query = Query {
            widths_px: all.iter().map(|column| (*column, 1_200)).collect(),
            columns: Some(all),
            ..Query::default()
        };
        let value = cookie_value(&query).map(|value| value.len());
        assert!(value.is_some(), "{}", query.to_text().len());
    }
}
