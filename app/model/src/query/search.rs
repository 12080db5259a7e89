//! Where the free search looks, and what it takes for a find.

use crate::column::{COLUMNS, Column, ValueType};
use crate::sight::Sight;

/// How the free search finds a row by the value of a column. Letter case never counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchRule {
    /// The value has the text somewhere.
    Contains,
    /// The value begins with the text: people paste identifiers, or what they see of them. Their
    /// middles are chance, so a short text would be found in them everywhere.
    Begins,
    /// The value is the number that the text spells.
    IsNumber,
}

impl SearchRule {
    /// Whether a text is a find; both are in lower case.
    pub fn finds(self, value: &str, wanted: &str) -> bool {
        match self {
            SearchRule::Contains => value.contains(wanted),
            SearchRule::Begins => value.starts_with(wanted),
            SearchRule::IsNumber => false,
        }
    }
}

/// The columns in which the free search looks, in the order of the table: neither hidden nor masked ones.
pub fn searched(sight: Sight) -> impl Iterator<Item = (&'static Column, SearchRule)> {
    COLUMNS
        .iter()
        .filter(move |column| sight.shows(column) && !sight.masks(column))
        .filter_map(|column| rule(column).map(|rule| (column, rule)))
}

fn rule(column: &Column) -> Option<SearchRule> {
    match column.value_type {
        _ if !column.is_stored() => None,
        // Every enabled policy is named on nearly every row, with what it came to.
        _ if column.id == "conditional_access_results" => None,
        // Half of all rows are of one kind.
        _ if column.is_kind() => None,
        ValueType::Text | ValueType::Address | ValueType::Choice(_) | ValueType::List => {
            Some(SearchRule::Contains)
        }
        ValueType::Identifier => Some(SearchRule::Begins),
        // Of all numbers, people know these by heart.
        ValueType::Integer if column.id == "error_code" => Some(SearchRule::IsNumber),
        ValueType::Integer | ValueType::Decimal | ValueType::Boolean | ValueType::Instant => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule_of(id: &'static str) -> Option<SearchRule> {
        let mut searched = searched(Sight::ALL);
        let found = searched.find(|(column, _)| column.id == id);
        found.map(|(_, rule)| rule)
    }

    #[test]
    fn all_that_can_be_filtered_and_holds_words_is_searched() {
        for (id, rule) in [
            ("user_agent", Some(SearchRule::Contains)),
            ("ip_address", Some(SearchRule::Contains)),
            ("client_app", Some(SearchRule::Contains)),
            ("network_names", Some(SearchRule::Contains)),
            ("correlation_id", Some(SearchRule::Begins)),
            ("error_code", Some(SearchRule::IsNumber)),
            ("autonomous_system_number", None),
            ("reason", None),
            ("kind", None),
            ("date", None),
        ] {
            assert_eq!(rule_of(id), rule, "{id}");
        }
    }

    #[test]
    fn identifiers_are_found_by_their_beginning() {
        assert!(SearchRule::Contains.finds("ann berg", "berg"));
        assert!(SearchRule::Begins.finds("5e1f0c4e", "5e1f"));
        assert!(!SearchRule::Begins.finds("5e1f0c4e", "0c4e"));
        assert!(!SearchRule::IsNumber.finds("50126", "50126"));
    }
}
