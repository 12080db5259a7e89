//! The code becomes a token, and the token is checked.

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClaimsVerificationError, Client, ClientId,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields,
    IdTokenVerifier, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeVerifier, RequestTokenError,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};
use serde_json::{Map, Value};

use super::claims::OtherClaims;
use super::fault::ProviderFault;
use super::http::{Http, HttpError};

/// How far clocks may differ, in minutes.
const SKEW_MINUTES: i64 = 2;
/// Longest subject by the standard, in characters.
const LONGEST_SUBJECT_CHARS: usize = 255;
/// Algorithms whose signatures only the provider can make. With the others, whoever knows the client's secret could, or
/// anybody.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Fields = IdTokenFields<
    OtherClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
/// What a code is exchanged for.
pub(super) type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
/// The library's client, with our own claims.
pub(super) type OidcClient = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What a token is held against.
pub(super) struct Checks<'a> {
    pub(super) client_id: &'a ClientId,
    pub(super) issuer: &'a IssuerUrl,
    pub(super) nonce: &'a Nonce,
    pub(super) now_ms: i64,
}

/// What a token says that was checked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) subject: String,
    pub(super) all: Map<String, Value>,
    pub(super) id_token: String,
}

/// Exchanges the code for tokens.
pub(super) async fn exchange(
    client: &OidcClient,
    code: String,
    pkce_verifier: String,
    http: &Http,
) -> Result<Tokens, ProviderFault> {
    let request = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|_| ProviderFault::Metadata("it has no token_endpoint".to_owned()))?
        .set_pkce_verifier(PkceCodeVerifier::new(pkce_verifier));
    request
        .request_async(http)
        .await
        .map_err(|error| match error {
            RequestTokenError::ServerResponse(said) => match said.error() {
                CoreErrorResponseType::InvalidGrant => ProviderFault::Code,
                CoreErrorResponseType::InvalidClient
                | CoreErrorResponseType::UnauthorizedClient => ProviderFault::Client,
                _ => ProviderFault::Question("at the token endpoint"),
            },
            RequestTokenError::Request(HttpError::Open) => {
                ProviderFault::Metadata(HttpError::Open.to_string())
            }
            RequestTokenError::Request(error) => ProviderFault::Unreachable(error.to_string()),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => ProviderFault::Token,
        })
}

/// Checks the ID token among these tokens with these keys.
pub(super) fn checked(
    tokens: &Tokens,
    keys: &CoreJsonWebKeySet,
    checks: &Checks<'_>,
) -> Result<Checked, ProviderFault> {
    let token = tokens.id_token().ok_or(ProviderFault::Token)?;
    let now = DateTime::<Utc>::from_timestamp_millis(checks.now_ms).unwrap_or_default();
    let skew = TimeDelta::minutes(SKEW_MINUTES);
    // That of a public client knows no secret, and so takes no signature made with it.
    let verifier = IdTokenVerifier::new_public_client(
        checks.client_id.clone(),
        checks.issuer.clone(),
        keys.clone(),
    )
    .set_allowed_algs(ALGORITHMS)
    .set_time_fn(move || now - skew);
    let claims = token.claims(&verifier, checks.nonce).map_err(fault_of)?;
    let Ok(Value::Object(all)) = serde_json::to_value(claims) else {
        return Err(ProviderFault::Token);
    };
    let not_before = all.get("nbf").and_then(Value::as_f64);
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds are exact for 285 million years"
    )]
    let latest = (now + skew).timestamp() as f64;
    if claims.issue_time() > now + skew || not_before.is_some_and(|moment| moment > latest) {
        return Err(ProviderFault::NotYetValid);
    }
    let authorized = claims.authorized_party();
    if authorized.is_some_and(|party| party != checks.client_id) {
        return Err(ProviderFault::Audience);
    }
    if let Some(expected) = claims.access_token_hash() {
        let key = token
            .signing_key(&verifier)
            .map_err(|_| ProviderFault::Key)?;
        let algorithm = token.signing_alg().map_err(|_| ProviderFault::Signature)?;
        let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
        if hash.ok().as_ref() != Some(expected) {
            return Err(ProviderFault::Signature);
        }
    }
    let subject = claims.subject().as_str();
    if subject.is_empty() || subject.chars().count() > LONGEST_SUBJECT_CHARS {
        return Err(ProviderFault::Token);
    }
    Ok(Checked {
        subject: subject.to_owned(),
        all,
        id_token: token.to_string(),
    })
}

/// The library's words may say who it was: they are left behind.
fn fault_of(error: ClaimsVerificationError) -> ProviderFault {
    use ClaimsVerificationError as Error;
    match error {
        Error::Expired(_) => ProviderFault::Expired,
        Error::InvalidAudience(_) => ProviderFault::Audience,
        Error::InvalidIssuer(_) => ProviderFault::Issuer,
        Error::InvalidNonce(_) => ProviderFault::Nonce,
        Error::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            ProviderFault::Key
        }
        Error::SignatureVerification(_) => ProviderFault::Signature,
        _ => ProviderFault::Token,
    }
}
