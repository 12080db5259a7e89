//! What a record said before it was replaced, and what changed.

use model::Query;

use super::facts::{Fact, differences, facts};
use super::panes::Pane;
use super::record;
use super::subject::Subject;
use crate::assemble::moments::Clock;
use crate::backend::{Backend, Detail};
use crate::text::flyout as text;
use crate::view::flyout::versions::{Chosen, Version, Versions};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// The versions of the open row; the newest is shown unless another one is chosen.
pub(super) async fn versions(
    backend: &dyn Backend,
    query: &Query,
    request_id: &str,
    chosen: Option<usize>,
    clock: &Clock,
) -> Versions {
    let found = match backend.versions(request_id).await {
        Ok(found) => found,
        Err(error) => {
            return Versions {
                list: Vec::new(),
                chosen: None,
                failure: Some(error.message),
            };
        }
    };
    let known: Vec<Vec<Fact>> = found
        .iter()
        .map(|detail| facts(Subject { detail }, clock))
        .collect();
    let number = chosen
        .filter(|number| (1..=found.len()).contains(number))
        .unwrap_or(found.len());
    let before = |number: usize| number.checked_sub(2).and_then(|index| known.get(index));
    let list = (1..)
        .zip(&found)
        .zip(&known)
        .map(|((each, detail), facts)| {
            let changes = match before(each) {
                Some(before) => {
                    let found = differences(before, facts);
                    text::changes(found.different.len() + found.always_different.len())
                }
                None => text::FIRST_VERSION.to_owned(),
            };
            Version {
                number: each,
                is_present: each == found.len(),
                stored: detail.stored.map(|moment| clock.in_pane(moment)),
                emitted: detail.emitted.map(|moment| clock.in_pane(moment)),
                origin: origin(detail),
                changes,
                address: Pane::Versions.address(query, Some(each)),
                is_chosen: each == number,
            }
        });
    let mut list: Vec<_> = list.collect();
    list.reverse();
    let index = number.wrapping_sub(1);
    let chosen = found
        .get(index)
        .zip(known.get(index))
        .map(|(detail, facts)| {
            let found_here = match before(number) {
                Some(before) => differences(before, facts),
                None => differences(facts, facts),
            };
            let mut changes = found_here.different;
            changes.extend(found_here.always_different);
            Chosen {
                title: text::version_of(number, found.len()),
                changes: before(number).is_some().then_some(changes),
                same: found_here.same,
                record: record(&detail.raw),
            }
        });
    Versions {
        list,
        chosen,
        failure: None,
    }
}

fn origin(detail: &Detail) -> String {
    shown(
        &format!("{} ({})", detail.origin, detail.shape),
        MOST_IN_CELL,
    )
}
