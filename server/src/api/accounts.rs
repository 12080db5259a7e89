//! `POST /accounts/change`: makes, changes and removes accounts.

use app::viewer::Viewer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form};
use chrono::Utc;
use identity::{PasswordError, SignInError};
use model::access::{Role, Roles};
use state::{AccountToAdd, Person, StateError, Store};

use super::posted::{Fields, field, go_on, sentence};
use super::views::refusal;
use crate::access::Access;
use crate::access::audit::Done;

/// The page with the list.
const PATH: &str = "/accounts";

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The state refused, or failed.
    #[error(transparent)]
    State(#[from] StateError),
    /// The password cannot be taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The present password is another one.
    #[error("{}", app::text::account::WRONG_PASSWORD)]
    WrongPassword,
    /// They signed in at the provider too long ago.
    #[error("{}", app::text::provider::SIGN_IN_AGAIN)]
    SignInAgain,
    /// The code is another one.
    #[error("{}", app::text::account::WRONG_CODE)]
    WrongCode,
    /// A token that would be for nothing.
    #[error("{}", app::text::account::NO_SCOPE)]
    NoScope,
    /// A token that would end at no time that can be chosen.
    #[error("{}", app::text::account::NO_END)]
    NoEnd,
    /// It was another one too often.
    #[error("{}", app::text::door::paused(*minutes))]
    Paused {
        /// How long the pause is.
        minutes: i64,
    },
    /// Nobody can say whether it is the present one.
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

/// Does what the form's button says with the account `id`.
pub async fn change(
    State(access): State<Access>,
    Extension(viewer): Extension<Viewer>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    match changed(&access, &viewer, &fields).await {
        Ok((address, done)) => {
            let mut response = go_on(&headers, &address, &[]);
            response.extensions_mut().insert(Done(done));
            response
        }
        Err(error) => unchanged(&error),
    }
}

/// Says in plain text why it was not done.
pub fn unchanged(error: &ChangeError) -> Response {
    error.words().into_response()
}

impl ChangeError {
    /// What to answer.
    pub fn words(&self) -> (StatusCode, String) {
        match self {
            ChangeError::State(error) | ChangeError::SignIn(SignInError::State(error)) => {
                refusal(error)
            }
            ChangeError::WrongPassword
            | ChangeError::WrongCode
            | ChangeError::NoScope
            | ChangeError::NoEnd => (StatusCode::UNPROCESSABLE_ENTITY, self.to_string()),
            ChangeError::SignInAgain => (StatusCode::FORBIDDEN, self.to_string()),
            ChangeError::Paused { .. } => (StatusCode::TOO_MANY_REQUESTS, self.to_string()),
            ChangeError::SignIn(error) => {
                tracing::error!(error = %error, "a password could not be looked at");
                let words = app::text::door::NOT_NOW.to_owned();
                (StatusCode::SERVICE_UNAVAILABLE, words)
            }
            ChangeError::Password(error) => {
                let words = sentence(&error.to_string());
                (StatusCode::UNPROCESSABLE_ENTITY, words)
            }
        }
    }
}

async fn changed(
    access: &Access,
    viewer: &Viewer,
    fields: &Fields,
) -> Result<(String, String), ChangeError> {
    let typed = |name: &str| field(fields, name).unwrap_or_default().trim();
    let (store, id) = (access.store(), typed("id"));
    let now_ms = Utc::now().timestamp_millis();
    let here = || format!("{PATH}?id={id}");
    match typed("do") {
        "add" => {
            let password = field(fields, "password").unwrap_or_default();
            let hash = access.passwords().hash_of_new(password, typed("username"));
            let optional = |name: &str| Some(typed(name)).filter(|text| !text.is_empty());
            let account = AccountToAdd {
                username: typed("username").to_owned(),
                display_name: typed("display_name").to_owned(),
                roles: chosen(fields),
                password_hash: Some(hash.await?),
                object_id: optional("object_id").map(str::to_owned),
                user_principal_name: optional("user_principal_name").map(str::to_owned),
            };
            store.add_account(account, now_ms).await?;
            let roles = chosen(fields).ids();
            Ok((PATH.to_owned(), done("added", typed("username"), &roles)))
        }
        "roles" => {
            let name = name_of(store, id).await?;
            store.set_roles(id, &chosen(fields), now_ms).await?;
            Ok((here(), done("roles of", &name, &chosen(fields).ids())))
        }
        "password" => {
            let name = name_of(store, id).await?;
            let password = field(fields, "password").unwrap_or_default();
            let hash = access.passwords().hash_of_new(password, &name).await?;
            let is_own = viewer.account_id.as_deref() == Some(id);
            let kept = viewer.session_hash.as_deref().filter(|_| is_own);
            store.set_password_hash(id, &hash, kept, now_ms).await?;
            Ok((here(), done("password of", &name, "")))
        }
        "person" => {
            let name = name_of(store, id).await?;
            let person = Person {
                display_name: typed("display_name").to_owned(),
                object_id: Some(typed("object_id").to_owned()),
                user_principal_name: Some(typed("user_principal_name").to_owned()),
            };
            store.set_person(id, &person, now_ms).await?;
            let [object_id, principal] = ["object_id", "user_principal_name"].map(typed);
            let whose = format!("object ID {object_id}, user principal name {principal}");
            Ok((here(), done("person of", &name, &whose)))
        }
        "second_factor_off" => {
            let name = name_of(store, id).await?;
            let is_own = viewer.account_id.as_deref() == Some(id);
            let kept = viewer.session_hash.as_deref().filter(|_| is_own);
            store.turn_second_factor_off(id, kept).await?;
            Ok((here(), done("second factor off of", &name, "")))
        }
        "disable" | "enable" => {
            let name = name_of(store, id).await?;
            let is_disabled = typed("do") == "disable";
            store.set_disabled(id, is_disabled, now_ms).await?;
            let what = if is_disabled { "disabled" } else { "enabled" };
            Ok((here(), done(what, &name, "")))
        }
        "remove" => {
            let name = name_of(store, id).await?;
            store.remove_account(id).await?;
            Ok((PATH.to_owned(), done("removed", &name, "")))
        }
        _ => Err(StateError::NotFound.into()),
    }
}

async fn name_of(store: &Store, id: &str) -> Result<String, StateError> {
    let account = store.account(id).await?.ok_or(StateError::NoAccount)?;
    Ok(account.username)
}

/// What was done to an account, for the record.
fn done(what: &str, username: &str, roles: &str) -> String {
    match roles {
        "" => format!("{what} {username}"),
        roles => format!("{what} {username}: {roles}"),
    }
}

/// The roles that are ticked.
fn chosen(fields: &Fields) -> Roles {
    let ticked = fields.iter().filter(|(name, _)| name == "role");
    Roles::of(ticked.filter_map(|(_, id)| Role::of_id(id)))
}
