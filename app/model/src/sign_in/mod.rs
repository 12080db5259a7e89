//! A sign-in, with every property that Microsoft Graph (v1.0 and beta) declares.
//!
//! Names and types follow the `signIn` entity of the Graph metadata of 2026; nested types are in
//! one file per area. All fields can be missing: which ones are there depends on the kind of
//! sign-in, on licences and on the source. Reading is lenient (see [`SignIn::from_properties`]) and
//! loses nothing: what is not understood is kept in `other` under its name.

#[macro_use]
mod record;
mod lenient;

pub mod authentication;
pub mod conditional_access;
pub mod conditions;
pub mod device;
pub mod identity;
pub mod location;
pub mod network;
pub mod processing;
pub mod requirement;
pub mod risk;
pub mod status;
pub mod token;
pub mod workload;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

pub use authentication::{
    AuthenticationAppDeviceDetails, AuthenticationAppPolicyDetails, AuthenticationDetail, MfaDetail,
};
pub use conditional_access::{
    AppliedConditionalAccessPolicy, AuthenticationContext, ConditionalAccessAudience,
    ConditionalAccessStatus, PolicyResult,
};
pub use conditions::ConditionalAccessConditions;
pub use device::DeviceDetail;
pub use identity::{ClientCredentialType, CrossTenantAccessType, SignInEventType, UserType};
pub use location::{GeoCoordinates, SignInLocation};
pub use network::{NetworkLocationDetail, PrivateLinkDetails};
pub use processing::{AppliedAuthenticationEventListener, KeyValue};
pub use requirement::{
    AuthenticationRequirement, AuthenticationRequirementPolicy, SessionLifetimePolicy,
};
pub use risk::{RiskDetail, RiskEventType, RiskLevel, RiskState};
pub use status::SignInStatus;
pub use token::{
    AuthenticationProtocol, IncomingTokenType, OriginalTransferMethod, TokenIssuerType,
    TokenProtectionStatus, TokenProtectionStatusDetails,
};
pub use workload::{AgentSignIn, ManagedIdentity};

use identity::SignInIdentifierType;

