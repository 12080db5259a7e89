//! What the names of properties mean, shape by shape.
//!
//! A name is looked up among the few of its length, without regard to letter case.

use std::sync::LazyLock;

use model::column::{Column, Source};

use super::shape::Shape;

/// What to do with a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The value of the recorded column at this position.
    Column(usize),
    /// An object whose members are values of columns: position in [`Names::parents`].
    Parent(usize),
    /// The list of applied Conditional Access policies.
    Policies,
    /// `signInEventTypes`.
    EventTypes,
    /// `properties` of an envelope.
    Properties,
    /// When the source sent the record.
    Emitted,
    /// Category, and table name.
    Category,
    /// Name of the Log Analytics table.
    TableName,
    /// Tenant of the log.
    Tenant,
    /// Address of the log resource, which names the tenant.
    LogResource,
    /// Error code in the envelope.
    ResultType,
    /// Failure reason in the envelope.
    ResultDescription,
    /// Address in the envelope.
    CallerAddress,
    /// Correlation ID in the envelope.
    Correlation,
    /// Display name in the envelope.
    Identity,
    /// Country in the envelope.
    Country,
    /// "City, State, Country" of the portal's CSV.
    PlaceText,
    /// Success, Failure or Interrupted of the portal's CSV.
    StatusText,
    /// The authentication steps; those of a row of the portal's CSV were joined to it.
    Steps,
    /// The policies that ended or shortened the session.
    Lifetimes,
    /// The networks that the address belongs to.
    Networks,
    /// The processing details.
    Processing,
    /// Of no consequence for columns.
    Other,
}

/// Members of a nested object that are columns.
#[derive(Debug)]
pub(super) struct Parent {
    /// Name of the Graph property.
    pub name: &'static str,
    /// Member (or `member/member`), and the column's position among the recorded ones.
    pub members: Vec<(&'static str, usize)>,
}

/// The vocabulary.
pub(super) struct Names {
    /// Columns of which a record says the value, in the order of the lake.
    pub columns: Vec<&'static Column>,
    /// Nested objects with columns in them.
    pub parents: Vec<Parent>,
    graph: Table,
    envelope: Table,
    log_analytics: Table,
    portal_csv: Table,
}

/// Names by their length.
#[derive(Default)]
struct Table(Vec<Vec<(String, Role)>>);

impl Table {
    fn add(&mut self, name: &str, role: Role) {
        if self.0.len() <= name.len() {
            self.0.resize_with(name.len() + 1, Vec::new);
        }
        self.0[name.len()].push((name.to_owned(), role));
    }

    fn find(&self, name: &str) -> Option<Role> {
        let same_length = self.0.get(name.len())?;
        same_length
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, role)| *role)
    }
}

pub(super) static NAMES: LazyLock<Names> = LazyLock::new(Names::build);

impl Names {
    fn build() -> Names {
        let columns: Vec<_> = Column::recorded().collect();
        let mut parents: Vec<Parent> = Vec::new();
        let mut graph = Table::default();
        for (position, column) in columns.iter().enumerate() {
            let Source::Property(path) = column.source else {
                continue;
            };
            match path.split_once('/') {
                None => graph.add(path, Role::Column(position)),
                Some((name, member)) => match parents.iter_mut().find(|parent| parent.name == name)
                {
                    Some(parent) => parent.members.push((member, position)),
                    None => parents.push(Parent {
                        name,
                        members: vec![(member, position)],
                    }),
                },
            }
        }
        for (index, parent) in parents.iter().enumerate() {
            graph.add(parent.name, Role::Parent(index));
        }
        for name in [
            "appliedConditionalAccessPolicies",
            "appliedConditionalAccessPolicy",
        ] {
            graph.add(name, Role::Policies);
        }
        graph.add("authenticationDetails", Role::Steps);
        graph.add("sessionLifetimePolicies", Role::Lifetimes);
        graph.add("networkLocationDetails", Role::Networks);
        graph.add("authenticationProcessingDetails", Role::Processing);
        graph.add("signInEventTypes", Role::EventTypes);
        // Diagnostic records carry the tenant only in the envelope, some tools copy it inside.
        graph.add("tenantId", Role::Tenant);
        graph.add("riskEventTypes", risk_events(&columns));
        let log_analytics = log_analytics(&parents, &columns);
        let portal_csv = portal_csv(&columns);
        Names {
            columns,
            parents,
            graph,
            envelope: envelope(),
            log_analytics,
            portal_csv,
        }
    }

    /// What a name means within a Graph object, or within `properties`.
    pub fn of_property(&self, name: &str) -> Role {
        self.graph.find(name).unwrap_or(Role::Other)
    }

