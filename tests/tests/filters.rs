//! Filters find what a plain reading of every row finds.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::net::IpAddr;

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

/// Whether a row meets a filter, read as the documentation says it.
fn meets(row: &Value, filter: &Filter) -> bool {
    let value = &row[filter.column.id];
    let held = text(value);
    let any = |compare: &dyn Fn(&str, &str) -> bool| {
        held.as_deref().is_some_and(|held| {
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
        Operator::Ends => any(&|held, value| held.ends_with(value)),
        Operator::Empty => held.is_none(),
        Operator::NotEmpty => held.is_some(),
        Operator::Greater => any(&|held, value| number(held) > number(value)),
        Operator::GreaterOrEqual => any(&|held, value| number(held) >= number(value)),
        Operator::Less => any(&|held, value| number(held) < number(value)),
        Operator::LessOrEqual => any(&|held, value| number(held) <= number(value)),
        Operator::Within => any(&|held, value| {
            let network = model::network::Network::parse(value).expect("a network");
            held.parse::<IpAddr>()
                .is_ok_and(|address| network.holds(address))
        }),
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
    "f=ip_address:starts:2001",
    "f=conditional_access:eq:Not+applied&f=status:eq:success",
    "f=user:contains:an&f=status:ne:success&f=country:in:no,de,gb",
    "f=user:eq:nobody+of+this+name",
    "f=user_agent:contains:<script>",
    "f=user:contains:'%3B--",
];

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
        let mut expected: Vec<String> = all
            .iter()
            .filter(|row| query.filters.iter().all(|filter| meets(row, filter)))
            .map(|row| row["request_id"].to_string())
            .collect();
        let found = vestibule
            .run(&[
                "query",
                &format!("from=&cols=request_id&{filter}"),
                "--format",
                "json",
                "--limit",
                "100000",
            ])
            .expect_code(0)
            .json();
        let mut found: Vec<String> = found
            .as_array()
            .expect("a list")
            .iter()
            .map(|row| row["request_id"].to_string())
            .collect();
        expected.sort();
        found.sort();
        assert_eq!(found.len(), expected.len(), "{filter}");
        assert_eq!(found, expected, "{filter}");
        found_something += usize::from(!found.is_empty());
    }
    assert!(found_something > FILTERS.len() * 2 / 3, "{found_something}");
}
