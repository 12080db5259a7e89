//! Graph beta `signIn` objects: every property is there, null where there is nothing to say.

use super::diagnostic::{NOWHERE, agent, credential_type, object_id, owners, requirement};
use super::{Json, nested};
use crate::Shape;
use crate::guid::Guid;
use crate::policies::{self, WORKLOAD_POLICY, WORKLOAD_VERDICT};
use crate::record::{Head, IdentitySignIn, NO_RISK, PrincipalSignIn, UserSignIn};
use crate::workloads::Credential;
use crate::world::World;

const SHAPE: Shape = Shape::Graph;

pub(super) fn user(world: &World, sign_in: &UserSignIn<'_>, out: &mut Vec<u8>) {
    let person = sign_in.person;
    let is_own = sign_in.application.is_own;
    let (resource, resource_id) = sign_in.application.resource();
    let verdicts = sign_in.verdicts.as_ref();
    let mut json = Json::new(out);
    let json = &mut json;
    nested::head(json, SHAPE, &sign_in.head);
    json.text("userDisplayName", &person.display_name);
    json.plain("userPrincipalName", &person.principal_name);
    json.guid("userId", person.id);
    json.plain(
        "userType",
        if person.partner.is_some() {
            "guest"
        } else {
            "member"
        },
    );
    json.plain("appId", &sign_in.application.id);
    json.text("appDisplayName", sign_in.application_name());
    nested::address(json, "ipAddress", sign_in.origin.address);
    json.plain("clientAppUsed", sign_in.client_app);
    json.text("userAgent", sign_in.user_agent());
    json.number(
        "autonomousSystemNumber",
        i64::from(sign_in.origin.autonomous_system_number),
    );
    json.plain("conditionalAccessStatus", policies::status(verdicts));
    json.boolean("isInteractive", sign_in.is_interactive);
    json.plain(
        "clientCredentialType",
        if is_own { "clientSecret" } else { "none" },
    );
    json.number("processingTimeInMilliseconds", sign_in.latency_ms);
    nested::risk(json, &sign_in.risk);
    json.plain("resourceDisplayName", resource);
    json.plain("resourceId", resource_id);
    json.guid("resourceServicePrincipalId", object_id(world, resource_id));
    match person.partner {
        Some(partner) => json.plain("homeTenantId", partner.tenant_id),
        None => json.guid("homeTenantId", world.tenant_id),
    }
    if sign_in.is_interactive {
        json.plain("signInIdentifier", &person.principal_name);
        json.plain("signInIdentifierType", "userPrincipalName");
    } else {
        json.null("signInIdentifier");
        json.null("signInIdentifierType");
    }
    json.plain("servicePrincipalId", "");
    json.null("servicePrincipalName");
    json.null("servicePrincipalCredentialKeyId");
    json.null("servicePrincipalCredentialThumbprint");
    json.null("federatedCredentialId");
    json.plain(
        "crossTenantAccessType",
        if person.partner.is_some() {
            "b2bCollaboration"
        } else {
            "none"
        },
    );
    json.plain("incomingTokenType", sign_in.incoming_token);
    json.plain("authenticationProtocol", sign_in.protocol);
    json.plain("originalTransferMethod", sign_in.transfer);
    json.plain(
        "authenticationRequirement",
        requirement(sign_in.is_multifactor),
    );
    json.fragment("authenticationMethodsUsed", "[]");
    json.plain("signInTokenProtectionStatus", "none");
    json.guid("sessionId", sign_in.session);
    let event = if sign_in.is_interactive {
        r#"["interactiveUser"]"#
    } else {
        r#"["nonInteractiveUser"]"#
    };
    json.fragment("signInEventTypes", event);
    common(json, world, &sign_in.head, is_own, is_own);
    nested::status(json, SHAPE, sign_in.outcome, sign_in.additional_details);
    nested::device(json, SHAPE, sign_in);
    sign_in.origin.place.write(json);
    nested::mfa(json, SHAPE, sign_in);
    nested::policies(json, SHAPE, verdicts);
    nested::processing(json, sign_in);
    nested::network(json, sign_in);
    nested::steps(json, SHAPE, sign_in);
    nested::requirements(json, sign_in);
    nested::token_protection(json, sign_in);
    authenticator(json, sign_in);
    json.null("managedServiceIdentity");
    json.fragment("agent", agent(false));
    json.close();
}

/// The phone that answered a push.
fn authenticator(json: &mut Json<'_>, sign_in: &UserSignIn<'_>) {
    let has_pushed = sign_in
        .steps
        .iter()
        .any(|step| step.method == "Mobile app notification" && step.succeeded);
    if !has_pushed {
        return json.null("authenticationAppDeviceDetails");
    }
    json.open("authenticationAppDeviceDetails");
    json.guid("deviceId", sign_in.person.phone.id);
    json.plain("operatingSystem", sign_in.person.phone.operating_system);
    json.plain("clientApp", "microsoftAuthenticator");
    json.plain("appVersion", "6.8.30");
    json.close();
}

/// Properties that all kinds have with much the same values.
fn common(json: &mut Json<'_>, world: &World, head: &Head, is_own: bool, is_own_resource: bool) {
    json.guid("correlationId", head.correlation);
    json.guid("originalRequestId", head.id);
    json.token_identifier("uniqueTokenIdentifier", head.id);
    json.plain("tokenIssuerName", "");
    json.plain("tokenIssuerType", "AzureAD");
    json.guid("resourceTenantId", world.tenant_id);
    owners(json, world, is_own, is_own_resource);
    json.null("homeTenantName");
    json.null("ipAddressFromResourceProvider");
    json.null("globalSecureAccessIpAddress");
    json.boolean("isThroughGlobalSecureAccess", false);
    json.boolean("flaggedForReview", false);
    json.boolean("isTenantRestricted", false);
    json.plain("azureResourceId", "");
    json.null("clientSessionId");
    json.fragment("conditionalAccessAudiences", "[]");
    json.fragment("authenticationContextClassReferences", "[]");
    json.fragment("authenticationAppPolicyEvaluationDetails", "[]");
    json.fragment("appliedEventListeners", "[]");
    json.null("privateLinkDetails");
}

