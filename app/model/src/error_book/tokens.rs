//! Result codes of sessions, federation and tokens (up to 50099).

use super::{ErrorEntry, failed, interrupted, succeeded};

/// Sorted by code.
pub(super) static ENTRIES: &[ErrorEntry] = &[
    succeeded(0, "Success", "Signed in"),
    interrupted(16000, "InteractionRequired", "Asked to pick an account"),
    interrupted(
        16001,
        "UserAccountSelectionInvalid",
        "Account picked was not valid",
    ),
    failed(
        16002,
        "AppSessionSelectionInvalid",
        "Session picked for the app is gone",
    ),
    interrupted(
        16003,
        "SsoUserAccountNotFoundInResourceTenant",
        "User is not in the resource tenant yet",
    ),
    failed(
        17003,
        "CredentialKeyProvisioningFailed",
        "Key of the user could not be set up",
    ),
    failed(
        20001,
        "WsFedSignInResponseError",
        "Federation service answered with an error",
    ),
    failed(
        20012,
        "WsFedMessageInvalid",
        "WS-Federation message is not valid",
    ),
    failed(
        20033,
        "FedMetadataInvalidTenantName",
        "Federation metadata names a wrong tenant",
    ),
    failed(28002, "", "Scope does not fit the token asked for"),
    failed(28003, "", "Scope is empty in the code exchange"),
    interrupted(29200, "", "QR code was shown to sign in"),
    failed(
        40008,
        "OAuth2IdPUnretryableServerError",
        "Outside identity provider gave up",
    ),
    failed(
        40009,
        "OAuth2IdPRefreshTokenRedemptionUserError",
        "Provider turned down the refresh token",
    ),
    failed(
        40010,
        "OAuth2IdPRetryableServerError",
        "Outside identity provider is busy, try again",
    ),
    failed(40014, "", "Trouble at the federated identity provider"),
    failed(
        40015,
        "OAuth2IdPAuthCodeRedemptionUserError",
        "Provider turned down the code",
    ),
    failed(50000, "TokenIssuanceError", "Token could not be issued"),
    failed(50001, "InvalidResource", "Resource not found in the tenant"),
    failed(50002, "NotAllowedTenant", "Tenant is not allowed by policy"),
    failed(50003, "MissingSigningKey", "No signing key is set up"),
    failed(
        50005,
        "DevicePolicyError",
        "Device platform is not supported",
    ),
    failed(50006, "InvalidSignature", "Signature is not valid"),
    failed(
        50007,
        "PartnerEncryptionCertificateMissing",
        "Partner encryption certificate is missing",
    ),
    failed(50008, "InvalidSamlToken", "SAML token is not valid"),
    failed(
        50010,
        "AudienceUriValidationFailed",
        "Audience does not match the app",
    ),
    failed(50011, "InvalidReplyTo", "Reply address is not registered"),
    failed(50012, "AuthenticationFailed", "Authentication failed"),
    failed(50013, "InvalidAssertion", "Assertion is not valid"),
    failed(
        50014,
        "GuestUserInPendingState",
        "Guest is not in the directory, or not yet",
    ),
    failed(
        50015,
        "ViralUserLegalAgeConsentRequiredState",
        "Consent for a minor is missing",
    ),
    failed(
        50017,
        "CertificateValidationFailed",
        "Certificate did not pass the check",
    ),
    interrupted(50019, "", "More was asked of the user"),
    failed(
        50020,
        "UserUnauthorized",
        "Account comes from another tenant",
    ),
    failed(50027, "InvalidJwtToken", "Token is not a valid JWT"),
    failed(50029, "", "Domain name has characters not allowed"),
    failed(50032, "WeakRsaKey", "RSA key is too weak"),
    failed(50033, "RetryableError", "Passing error, try again"),
    failed(
        50034,
        "UserAccountNotFound",
        "User name not found in the directory",
    ),
    failed(
        50042,
        "UnableToGeneratePairwiseIdentifierWithMissingSalt",
        "Salt for the pairwise id is missing",
    ),
    failed(
        50043,
        "UnableToGeneratePairwiseIdentifierWithMultipleSalts",
        "More than one salt for the pairwise id",
    ),
    failed(
        50048,
        "SubjectMismatchesIssuer",
        "Assertion subject differs from its issuer",
    ),
    failed(
        50049,
        "NoSuchInstanceForDiscovery",
        "Discovery endpoint does not exist",
    ),
    failed(
        50050,
        "MalformedDiscoveryRequest",
        "Discovery request is malformed",
    ),
    failed(50053, "IdsLocked", "Locked, too many wrong tries"),
    interrupted(
        50055,
        "InvalidPasswordExpiredPassword",
        "Password has expired",
    ),
    failed(50056, "", "No password stored for the user"),
    failed(50057, "UserDisabled", "Account is disabled"),
    interrupted(
        50058,
        "UserInformationNotProvided",
        "No session yet, sign-in started",
    ),
    interrupted(
        50059,
        "MissingTenantRealmAndNoUserInformationProvided",
        "Tenant and user not known yet",
    ),
    failed(
        50061,
        "SignoutInvalidRequest",
        "Sign-out request is not valid",
    ),
    failed(
        50064,
        "CredentialAuthenticationError",
        "Credentials could not be checked",
    ),
    failed(
        50068,
        "SignoutInitiatorNotParticipant",
        "Sign-out from an app not in the session",
    ),
    failed(
        50070,
        "SignoutUnknownSessionIdentifier",
        "Sign-out names an unknown session",
    ),
    failed(
        50071,
        "SignoutMessageExpired",
        "Sign-out message has expired",
    ),
    interrupted(
        50072,
        "UserStrongAuthEnrollmentRequiredInterrupt",
        "Asked to set up a second factor",
    ),
    interrupted(
        50074,
        "UserStrongAuthClientAuthNRequiredInterrupt",
        "Asked for a second factor",
    ),
    interrupted(
        50076,
        "UserStrongAuthClientAuthNRequired",
        "Second factor asked for by a policy",
    ),
    failed(50078, "UserStrongAuthExpired", "Second factor has expired"),
    failed(
        50079,
        "UserStrongAuthEnrollmentRequired",
        "Second factor has to be set up",
    ),
    failed(50085, "", "Sign-in at the social provider is needed"),
    failed(
        50086,
        "SasNonRetryableError",
        "Second factor service had an error",
    ),
    failed(
        50087,
        "SasRetryableError",
        "Second factor service is busy, try again",
    ),
    failed(50088, "", "Limit for telephone codes is reached"),
    failed(50089, "", "Sign-in took too long, start again"),
    interrupted(
        50097,
        "DeviceAuthenticationRequired",
        "Device sign-in asked for",
    ),
    failed(50098, "", "Token lacks a required field"),
    failed(
        50099,
        "PKeyAuthInvalidJwtUnauthorized",
        "Device signature or nonce is not valid",
    ),
];
