//! The pane of one sign-in.

use model::{Query, Value};
use serde_json::Value as Json;

use super::fake::Fake;
use super::rich::{RICH, SUCCESS, WORKLOAD, morning};
use super::{in_request, markup, ready, words};
use crate::asked::Asked;
use crate::pages::sign_ins::flyout;

fn pane(fake: Fake, request_id: &str) -> String {
    pane_of(fake, request_id, "")
}

/// The pane with further parts of the address.
fn pane_of(fake: Fake, request_id: &str, more: &str) -> String {
    in_request(fake, |_| {
        let asked = Asked::of("/sign-ins").expect("a backend");
        let query = Query::parse(&format!("tz=utc&{more}"))
            .0
            .with_row(request_id);
        markup(ready(flyout(&asked, &query)))
    })
}

/// The words of a tab of the rich sign-in, without the record.
fn tab(name: &str) -> String {
    let shown = words(&pane_of(morning(), RICH, &format!("pane={name}")));
    without_record(&shown)
}

/// Markup or words without the text of the record, which each tab ends with.
fn without_record(shown: &str) -> String {
    shown.split("{\n").next().unwrap_or_default().to_owned()
}

/// Addresses of the links with this name.
fn links<'a>(markup: &'a str, name: &str) -> Vec<&'a str> {
    let name = format!("aria-label=\"{name}\"");
    let tags = markup
        .split("<a ")
        .skip(1)
        .filter_map(|rest| rest.split_once('>'));
    let found = tags.filter(|(tag, _)| tag.contains(&name));
    found
        .filter_map(|(tag, _)| tag.split_once("href=\"")?.1.split_once('"'))
        .map(|(address, _)| address)
        .collect()
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
        shown.contains("Priya Raman to Office 365 Exchange Online\nSuccess\n"),
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

#[test]
fn the_tab_of_basic_info() {
    insta::assert_snapshot!(tab("basic"));
}

#[test]
fn the_tab_of_the_location() {
    insta::assert_snapshot!(tab("location"));
}

#[test]
fn the_tab_of_the_device() {
    insta::assert_snapshot!(tab("device"));
}

#[test]
fn the_tab_of_authentication_details() {
    insta::assert_snapshot!(without_record(&pane_of(
        morning(),
        RICH,
        "pane=authentication"
    )));
}

#[test]
fn the_tab_of_conditional_access_with_a_policy_open() {
    insta::assert_snapshot!(without_record(&pane_of(
        morning(),
        RICH,
        "pane=conditional-access.2"
    )));
}

#[test]
fn a_policy_that_did_not_apply_says_why() {
    let shown = tab("conditional-access.1");
    assert!(
        shown.contains("Client app\nBrowser\nNot matched\n"),
        "{shown}"
    );
    assert!(
        shown.contains(
            "Location\n198.51.100.17, Bergen, Vestland, NO\nNot configured or not reached\n"
        ),
        "{shown}"
    );
    assert!(shown.contains("Block access\nNot applied\n"), "{shown}");
}

#[test]
fn the_tab_of_report_only_policies() {
    insta::assert_snapshot!(tab("report-only.3"));
}

#[test]
fn the_tab_of_additional_details() {
    insta::assert_snapshot!(tab("additional"));
}

#[test]
fn the_tab_of_the_timeline() {
    insta::assert_snapshot!(without_record(&pane_of(morning(), RICH, "pane=timeline")));
}

#[test]
fn the_tab_of_the_versions() {
    insta::assert_snapshot!(without_record(&pane_of(morning(), RICH, "pane=versions")));
}

#[test]
fn an_earlier_version_can_be_chosen() {
    let shown = tab("versions.1");
    assert!(shown.contains("Version 1 of 2\nFirst version\n"), "{shown}");
    assert!(
        !shown.contains("Changed since the version before"),
        "{shown}"
    );
}

#[test]
fn the_comparison_with_the_last_success() {
    let shown = pane_of(morning(), RICH, "compare=last-success&pane=location");
    insta::assert_snapshot!(without_record(&shown));
}

#[test]
fn the_comparison_with_a_chosen_sign_in() {
    let shown = words(&pane_of(morning(), SUCCESS, &format!("compare={RICH}")));
    assert!(shown.contains("Compared with another sign-in"), "{shown}");
    assert!(
        shown.contains("IP address\n203.0.113.48\n198.51.100.17\n"),
        "{shown}"
    );
}

