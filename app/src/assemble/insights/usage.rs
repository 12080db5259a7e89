//! How people proved who they are, from their interactive sign-ins: the numbers of *Authentication methods activity:
//! Usage*.

use std::collections::BTreeSet;

use model::answer::{Bucket, Counted, MOST_GROUPS, Series};
use model::ask::{Ask, GroupAsk, HistogramAsk, SeriesAsk};
use model::authentication_method::MethodKind;
use model::query::{Filter, Operator, Query};
use model::{Column, Outcome, Tab, Value};

use super::summary::{
    Summary, Table, TableLine, by_kind, of_outcome, table, table_of, told, totals, totals_of, whole,
};
use crate::assemble::time_chart::of_value;
use crate::backend::{Backend, BackendError};

/// Its name in addresses.
pub const ID: &str = "authentication-methods";
/// The policies that are told.
const MOST_POLICIES: usize = 10;
/// The codes that are told.
const MOST_CODES: usize = 12;
/// What verdicts come to that is told: all there is for successes.
const MOST_VERDICTS: usize = 30;
/// Text of a sign-in whose second factor a token brought.
const BY_CLAIM: &str = "claim in the token";
/// A policy that was met, as an item of the column has it.
const MET: &str = ": success";

/// The numbers, and what is drawn of them.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    /// The numbers.
    pub summary: Summary,
    /// Successful sign-ins by authentication requirement.
    pub by_requirement: Series,
    /// All by method.
    pub by_method: Series,
    /// When people were asked for more than a password.
    pub strong_prompts: Vec<Bucket>,
}

/// Where the columns of the charts begin and end, and the hours of the field, as an ask takes them.
#[derive(Debug, Clone, Default)]
pub struct Edges {
    /// Of the columns.
    pub columns: Vec<i64>,
    /// Of the field; nothing where it is too long.
    pub hours: Vec<i64>,
}

/// The interactive sign-ins of a query with a stretch of time and filters.
pub fn scope(query: Query) -> Query {
    Query {
        tab: Tab::Interactive,
        noise: None,
        ..query
    }
}

/// Counts. Policies are told to whoever may see them.
///
/// # Errors
/// Those of the backend.
pub async fn usage(
    backend: &dyn Backend,
    scope: &Query,
    edges: Edges,
    shows_policies: bool,
) -> Result<Usage, BackendError> {
    let mut usage = Usage::default();
    let summary = &mut usage.summary;
    usage.by_requirement = requirements(backend, summary, scope, &edges.columns).await?;
    let methods = Column::named("authentication_methods");
    let mut ask = Ask::of(scope.clone());
    ask.series = series(methods, &edges.columns);
    ask.groups = Some(GroupAsk {
        by: vec![methods],
        limit: MOST_GROUPS,
        users: true,
        span: false,
    });
    let answer = backend.ask(ask).await?.answer;
    usage.by_method = whole(answer.series)?;
    let groups = told(answer.groups)?;
    let by_method = table_of(("methods", scope, methods), groups, MOST_GROUPS, |value| {
        value
            .as_text()
            .is_some_and(|name| MethodKind::of(name).is_prompt())
    });
    kinds(backend, summary, scope, &by_method).await?;
    let strong = prompts(backend, summary, scope, &by_method).await?;
    summary.tables.push(by_method);
    if let Some(strong) = strong {
        let mut ask = Ask::of(strong.clone());
        ask.histogram = (!edges.hours.is_empty()).then_some(HistogramAsk {
            edges_micros: edges.hours,
        });
        ask.groups = shows_policies.then(|| GroupAsk {
            by: vec![Column::named("conditional_access_results")],
            limit: MOST_GROUPS,
            users: true,
            span: false,
        });
        let answer = backend.ask(ask).await?.answer;
        usage.strong_prompts = answer.histogram;
        if shows_policies {
            let groups = told(answer.groups)?;
            summary.tables.push(policies(&strong, groups));
        }
    }
    let interrupted = of_outcome(scope, Outcome::Interrupted);
    let code = Column::named("error_code");
    let asked = table(
        backend,
        summary,
        ("interruptions", &interrupted, code),
        (true, MOST_CODES),
        |_| true,
    );
    let asked = asked.await?;
    summary.tables.push(asked);
    let successful = of_outcome(scope, Outcome::Success);
    let verdict = Column::named("verdict");
    let why = table(
        backend,
        summary,
        ("verdicts", &successful, verdict),
        (true, MOST_VERDICTS),
        |_| true,
    );
    let why = why.await?;
    summary.tables.push(why);
    Ok(usage)
}

fn series(by: &'static Column, edges: &[i64]) -> Option<SeriesAsk> {
    (edges.len() > 1).then(|| SeriesAsk {
        by,
        edges_micros: edges.to_vec(),
        limit: usize::from(u16::MAX),
    })
}

