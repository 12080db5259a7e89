//! Signing in at a provider by OpenID Connect: what is set, and what comes of it. The client's secret is shown nowhere.

mod role_map;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use identity::is_loopback;
use model::access::Roles;
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

pub use role_map::RoleMap;

/// Heading over these settings in the help.
const HEADING: &str = "Sign-in by OpenID Connect";

/// Whether people may sign in with a password, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PasswordSignIn {
    /// Accounts with a password sign in with it.
    On,
    /// Everybody signs in at the provider.
    Off,
}

/// Where the client's secret is read from.
const SECRET_VARIABLE: &str = "VESTIBULE_OIDC_CLIENT_SECRET";

/// The client's secret: it is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Secret, Self::Err> {
        Ok(Secret(text.trim().to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(not shown)")
    }
}

/// What can be set, each part optional: as flags and environment, and as the table `[oidc]` of the file.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcSettings {
    /// Let people sign in at this provider: its issuer, letter by letter as the provider spells it
    ///
    /// Entra ID: `https://login.microsoftonline.com/<tenant ID>/v2.0`
    #[arg(
        id = "oidc_issuer",
        long = "oidc-issuer",
        global = true,
        env = "VESTIBULE_OIDC_ISSUER",
        hide_env_values = true,
        value_name = "ADDRESS",
        help_heading = HEADING
    )]
    pub issuer: Option<String>,

    /// What the provider calls this portal
    #[arg(
        id = "oidc_client_id",
        long = "oidc-client-id",
        global = true,
        env = "VESTIBULE_OIDC_CLIENT_ID",
        hide_env_values = true,
        value_name = "ID",
        help_heading = HEADING
    )]
    pub client_id: Option<String>,

    /// The client's secret. Set it in the environment: others on the machine see what stands on the command line.
    #[arg(skip = secret_of_environment())]
    #[serde(skip)]
    pub client_secret: Option<Secret>,

    /// File with the client's secret; or set it in `VESTIBULE_OIDC_CLIENT_SECRET`
    #[arg(
        id = "oidc_client_secret_file",
        long = "oidc-client-secret-file",
        global = true,
        env = "VESTIBULE_OIDC_CLIENT_SECRET_FILE",
        hide_env_values = true,
        value_name = "FILE",
        help_heading = HEADING
    )]
    pub client_secret_file: Option<PathBuf>,

    /// What the button says [default: Sign in with your organisation]
    #[arg(
        id = "oidc_label",
        long = "oidc-label",
        global = true,
        env = "VESTIBULE_OIDC_LABEL",
        hide_env_values = true,
        value_name = "WORDS",
        help_heading = HEADING
    )]
    pub label: Option<String>,

    /// What is asked for beside `openid`, with spaces between [default: profile email]
    #[arg(
        id = "oidc_scopes",
        long = "oidc-scopes",
        global = true,
        env = "VESTIBULE_OIDC_SCOPES",
        hide_env_values = true,
        value_name = "SCOPES",
        help_heading = HEADING
    )]
    pub scopes: Option<String>,

    /// Claim with app roles or groups [default: roles]
    #[arg(
        id = "oidc_roles_claim",
        long = "oidc-roles-claim",
        global = true,
        env = "VESTIBULE_OIDC_ROLES_CLAIM",
        hide_env_values = true,
        value_name = "CLAIM",
        help_heading = HEADING
    )]
    pub roles_claim: Option<String>,

    /// Which values of that claim give which roles: value=role,role;value=role
    #[arg(
        id = "oidc_roles",
        long = "oidc-roles",
        global = true,
        env = "VESTIBULE_OIDC_ROLES",
        hide_env_values = true,
        value_name = "MAP",
        help_heading = HEADING
    )]
    pub roles: Option<RoleMap>,

    /// Roles of people whom no value gives any; without this they do not come in
    #[arg(
        id = "oidc_default_roles",
        long = "oidc-default-roles",
        global = true,
        env = "VESTIBULE_OIDC_DEFAULT_ROLES",
        hide_env_values = true,
        value_name = "ROLES",
        help_heading = HEADING
    )]
    pub default_roles: Option<String>,

    /// Claim with the object ID, by which people find their own sign-ins [default: oid]
    #[arg(
        id = "oidc_object_id_claim",
        long = "oidc-object-id-claim",
        global = true,
        env = "VESTIBULE_OIDC_OBJECT_ID_CLAIM",
        hide_env_values = true,
        value_name = "CLAIM",
        help_heading = HEADING
    )]
    pub object_id_claim: Option<String>,

    /// Claims with the user principal name, the first that is there counts [default: `preferred_username upn`]
    #[arg(
        id = "oidc_user_principal_name_claims",
        long = "oidc-user-principal-name-claims",
        global = true,
        env = "VESTIBULE_OIDC_USER_PRINCIPAL_NAME_CLAIMS",
        hide_env_values = true,
        value_name = "CLAIMS",
        help_heading = HEADING
    )]
    pub user_principal_name_claims: Option<String>,

    /// Whether accounts with a password may sign in with it, too [default: on]
    #[arg(
        id = "password_sign_in",
        long = "password-sign-in",
        global = true,
        env = "VESTIBULE_PASSWORD_SIGN_IN",
        hide_env_values = true,
        value_name = "ON|OFF",
        help_heading = HEADING
    )]
    pub password_sign_in: Option<PasswordSignIn>,
}

