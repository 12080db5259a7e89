//! `POST /account/second-factor` and `POST /account/tokens`: what makes a secret, and answers with the page that shows
//! it, once.

use app::pages::door::{self, ShownOnce};
use app::text::account as text;
use app::viewer::Viewer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::{Extension, Form};
use chrono::Utc;
use identity::{new_recovery_codes, turn_on};
use model::access::Right;
use state::{Account, StateError};

use super::account::{confirm_owner, confirm_password, own_account, refusal};
use super::accounts::ChangeError;
use super::door::document;
use super::posted::{Fields, field};
use crate::access::audit::Done;
use crate::access::peer::counted_of;
use crate::access::tokens;
use crate::router::AppState;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Does what the form's button says: turns the second factor on with a code, or makes other recovery codes.
pub async fn second_factor(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let address = counted_of(&parts.extensions);
    let made = recovery_codes(&state, &viewer, &fields, &address).await;
    shown(
        &state,
        &parts,
        made.map(|(codes, done)| {
            let page = ShownOnce {
                title: text::RECOVERY_CODES,
                lede: text::RECOVERY_CODES_LEDE,
                secrets: codes,
                problem: None,
            };
            (page, done.to_owned())
        }),
    )
}

async fn recovery_codes(
    state: &AppState,
    viewer: &Viewer,
    fields: &Fields,
    address: &str,
) -> Result<(Vec<String>, &'static str), ChangeError> {
    let typed = |name: &str| field(fields, name).unwrap_or_default();
    let account = own_account(&state.access, viewer).await?;
    let store = state.access.store();
    let now_ms = Utc::now().timestamp_millis();
    match typed("do") {
        "on" => {
            confirm_password(&state.access, viewer, typed("present"), address).await?;
            let this = viewer.session_hash.as_deref().unwrap_or_default();
            let on = turn_on(store, &account, typed("code"), this, (address, now_ms)).await?;
            match on {
                Ok(codes) => Ok((codes, "own second factor on")),
                Err(refused) => Err(refusal(refused, now_ms, ChangeError::WrongCode)),
            }
        }
        "codes" => {
            confirm_password(&state.access, viewer, typed("present"), address).await?;
            let (codes, hashes) = new_recovery_codes();
            store.set_recovery_codes(&account.id, &hashes).await?;
            Ok((codes, "own recovery codes"))
        }
        _ => Err(StateError::NotFound.into()),
    }
}

/// Makes a token of one's own account.
pub async fn token(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let address = counted_of(&parts.extensions);
    let made = new_token(&state, &viewer, &fields, &address).await;
    shown(
        &state,
        &parts,
        made.map(|(token, scopes)| {
            let page = ShownOnce {
                title: text::NEW_TOKEN,
                lede: text::NEW_TOKEN_LEDE,
                secrets: vec![token],
                problem: None,
            };
            (page, format!("own token made: {scopes}"))
        }),
    )
}

async fn new_token(
    state: &AppState,
    viewer: &Viewer,
    fields: &Fields,
    address: &str,
) -> Result<(String, String), ChangeError> {
    let typed = |name: &str| field(fields, name).unwrap_or_default();
    let Account { id, .. } = own_account(&state.access, viewer).await?;
    let ticked = |right: &Right| {
        let mut ticked = fields.iter().filter(|(name, _)| name == "scope");
        ticked.any(|(_, id)| id == right.id())
    };
    let scopes: Vec<&str> = Right::FOR_TOKENS
        .iter()
        .filter(|right| ticked(right) && viewer.may(**right))
        .map(|right| right.id())
        .collect();
    if scopes.is_empty() {
        return Err(ChangeError::NoScope);
    }
    let days: Option<i64> = typed("days").parse().ok();
    let days = days.filter(|days| text::TOKEN_DAYS.iter().any(|(known, _)| known == days));
    let days = days.ok_or(ChangeError::NoEnd)?;
    // It outlives the session: whoever finds an open one makes none for themselves.
    confirm_owner(&state.access, viewer, typed("present"), address).await?;
    let token = tokens::new();
    let now_ms = Utc::now().timestamp_millis();
    let times_ms = (now_ms, now_ms + days * DAY_MS);
    let of_token = (typed("name"), scopes.as_slice());
    let hash = tokens::hash_of(&token);
    let store = state.access.store();
    store.add_api_token(&id, of_token, &hash, times_ms).await?;
    Ok((token, scopes.join(",")))
}

/// The page, or one that says why nothing was made.
fn shown(
    state: &AppState,
    parts: &Parts,
    made: Result<(ShownOnce, String), ChangeError>,
) -> Response {
    match made {
        Ok((page, done)) => {
            let mut response = document(state, parts, StatusCode::OK, || door::shown_once(page));
            response.extensions_mut().insert(Done(done));
            response
        }
        Err(error) => {
            let (status, words) = error.words();
            let page = ShownOnce {
                title: text::NOTHING_MADE,
                problem: Some(words),
                ..ShownOnce::default()
            };
            document(state, parts, status, || door::shown_once(page))
        }
    }
}
