//! One filter: a column, an operator, values.

use std::fmt;
use std::sync::Arc;

use crate::column::{Column, ValueType};
use crate::{Value, time};

/// How a value is compared. Text is compared without regard to letter case.
///
/// The negative operators keep rows that have no value: "is not Oslo" includes sign-ins without a
/// city, since nobody would expect them to vanish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Is the value.
    Equal,
    /// Is not the value.
    NotEqual,
    /// Is one of the values.
    In,
    /// Is none of the values.
    NotIn,
    /// Has one of the values somewhere.
    Contains,
    /// Has none of the values anywhere.
    NotContains,
    /// Starts with one of the values.
    Starts,
    /// Starts with none of the values.
    NotStarts,
    /// Ends with one of the values.
    Ends,
    /// Ends with none of the values.
    NotEnds,
    /// Has no value.
    Empty,
    /// Has any value.
    NotEmpty,
    /// Is greater, or later.
    Greater,
    /// Is greater or equal, or not before.
    GreaterOrEqual,
    /// Is less, or earlier.
    Less,
    /// Is less or equal, or not after.
    LessOrEqual,
    /// Is an address within one of the networks (`203.0.113.0/24`), see [`crate::network::Network`].
    Within,
    /// Is no address within any of the networks.
    NotWithin,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Operator; 18] = [
        Operator::Equal,
        Operator::NotEqual,
        Operator::In,
        Operator::NotIn,
        Operator::Contains,
        Operator::NotContains,
        Operator::Starts,
        Operator::NotStarts,
        Operator::Ends,
        Operator::NotEnds,
        Operator::Empty,
        Operator::NotEmpty,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Within,
        Operator::NotWithin,
    ];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Operator::Equal => "eq",
            Operator::NotEqual => "ne",
            Operator::In => "in",
            Operator::NotIn => "nin",
            Operator::Contains => "contains",
            Operator::NotContains => "ncontains",
            Operator::Starts => "starts",
            Operator::NotStarts => "nstarts",
            Operator::Ends => "ends",
            Operator::NotEnds => "nends",
            Operator::Empty => "empty",
            Operator::NotEmpty => "nempty",
            Operator::Greater => "gt",
            Operator::GreaterOrEqual => "ge",
            Operator::Less => "lt",
            Operator::LessOrEqual => "le",
            Operator::Within => "cidr",
            Operator::NotWithin => "ncidr",
        }
    }

    /// The words between the field and the value: "User **contains** ann".
    pub const fn label(self) -> &'static str {
        match self {
            Operator::Equal => "is",
            Operator::NotEqual => "is not",
            Operator::In => "is one of",
            Operator::NotIn => "is none of",
            Operator::Contains => "contains",
            Operator::NotContains => "does not contain",
            Operator::Starts => "starts with",
            Operator::NotStarts => "does not start with",
            Operator::Ends => "ends with",
            Operator::NotEnds => "does not end with",
            Operator::Empty => "is empty",
            Operator::NotEmpty => "is not empty",
            Operator::Greater => "is more than",
            Operator::GreaterOrEqual => "is at least",
            Operator::Less => "is less than",
            Operator::LessOrEqual => "is at most",
            Operator::Within => "is in network",
            Operator::NotWithin => "is not in network",
        }
    }

    /// Reads the word of [`Operator::as_str`], in any letter case.
    pub fn parse(text: &str) -> Option<Operator> {
        Operator::ALL
            .into_iter()
            .find(|operator| operator.as_str().eq_ignore_ascii_case(text.trim()))
    }

    /// Whether the operator needs at least one value.
    pub const fn needs_value(self) -> bool {
        !matches!(self, Operator::Empty | Operator::NotEmpty)
    }

    /// The operator that holds exactly where this one does not, where there is one for every column. What
    /// compares by order has none: "is at most" leaves out rows without a value, as "is more than" does.
    /// [`Filter::opposite`] knows of the moment, which every row has.
    pub const fn opposite(self) -> Option<Operator> {
        Some(match self {
            Operator::Equal => Operator::NotEqual,
            Operator::NotEqual => Operator::Equal,
            Operator::In => Operator::NotIn,
            Operator::NotIn => Operator::In,
            Operator::Contains => Operator::NotContains,
            Operator::NotContains => Operator::Contains,
            Operator::Starts => Operator::NotStarts,
            Operator::NotStarts => Operator::Starts,
            Operator::Ends => Operator::NotEnds,
            Operator::NotEnds => Operator::Ends,
            Operator::Within => Operator::NotWithin,
            Operator::NotWithin => Operator::Within,
            Operator::Empty => Operator::NotEmpty,
            Operator::NotEmpty => Operator::Empty,
            Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::Less
            | Operator::LessOrEqual => return None,
        })
    }

    /// The operator of order that holds for a value exactly where this one does not.
    const fn other_side(self) -> Option<Operator> {
        Some(match self {
            Operator::Greater => Operator::LessOrEqual,
            Operator::GreaterOrEqual => Operator::Less,
            Operator::Less => Operator::GreaterOrEqual,
            Operator::LessOrEqual => Operator::Greater,
            _ => return None,
        })
    }

    /// Whether the operator holds exactly where another one does not: "is not" where "is" does not.
    pub const fn is_opposite(self) -> bool {
        matches!(
            self,
            Operator::NotEqual
                | Operator::NotIn
                | Operator::NotContains
                | Operator::NotStarts
                | Operator::NotEnds
                | Operator::NotWithin
        )
    }

    /// Whether rows without a value meet the operator: the opposites, and "is empty".
    pub const fn holds_without_value(self) -> bool {
        self.is_opposite() || matches!(self, Operator::Empty)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// One condition that rows must meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The column looked at.
    pub column: &'static Column,
    /// How it is compared.
    pub operator: Operator,
    /// With what; any of them suffices (for negative operators: none may hold). Empty for
    /// [`Operator::Empty`] and [`Operator::NotEmpty`].
    pub values: Vec<String>,
    /// Whether it waits: it is kept with the query, and filters nothing.
    pub paused: bool,
    /// For [`crate::column::GROUP`]: who is in the groups. It is no part of the filter's text; whoever knows the
    /// groups fills it in before memory or lake are asked.
    pub people: Option<Arc<People>>,
}

