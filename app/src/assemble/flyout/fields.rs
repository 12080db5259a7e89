//! Tabs of fields: basic info, location, device.

use model::column::{Column, Display, Section};
use model::tab::Tabs;
use model::{Query, Value, error_book, list, present};

use super::narrow;
use super::subject::Subject;
use crate::assemble::errors::{address_of, guidance_of};
use crate::assemble::grid::tone;
use crate::assemble::moments::Clock;
use crate::text::flyout as text;
use crate::view::flyout::Fields;
use crate::view::flyout::fields::{ErrorMeaning, Field, FieldGroup, FieldValue, Written};
use crate::view::safe_text::{MOST_IN_CELL, MOST_IN_PANE, shown};
use crate::viewer::shows;

/// Fields whose absence says something, so that they are listed as "None".
const WORTH_NAMING: &[&str] = &[
    "application",
    "authentication_requirement",
    "browser",
    "client_app",
    "compliant",
    "conditional_access",
    "continuous_access_evaluation",
    "correlation_id",
    "device_name",
    "error_code",
    "failure_reason",
    "ip_address",
    "join_type",
    "location",
    "managed",
    "operating_system",
    "resource",
    "service_principal_name",
    "status",
    "user",
    "username",
];
/// Columns that put together what other tabs show one by one.
pub(super) const PUT_TOGETHER: &[&str] = &[
    "authentication_methods",
    "conditional_access_policies",
    "conditional_access_results",
    "is_agent",
    "network_names",
    "token_protection_code",
];
/// Sections of the first tab.
const BASIC: [Section; 6] = [
    Section::Result,
    Section::WhoAndWhat,
    Section::Token,
    Section::Risk,
    Section::Workload,
    Section::Identifiers,
];
/// What every field needs to know.
pub(super) struct Fielding<'a> {
    pub subject: Subject<'a>,
    pub query: &'a Query,
    pub clock: &'a Clock,
}

