//! Many rows at once, column by column, without a copy of each value.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::DateTime;

use model::{Column, Tab, Value};

use crate::dictionary::Code;
use crate::identifier::Written;
use crate::layout::{Layout, Place};
use crate::page::Candidate;
use crate::segment::{Segment, Values};
use crate::view::View;

/// The rows of a page, in order.
pub struct Rows<'v> {
    view: &'v View,
    /// The segments that they are in.
    segments: Vec<&'v Segment>,
    /// Segment and row.
    places: Vec<(u32, u16)>,
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Cell<'v> {
    /// No value.
    Empty,
    /// A text.
    Text(&'v str),
    /// An identifier, which memory holds in another form.
    Identifier(Written),
    /// A moment.
    Moment(Value),
    /// Any other value.
    Value(&'v Value),
}

impl<'v> Rows<'v> {
    /// The rows of candidates, which are in order.
    pub(crate) fn new(view: &'v View, candidates: &[Candidate<'_>]) -> Rows<'v> {
        let all: HashMap<*const Segment, &'v Segment> = view
            .segments()
            .iter()
            .map(|segment| (Arc::as_ptr(segment), &**segment))
            .collect();
        let mut numbers: HashMap<*const Segment, u32> = HashMap::new();
        let mut segments = Vec::new();
        let place = |candidate: &Candidate<'_>| {
            let (segment, row) = candidate.place();
            let segment = std::ptr::from_ref(segment);
            let number = match numbers.get(&segment) {
                Some(number) => *number,
                None => {
                    segments.push(*all.get(&segment)?);
                    let number = u32::try_from(segments.len() - 1).ok()?;
                    *numbers.entry(segment).or_insert(number)
                }
            };
            Some((number, row))
        };
        let places = candidates.iter().filter_map(place).collect();
        Rows {
            view,
            segments,
            places,
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What kind of sign-in a row is.
    pub fn tab(&self, row: usize) -> Tab {
        self.segments[self.places[row].0 as usize].tab()
    }

    /// The values of a column in some of the rows. A thousand rows at a time are read fastest: the
    /// processor fetches what it needs for many of them at once, and still finds it when it is written.
    pub fn read(&self, rows: Range<usize>, column: &Column) -> Vec<Cell<'v>> {
        let places = &self.places[rows];
        match Layout::get().place(column) {
            Place::Date => {
                let moment = |(segment, row): &(u32, u16)| {
                    let micros = self.segments[*segment as usize].date(usize::from(*row));
                    let moment = DateTime::from_timestamp_micros(micros).unwrap_or_default();
                    Cell::Moment(Value::Instant(moment))
                };
                places.iter().map(moment).collect()
            }
            Place::Coded(index) => {
                let columns: Vec<_> = self
                    .segments
                    .iter()
                    .map(|segment| segment.column(index))
                    .collect();
                let code = |(segment, row): &(u32, u16)| {
                    columns[*segment as usize].shared(usize::from(*row))
                };
                let codes: Vec<Code> = places.iter().map(code).collect();
                let dictionary = self.view.dictionary(index);
                codes
                    .into_iter()
                    .map(|code| dictionary.cell(code))
                    .collect()
            }
            Place::Identifier(index) => {
                let cell = |(segment, row): &(u32, u16)| {
                    let column = self.segments[*segment as usize].column(index);
                    match &column.values {
                        Values::Own(identifiers) => {
                            identifiers.cell(column.rows.codes().at(usize::from(*row)))
                        }
                        Values::Shared(_) => Cell::Empty,
                    }
                };
                places.iter().map(cell).collect()
            }
            Place::Nowhere => vec![Cell::Empty; places.len()],
        }
    }
}
