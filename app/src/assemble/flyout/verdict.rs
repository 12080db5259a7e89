//! Why the sign-in of the pane went as it did, as [`detect::verdict`] works it out from what the reader may see.

use chrono::{DateTime, Days, Duration, Utc};
use detect::acts::Acts;
use detect::verdict::{After, Case, Certainty, Where, verdict as verdict_on};
use model::ask::{Ask, PageAsk};
use model::folded::MOST_BETWEEN_MICROS;
use model::query::{Filter, Operator, Range, Sort};
use model::tab::Tabs;
use model::{Column, Outcome, Query, Value, error_book};

use super::events;
use super::panes::Pane;
use super::subject::Subject;
use crate::assemble::entity::window::Window;
use crate::assemble::errors::address_of;
use crate::assemble::grid::tone;
use crate::assemble::moments::{Clock, start_of_day};
use crate::assemble::sign_ins::PATH;
use crate::backend::{Backend, BackendError};
use crate::text::flyout as text;
use crate::view::flyout::verdict::{Verdict, VerdictField};
use crate::view::safe_text::{MOST_IN_PANE, shown};
use crate::viewer::sight;

/// How many sign-ins are looked at for what came after.
const MOST_AFTER: usize = 500;
/// How long after it what came after is part of the same sign-in, in hours: applications use correlation IDs again.
const AFTER_HOURS: i64 = MOST_BETWEEN_MICROS / 3_600_000_000;

/// The verdict. What came after, and how many are alike, is left out where it cannot be read: the rest is true without.
pub(super) async fn verdict(
    backend: &dyn Backend,
    query: &Query,
    subject: Subject<'_>,
    clock: &Clock,
) -> Verdict {
    let outcome = subject.outcome();
    let after = match outcome {
        Some(Outcome::Interrupted) => after(backend, subject).await.ok().flatten(),
        _ => None,
    };
    let found = verdict_on(&Case {
        sign_in: &subject.detail.sign_in,
        code: subject.error_code(),
        tab: subject.detail.tab,
        sees_policies: sight().policies,
        after,
        is_early: subject.is_early(),
    });
    let code = subject.error_code().filter(|code| *code != 0);
    let known = code.filter(|code| error_book::entry(*code).is_some());
    let fields = found.fields.into_iter().map(|field| VerdictField {
        label: field.label,
        value: shown(&field.value, MOST_IN_PANE),
        address: pane_of(field.stands).address(query, None),
    });
    let fields: Vec<VerdictField> = fields.collect();
    Verdict {
        question: found.question.label(),
        tone: outcome
            .map(tone)
            .filter(|_| found.certainty != Certainty::Unknown),
        cause: shown(&found.cause, MOST_IN_PANE),
        follows: shown(&found.follows, MOST_IN_PANE),
        acts: Some(found.acts)
            .filter(|acts| *acts != Acts::Nobody)
            .map(Acts::label),
        certainty: text::certainty(found.certainty.label(), fields.len()),
        fields,
        book: known.map(|code| {
            (
                text::error(code),
                Window::around(query).address(&address_of(code), ""),
            )
        }),
        alike: match code {
            Some(code) => alike(backend, query, subject, code, clock)
                .await
                .ok()
                .flatten(),
            None => None,
        },
        events: events::events(backend, query, subject).await,
        settling: found.is_settling.then_some(text::SETTLING),
    }
}

fn pane_of(stands: Where) -> Pane {
    match stands {
        Where::Basic => Pane::Basic,
        Where::Device => Pane::Device,
        Where::Authentication => Pane::Authentication,
        Where::ConditionalAccess => Pane::ConditionalAccess,
        Where::Timeline => Pane::Timeline,
    }
}

/// What came within an hour after it from the same person with the same correlation ID; `None` where it has none.
async fn after(backend: &dyn Backend, subject: Subject<'_>) -> Result<Option<After>, BackendError> {
    if subject.text("correlation_id").is_none() {
        return Ok(None);
    }
    let date = subject.date();
    let of = |column: &'static str| {
        let text = subject.text(column)?;
        Some(Filter::new(Column::named(column), Operator::Equal, [text]))
    };
    // The same person, as far as it is said who that is.
    let filters = ["correlation_id", "user_id"]
        .into_iter()
        .filter_map(of)
        .collect();
    let mut ask = Ask::of(Query {
        range: Range::Between {
            from: Some(date),
            to: Some(date + Duration::hours(AFTER_HOURS)),
        },
        filters,
        sort: Sort {
            descending: false,
            ..Sort::default()
        },
        ..Query::default()
    });
    ask.tabs = Tabs::ALL;
    ask.page = Some(PageAsk {
        columns: vec![Column::named("status")],
        limit: MOST_AFTER,
        skip: 0,
    });
    let rows = backend.ask(ask).await?.answer.page.unwrap_or_default().rows;
    let own = subject.text("request_id");
    let later = rows
        .into_iter()
        .filter(|row| Some(row.request_id.as_str()) != own);
    let later: Vec<(DateTime<Utc>, bool)> = later
        .map(|row| {
            let status = row.values.first().and_then(Value::as_text);
            (row.date, status == Some(Outcome::Success.as_str()))
        })
        .collect();
    let seconds = |later: &(DateTime<Utc>, bool)| (later.0 - date).num_seconds();
    let success = later.iter().find(|(_, is_success)| *is_success);
    Ok(Some(match (success, later.last()) {
        (Some(success), _) => After::Success {
            seconds: seconds(success),
        },
        (None, Some(last)) => After::Other {
            seconds: seconds(last),
        },
        (None, None) => After::Nothing,
    }))
}

/// The sign-ins of that day, in the reader's zone, with the same code in the same application; `None` where it is the
/// only one, or memory does not hold that day.
async fn alike(
    backend: &dyn Backend,
    query: &Query,
    subject: Subject<'_>,
    code: i64,
    clock: &Clock,
) -> Result<Option<(String, String)>, BackendError> {
    let day = subject.date().with_timezone(&clock.zone).date_naive();
    let Some(next) = day.checked_add_days(Days::new(1)) else {
        return Ok(None);
    };
    let code = code.to_string();
    let mut filters = vec![Filter::new(
        Column::named("error_code"),
        Operator::Equal,
        [code.as_str()],
    )];
    let application = Column::named("application");
    filters.push(match subject.text("application") {
        Some(name) => Filter::new(application, Operator::Equal, [name]),
        None => Filter::new(application, Operator::Empty, Vec::<String>::new()),
    });
    let alike = Query {
        tab: subject.detail.tab,
        range: Range::Between {
            from: Some(start_of_day(day, clock.zone)),
            to: Some(start_of_day(next, clock.zone)),
        },
        filters,
        time_zone: query.time_zone,
        ..Query::default()
    };
    let mut ask = Ask::of(alike.clone());
    ask.counts = true;
    // It is no part of the answer: the pane does not wait for the lake to be read for it.
    let Some(answered) = backend.ask_memory(ask).await? else {
        return Ok(None);
    };
    let counts = answered.answer.counts.unwrap_or_default();
    let all = counts.of_tabs(Tabs::only(subject.detail.tab));
    // Itself is one of them.
    Ok((all > 1).then(|| (text::alike(all), alike.to_address(PATH))))
}
