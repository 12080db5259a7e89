//! Sign-ins that are alike within a stretch of time, as one line.
//!
//! Segments are newest first, and so are stretches: one stretch after the other is put together from the
//! newest on, until there are lines enough for the page.

mod chains;
mod key;
#[cfg(test)]
mod tests;
mod window;

use chrono::DateTime;
use model::Value;
use model::answer::{MOST_GROUPS, Row};
use model::folded::{self, FoldAsk, Folded, MOST_COUNTED};
use model::outcome::Outcome;

use crate::fold::chains::Chains;
use crate::fold::key::Keys;
use crate::fold::window::{Line, Place as LinePlace, Window};
use crate::layout::{Layout, Place};
use crate::outcome::Outcomes;
use crate::pass::Pass;
use crate::segment::Segment;
use crate::view::View;

/// Rows of a segment that meet the conditions, newest first, and how many of them are in lines already.
pub(crate) struct Open<'a> {
    segment: &'a Segment,
    rows: Vec<u16>,
    folded: usize,
}

impl Open<'_> {
    fn newest(&self) -> Option<i64> {
        let row = self.rows.get(self.folded)?;
        Some(self.segment.date(usize::from(*row)))
    }

    /// The rows from a moment on that are in no line yet; from now on they are.
    fn take_from(&mut self, start: i64) -> &[u16] {
        let begin = self.folded;
        let rest = self.rows.get(begin..).unwrap_or_default();
        let taken = rest.partition_point(|row| self.segment.date(usize::from(*row)) >= start);
        self.folded = begin + taken;
        self.rows.get(begin..self.folded).unwrap_or_default()
    }
}

/// The page of lines; of no use when the pass was told to stop.
pub(crate) fn folded(pass: &Pass<'_>, wanted: &FoldAsk) -> Folded {
    let query = pass.query();
    let after = query.after.as_ref().map(|cursor| LinePlace {
        date: cursor.date_micros,
        request_id: &cursor.request_id,
    });
    // The stretch of the cursor is put together from its beginning: what was shown of it is known only then.
    let of_cursor = after.as_ref().map(|after| wanted.end_of(after.date));
    let until = folded::until_micros(query).map(|until| until.saturating_add(1));
    let to = [pass.to(), of_cursor, until].into_iter().flatten().min();
    let most = wanted.limit.saturating_add(1);

    let segments = pass.asked_segments(to);
    let is_few = pass
        .plain_count(&segments, to)
        .is_none_or(|rows| rows <= MOST_COUNTED);
    let is_counted = wanted.lines && after.is_none() && is_few;
    let mut waiting = segments.into_iter().peekable();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut keys = Keys::new(pass.view(), &wanted.by);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let success = Outcomes::new(pass.view()).code(Outcome::Success);
    let mut chains = wanted
        .most_between_micros()
        .map(|most_between| Chains::new(most_between, success));
    let (mut count, mut rows, mut is_whole) = (0u64, 0u64, false);
    while !pass.is_stopped() {
        let next = waiting.peek().and_then(|(_, segment)| segment.span());
        let next = next.map(|(newest, _)| to.map_or(newest, |to| newest.min(to - 1)));
        let Some(newest) = open.iter().filter_map(Open::newest).chain(next).max() else {
            is_whole = true;
            let rest = chains.as_mut().map(|chains| chains.end(None));
            let rest = rest.unwrap_or_default();
            count += rest.len() as u64;
            lines.extend(first(rest, after.as_ref(), most - lines.len()));
            break;
        };
        let start = wanted.start(newest);
        let is_near = |(_, segment): &(usize, &Segment)| {
            segment.span().is_some_and(|(newest, _)| newest >= start)
        };
        while let Some((place, segment)) = waiting.next_if(is_near) {
            let rows = pass.rows_of(place, segment, to);
            open.extend((!rows.is_empty()).then_some(Open {
                segment,
                rows,
                folded: 0,
            }));
        }
        let mut window = Window::new(success);
        for held in &mut open {
            let segment = held.segment;
            let taken = held.take_from(start);
            rows += taken.len() as u64;
            match &mut chains {
                Some(chains) => chains.add(&mut keys, segment, taken),
                None => window.add(&mut keys, segment, taken),
            }
            let held = chains.as_ref().map_or(window.len(), Chains::rows);
            if held > MOST_GROUPS {
                return Folded::too_many();
            }
        }
        open.retain(|held| held.newest().is_some());
        let (found, number) = match &mut chains {
            Some(chains) => {
                let found = chains.end(Some(start));
                let number = found.len();
                (first(found, after.as_ref(), most - lines.len()), number)
            }
            None => {
                let number = window.len();
                (window.first(after.as_ref(), most - lines.len()), number)
            }
        };
        count += number as u64;
        lines.extend(found);
        let is_counting = is_counted && rows <= MOST_COUNTED;
        if lines.len() >= most && !is_counting {
            break;
        }
    }
    let more = lines.len() > wanted.limit;
    lines.truncate(wanted.limit);
    let lines: Vec<_> = lines
        .iter()
        .map(|line| told(line, wanted, pass.view()))
        .collect();
    let ends = lines.first().zip(lines.last());
    let next = ends
        .filter(|_| more)
        .map(|(first, last)| folded::cursor(query, &first.newest, &last.newest));
    Folded {
        next,
        lines,
        count: (is_counted && is_whole && rows <= MOST_COUNTED).then_some(count),
        is_too_many: false,
    }
}

/// The first lines behind a place, of lines in their order.
fn first<'a>(
    mut lines: Vec<Line<'a>>,
    after: Option<&LinePlace<'_>>,
    most: usize,
) -> Vec<Line<'a>> {
    if let Some(after) = after {
        lines.retain(|line| line.is_behind(after));
    }
    lines.truncate(most);
    lines
}

fn told(line: &Line<'_>, wanted: &FoldAsk, view: &View) -> folded::Line {
    let row = usize::from(line.row);
    let moment = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
    let value = |place: Place| match place {
        Place::Date => Value::Instant(moment(line.date)),
        Place::Coded(index) | Place::Identifier(index) => line
            .segment
            .column(index)
            .value(row, view.dictionary(index)),
        Place::Nowhere => Value::Empty,
    };
    let places = wanted
        .columns
        .iter()
        .map(|column| Layout::get().place(column));
    folded::Line {
        newest: Row {
            request_id: line.segment.request_id(row),
            date: moment(line.date),
            values: places.map(value).collect(),
        },
        sign_ins: u64::from(line.sign_ins),
        first: moment(line.oldest),
    }
}
