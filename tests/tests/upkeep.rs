//! Compaction, retention and checking, as commands.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use tests::Vestibule;

fn record(id: &str, day: &str, risk: &str, emitted: &str) -> String {
    format!(
        r#"{{"time":"{emitted}","category":"SignInLogs","properties":{{"id":"{id}","createdDateTime":"{day}T10:00:00Z","userDisplayName":"Ann","riskState":"{risk}","status":{{"errorCode":0}}}}}}"#
    )
}

/// Rows and files of a table, as the check says them.
fn checked(vestibule: &Vestibule, table: &str) -> (u64, u64) {
    let check = vestibule.run(&["check"]).expect_code(0).stdout;
    let line = check
        .lines()
        .find(|line| line.split_whitespace().next() == Some(table))
        .expect("a line");
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |index: usize| words[index].replace(',', "").parse().expect("a number");
    (number(1), number(4))
}

#[test]
fn small_files_become_one_and_nothing_changes() {
    let vestibule = Vestibule::new();
    for id in ["a", "b", "c"] {
        let text = record(id, "2026-11-20", "none", "2026-11-20T10:05:00Z");
        vestibule.import(&vestibule.file(&format!("{id}.json"), text));
    }
    let before = vestibule.sign_ins("request_id,risk_state,user,date");
    assert_eq!(checked(&vestibule, "sign_ins"), (3, 3));
    let said = vestibule.run(&["compact"]).expect_code(0).stdout;
    assert!(said.contains("3 small files became 1"), "{said}");
    assert_eq!(checked(&vestibule, "sign_ins"), (3, 1));
    assert_eq!(
        vestibule.sign_ins("request_id,risk_state,user,date"),
        before
    );
    // What was merged is known to importers, and can be replaced.
    let later = record("b", "2026-11-20", "atRisk", "2026-11-21T10:00:00Z");
    let summary = vestibule.import(&vestibule.file("later.json", later));
    assert_eq!(
        (&summary["new"], &summary["updated"]),
        (&0.into(), &1.into())
    );
    assert_eq!(checked(&vestibule, "sign_ins").0, 3);
    assert_eq!(checked(&vestibule, "sign_in_versions").0, 1);
    let rows = vestibule.sign_ins("request_id,risk_state");
    let at_risk: Vec<_> = rows
        .iter()
        .filter(|row| row["risk_state"] == "atRisk")
        .collect();
    assert_eq!(at_risk.len(), 1);
    assert_eq!(at_risk[0]["request_id"], "b");
}

#[test]
fn a_sign_in_may_move_to_another_day() {
    let vestibule = Vestibule::new();
    let texts = [
        record("a", "2026-11-20", "none", "2026-11-20T10:05:00Z"),
        record("b", "2026-11-20", "none", "2026-11-20T10:05:00Z"),
        record("a", "2026-11-22", "none", "2026-11-22T10:05:00Z"),
    ];
    for (number, text) in texts.iter().enumerate() {
        vestibule.import(&vestibule.file(&format!("{number}.json"), text));
    }
    let rows = vestibule.sign_ins("request_id,date");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["request_id"], "a");
    assert_eq!(rows[0]["date"], "2026-11-22T10:00:00Z");
    assert_eq!(checked(&vestibule, "sign_in_versions").0, 1);
}

#[test]
fn what_is_past_its_retention_is_forgotten() {
    let vestibule = Vestibule::new();
    let today = chrono::Utc::now().date_naive().to_string();
    let text = [
        record("old", "2020-02-03", "none", "2020-02-03T10:05:00Z"),
        record("new", &today, "none", &format!("{today}T10:05:00Z")),
    ];
    vestibule.import(&vestibule.file("both.json", text.join("\n")));
    let said = vestibule
        .run(&["compact", "--retention-days", "30"])
        .expect_code(0)
        .stdout;
    assert!(said.contains("1 sign-ins older than 30 days"), "{said}");
    let rows = vestibule.sign_ins("request_id");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["request_id"], "new");
}

#[test]
fn a_folder_without_sign_ins_is_named_and_not_made() {
    let vestibule = Vestibule::new();
    for command in [vec!["check"], vec!["compact"], vec!["query", ""]] {
        let outcome = vestibule.run(&command).expect_code(1);
        assert!(
            outcome.stderr.contains("there are no sign-ins in"),
            "{outcome:?}"
        );
    }
    assert!(!vestibule.data().exists());
}
