//! The tabs of Conditional Access: policies that were enforced, and those in report-only mode.

mod conditions;
mod controls;

use model::Query;
use model::query::is_guid;
use model::sign_in::{AppliedConditionalAccessPolicy as Applied, PolicyResult};

use self::conditions::condition_lines;
use self::controls::{control_lines, control_words, session_words};
use super::narrow::item_verbs;
use super::panes::Pane;
use super::subject::Subject;
use crate::text::flyout as text;
use crate::view::flyout::authentication::StepState;
use crate::view::flyout::fields::Verbs;
use crate::view::flyout::policies::{Policies, Policy, PolicyDetails, Verdict};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Most policies that are listed; a tenant can have 240.
const MOST_POLICIES: usize = 500;

/// Column with the names of the policies that applied.
const APPLIED: &str = "conditional_access_policies";
/// Column with the results of all that are switched on: "name: result".
const RESULTS: &str = "conditional_access_results";

/// The tab of the policies that were enforced.
pub(super) fn enforced(subject: Subject<'_>, query: &Query, open: Option<usize>) -> Policies {
    let found = chosen(subject, |result| !is_report_only(result));
    let of = |is: fn(&PolicyResult) -> bool| {
        let results = found
            .iter()
            .filter_map(|(_, policy)| policy.result.as_ref());
        results.filter(|result| is(result)).count()
    };
    let summary = text::policies(
        found.len(),
        of(PolicyResult::has_applied),
        of(|result| *result == PolicyResult::Failure),
    );
    if found.is_empty() {
        return nothing(&[text::NO_POLICIES, text::NO_POLICIES_WHY]);
    }
    written(
        subject,
        query,
        Pane::ConditionalAccess,
        open,
        found,
        summary,
    )
}

/// The tab of the policies in report-only mode.
pub(super) fn report_only(subject: Subject<'_>, query: &Query, open: Option<usize>) -> Policies {
    let found = chosen(subject, is_report_only);
    let results = found
        .iter()
        .filter_map(|(_, policy)| policy.result.as_ref());
    let would = results.filter(|result| {
        matches!(
            result,
            PolicyResult::ReportOnlyFailure | PolicyResult::ReportOnlyInterrupted
        )
    });
    let summary = text::report_only_policies(found.len(), would.count());
    if found.is_empty() {
        return nothing(&[text::NO_REPORT_ONLY]);
    }
    written(subject, query, Pane::ReportOnly, open, found, summary)
}

fn is_report_only(result: Option<&PolicyResult>) -> bool {
    result.is_some_and(PolicyResult::is_report_only)
}

/// Policies with their position in the record, those that decided first.
fn chosen(
    subject: Subject<'_>,
    is_wanted: fn(Option<&PolicyResult>) -> bool,
) -> Vec<(usize, &Applied)> {
    let all = &subject.detail.sign_in.applied_conditional_access_policies;
    let numbered = (1..).zip(all.iter());
    let mut found: Vec<_> = numbered
        .filter(|(_, policy)| is_wanted(policy.result.as_ref()))
        .take(MOST_POLICIES)
        .collect();
    found.sort_by_key(|(_, policy)| weight(policy.result.as_ref()));
    found
}

fn weight(result: Option<&PolicyResult>) -> u8 {
    match result {
        Some(PolicyResult::Failure | PolicyResult::ReportOnlyFailure) => 0,
        Some(PolicyResult::ReportOnlyInterrupted) => 1,
        Some(PolicyResult::Success | PolicyResult::ReportOnlySuccess) => 2,
        Some(PolicyResult::NotApplied | PolicyResult::ReportOnlyNotApplied) => 4,
        Some(PolicyResult::NotEnabled) => 5,
        _ => 3,
    }
}

