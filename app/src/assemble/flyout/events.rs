//! The other events of the sign-in that the open one is part of: those that are one line with it where events are put
//! together.

use chrono::{DateTime, Duration, Utc};
use model::ask::{Ask, PageAsk};
use model::folded::{Alike, MOST_BETWEEN_MICROS, is_unknown};
use model::query::{Range, Sort};
use model::{Column, Outcome, Query, Tab, Value};

use super::panes::Pane;
use super::subject::Subject;
use super::timeline::duration;
use crate::assemble::sign_ins::PATH;
use crate::backend::Backend;
use crate::text::flyout as text;
use crate::view::flyout::verdict::Events;

/// How far before and after they are looked for, in hours: with an hour between each and the next.
const MOST_HOURS: i64 = 12;
/// Most that are looked at.
const MOST: usize = 500;
/// Most links, of which the nearest are the likeliest to be wanted.
const MOST_LINKS: usize = 4;

/// One of them.
struct Event {
    request_id: String,
    date: DateTime<Utc>,
    outcome: Option<Outcome>,
    code: Option<i64>,
}

/// The others, as far as memory holds them: they are no part of the answer, and nobody waits for the lake to be read.
pub(super) async fn events(
    backend: &dyn Backend,
    query: &Query,
    subject: Subject<'_>,
) -> Option<Events> {
    if subject.detail.tab != Tab::Interactive {
        return None;
    }
    let by = Alike::in_tab(Tab::Interactive);
    let value = |column: &Column| subject.value(column.id).cloned().unwrap_or_default();
    let is_alone = |alike: &Alike| alike.is_needed && is_unknown(&value(alike.column));
    if by.iter().any(is_alone) {
        return None;
    }
    let values: Vec<Value> = by.iter().flat_map(Alike::columns).map(value).collect();
    let reach = Duration::hours(MOST_HOURS);
    let read = (subject.date() - reach, subject.date() + reach);
    let mut ask = Ask::of(Query {
        range: Range::Between {
            from: Some(read.0),
            to: Some(read.1),
        },
        filters: Alike::filters(&by, &values),
        sort: Sort {
            descending: false,
            ..Sort::default()
        },
        ..Query::default()
    });
    ask.page = Some(PageAsk {
        columns: ["status", "error_code"].map(Column::named).to_vec(),
        limit: MOST,
        skip: 0,
    });
    let answered = backend.ask_memory(ask).await.ok()??;
    let rows = answered.answer.page.unwrap_or_default().rows.into_iter();
    let mut found: Vec<Event> = rows
        .map(|row| Event {
            request_id: row.request_id,
            date: row.date,
            outcome: row
                .values
                .first()
                .and_then(Value::as_text)
                .and_then(|text| text.parse().ok()),
            code: match row.values.get(1) {
                Some(Value::Integer(code)) => Some(*code),
                _ => None,
            },
        })
        .collect();
    found
        .sort_by(|left, right| (left.date, &left.request_id).cmp(&(right.date, &right.request_id)));
    told(query, subject.text("request_id")?, &found, read)
}

/// What is said of events in the order of time, of which one is open, among all that were read between two moments.
fn told(
    query: &Query,
    open: &str,
    found: &[Event],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Option<Events> {
    let at = found.iter().position(|event| event.request_id == open)?;
    let most = Duration::microseconds(MOST_BETWEEN_MICROS);
    let goes_on = |pair: &[Event]| match pair {
        [before, after] => after.date - before.date <= most,
        _ => false,
    };
    let pairs: Vec<bool> = found.windows(2).map(goes_on).collect();
    let (earlier, later) = pairs.split_at(at);
    let first = at - earlier.iter().rev().take_while(|goes_on| **goes_on).count();
    let last = at + later.iter().take_while(|goes_on| **goes_on).count();
    let all = last - first + 1;
    if all < 2 {
        return None;
    }
    let open = found.get(at)?;
    // Beyond what was read there may be more.
    let is_cut = (found.len() >= MOST && last + 1 == found.len())
        || (found.get(first)?.date - from) <= most
        || (to - found.get(last)?.date) <= most;
    let others = (first..=last).filter(|index| *index != at);
    let mut nearest: Vec<usize> = others.collect();
    nearest.sort_by_key(|index| index.abs_diff(at));
    nearest.truncate(MOST_LINKS);
    nearest.sort_unstable();
    let link = |event: &Event| {
        let is_before = event.date < open.date;
        let away = duration((event.date - open.date).abs());
        let status = event.outcome.map_or(text::NONE, Outcome::label);
        let other = Query {
            compare: None,
            ..query.with_row(&event.request_id)
        };
        (
            text::event_beside(status, event.code, &away, is_before),
            other.to_address(PATH),
        )
    };
    let others: Vec<_> = nearest
        .iter()
        .filter_map(|index| found.get(*index))
        .map(link)
        .collect();
    Some(Events {
        place: match is_cut {
            true => text::event_of_many(all),
            false => text::event_of(at - first + 1, all),
        },
        all: (others.len() + 1 < all).then(|| {
            let timeline = Pane::Timeline.address(query, None);
            (text::ALL_EVENTS.to_owned(), timeline)
        }),
        others,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, minute: i64, code: i64) -> Event {
        Event {
            request_id: id.to_owned(),
            date: DateTime::UNIX_EPOCH + Duration::minutes(minute),
            outcome: Some(Outcome::of_error_code(code)),
            code: Some(code),
        }
    }

    #[test]
    fn neighbours_within_an_hour_are_events_of_one_sign_in() {
        let found = [
            event("long-before", 0, 50_126),
            event("a", 90, 50_074),
            event("b", 91, 50_140),
            event("c", 151, 0),
            event("long-after", 212, 0),
        ];
        let query = Query::parse("row=b").0;
        let day = Duration::hours(24);
        let read = (found[0].date - day, found[4].date + day);
        let told = |open| told(&query, open, &found, read);
        let events = told("b").expect("events");
        assert_eq!(events.place, "Event 2 of 3 of this sign-in");
        assert_eq!(events.all, None);
        let words: Vec<_> = events
            .others
            .iter()
            .map(|(words, _)| words.as_str())
            .collect();
        assert_eq!(
            words,
            [
                "Interrupted 50074, 1 min 0 s before",
                "Success, 1 h 0 min later"
            ]
        );
        assert!(events.others[0].1.contains("row=a"), "{:?}", events.others);
        assert_eq!(told("long-before"), None);
        assert_eq!(told("long-after"), None);
        assert_eq!(told("unknown"), None);
    }

    #[test]
    fn of_many_the_nearest_are_linked() {
        let found: Vec<_> = (0..9)
            .map(|minute| event(&format!("e{minute}"), minute, 50_140))
            .collect();
        let query = Query::parse("row=e0").0;
        let day = Duration::hours(24);
        let (begin, end) = (found[0].date, found[8].date);
        let events = told(&query, "e0", &found, (begin - day, end + day)).expect("events");
        assert_eq!(events.place, "Event 1 of 9 of this sign-in");
        let cut = told(&query, "e0", &found, (begin - day, end)).expect("events");
        assert_eq!(cut.place, "One of at least 9 events of this sign-in");
        assert_eq!(events.others.len(), MOST_LINKS);
        assert!(events.others[3].1.contains("row=e4"));
        assert!(events.all.is_some());
    }
}
