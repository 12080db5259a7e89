//! The canonical text of a query.

use super::percent::encode;
use super::{Filter, Query, Range, Sort, TimeZone};
use crate::tab::Tab;
use crate::time;

impl Query {
    /// The query string, without the leading `?`. What is as it would be anyway is left out, and the
    /// order of the parts is fixed, so that equal queries have equal texts.
    pub fn to_text(&self) -> String {
        let mut parts = Vec::new();
        let mut add = |name: &str, value: &str| parts.push(format!("{name}={}", encode(value)));
        if self.tab != Tab::Interactive {
            add("tab", self.tab.as_str());
        }
        match self.range {
            Range::Last24Hours => {}
            Range::Between { from, to } => {
                // An open beginning is written out: without it the range would be the default one.
                add("from", &from.map(time::write).unwrap_or_default());
                if let Some(to) = to {
                    add("to", &time::write(to));
                }
            }
            named => add("range", named.as_str().unwrap_or_default()),
        }
        if self.time_zone != TimeZone::Local {
            add("tz", self.time_zone.as_str());
        }
        for filter in &self.filters {
            add("f", &filter.to_text());
        }
        if let Some(search) = &self.search {
            add("q", search);
        }
        if self.sort != Sort::default() {
            add("sort", &self.sort.to_text());
        }
        if let Some(columns) = &self.columns {
            let ids: Vec<_> = columns.iter().map(|column| column.id).collect();
            add("cols", &ids.join(","));
        }
        if let Some(after) = &self.after {
            add("after", &after.to_text());
        }
        if let Some(row) = &self.row {
            add("row", row);
        }
        parts.join("&")
    }

    /// Address of the page at `path` that shows this query.
    pub fn to_address(&self, path: &str) -> String {
        match self.to_text() {
            text if text.is_empty() => path.to_owned(),
            text => format!("{path}?{text}"),
        }
    }
}

impl Filter {
    /// `<column>:<op>:<value>[,<value>…]`, with `\,` for a comma and `\\` for a backslash.
    pub fn to_text(&self) -> String {
        let values: Vec<_> = self
            .values
            .iter()
            .map(|value| value.replace('\\', "\\\\").replace(',', "\\,"))
            .collect();
        if self.operator.needs_value() {
            format!("{}:{}:{}", self.column.id, self.operator, values.join(","))
        } else {
            format!("{}:{}", self.column.id, self.operator)
        }
    }
}

impl Sort {
    /// `-date`: a leading minus for descending.
    pub fn to_text(self) -> String {
        let sign = if self.descending { "-" } else { "" };
        format!("{sign}{}", self.column.id)
    }
}
