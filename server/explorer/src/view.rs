//! What readers see: the segments of one version of the lake, and the questions over them.

use std::collections::BinaryHeap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use model::answer::{Counts, Page, Row, Span};
use model::column::Column;
use model::outcome::Outcome;
use model::query::{Cursor, Query};
use model::{Tab, Value};

use crate::condition::{self, CodeSet, Condition};
use crate::dictionary::{Code, Dictionary};
use crate::layout::{Layout, Place};
use crate::mask::Mask;
use crate::order::{self, Key, Ranks, Standing};
use crate::parallel;
use crate::segment::{Segment, code_of_tab};

/// Rows that are looked at before asking again whether the page is full.
const BLOCK_ROWS: usize = 8_192;

/// The sign-ins of one version of the lake. It never changes, and lives as long as somebody reads it.
pub struct View {
    version: u64,
    /// The one with the newest row first.
    segments: Vec<Arc<Segment>>,
    dictionaries: Vec<Dictionary>,
    ranks: Vec<OnceLock<Ranks>>,
}

/// A row that may be on the page.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    standing: Standing,
    segment: usize,
    row: usize,
}

impl View {
    /// A view of these segments.
    pub(crate) fn new(
        version: u64,
        mut segments: Vec<Arc<Segment>>,
        dictionaries: Vec<Dictionary>,
    ) -> View {
        segments.retain(|segment| segment.rows() > 0);
        segments.sort_by_key(|segment| segment.span().map(|(newest, _)| std::cmp::Reverse(newest)));
        View {
            version,
            segments,
            ranks: dictionaries.iter().map(|_| OnceLock::new()).collect(),
            dictionaries,
        }
    }

    /// Version of the lake.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Number of sign-ins.
    pub fn rows(&self) -> u64 {
        self.segments
            .iter()
            .map(|segment| segment.rows() as u64)
            .sum()
    }

