//! The reports from lists beside the log.

use chrono::Duration;
use model::Tab;
use model::registration::{
    FLAGS, Flag, ImportedList, MigrationTest, Registered, RegistrationEvent, Registrations,
    RelyingParty,
};

use super::entity::asked;
use super::fake::{Fake, FakeSignIn, now};
use crate::pages::Written;
use crate::registrations::{FileOfRegistrations, RegistrationImport};

const HOSTILE: &str = "<script>x</script>";
const REGISTRATION: &str = "/insights/authentication-methods/registration";
const DETAILS: &str = "/insights/authentication-methods/details";
const EVENTS: &str = "/insights/authentication-methods/events";

fn list(origin: &str, days: i64, facts: [u64; 5]) -> ImportedList {
    ImportedList {
        id: origin.to_owned(),
        origin: origin.to_owned(),
        imported: now() - Duration::days(days),
        facts,
    }
}

fn person(id: &str, is_admin: bool, is_capable: Option<bool>, methods: &[&str]) -> Registered {
    let mut flags = [None; FLAGS];
    flags[Flag::Admin.index()] = Some(is_admin);
    flags[Flag::MfaCapable.index()] = is_capable;
    Registered {
        user_id: Some(id.to_owned()),
        username: Some(format!("{id}@x.example")),
        display_name: Some(format!("Person {id}")),
        flags,
        methods: Some(methods.iter().map(|method| (*method).to_owned()).collect()),
        ..Registered::default()
    }
}

fn event(minutes: i64, is_success: bool) -> RegistrationEvent {
    RegistrationEvent {
        at: now() - Duration::minutes(minutes),
        user_id: None,
        username: Some("ann@x.example".to_owned()),
        display_name: Some(HOSTILE.to_owned()),
        feature: "registration".to_owned(),
        method: Some("email".to_owned()),
        is_success: Some(is_success),
        failure_reason: (!is_success).then(|| HOSTILE.to_owned()),
    }
}

fn fake() -> Fake {
    let mut hostile = person("b", true, Some(false), &["mobilePhone", HOSTILE]);
    hostile.display_name = Some(HOSTILE.to_owned());
    let texts = [("user_id", "b"), ("request_id", "r"), ("user", "b")];
    Fake {
        sign_ins: vec![FakeSignIn::new(
            Tab::Interactive,
            Duration::hours(3),
            0,
            &texts,
        )],
        registrations: Registrations {
            lists: vec![
                list("new.json", 0, [3, 2, 2, 0, 0]),
                list("old.json", 9, [1, 0, 0, 0, 0]),
            ],
            people: vec![
                (
                    person("a", true, Some(true), &["fido2SecurityKey", "mobilePhone"]),
                    0,
                ),
                (hostile, 0),
                (person("c", false, None, &[]), 0),
                (person("d", false, Some(true), &["email"]), 1),
            ],
            events: vec![event(10, true), event(20, false)],
            relying_parties: vec![RelyingParty {
                party_id: "urn:pay".to_owned(),
                name: Some("Payroll".to_owned()),
                migration_status: Some("needsReview".to_owned()),
                tests: vec![MigrationTest {
                    name: "EncryptClaimsCheckResult".to_owned(),
                    result: Some("2".to_owned()),
                    message: Some(HOSTILE.to_owned()),
                }],
                ..RelyingParty::default()
            }],
            ..Registrations::default()
        },
        ..Fake::default()
    }
}

fn page_of(fake: Fake, address: &str) -> String {
    match asked(fake, address) {
        Written::Sheet(sheet) => sheet.markup,
        _ => panic!("{address} is no page"),
    }
}

fn page(address: &str) -> String {
    page_of(fake(), address)
}

fn words(markup: &str) -> String {
    super::words(&markup.replace("<!>", "")).replace('\n', " ")
}

#[test]
fn tiles_count_those_of_whom_it_is_said_and_lead_to_the_others() {
    let markup = page(&format!("{REGISTRATION}?tz=utc"));
    let said = words(&markup);
    assert!(
        said.contains("Capable of multifactor 67% 2 of 3 1 person is not not said of 1 person"),
        "{said}"
    );
    assert!(
        markup.contains(&format!("{DETAILS}?mfa_capable=no")),
        "{markup}"
    );
    assert!(said.contains("Email 1 25%"), "{said}");
    assert!(said.contains("Email 1 1 failed"), "{said}");
    assert!(said.contains("1 of 2"), "one of two admins is weak: {said}");
    assert!(
        markup.contains("&lt;script") && !markup.contains(HOSTILE),
        "{markup}"
    );
    assert!(
        said.contains("1 person is not in the newest list"),
        "{said}"
    );
    assert!(said.contains("from new.json"), "{said}");
    assert!(!said.contains("What sign-ins show"), "{said}");
    let admins = words(&page(&format!("{REGISTRATION}?role=admin")));
    assert!(admins.contains("1 of 2"), "{admins}");
}

