//! The provider that people sign in at, as the configuration has it.

use identity::{ClaimRules, Provider, ProviderSettings, ProviderSettingsError};

use crate::config::OidcConfig;
use crate::config::oidc::{OidcError, PasswordSignIn};

/// Where people come back to from the provider.
pub const RETURN_PATH: &str = "/sign-in/return";
/// Where they come back to once they have signed out there.
pub const SIGNED_OUT_PATH: &str = "/sign-in/signed-out";

/// Why nobody can sign in at the provider.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// The client's secret.
    #[error(transparent)]
    Config(#[from] OidcError),
    /// An address, or certificates.
    #[error(transparent)]
    Provider(#[from] ProviderSettingsError),
}

/// The provider, and what the page where people sign in says of it.
pub struct SignInProvider {
    /// The provider.
    pub provider: Provider,
    /// What the button says.
    pub label: String,
    /// Whether accounts with a password sign in with it.
    pub has_passwords: bool,
    /// Where people come back to once they have signed out there.
    pub signed_out_address: String,
}

impl SignInProvider {
    /// The provider of the configuration, for a portal that people reach `here`.
    ///
    /// # Errors
    /// When the client's secret cannot be read, or an address is none.
    pub fn new(config: &OidcConfig, here: &str) -> Result<SignInProvider, SetUpError> {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let settings = ProviderSettings {
            issuer: config.issuer.clone(),
            client_id: config.client_id.clone(),
            client_secret: config.secret()?,
            return_address: format!("{here}{RETURN_PATH}"),
            scopes: words(&config.scopes),
            rules: ClaimRules {
                roles_claim: config.roles_claim.clone(),
                roles: config.roles.values().clone(),
                default_roles: config.default_roles.clone(),
                object_id_claim: config.object_id_claim.clone(),
                user_principal_name_claims: words(&config.user_principal_name_claims),
            },
        };
        Ok(SignInProvider {
            provider: Provider::new(settings)?,
            label: config.label.clone(),
            has_passwords: config.password_sign_in == PasswordSignIn::On,
            signed_out_address: format!("{here}{SIGNED_OUT_PATH}"),
        })
    }
}