/// The outcome: a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OidcConfig {
    /// See [`OidcSettings::issuer`].
    pub issuer: String,
    /// See [`OidcSettings::client_id`].
    pub client_id: String,
    /// See [`OidcSettings::client_secret`].
    #[serde(skip)]
    pub client_secret: Option<Secret>,
    /// See [`OidcSettings::client_secret_file`].
    pub client_secret_file: Option<PathBuf>,
    /// See [`OidcSettings::label`].
    pub label: String,
    /// See [`OidcSettings::scopes`].
    pub scopes: String,
    /// See [`OidcSettings::roles_claim`].
    pub roles_claim: String,
    /// See [`OidcSettings::default_roles`].
    #[serde(serialize_with = "ids")]
    pub default_roles: Roles,
    /// See [`OidcSettings::object_id_claim`].
    pub object_id_claim: String,
    /// See [`OidcSettings::user_principal_name_claims`].
    pub user_principal_name_claims: String,
    /// See [`OidcSettings::password_sign_in`].
    pub password_sign_in: PasswordSignIn,
    /// See [`OidcSettings::roles`].
    pub roles: RoleMap,
}

fn ids<S: Serializer>(roles: &Roles, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&roles.ids())
}

/// What is wrong with these settings.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// Something is set, but not the provider.
    #[error("{0} is set, but no provider; set oidc.issuer as well, or leave it out")]
    NoIssuer(&'static str),
    /// The provider does not know us.
    #[error(
        "oidc.issuer is set, but not oidc.client_id; the provider shows it where the portal is registered"
    )]
    NoClient,
    /// It would be asked in the open.
    #[error("oidc.issuer has to begin with https://, unless it is on this machine; {0} does not")]
    Open(String),
    /// Nobody could come in.
    #[error(
        "oidc.roles maps nothing and oidc.default_roles is not set, so nobody could sign in; set one of them"
    )]
    NoRoles,
    /// A role that is none.
    #[error(transparent)]
    Role(#[from] role_map::NoRole),
    /// The file cannot be read.
    #[error("cannot read oidc.client_secret_file {path}: {source}")]
    SecretFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// The client's secret, where it is in the environment. There is no flag for it.
fn secret_of_environment() -> Option<Secret> {
    std::env::var(SECRET_VARIABLE).ok()?.parse().ok()
}

impl OidcSettings {
    /// These, and what they leave open as the others say.
    fn or(self, file: OidcSettings) -> OidcSettings {
        // A secret of the environment is the newer one, wherever the path stands.
        let has_secret = self.client_secret.is_some();
        let client_secret_file = self.client_secret_file.or(file.client_secret_file);
        OidcSettings {
            issuer: self.issuer.or(file.issuer),
            client_id: self.client_id.or(file.client_id),
            client_secret: self.client_secret,
            client_secret_file: client_secret_file.filter(|_| !has_secret),
            label: self.label.or(file.label),
            scopes: self.scopes.or(file.scopes),
            roles_claim: self.roles_claim.or(file.roles_claim),
            roles: self.roles.or(file.roles),
            default_roles: self.default_roles.or(file.default_roles),
            object_id_claim: self.object_id_claim.or(file.object_id_claim),
            user_principal_name_claims: self
                .user_principal_name_claims
                .or(file.user_principal_name_claims),
            password_sign_in: self.password_sign_in.or(file.password_sign_in),
        }
    }

    /// What is set although there is no provider.
    fn left_over(&self) -> Option<&'static str> {
        let is_off = self.password_sign_in == Some(PasswordSignIn::Off);
        [
            (is_off, "password_sign_in = off"),
            (self.client_id.is_some(), "oidc.client_id"),
            (self.client_secret.is_some(), SECRET_VARIABLE),
            (self.client_secret_file.is_some(), "oidc.client_secret_file"),
            (self.roles.is_some(), "oidc.roles"),
            (self.default_roles.is_some(), "oidc.default_roles"),
        ]
        .into_iter()
        .find_map(|(is_set, name)| is_set.then_some(name))
    }
}