impl Fielding<'_> {
    /// The first tab.
    pub fn basic(&self) -> Fields {
        let mut fields = self.of_sections(&BASIC, text::NO_BASICS);
        fields.meaning = self.meaning();
        fields
    }

    /// The tab of the place.
    pub fn location(&self) -> Fields {
        let mut fields = self.of_sections(&[Section::Location], text::NO_LOCATION);
        let networks = &self.subject.detail.sign_in.network_location_details;
        let networks: Vec<_> = networks
            .iter()
            .map(|network| {
                let kind = network.network_type.as_ref().map(|kind| kind.label());
                let kind = kind.unwrap_or(std::borrow::Cow::Borrowed(text::NONE));
                let names = network.network_names.iter().map(String::as_str);
                Field {
                    label: shown(&kind, MOST_IN_CELL),
                    values: names
                        .map(|name| self.value(Column::named("network_names"), name, name))
                        .collect(),
                }
            })
            .collect();
        push_group(&mut fields.groups, text::NETWORKS, networks);
        fields
    }

    /// The tab of the device.
    pub fn device(&self) -> Fields {
        let mut fields = self.of_sections(&[Section::Device], text::NO_DEVICE);
        let app = self
            .subject
            .detail
            .sign_in
            .authentication_app_device_details
            .as_ref();
        let mut lines = Vec::new();
        if let Some(app) = app {
            let parts = [
                ("Client app", &app.client_app),
                ("App version", &app.app_version),
                ("Operating System", &app.operating_system),
                ("Device ID", &app.device_id),
            ];
            lines.extend(parts.into_iter().filter_map(|(label, value)| {
                let value = value.as_deref()?;
                Some(plain(label, value))
            }));
        }
        let policies = &self
            .subject
            .detail
            .sign_in
            .authentication_app_policy_evaluation_details;
        lines.extend(policies.iter().filter_map(|policy| {
            let status = policy.status.as_ref()?.label().into_owned();
            Some(plain(
                policy.policy_name.as_deref().unwrap_or(text::NONE),
                &status,
            ))
        }));
        push_group(&mut fields.groups, text::AUTHENTICATOR, lines);
        fields
    }

    /// What the error book says about the error code.
    fn meaning(&self) -> Option<ErrorMeaning> {
        let code = self.subject.error_code().filter(|code| *code != 0)?;
        Some(ErrorMeaning {
            code: code.to_string(),
            name: error_book::entry(code)?.name,
            guide: guidance_of(code)?,
            page: address_of(code),
        })
    }

    /// Groups of the columns of some sections.
    fn of_sections(&self, sections: &[Section], nothing: &'static str) -> Fields {
        let mut empty = Vec::new();
        let groups = sections
            .iter()
            .filter_map(|section| self.group(*section, &mut empty));
        Fields {
            groups: groups.collect(),
            empty,
            meaning: None,
            nothing,
        }
    }

    /// A section with the fields that have a value or whose absence matters; `None` when all are empty. The
    /// labels of the other ones that such a sign-in can have go to `empty`.
    fn group(&self, section: Section, empty: &mut Vec<String>) -> Option<FieldGroup> {
        let detail = self.subject.detail;
        let values = detail.values.iter();
        let of_section: Vec<_> = values
            .filter(|(column, _)| column.section == section && !PUT_TOGETHER.contains(&column.id))
            .filter(|(column, _)| shows(column))
            .collect();
        let is_all_empty = of_section.iter().all(|(_, value)| value.is_empty());
        let mut fields = Vec::new();
        for (column, value) in of_section {
            let is_of_kind = column.tabs.has(detail.tab);
            let values = self.values(column, value);
            if !values.is_empty()
                || (is_of_kind && !is_all_empty && WORTH_NAMING.contains(&column.id))
            {
                fields.push(Field {
                    label: label(column, Tabs::only(detail.tab)).to_owned(),
                    values,
                });
            } else if is_of_kind {
                empty.push(label(column, Tabs::only(detail.tab)).to_owned());
            }
        }
        (!fields.is_empty()).then(|| named_group(section.label(), fields))
    }

    /// The values of a column: none, one, or the items of a list.
    fn values(&self, column: &'static Column, value: &Value) -> Vec<FieldValue> {
        match value {
            Value::Empty => Vec::new(),
            Value::Decimal(_)
                if self.is_nowhere() && matches!(column.id, "latitude" | "longitude") =>
            {
                Vec::new()
            }
            Value::Text(items) if matches!(column.value_type, model::column::ValueType::List) => {
                let items = list::items(items);
                items.map(|item| self.value(column, item, item)).collect()
            }
            Value::Instant(moment) => {
                let moment = self.clock.in_pane(*moment);
                vec![FieldValue {
                    verbs: narrow::copy_only(&moment.datetime),
                    written: Written::Moment(moment),
                    address: None,
                }]
            }
            _ => {
                let words = self.words(column, value);
                let mut found = self.value(column, &value.to_text(), &words);
                found.address = narrow::page_about(self.query, self.subject, column, value);
                vec![found]
            }
        }
    }

    /// A value in words, as the portal has them.
    fn words(&self, column: &Column, value: &Value) -> String {
        if column.id == "token_protection"
            && let Some(details) = &self.subject.detail.sign_in.token_protection_status_details
            && let Some(words) = details.shown()
        {
            let why = details.reason().map(|why| format!(": {why}"));
            return words + &why.unwrap_or_default();
        }
        present::value(column, value)
    }

    fn value(&self, column: &'static Column, value: &str, words: &str) -> FieldValue {
        let words = shown(words, MOST_IN_PANE);
        let verbs = narrow::verbs(self.query, column, value, &words);
        let written = match column.display {
            Display::Status => match value.parse() {
                Ok(outcome) => Written::Status(tone(outcome), words),
                Err(_) => Written::Text(words),
            },
            Display::Code => Written::Code(words),
            _ => Written::Text(words),
        };
        FieldValue {
            written,
            address: None,
            verbs,
        }
    }

    /// Whether the coordinates are those that mean "unknown".
    fn is_nowhere(&self) -> bool {
        ["latitude", "longitude"].into_iter().all(
            |id| matches!(self.subject.value(id), Some(Value::Decimal(degrees)) if *degrees == 0.0),
        )
    }
}

/// The portal's label in the pane, which is not always that of its files.
pub(super) fn label(column: &Column, tabs: Tabs) -> &'static str {
    match column.id {
        "additional_details" => text::ADDITIONAL_DETAILS,
        _ => column.label_in(tabs),
    }
}

/// A field of a text that no column holds.
pub(super) fn plain(label: &str, words: &str) -> Field {
    let value = FieldValue {
        written: Written::Text(shown(words, MOST_IN_PANE)),
        address: None,
        verbs: narrow::copy_only(words),
    };
    Field {
        label: shown(label, MOST_IN_CELL),
        values: (!words.is_empty()).then_some(value).into_iter().collect(),
    }
}

pub(super) fn named_group(label: &str, fields: Vec<Field>) -> FieldGroup {
    FieldGroup {
        label: label.to_owned(),
        fields,
    }
}

/// Adds a group where it has fields.
pub(super) fn push_group(groups: &mut Vec<FieldGroup>, label: &str, fields: Vec<Field>) {
    if !fields.is_empty() {
        groups.push(named_group(label, fields));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_named_here_exist() {
        assert!(WORTH_NAMING.is_sorted());
        assert!(PUT_TOGETHER.is_sorted());
        for id in WORTH_NAMING.iter().chain(PUT_TOGETHER) {
            assert!(Column::find(id).is_some(), "{id}");
        }
    }
}
