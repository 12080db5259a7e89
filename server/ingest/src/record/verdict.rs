//! What the verdict on a sign-in comes to, which is stored with it.

use detect::verdict::{Case, gist};
use lake::CellValue;
use model::Tab;
use model::gist::Gist;
use model::list;
use model::sign_in::{
    AuthenticationRequirement, ConditionalAccessStatus, SignIn, SignInStatus, TokenIssuerType,
};

use super::lists;
use super::positions::AT;
use super::resolve::Reading;

/// What a step is called whose factor an earlier sign-in brought.
const EARLIER: &str = "previously satisfied";

impl Reading<'_> {
    /// Says what the verdict comes to. Whatever a file of columns says, it is worked out anew.
    pub(super) fn derive_verdict(&mut self, tab: Tab) {
        let cell = match self.gist(tab) {
            Some(gist) => CellValue::Text(gist.id()),
            None => CellValue::Empty,
        };
        self.put(AT.verdict, cell);
    }

    fn gist(&self, tab: Tab) -> Option<Gist> {
        let code = match self.cells.get(AT.error_code) {
            Some(CellValue::Integer(code)) => Some(*code),
            _ => return None,
        };
        let is_success = code == Some(0);
        match tab {
            Tab::ServicePrincipal | Tab::ManagedIdentity => return None,
            // Most sign-ins are tokens that renewed themselves.
            Tab::NonInteractive if is_success && !self.names_a_method() => return None,
            Tab::Interactive | Tab::NonInteractive => {}
        }
        let owned = |position: usize| self.text(position).map(str::to_owned);
        let sign_in = SignIn {
            app_id: owned(AT.application_id),
            status: Some(SignInStatus {
                error_code: code,
                failure_reason: owned(AT.failure_reason),
                additional_details: owned(AT.additional_details),
                ..SignInStatus::default()
            }),
            authentication_details: self.envelope.steps.map(lists::steps).unwrap_or_default(),
            authentication_requirement: self
                .text(AT.authentication_requirement)
                .map(AuthenticationRequirement::from),
            conditional_access_status: self
                .text(AT.conditional_access)
                .map(ConditionalAccessStatus::from),
            session_lifetime_policies: self
                .envelope
                .lifetimes
                .map(lists::lifetimes)
                .unwrap_or_default(),
            token_issuer_type: self.text(AT.token_issuer_type).map(TokenIssuerType::from),
            ..SignIn::default()
        };
        gist(&Case {
            sign_in: &sign_in,
            code,
            tab,
            sees_policies: true,
            after: None,
            is_early: false,
        })
    }

    /// Whether a step may have been done with a method. Steps in a form that columns are not made of may as well.
    fn names_a_method(&self) -> bool {
        let Some(methods) = self.text(AT.authentication_methods) else {
            return self.envelope.steps.is_some();
        };
        let mut methods = list::items(methods);
        methods.any(|method| !method.trim().is_empty() && !method.eq_ignore_ascii_case(EARLIER))
    }
}

#[cfg(test)]
mod tests {
    use model::Value;
    use serde_json::{Value as Json, json};

    use super::super::sign_in_of;
    use super::*;

    const CASES: [&str; 4] = [
        include_str!("../../../detect/tests/cases/failed.jsonl"),
        include_str!("../../../detect/tests/cases/interrupted.jsonl"),
        include_str!("../../../detect/tests/cases/succeeded.jsonl"),
        include_str!("../../../detect/tests/cases/background.jsonl"),
    ];

    /// What is stored is what the pane's verdict on the whole record comes to.
    #[test]
    fn what_is_stored_is_what_the_whole_record_comes_to() {
        let mut told = 0;
        for line in CASES.iter().flat_map(|text| text.lines()) {
            let case: Json = serde_json::from_str(line).expect("a case");
            let tab = case["tab"].as_str().and_then(Tab::parse);
            let tab = tab.unwrap_or(Tab::Interactive);
            let mut record = case["record"].clone();
            record["id"] = json!("a");
            record["createdDateTime"] = json!("2026-11-24T10:41:00Z");
            let (sign_in, values) = sign_in_of(&record.to_string(), tab).expect("readable");
            let code = sign_in.status.as_ref().and_then(|status| status.error_code);
            let expected = gist(&Case {
                sign_in: &sign_in,
                code,
                tab,
                sees_policies: true,
                after: None,
                is_early: false,
            });
            let stored = values.iter().find(|(column, _)| column.id == "verdict");
            let stored = match stored {
                Some((_, Value::Text(id))) => Some(Gist::of_id(id).expect("a known word")),
                _ => None,
            };
            assert_eq!(stored, expected, "{}", case["case"]);
            told += usize::from(stored.is_some());
        }
        assert!(told > 60, "{told}");
    }

    /// The stored verdict of a multifactor success with these steps, and that of the whole record.
    fn of_steps(tab: Tab, steps: &Json) -> (Option<String>, Option<&'static str>) {
        let record = json!({
            "id": "a", "createdDateTime": "2026-11-24T10:41:00Z", "status": { "errorCode": 0 },
            "authenticationRequirement": "multiFactorAuthentication", "authenticationDetails": steps,
        });
        let found = sign_in_of(&record.to_string(), tab);
        let (sign_in, values) = found.expect("readable");
        let stored = values.iter().find(|(column, _)| column.id == "verdict");
        let case = Case {
            sign_in: &sign_in,
            code: Some(0),
            tab,
            sees_policies: true,
            after: None,
            is_early: false,
        };
        let stored = stored.and_then(|(_, value)| value.as_text().map(str::to_owned));
        (stored, gist(&case).map(Gist::id))
    }

    #[test]
    fn lists_are_read_as_leniently_as_the_whole_record() {
        let step = json!({
            "authenticationMethod": "Text message", "authenticationStepRequirement": "Multifactor authentication",
            "authenticationStepResultDetail": "MFA completed in Azure AD", "succeeded": true,
        });
        for steps in [
            json!([step]),
            step.clone(),
            json!([null, step]),
            json!(json!([step]).to_string()),
            json!(json!(json!([step]).to_string()).to_string()),
        ] {
            let (stored, whole) = of_steps(Tab::Interactive, &steps);
            assert_eq!(stored.as_deref(), Some("prompt_no_session"), "{steps}");
            assert_eq!(stored.as_deref(), whole, "{steps}");
            let mut first = steps.to_string();
            for (second, of_first) in [
                ("Multifactor authentication", "Primary authentication"),
                ("MFA completed in Azure AD", "Correct password"),
                ("Text message", "Password"),
            ] {
                first = first.replace(second, of_first);
            }
            let first: Json = serde_json::from_str(&first).expect("JSON");
            let (stored, whole) = of_steps(Tab::NonInteractive, &first);
            assert_eq!(stored.as_deref(), Some("sent_by_program"), "{first}");
            assert_eq!(stored.as_deref(), whole, "{first}");
        }
    }
}
