//! Finds out who asks.

use app::viewer::Viewer;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use model::access::Right;
use state::{Account, StateError};
use tower_sessions::Session;

use super::{Access, sessions, tokens};
use crate::sight::Sighted;

/// Puts whoever asks into the request: whose session it is, or whose token. Where there are no accounts, it is whoever
/// sits at this machine.
pub async fn identify(State(access): State<Access>, mut request: Request, next: Next) -> Response {
    let token = token_of(request.headers()).map(str::to_owned);
    let session = request.extensions().get::<Session>().cloned();
    let viewer = match (access.has_accounts(), token, session) {
        (false, _, _) => Ok(Some((Viewer::of_this_machine(), Shown::Nothing))),
        (true, Some(token), _) => of_token(&access, &token).await,
        (true, None, Some(session)) => of_session(&access, &session).await,
        (true, None, None) => Ok(None),
    };
    let seen = match viewer {
        Ok(Some((viewer, shown))) => {
            let sighted = sighted(&access, viewer).await;
            sighted.map(|(viewer, sighted)| Some((viewer, shown, sighted)))
        }
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    match seen {
        Ok(seen) => {
            if let Some((viewer, shown, sighted)) = seen {
                request.extensions_mut().insert(viewer);
                request.extensions_mut().insert(shown);
                request.extensions_mut().insert(sighted);
            }
            next.run(request).await
        }
        Err(error) => {
            tracing::error!(error = %error, "who asks cannot be found out");
            let words =
                "Who asks cannot be found out at the moment. The log of the server says why.\n";
            (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
        }
    }
}

/// By what somebody has shown who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Nothing: there are no accounts.
    Nothing,
    /// A session, by the hash of its secret.
    Session(String),
    /// A token, by its hash.
    Token(String),
}

/// Whether whoever asked before may still do so: their session or token has not ended, their account is there and not
/// disabled, and has the right.
///
/// # Errors
/// When the state does not answer.
pub async fn may_still(access: &Access, shown: &Shown, right: Right) -> Result<bool, StateError> {
    let viewer = match shown {
        Shown::Nothing => return Ok(true),
        Shown::Session(hash) => match sessions::account_of(access.store(), hash).await? {
            Some(account_id) => {
                let account = access.store().account(&account_id).await?;
                account
                    .filter(|account| !account.is_disabled)
                    .map(|account| viewer(account, None))
            }
            None => None,
        },
        Shown::Token(hash) => of_token_hash(access, hash).await?,
    };
    Ok(viewer.is_some_and(|viewer| viewer.may(right)))
}

/// Why nobody can say who asks.
#[derive(Debug, thiserror::Error)]
enum IdentifyError {
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Session(#[from] tower_sessions::session::Error),
}

/// Whose session it is. Roles count as they are now: one that was taken away is gone with the next click.
async fn of_session(
    access: &Access,
    session: &Session,
) -> Result<Option<(Viewer, Shown)>, IdentifyError> {
    let Some(who) = sessions::owner(session).await? else {
        return Ok(None);
    };
    let account = access.store().account(&who.account_id).await?;
    let account = account.filter(|account| !account.is_disabled);
    let hash = session.id().map(|id| sessions::hash_of(&id));
    let (Some(account), Some(hash)) = (account, hash) else {
        return Ok(None);
    };
    let lacks_second_factor = access.lacks_second_factor(&account).await?;
    let viewer = Viewer {
        lacks_second_factor,
        ..viewer(account, Some(hash.clone()))
    };
    Ok(Some((viewer, Shown::Session(hash))))
}

/// The viewer, with what is masked for them.
async fn sighted(access: &Access, mut viewer: Viewer) -> Result<(Viewer, Sighted), IdentifyError> {
    viewer.is_masked = viewer.account_id.is_some() && access.is_masked(&viewer.roles);
    let now_ms = Utc::now().timestamp_millis();
    // A program gives no reasons.
    let unmasks = viewer.is_masked && viewer.scopes.is_none() && viewer.may(Right::Unmask);
    let unmasked = match viewer.account_id.as_deref().filter(|_| unmasks) {
        Some(account_id) => access.store().unmasked(account_id, now_ms).await?,
        None => Vec::new(),
    };
    let sighted = Sighted::of(&viewer, access.masks(), unmasked);
    Ok((viewer, sighted))
}

fn viewer(account: Account, session_hash: Option<String>) -> Viewer {
    Viewer {
        account_id: Some(account.id),
        username: account.username,
        display_name: account.display_name,
        roles: account.roles,
        object_id: account.object_id,
        user_principal_name: account.user_principal_name,
        issuer: account.issuer,
        session_hash,
        is_masked: false,
        scopes: None,
        lacks_second_factor: false,
    }
}

fn token_of(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whose token it is.
async fn of_token(access: &Access, token: &str) -> Result<Option<(Viewer, Shown)>, IdentifyError> {
    let hash = tokens::hash_of(token);
    let viewer = of_token_hash(access, &hash).await?;
    Ok(viewer.map(|viewer| (viewer, Shown::Token(hash))))
}

/// Whose token has this hash. It may no more than the account may now, and no more than it was made for.
async fn of_token_hash(access: &Access, hash: &str) -> Result<Option<Viewer>, StateError> {
    let now_ms = Utc::now().timestamp_millis();
    let store = access.store();
    let Some(token) = store.use_api_token(hash, now_ms).await? else {
        return Ok(None);
    };
    let account = store.account(&token.account_id).await?;
    let scopes = token.scopes.iter();
    let scopes = scopes.filter_map(|scope| Right::of_id(scope)).collect();
    Ok(account.map(|account| Viewer {
        scopes: Some(scopes),
        ..viewer(account, None)
    }))
}
