//! A small provider of OpenID Connect that can do what a good one never does. It listens on this machine and signs with
//! real keys; a test says what it answers.

pub mod keys;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;
use url::Url;

use keys::Key;

/// What the provider calls the portal.
pub const CLIENT_ID: &str = "vestibule";
/// The portal's secret there.
pub const CLIENT_SECRET: &str = "a secret of the tests, & odd";

/// How an address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As it should.
    Right,
    /// With this status and an error of OAuth.
    Refusing(u16, &'static str),
    /// With two megabytes.
    Huge,
    /// After eleven seconds.
    Slow,
    /// With a redirect to the same.
    Redirecting,
    /// With text that is no JSON.
    Garbled,
}

/// How tokens are signed.
#[derive(Debug, Clone)]
pub enum Signing {
    /// With a key of the provider.
    Own,
    /// With another one, under the name of its own.
    Forged(Key),
    /// With a key that it does not publish.
    Unpublished(Key),
    /// Not at all.
    None,
    /// With the client's secret.
    Secret,
}

/// What the provider does.
pub struct Behaviour {
    /// What it says of itself, over what is right.
    pub metadata: Value,
    /// How it says that.
    pub discovery: Manner,
    /// How it says its keys.
    pub jwks: Manner,
    /// How it gives tokens.
    pub token: Manner,
    /// What tokens say, over what is right; null takes something out.
    pub claims: Value,
    /// How they are signed.
    pub signing: Signing,
    /// What is sent instead of a token.
    pub instead: Option<Value>,
    /// Its key.
    pub key: Key,
    /// How often its keys were asked for.
    pub jwks_asked: u32,
    codes: HashMap<String, Granted>,
}

struct Granted {
    nonce: String,
    challenge: String,
}

/// The provider; it ends when this is dropped.
pub struct TestProvider {
    issuer: String,
    shared: Arc<Mutex<Behaviour>>,
    task: JoinHandle<()>,
}

type Shared = (String, Arc<Mutex<Behaviour>>);

impl TestProvider {
    /// Starts one with this key.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(key: Key) -> TestProvider {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.unwrap_or_else(|error| panic!("no port: {error}"));
        let address = listener.local_addr();
        let address = address.unwrap_or_else(|error| panic!("no address: {error}"));
        let issuer = format!("http://{address}/tenant/v2.0");
        let shared = Arc::new(Mutex::new(Behaviour {
            metadata: json!({}),
            discovery: Manner::Right,
            jwks: Manner::Right,
            token: Manner::Right,
            claims: json!({}),
            signing: Signing::Own,
            instead: None,
            key,
            jwks_asked: 0,
            codes: HashMap::new(),
        }));
        let router = Router::new()
            .route(
                "/tenant/v2.0/.well-known/openid-configuration",
                get(metadata),
            )
            .route("/keys", get(jwks))
            .route("/token", post(token))
            .with_state((issuer.clone(), Arc::clone(&shared)));
        let task = tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .unwrap_or_else(|error| panic!("the provider ended: {error}"));
        });
        TestProvider {
            issuer,
            shared,
            task,
        }
    }

    /// Its issuer.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What it does.
    pub fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs somebody in who was sent to this address, as its page would; gives the code that it sends back.
    ///
    /// # Panics
    /// When the address does not ask as it should.
    pub fn grant(&self, address: &Url) -> String {
        let asked: HashMap<String, String> = address.query_pairs().into_owned().collect();
        let asked = |name: &str| {
            let value = asked.get(name).cloned();
            value.unwrap_or_else(|| panic!("{address} says no {name}"))
        };
        assert_eq!(asked("client_id"), CLIENT_ID);
        assert_eq!(asked("response_type"), "code");
        assert_eq!(asked("code_challenge_method"), "S256");
        assert_eq!(asked("scope"), "openid profile email");
        assert!(asked("redirect_uri").ends_with("/sign-in/return"));
        let granted = Granted {
            nonce: asked("nonce"),
            challenge: asked("code_challenge"),
        };
        let mut behaviour = self.behaviour();
        let code = format!("code-{}", behaviour.codes.len());
        behaviour.codes.insert(code.clone(), granted);
        code
    }

    /// Ends it.
    pub fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for TestProvider {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Seconds since 1970.
pub fn now_seconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

/// Puts the second over the first; null takes something out.
fn over(mut first: Value, second: &Value) -> Value {
    if let (Some(first), Some(second)) = (first.as_object_mut(), second.as_object()) {
        for (name, value) in second {
            match value {
                Value::Null => drop(first.remove(name)),
                value => drop(first.insert(name.clone(), value.clone())),
            }
        }
    }
    first
}

async fn in_manner(manner: Manner, right: impl FnOnce() -> Value) -> Response {
    match manner {
        Manner::Right => axum::Json(right()).into_response(),
        Manner::Refusing(status, error) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            (status, axum::Json(json!({ "error": error }))).into_response()
        }
        Manner::Huge => {
            axum::Json(over(right(), &json!({"more": "x".repeat(2 << 20)}))).into_response()
        }
        Manner::Slow => {
            tokio::time::sleep(Duration::from_secs(11)).await;
            axum::Json(right()).into_response()
        }
        Manner::Redirecting => (
            StatusCode::FOUND,
            [(
                header::LOCATION,
                "/tenant/v2.0/.well-known/openid-configuration",
            )],
        )
            .into_response(),
        Manner::Garbled => ([(header::CONTENT_TYPE, "application/json")], "<html>").into_response(),
    }
}