/// What a workload is called, to Graph.
struct Workload<'world> {
    name: &'world str,
    id: Guid,
    application_id: Guid,
    resource: &'static crate::applications::Resource,
    event: &'static str,
    credential_type: &'static str,
}

/// The properties of workloads up to where the two kinds differ.
fn workload(json: &mut Json<'_>, world: &World, head: &Head, workload: &Workload<'_>) {
    nested::head(json, SHAPE, head);
    json.null("userDisplayName");
    json.null("userPrincipalName");
    json.plain("userId", "");
    json.null("userType");
    json.guid("appId", workload.application_id);
    json.plain("appDisplayName", workload.name);
    json.null("clientAppUsed");
    json.plain("conditionalAccessStatus", "notApplied");
    json.boolean("isInteractive", false);
    json.plain("clientCredentialType", workload.credential_type);
    json.number("processingTimeInMilliseconds", 0);
    nested::risk(json, &NO_RISK);
    json.plain("resourceDisplayName", workload.resource.name);
    json.plain("resourceId", workload.resource.id);
    json.null("homeTenantId");
    json.null("signInIdentifier");
    json.null("signInIdentifierType");
    json.guid("servicePrincipalId", workload.id);
    json.plain("servicePrincipalName", workload.name);
    json.plain("crossTenantAccessType", "none");
    json.plain("incomingTokenType", "none");
    json.plain("authenticationProtocol", "none");
    json.plain("originalTransferMethod", "none");
    json.null("authenticationRequirement");
    json.fragment("authenticationMethodsUsed", "[]");
    json.plain("signInTokenProtectionStatus", "none");
    json.fragment("signInEventTypes", workload.event);
    common(json, world, head, true, false);
    json.null("deviceDetail");
    json.null("mfaDetail");
    json.fragment("networkLocationDetails", "[]");
    json.fragment("authenticationDetails", "[]");
    json.fragment("authenticationRequirementPolicies", "[]");
    json.fragment("sessionLifetimePolicies", "[]");
    json.null("tokenProtectionStatusDetails");
    json.null("authenticationAppDeviceDetails");
}

pub(super) fn principal(world: &World, sign_in: &PrincipalSignIn<'_>, out: &mut Vec<u8>) {
    let principal = sign_in.principal;
    let mut json = Json::new(out);
    let json = &mut json;
    let parts = Workload {
        name: &principal.name,
        id: principal.id,
        application_id: principal.application_id,
        resource: principal.resource,
        event: r#"["servicePrincipal"]"#,
        credential_type: credential_type(principal.credential),
    };
    workload(json, world, &sign_in.head, &parts);
    nested::address(json, "ipAddress", sign_in.origin.address);
    json.plain("userAgent", principal.user_agent);
    json.number(
        "autonomousSystemNumber",
        i64::from(sign_in.origin.autonomous_system_number),
    );
    json.guid("resourceServicePrincipalId", principal.resource_object_id);
    json.guid("servicePrincipalCredentialKeyId", principal.key_id);
    json.plain(
        "servicePrincipalCredentialThumbprint",
        &principal.thumbprint,
    );
    if principal.credential == Credential::Federated {
        json.guid("federatedCredentialId", principal.key_id);
    } else {
        json.null("federatedCredentialId");
    }
    json.guid("sessionId", sign_in.session);
    nested::status(json, SHAPE, sign_in.outcome, "");
    sign_in.origin.place.write(json);
    json.open_list("appliedConditionalAccessPolicies");
    if principal.is_covered && sign_in.outcome.is_success() {
        nested::policy(json, SHAPE, &WORKLOAD_POLICY, &WORKLOAD_VERDICT);
    }
    json.close_list();
    json.open_list("authenticationProcessingDetails");
    json.open_item();
    json.plain("key", "Azure AD App Authentication Library");
    json.plain("value", principal.library);
    json.close();
    json.close_list();
    json.null("managedServiceIdentity");
    json.fragment("agent", agent(principal.is_agent));
    json.close();
}

pub(super) fn identity(world: &World, sign_in: &IdentitySignIn<'_>, out: &mut Vec<u8>) {
    let identity = sign_in.identity;
    let mut json = Json::new(out);
    let json = &mut json;
    let parts = Workload {
        name: &identity.name,
        id: identity.id,
        application_id: identity.application_id,
        resource: identity.resource,
        event: r#"["managedIdentity"]"#,
        credential_type: "managedIdentity",
    };
    workload(json, world, &sign_in.head, &parts);
    json.plain("ipAddress", "");
    json.null("userAgent");
    json.null("autonomousSystemNumber");
    json.null("resourceServicePrincipalId");
    json.null("servicePrincipalCredentialKeyId");
    json.null("servicePrincipalCredentialThumbprint");
    json.null("federatedCredentialId");
    json.null("sessionId");
    nested::status(json, SHAPE, sign_in.outcome, "");
    json.fragment("location", NOWHERE);
    json.fragment("appliedConditionalAccessPolicies", "[]");
    json.fragment("authenticationProcessingDetails", "[]");
    json.open("managedServiceIdentity");
    json.plain("msiType", identity.kind);
    json.plain("associatedResourceId", &identity.associated_resource_id);
    json.null("federatedTokenId");
    json.null("federatedTokenIssuer");
    json.close();
    json.fragment("agent", agent(false));
    json.close();
}
