//! Somebody with a browser: follows no redirect by itself, and keeps the session's cookie, which the client would send
//! over https only.

use reqwest::{Client, RequestBuilder, Response, header};

use crate::{Server, Vestibule, client};

/// The session's cookie.
pub const COOKIE: &str = "__Host-vestibule_session";
/// The password of every account in tests.
pub const PASSWORD: &str = "correct horse battery staple";

/// A server with accounts.
pub fn with_accounts(vestibule: &Vestibule) -> Server {
    vestibule.serve_with(&["--accounts", "on"])
}

/// Makes an account with [`PASSWORD`]. The first one is an administrator.
///
/// # Panics
/// When it cannot be made.
pub fn add_account(vestibule: &Vestibule, username: &str, role: &str) {
    add_person(vestibule, username, role, &[]);
}

/// The same with what else `user add` takes.
///
/// # Panics
/// When it cannot be made.
pub fn add_person(vestibule: &Vestibule, username: &str, role: &str, more: &[&str]) {
    let mut arguments = vec!["user", "add", username, "--role", role, "--password-stdin"];
    arguments.extend(more);
    let outcome = vestibule.run_with_input(&arguments, format!("{PASSWORD}\n").as_bytes());
    outcome.expect_code(0);
}

/// A browser.
pub struct Browser {
    /// What asks.
    pub client: Client,
    base: String,
    /// Sent with every request.
    headers: Vec<(String, String)>,
    /// The session's secret, once there is one.
    pub cookie: Option<String>,
}

impl Browser {
    /// One that asks a server where it says that it is.
    pub fn new(server: &Server) -> Browser {
        Browser::with(client(), &server.at(""))
    }

    /// One that asks by a client of its own, at an address without a path.
    pub fn with(client: Client, base: &str) -> Browser {
        Browser {
            client,
            base: base.to_owned(),
            headers: Vec::new(),
            cookie: None,
        }
    }

    /// Sends a header with every request.
    #[must_use]
    pub fn sending(mut self, name: &str, value: &str) -> Browser {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Asks for a path.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn get(&mut self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.base));
        self.send(request).await
    }

    /// Sends a form.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}{path}", self.base));
        self.send(with_form(request, fields)).await
    }

    /// Types a user name and [`PASSWORD`].
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn sign_in(&mut self, username: &str) -> Response {
        let fields = [("username", username), ("password", PASSWORD)];
        self.post("/sign-in", &fields).await
    }

    /// Sends a request with what this browser sends, and keeps the cookie that comes.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn send(&mut self, mut request: RequestBuilder) -> Response {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("{COOKIE}={cookie}"));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let answer = request.send().await;
        let answer = answer.unwrap_or_else(|error| panic!("no answer: {error:?}"));
        let set = answer.headers().get_all(header::SET_COOKIE).iter();
        let own = format!("{COOKIE}=");
        for cookie in set.filter_map(|cookie| cookie.to_str().ok()) {
            let Some(rest) = cookie.strip_prefix(&own) else {
                continue;
            };
            // What browsers ask of a cookie with this name.
            for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(part), "{cookie} lacks {part}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
            let secret = rest.split(';').next().unwrap_or_default();
            self.cookie = Some(secret.to_owned()).filter(|secret| !secret.is_empty());
        }
        answer
    }
}

/// A request with a form.
pub fn with_form(request: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    request
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body)
}

/// Where an answer leads.
pub fn way(answer: &Response) -> &str {
    let location = answer.headers().get(header::LOCATION);
    location.and_then(|to| to.to_str().ok()).unwrap_or_default()
}

/// A header of an answer; nothing where it has none.
pub fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}