#[test]
fn a_comparison_without_a_second_one_says_so() {
    let nobody = words(&pane_of(morning(), RICH, "compare=nobody"));
    assert!(
        nobody.contains("No sign-in has the request ID to compare with."),
        "{nobody}"
    );
    let first = words(&pane_of(morning(), SUCCESS, "compare=last-success"));
    assert!(
        first.contains("No successful sign-in of the same account before this one"),
        "{first}"
    );
    let same = words(&pane_of(morning(), RICH, &format!("compare={RICH}")));
    assert!(same.contains("This is the same sign-in"), "{same}");
}

#[test]
fn a_workload_has_its_own_tabs() {
    let shown = pane_of(morning(), WORKLOAD, "pane=device");
    assert!(!shown.contains("Device info"), "{shown}");
    assert!(!shown.contains("Authentication Details"), "{shown}");
    let shown = words(&shown);
    assert!(
        shown.contains("ledger-nightly to Microsoft Graph"),
        "{shown}"
    );
    assert!(shown.contains("Conditional Access"), "{shown}");
}

#[test]
fn the_place_among_the_rows_is_exact() {
    let shown = pane(morning(), RICH);
    assert!(shown.contains("<span class=\"pos\">4 of 6"), "{shown}");
    assert_eq!(
        links(&shown, "Previous sign-in"),
        ["/sign-ins?tz=utc&amp;row=5f1c0000-0000-4000-8000-000000000002"]
    );
    assert_eq!(
        links(&shown, "Next sign-in"),
        ["/sign-ins?tz=utc&amp;row=5f1c0000-0000-4000-8000-000000000003"]
    );
    // In another order, or filtered away, nothing is claimed.
    for more in ["sort=user", "f=user:eq:nobody"] {
        let shown = pane_of(morning(), RICH, more);
        assert!(!shown.contains(" of 6"), "{shown}");
        assert_eq!(links(&shown, "Next sign-in"), [""; 0]);
    }
}

#[test]
fn the_neighbours_open_in_the_same_tab() {
    let shown = pane_of(morning(), RICH, "pane=conditional-access.2");
    assert!(
        shown.contains("data-keep-pane=\"&amp;pane=conditional-access\""),
        "{shown}"
    );
    let next = links(&shown, "Next sign-in");
    assert!(
        next[0].ends_with("&amp;pane=conditional-access"),
        "{next:?}"
    );
}

#[test]
fn values_have_verbs() {
    let shown = pane_of(morning(), RICH, "pane=location&f=status:in:failure");
    assert_eq!(
        links(&shown, "Only 198.51.100.17"),
        [format!(
            "/sign-ins?tz=utc&amp;f=status:in:failure&amp;f=ip_address:eq:198.51.100.17&amp;row={RICH}&amp;pane=location"
        )]
    );
    assert_eq!(
        links(&shown, "Without 198.51.100.17"),
        ["/sign-ins?tz=utc&amp;f=status:in:failure&amp;f=ip_address:ne:198.51.100.17"]
    );
    assert!(
        shown.contains("href=\"/ip/198.51.100.17?tz=utc\""),
        "{shown}"
    );
    let basic = pane(morning(), RICH);
    assert!(
        basic.contains("href=\"/users/2f0c1c8e-0002-4000-8000-000000000002?tz=utc\""),
        "{basic}"
    );
    assert!(
        basic.contains("href=\"/applications/2f0c1c8e-0003-4000-8000-000000000003?tz=utc\""),
        "{basic}"
    );
    assert_eq!(links(&basic, "Only anomalousToken").len(), 1);
}

#[test]
fn a_workload_has_a_page() {
    let basic = pane(morning(), WORKLOAD);
    let page = "/applications/2f0c1c8e-0010-4000-8000-000000000010?tz=utc";
    assert_eq!(basic.matches(page).count(), 2, "{basic}");
}

#[test]
fn a_verb_says_what_the_fields_beside_the_rows_say() {
    let filters = "f=ip_address:ne:192.0.2.7&f=~city:eq:Oslo&f=ip_address:starts:198";
    let shown = pane_of(morning(), RICH, &format!("pane=location&{filters}"));
    let paused = "/sign-ins?tz=utc&amp;f=~city:eq:Oslo&amp;f=ip_address:eq:198.51.100.17";
    assert!(links(&shown, "Only 198.51.100.17")[0].starts_with(paused));
    assert_eq!(
        links(&shown, "Without 198.51.100.17"),
        [
            "/sign-ins?tz=utc&amp;f=ip_address:nin:192.0.2.7,198.51.100.17&amp;f=~city:eq:Oslo&amp;f=ip_address:starts:198"
        ]
    );
}

