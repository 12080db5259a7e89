//! Every route is tried as nobody and as every role, and answers as the table of roles says.

mod tokens;

use std::path::Path;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use lake::Lake;
use model::access::{Role, Roles};
use state::{AccessAsk, AccountToAdd};
use tower::ServiceExt;

use super::*;
use crate::access::guard::Declared;
use crate::access::sessions::COOKIE;
use crate::config::Settings;
use crate::groups::Groups;
use crate::jobs::memory::Memory;
use crate::registrations::Registrations;

const PASSWORD: &str = "correct horse battery staple";
const HOST: &str = "127.0.0.1:3000";

/// What each page needs, written down apart from the program's own list. `None`: that somebody is signed in.
const PAGES: [(&str, Option<Right>); 33] = [
    ("/overview", Some(Right::SignIns)),
    ("/insights/authentication-methods", Some(Right::SignIns)),
    ("/sign-ins", Some(Right::SignIns)),
    ("/sign-ins?from=&row=x", Some(Right::SignIns)),
    ("/sign-ins/columns", Some(Right::SignIns)),
    ("/users", Some(Right::SignIns)),
    ("/users/x", Some(Right::SignIns)),
    ("/ip/203.0.113.9", Some(Right::SignIns)),
    ("/applications", Some(Right::SignIns)),
    ("/applications/x", Some(Right::SignIns)),
    ("/groups", Some(Right::SignIns)),
    ("/groups/x", Some(Right::SignIns)),
    ("/map", Some(Right::SignIns)),
    ("/errors", Some(Right::SignIns)),
    ("/insights/applications", Some(Right::SignIns)),
    ("/insights/policies", Some(Right::ConditionalAccess)),
    ("/insights/applications/x", Some(Right::SignIns)),
    ("/insights/lists", Some(Right::SignIns)),
    (
        "/insights/authentication-methods/registration",
        Some(Right::SignIns),
    ),
    (
        "/insights/authentication-methods/details",
        Some(Right::SignIns),
    ),
    (
        "/insights/authentication-methods/details?auth_method=email",
        Some(Right::SignIns),
    ),
    (
        "/insights/authentication-methods/events",
        Some(Right::SignIns),
    ),
    ("/errors/50126", Some(Right::SignIns)),
    ("//sign-ins", Some(Right::SignIns)),
    ("/%73ign-ins", Some(Right::SignIns)),
    ("/import", Some(Right::Import)),
    ("/import/1", Some(Right::Import)),
    ("/accounts", Some(Right::Accounts)),
    ("/access-audit", Some(Right::AccessAudit)),
    ("/my-sign-ins", Some(Right::OwnSignIns)),
    ("/person-reports", Some(Right::PersonReports)),
    ("/account", None),
    ("/shortcuts", None),
];

struct House {
    router: Router,
    declared: Vec<Declared>,
    access: Access,
    /// The cookie of somebody of each role; none for nobody.
    people: Vec<(Option<Role>, Option<String>)>,
}

async fn house(folder: &Path) -> House {
    let settings = Settings {
        data: Some(folder.to_owned()),
        ..Settings::default()
    };
    let config = Config::load(settings, None).expect("a configuration");
    let lake = Lake::open(&config.lake_folder()).await.expect("a lake");
    let memory = Memory::open(&config.snapshot_folder(), 0);
    let store = Store::open(&config.state_folder()).await.expect("a state");
    let access = Access::new(store.clone(), true, &[]).await.expect("hashes");
    let hash = access.passwords().hash_of_new(PASSWORD, "x").await;
    let hash = hash.expect("a hash");
    for role in Role::ALL {
        let account = AccountToAdd {
            username: role.id().to_owned(),
            roles: Roles::of([role]),
            password_hash: Some(hash.clone()),
            ..AccountToAdd::default()
        };
        store.add_account(account, 0).await.expect("an account");
    }
    let groups = Groups::new(store.clone());
    let registrations = Registrations::new(store.clone());
    let backend =
        LakeBackend::new(lake, memory, groups, registrations, &config).expect("a backend");
    let backend = Arc::new(backend);
    let streams = Streams::until(tokio::sync::watch::channel(false).1);
    let state = AppState {
        backend: Arc::clone(&backend),
        assets: crate::assets::load(),
        leptos: LeptosOptions::builder().output_name("vestibule").build(),
        streams: streams.clone(),
        store: store.clone(),
        access: access.clone(),
    };
    let declared = [packed(&state, 1_000), files()];
    let declared = declared
        .iter()
        .flat_map(|routes| routes.declared().to_vec());
    let declared = declared.collect();
    let router = router(
        backend,
        store,
        access.clone(),
        streams,
        state.assets,
        &config,
    );
    let mut people = vec![(None, None)];
    for role in Role::ALL {
        let body = format!("username={}&password={PASSWORD}", role.id());
        let answer = asked(&router, "POST", "/sign-in", None, &body).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{role:?}");
        let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("text");
        let cookie = cookie.split(';').next().expect("a cookie");
        assert!(cookie.starts_with(COOKIE), "{cookie}");
        people.push((Some(role), Some(cookie.to_owned())));
    }
    House {
        router,
        declared,
        access,
        people,
    }
}

async fn asked(
    router: &Router,
    method: &str,
    path: &str,
    cookie: Option<&str>,
    body: &str,
) -> Response<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, HOST)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let request = request
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let Ok(answer) = router.clone().oneshot(request).await;
    answer
}

