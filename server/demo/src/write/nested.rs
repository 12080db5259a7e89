//! The nested objects that both shapes have, with their small differences.

use super::{Json, Zone};
use crate::Shape;
use crate::failures::Outcome;
use crate::offices::OFFICES;
use crate::people::Method;
use crate::places::Address;
use crate::policies::{CONDITION_NAMES, POLICIES, POLICY_COUNT, Policy, Verdict};
use crate::record::{Head, Risk, UserSignIn};

const TICKS_PER_MILLISECOND: i64 = 10_000;

/// How moments inside a record are written in this shape.
pub(super) fn zone(shape: Shape) -> Zone {
    match shape {
        Shape::Diagnostic => Zone::Offset,
        Shape::Graph => Zone::Letter,
    }
}

pub(super) fn address(json: &mut Json<'_>, key: &str, address: Address) {
    json.key(key);
    json.quote();
    address.write(json);
    json.quote();
}

/// `status`. Graph fills the reason of a success with `Other.`.
pub(super) fn status(
    json: &mut Json<'_>,
    shape: Shape,
    outcome: &Outcome,
    additional_details: &str,
) {
    json.open("status");
    json.number("errorCode", i64::from(outcome.code));
    match shape {
        _ if !outcome.is_success() => json.plain("failureReason", outcome.reason),
        Shape::Diagnostic => {}
        Shape::Graph => json.plain("failureReason", "Other."),
    }
    match shape {
        _ if !additional_details.is_empty() => json.plain("additionalDetails", additional_details),
        Shape::Diagnostic => {}
        Shape::Graph => json.null("additionalDetails"),
    }
    json.close();
}

/// `deviceDetail`. Diagnostic records leave out what is not known, Graph says so.
pub(super) fn device(json: &mut Json<'_>, shape: Shape, sign_in: &UserSignIn<'_>) {
    let known = sign_in.device.filter(|device| device.is_known());
    json.open("deviceDetail");
    match known {
        Some(device) => {
            json.guid("deviceId", device.id);
            json.text("displayName", &device.name);
        }
        None => {
            json.plain("deviceId", "");
            if matches!(shape, Shape::Graph) {
                json.plain("displayName", "");
            }
        }
    }
    json.plain("operatingSystem", sign_in.operating_system);
    json.plain("browser", sign_in.client.browser);
    match known {
        Some(device) => {
            json.boolean("isCompliant", device.is_compliant);
            json.boolean("isManaged", device.is_managed);
            json.plain("trustType", device.trust_type);
        }
        None if matches!(shape, Shape::Graph) => {
            json.boolean("isCompliant", false);
            json.boolean("isManaged", false);
            json.plain("trustType", "");
        }
        None => {}
    }
    json.close();
}

/// `appliedConditionalAccessPolicies` of a person's sign-in.
pub(super) fn policies(
    json: &mut Json<'_>,
    shape: Shape,
    verdicts: Option<&[Verdict; POLICY_COUNT]>,
) {
    json.open_list("appliedConditionalAccessPolicies");
    for (policy, verdict) in POLICIES.iter().zip(verdicts.into_iter().flatten()) {
        self::policy(json, shape, policy, verdict);
    }
    json.close_list();
}

/// One policy in such a list.
pub(super) fn policy(json: &mut Json<'_>, shape: Shape, policy: &Policy, verdict: &Verdict) {
    json.open_item();
    json.plain("id", policy.id);
    json.plain("displayName", policy.name);
    json.fragment("enforcedGrantControls", policy.grant_controls);
    json.fragment("enforcedSessionControls", policy.session_controls);
    json.plain("result", verdict.result);
    conditions(json, shape, "conditionsSatisfied", verdict.satisfied);
    conditions(json, shape, "conditionsNotSatisfied", verdict.not_satisfied);
    if let Some((id, name)) = policy.strength {
        json.open("authenticationStrength");
        json.plain("authenticationStrengthId", id);
        json.plain("displayName", name);
        let result = match verdict.result {
            "success" => "satisfied",
            "failure" => "singleChallengeRequired",
            _ => "notSet",
        };
        json.plain("authenticationStrengthResult", result);
        json.close();
    }
    if matches!(shape, Shape::Graph) {
        json.fragment("includeRulesSatisfied", "[]");
        json.fragment("excludeRulesSatisfied", "[]");
        json.fragment("sessionControlsNotSatisfied", "[]");
    }
    json.close();
}

