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
        part(Fake::morning(), "verbs", address, &[row, ("cell", cell)])
    };
    let user = verbs("/sign-ins?tz=utc", "1");
    assert!(
        user.contains("href=\"/users/Astrid%20Lindqvist?tz=utc\""),
        "{user}"
    );
    assert!(user.contains("About Astrid Lindqvist"), "{user}");
    let address = verbs("/sign-ins?from=now-3d", "5");
    assert!(
        address.contains("href=\"/ip/203.0.113.48?from=now-3d\""),
        "{address}"
    );
    assert!(!verbs("/sign-ins", "3").contains("About "));
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
