//! A made-up sign-in in which every declared property says something.

use serde_json::{Map, Value, json};

/// All properties with values of the declared types, in Graph's spelling.
pub fn full() -> Value {
    let parts = [
        who(),
        client_and_place(),
        session(),
        conditional_access(),
        authentication(),
        rest(),
    ];
    let merged: Map<String, Value> = parts
        .into_iter()
        .filter_map(|part| match part {
            Value::Object(properties) => Some(properties),
            _ => None,
        })
        .flatten()
        .collect();
    Value::Object(merged)
}

fn who() -> Value {
    json!({
        "id": "2f0c1c8e-0001-4000-8000-000000000001",
        "createdDateTime": "2026-11-24T09:41:57.1234567Z",
        "userDisplayName": "Ingrid Solheim",
        "userPrincipalName": "ingrid.solheim@halvorsen.example",
        "userId": "2f0c1c8e-0002-4000-8000-000000000002",
        "userType": "member",
        "signInIdentifier": "ingrid.solheim@halvorsen.example",
        "signInIdentifierType": "userPrincipalName",
        "alternateSignInName": "ingrid@corp.example",
        "appDisplayName": "Ledger",
        "appId": "2f0c1c8e-0003-4000-8000-000000000003",
        "appOwnerTenantId": "2f0c1c8e-0004-4000-8000-000000000004",
        "resourceDisplayName": "Ledger API",
        "resourceId": "2f0c1c8e-0005-4000-8000-000000000005",
        "resourceServicePrincipalId": "2f0c1c8e-0006-4000-8000-000000000006",
        "resourceTenantId": "2f0c1c8e-0007-4000-8000-000000000007",
        "resourceOwnerTenantId": "2f0c1c8e-0008-4000-8000-000000000008",
        "homeTenantId": "2f0c1c8e-0009-4000-8000-000000000009",
        "homeTenantName": "Halvorsen",
        "crossTenantAccessType": "b2bCollaboration",
        "servicePrincipalId": "2f0c1c8e-0010-4000-8000-000000000010",
        "servicePrincipalName": "ledger-nightly",
        "servicePrincipalCredentialKeyId": "2f0c1c8e-0011-4000-8000-000000000011",
        "servicePrincipalCredentialThumbprint": "00A1B2C3",
        "federatedCredentialId": "2f0c1c8e-0012-4000-8000-000000000012",
        "clientCredentialType": "certificate",
        "managedServiceIdentity": {
            "msiType": "systemAssigned",
            "associatedResourceId": "/subscriptions/s/resourceGroups/g",
            "federatedTokenId": "token-1",
            "federatedTokenIssuer": "https://issuer.example",
        },
        "agent": {
            "agentType": "agenticApp",
            "parentAppId": "2f0c1c8e-0013-4000-8000-000000000013",
            "agentSubjectType": "notAgentic",
            "agentSubjectParentId": "2f0c1c8e-0014-4000-8000-000000000014",
        },
    })
}

fn client_and_place() -> Value {
    json!({
        "ipAddress": "198.51.100.17",
        "ipAddressFromResourceProvider": "2001:db8::17",
        "globalSecureAccessIpAddress": "203.0.113.5",
        "isThroughGlobalSecureAccess": true,
        "autonomousSystemNumber": 64500,
        "location": {
            "city": "Bergen",
            "state": "Vestland",
            "countryOrRegion": "NO",
            "geoCoordinates": {"latitude": 60.25, "longitude": 5.5, "altitude": 12.0},
        },
        "networkLocationDetails": [
            {"networkType": "trustedNamedLocation", "networkNames": ["Head office", "Norway"]},
        ],
        "clientAppUsed": "Browser",
        "userAgent": "Mozilla/5.0 (made up)",
        "deviceDetail": {
            "deviceId": "2f0c1c8e-0015-4000-8000-000000000015",
            "displayName": "BRG-LT-0832",
            "operatingSystem": "Windows10",
            "browser": "Edge 131.0.0",
            "browserId": "b-1",
            "isCompliant": false,
            "isManaged": true,
            "trustType": "Hybrid Azure AD joined",
        },
        "privateLinkDetails": {
            "policyId": "p-1", "policyName": "Link", "policyTenantId": "t-1", "resourceId": "/r/1",
        },
    })
}

