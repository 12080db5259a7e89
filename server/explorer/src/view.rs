//! What readers see: the segments of one version of the lake.

use std::cmp::Reverse;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use model::Tab;
use model::answer::{Answer, Span};
use model::ask::Ask;

use crate::dictionary::{Dictionary, Growing};
use crate::directory::Directory;
use crate::layout::Layout;
use crate::order::Orders;
use crate::pass;
use crate::rows::Rows;
use crate::segment::Segment;
use crate::whereabouts::{Placed, Whereabouts};

/// Columns with fewer values than this have most of them in every segment.
const FEWEST_PLACED: usize = 300;
/// With more segments than this of which it is not known what they have, that is made anew.
const MOST_UNKNOWN: usize = 256;

/// The sign-ins of one version of the lake. It never changes, and lives as long as somebody reads it.
pub struct View {
    version: u64,
    complete_from: Option<i64>,
    /// The one with the newest row first.
    segments: Vec<Arc<Segment>>,
    /// Moments of the newest and the oldest row of each, side by side: most passes look at all of them.
    spans: Vec<(i64, i64)>,
    /// In the order of the layout; those of identifiers are empty.
    dictionaries: Vec<Dictionary>,
    orders: Vec<Arc<Orders>>,
    /// For columns of many values.
    whereabouts: Vec<OnceLock<Placed<Whereabouts>>>,
    /// For columns of identifiers that are looked up.
    directories: Vec<OnceLock<Placed<Directory>>>,
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
        let columns = 0..dictionaries.len();
        let whereabouts = columns.clone().map(|index| {
            let held = earlier
                .and_then(|view| view.whereabouts[index].get())
                .map(Placed::held);
            carried(held, Whereabouts::segments, &segments)
        });
        let whereabouts = whereabouts.collect();
        let directories = columns.map(|index| {
            let held = earlier
                .and_then(|view| view.directories[index].get())
                .map(Placed::held);
            carried(held, Directory::segments, &segments)
        });
        let directories = directories.collect();
        let held = dictionaries.iter().map(Dictionary::size_bytes);
        View {
            version,
            complete_from,
            orders: orders.collect(),
            whereabouts,
            directories,
            rows: segments.iter().map(|segment| segment.rows() as u64).sum(),
            size_bytes: segments
                .iter()
                .map(|segment| segment.size_bytes())
                .chain(held)
                .sum(),
            spans: segments
                .iter()
                .filter_map(|segment| segment.span())
                .collect(),
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
        let placed = self.whereabouts.iter().filter_map(OnceLock::get);
        let placed = placed.map(|placed| placed.held().size_bytes());
        let directories = self.directories.iter().filter_map(OnceLock::get);
        let directories = directories.map(|placed| placed.held().size_bytes());
        let counts = self.segments.iter().map(|segment| segment.counts_bytes());
        let made = orders.chain(placed).chain(directories).chain(counts);
        self.size_bytes + made.sum::<usize>()
    }

    pub(crate) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// Moments of the newest and the oldest row of each segment.
    pub(crate) fn spans(&self) -> &[(i64, i64)] {
        &self.spans
    }

    pub(crate) fn dictionary(&self, index: usize) -> &Dictionary {
        &self.dictionaries[index]
    }

    pub(crate) fn orders(&self, index: usize) -> &Orders {
        &self.orders[index]
    }

    /// Where the values of a column with a dictionary are, when that is known.
    pub(crate) fn whereabouts(&self, index: usize) -> Option<&Placed<Whereabouts>> {
        self.whereabouts[index].get()
    }

    /// Where the identifiers of a column are, when that is known.
    pub(crate) fn directory(&self, index: usize) -> Option<&Placed<Directory>> {
        self.directories[index].get()
    }

