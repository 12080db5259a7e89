//! Many rows at once, cell by cell, without a copy of each value.

use std::collections::HashMap;

use chrono::DateTime;
use model::{Column, Tab, Value};

use crate::layout::{Layout, Place};
use crate::page::Candidate;
use crate::segment::{Segment, Values};
use crate::view::View;

/// The rows of a page, in order.
pub struct Rows<'v> {
    view: &'v View,
    /// Segment and row.
    places: Vec<(usize, usize)>,
}

/// What a cell holds, for the length of a call.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'c> {
    /// No value.
    Empty,
    /// A text.
    Text(&'c str),
    /// Any other value.
    Value(&'c Value),
}

impl<'v> Rows<'v> {
    /// The rows of candidates, which are in order.
    pub(crate) fn new(view: &'v View, candidates: &[Candidate<'_>]) -> Rows<'v> {
        let segments = view.segments().iter().enumerate();
        let numbers: HashMap<*const Segment, usize> = segments
            .map(|(number, segment)| (std::sync::Arc::as_ptr(segment), number))
            .collect();
        let place = |candidate: &Candidate<'_>| {
            let (segment, row) = candidate.place();
            let number = numbers.get(&std::ptr::from_ref(segment));
            number.map(|number| (*number, row))
        };
        Rows {
            view,
            places: candidates.iter().filter_map(place).collect(),
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
        self.segment(row).0.tab()
    }

    fn segment(&self, row: usize) -> (&'v Segment, usize) {
        let (segment, row) = self.places[row];
        (&self.view.segments()[segment], row)
    }

    /// Where the values of a column are, for [`Rows::with`].
    pub fn column(&self, column: &Column) -> CellPlace {
        CellPlace(Layout::get().place(column))
    }

    /// Calls with the value of a row in a column.
    pub fn with<T>(&self, row: usize, column: CellPlace, call: impl FnOnce(Cell<'_>) -> T) -> T {
        let (segment, row) = self.segment(row);
        match column.0 {
            Place::Date => {
                let date = DateTime::from_timestamp_micros(segment.date(row)).unwrap_or_default();
                call(Cell::Value(&Value::Instant(date)))
            }
            Place::Coded(index) | Place::Identifier(index) => {
                let column = segment.column(index);
                let local = column.rows.codes().at(row);
                match &column.values {
                    Values::Own(identifiers) => {
                        identifiers.with(local, |text| call(text.map_or(Cell::Empty, Cell::Text)))
                    }
                    Values::Shared(shared) => {
                        let code = shared.codes()[usize::from(local)];
                        let dictionary = self.view.dictionary(index);
                        match (dictionary.text(code), dictionary.other(code)) {
                            (Some(text), _) => call(Cell::Text(text)),
                            (None, Some(value)) => call(Cell::Value(value)),
                            (None, None) => call(Cell::Empty),
                        }
                    }
                }
            }
            Place::Nowhere => call(Cell::Empty),
        }
    }
}

/// Where the values of a column are.
#[derive(Debug, Clone, Copy)]
pub struct CellPlace(Place);
