//! `/sign-in/code`: the second page of signing in, for whoever has a second factor.

use app::pages::door::{self, Code};
use app::text::door as text;
use app::viewer::Viewer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use chrono::Utc;
use identity::{Refusal, Shown, check_code, minutes_until};
use state::{Account, StateError};
use tower_sessions::Session;

use super::door::{begin, document, note, unable};
use super::posted::{Fields, field};
use crate::access::guard::SIGN_IN_PATH;
use crate::access::peer::{address_of, counted_of};
use crate::access::sessions::{self, HalfWay};
use crate::router::AppState;

/// Where the code is asked for.
pub const CODE_PATH: &str = "/sign-in/code";

/// After a right password: asks for the code of whoever has a second factor; others are in.
pub async fn ask_or_begin(
    state: &AppState,
    session: &Session,
    account: &Account,
    parts: &Parts,
    to: String,
) -> Response {
    let store = state.access.store();
    let found = async {
        let factor = store.second_factor(&account.id).await?;
        let password_hash = store.password_hash(&account.id).await?;
        Ok::<_, StateError>((factor.is_some_and(|factor| factor.is_on), password_hash))
    };
    match found.await {
        Ok((false, _)) => {
            let address = address_of(&parts.extensions);
            note(state, Some(account), ("sign_in", ""), &address).await;
            begin(state, session, account, parts, &to).await
        }
        Ok((true, password_hash)) => {
            // Who knows the password and has no code leaves a line as well.
            let address = address_of(&parts.extensions);
            note(state, Some(account), ("sign_in_begun", ""), &address).await;
            let hash = password_hash.as_deref();
            let begun = sessions::begin_half_way(session, &account.id, hash, to);
            match begun.await {
                Ok(()) => Redirect::to(CODE_PATH).into_response(),
                Err(error) => failed(&error),
            }
        }
        Err(error) => unable(&error),
    }
}

/// `GET /sign-in/code`.
pub async fn show(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    session: Session,
    parts: Parts,
) -> Response {
    match sessions::half_way(&session).await {
        _ if viewer.is_some() => Redirect::to("/").into_response(),
        Ok(Some(_)) => document(&state, &parts, StatusCode::OK, || {
            door::code(Code::default())
        }),
        Ok(None) => Redirect::to(&format!("{SIGN_IN_PATH}?late")).into_response(),
        Err(error) => failed(&error),
    }
}

/// `POST /sign-in/code`.
pub async fn enter(
    State(state): State<AppState>,
    session: Session,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let half_way = match sessions::half_way(&session).await {
        Ok(Some(half_way)) => half_way,
        Ok(None) => return Redirect::to(&format!("{SIGN_IN_PATH}?late")).into_response(),
        Err(error) => return failed(&error),
    };
    let again = |status: StatusCode, problem: String| {
        let page = Code {
            problem: Some(problem),
        };
        document(&state, &parts, status, || door::code(page))
    };
    let typed = field(&fields, "code").unwrap_or_default().trim();
    if typed.is_empty() {
        let problem = text::NO_CODE_TYPED.to_owned();
        return again(StatusCode::UNPROCESSABLE_ENTITY, problem);
    }
    let account = match account_of(&state, &half_way).await {
        Ok(Some(account)) => account,
        Ok(None) => return Redirect::to(SIGN_IN_PATH).into_response(),
        Err(error) => return unable(&error),
    };
    let now_ms = Utc::now().timestamp_millis();
    let address = address_of(&parts.extensions);
    let counted = counted_of(&parts.extensions);
    let checked = check_code(state.access.store(), &account, typed, &counted, now_ms);
    match checked.await {
        Ok(Ok(shown)) => {
            let by = match shown {
                Shown::Code => "with a code",
                Shown::RecoveryCode => "with a recovery code",
            };
            note(&state, Some(&account), ("sign_in", by), &address).await;
            begin(&state, &session, &account, &parts, &half_way.to).await
        }
        Ok(Err(Refusal::Wrong)) => {
            let refused = ("sign_in_refused", "second factor");
            note(&state, Some(&account), refused, &address).await;
            let problem = text::WRONG_SECOND_FACTOR.to_owned();
            again(StatusCode::UNPROCESSABLE_ENTITY, problem)
        }
        Ok(Err(Refusal::Paused { until_ms })) => {
            let words = text::paused(minutes_until(until_ms, now_ms));
            again(StatusCode::TOO_MANY_REQUESTS, words)
        }
        // It was turned off since: the password is enough, and is typed again.
        Err(identity::SignInError::State(StateError::NoSecondFactor)) => {
            Redirect::to(SIGN_IN_PATH).into_response()
        }
        Err(error) => {
            tracing::error!(error = %error, "nobody can sign in");
            again(StatusCode::SERVICE_UNAVAILABLE, text::NOT_NOW.to_owned())
        }
    }
}

/// The account, unless nobody may sign in with it any more, or it has another password by now.
async fn account_of(state: &AppState, half_way: &HalfWay) -> Result<Option<Account>, StateError> {
    let store = state.access.store();
    let hash = store.password_hash(&half_way.account_id).await?;
    if !half_way.has_password(hash.as_deref()) {
        return Ok(None);
    }
    let account = store.account(&half_way.account_id).await?;
    Ok(account.filter(|account| !account.is_disabled))
}

fn failed(error: &tower_sessions::session::Error) -> Response {
    tracing::error!(error = %error, "a session could not be read or begun");
    (StatusCode::SERVICE_UNAVAILABLE, text::NOT_NOW).into_response()
}
