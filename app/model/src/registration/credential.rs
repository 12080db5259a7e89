//! Credentials of applications, as Graph's `appCredentialSignInActivity` says them.

use chrono::{DateTime, Utc};

/// A credential of an application. `None` is what the list does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApplicationCredential {
    /// Key ID, which sign-ins name as well.
    pub key_id: String,
    /// `clientSecret` or `certificate`, as it came.
    pub key_type: Option<String>,
    /// `sign` or `verify`, as it came.
    pub key_usage: Option<String>,
    /// `application` or `servicePrincipal`: whose it is, as it came.
    pub origin: Option<String>,
    /// Application ID.
    pub application_id: Option<String>,
    /// When it was made.
    pub created: Option<DateTime<Utc>>,
    /// When it expires.
    pub expires: Option<DateTime<Utc>>,
    /// When Entra ID saw it used last.
    pub last_used: Option<DateTime<Utc>>,
}
