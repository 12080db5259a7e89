//! What somebody tries who means harm, over HTTP.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use tests::browser::{Browser, COOKIE, add_account, way};
use tests::{Vestibule, client};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const RECORD: &str = r#"{"id":"ID","createdDateTime":"2026-11-24T10:00:00Z","userPrincipalName":"ann@x.example","isInteractive":true}"#;

fn record(id: &str) -> String {
    RECORD.replace("ID", id)
}

#[tokio::test]
async fn no_way_on_leads_to_another_site() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = vestibule.serve_with(&["--accounts", "on"]);
    let mut inside = Browser::new(&server);
    inside.sign_in("ann").await;
    for to in [
        "//evil.example",
        "///evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/\u{a0}/../\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "HTTPS://127.0.0.1@evil.example",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "./\\evil.example",
        "/x\r\nlocation: https://evil.example",
        "/x\0",
    ] {
        let quoted: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        // By the form, by the address of somebody who is in, and by the page's own form.
        let mut visitor = Browser::new(&server);
        let fields = [
            ("username", "ann"),
            ("password", tests::browser::PASSWORD),
            ("to", to),
        ];
        let answer = visitor.post("/sign-in", &fields).await;
        assert_eq!(
            (answer.status(), way(&answer)),
            (StatusCode::SEE_OTHER, "/"),
            "{to:?}"
        );
        let path = format!("/sign-in?to={quoted}");
        let answer = inside.get(&path).await;
        assert_eq!(
            (answer.status(), way(&answer)),
            (StatusCode::SEE_OTHER, "/"),
            "{to:?}"
        );
        let page = Browser::new(&server)
            .get(&path)
            .await
            .text()
            .await
            .expect("a page");
        assert!(!page.contains("evil.example"), "{to:?}: {page}");
        // By where a form says that it came from.
        let referer = format!(
            "{}{}",
            server.at(""),
            to.replace(['\r', '\n', '\0', '\u{a0}'], "")
        );
        let mut visitor = Browser::new(&server).sending("referer", &referer);
        visitor.cookie.clone_from(&inside.cookie);
        let answer = visitor
            .post("/preferences/theme", &[("theme", "dark")])
            .await;
        let back = way(&answer);
        assert!(
            back.starts_with('/') && !back.starts_with("//") && !back.contains('\\'),
            "{to:?}: {back}"
        );
    }
    // What only looks like it stays a path here.
    let mut visitor = Browser::new(&server);
    let fields = [
        ("username", "ann"),
        ("password", tests::browser::PASSWORD),
        ("to", "/%09/evil.example"),
    ];
    assert_eq!(
        way(&visitor.post("/sign-in", &fields).await),
        "/%09/evil.example"
    );
}

/// The middle one of some times.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_the_same_and_take_as_long() {
    const TRIES: usize = 15;
    let vestibule = Vestibule::new();
    let names: Vec<String> = (0..TRIES)
        .map(|number| format!("known{number:02}"))
        .collect();
    for name in &names {
        add_account(&vestibule, name, "global_administrator");
    }
    let server = vestibule.serve_with(&["--accounts", "on", "--rate-limits", "off"]);
    let mut times = [Vec::new(), Vec::new()];
    let mut pages = [String::new(), String::new()];
    // By turns, so that whatever else the machine does slows both down; each name once, since tries are counted.
    for known in &names {
        let unknown = known.replace("known", "other");
        for (which, name) in [known, &unknown].into_iter().enumerate() {
            let mut visitor = Browser::new(&server);
            let fields = [
                ("username", name.as_str()),
                ("password", "something else entirely"),
            ];
            let begun = Instant::now();
            let answer = visitor.post("/sign-in", &fields).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(visitor.cookie, None);
            let page = answer.text().await.expect("a page");
            times[which].push(begun.elapsed());
            pages[which] = without_what_differs(&page).replace(name.as_str(), "somebody");
        }
    }
    assert_eq!(pages[0], pages[1]);
    let [known, unknown] = times.map(median);
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    println!("an account: {known:?}, none: {unknown:?}");
    assert!(
        (0.67..1.5).contains(&ratio),
        "an account: {known:?}, none: {unknown:?}"
    );
}

/// A page without the nonce that is another one each time.
fn without_what_differs(page: &str) -> String {
    let mut parts = page.split("nonce=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('"').map_or("", |(_, rest)| rest)
    })
}

