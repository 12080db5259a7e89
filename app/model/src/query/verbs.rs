//! The two verbs on a value: only the sign-ins that have it, or those that do not.

use super::{Filter, Operator, Query};
use crate::column::{Column, ValueType};
use crate::value::Value;

/// Longest value that a verb is offered for, in bytes: an address has to carry it.
const LONGEST_BYTES: usize = 1_000;

impl Query {
    /// The same question with only the sign-ins that have this value, or have none where it is
    /// [`Value::Empty`], from its first page. What else was said of the column is said no more. `None` where no
    /// filter can say that: moments, and texts that are too long for an address.
    pub fn with_only(&self, column: &'static Column, value: &Value) -> Option<Query> {
        let filter = match value {
            Value::Empty if column.takes(Operator::Empty) => {
                Filter::new(column, Operator::Empty, Vec::<String>::new())
            }
            _ => Filter::new(column, Operator::Equal, [said(column, value)?]),
        };
        let mut query = self.without_row();
        query.after = None;
        query
            .filters
            .retain(|other| other.paused || other.column != column);
        query.filters.push(filter);
        Some(query)
    }

    /// The same question without the sign-ins that have this value, from its first page. It joins the values
    /// of the column that are left out already. `None` as for [`Query::with_only`].
    pub fn with_none_of(&self, column: &'static Column, value: &Value) -> Option<Query> {
        let mut query = self.without_row();
        query.after = None;
        if value.is_empty() {
            if !column.takes(Operator::NotEmpty) {
                return None;
            }
            let filter = Filter::new(column, Operator::NotEmpty, Vec::<String>::new());
            return Some(query.with_filter(filter));
        }
        let said = said(column, value)?;
        let leaves_out = |filter: &&mut Filter| {
            let is_whole = matches!(filter.operator, Operator::NotEqual | Operator::NotIn);
            !filter.paused && filter.column == column && is_whole
        };
        let takes_several = column.takes(Operator::NotIn);
        match query.filters.iter_mut().find(leaves_out) {
            Some(filter) if takes_several => {
                filter.operator = Operator::NotIn;
                if !filter.values.contains(&said) {
                    filter.values.push(said);
                }
                Some(query)
            }
            _ => Some(query.with_filter(Filter::new(column, Operator::NotEqual, [said]))),
        }
    }
}

/// The value as a filter says it.
fn said(column: &'static Column, value: &Value) -> Option<String> {
    let text = value.to_text();
    let fits = column.takes(Operator::Equal)
        && !matches!(column.value_type, ValueType::Instant)
        && !text.is_empty()
        && text.len() <= LONGEST_BYTES;
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    fn parsed(query: &str) -> Query {
        Query::parse(query).0
    }

    #[test]
    fn only_takes_the_place_of_what_was_said_of_the_column() {
        let user = Column::named("user");
        let before = parsed("f=user:contains:a&f=status:eq:failure&f=~user:eq:bo&row=1");
        let only = before.with_only(user, &text("Ann, B.")).expect("a query");
        assert_eq!(
            only.to_text(),
            "f=status:eq:failure&f=~user:eq:bo&f=user:eq:Ann%5C,+B."
        );
        let none = before.with_only(user, &Value::Empty).expect("a query");
        assert_eq!(
            none.to_text(),
            "f=status:eq:failure&f=~user:eq:bo&f=user:empty"
        );
    }

    #[test]
    fn values_that_are_left_out_stand_together() {
        let user = Column::named("user");
        let one = parsed("").with_none_of(user, &text("ann")).expect("one");
        assert_eq!(one.to_text(), "f=user:ne:ann");
        let two = one.with_none_of(user, &text("bo")).expect("two");
        assert_eq!(two.to_text(), "f=user:nin:ann,bo");
        assert_eq!(two.with_none_of(user, &text("bo")), Some(two));
        let empty = one.with_none_of(user, &Value::Empty).expect("a query");
        assert_eq!(empty.to_text(), "f=user:ne:ann&f=user:nempty");
    }

    #[test]
    fn what_no_filter_can_say_has_no_verb() {
        let long = text(&"x".repeat(LONGEST_BYTES + 1));
        assert_eq!(parsed("").with_only(Column::named("user"), &long), None);
        let moment = Value::Instant(chrono::DateTime::UNIX_EPOCH);
        assert_eq!(
            parsed("").with_none_of(Column::named("date"), &moment),
            None
        );
        let reason = Column::named("reason");
        assert_eq!(parsed("").with_only(reason, &text("Blocked")), None);
        assert_eq!(parsed("").with_only(reason, &Value::Empty), None);
    }

    proptest! {
        #[test]
        fn a_verb_on_any_text_is_read_back(value in "\\PC{1,40}|[ ,:~\\\\]{1,5}") {
            let column = Column::named("user");
            for query in [
                Query::default().with_only(column, &text(&value)),
                Query::default().with_none_of(column, &text(&value)),
            ] {
                let query = query.expect("a query");
                prop_assert_eq!(Query::parse(&query.to_text()), (query, Vec::new()));
            }
        }
    }
}
