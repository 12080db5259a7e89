//! What Conditional Access policies asked for, and which of it was missing.

use model::sign_in::{AppliedConditionalAccessPolicy as Applied, PolicyResult};

use super::denials::denied;
use super::fields::Field;
use super::steps::{Came, Factor};
use super::{Certainty, Draft, Question, Reading, words};
use crate::acts::Acts;

const STRENGTH_START: &str = "require authentication strength - ";

/// A grant control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Control {
    Block,
    Multifactor,
    CompliantDevice,
    JoinedDevice,
    ApprovedApp,
    AppProtection,
    PasswordChange,
    Strength(String),
    /// What has a name of its own: terms of use, or a control of another provider.
    Named(String),
}

impl Control {
    pub fn of(text: &str) -> Control {
        let text = text.trim();
        let small = text.to_lowercase();
        match small.as_str() {
            "block" => Control::Block,
            "mfa" => Control::Multifactor,
            "requirecompliantdevice" => Control::CompliantDevice,
            "requiredomainjoineddevice" => Control::JoinedDevice,
            "requireapprovedapp" => Control::ApprovedApp,
            "requirecompliantapp" => Control::AppProtection,
            "passwordchange" => Control::PasswordChange,
            _ => match small.strip_prefix(STRENGTH_START) {
                // The name keeps its letters.
                Some(name) => Control::Strength(
                    text.get(text.len() - name.len()..)
                        .unwrap_or(name)
                        .to_owned(),
                ),
                None => Control::Named(text.to_owned()),
            },
        }
    }
}

/// Policies that were enforced and came out so.
pub(crate) fn with_result<'a>(reading: &Reading<'a>, result: &PolicyResult) -> Vec<&'a Applied> {
    let policies = reading.sign_in().applied_conditional_access_policies.iter();
    policies
        .filter(|policy| policy.result.as_ref() == Some(result))
        .collect()
}

pub(crate) fn controls(policy: &Applied) -> Vec<Control> {
    policy
        .enforced_grant_controls
        .iter()
        .map(|control| Control::of(control))
        .collect()
}

/// Whether the record lists any policy that was enforced, applied or not.
pub(crate) fn are_listed(reading: &Reading<'_>) -> bool {
    let mut policies = reading.sign_in().applied_conditional_access_policies.iter();
    reading.case.sees_policies
        && policies.any(|policy| {
            policy
                .result
                .as_ref()
                .is_some_and(|result| !result.is_report_only())
        })
}

/// Names in quotation marks: “A”, “A” and “B”, “A”, “B” and 2 more.
pub(crate) fn names(policies: &[&Applied]) -> String {
    let name =
        |policy: &&Applied| words::quoted(policy.display_name.as_deref().unwrap_or_default());
    let named: Vec<String> = policies.iter().map(name).collect();
    match named.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, other, more @ ..] => format!("{one}, {other} and {} more", more.len()),
    }
}

/// The names of the policies that asked for a second factor and got it, or did not.
pub(crate) fn asking_for_second(reading: &Reading<'_>) -> Vec<String> {
    let policies = reading.sign_in().applied_conditional_access_policies.iter();
    let asks = |policy: &&Applied| {
        let decided = matches!(
            policy.result,
            Some(PolicyResult::Success | PolicyResult::Failure)
        );
        let mut controls = controls(policy).into_iter();
        decided
            && controls
                .any(|control| matches!(control, Control::Multifactor | Control::Strength(_)))
    };
    let asking: Vec<&Applied> = policies.filter(asks).collect();
    match asking.is_empty() {
        true => Vec::new(),
        false => vec![names(&asking)],
    }
}

