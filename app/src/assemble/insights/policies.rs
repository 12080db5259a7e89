//! What each Conditional Access policy came to.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::answer::MOST_GROUPS;
use model::ask::{Ask, GroupAsk};
use model::query::{Filter, Operator, Query, take_parts};
use model::sign_in::PolicyResult;
use model::{Column, Value};

use super::summary::told;
use super::{PATH, files_of};
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH as BLADE;
use crate::backend::{Backend, BackendError};
use crate::error::UiError;
use crate::text::insights as text;
use crate::view::entity::{DirectoryHeader, Number};
use crate::view::insights::{Cell, Line, ReportPage};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Its name in addresses.
pub const ID: &str = "policies";
/// Column with every policy that was looked at: "name: result".
const RESULTS: &str = "conditional_access_results";
/// What the columns count, in their order, with their names in answers and files.
const COUNTED: [(PolicyResult, &str); 6] = [
    (PolicyResult::Success, "success"),
    (PolicyResult::Failure, "failure"),
    (PolicyResult::NotApplied, "not_applied"),
    (PolicyResult::ReportOnlySuccess, "report_only_success"),
    (PolicyResult::ReportOnlyFailure, "report_only_failure"),
    (
        PolicyResult::ReportOnlyInterrupted,
        "report_only_interrupted",
    ),
];

/// What a policy came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Its name.
    pub name: String,
    by_result: HashMap<String, u64>,
    /// Those whom it kept out, or would have.
    pub kept_out: Affected,
    /// Those whom it would have asked for something.
    pub would_ask: Affected,
}

/// People and applications of some sign-ins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Affected {
    people: Option<u64>,
    is_counted: bool,
    applications: HashSet<String>,
}

impl Affected {
    /// How many people; `None` where that is not known exactly.
    pub fn people(&self) -> Option<u64> {
        match self.is_counted {
            true => self.people,
            false => Some(0),
        }
    }

    /// How many applications.
    pub fn applications(&self) -> u64 {
        self.applications.len() as u64
    }
}

impl Policy {
    /// How many sign-ins came to each result, in the order of [`COUNTED`], with the query that finds them.
    pub fn numbers(&self, scope: &Query) -> Vec<(&'static str, u64, Query)> {
        let results = Column::named(RESULTS);
        let number = |(result, id): &(PolicyResult, &'static str)| {
            let result = result.as_str();
            let item = format!("{}: {result}", self.name);
            let query = scope.with_filter(Filter::new(results, Operator::Equal, [item]));
            let count = self.by_result.get(result).copied();
            (*id, count.unwrap_or_default(), query)
        };
        COUNTED.iter().map(number).collect()
    }

    fn affected(&mut self, result: &str) -> Option<&mut Affected> {
        let kept_out = [PolicyResult::Failure, PolicyResult::ReportOnlyFailure];
        if kept_out.iter().any(|kept_out| kept_out.as_str() == result) {
            return Some(&mut self.kept_out);
        }
        (result == PolicyResult::ReportOnlyInterrupted.as_str()).then_some(&mut self.would_ask)
    }
}

/// The page.
pub async fn page(backend: &dyn Backend, query: &str, clock: &Clock) -> ReportPage {
    let window = Window::of(query);
    let path = format!("{PATH}/{ID}");
    let mut page = ReportPage {
        title: text::POLICIES,
        lede: text::POLICIES_LEDE,
        hidden: take_parts(&window.to_text(), &["range", "from", "to", "tz"]).0,
        window: window.bar(clock, |window| window.address(&path, "")),
        find: None,
        headers: headers(),
        lines: Vec::new(),
        numbers: (0, 0),
        nameless: None,
        files: files_of(ID, window),
        open: None,
        is_too_many: false,
        failure: None,
        is_from_lake: false,
        missing_lists: None,
        path: path.clone(),
    };
    let scope = window.query();
    match policies(backend, &scope).await {
        Ok((policies, is_from_lake)) => {
            page.numbers = (policies.len(), policies.len());
            page.is_from_lake = is_from_lake;
            page.lines = policies.iter().map(|policy| line(policy, &scope)).collect();
        }
        Err(error) => page.failure = Some((UiError::from(error), window.address(&path, ""))),
    }
    page
}