fn locked(shared: &Mutex<Behaviour>) -> MutexGuard<'_, Behaviour> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn metadata(State((issuer, shared)): State<Shared>) -> Response {
    let root = issuer.trim_end_matches("/tenant/v2.0").to_owned();
    let (manner, changes) = {
        let behaviour = locked(&shared);
        (behaviour.discovery, behaviour.metadata.clone())
    };
    let right = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{root}/authorize"),
        "token_endpoint": format!("{root}/token"),
        "jwks_uri": format!("{root}/keys"),
        "end_session_endpoint": format!("{root}/logout?from=here"),
        "response_types_supported": ["code", "id_token"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    });
    in_manner(manner, || over(right, &changes)).await
}

async fn jwks(State((_, shared)): State<Shared>) -> Response {
    let (manner, key) = {
        let mut behaviour = locked(&shared);
        behaviour.jwks_asked += 1;
        (behaviour.jwks, behaviour.key.public())
    };
    in_manner(manner, || json!({ "keys": [key] })).await
}

/// Whether the client showed its secret, as the standard wants it in the header: both parts written as in a form.
fn is_client(headers: &HeaderMap) -> bool {
    let written =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let expected = format!("{}:{}", written(CLIENT_ID), written(CLIENT_SECRET));
    let value = headers.get(header::AUTHORIZATION);
    let value = value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let sent = BASE64_STANDARD.decode(value.trim_start_matches("Basic "));
    sent.is_ok_and(|sent| sent == expected.as_bytes())
}

async fn token(
    State((issuer, shared)): State<Shared>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let fields = url::form_urlencoded::parse(body.as_bytes());
    let fields: HashMap<String, String> = fields.into_owned().collect();
    let refused = |error: &str| {
        (
            StatusCode::BAD_REQUEST,
            axum::Json(json!({ "error": error })),
        )
            .into_response()
    };
    let sent = |name: &str| fields.get(name).cloned().unwrap_or_default();
    if !is_client(&headers) {
        return refused("invalid_client");
    }
    let (manner, answer) = {
        let mut behaviour = locked(&shared);
        let Some(granted) = behaviour.codes.remove(&sent("code")) else {
            return refused("invalid_grant");
        };
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(sent("code_verifier")));
        if challenge != granted.challenge || sent("grant_type") != "authorization_code" {
            return refused("invalid_grant");
        }
        let now = now_seconds();
        let access_token = format!("access-{}", sent("code"));
        // As Entra ID has them.
        let right = json!({
            "iss": issuer, "aud": CLIENT_ID, "exp": now + 3_600, "iat": now, "nbf": now, "nonce": granted.nonce,
            "sub": "subject-of-ann", "oid": "0b1ec700-0000-4000-8000-000000000001", "tid": "7e4a4700-0000-4000-8000-000000000000",
            "name": "Ann Berg", "preferred_username": "ann@tests.example", "roles": ["Vestibule.Reader"], "groups": [],
            "at_hash": keys::half_hash(&access_token), "ver": "2.0", "uti": "x", "rh": "0.x", "aio": "x",
        });
        let claims = over(right, &behaviour.claims);
        let id_token = behaviour.key.token(&claims, &behaviour.signing);
        let answer = json!({"access_token": access_token, "token_type": "Bearer", "expires_in": 3_600, "id_token": id_token});
        (behaviour.token, behaviour.instead.clone().unwrap_or(answer))
    };
    in_manner(manner, || answer).await
}
