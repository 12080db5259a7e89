//! Sessions as the cookie layer wants them, kept in the state under the hash of what the cookie holds: who reads the
//! state cannot sign in with it.

use std::collections::HashMap;
use std::fmt;

use async_trait::async_trait;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use chrono::Utc;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use state::{Account, SessionToBegin, StateError, Store, hash_of_secret};
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{self, Error};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// The cookie. Browsers take this name only from the host itself, over TLS or on this machine.
pub const COOKIE: &str = "__Host-vestibule_session";
/// A session that nobody uses ends after so long: two hours.
const IDLE_SECONDS: i64 = 2 * 60 * 60;
/// Every session ends after so long: a working day.
const LONGEST_MS: i64 = 12 * 60 * 60 * 1_000;
/// A session says so often that it is used: each time is a write.
const SEEN_EVERY_MS: i64 = 60_000;
/// Under which name a session holds who it belongs to.
const WHO: &str = "who";
/// Under which name a session holds whose password was right, before anybody is signed in.
const HALF_WAY: &str = "half_way";
/// After a right password there is so long for the code: five minutes.
const HALF_WAY_MS: i64 = 5 * 60 * 1_000;
/// Under which name it holds the provider's token, where a provider says who it belongs to.
const ID_TOKEN: &str = "id_token";

/// Whose a session is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Who {
    /// The account.
    pub account_id: String,
    /// When they signed in, in milliseconds since 1970.
    began_ms: i64,
    /// When the session was used last, at about a minute, in milliseconds since 1970.
    seen_ms: i64,
    /// Where they signed in from.
    address: String,
    /// What their browser says it is.
    agent: String,
}

/// Somebody whose password was right, and whose code is still missing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HalfWay {
    /// The account.
    pub account_id: String,
    /// Hash of the hash of the password that was right: another password since ends it.
    password: String,
    /// Where they want to go.
    pub to: String,
    /// Until when the code is waited for, in milliseconds since 1970.
    until_ms: i64,
}

impl HalfWay {
    /// Whether the password that was right is still that of the account.
    pub fn has_password(&self, password_hash: Option<&str>) -> bool {
        self.password == hash_of_secret(password_hash.unwrap_or_default())
    }
}

/// The layer that finds the session of a request and sends its cookie.
pub fn layer(store: Store) -> SessionManagerLayer<StateSessions> {
    SessionManagerLayer::new(StateSessions(store))
        .with_name(COOKIE)
        .with_http_only(true)
        .with_secure(true)
        // A link from elsewhere leads to the page, not to the sign-in; what changes something checks its origin.
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(Duration::seconds(IDLE_SECONDS)))
}

