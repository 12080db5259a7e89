//! Signing in at a provider: leaving for it, and coming back once, in the same browser.

use state::{Account, AuthorizationRequest, StateError, Store, hash_of_secret};
use url::Url;

use crate::provider::{Provider, ProviderFault};

/// Errors of the standard with which the provider says that it found fault with the question; they are words of ours in
/// the log, whatever the way back says.
const QUESTION_ERRORS: [&str; 9] = [
    "invalid_request",
    "unauthorized_client",
    "unsupported_response_type",
    "invalid_scope",
    "request_not_supported",
    "request_uri_not_supported",
    "registration_not_supported",
    "invalid_request_uri",
    "invalid_request_object",
];
/// Those with which it says that it cannot at the moment.
const DOWN_ERRORS: [&str; 2] = ["server_error", "temporarily_unavailable"];

/// What the address says that somebody comes back with.
#[derive(Debug, Clone, Copy, Default)]
pub struct WayBack<'a> {
    /// What went with them.
    pub state: &'a str,
    /// What is exchanged for a token.
    pub code: Option<&'a str>,
    /// What went wrong at the provider.
    pub error: Option<&'a str>,
    /// The provider, where it says so.
    pub issuer: Option<&'a str>,
}

/// Somebody who may come in.
#[derive(Debug)]
pub struct CameIn {
    /// Their account.
    pub account: Account,
    /// The page that they wanted to see.
    pub wanted: String,
    /// The token, for signing out at the provider.
    pub id_token: String,
}

/// Somebody who may not.
#[derive(Debug)]
pub struct StayedOut {
    /// Why.
    pub fault: ProviderFault,
    /// The page that they wanted to see, where that is known.
    pub wanted: Option<String>,
    /// Their account, where that is known.
    pub account: Option<Account>,
}

impl StayedOut {
    fn of(fault: ProviderFault) -> StayedOut {
        StayedOut {
            fault,
            wanted: None,
            account: None,
        }
    }
}

/// Where somebody goes who wants to sign in at the provider. `browser` is the secret that their browser keeps until they
/// are back.
///
/// # Errors
/// When the state fails.
pub async fn leave_for_provider(
    store: &Store,
    provider: &Provider,
    browser: &str,
    (wanted, as_another): (&str, bool),
    now_ms: i64,
) -> Result<Result<Url, ProviderFault>, StateError> {
    let departure = match provider.depart(as_another).await {
        Ok(departure) => departure,
        Err(fault) => return Ok(Err(fault)),
    };
    let request = AuthorizationRequest {
        browser_hash: hash_of_secret(browser),
        nonce: departure.nonce,
        pkce_verifier: departure.pkce_verifier,
        wanted: wanted.to_owned(),
    };
    let state_hash = hash_of_secret(&departure.state);
    store
        .keep_authorization_request(&state_hash, &request, now_ms)
        .await?;
    Ok(Ok(departure.address))
}

/// Lets somebody in who comes back from the provider, or says why not. A way back is good for one try.
///
/// # Errors
/// When the state fails.
pub async fn come_back_from_provider(
    store: &Store,
    provider: &Provider,
    browser: Option<&str>,
    way: WayBack<'_>,
    now_ms: i64,
) -> Result<Result<CameIn, StayedOut>, StateError> {
    let request = store
        .take_authorization_request(&hash_of_secret(way.state), now_ms)
        .await?;
    let Some(request) = request else {
        return Ok(Err(StayedOut::of(ProviderFault::UnknownState)));
    };
    // Hashes of secrets say nothing by how long it takes to compare them.
    if browser.map(hash_of_secret).as_ref() != Some(&request.browser_hash) {
        return Ok(Err(StayedOut::of(ProviderFault::OtherBrowser)));
    }
    let wanted = request.wanted;
    let out = |fault: ProviderFault, account: Option<Account>| StayedOut {
        fault,
        wanted: Some(wanted.clone()),
        account,
    };
    let code = match code_of(provider, way) {
        Ok(code) => code.to_owned(),
        Err(fault) => return Ok(Err(out(fault, None))),
    };
    let arrival = provider.arrive(code, request.nonce, request.pkce_verifier, now_ms);
    let arrival = match arrival.await {
        Ok(arrival) => arrival,
        Err(fault) => return Ok(Err(out(fault, None))),
    };
    let account = store.account_of_provider(&arrival.person, now_ms).await?;
    Ok(match (account, arrival.fault) {
        (account, Some(fault)) => Err(out(fault, account)),
        (None, None) => Err(out(ProviderFault::NoRole, None)),
        (Some(account), None) if account.is_disabled => {
            Err(out(ProviderFault::Disabled, Some(account)))
        }
        (Some(account), None) => Ok(CameIn {
            account,
            wanted,
            id_token: arrival.id_token,
        }),
    })
}

/// The code that came back, unless the way back says that something went wrong.
fn code_of<'a>(provider: &Provider, way: WayBack<'a>) -> Result<&'a str, ProviderFault> {
    if way.issuer.is_some_and(|issuer| issuer != provider.issuer()) {
        return Err(ProviderFault::Issuer);
    }
    if let Some(error) = way.error {
        let question = QUESTION_ERRORS.into_iter().find(|known| *known == error);
        let down = DOWN_ERRORS.into_iter().find(|known| *known == error);
        return Err(match (question, down) {
            (Some(question), _) => ProviderFault::Question(question),
            (None, Some(down)) => ProviderFault::Unreachable(format!("it says {down}")),
            (None, None) => ProviderFault::Denied,
        });
    }
    way.code
        .filter(|code| !code.is_empty())
        .ok_or(ProviderFault::NoCode)
}
