//! A sign-in as the kinds make it and the writers write it.

use crate::applications::Application;
use crate::devices::{Client, Device};
use crate::failures::Outcome;
use crate::guid::Guid;
use crate::people::Person;
use crate::places::Origin;
use crate::policies::{POLICY_COUNT, Verdict};
use crate::workloads::{Identity, Principal};

/// One step of authentication.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    /// After the start of the sign-in.
    pub delay_ms: i64,
    pub method: &'static str,
    pub method_detail: &'static str,
    pub succeeded: bool,
    pub result: &'static str,
    pub requirement: &'static str,
    /// Whether the cloud asked the person, which gives the step sequence numbers.
    pub is_challenge: bool,
}

/// At most three steps.
#[derive(Clone, Copy, Default)]
pub(crate) struct Steps {
    list: [Option<Step>; 3],
}

impl Steps {
    /// Adds a step; a fourth one is not kept.
    pub(crate) fn push(&mut self, step: Step) {
        if let Some(free) = self.list.iter_mut().find(|entry| entry.is_none()) {
            *free = Some(step);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Step> {
        self.list.iter().flatten()
    }
}

/// Risk as Identity Protection sees it.
#[derive(Clone, Copy)]
pub(crate) struct Risk {
    pub level_during: &'static str,
    pub level_aggregated: &'static str,
    pub state: &'static str,
    pub detail: &'static str,
    /// Empty, or the one detection.
    pub event: &'static str,
}

/// No risk.
pub(crate) const NO_RISK: Risk = Risk {
    level_during: "none",
    level_aggregated: "none",
    state: "none",
    detail: "none",
    event: "",
};

/// The parts that all sign-ins have.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    /// Event time in ticks of 100 ns since 1970.
    pub ticks: i64,
    /// Event time of the first attempt, the same as `ticks` outside episodes; fixes the session.
    pub started_ticks: i64,
    /// When the record left Azure Monitor.
    pub emitted_ticks: i64,
    pub id: Guid,
    pub correlation: Guid,
}

/// A sign-in of a person.
pub(crate) struct UserSignIn<'world> {
    pub head: Head,
    pub is_interactive: bool,
    pub person: &'world Person,
    pub session: Guid,
    pub device: Option<&'world Device>,
    pub operating_system: &'static str,
    pub client: &'static Client,
    pub client_app: &'static str,
    pub application: &'world Application,
    pub origin: Origin,
    pub outcome: &'static Outcome,
    /// What became of multifactor authentication; may be empty.
    pub additional_details: &'static str,
    pub steps: Steps,
    pub is_multifactor: bool,
    pub verdicts: Option<[Verdict; POLICY_COUNT]>,
    pub risk: Risk,
    pub incoming_token: &'static str,
    pub protocol: &'static str,
    pub transfer: &'static str,
    pub latency_ms: i64,
    pub is_continuous: bool,
    /// Text an attacker put in place of the user agent.
    pub hostile_user_agent: Option<&'static str>,
    /// Text somebody put in place of an application's name.
    pub hostile_application: Option<&'static str>,
}

impl UserSignIn<'_> {
    /// Whether the client cannot do modern authentication.
    pub(crate) fn is_legacy(&self) -> bool {
        !matches!(
            self.client_app,
            "Browser" | "Mobile Apps and Desktop clients"
        )
    }

    /// Whether the session is bound to the device: Windows with a primary refresh token.
    pub(crate) fn is_bound(&self) -> bool {
        self.incoming_token == "primaryRefreshToken" && self.operating_system.starts_with("Windows")
    }

    pub(crate) fn user_agent(&self) -> &'static str {
        self.hostile_user_agent.unwrap_or(self.client.user_agent)
    }

    pub(crate) fn application_name(&self) -> &'static str {
        self.hostile_application.unwrap_or(self.application.name)
    }
}

/// A sign-in of a service principal.
pub(crate) struct PrincipalSignIn<'world> {
    pub head: Head,
    pub principal: &'world Principal,
    pub origin: Origin,
    pub outcome: &'static Outcome,
    pub session: Guid,
}

/// A sign-in of a managed identity.
pub(crate) struct IdentitySignIn<'world> {
    pub head: Head,
    pub identity: &'world Identity,
    pub outcome: &'static Outcome,
}

/// A sign-in of any kind.
#[expect(
    clippy::large_enum_variant,
    reason = "each is made, written and dropped at once; a box would cost more"
)]
pub(crate) enum SignIn<'world> {
    User(UserSignIn<'world>),
    Principal(PrincipalSignIn<'world>),
    Identity(IdentitySignIn<'world>),
}