/// Sign-ins in all, and successful ones by what was required of them.
async fn requirements(
    backend: &dyn Backend,
    summary: &mut Summary,
    scope: &Query,
    edges: &[i64],
) -> Result<Series, BackendError> {
    let all = totals(backend, summary, scope, true).await?;
    summary.note("sign_ins", all.counted.rows, Some(scope.clone()));
    summary.note("people", all.people, None);
    let requirement = Column::named("authentication_requirement");
    let successful = of_outcome(scope, Outcome::Success);
    let mut ask = Ask::of(successful.clone());
    ask.series = series(requirement, edges);
    ask.groups = Some(GroupAsk {
        by: vec![requirement],
        limit: MOST_GROUPS,
        users: false,
        span: false,
    });
    let answer = backend.ask(ask).await?.answer;
    let groups = told(answer.groups)?;
    let by_requirement = table_of(
        ("requirements", &successful, requirement),
        groups,
        10,
        |_| true,
    );
    let count = succeeded(&all.counted);
    summary.note("successful", count, Some(successful.clone()));
    for (id, value) in [
        ("multifactor", "multiFactorAuthentication"),
        ("single_factor", "singleFactorAuthentication"),
    ] {
        let value = Value::Text(value.to_owned());
        let line = by_requirement.lines.iter().find(|line| line.value == value);
        let query = successful.with_filter(of_value(requirement, &value));
        summary.note(id, line.map_or(0, |line| line.counted.rows), Some(query));
    }
    let multifactor = Value::Text("multiFactorAuthentication".to_owned());
    let multifactor = successful.with_filter(of_value(requirement, &multifactor));
    let details = Column::named("additional_details");
    let by_claim = multifactor.with_filter(Filter::new(details, Operator::Contains, [BY_CLAIM]));
    let claimed = totals(backend, summary, &by_claim, false).await?;
    summary.note("claim_in_token", claimed.counted.rows, Some(by_claim));
    summary.tables.push(by_requirement);
    whole(answer.series)
}

/// Names of the methods of these kinds, among those that there are.
fn named(methods: &Table, is_meant: impl Fn(MethodKind) -> bool) -> BTreeSet<String> {
    let names = methods.lines.iter().filter_map(|line| line.value.as_text());
    let meant = names.filter(|name| is_meant(MethodKind::of(name)));
    meant.map(str::to_owned).collect()
}

/// The sign-ins of a query with any of these methods; `None` where there is no such method.
fn with_any(query: &Query, names: BTreeSet<String>) -> Option<Query> {
    let methods = Column::named("authentication_methods");
    (!names.is_empty()).then(|| query.with_filter(Filter::new(methods, Operator::In, names)))
}

/// Successful sign-ins by what their methods are. One with several kinds of method counts for each.
async fn kinds(
    backend: &dyn Backend,
    summary: &mut Summary,
    scope: &Query,
    methods: &Table,
) -> Result<(), BackendError> {
    let successful = of_outcome(scope, Outcome::Success);
    let resistant = named(methods, |kind| kind == MethodKind::PhishingResistant);
    let passwordless = named(methods, MethodKind::is_passwordless);
    let telephone = named(methods, |kind| kind == MethodKind::Telephone);
    for (id, names) in [
        ("phishing_resistant", resistant),
        ("passwordless", passwordless),
        ("telephone", telephone),
    ] {
        let query = with_any(&successful, names);
        let count = match &query {
            Some(query) => totals(backend, summary, query, false).await?.counted.rows,
            None => 0,
        };
        summary.note(id, count, query);
    }
    Ok(())
}

/// How often people were asked for something; and the sign-ins where that was more than a password.
async fn prompts(
    backend: &dyn Backend,
    summary: &mut Summary,
    scope: &Query,
    methods: &Table,
) -> Result<Option<Query>, BackendError> {
    let any = with_any(scope, named(methods, MethodKind::is_prompt));
    let strong = with_any(scope, named(methods, MethodKind::is_strong_prompt));
    for (id, of_people, query) in [
        ("prompts", "people_prompted", &any),
        ("strong_prompts", "people_strongly_prompted", &strong),
    ] {
        let mut found = super::summary::Totals::default();
        if let Some(query) = query {
            let mut ask = Ask::of(query.clone());
            ask.groups = Some(by_kind(true));
            found = totals_of(backend.ask(ask).await?)?;
        }
        summary.note(id, found.counted.rows, query.clone());
        summary.note(of_people, found.people, None);
    }
    Ok(strong)
}

/// The policies that were met by what people were asked for, each by its name.
fn policies(strong: &Query, groups: Vec<model::answer::Group>) -> Table {
    let results = Column::named("conditional_access_results");
    let mut met = table_of(
        ("policies", strong, results),
        groups,
        MOST_GROUPS,
        |value| value.as_text().is_some_and(|item| item.ends_with(MET)),
    );
    met.more = met.lines.len().saturating_sub(MOST_POLICIES) as u64;
    met.lines.truncate(MOST_POLICIES);
    met
}

/// Name of a policy in an item of [`policies`].
pub fn policy_name(line: &TableLine) -> &str {
    let item = line.value.as_text().unwrap_or_default();
    item.strip_suffix(MET).unwrap_or(item)
}

/// The methods that somebody was asked for.
pub fn prompting(series: &Series) -> Series {
    let lines = series.lines.iter().filter(|line| {
        let name = line.value.as_text();
        name.is_some_and(|name| MethodKind::of(name).is_prompt())
    });
    Series {
        lines: lines.cloned().collect(),
        ..series.clone()
    }
}

/// How many of a bucket succeeded.
pub fn succeeded(counted: &Counted) -> u64 {
    let success = counted.by_outcome.get(Outcome::Success.index());
    success.copied().unwrap_or_default()
}
