//! Names and addresses are masked for the roles that the configuration names: on pages, in files and in the interface,
//! and nobody learns them by asking. Who may, sees one at a time, for a reason that is recorded.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use serde_json::Value;
use tests::browser::{Browser, add_person, way};
use tests::people::Person;
use tests::{Server, Vestibule};

const ANN_ID: &str = "5e1f0c4e-6f0e-4c2c-9a3f-0d5b8e2a7c11";
/// What names Ann, her device or the addresses of anybody.
const TELLING: [&str; 7] = [
    "Annabel",
    "annabel",
    ANN_ID,
    "198.51.100.7",
    "198.51.100.8",
    "BERGLAPTOP",
    "99887766",
];
const ARGUMENTS: [&str; 4] = [
    "--accounts",
    "on",
    "--masked-roles",
    "reports_reader,security_reader,user",
];

fn records() -> String {
    let of = |id: &str, minute: u32, person: &str, address: &str| {
        format!(
            "{{\"id\":\"{id}\",\"createdDateTime\":\"2026-11-24T10:{minute:02}:00Z\",{person},\"isInteractive\":true,\
             \"ipAddress\":\"{address}\",\"appDisplayName\":\"Payroll\",\"correlationId\":\"{ANN_ID}-c\",\
             \"deviceDetail\":{{\"displayName\":\"BERGLAPTOP\"}},\"mfaDetail\":{{\"authMethod\":\"Text message\",\
             \"authDetail\":\"+47 99887766\"}},\"authenticationDetails\":[{{\"authenticationMethod\":\"Text message\",\
             \"authenticationMethodDetail\":\"+47 99887766\",\"succeeded\":true}}],\"callerName\":\"Annabel Berg\"}}\n"
        )
        .replace(&format!("{ANN_ID}-c"), "0c0c0c0c-0000-4000-8000-000000000001")
    };
    let ann = format!(
        "\"userDisplayName\":\"Annabel Berg\",\"userPrincipalName\":\"annabel@x.example\",\"userId\":\"{ANN_ID}\""
    );
    let bo = "\"userDisplayName\":\"Bo Lind\",\"userPrincipalName\":\"bo@x.example\",\"userId\":\"7b0c0c4e-6f0e-4c2c-9a3f-0d5b8e2a7c12\"";
    of("a1", 1, &ann, "198.51.100.7")
        + &of("a2", 2, &ann, "198.51.100.8")
        + &of("b1", 3, bo, "203.0.113.9")
}

async fn json(person: &Person, server: &Server, path: &str) -> Value {
    let (status, body) = person.asks(server, path).await;
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).expect("JSON")
}

/// The masked texts of a column, newest sign-in first.
async fn column(person: &Person, server: &Server, id: &str) -> Vec<String> {
    let rows = json(person, server, &format!("/api/v1/signins?from=&cols={id}")).await;
    let rows = rows["sign_ins"].as_array().expect("rows").iter();
    rows.map(|row| row[id].as_str().unwrap_or_default().to_owned())
        .collect()
}

struct Portal {
    vestibule: Vestibule,
    server: Server,
    ria: Person,
    sam: Person,
}

async fn portal() -> Portal {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.ndjson", records()));
    add_person(&vestibule, "boss", "global_administrator", &[]);
    add_person(
        &vestibule,
        "ria",
        "reports_reader",
        &["--object-id", ANN_ID],
    );
    add_person(&vestibule, "sam", "security_reader", &[]);
    let server = vestibule.serve_with(&ARGUMENTS);
    let ria = Person::new(&vestibule, &server, "ria").await;
    let sam = Person::new(&vestibule, &server, "sam").await;
    Portal {
        vestibule,
        server,
        ria,
        sam,
    }
}

