//! The failures of a line of a report, by their codes.

use model::ask::{Ask, GroupAsk};
use model::query::{Filter, Operator, Query};
use model::{Column, Outcome, Value, present};

use crate::assemble::entity::window::Window;
use crate::assemble::errors::address_of;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH as BLADE;
use crate::backend::{Backend, BackendError};
use crate::view::entity::Number;
use crate::view::insights::FailureLine;

/// Most codes; more than there are.
const MOST_CODES: usize = 2_000;

/// The codes that sign-ins of a query failed with, the most frequent first. Their pages are over the same time.
///
/// # Errors
/// Those of the backend.
pub async fn failures(
    backend: &dyn Backend,
    query: &Query,
    window: Window,
    clock: &Clock,
) -> Result<Vec<FailureLine>, BackendError> {
    let column = Column::named("error_code");
    let failed = Filter::new(
        Column::named("status"),
        Operator::In,
        [Outcome::Failure.as_str()],
    );
    let query = query.with_filter(failed);
    let mut ask = Ask::of(query.clone());
    ask.groups = Some(GroupAsk {
        by: vec![column],
        limit: MOST_CODES,
        users: false,
        span: true,
    });
    let groups = backend.ask(ask).await?.answer.groups.unwrap_or_default();
    let lines = groups.groups.into_iter().map(|group| {
        let code = match group.keys.first() {
            Some(Value::Integer(code)) => Some(*code),
            _ => None,
        };
        let filter = match code {
            Some(code) => Filter::new(column, Operator::Equal, [code.to_string()]),
            None => Filter::new(column, Operator::Empty, Vec::<String>::new()),
        };
        FailureLine {
            code,
            page: code.map(|code| window.address(&address_of(code), "")),
            reason: code.map(present::of_code).unwrap_or_default().to_owned(),
            number: Number {
                count: group.rows,
                address: query.with_filter(filter).to_address(BLADE),
            },
            last: group.span.map(|span| clock.in_grid(span.last)),
        }
    });
    Ok(lines.collect())
}
