//! Tokens and protocols of a sign-in.

record! {
    /// Whether the session's token is bound to the device (`tokenProtectionStatusDetails`).
    pub struct TokenProtectionStatusDetails {
        /// Bound or not.
        pub sign_in_session_status: Option<TokenProtectionStatus> = "signInSessionStatus",
        /// 0 when bound, otherwise the reason; see [`TokenProtectionStatusDetails::reason`].
        pub sign_in_session_status_code: Option<i64> = "signInSessionStatusCode",
    }
}

impl TokenProtectionStatusDetails {
    /// Why the token is not bound, in plain words, for the codes that Microsoft explains.
    pub fn reason(&self) -> Option<&'static str> {
        match self.sign_in_session_status_code? {
            1002 => Some("Device is not known to Entra"),
            1003 => Some("Device state does not meet the policy"),
            1005 => Some("Other reason"),
            1006 => Some("Operating system is not supported"),
            1008 => Some("Client does not use the broker"),
            _ => None,
        }
    }

    /// `Bound`, or `Unbound (statusCode: 1008)`, as the portal shows it.
    pub fn shown(&self) -> Option<String> {
        let status = self.sign_in_session_status.as_ref()?;
        Some(match self.sign_in_session_status_code {
            Some(code) if code != 0 => format!("{} (statusCode: {code})", status.label()),
            _ => status.label().into_owned(),
        })
    }
}

open_enum! {
    /// Whether a token is bound to a device (`tokenProtectionStatus`).
    pub enum TokenProtectionStatus {
        None: "none" => "None",
        Bound: "bound" => "Bound",
        Unbound: "unbound" => "Unbound",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

open_enum! {
    /// Token presented (`incomingTokenType`); several can be joined by commas.
    pub enum IncomingTokenType {
        None: "none" => "None",
        PrimaryRefreshToken: "primaryRefreshToken" => "Primary refresh token",
        Saml11: "saml11" => "SAML 1.1",
        Saml20: "saml20" => "SAML 2.0",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
        RemoteDesktopToken: "remoteDesktopToken" => "Remote desktop token",
        RefreshToken: "refreshToken" => "Refresh token",
    }
}

open_enum! {
    /// How a session came from another device (`originalTransferMethods`).
    pub enum OriginalTransferMethod {
        None: "none" (0) => "None",
        DeviceCodeFlow: "deviceCodeFlow" (1) => "Device code flow",
        AuthenticationTransfer: "authenticationTransfer" (2) => "Authentication transfer",
        UnknownFutureValue: "unknownFutureValue" (3) => "Unknown",
    }
}

open_enum! {
    /// Who issued the token (`tokenIssuerType`).
    pub enum TokenIssuerType {
        AzureAd: "AzureAD" => "Azure AD",
        AdFederationServices: "ADFederationServices" => "AD Federation Services",
        UnknownFutureValue: "UnknownFutureValue" => "Unknown",
        AzureAdBackupAuth: "AzureADBackupAuth" => "Azure AD Backup Auth",
        AdFederationServicesMfaAdapter: "ADFederationServicesMFAAdapter" => "AD Federation Services MFA adapter",
        NpsExtension: "NPSExtension" => "NPS extension",
    }
}

open_enum! {
    /// Protocol or grant type (`protocolType`, a flags type).
    pub enum AuthenticationProtocol: flags {
        None: "none" (0) => "None",
        OAuth2: "oAuth2" (1) => "OAuth 2.0",
        Ropc: "ropc" (2) => "Resource owner password",
        WsFederation: "wsFederation" (4) => "WS-Federation",
        Saml20: "saml20" (8) => "SAML 2.0",
        DeviceCode: "deviceCode" (16) => "Device code",
        UnknownFutureValue: "unknownFutureValue" (32) => "Unknown",
        AuthenticationTransfer: "authenticationTransfer" (64) => "Authentication transfer",
        NativeAuth: "nativeAuth" (128) => "Native authentication",
        ImplicitAccessTokenAndGetResponseMode: "implicitAccessTokenAndGetResponseMode" (256) => "Implicit access token, GET response",
        ImplicitIdTokenAndGetResponseMode: "implicitIdTokenAndGetResponseMode" (512) => "Implicit ID token, GET response",
        ImplicitAccessTokenAndPostResponseMode: "implicitAccessTokenAndPostResponseMode" (1024) => "Implicit access token, POST response",
        ImplicitIdTokenAndPostResponseMode: "implicitIdTokenAndPostResponseMode" (2048) => "Implicit ID token, POST response",
        AuthorizationCodeWithoutPkce: "authorizationCodeWithoutPkce" (4096) => "Authorization code without PKCE",
        AuthorizationCodeWithPkce: "authorizationCodeWithPkce" (8192) => "Authorization code with PKCE",
        ClientCredentials: "clientCredentials" (16384) => "Client credentials",
        RefreshTokenGrant: "refreshTokenGrant" (32768) => "Refresh token grant",
        EncryptedAuthorizeResponse: "encryptedAuthorizeResponse" (65536) => "Encrypted authorize response",
        DirectUserGrant: "directUserGrant" (131_072) => "Direct user grant",
        Kerberos: "kerberos" (262_144) => "Kerberos",
        PrtGrant: "prtGrant" (524_288) => "Primary refresh token grant",
        SeamlessSso: "seamlessSso" (1_048_576) => "Seamless SSO",
        PrtBrokerBased: "prtBrokerBased" (2_097_152) => "Primary refresh token by broker",
        PrtNonBrokerBased: "prtNonBrokerBased" (4_194_304) => "Primary refresh token without broker",
        OnBehalfOf: "onBehalfOf" (8_388_608) => "On behalf of",
        SamlOnBehalfOf: "samlOnBehalfOf" (16_777_216) => "SAML on behalf of",
        OfficeS2S: "officeS2S" (33_554_432) => "Office service to service",
        WsTrust: "wsTrust" (67_108_864) => "WS-Trust",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_protection_is_shown_with_its_code() {
        let details = |code| TokenProtectionStatusDetails {
            sign_in_session_status: Some(TokenProtectionStatus::from(if code == 0 {
                "bound"
            } else {
                "unbound"
            })),
            sign_in_session_status_code: Some(code),
            ..TokenProtectionStatusDetails::default()
        };
        assert_eq!(details(0).shown().as_deref(), Some("Bound"));
        assert_eq!(
            details(1008).shown().as_deref(),
            Some("Unbound (statusCode: 1008)")
        );
        assert_eq!(
            details(1008).reason(),
            Some("Client does not use the broker")
        );
        assert_eq!(details(4711).reason(), None);
        assert_eq!(TokenProtectionStatusDetails::default().shown(), None);
    }

    #[test]
    fn several_protocols_come_as_one_number() {
        let both = AuthenticationProtocol::from_number(1 + (1 << 26));
        assert_eq!(both.as_str(), "oAuth2,wsTrust");
        assert_eq!(both.label(), "OAuth 2.0, WS-Trust");
        let slip = AuthenticationProtocol::from("rpoc");
        assert_eq!(slip.label(), "rpoc");
    }

    #[test]
    fn several_incoming_tokens_are_labelled_one_by_one() {
        let tokens = IncomingTokenType::from("primaryRefreshToken,saml11");
        assert_eq!(tokens.label(), "Primary refresh token, SAML 1.1");
        assert_eq!(tokens.as_str(), "primaryRefreshToken,saml11");
        let label = IncomingTokenType::from_label("Primary Refresh Token");
        assert_eq!(label, IncomingTokenType::PrimaryRefreshToken);
    }
}
