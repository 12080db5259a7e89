//! The outputs that Elastic's azure integration expects of its own test inputs agree with ours, field
//! by field.
//!
//! Where we differ on purpose:
//! - the moment: ours is that of the sign-in (`createdDateTime`), with all its digits; theirs is in
//!   milliseconds and, in older outputs, that of the emission (`time`);
//! - one row per request ID: where an input repeats an ID, its last record is what we show, and theirs
//!   are two events;
//! - the outcome: theirs knows success and failure; what we call interrupted is a failure to them.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tests::{Vestibule, shared_data};

const COLUMNS: &str =
    "date,request_id,user,username,application,ip_address,error_code,status,correlation_id";

fn inputs(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is readable")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "log"))
        .collect();
    paths.sort();
    paths
}

/// Text at a path of members, whatever it is; "" when there is none.
fn at(value: &Value, path: &str) -> String {
    let mut value = value;
    for member in path.split('.') {
        value = &value[member];
    }
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The first of the paths that holds something.
fn first(value: &Value, paths: &[&str]) -> String {
    paths
        .iter()
        .map(|path| at(value, path))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn compare(name: &str, theirs: &Value, ours: &Value, differences: &mut Vec<String>) {
    let properties = "azure.signinlogs.properties.";
    let of = |member: &str| at(theirs, &format!("{properties}{member}"));
    let outcome = match at(ours, "status").as_str() {
        "interrupted" => "failure".to_owned(),
        other => other.to_owned(),
    };
    let code = first(
        theirs,
        &[
            &format!("{properties}status.error_code"),
            "azure.signinlogs.result_type",
        ],
    );
    let created = model::time::read(&of("created_at"));
    let pairs = [
        ("user", of("user_display_name"), at(ours, "user")),
        ("username", of("user_principal_name"), at(ours, "username")),
        (
            "application",
            of("app_display_name"),
            at(ours, "application"),
        ),
        (
            "ip",
            first(theirs, &["source.address", "source.ip", "client.ip"]),
            at(ours, "ip_address"),
        ),
        ("error code", code, at(ours, "error_code")),
        ("outcome", at(theirs, "event.outcome"), outcome),
        (
            "correlation ID",
            first(
                theirs,
                &[
                    &format!("{properties}correlation_id"),
                    "azure.correlation_id",
                ],
            ),
            at(ours, "correlation_id"),
        ),
        (
            "date",
            created.map(model::time::write).unwrap_or_default(),
            at(ours, "date"),
        ),
    ];
    for (field, theirs, ours) in pairs {
        // What they leave out says nothing about ours.
        if !theirs.is_empty() && theirs != ours {
            differences.push(format!("{name}: {field}: theirs {theirs:?}, ours {ours:?}"));
        }
    }
}

#[test]
fn expected_outputs_agree_field_by_field() {
    let Some(root) = shared_data("") else { return };
    let mut compared = 0;
    let mut differences = Vec::new();
    let folder = root.join("elastic-integrations/azure/data_stream/signinlogs/_dev/test/pipeline");
    for input in inputs(&folder) {
        let name = input
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let vestibule = Vestibule::new();
        vestibule.import(&input);
        let ours: BTreeMap<String, Value> = vestibule
            .sign_ins(COLUMNS)
            .into_iter()
            .map(|row| (at(&row, "request_id"), row))
            .collect();
        let expected = std::fs::read(format!("{}-expected.json", input.display()))
            .expect("an expected output");
        let expected: Value = serde_json::from_slice(&expected).expect("JSON");
        let events = expected["expected"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|event| !event.is_null());
        let last_of_id: BTreeMap<String, &Value> = events
            .map(|event| {
                (
                    first(event, &["azure.signinlogs.properties.id", "event.id"]),
                    event,
                )
            })
            .collect();
        for (id, theirs) in last_of_id {
            match ours.get(&id) {
                Some(ours) => {
                    compared += 1;
                    compare(&format!("{name} {id}"), theirs, ours, &mut differences);
                }
                None => differences.push(format!("{name}: {id} is not stored")),
            }
        }
    }
    assert!(compared >= 25, "only {compared} were compared");
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}
