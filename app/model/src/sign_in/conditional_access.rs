//! What Conditional Access looked at, asked for and decided.

use super::conditions::ConditionalAccessConditions;

record! {
    /// A policy that was looked at (`appliedConditionalAccessPolicy`), applied or not.
    pub struct AppliedConditionalAccessPolicy {
        /// Id of the policy.
        pub id: Option<String> = "id",
        /// Name of the policy.
        pub display_name: Option<String> = "displayName",
        /// What came out.
        pub result: Option<PolicyResult> = "result",
        /// Grant controls, such as `Mfa`, `Block` or the name of terms of use.
        pub enforced_grant_controls: Vec<String> = "enforcedGrantControls",
        /// Session controls, such as `SignInFrequency`.
        pub enforced_session_controls: Vec<String> = "enforcedSessionControls",
        /// Session controls that were not met (beta).
        pub session_controls_not_satisfied: Vec<String> = "sessionControlsNotSatisfied",
        /// Conditions that matched (beta).
        pub conditions_satisfied: Option<ConditionalAccessConditions> = "conditionsSatisfied",
        /// Conditions that did not match (beta).
        pub conditions_not_satisfied: Option<ConditionalAccessConditions> = "conditionsNotSatisfied",
        /// Inclusions that matched (beta).
        pub include_rules_satisfied: Vec<ConditionalAccessRuleSatisfied> = "includeRulesSatisfied",
        /// Exclusions that matched (beta).
        pub exclude_rules_satisfied: Vec<ConditionalAccessRuleSatisfied> = "excludeRulesSatisfied",
        /// Authentication strength asked for (beta).
        pub authentication_strength: Option<AuthenticationStrength> = "authenticationStrength",
    }
}

record! {
    /// A rule of a policy that matched (`conditionalAccessRuleSatisfied`).
    pub struct ConditionalAccessRuleSatisfied {
        /// Condition that the rule belongs to.
        pub conditional_access_condition: Option<ConditionalAccessConditions> = "conditionalAccessCondition",
        /// The rule.
        pub rule_satisfied: Option<ConditionalAccessRule> = "ruleSatisfied",
    }
}

record! {
    /// An authentication strength and whether it was met (`authenticationStrength`).
    pub struct AuthenticationStrength {
        /// Id of the strength.
        pub authentication_strength_id: Option<String> = "authenticationStrengthId",
        /// Name of the strength.
        pub display_name: Option<String> = "displayName",
        /// What came out.
        pub authentication_strength_result: Option<AuthenticationStrengthResult> = "authenticationStrengthResult",
    }
}

record! {
    /// A resource that Conditional Access looked at. Graph declares plain application ids;
    /// diagnostic records also write objects.
    pub struct ConditionalAccessAudience {
        /// Application id of the resource.
        pub application_id: Option<String> = "applicationId",
        /// Why it was looked at.
        pub audience_reasons: Option<String> = "audienceReasons",
    }
    with {
        fn from_text(text: &str) -> Option<Self> {
            Some(Self { application_id: Some(text.to_owned()), ..Self::default() })
        }
    }
}

record! {
    /// An authentication context asked for (`authenticationContext`).
    pub struct AuthenticationContext {
        /// Id, `c1` to `c99`.
        pub id: Option<String> = "id",
        /// Whether it had to be met now.
        pub detail: Option<AuthenticationContextDetail> = "detail",
    }
}

open_enum! {
    /// What Conditional Access decided over all policies (`conditionalAccessStatus`).
    pub enum ConditionalAccessStatus {
        Success: "success" (0) => "Success",
        Failure: "failure" (1) => "Failure",
        NotApplied: "notApplied" (2) => "Not applied",
        UnknownFutureValue: "unknownFutureValue" (3) => "Unknown",
    }
}

open_enum! {
    /// What one policy came to (`appliedConditionalAccessPolicyResult`).
    pub enum PolicyResult {
        Success: "success" (0) => "Success",
        Failure: "failure" (1) => "Failure",
        NotApplied: "notApplied" (2) => "Not applied",
        NotEnabled: "notEnabled" (3) => "Disabled",
        Unknown: "unknown" (4) => "Unknown",
        UnknownFutureValue: "unknownFutureValue" (5) => "Unknown (newer value)",
        ReportOnlySuccess: "reportOnlySuccess" (6) => "Report-only: Success",
        ReportOnlyFailure: "reportOnlyFailure" (7) => "Report-only: Failure",
        ReportOnlyNotApplied: "reportOnlyNotApplied" (8) => "Report-only: Not applied",
        ReportOnlyInterrupted: "reportOnlyInterrupted" (9) => "Report-only: User action required",
    }
}

