//! `/api/v1`: its answers agree with one another, with the document that describes them, and with those of
//! a server that holds nothing in memory.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Server, Vestibule, client, text};

const UNTIL: &str = "2026-11-24T10:42:00Z";

/// Questions for every endpoint.
const QUERIES: &[&str] = &[
    "from=",
    "from=&tabs=all",
    "range=1mo&tabs=all&f=status:ne:success",
    "from=2026-11-20T03:15:00Z&to=2026-11-23T17:40:00.5Z&tab=noninteractive",
    "from=&tabs=interactive,noninteractive&q=an",
    "from=&f=user:contains:an&f=status:in:failure,interrupted",
    "from=&tab=serviceprincipal&f=error_code:gt:0",
    "from=2026-11-22&tabs=all&f=authentication_methods:nempty",
    "from=&f=user:eq:nobody+of+this+name",
    "from=2026-11-25T00:00:00Z&tabs=all",
];

/// What is asked of each endpoint about each of them.
const QUESTIONS: &[&str] = &[
    "signins?counts=true&limit=7",
    "signins?sort=-user&cols=user,date,authentication_methods,latency_ms&limit=30",
    "signins/histogram?",
    "signins/histogram?bucket=hour",
    "signins/histogram?bucket=day&zone=Europe/Oslo",
    "signins/histogram?bucket=week&zone=America/New_York",
    "signins/facets?columns=status,application,authentication_methods,error_code,compliant&own_filters=true",
    "signins/facets?columns=user,user_id,status,city,latitude&limit=1000",
    "signins/groups?by=application",
    "signins/groups?by=status,authentication_methods&users=true&span=true&limit=10000",
    "signins/groups?by=user_id,country&span=true&limit=5",
];

fn demo(rows: &str) -> Vestibule {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", rows, "--until", UNTIL])
        .expect_code(0);
    vestibule
}

/// The good answer to a question, below `/api/v1`.
async fn get(server: &Server, question: &str) -> Value {
    let (status, answer) = text(server, &format!("/api/v1/{question}")).await;
    assert_eq!(status, 200, "{question}: {answer}");
    serde_json::from_str(&answer).expect("JSON")
}

/// Waits until answers come from memory.
async fn filled(server: &Server) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while get(server, "signins?from=&counts=true").await["meta"]["source"] != "memory" {
        assert!(Instant::now() < deadline, "memory is not filled");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).expect("a list")
}

fn sum(values: &[Value], key: &str) -> u64 {
    values.iter().filter_map(|value| value[key].as_u64()).sum()
}

#[tokio::test]
async fn numbers_of_all_endpoints_agree() {
    let vestibule = demo("4000");
    let server = vestibule.serve();
    filled(&server).await;
    let mut found_something = 0;
    for query in QUERIES {
        let page = get(&server, &format!("signins?{query}&counts=true&limit=1000")).await;
        let outcomes = &page["meta"]["counts"]["by_outcome"];
        let keys = ["success", "failure", "interrupted"];
        let all: u64 = keys.iter().filter_map(|key| outcomes[*key].as_u64()).sum();
        found_something += usize::from(all > 0);

        for size in [
            "auto",
            "hour",
            "day&zone=Europe/Oslo",
            "week&zone=Asia/Kolkata",
        ] {
            let histogram = get(&server, &format!("signins/histogram?{query}&bucket={size}")).await;
            let buckets = list(&histogram["buckets"]);
            assert_eq!(sum(buckets, "rows"), all, "{query} {size}");
            for key in keys {
                assert_eq!(
                    Some(sum(buckets, key)),
                    outcomes[key].as_u64(),
                    "{query} {key}"
                );
            }
            let is_gapless = buckets
                .windows(2)
                .all(|pair| pair[0]["to"] == pair[1]["from"]);
            assert!(is_gapless, "{query} {size}");
        }

        let question = format!(
            "signins/facets?{query}&columns=status,application,device_name&own_filters=true&limit=1000"
        );
        for facet in list(&get(&server, &question).await["facets"]) {
            let values = list(&facet["values"]);
            let empty = facet["empty"].as_u64().expect("a number");
            assert_eq!(sum(values, "rows") + empty, all, "{query} {facet}");
            assert_eq!(facet["distinct"], values.len(), "{query} {facet}");
        }

        let question =
            format!("signins/groups?{query}&by=application,status&limit=10000&span=true");
        let answer = get(&server, &question).await;
        let groups = list(&answer["groups"]);
        assert_eq!(sum(groups, "rows"), all, "{query}");
        assert_eq!(answer["distinct"], groups.len(), "{query}");
        for group in groups {
            let status = group["keys"]["status"].as_str().expect("a status");
            assert_eq!(group[status], group["rows"], "{query} {group}");
            assert!(group["first"].as_str() <= group["last"].as_str(), "{group}");
        }
    }
    assert!(found_something > 6, "{found_something}");
}

