//! For which roles names and addresses are masked.

use std::fmt;
use std::str::FromStr;

use model::access::{Right, Role};
use serde::{Deserialize, Serialize};

/// Roles, as ids that are joined by commas.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MaskedRoles(pub Vec<Role>);

/// What cannot be masked.
#[derive(Debug, thiserror::Error)]
pub enum MaskedRolesError {
    /// No role.
    #[error("there is no role {0}; roles are {known}", known = Role::ALL.map(Role::id).join(", "))]
    Unknown(String),
    /// One that sees names anyway.
    #[error(
        "nothing can be masked for {0}: whoever imports files, or sees who looked at what, sees names there"
    )]
    SeesAnyway(&'static str),
}

impl FromStr for MaskedRoles {
    type Err = MaskedRolesError;

    fn from_str(text: &str) -> Result<MaskedRoles, MaskedRolesError> {
        let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
        let roles = ids.map(|id| {
            let role = Role::of_id(id).ok_or_else(|| MaskedRolesError::Unknown(id.to_owned()))?;
            let sees_anyway = [Right::Import, Right::AccessAudit];
            match sees_anyway
                .iter()
                .any(|right| role.rights().contains(right))
            {
                true => Err(MaskedRolesError::SeesAnyway(role.id())),
                false => Ok(role),
            }
        });
        Ok(MaskedRoles(roles.collect::<Result<_, _>>()?))
    }
}

impl fmt::Display for MaskedRoles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.0.iter().map(|role| role.id()).collect();
        formatter.write_str(&ids.join(","))
    }
}

impl TryFrom<String> for MaskedRoles {
    type Error = MaskedRolesError;

    fn try_from(text: String) -> Result<MaskedRoles, MaskedRolesError> {
        text.parse()
    }
}

impl From<MaskedRoles> for String {
    fn from(roles: MaskedRoles) -> String {
        roles.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_roles_that_see_no_names_elsewhere_are_masked() {
        let read = |text: &str| text.parse::<MaskedRoles>();
        let roles = read("reports_reader, security_operator").expect("roles");
        assert_eq!(roles.0, [Role::ReportsReader, Role::SecurityOperator]);
        assert_eq!(roles.to_string(), "reports_reader,security_operator");
        assert!(read("").expect("none").0.is_empty());
        assert!(read("owner").is_err());
        for role in [
            "global_administrator",
            "security_administrator",
            "global_reader",
        ] {
            assert!(read(role).is_err(), "{role}");
        }
    }
}
