//! Pages about groups, and the filter by them.

use chrono::Duration;
use model::Tab;

use super::entity::asked;
use super::fake::{Fake, FakeSignIn};
use super::{in_request, ready};
use crate::asked::Asked;
use crate::groups::{FileOfMembers, GroupImport, GroupSeen};
use crate::pages::Written;

const HOSTILE: &str = "<script>x</script>\u{202e}";

fn group(name: &str, people: &[&str]) -> (GroupSeen, Vec<String>) {
    let group = GroupSeen {
        id: format!("id-{}", people.len()),
        name: name.to_owned(),
        origin: "groups.json".to_owned(),
        unknown_groups: 1,
        ..GroupSeen::default()
    };
    (group, people.iter().map(|id| (*id).to_owned()).collect())
}

fn fake() -> Fake {
    let sign_in = |number: i64, user: &str, id: &str| {
        let request_id = format!("row-{number}");
        FakeSignIn::new(
            Tab::Interactive,
            Duration::hours(number),
            0,
            &[
                ("request_id", &request_id),
                ("user", user),
                ("username", user),
                ("user_id", id),
            ],
        )
    };
    Fake {
        sign_ins: vec![
            sign_in(1, "ann", "u1"),
            sign_in(2, "ann", "u1"),
            sign_in(3, "bo", "u2"),
        ],
        groups: vec![
            group("Finance", &["u1", "u9"]),
            group(HOSTILE, &["u1", "u2", "u3"]),
        ],
        group_imports: vec![GroupImport {
            files: vec![
                FileOfMembers {
                    name: HOSTILE.to_owned(),
                    problem: Some("the file is empty".to_owned()),
                    ..FileOfMembers::default()
                },
                FileOfMembers {
                    name: "groups.json".to_owned(),
                    groups: 2,
                    people: 5,
                    cut: vec!["Finance".to_owned()],
                    skipped: 1,
                    first_skipped: vec![(7, "names no group")],
                    ..FileOfMembers::default()
                },
            ],
        }],
        ..Fake::default()
    }
}

/// The words of some markup, on one line.
fn words(markup: &str) -> String {
    super::words(&markup.replace("<!>", "")).replace('\n', " ")
}

fn page(fake: &Fake, address: &str) -> (bool, String) {
    match asked(fake.clone(), address) {
        Written::Sheet(sheet) => (true, sheet.markup),
        Written::NotFound(sheet) | Written::Forbidden(sheet) => (false, sheet.markup),
        Written::Elsewhere(address) => panic!("sent to {address}"),
    }
}

#[test]
fn groups_are_listed_with_the_sign_ins_of_their_people() {
    let (_, markup) = page(&fake(), "/groups?order=name");
    let said = words(&markup);
    assert!(said.contains("Finance 2 people 2"), "{said}");
    assert!(markup.contains("href=\"/groups/Finance\""), "{markup}");
    assert!(
        markup.contains("f=group:eq:Finance"),
        "a number leads to the sign-ins: {markup}"
    );
    assert!(!markup.contains("<script>x"), "{markup}");
    let (_, found) = page(&fake(), "/groups?find=nance");
    assert!(words(&found).contains("1 to 1 of 1 that match, 2 groups in all"));
}

#[test]
fn a_group_tells_who_signed_in_and_who_did_not() {
    let (is_found, markup) = page(&fake(), "/groups/Finance");
    let said = words(&markup);
    assert!(is_found);
    assert!(
        said.contains("1 of 2 people signed in at that time."),
        "{said}"
    );
    assert!(said.contains("A group in it is not here"), "{said}");
    assert!(said.contains("1 person without a sign-in"), "{said}");
    assert!(markup.contains("href=\"/users/u9?from=\""), "{markup}");
    assert!(
        said.contains("1 to 1 of 1 of its people with sign-ins"),
        "{said}"
    );
    let (is_found, markup) = page(&fake(), "/groups/Sales");
    assert!(!is_found);
    assert!(words(&markup).contains("Looked for “Sales”"));
}

#[test]
fn what_came_of_an_import_is_told_file_by_file() {
    let (_, markup) = page(&fake(), "/groups?import=1");
    let said = words(&markup);
    assert!(said.contains("the file is empty."), "{said}");
    assert!(
        said.contains("groups.json: 2 groups with 5 people."),
        "{said}"
    );
    assert!(
        said.contains("1 row was passed over: line 7 names no group."),
        "{said}"
    );
    assert!(said.contains("People may be missing in Finance."), "{said}");
    assert!(!markup.contains("<script>x"), "{markup}");
    let (_, without) = page(&fake(), "/groups?import=2");
    assert!(!without.contains("banner"), "{without}");
}

#[test]
fn where_there_is_no_group_the_page_says_how_to_bring_one_in() {
    let (_, markup) = page(&Fake::default(), "/groups");
    let said = words(&markup);
    assert!(said.contains("No group is here yet"), "{said}");
    assert!(markup.contains("<details open class=\"mt\""), "{markup}");
    assert!(markup.contains("enctype=\"multipart/form-data\""));
}

#[test]
fn a_pill_says_the_group_and_its_editor_lists_groups() {
    let (_, markup) = page(&fake(), "/sign-ins?range=7d&f=group:eq:Finance");
    let said = words(&markup);
    assert!(said.contains("Group: Finance"), "{said}");
    assert!(said.contains("2 sign-ins"), "{said}");
    let list = in_request(fake(), |_| {
        let asked = Asked::of("/sign-ins?range=7d").expect("a backend");
        let asked = asked.with(vec![("column".to_owned(), "group".to_owned())]);
        ready(crate::parts::written("editor", &asked))
    });
    let list = list.expect("a part").expect("a list");
    assert!(words(&list).contains("Finance 2"), "{list}");
}