/// A tab without policies.
fn nothing(notes: &[&'static str]) -> Policies {
    Policies {
        summary: String::new(),
        notes: notes.to_vec(),
        policies: Vec::new(),
    }
}

fn written(
    subject: Subject<'_>,
    query: &Query,
    pane: Pane,
    open: Option<usize>,
    found: Vec<(usize, &Applied)>,
    summary: String,
) -> Policies {
    let policies = found.into_iter().map(|(number, policy)| {
        let is_open = open == Some(number);
        Policy {
            number,
            name: name_of(policy),
            verbs: verbs(query, policy),
            grant: joined(
                policy
                    .enforced_grant_controls
                    .iter()
                    .map(|control| control_words(control)),
            ),
            session: joined(
                policy
                    .enforced_session_controls
                    .iter()
                    .map(|control| session_words(control)),
            ),
            result: result_of(policy),
            toggle: pane.address(query, (!is_open).then_some(number)),
            details: is_open.then(|| details(subject, query, policy)),
        }
    });
    Policies {
        summary,
        notes: Vec::new(),
        policies: policies.collect(),
    }
}

/// Name of a policy.
pub(super) fn name_of(policy: &Applied) -> String {
    let name = policy.display_name.as_deref().or(policy.id.as_deref());
    shown(name.unwrap_or(text::UNNAMED_POLICY), MOST_IN_CELL)
}

fn joined(words: impl Iterator<Item = String>) -> String {
    let words: Vec<_> = words.collect();
    shown(&words.join(", "), MOST_IN_CELL)
}

/// What a policy came to.
pub(super) fn result_of(policy: &Applied) -> Verdict {
    let state = match &policy.result {
        Some(PolicyResult::Success | PolicyResult::ReportOnlySuccess) => StepState::Passed,
        Some(
            PolicyResult::Failure
            | PolicyResult::ReportOnlyFailure
            | PolicyResult::ReportOnlyInterrupted,
        ) => StepState::Failed,
        _ => StepState::NotReached,
    };
    let words = policy
        .result
        .as_ref()
        .map(|result| shown(&result.label(), MOST_IN_CELL));
    Verdict {
        state,
        words: words.unwrap_or_else(|| text::NOT_RECORDED.to_owned()),
    }
}

/// The verbs of the name of a policy. Columns have the names of those that applied.
fn verbs(query: &Query, policy: &Applied) -> Verbs {
    let name = policy.display_name.as_deref();
    match has_applied(policy) {
        true => item_verbs(query, APPLIED, name),
        // The open row is not among those where it applied.
        false => item_verbs(&query.without_row(), APPLIED, name),
    }
}

fn has_applied(policy: &Applied) -> bool {
    let result = policy.result.as_ref();
    result.is_some_and(PolicyResult::has_applied)
}

/// Where there are other sign-ins of a policy.
fn sign_ins(query: &Query, policy: &Applied) -> Vec<(&'static str, String)> {
    let list = query.without_row();
    let name = policy.display_name.as_deref();
    let result = name.zip(policy.result.as_ref());
    let result = result.map(|(name, result)| format!("{name}: {}", result.as_str()));
    let found = [
        (text::POLICY_APPLIED, item_verbs(&list, APPLIED, name)),
        (
            text::POLICY_RESULT,
            item_verbs(&list, RESULTS, result.as_deref()),
        ),
    ];
    let found = found.into_iter();
    found
        .filter_map(|(words, verbs)| Some((words, verbs.only?)))
        .collect()
}

/// The page of a policy in the admin center of Entra ID.
fn admin_center(policy: &Applied) -> Option<String> {
    let id = policy.id.as_deref().filter(|id| is_guid(id))?;
    Some(format!(
        "https://entra.microsoft.com/#view/Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId/{id}"
    ))
}

fn details(subject: Subject<'_>, query: &Query, policy: &Applied) -> PolicyDetails {
    let has_conditions =
        policy.conditions_satisfied.is_some() || policy.conditions_not_satisfied.is_some();
    let has_applied = has_applied(policy);
    let mut lines = condition_lines(subject, policy);
    lines.extend(control_lines(subject, policy));
    let notes = [
        (!has_conditions).then_some(text::NOTE_NO_CONDITIONS),
        (has_conditions && !has_applied).then_some(text::NOTE_NOT_APPLIED),
        (has_applied && policy.enforced_grant_controls.len() > 1).then_some(text::NOTE_CONTROLS),
    ];
    PolicyDetails {
        id: policy.id.as_deref().map(|id| shown(id, MOST_IN_CELL)),
        admin_center: admin_center(policy),
        sign_ins: sign_ins(query, policy),
        lines,
        notes: notes.into_iter().flatten().collect(),
    }
}
