//! The top-level properties of each kind, in both shapes, written out.

#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

use chrono::{TimeZone, Utc};
use demo::{DemoTenant, Settings, Shape};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Keys = BTreeMap<String, BTreeSet<String>>;

/// Top-level property names that every record of a kind has.
fn keys(shape: Shape, kind: impl Fn(&Value) -> String, inside: impl Fn(&Value) -> &Value) -> Keys {
    let until = Utc.with_ymd_and_hms(2026, 3, 12, 14, 3, 9).unwrap();
    let mut tenant = DemoTenant::new(Settings::new(2_000, 3, until));
    let mut keys = Keys::new();
    let mut line = Vec::new();
    while tenant.write_next(shape, &mut line) {
        let record: Value = serde_json::from_slice(&line).unwrap();
        let found: BTreeSet<String> = inside(&record)
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        let common = keys.entry(kind(&record)).or_insert_with(|| found.clone());
        common.retain(|key| found.contains(key));
        line.clear();
    }
    keys
}

fn category(record: &Value) -> String {
    record["category"].as_str().unwrap().to_owned()
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

const WORKLOAD: &str = "id createdDateTime userId appId ipAddress status location correlationId conditionalAccessStatus
    appliedConditionalAccessPolicies isInteractive tokenIssuerType processingTimeInMilliseconds riskDetail
    riskLevelAggregated riskLevelDuringSignIn riskState resourceDisplayName resourceId servicePrincipalName
    servicePrincipalId flaggedForReview isTenantRestricted crossTenantAccessType uniqueTokenIdentifier incomingTokenType
    authenticationProtocol";

#[test]
fn envelopes() {
    let found = keys(Shape::Diagnostic, category, |record| record);
    let common = "time resourceId operationName operationVersion category tenantId resultType resultSignature durationMs
        correlationId Level properties";
    let expected = Keys::from([
        (
            "SignInLogs".into(),
            words(&format!("{common} callerIpAddress identity location")),
        ),
        (
            "NonInteractiveUserSignInLogs".into(),
            words(&format!("{common} callerIpAddress identity location")),
        ),
        (
            "ServicePrincipalSignInLogs".into(),
            words(&format!("{common} callerIpAddress location")),
        ),
        ("ManagedIdentitySignInLogs".into(), words(common)),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn diagnostic_properties() {
    let found = keys(Shape::Diagnostic, category, |record| &record["properties"]);
    let user = words(
        "id createdDateTime userDisplayName userPrincipalName userId agent appId appDisplayName ipAddress status
        clientAppUsed userAgent deviceDetail location mfaDetail correlationId conditionalAccessStatus
        appliedConditionalAccessPolicies authenticationContextClassReferences originalRequestId isInteractive
        tokenIssuerName tokenIssuerType authenticationProcessingDetails networkLocationDetails clientCredentialType
        processingTimeInMilliseconds riskDetail riskLevelAggregated riskLevelDuringSignIn riskState riskEventTypes
        riskEventTypes_v2 resourceDisplayName resourceId resourceTenantId homeTenantId tenantId authenticationDetails
        authenticationRequirementPolicies sessionLifetimePolicies authenticationRequirement alternateSignInName
        signInIdentifier servicePrincipalId userType flaggedForReview isTenantRestricted autonomousSystemNumber
        crossTenantAccessType privateLinkDetails ssoExtensionVersion uniqueTokenIdentifier authenticationStrengths
        incomingTokenType authenticationProtocol appServicePrincipalId resourceServicePrincipalId rngcStatus
        signInTokenProtectionStatus tokenProtectionStatusDetails originalTransferMethod isThroughGlobalSecureAccess
        globalSecureAccessIpAddress conditionalAccessAudiences sessionId appOwnerTenantId resourceOwnerTenantId",
    );
    let principal = words(&format!(
        "{WORKLOAD} agent userAgent authenticationProcessingDetails networkLocationDetails clientCredentialType
        servicePrincipalCredentialKeyId servicePrincipalCredentialThumbprint autonomousSystemNumber appServicePrincipalId
        resourceServicePrincipalId signInTokenProtectionStatus originalTransferMethod isThroughGlobalSecureAccess
        conditionalAccessAudiences sessionId appOwnerTenantId resourceOwnerTenantId"
    ));
    let expected = Keys::from([
        ("SignInLogs".into(), user.clone()),
        ("NonInteractiveUserSignInLogs".into(), user),
        ("ServicePrincipalSignInLogs".into(), principal),
        (
            "ManagedIdentitySignInLogs".into(),
            words(&format!("{WORKLOAD} managedServiceIdentity")),
        ),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn graph_objects_have_the_same_properties_for_every_kind() {
    let kind = |record: &Value| record["signInEventTypes"][0].as_str().unwrap().to_owned();
    let found = keys(Shape::Graph, kind, |record| record);
    let all = words(&format!(
        "{WORKLOAD} userDisplayName userPrincipalName userType appDisplayName clientAppUsed userAgent autonomousSystemNumber
        clientCredentialType riskEventTypes riskEventTypes_v2 resourceServicePrincipalId homeTenantId signInIdentifier
        signInIdentifierType servicePrincipalCredentialKeyId servicePrincipalCredentialThumbprint federatedCredentialId
        originalTransferMethod authenticationRequirement authenticationMethodsUsed signInTokenProtectionStatus sessionId
        signInEventTypes originalRequestId tokenIssuerName resourceTenantId appOwnerTenantId resourceOwnerTenantId
        homeTenantName ipAddressFromResourceProvider globalSecureAccessIpAddress isThroughGlobalSecureAccess azureResourceId
        clientSessionId conditionalAccessAudiences authenticationContextClassReferences
        authenticationAppPolicyEvaluationDetails appliedEventListeners privateLinkDetails deviceDetail mfaDetail
        authenticationProcessingDetails networkLocationDetails authenticationDetails authenticationRequirementPolicies
        sessionLifetimePolicies tokenProtectionStatusDetails authenticationAppDeviceDetails managedServiceIdentity agent"
    ));
    for kind in [
        "interactiveUser",
        "nonInteractiveUser",
        "servicePrincipal",
        "managedIdentity",
    ] {
        assert_eq!(found[kind], all, "{kind}");
    }
}
