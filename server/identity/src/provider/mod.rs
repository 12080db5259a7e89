//! A provider that says who somebody is, by OpenID Connect: the authorization code flow with PKCE.
//!
//! What is checked: the signature, made with a key of the provider and an asymmetric algorithm; issuer, audience, nonce,
//! and the times of the token. Everything else that a token says is read only after that.

mod claims;
mod directory;
mod fault;
mod http;
mod token;

use std::fmt;

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod};
use openidconnect::{
    AuthType, ClientId, ClientSecret, CsrfToken, IssuerUrl, LogoutRequest, Nonce,
    PkceCodeChallenge, PostLogoutRedirectUrl, RedirectUrl, Scope,
};
use state::ProviderPerson;
use url::Url;

use directory::{Directory, Known};
use http::Http;
use token::OidcClient;

pub use claims::ClaimRules;
pub use fault::ProviderFault;
pub use http::is_loopback;

/// Longest ID token that goes along when somebody signs out: addresses that are longer are refused on the way.
const LONGEST_HINT_BYTES: usize = 4_096;

/// What is known of a provider from the configuration.
#[derive(Clone)]
pub struct ProviderSettings {
    /// Its issuer, spelled as it does.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// What shows that it is us; none for a public client.
    pub client_secret: Option<String>,
    /// Where people come back to.
    pub return_address: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// How its tokens are read.
    pub rules: ClaimRules,
}

impl fmt::Debug for ProviderSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ProviderSettings({})", self.issuer)
    }
}

/// Why there cannot be such a provider.
#[derive(Debug, thiserror::Error)]
pub enum ProviderSettingsError {
    /// An address is none.
    #[error("{0} is no address")]
    Address(String),
    /// Nothing can be asked.
    #[error("the provider cannot be asked: {0}")]
    Http(#[from] reqwest::Error),
}

/// Somebody who leaves for the provider.
#[derive(Debug)]
pub(crate) struct Departure {
    /// Where they go.
    pub(crate) address: Url,
    /// What comes back with them.
    pub(crate) state: String,
    /// What the token has to repeat.
    pub(crate) nonce: String,
    /// What the code is exchanged with.
    pub(crate) pkce_verifier: String,
}

/// Somebody who came back, and is who the provider says.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// Who they are.
    pub(crate) person: ProviderPerson,
    /// Why they have no role, where they have none.
    pub(crate) fault: Option<ProviderFault>,
    /// The token, for signing out.
    pub(crate) id_token: String,
}

/// A provider.
pub struct Provider {
    settings: ProviderSettings,
    return_address: RedirectUrl,
    http: Http,
    directory: Directory,
}

impl Provider {
    /// Nothing is asked of it yet.
    ///
    /// # Errors
    /// When an address is none, or there are no certificates to trust.
    pub fn new(settings: ProviderSettings) -> Result<Provider, ProviderSettingsError> {
        let address = |text: &str| ProviderSettingsError::Address(text.to_owned());
        let url = Url::parse(&settings.issuer).map_err(|_| address(&settings.issuer))?;
        let issuer =
            IssuerUrl::new(settings.issuer.clone()).map_err(|_| address(&settings.issuer))?;
        let return_address = RedirectUrl::new(settings.return_address.clone())
            .map_err(|_| address(&settings.return_address))?;
        Ok(Provider {
            return_address,
            http: Http::new(&url)?,
            directory: Directory::new(issuer),
            settings,
        })
    }

    /// Its issuer.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Sends somebody to it; as somebody else than they are there already, where that is asked for.
    pub(crate) async fn depart(&self, as_another: bool) -> Result<Departure, ProviderFault> {
        let known = self.directory.known(&self.http).await?;
        let client = self.client(&known);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = self.settings.scopes.iter();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(scopes.map(|scope| Scope::new(scope.clone())))
            .set_pkce_challenge(challenge);
        if as_another {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let (address, state, nonce) = request.url();
        Ok(Departure {
            address,
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            pkce_verifier: verifier.into_secret(),
        })
    }

    /// Exchanges a code for a token, and reads it.
    pub(crate) async fn arrive(
        &self,
        code: String,
        nonce: String,
        pkce_verifier: String,
        now_ms: i64,
    ) -> Result<Arrival, ProviderFault> {
        let known = self.directory.known(&self.http).await?;
        let client = self.client(&known);
        let tokens = token::exchange(&client, code, pkce_verifier, &self.http).await?;
        let nonce = Nonce::new(nonce);
        let checks = token::Checks {
            client_id: client.client_id(),
            issuer: known.metadata.issuer(),
            nonce: &nonce,
            now_ms,
        };
        let claims = match token::checked(&tokens, &known.keys, &checks) {
            // The provider has new keys since.
            Err(ProviderFault::Key) => {
                let newer = self.directory.with_new_keys(&known, &self.http).await?;
                let newer = newer.ok_or(ProviderFault::Key)?;
                token::checked(&tokens, &newer.keys, &checks)?
            }
            checked => checked?,
        };
        let (issuer, rules) = (self.issuer(), &self.settings.rules);
        let (person, fault) = claims::person(&claims.all, issuer, &claims.subject, rules);
        Ok(Arrival {
            person,
            fault,
            id_token: claims.id_token,
        })
    }

    /// Where somebody ends their session there, and comes back to an address here; `None` when the provider has no such
    /// place, or does not answer.
    pub async fn end_session_address(&self, id_token: &str, back: &str) -> Option<Url> {
        let known = self.directory.known(&self.http).await.ok()?;
        let endpoint = known
            .metadata
            .additional_metadata()
            .end_session_endpoint
            .clone()?;
        if !self.http.may_go_to(endpoint.url()) {
            return None;
        }
        let request = LogoutRequest::from(endpoint)
            .set_client_id(ClientId::new(self.settings.client_id.clone()))
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(back.to_owned()).ok()?);
        let mut address = request.http_get_url();
        if !id_token.is_empty() && id_token.len() <= LONGEST_HINT_BYTES {
            address
                .query_pairs_mut()
                .append_pair("id_token_hint", id_token);
        }
        Some(address)
    }

    fn client(&self, known: &Known) -> OidcClient {
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        let client_id = ClientId::new(self.settings.client_id.clone());
        let methods = known.metadata.token_endpoint_auth_methods_supported();
        let takes =
            |method: &CoreClientAuthMethod| methods.is_none_or(|methods| methods.contains(method));
        // The standard's own way, unless the provider takes only the other.
        let auth_type = match takes(&CoreClientAuthMethod::ClientSecretBasic) {
            true => AuthType::BasicAuth,
            false => AuthType::RequestBody,
        };
        OidcClient::from_provider_metadata(known.metadata.clone(), client_id, secret)
            .set_redirect_uri(self.return_address.clone())
            .set_auth_type(auth_type)
    }
}