#[test]
fn the_people_are_narrowed_and_put_in_order() {
    let lines = |query: &str| {
        let markup = page(&format!("{DETAILS}?{query}"));
        markup.matches("<th scope=\"row\">").count()
    };
    assert_eq!(lines(""), 4);
    assert_eq!(lines("mfa_capable=unknown"), 1);
    assert_eq!(lines("role=admin&resistant=no"), 1);
    assert_eq!(lines("outdated=yes"), 1);
    assert_eq!(lines("find=person+a"), 1);
    assert_eq!(lines("find=nobody"), 0);
    let markup = page(&format!("{DETAILS}?order=-mfa_capable"));
    assert!(markup.contains("aria-sort=\"descending\""), "{markup}");
    let names: Vec<usize> = ["Person d", "Person a", "Person c"]
        .map(|name| markup.find(name).expect("the person"))
        .to_vec();
    assert!(
        names[0] < names[2] && names[1] < names[2],
        "yes before what is not said"
    );
    assert!(markup.contains("/users/a"), "{markup}");
    let file = "/api/v1/insights/registration-details?order=-mfa_capable&amp;format=csv";
    assert!(markup.contains(file), "{markup}");
    // A form sends what is empty, too.
    let form = format!("{DETAILS}?find=&mfa_capable=no&auth_method=");
    match asked(fake(), &form) {
        Written::Elsewhere(address) => assert_eq!(address, format!("{DETAILS}?mfa_capable=no")),
        _ => panic!("{form} is said in another way"),
    }
}

#[test]
fn long_lists_come_in_pages_with_their_true_numbers() {
    let mut many = fake();
    many.registrations.people = (0..250)
        .map(|number| {
            (
                person(&format!("p{number:03}"), false, Some(true), &["email"]),
                0,
            )
        })
        .collect();
    let said = words(&page_of(many.clone(), &format!("{DETAILS}?page=2")));
    assert!(said.contains("101 to 200 of 250 people"), "{said}");
    let last = page_of(many, &format!("{DETAILS}?page=99"));
    assert!(words(&last).contains("201 to 250 of 250 people"), "{last}");
    assert!(!last.contains("id=\"after\""), "{last}");
}

#[test]
fn events_are_those_of_the_range() {
    let said = words(&page(&format!("{EVENTS}?range=24h&tz=utc")));
    assert!(said.contains("2 events"), "{said}");
    let said = words(&page(&format!("{EVENTS}?from=&status=failure")));
    assert!(said.contains("1 of 2 events"), "{said}");
    let markup = page(&format!("{EVENTS}?from="));
    assert!(!markup.contains(HOSTILE), "{markup}");
    let said = words(&page(&format!(
        "{EVENTS}?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z"
    )));
    assert!(said.contains("No event of this range"), "{said}");
}

#[test]
fn without_lists_it_is_said_where_to_get_them_and_what_sign_ins_prove() {
    let steps = [
        ("user_id", "ann"),
        ("username", "ann@x.example"),
        ("request_id", "r1"),
        ("authentication_requirement", "multiFactorAuthentication"),
        (
            "authentication_methods",
            "Password\nMobile app notification",
        ),
    ];
    let bare = Fake {
        sign_ins: vec![FakeSignIn::new(
            Tab::Interactive,
            Duration::hours(1),
            0,
            &steps,
        )],
        ..Fake::default()
    };
    for address in [REGISTRATION, DETAILS] {
        let said = words(&page_of(bare.clone(), address));
        assert!(said.contains("userRegistrationDetails"), "{said}");
        assert!(
            said.contains("1 of 1 people who signed in by hand"),
            "{said}"
        );
        assert!(
            said.contains("Microsoft Authenticator app 1 100%"),
            "{said}"
        );
        assert!(!said.contains("Capable of"), "{said}");
    }
    let said = words(&page_of(bare, EVENTS));
    assert!(said.contains("userEventsSummary"), "{said}");
    let broken = Fake {
        is_broken: true,
        ..fake()
    };
    for address in [REGISTRATION, DETAILS, EVENTS, "/insights/lists"] {
        let said = words(&page_of(broken.clone(), address));
        assert!(said.contains("9f31-c0de"), "{address}: {said}");
    }
}

#[test]
fn relying_parties_that_only_a_list_knows_are_listed() {
    let markup = page("/insights/adfs-applications?tz=utc");
    let said = words(&markup);
    assert!(said.contains("Migration status"), "{said}");
    assert!(
        said.contains("Payroll urn:pay 0 0 0 0 Needs review"),
        "{said}"
    );
    let open = page("/insights/adfs-applications/urn:pay?tz=utc");
    let said = words(&open);
    assert!(
        said.contains("0 of 1 tests passed") && said.contains("Encrypt Claims Not passed"),
        "{said}"
    );
    assert!(!open.contains(HOSTILE), "{open}");
    let other = words(&page_of(Fake::default(), "/insights/adfs-applications"));
    assert!(other.contains("getRelyingPartyDetailedSummary"), "{other}");
    assert!(!other.contains("Migration status"), "{other}");
}

#[test]
fn the_lists_say_what_is_left_of_them_and_what_came_of_an_import() {
    let mut fake = fake();
    fake.registration_imports = vec![RegistrationImport {
        files: vec![
            FileOfRegistrations {
                name: HOSTILE.to_owned(),
                facts: [3, 0, 0, 0, 0],
                new: 2,
                changed: 1,
                has_more: true,
                ..FileOfRegistrations::default()
            },
            FileOfRegistrations {
                name: "x.csv".to_owned(),
                problem: Some("the file is empty".to_owned()),
                ..FileOfRegistrations::default()
            },
        ],
    }];
    let markup = page_of(fake, "/insights/lists?import=1");
    let said = words(&markup);
    assert!(said.contains("3 people; 2 new, 1 changed"), "{said}");
    assert!(
        said.contains("x.csv was not brought in: the file is empty."),
        "{said}"
    );
    assert!(said.contains("bring in the others too"), "{said}");
    assert!(
        said.contains("new.json") && said.contains("old.json"),
        "{said}"
    );
    assert!(!markup.contains(HOSTILE), "{markup}");
}
