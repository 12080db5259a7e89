//! The canonical text of a query.

use super::percent::encode;
use super::{Ago, Filter, GroupOrder, Query, Range, Sort, TimeZone};
use crate::tab::{Noise, Tab};
use crate::time;

/// The value of `tab` for the view of all kinds.
pub(super) const ALL_KINDS: &str = "all";
/// What a paused filter begins with.
pub(super) const PAUSED: &str = "~";

impl Query {
    /// The query string, without the leading `?`. What is as it would be anyway is left out, and the
    /// order of the parts is fixed, so that equal queries have equal texts.
    pub fn to_text(&self) -> String {
        let mut parts = Vec::new();
        let mut add = |name: &str, value: &str| parts.push(format!("{name}={}", encode(value)));
        match self.noise {
            Some(noise) => {
                add("tab", ALL_KINDS);
                if noise != Noise::default() {
                    add("noise", noise.as_str());
                }
            }
            None if self.tab != Tab::Interactive => add("tab", self.tab.as_str()),
            None => {}
        }
        match self.range {
            Range::Last24Hours => {}
            Range::Ago { from, to } => {
                add("from", &from.to_text());
                if to != Ago::NOW {
                    add("to", &to.to_text());
                }
            }
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
        if !self.widths_px.is_empty() {
            let widths = self.widths_px.iter();
            let widths: Vec<_> = widths
                .map(|(column, width_px)| format!("{}:{width_px}", column.id))
                .collect();
            add("widths", &widths.join(","));
        }
        if let Some(every) = self.every {
            add("every", every.as_str());
        }
        if !self.group.is_empty() {
            let ids: Vec<_> = self.group.iter().map(|column| column.id).collect();
            add("group", &ids.join(","));
            if self.group_order != GroupOrder::default() {
                add("order", &self.group_order.to_text());
            }
        }
        if let Some(view) = &self.view {
            add("view", view);
        }
        if let Some(after) = &self.after {
            add("after", &after.to_text());
        }
        if let Some(row) = &self.row {
            add("row", row);
        }
        if let Some(pane) = &self.pane {
            add("pane", pane);
        }
        if let Some(compare) = &self.compare {
            add("compare", compare);
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
    /// `<column>:<op>:<value>[,<value>…]`, with `\,` for a comma and `\\` for a backslash, and a `~` in front of
    /// all when it is paused.
    pub fn to_text(&self) -> String {
        let values: Vec<_> = self
            .values
            .iter()
            .map(|value| value.replace('\\', "\\\\").replace(',', "\\,"))
            .collect();
        let paused = if self.paused { PAUSED } else { "" };
        let start = format!("{paused}{}:{}", self.column.id, self.operator);
        if self.operator.needs_value() {
            format!("{start}:{}", values.join(","))
        } else {
            start
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
