//! Filters find what a plain reading of every row finds.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::net::IpAddr;

use model::column::ValueType;
use model::query::{Filter, Operator};
use model::{Column, Query};
use serde_json::Value;
use tests::Vestibule;

/// The text of a value, in lower case; `None` when there is none.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.to_lowercase()),
        other => Some(other.to_string()),
    }
}

/// The texts of a value, in lower case: none, one, or the items of a list.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

/// Whether a row meets a filter, read as the documentation says it.
fn meets(row: &Value, filter: &Filter) -> bool {
    let is_in_network = |held: &str, value: &str| {
        let network = model::network::Network::parse(value).expect("a network");
        held.parse::<IpAddr>()
            .is_ok_and(|address| network.holds(address))
    };
    let held = texts(&row[filter.column.id]);
    let any = |compare: &dyn Fn(&str, &str) -> bool| {
        held.iter().any(|held| {
            filter
                .values
                .iter()
                .any(|value| compare(held, &value.to_lowercase()))
        })
    };
    let number = |value: &str| value.parse::<f64>().expect("a number");
    match filter.operator {
        Operator::Equal | Operator::In => any(&|held, value| held == value),
        Operator::NotEqual | Operator::NotIn => !any(&|held, value| held == value),
        Operator::Contains => any(&|held, value| held.contains(value)),
        Operator::NotContains => !any(&|held, value| held.contains(value)),
        Operator::Starts => any(&|held, value| held.starts_with(value)),
        Operator::NotStarts => !any(&|held, value| held.starts_with(value)),
        Operator::Ends => any(&|held, value| held.ends_with(value)),
        Operator::NotEnds => !any(&|held, value| held.ends_with(value)),
        Operator::Empty => held.is_empty(),
        Operator::NotEmpty => !held.is_empty(),
        Operator::Greater => any(&|held, value| number(held) > number(value)),
        Operator::GreaterOrEqual => any(&|held, value| number(held) >= number(value)),
        Operator::Less => any(&|held, value| number(held) < number(value)),
        Operator::LessOrEqual => any(&|held, value| number(held) <= number(value)),
        Operator::Within => any(&is_in_network),
        Operator::NotWithin => !any(&is_in_network),
    }
}

const FILTERS: &[&str] = &[
    "f=status:eq:failure",
    "f=status:ne:success",
    "f=status:in:Failure,interrupted",
    "f=user:contains:AN",
    "f=user:contains:ö",
    "f=user:ncontains:an",
    "f=user:starts:a,b",
    "f=username:ends:example",
    "f=user:nstarts:a,b",
    "f=city:nstarts:o",
    "f=username:nends:example",
    "f=device_name:nends:1,2",
    "f=user:ncontains:%25&f=user:ncontains:_",
    "f=application:nin:Microsoft+Teams,OfficeHome",
    "f=city:empty",
    "f=city:nempty",
    "f=device_name:empty",
    "f=deciding_policy:ne:nothing",
    "f=error_code:gt:50125",
    "f=error_code:le:50126&f=error_code:ge:50126",
    "f=error_code:nin:0,50126",
    "f=latency_ms:lt:300",
    "f=compliant:eq:yes",
    "f=compliant:ne:yes",
    "f=ip_address:cidr:203.0.113.0/25,198.18.0.0/15",
    "f=ip_address:cidr:203.0.113.5-203.0.113.120,2001:db8::-2001:db8:ffff::",
    "f=ip_address:ncidr:203.0.113.0/25,198.18.0.0/15",
    "f=ip_address_from_resource:ncidr:203.0.113.0/24",
    "f=ip_address:starts:2001",
    "f=ip_address:nstarts:2001,203.0",
    "f=conditional_access:eq:Not+applied&f=status:eq:success",
    "f=user:contains:an&f=status:ne:success&f=country:in:no,de,gb",
    "f=user:eq:nobody+of+this+name",
    "f=user_agent:contains:<script>",
    "f=user:contains:'%3B--",
    "f=authentication_methods:eq:password",
    "f=authentication_methods:ne:Password",
    "f=authentication_methods:in:Text+message,Passkey",
    "f=authentication_methods:nin:Text+message,Password",
    "f=authentication_methods:contains:message",
    "f=authentication_methods:contains:password%0Atext",
    "f=authentication_methods:ncontains:hello,password",
    "f=authentication_methods:ends:message,business",
    "f=authentication_methods:nends:message,business",
    "f=conditional_access_policies:nstarts:ca009",
    "f=conditional_access_policies:starts:ca009",
    "f=conditional_access_policies:empty",
    "f=conditional_access_results:ends:+failure",
    "f=network_names:nempty&f=network_names:ne:Offices",
    "f=risk_event_types:eq:unfamiliarFeatures",
];

