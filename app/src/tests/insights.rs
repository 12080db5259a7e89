//! The reports of *Usage & insights*.

use chrono::Duration;
use model::Tab;

use super::entity::asked;
use super::fake::{Fake, FakeSignIn};
use crate::pages::Written;

const HOSTILE: &str = "<script>x</script>";

/// A sign-in so many hours ago.
fn sign_in(hours: i64, code: i64, texts: &[(&'static str, &str)]) -> FakeSignIn {
    let request_id = format!("row-{hours}");
    let texts = [texts, &[("request_id", request_id.as_str())]].concat();
    FakeSignIn::new(Tab::Interactive, Duration::hours(hours), code, &texts)
}

fn fake() -> Fake {
    let payroll = [
        ("application_id", "a1"),
        ("application", "Payroll"),
        ("user_id", "ann"),
    ];
    let renamed = [
        ("application_id", "A1"),
        ("application", "Payroll (old)"),
        ("user_id", "bo"),
    ];
    let hostile = [("application", HOSTILE), ("user_id", "ann")];
    Fake {
        sign_ins: vec![
            sign_in(1, 0, &payroll),
            sign_in(2, 0, &payroll),
            sign_in(3, 50_126, &payroll),
            sign_in(4, 50_074, &payroll),
            sign_in(5, 53_003, &renamed),
            sign_in(6, 0, &hostile),
            sign_in(7, 0, &[("user_id", "ann")]),
        ],
        ..Fake::default()
    }
}

fn page(address: &str) -> String {
    match asked(fake(), address) {
        Written::Sheet(sheet) => sheet.markup,
        _ => panic!("{address} is no page"),
    }
}

fn words(markup: &str) -> String {
    super::words(&markup.replace("<!>", "")).replace('\n', " ")
}

/// The words of the part with this id, up to a mark.
fn part(markup: &str, id: &str, end: &str) -> String {
    let begin = format!("id=\"{id}\"");
    let (_, rest) = markup.split_once(&begin).expect(id);
    words(rest.split_once(end).map_or(rest, |(part, _)| part))
}

#[test]
fn applications_are_counted_by_their_id_and_named_by_their_commonest_name() {
    let markup = page("/insights/applications?tz=utc");
    let lines = part(&markup, "lines", "</section>");
    assert!(lines.contains("Payroll a1 5 2 2 1 50%"), "{lines}");
    assert!(!lines.contains("(old)"), "{lines}");
    // One with a name alone, whose sign-ins succeeded.
    assert!(
        markup.contains("&lt;script") && !markup.contains(HOSTILE),
        "{markup}"
    );
    assert!(
        words(&markup).contains("1 without an ID or a name"),
        "{markup}"
    );
    assert!(markup.contains("f=application_id:eq:a1"), "{markup}");
    let file = "/api/v1/insights/applications?range=1mo&amp;tz=utc&amp;format=csv";
    assert!(markup.contains(file), "{markup}");
    let day = page("/insights/applications?range=24h");
    assert!(
        day.contains("/api/v1/insights/applications?format=csv"),
        "{day}"
    );
}

#[test]
fn lines_are_found_and_put_in_order() {
    let found = page("/insights/applications?tz=utc&find=payroll");
    let lines = part(&found, "lines", "</section>");
    assert!(
        lines.contains("Payroll") && !lines.contains("script"),
        "{lines}"
    );
    let none = words(&page("/insights/applications?tz=utc&find=zebra"));
    assert!(none.contains("Nothing has this name or ID."), "{none}");
    let by_name = part(
        &page("/insights/applications?tz=utc&order=name"),
        "lines",
        "</section>",
    );
    let (script, payroll) = (by_name.find("script"), by_name.find("Payroll"));
    assert!(script < payroll, "{by_name}");
    let nothing = words(&page("/insights/credentials?tz=utc"));
    assert!(
        nothing.contains("No sign-in of this range is counted here."),
        "{nothing}"
    );
}

#[test]
fn a_line_opens_with_its_chart_and_its_failures() {
    let markup = page("/insights/applications/a1?tz=utc");
    let open = part(&markup, "open-line", "</table>");
    assert!(
        open.contains("Payroll") && open.contains("View sign-in activity"),
        "{open}"
    );
    let failures = part(&markup, "failures", "</table>");
    assert!(
        failures.contains("50126 Wrong user name or password 1"),
        "{failures}"
    );
    assert!(failures.contains("53003"), "{failures}");
    assert!(
        !failures.contains("50074"),
        "what was interrupted did not fail: {failures}"
    );
    assert!(markup.contains("href=\"/errors/50126?tz=utc\""), "{markup}");
    let unknown = page("/insights/applications/nothing?tz=utc");
    let open = part(&unknown, "open-line", "</div>");
    assert!(open.contains("nothing"), "{open}");
    assert!(unknown.contains("No sign-in in this range."), "{unknown}");
    for path in [
        "/insights",
        "/insights/nothing",
        "/insights/credentials/x",
        "/insights/applications/x/y",
    ] {
        assert!(
            matches!(asked(fake(), path), Written::NotFound(_)),
            "{path}"
        );
    }
}
