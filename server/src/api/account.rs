//! `POST /account/change`: what people change of their own account.

use app::viewer::Viewer;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use axum::{Extension, Form};
use chrono::Utc;
use identity::{Refusal, sign_in};
use state::StateError;

use super::accounts::{ChangeError, unchanged};
use super::posted::{Fields, field, go_on};
use crate::access::Access;
use crate::access::audit::Done;
use crate::access::peer::counted_of;

/// The page of one's own account.
const PATH: &str = "/account";

/// Does what the form's button says: ends a session, or all others, or sets another password.
pub async fn change(
    State(access): State<Access>,
    Extension(viewer): Extension<Viewer>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let address = counted_of(&parts.extensions);
    match changed(&access, &viewer, &fields, &address).await {
        Ok(()) => {
            let mut response = go_on(&parts.headers, PATH, &[]);
            let done = field(&fields, "do").unwrap_or_default();
            response
                .extensions_mut()
                .insert(Done(format!("own {done}")));
            response
        }
        Err(error) => unchanged(&error),
    }
}

async fn changed(
    access: &Access,
    viewer: &Viewer,
    fields: &Fields,
    address: &str,
) -> Result<(), ChangeError> {
    let typed = |name: &str| field(fields, name).unwrap_or_default();
    // Tokens have no session: what they are for says nothing of the account itself.
    let account_id = viewer.account_id.as_deref();
    let account_id = account_id.filter(|_| viewer.session_hash.is_some());
    let account_id = account_id.ok_or(StateError::NoAccount)?;
    let store = access.store();
    let this = viewer.session_hash.as_deref();
    match typed("do") {
        "end" => {
            store.end_session_of(account_id, typed("id")).await?;
        }
        "end_others" => {
            store.end_sessions_of(account_id, this).await?;
        }
        "password" => {
            let passwords = access.passwords();
            let now_ms = Utc::now().timestamp_millis();
            // Guessing is as slow here as at the door.
            let typed_both = (viewer.username.as_str(), typed("present"));
            match sign_in(store, passwords, typed_both, address, now_ms).await? {
                Ok(_) => {}
                Err(Refusal::Wrong { .. }) => return Err(ChangeError::WrongPassword),
                Err(Refusal::Paused { until_ms }) => {
                    let minutes = (until_ms - now_ms).div_euclid(60_000) + 1;
                    return Err(ChangeError::Paused { minutes });
                }
            }
            let hash = passwords
                .hash_of_new(typed("new"), &viewer.username)
                .await?;
            store
                .set_password_hash(account_id, &hash, this, now_ms)
                .await?;
        }
        _ => return Err(StateError::NotFound.into()),
    }
    Ok(())
}