/// Whether somebody was sent away: told so, or led to where people sign in.
fn is_refused(answer: &Response<Body>) -> bool {
    let location = answer.headers().get(header::LOCATION);
    let to = location.and_then(|to| to.to_str().ok()).unwrap_or_default();
    matches!(
        answer.status(),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
    ) || to.starts_with("/sign-in?to=")
        || to == "/sign-in"
        || to.starts_with("/forbidden/")
}

fn may(role: Option<Role>, needs: Needs) -> bool {
    match (needs, role) {
        (Needs::Nothing, _) => true,
        (_, None) => false,
        (Needs::Right(right), Some(role)) => Roles::of([role]).may(right),
        (Needs::SignIn | Needs::Page, Some(_)) => true,
    }
}

#[tokio::test]
async fn every_route_is_open_to_those_whom_the_table_names_and_to_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = house(folder.path()).await;
    let mut tried = 0;
    for declared in &house.declared {
        // Pages are tried below. Leaving ends the sessions that the others need.
        if declared.needs == Needs::Page || declared.path == "/sign-out" {
            continue;
        }
        let path = declared
            .path
            .replace("{name}", "shortcuts")
            .replace('{', "")
            .replace(['}', '*'], "");
        // What is asked of it is left out, so that nothing is done: it is refused for that, or not at all.
        for (role, cookie) in &house.people {
            let method = declared.method.as_str();
            let answer = asked(&house.router, method, &path, cookie.as_deref(), "").await;
            let set_up =
                matches!(path.as_str(), "/set-up") && answer.status() == StatusCode::SEE_OTHER;
            assert_eq!(
                is_refused(&answer) && !set_up,
                !may(*role, declared.needs),
                "{method} {path} as {role:?}: {}",
                answer.status()
            );
            tried += 1;
        }
    }
    for (page, right) in PAGES {
        let needs = right.map_or(Needs::SignIn, Needs::Right);
        let address = page.replace('%', "%25").replace('&', "%26");
        let sheet = format!("/api/ui/sheet?address={address}");
        for path in [page.to_owned(), sheet] {
            for (role, cookie) in &house.people {
                let answer = asked(&house.router, "GET", &path, cookie.as_deref(), "").await;
                assert_eq!(
                    is_refused(&answer),
                    !may(*role, needs),
                    "{path} as {role:?}: {}",
                    answer.status()
                );
                tried += 1;
            }
        }
    }
    // Whoever saw a page with sign-ins, on whichever way, is in the record.
    house.access.audit().flush().await;
    let events = house
        .access
        .store()
        .access_events(&AccessAsk::default(), 100_000)
        .await;
    let events = events.expect("the record").events;
    let with_sign_ins = PAGES
        .iter()
        .filter(|(_, right)| *right == Some(Right::SignIns));
    let readers = Role::ALL
        .into_iter()
        .filter(|role| Roles::of([*role]).may(Right::SignIns));
    for role in readers {
        let seen = events.iter().filter(|(_, event)| {
            event.username == role.id()
                && !event.subject.starts_with("/api")
                && matches!(event.action.as_str(), "query" | "open")
        });
        let pages = with_sign_ins.clone().count();
        assert!(
            seen.count() >= 2 * pages,
            "{role:?} saw {pages} pages, twice each"
        );
    }
    for (role, cookie) in &house.people {
        let path = "/api/ui/part/rows?address=%2Fsign-ins";
        let answer = asked(&house.router, "GET", path, cookie.as_deref(), "").await;
        let needs = Needs::Right(Right::SignIns);
        assert_eq!(
            is_refused(&answer),
            !may(*role, needs),
            "{path} as {role:?}"
        );
        tried += 1;
    }
    println!(
        "{tried} requests: {} routes and {} pages as nobody and as {} roles",
        house.declared.len(),
        PAGES.len(),
        Role::ALL.len()
    );
}

#[tokio::test]
async fn every_server_function_asks_for_its_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = house(folder.path()).await;
    let functions: Vec<(&str, axum::http::Method)> =
        leptos::server_fn::axum::server_fn_paths().collect();
    assert!(!functions.is_empty());
    for (path, method) in functions {
        for (role, cookie) in &house.people {
            let path = format!("{path}?id=1");
            let answer = asked(&house.router, method.as_str(), &path, cookie.as_deref(), "").await;
            // All of them are about imports.
            let is_open = may(*role, Needs::Right(Right::Import));
            assert_eq!(answer.status().is_success(), is_open, "{path} as {role:?}");
        }
    }
}

#[tokio::test]
async fn without_accounts_whoever_sits_here_may_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings {
        data: Some(folder.path().to_owned()),
        ..Settings::default()
    };
    let config = Config::load(settings, None).expect("a configuration");
    let lake = Lake::open(&config.lake_folder()).await.expect("a lake");
    let memory = Memory::open(&config.snapshot_folder(), 0);
    let store = Store::open(&config.state_folder()).await.expect("a state");
    let access = Access::new(store.clone(), false, &[])
        .await
        .expect("hashes");
    let groups = Groups::new(store.clone());
    let registrations = Registrations::new(store.clone());
    let backend =
        LakeBackend::new(lake, memory, groups, registrations, &config).expect("a backend");
    let streams = Streams::until(tokio::sync::watch::channel(false).1);
    let assets = crate::assets::load();
    let router = router(Arc::new(backend), store, access, streams, assets, &config);
    for (page, _) in PAGES {
        let answer = asked(&router, "GET", page, None, "").await;
        assert!(!is_refused(&answer), "{page}: {}", answer.status());
    }
}