/// Texts to search for, with what makes them finds.
const SEARCHES: &[(&str, usize)] = &[
    ("edge 139", 1),
    ("OATH", 1),
    ("pilot: app", 1),
    ("tokenIssuer", 0),
    ("50126", 1),
    ("no such text anywhere", 0),
];

/// Whether some column finds the text, read as the documentation says it.
fn is_found(row: &Value, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    Column::stored().any(|column| {
        let held = texts(&row[column.id]);
        match column.value_type {
            // Names every enabled policy, on nearly every row.
            _ if column.id == "conditional_access_results" => false,
            _ if column.id == "kind" => false,
            ValueType::Identifier => held.iter().any(|held| held.starts_with(&wanted)),
            ValueType::Integer => column.id == "error_code" && held.contains(&wanted),
            ValueType::Decimal | ValueType::Boolean | ValueType::Instant => false,
            _ => held.iter().any(|held| held.contains(&wanted)),
        }
    })
}

/// The request IDs of the rows that the program finds.
fn found(vestibule: &Vestibule, part: &str) -> Vec<String> {
    let rows = vestibule
        .run(&[
            "query",
            &format!("from=&cols=request_id&{part}"),
            "--format",
            "json",
            "--limit",
            "100000",
        ])
        .expect_code(0)
        .json();
    let rows = rows.as_array().expect("a list").iter();
    let mut found: Vec<String> = rows.map(|row| row["request_id"].to_string()).collect();
    found.sort();
    found
}

fn expected(all: &[Value], holds: impl Fn(&Value) -> bool) -> Vec<String> {
    let rows = all.iter().filter(|row| holds(row));
    let mut expected: Vec<String> = rows.map(|row| row["request_id"].to_string()).collect();
    expected.sort();
    expected
}

#[test]
fn filters_find_what_a_plain_reading_finds() {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", "4000", "--until", "2026-11-24T10:42:00Z"])
        .expect_code(0);
    let columns: Vec<_> = Column::stored().map(|column| column.id).collect();
    let all = vestibule
        .run(&[
            "query",
            &format!("from=&cols={}", columns.join(",")),
            "--format",
            "json",
            "--limit",
            "100000",
        ])
        .expect_code(0)
        .json();
    let all = all.as_array().expect("a list");
    assert!(all.len() > 500, "{}", all.len());
    let mut found_something = 0;
    for filter in FILTERS {
        let (query, problems) = Query::parse(filter);
        assert!(problems.is_empty(), "{filter}: {problems:?}");
        let expected = expected(all, |row| {
            query.filters.iter().all(|filter| meets(row, filter))
        });
        let found = found(&vestibule, filter);
        assert_eq!(found.len(), expected.len(), "{filter}");
        assert_eq!(found, expected, "{filter}");
        found_something += usize::from(!found.is_empty());
    }
    assert!(found_something > FILTERS.len() * 2 / 3, "{found_something}");
    let id = all[7]["correlation_id"].as_str().expect("an identifier");
    let (beginning, _) = id.split_at(8);
    for (search, fewest) in SEARCHES.iter().copied().chain([(beginning, 1)]) {
        let expected = expected(all, |row| is_found(row, search));
        let part = format!("q={}", search.replace(' ', "+"));
        assert_eq!(found(&vestibule, &part), expected, "{search}");
        assert!(expected.len() >= fewest, "{search}");
    }
}
