//! The conditions of a query, narrowed down to one segment: what the segment cannot have is passed
//! over, what all its rows meet is left out, and few rows are taken from their lists.

mod block;
mod local_set;

use std::cell::OnceCell;
use std::ops::{ControlFlow, Range};

use self::local_set::LocalSet;
use crate::codes::{Coded, Local};
use crate::condition::{CodeSet, Condition, Wanted};
use crate::mask::{BLOCK_ROWS, Mask};
use crate::predicate::Test;
use crate::segment::{Segment, Values};

pub(crate) use self::block::Block;

/// Rows are taken from their lists when at most one in so many is meant.
const RARE: usize = 32;
/// Codes are looked up one by one when there are so many times as many values.
const FEW: usize = 16;

/// The rows of a segment that meet some conditions.
#[derive(Clone)]
pub(crate) struct Narrowed<'a> {
    segment: &'a Segment,
    rows: Range<usize>,
    terms: Vec<Term<'a>>,
    /// The rows one by one, where they are few. They are looked up when they are first needed: many a
    /// segment is only counted.
    listed: OnceCell<Option<Vec<u16>>>,
}

/// What a row must meet, in a segment's own codes.
#[derive(Clone)]
enum Term<'a> {
    Codes {
        rows: &'a Coded,
        set: LocalSet,
        expected: Option<u32>,
    },
    Moment(&'a Test),
    Any(Vec<Term<'a>>),
}

/// What became of a condition in a segment.
enum Outcome<'a> {
    Always,
    Never,
    Depends(Term<'a>),
}

impl<'a> Narrowed<'a> {
    /// The rows of a segment, out of a stretch, that meet all conditions; `None` when none can by its
    /// values. The segment's codes that meet a condition may be known already.
    pub fn new<'c: 'a>(
        segment: &'a Segment,
        rows: Range<usize>,
        conditions: impl Iterator<Item = (&'c Condition, Option<Vec<Local>>)>,
    ) -> Option<Narrowed<'a>> {
        if rows.is_empty() {
            return None;
        }
        let mut terms = Vec::new();
        for (condition, known) in conditions {
            match narrow(condition, segment, known) {
                Outcome::Always => {}
                Outcome::Never => return None,
                Outcome::Depends(term) => terms.push(term),
            }
        }
        Some(Narrowed::of(segment, rows, terms))
    }

    fn of(segment: &'a Segment, rows: Range<usize>, mut terms: Vec<Term<'a>>) -> Narrowed<'a> {
        // What leaves the fewest rows is looked at first.
        terms.sort_by_key(|term| term.expected().unwrap_or(u32::MAX));
        Narrowed {
            segment,
            rows,
            terms,
            listed: OnceCell::new(),
        }
    }

    fn listed(&self) -> Option<&[u16]> {
        self.listed.get_or_init(|| self.list()).as_deref()
    }

    /// Takes the rows from lists, when they are few.
    fn list(&self) -> Option<Vec<u16>> {
        let few = |term: &Term<'_>| {
            term.is_listed()
                && term
                    .expected()
                    .is_some_and(|rows| rows as usize * RARE <= self.segment.rows())
        };
        let first = self.terms.first().filter(|term| few(term))?;
        let mut rows = Vec::new();
        first.collect(&mut rows);
        rows.sort_unstable();
        rows.dedup();
        let others = self.terms.get(1..).unwrap_or_default();
        rows.retain(|row| {
            let row = usize::from(*row);
            self.rows.contains(&row) && others.iter().all(|term| term.holds(self.segment, row))
        });
        Some(rows)
    }

    /// The segment.
    pub fn segment(&self) -> &'a Segment {
        self.segment
    }

    /// Of these rows those whose code is one of some, which are ascending; `None` when none is.
    pub fn and(&self, rows: &'a Coded, codes: Vec<Local>, values: usize) -> Option<Narrowed<'a>> {
        let mut terms = self.terms.clone();
        match of_codes(rows, codes, values) {
            Outcome::Never => return None,
            Outcome::Always => {}
            Outcome::Depends(term) => terms.push(term),
        }
        Some(Narrowed::of(self.segment, self.rows.clone(), terms))
    }

    /// The stretch that the rows lie in.
    pub fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }

    /// Whether all rows of the segment are meant.
    pub fn is_whole(&self) -> bool {
        self.terms.is_empty() && self.rows.len() == self.segment.rows()
    }

    /// Whether there is none, as far as that is known without looking at many.
    pub fn is_empty(&self) -> bool {
        self.listed().is_some_and(<[u16]>::is_empty)
    }

    /// Whether the rows are few, and known one by one.
    pub fn is_listed(&self) -> bool {
        self.listed().is_some()
    }

    /// How many rows there are, when that is known without looking at many.
    pub fn known_count(&self) -> Option<u64> {
        let listed = || self.listed().map(|rows| rows.len() as u64);
        match self.terms.as_slice() {
            [] => Some(self.rows.len() as u64),
            [Term::Codes { expected, .. }] if self.rows.len() == self.segment.rows() => {
                expected.map(u64::from).or_else(listed)
            }
            _ => listed(),
        }
    }

    /// Calls with blocks of the rows until it breaks, with at most `first` rows in the first and twice
    /// as many in each next one.
    pub fn each(&self, first: usize, mut call: impl FnMut(Block<'_>) -> ControlFlow<()>) {
        if let Some(rows) = self.listed() {
            if !rows.is_empty() {
                // Broken or not, there is no next one.
                call(Block::Rows(rows)).is_break();
            }
            return;
        }
        if self.terms.is_empty() {
            call(Block::All(self.rows.clone())).is_break();
            return;
        }
        let (mut start, mut length) = (self.rows.start, first.clamp(1, BLOCK_ROWS));
        while start < self.rows.end {
            let block = start..self.rows.end.min(start + length);
            let mut mask = Mask::all(block.len());
            for term in &self.terms {
                term.retain(self.segment, &block, &mut mask);
                if mask.is_empty() {
                    break;
                }
            }
            if !mask.is_empty() && call(Block::Masked(block.clone(), &mask)).is_break() {
                return;
            }
            start = block.end;
            length = (length * 2).min(BLOCK_ROWS);
        }
    }
}

