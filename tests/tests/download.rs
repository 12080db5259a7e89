//! Downloads: complete, in order, harmless in spreadsheets, and the same when they are imported again.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

#[path = "download/hostile.rs"]
mod hostile;
#[path = "download/tables.rs"]
mod tables;

use std::collections::BTreeMap;

use model::column::{Column, ValueType};
use serde_json::Value;
use tests::asking::from_memory;
use tests::{Server, Vestibule, client};

/// A file as it came.
struct File {
    name: String,
    sign_ins: u64,
    bytes: Vec<u8>,
}

impl File {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("text")
    }
}

async fn download(server: &Server, query: &str) -> File {
    let path = format!("/api/v1/signins/download?{query}");
    let answer = client()
        .get(server.at(&path))
        .send()
        .await
        .expect("an answer");
    let status = answer.status().as_u16();
    let header = |name: &str| {
        let value = answer
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let disposition = header("content-disposition");
    let sign_ins = header("vestibule-sign-ins");
    let bytes = answer.bytes().await.expect("all of it").to_vec();
    assert_eq!(status, 200, "{query}: {}", String::from_utf8_lossy(&bytes));
    let name = disposition.strip_prefix("attachment; filename=\"");
    let name = name
        .and_then(|name| name.strip_suffix('"'))
        .expect("a name");
    File {
        name: name.to_owned(),
        sign_ins: sign_ins.parse().expect("a number"),
        bytes,
    }
}

/// A demo tenant, and what attackers write in every text.
fn tenant(rows: &str) -> Vestibule {
    let vestibule = Vestibule::new();
    let until = "2026-11-24T10:42:00Z";
    let demo = ["demo", "--rows", rows, "--seed", "7", "--until", until];
    vestibule.run(&demo).expect_code(0);
    let file = vestibule.file("hostile.json", hostile::records().to_string());
    let summary = vestibule.import(&file);
    assert_eq!(summary["new"], hostile::NUMBER, "{summary}");
    vestibule
}

const FILES: [&str; 6] = [
    "portal-interactive",
    "portal-interactive-steps",
    "portal-noninteractive",
    "portal-noninteractive-steps",
    "portal-serviceprincipal",
    "portal-managedidentity",
];

/// What the files of people's sign-ins carry, and then those of workloads.
const CARRIED: [(&[&str], &str); 2] = [
    (
        &["interactive", "noninteractive"],
        "date,request_id,user_agent,correlation_id,user_id,user,username,user_type,cross_tenant_access_type,\
         incoming_token_type,authentication_protocol,unique_token_identifier,original_transfer_method,\
         client_credential_type,token_protection,token_protection_code,application,application_id,\
         app_owner_tenant_id,resource,resource_id,resource_tenant_id,resource_owner_tenant_id,home_tenant_id,\
         home_tenant_name,ip_address,location,city,state,country,status,error_code,failure_reason,client_app,\
         device_id,browser,operating_system,compliant,managed,join_type,additional_details,mfa_auth_method,\
         mfa_auth_detail,authentication_requirement,sign_in_identifier,session_id,ip_address_from_resource,\
         through_global_secure_access,global_secure_access_ip_address,autonomous_system_number,\
         flagged_for_review,token_issuer_type,token_issuer_name,latency_ms,conditional_access,\
         managed_identity_type,associated_resource_id,federated_token_id,federated_token_issuer,\
         authentication_methods",
    ),
    (
        &["serviceprincipal", "managedidentity"],
        "date,request_id,correlation_id,service_principal_id,service_principal_name,credential_key_id,\
         credential_thumbprint,application,application_id,app_owner_tenant_id,resource,resource_id,\
         resource_tenant_id,resource_owner_tenant_id,home_tenant_id,home_tenant_name,ip_address,location,city,\
         state,country,status,error_code,failure_reason,conditional_access",
    ),
];

/// Everything that the portal's files carry, by kind and request ID.
fn carried(vestibule: &Vestibule) -> BTreeMap<(String, String), Value> {
    let mut carried = BTreeMap::new();
    for (tabs, columns) in CARRIED {
        for tab in tabs {
            let query = format!("from=&tab={tab}&cols={columns}");
            let rows = ["query", &query, "--format", "json", "--limit", "1000000"];
            let rows = vestibule.run(&rows).expect_code(0).json();
            for row in rows.as_array().expect("rows") {
                let id = row["request_id"].as_str().expect("an id").to_owned();
                carried.insert(((*tab).to_owned(), id), row.clone());
            }
        }
    }
    carried
}

fn expect_same(
    found: &BTreeMap<(String, String), Value>,
    expected: &BTreeMap<(String, String), Value>,
) {
    for (key, row) in expected {
        let found = found
            .get(key)
            .unwrap_or_else(|| panic!("{key:?} is missing"));
        for (column, value) in row.as_object().expect("a row") {
            assert_eq!(&found[column], value, "{key:?} {column}");
        }
    }
    assert_eq!(found.len(), expected.len());
}

#[tokio::test]
async fn the_portals_files_import_back_to_identical_sign_ins() {
    let vestibule = tenant("3000");
    let expected = carried(&vestibule);
    assert_eq!(expected.len(), 3_000 + usize::from(hostile::NUMBER));
    let server = vestibule.serve();
    let mut paths = Vec::new();
    let (one_by_one, zipped) = (Vestibule::new(), Vestibule::new());
    let mut sign_ins = 0;
    for format in FILES {
        let file = download(&server, &format!("format={format}&from=")).await;
        assert!(file.text().starts_with('\u{feff}'), "{format}");
        sign_ins += if format.ends_with("steps") {
            0
        } else {
            file.sign_ins
        };
        paths.push(
            one_by_one
                .file(&file.name, &file.bytes)
                .display()
                .to_string(),
        );
    }
    let arguments: Vec<&str> = ["import"]
        .into_iter()
        .chain(paths.iter().map(String::as_str))
        .collect();
    one_by_one.run(&arguments).expect_code(0);
    expect_same(&carried(&one_by_one), &expected);
    let zip = download(&server, "format=portal&from=").await;
    assert_eq!(
        (zip.sign_ins, sign_ins),
        (expected.len() as u64, expected.len() as u64)
    );
    let path = zipped.file(&zip.name, &zip.bytes).display().to_string();
    zipped.run(&["import", &path]).expect_code(0);
    expect_same(&carried(&zipped), &expected);
}

#[tokio::test]
async fn the_portals_files_have_the_portals_headers() {
    let vestibule = tenant("200");
    let server = vestibule.serve();
    let mut headers = String::new();
    for format in FILES {
        let file = download(&server, &format!("format={format}&range=7d")).await;
        let line = file
            .text()
            .lines()
            .next()
            .expect("a line")
            .trim_start_matches('\u{feff}')
            .to_owned();
        let stem = file.name.split("_2026").next().unwrap_or_default();
        headers.push_str(&format!("{stem}: {line}\n"));
    }
    insta::assert_snapshot!(headers);
}

/// Whether a header of a CSV is that of a column of numbers.
fn holds_numbers(header: &str) -> bool {
    // The portal has two blanks in one of its headers.
    let label = header.split_whitespace().collect::<Vec<_>>().join(" ");
    let label = label.trim_end_matches(" (ms)");
    let mut columns = Column::stored();
    columns.any(|column| {
        let is_number = matches!(column.value_type, ValueType::Integer | ValueType::Decimal);
        is_number && column.label == label
    })
}

#[tokio::test]
async fn no_cell_of_a_csv_runs_in_a_spreadsheet() {
    let vestibule = tenant("200");
    let server = vestibule.serve();
    for query in [
        "format=csv&from=&tab=all&noise=workloads&all_columns=true",
        "format=csv&from=",
        "format=portal-interactive&from=",
        "format=portal-interactive-steps&from=",
        "format=portal-serviceprincipal&from=",
    ] {
        let file = download(&server, query).await;
        let (header, rows) = tables::csv(file.text().trim_start_matches('\u{feff}'));
        assert!(rows.len() > 5, "{query}");
        for (column, cell) in rows.iter().flat_map(|row| header.iter().zip(row)) {
            // A number below zero is one only where numbers stand: a name may look like it.
            let is_number = holds_numbers(column) && cell.parse::<f64>().is_ok();
            let runs = model::formula::is_formula(cell) && !is_number;
            assert!(!runs, "{query} {column}: {cell:?}");
        }
        for (index, text) in hostile::TEXTS.iter().enumerate() {
            if *text == "-7.5" || text.starts_with('\u{ff1d}') {
                let guarded = format!("'{text}");
                let mut cells = rows.iter().flatten();
                assert!(cells.any(|cell| *cell == guarded), "{query}: text {index}");
            }
        }
    }
    let raw = download(&server, "format=csv&raw=true&from=&cols=user,request_id").await;
    let (header, rows) = tables::csv(raw.text());
    assert_eq!(header, ["user", "request_id"]);
    assert!(
        rows.iter().any(|row| row[0] == hostile::TEXTS[0]),
        "as it is stored"
    );
}

#[tokio::test]
async fn whole_records_import_back_without_a_change() {
    let vestibule = tenant("1500");
    let server = vestibule.serve();
    let all = "from=&tab=all&noise=workloads";
    let before = download(&server, &format!("format=ndjson&{all}")).await;
    assert_eq!(before.sign_ins, 1_500 + u64::from(hostile::NUMBER));
    for format in ["json", "ndjson"] {
        let file = download(&server, &format!("format={format}&{all}")).await;
        let path = vestibule.file(&file.name, &file.bytes);
        let summary = vestibule.import(&path);
        assert_eq!(summary["duplicates"], file.sign_ins, "{summary}");
        for none in ["new", "updated", "older", "rejected"] {
            assert_eq!(summary[none], 0, "{format}: {summary}");
        }
        let other = Vestibule::new();
        let summary = other.import(&other.file(&file.name, &file.bytes));
        assert_eq!(summary["new"], file.sign_ins, "{summary}");
        let after = download(&other.serve(), &format!("format=ndjson&{all}")).await;
        assert!(after.bytes == before.bytes, "{format}: records differ");
    }
    let records: Value = {
        let file = download(&server, &format!("format=graph&{all}")).await;
        serde_json::from_slice(&file.bytes).expect("JSON")
    };
    for record in records.as_array().expect("an array") {
        assert!(
            record["createdDateTime"].is_string() && record["signInEventTypes"].is_array(),
            "{record}"
        );
        assert!(record.get("properties").is_none());
    }
    let graph = Vestibule::new();
    let summary = graph.import(&graph.file("SignIns.json", records.to_string()));
    assert_eq!(summary["new"], before.sign_ins, "{summary}");
    expect_same(&carried(&graph), &carried(&vestibule));
}

#[tokio::test]
async fn memory_and_lake_give_the_same_files() {
    let vestibule = tenant("70000");
    let (memory, lake) = (
        vestibule.serve(),
        vestibule.serve_with(&["--memory-mb", "0"]),
    );
    from_memory(&memory, "signins?from=&limit=1").await;
    for query in [
        "format=csv&from=&tab=all&noise=workloads&cols=date,user,request_id,reason,latency_ms",
        "format=csv&from=&tab=all&noise=workloads&sort=application&cols=application,request_id,date",
        "format=csv&from=&sort=date&f=status:in:failure,interrupted&all_columns=true&raw=true",
        "format=csv&from=&tab=serviceprincipal&sort=-service_principal_name&cols=date,service_principal_name",
        "format=portal-noninteractive&from=2026-11-20T00:00:00Z&q=teams",
        "format=csv&from=&f=user:eq:nobody",
    ] {
        let [in_memory, in_lake] = [download(&memory, query).await, download(&lake, query).await];
        assert_eq!(in_memory.sign_ins, in_lake.sign_ins, "{query}");
        assert!(in_memory.bytes == in_lake.bytes, "{query}");
        let (_, rows) = tables::csv(in_memory.text());
        assert_eq!(rows.len() as u64, in_memory.sign_ins, "{query}");
    }
}

#[tokio::test]
async fn files_have_the_order_of_the_list() {
    let vestibule = tenant("500");
    let server = vestibule.serve_with(&["--memory-mb", "0"]);
    for sort in ["-date", "date", "user", "-ip_address"] {
        let query = format!("from=&sort={sort}");
        let (_, page) = tests::text(
            &server,
            &format!("/api/v1/signins?{query}&limit=1000&cols=date"),
        )
        .await;
        let page: Value = serde_json::from_str(&page).expect("JSON");
        let listed: Vec<&str> = page["sign_ins"]
            .as_array()
            .expect("rows")
            .iter()
            .filter_map(|row| row["request_id"].as_str())
            .collect();
        let csv = download(
            &server,
            &format!("format=csv&raw=true&cols=request_id&{query}"),
        )
        .await;
        let (_, rows) = tables::csv(csv.text());
        let ids: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(ids, listed, "{sort}");
    }
}

#[tokio::test]
async fn a_workbook_has_texts_numbers_and_moments() {
    let vestibule = tenant("300");
    let server = vestibule.serve();
    let columns = "cols=date,user,status,error_code,compliant,latency_ms,user_agent,request_id";
    let file = download(&server, &format!("format=xlsx&from=&{columns}")).await;
    let rows = tables::workbook(&file.bytes);
    assert_eq!(rows.len() as u64, file.sign_ins + 1);
    assert_eq!(rows[0][0].text(), "Date (UTC)");
    let raw = download(&server, &format!("format=csv&raw=true&from=&{columns}")).await;
    let (_, expected) = tables::csv(raw.text());
    for (row, expected) in rows.iter().skip(1).zip(&expected) {
        let moment = chrono::DateTime::parse_from_rfc3339(&expected[0]).expect("a moment");
        #[expect(clippy::cast_precision_loss, reason = "sheets have doubles")]
        let micros = moment.timestamp_micros() as f64;
        assert!((row[0].micros() - micros).abs() < 3.0, "{expected:?}");
        for (index, what) in [(1, "user"), (7, "request ID")] {
            let (found, whole) = (row[index].text(), expected[index].as_str());
            if whole.len() > 32_767 {
                let begins = found.trim_end_matches('…');
                assert!(whole.starts_with(begins) && begins.len() > 32_000, "{what}");
            } else {
                assert!(tables::is_said(found, whole), "{what}: {found:?} {whole:?}");
            }
        }
        assert_eq!(row[2].text().to_lowercase(), expected[2]);
        assert_eq!(row[3].number(), expected[3].parse().ok(), "{expected:?}");
        assert!(row[6].text().encode_utf16().count() <= 32_767);
    }
}

#[tokio::test]
async fn a_parquet_file_has_types() {
    let vestibule = tenant("300");
    let server = vestibule.serve();
    let file = download(
        &server,
        "format=parquet&from=&tab=all&noise=workloads&all_columns=true",
    )
    .await;
    let (types, rows) = tables::parquet(file.bytes);
    assert_eq!(rows as u64, file.sign_ins);
    for (column, expected) in [
        ("kind", "Utf8"),
        ("date", "Timestamp(µs, \"UTC\")"),
        ("error_code", "Int64"),
        ("latitude", "Float64"),
        ("compliant", "Boolean"),
        ("user", "Utf8"),
    ] {
        assert_eq!(
            types.get(column).map(String::as_str),
            Some(expected),
            "{column}"
        );
    }
    assert!(types["network_names"].starts_with("List("), "{types:?}");
}

#[tokio::test]
async fn what_is_not_meant_is_refused() {
    let vestibule = tenant("50");
    let server = vestibule.serve();
    for (query, words) in [
        ("from=", "`format` is missing"),
        ("format=pdf", "`format` is one of portal, "),
        (
            "format=csv&f=colour:eq:red",
            "a part of the query cannot be read",
        ),
        (
            "format=csv&all_columns=some",
            "`all_columns` is true or false",
        ),
    ] {
        let (status, answer) =
            tests::text(&server, &format!("/api/v1/signins/download?{query}")).await;
        assert_eq!(status, 400, "{query}: {answer}");
        assert!(answer.contains(words), "{query}: {answer}");
    }
    let nothing = download(&server, "format=json&from=&f=user:eq:nobody").await;
    assert_eq!((nothing.sign_ins, nothing.text().trim()), (0, "[\n\n]"));
}

#[tokio::test]
async fn four_run_at_once_and_one_that_nobody_takes_ends() {
    let vestibule = tenant("20000");
    let server = vestibule.serve();
    let path = "/api/v1/signins/download?format=ndjson&from=&tab=all&noise=workloads";
    let mut slow = Vec::new();
    for _ in 0..4 {
        let answer = client()
            .get(server.at(path))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status().as_u16(), 200);
        slow.push(answer);
    }
    let (status, words) = tests::text(&server, path).await;
    assert_eq!(status, 503, "{words}");
    drop(slow);
    let mut status = 503;
    for _ in 0..100 {
        let answer = client()
            .get(server.at(path))
            .send()
            .await
            .expect("an answer");
        status = answer.status().as_u16();
        if status == 200 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(status, 200);
}

#[tokio::test]
async fn a_compressed_download_is_whole() {
    let vestibule = tenant("300");
    let server = vestibule.serve();
    let query = "format=ndjson&from=&sort=user";
    let plain = download(&server, query).await;
    let path = server.at(&format!("/api/v1/signins/download?{query}"));
    let answer = client()
        .get(path)
        .header("accept-encoding", "gzip")
        .send()
        .await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    let bytes = answer.bytes().await.expect("all of it");
    let mut unpacked = Vec::new();
    let mut reader = flate2::read::GzDecoder::new(&*bytes);
    std::io::Read::read_to_end(&mut reader, &mut unpacked).expect("whole");
    assert!(unpacked == plain.bytes);
}
