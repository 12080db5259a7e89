//! Pages about one user, address or application, and the lists of them.

use chrono::Duration;
use model::{Tab, Value};

use super::fake::{Fake, FakeSignIn};
use super::{in_request, ready, words};
use crate::asked::Asked;
use crate::pages::{Written, written};
use crate::sheet::Sheet;

const PLAIN_ID: &str = "7d1f0000-0000-4000-8000-00000000000a";

/// Two people of one name, one with many sign-ins; a workload.
fn fake() -> Fake {
    let mut sign_ins = Vec::new();
    for (index, code) in [0, 0, 50_126, 50_074, 0, 53_003].into_iter().enumerate() {
        let id = format!("row-{index}");
        let mut sign_in = FakeSignIn::new(
            Tab::Interactive,
            Duration::hours(5 * i64::try_from(index).expect("few")),
            code,
            &[
                ("request_id", &id),
                ("user", "Ann Lee"),
                ("username", "ann@halvorsenpike.example"),
                ("user_id", PLAIN_ID),
                ("application", "Ledgerline Finance"),
                ("application_id", "11110000-0000-4000-8000-000000000001"),
                ("ip_address", "203.0.113.48"),
                ("client_app", if index == 2 { "IMAP4" } else { "Browser" }),
                ("location", "Oslo, Oslo, NO"),
                ("authentication_methods", "Password\nText message"),
            ],
        );
        sign_in.values.insert("latitude", Value::Decimal(59.9127));
        sign_in.values.insert("longitude", Value::Decimal(10.7461));
        sign_ins.push(sign_in);
    }
    sign_ins.push(FakeSignIn::new(
        Tab::NonInteractive,
        Duration::days(40),
        0,
        &[
            ("request_id", "row-old"),
            ("user", "Ann Lee"),
            ("username", "ann.lee@halvorsenpike.example"),
            ("application", "Azure Portal"),
        ],
    ));
    sign_ins.push(FakeSignIn::new(
        Tab::ServicePrincipal,
        Duration::hours(1),
        0,
        &[
            ("request_id", "row-workload"),
            ("service_principal_name", "sync/eu"),
            ("application_id", "22220000-0000-4000-8000-000000000002"),
            ("ip_address", "203.0.113.48"),
        ],
    ));
    Fake {
        sign_ins,
        ..Fake::default()
    }
}

pub(super) fn asked(fake: Fake, address: &str) -> Written {
    in_request(fake, |_| {
        let asked = Asked::of(address).expect("a backend");
        ready(written(&asked))
    })
}

pub(super) fn sheet(fake: Fake, address: &str) -> Sheet {
    match asked(fake, address) {
        Written::Sheet(sheet) => sheet,
        Written::NotFound(_) | Written::Forbidden(_) => panic!("{address} is not found"),
        Written::Elsewhere(other) => panic!("{address} leads to {other}"),
    }
}

fn shown(address: &str) -> String {
    words(&sheet(fake(), address).markup.replace("<!>", ""))
}

#[test]
fn a_user_by_username_and_by_id() {
    let by_name = shown("/users/ann@halvorsenpike.example?tz=utc&range=7d");
    insta::assert_snapshot!(by_name);
    let by_id = sheet(fake(), &format!("/users/{PLAIN_ID}?tz=utc"));
    assert_eq!(by_id.title, "Ann Lee · Users");
    assert!(by_id.markup.contains(&format!(
        "/sign-ins?tab=all&amp;noise=workloads&amp;range=1mo&amp;tz=utc&amp;f=user_id:eq:{PLAIN_ID}"
    )));
}

