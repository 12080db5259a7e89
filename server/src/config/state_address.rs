//! Where the state is kept instead of the data folder. The address may hold a password, which is shown nowhere.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use url::Url;

/// Address of a PostgreSQL database: `postgres://user:password@host:port/database`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct StateAddress(String);

impl StateAddress {
    /// The address as it was given, with its password: for connecting, and for nothing else.
    pub fn with_password(&self) -> &str {
        &self.0
    }
}

impl FromStr for StateAddress {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<StateAddress, Infallible> {
        Ok(StateAddress(text.to_owned()))
    }
}

impl fmt::Display for StateAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = Url::parse(&self.0).ok();
        let Some(mut address) = address.filter(Url::has_host) else {
            return formatter.write_str("(not an address)");
        };
        // Parameters can hold a password, too.
        address.set_query(None);
        // It fails for addresses that have no place for a password.
        address.set_password(None).ok();
        write!(formatter, "{address}")
    }
}

impl fmt::Debug for StateAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for StateAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        for (given, shown) in [
            ("postgres://me:secret@host/db", "postgres://me@host/db"),
            ("postgres://host/db?password=secret", "postgres://host/db"),
            ("me:secret@host", "(not an address)"),
            ("secret", "(not an address)"),
        ] {
            let address: StateAddress = given.parse().unwrap_or_else(|never| match never {});
            assert_eq!(address.with_password(), given);
            assert_eq!(address.to_string(), shown);
            assert_eq!(format!("{address:?}"), shown);
        }
    }
}
