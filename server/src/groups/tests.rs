//! Who is in which group, and whose sign-ins count for it.

use model::Query;
use model::answer::Span;
use model::membership::Membership;

use super::*;

fn member(id: &str, username: &str) -> Member {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Member {
        user_id: text(id),
        username: text(username),
        display_name: None,
    }
}

fn group(id: &str, name: &str, people: &[Member], groups: &[&str]) -> KeptGroup {
    KeptGroup {
        id: id.to_owned(),
        origin: "groups.json".to_owned(),
        imported_ms: 1_795_000_000_000,
        membership: Membership {
            id: Some(id.to_owned()),
            name: name.to_owned(),
            people: people.to_vec(),
            groups: groups.iter().map(|id| (*id).to_owned()).collect(),
            ..Membership::default()
        },
    }
}

fn known() -> Known {
    Known::of(vec![
        group(
            "g1",
            "Finance",
            &[member("U1", "ann@x"), member("", "Bo@x")],
            &["g2", "g9"],
        ),
        // In a circle.
        group(
            "g2",
            "Auditors",
            &[member("u2", ""), member("u1", "")],
            &["g1"],
        ),
        group("g3", "finance", &[member("u3", "")], &[]),
    ])
}

fn filled(words: &[&str]) -> Result<Arc<People>, QueryError> {
    let mut query = Query::default().with_filter(Filter::new(
        &model::column::GROUP,
        model::query::Operator::In,
        words.iter().copied(),
    ));
    known().fill(&mut query)?;
    Ok(query.filters[0].people.clone().expect("people"))
}

#[test]
fn people_of_groups_in_a_group_are_in_it() {
    let people = filled(&["g1"]).expect("a group");
    assert_eq!(people.user_ids, ["u1", "u2"]);
    assert_eq!(people.usernames, ["bo@x"]);
    let (seen, _) = known().one("g1", None).expect("a group");
    assert_eq!((seen.people, seen.unknown_groups), (3, 1));
}

#[test]
fn a_name_means_all_groups_that_have_it_and_an_id_one() {
    assert_eq!(
        filled(&["FINANCE"]).expect("groups").user_ids,
        ["u1", "u2", "u3"]
    );
    assert_eq!(filled(&["G3"]).expect("a group").user_ids, ["u3"]);
    assert_eq!(
        filled(&["g3", "Auditors"]).expect("groups").user_ids.len(),
        3
    );
    let error = filled(&["g3", "Sales"]).expect_err("no group");
    assert!(error.to_string().contains("`Sales`"));
}

#[test]
fn sign_ins_count_for_each_group_of_the_person_once() {
    let moment = |seconds| DateTime::from_timestamp(seconds, 0).expect("a moment");
    let counted = |id: &str, username: &str, rows, last| Counted {
        keys: [id, username]
            .map(|text| match text {
                "" => Value::Empty,
                text => Value::Text(text.to_owned()),
            })
            .to_vec(),
        rows,
        by_outcome: [rows - 1, 1, 0],
        users: None,
        span: Some(Span {
            first: moment(0),
            last: moment(last),
        }),
    };
    let counted = CountedAll {
        groups: vec![
            counted("u1", "ann@x", 5, 10),
            counted("U1", "ann.lee@x", 2, 20),
            counted("", "BO@x", 4, 5),
            counted("u7", "", 9, 30),
        ],
        distinct: 4,
        is_too_many: false,
    };
    let numbers = |seen: &GroupSeen| {
        let numbers = seen.numbers.clone().expect("numbers");
        let last = numbers.last.map(|last| last.timestamp());
        (
            numbers.sign_ins,
            numbers.by_outcome[1],
            numbers.people,
            last,
        )
    };
    let known = known();
    let seen = known.seen(Some(&counted));
    let told: Vec<_> = seen
        .iter()
        .map(|seen| (seen.id.as_str(), numbers(seen)))
        .collect();
    assert_eq!(
        told,
        [
            ("g1", (11, 3, 2, Some(20))),
            ("g2", (11, 3, 2, Some(20))),
            ("g3", (0, 0, 0, None)),
        ]
    );
    let (_, silent) = known.one("g1", Some(&counted)).expect("a group");
    assert_eq!(silent, [member("u2", "")]);
    let too_many = CountedAll {
        is_too_many: true,
        ..counted
    };
    assert!(
        known
            .seen(Some(&too_many))
            .iter()
            .all(|seen| seen.numbers.is_none())
    );
}

#[test]
fn a_list_has_the_name_of_its_file() {
    assert_eq!(
        stem("exportGroupMembers_2026-11-24.csv"),
        "exportGroupMembers_2026-11-24"
    );
    assert_eq!(stem("/tmp/Finance"), "Finance");
    assert_eq!(stem(".csv"), ".csv");
}

#[tokio::test]
async fn what_another_process_imports_is_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || Store::open(folder.path());
    let here = Groups::new(open().await.expect("a store"));
    assert_eq!(here.known().await.expect("groups").size(), (0, 0));
    let other = Groups::new(open().await.expect("a store"));
    let file = ("Sales.csv".to_owned(), b"id\nu1\nu2\n".to_vec());
    let id = other.import(vec![file], "", Utc::now()).await;
    let outcome = other.outcome(id).expect("an outcome");
    assert_eq!((outcome.files[0].groups, outcome.files[0].people), (1, 2));
    assert_eq!(here.known().await.expect("groups").size(), (1, 2));
}
