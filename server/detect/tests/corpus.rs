//! The corpus of verdicts: sign-ins made by hand, in `cases`, and what is said of each. The snapshots are read by people;
//! one that changes is a verdict that changes.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use detect::verdict::{After, Case, Verdict, gist, verdict};
use model::Tab;
use model::sign_in::SignIn;
use serde_json::Value;

const FILES: [(&str, &str); 4] = [
    ("failed", include_str!("cases/failed.jsonl")),
    ("interrupted", include_str!("cases/interrupted.jsonl")),
    ("succeeded", include_str!("cases/succeeded.jsonl")),
    ("background", include_str!("cases/background.jsonl")),
];

/// The cases of a file with their names and verdicts.
fn cases(text: &str) -> Vec<(String, Verdict)> {
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let line: Value = serde_json::from_str(line).expect("a case");
            let record = line["record"].as_object().expect("a record").clone();
            let sign_in = SignIn::from_properties(record);
            let after = &line["after"];
            let seconds = |name: &str| after[name].as_i64();
            let case = Case {
                sign_in: &sign_in,
                code: sign_in.status.as_ref().and_then(|status| status.error_code),
                tab: line["tab"]
                    .as_str()
                    .map_or(Tab::Interactive, |tab| Tab::parse(tab).expect("a kind")),
                sees_policies: line["sees_policies"].as_bool().unwrap_or(true),
                after: match (seconds("success"), seconds("other")) {
                    (Some(seconds), _) => Some(After::Success { seconds }),
                    (_, Some(seconds)) => Some(After::Other { seconds }),
                    _ => after.is_object().then_some(After::Nothing),
                },
                is_early: true,
            };
            let name = line["case"].as_str().expect("a name").to_owned();
            (name, verdict(&case))
        })
        .collect()
}

fn written(name: &str, verdict: &Verdict) -> String {
    let fields = verdict
        .fields
        .iter()
        .map(|field| match field.value.as_str() {
            "" => field.label.to_owned(),
            value => format!("{} = {value}", field.label),
        });
    format!(
        "## {name}\n{}\n  {}\n  {}\n  {}, {}{}\n  {}\n  {}\n",
        verdict.question.label(),
        verdict.cause,
        verdict.follows,
        verdict.acts.label(),
        verdict.certainty.label(),
        if verdict.is_settling {
            ", settling"
        } else {
            ""
        },
        fields.collect::<Vec<_>>().join("; "),
        verdict.gist.map_or("(by its code)", |gist| gist.label()),
    )
}

#[test]
fn every_case_has_its_verdict() {
    let mut number = 0;
    for (file, text) in FILES {
        let cases = cases(text);
        number += cases.len();
        let texts: Vec<String> = cases
            .iter()
            .map(|(name, verdict)| written(name, verdict))
            .collect();
        insta::assert_snapshot!(file, texts.join("\n"));
    }
    assert!(number >= 120, "{number} cases");
}

#[test]
fn verdicts_are_two_plain_sentences() {
    for (_, text) in FILES {
        for (name, verdict) in cases(text) {
            for sentence in [&verdict.cause, &verdict.follows] {
                assert!(sentence.ends_with(['.', '?']), "{name}: {sentence}");
                assert!(
                    !sentence.starts_with(char::is_lowercase)
                        || sentence.starts_with("nightly")
                        || sentence.starts_with("vm-"),
                    "{name}: {sentence}"
                );
                assert!(
                    !sentence.contains("  ") && !sentence.contains(".."),
                    "{name}: {sentence}"
                );
                assert!(sentence.chars().count() <= 420, "{name}: {sentence}");
            }
            assert!(!verdict.fields.is_empty(), "{name} rests on nothing");
        }
    }
}

/// What a verdict comes to is stored, and seen by all who see sign-ins: it may rest on nothing that is hidden from some.
#[test]
fn what_a_verdict_comes_to_names_nobody_and_rests_on_no_policy() {
    let mut told = 0;
    for (_, text) in FILES {
        for line in text.lines().filter(|line| !line.is_empty()) {
            let line: Value = serde_json::from_str(line).expect("a case");
            let record = line["record"].as_object().expect("a record").clone();
            let whole = SignIn::from_properties(record);
            let kept = SignIn {
                app_id: whole.app_id.clone(),
                status: whole.status.clone(),
                authentication_details: whole.authentication_details.clone(),
                authentication_requirement: whole.authentication_requirement.clone(),
                conditional_access_status: whole.conditional_access_status.clone(),
                session_lifetime_policies: whole.session_lifetime_policies.clone(),
                token_issuer_type: whole.token_issuer_type.clone(),
                ..SignIn::default()
            };
            let of = |sign_in: &SignIn, sees_policies| {
                gist(&Case {
                    sign_in,
                    code: sign_in.status.as_ref().and_then(|status| status.error_code),
                    tab: line["tab"]
                        .as_str()
                        .and_then(Tab::parse)
                        .unwrap_or(Tab::Interactive),
                    sees_policies,
                    after: None,
                    is_early: false,
                })
            };
            let found = of(&whole, true);
            told += usize::from(found.is_some());
            assert_eq!(found, of(&kept, false), "{}", line["case"]);
        }
    }
    assert!(told > 60, "{told}");
}
