//! Result codes of on-premises agents, seamless sign-on and services (80000 to 99999).

use super::{ErrorEntry, failed, interrupted};

/// Sorted by code.
pub(super) static ENTRIES: &[ErrorEntry] = &[
    failed(
        80001,
        "OnPremiseStoreIsNotAvailable",
        "No authentication agent can be reached",
    ),
    failed(
        80002,
        "OnPremisePasswordValidatorRequestTimedout",
        "Active Directory did not answer in time",
    ),
    failed(80003, "", "Authentication agent gave an odd answer"),
    failed(
        80005,
        "OnPremisePasswordValidatorUnpredictableWebException",
        "Authentication agent hit a web error",
    ),
    failed(
        80007,
        "OnPremisePasswordValidatorErrorOccurredOnPrem",
        "Authentication agent could not check",
    ),
    failed(
        80010,
        "OnPremisePasswordValidationEncryptionException",
        "Agent could not decrypt the password",
    ),
    failed(80011, "", "Agent could not get its decryption key"),
    failed(
        80012,
        "OnPremisePasswordValidationAccountLogonInvalidHours",
        "Outside the account's sign-in hours",
    ),
    failed(
        80013,
        "OnPremisePasswordValidationTimeSkew",
        "Clock of the agent differs too much",
    ),
    failed(
        80014,
        "OnPremisePasswordValidationAuthenticationAgentTimeout",
        "Agent did not answer in time",
    ),
    failed(81001, "", "Kerberos ticket is too large"),
    failed(
        81004,
        "DesktopSsoIdentityInTicketIsNotAuthenticated",
        "Kerberos sign-in failed",
    ),
    failed(
        81005,
        "DesktopSsoAuthenticationPackageNotSupported",
        "Kerberos package is not supported",
    ),
    failed(
        81006,
        "DesktopSsoNoAuthorizationHeader",
        "Browser sent no Kerberos ticket",
    ),
    failed(
        81007,
        "DesktopSsoTenantIsNotOptIn",
        "Seamless sign-on is off in this tenant",
    ),
    failed(
        81009,
        "DesktopSsoAuthorizationHeaderValueWithBadFormat",
        "Kerberos ticket has a bad format",
    ),
    interrupted(
        81010,
        "DesktopSsoAuthTokenInvalid",
        "Kerberos ticket expired or not valid",
    ),
    failed(
        81011,
        "DesktopSsoLookupUserBySidFailed",
        "User in the Kerberos ticket not found",
    ),
    interrupted(
        81012,
        "DesktopSsoMismatchBetweenTokenUpnAndChosenUpn",
        "Device user differs from the one picked",
    ),
    interrupted(81014, "", "Step of seamless sign-on"),
    failed(90002, "InvalidTenantName", "Tenant not found"),
    failed(90004, "InvalidRequestFormat", "Request is malformed"),
    failed(
        90005,
        "InvalidRequestWithMultipleRequirements",
        "Request asks for things that exclude others",
    ),
    failed(
        90006,
        "ExternalServerRetryableError",
        "Outside server is busy, try again",
    ),
    failed(90007, "InvalidSessionId", "Session id is not valid"),
    failed(
        90008,
        "TokenForItselfRequiresGraphPermission",
        "App asks for itself without Graph access",
    ),
    failed(
        90009,
        "TokenForItselfMissingIdenticalAppIdentifier",
        "App asks for itself by the wrong id",
    ),
    failed(90010, "NotSupported", "Request is not supported"),
    failed(90012, "RequestTimeout", "Request took too long"),
    failed(90013, "InvalidUserInput", "Input is not valid"),
    failed(90014, "MissingRequiredField", "Required field is missing"),
    failed(90015, "QueryStringTooLong", "Query is too long"),
    failed(
        90016,
        "MissingRequiredClaim",
        "Required claim is missing in the token",
    ),
    failed(
        90019,
        "MissingTenantRealm",
        "Request does not say which tenant",
    ),
    failed(90020, "", "SAML assertion lacks the immutable id"),
    failed(
        90022,
        "AuthenticatedInvalidPrincipalNameFormat",
        "User name has the wrong format",
    ),
    failed(90023, "InvalidRequest", "Request is not valid"),
    failed(
        90024,
        "RequestBudgetExceededError",
        "Service is over its limit, try again",
    ),
    failed(90025, "", "Service is busy, try again"),
    failed(90027, "", "API version does not fit personal accounts"),
    failed(
        90033,
        "MsodsServiceUnavailable",
        "Directory is not available, try again",
    ),
    failed(
        90036,
        "MsodsServiceUnretryableFailure",
        "Directory had an error",
    ),
    failed(
        90038,
        "NationalCloudTenantRedirection",
        "Tenant is in a national cloud",
    ),
    failed(
        90043,
        "NationalCloudAuthCodeRedirection",
        "Feature is disabled in this national cloud",
    ),
    failed(
        90051,
        "InvalidNationalCloudId",
        "National cloud is not known",
    ),
    failed(
        90055,
        "TenantThrottlingError",
        "Too many requests in the tenant",
    ),
    failed(
        90056,
        "BadResourceRequest",
        "Request to the resource is not valid",
    ),
    failed(
        90072,
        "PassThroughUserMfaError",
        "Outside account is not in this tenant",
    ),
    failed(
        90081,
        "OrgIdWsFederationMessageInvalid",
        "WS-Federation message could not be read",
    ),
    failed(
        90082,
        "OrgIdWsFederationNotSupported",
        "Policy does not allow WS-Federation",
    ),
    failed(
        90084,
        "OrgIdWsFederationGuestNotAllowed",
        "Guests cannot sign in this way",
    ),
    failed(
        90085,
        "OrgIdWsFederationSltRedemptionFailed",
        "Company is not set up for this token yet",
    ),
    failed(
        90086,
        "OrgIdWsTrustDaTokenExpired",
        "User's DA token has expired",
    ),
    failed(
        90087,
        "OrgIdWsFederationMessageCreationFromUriFailed",
        "WS-Federation address could not be read",
    ),
    failed(90090, "GraphRetryableError", "Graph is busy, try again"),
    failed(90091, "GraphServiceUnreachable", "Graph cannot be reached"),
    failed(90092, "GraphNonRetryableError", "Graph had an error"),
    failed(
        90093,
        "GraphUserUnauthorized",
        "User may not give this consent",
    ),
    failed(90094, "AdminConsentRequired", "Admin has to consent"),
    interrupted(
        90095,
        "AdminConsentRequiredRequestAccess",
        "Asked an admin for consent",
    ),
    failed(90099, "", "App is not allowed in the partner tenant"),
    failed(90100, "InvalidRequestParameter", "Parameter is not valid"),
    failed(90101, "InvalidEmailAddress", "Email address is not valid"),
    failed(
        90102,
        "InvalidUriParameter",
        "Address parameter is not valid",
    ),
    failed(90107, "InvalidXml", "XML is not valid"),
    failed(90112, "", "App id must be a GUID"),
    failed(90114, "InvalidExpiryDate", "Expiry date is not valid"),
    failed(90117, "InvalidRequestInput", "Request input is not valid"),
    failed(90119, "InvalidUserCode", "Device code is not known"),
    failed(
        90120,
        "InvalidDeviceFlowRequest",
        "Device code request is not valid",
    ),
    failed(90121, "InvalidEmptyRequest", "Request is empty"),
    failed(
        90123,
        "IdentityProviderAccessDenied",
        "Outside identity provider denied access",
    ),
    failed(
        90124,
        "V1ResourceV2GlobalEndpointNotSupported",
        "Resource needs a tenant's own sign-in address",
    ),
    failed(
        90125,
        "DebugModeEnrollTenantNotFound",
        "Tenant for debug mode not found",
    ),
    failed(
        90126,
        "DebugModeEnrollTenantNotInferred",
        "Tenant for debug mode could not be guessed",
    ),
    failed(
        90130,
        "NonConvergedAppV2GlobalEndpointNotSupported",
        "App needs a tenant's own sign-in address",
    ),
];