#[tokio::test]
async fn every_form_has_a_limit() {
    const SMALL: usize = 20 << 10;
    const LARGE: usize = 3 << 20;
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = vestibule.serve_with(&["--accounts", "on", "--upload-limit-mb", "1"]);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let cookie = ann.cookie.clone().expect("a cookie");
    let mut refusals = 0;
    for (path, bytes) in [
        ("/sign-in", SMALL),
        ("/set-up", SMALL),
        ("/account/change", SMALL),
        ("/accounts/change", SMALL),
        ("/my-sign-ins/say", SMALL),
        ("/preferences/theme", LARGE),
        ("/preferences/explore", LARGE),
        ("/preferences/density", LARGE),
        ("/preferences/shortcuts", LARGE),
        ("/preferences/columns", LARGE),
        ("/views", LARGE),
        ("/v", LARGE),
        ("/api/groups/remove", LARGE),
        ("/api/imports", LARGE),
        ("/api/ui/app/server_fns/import/imports", LARGE),
    ] {
        for is_said in [true, false] {
            let request = Oversized {
                path,
                cookie: &cookie,
                bytes,
                is_said,
            };
            let heard = request.send(server.host()).await;
            // The server hangs up before all of it is sent, and the answer may be lost with the connection.
            let refused = heard.starts_with("HTTP/1.1 413");
            let is_other = bytes == LARGE && heard.starts_with("HTTP/1.1 4");
            assert!(heard.is_empty() || refused || is_other, "{path}: {heard}");
            refusals += usize::from(refused);
        }
    }
    assert!(refusals > 0, "nobody was told why");
    assert_eq!(ann.get("/account").await.status(), 200);
    // What was cut off is cleared away by itself.
    let left = || {
        // The file beside them has the number of the last one.
        let uploads = std::fs::read_dir(vestibule.data().join("uploads")).expect("uploads");
        let folders =
            uploads.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir()));
        folders.count()
    };
    for _ in 0..100 {
        if left() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(left(), 0, "nothing of it is kept");
}

/// A form that is too large.
struct Oversized<'a> {
    path: &'a str,
    cookie: &'a str,
    bytes: usize,
    /// Whether its length is said beforehand, or it comes in pieces.
    is_said: bool,
}

impl Oversized<'_> {
    /// Sends it, and gives what was answered.
    async fn send(&self, host: &str) -> String {
        let part = "--frontier\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n";
        let (kind, begins) = match self.path {
            "/api/imports" => ("multipart/form-data; boundary=frontier", part),
            _ => ("application/x-www-form-urlencoded", "a="),
        };
        let length = match self.is_said {
            true => format!("Content-Length: {}", self.bytes),
            false => "Transfer-Encoding: chunked".to_owned(),
        };
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {host}\r\nCookie: {COOKIE}={}\r\nContent-Type: {kind}\r\n{length}\r\n\
             Accept: application/json\r\nConnection: close\r\n\r\n",
            self.path, self.cookie
        );
        let body = begins.bytes().chain(std::iter::repeat(b'x'));
        let body: Vec<u8> = body.take(self.bytes).collect();
        let mut said = head.into_bytes();
        if self.is_said {
            said.extend_from_slice(&body);
        } else {
            for piece in body.chunks(64 << 10) {
                said.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
                said.extend_from_slice(piece);
                said.extend_from_slice(b"\r\n");
            }
            said.extend_from_slice(b"0\r\n\r\n");
        }
        let stream = TcpStream::connect(host).await.expect("a connection");
        let (mut reading, mut writing) = stream.into_split();
        let sending = tokio::spawn(async move { writing.write_all(&said).await });
        let mut heard = Vec::new();
        let hearing =
            tokio::time::timeout(Duration::from_secs(20), reading.read_to_end(&mut heard));
        hearing.await.expect("an end").ok();
        sending.abort();
        String::from_utf8_lossy(&heard).into_owned()
    }
}

