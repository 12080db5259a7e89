//! Words about who may see what.

use model::Column;
use model::access::{Right, Role};
use model::sight::Sight;

/// Title of the page that somebody may not see.
pub const FORBIDDEN: &str = "Your roles do not open this page";
/// Link from there to what they open.
pub const TO_START: &str = "To the start page";

/// Link to the same page without what is not shown.
pub const WITHOUT_IT: &str = "The same without it";

/// Nobody is signed in.
pub const NOBODY: &str = "Nobody is signed in. Load the page again.";

/// What a right is for, after "to".
pub const fn purpose(right: Right) -> &'static str {
    match right {
        Right::OwnSignIns => "see your own sign-ins",
        Right::SignIns => "see the sign-ins of everybody",
        Right::ConditionalAccess => "see what Conditional Access decided",
        Right::PersonReports => "see what people said of their sign-ins",
        Right::Unmask => "see names and addresses that are masked",
        Right::AccessAudit => "see who looked at what",
        Right::Import => "import files and manage groups",
        Right::Accounts => "manage accounts",
    }
}

/// Why nothing is asked by a column.
pub fn not_asked_by(column: &Column, sight: Sight) -> String {
    let label = column.label;
    match sight.shows(column) {
        false => format!(
            "{label} says what Conditional Access decided, which your roles do not show. Take it out of the filters, the \
             order and the groups."
        ),
        true => format!(
            "{label} is masked for your roles, and its order would say what stands behind the mask. Sort by something else."
        ),
    }
}

/// Why a filter by something masked is refused.
pub fn not_filtered_by(column: &Column) -> String {
    format!(
        "{} is masked for your roles. Filter by what the page shows there: \"is\", \"is one of\", \"is empty\" and their \
         opposites, and for addresses networks of at least /24 or /48.",
        column.label
    )
}

/// In the place of whole records.
pub const NO_RECORDS: &str =
    "Whole records name people, who are masked for your roles. Download the columns instead.";

/// Why something is refused, and who can change that.
pub fn needs(right: Right) -> String {
    let roles: Vec<&str> = right.roles().map(Role::label).collect();
    let roles = match roles.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    };
    format!(
        "To {} takes the role {roles}. An administrator can give it to you.",
        purpose(right)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_roles_that_would_do() {
        assert_eq!(
            needs(Right::Import),
            "To import files and manage groups takes the role Global Administrator or Security Administrator. \
             An administrator can give it to you."
        );
        assert!(needs(Right::Accounts).contains("the role Global Administrator."));
    }
}
