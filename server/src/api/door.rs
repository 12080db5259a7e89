//! `/sign-in`, `/sign-out` and `/set-up`: the way in and out.

use app::context::PageFacts;
use app::pages::door::{self, SetUp, SignIn};
use app::text::door as text;
use app::viewer::Viewer;
use axum::extract::{Query, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use chrono::Utc;
use identity::{Refusal, minutes_until, sign_in};
use leptos::prelude::{Owner, provide_context};
use state::{AccessEvent, Account, AccountToAdd, StateError};
use tower_sessions::Session;

use super::posted::{Fields, field, go_on, is_own_path};
use super::{pages, posted, provider};
use crate::access::guard::SIGN_IN_PATH;
use crate::access::peer::{address_of, counted_of};
use crate::access::sessions;
use crate::router::AppState;

/// Where the first account is made.
pub const SET_UP_PATH: &str = "/set-up";

/// `GET /sign-in[?to=…]`.
pub async fn show(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Query(fields): Query<Fields>,
    parts: Parts,
) -> Response {
    let to = way_on(&fields);
    if viewer.is_some() {
        return Redirect::to(&to).into_response();
    }
    match state.access.is_set_up().await {
        // Where there is no account yet, the first may come from the provider.
        Ok(is_set_up) if is_set_up || state.access.provider().is_some() => {
            let note = field(&fields, "signed_out").map(|_| text::SIGNED_OUT);
            let note = note.or_else(|| field(&fields, "late").map(|_| text::TOO_LATE));
            let page = SignIn {
                to,
                note,
                is_without_passwords: !is_set_up || !state.access.takes_passwords(),
                ..empty_form(&state)
            };
            document(&state, &parts, StatusCode::OK, || door::sign_in(page))
        }
        Ok(_) => Redirect::to(SET_UP_PATH).into_response(),
        Err(error) => unable(&error),
    }
}

/// The page where people sign in, with the ways in that there are.
fn empty_form(state: &AppState) -> SignIn {
    SignIn {
        provider: state
            .access
            .provider()
            .map(|provider| provider.label.clone()),
        is_without_passwords: !state.access.takes_passwords(),
        ..SignIn::default()
    }
}

/// `POST /sign-in`.
pub async fn enter(
    State(state): State<AppState>,
    session: Session,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let typed = |name| field(&fields, name).unwrap_or_default();
    let (username, password) = (typed("username").trim(), typed("password"));
    let again = |status: StatusCode, problem: String| {
        let page = SignIn {
            to: way_on(&fields),
            username: username.to_owned(),
            problem: Some(problem),
            ..empty_form(&state)
        };
        document(&state, &parts, status, || door::sign_in(page))
    };
    if !state.access.takes_passwords() {
        let problem = app::text::provider::NO_PASSWORDS.to_owned();
        return again(StatusCode::FORBIDDEN, problem);
    }
    if username.is_empty() || password.is_empty() {
        let problem = text::NOTHING_TYPED.to_owned();
        return again(StatusCode::UNPROCESSABLE_ENTITY, problem);
    }
    let now_ms = Utc::now().timestamp_millis();
    let address = address_of(&parts.extensions);
    let access = &state.access;
    let counted = counted_of(&parts.extensions);
    let outcome = sign_in(
        access.store(),
        access.passwords(),
        (username, password),
        &counted,
        now_ms,
    );
    match outcome.await {
        Ok(Ok(account)) => {
            let to = way_on(&fields);
            super::second_factor::ask_or_begin(&state, &session, &account, &parts, to).await
        }
        Ok(Err(Refusal::Wrong)) => {
            // What is no user name may be a password in the wrong field: it is not kept.
            let known = access.store().account_of_username(username).await;
            let known = known.ok().flatten();
            note(&state, known.as_ref(), ("sign_in_refused", ""), &address).await;
            again(StatusCode::UNPROCESSABLE_ENTITY, text::WRONG.to_owned())
        }
        Ok(Err(Refusal::Paused { until_ms })) => {
            let words = text::paused(minutes_until(until_ms, now_ms));
            again(StatusCode::TOO_MANY_REQUESTS, words)
        }
        Err(error) => {
            tracing::error!(error = %error, "nobody can sign in");
            again(StatusCode::SERVICE_UNAVAILABLE, text::NOT_NOW.to_owned())
        }
    }
}

/// Notes that somebody came in, or did not, and by what beside a password.
pub(super) async fn note(
    state: &AppState,
    account: Option<&Account>,
    (action, subject): (&str, &str),
    address: &str,
) {
    let event = AccessEvent {
        at_ms: Utc::now().timestamp_millis(),
        account_id: account.map(|account| account.id.clone()),
        username: account
            .map(|account| account.username.clone())
            .unwrap_or_default(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        address: address.to_owned(),
    };
    state.access.audit().note(event).await;
}

/// `POST /sign-out`: ends the session, and leads to the provider to end the one there, where there is one.
pub async fn leave(State(state): State<AppState>, session: Session, parts: Parts) -> Response {
    let id_token = sessions::id_token(&session).await.ok().flatten();
    if let Err(error) = session.flush().await {
        tracing::error!(error = %error, "a session could not be ended");
        return (StatusCode::SERVICE_UNAVAILABLE, text::NOT_NOW).into_response();
    }
    if let Some(id_token) = id_token
        && let Some(way_out) = provider::way_out(&state, &parts, &id_token).await
    {
        return way_out;
    }
    go_on(&parts.headers, &format!("{SIGN_IN_PATH}?signed_out"), &[])
}

/// `GET /set-up[?code=…]`.
pub async fn show_set_up(
    State(state): State<AppState>,
    Query(fields): Query<Fields>,
    parts: Parts,
) -> Response {
    match must_be_set_up(&state).await {
        Ok(true) => {
            let page = SetUp {
                code: field(&fields, "code").unwrap_or_default().to_owned(),
                ..SetUp::default()
            };
            document(&state, &parts, StatusCode::OK, || door::set_up(page))
        }
        Ok(false) => Redirect::to(SIGN_IN_PATH).into_response(),
        Err(error) => unable(&error),
    }
}

/// `POST /set-up`: makes the first account and signs it in.
pub async fn set_up(
    State(state): State<AppState>,
    session: Session,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let typed = |name| field(&fields, name).unwrap_or_default();
    let again = |problem: String| {
        let page = SetUp {
            code: typed("code").to_owned(),
            username: typed("username").to_owned(),
            display_name: typed("display_name").to_owned(),
            problem: Some(problem),
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        document(&state, &parts, status, || door::set_up(page))
    };
    match must_be_set_up(&state).await {
        Ok(true) => {}
        Ok(false) => return Redirect::to(SIGN_IN_PATH).into_response(),
        Err(error) => return unable(&error),
    }
    if !state.access.is_set_up_code(typed("code")) {
        return again(text::WRONG_CODE.to_owned());
    }
    let username = typed("username").trim();
    let passwords = state.access.passwords();
    let hash = match passwords.hash_of_new(typed("password"), username).await {
        Ok(hash) => hash,
        Err(error) => return again(posted::sentence(&error.to_string())),
    };
    let account = AccountToAdd {
        username: username.to_owned(),
        display_name: typed("display_name").to_owned(),
        password_hash: Some(hash),
        ..AccountToAdd::default()
    };
    let store = state.access.store();
    let now_ms = Utc::now().timestamp_millis();
    let made = match store.add_first_account(account, now_ms).await {
        Ok(Some(id)) => store.account(&id).await,
        Ok(None) => return again(text::SET_UP_ALREADY.to_owned()),
        Err(error) if error.is_of_request() => {
            return again(posted::sentence(&error.to_string()));
        }
        Err(error) => return unable(&error),
    };
    match made {
        Ok(Some(account)) => {
            tracing::info!("the first account was made");
            let address = address_of(&parts.extensions);
            note(&state, Some(&account), ("set_up", ""), &address).await;
            begin(&state, &session, &account, &parts, "/").await
        }
        Ok(None) => Redirect::to(SIGN_IN_PATH).into_response(),
        Err(error) => unable(&error),
    }
}

/// Whether there are accounts, and none yet.
async fn must_be_set_up(state: &AppState) -> Result<bool, StateError> {
    let access = &state.access;
    // An account with a password would be of no use where nobody signs in with one.
    Ok(access.has_accounts() && access.takes_passwords() && !access.is_set_up().await?)
}

/// Begins the session of somebody who has shown who they are.
pub(super) async fn begin(
    state: &AppState,
    session: &Session,
    account: &Account,
    parts: &Parts,
    to: &str,
) -> Response {
    let now_ms = Utc::now().timestamp_millis();
    if let Err(error) = state.access.store().signed_in(&account.id, now_ms).await {
        return unable(&error);
    }
    let address = address_of(&parts.extensions);
    match sessions::begin(session, account, address, &parts.headers).await {
        Ok(()) => Redirect::to(to).into_response(),
        Err(error) => {
            tracing::error!(error = %error, "a session could not be begun");
            (StatusCode::SERVICE_UNAVAILABLE, text::NOT_NOW).into_response()
        }
    }
}

/// The page here that somebody wanted to see.
pub(super) fn way_on(fields: &Fields) -> String {
    field(fields, "to")
        .filter(|to| is_own_path(to))
        .unwrap_or("/")
        .to_owned()
}

/// Writes a page with what it finds in its context.
pub(super) fn document(
    state: &AppState,
    parts: &Parts,
    status: StatusCode,
    write: impl FnOnce() -> String,
) -> Response {
    let owner = Owner::new();
    let markup = owner.with(|| {
        provide_context(parts.clone());
        pages::context(state)();
        provide_context(PageFacts::current());
        write()
    });
    let mut response = (status, Html(markup)).into_response();
    let no_store = axum::http::HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    response
}

/// Says that nobody can come in at the moment.
pub(super) fn unable(error: &StateError) -> Response {
    tracing::error!(error = %error, "accounts cannot be read");
    (StatusCode::SERVICE_UNAVAILABLE, text::NOT_NOW).into_response()
}
