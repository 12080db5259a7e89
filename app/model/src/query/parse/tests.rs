//! Laws of the query text, and its messages.

use super::*;
use crate::column::COLUMNS;
use crate::column::ValueType;
use crate::query::GroupNumber;
use proptest::prelude::*;

fn read(text: &str) -> Query {
    let (query, problems) = Query::parse(text);
    assert_eq!(problems, [], "{text}");
    query
}

#[test]
fn an_empty_text_is_what_the_blade_opens_with() {
    assert_eq!(read(""), Query::default());
    assert_eq!(Query::default().to_text(), "");
}

#[test]
fn every_part_is_read() {
    let query = read(
        "?tab=serviceprincipal&range=7d&tz=utc&f=user:contains:ann,bo\\,b&f=error_code:nin:0,50126\
         &q=teams&sort=-error_code&cols=date,user,date&row=abc",
    );
    assert_eq!(query.tab, Tab::ServicePrincipal);
    assert_eq!(query.range, Range::Last7Days);
    assert_eq!(query.filters[0].values, ["ann", "bo,b"]);
    assert_eq!(query.filters[1].operator, Operator::NotIn);
    assert_eq!(query.columns.as_ref().map(Vec::len), Some(2));
    assert_eq!(query.row.as_deref(), Some("abc"));
    assert!(query.sort.descending);
}

#[test]
fn labels_serve_as_values_of_choices() {
    let query = read("f=conditional_access:eq:Not+Applied&f=status:in:FAILURE,Interrupted");
    assert_eq!(query.filters[0].values, ["notApplied"]);
    assert_eq!(query.filters[1].values, ["failure", "interrupted"]);
}

#[test]
fn a_form_adds_a_filter() {
    let query = read("f=status:eq:failure&fcol=application&fop=contains&fval=Teams&fval=");
    assert_eq!(query.filters.len(), 2);
    assert_eq!(query.filters[1].to_text(), "application:contains:Teams");
    assert_eq!(read("fcol=application&fop=contains&fval=").filters, []);
}

#[test]
fn an_open_beginning_survives() {
    let query = read("to=2026-11-24T10:42:00Z");
    assert_eq!(query.to_text(), "from=&to=2026-11-24T10:42:00Z");
    assert_eq!(read(&query.to_text()), query);
    let all = read("from=");
    assert_eq!(
        all.range,
        Range::Between {
            from: None,
            to: None
        }
    );
    assert_eq!(read(&all.to_text()), all);
}

