//! What Conditional Access policies made of a sign-in.

use super::authentication::StepState;
use super::fields::Verbs;

/// The policies that were enforced, or those that were only reported on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    /// How many there are and what they did.
    pub summary: String,
    /// What one has to know about them.
    pub notes: Vec<&'static str>,
    /// The policies: those that decided first.
    pub policies: Vec<Policy>,
}

/// One policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its position in the record, which names it in the address.
    pub number: usize,
    /// Name.
    pub name: String,
    /// What can be done with it: the sign-ins where it applied, and the others.
    pub verbs: Verbs,
    /// Grant controls.
    pub grant: String,
    /// Session controls.
    pub session: String,
    /// What it came to.
    pub result: Verdict,
    /// Where its details are opened or, when they are open, closed.
    pub toggle: String,
    /// The details, when they are open.
    pub details: Option<PolicyDetails>,
}

/// A word with an icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The icon.
    pub state: StepState,
    /// The word.
    pub words: String,
}

/// The conditions and controls of one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDetails {
    /// Id of the policy.
    pub id: Option<String>,
    /// The policy in the admin center of Entra ID.
    pub admin_center: Option<String>,
    /// Where there are other sign-ins of it: words and address.
    pub sign_ins: Vec<(&'static str, String)>,
    /// Assignments and conditions, then controls.
    pub lines: Vec<PolicyLine>,
    /// What the record does not tell.
    pub notes: Vec<&'static str>,
}

/// A condition or a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLine {
    /// What is looked at.
    pub label: String,
    /// What this sign-in has there.
    pub value: String,
    /// What the policy says to that; with an icon where that decides.
    pub verdict: Verdict,
    /// Whether there is an icon.
    pub is_control: bool,
    /// Whether the record says nothing decisive, so that it is written in quiet ink.
    pub is_quiet: bool,
}
