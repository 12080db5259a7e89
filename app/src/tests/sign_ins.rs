//! Grid, pills and empty states.

use chrono::Duration;
use model::{Query, Tab};

use super::fake::{Fake, FakeSignIn};
use super::{page, page_markup, without_exploring, words};
use crate::view::grid::Sorted;
use crate::view::sign_ins::Empty;

#[test]
fn the_blade_of_a_morning() {
    let open = "5f1c0000-0000-4000-8000-000000000001";
    let markup = page_markup(Fake::morning(), "tz=utc", Some(open));
    insta::assert_snapshot!(without_exploring(&markup));
}

#[test]
fn filters_are_pills_with_their_values() {
    let query = "range=7d&f=status:in:failure,interrupted&f=ip_address:ne:192.0.2.7&q=a";
    let markup = page_markup(Fake::morning(), query, None);
    insta::assert_snapshot!(words(&without_exploring(&markup)));
}

/// What a browser sends when a pill's editor is applied with `values` ticked or written.
fn applied(pill: &crate::view::filters::Pill, operator: &str, values: &[&str]) -> Query {
    let mut fields = pill.hidden.clone();
    fields.push(("fcol".to_owned(), pill.column.clone()));
    fields.push(("fop".to_owned(), operator.to_owned()));
    fields.extend(
        values
            .iter()
            .map(|value| ("fval".to_owned(), (*value).to_owned())),
    );
    let text: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", crate::view::safe_text::escaped(value)))
        .collect();
    let (query, problems) = Query::parse(&text.join("&"));
    assert_eq!(problems, []);
    query
}

#[test]
fn an_editor_replaces_its_filter_and_keeps_the_rest() {
    let address = "range=7d&f=status:in:failure&f=user:contains:a\\,b&q=x+y&sort=user";
    let page = page(Fake::morning(), address);
    let status = page
        .filters
        .pills
        .iter()
        .find(|pill| pill.column == "status")
        .expect("a pill");
    assert_eq!(
        applied(status, "in", &["interrupted", "success"]).to_text(),
        Query::parse(
            "range=7d&f=user:contains:a\\,b&f=status:in:interrupted,success&q=x+y&sort=user"
        )
        .0
        .to_text()
    );
    let application = page
        .filters
        .pills
        .iter()
        .find(|pill| pill.column == "application")
        .expect("a pill");
    assert_eq!(application.value, None);
    assert_eq!(
        applied(application, "contains", &["Teams", ""]).to_text(),
        Query::parse(&format!("{address}&f=application:contains:Teams"))
            .0
            .to_text()
    );
}

#[test]
fn an_editor_shows_what_is_set() {
    let page = page(
        Fake::morning(),
        "f=status:eq:failure&f=user:contains:ann,bob",
    );
    let status = page
        .filters
        .pills
        .iter()
        .find(|pill| pill.column == "status")
        .expect("a pill");
    let ticked: Vec<_> = status.entry.ticks[0]
        .values
        .iter()
        .filter(|line| line.is_ticked)
        .map(|line| line.value.as_str())
        .collect();
    assert_eq!(ticked, ["failure"]);
    assert!(
        status
            .operators
            .iter()
            .any(|operator| operator.value == "in" && operator.is_present)
    );
    let user = page
        .filters
        .pills
        .iter()
        .find(|pill| pill.column == "user")
        .expect("a pill");
    assert_eq!(user.entry.texts, ["ann", "bob", ""]);
    assert!(user.entry.ticks.is_empty());
}

#[test]
fn removing_and_resetting_lead_to_the_first_page() {
    let page = page(Fake::morning(), "f=user:contains:a&q=b&row=x&after=5~y");
    assert_eq!(
        page.filters.pills[0].remove.as_deref(),
        Some("/sign-ins?q=b")
    );
    assert_eq!(page.filters.reset.as_deref(), Some("/sign-ins"));
}

#[test]
fn a_header_turns_its_own_order_round() {
    let page = page(Fake::morning(), "sort=user");
    let address = |label: &str| {
        page.headers
            .iter()
            .find(|header| header.label == label)
            .and_then(|header| header.address.clone())
    };
    assert_eq!(address("User").as_deref(), Some("/sign-ins?sort=-user"));
    assert_eq!(
        address("Application").as_deref(),
        Some("/sign-ins?sort=application")
    );
    assert_eq!(address("Date").as_deref(), Some("/sign-ins"));
}

#[test]
fn the_reason_is_ordered_by_the_error_code_and_one_header_says_so() {
    let header = |query: &str, id: &str| {
        let page = page(Fake::morning(), query);
        let mut headers = page.headers.into_iter();
        headers.find(|header| header.id == id).expect("a header")
    };
    let plain = header("", "reason");
    assert_eq!(plain.address.as_deref(), Some("/sign-ins?sort=error_code"));
    assert_eq!(plain.sorted, None);
    let sorted = header("sort=error_code", "reason");
    assert_eq!(
        sorted.address.as_deref(),
        Some("/sign-ins?sort=-error_code")
    );
    assert_eq!(sorted.sorted, Some(Sorted::Ascending));
    let both = "cols=date,reason,error_code&sort=-error_code";
    assert_eq!(header(both, "reason").sorted, None);
    assert_eq!(header(both, "error_code").sorted, Some(Sorted::Descending));
}

