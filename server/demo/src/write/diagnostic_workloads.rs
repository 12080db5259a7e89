//! Azure Monitor diagnostic records of service principals and managed identities.

use super::diagnostic::{Caller, NOWHERE, SHAPE, agent, credential_type, envelope, owners};
use super::{Json, nested};
use crate::guid::Guid;
use crate::policies::{WORKLOAD_POLICY, WORKLOAD_VERDICT};
use crate::record::{Head, IdentitySignIn, PrincipalSignIn};
use crate::workloads::Credential;
use crate::world::World;

pub(super) fn principal(world: &World, sign_in: &PrincipalSignIn<'_>, out: &mut Vec<u8>) {
    let principal = sign_in.principal;
    let mut json = Json::new(out);
    let json = &mut json;
    let caller = Some(Caller {
        origin: &sign_in.origin,
        name: None,
    });
    envelope(
        json,
        world,
        "ServicePrincipalSignInLogs",
        &sign_in.head,
        sign_in.outcome,
        caller,
    );
    nested::head(json, SHAPE, &sign_in.head);
    json.null("userId");
    json.fragment("agent", agent(principal.is_agent));
    json.guid("appId", principal.application_id);
    nested::address(json, "ipAddress", sign_in.origin.address);
    nested::status(json, SHAPE, sign_in.outcome, "");
    json.plain("userAgent", principal.user_agent);
    sign_in.origin.place.write(json);
    json.guid("correlationId", sign_in.head.correlation);
    json.plain("conditionalAccessStatus", "notApplied");
    json.open_list("appliedConditionalAccessPolicies");
    if principal.is_covered && sign_in.outcome.is_success() {
        nested::policy(json, SHAPE, &WORKLOAD_POLICY, &WORKLOAD_VERDICT);
    }
    json.close_list();
    json.boolean("isInteractive", false);
    json.plain("tokenIssuerType", "AzureAD");
    json.open_list("authenticationProcessingDetails");
    json.open_item();
    json.plain("key", "Azure AD App Authentication Library");
    json.plain("value", principal.library);
    json.close();
    json.close_list();
    json.fragment("networkLocationDetails", "[]");
    json.plain(
        "clientCredentialType",
        credential_type(principal.credential),
    );
    workload_tail(
        json,
        principal.resource.name,
        principal.resource.id,
        &principal.name,
        principal.id,
    );
    json.guid("servicePrincipalCredentialKeyId", principal.key_id);
    json.plain(
        "servicePrincipalCredentialThumbprint",
        &principal.thumbprint,
    );
    if principal.credential == Credential::Federated {
        json.guid("federatedCredentialId", principal.key_id);
    }
    json.number(
        "autonomousSystemNumber",
        i64::from(sign_in.origin.autonomous_system_number),
    );
    workload_token(json, &sign_in.head);
    json.guid("appServicePrincipalId", principal.application_object_id);
    json.guid("resourceServicePrincipalId", principal.resource_object_id);
    json.plain("signInTokenProtectionStatus", "none");
    json.plain("originalTransferMethod", "none");
    json.boolean("isThroughGlobalSecureAccess", false);
    json.open_list("conditionalAccessAudiences");
    json.plain_item(principal.resource.id);
    json.close_list();
    json.guid("sessionId", sign_in.session);
    owners(json, world, true, false);
    json.close();
    json.close();
}

pub(super) fn identity(world: &World, sign_in: &IdentitySignIn<'_>, out: &mut Vec<u8>) {
    let identity = sign_in.identity;
    let mut json = Json::new(out);
    let json = &mut json;
    envelope(
        json,
        world,
        "ManagedIdentitySignInLogs",
        &sign_in.head,
        sign_in.outcome,
        None,
    );
    nested::head(json, SHAPE, &sign_in.head);
    json.null("userId");
    json.guid("appId", identity.application_id);
    json.plain("ipAddress", "");
    nested::status(json, SHAPE, sign_in.outcome, "");
    json.fragment("location", NOWHERE);
    json.guid("correlationId", sign_in.head.correlation);
    json.plain("conditionalAccessStatus", "notApplied");
    json.fragment("appliedConditionalAccessPolicies", "[]");
    json.boolean("isInteractive", false);
    json.plain("tokenIssuerType", "AzureAD");
    workload_tail(
        json,
        identity.resource.name,
        identity.resource.id,
        &identity.name,
        identity.id,
    );
    json.open("managedServiceIdentity");
    json.plain("msiType", identity.kind);
    json.plain("associatedResourceId", &identity.associated_resource_id);
    json.close();
    workload_token(json, &sign_in.head);
    json.close();
    json.close();
}

/// Workloads carry `low` with the state `none`, which means nothing.
fn workload_tail(json: &mut Json<'_>, resource: &str, resource_id: &str, name: &str, id: Guid) {
    json.number("processingTimeInMilliseconds", 0);
    json.plain("riskDetail", "none");
    json.plain("riskLevelAggregated", "low");
    json.plain("riskLevelDuringSignIn", "low");
    json.plain("riskState", "none");
    json.plain("resourceDisplayName", resource);
    json.plain("resourceId", resource_id);
    json.plain("servicePrincipalName", name);
    json.guid("servicePrincipalId", id);
    json.boolean("flaggedForReview", false);
    json.boolean("isTenantRestricted", false);
}

fn workload_token(json: &mut Json<'_>, head: &Head) {
    json.plain("crossTenantAccessType", "none");
    json.token_identifier("uniqueTokenIdentifier", head.id);
    json.plain("incomingTokenType", "none");
    json.plain("authenticationProtocol", "none");
}
