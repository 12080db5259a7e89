//! Invented sign-ins that say something in every tab of the pane.

use chrono::Duration;
use model::{Tab, Value};
use serde_json::{Value as Json, json};

use super::fake::{Fake, FakeSignIn};

/// Request ID of the rich sign-in.
pub const RICH: &str = "5f1c0000-0000-4000-8000-0000000000aa";
/// The same of the last success before it.
pub const SUCCESS: &str = "5f1c0000-0000-4000-8000-0000000000bb";
/// The same of a sign-in of a service principal.
pub const WORKLOAD: &str = "5f1c0000-0000-4000-8000-0000000000cc";
/// Its correlation ID, which a step before it shares.
const CORRELATION: &str = "c0ffee00-0000-4000-8000-000000000001";

/// A morning with a rich sign-in, what led to it, and the last success before it.
pub fn morning() -> Fake {
    let mut fake = Fake::morning();
    let step = FakeSignIn::new(
        Tab::NonInteractive,
        Duration::seconds(70),
        50_074,
        &[
            ("request_id", "5f1c0000-0000-4000-8000-0000000000ab"),
            ("correlation_id", CORRELATION),
            ("user", "Ingrid Solheim"),
            ("user_id", "2f0c1c8e-0002-4000-8000-000000000002"),
            ("application", "Ledger"),
        ],
    );
    let mut before = rich();
    before.record = Some(record(&[step_of(
        "Password",
        "Primary authentication",
        "Correct password",
    )]));
    before
        .values
        .insert("risk_state", Value::Text("none".to_owned()));
    let mut now = rich();
    now.earlier.push(before);
    fake.sign_ins.extend([step, now, success(), workload()]);
    fake
}

fn texts() -> Vec<(&'static str, &'static str)> {
    vec![
        ("request_id", RICH),
        ("correlation_id", CORRELATION),
        ("user", "Ingrid Solheim"),
        ("username", "ingrid.solheim@halvorsenpike.example"),
        ("user_id", "2f0c1c8e-0002-4000-8000-000000000002"),
        ("user_type", "member"),
        ("application", "Ledger"),
        ("application_id", "2f0c1c8e-0003-4000-8000-000000000003"),
        ("resource", "Ledger API"),
        ("ip_address", "198.51.100.17"),
        ("location", "Bergen, Vestland, NO"),
        ("city", "Bergen"),
        ("state", "Vestland"),
        ("country", "NO"),
        ("client_app", "Browser"),
        ("browser", "Edge 131.0.0"),
        ("operating_system", "Windows10"),
        ("device_name", "BRG-LT-0832"),
        ("conditional_access", "failure"),
        ("authentication_requirement", "multiFactorAuthentication"),
        (
            "failure_reason",
            "The device is not in the state that the policy asks for.",
        ),
        ("additional_details", "MFA completed in Azure AD"),
        ("deciding_policy", "Finance apps need a compliant device"),
        ("token_protection", "unbound"),
        ("risk_state", "atRisk"),
        ("risk_level_during_sign_in", "medium"),
        ("risk_event_types", "unfamiliarFeatures\nanomalousToken"),
    ]
}

fn rich() -> FakeSignIn {
    let steps = [
        step_of(
            "Mobile app notification",
            "Multifactor authentication",
            "User approved",
        ),
        step_of("Password", "Primary authentication", "Correct password"),
    ];
    let mut rich = FakeSignIn::new(Tab::Interactive, Duration::seconds(60), 53_000, &texts())
        .with_record(record(&steps));
    rich.values.insert("compliant", Value::Boolean(false));
    rich.values.insert("managed", Value::Boolean(true));
    rich.values
        .insert("continuous_access_evaluation", Value::Boolean(false));
    rich.values.insert("latency_ms", Value::Integer(143));
    rich
}

fn success() -> FakeSignIn {
    let mut texts = texts();
    texts.retain(|(id, _)| {
        !matches!(
            *id,
            "deciding_policy" | "failure_reason" | "risk_event_types"
        )
    });
    let changed = [
        ("request_id", SUCCESS),
        ("conditional_access", "success"),
        ("ip_address", "203.0.113.48"),
    ];
    for (id, text) in changed {
        texts.retain(|(other, _)| *other != id);
        texts.push((id, text));
    }
    FakeSignIn::new(Tab::Interactive, Duration::hours(20), 0, &texts)
}

