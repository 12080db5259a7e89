//! A server that leads people to the provider of a test, and browsers that go there.

use std::collections::BTreeMap;

use reqwest::{Client, RequestBuilder, Response, header};
use tests::provider::keys::Key;
use tests::provider::{CLIENT_ID, CLIENT_SECRET, TestProvider};
use tests::{Server, Vestibule, client};
use url::Url;

pub const PASSWORD: &str = "correct horse battery staple";
pub const SESSION: &str = "__Host-vestibule_session";
const ROLES: &str = "Vestibule.Reader=security_reader;Vestibule.Admin=global_administrator";

/// A server that leads people to a provider, with a local administrator, `boss`.
pub struct Portal {
    pub vestibule: Vestibule,
    pub provider: TestProvider,
    pub server: Server,
}

impl Portal {
    pub async fn new() -> Portal {
        Portal::with_key(Key::curve("first")).await
    }

    pub async fn with_key(key: Key) -> Portal {
        let (vestibule, provider) = (Vestibule::new(), TestProvider::start(key).await);
        let boss = [
            "user",
            "add",
            "boss",
            "--role",
            "global_administrator",
            "--password-stdin",
        ];
        let made = vestibule.run_with_input(&boss, format!("{PASSWORD}\n").as_bytes());
        made.expect_code(0);
        let secret = vestibule.file("secret", format!("{CLIENT_SECRET}\n"));
        let secret = secret.display().to_string();
        let log = vestibule.file("server.log", "");
        let log = std::fs::File::create(log).expect("a log");
        let arguments = [
            ["--accounts", "on"],
            ["--oidc-issuer", provider.issuer()],
            ["--oidc-client-id", CLIENT_ID],
            ["--oidc-client-secret-file", secret.as_str()],
            ["--oidc-roles", ROLES],
        ];
        let server = vestibule.serve_and_log(arguments.as_flattened(), log);
        Portal {
            vestibule,
            provider,
            server,
        }
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser {
            server: &self.server,
            client: client(),
            cookies: BTreeMap::new(),
        }
    }

    /// What the server has logged so far.
    pub fn log(&self) -> String {
        let path = self.vestibule.data().with_file_name("server.log");
        std::fs::read_to_string(path).expect("a log")
    }

    /// What the record of who looked at what says of those who stayed out and came in, the newest first.
    pub async fn record(&self) -> String {
        let mut boss = self.browser();
        let fields = [("username", "boss"), ("password", PASSWORD)];
        assert_eq!(boss.post("/sign-in", &fields).await.status(), 303);
        boss.get("/access-audit")
            .await
            .text()
            .await
            .expect("a page")
    }
}

/// A browser that keeps cookies, and follows no redirect by itself.
pub struct Browser<'a> {
    server: &'a Server,
    client: Client,
    pub cookies: BTreeMap<String, String>,
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Response {
        let request = self.client.get(self.server.at(path));
        self.send(request).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self
            .client
            .post(self.server.at(path))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        self.send(request).await
    }

    pub async fn send(&mut self, request: RequestBuilder) -> Response {
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request.header(header::COOKIE, pairs.join("; "));
        let answer = request.send().await.expect("an answer");
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("text");
            let (pair, rest) = cookie.split_once(';').expect("a cookie");
            for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                assert!(rest.contains(part), "{cookie} lacks {part}");
            }
            let (name, value) = pair.split_once('=').expect("a cookie");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    /// Presses the button, and gives the address that the page leads to.
    pub async fn leave(&mut self, to: &str) -> Url {
        let answer = self.post("/sign-in/provider", &[("to", to)]).await;
        assert_eq!(answer.status(), 200);
        let page = answer.text().await.expect("a page");
        let (_, rest) = page
            .split_once("content=\"0; url=")
            .expect("a page that leads on");
        let (address, _) = rest.split_once('"').expect("an address");
        Url::parse(&address.replace("&amp;", "&")).expect("an address")
    }

    /// Comes back with a code that the provider gave.
    pub async fn come_back(&mut self, provider: &TestProvider, address: &Url) -> Response {
        let code = provider.grant(address);
        let state = state_of(address);
        self.get(&format!("/sign-in/return?code={code}&state={state}"))
            .await
    }

    /// There and back.
    pub async fn sign_in(&mut self, provider: &TestProvider) -> Response {
        let address = self.leave("/").await;
        self.come_back(provider, &address).await
    }

    pub async fn is_signed_in(&mut self) -> bool {
        self.get("/account").await.status() == 200
    }
}

pub fn state_of(address: &Url) -> String {
    let found = address.query_pairs().find(|(name, _)| name == "state");
    found.expect("a state").1.into_owned()
}

pub fn way(answer: &Response) -> &str {
    let location = answer.headers().get(header::LOCATION);
    location.and_then(|to| to.to_str().ok()).unwrap_or_default()
}

/// Fails unless the answer is the page for this cause.
pub async fn expect_cause(answer: Response, status: u16, cause: &str, what: &str) {
    let found = answer.status().as_u16();
    let page = answer.text().await.expect("a page");
    let said = page.contains(&format!("says more under {cause}."));
    assert!(said, "{what}: {cause} is not the cause in {page}");
    assert_eq!(found, status, "{what}");
}
