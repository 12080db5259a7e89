//! What readers see: the segments of one version of the lake.

use std::cmp::Reverse;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use model::Tab;
use model::answer::{Answer, Span};
use model::ask::Ask;

use crate::dictionary::Dictionary;
use crate::order::Orders;
use crate::pass;
use crate::rows::Rows;
use crate::segment::Segment;
use crate::whereabouts::{Placed, Whereabouts};

/// Columns with fewer values than this have most of them in every segment.
const FEWEST_PLACED: usize = 300;
/// With more segments than this whose values' whereabouts are not known, they are made anew.
const MOST_UNKNOWN: usize = 32;

/// The sign-ins of one version of the lake. It never changes, and lives as long as somebody reads it.
pub struct View {
    version: u64,
    complete_from: Option<i64>,
    /// The one with the newest row first.
    segments: Vec<Arc<Segment>>,
    /// In the order of the layout; those of identifiers are empty.
    dictionaries: Vec<Dictionary>,
    orders: Vec<Arc<Orders>>,
    whereabouts: Vec<OnceLock<Option<Placed>>>,
    rows: u64,
    size_bytes: usize,
}

impl View {
    /// A view of these segments, which takes over what it can of an earlier one.
    pub(crate) fn new(
        version: u64,
        complete_from: Option<i64>,
        mut segments: Vec<Arc<Segment>>,
        dictionaries: Vec<Dictionary>,
        earlier: Option<&View>,
    ) -> View {
        segments.retain(|segment| segment.rows() > 0);
        segments.sort_by_key(|segment| segment.span().map(|(newest, _)| Reverse(newest)));
        let orders = dictionaries.iter().enumerate().map(|(index, dictionary)| {
            Orders::next(earlier.map(|view| &view.orders[index]), dictionary)
        });
        let known = |index: usize| earlier?.whereabouts[index].get()?.as_ref();
        let whereabouts = (0..dictionaries.len()).map(|index| {
            let placed =
                known(index).map(|placed| Placed::new(Arc::clone(placed.held()), &segments));
            match placed.filter(|placed| placed.unknown() <= MOST_UNKNOWN) {
                Some(placed) => OnceLock::from(Some(placed)),
                None => OnceLock::new(),
            }
        });
        let whereabouts = whereabouts.collect();
        let held = dictionaries.iter().map(Dictionary::size_bytes);
        View {
            version,
            complete_from,
            orders: orders.collect(),
            whereabouts,
            rows: segments.iter().map(|segment| segment.rows() as u64).sum(),
            size_bytes: segments
                .iter()
                .map(|segment| segment.size_bytes())
                .chain(held)
                .sum(),
            segments,
            dictionaries,
        }
    }

    /// Version of the lake.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The moment, in microseconds since 1970, from which on all sign-ins are here; `None` when all are.
    pub fn complete_from(&self) -> Option<i64> {
        self.complete_from
    }

    /// Number of sign-ins.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Memory of segments, dictionaries and what makes them quick to search, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let orders = self.orders.iter().map(|orders| orders.size_bytes());
        let placed = self
            .whereabouts
            .iter()
            .filter_map(|placed| placed.get()?.as_ref());
        let placed = placed.map(|placed| placed.held().size_bytes());
        self.size_bytes + orders.chain(placed).sum::<usize>()
    }

    pub(crate) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    pub(crate) fn dictionary(&self, index: usize) -> &Dictionary {
        &self.dictionaries[index]
    }

    pub(crate) fn orders(&self, index: usize) -> &Orders {
        &self.orders[index]
    }

    /// Where the values of a column with a dictionary are; `None` where looking for them is quick.
    pub(crate) fn whereabouts(&self, index: usize) -> Option<&Placed> {
        let placed = self.whereabouts[index].get_or_init(|| {
            let codes = self.dictionaries[index].codes();
            let is_worth_it = codes >= FEWEST_PLACED && self.segments.len() > MOST_UNKNOWN;
            let made = is_worth_it.then(|| Whereabouts::new(index, codes, &self.segments));
            Some(Placed::new(Arc::new(made??), &self.segments))
        });
        placed.as_ref()
    }

    /// Makes ready what the first questions would otherwise have to wait for.
    pub fn warm(&self) {
        for (index, dictionary) in self.dictionaries.iter().enumerate() {
            if dictionary.codes() >= FEWEST_PLACED && dictionary.text(1).is_some() {
                self.orders[index].by_value(dictionary);
                self.orders[index].by_folded(dictionary);
                self.whereabouts(index);
            }
        }
    }

    /// Answers an ask in one pass. `None` when `stop` was set before it was done.
    pub fn answer(&self, ask: &Ask, now: DateTime<Utc>, stop: &AtomicBool) -> Option<Answer> {
        pass::answer(self, ask, now, stop)
    }

    /// The rows of the page that is asked for, which may be long. `None` when `stop` was set.
    pub fn page_rows(&self, ask: &Ask, now: DateTime<Utc>, stop: &AtomicBool) -> Option<Rows<'_>> {
        pass::rows(self, ask, now, stop)
    }

    /// The span of the sign-ins of a tab; `None` when there are none.
    pub fn span(&self, tab: Tab) -> Option<Span> {
        let of_tab = self.segments.iter().filter(|segment| segment.tab() == tab);
        let spans = of_tab.filter_map(|segment| segment.span());
        let (last, first) = spans
            .reduce(|(last, first), (newest, oldest)| (last.max(newest), first.min(oldest)))?;
        Some(Span {
            first: DateTime::from_timestamp_micros(first)?,
            last: DateTime::from_timestamp_micros(last)?,
        })
    }
}
