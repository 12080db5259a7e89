//! The filter bar: pills, their editors, the list of columns, the search line.

use chrono::Duration;
use model::column::COLUMNS;
use model::{Query, Tab, Value};

use super::fake::{Fake, FakeSignIn};
use super::{in_request, page, page_markup, ready, words};
use crate::asked::Asked;
use crate::pages::Written;

/// A part of the page at an address, as markup.
fn part(fake: Fake, name: &str, address: &str, parameters: &[(&str, &str)]) -> String {
    in_request(fake, |_| {
        let given = parameters
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let asked = Asked::of(address).expect("a backend").with(given.collect());
        let written = ready(crate::parts::written(name, &asked)).expect("a part");
        let markup = written.expect("an answer").replace("<!>", "");
        markup.replace("><", ">\n<")
    })
}

/// The address that a form's address is sent on to, or the words of the page that says why not.
fn sent_on(address: &str) -> Result<String, String> {
    in_request(Fake::morning(), |_| {
        let asked = Asked::of(address).expect("a backend");
        match ready(crate::pages::written(&asked)) {
            Written::Elsewhere(address) => Ok(address),
            Written::Sheet(sheet) | Written::NotFound(sheet) | Written::Forbidden(sheet) => {
                Err(words(&sheet.markup))
            }
        }
    })
}

fn many(number: usize) -> Fake {
    let sign_ins = (0..number).map(|index| {
        let name = format!("Application {index:03}");
        FakeSignIn::new(
            Tab::Interactive,
            Duration::seconds(1),
            0,
            &[("application", &name)],
        )
    });
    Fake {
        sign_ins: sign_ins.collect(),
        ..Fake::default()
    }
}

#[test]
fn values_are_counted_under_the_other_filters() {
    let address = "/sign-ins?f=application:in:Azure+Portal&f=user:contains:a";
    let shown = words(&part(
        Fake::morning(),
        "editor",
        address,
        &[("column", "application"), ("index", "0")],
    ));
    assert_eq!(
        shown,
        "Azure Portal\n1\nOffice 365 Exchange Online\n2\nLedgerline Finance\n1\n"
    );
}

#[test]
fn what_is_known_is_listed_with_nought_too() {
    let status = part(
        Fake::morning(),
        "editor",
        "/sign-ins",
        &[("column", "status")],
    );
    assert_eq!(words(&status), "Success\n1\nFailure\n2\nInterrupted\n1\n");
    assert!(status.contains("role=\"listbox\""), "{status}");
    let access = words(&part(
        Fake::morning(),
        "editor",
        "/sign-ins",
        &[("column", "conditional_access")],
    ));
    assert_eq!(access, "Success\n0\nFailure\n0\nNot applied\n4\n");
}

#[test]
fn client_apps_are_a_tree_of_two_groups() {
    let mut fake = Fake::morning();
    for (sign_in, client) in fake.sign_ins.iter_mut().zip(["Browser", "IMAP4", "IMAP4"]) {
        sign_in
            .values
            .insert("client_app", Value::Text(client.to_owned()));
    }
    let tree = part(
        fake,
        "editor",
        "/sign-ins?f=client_app:in:IMAP4",
        &[("column", "client_app"), ("index", "0")],
    );
    assert!(tree.contains("role=\"tree\""), "{tree}");
    assert_eq!(tree.matches(" aria-level=\"1\"").count(), 2);
    assert_eq!(tree.matches(" aria-level=\"2\"").count(), 18);
    assert_eq!(tree.matches("aria-checked=\"mixed\"").count(), 1);
    let shown = words(&tree);
    assert!(shown.contains("Legacy authentication clients"), "{shown}");
    assert!(
        shown.contains("IMAP4\nReads mail that stays on the server\n2\n"),
        "{shown}"
    );
}

