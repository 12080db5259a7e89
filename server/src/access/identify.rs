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

/// Puts whoever asks into the request: whose session it is, or whose token. Where there are no accounts, it is whoever
/// sits at this machine.
pub async fn identify(State(access): State<Access>, mut request: Request, next: Next) -> Response {
    let token = token_of(request.headers()).map(str::to_owned);
    let session = request.extensions().get::<Session>().cloned();
    let viewer = match (access.has_accounts(), token, session) {
        (false, _, _) => Ok(Some(Viewer::of_this_machine())),
        (true, Some(token), _) => of_token(&access, &token).await,
        (true, None, Some(session)) => of_session(&access, &session).await,
        (true, None, None) => Ok(None),
    };
    match viewer {
        Ok(viewer) => {
            if let Some(viewer) = viewer {
                request.extensions_mut().insert(viewer);
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

/// Why nobody can say who asks.
#[derive(Debug, thiserror::Error)]
enum IdentifyError {
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Session(#[from] tower_sessions::session::Error),
}

/// Whose session it is. Roles count as they are now: one that was taken away is gone with the next click.
async fn of_session(access: &Access, session: &Session) -> Result<Option<Viewer>, IdentifyError> {
    let Some(who) = sessions::owner(session).await? else {
        return Ok(None);
    };
    let account = access.store().account(&who.account_id).await?;
    let hash = session.id().map(|id| sessions::hash_of(&id));
    Ok(account
        .filter(|account| !account.is_disabled)
        .map(|account| viewer(account, hash)))
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
        scopes: None,
    }
}

fn token_of(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whose token it is. It may no more than the account may now, and no more than it was made for.
async fn of_token(access: &Access, token: &str) -> Result<Option<Viewer>, IdentifyError> {
    let now_ms = Utc::now().timestamp_millis();
    let store = access.store();
    let token = store.use_api_token(&tokens::hash_of(token), now_ms).await?;
    let Some(token) = token else {
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
