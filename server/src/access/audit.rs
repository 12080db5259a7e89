//! The record of who looked at what: noted around every request, written in the order it came.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::assemble::access_audit::{DOWNLOAD_PATH, PATH};
use app::viewer::Viewer;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use leptos_router::location::Url;
use state::{AccessEvent, Store};
use tokio::sync::{mpsc, oneshot};

use super::Access;
use super::peer::address_of;
use crate::middleware::request_id;

/// Most events that wait to be written. Whoever asks more waits for the record: nothing goes by it.
const MOST_WAITING: usize = 10_000;
/// Most events of one change.
const MOST_AT_ONCE: usize = 1_000;
/// How long to wait before it is tried again, when the state does not answer.
const AGAIN: Duration = Duration::from_secs(1);

enum Message {
    Event(Box<AccessEvent>),
    /// Answered once everything before it is written.
    Flush(oneshot::Sender<()>),
}

/// How many questions of an account are known, so that parts of their pages are not noted again.
const MOST_KNOWN: usize = 16;
/// For how long: whoever looks again later is noted again.
const KNOWN_FOR: Duration = Duration::from_secs(60);

/// Hashes of questions, and when they were asked.
type Known = VecDeque<(u64, Instant)>;

/// Where events are noted. Clones note into the same record.
#[derive(Clone)]
pub struct Audit {
    messages: mpsc::Sender<Message>,
    /// What accounts asked last.
    known: Arc<Mutex<HashMap<String, Known>>>,
}

impl Audit {
    /// Starts the task that writes. It ends with the last clone.
    pub fn start(store: Store) -> Audit {
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        tokio::spawn(write(store, receiver));
        Audit {
            messages: sender,
            known: Arc::default(),
        }
    }

    /// Whether an account asked that a moment ago.
    fn is_known(&self, account_id: &str, subject: &str) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let of_account = known.get(account_id);
        let hash = hash_of(subject);
        of_account.is_some_and(|known| {
            let mut known = known.iter();
            known.any(|(other, noted)| *other == hash && noted.elapsed() < KNOWN_FOR)
        })
    }

    fn keep_known(&self, account_id: &str, subject: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let of_account = known.entry(account_id.to_owned()).or_default();
        let hash = hash_of(subject);
        of_account.retain(|(other, _)| *other != hash);
        of_account.push_back((hash, Instant::now()));
        if of_account.len() > MOST_KNOWN {
            of_account.pop_front();
        }
    }

    /// Notes an event.
    pub async fn note(&self, event: AccessEvent) {
        // It fails when the task has ended, which it does with the server.
        self.messages
            .send(Message::Event(Box::new(event)))
            .await
            .ok();
    }

    /// Waits until everything that was noted is written.
    pub async fn flush(&self) {
        let (sender, written) = oneshot::channel();
        if self.messages.send(Message::Flush(sender)).await.is_ok() {
            written.await.ok();
        }
    }
}

fn hash_of(subject: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    subject.hash(&mut hasher);
    hasher.finish()
}

async fn write(store: Store, mut messages: mpsc::Receiver<Message>) {
    let mut waiting = Vec::new();
    while messages.recv_many(&mut waiting, MOST_AT_ONCE).await > 0 {
        let (mut events, mut asked) = (Vec::new(), Vec::new());
        for message in waiting.drain(..) {
            match message {
                Message::Event(event) => events.push(*event),
                Message::Flush(sender) => asked.push(sender),
            }
        }
        while let Err(error) = store.record_access(&events).await {
            tracing::error!(error = %error, "the record of who looked cannot be written, and waits");
            tokio::time::sleep(AGAIN).await;
        }
        for sender in asked {
            sender.send(()).ok();
        }
    }
}

/// What a handler did, for the record: it knows more of it than the request says. Never a password.
#[derive(Debug, Clone)]
pub struct Done(pub String);

/// Notes what is asked, once it was answered. What nobody may see was not seen, and is noted as refused; what did not
/// work, as failed.
///
/// What changes something goes on when whoever asked hangs up: else it could be done and not be noted.
pub async fn record(State(access): State<Access>, request: Request, next: Next) -> Response {
    if *request.method() != Method::POST {
        return recorded(access, request, next).await;
    }
    let recording = tokio::spawn(request_id::carried(recorded(access, request, next)));
    recording.await.unwrap_or_else(|error| {
        tracing::error!(error = %error, "a change was abandoned");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })
}