#[tokio::test]
async fn no_page_file_or_answer_names_anybody() {
    let Portal {
        vestibule,
        server,
        ria,
        ..
    } = portal().await;
    let users = column(&ria, &server, "username").await;
    let [bo, ann, again] = users.as_slice() else {
        panic!("three sign-ins: {users:?}");
    };
    assert!(
        ann == again && ann != bo && ann.ends_with("@masked"),
        "{users:?}"
    );
    for path in [
        "/api/v1/signins?from=&cols=user,username,user_id,device_name,ip_address,mfa_auth_detail",
        "/api/v1/signins/facets?from=&columns=user,username,user_id,device_name,ip_address",
        "/api/v1/signins/groups?from=&by=user,ip_address&users=true",
        "/api/v1/signins/download?from=&format=csv&all_columns=true",
        "/api/v1/signins/download?from=&format=portal-interactive",
        "/sign-ins?from=&tz=utc",
        "/sign-ins?from=&tz=utc&cols=date,user,username,user_id,device_name,ip_address,mfa_auth_detail",
        "/sign-ins?from=&tz=utc&group=user,ip_address",
        "/sign-ins?from=&row=a1",
        "/sign-ins?from=&row=a1&pane=location",
        "/sign-ins?from=&row=a1&pane=device",
        "/sign-ins?from=&row=a1&pane=authentication",
        "/sign-ins?from=&row=a1&pane=conditional-access.1",
        "/sign-ins?from=&row=a1&pane=additional",
        "/sign-ins?from=&row=a1&pane=timeline",
        "/sign-ins?from=&row=b1&compare=a1",
        "/users?from=2026-11-01T00:00:00Z",
        &format!("/users/{ann}?from=2026-11-01T00:00:00Z"),
        "/applications/Payroll?from=2026-11-01T00:00:00Z",
        "/map?from=",
        "/api/ui/part/field?column=user&address=%2Fsign-ins%3Ffrom%3D",
        "/api/ui/part/field?column=ip_address&address=%2Fsign-ins%3Ffrom%3D",
        "/api/ui/part/complete?text=username:eq:&address=%2Fsign-ins%3Ffrom%3D",
        "/api/ui/part/rows?address=%2Fsign-ins%3Ffrom%3D",
        "/api/ui/part/editor?column=username&address=%2Fsign-ins%3Ffrom%3D",
        "/api/ui/part/row_menu?column=user&row=a1&address=%2Fsign-ins%3Ffrom%3D",
        "/api/ui/part/verbs?column=user&row=a1&address=%2Fsign-ins%3Ffrom%3D",
        "/api/ui/sheet?address=%2Fsign-ins%3Ffrom%3D%26row%3Da1",
    ] {
        let (status, body) = ria.asks(&server, path).await;
        assert_eq!(status, 200, "{path}: {body}");
        for telling in TELLING {
            assert!(!body.contains(telling), "{path} tells {telling}: {body}");
        }
    }
    for path in [
        "/api/v1/signins/a1",
        "/api/v1/signins/download?from=&format=json",
        "/api/v1/signins/download?from=&format=ndjson",
        "/api/v1/signins/download?from=&format=graph",
        "/api/v1/signins/download?from=&format=portal",
        "/api/v1/signins/download?from=&format=portal-interactive-steps",
    ] {
        assert_eq!(ria.asks(&server, path).await.0, 403, "{path}");
    }
    // Her own sign-ins are hers, and nobody keeps them from her.
    let (_, own) = ria.asks(&server, "/my-sign-ins").await;
    assert!(own.contains("198.51.100.7"), "{own}");
    // An administrator sees names, and the same names stand for the same people after the next start.
    let boss = Person::new(&vestibule, &server, "boss").await;
    assert_eq!(
        column(&boss, &server, "username").await[1],
        "annabel@x.example"
    );
    server.end().await;
    let server = vestibule.serve_with(&ARGUMENTS);
    assert_eq!(&column(&ria, &server, "username").await[1], ann);
    let found = json(
        &ria,
        &server,
        &format!("/api/v1/signins?from=&f=username:eq:{ann}"),
    )
    .await;
    assert_eq!(found["sign_ins"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn what_is_shown_is_filtered_by_and_nothing_is_guessed() {
    let Portal {
        vestibule: _folder,
        server,
        ria,
        ..
    } = portal().await;
    let user = column(&ria, &server, "user")
        .await
        .remove(1)
        .replace(' ', "+");
    let id = column(&ria, &server, "user_id").await.remove(1);
    let username = column(&ria, &server, "username").await.remove(1);
    for (filter, rows) in [
        (format!("f=user:eq:{user}"), 2),
        (format!("f=user_id:eq:{id}"), 2),
        (format!("f=username:in:{username}"), 2),
        (format!("f=username:ne:{username}"), 1),
        (format!("f=user:eq:{username}"), 0),
        ("f=ip_address:eq:198.51.100.0/24".to_owned(), 2),
        ("f=ip_address:ne:198.51.100.0/24".to_owned(), 1),
        ("f=ip_address:cidr:198.51.0.0/16".to_owned(), 2),
        ("f=user:nempty".to_owned(), 3),
        ("q=annabel".to_owned(), 0),
        ("q=198.51".to_owned(), 0),
        ("q=BERG".to_owned(), 0),
        ("q=payroll".to_owned(), 3),
    ] {
        let found = json(&ria, &server, &format!("/api/v1/signins?from=&{filter}")).await;
        assert_eq!(
            found["sign_ins"].as_array().map(Vec::len),
            Some(rows),
            "{filter}"
        );
        let next = found["meta"]["next"].to_string();
        assert!(!next.contains("annabel"), "{next}");
    }
    for guess in [
        "f=user:eq:Annabel+Berg",
        "f=username:starts:a",
        "f=user:contains:a",
        "f=device_name:eq:BERGLAPTOP",
        "f=ip_address:eq:198.51.100.7",
        "f=ip_address:cidr:198.51.100.0/25",
        "f=ip_address:starts:198",
        "f=user_id:ends:5",
        "sort=user",
        "sort=-ip_address",
    ] {
        for path in [
            "/api/v1/signins?",
            "/api/v1/signins/histogram?",
            "/api/v1/signins/download?format=csv&",
            "/api/v1/signins/stream?",
        ] {
            let path = format!("{path}from=&{guess}");
            let (status, body) = ria.asks(&server, &path).await;
            assert_eq!(status, 403, "{path}: {body}");
        }
        let (_, body) = ria
            .asks(&server, &format!("/sign-ins?from=&tz=utc&{guess}"))
            .await;
        assert!(body.contains("masked for your roles"), "{guess}: {body}");
    }
    let facets = json(
        &ria,
        &server,
        "/api/v1/signins/facets?from=&columns=ip_address",
    )
    .await;
    let values = &facets["facets"][0]["values"];
    assert_eq!(values[0]["value"], "198.51.100.0/24");
    assert_eq!(values[0]["rows"], 2);
}

#[tokio::test]
async fn one_is_seen_for_a_reason_that_is_recorded() {
    let Portal {
        vestibule,
        server,
        ria,
        sam,
    } = portal().await;
    let form = |what, reason| [("row", "a1"), ("what", what), ("reason", reason)];
    let why = form("person", "ticket 4711: who was it?");
    assert_eq!(
        ria.sends(&server, "/unmask", &why).await.0,
        403,
        "her role may not"
    );
    assert_eq!(
        sam.sends(&server, "/unmask", &form("person", "because"))
            .await
            .0,
        422
    );
    assert_eq!(
        sam.sends(&server, "/unmask", &form("all", "ticket 4711 again"))
            .await
            .0,
        422
    );
    assert!(
        !sam.asks(&server, "/sign-ins?from=&row=a1")
            .await
            .1
            .contains("Annabel")
    );
    assert_eq!(sam.sends(&server, "/unmask", &why).await.0, 303);
    let (_, body) = sam.asks(&server, "/sign-ins?from=&tz=utc&row=a1").await;
    assert!(
        body.contains("Annabel Berg") && !body.contains("198.51.100.7"),
        "{body}"
    );
    assert!(!body.contains("Bo Lind"), "{body}");
    // By her name she is found now, and by that of nobody else.
    let page = |name: &str| format!("/sign-ins?from=&tz=utc&f=username:eq:{name}");
    assert!(
        sam.asks(&server, &page("annabel@x.example"))
            .await
            .1
            .contains("Annabel Berg")
    );
    assert!(
        sam.asks(&server, &page("bo@x.example"))
            .await
            .1
            .contains("masked for your roles")
    );
    // Programs give no reasons.
    let of_program = column(&sam, &server, "user").await;
    assert!(
        of_program.iter().all(|user| user.starts_with("Person ")),
        "{of_program:?}"
    );
    assert_eq!(
        sam.sends(
            &server,
            "/unmask",
            &form("address", "ticket 4711: from where?")
        )
        .await
        .0,
        303
    );
    let (_, body) = sam.asks(&server, "/sign-ins?from=&tz=utc&row=a1").await;
    assert!(
        body.contains("198.51.100.7") && !body.contains("203.0.113.9"),
        "{body}"
    );
    // Who reported a sign-in is no way round the mask.
    let said = [("id", "b1"), ("do", "not_me")];
    assert_eq!(
        ria.sends(&server, "/my-sign-ins/say", &said).await.0,
        422,
        "it is not hers"
    );
    let said = [("id", "a1"), ("do", "not_me")];
    assert_eq!(ria.sends(&server, "/my-sign-ins/say", &said).await.0, 303);
    let (_, reports) = sam.asks(&server, "/person-reports").await;
    assert!(
        reports.contains("Masked: see the sign-in") && !reports.contains(">ria<"),
        "{reports}"
    );
    let boss = Person::new(&vestibule, &server, "boss").await;
    let (_, reports) = boss.asks(&server, "/person-reports").await;
    assert!(reports.contains(">ria<"), "{reports}");
    let (_, audit) = boss.asks(&server, "/access-audit").await;
    for line in [
        "person of a1: ticket 4711: who was it?",
        "address of a1: ticket 4711: from where?",
    ] {
        assert!(audit.contains(line), "{audit}");
    }
    assert!(
        !audit.contains("Annabel"),
        "the record names who looked, not at whom"
    );
}

#[tokio::test]
async fn what_others_share_names_nobody_to_whoever_sees_pseudonyms() {
    let Portal {
        vestibule: _folder,
        server,
        ria,
        ..
    } = portal().await;
    let username = column(&ria, &server, "username").await.remove(1);
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    for (name, query, is_seen) in [
        ("Nightly failures", "f=status:eq:failure", true),
        ("By address", "f=ip_address:eq:198.51.100.7", false),
        ("By search", "q=annabel", false),
        ("By name", "f=username:ne:annabel@x.example", false),
        ("By pseudonym", &format!("f=username:eq:{username}"), true),
        ("Further on", "sort=user&after=1~a1~tAnnabel%20Berg", true),
    ] {
        let fields = [
            ("do", "save"),
            ("name", name),
            ("query", query),
            ("shared", "1"),
        ];
        assert_eq!(boss.post("/views", &fields).await.status(), 303, "{name}");
        let link = boss.post("/v", &[("query", query)]).await;
        let link = way(&link).to_owned();
        assert!(link.starts_with("/v/"), "{link}");
        let (_, page) = ria.asks(&server, "/sign-ins?from=").await;
        assert_eq!(page.contains(name), is_seen, "{name}");
        let (status, _) = ria.asks(&server, &link).await;
        assert_eq!(status, 303);
        let mut browser = Browser::new(&server);
        browser.sign_in("ria").await;
        let led = browser.get(&link).await;
        assert_eq!(way(&led) != "/no-such-link", is_seen, "{name}");
        assert!(!way(&led).contains("Annabel"), "{name}: {}", way(&led));
        assert_ne!(way(&boss.get(&link).await), "/no-such-link", "{name}");
    }
}
