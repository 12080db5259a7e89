//! What can be done with a value: only it, without it, copy it, read about it.

use model::query::{Filter, Operator};
use model::{Column, Query, Value};

use super::subject::Subject;
use crate::assemble::sign_ins::PATH;
use crate::view::flyout::fields::Verbs;
use crate::view::safe_text::escaped;

/// Longest value that goes into an address, in bytes.
const MOST_IN_ADDRESS: usize = 500;
/// Longest value that can be copied from here, in bytes; the record has longer ones.
const MOST_TO_COPY: usize = 4_000;
/// Most characters of a value in the name of a verb.
const MOST_IN_NAME: usize = 60;

/// The verbs of a value that no column holds.
pub(super) fn copy_only(words: &str) -> Verbs {
    Verbs {
        named: name(words),
        copy: (words.len() <= MOST_TO_COPY).then(|| words.to_owned()),
        ..Verbs::default()
    }
}

/// The verbs of a value of a column. `text` is the value as filters have it, `words` as it is shown.
pub(super) fn verbs(query: &Query, column: &'static Column, text: &str, words: &str) -> Verbs {
    let fits = column.takes(Operator::Equal) && text.len() <= MOST_IN_ADDRESS;
    let address = |query: &Query, operator| {
        let filter = Filter::new(column, operator, [text]);
        query.with_filter(filter).to_address(PATH)
    };
    let open = Query {
        compare: None,
        ..query.clone()
    };
    Verbs {
        named: name(words),
        // The open row has the value: it stays. It is not among those without.
        only: fits.then(|| address(&open, Operator::Equal)),
        without: fits.then(|| address(&query.without_row(), Operator::NotEqual)),
        copy: (text.len() <= MOST_TO_COPY).then(|| text.to_owned()),
    }
}

fn name(words: &str) -> String {
    model::present::shortened(words, MOST_IN_NAME)
}

/// Address of the page about what a column names.
pub(super) fn page_about(subject: Subject<'_>, column: &Column, value: &Value) -> Option<String> {
    let id_of = |id: &str| {
        subject
            .text(id)
            // Entra ID writes zeros for a user that it could not find.
            .filter(|text| text.bytes().any(|byte| !matches!(byte, b'0' | b'-')))
    };
    let (path, id) = match column.id {
        "user" | "username" | "user_id" => ("users", id_of("user_id")?),
        "application" | "application_id" => ("applications", id_of("application_id")?),
        "ip_address" | "ip_address_from_resource" | "global_secure_access_ip_address" => {
            ("ip", value.as_text()?)
        }
        _ => return None,
    };
    (id.len() <= MOST_IN_ADDRESS).then(|| format!("/{path}/{}", escaped(id)))
}