#[test]
fn every_line_leads_to_its_sign_ins() {
    let markup = sheet(fake(), "/users/ann@halvorsenpike.example?range=7d").markup;
    let scope = "/sign-ins?tab=all&amp;noise=workloads&amp;range=7d&amp;f=username:eq:ann@halvorsenpike.example";
    for (more, what) in [
        ("", "Open in sign-in logs"),
        ("&amp;f=status:in:failure", "2"),
        ("&amp;f=error_code:eq:50126", "Wrong user name or password"),
        ("&amp;f=client_app:eq:IMAP4", "IMAP4"),
        (
            "&amp;f=authentication_methods:eq:Text+message",
            "Text message",
        ),
        ("&amp;row=row-0", "24 Nov 10:42:00"),
    ] {
        let link = format!("href=\"{scope}{more}\"");
        let (_, rest) = markup
            .split_once(&link)
            .unwrap_or_else(|| panic!("{link} in {markup}"));
        let (content, _) = rest.split_once("</a>").expect("its end");
        assert!(content.contains(what), "{content}");
    }
    assert!(markup.contains("href=\"/ip/203.0.113.48?range=7d\""));
    assert!(
        markup.contains("href=\"/applications/11110000-0000-4000-8000-000000000001?range=7d\"")
    );
    assert!(markup.contains("Legacy"));
}

#[test]
fn a_display_name_lists_those_who_have_it() {
    let shown = shown("/users/Ann%20Lee");
    assert!(
        shown.starts_with("Users\n2 people have the name Ann Lee\n"),
        "{shown}"
    );
    for name in [
        "ann@halvorsenpike.example",
        "ann.lee@halvorsenpike.example",
        PLAIN_ID,
    ] {
        assert!(shown.contains(name), "{shown}");
    }
}

#[test]
fn a_range_without_sign_ins_leads_to_those_of_all_time() {
    let markup = sheet(fake(), "/users/ann.lee@halvorsenpike.example").markup;
    assert!(words(&markup).contains("No sign-ins at that time\n"));
    assert!(markup.contains("href=\"/users/ann.lee@halvorsenpike.example?from=\""));
    let all = shown("/users/ann.lee@halvorsenpike.example?from=");
    assert!(all.contains("Non-interactive 1"), "{all}");
}

#[test]
fn first_and_last_are_said_of_all_time_too() {
    let shown = |query: &str| {
        let address = format!("/users/ann@halvorsenpike.example?tz=utc{query}");
        words(&sheet(fake(), &address).markup.replace("<!>", ""))
    };
    let day = shown("&range=24h");
    assert!(
        day.contains("First in this range\nMon 23 Nov 2026, 14:42:00 UTC"),
        "{day}"
    );
    assert!(
        day.contains("First seen here\nMon 23 Nov 2026, 09:42:00 UTC"),
        "{day}"
    );
    assert!(
        day.contains("Last seen here\nTue 24 Nov 2026, 10:42:00 UTC"),
        "{day}"
    );
    assert!(!shown("&from=").contains("seen here"));
}

#[test]
fn the_newest_sign_ins_lead_to_what_they_name() {
    let markup = sheet(fake(), "/ip/203.0.113.48?range=7d").markup;
    let (_, latest) = markup.split_once("id=\"latest\"").expect("the newest");
    let (latest, _) = latest.split_once("</table>").expect("its end");
    assert!(
        latest.contains(&format!("href=\"/users/{PLAIN_ID}?range=7d\"")),
        "{latest}"
    );
    assert!(latest.contains("href=\"/applications/sync~2Feu?range=7d\""));
}

#[test]
fn an_address_and_an_application() {
    insta::assert_snapshot!(shown("/ip/203.0.113.48?tz=utc&range=7d"));
    assert!(
        shown("/applications/Ledgerline%20Finance")
            .contains("11110000-0000-4000-8000-000000000001")
    );
    let workload = shown("/applications/22220000-0000-4000-8000-000000000002");
    assert!(
        workload.starts_with("Enterprise applications\nsync/eu\n"),
        "{workload}"
    );
    assert!(shown("/applications/sync~2Feu").contains("Service principal 1"));
}