impl Term<'_> {
    /// At most how many rows of the segment meet it, where that is known.
    fn expected(&self) -> Option<u32> {
        match self {
            Term::Codes { expected, .. } => *expected,
            Term::Moment(_) => None,
            Term::Any(terms) => terms.iter().map(Term::expected).sum(),
        }
    }

    fn is_listed(&self) -> bool {
        match self {
            Term::Codes { rows, set, .. } => {
                rows.list(0).is_some()
                    && !matches!(
                        set,
                        LocalSet::Between {
                            is_inside: false,
                            ..
                        }
                    )
            }
            Term::Moment(_) => false,
            Term::Any(terms) => terms.iter().all(Term::is_listed),
        }
    }

    /// Adds the rows that meet it, from their lists.
    fn collect(&self, out: &mut Vec<u16>) {
        match self {
            Term::Codes {
                rows,
                set: LocalSet::Between { low, high, .. },
                ..
            } => {
                for code in *low..=*high {
                    out.extend_from_slice(rows.list(code).unwrap_or_default());
                }
            }
            Term::Codes {
                rows,
                set: LocalSet::Listed(listed),
                ..
            } => {
                for code in &listed.codes {
                    out.extend_from_slice(rows.list(*code).unwrap_or_default());
                }
            }
            Term::Moment(_) => {}
            Term::Any(terms) => terms.iter().for_each(|term| term.collect(out)),
        }
    }

    fn holds(&self, segment: &Segment, row: usize) -> bool {
        match self {
            Term::Codes { rows, set, .. } => set.holds(rows.codes().at(row)),
            Term::Moment(test) => test.meets_moment(segment.date(row)),
            Term::Any(terms) => terms.iter().any(|term| term.holds(segment, row)),
        }
    }

    fn retain(&self, segment: &Segment, block: &Range<usize>, mask: &mut Mask) {
        match self {
            Term::Codes { rows, set, .. } => set.retain(rows.codes(), block, mask),
            Term::Moment(test) => {
                mask.retain(|row| test.meets_moment(segment.date(block.start + row)))
            }
            Term::Any(terms) => {
                // Rows that meet one of them are not looked at again.
                let mut left = mask.clone();
                for term in terms {
                    let mut one = left.clone();
                    term.retain(segment, block, &mut one);
                    left.remove(&one);
                }
                mask.remove(&left);
            }
        }
    }
}

