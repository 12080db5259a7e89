//! The columns that can get a filter.

use model::Query;
use model::column::{COLUMNS, Column, GROUP, Section};

use crate::text::filters as text;
use crate::view::filters::ColumnGroup;
use crate::viewer::shows;

/// What the portal filters by, in its order.
const PORTAL: [&str; 45] = [
    "request_id",
    "correlation_id",
    "user",
    "username",
    "user_id",
    "application",
    "application_id",
    "status",
    "error_code",
    "ip_address",
    "ip_address_from_resource",
    "location",
    "city",
    "state",
    "country",
    "resource",
    "resource_id",
    "resource_tenant_id",
    "home_tenant_id",
    "conditional_access",
    "client_app",
    "operating_system",
    "browser",
    "user_agent",
    "flagged_for_review",
    "is_agent",
    "authentication_requirement",
    "authentication_protocol",
    "cross_tenant_access_type",
    "user_type",
    "token_issuer_type",
    "incoming_token_type",
    "unique_token_identifier",
    "session_id",
    "sign_in_identifier",
    "autonomous_system_number",
    "through_global_secure_access",
    "original_transfer_method",
    "client_credential_type",
    "risk_state",
    "risk_level_aggregated",
    "risk_level_during_sign_in",
    "service_principal_id",
    "service_principal_name",
    "credential_key_id",
];

/// Columns of the kinds shown that have no pill yet, the portal's own first.
pub fn groups(query: &Query, has_pill: impl Fn(&Column) -> bool) -> Vec<ColumnGroup> {
    let tabs = query.tabs();
    let is_left = |column: &Column| {
        // The date has a pill of its own kind.
        column.is_filterable()
            && column.id != "date"
            && column.is_of(tabs)
            && shows(column)
            && !has_pill(column)
    };
    let portal = PORTAL.iter().filter_map(|id| Column::find(id));
    let sections = Section::ALL.into_iter().map(|section| {
        let columns = COLUMNS.iter().chain([&GROUP]);
        let columns =
            columns.filter(|column| column.section == section && !PORTAL.contains(&column.id));
        (section.label(), columns.collect::<Vec<_>>())
    });
    [(text::AS_IN_PORTAL, portal.collect())]
        .into_iter()
        .chain(sections)
        .map(|(label, columns)| ColumnGroup {
            label,
            columns: columns
                .into_iter()
                .filter(|column| is_left(column))
                .map(|column| (column.id, column.label_in(tabs)))
                .collect(),
        })
        .filter(|group| !group.columns.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Tab;
    use model::tab::Noise;

    fn ids(groups: &[ColumnGroup]) -> Vec<&'static str> {
        let columns = groups.iter().flat_map(|group| &group.columns);
        columns.map(|(id, _)| *id).collect()
    }

    #[test]
    fn the_portals_own_come_first_and_exist() {
        assert!(PORTAL.iter().all(|id| Column::find(id).is_some()));
        let groups = groups(&Query::default(), |column| column.id == "user");
        assert_eq!(groups[0].label, text::AS_IN_PORTAL);
        assert_eq!(groups[0].columns[0], ("request_id", "Request ID"));
        assert!(!ids(&groups).contains(&"user"));
    }

    #[test]
    fn each_column_of_the_kinds_shown_stands_there_once() {
        for tab in Tab::ALL {
            let mut ids = ids(&groups(&Query::default().with_tab(tab), |_| false));
            ids.sort_unstable();
            let mut columns: Vec<_> = Column::of_tab(tab)
                .iter()
                .filter(|column| column.is_filterable() && column.id != "date")
                .map(|column| column.id)
                .chain(GROUP.tabs.has(tab).then_some(GROUP.id))
                .collect();
            columns.sort_unstable();
            assert_eq!(ids, columns);
        }
        let all = groups(&Query::default().with_noise(Noise::Workloads), |_| false);
        let every = COLUMNS.iter().filter(|column| column.is_filterable());
        // All but the date, and the group, which is no column of the table.
        assert_eq!(ids(&all).len(), every.count());
    }

    #[test]
    fn none_may_be_left() {
        assert_eq!(groups(&Query::default(), |_| true), []);
    }
}