/// The verdict where Conditional Access kept somebody out.
pub(crate) fn blocked(reading: &Reading<'_>, question: Question) -> Draft {
    let failing = with_result(reading, &PolicyResult::Failure);
    // Of several, the one that asks for what the code says is missing comes first.
    let named = by_code(reading);
    let asks = |policy: &&Applied| {
        named
            .as_ref()
            .is_some_and(|control| controls(policy).contains(control))
    };
    let (asking, others): (Vec<&Applied>, Vec<&Applied>) = failing.into_iter().partition(asks);
    let failing = [asking, others].concat();
    let Some(first) = failing.first() else {
        return without_policies(reading, question);
    };
    let missing = missing(reading, first);
    let (why, acts, what_next, mut fields) = explained(reading, &missing);
    fields.insert(0, Field::Policies);
    fields.insert(0, Field::ErrorCode);
    let cause = match failing.len() {
        1 => {
            let name = first.display_name.as_deref().unwrap_or_default();
            let is_named = !name.trim().is_empty();
            let name = if is_named {
                words::quoted(name)
            } else {
                String::new()
            };
            words::policy_blocked(&name, &why)
        }
        _ => words::policies_blocked(&names(&failing), &why),
    };
    let factors = factors(reading);
    if !factors.is_empty() {
        fields.extend([Field::FirstStep, Field::SecondStep]);
    }
    // Of several controls the record does not always say which one was missing.
    let is_proven = !matches!(missing, Missing::OneOf);
    Draft {
        question,
        cause,
        follows: words::joined(&[&factors, &what_next]),
        acts,
        certainty: match is_proven {
            true => Certainty::Certain,
            false => Certainty::Likely,
        },
        fields,
        gist: None,
    }
}

/// What was missing of a policy.
enum Missing {
    Control(Control),
    /// One of several controls, nobody knows which.
    OneOf,
}

fn missing(reading: &Reading<'_>, policy: &Applied) -> Missing {
    let controls = controls(policy);
    let named = by_code(reading);
    if let Some(control) = named.filter(|control| controls.is_empty() || controls.contains(control))
    {
        return Missing::Control(control);
    }
    if controls.contains(&Control::Block) {
        return Missing::Control(Control::Block);
    }
    let mut unmet = controls
        .iter()
        .filter(|control| is_met(reading, control) != Some(true));
    match (unmet.next(), unmet.next()) {
        (Some(control), None) => Missing::Control(control.clone()),
        // All of it was met, as far as the record says: something else was missing.
        _ => Missing::OneOf,
    }
}

/// The control that a code says was not met.
fn by_code(reading: &Reading<'_>) -> Option<Control> {
    Some(match reading.code? {
        53_000 => Control::CompliantDevice,
        53_001 => Control::JoinedDevice,
        53_002 => Control::ApprovedApp,
        53_009 => Control::AppProtection,
        _ => return None,
    })
}

/// Whether the record proves that a control was met or not.
fn is_met(reading: &Reading<'_>, control: &Control) -> Option<bool> {
    let device = reading.sign_in().device_detail.as_ref();
    match control {
        Control::Multifactor => reading
            .steps
            .deciding(Factor::Second)
            .map(|step| step.is_passed()),
        Control::CompliantDevice => device.and_then(|device| device.is_compliant),
        Control::JoinedDevice => {
            let joined = device.and_then(|device| device.trust_type.as_deref());
            joined.map(|joined| joined.to_lowercase().contains("hybrid"))
        }
        _ => None,
    }
}