fn narrow<'a, 'c: 'a>(
    condition: &'c Condition,
    segment: &'a Segment,
    known: Option<Vec<Local>>,
) -> Outcome<'a> {
    match condition {
        Condition::Always => Outcome::Always,
        Condition::Moment(test) => Outcome::Depends(Term::Moment(test)),
        Condition::Coded { index, set } => {
            let column = segment.column(*index);
            let codes = known.unwrap_or_else(|| locals(set, &column.values));
            of_codes(&column.rows, codes, column.values.len())
        }
        Condition::Identifier { index, wanted } => {
            let column = segment.column(*index);
            let codes = match &column.values {
                Values::Own(_) => identifiers(wanted, &column.values),
                Values::Shared(_) => Vec::new(),
            };
            of_codes(&column.rows, codes, column.values.len())
        }
        Condition::Any(conditions) => {
            let mut terms = Vec::new();
            for condition in conditions {
                match narrow(condition, segment, None) {
                    Outcome::Always => return Outcome::Always,
                    Outcome::Never => {}
                    Outcome::Depends(term) => terms.push(term),
                }
            }
            match terms.len() {
                0 => Outcome::Never,
                1 => terms.pop().map_or(Outcome::Never, Outcome::Depends),
                _ => Outcome::Depends(Term::Any(terms)),
            }
        }
    }
}

fn of_codes(rows: &Coded, codes: Vec<Local>, values: usize) -> Outcome<'_> {
    if codes.is_empty() {
        return Outcome::Never;
    }
    if codes.len() == values {
        return Outcome::Always;
    }
    let expected = codes.iter().map(|code| rows.count(*code)).sum();
    Outcome::Depends(Term::Codes {
        rows,
        set: LocalSet::of(codes, values),
        expected,
    })
}

/// Which of a segment's values are in a set.
fn locals(set: &CodeSet, values: &Values) -> Vec<Local> {
    if set.codes().len() * FEW < values.len() {
        return set
            .codes()
            .iter()
            .filter_map(|code| values.local(*code))
            .collect();
    }
    let held = values
        .shared()
        .iter()
        .enumerate()
        .filter(|(_, code)| set.holds(**code));
    held.map(|(index, _)| Local::try_from(index).unwrap_or(Local::MAX))
        .collect()
}

fn identifiers(wanted: &Wanted, values: &Values) -> Vec<Local> {
    let Values::Own(identifiers) = values else {
        return Vec::new();
    };
    let all = || (0..identifiers.codes()).filter_map(|code| Local::try_from(code).ok());
    let mut found: Vec<Local> = match wanted {
        Wanted::Equal {
            looked_up,
            is_negative,
        } => {
            let mut equal: Vec<Local> = Vec::new();
            looked_up
                .iter()
                .for_each(|text| identifiers.equal(text, &mut equal));
            if *is_negative {
                equal.sort_unstable();
                equal = all()
                    .filter(|code| equal.binary_search(code).is_err())
                    .collect();
            }
            equal
        }
        Wanted::Starting(texts) => texts
            .iter()
            .flat_map(|text| identifiers.starting(text))
            .collect(),
        Wanted::Present => all().skip(1).collect(),
        Wanted::Tested(test) => all()
            .filter(|code| {
                identifiers.with(*code, |text| match text {
                    Some(text) => test.meets_text(text, &text.to_lowercase()),
                    None => test.meets_nothing(),
                })
            })
            .collect(),
    };
    found.sort_unstable();
    found.dedup();
    found
}
