//! The container files of the shared test data, where they are to be had.

use std::path::PathBuf;

use super::*;

/// The folder with test data from public sources, or `None` (with a message) where it is missing.
fn shared_data() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("VESTIBULE_SHARED_DATA")
        .map_or_else(|| PathBuf::from(default), PathBuf::from);
    let found = folder.is_dir();
    if !found {
        eprintln!(
            "skipped: {} is missing; name the folder in VESTIBULE_SHARED_DATA",
            folder.display()
        );
    }
    found.then_some(folder)
}

/// Everything in a file, over all its members.
fn split_file(path: &std::path::Path) -> Vec<Found> {
    let mut members = Vec::new();
    let end = open(path, &Limits::default(), &mut |_, reader| {
        members.push(split_reader(reader.unwrap(), &SplitOptions::default()).unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(end.is_continue());
    members
}

#[test]
fn every_derived_container_gives_its_records() {
    let Some(folder) = shared_data().map(|data| data.join("derived-containers")) else {
        return;
    };
    let expected = std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap();
    let mut files = 0;
    for line in expected.lines().skip(1) {
        let mut columns = line.split('\t');
        let (name, count) = (columns.next().unwrap(), columns.next().unwrap());
        // Equal ids are told by a later stage.
        let count: usize = if name.starts_with("21_") {
            3
        } else {
            count.parse().unwrap()
        };
        let members = split_file(&folder.join(name));
        let pieces: Vec<_> = members.iter().flat_map(|found| found.texts()).collect();
        assert_eq!(pieces.len(), count, "{name}");
        for piece in pieces {
            assert!(
                serde_json::from_str::<serde_json::Value>(piece).is_ok(),
                "{name}: {piece}"
            );
        }
        let faults: Vec<_> = members.iter().flat_map(|found| &found.faults).collect();
        if name.starts_with("16_") {
            assert_eq!((faults.len(), faults[0].line), (1, 5), "{name}");
            assert_eq!(faults[0].reason, FaultReason::EndsInsideRecord);
        } else {
            assert_eq!(faults.len(), 0, "{name}");
        }
        files += 1;
    }
    assert!(files >= 22);
}

#[test]
fn other_shared_files_give_their_records() {
    let Some(data) = shared_data() else { return };
    let o365 = "elastic-integrations/o365/data_stream/audit/_dev/test/pipeline/test-azuread-sts-logon-events.json";
    for (name, shape, pieces, rows) in [
        ("wazuh/graph_events.json", "Graph page", 2, 0),
        (
            "wazuh/log_analytics_query_response_azureactivity.json",
            "query API tables",
            0,
            2,
        ),
        (
            "msticpy-aad-logons/signinlogs_la_export.ndjson",
            "NDJSON",
            43,
            0,
        ),
        ("azure-sentinel-training/sign-in_adelete.csv", "CSV", 0, 56),
        (o365, "wrapped events", usize::MAX, 0),
        (
            "microsoft-graph-docs/not-strict-json/v1.0__signin-get__1.json",
            "Graph page",
            1,
            0,
        ),
    ] {
        let members = split_file(&data.join(name));
        let found = &members[0];
        assert_eq!(found.shape, shape, "{name}");
        assert_eq!(found.faults, [], "{name}");
        assert_eq!(found.rows.len(), rows, "{name}");
        if pieces == usize::MAX {
            assert!(
                found.texts().iter().all(|text| text.starts_with("{\""))
                    && !found.pieces.is_empty(),
                "{name}"
            );
        } else {
            assert_eq!(found.pieces.len(), pieces, "{name}");
        }
    }
}
