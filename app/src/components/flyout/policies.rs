//! The tabs of Conditional Access policies.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::authentication::{cell, notes, verdict};
use super::fields::verbs;
use crate::components::icon::Icon;
use crate::components::symbol::small_symbol;
use crate::text::flyout as text;
use crate::view::flyout::authentication::StepState;
use crate::view::flyout::policies::{Policies, Policy, PolicyDetails, PolicyLine};

/// Widths of the columns after the name, in pixels.
const WIDTHS_PX: [&str; 3] = ["136", "112", "128"];
/// Widths of the columns of the details: the first and the last, in pixels.
const DETAIL_WIDTHS_PX: [&str; 2] = ["122", "152"];

/// The tab.
pub(super) fn policies(policies: Policies) -> AnyView {
    if policies.policies.is_empty() {
        return notes(policies.notes);
    }
    let widths = WIDTHS_PX.map(|width| view! { <col {..custom_attribute("width", width)}/> });
    let columns = text::POLICY_COLUMNS.map(|column| view! { <th scope="col">{column}</th> });
    let rows = policies.policies.into_iter().map(policy).collect_view();
    view! {
        <p class="ink2 mt-s">{policies.summary.clone()}</p>
        {notes(policies.notes)}
        <table class="catable mt-s" aria-label=policies.summary>
            <colgroup><col/>{widths.into_iter().collect_view()}</colgroup>
            <thead><tr>{columns.into_iter().collect_view()}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The row of a policy, and under it its details when they are open.
fn policy(policy: Policy) -> AnyView {
    let is_open = policy.details.is_some();
    let class = match (is_open, policy.result.state) {
        (true, _) => "open",
        (false, StepState::NotReached) => "na",
        _ => "applied",
    };
    let details_id = format!("policy-{}-details", policy.number);
    let controls = is_open.then(|| details_id.clone());
    let details = policy.details.map(|found| {
        view! { <tr><td colspan="4" id=details_id>{details(found, policy.name.clone())}</td></tr> }
    });
    view! {
        <tr class=class>
            <td class="acts">
                <a
                    id=format!("policy-{}", policy.number)
                    href=policy.toggle
                    aria-expanded=if is_open { "true" } else { "false" }
                    aria-controls=controls
                    data-noscroll="true"
                >
                    {policy.name}
                </a>
                {verbs(policy.verbs)}
            </td>
            {cell(policy.grant)}
            {cell(policy.session)}
            <td>{verdict(policy.result.state, policy.result.words)}</td>
        </tr>
        {details}
    }
    .into_any()
}

fn details(details: PolicyDetails, name: String) -> AnyView {
    let columns = text::CONDITION_COLUMNS.map(|column| view! { <th scope="col">{column}</th> });
    let [first, last] = DETAIL_WIDTHS_PX;
    let lines = details.lines.into_iter().map(line).collect_view();
    let id = details.id.map(|id| {
        view! { <p class="hint">{text::POLICY_ID}" "<code>{id}</code></p> }
    });
    let sign_ins = details
        .sign_ins
        .into_iter()
        .map(|(words, address)| view! { <a href=address data-noscroll="true">{words}</a> });
    let admin_center = details.admin_center.map(|address| {
        view! {
            <a href=address rel="external noreferrer">{text::POLICY_ELSEWHERE}" "{small_symbol(Icon::External)}</a>
        }
    });
    let remarks = details
        .notes
        .into_iter()
        .map(|words| view! { <p class="hint">{words}</p> });
    view! {
        <div class="cadetail">
            <table aria-label=name>
                <colgroup>
                    <col {..custom_attribute("width", first)}/>
                    <col/>
                    <col {..custom_attribute("width", last)}/>
                </colgroup>
                <thead><tr>{columns.into_iter().collect_view()}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {remarks.collect_view()}
        {id}
        <p class="row wrap leads">{sign_ins.collect_view()}{admin_center}</p>
    }
    .into_any()
}

fn line(line: PolicyLine) -> AnyView {
    let is_hit = line.is_control && line.verdict.state == StepState::Failed;
    let verdict = match line.is_control {
        true => view! { <td>{verdict(line.verdict.state, line.verdict.words)}</td> }.into_any(),
        false if line.is_quiet => view! { <td class="ink3">{line.verdict.words}</td> }.into_any(),
        false => cell(line.verdict.words),
    };
    view! {
        <tr class=if is_hit { "hit" } else { "line" }>
            <th scope="row">{line.label}</th>
            <td>{line.value}</td>
            {verdict}
        </tr>
    }
    .into_any()
}
