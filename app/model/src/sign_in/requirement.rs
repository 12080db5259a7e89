//! What a sign-in had to prove, and which policies said so.

record! {
    /// A policy that asked for authentication (`authenticationRequirementPolicy`).
    pub struct AuthenticationRequirementPolicy {
        /// Kind of policy.
        pub requirement_provider: Option<RequirementProvider> = "requirementProvider",
        /// Text for people, such as `Conditional Access`.
        pub detail: Option<String> = "detail",
    }
}

record! {
    /// A policy that ended or shortened the session (`sessionLifetimePolicy`).
    pub struct SessionLifetimePolicy {
        /// Kind of policy.
        pub expiration_requirement: Option<ExpirationRequirement> = "expirationRequirement",
        /// Text for people, such as `Remember MFA`.
        pub detail: Option<String> = "detail",
    }
}

open_enum! {
    /// What was asked for or reached (`authenticationRequirement`, free text in the schema).
    pub enum AuthenticationRequirement {
        SingleFactor: "singleFactorAuthentication" => "Single-factor authentication",
        Multifactor: "multiFactorAuthentication" => "Multifactor authentication",
    }
}

open_enum! {
    /// Kind of policy that asks for authentication (`requirementProvider`).
    pub enum RequirementProvider {
        User: "user" (0) => "Per-user MFA",
        Request: "request" (1) => "Request",
        ServicePrincipal: "servicePrincipal" (2) => "Service principal",
        V1ConditionalAccess: "v1ConditionalAccess" (3) => "Conditional Access (classic)",
        MultiConditionalAccess: "multiConditionalAccess" (4) => "Conditional Access",
        TenantSessionRiskPolicy: "tenantSessionRiskPolicy" (5) => "Sign-in risk policy",
        AccountCompromisePolicies: "accountCompromisePolicies" (6) => "User risk policy",
        V1ConditionalAccessDependency: "v1ConditionalAccessDependency" (7) => "Conditional Access (classic) dependency",
        V1ConditionalAccessPolicyIdRequested: "v1ConditionalAccessPolicyIdRequested" (8) => "Conditional Access (classic) policy asked for",
        MfaRegistrationRequiredByIdentityProtectionPolicy: "mfaRegistrationRequiredByIdentityProtectionPolicy" (9) => "MFA registration by Identity Protection",
        BaselineProtection: "baselineProtection" (10) => "Baseline protection",
        MfaRegistrationRequiredByBaselineProtection: "mfaRegistrationRequiredByBaselineProtection" (11) => "MFA registration by baseline protection",
        MfaRegistrationRequiredByMultiConditionalAccess: "mfaRegistrationRequiredByMultiConditionalAccess" (12) => "MFA registration by Conditional Access",
        EnforcedForCspAdmins: "enforcedForCspAdmins" (13) => "Enforced for partner admins",
        SecurityDefaults: "securityDefaults" (14) => "Security defaults",
        MfaRegistrationRequiredBySecurityDefaults: "mfaRegistrationRequiredBySecurityDefaults" (15) => "MFA registration by security defaults",
        ProofUpCodeRequest: "proofUpCodeRequest" (16) => "Security info code",
        CrossTenantOutboundRule: "crossTenantOutboundRule" (17) => "Cross-tenant outbound rule",
        GpsLocationCondition: "gpsLocationCondition" (18) => "GPS location condition",
        RiskBasedPolicy: "riskBasedPolicy" (19) => "Risk-based policy",
        UnknownFutureValue: "unknownFutureValue" (20) => "Unknown",
        ScopeBasedAuthRequirementPolicy: "scopeBasedAuthRequirementPolicy" (21) => "Scope-based requirement",
        AuthenticationStrengths: "authenticationStrengths" (22) => "Authentication strength",
    }
}

open_enum! {
    /// Why a session ends (`expirationRequirement`).
    pub enum ExpirationRequirement {
        RememberMultifactorAuthenticationOnTrustedDevices: "rememberMultifactorAuthenticationOnTrustedDevices" => "Remember MFA on trusted devices",
        TenantTokenLifetimePolicy: "tenantTokenLifetimePolicy" => "Tenant token lifetime",
        AudienceTokenLifetimePolicy: "audienceTokenLifetimePolicy" => "Resource token lifetime",
        SignInFrequencyPeriodicReauthentication: "signInFrequencyPeriodicReauthentication" => "Sign-in frequency (periodic)",
        NgcMfa: "ngcMfa" => "Recent MFA for key sign-in",
        SignInFrequencyEveryTime: "signInFrequencyEveryTime" => "Sign-in frequency (every time)",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_provider_numbers_follow_the_schema() {
        for (position, provider) in RequirementProvider::KNOWN.iter().enumerate() {
            let number = i64::try_from(position).unwrap();
            assert_eq!(&RequirementProvider::from_number(number), provider);
        }
        assert_eq!(RequirementProvider::KNOWN.len(), 23);
    }

    #[test]
    fn the_wording_of_downloads_is_read() {
        let read = AuthenticationRequirement::from_label("Multifactor authentication");
        assert_eq!(read, AuthenticationRequirement::Multifactor);
    }
}
