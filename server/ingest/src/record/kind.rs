//! Which kind of sign-in a record is, or which other kind of record.

use model::Tab;

use super::object::Entry;
use super::shape::Shape;

/// What a record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordKind {
    /// A sign-in.
    SignIn(Tab),
    /// Authentication steps of a sign-in, from the portal's `_AuthDetails` download.
    AuthenticationStep,
    /// Something else, by the name people give it. It is counted, not imported.
    Other(String),
}

/// What the file's name says about its records, used only where the records say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KindHint(pub Option<Tab>);

impl KindHint {
    /// The hint of a file name such as `NonInteractiveSignIns_2025-11-29_2025-12-29.csv`.
    pub fn of_file_name(name: &str) -> KindHint {
        let name = name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or(name)
            .to_ascii_lowercase();
        let words: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        KindHint(if words.contains("noninteractive") {
            Some(Tab::NonInteractive)
        } else if words.contains("interactivesignin") || words.contains("interactiveusersignin") {
            Some(Tab::Interactive)
        } else if words.contains("msisignin") || words.contains("managedidentity") {
            Some(Tab::ManagedIdentity)
        } else if words.contains("applicationsignin") || words.contains("serviceprincipal") {
            Some(Tab::ServicePrincipal)
        } else {
            None
        })
    }
}

/// What the record says about its kind, gathered while its properties are read.
#[derive(Debug, Default)]
pub(super) struct KindSigns<'a> {
    /// `category` of an envelope, or `Category` of a table.
    pub category: Option<&'a str>,
    /// `Type` of a Log Analytics table.
    pub table: Option<&'a str>,
    /// `signInEventTypes` as JSON text.
    pub event_types: Option<&'a str>,
    /// `isInteractive`.
    pub interactive: Option<bool>,
    pub has_user: bool,
    pub has_service_principal: bool,
    pub has_managed_identity: bool,
}

impl KindSigns<'_> {
    /// The tab, from the surest sign to the weakest; `None` when nothing but a name can tell.
    pub fn tab(&self) -> Option<Tab> {
        if let Some(tab) = self
            .category
            .and_then(tab_of_category)
            .or_else(|| self.table.and_then(tab_of_category))
        {
            return Some(tab);
        }
        if let Some(tab) = self.event_types.and_then(tab_of_event_types) {
            return Some(tab);
        }
        if self.has_managed_identity {
            return Some(Tab::ManagedIdentity);
        }
        if self.has_service_principal && !self.has_user {
            return Some(Tab::ServicePrincipal);
        }
        match self.interactive {
            Some(true) => Some(Tab::Interactive),
            Some(false) => Some(Tab::NonInteractive),
            None => None,
        }
    }
}

/// The tab of a diagnostic category or a Log Analytics table.
pub(super) fn tab_of_category(category: &str) -> Option<Tab> {
    const CATEGORIES: [(&str, Tab); 11] = [
        ("SignInLogs", Tab::Interactive),
        ("ADFSSignInLogs", Tab::Interactive),
        ("UserSignIn", Tab::Interactive),
        ("NonInteractiveUserSignInLogs", Tab::NonInteractive),
        ("AADNonInteractiveUserSignInLogs", Tab::NonInteractive),
        ("ServicePrincipalSignInLogs", Tab::ServicePrincipal),
        ("AADServicePrincipalSignInLogs", Tab::ServicePrincipal),
        ("MicrosoftServicePrincipalSignInLogs", Tab::ServicePrincipal),
        ("ManagedIdentitySignInLogs", Tab::ManagedIdentity),
        ("AADManagedIdentitySignInLogs", Tab::ManagedIdentity),
        ("AADSignInLogs", Tab::Interactive),
    ];
    CATEGORIES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(category))
        .map(|(_, tab)| *tab)
}

fn tab_of_event_types(event_types: &str) -> Option<Tab> {
    const TYPES: [(&str, Tab); 4] = [
        ("\"managedIdentity\"", Tab::ManagedIdentity),
        ("\"servicePrincipal\"", Tab::ServicePrincipal),
        ("\"nonInteractiveUser\"", Tab::NonInteractive),
        ("\"interactiveUser\"", Tab::Interactive),
    ];
    TYPES
        .iter()
        .find(|(name, _)| event_types.contains(name))
        .map(|(_, tab)| *tab)
}

