//! Risk of a sign-in, as judged by Identity Protection.
//!
//! The numbers are those of the Graph metadata; note that `low` is 0 and `none` is 4, which is why
//! workload sign-ins without a judgement carry `low`.

open_enum! {
    /// How risky (`riskLevel`).
    pub enum RiskLevel {
        Low: "low" (0) => "Low",
        Medium: "medium" (1) => "Medium",
        High: "high" (2) => "High",
        /// The tenant has no licence to see it.
        Hidden: "hidden" (3) => "Hidden",
        None: "none" (4) => "None",
        UnknownFutureValue: "unknownFutureValue" (5) => "Unknown",
    }
}

open_enum! {
    /// Where the risk stands (`riskState`).
    pub enum RiskState {
        None: "none" (0) => "None",
        ConfirmedSafe: "confirmedSafe" (1) => "Confirmed safe",
        Remediated: "remediated" (2) => "Remediated",
        Dismissed: "dismissed" (3) => "Dismissed",
        AtRisk: "atRisk" (4) => "At risk",
        ConfirmedCompromised: "confirmedCompromised" (5) => "Confirmed compromised",
        UnknownFutureValue: "unknownFutureValue" (6) => "Unknown",
    }
}

open_enum! {
    /// Why the state is what it is (`riskDetail`, v1.0 and beta).
    pub enum RiskDetail {
        None: "none" (0) => "None",
        AdminGeneratedTemporaryPassword: "adminGeneratedTemporaryPassword" (1) => "Admin generated temporary password",
        UserPerformedSecuredPasswordChange: "userPerformedSecuredPasswordChange" (2) => "User performed secured password change",
        UserPerformedSecuredPasswordReset: "userPerformedSecuredPasswordReset" (3) => "User performed secured password reset",
        AdminConfirmedSigninSafe: "adminConfirmedSigninSafe" (4) => "Admin confirmed sign-in safe",
        AiConfirmedSigninSafe: "aiConfirmedSigninSafe" (5) => "AI confirmed sign-in safe",
        UserPassedMfa: "userPassedMFADrivenByRiskBasedPolicy" (6) => "User passed multifactor authentication",
        AdminDismissedAllRiskForUser: "adminDismissedAllRiskForUser" (7) => "Admin dismissed user risk",
        AdminConfirmedSigninCompromised: "adminConfirmedSigninCompromised" (8) => "Admin confirmed sign-in compromised",
        /// The tenant has no licence to see it.
        Hidden: "hidden" (9) => "Hidden",
        AdminConfirmedUserCompromised: "adminConfirmedUserCompromised" (10) => "Admin confirmed user compromised",
        UnknownFutureValue: "unknownFutureValue" (11) => "Unknown",
        M365DAdminDismissedDetection: "m365DAdminDismissedDetection" (12) => "Microsoft 365 Defender admin dismissed detection",
        AdminConfirmedServicePrincipalCompromised: "adminConfirmedServicePrincipalCompromised" (13) => "Admin confirmed service principal compromised",
        AdminDismissedAllRiskForServicePrincipal: "adminDismissedAllRiskForServicePrincipal" (14) => "Admin dismissed service principal risk",
        UserChangedPasswordOnPremises: "userChangedPasswordOnPremises" (15) => "User changed password on-premises",
        AdminDismissedRiskForSignIn: "adminDismissedRiskForSignIn" (16) => "Admin dismissed sign-in risk",
        AdminConfirmedAccountSafe: "adminConfirmedAccountSafe" (17) => "Admin confirmed account safe",
        MicrosoftRevokedSessions: "microsoftRevokedSessions" (18) => "Microsoft revoked sessions",
        AdminConfirmedAgentSafe: "adminConfirmedAgentSafe" => "Admin confirmed agent safe",
        AdminConfirmedAgentCompromised: "adminConfirmedAgentCompromised" => "Admin confirmed agent compromised",
        AdminDismissedRiskForAgent: "adminDismissedRiskForAgent" => "Admin dismissed agent risk",
    }
}

