//! What whoever asks sees of sign-ins, beside that there are any. Who asks decides that, and no text.

use crate::access::Right;
use crate::column::Column;

/// What is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// What Conditional Access decided. Otherwise its columns are empty, and nothing is asked by them.
    pub policies: bool,
    /// Who people are and where exactly they were. Otherwise names are replaced by others that stay the same, and
    /// addresses by their networks.
    pub people: bool,
}

impl Sight {
    /// All there is.
    pub const ALL: Sight = Sight {
        policies: true,
        people: true,
    };

    /// Whether the values of a column are seen, masked or not.
    pub fn shows(self, column: &Column) -> bool {
        match column.right() {
            Some(Right::ConditionalAccess) => self.policies,
            Some(_) => false,
            None => true,
        }
    }

    /// Whether the values of a column are masked.
    pub fn masks(self, column: &Column) -> bool {
        !self.people && column.personal().is_some()
    }
}

impl Default for Sight {
    fn default() -> Sight {
        Sight::ALL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_hidden_or_masked() {
        let policy = Column::named("deciding_policy");
        let (user, city) = (Column::named("user"), Column::named("city"));
        assert!(Sight::ALL.shows(policy) && !Sight::ALL.masks(user));
        let less = Sight {
            policies: false,
            people: false,
        };
        assert!(!less.shows(policy) && less.shows(user) && less.masks(user));
        assert!(less.shows(city) && !less.masks(city));
    }
}
