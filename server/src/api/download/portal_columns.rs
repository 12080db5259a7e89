//! The columns of the portal's CSV downloads: names, order and wording as the portal has them.

use std::fmt::Write;

use model::column::{ValueType, choices};
use model::{Column, Tab};

use super::block::{Cell, Field};

/// A column of such a file.
pub struct PortalColumn {
    /// Its name, blanks and all.
    pub header: &'static str,
    /// The columns that it is made of.
    pub ids: &'static [&'static str],
    form: Form,
}

/// How the portal words a cell.
#[derive(Clone, Copy)]
enum Form {
    /// As it is.
    Plain,
    /// With the label of a choice.
    Label,
    /// With a capital letter for each word.
    Title,
    /// Yes or No.
    YesNo,
    /// A number of milliseconds.
    Milliseconds,
    /// A result code, blank for a success.
    Code,
    /// City, state and country.
    Place,
}

const fn column(header: &'static str, ids: &'static [&'static str], form: Form) -> PortalColumn {
    PortalColumn { header, ids, form }
}

use Form::{Code, Label, Milliseconds, Place, Plain, Title, YesNo};

/// Of people's sign-ins, interactive or not.
#[rustfmt::skip]
const USERS: &[PortalColumn] = &[
    column("Date (UTC)", &["date"], Plain),
    column("Request ID", &["request_id"], Plain),
    column("User agent", &["user_agent"], Plain),
    column("Correlation ID", &["correlation_id"], Plain),
    column("User ID", &["user_id"], Plain),
    column("User", &["user"], Plain),
    column("Username", &["username"], Plain),
    column("User type", &["user_type"], Label),
    column("Cross tenant access type", &["cross_tenant_access_type"], Plain),
    column("Incoming token type", &["incoming_token_type"], Plain),
    column("Authentication Protocol", &["authentication_protocol"], Plain),
    column("Unique token identifier", &["unique_token_identifier"], Plain),
    column("Original transfer method", &["original_transfer_method"], Plain),
    column("Client credential type", &["client_credential_type"], Plain),
    column("Token Protection - Sign In Session", &["token_protection"], Plain),
    column("Token Protection - Sign In Session StatusCode", &["token_protection_code"], Plain),
    column("Application", &["application"], Plain),
    column("Application ID ", &["application_id"], Plain),
    column("App owner tenant ID", &["app_owner_tenant_id"], Plain),
    column("Resource", &["resource"], Plain),
    column("Resource ID ", &["resource_id"], Plain),
    column("Resource tenant ID", &["resource_tenant_id"], Plain),
    column("Resource owner tenant ID", &["resource_owner_tenant_id"], Plain),
    column("Home tenant ID", &["home_tenant_id"], Plain),
    column("Home tenant name", &["home_tenant_name"], Plain),
    column("IP address", &["ip_address"], Plain),
    column("Location", &["city", "state", "country"], Place),
    column("Status", &["status"], Label),
    column("Sign-in error code", &["error_code", "status"], Code),
    column("Failure reason", &["failure_reason"], Plain),
    column("Client app", &["client_app"], Label),
    column("Device ID", &["device_id"], Plain),
    column("Browser", &["browser"], Plain),
    column("Operating System", &["operating_system"], Plain),
    column("Compliant", &["compliant"], YesNo),
    column("Managed", &["managed"], YesNo),
    column("Join Type", &["join_type"], Label),
    column("Multifactor authentication result", &["additional_details"], Plain),
    column("Multifactor authentication auth method", &["mfa_auth_method"], Plain),
    column("Multifactor authentication auth detail", &["mfa_auth_detail"], Plain),
    column("Authentication requirement", &["authentication_requirement"], Label),
    column("Sign-in identifier", &["sign_in_identifier"], Plain),
    column("Session ID", &["session_id"], Plain),
    column("IP address (seen by resource)", &["ip_address_from_resource"], Plain),
    column("Through Global Secure Access", &["through_global_secure_access"], YesNo),
    column("Global Secure Access IP address", &["global_secure_access_ip_address"], Plain),
    column("Autonomous system  number", &["autonomous_system_number"], Plain),
    column("Flagged for review", &["flagged_for_review"], YesNo),
    column("Token issuer type", &["token_issuer_type"], Label),
    column("Incoming token type", &["incoming_token_type"], Label),
    column("Token issuer name", &["token_issuer_name"], Plain),
    column("Latency", &["latency_ms"], Milliseconds),
    column("Conditional Access", &["conditional_access"], Title),
    column("Managed Identity type", &["managed_identity_type"], Plain),
    column("Associated Resource Id", &["associated_resource_id"], Plain),
    column("Federated Token Id", &["federated_token_id"], Plain),
    column("Federated Token Issuer", &["federated_token_issuer"], Plain),
];

/// Of service principals and managed identities.
#[rustfmt::skip]
const WORKLOADS: &[PortalColumn] = &[
    column("Date (UTC)", &["date"], Plain),
    column("Request ID", &["request_id"], Plain),
    column("Correlation ID", &["correlation_id"], Plain),
    column("Service principal ID", &["service_principal_id"], Plain),
    column("Service principal name", &["service_principal_name"], Plain),
    column("Credential key ID", &["credential_key_id"], Plain),
    column("Credential thumbprint", &["credential_thumbprint"], Plain),
    column("Application", &["application"], Plain),
    column("Application ID ", &["application_id"], Plain),
    column("App owner tenant ID", &["app_owner_tenant_id"], Plain),
    column("Resource", &["resource"], Plain),
    column("Resource ID ", &["resource_id"], Plain),
    column("Resource tenant ID", &["resource_tenant_id"], Plain),
    column("Resource owner tenant ID", &["resource_owner_tenant_id"], Plain),
    column("Home tenant ID", &["home_tenant_id"], Plain),
    column("Home tenant name", &["home_tenant_name"], Plain),
    column("IP address", &["ip_address"], Plain),
    column("Location", &["city", "state", "country"], Place),
    column("Status", &["status"], Label),
    column("Sign-in error code", &["error_code", "status"], Code),
    column("Failure reason", &["failure_reason"], Plain),
    column("Conditional Access", &["conditional_access"], Title),
];

/// The columns of the file with the sign-ins of a kind.
pub fn of(tab: Tab) -> &'static [PortalColumn] {
    match tab {
        Tab::Interactive | Tab::NonInteractive => USERS,
        Tab::ServicePrincipal | Tab::ManagedIdentity => WORKLOADS,
    }
}