fn session() -> Value {
    json!({
        "correlationId": "2f0c1c8e-0016-4000-8000-000000000016",
        "originalRequestId": "2f0c1c8e-0017-4000-8000-000000000017",
        "uniqueTokenIdentifier": "-abcDEF_123",
        "sessionId": "2f0c1c8e-0018-4000-8000-000000000018",
        "clientSessionId": "2f0c1c8e-0019-4000-8000-000000000019",
        "isInteractive": true,
        "signInEventTypes": ["interactiveUser"],
        "status": {
            "errorCode": 53000,
            "failureReason": "The device is not in the state that the policy asks for.",
            "additionalDetails": "MFA completed in Azure AD",
        },
        "incomingTokenType": "primaryRefreshToken",
        "originalTransferMethod": "deviceCodeFlow",
        "tokenIssuerType": "AzureAD",
        "tokenIssuerName": "sts.example",
        "appTokenProtectionStatus": "bound",
        "signInTokenProtectionStatus": "unbound",
        "tokenProtectionStatusDetails": {
            "signInSessionStatus": "unbound", "signInSessionStatusCode": 1008,
        },
    })
}

fn conditional_access() -> Value {
    json!({
        "conditionalAccessStatus": "failure",
        "appliedConditionalAccessPolicies": [{
            "id": "2f0c1c8e-0020-4000-8000-000000000020",
            "displayName": "Finance apps need a compliant device",
            "result": "failure",
            "enforcedGrantControls": ["RequireCompliantDevice"],
            "enforcedSessionControls": ["SignInFrequency"],
            "sessionControlsNotSatisfied": ["SignInTokenProtection"],
            "conditionsSatisfied": "application,users",
            "conditionsNotSatisfied": "none",
            "includeRulesSatisfied": [
                {"conditionalAccessCondition": "application", "ruleSatisfied": "appId"},
            ],
            "excludeRulesSatisfied": [
                {"conditionalAccessCondition": "users", "ruleSatisfied": "groupId"},
            ],
            "authenticationStrength": {
                "authenticationStrengthId": "s-1",
                "displayName": "Phishing-resistant MFA",
                "authenticationStrengthResult": "satisfied",
            },
        }],
        "conditionalAccessAudiences": [
            {"applicationId": "2f0c1c8e-0021-4000-8000-000000000021", "audienceReasons": "none"},
        ],
        "authenticationContextClassReferences": [{"id": "c1", "detail": "required"}],
    })
}

fn authentication() -> Value {
    json!({
        "authenticationDetails": [{
            "authenticationStepDateTime": "2026-11-24T09:41:50Z",
            "authenticationMethod": "Mobile app notification",
            "authenticationMethodDetail": "Phone of Ingrid",
            "succeeded": true,
            "authenticationStepResultDetail": "User approved",
            "authenticationStepRequirement": "Multifactor authentication",
            "StatusSequence": 1_795_513_310_000_i64,
            "RequestSequence": 1_795_513_300_000_i64,
        }],
        "authenticationMethodsUsed": ["Authenticator App", "Password"],
        "authenticationProcessingDetails": [
            {"key": "Login Hint Present", "value": "True"},
            {"key": "Oauth Scope Info", "value": "[\"user_impersonation\"]"},
        ],
        "authenticationProtocol": "oAuth2",
        "authenticationRequirement": "multiFactorAuthentication",
        "authenticationRequirementPolicies": [
            {"requirementProvider": "multiConditionalAccess", "detail": "Conditional Access"},
        ],
        "authenticationAppDeviceDetails": {
            "deviceId": "d-1",
            "operatingSystem": "iOS",
            "clientApp": "Microsoft Authenticator",
            "appVersion": "6.8.1",
        },
        "authenticationAppPolicyEvaluationDetails": [{
            "policyName": "Number matching",
            "adminConfiguration": "enabled",
            "authenticationEvaluation": "success",
            "status": "numberMatchCorrectNumberEntered",
        }],
        "sessionLifetimePolicies": [{
            "expirationRequirement": "signInFrequencyEveryTime",
            "detail": "Sign-in frequency (every time)",
        }],
        "mfaDetail": {"authMethod": "Mobile app notification", "authDetail": "+XX XXXXXXX17"},
    })
}

fn rest() -> Value {
    json!({
        "riskDetail": "none",
        "riskLevelAggregated": "low",
        "riskLevelDuringSignIn": "medium",
        "riskState": "atRisk",
        "riskEventTypes": ["unfamiliarFeatures"],
        "riskEventTypes_v2": ["unfamiliarFeatures", "anomalousToken"],
        "flaggedForReview": false,
        "isTenantRestricted": false,
        "processingTimeInMilliseconds": 143,
        "azureResourceId": "/subscriptions/s/resourceGroups/g/providers/p",
        "appliedEventListeners": [{
            "eventType": "tokenIssuanceStart",
            "executedListenerId": "l-1",
            "handlerResult": {"outcome": "ok"},
        }],
    })
}
