//! Somebody with an account, and what their browser does with a server.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use reqwest::{Client, RequestBuilder, Response, header};

use crate::{Server, Vestibule, client};

/// The session's cookie.
pub const COOKIE: &str = "__Host-vestibule_session";
/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";

/// A server with accounts.
pub fn with_accounts(vestibule: &Vestibule) -> Server {
    vestibule.serve_with(&["--accounts", "on"])
}

/// Makes an account with [`PASSWORD`]. The first one is an administrator.
pub fn add_account(vestibule: &Vestibule, username: &str, role: &str) {
    let arguments = ["user", "add", username, "--role", role, "--password-stdin"];
    let outcome = vestibule.run_with_input(&arguments, format!("{PASSWORD}\n").as_bytes());
    outcome.expect_code(0);
}

/// A browser: it follows no redirect by itself, and keeps the session's cookie, which the client would send over TLS
/// only.
pub struct Browser<'a> {
    server: &'a Server,
    /// What asks.
    pub client: Client,
    /// The session's cookie.
    pub cookie: Option<String>,
}

impl<'a> Browser<'a> {
    /// One that was never here.
    pub fn new(server: &'a Server) -> Browser<'a> {
        Browser {
            server,
            client: client(),
            cookie: None,
        }
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Response {
        let request = self.client.get(self.server.at(path));
        self.send(request).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(self.server.at(path));
        self.send(with_form(request, fields)).await
    }

    /// Sends a request with the cookie, and keeps the one that comes.
    pub async fn send(&mut self, mut request: RequestBuilder) -> Response {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("{COOKIE}={cookie}"));
        }
        let answer = request.send().await.expect("an answer");
        let set = answer.headers().get_all(header::SET_COOKIE).iter();
        for cookie in set.filter_map(|cookie| cookie.to_str().ok()) {
            if let Some(rest) = cookie.strip_prefix(&format!("{COOKIE}=")) {
                // One that is taken back has a name and an end only.
                if rest.starts_with(';') {
                    self.cookie = None;
                    continue;
                }
                for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                    assert!(cookie.contains(part), "{cookie} lacks {part}");
                }
                assert!(!cookie.contains("Domain"), "{cookie}");
                self.cookie = rest.split(';').next().map(str::to_owned);
            }
        }
        answer
    }

    /// Types a user name and [`PASSWORD`].
    pub async fn sign_in(&mut self, username: &str) -> Response {
        self.post(
            "/sign-in",
            &[("username", username), ("password", PASSWORD)],
        )
        .await
    }
}

/// The request with the fields of a form.
pub fn with_form(request: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    request
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body)
}

/// Where an answer leads to.
pub fn way(answer: &Response) -> &str {
    let location = answer.headers().get(header::LOCATION);
    location.and_then(|to| to.to_str().ok()).unwrap_or_default()
}