#[tokio::test]
async fn pages_of_several_tabs_follow_one_another() {
    let vestibule = demo("3000");
    let server = vestibule.serve();
    let mut next = Some("from=&tabs=all&limit=900&cols=date&sort=date".to_owned());
    let (mut ids, mut pages) = (BTreeSet::new(), 0);
    while let Some(query) = next {
        let page = get(&server, &format!("signins?{query}")).await;
        let rows = list(&page["sign_ins"]);
        ids.extend(rows.iter().map(|row| row["request_id"].to_string()));
        next = page["meta"]["next"].as_str().map(str::to_owned);
        pages += 1;
        assert!(rows.len() == 900 || next.is_none(), "{query}");
    }
    assert_eq!((ids.len(), pages), (3_000, 4));
    assert_eq!(
        list(&get(&server, "signins?from=&tabs=all").await["sign_ins"]).len(),
        100
    );
}

#[tokio::test]
async fn memory_and_lake_answer_alike() {
    let vestibule = demo("3000");
    // A named range begins at another moment each time it is asked for.
    let queries = || QUERIES.iter().filter(|query| !query.contains("range="));
    let mut answers: Vec<Vec<Value>> = Vec::new();
    for (memory, source) in [("64", "memory"), ("0", "lake")] {
        let server = vestibule.serve_with(&["--memory-mb", memory]);
        if source == "memory" {
            filled(&server).await;
        }
        let mut of_source = Vec::new();
        for query in queries() {
            for question in QUESTIONS {
                let question = format!("{question}&{query}");
                let mut answer = get(&server, &question).await;
                let meta = answer["meta"].as_object_mut().expect("what goes with it");
                assert_eq!(meta.remove("source"), Some(json!(source)), "{question}");
                // Time differs.
                assert!(
                    meta.remove("engine_ms").is_some_and(|ms| ms.is_number()),
                    "{question}"
                );
                of_source.push(json!({ "question": question, "answer": answer }));
            }
        }
        answers.push(of_source);
    }
    for (of_memory, of_lake) in answers[0].iter().zip(&answers[1]) {
        assert_eq!(of_memory, of_lake);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_in_words() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    for (question, expected) in [
        (
            "signins?limit=1001",
            "`limit` is a whole number from 1 to 1000; `1001` is not",
        ),
        ("signins?counts=1", "`counts` is true or false; `1` is not"),
        (
            "signins?tabs=audit",
            "`tabs` is all, or some of interactive",
        ),
        (
            "signins/facets",
            "`columns` is missing; name one to 20 columns",
        ),
        (
            "signins/facets?columns=userr",
            "no column `userr`; did you mean `user`?",
        ),
        (
            "signins/facets?columns=user&own_filters=maybe",
            "`own_filters` is true or false",
        ),
        (
            "signins/groups?by=user,city,state",
            "`by` names 3 columns; name at most 2",
        ),
        (
            "signins/groups?by=reason",
            "`reason` is worked out when it is shown",
        ),
        (
            "signins/histogram?bucket=minute",
            "`bucket` is hour, day, week, month, year or auto; `minute` is not",
        ),
        (
            "signins/histogram?zone=Oslo",
            "`zone` is the IANA name of a time zone",
        ),
        (
            "signins/histogram?bucket=hour&from=2024-01-01&to=2026-01-01",
            "the range has more than 2000 buckets of one hour; narrow it",
        ),
        ("signins/stream?tabs=none", "`tabs` is all"),
        ("signins?after=seven", "`after` cannot be read: not a place"),
        (
            "signins?sort=user&after=7~a",
            "`after` cannot be read: a place in another order",
        ),
        (
            "signins?sort=user&after=7~nobody~l",
            "the sign-in that `after` names is not here any more",
        ),
    ] {
        let (status, answer) = text(&server, &format!("/api/v1/{question}")).await;
        assert_eq!(status, 400, "{question}: {answer}");
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        let message = answer["error"].as_str().expect("a message");
        assert!(message.starts_with(expected), "{question}: {message}");
    }
    let page = get(&server, "signins?limit=5&bucket=day&f=userr:eq:x").await;
    assert_eq!(
        page["meta"]["problems"],
        json!([
            "bucket=day: not a part of a query",
            "f=userr:eq:x: no column `userr`; did you mean `user`?"
        ])
    );
    for path in ["/api/sign-ins", "/api/sign-ins/a", "/api/v1/signins/a"] {
        assert_eq!(text(&server, path).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn every_endpoint_answers_as_the_document_says() {
    let vestibule = demo("500");
    let server = vestibule.serve();
    let document = get(&server, "openapi.json").await;
    let page = get(&server, "signins?from=&limit=1").await;
    let id = page["sign_ins"][0]["request_id"].as_str().expect("an ID");
    let paths = document["paths"].as_object().expect("paths");
    assert_eq!(paths.len(), 12);
    for (path, operations) in paths {
        let path = path.replace("{report}", "applications");
        let path = path.replace("{request_id}", id);
        let others = match path.rsplit_once('/') {
            Some((_, "applications")) => "from=&order=name",
            Some((_, name)) if name.starts_with("registration") => "from=",
            Some((_, "download")) => "from=&tabs=all&format=json",
            _ => {
                "from=&tabs=all&counts=true&columns=user,latency_ms,authentication_methods&by=compliant&users=true&span=true"
            }
        };
        let address = server.at(&format!("{path}?{others}"));
        let answer = client().get(address).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        let media = answer.headers()["content-type"].to_str();
        let media = media.expect("a type").to_owned();
        let described = &operations["get"]["responses"]["200"]["content"][&media]["schema"];
        assert!(described.is_object(), "{path}: {media}");
        if media == "application/json" {
            let mistakes = mistakes(described, &tests::json(answer).await, &document, &path);
            assert_eq!(mistakes, Vec::<String>::new());
        }
    }
    let (status, refusal) = text(&server, "/api/v1/signins?limit=none").await;
    assert_eq!(status, 400);
    let refusal = serde_json::from_str(&refusal).expect("JSON");
    let described = json!({ "$ref": "#/components/schemas/Error" });
    let found = mistakes(&described, &refusal, &document, "refusal");
    assert!(found.is_empty(), "{found:?}");
}

/// Where a value is not as its schema says, as far as the document uses schemas.
fn mistakes(schema: &Value, value: &Value, document: &Value, place: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = document.pointer(reference.trim_start_matches('#'));
        return mistakes(schema.expect("a schema"), value, document, place);
    }
    let mut found = Vec::new();
    let is_of = |kind: &Value| match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        other => panic!("{place}: {other:?}"),
    };
    let is_right = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(is_of),
        kind => is_of(kind),
    };
    let is_known = schema["enum"]
        .as_array()
        .is_none_or(|words| words.contains(value));
    if !is_right || !is_known {
        found.push(format!("{place}: {value} is not {schema}"));
    }
    for item in value.as_array().into_iter().flatten() {
        found.extend(mistakes(
            &schema["items"],
            item,
            document,
            &format!("{place}[]"),
        ));
    }
    let Some(members) = value.as_object() else {
        return found;
    };
    let required = schema["required"].as_array().into_iter().flatten();
    let missing = required
        .filter_map(Value::as_str)
        .filter(|name| !members.contains_key(*name));
    found.extend(missing.map(|name| format!("{place}: no {name}")));
    for (name, member) in members {
        let place = format!("{place}.{name}");
        let described = match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Bool(false)) => {
                found.push(format!("{place} is not described"));
                continue;
            }
            (Value::Null, Value::Null) => continue,
            (Value::Null, others) => others,
            (described, _) => described,
        };
        found.extend(mistakes(described, member, document, &place));
    }
    found
}

