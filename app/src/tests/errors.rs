//! The error book.

use chrono::Duration;
use model::Tab;

use super::entity::asked;
use super::fake::{Fake, FakeSignIn};
use crate::pages::Written;

/// A sign-in so many hours ago, with a code.
fn sign_in(hours: i64, code: i64, username: &str) -> FakeSignIn {
    let request_id = format!("row-{hours}");
    FakeSignIn::new(
        Tab::Interactive,
        Duration::hours(hours),
        code,
        &[
            ("request_id", &request_id),
            ("username", username),
            ("user_id", username),
            ("application", "Ledgerline <b>Finance</b>"),
        ],
    )
}

fn fake() -> Fake {
    Fake {
        sign_ins: vec![
            sign_in(1, 50_126, "ann"),
            sign_in(2, 50_126, "bo"),
            sign_in(3, 53_000, "ann"),
            sign_in(4, 0, "ann"),
            sign_in(5, 987_654, "ann"),
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

/// The words of a page's part between two marks, on one line.
fn part(markup: &str, begin: &str, end: &str) -> String {
    let rest = markup.split_once(begin).map_or(markup, |(_, rest)| rest);
    let part = rest.split_once(end).map_or(rest, |(part, _)| part);
    super::words(&part.replace("<!>", "")).replace('\n', " ")
}

fn list(address: &str) -> String {
    part(&page(address), "id=\"codes\"", "</nav>")
}

fn article(address: &str) -> String {
    part(&page(address), "<article", "</article>")
}

#[test]
fn codes_that_were_seen_come_first_and_most_often_first() {
    let seen = list("/errors?tz=utc");
    let places = ["50126", "53000", "987654"].map(|code| seen.find(code).expect(code));
    assert!(places.is_sorted(), "{seen}");
    assert!(seen.contains("Wrong user name or password"), "{seen}");
    assert!(seen.contains("Not in the error book"), "{seen}");
    assert!(!seen.contains("50058"), "{seen}");
    assert!(!list("/errors?tz=utc&range=24h&class=admin").contains("50126"));
    let all = list("/errors?tz=utc&codes=all");
    assert!(all.contains("50058") && all.contains("987654"));
    let nothing = list("/errors?tz=utc&find=zebra+umbrella");
    assert!(nothing.contains("No code fits."), "{nothing}");
}

#[test]
fn who_looks_for_a_code_is_led_to_its_page() {
    for (find, to) in [
        ("50126", "/errors/50126"),
        ("AADSTS53000%3A+Device+is+not", "/errors/53000"),
        ("Error+Code%3A+50105+Request+Id%3A+1234", "/errors/50105"),
        ("424242", "/errors/424242"),
    ] {
        match asked(fake(), &format!("/errors?find={find}&class=admin")) {
            Written::Elsewhere(address) => assert_eq!(address, format!("{to}?class=admin")),
            _ => panic!("{find}"),
        }
    }
    let two = list("/errors?find=AADSTS50105+after+AADSTS50058");
    assert!(two.contains("50105") && two.contains("50058"), "{two}");
    assert!(list("/errors?find=compliant").contains("53000"));
    for path in ["/errors/nothing", "/errors/50126x", "/errors/50126/more"] {
        assert!(
            matches!(asked(fake(), path), Written::NotFound(_)),
            "{path}"
        );
    }
}

#[test]
fn a_page_says_what_it_means_and_how_often_it_is_seen() {
    let shown = article("/errors/50126?tz=utc");
    for words in [
        "AADSTS50126",
        "Failure",
        "InvalidUserNameOrPassword",
        "Open 2 sign-ins",
        "Who acts The person",
        "2 , 2 people",
        "What to check",
        "50053",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let markup = page("/errors/50126?tz=utc");
    assert!(markup.contains("f=error_code:eq:50126"), "{markup}");
    assert!(
        !markup.contains("Ledgerline <b>"),
        "texts of the log are escaped"
    );
    let unseen = article("/errors/50058?tz=utc");
    assert!(
        unseen.contains("Not in this range") && !unseen.contains("sign-ins"),
        "{unseen}"
    );
    let unknown = article("/errors/987654?tz=utc");
    assert!(
        unknown.contains("The book does not have this code"),
        "{unknown}"
    );
    assert!(unknown.contains("Open 1 sign-in"), "{unknown}");
}

#[test]
fn every_code_has_a_page_that_can_be_written() {
    for entry in model::error_book::entries() {
        let markup = page(&format!("/errors/{}?tz=utc", entry.code));
        let shown = part(&markup, "<article", "</article>");
        assert!(shown.contains("What to check"), "{}", entry.code);
    }
}
