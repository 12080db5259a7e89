//! Azure Monitor diagnostic records: an envelope and `properties`.
//!
//! Property names and their order follow real records. Unlike Graph they leave most nulls out, write
//! moments with an offset, number the conditions of policies and capitalise the user's type.

use super::{Json, MICROSOFT_SERVICES_TENANT, Zone, nested};
use crate::Shape;
use crate::failures::Outcome;
use crate::guid::Guid;
use crate::places::Origin;
use crate::policies;
use crate::record::{Head, UserSignIn};
use crate::workloads::Credential;
use crate::world::World;

pub(super) const SHAPE: Shape = Shape::Diagnostic;

/// Who called: absent for managed identities, without a name for service principals.
#[derive(Clone, Copy)]
pub(super) struct Caller<'record> {
    pub origin: &'record Origin,
    pub name: Option<&'record str>,
}

/// Writes the envelope up to `properties`, which the caller writes and closes.
pub(super) fn envelope(
    json: &mut Json<'_>,
    world: &World,
    category: &str,
    head: &Head,
    outcome: &Outcome,
    caller: Option<Caller<'_>>,
) {
    json.moment("time", head.emitted_ticks, Zone::Letter);
    json.plain("resourceId", &world.resource_path);
    json.plain("operationName", "Sign-in activity");
    json.plain("operationVersion", "1.0");
    json.plain("category", category);
    json.guid("tenantId", world.tenant_id);
    json.number_text("resultType", outcome.code);
    json.plain("resultSignature", "None");
    if !outcome.is_success() {
        json.plain("resultDescription", outcome.reason);
    }
    json.number("durationMs", 0);
    if let Some(caller) = caller {
        nested::address(json, "callerIpAddress", caller.origin.address);
    }
    json.guid("correlationId", head.correlation);
    if let Some(name) = caller.and_then(|caller| caller.name) {
        json.text("identity", name);
    }
    json.number("Level", 4);
    if let Some(caller) = caller {
        json.plain("location", caller.origin.place.country);
    }
    json.open("properties");
}