/// Completes the cookie that takes a session back: browsers take none of this name without what it was set with.
pub async fn complete_removal(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let removal = format!("{COOKIE}=;");
    let is_removal = |cookie: &HeaderValue| cookie.as_bytes().starts_with(removal.as_bytes());
    let cookies = response.headers().get_all(header::SET_COOKIE);
    if cookies.iter().any(is_removal) {
        let others = cookies.iter().filter(|cookie| !is_removal(cookie)).cloned();
        let others: Vec<HeaderValue> = others.collect();
        let whole = format!("{removal} Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
        let headers = response.headers_mut();
        headers.remove(header::SET_COOKIE);
        for cookie in others.into_iter().chain(HeaderValue::from_str(&whole)) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Begins the session of an account, under another secret than before: a cookie that somebody else put there is of no
/// use to them.
///
/// # Errors
/// When the state does not answer.
pub async fn begin(
    session: &Session,
    account: &Account,
    address: String,
    headers: &HeaderMap,
) -> Result<(), tower_sessions::session::Error> {
    let now_ms = Utc::now().timestamp_millis();
    let agent = headers.get(header::USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    session.cycle_id().await?;
    session.clear().await;
    let idle = Expiry::OnInactivity(Duration::seconds(IDLE_SECONDS));
    session.set_expiry(Some(idle));
    let who = Who {
        account_id: account.id.clone(),
        began_ms: now_ms,
        seen_ms: now_ms,
        address,
        agent: agent.unwrap_or_default().to_owned(),
    };
    session.insert(WHO, who).await
}

/// Keeps that the password of an account was right, until its code is there. Nobody is signed in by it.
///
/// # Errors
/// When the state does not answer.
pub async fn begin_half_way(
    session: &Session,
    account_id: &str,
    password_hash: Option<&str>,
    to: String,
) -> Result<(), tower_sessions::session::Error> {
    let until_ms = Utc::now().timestamp_millis() + HALF_WAY_MS;
    session.cycle_id().await?;
    session.clear().await;
    let until = OffsetDateTime::now_utc() + Duration::milliseconds(HALF_WAY_MS);
    session.set_expiry(Some(Expiry::AtDateTime(until)));
    let half_way = HalfWay {
        account_id: account_id.to_owned(),
        password: hash_of_secret(password_hash.unwrap_or_default()),
        to,
        until_ms,
    };
    session.insert(HALF_WAY, half_way).await
}

/// Whose password was right a moment ago, in this browser; `None` after five minutes.
///
/// # Errors
/// When the state does not answer.
pub async fn half_way(
    session: &Session,
) -> Result<Option<HalfWay>, tower_sessions::session::Error> {
    let half_way = session.get::<HalfWay>(HALF_WAY).await?;
    let now_ms = Utc::now().timestamp_millis();
    Ok(half_way.filter(|half_way| now_ms < half_way.until_ms))
}

/// Whether somebody is still signed in with a session that was found before, and with which account.
///
/// # Errors
/// When the state does not answer.
pub async fn account_of(store: &Store, hash: &str) -> Result<Option<String>, StateError> {
    let who = who_still(store, hash).await?;
    Ok(who.map(|who| who.account_id))
}

/// When somebody signed in with a session that was found before, in milliseconds since 1970; `None` when they are not
/// any more.
///
/// # Errors
/// When the state does not answer.
pub async fn began_ms(store: &Store, hash: &str) -> Result<Option<i64>, StateError> {
    let who = who_still(store, hash).await?;
    Ok(who.map(|who| who.began_ms))
}

async fn who_still(store: &Store, hash: &str) -> Result<Option<Who>, StateError> {
    let now_ms = Utc::now().timestamp_millis();
    let Some(session) = store.session(hash, now_ms).await? else {
        return Ok(None);
    };
    let data: HashMap<String, Value> = serde_json::from_str(&session.content).unwrap_or_default();
    Ok(who_of(&data).filter(|who| now_ms - who.began_ms <= LONGEST_MS))
}

/// Whose the session is; `None` when nobody has signed in, or too long ago.
///
/// # Errors
/// When the state does not answer.
pub async fn owner(session: &Session) -> Result<Option<Who>, tower_sessions::session::Error> {
    let Some(mut who) = session.get::<Who>(WHO).await? else {
        return Ok(None);
    };
    let now_ms = Utc::now().timestamp_millis();
    if now_ms - who.began_ms > LONGEST_MS {
        session.flush().await?;
        return Ok(None);
    }
    if now_ms - who.seen_ms > SEEN_EVERY_MS {
        who.seen_ms = now_ms;
        session.insert(WHO, who.clone()).await?;
    }
    Ok(Some(who))
}

/// Keeps the provider's token with the session: the provider wants to see it when somebody signs out.
///
/// # Errors
/// When the state does not answer.
pub async fn keep_id_token(
    session: &Session,
    id_token: &str,
) -> Result<(), tower_sessions::session::Error> {
    session.insert(ID_TOKEN, id_token).await
}

/// The provider's token of a session that began there.
///
/// # Errors
/// When the state does not answer.
pub async fn id_token(session: &Session) -> Result<Option<String>, tower_sessions::session::Error> {
    session.get(ID_TOKEN).await
}

/// Under what a session is kept.
pub fn hash_of(id: &Id) -> String {
    hash_of_secret(id.0.to_le_bytes())
}

/// The sessions in the state.
#[derive(Clone)]
pub struct StateSessions(Store);

impl fmt::Debug for StateSessions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StateSessions")
    }
}

#[async_trait]
impl SessionStore for StateSessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let now_ms = Utc::now().timestamp_millis();
        let who = who_of(&record.data);
        let (address, agent) = match &who {
            Some(who) => (who.address.clone(), who.agent.clone()),
            None => Default::default(),
        };
        let session = SessionToBegin {
            account_id: who.map(|who| who.account_id),
            content: written(&record.data)?,
            address,
            agent,
            ends_ms: ends_ms(record),
        };
        // Ids are 128 random bits: one that is taken is refused by the table, and no reason to try again.
        let hash = hash_of(&record.id);
        let began = self.0.begin_session(&hash, session, now_ms);
        began.await.map(drop).map_err(failed)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let now_ms = Utc::now().timestamp_millis();
        let (hash, content) = (hash_of(&record.id), written(&record.data)?);
        let kept = self
            .0
            .keep_session(&hash, &content, now_ms, ends_ms(record));
        kept.await.map_err(failed)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let now_ms = Utc::now().timestamp_millis();
        let session = self.0.session(&hash_of(id), now_ms).await.map_err(failed)?;
        let Some(session) = session else {
            return Ok(None);
        };
        let data = serde_json::from_str(&session.content)
            .map_err(|error| Error::Decode(error.to_string()))?;
        let nanoseconds = i128::from(session.ends_ms) * 1_000_000;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.0.end_session(&hash_of(id)).await.map_err(failed)
    }
}

fn who_of(data: &HashMap<String, Value>) -> Option<Who> {
    serde_json::from_value(data.get(WHO)?.clone()).ok()
}

fn written(data: &HashMap<String, Value>) -> session_store::Result<String> {
    serde_json::to_string(data).map_err(|error| Error::Encode(error.to_string()))
}

fn ends_ms(record: &Record) -> i64 {
    i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn failed(error: StateError) -> Error {
    Error::Backend(error.to_string())
}
