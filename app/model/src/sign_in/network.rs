//! Networks a sign-in came through.

record! {
    /// A kind of network and the names it has (`networkLocationDetail`).
    pub struct NetworkLocationDetail {
        /// Kind of network.
        pub network_type: Option<NetworkType> = "networkType",
        /// Names of the named locations that hold the address.
        pub network_names: Vec<String> = "networkNames",
    }
}

record! {
    /// Private link used (`privateLinkDetails`).
    pub struct PrivateLinkDetails {
        /// Id of the policy.
        pub policy_id: Option<String> = "policyId",
        /// Name of the policy.
        pub policy_name: Option<String> = "policyName",
        /// Tenant of the policy.
        pub policy_tenant_id: Option<String> = "policyTenantId",
        /// Resource of the link (resource manager path).
        pub resource_id: Option<String> = "resourceId",
    }
}

open_enum! {
    /// Kind of network (`networkType`).
    pub enum NetworkType {
        Intranet: "intranet" => "Intranet",
        Extranet: "extranet" => "Extranet",
        NamedNetwork: "namedNetwork" => "Named network",
        Trusted: "trusted" => "Trusted",
        TrustedNamedLocation: "trustedNamedLocation" => "Trusted named location",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}
