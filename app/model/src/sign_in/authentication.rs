//! The steps of the authentication and the Authenticator app used.

record! {
    /// One step (`authenticationDetail`). The texts are free and differ by source and age.
    pub struct AuthenticationDetail {
        /// When the step happened, as written by the source.
        pub authentication_step_date_time: Option<String> = "authenticationStepDateTime",
        /// Method, such as `Password` or `Previously satisfied`.
        pub authentication_method: Option<String> = "authenticationMethod",
        /// Detail of the method, such as `Password Hash Sync` or a device name.
        pub authentication_method_detail: Option<String> = "authenticationMethodDetail",
        /// Whether the step succeeded.
        pub succeeded: Option<bool> = "succeeded",
        /// What came out, such as `MFA denied; user declined the authentication`.
        pub authentication_step_result_detail: Option<String> = "authenticationStepResultDetail",
        /// Which requirement the step served, such as `Primary authentication`.
        pub authentication_step_requirement: Option<String> = "authenticationStepRequirement",
        /// Order of status updates, milliseconds since 1970 for cloud MFA (diagnostic records only).
        pub status_sequence: Option<i64> = "StatusSequence",
        /// Order of requests, above 0 when the person took part (diagnostic records only).
        pub request_sequence: Option<i64> = "RequestSequence",
    }
}

record! {
    /// Second factor used (`mfaDetail`).
    pub struct MfaDetail {
        /// Method, such as `Mobile app notification`.
        pub auth_method: Option<String> = "authMethod",
        /// Detail, such as a masked telephone number.
        pub auth_detail: Option<String> = "authDetail",
    }
}

record! {
    /// Device and version of the Authenticator app (`authenticationAppDeviceDetails`).
    pub struct AuthenticationAppDeviceDetails {
        /// Id of the app's device.
        pub device_id: Option<String> = "deviceId",
        /// Operating system of that device.
        pub operating_system: Option<String> = "operatingSystem",
        /// Name of the app.
        pub client_app: Option<String> = "clientApp",
        /// Version of the app.
        pub app_version: Option<String> = "appVersion",
    }
}

record! {
    /// An Authenticator policy and its result (`authenticationAppPolicyDetails`).
    pub struct AuthenticationAppPolicyDetails {
        /// Name of the policy.
        pub policy_name: Option<String> = "policyName",
        /// Whether an admin turned it on.
        pub admin_configuration: Option<AppAdminConfiguration> = "adminConfiguration",
        /// Whether it was met.
        pub authentication_evaluation: Option<AppAuthenticationEvaluation> = "authenticationEvaluation",
        /// What the app reported.
        pub status: Option<AppPolicyStatus> = "status",
    }
}

open_enum! {
    /// Whether an admin turned a policy on (`authenticationAppAdminConfiguration`).
    pub enum AppAdminConfiguration {
        NotApplicable: "notApplicable" => "Not applicable",
        Enabled: "enabled" => "Enabled",
        Disabled: "disabled" => "Disabled",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

open_enum! {
    /// Whether an Authenticator policy was met (`authenticationAppEvaluation`).
    pub enum AppAuthenticationEvaluation {
        Success: "success" => "Success",
        Failure: "failure" => "Failure",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

open_enum! {
    /// What the app reported on a policy (`authenticationAppPolicyStatus`).
    pub enum AppPolicyStatus {
        Unknown: "unknown" => "Unknown",
        AppLockOutOfDate: "appLockOutOfDate" => "App lock: app out of date",
        AppLockEnabled: "appLockEnabled" => "App lock: on",
        AppLockDisabled: "appLockDisabled" => "App lock: off",
        AppContextOutOfDate: "appContextOutOfDate" => "App name: app out of date",
        AppContextShown: "appContextShown" => "App name: shown",
        AppContextNotShown: "appContextNotShown" => "App name: not shown",
        LocationContextOutOfDate: "locationContextOutOfDate" => "Location: app out of date",
        LocationContextShown: "locationContextShown" => "Location: shown",
        LocationContextNotShown: "locationContextNotShown" => "Location: not shown",
        NumberMatchOutOfDate: "numberMatchOutOfDate" => "Number matching: app out of date",
        NumberMatchCorrectNumberEntered: "numberMatchCorrectNumberEntered" => "Number matching: correct number",
        NumberMatchIncorrectNumberEntered: "numberMatchIncorrectNumberEntered" => "Number matching: incorrect number",
        NumberMatchDeny: "numberMatchDeny" => "Number matching: denied",
        TamperResistantHardwareOutOfDate: "tamperResistantHardwareOutOfDate" => "Secure hardware: app out of date",
        TamperResistantHardwareUsed: "tamperResistantHardwareUsed" => "Secure hardware: used",
        TamperResistantHardwareNotUsed: "tamperResistantHardwareNotUsed" => "Secure hardware: not used",
        UnknownFutureValue: "unknownFutureValue" => "Unknown (newer value)",
    }
}