record! {
    /// One sign-in, as in the Graph entity `signIn`.
    pub struct SignIn {
        /// Identifier of the event; "Request ID" in the portal. Opaque, not always a GUID.
        pub id: Option<String> = "id",
        /// When the sign-in began, as written by the source (usually ISO 8601 in UTC).
        pub created_date_time: Option<String> = "createdDateTime",
        /// Display name of the user.
        pub user_display_name: Option<String> = "userDisplayName",
        /// User principal name, lower case; the home name for guests.
        pub user_principal_name: Option<String> = "userPrincipalName",
        /// Object id of the user; all zeros when the user was not resolved.
        pub user_id: Option<String> = "userId",
        /// Member or guest of the tenant.
        pub user_type: Option<UserType> = "userType",
        /// What the person typed: name, telephone number or alias.
        pub sign_in_identifier: Option<String> = "signInIdentifier",
        /// What kind of identifier the person typed.
        pub sign_in_identifier_type: Option<SignInIdentifierType> = "signInIdentifierType",
        /// On-premises name or alias; older form of the sign-in identifier.
        pub alternate_sign_in_name: Option<String> = "alternateSignInName",
        /// Name of the application signed in with.
        pub app_display_name: Option<String> = "appDisplayName",
        /// Application (client) id.
        pub app_id: Option<String> = "appId",
        /// Tenant that owns the application.
        pub app_owner_tenant_id: Option<String> = "appOwnerTenantId",
        /// Name of the resource signed in to.
        pub resource_display_name: Option<String> = "resourceDisplayName",
        /// Application id of the resource.
        pub resource_id: Option<String> = "resourceId",
        /// Object id of the resource's service principal.
        pub resource_service_principal_id: Option<String> = "resourceServicePrincipalId",
        /// Tenant of the resource.
        pub resource_tenant_id: Option<String> = "resourceTenantId",
        /// Tenant that owns the resource application.
        pub resource_owner_tenant_id: Option<String> = "resourceOwnerTenantId",
        /// Home tenant of the user.
        pub home_tenant_id: Option<String> = "homeTenantId",
        /// Name of the home tenant, only where that tenant agrees to show it.
        pub home_tenant_name: Option<String> = "homeTenantName",
        /// How the user crossed from another tenant.
        pub cross_tenant_access_type: Option<CrossTenantAccessType> = "crossTenantAccessType",
        /// Object id of the service principal that signed in.
        pub service_principal_id: Option<String> = "servicePrincipalId",
        /// Name of the service principal that signed in.
        pub service_principal_name: Option<String> = "servicePrincipalName",
        /// Key id of the secret or certificate used.
        pub service_principal_credential_key_id: Option<String> = "servicePrincipalCredentialKeyId",
        /// Thumbprint of the certificate used.
        pub service_principal_credential_thumbprint: Option<String> = "servicePrincipalCredentialThumbprint",
        /// Id of the workload identity federation credential used.
        pub federated_credential_id: Option<String> = "federatedCredentialId",
        /// What kind of credential the client proved itself with.
        pub client_credential_type: Option<ClientCredentialType> = "clientCredentialType",
        /// The managed identity that signed in.
        pub managed_service_identity: Option<ManagedIdentity> = "managedServiceIdentity",
        /// The agent identity that signed in or was acted for.
        pub agent: Option<AgentSignIn> = "agent",
        /// Address of the client, raw; can be a GUID for service principals.
        pub ip_address: Option<String> = "ipAddress",
        /// Address that the resource saw; missing when it is the same.
        pub ip_address_from_resource_provider: Option<String> = "ipAddressFromResourceProvider",
        /// Address before Global Secure Access.
        pub global_secure_access_ip_address: Option<String> = "globalSecureAccessIpAddress",
        /// Whether traffic came through Global Secure Access.
        pub is_through_global_secure_access: Option<bool> = "isThroughGlobalSecureAccess",
        /// Autonomous system number of the client's network.
        pub autonomous_system_number: Option<i64> = "autonomousSystemNumber",
        /// Place guessed from the address.
        pub location: Option<SignInLocation> = "location",
        /// Named and trusted networks that the address belongs to.
        pub network_location_details: Vec<NetworkLocationDetail> = "networkLocationDetails",
        /// Client app: Browser, Mobile Apps and Desktop clients, or a legacy protocol.
        pub client_app_used: Option<String> = "clientAppUsed",
        /// User agent, written by the client and not to be trusted.
        pub user_agent: Option<String> = "userAgent",
        /// The device and its browser.
        pub device_detail: Option<DeviceDetail> = "deviceDetail",
        /// Correlation id, given by the client to one session.
        pub correlation_id: Option<String> = "correlationId",
        /// Request id of the first request of the sequence.
        pub original_request_id: Option<String> = "originalRequestId",
        /// Token identifier (`uti` claim), the key to Graph activity logs.
        pub unique_token_identifier: Option<String> = "uniqueTokenIdentifier",
        /// Session id (`sid` claim).
        pub session_id: Option<String> = "sessionId",
        /// Session id given by the client.
        pub client_session_id: Option<String> = "clientSessionId",
        /// Whether a person took part.
        pub is_interactive: Option<bool> = "isInteractive",
        /// Kinds of sign-in; decides the tab of the portal.
        pub sign_in_event_types: Vec<SignInEventType> = "signInEventTypes",
        /// Result code and reason.
        pub status: Option<SignInStatus> = "status",
        /// What Conditional Access decided over all policies.
        pub conditional_access_status: Option<ConditionalAccessStatus> = "conditionalAccessStatus",
        /// The policies looked at, applied or not.
        pub applied_conditional_access_policies: Vec<AppliedConditionalAccessPolicy> =
            "appliedConditionalAccessPolicies" | "appliedConditionalAccessPolicy",
        /// Resources that Conditional Access looked at.
        pub conditional_access_audiences: Vec<ConditionalAccessAudience> = "conditionalAccessAudiences",
        /// Authentication contexts asked for.
        pub authentication_context_class_references: Vec<AuthenticationContext> =
            "authenticationContextClassReferences",
        /// The steps of the authentication, not always in order of time.
        pub authentication_details: Vec<AuthenticationDetail> = "authenticationDetails",
        /// Coarse list of methods, often empty.
        pub authentication_methods_used: Vec<String> = "authenticationMethodsUsed",
        /// Further facts on the request, such as libraries and scopes.
        pub authentication_processing_details: Vec<KeyValue> = "authenticationProcessingDetails",
        /// Protocol or grant type.
        pub authentication_protocol: Option<AuthenticationProtocol> = "authenticationProtocol",
        /// Single-factor or multifactor, as asked for.
        pub authentication_requirement: Option<AuthenticationRequirement> = "authenticationRequirement",
        /// Which policies asked for it.
        pub authentication_requirement_policies: Vec<AuthenticationRequirementPolicy> =
            "authenticationRequirementPolicies",
        /// Device and version of the Authenticator app used.
        pub authentication_app_device_details: Option<AuthenticationAppDeviceDetails> =
            "authenticationAppDeviceDetails",
        /// Authenticator policies looked at.
        pub authentication_app_policy_evaluation_details: Vec<AuthenticationAppPolicyDetails> =
            "authenticationAppPolicyEvaluationDetails",
        /// Policies that shortened the session.
        pub session_lifetime_policies: Vec<SessionLifetimePolicy> = "sessionLifetimePolicies",
        /// Second factor used; deprecated but still filled.
        pub mfa_detail: Option<MfaDetail> = "mfaDetail",
        /// Token presented.
        pub incoming_token_type: Option<IncomingTokenType> = "incomingTokenType",
        /// How the session came from another device.
        pub original_transfer_method: Option<OriginalTransferMethod> = "originalTransferMethod",
        /// Who issued the token.
        pub token_issuer_type: Option<TokenIssuerType> = "tokenIssuerType",
        /// Name of the issuer, mostly for federated users.
        pub token_issuer_name: Option<String> = "tokenIssuerName",
        /// Whether the app's token is bound to the device; deprecated.
        pub app_token_protection_status: Option<TokenProtectionStatus> = "appTokenProtectionStatus",
        /// Whether the sign-in token is bound to the device; deprecated.
        pub sign_in_token_protection_status: Option<TokenProtectionStatus> = "signInTokenProtectionStatus",
        /// Whether the session's token is bound to the device, with a reason code.
        pub token_protection_status_details: Option<TokenProtectionStatusDetails> =
            "tokenProtectionStatusDetails",
        /// Why the risk state is what it is; `hidden` without P2.
        pub risk_detail: Option<RiskDetail> = "riskDetail",
        /// Risk as known by now. `low` on workloads means nothing while the state is `none`.
        pub risk_level_aggregated: Option<RiskLevel> = "riskLevelAggregated",
        /// Risk at the moment of the sign-in.
        pub risk_level_during_sign_in: Option<RiskLevel> = "riskLevelDuringSignIn",
        /// Where the risk stands.
        pub risk_state: Option<RiskState> = "riskState",
        /// Detections; deprecated list.
        pub risk_event_types: Vec<RiskEventType> = "riskEventTypes",
        /// Detections; current list.
        pub risk_event_types_v2: Vec<RiskEventType> = "riskEventTypes_v2",
        /// Whether the person pressed "Enable flagging" before.
        pub flagged_for_review: Option<bool> = "flaggedForReview",
        /// Whether tenant restrictions applied.
        pub is_tenant_restricted: Option<bool> = "isTenantRestricted",
        /// Private link used.
        pub private_link_details: Option<PrivateLinkDetails> = "privateLinkDetails",
        /// Time the request took, in milliseconds; "Latency" in the portal.
        pub processing_time_in_milliseconds: Option<i64> = "processingTimeInMilliseconds",
        /// Azure resource accessed (resource manager path).
        pub azure_resource_id: Option<String> = "azureResourceId",
        /// Custom authentication extensions that ran.
        pub applied_event_listeners: Vec<AppliedAuthenticationEventListener> = "appliedEventListeners",
    }
}

impl SignIn {
    /// Reads a sign-in from the properties of a record, in any letter case. Never fails: numbers
    /// are taken as text and the other way round, JSON inside text as objects and arrays, one
    /// object as an array of one; a value that cannot be understood stays in `other`. Null, empty
    /// text, empty objects and empty arrays of a declared property are read as missing.
    pub fn from_properties(properties: Map<String, Value>) -> Self {
        record::from_map(properties)
    }

    /// The names of all declared properties as Microsoft Graph spells them, in the order of the
    /// fields.
    pub fn property_names() -> impl Iterator<Item = &'static str> {
        <Self as record::Record>::PROPERTIES
            .iter()
            .map(|property| property.name)
    }
}
