//! Assignments and conditions of a policy, and what the sign-in has there.

use model::sign_in::{
    AppliedConditionalAccessPolicy as Applied, ConditionalAccessConditions as Conditions,
    PolicyResult,
};
use model::{Column, Tab, present};

use super::super::subject::Subject;
use crate::text::flyout as text;
use crate::view::flyout::authentication::StepState;
use crate::view::flyout::policies::{PolicyLine, Verdict};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Conditions that are listed for a sign-in of a person, whatever the record says of them.
const OF_PEOPLE: [&str; 7] = [
    "users",
    "application",
    "devicePlatform",
    "location",
    "clientType",
    "signInRisk",
    "userRisk",
];
/// The same for one of a workload.
const OF_WORKLOADS: [&str; 4] = [
    "servicePrincipals",
    "application",
    "location",
    "servicePrincipalRisk",
];

/// One line for each condition.
pub(super) fn condition_lines(subject: Subject<'_>, policy: &Applied) -> Vec<PolicyLine> {
    let usual: &[&str] = match subject.detail.tab {
        Tab::Interactive | Tab::NonInteractive => &OF_PEOPLE,
        Tab::ServicePrincipal | Tab::ManagedIdentity => &OF_WORKLOADS,
    };
    let mut names: Vec<String> = usual.iter().map(|name| (*name).to_owned()).collect();
    let recorded = [
        &policy.conditions_satisfied,
        &policy.conditions_not_satisfied,
    ];
    for conditions in recorded.into_iter().flatten() {
        for name in conditions.names() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
        .iter()
        .map(|name| condition_line(subject, policy, name))
        .collect()
}

fn condition_line(subject: Subject<'_>, policy: &Applied, name: &str) -> PolicyLine {
    let label = Conditions::from(name).labels();
    let value = value_of(subject, name);
    let words = verdict_of(policy, name);
    let is_quiet = !words.starts_with(text::MATCHED) && !words.starts_with(text::NOT_MATCHED);
    PolicyLine {
        label: shown(label.first().map_or(name, String::as_str), MOST_IN_CELL),
        value: value.unwrap_or_else(|| text::NOT_RECORDED.to_owned()),
        verdict: Verdict {
            state: StepState::NotReached,
            words,
        },
        is_control: false,
        is_quiet,
    }
}

fn verdict_of(policy: &Applied, name: &str) -> String {
    let has = |conditions: &Option<Conditions>| {
        conditions
            .as_ref()
            .is_some_and(|conditions| conditions.contains(name))
    };
    if has(&policy.conditions_not_satisfied) {
        return with_rules(text::NOT_MATCHED, &policy.exclude_rules_satisfied, name);
    }
    if has(&policy.conditions_satisfied) {
        return with_rules(text::MATCHED, &policy.include_rules_satisfied, name);
    }
    if policy.conditions_satisfied.is_none() && policy.conditions_not_satisfied.is_none() {
        return text::NOT_RECORDED.to_owned();
    }
    let has_applied = policy
        .result
        .as_ref()
        .is_some_and(PolicyResult::has_applied);
    match has_applied {
        true => text::NOT_CONFIGURED.to_owned(),
        false => text::NOT_REACHED.to_owned(),
    }
}

/// The verdict with the rules that made it: "Matched: All users".
fn with_rules(
    words: &str,
    rules: &[model::sign_in::conditional_access::ConditionalAccessRuleSatisfied],
    name: &str,
) -> String {
    let of_condition = rules.iter().filter(|rule| {
        let condition = rule.conditional_access_condition.as_ref();
        condition.is_some_and(|condition| condition.contains(name))
    });
    let labels: Vec<_> = of_condition
        .filter_map(|rule| rule.rule_satisfied.as_ref())
        .map(|rule| shown(&rule.label(), MOST_IN_CELL))
        .collect();
    match labels.is_empty() {
        true => words.to_owned(),
        false => format!("{words}: {}", labels.join(", ")),
    }
}

/// What the sign-in has in a condition.
fn value_of(subject: Subject<'_>, name: &str) -> Option<String> {
    let columns: &[&'static str] = match name {
        "users" => &["user", "username"],
        "application" => &["application", "resource"],
        "devicePlatform" => &["operating_system"],
        "location" => &["ip_address", "location"],
        "clientType" => &["client_app"],
        "signInRisk" => &["risk_level_during_sign_in"],
        "servicePrincipalRisk" => &["risk_level_aggregated"],
        "deviceState" => &["device_name", "join_type"],
        "client" => &["user_agent"],
        "ipAddressSeenByAzureAD" => &["ip_address"],
        "ipAddressSeenByResourceProvider" => &["ip_address_from_resource"],
        "servicePrincipals" => &["service_principal_name", "service_principal_id"],
        "authenticationFlows" => &["original_transfer_method", "authentication_protocol"],
        // The risk of a user, of insiders and the time are weighed elsewhere.
        _ => &[],
    };
    let mut words: Vec<_> = columns
        .iter()
        .filter_map(|id| {
            let value = subject.value(id).filter(|value| !value.is_empty())?;
            Some(shown(
                &present::value(Column::find(id)?, value),
                MOST_IN_CELL,
            ))
        })
        .collect();
    // Application and resource are often the same.
    words.dedup();
    (!words.is_empty()).then(|| words.join(", "))
}
