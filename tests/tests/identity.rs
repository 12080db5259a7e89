//! New, repeated, changed: what an import makes of the same sign-in coming again.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::path::Path;

use tests::Vestibule;

fn record(emitted: &str, risk: &str) -> String {
    format!(
        r#"{{"time":"2026-11-24T{emitted}Z","category":"SignInLogs","properties":{{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"Ann","riskState":"{risk}","status":{{"errorCode":0}}}}}}"#
    )
}

fn numbers(vestibule: &Vestibule, path: &Path) -> [u64; 4] {
    let summary = vestibule.import(path);
    ["new", "updated", "duplicates", "older"].map(|name| summary[name].as_u64().expect("a number"))
}

#[test]
fn a_later_version_replaces_the_row_and_an_older_one_does_not() {
    let vestibule = Vestibule::new();
    let first = vestibule.file("1.json", record("10:05:00", "none"));
    let later = vestibule.file("2.json", record("11:00:00", "atRisk"));
    let earlier = vestibule.file("3.json", record("10:01:00", "dismissed"));
    assert_eq!(numbers(&vestibule, &first), [1, 0, 0, 0]);
    assert_eq!(numbers(&vestibule, &later), [0, 1, 0, 0]);
    assert_eq!(numbers(&vestibule, &earlier), [0, 0, 0, 1]);
    assert_eq!(vestibule.sign_ins("risk_state")[0]["risk_state"], "atRisk");
    // Every version is known now: nothing changes any more, in any order.
    for path in [&first, &earlier, &later] {
        assert_eq!(numbers(&vestibule, path), [0, 0, 1, 0]);
    }
    let check = vestibule.run(&["check"]).expect_code(0).stdout;
    let versions = check
        .lines()
        .find(|line| line.starts_with("sign_in_versions"))
        .expect("a line");
    assert!(versions.contains(" 2 rows"), "{check}");
}

#[test]
fn the_same_content_in_another_order_and_spacing_is_a_repeat() {
    let vestibule = Vestibule::new();
    let one = vestibule.file(
        "1.json",
        r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userId":"u","city":""}"#,
    );
    let same = vestibule.file("2.json", "[\n {\"UserId\": \"u\",\n \"createdDateTime\": \"2026-11-24T10:00:00Z\", \"id\": \"a\"}\n]");
    assert_eq!(numbers(&vestibule, &one), [1, 0, 0, 0]);
    assert_eq!(numbers(&vestibule, &same), [0, 0, 1, 0]);
}

#[test]
fn steps_that_come_later_leave_a_record_alone_that_has_its_own() {
    let vestibule = Vestibule::new();
    let diagnostic = r#"{"time":"2026-11-24T10:05:00Z","category":"SignInLogs","properties":{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","status":{"errorCode":0,"additionalDetails":"17.80"},"userDisplayName":"Ann"}}"#;
    let graph = r#"{"id":"b","createdDateTime":"2026-11-24T10:00:00Z","status":{"errorCode":0,"additionalDetails":"z"},"userDisplayName":"Bo","latencyMs":17.80}"#;
    vestibule.import(&vestibule.file("a.json", [diagnostic, graph].join("\n")));
    let steps = "Request ID,Date,Authentication method,Succeeded\n\
                 a,2026-11-24T10:00:00Z,Password,true\n\
                 b,2026-11-24T10:00:00Z,Password,true\n";
    let file = vestibule.file("InteractiveSignIns_AuthDetails_2026.csv", steps);
    let summary = vestibule.import(&file);
    assert_eq!(
        (&summary["steps"], &summary["rejected"]),
        (&2.into(), &0.into()),
        "{summary}"
    );
    let notes = summary["notes"].to_string();
    assert!(
        notes.contains("1 sign-ins that were here already got"),
        "{notes}"
    );
    assert_eq!(vestibule.import(&file)["steps"], 2);
    let check = vestibule.run(&["check"]).expect_code(0).stdout;
    let versions = check
        .lines()
        .find(|line| line.starts_with("sign_in_versions"));
    assert!(
        versions.is_some_and(|line| line.contains(" 1 rows")),
        "only b was completed: {check}"
    );
}