/// A number in diagnostic records, names joined by commas in Graph.
fn conditions(json: &mut Json<'_>, shape: Shape, key: &str, bits: u32) {
    if matches!(shape, Shape::Diagnostic) {
        return json.number(key, i64::from(bits));
    }
    if bits == 0 {
        return json.plain(key, "none");
    }
    json.key(key);
    json.quote();
    let mut is_first = true;
    for (bit, name) in CONDITION_NAMES.iter().enumerate() {
        if bits >> bit & 1 == 1 {
            if !is_first {
                json.bytes(b",");
            }
            json.bytes(name.as_bytes());
            is_first = false;
        }
    }
    json.quote();
}

/// `authenticationDetails`. Diagnostic records number the steps that asked the person something by
/// milliseconds since 1970, the password by 0 and 1 and the rest by zeros.
pub(super) fn steps(json: &mut Json<'_>, shape: Shape, sign_in: &UserSignIn<'_>) {
    json.open_list("authenticationDetails");
    for step in sign_in.steps.iter() {
        let ticks = sign_in.head.ticks + step.delay_ms * TICKS_PER_MILLISECOND;
        json.open_item();
        json.moment("authenticationStepDateTime", ticks, zone(shape));
        json.plain("authenticationMethod", step.method);
        if !step.method_detail.is_empty() {
            json.plain("authenticationMethodDetail", step.method_detail);
        } else if matches!(shape, Shape::Graph) {
            json.null("authenticationMethodDetail");
        }
        json.boolean("succeeded", step.succeeded);
        json.plain("authenticationStepResultDetail", step.result);
        json.plain("authenticationStepRequirement", step.requirement);
        if matches!(shape, Shape::Diagnostic) && sign_in.is_interactive {
            let sequence = |ticks: i64| ticks / TICKS_PER_MILLISECOND;
            let (status, request) = match (step.is_challenge, step.method) {
                (true, _) => (sequence(ticks), sequence(sign_in.head.ticks)),
                (false, "Password") => (0, 1),
                _ => (0, 0),
            };
            json.number("StatusSequence", status);
            json.number("RequestSequence", request);
        }
        json.close();
    }
    json.close_list();
}

/// `mfaDetail`: the challenge that was asked, if one was.
pub(super) fn mfa(json: &mut Json<'_>, shape: Shape, sign_in: &UserSignIn<'_>) {
    let Some(step) = sign_in.steps.iter().find(|step| step.is_challenge) else {
        return json.fragment(
            "mfaDetail",
            if matches!(shape, Shape::Diagnostic) {
                "{}"
            } else {
                "null"
            },
        );
    };
    json.open("mfaDetail");
    json.plain("authMethod", step.method);
    json.key("authDetail");
    if sign_in.person.method == Method::TextMessage {
        json.bytes(b"\"+XX XXXXXXX");
        json.digits(u64::from(sign_in.person.phone_ending) / 10);
        json.digits(u64::from(sign_in.person.phone_ending) % 10);
        json.quote();
    } else {
        json.bytes(if matches!(shape, Shape::Diagnostic) {
            b"\"\""
        } else {
            b"null"
        });
    }
    json.close();
}

/// `authenticationRequirementPolicies` and `sessionLifetimePolicies`: who asked for a second factor.
pub(super) fn requirements(json: &mut Json<'_>, sign_in: &UserSignIn<'_>) {
    let asked =
        if sign_in.is_multifactor && !sign_in.person.is_break_glass && sign_in.verdicts.is_some() {
            r#"[{"requirementProvider":"multiConditionalAccess","detail":"Conditional Access"}]"#
        } else {
            "[]"
        };
    json.fragment("authenticationRequirementPolicies", asked);
    let lifetime = if sign_in.person.partner.is_some() || sign_in.outcome.code == 70044 {
        r#"[{"expirationRequirement":"signInFrequencyPeriodicReauthentication","detail":"Sign-in frequency (periodic re-authentication)"}]"#
    } else {
        "[]"
    };
    json.fragment("sessionLifetimePolicies", lifetime);
}

