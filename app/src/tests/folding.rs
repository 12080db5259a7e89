//! Lines that stand for several sign-ins.

use chrono::Duration;
use model::{Query, Tab};

use super::fake::{Fake, FakeSignIn};
use super::{in_request, markup, page, page_markup, ready, words};
use crate::asked::Asked;
use crate::pages::sign_ins::flyout;
use crate::view::folded::Fold;
use crate::view::grid::Cell;

const TEXTS: [(&str, &str); 5] = [
    ("user_id", "u1"),
    ("application_id", "a1"),
    ("ip_address", "203.0.113.5"),
    ("resource_id", "r1"),
    ("application", "Outlook <b>"),
];

/// Three sign-ins that are alike, one of another user, and one without an address.
fn silent() -> Fake {
    let sign_in = |minutes: i64, id: &str, changes: &[(&'static str, &str)]| {
        let mut texts: Vec<(&'static str, &str)> = TEXTS.to_vec();
        texts.extend([("request_id", id), ("user", "Priya Raman")]);
        texts.retain(|(name, _)| !changes.iter().any(|(other, _)| other == name));
        texts.extend(changes.iter().filter(|(_, text)| !text.is_empty()));
        FakeSignIn::new(Tab::NonInteractive, Duration::minutes(minutes), 0, &texts)
    };
    Fake {
        sign_ins: vec![
            sign_in(1, "id-1", &[]),
            sign_in(2, "id-2", &[("user_id", "u2"), ("user", "Tomás Arce")]),
            sign_in(3, "id-3", &[]),
            sign_in(4, "id-4", &[]),
            sign_in(5, "id-5", &[("ip_address", "")]),
        ],
        ..Fake::default()
    }
}

#[test]
fn a_folded_tab() {
    let markup = page_markup(silent(), "tab=noninteractive&tz=utc", None);
    let (_, folded) = markup.split_once("class=\"foldbar\"").expect("the choice");
    let (bar, rest) = folded.split_once("</nav>").expect("its end");
    let (_, grid) = rest.split_once("role=\"treegrid\"").expect("the grid");
    let (grid, _) = grid.split_once("</table>").expect("its end");
    insta::assert_snapshot!(format!("{bar}\n{grid}"));
}

#[test]
fn lines_and_sign_ins_are_both_counted() {
    let words = words(&page_markup(silent(), "tab=noninteractive&tz=utc", None));
    assert!(
        words.contains("5\nsign-ins\n in 3 lines") || words.contains("sign-ins in 3 lines"),
        "{words}"
    );
}

#[test]
fn the_tree_says_how_many_lines_there_are_and_numbers_them() {
    let markup = page_markup(silent(), "tab=noninteractive&tz=utc", None);
    // The header is a row, too.
    assert!(markup.contains("aria-rowcount=\"4\""), "{markup}");
    let (_, last) = markup.split_once("id=\"row-id-5\"").expect("a line");
    assert!(last.starts_with(" aria-rowindex=\"4\""), "{last}");
}

#[test]
fn verbs_are_those_of_the_column_they_are_asked_for() {
    let query = "tab=noninteractive&tz=utc";
    let verbs = |column: &str| {
        in_request(silent(), |_| {
            let asked = Asked::of(&format!("/sign-ins?{query}")).expect("a backend");
            let asked = asked.with(vec![
                ("row".to_owned(), "id-1".to_owned()),
                ("column".to_owned(), column.to_owned()),
            ]);
            let written = ready(crate::parts::written("verbs", &asked));
            written.expect("a part").expect("verbs")
        })
    };
    let markup = verbs("user");
    assert!(markup.contains("data-verb=\"only\""), "{markup}");
    assert!(markup.contains("data-verb=\"without\""), "{markup}");
    assert!(markup.contains("f=user:eq:Priya"), "{markup}");
    assert_eq!(verbs(""), "");
}

#[test]
fn off_another_order_and_an_identifier_show_each_sign_in() {
    for parts in [
        "every=off",
        "sort=user",
        "q=5f1c0000-0000-4000-8000-000000000001",
    ] {
        let markup = page_markup(silent(), &format!("tab=noninteractive&{parts}"), None);
        assert!(!markup.contains("treegrid"), "{parts}");
        assert!(!markup.contains("data-expands"), "{parts}");
        assert!(markup.contains("Time aggregate"), "{parts}");
    }
    let interactive = page_markup(Fake::morning(), "", None);
    assert!(!interactive.contains("Time aggregate"));
    assert!(interactive.contains("Events of a sign-in"));
    assert!(!page_markup(Fake::morning(), "tab=all", None).contains("class=\"foldbar\""));
}

/// Address of the sign-ins of the first line.
fn first_address(fake: Fake, query: &str) -> String {
    let page = page(fake, query);
    match page.rows.rows[0].cells.first() {
        Some(Cell::Fold(Fold::Line {
            address: Some(address),
            sign_ins: 3,
            ..
        })) => address.clone(),
        other => panic!("no line of three: {other:?}"),
    }
}

#[test]
fn the_address_of_a_line_finds_its_sign_ins_and_keeps_the_rest() {
    let query = "tab=noninteractive&q=priya&cols=user,date&every=1h";
    let address = first_address(silent(), query);
    let found = page(silent(), address.trim_start_matches("/sign-ins?"));
    let ids: Vec<_> = found.rows.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["id-1", "id-3", "id-4"]);
    assert!(
        address.contains("q=priya") && address.contains("cols=user,date"),
        "{address}"
    );
    assert!(address.contains("every=off"), "{address}");
}

#[test]
fn members_stand_one_level_down_and_open_in_the_page_they_are_in() {
    let query = "tab=noninteractive&tz=utc";
    let address = first_address(silent(), query);
    let markup = in_request(silent(), |_| {
        let asked = Asked::of(&address).expect("a backend");
        let asked = asked.with(vec![("of".to_owned(), query.to_owned())]);
        let written = ready(crate::parts::written("members", &asked));
        written.expect("a part").expect("members")
    });
    assert_eq!(markup.matches("aria-level=\"2\"").count(), 3);
    for id in ["id-1", "id-3", "id-4"] {
        assert!(markup.contains(&format!("id=\"row-{id}\"")), "{id}");
        let link = format!("href=\"/sign-ins?tab=noninteractive&amp;tz=utc&amp;row={id}\"");
        assert!(markup.contains(&link), "{markup}");
    }
    assert!(markup.contains("Outlook &lt;b&gt;"), "{markup}");
    assert!(!markup.contains("data-more-members"));
}

#[test]
fn many_members_are_read_a_page_at_a_time() {
    let mut fake = silent();
    for number in 0..250 {
        let id = format!("more-{number:03}");
        let mut texts: Vec<(&'static str, &str)> = TEXTS.to_vec();
        texts.extend([("request_id", id.as_str()), ("user", "Priya Raman")]);
        let ago = Duration::minutes(6) + Duration::seconds(number);
        fake.sign_ins
            .push(FakeSignIn::new(Tab::NonInteractive, ago, 0, &texts));
    }
    let query = "tab=noninteractive&tz=utc";
    let page = page(fake.clone(), query);
    let Some(Cell::Fold(Fold::Line {
        address: Some(address),
        sign_ins: 253,
        ..
    })) = page.rows.rows[0].cells.first()
    else {
        panic!("no line: {:?}", page.rows.rows[0]);
    };
    let (mut address, mut shown) = (address.clone(), 0);
    for (rows, words) in [
        (100, Some("Show 100 more, 100 of 253 shown")),
        (100, Some("Show 53 more, 200 of 253 shown")),
        (53, None),
    ] {
        let markup = in_request(fake.clone(), |_| {
            let asked = Asked::of(&address).expect("a backend").with(vec![
                ("of".to_owned(), query.to_owned()),
                ("shown".to_owned(), shown.to_string()),
            ]);
            let written = ready(crate::parts::written("members", &asked));
            written.expect("a part").expect("members")
        });
        assert_eq!(markup.matches("id=\"row-").count(), rows);
        assert_eq!(words.is_some(), markup.contains("data-more-members"));
        shown += rows;
        let Some(words) = words else { break };
        assert!(markup.contains(words), "{words}");
        let link = markup.split("data-more-members").nth(1).expect("a link");
        let link = link
            .split("href=\"")
            .nth(1)
            .and_then(|link| link.split('"').next());
        address = link.expect("an address").replace("&amp;", "&");
    }
    assert_eq!(shown, 253);
}

/// An interrupted sign-in of Priya that went on, an event of another application, and two without correlation ID.
fn prompted() -> Fake {
    let event = |minutes: i64, id: &str, code: i64, changes: &[(&'static str, &str)]| {
        let mut texts: Vec<(&'static str, &str)> = TEXTS.to_vec();
        texts.extend([
            ("request_id", id),
            ("user", "Priya Raman"),
            ("correlation_id", "c1"),
        ]);
        texts.retain(|(name, _)| !changes.iter().any(|(other, _)| other == name));
        texts.extend(changes.iter().filter(|(_, text)| !text.is_empty()));
        let ago = Duration::minutes(minutes);
        FakeSignIn::new(Tab::Interactive, ago, code, &texts).with_record(serde_json::json!({
            "id": id,
            "authenticationDetails": [{
                "authenticationMethod": "Password <b>",
                "authenticationStepRequirement": "Primary authentication",
                "authenticationStepResultDetail": "Correct password",
                "succeeded": true,
            }, { "authenticationMethod": "Text message", "succeeded": code == 0 }],
        }))
    };
    let mut settling = event(7, "settling", 0, &[("correlation_id", "c2")]);
    let mark = model::Value::Boolean(true);
    settling.values.insert("still_settling", mark);
    Fake {
        sign_ins: vec![
            event(1, "ended", 0, &[]),
            event(2, "other", 0, &[("application_id", "a2")]),
            event(3, "asked", 50_140, &[]),
            event(4, "began", 50_074, &[]),
            event(5, "alone-1", 50_140, &[("correlation_id", "")]),
            event(6, "alone-2", 50_140, &[("correlation_id", "")]),
            settling,
        ],
        ..Fake::default()
    }
}

#[test]
fn events_of_one_sign_in_are_a_line_that_says_how_it_ended() {
    let page = page(prompted(), "every=signin&tz=utc");
    let lines: Vec<_> = page
        .rows
        .rows
        .iter()
        .map(|row| {
            let Some(Cell::Fold(Fold::Line {
                sign_ins,
                is_of_events,
                ..
            })) = row.cells.first()
            else {
                panic!("no line: {row:?}");
            };
            assert!(is_of_events);
            (row.id.as_str(), *sign_ins)
        })
        .collect();
    let alone = [("alone-1", 1), ("alone-2", 1), ("settling", 1)];
    assert_eq!(lines, [&[("ended", 3), ("other", 1)][..], &alone].concat());
    let markup = page_markup(prompted(), "every=signin&tz=utc", None);
    assert!(
        markup.contains("3 events of this sign-in, show one by one"),
        "{markup}"
    );
    assert!(markup.contains("# events"));
    let words = words(&markup).replace('\n', " ");
    assert!(words.contains("events of 5 sign-ins"), "{words}");
}

#[test]
fn events_open_oldest_first_with_their_steps() {
    let page_query = "every=signin&tz=utc";
    let address = first_address(prompted(), page_query);
    assert!(address.contains("sort=date"), "{address}");
    let markup = in_request(prompted(), |_| {
        let asked = Asked::of(&address).expect("a backend");
        let asked = asked.with(vec![("of".to_owned(), page_query.to_owned())]);
        let written = ready(crate::parts::written("members", &asked));
        written.expect("a part").expect("members")
    });
    let ids: Vec<_> = markup
        .split("id=\"row-")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .collect();
    assert_eq!(ids, ["began", "asked", "ended"]);
    assert_eq!(markup.matches("class=\"steps-of\"").count(), 3);
    assert_eq!(
        markup
            .matches("Password &lt;b&gt;: Correct password")
            .count(),
        3
    );
    assert_eq!(markup.matches("Text message: Failed").count(), 2);
    assert_eq!(markup.matches("Text message: Succeeded").count(), 1);
}

#[test]
fn what_is_settling_is_marked_in_its_status() {
    let markup = page_markup(prompted(), "tz=utc", None);
    assert_eq!(markup.matches("aria-label=\"Still settling\"").count(), 1);
    let (_, row) = markup.split_once("id=\"row-settling\"").expect("the row");
    assert!(
        row.contains("title=\"Still settling: this record was stored soon"),
        "{row}"
    );
}

#[test]
fn the_pane_leads_to_the_other_events() {
    let pane = |id: &str| {
        in_request(prompted(), |_| {
            let asked = Asked::of("/sign-ins").expect("a backend");
            let query = Query::parse("tz=utc").0.with_row(id);
            words(&markup(ready(flyout(&asked, &query)))).replace('\n', " ")
        })
    };
    let words = pane("asked");
    for said in [
        "Event 2 of 3 of this sign-in",
        "Interrupted 50074, 1 min 0 s before",
        "Success, 2 min 0 s later",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!pane("alone-1").contains("of this sign-in"));
}
