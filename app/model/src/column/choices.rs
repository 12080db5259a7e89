//! The known words of columns whose values are choices, with the portal's labels.
//!
//! Words that are not listed are kept and shown as they came: the lists serve to offer values and
//! to read the portal's wording back.

use crate::tab::Tab;

/// One known word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The word as Graph writes it, such as `notApplied`.
    pub value: &'static str,
    /// The word as the portal shows it, such as "Not applied".
    pub label: &'static str,
}

const fn choice(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

const fn of_tab(tab: Tab) -> Choice {
    choice(tab.as_str(), tab.label())
}

/// Which kind of sign-in it is.
pub const KIND: &[Choice] = &[
    of_tab(Tab::Interactive),
    of_tab(Tab::NonInteractive),
    of_tab(Tab::ServicePrincipal),
    of_tab(Tab::ManagedIdentity),
];
/// How a sign-in ended.
pub const STATUS: &[Choice] = &[
    choice("success", "Success"),
    choice("failure", "Failure"),
    choice("interrupted", "Interrupted"),
];
/// Graph `conditionalAccessStatus`.
pub const CONDITIONAL_ACCESS: &[Choice] = &[
    choice("success", "Success"),
    choice("failure", "Failure"),
    choice("notApplied", "Not applied"),
];
/// Graph `authenticationRequirement`.
pub const AUTHENTICATION_REQUIREMENT: &[Choice] = &[
    choice("singleFactorAuthentication", "Single-factor authentication"),
    choice("multiFactorAuthentication", "Multifactor authentication"),
];
/// Graph `clientAppUsed`: modern clients first, then the legacy ones.
pub const CLIENT_APP: &[Choice] = &[
    choice("Browser", "Browser"),
    choice(
        "Mobile Apps and Desktop clients",
        "Mobile Apps and Desktop clients",
    ),
    choice("Authenticated SMTP", "Authenticated SMTP"),
    choice("Autodiscover", "Autodiscover"),
    choice("Exchange ActiveSync", "Exchange ActiveSync"),
    choice("Exchange Online PowerShell", "Exchange Online PowerShell"),
    choice("Exchange Web Services", "Exchange Web Services"),
    choice("IMAP4", "IMAP4"),
    choice("MAPI Over HTTP", "MAPI Over HTTP"),
    choice("Offline Address Book", "Offline Address Book"),
    choice(
        "Outlook Anywhere (RPC over HTTP)",
        "Outlook Anywhere (RPC over HTTP)",
    ),
    choice("Outlook Service", "Outlook Service"),
    choice("POP3", "POP3"),
    choice("Reporting Web Services", "Reporting Web Services"),
    choice("Other clients", "Other clients"),
    // Older logs have these.
    choice(
        "Exchange ActiveSync (supported)",
        "Exchange ActiveSync (supported)",
    ),
    choice("SMTP", "SMTP"),
    choice("Universal Outlook", "Universal Outlook"),
];
/// Graph `userType`.
pub const USER_TYPE: &[Choice] = &[choice("member", "Member"), choice("guest", "Guest")];
/// Graph `crossTenantAccessType`.
pub const CROSS_TENANT_ACCESS_TYPE: &[Choice] = &[
    choice("none", "None"),
    choice("b2bCollaboration", "B2B collaboration"),
    choice("b2bDirectConnect", "B2B direct connect"),
    choice("microsoftSupport", "Microsoft support"),
    choice("serviceProvider", "Service provider"),
    choice("passthrough", "Passthrough"),
];
/// Graph `tokenIssuerType`.
pub const TOKEN_ISSUER_TYPE: &[Choice] = &[
    choice("AzureAD", "Azure AD"),
    choice("ADFederationServices", "AD FS"),
    choice("AzureADBackupAuth", "Azure AD backup auth"),
    choice("ADFederationServicesMFAAdapter", "AD FS MFA adapter"),
    choice("NPSExtension", "NPS extension"),
];
/// Graph `incomingTokenType`.
pub const INCOMING_TOKEN_TYPE: &[Choice] = &[
    choice("none", "None"),
    choice("primaryRefreshToken", "Primary refresh token"),
    choice("saml11", "SAML 1.1"),
    choice("saml20", "SAML 2.0"),
    choice("refreshToken", "Refresh token"),
    choice("remoteDesktopToken", "Remote desktop token"),
];
/// Graph `authenticationProtocol`.
pub const AUTHENTICATION_PROTOCOL: &[Choice] = &[
    choice("none", "None"),
    choice("oAuth2", "OAuth 2.0"),
    choice("ropc", "ROPC"),
    choice("wsFederation", "WS-Federation"),
    choice("saml20", "SAML 2.0"),
    choice("deviceCode", "Device code"),
    choice("authenticationTransfer", "Authentication transfer"),
    choice("nativeAuth", "Native auth"),
    choice("clientCredentials", "Client credentials"),
    choice("refreshTokenGrant", "Refresh token grant"),
    choice("onBehalfOf", "On behalf of"),
    choice("kerberos", "Kerberos"),
];
/// Graph `originalTransferMethod`.
pub const ORIGINAL_TRANSFER_METHOD: &[Choice] = &[
    choice("none", "None"),
    choice("deviceCodeFlow", "Device code flow"),
    choice("authenticationTransfer", "Authentication transfer"),
];
/// Graph `clientCredentialType`.
pub const CLIENT_CREDENTIAL_TYPE: &[Choice] = &[
    choice("none", "None"),
    choice("clientSecret", "Client secret"),
    choice("clientAssertion", "Client assertion"),
    choice(
        "federatedIdentityCredential",
        "Federated identity credential",
    ),
    choice("managedIdentity", "Managed identity"),
    choice("certificate", "Certificate"),
];
/// Graph `signInTokenProtectionStatus` and `tokenProtectionStatusDetails/signInSessionStatus`.
pub const TOKEN_PROTECTION: &[Choice] = &[
    choice("none", "None"),
    choice("bound", "Bound"),
    choice("unbound", "Unbound"),
];
/// Graph `deviceDetail/trustType`.
pub const JOIN_TYPE: &[Choice] = &[
    choice("Azure AD registered", "Azure AD registered"),
    choice("Azure AD joined", "Azure AD joined"),
    choice("Hybrid Azure AD joined", "Hybrid Azure AD joined"),
];
/// Graph `riskState`.
pub const RISK_STATE: &[Choice] = &[
    choice("none", "None"),
    choice("confirmedSafe", "Confirmed safe"),
    choice("remediated", "Remediated"),
    choice("dismissed", "Dismissed"),
    choice("atRisk", "At risk"),
    choice("confirmedCompromised", "Confirmed compromised"),
];
/// Graph `riskLevelAggregated` and `riskLevelDuringSignIn`.
pub const RISK_LEVEL: &[Choice] = &[
    choice("none", "None"),
    choice("low", "Low"),
    choice("medium", "Medium"),
    choice("high", "High"),
    choice("hidden", "Hidden"),
];
/// Graph `signInIdentifierType`.
pub const SIGN_IN_IDENTIFIER_TYPE: &[Choice] = &[
    choice("userPrincipalName", "User principal name"),
    choice("phoneNumber", "Phone number"),
    choice("proxyAddress", "Proxy address"),
    choice("qrCode", "QR code"),
    choice(
        "onPremisesUserPrincipalName",
        "On-premises user principal name",
    ),
];
/// Graph `managedServiceIdentity/msiType`.
pub const MANAGED_IDENTITY_TYPE: &[Choice] = &[
    choice("none", "None"),
    choice("userAssigned", "User assigned"),
    choice("systemAssigned", "System assigned"),
];
/// Graph `agent/agentType`.
pub const AGENT_TYPE: &[Choice] = &[
    choice("notAgentic", "Not an agent"),
    choice("agenticApp", "Agentic app"),
    choice("agenticAppInstance", "Agentic app instance"),
    choice(
        "agentIdentityBlueprintPrincipal",
        "Agent identity blueprint principal",
    ),
    choice("agentIDuser", "Agent ID user"),
];

/// Letters and digits of a wording, in lower case: "Not Applied" and `notApplied` are the same word.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// The known word that `text` spells, as Graph writes it or as the portal shows it, in any letter
/// case and spacing.
pub fn canonical(choices: &'static [Choice], text: &str) -> Option<&'static str> {
    // Most sources write the word as Graph does, and folding costs.
    let as_it_came = choices.iter().find(|choice| choice.value == text);
    as_it_came
        .or_else(|| {
            choices.iter().find(|choice| {
                folded(choice.value).eq(folded(text)) || folded(choice.label).eq(folded(text))
            })
        })
        .map(|choice| choice.value)
}

/// The portal's label of a word; the word itself when it is not known.
pub fn label_of<'a>(choices: &'static [Choice], value: &'a str) -> &'a str {
    choices
        .iter()
        .find(|choice| choice.value.eq_ignore_ascii_case(value))
        .map_or(value, |choice| choice.label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portals_wording_is_read_back() {
        assert_eq!(
            canonical(CONDITIONAL_ACCESS, "Not Applied"),
            Some("notApplied")
        );
        assert_eq!(
            canonical(AUTHENTICATION_REQUIREMENT, "multifactor authentication"),
            Some("multiFactorAuthentication")
        );
        assert_eq!(canonical(TOKEN_ISSUER_TYPE, "Azure AD"), Some("AzureAD"));
        assert_eq!(canonical(STATUS, "Bogus"), None);
    }

    #[test]
    fn an_unknown_word_is_its_own_label() {
        assert_eq!(label_of(RISK_STATE, "atRisk"), "At risk");
        assert_eq!(label_of(RISK_STATE, "somethingNew"), "somethingNew");
    }
}
