//! The table itself. Labels are those of the portal's downloads and flyout; properties those of
//! Graph `signIn` (v1.0 and beta, metadata of 2026-08).

use super::choices as c;
use super::{Column, Derived, Display, Section, Source, ValueType};
use crate::gist::CHOICES;
use crate::tab::Tabs;

/// Ids that code refers to by name, through [`Column::named`].
#[cfg(test)]
pub(super) const NAMED_IN_CODE: &[&str] = &[
    "date",
    "request_id",
    "correlation_id",
    "user",
    "username",
    "user_id",
    "application",
    "application_id",
    "status",
    "error_code",
    "failure_reason",
    "reason",
    "ip_address",
    "deciding_policy",
    "verdict",
    "service_principal_name",
    "service_principal_id",
    "resource",
    "resource_id",
    "session_id",
    "conditional_access",
    "is_interactive",
    "authentication_methods",
    "conditional_access_policies",
    "conditional_access_results",
    "network_names",
    "kind",
];

const fn property(
    id: &'static str,
    label: &'static str,
    path: &'static str,
    value_type: ValueType,
) -> Column {
    Column {
        id,
        label,
        source: Source::Property(path),
        value_type,
        display: Display::Quiet,
        section: Section::Identifiers,
        tabs: Tabs::ALL,
        default_tabs: Tabs::NONE,
        width_px: 160,
    }
}

const fn text(id: &'static str, label: &'static str, path: &'static str) -> Column {
    property(id, label, path, ValueType::Text)
}

const fn identifier(id: &'static str, label: &'static str, path: &'static str) -> Column {
    property(id, label, path, ValueType::Identifier)
        .drawn(Display::Code)
        .wide(292)
}

const fn derived(
    id: &'static str,
    label: &'static str,
    derived: Derived,
    value_type: ValueType,
) -> Column {
    let mut column = property(id, label, "", value_type);
    column.source = Source::Derived(derived);
    column
}

impl Column {
    const fn drawn(mut self, display: Display) -> Column {
        self.display = display;
        self
    }
    const fn below(mut self, section: Section) -> Column {
        self.section = section;
        self
    }
    const fn only_in(mut self, tabs: Tabs) -> Column {
        self.tabs = tabs;
        self
    }
    const fn at_first_in(mut self, tabs: Tabs) -> Column {
        self.default_tabs = tabs;
        self
    }
    const fn wide(mut self, width_px: u16) -> Column {
        self.width_px = width_px;
        self
    }
}

use Section::{Device, Location, Result, Risk, Token, WhoAndWhat, Workload};
use ValueType::{Address, Boolean, Choice, Decimal, Instant, Integer, List, Text};

/// Tabs whose rows name a service principal, managed identities included.
const WORKLOADS: Tabs = Tabs::WORKLOADS;
const USERS: Tabs = Tabs::USERS;