    /// What a name means in the envelope of a diagnostic record.
    pub fn of_envelope(&self, name: &str) -> Role {
        self.envelope.find(name).unwrap_or(Role::Other)
    }

    /// What a name means at the top of a record of this shape.
    pub fn of_top(&self, shape: Shape, name: &str) -> Role {
        match shape {
            // Forwarders that take the envelope off may leave its category.
            Shape::Graph if name.eq_ignore_ascii_case("category") => Role::Category,
            Shape::Graph => self.of_property(name),
            Shape::Diagnostic => self.of_envelope(name),
            Shape::LogAnalytics => {
                let bare = bare_table_name(name);
                self.log_analytics
                    .find(bare)
                    .unwrap_or_else(|| self.of_property(bare))
            }
            Shape::PortalCsv => self
                .portal_csv
                .find(&collapsed(name))
                .unwrap_or(Role::Other),
        }
    }

    /// Position of a column among the recorded ones.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }
}

/// Whether a CSV header is that of a portal download in another language: the format is there, the
/// names are not.
pub fn is_foreign_download(header: &[String], named_as_download: bool) -> bool {
    let dated = header
        .iter()
        .any(|name| name.to_uppercase().contains("(UTC)"));
    let known = |name: &&String| {
        NAMES.of_top(Shape::PortalCsv, name) != Role::Other
            || NAMES.of_top(Shape::LogAnalytics, name) != Role::Other
    };
    let steps = header
        .iter()
        .any(|name| collapsed(name) == "authentication method");
    (dated || named_as_download)
        && !steps
        && header.len() >= 5
        && header.iter().filter(known).count() < header.len().min(5)
}

/// A column name of a Log Analytics export without what the export adds: `Status_dynamic`,
/// `CreatedDateTime [UTC]`.
pub(super) fn bare_table_name(name: &str) -> &str {
    let name = name.trim();
    let name = name.split_once(" [").map_or(name, |(bare, _)| bare);
    for suffix in ["_dynamic", "_string", "_d", "_s", "_b", "_t", "_g"] {
        if let Some(bare) = name.strip_suffix(suffix) {
            // `riskEventTypes_v2` is a name of its own and has none of these endings.
            return bare;
        }
    }
    name
}