async fn recorded(access: Access, request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>();
    // Where there are no accounts, everybody is the same.
    let viewer = viewer.filter(|viewer| viewer.account_id.is_some());
    let account = viewer.map(|viewer| (viewer.account_id.clone(), viewer.username.clone()));
    let asked = asked(request.method(), request.uri());
    let address = address_of(request.extensions());
    let is_asking = *request.method() != Method::POST;
    let response = next.run(request).await;
    let (Some((account_id, username)), Some(asked)) = (account, asked) else {
        return response;
    };
    let action = match (response.status().as_u16(), is_asking) {
        (401 | 403, _) => format!("{}_refused", asked.action),
        // Who is led elsewhere is noted there.
        (300..400, true) => return response,
        (400.., false) => format!("{}_failed", asked.action),
        _ => asked.action.to_owned(),
    };
    let of_whom = account_id.as_deref().unwrap_or_default();
    if asked.is_part && access.audit().is_known(of_whom, &asked.subject) {
        return response;
    }
    access.audit().keep_known(of_whom, &asked.subject);
    let subject = match response.extensions().get::<Done>() {
        Some(Done(done)) => done.clone(),
        None => asked.subject,
    };
    let event = AccessEvent {
        at_ms: Utc::now().timestamp_millis(),
        account_id,
        username,
        action,
        subject,
        address,
    };
    access.audit().note(event).await;
    response
}

/// What a request looks at or changes.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    action: &'static str,
    subject: String,
    /// Whether it is a part of a page: noted once with the page, whichever comes first.
    is_part: bool,
}

impl Asked {
    fn new(action: &'static str, subject: impl Into<String>) -> Asked {
        Asked {
            action,
            subject: subject.into(),
            is_part: false,
        }
    }
}

/// `None` for what says nothing of anybody.
fn asked(method: &Method, uri: &Uri) -> Option<Asked> {
    let (path, query) = (uri.path(), uri.query().unwrap_or_default());
    if *method == Method::POST {
        return match path {
            "/api/imports" => Some(Asked::new("import", "")),
            "/api/groups" | "/api/groups/remove" => Some(Asked::new("groups", path)),
            "/api/registrations" | "/api/registrations/remove" => {
                Some(Asked::new("registrations", path))
            }
            "/account/change"
            | "/account/second-factor"
            | "/account/tokens"
            | "/accounts/change"
            | "/views"
            | "/v" => Some(Asked::new("change", path)),
            "/unmask" => Some(Asked::new("unmask", "")),
            "/my-sign-ins/say" => Some(Asked::new("report", "")),
            "/sign-out" => Some(Asked::new("sign_out", "")),
            _ => None,
        };
    }
    if let Some(part) = path.strip_prefix("/api/ui/") {
        let fields: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
        let field = |name: &str| {
            let mut fields = fields.iter();
            fields
                .find(|(field, _)| field == name)
                .map(|(_, value)| value)
        };
        let address = field("address")?;
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let Some(part) = part.strip_prefix("part/") else {
            return of_page(path, query);
        };
        if part == "shortcuts" {
            return None;
        }
        // Parts ask the log, whatever page they say that they are of.
        let asked = match (field("row"), field("of")) {
            // Whoever points at many cells has not opened as many sign-ins.
            (Some(row), _) => Asked::new("value", format!("/sign-ins?row={row}")),
            (None, Some(of)) => Asked::new("query", whole("/sign-ins", of)),
            (None, None) => {
                let asked = of_page(path, query);
                asked.unwrap_or_else(|| Asked::new("query", whole("/sign-ins", query)))
            }
        };
        return Some(Asked {
            is_part: true,
            ..asked
        });
    }
    if path == DOWNLOAD_PATH {
        return Some(Asked::new("audit_download", whole(PATH, query)));
    }
    if path.starts_with("/api/rejects") {
        return Some(Asked::new("download", path));
    }
    if let Some(rest) = path.strip_prefix("/api/v1/signins") {
        return match rest {
            "/download" => Some(Asked::new("download", query)),
            "" | "/" | "/histogram" | "/facets" | "/groups" | "/stream" => {
                Some(Asked::new("query", whole("/sign-ins", query)))
            }
            id => Some(Asked::new("open", id.trim_start_matches('/'))),
        };
    }
    if path.starts_with("/api/v1/insights/") {
        return Some(Asked::new("query", whole(path, query)));
    }
    match path.starts_with("/api/") || path.starts_with("/v/") {
        true => None,
        false => of_page(path, query),
    }
}

/// What a page shows. The path is read as pages read it, and what is not known here is noted as well.
fn of_page(path: &str, query: &str) -> Option<Asked> {
    let mut segments = path.split('/').filter(|part| !part.is_empty());
    let first = segments.next().map(Url::unescape).unwrap_or_default();
    let subject = whole(path, query);
    match first.as_str() {
        "" | "sign-ins" => {
            let names = query.split('&').filter_map(|part| part.split('=').next());
            let is_open = names
                .map(Url::unescape)
                .any(|name| name == "row" || name == "compare");
            Some(Asked::new(
                if is_open { "open" } else { "query" },
                whole("/sign-ins", query),
            ))
        }
        "my-sign-ins" => Some(Asked::new("own", subject)),
        // It shows the beginning of records that were refused, and loads itself anew while files come in.
        "import" => Some(Asked {
            is_part: true,
            ..Asked::new("query", subject)
        }),
        "accounts" | "access-audit" | "person-reports" => Some(Asked::new("settings", subject)),
        // They show nothing of anybody else.
        "account" | "shortcuts" | "forbidden" | "sign-in" | "set-up" | "healthz" | "readyz" => None,
        _ => Some(Asked::new("query", subject)),
    }
}

