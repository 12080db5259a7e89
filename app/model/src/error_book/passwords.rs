//! Result codes of password changes, keys and devices (100000 to 499999).

use super::{ErrorEntry, failed, interrupted};

/// Sorted by code.
pub(super) static ENTRIES: &[ErrorEntry] = &[
    failed(100_007, "", "Regional sign-in is for Microsoft apps only"),
    failed(
        120_000,
        "PasswordChangeIncorrectCurrentPassword",
        "Current password was wrong",
    ),
    failed(
        120_002,
        "PasswordChangeInvalidNewPasswordWeak",
        "New password is too weak",
    ),
    failed(
        120_003,
        "PasswordChangeInvalidNewPasswordContainsMemberName",
        "New password contains the user's name",
    ),
    failed(
        120_004,
        "PasswordChangeOnPremComplexity",
        "New password breaks on-premises rules",
    ),
    failed(
        120_005,
        "PasswordChangeOnPremSuccessCloudFail",
        "Password changed on-premises, not in the cloud",
    ),
    failed(
        120_008,
        "PasswordChangeAsyncJobStateTerminated",
        "Password change stopped half way",
    ),
    failed(
        120_011,
        "PasswordChangeAsyncUpnInferenceFailed",
        "User name for the change was not found",
    ),
    failed(
        120_012,
        "PasswordChangeNeedsToHappenOnPrem",
        "Password has to be changed on-premises",
    ),
    failed(
        120_013,
        "PasswordChangeOnPremisesConnectivityFailure",
        "On-premises service cannot be reached",
    ),
    failed(
        120_014,
        "PasswordChangeOnPremUserAccountLockedOutOrDisabled",
        "On-premises account is locked or disabled",
    ),
    failed(
        120_015,
        "PasswordChangeADAdminActionRequired",
        "Admin has to act in Active Directory",
    ),
    failed(
        120_016,
        "PasswordChangeUserNotFoundBySspr",
        "Password reset does not know the user",
    ),
    failed(
        120_018,
        "PasswordChangePasswordDoesnotComplyFuzzyPolicy",
        "New password is on the banned list",
    ),
    failed(120_020, "PasswordChangeFailure", "Password change failed"),
    failed(
        120_021,
        "PartnerServiceSsprInternalServiceError",
        "Password reset service had an error",
    ),
    failed(130_004, "NgcKeyNotFound", "Windows Hello key not found"),
    failed(
        130_005,
        "NgcInvalidSignature",
        "Windows Hello signature is not valid",
    ),
    failed(
        130_006,
        "NgcTransportKeyNotFound",
        "Windows Hello transport key not found",
    ),
    failed(
        130_007,
        "NgcDeviceIsDisabled",
        "Device of the key is disabled",
    ),
    failed(
        130_008,
        "NgcDeviceIsNotFound",
        "Device of the key not found",
    ),
    failed(135_010, "KeyNotFound", "Key not found"),
    failed(135_011, "", "Device is disabled"),
    failed(
        140_000,
        "InvalidRequestNonce",
        "Request nonce is missing or expired",
    ),
    failed(140_001, "InvalidSessionKey", "Session key is not valid"),
    failed(
        160_021,
        "AppSessionSelectionInvalidSessionNotExist",
        "Session picked for the app does not exist",
    ),
    failed(165_004, "", "Safety value of the page did not fit"),
    interrupted(165_100, "", "More was asked of the user"),
    failed(165_900, "InvalidApiRequest", "API request is not valid"),
    failed(
        220_450,
        "UnsupportedAndroidWebViewVersion",
        "Android web view is too old",
    ),
    failed(
        220_501,
        "InvalidCrlDownload",
        "Revocation list could not be downloaded",
    ),
    failed(
        221_000,
        "DeviceOnlyTokensNotSupportedByResource",
        "Resource does not take device-only tokens",
    ),
    failed(
        230_109,
        "CachedCredentialNonGWAuthNRequestsNotSupported",
        "Cached sign-in serves only gateway requests",
    ),
    failed(
        240_001,
        "BulkAADJTokenUnauthorized",
        "User may not register devices in bulk",
    ),
    failed(
        240_002,
        "RequiredClaimIsMissing",
        "Claim needed for enrolment is missing",
    ),
    failed(399_218, "", "Asked to confirm the sign-in to the tenant"),
    failed(
        399_284,
        "InboundIdTokenIssuerInvalid",
        "Issuer of the inbound token is not valid",
    ),
];
