//! The tabs of the pane, and their names in addresses.

use model::{Column, Query, Tab};

use super::subject::Subject;
use crate::assemble::sign_ins::PATH;
use crate::text::flyout as text;
use crate::view::flyout::PaneTab;
use crate::viewer::shows;

/// Column with what two of the tabs show.
const POLICIES: &str = "conditional_access_policies";

/// Which tab is shown. Some have a part that is opened, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pane {
    Basic,
    Location,
    Device,
    Authentication,
    ConditionalAccess,
    ReportOnly,
    Additional,
    Timeline,
    Versions,
}

impl Pane {
    const ALL: [Pane; 9] = [
        Pane::Basic,
        Pane::Location,
        Pane::Device,
        Pane::Authentication,
        Pane::ConditionalAccess,
        Pane::ReportOnly,
        Pane::Additional,
        Pane::Timeline,
        Pane::Versions,
    ];

    /// Name in addresses.
    const fn name(self) -> &'static str {
        match self {
            Pane::Basic => "basic",
            Pane::Location => "location",
            Pane::Device => "device",
            Pane::Authentication => "authentication",
            Pane::ConditionalAccess => "conditional-access",
            Pane::ReportOnly => "report-only",
            Pane::Additional => "additional",
            Pane::Timeline => "timeline",
            Pane::Versions => "versions",
        }
    }

    fn label(self, subject: Subject<'_>) -> String {
        let label = match self {
            Pane::Basic => "Basic info",
            Pane::Location => "Location",
            Pane::Device => "Device info",
            Pane::Authentication => "Authentication Details",
            Pane::ConditionalAccess => "Conditional Access",
            Pane::ReportOnly => "Report-only",
            Pane::Additional => "Additional details",
            Pane::Timeline => text::TIMELINE,
            Pane::Versions => return text::versions(subject.detail.earlier_versions + 1),
        };
        label.to_owned()
    }

    /// Whether a sign-in has the tab: by its kind, or because its record says something there.
    fn is_of(self, subject: Subject<'_>) -> bool {
        let of_people = matches!(subject.detail.tab, Tab::Interactive | Tab::NonInteractive);
        let sign_in = &subject.detail.sign_in;
        match self {
            Pane::ConditionalAccess | Pane::ReportOnly if !shows(Column::named(POLICIES)) => false,
            Pane::Basic | Pane::Location | Pane::ConditionalAccess | Pane::Additional => true,
            Pane::Device => of_people || sign_in.device_detail.is_some(),
            Pane::Authentication => of_people || !sign_in.authentication_details.is_empty(),
            Pane::ReportOnly => {
                let mut policies = sign_in.applied_conditional_access_policies.iter();
                let is_report_only = |policy: &model::sign_in::AppliedConditionalAccessPolicy| {
                    policy
                        .result
                        .as_ref()
                        .is_some_and(model::sign_in::PolicyResult::is_report_only)
                };
                of_people || policies.any(is_report_only)
            }
            Pane::Timeline => subject.text("correlation_id").is_some(),
            Pane::Versions => subject.detail.earlier_versions > 0,
        }
    }

    /// The tab that an address asks for, with the number of what is open in it; the first tab where the
    /// sign-in does not have it.
    pub fn asked(query: &Query, subject: Subject<'_>) -> (Pane, Option<usize>) {
        let asked = query.pane.as_deref().unwrap_or_default();
        let (name, number) = asked.split_once('.').unwrap_or((asked, ""));
        let known = Pane::ALL.into_iter().find(|pane| pane.name() == name);
        match known.filter(|pane| pane.is_of(subject)) {
            Some(pane) => (pane, number.parse().ok()),
            None => (Pane::Basic, None),
        }
    }

    /// Address of the tab for the open row, with something open in it.
    pub fn address(self, query: &Query, open: Option<usize>) -> String {
        let pane = match (self, open) {
            (Pane::Basic, _) => None,
            (pane, None) => Some(pane.name().to_owned()),
            (pane, Some(number)) => Some(format!("{}.{number}", pane.name())),
        };
        let query = Query {
            pane,
            compare: None,
            ..query.clone()
        };
        query.to_address(PATH)
    }
}

/// The tabs of a sign-in.
pub(super) fn tabs(query: &Query, subject: Subject<'_>, current: Pane) -> Vec<PaneTab> {
    let of_this = Pane::ALL.into_iter().filter(|pane| pane.is_of(subject));
    of_this
        .map(|pane| PaneTab {
            name: pane.name(),
            label: pane.label(subject),
            address: pane.address(query, None),
            is_current: pane == current,
        })
        .collect()
}

/// What the address of another row adds to show it in the same tab.
pub(super) fn kept(query: &Query) -> String {
    match &query.pane {
        // A number names something of this row.
        Some(pane) => {
            let name = pane.split('.').next().unwrap_or_default();
            let known = Pane::ALL.into_iter().find(|pane| pane.name() == name);
            known.map_or_else(String::new, |pane| format!("&pane={}", pane.name()))
        }
        None => String::new(),
    }
}
