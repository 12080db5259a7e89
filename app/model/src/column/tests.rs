//! What holds for every entry of the column table.

use super::*;
use std::collections::BTreeSet;

#[test]
fn ids_and_labels_are_used_once() {
    let ids: BTreeSet<_> = COLUMNS.iter().map(|column| column.id).collect();
    assert_eq!(ids.len(), COLUMNS.len());
    let labels: BTreeSet<_> = COLUMNS
        .iter()
        .map(|column| column.label.to_lowercase())
        .collect();
    assert_eq!(labels.len(), COLUMNS.len());
}

#[test]
fn ids_are_plain_words() {
    for column in COLUMNS {
        assert!(
            column
                .id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
            "{}",
            column.id
        );
    }
}

#[test]
fn a_default_column_belongs_to_its_tab() {
    for column in COLUMNS {
        for tab in Tab::ALL {
            assert!(
                !column.default_tabs.has(tab) || column.tabs.has(tab),
                "{} in {tab}",
                column.id
            );
        }
    }
}

#[test]
fn the_interactive_tab_opens_as_the_portal_does() {
    let labels: Vec<_> = Column::defaults(Tab::Interactive)
        .iter()
        .map(|column| column.label)
        .collect();
    assert_eq!(
        labels,
        [
            "Date",
            "User",
            "Application",
            "Status",
            "Reason",
            "IP address",
            "Location",
            "Conditional Access",
            "Authentication requirement"
        ]
    );
}

#[test]
fn the_kind_is_said_where_there_are_several() {
    let ids = |tabs: Tabs| -> Vec<_> {
        let columns = Column::defaults_of_all(tabs);
        columns.into_iter().map(|column| column.id).collect()
    };
    assert!(!ids(Tabs::INTERACTIVE).contains(&"kind"));
    assert_eq!(ids(Tabs::USERS)[..2], ["date", "kind"]);
    let kind = Column::named("kind");
    assert!(kind.is_of(Tabs::ALL) && !kind.is_of(Tabs::MANAGED_IDENTITY));
    assert!(!Column::of_tab(Tab::Interactive).contains(&kind));
    let recorded = Column::recorded().count();
    assert_eq!(recorded + 1, Column::stored().count());
    for (choice, tab) in kind.value_type.choices().iter().zip(Tab::ALL) {
        assert_eq!((choice.value, choice.label), (tab.as_str(), tab.label()));
    }
}

#[test]
fn managed_identities_are_called_so_in_their_tab() {
    let name = Column::named("service_principal_name");
    assert_eq!(
        name.label_in(Tabs::MANAGED_IDENTITY),
        "Managed identity name"
    );
    assert_eq!(name.label_in(Tabs::WORKLOADS), "Service principal name");
    for (id, _) in MANAGED_IDENTITY_LABELS {
        assert!(Column::find(id).is_some(), "{id}");
    }
}

#[test]
fn columns_named_in_code_exist() {
    for id in crate::column::table::NAMED_IN_CODE {
        Column::named(id);
    }
}

#[test]
fn a_list_is_an_array_in_json() {
    let methods = Column::named("authentication_methods");
    let value = Value::Text("Password\nText message".to_owned());
    assert_eq!(
        methods.json(&value),
        serde_json::json!(["Password", "Text message"])
    );
    assert_eq!(methods.json(&Value::Empty), serde_json::Value::Null);
}

#[test]
fn the_table_is_reviewed() {
    let lines: Vec<String> = COLUMNS
        .iter()
        .map(|column| {
            let source = match column.source {
                Source::Property(path) => path.to_owned(),
                Source::Derived(derived) => format!("{derived:?}"),
            };
            format!("{} | {} | {source}", column.id, column.label)
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}
