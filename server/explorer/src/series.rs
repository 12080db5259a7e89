//! When sign-ins happened, by the values of a column: a histogram for each.

use std::collections::HashMap;
use std::ops::Range;

use model::Value;
use model::answer::{Counted, MOST_SERIES_BUCKETS, Series, SeriesLine};
use model::ask::SeriesAsk;
use model::list;

use crate::groups::single;
use crate::histogram::stretches;
use crate::layout::{Layout, Place};
use crate::listed;
use crate::narrow::{Block, Narrowed};
use crate::outcome::OutcomesOf;
use crate::segment::Segment;
use crate::view::View;

/// Stands for a value without a line.
const NO_LINE: u32 = u32::MAX;

/// Histograms that are being counted.
pub(crate) struct Charting<'a> {
    ask: &'a SeriesAsk,
    /// Position of the column; `None` where there is no histogram for each of its values.
    index: Option<usize>,
    /// The line of each shared code.
    lines: Vec<u32>,
    /// The shared code of each line.
    codes: Vec<u32>,
    /// Success, failure, interrupted, unknown of each bucket, line by line.
    cells: Vec<[u32; 4]>,
    is_too_many: bool,
    /// Where the buckets are in the segment that is looked at.
    stretches: Vec<(usize, Range<usize>)>,
    /// The line of each of its own codes, as far as they were met.
    local: Vec<u32>,
    /// Whether its rows are counted already.
    is_known: bool,
}

impl<'a> Charting<'a> {
    pub fn new(ask: &'a SeriesAsk, view: &View) -> Charting<'a> {
        let index = match Layout::get().place(ask.by) {
            Place::Coded(index) => Some(index),
            Place::Date | Place::Identifier(_) | Place::Nowhere => None,
        };
        Charting {
            ask,
            index,
            lines: index.map_or_else(Vec::new, |index| {
                vec![NO_LINE; view.dictionary(index).codes()]
            }),
            codes: Vec::new(),
            cells: Vec::new(),
            is_too_many: index.is_none(),
            stretches: Vec::new(),
            local: Vec::new(),
            is_known: false,
        }
    }

    fn buckets(&self) -> usize {
        self.ask.edges_micros.len().saturating_sub(1)
    }

    /// Begins with the rows of a segment.
    pub fn begin(&mut self, narrowed: &Narrowed<'_>, outcomes: &OutcomesOf<'_>) {
        let Some(index) = self.index.filter(|_| !self.is_too_many) else {
            return;
        };
        let segment = narrowed.segment();
        self.stretches = stretches(&self.ask.edges_micros, segment);
        self.local.clear();
        self.local
            .resize(segment.column(index).values.len(), NO_LINE);
        self.is_known = narrowed.is_whole() && self.add_whole(segment, index, outcomes);
    }

    /// Adds all rows of a segment that lies in one bucket, where it keeps the counts.
    fn add_whole(&mut self, segment: &Segment, index: usize, outcomes: &OutcomesOf<'_>) -> bool {
        let Some((bucket, _)) = self
            .stretches
            .first()
            .filter(|(_, rows)| *rows == (0..segment.rows()))
        else {
            return false;
        };
        let bucket = *bucket;
        let Some(counts) = segment.by_outcome(index).filter(|_| single::fits(outcomes)) else {
            return false;
        };
        let shared = segment.column(index).values.shared();
        for (key, by_outcome, _) in single::found(counts, &[], outcomes) {
            let line = self.line(shared[key]) as usize;
            if self.is_too_many {
                break;
            }
            let place = line * self.buckets() + bucket;
            let cell = self.cells[place].iter_mut().zip(by_outcome);
            cell.for_each(|(count, more)| *count += more);
        }
        true
    }

    /// The line of a shared code, a new one where it has none.
    fn line(&mut self, code: u32) -> u32 {
        let known = self.lines[code as usize];
        if known != NO_LINE {
            return known;
        }
        let cells = self.cells.len() + self.buckets();
        let Some(line) = u32::try_from(self.codes.len())
            .ok()
            .filter(|_| cells <= MOST_SERIES_BUCKETS)
        else {
            self.is_too_many = true;
            return 0;
        };
        self.lines[code as usize] = line;
        self.codes.push(code);
        self.cells.resize(cells, [0; 4]);
        line
    }

    /// Counts rows of that segment.
    pub fn add(&mut self, segment: &Segment, outcomes: &OutcomesOf<'_>, block: &Block<'_>) {
        let Some(index) = self.index.filter(|_| !self.is_known) else {
            return;
        };
        let column = segment.column(index);
        let (codes, shared) = (column.rows.codes(), column.values.shared());
        let buckets = self.buckets();
        let first = block.first();
        let mut place = self
            .stretches
            .partition_point(|(_, rows)| rows.end <= first);
        block.each(|row| {
            // Rows ascend, as stretches do.
            while self
                .stretches
                .get(place)
                .is_some_and(|(_, rows)| rows.end <= row)
            {
                place += 1;
            }
            let Some((bucket, _)) = self
                .stretches
                .get(place)
                .filter(|(_, rows)| rows.start <= row)
            else {
                return;
            };
            let bucket = *bucket;
            let local = usize::from(codes.at(row));
            let mut line = self.local[local];
            if line == NO_LINE {
                line = self.line(shared[local]);
                self.local[local] = line;
            }
            if !self.is_too_many {
                self.cells[line as usize * buckets + bucket][outcomes.of_row(row)] += 1;
            }
        });
    }

    /// Adds what another thread counted.
    pub fn join(&mut self, other: &Charting<'_>) {
        self.is_too_many |= other.is_too_many;
        let buckets = self.buckets();
        if buckets == 0 {
            return;
        }
        for (code, cells) in other.codes.iter().zip(other.cells.chunks(buckets)) {
            let line = self.line(*code) as usize;
            if self.is_too_many {
                return;
            }
            let held = &mut self.cells[line * buckets..][..buckets];
            for (cell, more) in held.iter_mut().zip(cells) {
                let counts = cell.iter_mut().zip(more);
                counts.for_each(|(count, more)| *count += more);
            }
        }
    }

    /// The histograms.
    pub fn series(self, view: &View) -> Series {
        let Some(index) = self.index.filter(|_| !self.is_too_many) else {
            return Series::too_many();
        };
        let dictionary = view.dictionary(index);
        let mut lines: Vec<SeriesLine> = Vec::with_capacity(self.codes.len());
        let mut places: HashMap<String, usize> = HashMap::new();
        let buckets = self.buckets().max(1);
        for (code, cells) in self.codes.iter().zip(self.cells.chunks(buckets)) {
            let line = SeriesLine {
                value: dictionary.value(*code),
                buckets: cells.iter().map(counted).collect(),
            };
            match &line.value {
                Value::Text(text) if listed::is_list(self.ask.by) => {
                    if lines.len() * buckets > MOST_SERIES_BUCKETS {
                        return Series::too_many();
                    }
                    for item in list::items(text) {
                        let place = *places.entry(item.to_owned()).or_insert(lines.len());
                        match lines.get_mut(place) {
                            Some(known) => known.join(&line),
                            None => lines.push(SeriesLine {
                                value: Value::Text(item.to_owned()),
                                buckets: line.buckets.clone(),
                            }),
                        }
                    }
                }
                _ => lines.push(line),
            }
        }
        Series::of(lines, self.ask.limit)
    }
}

fn counted(cell: &[u32; 4]) -> Counted {
    let [success, failure, interrupted, unknown] = cell.map(u64::from);
    Counted {
        rows: success + failure + interrupted + unknown,
        by_outcome: [success, failure, interrupted],
    }
}
