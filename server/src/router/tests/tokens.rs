//! A token opens the routes that its scope names, and nothing else, on every route there is.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

use super::{HOST, House, house};
use crate::access::{Needs, tokens};

async fn token(house: &House, scopes: &[&str]) -> String {
    let store = house.access.store();
    let account = store.account_of_username("global_administrator").await;
    let account = account.expect("an account").expect("an account");
    let token = tokens::new();
    let hash = tokens::hash_of(&token);
    let named = ("script", scopes);
    let made = store.add_api_token(&account.id, named, &hash, (0, i64::MAX));
    made.await.expect("a token");
    token
}

async fn status(house: &House, method: &str, path: &str, token: &str) -> StatusCode {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, HOST)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::empty())
        .expect("a request");
    let Ok(answer) = house.router.clone().oneshot(request).await;
    answer.status()
}

#[tokio::test]
async fn each_scope_opens_its_routes_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = house(folder.path()).await;
    let scopes: [&[&str]; 4] = [
        &["sign_ins"],
        &["import"],
        &["sign_ins", "import"],
        &["accounts"],
    ];
    let mut opened = 0;
    for scopes in scopes {
        let token = token(&house, scopes).await;
        for declared in &house.declared {
            let is_for_programs =
                declared.path.starts_with("/api/v1/") || declared.path.starts_with("/api/imports");
            let is_open = match declared.needs {
                Needs::Nothing => continue,
                Needs::Right(right) => is_for_programs && scopes.contains(&right.id()),
                Needs::SignIn | Needs::Page => false,
            };
            let path = declared.path.replace('{', "").replace(['}', '*'], "");
            let method = declared.method.as_str();
            let status = status(&house, method, &path, &token).await;
            assert_eq!(
                status != StatusCode::FORBIDDEN,
                is_open,
                "{method} {path} with {scopes:?}: {status}"
            );
            opened += usize::from(is_open);
        }
    }
    assert!(opened > 16, "{opened}");
}