/// Why a control was not met, who acts, what helps, and from which fields.
fn explained(reading: &Reading<'_>, missing: &Missing) -> (String, Acts, String, Vec<Field>) {
    let Missing::Control(control) = missing else {
        return (
            words::ONE_CONTROL_MISSING.to_owned(),
            Acts::Administrator,
            words::SEE_POLICIES.to_owned(),
            Vec::new(),
        );
    };
    let sign_in = reading.sign_in();
    let device = sign_in.device_detail.as_ref();
    let named = device
        .and_then(|device| device.display_name.as_deref())
        .filter(|name| !name.trim().is_empty());
    let has_device =
        device.is_some_and(|device| device.device_id.as_deref().is_some_and(|id| !id.is_empty()));
    match control {
        Control::Block => (
            words::BLOCKS_ALL.to_owned(),
            Acts::Administrator,
            words::EXCLUDE_IF_MEANT.to_owned(),
            Vec::new(),
        ),
        Control::CompliantDevice if has_device || named.is_some() => (
            words::not_compliant(named),
            Acts::DeviceOwner,
            words::SYNC_DEVICE.to_owned(),
            vec![Field::DeviceId, Field::Compliant],
        ),
        Control::CompliantDevice => (
            words::NO_DEVICE_COMPLIANT.to_owned(),
            Acts::DeviceOwner,
            words::USE_MANAGED_DEVICE.to_owned(),
            vec![Field::DeviceId, Field::Compliant],
        ),
        Control::JoinedDevice => (
            words::not_joined(named),
            Acts::DeviceOwner,
            words::USE_JOINED_DEVICE.to_owned(),
            vec![Field::DeviceId, Field::JoinType],
        ),
        Control::ApprovedApp => (
            words::app_not_approved(sign_in.app_display_name.as_deref()),
            Acts::Person,
            words::USE_APPROVED_APP.to_owned(),
            vec![Field::Application, Field::ClientApp],
        ),
        Control::AppProtection => (
            words::app_not_protected(sign_in.app_display_name.as_deref()),
            Acts::Person,
            words::USE_PROTECTED_APP.to_owned(),
            vec![Field::Application, Field::ClientApp],
        ),
        Control::PasswordChange => (
            words::PASSWORD_MUST_CHANGE.to_owned(),
            Acts::Person,
            words::CHANGE_PASSWORD.to_owned(),
            Vec::new(),
        ),
        Control::Multifactor => {
            let second = reading.steps.deciding(Factor::Second);
            let why = match second.map(|step| step.came) {
                Some(Came::Denied(denial)) => {
                    denied(denial, second.and_then(|step| step.method())).0
                }
                _ => words::NO_SECOND_FACTOR.to_owned(),
            };
            (
                why,
                Acts::Person,
                words::SHOW_SECOND_FACTOR.to_owned(),
                vec![Field::SecondStep],
            )
        }
        Control::Strength(name) => (
            words::strength_missing(name),
            Acts::Person,
            words::USE_STRONGER_METHOD.to_owned(),
            vec![Field::SecondStep],
        ),
        Control::Named(name) => (
            words::named_control_missing(name),
            Acts::Person,
            words::ACCEPT_NAMED.to_owned(),
            Vec::new(),
        ),
    }
}

/// What of the way before the policy went well, so that nobody resets what was right.
fn factors(reading: &Reading<'_>) -> String {
    let first = reading
        .steps
        .deciding(Factor::First)
        .filter(|step| step.is_passed());
    let second = reading
        .steps
        .deciding(Factor::Second)
        .filter(|step| step.is_passed());
    match (first, second) {
        (Some(first), Some(second)) => words::both_right(first.method(), second.method()),
        // A key that stands for both is said to be the second one.
        (None, Some(second)) if second.is_passwordless() => words::both_right(None, None),
        (Some(first), None) if first.came == Came::Done => words::first_right(first.method()),
        _ => String::new(),
    }
}

/// Conditional Access kept somebody out, and the record names no policy.
fn without_policies(reading: &Reading<'_>, question: Question) -> Draft {
    let control = by_code(reading);
    let not_named = match reading.case.sees_policies {
        true => words::POLICY_NOT_IN_RECORD,
        false => words::POLICY_NOT_SEEN,
    };
    let factors = factors(reading);
    if let Some(control) = control {
        let (why, acts, what_next, mut fields) = explained(reading, &Missing::Control(control));
        fields.insert(0, Field::ErrorCode);
        return Draft {
            question,
            cause: words::some_policy_blocked(&why),
            follows: words::joined(&[&factors, &what_next, not_named]),
            acts,
            certainty: Certainty::Certain,
            fields,
            gist: None,
        };
    }
    let draft = super::by_book(reading, question);
    Draft {
        follows: words::joined(&[&draft.follows, &factors, not_named]),
        fields: vec![Field::ErrorCode, Field::ConditionalAccess, Field::Policies],
        ..draft
    }
}
