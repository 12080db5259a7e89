//! The error codes that occur, each with a short reason in plain words.

/// An outcome: code 0 is success.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub code: u32,
    /// Empty on success.
    pub reason: &'static str,
}

const fn outcome(code: u32, reason: &'static str) -> Outcome {
    Outcome { code, reason }
}

pub(crate) static SUCCESS: Outcome = outcome(0, "");
pub(crate) static KEEP_SIGNED_IN: Outcome =
    outcome(50140, "Interrupted to ask whether to stay signed in.");
pub(crate) static MFA_CHALLENGE: Outcome = outcome(
    50074,
    "Strong authentication is required and the challenge was not passed yet.",
);
pub(crate) static MFA_ENROLMENT: Outcome = outcome(
    50072,
    "The user has to register for multifactor authentication first.",
);
pub(crate) static NO_SESSION: Outcome = outcome(
    50058,
    "Silent sign-in was asked for, but nobody is signed in.",
);
pub(crate) static DEVICE_AUTHENTICATION: Outcome =
    outcome(50097, "The device has to authenticate.");
pub(crate) static CONSENT: Outcome =
    outcome(65001, "Nobody has consented to this application yet.");
pub(crate) static MFA_REQUIRED: Outcome = outcome(
    50076,
    "Multifactor authentication is needed since a setting or the location changed.",
);
pub(crate) static PASSWORD_EXPIRED: Outcome = outcome(50055, "The password has expired.");
pub(crate) static WRONG_PASSWORD: Outcome = outcome(50126, "User name or password is wrong.");
pub(crate) static BLOCKED: Outcome =
    outcome(53003, "A Conditional Access policy blocked the access.");
pub(crate) static NOT_COMPLIANT: Outcome = outcome(
    53000,
    "The device is not compliant, as a Conditional Access policy requires.",
);
pub(crate) static LOCKED: Outcome = outcome(
    50053,
    "The account is locked, or the address was blocked for malicious activity.",
);
pub(crate) static MFA_FAILED: Outcome = outcome(
    500121,
    "The strong authentication request was not completed.",
);
pub(crate) static NOT_ASSIGNED: Outcome = outcome(
    50105,
    "The user is not assigned to a role of the application.",
);
pub(crate) static DISABLED: Outcome = outcome(50057, "The account is disabled.");
pub(crate) static UNKNOWN_USER: Outcome =
    outcome(50034, "The account does not exist in this directory.");
pub(crate) static TOKEN_IDLE: Outcome = outcome(
    700082,
    "The refresh token has expired because it was not used.",
);
pub(crate) static TOKEN_REVOKED: Outcome =
    outcome(50173, "The grant was revoked, a fresh token is needed.");
pub(crate) static SIGN_IN_FREQUENCY: Outcome = outcome(
    70044,
    "The session ended because of the sign-in frequency policy.",
);
pub(crate) static SESSION_REVOKED: Outcome = outcome(
    50133,
    "The session is no longer valid since the password changed.",
);
pub(crate) static SECRET_EXPIRED: Outcome = outcome(7_000_222, "The client secret has expired.");
pub(crate) static SECRET_WRONG: Outcome = outcome(7_000_215, "The client secret is wrong.");
pub(crate) static APPLICATION_DISABLED: Outcome =
    outcome(7_000_112, "The application is disabled.");
pub(crate) static ASSERTION_WRONG: Outcome = outcome(
    700027,
    "The signature of the client assertion is not valid.",
);
pub(crate) static APPLICATION_UNKNOWN: Outcome =
    outcome(700016, "The application was not found in this directory.");

impl Outcome {
    pub(crate) fn is_success(&self) -> bool {
        self.code == 0
    }

    /// Whether sign-in ended before Conditional Access looked at it.
    pub(crate) fn ends_before_policies(&self) -> bool {
        matches!(
            self.code,
            50126 | 50053 | 50058 | 50057 | 50034 | 50055 | 700082 | 50173 | 50133
        )
    }

    /// Whether multifactor authentication was asked for and not passed.
    pub(crate) fn lacks_mfa(&self) -> bool {
        matches!(self.code, 50074 | 50072 | 50076 | 500121)
    }
}
