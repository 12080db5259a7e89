//! Every container that exports come in stores the sign-ins that are in it, once.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use tests::{Vestibule, shared_data};

/// Name of the file and number of sign-ins that it must store.
fn expected(folder: &std::path::Path) -> Vec<(String, u64)> {
    let table =
        std::fs::read_to_string(folder.join("EXPECTED.tsv")).expect("EXPECTED.tsv is readable");
    table
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split('\t');
            let name = cells.next().expect("a name").to_owned();
            (
                name,
                cells.next().expect("a number").parse().expect("a number"),
            )
        })
        .collect()
}

#[test]
fn each_container_stores_what_is_in_it() {
    let Some(folder) = shared_data("derived-containers") else {
        return;
    };
    let mut wrong = Vec::new();
    for (name, number) in expected(&folder) {
        let vestibule = Vestibule::new();
        let summary = vestibule.import(&folder.join(&name));
        let stored = vestibule.sign_ins("request_id").len() as u64;
        if summary["new"] != number || stored != number {
            wrong.push(format!(
                "{name}: expected {number}, stored {stored}: {summary}"
            ));
        }
        if name.starts_with("16") {
            assert_eq!(summary["rejected"], 1, "{summary}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_second_import_of_everything_adds_nothing() {
    let Some(folder) = shared_data("") else {
        return;
    };
    let vestibule = Vestibule::new();
    let parts = [
        "derived-containers",
        "elastic-integrations/azure",
        "portal-csv-derived",
        "msticpy-aad-logons",
        "azure-sentinel-training",
    ];
    for part in parts {
        vestibule.import(&folder.join(part));
    }
    let before = vestibule.sign_ins("request_id").len();
    assert!(before > 100, "{before}");
    for part in parts {
        let again = vestibule.import(&folder.join(part));
        assert_eq!(
            (&again["new"], &again["updated"], &again["older"]),
            (&0.into(), &0.into(), &0.into()),
            "{part}: {again}"
        );
    }
    assert_eq!(vestibule.sign_ins("request_id").len(), before);
    vestibule.run(&["check"]).expect_code(0);
}

#[test]
fn sources_of_other_tools_are_read() {
    for (part, sign_ins) in [
        ("azure-sentinel-training/sign-in_adelete.csv", 56),
        // 43 records, but 28 request IDs: the others are later words about the same sign-ins.
        ("msticpy-aad-logons/signinlogs_la_export.ndjson", 28),
        // Alerts, devices and the like beside it are of other kinds.
        ("tenzir-library/inputs", 1),
    ] {
        let (folder, _) = part.split_once('/').unwrap_or((part, ""));
        let Some(root) = shared_data(folder) else {
            return;
        };
        let path = root.parent().expect("a parent").join(part);
        let vestibule = Vestibule::new();
        let summary = vestibule.import(&path);
        assert_eq!(
            vestibule.sign_ins("request_id").len(),
            sign_ins,
            "{part}: {summary}"
        );
    }
}