/// The people of some groups, in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// Those that are known by their object ID.
    pub user_ids: Vec<String>,
    /// The others, by their username.
    pub usernames: Vec<String>,
}

impl Filter {
    /// A filter with these values.
    pub fn new<Text: Into<String>>(
        column: &'static Column,
        operator: Operator,
        values: impl IntoIterator<Item = Text>,
    ) -> Filter {
        Filter {
            column,
            operator,
            values: values.into_iter().map(Into::into).collect(),
            paused: false,
            people: None,
        }
    }

    /// What memory and lake look at in place of a filter by group: one of these conditions must hold, or, for a
    /// negative operator, all of them. `None` for every other filter. Where nobody said who is in the groups, no
    /// sign-in is of somebody in them.
    pub fn of_people(&self) -> Option<Vec<Filter>> {
        if !self.column.is_group() {
            return None;
        }
        let operator = match self.operator.is_opposite() {
            true => Operator::NotIn,
            false => Operator::In,
        };
        let people = self.people.as_deref();
        let of = |column: &'static str, names: Option<&Vec<String>>| {
            let names = names.into_iter().flatten().cloned();
            Filter::new(Column::named(column), operator, names)
        };
        Some(vec![
            of("user_id", people.map(|people| &people.user_ids)),
            of("username", people.map(|people| &people.usernames)),
        ])
    }

    /// The operator under which the filter keeps exactly the rows that it leaves out now, where there is one.
    pub fn opposite(&self) -> Option<Operator> {
        let always_held = self.column.id == "date" && self.values.len() == 1;
        let other_side = || self.operator.other_side().filter(|_| always_held);
        self.operator.opposite().or_else(other_side)
    }

    /// One of the values in the type of the column; no value where it does not fit.
    pub fn literal(&self, text: &str) -> Value {
        let read = match self.column.value_type {
            ValueType::Integer => text.parse().ok().map(Value::Integer),
            // There is one zero: the negative one is equal to it, but not by its bits.
            ValueType::Decimal => {
                let number = text.parse::<f64>().ok();
                number.map(|number| Value::Decimal(number + 0.0))
            }
            ValueType::Boolean => text.parse().ok().map(Value::Boolean),
            ValueType::Instant => time::read(text).map(Value::Instant),
            ValueType::Text
            | ValueType::Identifier
            | ValueType::Address
            | ValueType::List
            | ValueType::Choice(_) => Some(Value::Text(text.to_owned())),
        };
        read.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_their_operator() {
        for operator in Operator::ALL {
            assert_eq!(Operator::parse(operator.as_str()), Some(operator));
        }
        assert_eq!(Operator::parse("like"), None);
    }

    #[test]
    fn opposites_hold_without_a_value() {
        let of = |is: fn(Operator) -> bool| Operator::ALL.into_iter().filter(move |op| is(*op));
        let opposites = [
            Operator::NotEqual,
            Operator::NotIn,
            Operator::NotContains,
            Operator::NotStarts,
            Operator::NotEnds,
            Operator::NotWithin,
        ];
        assert!(of(Operator::is_opposite).eq(opposites));
        for operator in Operator::ALL {
            let holds = opposites.contains(&operator) || operator == Operator::Empty;
            assert_eq!(operator.holds_without_value(), holds, "{operator}");
        }
    }

    #[test]
    fn the_opposite_of_an_opposite_is_the_operator() {
        for operator in Operator::ALL {
            let Some(opposite) = operator.opposite() else {
                assert!(operator.other_side().is_some(), "{operator}");
                continue;
            };
            assert_eq!(opposite.opposite(), Some(operator));
            assert_ne!(
                opposite.holds_without_value(),
                operator.holds_without_value(),
                "{operator}"
            );
        }
    }

    #[test]
    fn order_is_turned_round_where_every_row_has_a_value() {
        let opposite = |column: &'static str, values: &[&str]| {
            let values = values.iter().copied();
            Filter::new(Column::named(column), Operator::Greater, values).opposite()
        };
        let moment = "2026-11-24T10:42:00Z";
        assert_eq!(opposite("date", &[moment]), Some(Operator::LessOrEqual));
        // Later than either is later than the earlier one; not after either is not after the later one.
        assert_eq!(opposite("date", &[moment, "2026-11-25"]), None);
        assert_eq!(opposite("latency_ms", &["12"]), None);
    }

    #[test]
    fn a_group_stands_for_its_people() {
        let filter = |operator| Filter {
            people: Some(Arc::new(People {
                user_ids: vec!["1".to_owned()],
                usernames: vec!["a@x".to_owned()],
            })),
            ..Filter::new(&crate::column::GROUP, operator, ["Finance"])
        };
        let stands_for = |filter: Filter| {
            let filters = filter.of_people().expect("a group");
            let text = |filter: &Filter| filter.to_text();
            filters.iter().map(text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            stands_for(filter(Operator::Equal)),
            "user_id:in:1 username:in:a@x"
        );
        assert_eq!(
            stands_for(filter(Operator::NotIn)),
            "user_id:nin:1 username:nin:a@x"
        );
        let unknown = Filter::new(&crate::column::GROUP, Operator::In, ["Finance"]);
        assert!(
            unknown
                .of_people()
                .expect("a group")
                .iter()
                .all(|filter| filter.values.is_empty())
        );
        assert_eq!(
            Filter::new(Column::named("user"), Operator::In, ["a"]).of_people(),
            None
        );
    }

    #[test]
    fn literals_have_the_type_of_the_column() {
        let literal = |column: &'static str, text: &str| {
            let filter = Filter::new(Column::named(column), Operator::Equal, [text]);
            filter.literal(text)
        };
        assert_eq!(literal("latency_ms", "12"), Value::Integer(12));
        assert_eq!(literal("latency_ms", "twelve"), Value::Empty);
        assert_eq!(literal("compliant", "true"), Value::Boolean(true));
        assert_eq!(literal("city", "12"), Value::Text("12".to_owned()));
        let moment = literal("date", "2026-11-24T10:42:00Z");
        assert_eq!(moment.to_text(), "2026-11-24T10:42:00Z");
        let Value::Decimal(zero) = literal("latitude", "-0") else {
            panic!("no number");
        };
        assert!(zero.is_sign_positive());
    }
}
