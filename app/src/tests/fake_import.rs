//! Imports of an invented tenant.

use model::import::{FileSummary, ImportProgress, ImportState, ImportSummary};

/// An import of a good file, one with refused records, and one that is no log.
pub fn import(state: ImportState) -> ImportProgress {
    let mut summary = ImportSummary::default();
    summary.add(FileSummary {
        name: "InteractiveSignIns.csv".to_owned(),
        size_bytes: 24_000_000,
        format: "portal CSV".to_owned(),
        records: 42_337,
        new: 41_207,
        updated: 12,
        duplicates: 1_118,
        first: Some("2026-11-10T00:00:03Z".to_owned()),
        last: Some("2026-11-16T23:59:58Z".to_owned()),
        ..FileSummary::default()
    });
    summary.add(FileSummary {
        name: "NonInteractive.json".to_owned(),
        size_bytes: 88_000_000,
        format: "portal JSON".to_owned(),
        records: 20_430,
        new: 20_428,
        rejected: 2,
        reject_keys: vec!["8".to_owned(), "7".to_owned()],
        ..FileSummary::default()
    });
    summary.add(FileSummary {
        name: "budget-2026.xlsx".to_owned(),
        size_bytes: 41_000,
        problem: Some("This is not a sign-in log. Nothing was imported.".to_owned()),
        ..FileSummary::default()
    });
    ImportProgress {
        id: 7,
        state,
        total_bytes: 112_041_000,
        read_bytes: 71_700_000,
        records: 62_767,
        elapsed_ms: 2_400,
        current: Some("NonInteractive.json".to_owned()),
        summary,
    }
}
