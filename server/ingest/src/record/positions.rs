//! Where columns that the code treats by name stand among the recorded ones.

use std::sync::LazyLock;

use super::names::NAMES;

/// Positions of these columns among the recorded ones.
pub(super) struct Positions {
    pub date: usize,
    pub request_id: usize,
    pub correlation_id: usize,
    pub user: usize,
    pub username: usize,
    pub user_id: usize,
    pub service_principal_name: usize,
    pub service_principal_id: usize,
    pub managed_identity_type: usize,
    pub is_interactive: usize,
    pub ip_address: usize,
    pub error_code: usize,
    pub failure_reason: usize,
    pub status: usize,
    pub location: usize,
    pub city: usize,
    pub state: usize,
    pub country: usize,
    pub deciding_policy: usize,
    pub applied_policies: usize,
    pub policy_results: usize,
    pub authentication_methods: usize,
    pub network_names: usize,
    pub tenant_id: usize,
    pub conditional_access: usize,
    pub continuous_access: usize,
    pub agent_type: usize,
    pub is_agent: usize,
    pub additional_details: usize,
    pub token_issuer_type: usize,
    pub still_settling: usize,
    pub verdict: usize,
    pub application_id: usize,
    pub authentication_requirement: usize,
}

/// The positions.
pub(super) static AT: LazyLock<Positions> = LazyLock::new(|| {
    // An id that the table lacks would be read past the end and stay empty; a test names them all.
    let at = |id| NAMES.position(id).unwrap_or(usize::MAX);
    Positions {
        date: at("date"),
        request_id: at("request_id"),
        correlation_id: at("correlation_id"),
        user: at("user"),
        username: at("username"),
        user_id: at("user_id"),
        service_principal_name: at("service_principal_name"),
        service_principal_id: at("service_principal_id"),
        managed_identity_type: at("managed_identity_type"),
        is_interactive: at("is_interactive"),
        ip_address: at("ip_address"),
        error_code: at("error_code"),
        failure_reason: at("failure_reason"),
        status: at("status"),
        location: at("location"),
        city: at("city"),
        state: at("state"),
        country: at("country"),
        deciding_policy: at("deciding_policy"),
        applied_policies: at("conditional_access_policies"),
        policy_results: at("conditional_access_results"),
        authentication_methods: at("authentication_methods"),
        network_names: at("network_names"),
        tenant_id: at("tenant_id"),
        conditional_access: at("conditional_access"),
        continuous_access: at("continuous_access_evaluation"),
        agent_type: at("agent_type"),
        is_agent: at("is_agent"),
        additional_details: at("additional_details"),
        token_issuer_type: at("token_issuer_type"),
        still_settling: at("still_settling"),
        verdict: at("verdict"),
        application_id: at("application_id"),
        authentication_requirement: at("authentication_requirement"),
    }
});