#[test]
fn what_nobody_has_is_said() {
    for (address, name) in [
        ("/users/nobody~25~2F..", "“nobody%/..”"),
        ("/ip/192.0.2.1", "“192.0.2.1”"),
        ("/applications/%22%3E%3Cscript%3E", "“\"&gt;&lt;script&gt;”"),
        ("/users/a%E2%80%AEb", "“a\u{fffd}b”"),
    ] {
        let Written::NotFound(sheet) = asked(fake(), address) else {
            panic!("{address} is found");
        };
        let found = sheet.markup.contains(name) || words(&sheet.markup).contains(name);
        assert!(found, "{address}: {}", sheet.markup);
    }
}

#[test]
fn a_page_that_cannot_be_read_says_so() {
    let broken = Fake {
        is_broken: true,
        ..fake()
    };
    for address in [
        "/users/ann@halvorsenpike.example",
        "/users",
        "/map",
        "/ip/203.0.113.48",
    ] {
        let shown = words(&sheet(broken.clone(), address).markup);
        assert!(
            shown.contains("17 November could not be read."),
            "{address}: {shown}"
        );
    }
}

#[test]
fn lists_are_searched_sorted_and_paged() {
    let users = shown("/users?tz=utc&from=");
    insta::assert_snapshot!(users);
    let found = shown("/users?from=&find=ANN.LEE");
    assert!(
        found.contains("1 to 1 of 1 that match, 2 users with sign-ins in all"),
        "{found}"
    );
    let none = shown("/users?find=nobody");
    assert!(none.contains("Nothing here has that name"), "{none}");
    let applications = shown("/applications?from=&order=name");
    let places: Vec<_> = ["Azure Portal", "Ledgerline Finance", "sync/eu"]
        .iter()
        .map(|name| applications.find(name).expect("the name"))
        .collect();
    assert!(places.is_sorted(), "{applications}");
    let mut many = fake();
    for index in 0..120 {
        let username = format!("person{index:03}@halvorsenpike.example");
        let texts = [
            ("request_id", username.as_str()),
            ("username", username.as_str()),
        ];
        many.sign_ins.push(FakeSignIn::new(
            Tab::Interactive,
            Duration::hours(2),
            0,
            &texts,
        ));
    }
    let last = sheet(many, "/users?order=name&page=9").markup;
    assert!(words(&last).contains("101 to 121 of 121 users with sign-ins"));
    assert!(last.contains("href=\"/users?order=name&amp;page=2\"") && !last.contains("page=4"));
}

#[test]
fn hostile_names_stay_text_everywhere() {
    const HOSTILE: &str = "\"><script>alert(1)</script>\u{202e}/..\\%41";
    let names = [
        "request_id",
        "user",
        "username",
        "user_id",
        "application",
        "application_id",
        "ip_address",
        "location",
        "device_name",
        "browser",
        "client_app",
        "service_principal_name",
        "resource",
    ];
    let texts: Vec<_> = names.iter().map(|name| (*name, HOSTILE)).collect();
    let mut fake = Fake::default();
    fake.sign_ins.push(FakeSignIn::new(
        Tab::Interactive,
        Duration::hours(2),
        53_003,
        &texts,
    ));
    let value = Value::Text(HOSTILE.to_owned());
    for id in ["username", "ip_address", "application"] {
        let column = model::Column::named(id);
        let address = crate::assemble::entity::address_of(column, &value).expect("a page");
        let markup = sheet(fake.clone(), &address).markup;
        assert!(!markup.contains("<script"), "{markup}");
        assert!(words(&markup).contains("alert(1)"), "{markup}");
        assert!(!words(&markup).contains('\u{202e}'));
    }
    for address in ["/users", "/applications", "/map?tab=all&noise=workloads"] {
        let markup = sheet(fake.clone(), address).markup;
        assert!(!markup.contains("<script"), "{markup}");
    }
}
