//! Columns that are worked out of the lists of a record.

use super::lists;
use super::policies::PolicyReader;
use super::positions::AT;
use super::resolve::Reading;

impl Reading<'_> {
    /// Fills them in.
    pub(super) fn derive_lists(&mut self, policies: &mut PolicyReader) {
        if let Some(policies_text) = self.envelope.policies {
            let policies = policies.read(policies_text);
            if self.text(AT.conditional_access) == Some("failure") {
                self.put(AT.deciding_policy, policies.deciding(self.memory));
            }
            self.put(AT.applied_policies, policies.applied(self.memory));
            self.put(AT.policy_results, policies.results(self.memory));
        }
        if let Some(steps) = self.envelope.steps {
            self.put(
                AT.authentication_methods,
                lists::methods(steps, self.memory),
            );
        }
        if let Some(networks) = self.envelope.networks {
            self.put(
                AT.network_names,
                lists::network_names(networks, self.memory),
            );
        }
        if let Some(details) = self.envelope.processing {
            self.put(
                AT.continuous_access,
                lists::continuous_access(details, self.memory),
            );
        }
    }
}