/// What has to be read for them, one after the other.
pub fn fields(columns: &[PortalColumn]) -> Vec<Field> {
    let ids = columns.iter().flat_map(|column| column.ids);
    ids.map(|id| Field::Column(Column::named(id))).collect()
}

impl PortalColumn {
    /// Adds the words of a cell, and says whether others may have written them.
    pub fn push(&self, cells: &[&Cell<'_>], out: &mut String) -> bool {
        match (self.form, cells) {
            (Place, [city, state, country]) => {
                let parts = [city, state, country].map(|cell| cell.to_text().unwrap_or_default());
                out.push_str(&place(parts.each_ref().map(String::as_str)));
                return true;
            }
            (Code, [code, status]) => match (code, status) {
                // That is how the portal writes it.
                (Cell::Integer(0), Cell::Text(status)) if status == "success" => {}
                (code, _) => out.push_str(&code.to_value().to_text()),
            },
            (Milliseconds, [Cell::Integer(number)]) => {
                // Writing into a text does not fail.
                write!(out, "{number}ms").ok();
                return true;
            }
            (YesNo, [Cell::Boolean(flag)]) => out.push_str(if *flag { "Yes" } else { "No" }),
            (Label, [Cell::Text(text)]) => {
                out.push_str(self.label(text));
                return true;
            }
            (Title, [Cell::Text(text)]) => {
                let label = self.label(text);
                out.push_str(if label == "Not applied" {
                    "Not Applied"
                } else {
                    label
                });
                return true;
            }
            (_, [cell, ..]) => {
                let is_text = cell.with_text(|text| out.push_str(text)).is_some();
                if !is_text {
                    out.push_str(&cell.to_value().to_text());
                }
                return is_text;
            }
            (_, []) => {}
        }
        false
    }

    fn label<'a>(&self, text: &'a str) -> &'a str {
        let column = self.ids.first().and_then(|id| Column::find(id));
        match column.map(|column| column.value_type) {
            Some(ValueType::Choice(known)) => choices::label_of(known, text),
            _ => text,
        }
    }
}

