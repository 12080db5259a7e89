//! `POST /account/change`: what people change of their own account.

use app::viewer::Viewer;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use axum::{Extension, Form};
use chrono::Utc;
use identity::{Refusal, minutes_until, new_secret, sign_in};
use state::{Account, StateError};

use super::accounts::{ChangeError, unchanged};
use super::posted::{Fields, field, go_on};
use crate::access::Access;
use crate::access::audit::Done;
use crate::access::peer::counted_of;
use crate::access::sessions;

/// How long having signed in says who asks: ten minutes.
const FRESH_MS: i64 = 10 * 60 * 1_000;
/// The page of one's own account.
const PATH: &str = "/account";

/// Does what the form's button says: ends a session, or all others, sets another password, begins a second factor or
/// turns it off, takes a token back.
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
    let account_id = own_account_id(viewer)?;
    let store = access.store();
    let this = viewer.session_hash.as_deref();
    let now_ms = Utc::now().timestamp_millis();
    match typed("do") {
        "end" => {
            store.end_session_of(account_id, typed("id")).await?;
        }
        "end_others" => {
            store.end_sessions_of(account_id, this).await?;
        }
        "password" if viewer.issuer.is_some() => return Err(StateError::OfProvider.into()),
        "password" => {
            confirm_password(access, viewer, typed("present"), address).await?;
            let hash = access
                .passwords()
                .hash_of_new(typed("new"), &viewer.username)
                .await?;
            store
                .set_password_hash(account_id, &hash, this, now_ms)
                .await?;
        }
        "second_factor_begin" if viewer.issuer.is_some() => {
            return Err(StateError::OfProvider.into());
        }
        "second_factor_begin" => {
            store
                .begin_second_factor(account_id, &new_secret(), now_ms)
                .await?;
        }
        "second_factor_off" => {
            let factor = store.second_factor(account_id).await?;
            // One that is not on yet is given up without ado.
            if factor.is_some_and(|factor| factor.is_on) {
                confirm_password(access, viewer, typed("present"), address).await?;
            }
            store.turn_second_factor_off(account_id, this).await?;
        }
        "token_remove" => {
            store.remove_api_token(account_id, typed("id")).await?;
        }
        _ => return Err(StateError::NotFound.into()),
    }
    Ok(())
}

/// Id of the account of whoever asks. Tokens have no session: what they are for says nothing of the account itself.
fn own_account_id(viewer: &Viewer) -> Result<&str, StateError> {
    let account_id = viewer.account_id.as_deref();
    let account_id = account_id.filter(|_| viewer.session_hash.is_some());
    account_id.ok_or(StateError::NoAccount)
}

/// The account of whoever asks.
pub async fn own_account(access: &Access, viewer: &Viewer) -> Result<Account, StateError> {
    let account = access.store().account(own_account_id(viewer)?).await?;
    account.ok_or(StateError::NoAccount)
}

/// Makes sure that it is the owner who asks, and not somebody at their open session: by their password, or by having
/// signed in at the provider a moment ago.
pub async fn confirm_owner(
    access: &Access,
    viewer: &Viewer,
    typed: &str,
    address: &str,
) -> Result<(), ChangeError> {
    if viewer.issuer.is_none() {
        return confirm_password(access, viewer, typed, address).await;
    }
    let session = viewer.session_hash.as_deref().unwrap_or_default();
    let began_ms = sessions::began_ms(access.store(), session).await?;
    let now_ms = Utc::now().timestamp_millis();
    match began_ms.is_some_and(|began_ms| now_ms - began_ms <= FRESH_MS) {
        true => Ok(()),
        false => Err(ChangeError::SignInAgain),
    }
}

/// Makes sure that it is the owner who asks, by their password. Guessing is as slow here as at the door.
pub async fn confirm_password(
    access: &Access,
    viewer: &Viewer,
    typed: &str,
    address: &str,
) -> Result<(), ChangeError> {
    let now_ms = Utc::now().timestamp_millis();
    let typed_both = (viewer.username.as_str(), typed);
    let (store, passwords) = (access.store(), access.passwords());
    match sign_in(store, passwords, typed_both, address, now_ms).await? {
        Ok(_) => Ok(()),
        Err(refused) => Err(refusal(refused, now_ms, ChangeError::WrongPassword)),
    }
}

/// Why it was refused; `wrong` where it is not the right one.
pub fn refusal(refused: Refusal, now_ms: i64, wrong: ChangeError) -> ChangeError {
    match refused {
        Refusal::Wrong => wrong,
        Refusal::Paused { until_ms } => ChangeError::Paused {
            minutes: minutes_until(until_ms, now_ms),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use state::{SessionToBegin, Store};

    use super::*;

    #[tokio::test]
    async fn somebody_of_a_provider_is_the_owner_for_ten_minutes_after_signing_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a state");
        let access = Access::new(store.clone(), true, &[]).await.expect("hashes");
        let now_ms = Utc::now().timestamp_millis();
        for (age_ms, is_owner) in [(0, true), (FRESH_MS - 5_000, true), (FRESH_MS + 1, false)] {
            let began_ms = now_ms - age_ms;
            let who = json!({ "account_id": "a", "began_ms": began_ms, "seen_ms": now_ms, "address": "", "agent": "" });
            let session = SessionToBegin {
                account_id: None,
                content: json!({ "who": who }).to_string(),
                address: String::new(),
                agent: String::new(),
                ends_ms: now_ms + 60_000,
            };
            let hash = format!("hash-{age_ms}");
            store
                .begin_session(&hash, session, now_ms)
                .await
                .expect("begun");
            let viewer = Viewer {
                issuer: Some("https://provider.example".to_owned()),
                session_hash: Some(hash),
                ..Viewer::of_this_machine()
            };
            let confirmed = confirm_owner(&access, &viewer, "", "192.0.2.1").await;
            assert_eq!(confirmed.is_ok(), is_owner, "{age_ms}");
        }
        let nobody = Viewer {
            issuer: Some("https://provider.example".to_owned()),
            ..Viewer::of_this_machine()
        };
        let confirmed = confirm_owner(&access, &nobody, "", "192.0.2.1").await;
        assert!(matches!(confirmed, Err(ChangeError::SignInAgain)));
    }
}
