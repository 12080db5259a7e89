//! Controls of a policy, and whether they were met.

use model::Value;
use model::sign_in::conditional_access::AuthenticationStrengthResult;
use model::sign_in::{AppliedConditionalAccessPolicy as Applied, PolicyResult};

use super::super::authentication::second_factor;
use super::super::subject::Subject;
use crate::text::flyout as text;
use crate::view::flyout::authentication::StepState;
use crate::view::flyout::policies::{PolicyLine, Verdict};
use crate::view::safe_text::{MOST_IN_CELL, shown};

const BLOCK: &str = "block";
const STRENGTH_START: &str = "Require authentication strength - ";

/// A grant control in words.
pub(super) fn control_words(control: &str) -> String {
    let known = match control.to_ascii_lowercase().as_str() {
        BLOCK => "Block access",
        "mfa" => "Multifactor authentication",
        "requirecompliantdevice" => "Compliant device",
        "requiredomainjoineddevice" => "Hybrid joined device",
        "requireapprovedapp" => "Approved client app",
        "requirecompliantapp" => "App protection policy",
        "passwordchange" => "Password change",
        _ => {
            return match control.strip_prefix(STRENGTH_START) {
                Some(strength) => format!("Authentication strength: {strength}"),
                None => control.to_owned(),
            };
        }
    };
    known.to_owned()
}

/// A session control in words.
pub(super) fn session_words(control: &str) -> String {
    let known = match control.to_ascii_lowercase().as_str() {
        "signinfrequency" => "Sign-in frequency",
        "persistentbrowsersessionmode" => "Persistent browser session",
        "appenforcedrestrictions" => "App enforced restrictions",
        "cloudappsecurity" => "Conditional Access App Control",
        "signintokenprotection" => "Token protection",
        "continuousaccessevaluation" => text::CONTINUOUS_ACCESS,
        _ => control,
    };
    known.to_owned()
}

/// One line for each control: those that grant access, then those of the session.
pub(super) fn control_lines(subject: Subject<'_>, policy: &Applied) -> Vec<PolicyLine> {
    let grant = policy.enforced_grant_controls.iter().map(|control| {
        let (met, value) = evidence(subject, policy, control);
        line(
            control_words(control),
            value,
            grant_verdict(policy, control, met),
        )
    });
    let session = policy.enforced_session_controls.iter().map(|control| {
        let is_not_met = policy.session_controls_not_satisfied.contains(control);
        line(
            session_words(control),
            None,
            session_verdict(policy, is_not_met),
        )
    });
    grant.chain(session).collect()
}

fn line(label: String, value: Option<String>, verdict: Verdict) -> PolicyLine {
    PolicyLine {
        label: shown(&label, MOST_IN_CELL),
        value: value.unwrap_or_default(),
        verdict,
        is_control: true,
        is_quiet: false,
    }
}

/// Whether steps and device prove that a control was met or not, and with what.
fn evidence(
    subject: Subject<'_>,
    policy: &Applied,
    control: &str,
) -> (Option<bool>, Option<String>) {
    let sign_in = &subject.detail.sign_in;
    let is_yes = |id: &str| match subject.value(id) {
        Some(Value::Boolean(flag)) => Some(*flag),
        _ => None,
    };
    match control.to_ascii_lowercase().as_str() {
        "mfa" => match second_factor(&sign_in.authentication_details) {
            Some(step) => {
                let method = step.authentication_method.as_deref();
                let result = step.authentication_step_result_detail.as_deref();
                let words: Vec<_> = [method, result].into_iter().flatten().collect();
                let words = (!words.is_empty()).then(|| shown(&words.join(": "), MOST_IN_CELL));
                (step.succeeded, words)
            }
            None => (None, None),
        },
        "requirecompliantdevice" => {
            let is_compliant = is_yes("compliant");
            let name = subject
                .text("device_name")
                .map(|name| shown(name, MOST_IN_CELL));
            let words = match is_compliant {
                Some(true) => "compliant",
                Some(false) => "not compliant",
                None => "compliance not recorded",
            };
            let words = name.map_or_else(|| words.to_owned(), |name| format!("{name}: {words}"));
            (is_compliant, Some(words))
        }
        "requiredomainjoineddevice" => {
            let joined = subject
                .text("join_type")
                .map(|words| shown(words, MOST_IN_CELL));
            let is_hybrid = joined
                .as_deref()
                .map(|words| words.to_lowercase().contains("hybrid"));
            (is_hybrid, joined)
        }
        _ => match &policy.authentication_strength {
            Some(strength) if control.starts_with(STRENGTH_START) => {
                let result = strength.authentication_strength_result.as_ref();
                let met = result.map(|result| *result == AuthenticationStrengthResult::Satisfied);
                (
                    met,
                    result.map(|result| shown(&result.label(), MOST_IN_CELL)),
                )
            }
            _ => (None, None),
        },
    }
}