/// Every column, in the order in which the grid shows defaults and the picker lists all.
#[rustfmt::skip]
pub static COLUMNS: &[Column] = &[
    property("date", "Date", "createdDateTime", Instant)
        .drawn(Display::Moment).below(Result).at_first_in(Tabs::ALL).wide(160),
    derived("kind", "Sign-in type", Derived::Kind, Choice(c::KIND)).below(Result).wide(220),
    text("user", "User", "userDisplayName")
        .drawn(Display::Plain).below(WhoAndWhat).only_in(USERS).at_first_in(USERS).wide(146),
    text("service_principal_name", "Service principal name", "servicePrincipalName")
        .drawn(Display::Plain).below(Workload).at_first_in(WORKLOADS).wide(220),
    text("application", "Application", "appDisplayName")
        .drawn(Display::Plain).below(WhoAndWhat).at_first_in(USERS).wide(186),
    derived("status", "Status", Derived::Status, Choice(c::STATUS))
        .drawn(Display::Status).below(Result).at_first_in(Tabs::ALL).wide(112),
    derived("reason", "Reason", Derived::Reason, Text)
        .drawn(Display::Reason).below(Result).at_first_in(Tabs::ALL).wide(262),
    text("resource", "Resource", "resourceDisplayName")
        .below(WhoAndWhat).at_first_in(WORKLOADS.and(Tabs::NON_INTERACTIVE)).wide(200),
    property("ip_address", "IP address", "ipAddress", Address)
        .below(Location).at_first_in(USERS.and(Tabs::SERVICE_PRINCIPAL)).wide(128),
    derived("location", "Location", Derived::Location, Text).below(Location).at_first_in(Tabs::INTERACTIVE).wide(186),
    property("conditional_access", "Conditional Access", "conditionalAccessStatus", Choice(c::CONDITIONAL_ACCESS))
        .below(Result).at_first_in(Tabs::INTERACTIVE).wide(140),
    property("authentication_requirement", "Authentication requirement", "authenticationRequirement",
        Choice(c::AUTHENTICATION_REQUIREMENT))
        .below(Result).only_in(USERS).at_first_in(Tabs::INTERACTIVE).wide(190),
    identifier("request_id", "Request ID", "id"),
    identifier("correlation_id", "Correlation ID", "correlationId"),
    property("error_code", "Sign-in error code", "status/errorCode", Integer)
        .drawn(Display::Code).below(Result).wide(130),
    text("failure_reason", "Failure reason", "status/failureReason").below(Result).wide(262),
    text("additional_details", "Multifactor authentication result", "status/additionalDetails")
        .below(Result).only_in(USERS).wide(262),
    derived("verdict", "Verdict", Derived::Verdict, Choice(CHOICES)).below(Result).only_in(USERS).wide(262),
    derived("deciding_policy", "Policy that decided", Derived::DecidingPolicy, Text).below(Result).wide(220),
    derived("conditional_access_policies", "Conditional Access policies", Derived::AppliedPolicies, List)
        .below(Result).wide(262),
    derived("conditional_access_results", "Conditional Access policy results", Derived::PolicyResults, List)
        .below(Result).wide(262),
    derived("continuous_access_evaluation", "Continuous access evaluation", Derived::ContinuousAccess, Boolean)
        .below(Result).only_in(USERS),
    derived("still_settling", "Still settling", Derived::Settling, Boolean).below(Result).only_in(USERS).wide(110),
    property("flagged_for_review", "Flagged for review", "flaggedForReview", Boolean).below(Result).only_in(USERS),
    text("username", "Username", "userPrincipalName").below(WhoAndWhat).only_in(USERS).wide(240),
    identifier("user_id", "User ID", "userId").only_in(USERS),
    property("user_type", "User type", "userType", Choice(c::USER_TYPE)).below(WhoAndWhat).only_in(USERS).wide(100),
    text("sign_in_identifier", "Sign-in identifier", "signInIdentifier").below(WhoAndWhat).only_in(USERS).wide(240),
    property("sign_in_identifier_type", "Sign-in identifier type", "signInIdentifierType",
        Choice(c::SIGN_IN_IDENTIFIER_TYPE))
        .below(WhoAndWhat).only_in(USERS),
    text("alternate_sign_in_name", "Alternate sign-in name", "alternateSignInName").below(WhoAndWhat).only_in(USERS),
    identifier("application_id", "Application ID", "appId"),
    identifier("app_owner_tenant_id", "App owner tenant ID", "appOwnerTenantId"),
    identifier("resource_id", "Resource ID", "resourceId"),
    identifier("resource_service_principal_id", "Resource service principal ID", "resourceServicePrincipalId"),
    identifier("resource_tenant_id", "Resource tenant ID", "resourceTenantId"),
    identifier("resource_owner_tenant_id", "Resource owner tenant ID", "resourceOwnerTenantId"),
    text("azure_resource_id", "Azure resource ID", "azureResourceId").drawn(Display::Code),
    identifier("home_tenant_id", "Home tenant ID", "homeTenantId"),
    text("home_tenant_name", "Home tenant name", "homeTenantName").below(WhoAndWhat),
    derived("tenant_id", "Tenant ID", Derived::TenantId, ValueType::Identifier).drawn(Display::Code).wide(292),
    property("cross_tenant_access_type", "Cross tenant access type", "crossTenantAccessType",
        Choice(c::CROSS_TENANT_ACCESS_TYPE))
        .below(WhoAndWhat).only_in(USERS),
    property("client_app", "Client app", "clientAppUsed", Choice(c::CLIENT_APP))
        .below(WhoAndWhat).only_in(USERS).wide(220),
    text("user_agent", "User agent", "userAgent").below(Device).wide(360),
    text("city", "City", "location/city").below(Location),
    text("state", "State or province", "location/state").below(Location),
    text("country", "Country or region", "location/countryOrRegion").below(Location).wide(130),
    property("latitude", "Latitude", "location/geoCoordinates/latitude", Decimal).below(Location).wide(100),
    property("longitude", "Longitude", "location/geoCoordinates/longitude", Decimal).below(Location).wide(100),
    derived("network_names", "Network names", Derived::NetworkNames, List)
        .below(Location).only_in(USERS.and(Tabs::SERVICE_PRINCIPAL)),
    property("ip_address_from_resource", "IP address (seen by resource)", "ipAddressFromResourceProvider", Address)
        .below(Location).only_in(USERS),
    property("autonomous_system_number", "Autonomous system number", "autonomousSystemNumber", Integer)
        .below(Location),
    property("through_global_secure_access", "Through Global Secure Access", "isThroughGlobalSecureAccess", Boolean)
        .below(Location).only_in(USERS),
    property("global_secure_access_ip_address", "Global Secure Access IP address", "globalSecureAccessIpAddress",
        Address)
        .below(Location).only_in(USERS),
    identifier("device_id", "Device ID", "deviceDetail/deviceId").below(Device).only_in(USERS),
    text("device_name", "Device name", "deviceDetail/displayName").below(Device).only_in(USERS),
    text("browser", "Browser", "deviceDetail/browser").below(Device).only_in(USERS),
    text("operating_system", "Operating System", "deviceDetail/operatingSystem").below(Device).only_in(USERS),
    property("compliant", "Compliant", "deviceDetail/isCompliant", Boolean).below(Device).only_in(USERS).wide(100),
    property("managed", "Managed", "deviceDetail/isManaged", Boolean).below(Device).only_in(USERS).wide(100),
    property("join_type", "Join Type", "deviceDetail/trustType", Choice(c::JOIN_TYPE)).below(Device).only_in(USERS),
    derived("authentication_methods", "Authentication methods", Derived::AuthenticationMethods, List)
        .below(Token).only_in(USERS).wide(220),
    text("mfa_auth_method", "Multifactor authentication auth method", "mfaDetail/authMethod")
        .below(Token).only_in(USERS),
    text("mfa_auth_detail", "Multifactor authentication auth detail", "mfaDetail/authDetail")
        .below(Token).only_in(USERS),
    property("authentication_protocol", "Authentication Protocol", "authenticationProtocol",
        Choice(c::AUTHENTICATION_PROTOCOL))
        .below(Token).only_in(USERS),
    property("incoming_token_type", "Incoming token type", "incomingTokenType", Choice(c::INCOMING_TOKEN_TYPE))
        .below(Token).only_in(USERS),
    property("original_transfer_method", "Original transfer method", "originalTransferMethod",
        Choice(c::ORIGINAL_TRANSFER_METHOD))
        .below(Token).only_in(USERS),
    property("client_credential_type", "Client credential type", "clientCredentialType",
        Choice(c::CLIENT_CREDENTIAL_TYPE))
        .below(Token),
    property("token_issuer_type", "Token issuer type", "tokenIssuerType", Choice(c::TOKEN_ISSUER_TYPE))
        .below(Token).only_in(USERS),
    text("token_issuer_name", "Token issuer name", "tokenIssuerName").below(Token).only_in(USERS),
    property("token_protection", "Token Protection - Sign In Session",
        "tokenProtectionStatusDetails/signInSessionStatus", Choice(c::TOKEN_PROTECTION))
        .below(Token).only_in(USERS),
    property("token_protection_code", "Token Protection - Sign In Session StatusCode",
        "tokenProtectionStatusDetails/signInSessionStatusCode", Integer)
        .below(Token).only_in(USERS),
    property("latency_ms", "Latency", "processingTimeInMilliseconds", Integer)
        .drawn(Display::Milliseconds).below(Token).only_in(USERS).wide(100),
    property("is_interactive", "Interactive", "isInteractive", Boolean).below(Token).only_in(USERS).wide(100),
    property("is_tenant_restricted", "Tenant restricted", "isTenantRestricted", Boolean).below(Token).only_in(USERS),
    identifier("unique_token_identifier", "Unique token identifier", "uniqueTokenIdentifier"),
    identifier("session_id", "Session ID", "sessionId"),
    identifier("client_session_id", "Client session ID", "clientSessionId").only_in(USERS),
    identifier("original_request_id", "Original request ID", "originalRequestId").only_in(USERS),
    property("risk_state", "Risk state", "riskState", Choice(c::RISK_STATE)).below(Risk).only_in(USERS),
    property("risk_level_aggregated", "Risk level (aggregate)", "riskLevelAggregated", Choice(c::RISK_LEVEL))
        .below(Risk).only_in(USERS),
    property("risk_level_during_sign_in", "Risk level (real-time)", "riskLevelDuringSignIn", Choice(c::RISK_LEVEL))
        .below(Risk).only_in(USERS),
    text("risk_detail", "Risk detail", "riskDetail").below(Risk).only_in(USERS),
    property("risk_event_types", "Risk detections", "riskEventTypes_v2", List).below(Risk).only_in(USERS),
    identifier("service_principal_id", "Service principal ID", "servicePrincipalId").below(Workload),
    identifier("credential_key_id", "Credential key ID", "servicePrincipalCredentialKeyId")
        .below(Workload).only_in(WORKLOADS),
    identifier("credential_thumbprint", "Credential thumbprint", "servicePrincipalCredentialThumbprint")
        .below(Workload).only_in(WORKLOADS),
    identifier("federated_credential_id", "Federated credential ID", "federatedCredentialId")
        .below(Workload).only_in(WORKLOADS),
    property("managed_identity_type", "Managed Identity type", "managedServiceIdentity/msiType",
        Choice(c::MANAGED_IDENTITY_TYPE))
        .below(Workload),
    text("associated_resource_id", "Associated Resource Id", "managedServiceIdentity/associatedResourceId")
        .drawn(Display::Code).below(Workload),
    identifier("federated_token_id", "Federated Token Id", "managedServiceIdentity/federatedTokenId").below(Workload),
    text("federated_token_issuer", "Federated Token Issuer", "managedServiceIdentity/federatedTokenIssuer")
        .below(Workload),
    derived("is_agent", "Is agent", Derived::IsAgent, Boolean).below(Workload).wide(100),
    property("agent_type", "Agent type", "agent/agentType", Choice(c::AGENT_TYPE)).below(Workload),
    identifier("parent_app_id", "Parent app ID", "agent/parentAppId").below(Workload),
];