fn whole(path: &str, query: &str) -> String {
    match query {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use state::AccessAsk;

    use super::*;

    #[test]
    fn what_is_looked_at_is_noted_once_and_in_words() {
        for (method, uri, noted) in [
            (
                Method::GET,
                "/sign-ins?range=7d",
                Some(("query", "/sign-ins?range=7d")),
            ),
            (Method::GET, "/", Some(("query", "/sign-ins"))),
            (
                Method::GET,
                "/sign-ins?f=a:eq:b&row=x",
                Some(("open", "/sign-ins?f=a:eq:b&row=x")),
            ),
            (
                Method::GET,
                "/sign-ins?%72ow=x&compare=y",
                Some(("open", "/sign-ins?%72ow=x&compare=y")),
            ),
            (
                Method::GET,
                "/%73ign-ins?q=ceo",
                Some(("query", "/sign-ins?q=ceo")),
            ),
            (Method::GET, "//sign-ins", Some(("query", "/sign-ins"))),
            (
                Method::GET,
                "/api/ui/sheet?address=%2F%2573ign-ins%3Fq%3Dceo",
                Some(("query", "/sign-ins?q=ceo")),
            ),
            (
                Method::GET,
                "/api/ui/part/rows?address=%2Fsign-ins%3Fq%3Dceo",
                Some(("query", "/sign-ins?q=ceo")),
            ),
            (
                Method::GET,
                "/api/ui/part/rows?address=%2Faccount%3Ff%3Duser%3Aeq%3Aceo",
                Some(("query", "/sign-ins?f=user:eq:ceo")),
            ),
            (
                Method::GET,
                "/api/ui/part/verbs?address=%2Fshortcuts&row=x&column=user",
                Some(("value", "/sign-ins?row=x")),
            ),
            (
                Method::GET,
                "/api/ui/part/members?address=%2Fsign-ins&of=f%3Duser%3Aeq%3Aann",
                Some(("query", "/sign-ins?f=user:eq:ann")),
            ),
            (Method::GET, "/api/ui/part/shortcuts?address=%2F", None),
            (
                Method::GET,
                "/users/ann?range=7d",
                Some(("query", "/users/ann?range=7d")),
            ),
            (
                Method::GET,
                "/something-new",
                Some(("query", "/something-new")),
            ),
            (Method::GET, "/api/v1/signins/x", Some(("open", "x"))),
            (
                Method::GET,
                "/api/v1/signins/download?format=csv",
                Some(("download", "format=csv")),
            ),
            (
                Method::GET,
                "/api/v1/insights/applications?range=7d",
                Some(("query", "/api/v1/insights/applications?range=7d")),
            ),
            (
                Method::GET,
                "/api/access-audit.csv?who=ann",
                Some(("audit_download", "/access-audit?who=ann")),
            ),
            (
                Method::GET,
                "/api/rejects.ndjson",
                Some(("download", "/api/rejects.ndjson")),
            ),
            (
                Method::POST,
                "/accounts/change",
                Some(("change", "/accounts/change")),
            ),
            (Method::GET, "/my-sign-ins", Some(("own", "/my-sign-ins"))),
            (Method::GET, "/import", Some(("query", "/import"))),
            (Method::GET, "/account", None),
            (Method::POST, "/preferences/theme", None),
        ] {
            let found = asked(&method, &uri.parse().expect("an address"));
            let found = found
                .as_ref()
                .map(|asked| (asked.action, asked.subject.as_str()));
            assert_eq!(found, noted, "{method} {uri}");
        }
    }

    #[tokio::test]
    async fn what_is_noted_is_written_in_its_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a state");
        let audit = Audit::start(store.clone());
        for number in 0..2_500 {
            let event = AccessEvent {
                at_ms: number,
                action: "query".to_owned(),
                ..AccessEvent::default()
            };
            audit.note(event).await;
        }
        audit.flush().await;
        let (rows, faults) = store.check_access_events().await.expect("looked at");
        assert_eq!((rows, faults), (2_500, Vec::new()));
        let newest = store.access_events(&AccessAsk::default(), 1).await;
        assert_eq!(newest.expect("events").events[0].1.at_ms, 2_499);
    }
}