/// A stream of events that is open.
struct Listening {
    answer: reqwest::Response,
    heard: String,
}

impl Listening {
    async fn open(server: &Server, query: &str) -> Listening {
        let path = format!("/api/v1/signins/stream?{query}");
        let answer = client()
            .get(server.at(&path))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200, "{query}");
        let header = |name| {
            answer
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        assert_eq!(header("content-type"), Some("text/event-stream"));
        assert_eq!(header("cache-control"), Some("no-store"));
        Listening {
            answer,
            heard: String::new(),
        }
    }

    /// Waits until this was heard.
    async fn hears(&mut self, expected: &str) {
        let hearing = async {
            while !self.heard.contains(expected) {
                let chunk = self.answer.chunk().await.expect("readable");
                let chunk = chunk.expect("the stream goes on");
                self.heard.push_str(&String::from_utf8_lossy(&chunk));
            }
        };
        let outcome = tokio::time::timeout(Duration::from_secs(30), hearing).await;
        assert!(outcome.is_ok(), "no {expected:?} in {:?}", self.heard);
    }
}

fn record(id: &str, user: &str) -> String {
    format!(
        r#"{{"id":"{id}","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"{user}","isInteractive":true}}"#
    )
}

/// A sign-in with two long lists belongs to a group of each pair of their items.
#[tokio::test]
async fn groups_that_would_take_all_memory_are_refused() {
    let vestibule = Vestibule::new();
    let items: Vec<String> = (0..2_000)
        .map(|number| format!("\"item {number}\""))
        .collect();
    let items = items.join(",");
    let record = format!(
        r#"{{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"Ann","isInteractive":true,"riskEventTypes_v2":[{items}],"networkLocationDetails":[{{"networkType":"namedNetwork","networkNames":[{items}]}}]}}"#
    );
    vestibule.import(&vestibule.file("0.json", record));
    for memory in ["64", "0"] {
        let server = vestibule.serve_with(&["--memory-mb", memory]);
        if memory != "0" {
            filled(&server).await;
        }
        let by = |columns: &str| format!("/api/v1/signins/groups?from=&by={columns}");
        let (status, answer) = text(&server, &by("network_names,risk_event_types")).await;
        assert_eq!(status, 400, "{answer}");
        let expected = "there are too many groups by network_names and risk_event_types to count: ask for a \
                        shorter time, add a filter, or group by fewer columns";
        assert!(answer.contains(expected), "{answer}");
        let (status, answer) = text(&server, &by("network_names")).await;
        assert_eq!(status, 200, "{answer}");
        assert!(answer.contains("\"distinct\":2000"), "{answer}");
    }
}

