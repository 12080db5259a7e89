//! Rows ranked by identifiers, of which each segment has its own.

use crate::codes::Local;
use crate::identifier::Identifiers;
use crate::segment::{Column, Values};

/// The identifiers of a segment in order, with how many rows come before each.
pub(super) struct Ranked<'a> {
    identifiers: &'a Identifiers,
    ordered: Vec<Local>,
    /// Rows with a lesser identifier, for each of them and one more.
    before: Vec<u64>,
    without: u64,
}

impl<'a> Ranked<'a> {
    /// Of a column, with the number of rows of each local code; `None` where values are not its own.
    pub fn new(column: &'a Column, counts: Vec<u32>) -> Option<Ranked<'a>> {
        let Values::Own(identifiers) = &column.values else {
            return None;
        };
        let ordered = in_order(identifiers);
        let mut before = Vec::with_capacity(ordered.len() + 1);
        let mut rows = 0;
        before.push(rows);
        for code in &ordered {
            rows += u64::from(counts[usize::from(*code)]);
            before.push(rows);
        }
        Some(Ranked {
            identifiers,
            ordered,
            before,
            without: counts.first().copied().map_or(0, u64::from),
        })
    }

    fn rows(&self) -> u64 {
        self.before.last().copied().unwrap_or_default()
    }

    fn with<T>(&self, place: usize, call: impl FnOnce(&str) -> T) -> T {
        let code = self.ordered.get(place).copied().unwrap_or_default();
        let called = |text: Option<&str>| call(text.unwrap_or_default());
        self.identifiers.with(code, called)
    }

    /// How many identifiers of a stretch are less than a text, or not greater; all before it are.
    fn below(&self, (mut low, mut high): (usize, usize), text: &str, or_equal: bool) -> usize {
        while low < high {
            let middle = low.midpoint(high);
            let is_below = self.with(middle, |held| held < text || or_equal && held == text);
            if is_below {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

fn in_order(identifiers: &Identifiers) -> Vec<Local> {
    let own = || (1..identifiers.codes()).filter_map(|code| Local::try_from(code).ok());
    identifiers.ordered().unwrap_or_else(|| own().collect())
}

/// The local code of a text in a column of identifiers.
pub(super) fn local(column: &Column, text: &str) -> Option<Local> {
    let Values::Own(identifiers) = &column.values else {
        return None;
    };
    let ranked = Ranked {
        identifiers,
        ordered: in_order(identifiers),
        before: Vec::new(),
        without: 0,
    };
    let place = ranked.below((0, ranked.ordered.len()), text, false);
    let is_it = place < ranked.ordered.len() && ranked.with(place, |held| held == text);
    is_it.then(|| ranked.ordered[place])
}

/// The identifier of the row that so many stand before, and how many have one that comes before it. Rows
/// without any come last.
pub(super) fn at(
    ranked: &[Ranked<'_>],
    skip: u64,
    is_descending: bool,
) -> Option<(Option<String>, u64)> {
    let rows: u64 = ranked.iter().map(Ranked::rows).sum();
    if skip >= rows {
        let without: u64 = ranked.iter().map(|one| one.without).sum();
        return (skip - rows < without).then_some((None, rows));
    }
    let place = if is_descending { rows - 1 - skip } else { skip };
    let mut stretches: Vec<(usize, usize)> =
        ranked.iter().map(|one| (0, one.ordered.len())).collect();
    loop {
        // The middle of the longest stretch halves it at least.
        let (longest, (low, high)) = stretches
            .iter()
            .copied()
            .enumerate()
            .max_by_key(|(_, (low, high))| high - low)?;
        if low == high {
            return None;
        }
        let pivot = ranked[longest].with(low.midpoint(high), str::to_owned);
        let cut = |or_equal: bool| -> (Vec<usize>, u64) {
            let places: Vec<usize> = ranked
                .iter()
                .zip(&stretches)
                .map(|(one, stretch)| one.below(*stretch, &pivot, or_equal))
                .collect();
            let below = ranked.iter().zip(&places);
            let below = below.map(|(one, place)| one.before[*place]).sum();
            (places, below)
        };
        let (less, rows_less) = cut(false);
        let (not_greater, rows_not_greater) = cut(true);
        if place < rows_less {
            for (stretch, place) in stretches.iter_mut().zip(less) {
                stretch.1 = place;
            }
        } else if place >= rows_not_greater {
            for (stretch, place) in stretches.iter_mut().zip(not_greater) {
                stretch.0 = place;
            }
        } else {
            let before = if is_descending {
                rows - rows_not_greater
            } else {
                rows_less
            };
            return Some((Some(pivot), before));
        }
    }
}