    /// Memory of segments and dictionaries, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let segments: usize = self
            .segments
            .iter()
            .map(|segment| segment.size_bytes())
            .sum();
        let dictionaries: usize = self.dictionaries.iter().map(Dictionary::size_bytes).sum();
        segments + dictionaries
    }

    /// The rows that the query asks for, at most `limit`, with the values of `columns`.
    pub fn page(
        &self,
        query: &Query,
        columns: &[&'static Column],
        limit: usize,
        now: DateTime<Utc>,
    ) -> Page {
        let conditions = condition::of_query(query, Some(query.tab), &self.dictionaries);
        let sort = query.sort;
        let place = Layout::get().place(sort.column);
        let ranks = match place {
            Place::Coded(index) => Some((self.ranks(index), &self.dictionaries[index])),
            _ => None,
        };
        let after = query
            .after
            .as_ref()
            .map(|cursor| order::of_cursor(sort, cursor, ranks));
        let by_date = place == Place::Date;
        let key = |segment: &Segment, row: usize| match place {
            Place::Coded(index) => self
                .ranks(index)
                .key(segment.codes(index).at(row), sort.descending),
            Place::Identifier(index) => segment.identifiers(index).with(row, |text| {
                Key::Text(text.map(str::to_owned), sort.descending)
            }),
            Place::Date | Place::Nowhere => Key::Unsorted,
        };
        // One more than asked for tells whether there is a next page.
        let wanted = limit.saturating_add(1);
        let mut best: BinaryHeap<Candidate> = BinaryHeap::new();
        let (from, to) = bounds(query, now);
        let mut numbered: Vec<(usize, &Arc<Segment>)> = self.segments.iter().enumerate().collect();
        if by_date && !sort.descending {
            numbered.sort_by_key(|(_, segment)| segment.span().map(|(_, oldest)| oldest));
        }
        for (number, segment) in numbered {
            let rows = segment.within(from, to);
            let mut blocks: Vec<Range<usize>> = blocks(rows).collect();
            if by_date && !sort.descending {
                blocks.reverse();
            }
            for block in blocks {
                let first = if sort.descending {
                    block.start
                } else {
                    block.end - 1
                };
                let nearest = order::turned_date(sort, segment.date(first));
                let is_full = best.len() >= wanted;
                if by_date
                    && is_full
                    && best.peek().is_some_and(|last| nearest > last.standing.date)
                {
                    break;
                }
                for row in meeting(&conditions, segment, &block).rows() {
                    let row = block.start + row;
                    let date = order::turned_date(sort, segment.date(row));
                    if by_date
                        && best.len() >= wanted
                        && best.peek().is_some_and(|last| date > last.standing.date)
                    {
                        continue;
                    }
                    let standing = Standing {
                        key: key(segment, row),
                        date,
                        request_id: segment.with_request_id(row, str::to_owned),
                    };
                    if after.as_ref().is_some_and(|after| standing <= *after) {
                        continue;
                    }
                    best.push(Candidate {
                        standing,
                        segment: number,
                        row,
                    });
                    if best.len() > wanted {
                        best.pop();
                    }
                }
            }
        }
        self.page_of(best, query, columns, limit)
    }

    fn page_of(
        &self,
        best: BinaryHeap<Candidate>,
        query: &Query,
        columns: &[&'static Column],
        limit: usize,
    ) -> Page {
        let mut candidates = best.into_sorted_vec();
        let more = candidates.len() > limit;
        candidates.truncate(limit);
        let value = |candidate: &Candidate, column: &Column| {
            self.value(&self.segments[candidate.segment], candidate.row, column)
        };
        let next = candidates.last().filter(|_| more).map(|last| Cursor {
            sort_value: (query.sort.column.id != "date").then(|| value(last, query.sort.column)),
            date_micros: self.segments[last.segment].date(last.row),
            request_id: last.standing.request_id.clone(),
        });
        let rows = candidates.into_iter().map(|candidate| {
            let date = self.segments[candidate.segment].date(candidate.row);
            let values = columns.iter().map(|column| value(&candidate, column));
            Row {
                date: DateTime::from_timestamp_micros(date).unwrap_or_default(),
                values: values.collect(),
                request_id: candidate.standing.request_id,
            }
        });
        Page {
            rows: rows.collect(),
            next,
        }
    }

    /// Counts what the query finds in every tab; where its page starts does not matter.
    pub fn counts(&self, query: &Query, now: DateTime<Utc>) -> Counts {
        let conditions = condition::of_query(query, None, &self.dictionaries);
        let (from, to) = bounds(query, now);
        let outcomes = self.outcome_codes();
        parallel::fold(
            &self.segments,
            |segment| segment.within(from, to).len(),
            |counts: &mut Counts, segment| {
                for block in blocks(segment.within(from, to)) {
                    let mask = meeting(&conditions, segment, &block);
                    if !mask.is_empty() {
                        count(counts, query.tab, &outcomes, segment, &block, mask);
                    }
                }
            },
            |counts, part| {
                let totals = counts.by_tab.iter_mut().chain(&mut counts.by_outcome);
                let parts = part.by_tab.into_iter().chain(part.by_outcome);
                totals.zip(parts).for_each(|(total, part)| *total += part);
            },
        )
    }

    /// The span of the sign-ins of a tab; `None` when there are none.
    pub fn span(&self, tab: Tab) -> Option<Span> {
        let kind = [Condition::Kind(CodeSet::One(code_of_tab(tab)))];
        let (mut first, mut last): (Option<i64>, Option<i64>) = (None, None);
        for segment in &self.segments {
            let Some((newest, oldest)) = segment.span() else {
                continue;
            };
            if first.is_some_and(|first| first <= oldest) && last.is_some_and(|last| last >= newest)
            {
                continue;
            }
            let mask = meeting(&kind, segment, &(0..segment.rows()));
            let rows: Vec<usize> = mask.rows().collect();
            if let (Some(newest), Some(oldest)) = (rows.first(), rows.last()) {
                last = last.max(Some(segment.date(*newest)));
                let oldest = segment.date(*oldest);
                first = Some(first.map_or(oldest, |first| first.min(oldest)));
            }
        }
        let moment = |micros: Option<i64>| micros.and_then(DateTime::from_timestamp_micros);
        Some(Span {
            first: moment(first)?,
            last: moment(last)?,
        })
    }

    /// One value of one row.
    fn value(&self, segment: &Segment, row: usize, column: &Column) -> Value {
        match Layout::get().place(column) {
            Place::Date => DateTime::from_timestamp_micros(segment.date(row))
                .map_or(Value::Empty, Value::Instant),
            Place::Coded(index) => self.dictionaries[index].value(segment.codes(index).at(row)),
            Place::Identifier(index) => segment.identifiers(index).with(row, |text| {
                text.map_or(Value::Empty, |text| Value::Text(text.to_owned()))
            }),
            Place::Nowhere => Value::Empty,
        }
    }

    fn ranks(&self, index: usize) -> &Ranks {
        self.ranks[index].get_or_init(|| Ranks::new(&self.dictionaries[index]))
    }

    /// Codes of success, failure, interrupted; `None` for one that no row has.
    fn outcome_codes(&self) -> [Option<Code>; 3] {
        let Place::Coded(index) = Layout::get().status else {
            return [None; 3];
        };
        [Outcome::Success, Outcome::Failure, Outcome::Interrupted].map(|outcome| {
            let mut values = self.dictionaries[index].each();
            values
                .find(|(_, value, _)| value.as_text() == Some(outcome.as_str()))
                .map(|(code, _, _)| code)
        })
    }
}

/// Adds the rows of a mask to the counts.
fn count(
    counts: &mut Counts,
    own_tab: Tab,
    outcomes: &[Option<Code>; 3],
    segment: &Segment,
    block: &Range<usize>,
    mask: Mask,
) {
    for tab in Tab::ALL {
        counts.by_tab[tab.index()] += segment.kinds().count(block, code_of_tab(tab), &mask);
    }
    let Place::Coded(status) = Layout::get().status else {
        return;
    };
    let mut own = mask;
    Condition::Kind(CodeSet::One(code_of_tab(own_tab))).retain(segment, block, &mut own);
    for (count, code) in counts.by_outcome.iter_mut().zip(outcomes) {
        if let Some(code) = code {
            *count += segment.codes(status).count(block, *code, &own);
        }
    }
}

fn bounds(query: &Query, now: DateTime<Utc>) -> (Option<i64>, Option<i64>) {
    let (from, to) = query.range.bounds(now);
    let micros = |moment: DateTime<Utc>| moment.timestamp_micros();
    (from.map(micros), to.map(micros))
}

fn blocks(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = rows.end;
    rows.step_by(BLOCK_ROWS)
        .map(move |start| start..end.min(start + BLOCK_ROWS))
}

/// The rows of a block that meet all conditions.
fn meeting(conditions: &[Condition<'_>], segment: &Segment, block: &Range<usize>) -> Mask {
    let mut mask = Mask::all(block.len());
    for condition in conditions {
        if mask.is_empty() {
            break;
        }
        condition.retain(segment, block, &mut mask);
    }
    mask
}