    /// Makes what finds rare values at once, and what the first questions would otherwise wait for.
    /// Questions that come meanwhile are answered without.
    pub fn warm(&self) {
        for (index, dictionary) in self.dictionaries.iter().enumerate() {
            if !is_placed(dictionary) {
                continue;
            }
            self.orders[index].by_value(dictionary);
            self.orders[index].by_folded(dictionary);
            if self.whereabouts[index].get().is_none()
                && let Some(made) = Whereabouts::new(index, dictionary.codes(), &self.segments)
            {
                let ids = made.segments().to_vec();
                self.whereabouts[index]
                    .set(Placed::new(Arc::new(made), &ids, &self.segments))
                    .ok();
            }
        }
        for index in looked_up() {
            if self.directories[index].get().is_none()
                && let Some(made) = Directory::new(index, &self.segments)
            {
                let ids = made.segments().to_vec();
                self.directories[index]
                    .set(Placed::new(Arc::new(made), &ids, &self.segments))
                    .ok();
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

/// Whether it is to be known where the values of a column are.
fn is_placed(dictionary: &Dictionary) -> bool {
    dictionary.codes() >= FEWEST_PLACED && dictionary.text(1).is_some()
}

/// Positions of the identifiers that are looked up.
fn looked_up() -> [usize; 2] {
    let layout = Layout::get();
    [layout.request_id, layout.correlation_id]
}

/// Memory of the values of a column, and of what a view makes of them in time, in bytes.
pub(crate) fn most_bytes_of_values(growing: &Growing) -> usize {
    let dictionary = growing.view();
    let placed = match is_placed(dictionary) {
        true => Whereabouts::bytes_of_codes(dictionary.codes()),
        false => 0,
    };
    growing.size_bytes() + Orders::most_bytes(dictionary) + placed
}

/// Memory of a segment, and of what a view makes of it in time, in bytes.
pub(crate) fn most_bytes_of_segment(segment: &Segment, dictionaries: &[Growing]) -> usize {
    let placed = dictionaries
        .iter()
        .enumerate()
        .filter(|(_, growing)| is_placed(growing.view()))
        .map(|(index, _)| Whereabouts::bytes_of(index, segment));
    let looked_up = looked_up().map(|index| Directory::bytes_of(index, segment));
    let found = placed.chain(looked_up).sum::<usize>();
    segment.size_bytes() + segment.most_counts_bytes() + found
}

/// What an earlier view knew of segments, when it is still of use.
fn carried<T>(
    held: Option<&Arc<T>>,
    made_of: impl Fn(&T) -> &[u64],
    segments: &[Arc<Segment>],
) -> OnceLock<Placed<T>> {
    let placed = held.map(|held| Placed::new(Arc::clone(held), made_of(held), segments));
    match placed.filter(|placed| placed.unknown() <= MOST_UNKNOWN && !placed.is_stale()) {
        Some(placed) => OnceLock::from(placed),
        None => OnceLock::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::layout::Layout;
    use crate::{Explorer, sample};

    #[test]
    fn what_is_made_in_time_is_counted_from_the_start() {
        let explorer = Explorer::default();
        let files = BTreeSet::from(["day=2026-11-20/a.parquet".to_owned()]);
        for file in &files {
            explorer
                .take(file, &[sample::rows(0, 4_000)])
                .expect("rows");
        }
        assert!(explorer.publish(1, &files, None));
        let counted = explorer.size_bytes();
        let view = explorer.view().expect("published");
        let bare = view.size_bytes();
        view.warm();
        for (index, _) in Layout::get().columns.iter().enumerate() {
            view.orders(index).by_value(view.dictionary(index));
            view.orders(index).by_folded(view.dictionary(index));
            for segment in view.segments() {
                segment.by_outcome(index);
            }
        }
        let taken = view.size_bytes();
        assert!(bare < taken && taken <= counted, "{bare} {taken} {counted}");
        assert!(counted - taken < taken / 4, "{taken} {counted}");
        let of_files = files.iter().map(|file| explorer.size_bytes_of(file));
        let parts = of_files.sum::<usize>() + explorer.values_size_bytes();
        assert_eq!(parts, counted);
    }
}
