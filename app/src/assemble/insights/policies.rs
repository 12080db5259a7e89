//! What each Conditional Access policy came to.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::answer::MOST_GROUPS;
use model::ask::{Ask, GroupAsk};
use model::query::{Filter, Operator, Query, take_parts};
use model::sign_in::PolicyResult;
use model::{Column, Value};

use super::PATH;
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
/// What the columns count, in their order.
const COUNTED: [PolicyResult; 6] = [
    PolicyResult::Success,
    PolicyResult::Failure,
    PolicyResult::NotApplied,
    PolicyResult::ReportOnlySuccess,
    PolicyResult::ReportOnlyFailure,
    PolicyResult::ReportOnlyInterrupted,
];

/// What a policy came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Counts {
    /// Sign-ins by result, as the column has it.
    by_result: HashMap<String, u64>,
    /// People and applications of those that it kept out, or would have.
    people: u64,
    applications: HashSet<String>,
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
        files: Vec::new(),
        open: None,
        is_too_many: false,
        failure: None,
        is_from_lake: false,
        misses_lists: false,
        path: path.clone(),
    };
    let scope = window.query();
    match counted(backend, &scope).await {
        Ok((counts, is_from_lake)) => {
            page.numbers = (counts.len(), counts.len());
            page.is_from_lake = is_from_lake;
            page.lines = counts
                .iter()
                .map(|(name, counts)| line(name, counts, &scope))
                .collect();
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

/// Policies by name, and whether the lake was read.
async fn counted(
    backend: &dyn Backend,
    scope: &Query,
) -> Result<(BTreeMap<String, Counts>, bool), BackendError> {
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
    let mut policies: BTreeMap<String, Counts> = BTreeMap::new();
    for group in answered.answer.groups.unwrap_or_default().groups {
        let Some((name, result)) = group.keys.first().and_then(parts) else {
            continue;
        };
        let counts = policies.entry(name).or_default();
        if is_kept_out(&result) {
            counts.people += group.users.unwrap_or_default();
        }
        *counts.by_result.entry(result).or_default() += group.rows;
    }
    let answered = grouped(vec![results, Column::named("application")], false).await?;
    for group in answered.answer.groups.unwrap_or_default().groups {
        let Some((name, result)) = group.keys.first().and_then(parts) else {
            continue;
        };
        if let (true, Some(counts), Some(application)) = (
            is_kept_out(&result),
            policies.get_mut(&name),
            group.keys.get(1),
        ) {
            counts.applications.insert(application.to_text());
        }
    }
    Ok((policies, is_from_lake))
}

/// Name and result of an item.
fn parts(item: &Value) -> Option<(String, String)> {
    let text = item.as_text()?;
    let (name, result) = text.rsplit_once(": ")?;
    Some((name.to_owned(), result.to_owned()))
}

/// A policy is enforced or only reported on, so that these are never counted together.
fn is_kept_out(result: &str) -> bool {
    [PolicyResult::Failure, PolicyResult::ReportOnlyFailure]
        .iter()
        .any(|kept_out| kept_out.as_str() == result)
}

fn line(name: &str, counts: &Counts, scope: &Query) -> Line {
    let results = Column::named(RESULTS);
    let number = |result: &PolicyResult| {
        let result = result.as_str();
        let item = format!("{name}: {result}");
        Cell::Number(Number {
            count: counts.by_result.get(result).copied().unwrap_or_default(),
            address: scope
                .with_filter(Filter::new(results, Operator::Equal, [item]))
                .to_address(BLADE),
        })
    };
    let mut cells: Vec<Cell> = COUNTED.iter().map(number).collect();
    cells.push(Cell::People(Some(counts.people)));
    cells.push(Cell::People(Some(counts.applications.len() as u64)));
    let applied = Filter::new(
        Column::named("conditional_access_policies"),
        Operator::Equal,
        [name],
    );
    Line {
        name: shown(name, MOST_IN_CELL),
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
        assert!(is_kept_out("reportOnlyFailure") && !is_kept_out("success"));
    }
}