#[test]
fn steps_policies_and_events_have_verbs() {
    let steps = pane_of(morning(), RICH, "pane=authentication");
    let method = "f=authentication_methods:eq:Mobile+app+notification";
    assert_eq!(
        links(&steps, "Only Mobile app notification"),
        [format!(
            "/sign-ins?tz=utc&amp;{method}&amp;row={RICH}&amp;pane=authentication"
        )]
    );
    let policies = pane_of(morning(), RICH, "pane=conditional-access.2");
    let named = "f=conditional_access_policies:eq:Finance+apps+need+a+compliant+device";
    assert!(policies.contains(&format!("href=\"/sign-ins?tz=utc&amp;{named}\"")));
    assert!(policies.contains(
        "f=conditional_access_results:eq:Finance+apps+need+a+compliant+device:+failure\""
    ));
    // It did not apply, so that the open row is not among those where it did.
    assert_eq!(
        links(&policies, "Only Block legacy sign-in"),
        ["/sign-ins?tz=utc&amp;f=conditional_access_policies:eq:Block+legacy+sign-in"]
    );
    let report_only = pane_of(morning(), RICH, "pane=report-only.3");
    assert_eq!(
        links(&report_only, "Without Pilot: phishing-resistant").len(),
        1
    );
    let timeline = pane_of(morning(), RICH, "pane=timeline");
    // Those of the two others: the open one has its own fields.
    assert_eq!(links(&timeline, "Only Ledger").len(), 2);
    assert!(
        timeline.contains("f=correlation_id:eq:c0ffee00"),
        "{timeline}"
    );
}

#[test]
fn a_policy_with_an_identifier_leads_to_the_admin_center() {
    let mut fake = morning();
    for record in fake
        .sign_ins
        .iter_mut()
        .filter_map(|one| one.record.as_mut())
    {
        record["appliedConditionalAccessPolicies"][1]["id"] =
            Json::from("2f0c1c8e-0030-4000-8000-000000000030");
    }
    let shown = |fake, tab| pane_of(fake, RICH, tab);
    let link = "https://entra.microsoft.com/#view/Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId/2f0c1c8e-0030-4000-8000-000000000030\"";
    assert!(shown(fake.clone(), "pane=conditional-access.2").contains(link));
    assert!(!shown(fake, "pane=conditional-access.1").contains("entra.microsoft.com"));
}

#[test]
fn hostile_texts_stay_texts_in_every_tab() {
    let hostile = "\"><script>alert(1)</script>\u{202e}exe";
    let mut fake = morning();
    for sign_in in &mut fake.sign_ins {
        for (id, value) in &mut sign_in.values {
            let is_free = !matches!(*id, "request_id" | "correlation_id" | "status");
            if let (Value::Text(text), true) = (value, is_free) {
                *text = hostile.to_owned();
            }
        }
        sign_in
            .record
            .iter_mut()
            .for_each(|record| spoil(record, hostile));
    }
    for name in [
        "pane=basic",
        "pane=location",
        "pane=device",
        "pane=authentication",
        "pane=conditional-access.2",
        "pane=report-only.3",
        "pane=additional",
        "pane=timeline",
        "pane=versions.1",
        "compare=last-success",
    ] {
        let shown = pane_of(fake.clone(), RICH, name);
        assert!(shown.contains("alert(1)"), "{name}: {shown}");
        assert!(!shown.contains("<script"), "{name}: {shown}");
        assert!(!words(&shown).contains('\u{202e}'), "{name}: {shown}");
    }
}

/// Puts a text in the place of all texts of a record but those that say what became of it.
fn spoil(record: &mut Json, hostile: &str) {
    match record {
        Json::String(text) => *text = hostile.to_owned(),
        Json::Array(items) => items.iter_mut().for_each(|item| spoil(item, hostile)),
        Json::Object(properties) => properties
            .iter_mut()
            .filter(|(key, _)| key.as_str() != "result")
            .for_each(|(_, value)| spoil(value, hostile)),
        _ => {}
    }
}