#[test]
fn steps_of_several_files_are_kept_together() {
    let vestibule = Vestibule::new();
    let sign_ins = format!(
        "{HEADER}\n2026-11-24T10:00:00Z,a,Ann,ann@x.example,Teams,1,Graph,Success,,203.0.113.9,\"Oslo, NO\",Browser\n"
    );
    vestibule.import(&vestibule.file("InteractiveSignIns_2026.csv", sign_ins));
    let steps = |number: u32, methods: &[&str]| {
        let lines = methods
            .iter()
            .enumerate()
            .map(|(second, method)| format!("a,2026-11-24T10:00:0{second}Z,{method},true"));
        let lines = lines.collect::<Vec<_>>().join("\n");
        let text = format!("Request ID,Date,Authentication method,Succeeded\n{lines}\n");
        vestibule.file(
            &format!("{number}/InteractiveSignIns_AuthDetails_2026.csv"),
            text,
        )
    };
    let both = steps(1, &["Password", "Text message"]);
    let one = steps(2, &["Password"]);
    let other = steps(3, &["Windows Hello"]);
    let updated = |path: &Path| numbers(&vestibule, path)[1];
    assert_eq!(updated(&both), 0, "counted as steps");
    let versions = || {
        let check = vestibule.run(&["check"]).expect_code(0).stdout;
        let line = check
            .lines()
            .find(|line| line.starts_with("sign_in_versions"));
        line.expect("a line")
            .split_whitespace()
            .nth(1)
            .map(str::to_owned)
    };
    let after_both = versions();
    for path in [&one, &both, &one] {
        updated(path);
        assert_eq!(versions(), after_both, "nothing new was said");
    }
    updated(&other);
    assert_ne!(versions(), after_both, "a step that was not known");
    updated(&both);
    let before = versions();
    updated(&other);
    assert_eq!(versions(), before);
}

const HEADER: &str = "Date (UTC),Request ID,User,Username,Application,Application ID ,Resource,Status,Sign-in error code,IP address,Location,Client app";

#[test]
fn authentication_steps_of_the_csv_download_are_joined_whatever_the_order() {
    let sign_ins = format!(
        "{HEADER}\n2026-11-24T10:00:00Z,a,Ann,ann@x.example,Teams,1,Graph,Success,,203.0.113.9,\"Oslo, NO\",Browser\n"
    );
    let steps = "Request ID,Date,Authentication method,Authentication method detail,Succeeded,Result detail,Requirement\n\
                 a,2026-11-24T10:00:00Z,Password,Password in the cloud,true,Correct password,Primary authentication\n\
                 a,2026-11-24T10:00:05Z,Mobile app notification,,true,User approved,Multifactor authentication\n\
                 b,2026-11-24T10:00:05Z,Password,,true,,\n";
    let together = Vestibule::new();
    together.file("both/InteractiveSignIns_2026.csv", &sign_ins);
    together.file("both/InteractiveSignIns_AuthDetails_2026.csv", steps);
    let folder = together.data().parent().expect("a parent").join("both");
    let summary = together.import(&folder);
    assert_eq!(
        (&summary["new"], &summary["steps"], &summary["rejected"]),
        (&1.into(), &2.into(), &1.into()),
        "{summary}"
    );
    let steps_of = |name: &str| {
        let files = summary["by_file"].as_array().expect("a list");
        let file = files.iter().find(|file| {
            let path = file["name"].as_str().expect("a name");
            path.rsplit('/').next() == Some(name)
        });
        file.expect("the file")["steps"].clone()
    };
    assert_eq!(steps_of("InteractiveSignIns_AuthDetails_2026.csv"), 2);
    assert_eq!(steps_of("InteractiveSignIns_2026.csv"), 0);
    assert_eq!(numbers(&together, &folder)[..2], [0, 0]);

    // The steps come with a later import.
    let apart = Vestibule::new();
    let first = apart.file("InteractiveSignIns_2026.csv", &sign_ins);
    let second = apart.file("InteractiveSignIns_AuthDetails_2026.csv", steps);
    assert_eq!(apart.import(&first)["new"], 1);
    assert_eq!(apart.import(&second)["steps"], 2);
    let again = apart.import(&first);
    assert_eq!(
        (&again["new"], &again["updated"], &again["duplicates"]),
        (&0.into(), &0.into(), &1.into()),
        "{again}"
    );
    apart.run(&["check"]).expect_code(0);
}
