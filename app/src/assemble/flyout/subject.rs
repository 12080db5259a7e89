//! The sign-in of the pane, and what is read from it again and again.

use chrono::{DateTime, Utc};
use detect::settling;
use model::{Outcome, Value};

use crate::assemble::grid::tone;
use crate::backend::Detail;
use crate::text::flyout as text;
use crate::view::grid::Tone;
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Columns that say who signed in, the best first.
const WHO: [&str; 4] = [
    "user",
    "username",
    "service_principal_name",
    "service_principal_id",
];
/// Columns that say what was signed in to.
pub(super) const WHAT: [&str; 2] = ["application", "resource"];

/// A sign-in.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    /// All about it.
    pub detail: &'a Detail,
}

impl<'a> Subject<'a> {
    /// Value of a column.
    pub fn value(&self, id: &str) -> Option<&'a Value> {
        let mut values = self.detail.values.iter();
        values
            .find(|(column, _)| column.id == id)
            .map(|(_, value)| value)
    }

    /// Text of a column, when it has any.
    pub fn text(&self, id: &str) -> Option<&'a str> {
        self.value(id)
            .and_then(Value::as_text)
            .filter(|text| !text.trim().is_empty())
    }

    /// Moment of the sign-in.
    pub fn date(&self) -> DateTime<Utc> {
        match self.value("date") {
            Some(Value::Instant(moment)) => *moment,
            _ => DateTime::UNIX_EPOCH,
        }
    }

    /// Whether the record was stored so soon after the sign-in that more of it may come.
    pub fn is_early(&self) -> bool {
        let stored = self.detail.stored;
        stored.is_some_and(|stored| {
            settling::is_early(self.date().timestamp_micros(), stored.timestamp_micros())
        })
    }

    /// Its error code.
    pub fn error_code(&self) -> Option<i64> {
        match self.value("error_code") {
            Some(Value::Integer(code)) => Some(*code),
            _ => None,
        }
    }

    /// How it ended.
    pub fn outcome(&self) -> Option<Outcome> {
        self.text("status").and_then(|text| text.parse().ok())
    }

    /// Colour and shape of how it ended.
    pub fn tone(&self) -> Tone {
        self.outcome().map_or(Tone::Interrupted, tone)
    }

    /// How it ended, in the portal's word.
    pub fn status(&self) -> String {
        self.outcome()
            .map(|outcome| outcome.label().to_owned())
            .unwrap_or_default()
    }

    /// Who signed in to what.
    pub fn title(&self) -> String {
        title(|id| self.text(id))
    }
}

/// Who signed in to what, from the texts of columns.
pub(super) fn title<'a>(text_of: impl Fn(&str) -> Option<&'a str>) -> String {
    let first = |ids: &[&str]| {
        let found = ids.iter().find_map(|id| text_of(id));
        found.map(|text| shown(text, MOST_IN_CELL))
    };
    text::who_to_what(first(&WHO).as_deref(), first(&WHAT).as_deref())
}

/// Columns that [`title`] reads.
pub(super) fn title_columns() -> impl Iterator<Item = &'static str> {
    WHO.into_iter().chain(WHAT)
}