fn headers() -> Vec<DirectoryHeader> {
    let header = |label, is_number| DirectoryHeader {
        label,
        is_number,
        address: None,
        sorted: None,
    };
    let counted = text::POLICY_COLUMNS
        .iter()
        .map(|label| header(*label, true));
    std::iter::once(header(text::POLICY, false))
        .chain(counted)
        .collect()
}

/// All policies in the order of their names, and whether the lake was read.
///
/// # Errors
/// Those of the backend.
pub async fn policies(
    backend: &dyn Backend,
    scope: &Query,
) -> Result<(Vec<Policy>, bool), BackendError> {
    let results = Column::named(RESULTS);
    let grouped = async |by: Vec<&'static Column>, users| {
        let mut ask = Ask::of(scope.clone());
        ask.groups = Some(GroupAsk {
            by,
            limit: MOST_GROUPS,
            users,
            span: false,
        });
        backend.ask(ask).await
    };
    let answered = grouped(vec![results], true).await?;
    let is_from_lake = answered.is_from_lake;
    let mut policies: BTreeMap<String, Policy> = BTreeMap::new();
    for group in told(answered.answer.groups)? {
        let Some((name, result)) = group.keys.first().and_then(parts) else {
            continue;
        };
        // Filters pass over letter case: the spelling that most have stands for all.
        let policy = policies
            .entry(name.to_lowercase())
            .or_insert_with(|| Policy {
                name,
                ..Policy::default()
            });
        if let Some(affected) = policy.affected(&result) {
            affected.people = match affected.is_counted {
                // A policy that was reported on, then enforced, or is spelled in two ways: who is in both is not known.
                true => None,
                false => group.users,
            };
            affected.is_counted = true;
        }
        *policy.by_result.entry(result).or_default() += group.rows;
    }
    let answered = grouped(vec![results, Column::named("application")], false).await?;
    for group in told(answered.answer.groups)? {
        let Some((name, result)) = group.keys.first().and_then(parts) else {
            continue;
        };
        let policy = policies.get_mut(&name.to_lowercase());
        let affected = policy.and_then(|policy| policy.affected(&result));
        if let (Some(affected), Some(application)) = (affected, group.keys.get(1)) {
            affected.applications.insert(application.to_text());
        }
    }
    Ok((policies.into_values().collect(), is_from_lake))
}

/// Name and result of an item.
fn parts(item: &Value) -> Option<(String, String)> {
    let text = item.as_text()?;
    let (name, result) = text.rsplit_once(": ")?;
    Some((name.to_owned(), result.to_owned()))
}

fn line(policy: &Policy, scope: &Query) -> Line {
    let numbers = policy.numbers(scope).into_iter();
    let mut cells: Vec<Cell> = numbers
        .map(|(_, count, query)| {
            Cell::Number(Number {
                count,
                address: query.to_address(BLADE),
            })
        })
        .collect();
    for affected in [&policy.kept_out, &policy.would_ask] {
        cells.push(Cell::People(affected.people()));
        cells.push(Cell::People(Some(affected.applications())));
    }
    let applied = Filter::new(
        Column::named("conditional_access_policies"),
        Operator::Equal,
        [policy.name.as_str()],
    );
    Line {
        id: None,
        name: shown(&policy.name, MOST_IN_CELL),
        key: None,
        address: scope.with_filter(applied).to_address(BLADE),
        is_open: false,
        cells,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_parted_at_its_end() {
        let item = |text: &str| parts(&Value::Text(text.to_owned()));
        let parted = |name: &str, result: &str| Some((name.to_owned(), result.to_owned()));
        assert_eq!(
            item("CA001: block: failure"),
            parted("CA001: block", "failure")
        );
        assert_eq!(item("nothing"), None);
        let mut policy = Policy::default();
        assert!(policy.affected("reportOnlyFailure").is_some());
        assert!(policy.affected("reportOnlyInterrupted").is_some());
        assert!(policy.affected("success").is_none());
    }
}
