//! The tenant's Conditional Access policies and what each makes of a sign-in.

use crate::applications::{Audience, Style};
use crate::devices::Platform;
use crate::failures::Outcome;
use crate::record::UserSignIn;

/// Bits of `conditionsSatisfied`, in the order of Graph's `conditionalAccessConditions`.
pub(crate) const CONDITION_NAMES: [&str; 17] = [
    "application",
    "users",
    "devicePlatform",
    "location",
    "clientType",
    "signInRisk",
    "userRisk",
    "time",
    "deviceState",
    "client",
    "ipAddressSeenByAzureAD",
    "ipAddressSeenByResourceProvider",
    "unknownFutureValue",
    "servicePrincipals",
    "servicePrincipalRisk",
    "authenticationFlows",
    "insiderRisk",
];
const APPLICATION: u32 = 1;
const USERS: u32 = 2;
const PLATFORM: u32 = 4;
const LOCATION: u32 = 8;
const CLIENT_TYPE: u32 = 16;
const SIGN_IN_RISK: u32 = 32;
const DEVICE_STATE: u32 = 256;
const SERVICE_PRINCIPALS: u32 = 8192;
const FLOWS: u32 = 32768;

/// A policy; the controls are JSON lists.
pub(crate) struct Policy {
    pub id: &'static str,
    pub name: &'static str,
    pub grant_controls: &'static str,
    pub session_controls: &'static str,
    /// Id and name of the authentication strength it asks for.
    pub strength: Option<(&'static str, &'static str)>,
}

const fn policy(
    id: &'static str,
    name: &'static str,
    grant_controls: &'static str,
    session_controls: &'static str,
) -> Policy {
    Policy {
        id,
        name,
        grant_controls,
        session_controls,
        strength: None,
    }
}

pub(crate) const POLICY_COUNT: usize = 12;

