//! One filter: a column, an operator, values.

use std::fmt;

use crate::column::Column;

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
    /// Ends with one of the values.
    Ends,
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
    /// Is an address within one of the networks (`203.0.113.0/24`).
    Within,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Operator; 15] = [
        Operator::Equal,
        Operator::NotEqual,
        Operator::In,
        Operator::NotIn,
        Operator::Contains,
        Operator::NotContains,
        Operator::Starts,
        Operator::Ends,
        Operator::Empty,
        Operator::NotEmpty,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Within,
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
            Operator::Ends => "ends",
            Operator::Empty => "empty",
            Operator::NotEmpty => "nempty",
            Operator::Greater => "gt",
            Operator::GreaterOrEqual => "ge",
            Operator::Less => "lt",
            Operator::LessOrEqual => "le",
            Operator::Within => "cidr",
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
            Operator::Ends => "ends with",
            Operator::Empty => "is empty",
            Operator::NotEmpty => "is not empty",
            Operator::Greater => "is more than",
            Operator::GreaterOrEqual => "is at least",
            Operator::Less => "is less than",
            Operator::LessOrEqual => "is at most",
            Operator::Within => "is in network",
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

    /// Whether the operator leaves out rather than keeps.
    pub const fn is_negative(self) -> bool {
        matches!(
            self,
            Operator::NotEqual | Operator::NotIn | Operator::NotContains | Operator::Empty
        )
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
        }
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
}