#[tokio::test]
async fn a_role_that_was_taken_away_bites_on_every_way() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", record("a")));
    add_account(&vestibule, "boss", "global_administrator");
    add_account(&vestibule, "ann", "security_administrator");
    let made = vestibule
        .run(&["user", "token", "ann", "--name", "script"])
        .expect_code(0);
    let token = made.stdout.trim().to_owned();
    let server = vestibule.serve_with(&["--accounts", "on"]);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let ways = [
        "/sign-ins?from=",
        "/sign-ins?from=&row=a",
        "/api/ui/sheet?address=%2Fsign-ins%3Ffrom%3D",
        "/api/ui/part/rows?address=%2Fsign-ins%3Ffrom%3D",
        "/api/v1/signins?from=",
        "/api/v1/signins/a",
        "/api/v1/signins/download?from=&format=csv",
        "/api/v1/signins/stream",
        "/users",
        "/groups",
        "/map",
        "/import",
        "/api/imports",
        "/api/rejects",
    ];
    for path in ways {
        assert_eq!(ann.get(path).await.status(), 200, "{path}");
    }
    let by_token = async || {
        let asking = client()
            .get(server.at("/api/v1/signins?from="))
            .bearer_auth(&token);
        asking.send().await.expect("an answer").status()
    };
    assert_eq!(by_token().await, 200);
    let mut open = ann.get("/api/v1/signins/stream").await;
    vestibule
        .run(&["user", "roles", "ann", "--role", "user"])
        .expect_code(0);
    for path in ways {
        let answer = ann.get(path).await;
        let is_led_away = way(&answer) == "/forbidden/import";
        assert!(
            answer.status() == StatusCode::FORBIDDEN || is_led_away,
            "{path}: {}",
            answer.status()
        );
        let text = answer.text().await.expect("words");
        assert!(!text.contains("ann@x.example"), "{path}");
    }
    // What was open ends by itself.
    let ended = async { while let Ok(Some(_)) = open.chunk().await {} };
    let ended = tokio::time::timeout(Duration::from_secs(20), ended).await;
    assert!(ended.is_ok(), "the stream goes on");
    assert_eq!(by_token().await, StatusCode::FORBIDDEN);
    assert_eq!(ann.get("/my-sign-ins").await.status(), 200);
    vestibule.run(&["user", "disable", "ann"]).expect_code(0);
    assert_eq!(by_token().await, StatusCode::UNAUTHORIZED);
    for path in ways {
        let answer = ann.get(path).await;
        let is_out =
            answer.status() == StatusCode::UNAUTHORIZED || way(&answer).starts_with("/sign-in?to=");
        assert!(is_out, "{path}: {}", answer.status());
    }
}

#[tokio::test]
async fn hostile_names_stay_text_on_the_pages_about_people() {
    const NAMES: [&str; 4] = [
        "<script>alert(1)</script>",
        "\"onmouseover=alert(2)\"x=\"",
        "</textarea><img/src=x/onerror=alert(3)>",
        "{{7*7}}${7*7}",
    ];
    let vestibule = Vestibule::new();
    let person = r#"{"id":"p","createdDateTime":"2026-11-24T10:00:00Z","userId":"11111111-1111-4111-8111-111111111111","userDisplayName":"<script>alert(4)</script>","appDisplayName":"</td><script>alert(5)</script>","ipAddress":"<b>192.0.2.1</b>","isInteractive":true}"#;
    vestibule.import(&vestibule.file("p.json", person));
    add_account(&vestibule, "boss", "global_administrator");
    for name in NAMES {
        let arguments = [
            "user",
            "add",
            name,
            "--role",
            "security_reader",
            "--name",
            "</h1><script>alert(6)</script>\u{202e}gpj",
            "--object-id",
            "11111111-1111-4111-8111-111111111111",
            "--password-stdin",
        ];
        let input = format!("{}\n", tests::browser::PASSWORD);
        vestibule
            .run_with_input(&arguments, input.as_bytes())
            .expect_code(0);
    }
    // What would turn a line around is no name to sign in with, and is taken out of one that is shown.
    let arguments = ["user", "add", "x\u{202e}gpj", "--password-stdin"];
    let input = format!("{}\n", tests::browser::PASSWORD);
    let refused = vestibule
        .run_with_input(&arguments, input.as_bytes())
        .expect_code(1);
    assert!(refused.stderr.contains("cannot be seen"), "{refused:?}");
    let server = vestibule.serve_with(&["--accounts", "on"]);
    let mut seen = 0;
    let mut look = async |visitor: &mut Browser, path: &str| {
        let page = visitor.get(path).await;
        assert_eq!(page.status(), 200, "{path}");
        let page = page.text().await.expect("a page");
        let lower = page.to_lowercase();
        for raw in ["<script>alert", "<img/src", "\"\"onmouseover", "<b>192"] {
            assert!(!lower.contains(raw), "{path} has {raw}");
        }
        assert!(!page.contains('\u{202e}'), "{path} turns a line around");
        seen += lower.matches("alert(").count();
    };
    for name in NAMES {
        let mut visitor = Browser::new(&server);
        visitor.sign_in(name).await;
        let fields = [("id", "p"), ("do", "not_me")];
        visitor.post("/my-sign-ins/say", &fields).await;
        for path in [
            "/account",
            "/my-sign-ins?from=",
            "/sign-ins?from=&q=<script>alert(7)</script>",
        ] {
            look(&mut visitor, path).await;
        }
    }
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    for path in [
        "/accounts",
        "/access-audit",
        "/access-audit?who=<script>alert(8)</script>",
        "/person-reports",
    ] {
        look(&mut boss, path).await;
    }
    assert!(seen > 10, "they are there, as text: {seen}");
}