#[test]
fn what_is_wrong_is_named_and_the_rest_works() {
    let (query, problems) = Query::parse(
        "tab=audit&f=usr:eq:x&f=userr:eq:x&f=status:eq:failure&f=error_code:eq:abc&f=user:cidr:10.0.0.0/8\
         &f=ip_address:cidr:oslo&from=yesterday&sort=-nothing&cols=user,shoe_size&colour=red&f=user&f=reason:eq:x",
    );
    assert_eq!(query.filters.len(), 1);
    assert_eq!(query.columns.as_ref().map(Vec::len), Some(1));
    let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_cursor_of_another_order_is_named_and_left_out() {
    for text in [
        "sort=user&after=1~a",
        "after=1~a~tx",
        "sort=error_code&after=1~a~tx",
    ] {
        let (query, problems) = Query::parse(text);
        assert_eq!((query.after, problems.len()), (None, 1), "{text}");
    }
    for text in [
        "after=1~a",
        "sort=user&after=1~a~tx",
        "sort=error_code&after=1~a~e",
    ] {
        assert!(read(text).after.is_some(), "{text}");
    }
}

#[test]
fn a_range_that_ends_before_it_begins_is_reported() {
    let (query, problems) = Query::parse("from=2026-11-24&to=2026-11-23");
    assert_eq!(query.range, Range::Last24Hours);
    assert_eq!(problems.len(), 1);
}

fn moments() -> impl Strategy<Value = chrono::DateTime<chrono::Utc>> {
    (1_000_000_000i64..4_000_000_000)
        .prop_map(|seconds| chrono::DateTime::from_timestamp(seconds, 0).expect("in range"))
}

fn ranges() -> impl Strategy<Value = Range> {
    prop_oneof![
        Just(Range::Last24Hours),
        Just(Range::Last7Days),
        Just(Range::Last1Month),
        Just(Range::Between {
            from: None,
            to: None
        }),
        (moments(), 1i64..1_000_000).prop_map(|(from, seconds)| Range::Between {
            from: Some(from),
            to: Some(from + chrono::Duration::seconds(seconds)),
        }),
        moments().prop_map(|to| Range::Between {
            from: None,
            to: Some(to)
        }),
        (2u32..90, "[mhdw]", any::<bool>()).prop_map(|(amount, unit, ends)| {
            let ago = |amount: u32| Ago::parse(&format!("now-{amount}{unit}")).expect("an age");
            Range::Ago {
                from: ago(amount),
                to: if ends { ago(amount - 1) } else { Ago::NOW },
            }
        }),
    ]
}

/// A value that the column takes, as the canonical text has it.
fn values(column: &'static Column, operator: Operator) -> BoxedStrategy<String> {
    if operator == Operator::Within {
        return Just("203.0.113.0/24".to_owned()).boxed();
    }
    match column.value_type {
        ValueType::Integer => any::<i64>().prop_map(|number| number.to_string()).boxed(),
        ValueType::Decimal => (-90.0f64..90.0)
            .prop_map(|number| number.to_string())
            .boxed(),
        ValueType::Boolean => any::<bool>().prop_map(|flag| flag.to_string()).boxed(),
        ValueType::Instant => moments().prop_map(time::write).boxed(),
        ValueType::Choice(known) => prop_oneof![
            (0..known.len()).prop_map(|index| known[index].value.to_owned()),
            Just("somethingNew".to_owned()),
        ]
        .boxed(),
        _ => "[^\\p{C}]{1,20}"
            .prop_filter("blank", |text| !text.trim().is_empty())
            .boxed(),
    }
}

fn filters() -> impl Strategy<Value = Filter> {
    let columns: Vec<_> = COLUMNS
        .iter()
        .filter(|column| column.is_filterable())
        .collect();
    (0..columns.len(), any::<prop::sample::Index>()).prop_flat_map(move |(index, pick)| {
        let column = columns[index];
        let operator = *pick.get(column.value_type.operators());
        let count = if operator.needs_value() {
            1..4usize
        } else {
            0..1
        };
        prop::collection::vec(values(column, operator), count).prop_map(move |values| Filter {
            paused: values.len() == 2,
            ..Filter::new(column, operator, values)
        })
    })
}

/// Queries that differ in how the rows are shown.
fn views() -> impl Strategy<Value = Query> {
    let columns = || prop::sample::subsequence(Column::stored().collect::<Vec<_>>(), 0..3);
    (
        prop::option::of(prop::sample::select(Noise::ALL.to_vec())),
        prop::option::of(prop::sample::select(Every::ALL.to_vec())),
        columns(),
        columns().prop_flat_map(|columns| {
            let widths = prop::collection::vec(Query::WIDTHS_PX, columns.len());
            widths.prop_map(move |widths| columns.iter().copied().zip(widths).collect())
        }),
        any::<bool>(),
        prop::option::of("[a-z]{1,8}"),
    )
        .prop_map(|(noise, every, group, widths_px, descending, pane)| Query {
            noise,
            every,
            group_order: GroupOrder {
                by: GroupNumber::Rows,
                descending: descending || group.is_empty(),
            },
            group,
            widths_px,
            compare: pane.clone(),
            pane,
            ..Query::default()
        })
}

fn queries() -> impl Strategy<Value = Query> {
    let columns = prop::option::of(prop::sample::subsequence(
        COLUMNS.iter().collect::<Vec<_>>(),
        1..6,
    ));
    (
        prop::sample::select(Tab::ALL.to_vec()),
        ranges(),
        prop::sample::select(vec!["local", "utc", "Europe/Oslo", "Etc/GMT+1"]),
        prop::collection::vec(filters(), 0..5),
        prop::option::of("[a-z@. ]{0,8}[a-z]"),
        any::<bool>(),
        columns,
        prop::option::of("[a-zA-Z0-9 _&=%+-]{0,20}[a-z]"),
        views(),
    )
        .prop_map(
            |(tab, range, zone, filters, search, descending, columns, row, view)| {
                let mut distinct: Vec<Filter> = Vec::new();
                for filter in filters {
                    if !distinct.contains(&filter) {
                        distinct.push(filter);
                    }
                }
                Query {
                    range,
                    time_zone: TimeZone::parse(zone).expect("a zone"),
                    filters: distinct,
                    search: search.map(|text| text.trim().to_owned()),
                    sort: Sort {
                        column: Column::named("user"),
                        descending,
                    },
                    columns,
                    row,
                    tab: if view.noise.is_some() {
                        Tab::Interactive
                    } else {
                        tab
                    },
                    ..view
                }
            },
        )
}

#[test]
fn a_form_takes_what_is_ticked_where_whole_values_are_compared() {
    let form = "fcol=user&fop=in&ftick=Ann+Berg&ftick=Bob&fval=left";
    assert_eq!(read(form).filters[0].values, ["Ann Berg", "Bob"]);
    let written = read("fcol=user&fop=starts&ftick=Ann&fval=bo");
    assert_eq!(written.filters[0].to_text(), "user:starts:bo");
    let contained = read("fcol=user&fop=nin&ftick=Ann&fcontains=bo");
    assert_eq!(contained.filters[0].to_text(), "user:ncontains:bo");
}

#[test]
fn a_line_adds_filters_and_search() {
    let query = read("range=7d&f=user:contains:a&line=status:failure+teams");
    assert_eq!(
        query.to_text(),
        "range=7d&f=user:contains:a&f=status:in:failure&q=teams"
    );
    let (query, problems) = Query::parse("line=code:x+ann");
    assert_eq!((query.to_text().as_str(), problems.len()), ("q=ann", 1));
}

proptest! {
    #[test]
    fn filters_and_search_come_back_from_their_line(
        filters in prop::collection::vec(filters(), 0..5),
        search in prop::option::of("[a-z:\"\\\\ ~-]{0,12}[a-z:\"]"),
    ) {
        let mut query = Query { search: search.map(|text| text.trim().to_owned()), ..Query::default() };
        for filter in filters {
            query = query.with_filter(filter);
        }
        let line = Line::parse(&query.to_line());
        prop_assert_eq!(line.problems, []);
        prop_assert_eq!(line.filters, query.filters);
        prop_assert_eq!(line.search, query.search);
    }

    #[test]
    fn any_line_is_survived(text in ".*") {
        Line::parse(&text);
    }

    #[test]
    fn a_query_comes_back_from_its_text(query in queries()) {
        let (again, problems) = Query::parse(&query.to_text());
        prop_assert_eq!(problems, []);
        prop_assert_eq!(&again, &query);
        prop_assert_eq!(again.to_text(), query.to_text());
    }

    #[test]
    fn any_text_is_survived_and_its_query_is_canonical(text in ".*") {
        let (query, _) = Query::parse(&text);
        let (again, problems) = Query::parse(&query.to_text());
        prop_assert_eq!(problems, []);
        prop_assert_eq!(again, query);
    }

    #[test]
    fn any_parts_are_survived(parts in prop::collection::vec(("(tab|noise|f|q|cols|widths|every|group|order|sort|from|to|row|pane|compare|after|tz|range|fcol|fop|fval|ftick|fcontains|line)", ".*"), 0..8)) {
        let text: Vec<_> = parts.iter().map(|(name, value)| format!("{name}={}", super::super::percent::encode(value))).collect();
        let (query, _) = Query::parse(&text.join("&"));
        let (again, problems) = Query::parse(&query.to_text());
        prop_assert_eq!(problems, []);
        prop_assert_eq!(again, query);
    }
}