/// The policies for people.
#[rustfmt::skip]
pub(crate) static POLICIES: [Policy; POLICY_COUNT] = [
    policy("6f2d0b1c-58a3-4e97-b0c4-91de3a7f5520", "CA001 All users: require multifactor authentication", r#"["Mfa"]"#, "[]"),
    policy("c3a94e7d-1b06-4f82-8d5e-70b2f1c6a934", "CA002 All users: block legacy authentication", r#"["Block"]"#, "[]"),
    policy("0e71b5f9-a2d8-4c36-9f4b-8c05d3e9671a", "CA003 Finance apps: require compliant device", r#"["RequireCompliantDevice"]"#, "[]"),
    policy("94d8c6a2-7e15-4b03-a9f1-2b6e80f7d45c", "CA004 All users: block countries where we do not work", r#"["Block"]"#, "[]"),
    Policy {
        id: "b50f3e86-c914-47da-8a2c-e1d7640b9f38",
        name: "CA005 Administrators: phishing-resistant sign-in",
        grant_controls: r#"["Require authentication strength - Phishing-resistant MFA"]"#,
        session_controls: "[]",
        strength: Some(("00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA")),
    },
    policy("2a86f0d3-4c7b-4e19-b6d5-5f93c1a8e072", "CA006 Guests: multifactor authentication every 12 hours", r#"["Mfa"]"#, r#"["SignInFrequency"]"#),
    policy("e7195cb4-0d6a-4823-9c7f-a34b82f6d01e", "CA007 Unmanaged devices: limited Office 365 in the browser", "[]", r#"["AppEnforcedRestrictions","PersistentBrowserSessionMode"]"#),
    policy("58c2a7e0-9b3f-4d64-a18e-c6f0d59b2347", "CA008 Risky sign-ins: require multifactor authentication", r#"["Mfa"]"#, r#"["SignInFrequency"]"#),
    policy("d16e4f83-b2c5-4a70-8e9d-07a5c3b1f896", "CA009 Pilot: token protection on Windows", "[]", r#"["SignInTokenProtection"]"#),
    policy("7b03d9c5-e68f-4125-b7a4-d82e1f60c94a", "CA010 Pilot: app protection on phones", r#"["RequireCompliantApp"]"#, "[]"),
    policy("a9f57d12-3e80-4cb6-95d3-6b4e0c28f17d", "CA011 Pilot: block device code flow", r#"["Block"]"#, "[]"),
    policy("3c48e6b0-d7f2-4951-8b0a-f91a5d7e63c2", "CA012 Draft: terms of use for contractors", r#"["Contractor terms 2026"]"#, "[]"),
];

/// The one policy for workloads.
pub(crate) static WORKLOAD_POLICY: Policy = policy(
    "1d90b7a6-52ec-4f38-a6c1-b03f8e4d27f5",
    "CA090 Workloads: block unknown addresses",
    r#"["Block"]"#,
    "[]",
);

/// What a policy made of a sign-in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Verdict {
    pub result: &'static str,
    pub satisfied: u32,
    pub not_satisfied: u32,
}

const fn verdict(result: &'static str, satisfied: u32, not_satisfied: u32) -> Verdict {
    Verdict {
        result,
        satisfied,
        not_satisfied,
    }
}

/// The verdict on a workload from a known address.
pub(crate) const WORKLOAD_VERDICT: Verdict =
    verdict("notApplied", APPLICATION | SERVICE_PRINCIPALS, LOCATION);

const BASE: u32 = APPLICATION | USERS;

/// Lets every policy judge; `None` when the sign-in ended before that.
pub(crate) fn judge(sign_in: &UserSignIn<'_>) -> Option<[Verdict; POLICY_COUNT]> {
    if sign_in.outcome.ends_before_policies() || sign_in.application.style == Style::Windows {
        return None;
    }
    let person = sign_in.person;
    let audience = sign_in.application.audience;
    let is_legacy = sign_in.is_legacy();
    let is_browser = sign_in.client_app == "Browser";
    let device = sign_in.device;
    let is_compliant = device.is_some_and(|device| device.is_compliant);
    let is_phone = device.is_some_and(|device| device.is_phone());
    let is_windows = device.is_some_and(|device| device.platform == Platform::Windows);
    let is_risky = !matches!(sign_in.risk.level_during, "none" | "low");
    let granted = |outcome: &Outcome| {
        if outcome.lacks_mfa() {
            "failure"
        } else {
            "success"
        }
    };
    let mfa = granted(sign_in.outcome);
    // Left out of every policy: the application fits, the user does not.
    let excluded = |report_only: bool| {
        verdict(
            if report_only {
                "reportOnlyNotApplied"
            } else {
                "notApplied"
            },
            APPLICATION,
            USERS,
        )
    };
    let out = person.is_break_glass;

    let everyone = if out {
        excluded(false)
    } else if is_legacy {
        verdict("notApplied", BASE, CLIENT_TYPE)
    } else {
        verdict(mfa, BASE | CLIENT_TYPE, 0)
    };
    let legacy = if out || person.may_use_legacy {
        excluded(false)
    } else if is_legacy {
        verdict("failure", BASE | CLIENT_TYPE, 0)
    } else {
        verdict("notApplied", BASE, CLIENT_TYPE)
    };
    let finance = match (audience, out) {
        (_, true) => excluded(false),
        (Audience::Finance, _) => {
            verdict(if is_compliant { "success" } else { "failure" }, BASE, 0)
        }
        _ => verdict("notApplied", 0, APPLICATION),
    };
    let country = match (sign_in.origin.is_listed, out) {
        (_, true) => excluded(false),
        (true, _) => verdict("notApplied", BASE, LOCATION),
        (false, _) => verdict("failure", BASE | LOCATION, 0),
    };
    let administrators = match audience {
        _ if out => excluded(false),
        Audience::Administration if person.is_administrator => verdict(mfa, BASE, 0),
        Audience::Administration => verdict("notApplied", APPLICATION, USERS),
        _ => verdict("notApplied", 0, APPLICATION),
    };
    let guests = if person.partner.is_some() {
        verdict(mfa, BASE, 0)
    } else {
        excluded(false)
    };
    let unmanaged = match audience {
        _ if out => excluded(false),
        Audience::Office365 if !is_browser => verdict("notApplied", BASE, CLIENT_TYPE),
        Audience::Office365 if is_compliant => {
            verdict("notApplied", BASE | CLIENT_TYPE, DEVICE_STATE)
        }
        Audience::Office365 => verdict("success", BASE | CLIENT_TYPE | DEVICE_STATE, 0),
        _ => verdict("notApplied", 0, APPLICATION),
    };
    let risk = match (out, is_risky) {
        (true, _) => excluded(false),
        (_, true) => verdict(mfa, BASE | SIGN_IN_RISK, 0),
        _ => verdict("notApplied", BASE, SIGN_IN_RISK),
    };
    let binding = match audience {
        _ if out => excluded(true),
        Audience::Office365 if is_browser || is_legacy => {
            verdict("reportOnlyNotApplied", BASE, CLIENT_TYPE)
        }
        Audience::Office365 if !is_windows => {
            verdict("reportOnlyNotApplied", BASE | CLIENT_TYPE, PLATFORM)
        }
        Audience::Office365 => {
            let result = if sign_in.is_bound() {
                "reportOnlySuccess"
            } else {
                "reportOnlyFailure"
            };
            verdict(result, BASE | CLIENT_TYPE | PLATFORM, 0)
        }
        _ => verdict("reportOnlyNotApplied", 0, APPLICATION),
    };
    let phones = match (out, is_phone, is_compliant) {
        (true, ..) => excluded(true),
        (_, false, _) => verdict("reportOnlyNotApplied", BASE, PLATFORM),
        (_, true, true) => verdict("reportOnlySuccess", BASE | PLATFORM, 0),
        (_, true, false) => verdict("reportOnlyInterrupted", BASE | PLATFORM, 0),
    };
    let device_code = match (out, sign_in.protocol == "deviceCode") {
        (true, _) => excluded(true),
        (_, true) => verdict("reportOnlyFailure", BASE | FLOWS, 0),
        _ => verdict("reportOnlyNotApplied", BASE, FLOWS),
    };
    let draft = verdict("notEnabled", 0, 0);
    Some([
        everyone,
        legacy,
        finance,
        country,
        administrators,
        guests,
        unmanaged,
        risk,
        binding,
        phones,
        device_code,
        draft,
    ])
}

/// `conditionalAccessStatus` that follows from the verdicts.
pub(crate) fn status(verdicts: Option<&[Verdict; POLICY_COUNT]>) -> &'static str {
    let results = || verdicts.into_iter().flatten().map(|verdict| verdict.result);
    if results().any(|result| result == "failure") {
        "failure"
    } else if results().any(|result| result == "success") {
        "success"
    } else {
        "notApplied"
    }
}
