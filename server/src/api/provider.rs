//! `POST /sign-in/provider`, `GET /sign-in/return` and `GET /sign-in/signed-out`: the way to the provider, back, and out.

use app::context::cookie_of;
use app::pages::door;
use app::text::{door as door_text, provider as text};
use axum::Form;
use axum::extract::{Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Utc;
use identity::{ProviderFault, StayedOut, WayBack, come_back_from_provider, leave_for_provider};
use state::Account;
use tower_sessions::Session;

use super::door::{document, note, unable, way_on};
use super::posted::{Fields, field};
use crate::access::guard::SIGN_IN_PATH;
use crate::access::peer::address_of;
use crate::access::sessions;
use crate::router::AppState;

/// The cookie that a browser has while its person is at the provider.
///
/// It is a cookie of its own, so that nobody has a session before they have signed in, and the session's cookie stays as
/// it is. `Lax` is what it takes: the provider leads back with a link from another site, and browsers send no `Strict`
/// cookie along with that. Nothing is changed by the request that is not bound to this cookie as well as to what came
/// back.
pub const COOKIE: &str = "__Host-vestibule_provider";
/// How long it is kept, in seconds: as long as somebody may be at the provider.
const COOKIE_SECONDS: i64 = state::AUTHORIZATION_REQUEST_MS / 1_000;
/// What the record says of the way that somebody took.
const BY_PROVIDER: &str = "provider";

/// Longest address of a page that is kept while somebody is at the provider.
const MOST_WAY_BYTES: usize = 4_096;

/// `POST /sign-in/provider`: leads somebody to the provider.
pub async fn begin(
    State(state): State<AppState>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let Some(provider) = state.access.provider() else {
        return no_provider();
    };
    let to = Some(way_on(&fields)).filter(|to| to.len() <= MOST_WAY_BYTES);
    let to = to.unwrap_or_else(|| "/".to_owned());
    let as_another = field(&fields, "as_another").is_some();
    // One for each browser, so that two windows can be at the provider at once.
    let browser = browser_of(&parts.headers).unwrap_or_else(new_browser);
    let store = state.access.store();
    let now_ms = Utc::now().timestamp_millis();
    let leaving = leave_for_provider(
        store,
        &provider.provider,
        &browser,
        (&to, as_another),
        now_ms,
    );
    match leaving.await {
        Ok(Ok(address)) => {
            let mut response = document(&state, &parts, StatusCode::OK, || {
                door::leading(text::LEADING, text::LEADING_HELP, address.as_str())
            });
            let cookie = format!(
                "{COOKIE}={browser}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={COOKIE_SECONDS}"
            );
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Ok(Err(fault)) => stayed_out(&state, &parts, &fault, None, &to).await,
        Err(error) => unable(&error),
    }
}

/// `GET /sign-in/return`: lets somebody in who comes back from the provider, or says why not.
pub async fn come_back(
    State(state): State<AppState>,
    session: Session,
    Query(fields): Query<Fields>,
    parts: Parts,
) -> Response {
    let Some(provider) = state.access.provider() else {
        return no_provider();
    };
    let way = WayBack {
        state: field(&fields, "state").unwrap_or_default(),
        code: field(&fields, "code"),
        error: field(&fields, "error"),
        issuer: field(&fields, "iss"),
    };
    let browser = browser_of(&parts.headers);
    let store = state.access.store();
    let now_ms = Utc::now().timestamp_millis();
    let coming =
        come_back_from_provider(store, &provider.provider, browser.as_deref(), way, now_ms);
    match coming.await {
        Ok(Ok(came_in)) => {
            let address = address_of(&parts.extensions);
            let account = &came_in.account;
            note(&state, Some(account), ("sign_in", BY_PROVIDER), &address).await;
            let begun = sessions::begin(&session, account, address, &parts.headers).await;
            let kept = match begun {
                Ok(()) => sessions::keep_id_token(&session, &came_in.id_token).await,
                failed => failed,
            };
            match kept {
                Ok(()) => Redirect::to(&came_in.wanted).into_response(),
                Err(error) => {
                    tracing::error!(error = %error, "a session could not be begun");
                    (StatusCode::SERVICE_UNAVAILABLE, door_text::NOT_NOW).into_response()
                }
            }
        }
        Ok(Err(StayedOut {
            fault,
            wanted,
            account,
        })) => {
            let to = wanted.unwrap_or_else(|| "/".to_owned());
            stayed_out(&state, &parts, &fault, account.as_ref(), &to).await
        }
        Err(error) => unable(&error),
    }
}

/// `GET /sign-in/signed-out`: back from the provider, where the session was ended as well. An address of its own, because
/// providers want to know it letter by letter.
pub async fn signed_out() -> Response {
    Redirect::to(&format!("{SIGN_IN_PATH}?signed_out")).into_response()
}

/// The page that leads somebody to the provider to sign out there as well, where the provider has a place for that.
pub async fn way_out(state: &AppState, parts: &Parts, id_token: &str) -> Option<Response> {
    let provider = state.access.provider()?;
    let back = &provider.signed_out_address;
    let address = provider
        .provider
        .end_session_address(id_token, back)
        .await?;
    Some(document(state, parts, StatusCode::OK, || {
        door::leading(text::LEAVING, text::LEAVING_HELP, address.as_str())
    }))
}

fn no_provider() -> Response {
    (StatusCode::NOT_FOUND, text::NO_PROVIDER).into_response()
}

/// Says why somebody did not come in: to them, to the log, and to the record.
async fn stayed_out(
    state: &AppState,
    parts: &Parts,
    fault: &ProviderFault,
    account: Option<&Account>,
    to: &str,
) -> Response {
    let cause = fault.cause();
    tracing::warn!(cause, error = %fault, "somebody could not sign in at the provider");
    let address = address_of(&parts.extensions);
    // Anybody can make up a way back.
    let is_made_up = matches!(
        fault,
        ProviderFault::UnknownState | ProviderFault::OtherBrowser
    );
    if !is_made_up || account.is_some() {
        let subject = format!("{BY_PROVIDER}: {cause}");
        note(state, account, ("sign_in_refused", &subject), &address).await;
    }
    document(state, parts, status_of(fault), || {
        door::fault(cause, to, SIGN_IN_PATH)
    })
}

fn status_of(fault: &ProviderFault) -> StatusCode {
    match fault {
        ProviderFault::Denied
        | ProviderFault::NoRole
        | ProviderFault::TooManyGroups
        | ProviderFault::Disabled => StatusCode::FORBIDDEN,
        ProviderFault::Unreachable(_) => StatusCode::SERVICE_UNAVAILABLE,
        ProviderFault::Metadata(_) | ProviderFault::Client | ProviderFault::Question(_) => {
            StatusCode::BAD_GATEWAY
        }
        _ => StatusCode::BAD_REQUEST,
    }
}

/// What the browser keeps while its person is at the provider.
fn browser_of(headers: &HeaderMap) -> Option<String> {
    let secret = cookie_of(headers, COOKIE)?;
    let is_ours = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_ours.then_some(secret)
}

fn new_browser() -> String {
    let half = || uuid::Uuid::new_v4().simple().to_string();
    format!("{}{}", half(), half())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_words_for_the_person() {
        use ProviderFault as Fault;
        for fault in [
            Fault::Denied,
            Fault::Question("invalid_scope"),
            Fault::UnknownState,
            Fault::OtherBrowser,
            Fault::NoCode,
            Fault::Unreachable(String::new()),
            Fault::Metadata(String::new()),
            Fault::Code,
            Fault::Client,
            Fault::Token,
            Fault::Key,
            Fault::Signature,
            Fault::Issuer,
            Fault::Audience,
            Fault::Nonce,
            Fault::Expired,
            Fault::NotYetValid,
            Fault::NoRole,
            Fault::TooManyGroups,
            Fault::Disabled,
        ] {
            assert!(text::fault(fault.cause()).is_some(), "{fault:?}");
            assert!(status_of(&fault).as_u16() >= 400, "{fault:?}");
        }
    }

    #[test]
    fn only_what_we_made_is_taken_for_a_browser() {
        let headers = |value: &str| {
            let cookie = HeaderValue::from_str(&format!("a=b; {COOKIE}={value}"));
            HeaderMap::from_iter([(header::COOKIE, cookie.expect("a header"))])
        };
        let own = new_browser();
        assert_eq!(browser_of(&headers(&own)), Some(own.clone()));
        assert_ne!(own, new_browser());
        for other in ["", "x", &"g".repeat(64), &own.repeat(2)] {
            assert_eq!(browser_of(&headers(other)), None, "{other}");
        }
    }
}
