//! Where each column of the column table lies in a segment.

use std::sync::LazyLock;

use model::Column;

/// Columns of which nearly every row has its own value.
const IDENTIFIERS: [&str; 7] = [
    "request_id",
    "correlation_id",
    "unique_token_identifier",
    "session_id",
    "client_session_id",
    "original_request_id",
    "federated_token_id",
];

/// Where the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The moment of the sign-in.
    Date,
    /// Codes of a dictionary, at this position.
    Coded(usize),
    /// Identifiers, at this position.
    Identifier(usize),
    /// It is worked out when it is shown.
    Nowhere,
}

/// The layout of all segments.
pub(crate) struct Layout {
    /// Columns with a dictionary, in their order.
    pub coded: Vec<&'static Column>,
    /// Columns of identifiers, in their order.
    pub identifiers: Vec<&'static Column>,
    /// Place of the request ID.
    pub request_id: Place,
    /// Place of the outcome.
    pub status: Place,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    let (identifiers, others): (Vec<_>, Vec<_>) =
        Column::stored().partition(|column| IDENTIFIERS.contains(&column.id));
    let coded: Vec<_> = others
        .into_iter()
        .filter(|column| column.id != "date")
        .collect();
    let mut layout = Layout {
        coded,
        identifiers,
        request_id: Place::Nowhere,
        status: Place::Nowhere,
    };
    layout.request_id = layout.place(Column::named("request_id"));
    layout.status = layout.place(Column::named("status"));
    layout
});

impl Layout {
    /// The one layout.
    pub fn get() -> &'static Layout {
        &LAYOUT
    }

    /// Where a column is.
    pub fn place(&self, column: &Column) -> Place {
        let position = |columns: &[&Column]| columns.iter().position(|other| other.id == column.id);
        if column.id == "date" {
            Place::Date
        } else if let Some(index) = position(&self.coded) {
            Place::Coded(index)
        } else if let Some(index) = position(&self.identifiers) {
            Place::Identifier(index)
        } else {
            Place::Nowhere
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stored_column_has_a_place() {
        for column in Column::stored() {
            assert_ne!(Layout::get().place(column), Place::Nowhere, "{}", column.id);
        }
        for id in IDENTIFIERS {
            assert!(
                matches!(Layout::get().place(Column::named(id)), Place::Identifier(_)),
                "{id}"
            );
        }
        assert_eq!(Layout::get().place(Column::named("reason")), Place::Nowhere);
    }
}
