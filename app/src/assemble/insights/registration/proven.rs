//! What sign-ins prove by themselves of people's methods, where no list says it.

use model::answer::MOST_GROUPS;
use model::ask::{Ask, GroupAsk};
use model::query::{Filter, Operator};
use model::registration::Method;
use model::{Column, Outcome, Tab};

use crate::assemble::entity::lists::length;
use crate::assemble::entity::window::Window;
use crate::assemble::sign_ins::PATH as BLADE;
use crate::backend::{Backend, BackendError};
use crate::text::entity::share;
use crate::view::registration::{MethodBar, Proven};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// What a sign-in may have among its methods that is none to register.
const NO_METHODS: [&str; 3] = ["password", "previously satisfied", "not recorded"];

/// People who signed in by hand and succeeded: how many there are, how many had to give two factors, and by which methods.
/// A method that only failed may be among those of a sign-in that succeeded by another one.
///
/// # Errors
/// Those of the backend.
pub async fn proven(backend: &dyn Backend, window: Window) -> Result<Proven, BackendError> {
    let status = Column::named("status");
    let succeeded = Filter::new(status, Operator::In, [Outcome::Success.as_str()]);
    let mut query = window.query().with_filter(succeeded);
    query.tab = Tab::Interactive;
    query.noise = None;
    let requirement = Column::named("authentication_requirement");
    let multifactor = Filter::new(requirement, Operator::In, ["multiFactorAuthentication"]);
    let mut is_from_lake = false;
    let mut people = [None; 2];
    for (query, people) in [query.clone(), query.with_filter(multifactor)]
        .into_iter()
        .zip(&mut people)
    {
        let mut asked = Ask::of(query);
        asked.groups = Some(group(status));
        let answered = backend.ask(asked).await?;
        is_from_lake |= answered.is_from_lake;
        let groups = answered.answer.groups.unwrap_or_default().groups;
        *people = match groups.first() {
            None => Some(0),
            Some(group) => group.users,
        };
    }
    let methods = Column::named("authentication_methods");
    let mut asked = Ask::of(query.clone());
    asked.groups = Some(group(methods));
    let answered = backend.ask(asked).await?;
    is_from_lake |= answered.is_from_lake;
    let [all, with_two] = people;
    let mut found: Vec<(String, u64)> = Vec::new();
    for group in answered.answer.groups.unwrap_or_default().groups {
        let word = group.keys.first().map(model::Value::to_text);
        let word = word.unwrap_or_default();
        if let (false, Some(users)) = (is_no_method(&word), group.users) {
            found.push((word, users));
        }
    }
    found.sort_by(|(one, users), (other, others)| others.cmp(users).then(one.cmp(other)));
    let most = found.first().map_or(0, |(_, users)| *users);
    let bar = |(word, users): (String, u64)| MethodBar {
        address: Some(
            query
                .with_filter(Filter::new(methods, Operator::Equal, [word.clone()]))
                .to_address(BLADE),
        ),
        name: shown(&Method::label_of(&word), MOST_IN_CELL),
        count: users,
        share: all.map_or_else(String::new, |all| share(users, all)),
        failed: None,
        lengths: (length(users, most), 0),
    };
    Ok(Proven {
        people: all.zip(with_two),
        methods: found.into_iter().map(bar).collect(),
        is_from_lake,
    })
}

fn group(column: &'static Column) -> GroupAsk {
    GroupAsk {
        by: vec![column],
        limit: MOST_GROUPS,
        users: true,
        span: false,
    }
}

fn is_no_method(word: &str) -> bool {
    word.is_empty() || NO_METHODS.contains(&word.to_lowercase().as_str())
}