pub(super) fn user(world: &World, sign_in: &UserSignIn<'_>, out: &mut Vec<u8>) {
    let category = if sign_in.is_interactive {
        "SignInLogs"
    } else {
        "NonInteractiveUserSignInLogs"
    };
    let person = sign_in.person;
    let mut json = Json::new(out);
    let json = &mut json;
    let caller = Caller {
        origin: &sign_in.origin,
        name: Some(&person.display_name),
    };
    envelope(
        json,
        world,
        category,
        &sign_in.head,
        sign_in.outcome,
        Some(caller),
    );
    nested::head(json, SHAPE, &sign_in.head);
    json.text("userDisplayName", &person.display_name);
    json.plain("userPrincipalName", &person.principal_name);
    json.guid("userId", person.id);
    json.fragment("agent", r#"{"agentType":"notAgentic"}"#);
    json.plain("appId", &sign_in.application.id);
    json.text("appDisplayName", sign_in.application_name());
    nested::address(json, "ipAddress", sign_in.origin.address);
    nested::status(json, SHAPE, sign_in.outcome, sign_in.additional_details);
    json.plain("clientAppUsed", sign_in.client_app);
    json.text("userAgent", sign_in.user_agent());
    nested::device(json, SHAPE, sign_in);
    sign_in.origin.place.write(json);
    nested::mfa(json, SHAPE, sign_in);
    json.guid("correlationId", sign_in.head.correlation);
    let verdicts = sign_in.verdicts.as_ref();
    json.plain("conditionalAccessStatus", policies::status(verdicts));
    nested::policies(json, SHAPE, verdicts);
    json.fragment("authenticationContextClassReferences", "[]");
    json.guid("originalRequestId", sign_in.head.id);
    json.boolean("isInteractive", sign_in.is_interactive);
    json.plain("tokenIssuerName", "");
    json.plain("tokenIssuerType", "AzureAD");
    nested::processing(json, sign_in);
    nested::network(json, sign_in);
    json.plain(
        "clientCredentialType",
        if sign_in.application.is_own {
            "clientSecret"
        } else {
            "none"
        },
    );
    json.number("processingTimeInMilliseconds", sign_in.latency_ms);
    nested::risk(json, &sign_in.risk);
    let (resource, resource_id) = sign_in.application.resource();
    json.plain("resourceDisplayName", resource);
    json.plain("resourceId", resource_id);
    json.guid("resourceTenantId", world.tenant_id);
    match person.partner {
        Some(partner) => json.plain("homeTenantId", partner.tenant_id),
        None => json.guid("homeTenantId", world.tenant_id),
    }
    json.guid("tenantId", world.tenant_id);
    nested::steps(json, SHAPE, sign_in);
    nested::requirements(json, sign_in);
    json.plain(
        "authenticationRequirement",
        requirement(sign_in.is_multifactor),
    );
    json.plain(
        "alternateSignInName",
        if sign_in.is_interactive {
            &person.principal_name
        } else {
            ""
        },
    );
    json.plain(
        "signInIdentifier",
        if sign_in.is_interactive {
            &person.principal_name
        } else {
            ""
        },
    );
    json.plain("servicePrincipalId", "");
    json.plain(
        "userType",
        if person.partner.is_some() {
            "Guest"
        } else {
            "Member"
        },
    );
    json.boolean("flaggedForReview", false);
    json.boolean("isTenantRestricted", false);
    json.number(
        "autonomousSystemNumber",
        i64::from(sign_in.origin.autonomous_system_number),
    );
    json.plain(
        "crossTenantAccessType",
        if person.partner.is_some() {
            "b2bCollaboration"
        } else {
            "none"
        },
    );
    json.fragment("privateLinkDetails", "{}");
    json.plain("ssoExtensionVersion", "");
    json.token_identifier("uniqueTokenIdentifier", sign_in.head.id);
    json.fragment("authenticationStrengths", "[]");
    json.plain("incomingTokenType", sign_in.incoming_token);
    json.plain("authenticationProtocol", sign_in.protocol);
    json.null("appServicePrincipalId");
    json.guid("resourceServicePrincipalId", object_id(world, resource_id));
    json.number("rngcStatus", 0);
    let bound = nested::token_protection(json, sign_in);
    json.plain("signInTokenProtectionStatus", bound);
    json.plain("originalTransferMethod", sign_in.transfer);
    json.boolean("isThroughGlobalSecureAccess", false);
    json.plain("globalSecureAccessIpAddress", "");
    json.open_list("conditionalAccessAudiences");
    if verdicts.is_some() {
        json.plain_item(resource_id);
    }
    json.close_list();
    json.guid("sessionId", sign_in.session);
    owners(
        json,
        world,
        sign_in.application.is_own,
        sign_in.application.is_own,
    );
    json.close();
    json.close();
}

/// The location of a sign-in that has none.
pub(super) const NOWHERE: &str = r#"{"city":"","state":"","countryOrRegion":"","geoCoordinates":{"latitude":0.0,"longitude":0.0}}"#;

/// The tenants that own the application and the resource: this one or Microsoft's.
pub(super) fn owners(json: &mut Json<'_>, world: &World, is_own: bool, is_own_resource: bool) {
    for (key, is_own) in [
        ("appOwnerTenantId", is_own),
        ("resourceOwnerTenantId", is_own_resource),
    ] {
        if is_own {
            json.guid(key, world.tenant_id);
        } else {
            json.plain(key, MICROSOFT_SERVICES_TENANT);
        }
    }
}

pub(super) fn requirement(is_multifactor: bool) -> &'static str {
    if is_multifactor {
        "multiFactorAuthentication"
    } else {
        "singleFactorAuthentication"
    }
}

pub(super) fn agent(is_agent: bool) -> &'static str {
    if is_agent {
        r#"{"agentType":"agenticApp","agentSubjectType":"notAgentic"}"#
    } else {
        r#"{"agentType":"notAgentic"}"#
    }
}

pub(super) fn credential_type(credential: Credential) -> &'static str {
    match credential {
        Credential::Secret => "clientSecret",
        Credential::Certificate => "clientAssertion",
        Credential::Federated => "federatedIdentityCredential",
    }
}

/// The object id of a resource in this tenant, made from its application id.
pub(super) fn object_id(world: &World, resource_id: &str) -> Guid {
    let number = resource_id.bytes().fold(0, |number: u64, byte| {
        number.rotate_left(7) ^ u64::from(byte)
    });
    Guid::random(
        crate::random::mix(number ^ world.seed),
        crate::random::mix(!number),
    )
}
