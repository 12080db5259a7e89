//! What the grid asks for by itself: rows from a number on, and the menu of a row.

use chrono::Duration;
use model::Tab;

use super::fake::{Fake, FakeSignIn};
use super::{in_request, page_markup, ready};
use crate::asked::Asked;
use crate::parts;

/// So many sign-ins, of which the first is the newest.
fn many(count: i64) -> Fake {
    let sign_ins = (0..count).map(|index| {
        let id = format!("id-{index:03}");
        let texts = [("request_id", id.as_str()), ("application", "<b>Teams")];
        FakeSignIn::new(Tab::Interactive, Duration::seconds(index), 0, &texts)
    });
    Fake {
        sign_ins: sign_ins.collect(),
        ..Fake::default()
    }
}

fn part(fake: Fake, name: &str, address: &str, parameters: &[(&str, &str)]) -> String {
    let parameters = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    in_request(fake, |_| {
        let asked = Asked::of(address).expect("a backend");
        let asked = asked.with(parameters.collect());
        let written = ready(parts::written(name, &asked)).expect("a part");
        written.expect("written")
    })
}

#[test]
fn rows_are_numbered_as_in_the_whole_list() {
    let shown = part(
        many(250),
        "rows",
        "/sign-ins?tz=utc",
        &[("from_row", "200")],
    );
    assert!(shown.contains("data-total=\"250\""), "{shown}");
    assert_eq!(shown.matches("<tr ").count(), 50);
    // The header is row 1.
    assert!(
        shown.contains("id=\"row-id-200\" aria-rowindex=\"202\""),
        "{shown}"
    );
    assert!(
        shown.contains("id=\"row-id-249\" aria-rowindex=\"251\""),
        "{shown}"
    );
    assert!(
        shown.contains("&lt;b&gt;Teams") && !shown.contains("<b>"),
        "{shown}"
    );
    let beyond = part(many(250), "rows", "/sign-ins", &[("from_row", "900")]);
    assert!(!beyond.contains("<tr "), "{beyond}");
}