/// A CSV header without doubled, leading and trailing blanks, in lower case.
pub(super) fn collapsed(header: &str) -> String {
    header
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn risk_events(columns: &[&'static Column]) -> Role {
    columns
        .iter()
        .position(|column| column.id == "risk_event_types")
        .map_or(Role::Other, Role::Column)
}

fn envelope() -> Table {
    let mut table = Table::default();
    for (name, role) in [
        ("time", Role::Emitted),
        ("category", Role::Category),
        ("tenantId", Role::Tenant),
        ("resourceId", Role::LogResource),
        ("resultType", Role::ResultType),
        ("resultDescription", Role::ResultDescription),
        ("callerIpAddress", Role::CallerAddress),
        ("correlationId", Role::Correlation),
        ("identity", Role::Identity),
        ("location", Role::Country),
        ("properties", Role::Properties),
    ] {
        table.add(name, role);
    }
    table
}

fn log_analytics(parents: &[Parent], columns: &[&'static Column]) -> Table {
    let parent = |name: &str| {
        parents
            .iter()
            .position(|parent| parent.name == name)
            .map_or(Role::Other, Role::Parent)
    };
    let column = |id: &str| {
        columns
            .iter()
            .position(|column| column.id == id)
            .map_or(Role::Other, Role::Column)
    };
    let mut table = Table::default();
    for (name, role) in [
        ("TimeGenerated", Role::Emitted),
        ("Category", Role::Category),
        ("Type", Role::TableName),
        ("AADTenantId", Role::Tenant),
        // `TenantId` of a table is the workspace, `ResourceId` the log's own address.
        ("TenantId", Role::Other),
        ("ResourceId", Role::LogResource),
        ("ResultType", Role::ResultType),
        ("ResultDescription", Role::ResultDescription),
        ("Identity", Role::Identity),
        ("Location", Role::Country),
        ("LocationDetails", parent("location")),
        ("ResourceIdentity", column("resource_id")),
        ("ProcessingTimeInMs", column("latency_ms")),
        ("ConditionalAccessPolicies", Role::Policies),
        ("ConditionalAccessPoliciesV2", Role::Policies),
        (
            "ServicePrincipalCredentialKeyId",
            column("credential_key_id"),
        ),
    ] {
        table.add(name, role);
    }
    table
}

fn portal_csv(columns: &[&'static Column]) -> Table {
    let position = |id: &str| {
        columns
            .iter()
            .position(|column| column.id == id)
            .map_or(Role::Other, Role::Column)
    };
    let mut table = Table::default();
    for (name, role) in [
        ("date (utc)", position("date")),
        ("date", position("date")),
        ("location", Role::PlaceText),
        ("status", Role::StatusText),
        ("managed identity id", position("service_principal_id")),
        ("managed identity name", position("service_principal_name")),
        ("authenticationdetails", Role::Steps),
    ] {
        table.add(name, role);
    }
    for (index, column) in columns.iter().enumerate() {
        let label = collapsed(column.label);
        if table.find(&label).is_none() {
            table.add(&label, Role::Column(index));
        }
    }
    table
}

/// Names that code relies on must be in the table.
#[cfg(test)]
mod tests {
    use super::*;
    use model::column::COLUMNS;

    fn column_of(role: Role) -> &'static str {
        match role {
            Role::Column(position) => NAMES.columns[position].id,
            other => panic!("no column: {other:?}"),
        }
    }

    #[test]
    fn graph_names_are_found_in_any_case() {
        assert_eq!(
            column_of(NAMES.of_property("USERPRINCIPALNAME")),
            "username"
        );
        assert_eq!(
            column_of(NAMES.of_property("riskLevelDuringsignIn")),
            "risk_level_during_sign_in"
        );
        assert_eq!(NAMES.of_property("nonsense"), Role::Other);
    }

    #[test]
    fn every_header_of_the_portal_is_known() {
        for header in [
            "Date (UTC)",
            "Request ID",
            "User agent",
            "Correlation ID",
            "User ID",
            "User",
            "Username",
            "User type",
            "Cross tenant access type",
            "Incoming token type",
            "Authentication Protocol",
            "Unique token identifier",
            "Original transfer method",
            "Client credential type",
            "Token Protection - Sign In Session",
            "Token Protection - Sign In Session StatusCode",
            "Application",
            "Application ID ",
            "App owner tenant ID",
            "Resource",
            "Resource ID ",
            "Resource tenant ID",
            "Resource owner tenant ID",
            "Home tenant ID",
            "Home tenant name",
            "IP address",
            "Location",
            "Status",
            "Sign-in error code",
            "Failure reason",
            "Client app",
            "Device ID",
            "Browser",
            "Operating System",
            "Compliant",
            "Managed",
            "Join Type",
            "Multifactor authentication result",
            "Multifactor authentication auth method",
            "Multifactor authentication auth detail",
            "Authentication requirement",
            "Sign-in identifier",
            "Session ID",
            "IP address (seen by resource)",
            "Through Global Secure Access",
            "Global Secure Access IP address",
            "Autonomous system  number",
            "Flagged for review",
            "Token issuer type",
            "Token issuer name",
            "Latency",
            "Conditional Access",
            "Managed Identity type",
            "Associated Resource Id",
            "Federated Token Id",
            "Federated Token Issuer",
            "Service principal ID",
            "Service principal name",
            "Credential key ID",
            "Credential thumbprint",
        ] {
            assert_ne!(
                NAMES.of_top(Shape::PortalCsv, header),
                Role::Other,
                "{header}"
            );
        }
    }

    #[test]
    fn downloads_in_other_languages_are_told_apart() {
        let header = |names: &str| names.split(',').map(str::to_owned).collect::<Vec<_>>();
        let german =
            header("Datum (UTC),Anforderungs-ID,Benutzer,Benutzername,Anwendung,Status,Standort");
        assert!(is_foreign_download(&german, false));
        let english = header("Date (UTC),Request ID,User,Username,Application,Status,Location");
        assert!(!is_foreign_download(&english, true));
        let budget = header("Month,Team,Planned,Spent,Left");
        assert!(!is_foreign_download(&budget, false));
    }

    #[test]
    fn log_analytics_has_names_of_its_own() {
        assert_eq!(
            column_of(NAMES.of_top(Shape::LogAnalytics, "IPAddress")),
            "ip_address"
        );
        assert_eq!(
            column_of(NAMES.of_top(Shape::LogAnalytics, "CreatedDateTime [UTC]")),
            "date"
        );
        assert_eq!(
            NAMES.of_top(Shape::LogAnalytics, "ConditionalAccessPolicies_dynamic"),
            Role::Policies
        );
        assert_eq!(NAMES.of_top(Shape::LogAnalytics, "TenantId"), Role::Other);
        assert_eq!(
            column_of(NAMES.of_top(Shape::LogAnalytics, "RiskEventTypes_V2")),
            "risk_event_types"
        );
    }

    #[test]
    fn every_property_column_is_read() {
        for column in COLUMNS {
            if let Source::Property(path) = column.source {
                let name = path.split('/').next().unwrap_or(path);
                assert_ne!(NAMES.of_property(name), Role::Other, "{path}");
            }
        }
    }
}