#[tokio::test]
async fn a_stream_tells_of_new_sign_ins() {
    for memory in ["64", "0"] {
        let vestibule = Vestibule::new();
        vestibule.import(&vestibule.file("0.json", record("a", "Ann")));
        let server = vestibule.serve_with(&["--memory-mb", memory]);
        let mut all = Listening::open(&server, "from=&tabs=all").await;
        let mut of_ann = Listening::open(&server, "from=&f=user:eq:ann").await;
        // Of another time and kind, and found all the same once it is here.
        let id = "5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00";
        let elsewhere = format!("from=2027-01-01T00:00:00Z&tab=serviceprincipal&q={id}");
        let mut of_one = Listening::open(&server, &elsewhere).await;
        let mut of_others = Listening::open(&server, "from=&f=user:eq:nobody").await;
        vestibule.import(&vestibule.file("1.json", record("b", "Ann")));
        all.hears("event: new\ndata: {\"rows\":1}\n\n").await;
        of_ann.hears("event: new\ndata: {\"rows\":1}\n\n").await;
        let two = [record("c", "Ben"), record(id, "Ann")].join("\n");
        vestibule.import(&vestibule.file("2.json", two));
        all.hears("data: {\"rows\":3}\n\n").await;
        of_ann.hears("data: {\"rows\":2}\n\n").await;
        of_one.hears("data: {\"rows\":1}\n\n").await;
        // Quiet streams show that they are there.
        of_others.hears(":\n\n").await;
        assert!(!of_others.heard.contains("event"), "{}", of_others.heard);
        // The server does not wait for them.
        let took = server.end().await.expect("an end");
        assert!(took < Duration::from_secs(4), "{took:?}");
        assert_eq!(all.answer.chunk().await.expect("an orderly end"), None);
    }
}

#[tokio::test]
async fn streams_are_bounded_and_leave_nothing_behind() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let client = client();
    let open = || client.get(server.at("/api/v1/signins/stream")).send();
    let mut streams = Vec::new();
    for _ in 0..256 {
        let answer = open().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        streams.push(answer);
    }
    let refusal = open().await.expect("an answer");
    assert_eq!(refusal.status(), 503);
    let refusal = tests::json(refusal).await;
    assert!(
        refusal["error"]
            .as_str()
            .is_some_and(|words| words.starts_with("256 streams are open"))
    );
    drop(streams);
    let deadline = Instant::now() + Duration::from_secs(10);
    while open().await.expect("an answer").status() != 200 {
        assert!(Instant::now() < deadline, "closed streams still take room");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