/// What a record is, when it is no sign-in: `None` when it may be one.
pub(super) fn other_kind(shape: Shape, entries: &[Entry<'_>]) -> Option<RecordKind> {
    let has = |name: &str| {
        entries
            .iter()
            .any(|(other, _)| other.trim().eq_ignore_ascii_case(name))
    };
    match shape {
        Shape::Diagnostic | Shape::LogAnalytics => other_category(entries),
        Shape::PortalCsv if has("Authentication method") && !has("Application") => {
            Some(RecordKind::AuthenticationStep)
        }
        Shape::PortalCsv => None,
        Shape::Graph => {
            const SIGNS: [&str; 9] = [
                "userDisplayName",
                "appId",
                "appDisplayName",
                "ipAddress",
                "userPrincipalName",
                "userId",
                "servicePrincipalId",
                "conditionalAccessStatus",
                "clientAppUsed",
            ];
            // Other things of Graph that have a date and a user, too.
            const CONTRARY_SIGNS: [&str; 5] = [
                "activityDateTime",
                "riskEventType",
                "displayName",
                "severity",
                "enrolledDateTime",
            ];
            let value = |wanted: &str| {
                entries
                    .iter()
                    .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                    .map(|(_, value)| *value)
            };
            let typed_otherwise = value("@odata.type").is_some_and(|kind| {
                !kind
                    .trim_matches('"')
                    .to_ascii_lowercase()
                    .ends_with("signin")
            });
            let dated = has("createdDateTime");
            let signed = SIGNS.iter().any(|name| has(name))
                || value("status").is_some_and(|status| status.starts_with('{'));
            if dated && signed && !typed_otherwise && !CONTRARY_SIGNS.iter().any(|name| has(name)) {
                return None;
            }
            Some(RecordKind::Other(other_graph_kind(&has, dated)))
        }
    }
}

/// Whether a record names a log of sign-ins but holds none.
pub(super) fn is_bare_envelope(entries: &[Entry<'_>]) -> bool {
    entries.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("category") && tab_of_category(value.trim_matches('"')).is_some()
    })
}

fn other_category(entries: &[Entry<'_>]) -> Option<RecordKind> {
    let text = |wanted: &str| {
        entries
            .iter()
            .rfind(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim_matches('"'))
            .filter(|value| !value.is_empty() && *value != "null")
    };
    let category = text("category");
    let table = text("Type");
    if category
        .into_iter()
        .chain(table)
        .any(|name| tab_of_category(name).is_some())
    {
        return None;
    }
    // Without a category only the contents can tell: it is read as a sign-in, or refused.
    category
        .or(table)
        .map(|name| RecordKind::Other(name.to_owned()))
}

fn other_graph_kind(has: &dyn Fn(&str) -> bool, dated: bool) -> String {
    let kind = if has("activityDisplayName")
        || has("ActorDisplayName")
        || (has("Activity") && has("Service"))
    {
        "AuditLogs"
    } else if has("provisioningAction") || has("provisioningSteps") {
        "ProvisioningLogs"
    } else if has("riskEventType") || has("riskType") {
        "UserRiskEvents"
    } else if has("riskLastUpdatedDateTime") {
        "RiskyUsers"
    } else if has("AuditData") || (has("Operation") && has("Workload")) {
        "Office 365 audit log"
    } else if has("signInCount") && has("firstSignInDateTime") {
        "summarised sign-ins"
    } else if has("methodsRegistered") {
        "user registration details"
    } else if has("conditions") && has("grantControls") {
        "Conditional Access policies"
    } else if has("requestUri") || has("signInActivityId") {
        "MicrosoftGraphActivityLogs"
    } else if dated {
        "records with a date but nothing of a sign-in"
    } else {
        "records that are no sign-ins"
    };
    kind.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_hint_at_the_kind() {
        for (name, tab) in [
            (
                "NonInteractiveSignIns_2025-11-29_2025-12-29.csv",
                Some(Tab::NonInteractive),
            ),
            ("a.zip/InteractiveSignIns_2025.csv", Some(Tab::Interactive)),
            ("MSISignIns_2025.csv", Some(Tab::ManagedIdentity)),
            ("ApplicationSignIns_2025.csv", Some(Tab::ServicePrincipal)),
            ("insights-logs-noninteractiveusersigninlogs/PT1H.json", None),
            ("PT1H.json", None),
        ] {
            assert_eq!(KindHint::of_file_name(name).0, tab, "{name}");
        }
    }

    #[test]
    fn the_surest_sign_decides() {
        let signs = KindSigns {
            category: Some("noninteractiveusersigninlogs"),
            interactive: Some(true),
            ..KindSigns::default()
        };
        assert_eq!(signs.tab(), Some(Tab::NonInteractive));
        let signs = KindSigns {
            has_service_principal: true,
            interactive: Some(false),
            ..KindSigns::default()
        };
        assert_eq!(signs.tab(), Some(Tab::ServicePrincipal));
        let signs = KindSigns {
            event_types: Some(r#"["nonInteractiveUser"]"#),
            ..KindSigns::default()
        };
        assert_eq!(signs.tab(), Some(Tab::NonInteractive));
        assert_eq!(KindSigns::default().tab(), None);
    }
}
