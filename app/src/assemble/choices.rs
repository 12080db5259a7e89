//! What a reader chose to see beside the rows, kept in cookies; and who will show it.

use model::Column;

use crate::context::{cookie, is_for_client};
use crate::viewer::shows;

/// Cookie that says `hidden` when the columns of the chart are not wanted.
pub const CHART_COOKIE: &str = "vestibule_chart";
/// Cookie that says `hidden` when the fields are not wanted.
pub const RAIL_COOKIE: &str = "vestibule_rail";
/// Cookie with the open fields: ids of columns, joined by dots, those with all their values with a `-` behind.
pub const FIELDS_COOKIE: &str = "vestibule_fields";
/// Fields that are open before anybody chose.
const FIRST_OPEN: &str = "error_code.application";
/// Most fields that are open at a time: each is counted with every page.
const MOST_OPEN: usize = 16;

/// What is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Whether the columns of the chart are hidden.
    pub is_chart_hidden: bool,
    /// Whether the fields are closed.
    pub is_rail_closed: bool,
    /// The open fields.
    pub open: Vec<OpenField>,
    /// Whether the client asked, which fetches by itself what is not seen at once.
    pub is_for_client: bool,
}

/// An open field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenField {
    /// Its column.
    pub column: &'static Column,
    /// Whether more than its first values are shown.
    pub is_long: bool,
}

impl Choices {
    /// Those of this request.
    pub fn of_request() -> Choices {
        let is_hidden = |name| cookie(name).as_deref() == Some("hidden");
        let open = cookie(FIELDS_COOKIE);
        Choices {
            is_chart_hidden: is_hidden(CHART_COOKIE),
            is_rail_closed: is_hidden(RAIL_COOKIE),
            open: fields(open.as_deref().unwrap_or(FIRST_OPEN)),
            is_for_client: is_for_client(),
        }
    }

    /// How a field is open.
    pub fn open(&self, column: &Column) -> Option<OpenField> {
        self.open
            .iter()
            .copied()
            .find(|field| field.column == column)
    }

    /// The text of the cookie with this field open too.
    pub fn opening(&self, field: OpenField) -> String {
        let others = self.open.iter().filter(|open| open.column != field.column);
        text(others.chain([&field]))
    }

    /// The text of the cookie with the open fields that are not among these.
    pub fn open_beside(&self, shown: &[&'static Column]) -> String {
        text(
            self.open
                .iter()
                .filter(|open| !shown.contains(&open.column)),
        )
    }
}

fn text<'a>(open: impl Iterator<Item = &'a OpenField>) -> String {
    let ids = open.map(|field| match field.is_long {
        true => format!("{}-", field.column.id),
        false => field.column.id.to_owned(),
    });
    ids.collect::<Vec<_>>().join(".")
}

fn fields(text: &str) -> Vec<OpenField> {
    let mut open: Vec<OpenField> = Vec::new();
    for word in text.split('.') {
        let (id, is_long) = match word.strip_suffix('-') {
            Some(id) => (id, true),
            None => (word, false),
        };
        let found = Column::find(id).filter(|column| column.is_stored() && shows(column));
        if let Some(column) = found
            && open.len() < MOST_OPEN
            && !open.iter().any(|other| other.column == column)
        {
            open.push(OpenField { column, is_long });
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_fields_come_back() {
        let choices = Choices {
            open: fields("user.country-.user.reason.nonsense"),
            ..Choices::default()
        };
        let user = OpenField {
            column: Column::named("user"),
            is_long: true,
        };
        assert_eq!(choices.opening(user), "country-.user-");
        assert_eq!(choices.open_beside(&[user.column]), "country-");
        assert_eq!(fields("country-.user-").len(), 2);
        assert!(
            choices
                .open(Column::named("country"))
                .is_some_and(|field| field.is_long)
        );
        assert_eq!(choices.open(Column::named("reason")), None);
        assert_eq!(fields(""), []);
    }
}
