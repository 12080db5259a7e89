//! Which values of a claim give which roles.

use std::collections::BTreeMap;
use std::str::FromStr;

use model::access::{Role, Roles};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Values with their roles. In the file a table: `"Vestibule.Reader" = "security_reader"`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleMap(BTreeMap<String, Roles>);

/// What is no role.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no role; roles are {known}", known = known())]
pub struct NoRole(String);

/// What is no map.
#[derive(Debug, thiserror::Error)]
pub enum NoRoleMap {
    /// A part without a value.
    #[error("{0:?} does not say which value gives which role; write value=role,role;value=role")]
    Part(String),
    /// A role that is none.
    #[error(transparent)]
    Role(#[from] NoRole),
}

fn known() -> String {
    Role::ALL.map(Role::id).join(", ")
}

/// The roles with these ids, with commas between.
///
/// # Errors
/// When one is no role: somebody would have fewer than was meant, and wonder.
pub fn roles_of(ids: &str) -> Result<Roles, NoRole> {
    let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
    let roles: Result<Vec<Role>, NoRole> = ids
        .map(|id| Role::of_id(id).ok_or_else(|| NoRole(id.to_owned())))
        .collect();
    Ok(Roles::of(roles?))
}

impl RoleMap {
    /// Whether it maps nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Values with their roles.
    pub fn values(&self) -> &BTreeMap<String, Roles> {
        &self.0
    }
}

impl FromStr for RoleMap {
    type Err = NoRoleMap;

    fn from_str(text: &str) -> Result<RoleMap, NoRoleMap> {
        let mut map = BTreeMap::new();
        let parts = text.split(';').map(str::trim);
        for part in parts.filter(|part| !part.is_empty()) {
            // A value may have the sign in it, as names of directories do; roles have not.
            let (value, ids) = part
                .rsplit_once('=')
                .ok_or_else(|| NoRoleMap::Part(part.to_owned()))?;
            let roles = roles_of(ids)?;
            if value.trim().is_empty() || roles == Roles::default() {
                return Err(NoRoleMap::Part(part.to_owned()));
            }
            map.insert(value.trim().to_owned(), roles);
        }
        Ok(RoleMap(map))
    }
}

impl Serialize for RoleMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(value, roles)| (value, roles.ids())))
    }
}

impl<'de> Deserialize<'de> for RoleMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RoleMap, D::Error> {
        let texts = BTreeMap::<String, String>::deserialize(deserializer)?;
        let mut map = BTreeMap::new();
        for (value, ids) in texts {
            let roles = roles_of(&ids).map_err(D::Error::custom)?;
            map.insert(value, roles);
        }
        Ok(RoleMap(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_from_one_text_and_what_is_no_role_is_named() {
        let map: RoleMap = "Vestibule.Admin=global_administrator; cn=a,ou=b=security_reader,user;"
            .parse()
            .expect("a map");
        let values: Vec<(&str, String)> = map
            .values()
            .iter()
            .map(|(value, roles)| (value.as_str(), roles.ids()))
            .collect();
        assert_eq!(
            values,
            [
                ("Vestibule.Admin", "global_administrator".to_owned()),
                ("cn=a,ou=b", "security_reader,user".to_owned())
            ]
        );
        for (text, said) in [
            ("a=owner", "\"owner\" is no role"),
            ("security_reader", "value=role"),
            ("=user", "value=role"),
            ("a=", "value=role"),
        ] {
            let error = text.parse::<RoleMap>().expect_err("refused").to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
