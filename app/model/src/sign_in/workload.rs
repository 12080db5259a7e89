//! Identities of workloads: managed identities and agents.

record! {
    /// A managed identity (`managedIdentity`).
    pub struct ManagedIdentity {
        /// Kind of managed identity.
        pub msi_type: Option<MsiType> = "msiType",
        /// Azure resource that the identity belongs to (resource manager path).
        pub associated_resource_id: Option<String> = "associatedResourceId",
        /// Id of the federated token.
        pub federated_token_id: Option<String> = "federatedTokenId",
        /// Issuer of the federated token.
        pub federated_token_issuer: Option<String> = "federatedTokenIssuer",
    }
}

record! {
    /// An agent identity (`agentic.agentSignIn`).
    pub struct AgentSignIn {
        /// Kind of agent.
        pub agent_type: Option<AgentType> = "agentType",
        /// Application id of the agent's parent.
        pub parent_app_id: Option<String> = "parentAppId",
        /// Kind of subject the agent acted as.
        pub agent_subject_type: Option<AgentType> = "agentSubjectType",
        /// Id of that subject's parent.
        pub agent_subject_parent_id: Option<String> = "agentSubjectParentId",
    }
}

open_enum! {
    /// Kind of managed identity (`msiType`).
    pub enum MsiType {
        None: "none" => "None",
        UserAssigned: "userAssigned" => "User-assigned",
        SystemAssigned: "systemAssigned" => "System-assigned",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

open_enum! {
    /// Kind of agent (`agentType`).
    pub enum AgentType {
        NotAgentic: "notAgentic" => "Not an agent",
        AgenticApp: "agenticApp" => "Agent app",
        AgenticAppInstance: "agenticAppInstance" => "Agent app instance",
        AgentIdentityBlueprintPrincipal: "agentIdentityBlueprintPrincipal" => "Agent identity blueprint principal",
        AgentIdUser: "agentIDuser" => "Agent ID user",
        /// Used before 2026.
        AgenticAppBuilder: "agenticAppBuilder" => "Agent app builder",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
    }
}

impl AgentSignIn {
    /// Whether an agent took part: a kind is given and it is not `notAgentic`.
    pub fn is_agent(&self) -> bool {
        self.agent_type
            .as_ref()
            .is_some_and(|kind| *kind != AgentType::NotAgentic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_named_kind_of_agent_is_an_agent() {
        let agent = |kind: Option<&str>| AgentSignIn {
            agent_type: kind.map(AgentType::from),
            ..AgentSignIn::default()
        };
        assert!(!agent(None).is_agent());
        assert!(!agent(Some("NotAgentic")).is_agent());
        assert!(agent(Some("agenticApp")).is_agent());
        assert!(agent(Some("somethingNewer")).is_agent());
    }
}
