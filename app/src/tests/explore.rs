//! Chart, fields, groups and the view of all kinds.

use chrono::Duration;
use model::Tab;

use super::fake::{Fake, FakeSignIn};
use super::{page, page_markup, words};

/// The part of the page's markup from one text to before another.
fn part(markup: &str, from: &str, to: &str) -> String {
    let (_, rest) = markup.split_once(from).expect("the part");
    let (part, _) = rest.split_once(to).expect("its end");
    format!("{from}{part}")
}

/// The morning, and some of every other kind.
fn all_kinds() -> Fake {
    let mut fake = Fake::morning();
    let others = [
        (Tab::NonInteractive, 5),
        (Tab::ServicePrincipal, 3),
        (Tab::ManagedIdentity, 2),
    ];
    for (tab, number) in others {
        for index in 0..number {
            let id = format!("{tab}-{index}");
            let ago = Duration::minutes(i64::from(index) + 5);
            fake.sign_ins
                .push(FakeSignIn::new(tab, ago, 0, &[("request_id", &id)]));
        }
    }
    fake
}

#[test]
fn the_chart_of_a_morning() {
    let markup = page_markup(
        Fake::morning(),
        "tz=utc&from=2026-11-24T10:40:00Z&to=2026-11-24T10:42:00Z",
        None,
    );
    insta::assert_snapshot!(part(
        &markup,
        "<section aria-label=\"Sign-ins over time\"",
        "<div class=\"body\">"
    ));
}

#[test]
fn the_columns_hold_every_sign_in() {
    for query in [
        "",
        "range=7d",
        "range=1mo",
        "from=",
        "from=2026-11-24T10:41:00Z&to=2026-11-24T10:42:00Z",
    ] {
        let page = page(Fake::morning(), query);
        let plot = page
            .histogram
            .and_then(|chart| chart.plot)
            .expect("columns");
        let sum: u64 = plot.bars.iter().map(|bar| bar.totals.all).sum();
        assert_eq!(sum, page.totals.all, "{query}");
        assert_eq!(plot.zoom.edges.len(), plot.bars.len() + 1);
        assert_eq!(plot.zoom.words.len(), plot.zoom.edges.len());
        assert_eq!(plot.outside, None);
    }
}

#[test]
fn a_bar_leads_to_its_own_sign_ins() {
    let chart = |query: &str| {
        let page = page(Fake::morning(), query);
        page.histogram
            .and_then(|chart| chart.plot)
            .expect("columns")
    };
    for bar in chart("f=user:contains:a").bars {
        let there = page(
            Fake::morning(),
            bar.address.trim_start_matches("/sign-ins?"),
        );
        assert_eq!(there.totals, bar.totals, "{}", bar.address);
    }
}

#[test]
fn a_sign_in_with_a_wrong_clock_is_said_to_be_outside() {
    let mut fake = Fake::morning();
    fake.sign_ins.push(FakeSignIn::new(
        Tab::Interactive,
        Duration::hours(-3),
        0,
        &[("request_id", "early")],
    ));
    let page = page(fake, "");
    let plot = page
        .histogram
        .and_then(|chart| chart.plot)
        .expect("columns");
    assert_eq!(plot.outside.as_deref(), Some("1 outside the bars"));
}

#[test]
fn the_fields_of_a_morning() {
    let markup = page_markup(Fake::morning(), "", None);
    let rail = part(
        &markup,
        "Counted over",
        "data-field=\"service_principal_id\"",
    );
    let (first, _) = rail
        .split_once("data-field=\"status\"")
        .expect("the status");
    insta::assert_snapshot!(first);
}

#[test]
fn shares_of_reasons_are_shares_of_what_has_one() {
    let rail = page(Fake::morning(), "").rail.expect("fields");
    let field = |id: &str| {
        let mut fields = rail.fields.iter();
        fields
            .find(|field| field.column == id)
            .cloned()
            .expect("a field")
    };
    let reasons = field("error_code");
    assert_eq!(reasons.distinct.as_deref(), Some("3"));
    let reasons = reasons.values.expect("open");
    assert_eq!(
        reasons.note.as_deref(),
        Some("Of 3 that did not simply work")
    );
    assert_eq!(
        reasons
            .values
            .iter()
            .map(|value| value.permille)
            .collect::<Vec<_>>(),
        [333; 3]
    );
    let applications = field("application").values.expect("open");
    let first = applications.values.first().expect("a value");
    assert_eq!(
        (first.words.as_str(), first.rows, first.permille),
        ("Office 365 Exchange Online", 2, 500)
    );
    assert_eq!(
        first.verbs.only.as_deref(),
        Some("/sign-ins?f=application:eq:Office+365+Exchange+Online")
    );
    assert_eq!(field("status").distinct.as_deref(), Some("3"));
    assert_eq!(field("status").values, None);
    assert_eq!(field("browser").distinct, None);
}

#[test]
fn the_groups_of_a_morning() {
    let markup = page_markup(Fake::morning(), "tz=utc&group=application", None);
    insta::assert_snapshot!(part(
        &markup,
        "<table aria-label=\"Groups of sign-ins\"",
        "</div>"
    ));
    assert!(words(&markup).contains(", 3 groups"), "{}", words(&markup));
}

#[test]
fn the_view_of_all_kinds_says_what_it_hides() {
    let shown = |query: &str| words(&page_markup(all_kinds(), query, None));
    let people = shown("tab=all");
    assert!(
        people.contains("10 workload and silent rows hidden by\nPeople\nShow them"),
        "{people}"
    );
    let silent = shown("tab=all&noise=silent");
    assert!(
        silent.contains("5 workload rows hidden by\n+ silent"),
        "{silent}"
    );
    let all = page(all_kinds(), "tab=all&noise=workloads");
    assert_eq!(all.rows.rows.len(), 14);
    assert_eq!(all.totals.all, 14);
    assert_eq!(all.dial.and_then(|dial| dial.hidden), None);
    assert!(!shown("").contains("hidden by"));
}

#[test]
fn hostile_values_stay_values_in_fields_and_groups() {
    let mut fake = Fake::morning();
    let hostile = "<img src=x onerror=alert(1)>\u{202e}\"'&{from}";
    for sign_in in &mut fake.sign_ins {
        let text = model::Value::Text(hostile.to_owned());
        sign_in.values.insert("application", text);
    }
    for query in ["", "group=application", "group=application,user"] {
        let markup = page_markup(fake.clone(), query, None);
        assert!(!markup.contains("<img"), "{query}");
        assert!(!markup.contains('\u{202e}'), "{query}");
        assert!(markup.contains("&lt;img src=x"), "{query}");
    }
}
