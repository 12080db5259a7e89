//! Why there are no rows, found by asking wider questions one after the other.

use chrono::{Duration, SubsecRound};
use model::Tab;
use model::query::{Query, Range};

use super::filters;
use super::moments::Clock;
use crate::backend::{Backend, BackendError};
use crate::text;
use crate::view::sign_ins::{Culprit, Empty};

/// Most filters that are looked into.
const MOST_SUSPECTS: usize = 6;

/// What to say in the place of the rows of `query`, which found none.
///
/// # Errors
/// Those of the backend.
pub async fn why_empty(
    backend: &dyn Backend,
    query: &Query,
    clock: &Clock,
    path: &str,
) -> Result<Empty, BackendError> {
    if !query.filters.is_empty() || query.search.is_some() {
        let unfiltered = query.without_filters();
        let counts = backend.counts(&unfiltered).await?;
        let number = counts.of_tabs(query.tabs());
        if number > 0 {
            return Ok(Empty::Filters {
                culprit: culprit(backend, query, clock, path).await?,
                unfiltered: number,
                range: clock.range(query.range),
                reset: unfiltered.without_row().to_address(path),
            });
        }
    }
    let mut newest = None;
    for tab in Tab::ALL {
        if query.tabs().has(tab) {
            newest = newest.max(backend.span(tab).await?.map(|(_, last)| last));
        }
    }
    if let Some(newest) = newest {
        let to = newest.trunc_subsecs(0) + Duration::seconds(1);
        let day = Range::Between {
            from: Some(to - Duration::hours(24)),
            to: Some(to),
        };
        return Ok(Empty::Range {
            range: clock.range(query.range),
            newest: clock.in_grid(newest),
            address: query
                .without_filters()
                .without_row()
                .with_range(day)
                .to_address(path),
        });
    }
    for tab in Tab::ALL {
        if !query.tabs().has(tab) && backend.span(tab).await?.is_some() {
            return Ok(Empty::Tab {
                label: match query.noise {
                    Some(noise) => text::explore::noise(noise).to_owned(),
                    None => query.tab.label().to_owned(),
                },
            });
        }
    }
    Ok(Empty::Nothing)
}

/// The first filter without which there would be rows; `None` when it takes more than one, or when there is
/// nothing else to leave out.
async fn culprit(
    backend: &dyn Backend,
    query: &Query,
    clock: &Clock,
    path: &str,
) -> Result<Option<Culprit>, BackendError> {
    let active = query.filters.iter().enumerate();
    let active = active.filter(|(_, filter)| !filter.paused);
    let mut found: Option<Culprit> = None;
    for (index, filter) in active.take(MOST_SUSPECTS) {
        let paused = query
            .with_filter_changed(index, |filter| filter.paused = true)
            .without_row();
        let counts = backend.counts(&paused).await?;
        let rows = counts.of_tabs(query.tabs());
        match &mut found {
            _ if rows == 0 => {}
            Some(culprit) => culprit.is_alone = false,
            None => {
                found = Some(Culprit {
                    filter: filters::in_words(filter, query.tabs(), clock),
                    rows,
                    is_alone: true,
                    pause: paused.to_address(path),
                });
            }
        }
    }
    Ok(found)
}
