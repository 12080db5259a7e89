//! The pane of one sign-in.

mod additional;
mod authentication;
mod compare;
mod events;
mod facts;
mod fields;
mod narrow;
mod panes;
mod policies;
mod subject;
mod timeline;
mod verdict;
mod versions;
mod walk;

use model::Query;
use model::access::Right;

use self::fields::{Fielding, named_group, plain};
use self::panes::Pane;
use self::subject::Subject;
use super::json_lines::{harmless, indented};
use super::moments::Clock;
use crate::backend::{Backend, Detail};
use crate::error::UiError;
use crate::text::flyout as text;
use crate::view::flyout::fields::FieldGroup;
use crate::view::flyout::{Body, Flyout, Masked, Record};
use crate::viewer::viewer;

/// Most characters of a record that the pane shows; the API has the rest.
const MOST_OF_RECORD: usize = 200_000;

/// Address of the page without the pane.
pub fn close(query: &Query) -> String {
    walk::close(query)
}

/// What the pane of a row shows; `None` when there is no such sign-in.
///
/// # Errors
/// Those of the backend.
pub async fn flyout(
    backend: &dyn Backend,
    query: &Query,
    request_id: &str,
    clock: &Clock,
) -> Result<Option<Flyout>, UiError> {
    let Some(detail) = backend.detail(request_id).await? else {
        return Ok(None);
    };
    let subject = Subject { detail: &detail };
    let (pane, open) = Pane::asked(query, subject);
    let body = match &query.compare {
        Some(wanted) => {
            let compared = compare::compared(backend, query, wanted, subject, clock).await;
            Body::Compared(Box::new(compared))
        }
        None => body(backend, query, request_id, (pane, open), subject, clock).await,
    };
    let can_compare = query.compare.is_none() && compare::account(subject).is_some();
    Ok(Some(Flyout {
        title: subject.title(),
        tone: subject.tone(),
        status: subject.status(),
        date: clock.in_pane(subject.date()),
        verdict: verdict::verdict(backend, query, subject, clock).await,
        strip: authentication::strip(subject),
        walk: walk::walk(backend, query, request_id, subject.date()).await,
        keep_pane: panes::kept(query),
        compare: can_compare.then(|| {
            let compared = Query {
                compare: Some(Query::LAST_SUCCESS.to_owned()),
                ..query.clone()
            };
            compared.to_address(super::sign_ins::PATH)
        }),
        tabs: match query.compare {
            Some(_) => Vec::new(),
            None => panes::tabs(query, subject, pane),
        },
        body,
        record: record(&detail.raw),
        masked: Masked {
            person: detail.is_person_masked,
            address: detail.is_address_masked,
            can_be_seen: viewer().is_some_and(|viewer| viewer.may(Right::Unmask)),
        },
    }))
}

async fn body(
    backend: &dyn Backend,
    query: &Query,
    request_id: &str,
    (pane, open): (Pane, Option<usize>),
    subject: Subject<'_>,
    clock: &Clock,
) -> Body {
    let fielding = Fielding {
        subject,
        query,
        clock,
    };
    match pane {
        Pane::Basic => {
            let mut fields = fielding.basic();
            fields.groups.push(origin(subject.detail, clock));
            Body::Fields(fields)
        }
        Pane::Location => Body::Fields(fielding.location()),
        Pane::Device => Body::Fields(fielding.device()),
        Pane::Additional => Body::Fields(additional::additional(subject)),
        Pane::Authentication => {
            Body::Authentication(authentication::authentication(subject, query, clock))
        }
        Pane::ConditionalAccess => Body::Policies(policies::enforced(subject, query, open)),
        Pane::ReportOnly => Body::Policies(policies::report_only(subject, query, open)),
        Pane::Timeline => Body::Timeline(timeline::timeline(backend, query, subject, clock).await),
        Pane::Versions => {
            let versions = versions::versions(backend, query, request_id, open, clock).await;
            Body::Versions(Box::new(versions))
        }
    }
}

/// The authentication steps of a sign-in in the order of time, each in a few words.
pub fn steps_in_words(detail: &Detail) -> Vec<String> {
    authentication::in_words(&detail.sign_in.authentication_details)
}

/// Where the record came from.
fn origin(detail: &Detail, clock: &Clock) -> FieldGroup {
    let mut fields = vec![
        plain(text::ORIGIN_FILE, &detail.origin),
        plain(text::ORIGIN_SHAPE, &detail.shape),
    ];
    let moments = [
        (text::ORIGIN_EMITTED, detail.emitted),
        (text::ORIGIN_STORED, detail.stored),
    ];
    for (label, moment) in moments {
        fields.extend(moment.map(|moment| plain(label, &clock.in_pane(moment).text)));
    }
    let versions = detail.earlier_versions.to_string();
    fields.push(plain(text::ORIGIN_VERSIONS, &versions));
    named_group(text::ORIGIN, fields)
}

/// A record in lines.
fn record(raw: &str) -> Record {
    let lines = harmless(&indented(raw));
    Record {
        left_out: lines.chars().count().saturating_sub(MOST_OF_RECORD),
        text: lines.chars().take(MOST_OF_RECORD).collect(),
    }
}