/// `networkLocationDetails`: the named location of an office.
pub(super) fn network(json: &mut Json<'_>, sign_in: &UserSignIn<'_>) {
    json.open_list("networkLocationDetails");
    if let Some(office) = sign_in.origin.office {
        json.open_item();
        json.plain("networkType", "trustedNamedLocation");
        json.open_list("networkNames");
        json.plain_item(office.places[0].city);
        json.plain_item(if std::ptr::eq(office, &OFFICES[0]) {
            "Head office"
        } else {
            "Offices"
        });
        json.close_list();
        json.close();
    }
    json.close_list();
}

/// `authenticationProcessingDetails` of a person's sign-in.
pub(super) fn processing(json: &mut Json<'_>, sign_in: &UserSignIn<'_>) {
    json.open_list("authenticationProcessingDetails");
    if sign_in.is_interactive && sign_in.head.ticks & 1 == 0 {
        json.fragment_item(r#"{"key":"Login Hint Present","value":"True"}"#);
    }
    json.fragment_item(r#"{"key":"Legacy TLS (TLS 1.0, 1.1, 3DES)","value":"False"}"#);
    let scopes = match (sign_in.is_interactive, sign_in.application.is_own) {
        (_, true) => {
            r#"{"key":"Oauth Scope Info","value":"[\"openid\",\"profile\",\"User.Read\"]"}"#
        }
        (true, _) => r#"{"key":"Oauth Scope Info","value":""}"#,
        (false, _) => r#"{"key":"Oauth Scope Info","value":"[\"user_impersonation\"]"}"#,
    };
    json.fragment_item(scopes);
    json.fragment_item(if sign_in.is_continuous {
        r#"{"key":"Is CAE Token","value":"True"}"#
    } else {
        r#"{"key":"Is CAE Token","value":"False"}"#
    });
    json.close_list();
}

/// The risk properties. The older list of detections knows only some of the names.
pub(super) fn risk(json: &mut Json<'_>, risk: &Risk) {
    json.plain("riskDetail", risk.detail);
    json.plain("riskLevelAggregated", risk.level_aggregated);
    json.plain("riskLevelDuringSignIn", risk.level_during);
    json.plain("riskState", risk.state);
    json.open_list("riskEventTypes");
    if !risk.event.is_empty() {
        json.plain_item(if risk.event == "anomalousToken" {
            "generic"
        } else {
            risk.event
        });
    }
    json.close_list();
    json.open_list("riskEventTypes_v2");
    if !risk.event.is_empty() {
        json.plain_item(risk.event);
    }
    json.close_list();
}

/// `tokenProtectionStatusDetails`: bound tokens come from known Windows devices through a broker.
pub(super) fn token_protection(json: &mut Json<'_>, sign_in: &UserSignIn<'_>) -> &'static str {
    let is_bound = sign_in.is_bound();
    json.open("tokenProtectionStatusDetails");
    json.plain(
        "signInSessionStatus",
        if is_bound { "bound" } else { "unbound" },
    );
    let code = match sign_in.device.filter(|device| device.is_known()) {
        _ if is_bound => 0,
        None => 1002,
        Some(_) if !sign_in.operating_system.starts_with("Windows") => 1006,
        Some(_) => 1008,
    };
    json.number("signInSessionStatusCode", code);
    json.close();
    if is_bound { "bound" } else { "unbound" }
}

/// The ids and times that open a record.
pub(super) fn head(json: &mut Json<'_>, shape: Shape, head: &Head) {
    json.guid("id", head.id);
    json.moment("createdDateTime", head.ticks, zone(shape));
}