#[test]
fn a_text_narrows_the_list_and_can_be_taken_itself() {
    let list = part(
        Fake::morning(),
        "editor",
        "/sign-ins",
        &[("column", "application"), ("text", "OFF")],
    );
    assert_eq!(
        words(&list),
        "Any value with \u{201c}OFF\u{201d}\nOffice 365 Exchange Online\n2\n"
    );
    assert!(
        list.contains("data-hint=\"1 of 3 match, 2 sign-ins\""),
        "{list}"
    );
}

#[test]
fn five_hundred_values_are_listed_and_ticked() {
    let ticked: Vec<_> = (0..500)
        .map(|index| format!("Application {index:03}"))
        .collect();
    let address = format!("/sign-ins?f=application:in:{}", ticked.join(",")).replace(' ', "+");
    let parameters = [("column", "application"), ("index", "0")];
    let list = part(many(700), "editor", &address, &parameters);
    assert_eq!(list.matches("aria-selected=\"true\"").count(), 500);
    let none = part(
        many(700),
        "editor",
        "/sign-ins",
        &[("column", "application")],
    );
    assert_eq!(none.matches("role=\"option\"").count(), 100);
    assert!(none.contains("100 of 700 values"), "{none}");
    let (query, problems) = Query::parse(address.trim_start_matches("/sign-ins?"));
    assert_eq!((problems.len(), query.filters[0].values.len()), (0, 500));
    let pill = page_markup(many(3), address.trim_start_matches("/sign-ins?"), None);
    assert!(words(&pill).contains("Application 000, Application 001, +498"));
}

#[test]
fn each_column_opens_an_editor() {
    for column in COLUMNS.iter().filter(|column| column.is_filterable()) {
        let list = part(
            Fake::morning(),
            "editor",
            "/sign-ins",
            &[("column", column.id)],
        );
        assert!(list.contains("data-hint"), "{}", column.id);
        let pill = part(
            Fake::morning(),
            "pill",
            "/sign-ins",
            &[("column", column.id)],
        );
        assert!(pill.contains("role=\"dialog\""), "{}", column.id);
        let shown = words(&page_markup(
            Fake::morning(),
            &format!("f={}:nempty", column.id),
            None,
        ));
        assert!(shown.contains(column.label), "{}", column.id);
    }
    assert_eq!(
        words(&part(
            Fake::morning(),
            "pill",
            "/sign-ins",
            &[("column", "reason")]
        )),
        ""
    );
}

#[test]
fn hostile_values_stay_text() {
    const MARKUP: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";
    let fake = Fake {
        sign_ins: vec![FakeSignIn::new(
            Tab::Interactive,
            Duration::seconds(3),
            0,
            &[("application", MARKUP), ("user", "a\u{202e}b")],
        )],
        ..Fake::default()
    };
    let escaped = crate::view::safe_text::escaped(MARKUP);
    let application = [("column", "application"), ("index", "0"), ("text", "<")];
    for shown in [
        part(
            fake.clone(),
            "editor",
            &format!("/sign-ins?f=application:in:{escaped}"),
            &application,
        ),
        part(
            fake.clone(),
            "complete",
            "/sign-ins",
            &[("text", "application:<")],
        ),
        page_markup(
            fake.clone(),
            &format!("line={escaped}&f=application:in:{escaped}"),
            None,
        ),
    ] {
        assert!(shown.contains("alert(1)"), "{shown}");
        assert!(!shown.contains("<script"), "{shown}");
        assert!(!shown.contains("<img"), "{shown}");
    }
    let users = part(fake, "editor", "/sign-ins", &[("column", "user")]);
    assert!(words(&users).contains("a\u{fffd}b"), "{users}");
}

