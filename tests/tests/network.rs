//! How the server is reached: by https of its own, behind a proxy, and in neither way from where nobody should.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::{Certificate, Client, StatusCode};
use tests::browser::{Browser, add_account, header, way};
use tests::{Server, Vestibule, client, free_port};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const NAME: &str = "portal.example";
const HSTS: &str = "strict-transport-security";

/// A certificate for the name with its key, both as PEM.
fn made() -> (String, String) {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("a pair");
    (made.cert.pem(), made.signing_key.serialize_pem())
}

struct Encrypted {
    vestibule: Vestibule,
    certificate: PathBuf,
    key: PathBuf,
    port: u16,
}

impl Encrypted {
    fn new(pair: &(String, String)) -> Encrypted {
        let vestibule = Vestibule::new();
        Encrypted {
            certificate: vestibule.file("certificate.pem", &pair.0),
            key: vestibule.file("key.pem", &pair.1),
            port: free_port(),
            vestibule,
        }
    }

    fn arguments(&self, address: &str) -> Vec<String> {
        let listen = format!("{address}:{}", self.port);
        let public = format!("https://{NAME}:{}", self.port);
        let files = [&self.certificate, &self.key].map(|path| path.display().to_string());
        let [certificate, key] = files;
        [
            "--listen",
            &listen,
            "--public-address",
            &public,
            "--tls-certificate",
            &certificate,
            "--tls-key",
            &key,
            "--accounts",
            "on",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    /// A client that finds the name here, and trusts this certificate and no other.
    fn client(&self, certificate: &str) -> Client {
        let root = Certificate::from_pem(certificate.as_bytes()).expect("a certificate");
        Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .tls_certs_only([root])
            .resolve(NAME, SocketAddr::from(([127, 0, 0, 1], self.port)))
            .build()
            .expect("a client")
    }
}

fn borrowed(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

#[tokio::test]
async fn https_of_its_own_takes_people_in_and_renews_its_certificate() {
    let (first, second) = (made(), made());
    let house = Encrypted::new(&first);
    add_account(&house.vestibule, "ann", "global_administrator");
    let log = house.vestibule.file("log", "");
    let file = std::fs::File::create(&log).expect("a log");
    let arguments = house.arguments("127.0.0.1");
    let arguments = [borrowed(&arguments), vec!["--log", "info"]].concat();
    let server = house.vestibule.serve_and_log(&arguments, file);
    assert_eq!(server.at(""), format!("https://{NAME}:{}", house.port));

    let mut ann = Browser::with(house.client(&first.0), &server.at(""));
    ann.sign_in("ann").await;
    let page = ann.get("/sign-ins").await;
    assert_eq!(page.status(), 200);
    assert_eq!(header(&page, HSTS), "max-age=31536000");
    // Its own form, from a browser that says where it comes from in the older way.
    let mut ann = ann.sending("origin", &server.at(""));
    let answer = ann.post("/preferences/theme", &[("theme", "dark")]).await;
    assert_eq!(answer.status(), 303);
    // Links to it are by https.
    let page = ann.get("/sign-ins").await.text().await.expect("a page");
    assert!(!page.contains("http://portal.example"), "{page}");

    // In the open nothing is answered.
    let address = SocketAddr::from(([127, 0, 0, 1], house.port));
    let mut plain = TcpStream::connect(address).await.expect("a connection");
    let ask = format!(
        "GET /sign-in HTTP/1.1\r\nHost: {NAME}:{}\r\n\r\n",
        house.port
    );
    plain.write_all(ask.as_bytes()).await.expect("said");
    let mut heard = Vec::new();
    plain.read_to_end(&mut heard).await.ok();
    assert!(
        !String::from_utf8_lossy(&heard).contains("HTTP/"),
        "{heard:?}"
    );

    // A broken certificate changes nothing; a new one is taken.
    std::fs::write(&house.certificate, "nonsense").expect("written");
    server.hang_up();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let again = house
        .client(&first.0)
        .get(server.at("/sign-in"))
        .send()
        .await;
    assert_eq!(again.expect("an answer").status(), 200);
    std::fs::write(&house.certificate, &second.0).expect("written");
    std::fs::write(&house.key, &second.1).expect("written");
    server.hang_up();
    let mut renewed = None;
    for _ in 0..100 {
        let asked = house.client(&second.0).get(server.at("/sign-in")).send();
        if let Ok(answer) = asked.await {
            renewed = Some(answer.status());
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(renewed, Some(StatusCode::OK));
    assert!(
        house
            .client(&first.0)
            .get(server.at("/sign-in"))
            .send()
            .await
            .is_err()
    );
    assert!(server.end().await.is_some());
    let log = std::fs::read_to_string(log).expect("a log");
    for words in [
        "certificate.pem has no certificate in it",
        "the certificate was renewed",
    ] {
        assert!(log.contains(words), "{log}");
    }
    let secret = first.1.lines().nth(1).expect("a line of the key");
    assert!(!log.contains(secret), "the key is kept out of the log");
}

#[tokio::test]
async fn beyond_this_machine_it_takes_an_administrator_and_says_so() {
    let house = Encrypted::new(&made());
    let certificate = std::fs::read_to_string(&house.certificate).expect("a certificate");
    let arguments = house.arguments("0.0.0.0");
    let refused = house
        .vestibule
        .run(&[&["serve"][..], &borrowed(&arguments)].concat());
    let refused = refused.expect_code(1).stderr;
    assert!(refused.contains("vestibule user add"), "{refused}");
    add_account(&house.vestibule, "ann", "global_administrator");
    let server = house.vestibule.serve_with(&borrowed(&arguments));
    let mut ann = Browser::with(house.client(&certificate), &server.at(""));
    ann.sign_in("ann").await;
    assert_eq!(ann.get("/accounts").await.status(), 200);
}

#[tokio::test]
async fn in_the_open_it_warns_at_every_start() {
    let vestibule = Vestibule::new();
    let port = free_port();
    let listen = format!("0.0.0.0:{port}");
    let public = format!("http://127.0.0.1:{port}");
    let arguments = ["--listen", &listen, "--public-address", &public];
    let refused = vestibule
        .run(&[&["serve"][..], &arguments].concat())
        .expect_code(1);
    assert!(
        refused.stderr.contains("would travel in the open"),
        "{refused:?}"
    );
    let log = vestibule.file("log", "");
    for _ in 0..2 {
        let file = std::fs::File::create(&log).expect("a log");
        let arguments = [&arguments[..], &["--listen-in-the-open"]].concat();
        let server = vestibule.serve_and_log(&arguments, file);
        assert_eq!(tests::text(&server, "/healthz").await.0, 200);
        assert!(server.end().await.is_some());
        let log = std::fs::read_to_string(&log).expect("a log");
        assert!(log.contains("listening in the open"), "{log}");
    }
}

/// A server as it is behind a proxy on this machine.
fn behind(vestibule: &Vestibule, trusted: &[&str]) -> (Server, String) {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let public = format!("https://{NAME}");
    let arguments = [
        "--listen",
        &listen,
        "--public-address",
        &public,
        "--accounts",
        "on",
    ];
    let server = vestibule.serve_with(&[&arguments[..], trusted].concat());
    (server, format!("http://{listen}"))
}

/// The newest addresses in the record of who looked at what.
async fn recorded(boss: &mut Browser, username: &str) -> String {
    let path = format!("/access-audit?who={username}");
    for _ in 0..100 {
        let page = boss.get(&path).await.text().await.expect("a page");
        let table = page.split("<tbody>").nth(1).unwrap_or_default();
        if table.contains("<tr>") {
            return table.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing is recorded of {username}");
}

#[tokio::test]
async fn a_trusted_proxy_says_who_asks_and_nobody_else_does() {
    for (trusted, address, kept) in [
        (
            &["--trusted-proxies", "127.0.0.0/8"][..],
            "203.0.113.9",
            true,
        ),
        (&["--trusted-proxies", "10.0.0.0/8"], "127.0.0.1", false),
        (&[], "127.0.0.1", false),
    ] {
        let vestibule = Vestibule::new();
        add_account(&vestibule, "ann", "user");
        add_account(&vestibule, "boss", "global_administrator");
        let (_server, base) = behind(&vestibule, trusted);
        let mut ann = Browser::with(client(), &base)
            .sending("host", NAME)
            .sending("x-forwarded-for", "198.51.100.1, 203.0.113.9")
            .sending("x-forwarded-proto", "https")
            .sending("x-request-id", "from-the-proxy-1");
        ann.sign_in("ann").await;
        let page = ann.get("/account").await;
        assert_eq!(page.status(), 200, "the cookie of https is taken back");
        assert_eq!(
            header(&page, "x-request-id") == "from-the-proxy-1",
            kept,
            "{trusted:?}"
        );
        let mut boss = Browser::with(client(), &base).sending("host", NAME);
        boss.sign_in("boss").await;
        let table = recorded(&mut boss, "ann").await;
        assert!(table.contains(address), "{trusted:?}: {table}");
        assert!(!table.contains("198.51.100.1"), "{trusted:?}: {table}");
    }
}

#[tokio::test]
async fn behind_a_proxy_forms_come_from_the_public_address_alone() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let (_server, base) = behind(&vestibule, &["--trusted-proxies", "127.0.0.1"]);
    for (origin, status) in [
        ("https://portal.example", 303),
        ("http://portal.example", 403),
        ("https://portal.example:8443", 403),
        ("https://evil.example", 403),
        ("null", 403),
    ] {
        let mut ann = Browser::with(client(), &base)
            .sending("host", NAME)
            .sending("x-forwarded-proto", "https");
        ann.sign_in("ann").await;
        let mut ann = ann.sending("origin", origin);
        let answer = ann.post("/preferences/theme", &[("theme", "dark")]).await;
        assert_eq!(answer.status(), status, "{origin}");
    }
    for host in [
        "evil.example",
        "portal.example.evil.example",
        "127.0.0.2.evil.example",
        "portal.example:8443",
    ] {
        let answer = Browser::with(client(), &base)
            .sending("host", host)
            .get("/sign-in")
            .await;
        assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
}

#[tokio::test]
async fn browsers_are_kept_to_https_where_they_came_by_it_and_never_elsewhere() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let hsts = async |base: &str, headers: &[(&str, &str)]| {
        let mut asking = Browser::with(client(), base);
        for (name, value) in headers {
            asking = asking.sending(name, value);
        }
        let answer = asking.get("/sign-in").await;
        assert_eq!(answer.status(), 200, "{headers:?}");
        !header(&answer, HSTS).is_empty()
    };
    let (server, base) = behind(&vestibule, &["--trusted-proxies", "127.0.0.1"]);
    for (headers, is_sent) in [
        (&[("host", NAME), ("x-forwarded-proto", "https")][..], true),
        (&[("host", NAME)], true),
        (&[("host", NAME), ("x-forwarded-proto", "http")], false),
        // Other things on this machine speak http.
        (&[("x-forwarded-proto", "https")], false),
    ] {
        assert_eq!(hsts(&base, headers).await, is_sent, "{headers:?}");
    }
    assert!(server.end().await.is_some());
    let server = vestibule.serve_with(&["--accounts", "on"]);
    let headers = [("x-forwarded-proto", "https")];
    assert!(
        !hsts(&server.at(""), &headers).await,
        "nobody says so who is trusted"
    );
}

#[tokio::test]
async fn each_request_has_a_name_which_is_in_its_lines_of_the_log() {
    let vestibule = Vestibule::new();
    let log = vestibule.file("log", "");
    let file = std::fs::File::create(&log).expect("a log");
    let arguments = ["--log", "info,vestibule=debug", "--log-format", "json"];
    let server = vestibule.serve_and_log(&arguments, file);
    let mut names = std::collections::BTreeSet::new();
    for path in [
        "/sign-ins",
        "/healthz",
        "/pkg/nothing",
        "/api/v1/signins",
        "/nothing",
    ] {
        let answer = client()
            .get(server.at(path))
            .send()
            .await
            .expect("an answer");
        names.insert(header(&answer, "x-request-id").to_owned());
    }
    let refused = client()
        .get(server.at("/sign-ins"))
        .header("host", "evil.example");
    let refused = refused.send().await.expect("an answer");
    names.insert(header(&refused, "x-request-id").to_owned());
    assert_eq!(names.len(), 6, "{names:?}");
    assert!(server.end().await.is_some());
    let log = std::fs::read_to_string(log).expect("a log");
    let answered: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("\"answered\""))
        .collect();
    for name in names {
        let lines = answered.iter().filter(|line| line.contains(&name));
        assert_eq!(lines.count(), 1, "{name}: {log}");
    }
}

#[tokio::test]
async fn a_page_s_burst_passes_and_a_script_has_to_wait() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = vestibule.serve_with(&["--accounts", "on"]);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let cookie = format!(
        "{}={}",
        tests::browser::COOKIE,
        ann.cookie.clone().expect("a cookie")
    );
    let burst = (0..100).map(|_| {
        let asking = client()
            .get(server.at("/account"))
            .header("cookie", &cookie);
        tokio::spawn(asking.send())
    });
    for asked in burst.collect::<Vec<_>>() {
        let answer = asked.await.expect("asked").expect("an answer");
        assert_eq!(answer.status(), 200);
    }
    let mut stranger = Browser::new(&server);
    let mut tried = 0;
    let refused = loop {
        let answer = stranger.post("/sign-in", &[("username", "ann")]).await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            break answer;
        }
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        tried += 1;
        assert!(tried < 200, "nobody says stop");
    };
    assert!(tried >= 30, "people try again: {tried}");
    let seconds: u64 = header(&refused, "retry-after").parse().expect("seconds");
    assert!((1..=10).contains(&seconds), "{seconds}");
    assert!(
        refused
            .text()
            .await
            .expect("words")
            .contains("too many requests")
    );
    // Whoever is in is not kept waiting by that, and where it is off nobody is.
    assert_eq!(ann.get("/account").await.status(), 200);
    assert!(server.end().await.is_some());
    let server = vestibule.serve_with(&["--accounts", "on", "--rate-limits", "off"]);
    let mut stranger = Browser::new(&server);
    for _ in 0..100 {
        let answer = stranger.post("/sign-in", &[("username", "ann")]).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(
        way(&stranger.get("/account").await),
        "/sign-in?to=%2Faccount"
    );
}

#[tokio::test]
async fn a_script_with_a_token_has_to_wait_sooner() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let made = vestibule
        .run(&["user", "token", "ann", "--name", "script"])
        .expect_code(0);
    let token = made.stdout.trim();
    let server = vestibule.serve_with(&["--accounts", "on"]);
    let client = client();
    let mut answered = 0;
    let refused = loop {
        let asking = client
            .get(server.at("/api/v1/openapi.json"))
            .bearer_auth(token);
        let answer = asking.send().await.expect("an answer");
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            break answer;
        }
        assert_eq!(answer.status(), 200);
        answered += 1;
        assert!(answered < 500, "nobody says stop");
    };
    assert!(answered >= 100, "{answered}");
    assert!(!header(&refused, "retry-after").is_empty());
}