#[test]
fn rows_go_on_where_the_page_ends() {
    let mut fake = Fake::default();
    for index in 0..250 {
        let id = format!("id-{index:03}");
        fake.sign_ins.push(FakeSignIn::new(
            Tab::Interactive,
            Duration::seconds(index),
            0,
            &[("request_id", &id)],
        ));
    }
    let mut seen = Vec::new();
    let mut query = String::new();
    loop {
        let shown = page(fake.clone(), &query);
        assert_eq!(shown.totals.all, 250);
        assert_eq!(
            shown.first_page.as_deref(),
            (!query.is_empty()).then_some("/sign-ins")
        );
        seen.extend(shown.rows.rows.into_iter().map(|row| row.id));
        match shown.rows.next {
            Some(next) => query = next,
            None => break,
        }
    }
    assert_eq!(seen.len(), 250);
    assert!(seen.is_sorted());
}

#[test]
fn nothing_was_imported() {
    assert_eq!(page(Fake::default(), "").empty, Some(Empty::Nothing));
    let markup = page_markup(Fake::default(), "", None);
    insta::assert_snapshot!(words(&without_exploring(&markup)));
}

#[test]
fn nothing_of_this_kind() {
    let empty = page(Fake::morning(), "tab=managedidentity").empty;
    assert_eq!(
        empty,
        Some(Empty::Tab {
            label: "Managed identity sign-ins".to_owned()
        })
    );
}

#[test]
fn nothing_at_that_time() {
    let mut fake = Fake::morning();
    for sign_in in &mut fake.sign_ins {
        sign_in.date -= Duration::days(10);
    }
    let Some(Empty::Range {
        newest, address, ..
    }) = page(fake.clone(), "").empty
    else {
        panic!("another reason")
    };
    assert_eq!(newest.text, "14 Nov 10:41:57");
    let there = page(fake, address.trim_start_matches("/sign-ins?"));
    assert_eq!(there.totals.all, 4);
}

#[test]
fn filters_leave_none() {
    let markup = page_markup(Fake::morning(), "f=user:contains:nobody", None);
    assert!(
        words(&markup)
            .contains("No sign-ins match\n4 sign-ins came in without the filters (Last 24 hours).")
    );
}

/// Filter, rows without it, whether it is alone, and how many rows pausing it gives.
fn culprit(filters: &str) -> Option<(String, u64, bool, u64)> {
    let Some(Empty::Filters { culprit, .. }) = page(Fake::morning(), filters).empty else {
        panic!("another reason")
    };
    let culprit = culprit?;
    let there = page(
        Fake::morning(),
        culprit.pause.trim_start_matches("/sign-ins?"),
    );
    let rows = there.totals.all;
    Some((culprit.filter, culprit.rows, culprit.is_alone, rows))
}

#[test]
fn the_filter_that_leaves_none_is_named() {
    let named = |filter: &str, rows, is_alone| Some((filter.to_owned(), rows, is_alone, rows));
    assert_eq!(
        culprit("f=application:eq:Azure Portal&f=user:contains:nobody"),
        named("User contains nobody", 1, true)
    );
    // Each of them has some, together they have none.
    assert_eq!(
        culprit("f=application:eq:Azure Portal&f=user:eq:Priya Raman"),
        named("Application is Azure Portal", 1, false)
    );
    // A paused one is at no fault.
    assert_eq!(
        culprit("f=~user:eq:nobody&f=city:eq:Oslo"),
        named("City is Oslo", 4, true)
    );
    // Two that have none each.
    assert_eq!(culprit("f=city:eq:Oslo&f=user:contains:nobody"), None);
    // What is searched for is no filter that could be paused.
    assert_eq!(culprit("q=nobody"), None);
    let markup = page_markup(Fake::morning(), "f=user:contains:nobody", None);
    let shown = words(&markup);
    assert!(shown.contains("User contains nobody"), "{shown}");
    assert!(shown.contains("alone leaves none."), "{shown}");
    assert!(shown.contains("Pause that filter"), "{shown}");
}

#[test]
fn a_backend_that_fails_leaves_the_page_usable() {
    let fake = Fake {
        is_broken: true,
        ..Fake::morning()
    };
    let shown = words(&page_markup(fake, "range=7d", None));
    assert!(
        shown.contains("17 November could not be read. The other days are fine."),
        "{shown}"
    );
    assert!(shown.contains("9f31-c0de"), "{shown}");
    assert!(shown.contains("Last 7 days"), "{shown}");
    assert!(!shown.contains("0 sign-ins"), "{shown}");
}

#[test]
fn parts_that_are_not_understood_are_named() {
    let shown = words(&page_markup(
        Fake::morning(),
        "f=colour:eq:red&range=2y",
        None,
    ));
    assert!(
        shown.contains("2 parts of this address were not understood"),
        "{shown}"
    );
    assert!(shown.contains("f=colour:eq:red"), "{shown}");
    assert!(shown.contains("Astrid Lindqvist"), "{shown}");
}

#[test]
fn an_address_names_the_zone_of_its_moments() {
    let shown = |address: &str| {
        let sheet = super::entity::sheet(Fake::morning(), address);
        words(&sheet.markup.replace("<!>", ""))
    };
    let tokyo = shown("/sign-ins?tz=Asia/Tokyo");
    assert!(tokyo.contains("24 Nov 19:41:57"), "{tokyo}");
    assert!(tokyo.contains("Times in Asia/Tokyo"), "{tokyo}");
    let nowhere = shown("/sign-ins?tz=Mars/Base");
    assert!(nowhere.contains("Times in UTC"), "{nowhere}");
    assert!(nowhere.contains("no such time zone"), "{nowhere}");
}