/// A part of rows of a list that was read before, as the client asks for it; and how many there are in all.
fn rows_behind(first_page: &str, fake: Fake, address: &str, from_row: &str) -> (Vec<String>, u64) {
    let said = |name: &str| {
        let (_, rest) = first_page.split_once(&format!("{name}=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let as_of = said("data-as-of").expect("the moment of the page");
    let until = said("data-until").unwrap_or_default();
    let parameters = [
        ("from_row", from_row),
        ("as_of", as_of.as_str()),
        ("until", until.as_str()),
    ];
    let rows = part(fake, "rows", address, &parameters);
    let ids = rows.split("<tr id=\"row-").skip(1);
    let ids = ids.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
    let total = rows.split_once("data-total=\"").expect("a number").1;
    let total = total.split_once('"').expect("a number").0;
    (ids.collect(), total.parse().expect("a number"))
}

/// One more sign-in, so long ago.
fn with_one_more(fake: &Fake, ago: Duration) -> Fake {
    let mut fake = fake.clone();
    let texts = [("request_id", "id-new"), ("application", "Teams")];
    let new = FakeSignIn::new(Tab::Interactive, ago, 0, &texts);
    fake.sign_ins.push(new);
    fake
}

#[test]
fn rows_keep_their_numbers_while_newer_sign_ins_come_in() {
    // The newest came in ten minutes ago, as it is with logs.
    let mut before = many(250);
    for sign_in in &mut before.sign_ins {
        sign_in.date -= Duration::minutes(10);
        let date = model::Value::Instant(sign_in.date);
        sign_in.values.insert("date", date);
    }
    for query in [
        "",
        "range=7d",
        "from=now-3d",
        "from=2026-11-24",
        "sort=date",
    ] {
        let address = format!("/sign-ins?{query}");
        let page = page_markup(before.clone(), query, None);
        let numbers = |fake| rows_behind(&page, fake, &address, "150");
        let (ids, total) = numbers(before.clone());
        assert_eq!((ids.len(), total), (50, 250), "{query}");
        // Newer than all others, and older than the moment of the page.
        let newer = with_one_more(&before, Duration::minutes(5));
        assert_eq!(numbers(newer), (ids.clone(), 250), "{query}");
        let since = with_one_more(&before, Duration::minutes(-5));
        assert_eq!(numbers(since), (ids, 250), "{query}");
        // What comes late stands among the others: the list says that it has changed.
        let late = with_one_more(&before, Duration::minutes(11));
        assert_eq!(numbers(late).1, 251, "{query}");
    }
}

#[test]
fn a_clock_that_runs_ahead_is_part_of_the_list() {
    let fake = with_one_more(&many(250), Duration::minutes(-5));
    for query in ["", "sort=date"] {
        let page = page_markup(fake.clone(), query, None);
        assert!(page.contains("data-total=\"251\""), "{page}");
        let address = format!("/sign-ins?{query}");
        let (ids, total) = rows_behind(&page, fake.clone(), &address, "150");
        assert_eq!((ids.len(), total), (50, 251), "{query}");
    }
}

#[test]
fn rows_of_an_identifier_are_counted_in_all_tabs() {
    let id = "0f0f0f0f-0000-4000-8000-000000000001";
    let mut fake = many(150);
    for (index, sign_in) in fake.sign_ins.iter_mut().enumerate() {
        let text = model::Value::Text(id.to_owned());
        sign_in.values.insert("correlation_id", text);
        if index % 3 == 0 {
            sign_in.tab = Tab::ServicePrincipal;
        }
    }
    let query = format!("q={id}");
    let page = page_markup(fake.clone(), &query, None);
    assert!(page.contains("data-total=\"150\""), "{page}");
    let (ids, total) = rows_behind(&page, fake, &format!("/sign-ins?{query}"), "100");
    assert_eq!((ids.len(), total), (50, 150));
}

#[test]
fn rows_of_the_lake_have_no_numbers() {
    let fake = Fake {
        is_from_lake: true,
        ..many(150)
    };
    let page = page_markup(fake, "", None);
    assert!(!page.contains("data-address"), "{page}");
    assert!(!page.contains("data-total"), "{page}");
    assert!(page.contains("aria-rowcount=\"-1\""), "{page}");
    assert!(
        !page.contains("<tr id=\"row-id-000\" aria-rowindex"),
        "{page}"
    );
    assert!(page.contains("rel=\"next\""), "{page}");
}

#[test]
fn only_the_first_page_knows_the_numbers_of_its_rows() {
    let first = page_markup(many(150), "", None);
    assert!(first.contains("aria-rowcount=\"151\""), "{first}");
    assert!(first.contains("aria-rowindex=\"2\""), "{first}");
    assert!(first.contains("data-address=\"/sign-ins\""), "{first}");
    let later = page_markup(many(150), "after=1795516910000000~id-010", None);
    assert!(!later.contains("aria-rowindex=\"2\""), "{later}");
    assert!(!later.contains("data-address"), "{later}");
    let broken = Fake {
        is_broken: true,
        ..many(3)
    };
    let unread = page_markup(broken, "", None);
    assert!(unread.contains("aria-rowcount=\"-1\""), "{unread}");
    assert!(unread.contains("Not read"), "{unread}");
}

#[test]
fn the_menu_of_a_cell_has_verbs_for_its_value() {
    let address = "/sign-ins?f=application:contains:a&f=user:contains:b&row=id-001";
    let parameters = [("row", "id-002"), ("column", "application")];
    let menu = part(many(3), "row_menu", address, &parameters);
    assert!(menu.contains("Only Application: &lt;b&gt;Teams"), "{menu}");
    // What was asked of the column gives way.
    assert!(
        menu.contains("f=user:contains:b&amp;f=application:eq:"),
        "{menu}"
    );
    assert!(
        menu.contains("f=user:contains:b&amp;f=application:ne:"),
        "{menu}"
    );
    assert!(
        menu.contains("row=id-002&amp;compare=last-success"),
        "{menu}"
    );
    // The reason is worked out from the error code.
    let reason = [("row", "id-002"), ("column", "reason")];
    let menu = part(many(3), "row_menu", address, &reason);
    assert!(menu.contains("f=error_code:eq:"), "{menu}");
    let none = part(many(3), "row_menu", address, &[("row", "id-002")]);
    assert!(!none.contains("Only "), "{none}");
}

#[test]
fn what_a_cell_names_leads_to_its_page() {
    let row = ("row", "5f1c0000-0000-4000-8000-000000000000");
    let verbs = |address: &str, cell: &'static str| {
        part(Fake::morning(), "verbs", address, &[row, ("column", cell)])
    };
    let user = verbs("/sign-ins?tz=utc", "user");
    assert!(
        user.contains("href=\"/users/Astrid%20Lindqvist?tz=utc\""),
        "{user}"
    );
    assert!(user.contains("About Astrid Lindqvist"), "{user}");
    let address = verbs("/sign-ins?from=now-3d", "ip_address");
    assert!(
        address.contains("href=\"/ip/203.0.113.48?from=now-3d\""),
        "{address}"
    );
    assert!(!verbs("/sign-ins", "status").contains("About "));
    let menu = |column: &'static str| {
        let parameters = [row, ("column", column)];
        part(Fake::morning(), "row_menu", "/sign-ins", &parameters)
    };
    let of_cell = menu("application");
    assert!(of_cell.contains("href=\"/applications/Ledgerline%20Finance\""));
    assert_eq!(of_cell.matches("About ").count(), 2, "{of_cell}");
    let of_row = menu("");
    for page in [
        "/users/Astrid%20Lindqvist",
        "/applications/Ledgerline%20Finance",
        "/ip/203.0.113.48",
    ] {
        assert!(of_row.contains(&format!("href=\"{page}\"")), "{of_row}");
    }
}
