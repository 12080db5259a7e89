//! Who signed in and with what: kinds of users, identifiers and credentials.

open_enum! {
    /// Member or guest (`signInUserType`).
    pub enum UserType {
        Member: "member" (0) => "Member",
        Guest: "guest" (1) => "Guest",
        UnknownFutureValue: "unknownFutureValue" (3) => "Unknown",
    }
}

open_enum! {
    /// What the person typed (`signInIdentifierType`).
    pub enum SignInIdentifierType {
        UserPrincipalName: "userPrincipalName" => "User principal name",
        PhoneNumber: "phoneNumber" => "Phone number",
        ProxyAddress: "proxyAddress" => "Proxy address",
        QrCode: "qrCode" => "QR code",
        OnPremisesUserPrincipalName: "onPremisesUserPrincipalName" => "On-premises user principal name",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

open_enum! {
    /// How a user crossed from another tenant (`signInAccessType`, a flags type).
    pub enum CrossTenantAccessType: flags {
        None: "none" (0) => "None",
        B2bCollaboration: "b2bCollaboration" (1) => "B2B collaboration",
        B2bDirectConnect: "b2bDirectConnect" (2) => "B2B direct connect",
        MicrosoftSupport: "microsoftSupport" (4) => "Microsoft support",
        ServiceProvider: "serviceProvider" (8) => "Service provider",
        UnknownFutureValue: "unknownFutureValue" (16) => "Unknown",
        Passthrough: "passthrough" (32) => "Passthrough",
    }
}

open_enum! {
    /// What the client proved itself with (`clientCredentialType`).
    pub enum ClientCredentialType {
        None: "none" => "None",
        ClientSecret: "clientSecret" => "Client secret",
        ClientAssertion: "clientAssertion" => "Client assertion",
        FederatedIdentityCredential: "federatedIdentityCredential" => "Federated identity credential",
        ManagedIdentity: "managedIdentity" => "Managed identity",
        Certificate: "certificate" => "Certificate",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

open_enum! {
    /// Kind of sign-in (`signInEventTypes`); one per tab of the portal.
    pub enum SignInEventType {
        InteractiveUser: "interactiveUser" => "User sign-in (interactive)",
        NonInteractiveUser: "nonInteractiveUser" => "User sign-in (non-interactive)",
        ServicePrincipal: "servicePrincipal" => "Service principal sign-in",
        ManagedIdentity: "managedIdentity" => "Managed identity sign-in",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}
