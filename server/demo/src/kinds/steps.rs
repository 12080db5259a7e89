//! Authentication steps: what a person did or what their token already proved.

use crate::people::Method;
use crate::record::{Step, Steps};

const PRIMARY: &str = "Primary authentication";
const SECOND: &str = "Multi-factor authentication";
const BY_TOKEN: &str = "Previously satisfied";

/// Result texts of multifactor authentication.
pub(crate) const MFA_BY_TOKEN: &str = "MFA requirement satisfied by claim in the token";
pub(crate) const MFA_DONE: &str = "MFA completed in Azure AD";
pub(crate) const MFA_STRONG: &str = "MFA requirement satisfied by strong authentication";
pub(crate) const MFA_WANTED: &str = "MFA required in Azure AD";
pub(crate) const MFA_NO_ANSWER: &str =
    "MFA denied; user did not respond to mobile app notification";
pub(crate) const MFA_DECLINED: &str = "MFA denied; user declined the authentication";

const fn step(
    method: &'static str,
    detail: &'static str,
    succeeded: bool,
    result: &'static str,
    requirement: &'static str,
) -> Step {
    Step {
        delay_ms: 0,
        method,
        method_detail: detail,
        succeeded,
        result,
        requirement,
        is_challenge: false,
    }
}

fn challenge(
    method: &'static str,
    detail: &'static str,
    succeeded: bool,
    result: &'static str,
    delay_ms: i64,
) -> Step {
    Step {
        delay_ms,
        is_challenge: true,
        ..step(method, detail, succeeded, result, SECOND)
    }
}

/// The password, right or wrong.
pub(crate) fn password(succeeded: bool) -> Step {
    let result = if succeeded {
        "Correct password"
    } else {
        "Invalid username or password or Invalid on-premise username or password."
    };
    step("Password", "Password Hash Sync", succeeded, result, PRIMARY)
}

/// The password of an account that somebody disabled or locked.
pub(crate) fn refused(result: &'static str) -> Step {
    step("Password", "Password Hash Sync", false, result, PRIMARY)
}

/// The token brings the first factor.
pub(crate) fn first_by_token() -> Step {
    step(
        BY_TOKEN,
        "",
        true,
        "First factor requirement satisfied by claim in the token",
        PRIMARY,
    )
}

/// The token brings the second factor.
pub(crate) fn second_by_token() -> Step {
    step(BY_TOKEN, "", true, MFA_BY_TOKEN, SECOND)
}

/// A device credential that counts as both factors.
pub(crate) fn strong(method: Method) -> Step {
    match method {
        Method::SecurityKey => step("FIDO2 security key", "", true, MFA_STRONG, PRIMARY),
        Method::PhoneSignIn => step("Passwordless phone sign-in", "", true, MFA_STRONG, PRIMARY),
        _ => step("Windows Hello for Business", "", true, MFA_STRONG, PRIMARY),
    }
}

/// The steps of a person who signs in afresh and passes, and what became of the second factor.
pub(crate) fn fresh(method: Method, answer_ms: i64) -> (Steps, &'static str) {
    let mut steps = Steps::default();
    if matches!(
        method,
        Method::Hello | Method::SecurityKey | Method::PhoneSignIn
    ) {
        steps.push(strong(method));
        return (steps, MFA_STRONG);
    }
    steps.push(password(true));
    steps.push(second(method, true, MFA_DONE, answer_ms));
    (steps, MFA_DONE)
}

/// The challenge of the second factor, passed or not. People without one of these get a push.
pub(crate) fn second(
    method: Method,
    succeeded: bool,
    result: &'static str,
    answer_ms: i64,
) -> Step {
    match method {
        Method::TextMessage => challenge("Text message", "", succeeded, result, answer_ms),
        Method::Code => challenge("OATH verification code", "", succeeded, result, answer_ms),
        _ => challenge("Mobile app notification", "", succeeded, result, answer_ms),
    }
}
