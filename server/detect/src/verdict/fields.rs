//! The fields that a verdict was worked out from, with what the record has in them.

use model::sign_in::{AppliedConditionalAccessPolicy, SignIn};
use serde::Serialize;

use super::Case;
use super::steps::{Factor, Steps};

/// Most characters of a value: the tab has the whole of it.
const MOST_CHARACTERS: usize = 120;
/// Most policies that are named in one value.
const MOST_POLICIES: usize = 4;

/// Where in the pane of a sign-in a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    /// Basic info.
    Basic,
    /// Device info.
    Device,
    /// Authentication Details.
    Authentication,
    /// Conditional Access.
    ConditionalAccess,
    /// The sign-ins with the same correlation ID.
    Timeline,
}

/// A field of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    ErrorCode,
    FailureReason,
    AdditionalDetails,
    Application,
    ClientApp,
    Compliant,
    ConditionalAccess,
    Credential,
    DeviceId,
    FirstStep,
    IncomingToken,
    JoinType,
    Policies,
    RequiredBy,
    Requirement,
    SecondStep,
    SessionLifetime,
    TokenIssuer,
    After,
}

/// A field that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Used {
    /// The portal's label.
    pub label: &'static str,
    /// What the record has; empty where it has nothing, which says something as well.
    pub value: String,
    /// Where it stands.
    pub stands: Where,
}

/// What the record has in these fields.
pub(crate) fn used(case: &Case<'_>, steps: &Steps<'_>, fields: &[Field]) -> Vec<Used> {
    let mut known = Vec::new();
    // What is hidden was not used.
    let is_seen = |field: &&Field| case.sees_policies || **field != Field::Policies;
    let fields = fields.iter().filter(is_seen).filter(|field| {
        let is_new = !known.contains(*field);
        known.push(**field);
        is_new
    });
    fields
        .map(|field| {
            let (label, stands) = place(*field);
            Used {
                label,
                value: model::present::shortened(&value(case, steps, *field), MOST_CHARACTERS),
                stands,
            }
        })
        .collect()
}

fn place(field: Field) -> (&'static str, Where) {
    match field {
        Field::ErrorCode => ("Sign-in error code", Where::Basic),
        Field::FailureReason => ("Failure reason", Where::Basic),
        Field::AdditionalDetails => ("Additional Details", Where::Basic),
        Field::Application => ("Application", Where::Basic),
        Field::ClientApp => ("Client app", Where::Basic),
        Field::Compliant => ("Compliant", Where::Device),
        Field::ConditionalAccess => ("Conditional Access", Where::Basic),
        Field::Credential => ("Client credential type", Where::Basic),
        Field::DeviceId => ("Device ID", Where::Device),
        Field::FirstStep => ("First factor", Where::Authentication),
        Field::IncomingToken => ("Incoming token type", Where::Basic),
        Field::JoinType => ("Join Type", Where::Device),
        Field::Policies => ("Policies", Where::ConditionalAccess),
        Field::RequiredBy => ("Authentication Policies Applied", Where::Authentication),
        Field::Requirement => ("Authentication requirement", Where::Basic),
        Field::SecondStep => ("Second factor", Where::Authentication),
        Field::SessionLifetime => ("Session Lifetime Policies Applied", Where::Authentication),
        Field::TokenIssuer => ("Token issuer type", Where::Basic),
        Field::After => ("What came after it", Where::Timeline),
    }
}

fn value(case: &Case<'_>, steps: &Steps<'_>, field: Field) -> String {
    let sign_in = case.sign_in;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let status = sign_in.status.as_ref();
    let device = sign_in.device_detail.as_ref();
    match field {
        Field::ErrorCode => case.code.map(|code| code.to_string()).unwrap_or_default(),
        Field::FailureReason => status
            .map(|status| text(&status.failure_reason))
            .unwrap_or_default(),
        Field::AdditionalDetails => status
            .map(|status| text(&status.additional_details))
            .unwrap_or_default(),
        Field::Application => text(&sign_in.app_display_name),
        Field::ClientApp => text(&sign_in.client_app_used),
        Field::Compliant => yes(device.and_then(|device| device.is_compliant)),
        Field::ConditionalAccess => label(
            sign_in
                .conditional_access_status
                .as_ref()
                .map(|status| status.label()),
        ),
        Field::Credential => label(
            sign_in
                .client_credential_type
                .as_ref()
                .map(|kind| kind.label()),
        ),
        Field::DeviceId => device
            .map(|device| text(&device.device_id))
            .unwrap_or_default(),
        Field::FirstStep => step(steps, Factor::First),
        Field::IncomingToken => label(
            sign_in
                .incoming_token_type
                .as_ref()
                .map(|kind| kind.label()),
        ),
        Field::JoinType => device
            .map(|device| text(&device.trust_type))
            .unwrap_or_default(),
        Field::Policies => policies(sign_in),
        Field::RequiredBy => joined(sign_in.authentication_requirement_policies.iter().map(
            |policy| {
                let detail = policy
                    .detail
                    .clone()
                    .filter(|detail| !detail.trim().is_empty());
                detail.unwrap_or_else(|| {
                    label(
                        policy
                            .requirement_provider
                            .as_ref()
                            .map(|kind| kind.label()),
                    )
                })
            },
        )),
        Field::Requirement => label(
            sign_in
                .authentication_requirement
                .as_ref()
                .map(|kind| kind.label()),
        ),
        Field::SecondStep => step(steps, Factor::Second),
        Field::SessionLifetime => joined(sign_in.session_lifetime_policies.iter().map(|policy| {
            let kind = policy
                .expiration_requirement
                .as_ref()
                .map(|kind| kind.label());
            let detail = policy
                .detail
                .clone()
                .filter(|detail| !detail.trim().is_empty());
            detail.unwrap_or_else(|| label(kind))
        })),
        Field::TokenIssuer => label(sign_in.token_issuer_type.as_ref().map(|kind| kind.label())),
        Field::After => case
            .after
            .map(super::words::after_in_short)
            .unwrap_or_default(),
    }
}

fn label(label: Option<std::borrow::Cow<'_, str>>) -> String {
    label.unwrap_or_default().into_owned()
}

fn yes(flag: Option<bool>) -> String {
    match flag {
        Some(true) => "Yes".to_owned(),
        Some(false) => "No".to_owned(),
        None => String::new(),
    }
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(", ")
}

fn step(steps: &Steps<'_>, factor: Factor) -> String {
    let Some(step) = steps.deciding(factor) else {
        return String::new();
    };
    let parts = [
        step.detail.authentication_method.as_deref(),
        step.detail.authentication_step_result_detail.as_deref(),
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.trim().is_empty())
        .collect();
    parts.join(": ")
}

/// The policies that applied, with what came out.
fn policies(sign_in: &SignIn) -> String {
    let result = |policy: &AppliedConditionalAccessPolicy| {
        let result = policy
            .result
            .as_ref()
            .filter(|result| result.has_applied() && !result.is_report_only())?;
        let name = policy.display_name.as_deref().unwrap_or_default();
        Some(format!("{name}: {}", result.label()))
    };
    let applied = sign_in.applied_conditional_access_policies.iter();
    let applied: Vec<String> = applied.filter_map(result).collect();
    let more = applied.len().saturating_sub(MOST_POLICIES);
    let mut text = joined(applied.into_iter().take(MOST_POLICIES));
    if more > 0 {
        text.push_str(&format!(", and {more} more"));
    }
    text
}