impl OidcConfig {
    /// Joins flags and environment with the file. `None` without a provider.
    ///
    /// # Errors
    /// When something is missing, or nobody could sign in.
    pub fn load(
        settings: OidcSettings,
        file: OidcSettings,
    ) -> Result<Option<OidcConfig>, OidcError> {
        let settings = settings.or(file);
        let Some(issuer) = settings.issuer else {
            return match settings.left_over() {
                Some(name) => Err(OidcError::NoIssuer(name)),
                None => Ok(None),
            };
        };
        let address = Url::parse(&issuer).map_err(|_| OidcError::Open(issuer.clone()))?;
        let is_local = address.scheme() == "http" && is_loopback(&address);
        if !address.has_host() || (address.scheme() != "https" && !is_local) {
            return Err(OidcError::Open(issuer));
        }
        let config = OidcConfig {
            issuer,
            client_id: settings.client_id.ok_or(OidcError::NoClient)?,
            client_secret: settings.client_secret,
            client_secret_file: settings.client_secret_file,
            label: settings
                .label
                .unwrap_or_else(|| app::text::provider::DEFAULT_LABEL.to_owned()),
            scopes: settings
                .scopes
                .unwrap_or_else(|| "profile email".to_owned()),
            roles_claim: settings.roles_claim.unwrap_or_else(|| "roles".to_owned()),
            default_roles: role_map::roles_of(&settings.default_roles.unwrap_or_default())?,
            object_id_claim: settings.object_id_claim.unwrap_or_else(|| "oid".to_owned()),
            user_principal_name_claims: settings
                .user_principal_name_claims
                .unwrap_or_else(|| "preferred_username upn".to_owned()),
            password_sign_in: settings.password_sign_in.unwrap_or(PasswordSignIn::On),
            roles: settings.roles.unwrap_or_default(),
        };
        match config.roles.is_empty() && config.default_roles == Roles::default() {
            true => Err(OidcError::NoRoles),
            false => Ok(Some(config)),
        }
    }

    /// The client's secret; `None` for a public client.
    ///
    /// # Errors
    /// When the file with it cannot be read.
    pub fn secret(&self) -> Result<Option<String>, OidcError> {
        if let Some(Secret(secret)) = &self.client_secret {
            return Ok(Some(secret.clone()));
        }
        let Some(path) = &self.client_secret_file else {
            return Ok(None);
        };
        let secret = std::fs::read_to_string(path).map_err(|source| OidcError::SecretFile {
            path: path.clone(),
            source,
        })?;
        Ok(Some(secret.trim().to_owned()))
    }
}

#[cfg(test)]
mod tests;