fn grant_verdict(policy: &Applied, control: &str, met: Option<bool>) -> Verdict {
    let is_single = policy.enforced_grant_controls.len() == 1;
    let is_block = control.eq_ignore_ascii_case(BLOCK);
    let (state, words) = match (&policy.result, is_block) {
        (Some(PolicyResult::Failure), true) => (StepState::Failed, text::BLOCKED),
        (Some(PolicyResult::ReportOnlyFailure), true) => (StepState::Failed, text::WOULD_BLOCK),
        (Some(PolicyResult::Success | PolicyResult::ReportOnlySuccess), _) => match met {
            _ if is_single => (StepState::Passed, text::SATISFIED),
            Some(true) => (StepState::Passed, text::SATISFIED),
            Some(false) => (StepState::NotReached, text::NOT_SATISFIED),
            None => (StepState::Passed, text::SATISFIED_TOGETHER),
        },
        (Some(result), _) if result.has_applied() => match met {
            // Of a single control the result of the policy speaks, whatever came after it.
            _ if is_single => (StepState::Failed, text::NOT_SATISFIED),
            Some(true) => (StepState::Passed, text::SATISFIED),
            Some(false) => (StepState::Failed, text::NOT_SATISFIED),
            None => (StepState::NotReached, text::NOT_RECORDED),
        },
        (Some(_), _) => (StepState::NotReached, text::NOT_APPLIED),
        (None, _) => (StepState::NotReached, text::NOT_RECORDED),
    };
    verdict(state, words)
}

fn session_verdict(policy: &Applied, is_not_met: bool) -> Verdict {
    if is_not_met {
        return verdict(StepState::Failed, text::NOT_SATISFIED);
    }
    match &policy.result {
        Some(result) if result.has_applied() => verdict(StepState::Passed, text::APPLIED),
        Some(_) => verdict(StepState::NotReached, text::NOT_APPLIED),
        None => verdict(StepState::NotReached, text::NOT_RECORDED),
    }
}

fn verdict(state: StepState, words: &str) -> Verdict {
    Verdict {
        state,
        words: words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(result: PolicyResult, controls: &[&str]) -> Applied {
        Applied {
            result: Some(result),
            enforced_grant_controls: controls
                .iter()
                .map(|control| (*control).to_owned())
                .collect(),
            ..Applied::default()
        }
    }

    #[test]
    fn a_single_control_goes_as_the_policy_goes() {
        let failed = policy(PolicyResult::Failure, &["Mfa"]);
        assert_eq!(
            grant_verdict(&failed, "Mfa", None).words,
            text::NOT_SATISFIED
        );
        let blocked = policy(PolicyResult::Failure, &["Block"]);
        assert_eq!(grant_verdict(&blocked, "Block", None).words, text::BLOCKED);
        let met = policy(PolicyResult::Success, &["Mfa"]);
        assert_eq!(grant_verdict(&met, "Mfa", None).words, text::SATISFIED);
    }

    #[test]
    fn of_several_controls_only_proven_ones_are_judged() {
        let failed = policy(PolicyResult::Failure, &["Mfa", "RequireCompliantDevice"]);
        assert_eq!(
            grant_verdict(&failed, "Mfa", Some(true)).words,
            text::SATISFIED
        );
        assert_eq!(
            grant_verdict(&failed, "Mfa", None).words,
            text::NOT_RECORDED
        );
        let not_applied = policy(PolicyResult::NotApplied, &["Mfa", "Block"]);
        assert_eq!(
            grant_verdict(&not_applied, "Block", None).words,
            text::NOT_APPLIED
        );
    }

    #[test]
    fn controls_are_said_in_words() {
        assert_eq!(control_words("RequireCompliantDevice"), "Compliant device");
        assert_eq!(
            control_words("Require authentication strength - Phishing-resistant MFA"),
            "Authentication strength: Phishing-resistant MFA"
        );
        assert_eq!(control_words("Terms of use 2026"), "Terms of use 2026");
        assert_eq!(session_words("SignInFrequency"), "Sign-in frequency");
    }
}
