//! Where each column of the column table lies in a segment.

use std::sync::LazyLock;

use model::Column;

/// Where the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The moment of the sign-in.
    Date,
    /// Codes of a dictionary that all segments share, at this position.
    Coded(usize),
    /// Identifiers, at this position.
    Identifier(usize),
    /// It is worked out when it is shown.
    Nowhere,
}

/// The layout of all segments.
pub(crate) struct Layout {
    /// Columns in their order: all that are stored but the moment.
    pub columns: Vec<&'static Column>,
    /// Position of the request ID.
    pub request_id: usize,
    /// Position of the correlation ID.
    pub correlation_id: usize,
    /// Position of the outcome.
    pub status: usize,
    /// Position of the user ID.
    pub user_id: usize,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    let columns: Vec<_> = Column::stored()
        .filter(|column| column.id != "date")
        .collect();
    let position = |id: &'static str| {
        let wanted = Column::named(id);
        columns
            .iter()
            .position(|column| column.id == wanted.id)
            .unwrap_or_default()
    };
    Layout {
        request_id: position("request_id"),
        correlation_id: position("correlation_id"),
        status: position("status"),
        user_id: position("user_id"),
        columns,
    }
});

impl Layout {
    /// The one layout.
    pub fn get() -> &'static Layout {
        &LAYOUT
    }

    /// Where a column is.
    pub fn place(&self, column: &Column) -> Place {
        if column.id == "date" {
            return Place::Date;
        }
        match self.columns.iter().position(|other| other.id == column.id) {
            Some(index) if column.is_singular() => Place::Identifier(index),
            Some(index) => Place::Coded(index),
            None => Place::Nowhere,
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
        let request_id = Column::named("request_id");
        assert!(matches!(
            Layout::get().place(request_id),
            Place::Identifier(_)
        ));
        assert_eq!(Layout::get().place(Column::named("reason")), Place::Nowhere);
    }

    #[test]
    fn positions_are_those_of_the_columns() {
        let layout = Layout::get();
        assert_eq!(layout.columns[layout.status].id, "status");
        assert_eq!(layout.columns[layout.request_id].id, "request_id");
    }
}