fn workload() -> FakeSignIn {
    FakeSignIn::new(
        Tab::ServicePrincipal,
        Duration::seconds(80),
        7_000_215,
        &[
            ("request_id", WORKLOAD),
            ("service_principal_name", "ledger-nightly"),
            (
                "service_principal_id",
                "2f0c1c8e-0010-4000-8000-000000000010",
            ),
            ("resource", "Microsoft Graph"),
        ],
    )
}

/// A step; passwords come first.
fn step_of(method: &str, requirement: &str, result: &str) -> Json {
    let second = if method == "Password" { 2 } else { 21 };
    json!({
        "authenticationStepDateTime": format!("2026-11-24T10:40:{second:02}Z"),
        "authenticationMethod": method,
        "authenticationMethodDetail": if method == "Password" { "Password Hash Sync" } else { "" },
        "succeeded": true,
        "authenticationStepResultDetail": result,
        "authenticationStepRequirement": requirement,
    })
}

fn record(steps: &[Json]) -> Json {
    json!({
        "id": RICH,
        "conditionalAccessStatus": "failure",
        "authenticationDetails": steps,
        "authenticationRequirementPolicies": [
            {"requirementProvider": "multiConditionalAccess", "detail": "Conditional Access"},
        ],
        "sessionLifetimePolicies": [{
            "expirationRequirement": "signInFrequencyPeriodicReauthentication",
            "detail": "Sign-in frequency (periodic re-authentication)",
        }],
        "authenticationContextClassReferences": [{"id": "c1", "detail": "required"}],
        "authenticationProcessingDetails": [
            {"key": "Is CAE Token", "value": "False"},
            {"key": "Oauth Scope Info", "value": "[\"user_impersonation\"]"},
        ],
        "networkLocationDetails": [
            {"networkType": "trustedNamedLocation", "networkNames": ["Head office", "Norway"]},
        ],
        "authenticationAppDeviceDetails": {
            "deviceId": "d-1", "operatingSystem": "iOS", "clientApp": "Microsoft Authenticator", "appVersion": "6.8.1",
        },
        "tokenProtectionStatusDetails": {"signInSessionStatus": "unbound", "signInSessionStatusCode": 1008},
        "conditionalAccessAudiences": [{"applicationId": "2f0c1c8e-0021-4000-8000-000000000021", "audienceReasons": "none"}],
        "appliedEventListeners": [
            {"eventType": "tokenIssuanceStart", "executedListenerId": "l-1", "handlerResult": {"outcome": "ok"}},
        ],
        "moonPhase": "waning",
        "appliedConditionalAccessPolicies": policies(),
    })
}

fn policies() -> Json {
    json!([
        {
            "id": "p-1", "displayName": "Block legacy sign-in", "result": "notApplied",
            "enforcedGrantControls": ["Block"],
            "conditionsSatisfied": "application,users", "conditionsNotSatisfied": "clientType",
        },
        {
            "id": "p-2", "displayName": "Finance apps need a compliant device", "result": "failure",
            "enforcedGrantControls": ["Mfa", "RequireCompliantDevice"],
            "enforcedSessionControls": ["SignInFrequency", "SignInTokenProtection"],
            "sessionControlsNotSatisfied": ["SignInTokenProtection"],
            "conditionsSatisfied": "application,users", "conditionsNotSatisfied": "none",
            "includeRulesSatisfied": [
                {"conditionalAccessCondition": "users", "ruleSatisfied": "groupId"},
            ],
        },
        {
            "id": "p-3", "displayName": "Pilot: phishing-resistant", "result": "reportOnlyInterrupted",
            "enforcedGrantControls": ["Require authentication strength - Phishing-resistant MFA"],
            "authenticationStrength": {
                "displayName": "Phishing-resistant MFA", "authenticationStrengthResult": "singleChallengeRequired",
            },
        },
    ])
}