open_enum! {
    /// A rule of a policy (`conditionalAccessRule`).
    pub enum ConditionalAccessRule {
        AllApps: "allApps" (0) => "All apps",
        FirstPartyApps: "firstPartyApps" (1) => "Microsoft apps",
        Office365: "office365" (2) => "Office 365",
        AppId: "appId" (3) => "This app",
        Acr: "acr" (4) => "Authentication context",
        AppFilter: "appFilter" (5) => "App filter",
        AllUsers: "allUsers" (6) => "All users",
        Guest: "guest" (7) => "Guest",
        GroupId: "groupId" (8) => "Group",
        RoleId: "roleId" (9) => "Role",
        UserId: "userId" (10) => "This user",
        AllDevicePlatforms: "allDevicePlatforms" (11) => "All device platforms",
        DevicePlatform: "devicePlatform" (12) => "Device platform",
        AllLocations: "allLocations" (13) => "All locations",
        InsideCorpnet: "insideCorpnet" (14) => "Inside the corporate network",
        AllTrustedLocations: "allTrustedLocations" (15) => "All trusted locations",
        LocationId: "locationId" (16) => "Named location",
        AllDevices: "allDevices" (17) => "All devices",
        DeviceFilter: "deviceFilter" (18) => "Device filter",
        DeviceState: "deviceState" (19) => "Device state",
        UnknownFutureValue: "unknownFutureValue" (20) => "Unknown",
        DeviceFilterIncludeRuleNotMatched: "deviceFilterIncludeRuleNotMatched" (21) => "Device filter not matched",
        AllDeviceStates: "allDeviceStates" (22) => "All device states",
        AnonymizedIpAddress: "anonymizedIPAddress" (23) => "Anonymous IP address",
        UnfamiliarFeatures: "unfamiliarFeatures" (24) => "Unfamiliar sign-in properties",
        NationStateIpAddress: "nationStateIPAddress" (25) => "Threat actor IP address",
        RealTimeThreatIntelligence: "realTimeThreatIntelligence" (26) => "Real-time threat intelligence",
        InternalGuest: "internalGuest" (27) => "Internal guest",
        B2bCollaborationGuest: "b2bCollaborationGuest" (28) => "B2B collaboration guest",
        B2bCollaborationMember: "b2bCollaborationMember" (29) => "B2B collaboration member",
        B2bDirectConnectUser: "b2bDirectConnectUser" (30) => "B2B direct connect user",
        OtherExternalUser: "otherExternalUser" (31) => "Other external user",
        ServiceProvider: "serviceProvider" (32) => "Service provider",
        MicrosoftAdminPortals: "microsoftAdminPortals" (33) => "Microsoft admin portals",
        DeviceCodeFlow: "deviceCodeFlow" (34) => "Device code flow",
        /// The documentation also spells it `accountTransfer`.
        AuthenticationTransfer: "authenticationTransfer" (35) => "Authentication transfer",
        InsiderRisk: "insiderRisk" (36) => "Insider risk",
    }
}

open_enum! {
    /// Whether an authentication strength was met (`authenticationStrengthResult`).
    pub enum AuthenticationStrengthResult {
        NotSet: "notSet" => "Not set",
        SkippedForProofUp: "skippedForProofUp" => "Skipped for registration",
        Satisfied: "satisfied" => "Satisfied",
        SingleChallengeRequired: "singleChallengeRequired" => "One more method required",
        MultipleChallengesRequired: "multipleChallengesRequired" => "Several methods required",
        SingleRegistrationRequired: "singleRegistrationRequired" => "One registration required",
        MultipleRegistrationsRequired: "multipleRegistrationsRequired" => "Several registrations required",
        CannotSatisfyDueToCombinationConfiguration: "cannotSatisfyDueToCombinationConfiguration" => "Cannot be satisfied by the allowed combinations",
        CannotSatisfy: "cannotSatisfy" => "Cannot be satisfied",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

open_enum! {
    /// Whether an authentication context had to be met (`authenticationContextDetail`).
    pub enum AuthenticationContextDetail {
        Required: "required" => "Required",
        PreviouslySatisfied: "previouslySatisfied" => "Previously satisfied",
        NotApplicable: "notApplicable" => "Not applicable",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

impl PolicyResult {
    /// Whether the policy applied to the sign-in, be it only to be reported on.
    pub fn has_applied(&self) -> bool {
        self.is_report_only() && *self != Self::ReportOnlyNotApplied
            || matches!(self, Self::Success | Self::Failure)
    }

    /// Whether the policy was only reported on, not enforced.
    pub fn is_report_only(&self) -> bool {
        matches!(
            self,
            Self::ReportOnlySuccess
                | Self::ReportOnlyFailure
                | Self::ReportOnlyNotApplied
                | Self::ReportOnlyInterrupted
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_and_result_numbers_follow_the_schema() {
        for (position, rule) in ConditionalAccessRule::KNOWN.iter().enumerate() {
            let number = i64::try_from(position).unwrap();
            assert_eq!(&ConditionalAccessRule::from_number(number), rule);
        }
        assert_eq!(ConditionalAccessRule::KNOWN.len(), 37);
        assert_eq!(
            PolicyResult::from_number(9),
            PolicyResult::ReportOnlyInterrupted
        );
    }

    #[test]
    fn report_only_is_told_by_the_result() {
        let report_only = PolicyResult::KNOWN
            .iter()
            .filter(|result| result.is_report_only());
        assert_eq!(report_only.count(), 4);
        assert!(!PolicyResult::from("reportOnlySomethingNew").is_report_only());
        assert!(PolicyResult::ReportOnlyFailure.has_applied());
        assert!(!PolicyResult::NotApplied.has_applied());
    }
}