/// "City, State, Country". Where a part is missing so that the rest could be taken for another part, its place
/// stays empty.
fn place([city, state, country]: [&str; 3]) -> String {
    match [city.is_empty(), state.is_empty(), country.is_empty()] {
        [_, false, _] | [true, true, false] if country.len() != 2 || !state.is_empty() => {
            format!("{city}, {state}, {country}")
        }
        [false, true, false] => format!("{city}, {country}"),
        [false, true, true] if city.len() == 2 => format!("{city}, , "),
        _ => format!("{city}{country}"),
    }
}

#[cfg(test)]
mod tests {
    use model::column::COLUMNS;

    use super::*;

    #[test]
    fn every_column_is_known() {
        assert_eq!((USERS.len(), WORKLOADS.len()), (57, 22));
        for column in USERS.iter().chain(WORKLOADS) {
            for id in column.ids {
                assert!(COLUMNS.iter().any(|known| known.id == *id), "{id}");
            }
        }
    }

    #[test]
    fn words_of_choices_come_back() {
        for column in COLUMNS {
            for choice in column.value_type.choices() {
                let read = choices::canonical(column.value_type.choices(), choice.label);
                assert_eq!(read, Some(choice.value), "{}", column.id);
            }
        }
    }

    #[test]
    fn places_say_which_part_is_which() {
        for (parts, expected) in [
            (["Oslo", "Oslo", "NO"], "Oslo, Oslo, NO"),
            (["Oslo", "", "NO"], "Oslo, NO"),
            (["", "", "NO"], "NO"),
            (["", "Bavaria", "DE"], ", Bavaria, DE"),
            (["", "Bavaria", ""], ", Bavaria, "),
            (["Oslo", "", ""], "Oslo"),
            (["Bo", "", ""], "Bo, , "),
            (["Oslo", "Viken", ""], "Oslo, Viken, "),
            (["", "", "Norway"], ", , Norway"),
            (["", "", ""], ""),
        ] {
            assert_eq!(place(parts), expected);
        }
    }

    #[test]
    fn cells_are_worded_as_the_portal_does() {
        let pushed = |header: &str, cells: &[&Cell<'_>]| {
            let column = USERS.iter().rfind(|column| column.header == header);
            let mut text = String::new();
            let is_text = column.expect("a column").push(cells, &mut text);
            (text, is_text)
        };
        let text = |text: &'static str| Cell::Text(text.into());
        let words = |words: &str, is_text| (words.to_owned(), is_text);
        let (zero, success, failure) = (Cell::Integer(0), text("success"), text("failure"));
        assert_eq!(
            pushed("Sign-in error code", &[&zero, &success]),
            words("", false)
        );
        assert_eq!(
            pushed("Sign-in error code", &[&zero, &failure]),
            words("0", false)
        );
        assert_eq!(
            pushed("Conditional Access", &[&text("notApplied")]),
            words("Not Applied", true)
        );
        assert_eq!(
            pushed("Latency", &[&Cell::Integer(143)]),
            words("143ms", true)
        );
        assert_eq!(
            pushed("Incoming token type", &[&text("saml11")]),
            words("SAML 1.1", true)
        );
        assert_eq!(
            pushed("Flagged for review", &[&Cell::Boolean(true)]),
            words("Yes", false)
        );
    }
}
