//! The open sign-in beside another one.

use model::ask::{Ask, PageAsk};
use model::query::{Filter, Operator, Range};
use model::{Column, Query, Tab, Value};

use super::facts::{Differences, differences, facts};
use super::panes::Pane;
use super::subject::Subject;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH;
use crate::backend::{Backend, BackendError, Detail};
use crate::text::flyout as text;
use crate::view::flyout::compare::{Compared, Side};

/// Columns that name an account, the best first.
const ACCOUNT: [&str; 5] = [
    "user_id",
    "username",
    "service_principal_id",
    "service_principal_name",
    "application_id",
];

/// The comparison that an address asks for.
pub(super) async fn compared(
    backend: &dyn Backend,
    query: &Query,
    wanted: &str,
    subject: Subject<'_>,
    clock: &Clock,
) -> Compared {
    let is_last = wanted == Query::LAST_SUCCESS;
    let found = match is_last {
        true => last_success(backend, subject).await,
        false => chosen(backend, wanted, subject).await,
    };
    let (other, differences) = match found {
        Err(why) => (Err(why), Differences::default()),
        Ok(detail) => {
            let other = Subject { detail: &detail };
            let differences = differences(&facts(subject, clock), &facts(other, clock));
            (Ok(side(query, other, clock)), differences)
        }
    };
    Compared {
        title: match is_last {
            true => text::LAST_SUCCESS,
            false => text::CHOSEN,
        },
        back: {
            let (pane, open) = Pane::asked(query, subject);
            pane.address(query, open)
        },
        this: side(query, subject, clock),
        other,
        different: differences.different,
        always_different: differences.always_different,
        same: differences.same,
    }
}

fn side(query: &Query, subject: Subject<'_>, clock: &Clock) -> Side {
    let row = subject.text("request_id").unwrap_or_default();
    let open = Query {
        compare: None,
        ..query.with_row(row)
    };
    Side {
        tone: subject.tone(),
        status: subject.status(),
        kind: subject.detail.tab.label(),
        date: clock.in_pane(subject.date()),
        address: open.to_address(PATH),
    }
}

/// The filter that finds the account of a sign-in.
pub(super) fn account(subject: Subject<'_>) -> Option<Filter> {
    let is_of_workload = matches!(
        subject.detail.tab,
        Tab::ServicePrincipal | Tab::ManagedIdentity
    );
    ACCOUNT.into_iter().find_map(|id| {
        // The application of a person's sign-in is not who signed in.
        let of_whom = id != "application_id" || is_of_workload;
        let text = subject
            .text(id)
            .filter(|text| of_whom && text.bytes().any(|byte| !matches!(byte, b'0' | b'-')))?;
        Some(Filter::new(Column::named(id), Operator::Equal, [text]))
    })
}

/// The last success of the same account before a sign-in: of the same kind or, where there is none, of
/// the kind beside it.
async fn last_success(backend: &dyn Backend, subject: Subject<'_>) -> Result<Detail, String> {
    let account = account(subject).ok_or(text::NOBODY_NAMED)?;
    for kind in kinds(subject.detail.tab) {
        let query = Query {
            tab: kind,
            range: Range::Between {
                from: None,
                to: Some(subject.date()),
            },
            filters: vec![
                account.clone(),
                Filter::new(Column::named("status"), Operator::Equal, ["success"]),
            ],
            ..Query::default()
        };
        let mut ask = Ask::of(query);
        ask.page = Some(PageAsk {
            columns: vec![Column::named("request_id")],
            limit: 1,
            skip: 0,
        });
        let answered = backend.ask(ask).await.map_err(words)?;
        let page = answered.answer.page.unwrap_or_default();
        if let Some(row) = page.rows.first()
            && let Some(detail) = backend.detail(&row.request_id).await.map_err(words)?
        {
            return Ok(detail);
        }
    }
    Err(text::NO_LAST_SUCCESS.to_owned())
}

fn kinds(tab: Tab) -> [Tab; 2] {
    match tab {
        Tab::Interactive => [tab, Tab::NonInteractive],
        Tab::NonInteractive => [tab, Tab::Interactive],
        Tab::ServicePrincipal => [tab, Tab::ManagedIdentity],
        Tab::ManagedIdentity => [tab, Tab::ServicePrincipal],
    }
}

async fn chosen(
    backend: &dyn Backend,
    request_id: &str,
    subject: Subject<'_>,
) -> Result<Detail, String> {
    let own = subject.value("request_id").and_then(Value::as_text);
    if own == Some(request_id) {
        return Err(text::SAME_ONE.to_owned());
    }
    let found = backend.detail(request_id).await.map_err(words)?;
    found.ok_or_else(|| text::NO_OTHER.to_owned())
}

fn words(error: BackendError) -> String {
    error.message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_named_here_exist() {
        for id in ACCOUNT {
            Column::named(id);
        }
    }
}