open_enum! {
    /// A detection: the legacy `riskEventType` list and the names used in `riskEventTypes_v2`.
    pub enum RiskEventType {
        UnlikelyTravel: "unlikelyTravel" => "Atypical travel",
        AnonymizedIpAddress: "anonymizedIPAddress" => "Anonymous IP address",
        MaliciousIpAddress: "maliciousIPAddress" => "Malicious IP address",
        UnfamiliarFeatures: "unfamiliarFeatures" => "Unfamiliar sign-in properties",
        MalwareInfectedIpAddress: "malwareInfectedIPAddress" => "Malware-linked IP address",
        SuspiciousIpAddress: "suspiciousIPAddress" => "Suspicious IP address",
        LeakedCredentials: "leakedCredentials" => "Leaked credentials",
        InvestigationsThreatIntelligence: "investigationsThreatIntelligence" => "Microsoft Entra threat intelligence",
        /// Stands for any detection that the licence does not show.
        Generic: "generic" => "Additional risk detected",
        AdminConfirmedUserCompromised: "adminConfirmedUserCompromised" => "Admin confirmed user compromised",
        McasImpossibleTravel: "mcasImpossibleTravel" => "Impossible travel",
        McasSuspiciousInboxManipulationRules: "mcasSuspiciousInboxManipulationRules" => "Suspicious inbox manipulation rules",
        InvestigationsThreatIntelligenceSigninLinked: "investigationsThreatIntelligenceSigninLinked" => "Microsoft Entra threat intelligence (sign-in)",
        MaliciousIpAddressValidCredentialsBlockedIp: "maliciousIPAddressValidCredentialsBlockedIP" => "Malicious IP address, valid credentials",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
        RiskyIpAddress: "riskyIPAddress" => "Activity from anonymous IP address",
        /// Another spelling of `anonymizedIPAddress`, used by some sources.
        AnonymousIpAddress: "anonymousIPAddress" => "Anonymous IP address",
        AnomalousToken: "anomalousToken" => "Anomalous token",
        McasFinSuspiciousFileAccess: "mcasFinSuspiciousFileAccess" => "Mass access to sensitive files",
        NewCountry: "newCountry" => "New country",
        PasswordSpray: "passwordSpray" => "Password spray",
        SuspiciousBrowser: "suspiciousBrowser" => "Suspicious browser",
        SuspiciousInboxForwarding: "suspiciousInboxForwarding" => "Suspicious inbox forwarding",
        TokenIssuerAnomaly: "tokenIssuerAnomaly" => "Token issuer anomaly",
        NationStateIp: "nationStateIP" => "Verified threat actor IP",
        ImpossibleTravel: "impossibleTravel" => "Impossible travel",
        AnomalousUserActivity: "anomalousUserActivity" => "Anomalous user activity",
        AttackerInTheMiddle: "attackerinTheMiddle" => "Attacker in the middle",
        AttemptedPrtAccess: "attemptedPrtAccess" => "Possible attempt to access Primary Refresh Token",
        SuspiciousApiTraffic: "suspiciousAPITraffic" => "Suspicious API traffic",
        SuspiciousSendingPatterns: "suspiciousSendingPatterns" => "Suspicious sending patterns",
        UserReportedSuspiciousActivity: "userReportedSuspiciousActivity" => "User reported suspicious activity",
        SuspiciousSignins: "suspiciousSignins" => "Suspicious sign-ins",
        AdminConfirmedServicePrincipalCompromised: "adminConfirmedServicePrincipalCompromised" => "Admin confirmed service principal compromised",
        AnomalousServicePrincipalActivity: "anomalousServicePrincipalActivity" => "Anomalous service principal activity",
        MaliciousApplication: "maliciousApplication" => "Malicious application",
        SuspiciousApplication: "suspiciousApplication" => "Suspicious application",
    }
}

impl RiskLevel {
    /// How bad, for sorting: none and hidden 0, low 1, medium 2, high 3; unknown values 0.
    pub fn severity(&self) -> u8 {
        match self {
            Self::Low => 1,
            Self::Medium => 2,
            Self::High => 3,
            Self::Hidden | Self::None | Self::UnknownFutureValue | Self::Other(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_not_in_order_of_severity() {
        assert_eq!(RiskLevel::from_number(0), RiskLevel::Low);
        assert_eq!(RiskLevel::from_number(4), RiskLevel::None);
        assert!(RiskLevel::Low.severity() > RiskLevel::None.severity());
        assert!(RiskLevel::High.severity() > RiskLevel::Medium.severity());
        assert_eq!(RiskLevel::from("extreme").severity(), 0);
    }
}
