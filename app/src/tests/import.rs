//! The list of an import.

use leptos::prelude::*;
use model::import::ImportState;

use super::fake::Fake;
use super::fake_import::import;
use super::{in_request, markup, ready, words};
use crate::components::file_list::ImportPanel;
use crate::server_fns::import::{import_status, imports};

fn fake(state: ImportState) -> Fake {
    let refused = |key, line| {
        (
            key,
            "NonInteractive.json".to_owned(),
            line,
            "Date is not a date".to_owned(),
            "\"24/13/2026\"".to_owned(),
        )
    };
    Fake {
        imports: vec![import(state)],
        rejects: vec![refused(8, 8_115), refused(7, 8_114), refused(3, 1)],
        ..Fake::default()
    }
}

fn panel(state: ImportState) -> String {
    in_request(fake(state), |_| {
        let import = ready(import_status(7))
            .expect("an answer")
            .expect("an import");
        markup(view! { <ImportPanel import=import title="This import"/> })
    })
}

#[test]
fn an_import_that_is_done() {
    insta::assert_snapshot!(panel(ImportState::Done));
}

#[test]
fn an_import_under_way_has_a_bar() {
    let shown = panel(ImportState::Running);
    assert!(shown.contains("max=\"100\" value=\"63\""), "{shown}");
    assert!(shown.contains("aria-busy=\"true\""), "{shown}");
    assert!(
        !shown.contains("8,114"),
        "refused records are listed at the end: {shown}"
    );
}

#[test]
fn an_import_that_stopped_says_why() {
    let message = "The disk is full. What was stored before stays.".to_owned();
    let shown = words(&panel(ImportState::Failed {
        message: message.clone(),
    }));
    assert!(shown.contains(&message), "{shown}");
}

#[test]
fn imports_are_listed_and_unknown_ones_are_not() {
    in_request(fake(ImportState::Done), |_| {
        assert_eq!(ready(imports()).expect("an answer").len(), 1);
        assert_eq!(ready(import_status(8)), Ok(None));
    });
}
