//! Result codes of policies, consent, grants and SAML (51000 to 79999).

use super::{ErrorEntry, failed, interrupted};

/// Sorted by code.
pub(super) static ENTRIES: &[ErrorEntry] = &[
    failed(
        51000,
        "RequiredFeatureNotEnabled",
        "Feature needed is not turned on",
    ),
    failed(51001, "DomainHintMustbePresent", "Domain hint is missing"),
    failed(
        51004,
        "UserAccountNotInDirectory",
        "Account is not in this directory",
    ),
    failed(
        51005,
        "TemporaryRedirect",
        "Sent to another address for now",
    ),
    interrupted(
        51006,
        "ForceReauthDueToInsufficientAuth",
        "Asked to sign in again, more strongly",
    ),
    interrupted(
        52004,
        "DelegationDoesNotExistForLinkedIn",
        "LinkedIn has not been allowed yet",
    ),
    failed(53000, "DeviceNotCompliant", "Device is not compliant"),
    failed(
        53001,
        "DeviceNotDomainJoined",
        "Device is not joined to the domain",
    ),
    failed(
        53002,
        "ApplicationUsedIsNotAnApprovedApp",
        "App is not an approved one",
    ),
    failed(
        53003,
        "BlockedByConditionalAccess",
        "Blocked by Conditional Access",
    ),
    failed(
        53004,
        "ProofUpBlockedDueToRisk",
        "Setting up MFA is blocked, risk seen",
    ),
    failed(53009, "", "App needs an Intune protection policy"),
    failed(
        53010,
        "ProofUpBlockedDueToSecurityInfoAcr",
        "Setting up MFA needs a trusted place or device",
    ),
    failed(53011, "", "Home tenant sees the user as risky"),
    failed(
        54000,
        "MinorUserBlockedLegalAgeGroupRule",
        "Age rules do not allow this app",
    ),
    failed(54005, "", "Authorization code was already used"),
    interrupted(
        65001,
        "DelegationDoesNotExist",
        "Nobody consented to the app yet",
    ),
    failed(65002, "", "Microsoft apps need consent set in advance"),
    failed(65004, "UserDeclinedConsent", "User declined to consent"),
    failed(
        65005,
        "MisconfiguredApplication",
        "App asks for access it has not listed",
    ),
    failed(
        67003,
        "ActorNotValidServiceIdentity",
        "Actor is no valid service identity",
    ),
    failed(70000, "InvalidGrant", "Grant is not valid"),
    failed(
        70001,
        "UnauthorizedClient",
        "App is not found here, or is disabled",
    ),
    failed(70002, "InvalidClient", "Client credentials are not valid"),
    failed(70003, "UnsupportedGrantType", "Grant type is not supported"),
    failed(70004, "InvalidRedirectUri", "Redirect address is not valid"),
    failed(
        70005,
        "UnsupportedResponseType",
        "Response type is not supported",
    ),
    failed(
        70007,
        "UnsupportedResponseMode",
        "Response mode is not supported",
    ),
    failed(
        70008,
        "ExpiredOrRevokedGrant",
        "Code or refresh token has expired",
    ),
    failed(70011, "InvalidScope", "Scope is not valid"),
    failed(
        70012,
        "MsaServerError",
        "Personal account service had an error",
    ),
    failed(
        70016,
        "AuthorizationPending",
        "Waiting for the device code to be entered",
    ),
    failed(70018, "BadVerificationCode", "Device code does not match"),
    failed(70019, "CodeExpired", "Device code has expired"),
    failed(70037, "", "Answer to the remote challenge is not valid"),
    failed(
        70043,
        "BadTokenDueToSignInFrequency",
        "Sign-in frequency ended the session",
    ),
    failed(70044, "", "Session ended by sign-in frequency"),
    failed(70046, "", "Session ended or could not be renewed"),
    failed(
        75001,
        "BindingSerializationError",
        "SAML message could not be written",
    ),
    failed(
        75003,
        "UnsupportedBindingError",
        "SAML binding is not supported",
    ),
    failed(75005, "Saml2MessageInvalid", "SAML request is not valid"),
    failed(75008, "RequestDeniedError", "SAML request was turned down"),
    failed(
        75011,
        "NoMatchedAuthnContextInOutputClaims",
        "Sign-in method is not the one asked for",
    ),
    failed(
        75016,
        "Saml2AuthenticationRequestInvalidNameIDPolicy",
        "SAML name id policy is not valid",
    ),
    failed(
        76021,
        "ApplicationRequiresSignedRequests",
        "App takes signed requests only",
    ),
    failed(76026, "RequestIssueTimeExpired", "SAML request is too old"),
];
