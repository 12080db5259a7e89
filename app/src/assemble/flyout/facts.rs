//! All that is known about a sign-in as labels and texts, so that two can be told apart.

use std::collections::{HashMap, HashSet};

use model::column::Section;
use model::sign_in::AuthenticationDetail;
use model::tab::Tabs;
use model::{Value, present};

use super::authentication::in_order;
use super::fields::{PUT_TOGETHER, label};
use super::policies::{name_of, result_of};
use super::subject::Subject;
use crate::assemble::moments::Clock;
use crate::text::flyout as text;
use crate::view::flyout::compare::Difference;
use crate::view::safe_text::{MOST_IN_CELL, MOST_IN_PANE, shown};

/// Columns in which any two sign-ins differ.
const ALWAYS_DIFFERENT: [&str; 6] = [
    "correlation_id",
    "date",
    "latency_ms",
    "original_request_id",
    "request_id",
    "unique_token_identifier",
];
/// Most properties that are not known that are told apart.
const MOST_OTHERS: usize = 200;

/// A label and a text.
pub(super) struct Fact {
    label: String,
    text: String,
    is_always_different: bool,
}

/// What two have different and in common.
#[derive(Default)]
pub(super) struct Differences {
    pub different: Vec<Difference>,
    pub always_different: Vec<Difference>,
    pub same: Vec<(String, String)>,
}

/// All that is known, in the order of the pane. No label is there twice.
pub(super) fn facts(subject: Subject<'_>, clock: &Clock) -> Vec<Fact> {
    let mut facts = Vec::new();
    for section in Section::ALL {
        let of_section = subject.detail.values.iter();
        let of_section = of_section.filter(|(column, value)| {
            column.section == section
                && !value.is_empty()
                && !PUT_TOGETHER.contains(&column.id)
                // One of the processing details below.
                && column.id != "continuous_access_evaluation"
        });
        facts.extend(of_section.map(|(column, value)| Fact {
            // The same in both of two that are compared, whatever their kinds.
            label: label(column, Tabs::ALL).to_owned(),
            text: match value {
                Value::Instant(moment) => clock.in_pane(*moment).text,
                value => present::value(column, value),
            },
            is_always_different: ALWAYS_DIFFERENT.contains(&column.id),
        }));
    }
    let sign_in = &subject.detail.sign_in;
    let mut add = |label: String, text: String| {
        facts.push(Fact {
            label,
            text,
            is_always_different: false,
        });
    };
    for step in in_order(&sign_in.authentication_details) {
        let method = step.authentication_method.as_deref().unwrap_or(text::NONE);
        add(format!("Step: {method}"), of_step(step));
    }
    for policy in &sign_in.applied_conditional_access_policies {
        add(
            format!("Policy: {}", name_of(policy)),
            result_of(policy).words,
        );
    }
    for network in &sign_in.network_location_details {
        let kind = network.network_type.as_ref().map(|kind| kind.label());
        let kind = kind.unwrap_or(std::borrow::Cow::Borrowed(text::NONE));
        add(format!("Network: {kind}"), network.network_names.join(", "));
    }
    for pair in &sign_in.authentication_processing_details {
        let key = pair.key.as_deref().unwrap_or(text::NONE);
        add(key.to_owned(), pair.value.clone().unwrap_or_default());
    }
    for (key, value) in sign_in.other.iter().take(MOST_OTHERS) {
        add(key.clone(), value.to_string());
    }
    numbered(facts)
}

fn of_step(step: &AuthenticationDetail) -> String {
    let succeeded = step.succeeded.map(|succeeded| match succeeded {
        true => "Succeeded",
        false => "Failed",
    });
    let parts = [
        succeeded,
        step.authentication_method_detail.as_deref(),
        step.authentication_step_result_detail.as_deref(),
        step.authentication_step_requirement.as_deref(),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

/// Labels that come again get a number.
fn numbered(mut facts: Vec<Fact>) -> Vec<Fact> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for fact in &mut facts {
        let time = times.entry(fact.label.clone()).or_default();
        *time += 1;
        if *time > 1 {
            fact.label = format!("{} ({time})", fact.label);
        }
    }
    facts
}

/// What two have different and in common, in the order of the first, then what only the second has.
pub(super) fn differences(first: &[Fact], second: &[Fact]) -> Differences {
    let of_second: HashMap<&str, &Fact> = second
        .iter()
        .map(|fact| (fact.label.as_str(), fact))
        .collect();
    let of_first: HashSet<&str> = first.iter().map(|fact| fact.label.as_str()).collect();
    let only_second = second
        .iter()
        .filter(|fact| !of_first.contains(fact.label.as_str()));
    let pairs = first
        .iter()
        .map(|fact| (Some(fact), of_second.get(fact.label.as_str()).copied()))
        .chain(only_second.map(|fact| (None, Some(fact))));
    let mut found = Differences::default();
    for (left, right) in pairs {
        let Some(named) = left.or(right) else {
            continue;
        };
        let text_of = |fact: Option<&Fact>| fact.map_or("", |fact| fact.text.as_str()).to_owned();
        let (left, right) = (text_of(left), text_of(right));
        let label = shown(&named.label, MOST_IN_CELL);
        // Texts that differ only where they are cut are told apart all the same.
        if left == right {
            found.same.push((label, shown(&left, MOST_IN_PANE)));
            continue;
        }
        let difference = Difference {
            label,
            first: shown(&left, MOST_IN_PANE),
            second: shown(&right, MOST_IN_PANE),
        };
        match named.is_always_different {
            true => found.always_different.push(difference),
            false => found.different.push(difference),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(label: &str, text: &str) -> Fact {
        Fact {
            label: label.to_owned(),
            text: text.to_owned(),
            is_always_different: false,
        }
    }

    #[test]
    fn what_only_one_has_is_a_difference() {
        let first = [fact("City", "Oslo"), fact("Browser", "Edge")];
        let second = [fact("City", "Oslo"), fact("Device", "BRG-1")];
        let found = differences(&first, &second);
        assert_eq!(found.same, [("City".to_owned(), "Oslo".to_owned())]);
        let labels: Vec<_> = found
            .different
            .iter()
            .map(|found| {
                (
                    found.label.as_str(),
                    found.first.as_str(),
                    found.second.as_str(),
                )
            })
            .collect();
        assert_eq!(labels, [("Browser", "Edge", ""), ("Device", "", "BRG-1")]);
    }

    #[test]
    fn labels_that_come_again_are_numbered() {
        let facts = numbered(vec![
            fact("Step: Password", "a"),
            fact("Step: Password", "b"),
        ]);
        assert_eq!(facts[1].label, "Step: Password (2)");
    }

    #[test]
    fn columns_named_here_exist() {
        for id in ALWAYS_DIFFERENT {
            assert!(model::Column::find(id).is_some(), "{id}");
        }
    }
}