#[test]
fn pills_are_turned_paused_and_removed_by_links() {
    let bar = page(
        Fake::morning(),
        "f=status:in:failure&f=~city:eq:Oslo&f=user:starts:a&f=latency_ms:gt:5",
    )
    .filters;
    let actions = |column: &str| {
        let pill = bar.pills.iter().find(|pill| pill.column == column);
        let actions = &pill.expect("a pill").actions;
        actions
            .iter()
            .map(|action| action.address.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        actions("status"),
        [
            "/sign-ins?f=status:nin:failure&f=~city:eq:Oslo&f=user:starts:a&f=latency_ms:gt:5",
            "/sign-ins?f=~status:in:failure&f=~city:eq:Oslo&f=user:starts:a&f=latency_ms:gt:5",
            "/sign-ins?f=~city:eq:Oslo&f=user:starts:a&f=latency_ms:gt:5",
        ]
    );
    assert_eq!(
        actions("city")[1],
        "/sign-ins?f=status:in:failure&f=city:eq:Oslo&f=user:starts:a&f=latency_ms:gt:5"
    );
    assert_eq!(
        actions("user")[0],
        "/sign-ins?f=status:in:failure&f=~city:eq:Oslo&f=user:nstarts:a&f=latency_ms:gt:5"
    );
    // "At most" would leave out what has no number, as "more than" does.
    assert_eq!(actions("latency_ms").len(), 2);
    let paused = bar.pills.iter().find(|pill| pill.paused);
    assert_eq!(
        paused.and_then(|pill| pill.said.as_deref()),
        Some("Paused: City is Oslo")
    );
}

#[test]
fn a_column_that_is_added_has_its_editor_open_in_the_page() {
    let shown = sent_on("/sign-ins?edit=city").expect_err("a page");
    assert!(shown.contains("City\n"), "{shown}");
    let markup = in_request(Fake::morning(), |_| {
        let asked = Asked::of("/sign-ins?edit=city").expect("a backend");
        match ready(crate::pages::written(&asked)) {
            Written::Sheet(sheet) => sheet.markup,
            _ => String::new(),
        }
    });
    assert!(markup.contains("popover editor standing"), "{markup}");
    assert!(!markup.contains("were not understood"), "{markup}");
}

#[test]
fn forms_are_sent_on_to_the_address_that_says_the_same() {
    for (form, address) in [
        (
            "/sign-ins?range=7d&line=status:failure+app:contains:teams+203.0.113.7",
            "/sign-ins?range=7d&f=status:in:failure&f=application:contains:teams&q=203.0.113.7",
        ),
        (
            "/sign-ins?tz=utc&from_local=2026-11-20+14:00&to_local=now",
            "/sign-ins?from=2026-11-20T14:00:00Z&tz=utc",
        ),
        (
            "/sign-ins?f=user:eq:a&from_local=now-24h&to_local=now",
            "/sign-ins?f=user:eq:a",
        ),
        ("/sign-ins?from_local=&to_local=", "/sign-ins?from="),
    ] {
        assert_eq!(sent_on(form).as_deref(), Ok(address), "{form}");
    }
    let shown = sent_on("/sign-ins?from_local=soon&to_local=").expect_err("a page");
    assert!(shown.contains("`soon` is not a moment"), "{shown}");
    let shown = sent_on("/sign-ins?line=code:abc").expect_err("a page");
    assert!(shown.contains("code:abc"), "{shown}");
}

#[test]
fn the_search_line_offers_columns_operators_and_values() {
    let offered = |text: &str| {
        let markup = part(Fake::morning(), "complete", "/sign-ins", &[("text", text)]);
        let puts = markup.split("data-puts=\"").skip(1);
        puts.map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(offered("app")[0], "application:");
    assert_eq!(
        offered("teams status:"),
        [
            "failure ",
            "interrupted ",
            "success ",
            "eq:",
            "ne:",
            "in:",
            "nin:",
            "contains:",
            "ncontains:",
            "empty ",
            "nempty "
        ]
    );
    assert_eq!(
        offered("application:exch"),
        ["&quot;Office 365 Exchange Online&quot; "]
    );
    assert_eq!(offered("nothing:"), [""; 0]);
}
