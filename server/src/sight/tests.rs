use model::answer::{Answer, Facet, Group, Groups};
use model::ask::GroupAsk;
use model::membership::Member;
use model::query::{Filter, Operator};
use model::{Column, Value};

use super::*;

fn masked(unmasked: &[(Personal, &str)]) -> Sighted {
    let masks = Masks::new("secret");
    let marks = unmasked.iter();
    let marks = marks.map(|(personal, text)| masks.0.pseudonyms.mark(*personal, text));
    Sighted {
        sight: Sight {
            policies: true,
            people: false,
        },
        unmasked: Arc::new(marks.collect()),
        masks: Some(masks),
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn who_is_not_known_sees_nobody() {
    let (mut user, mut policy) = (text("Ann Berg"), text("Block"));
    Sighted::least().value(Column::named("user"), &mut user);
    Sighted::least().value(Column::named("deciding_policy"), &mut policy);
    assert_eq!([user, policy], [Value::Empty, Value::Empty]);
}

#[test]
fn who_was_unmasked_is_seen_and_nobody_else() {
    let sighted = masked(&[(Personal::Account, "ann@x.example")]);
    let shown = |column: &'static str, value: &str| {
        let mut value = text(value);
        sighted.value(Column::named(column), &mut value);
        value.to_text()
    };
    assert_eq!(shown("username", "Ann@x.example"), "Ann@x.example");
    assert!(shown("username", "bo@x.example").ends_with("@masked"));
    assert!(shown("user", "Ann Berg").starts_with("Person "));
    assert_eq!(shown("city", "Oslo"), "Oslo");
    assert_eq!(shown("mfa_auth_detail", "+47 99 99 99 99"), "");
}

#[test]
fn values_of_one_network_are_counted_together() {
    let address = Column::named("ip_address");
    let group = |key: &str, rows| Group {
        keys: vec![text(key), text("success")],
        rows,
        by_outcome: [rows, 0, 0],
        users: Some(1),
        span: None,
    };
    let mut answer = Answer {
        facets: vec![Facet {
            column: address,
            values: vec![
                (text("203.0.113.1"), 5),
                (text("198.51.100.7"), 4),
                (text("198.51.100.8"), 3),
                (text("nonsense"), 2),
            ],
            distinct: 4,
            empty: 1,
        }],
        groups: Some(Groups {
            groups: vec![
                group("203.0.113.1", 5),
                group("198.51.100.7", 4),
                group("198.51.100.8", 3),
            ],
            distinct: 3,
            is_too_many: false,
        }),
        ..Answer::default()
    };
    let by = vec![address, Column::named("status")];
    let mut ask = Ask::of(Query::default());
    ask.facets = Some(FacetAsk {
        columns: vec![address],
        limit: 2,
        own_filters: false,
    });
    ask.groups = Some(GroupAsk {
        by,
        limit: 10,
        users: true,
        span: false,
    });
    let wanted = masked(&[]).wanting(&mut ask);
    assert!(
        ask.facets.is_some_and(|facets| facets.limit > 2),
        "all are asked for"
    );
    masked(&[]).answer(&mut answer, &wanted);
    let facet = answer.facets.first().expect("a facet");
    let values = [(text("198.51.100.0/24"), 7), (text("203.0.113.0/24"), 5)];
    assert_eq!(
        (facet.values.as_slice(), facet.empty),
        (values.as_slice(), 3)
    );
    let groups = answer.groups.expect("groups").groups;
    let first = groups.first().expect("a group");
    assert_eq!(
        (groups.len(), first.rows, first.by_outcome, first.users),
        (2, 7, [7, 0, 0], None)
    );
}

#[test]
fn equals_do_not_come_in_the_order_of_what_is_masked() {
    let user = Column::named("user");
    let names: Vec<String> = (0..40)
        .map(|number| format!("Person {number:02}"))
        .collect();
    let mut answer = Answer {
        facets: vec![Facet {
            column: user,
            values: names.iter().map(|name| (text(name), 1)).collect(),
            distinct: 40,
            empty: 0,
        }],
        ..Answer::default()
    };
    let mut ask = Ask::of(Query::default());
    ask.facets = Some(FacetAsk {
        columns: vec![user],
        limit: 5,
        own_filters: false,
    });
    let sighted = masked(&[]);
    let wanted = sighted.wanting(&mut ask);
    sighted.answer(&mut answer, &wanted);
    let facet = answer.facets.first().expect("a facet");
    let shown: Vec<String> = facet
        .values
        .iter()
        .map(|(value, _)| value.to_text())
        .collect();
    let mut all: Vec<String> = names
        .iter()
        .filter_map(|name| sighted.text(Personal::Name, name))
        .collect();
    all.sort_unstable();
    all.truncate(5);
    assert_eq!(shown, all);
}

#[test]
fn lines_that_were_folded_and_people_of_groups_are_masked_too() {
    let mut filters = [Filter::new(
        Column::named("username"),
        Operator::Equal,
        ["ann@x.example"],
    )];
    masked(&[]).filters(&mut filters);
    let [filter] = &filters;
    assert!(filter.values.iter().all(|value| value.ends_with("@masked")));
    let mut member = Member {
        user_id: Some("5e1f0c4e-6f0e-4c2c-9a3f-0d5b8e2a7c11".to_owned()),
        username: Some("ann@x.example".to_owned()),
        display_name: Some("Ann Berg".to_owned()),
    };
    masked(&[]).member(&mut member);
    let said = format!("{member:?}").to_lowercase();
    assert!(
        !said.contains("ann") && !said.contains("5e1f0c4e"),
        "{said}"
    );
}
