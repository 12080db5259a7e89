//! The pane of one sign-in.

use model::Query;

use super::fake::Fake;
use super::{in_request, markup, ready, words};
use crate::asked::Asked;
use crate::pages::sign_ins::flyout;

fn pane(fake: Fake, request_id: &str) -> String {
    in_request(fake, |_| {
        let asked = Asked::of("/sign-ins").expect("a backend");
        let query = Query::parse("tz=utc").0.with_row(request_id);
        markup(ready(flyout(&asked, &query)))
    })
}

#[test]
fn a_blocked_sign_in() {
    insta::assert_snapshot!(pane(
        Fake::morning(),
        "5f1c0000-0000-4000-8000-000000000000"
    ));
}

#[test]
fn a_working_sign_in_gives_no_reason() {
    let shown = words(&pane(
        Fake::morning(),
        "5f1c0000-0000-4000-8000-000000000001",
    ));
    assert!(
        shown.starts_with("Priya Raman to Office 365 Exchange Online\nSuccess\n"),
        "{shown}"
    );
    assert!(!shown.contains("Blocked"), "{shown}");
}

#[test]
fn an_unknown_request_id_is_said() {
    let shown = words(&pane(Fake::morning(), "nobody"));
    assert!(shown.contains("No sign-in has this request ID"), "{shown}");
}

#[test]
fn a_failure_is_said() {
    let fake = Fake {
        is_broken: true,
        ..Fake::default()
    };
    let shown = words(&pane(fake, "x"));
    assert!(shown.contains("Could not read this sign-in"), "{shown}");
    assert!(shown.contains("9f31-c0de"), "{shown}");
}
